//! Time rules (T6xx): dates that cannot be told, or that contradict each other.
//!
//! `dates` reads dates as they are written.

pub(super) mod dates;

mod t601_unanchored_relative_date;
mod t602_unanchored_weekday;
mod t603_missing_as_of;
mod t604_yearless_date;
mod t605_date_conflict;
mod t606_ambiguous_numeric_date;

use super::Rule;

/// The rules of this family, sorted by code.
pub(super) static RULES: &[&Rule] = &[
    &t601_unanchored_relative_date::UNANCHORED_RELATIVE_DATE,
    &t602_unanchored_weekday::UNANCHORED_WEEKDAY,
    &t603_missing_as_of::MISSING_AS_OF,
    &t604_yearless_date::YEARLESS_DATE,
    &t605_date_conflict::DATE_CONFLICT,
    &t606_ambiguous_numeric_date::AMBIGUOUS_NUMERIC_DATE,
];
