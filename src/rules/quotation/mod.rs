//! Quotation rules (Q2xx): whose words are these? Speaker, citation, marks, translation.
//!
//! They share no code of their own.

mod q201_unattributed_quotation;
mod q203_quotation_without_citation;
mod q204_unbalanced_quote;
mod q206_translated_quote;
mod q207_partial_quotes;

use super::Rule;

/// The rules of this family, sorted by code.
pub(super) static RULES: &[&Rule] = &[
    &q201_unattributed_quotation::UNATTRIBUTED_QUOTATION,
    &q203_quotation_without_citation::QUOTATION_WITHOUT_CITATION,
    &q204_unbalanced_quote::UNBALANCED_QUOTE,
    &q206_translated_quote::TRANSLATED_QUOTE,
    &q207_partial_quotes::PARTIAL_QUOTES,
];
