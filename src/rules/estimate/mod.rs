//! Estimate rules (E5xx): how likely, and how sure? Likelihood, confidence, the marking of judgements.
//!
//! `estimates` finds judgements and yardstick terms; the time rules use it, too.

pub(super) mod estimates;

mod e501_off_yardstick;
mod e502_likelihood_with_confidence;
mod e503_mixed_scale_rows;
mod e504_confidence_without_basis;
mod e505_bare_forecast;
mod e506_mere_possibility;
mod e507_double_hedge;
mod e508_certainty_claim;
mod e509_judgement_unmarked;

use super::Rule;

/// The rules of this family, sorted by code.
pub(super) static RULES: &[&Rule] = &[
    &e501_off_yardstick::OFF_YARDSTICK,
    &e502_likelihood_with_confidence::LIKELIHOOD_WITH_CONFIDENCE,
    &e503_mixed_scale_rows::MIXED_SCALE_ROWS,
    &e504_confidence_without_basis::CONFIDENCE_WITHOUT_BASIS,
    &e505_bare_forecast::BARE_FORECAST,
    &e506_mere_possibility::MERE_POSSIBILITY,
    &e507_double_hedge::DOUBLE_HEDGE,
    &e508_certainty_claim::CERTAINTY_CLAIM,
    &e509_judgement_unmarked::JUDGEMENT_UNMARKED,
];
