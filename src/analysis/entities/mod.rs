//! Which tokens name something, and what kind of thing.

use super::facts::Mention;
use crate::structure::Note;

/// Scores of sentences seen before.
#[derive(Debug, Default)]
pub struct EntityMemo {}

/// The typed mentions of a note, in order.
#[must_use]
pub fn recognise(text: &str, note: &Note, memo: &mut EntityMemo) -> Vec<Mention> {
    let _ = (text, note, memo);
    Vec::new()
}
