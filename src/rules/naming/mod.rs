//! Naming rules (N7xx): is it clear who is meant? Spellings, acronyms, first mentions, former names.
//!
//! `mentions` tells where a mention stands and which identity of the workspace it belongs to.

pub(super) mod mentions;

mod n701_name_variant;
mod n702_first_mention_incomplete;
mod n703_acronym_unexplained;
mod n704_acronym_conflict;
mod n705_entity_ambiguous;
mod n707_name_order;
mod n710_deprecated_name;

use super::Rule;

/// The rules of this family, sorted by code.
pub(super) static RULES: &[&Rule] = &[
    &n701_name_variant::NAME_VARIANT,
    &n702_first_mention_incomplete::FIRST_MENTION_INCOMPLETE,
    &n703_acronym_unexplained::ACRONYM_UNEXPLAINED,
    &n704_acronym_conflict::ACRONYM_CONFLICT,
    &n705_entity_ambiguous::ENTITY_AMBIGUOUS,
    &n707_name_order::NAME_ORDER,
    &n710_deprecated_name::DEPRECATED_NAME,
];
