//! Governance rules (G4xx): may this source be used? The lists and grades of the house.
//!
//! `cited` collects what a note cites.

mod cited;

mod g401_denied_source;
mod g402_source_not_allowed;
mod g403_ungraded_source;
mod g404_malformed_grade;
mod g409_state_media;

use super::Rule;

/// The rules of this family, sorted by code.
pub(super) static RULES: &[&Rule] = &[
    &g401_denied_source::DENIED_SOURCE,
    &g402_source_not_allowed::SOURCE_NOT_ALLOWED,
    &g403_ungraded_source::UNGRADED_SOURCE,
    &g404_malformed_grade::MALFORMED_GRADE,
    &g409_state_media::STATE_MEDIA,
];
