//! House style (P001): the phrases that whosaid.toml lists.

mod p001_house_phrase;

use super::Rule;

/// The rules of this family, sorted by code.
pub(super) static RULES: &[&Rule] = &[&p001_house_phrase::HOUSE_PHRASE];
