//! Document rules (D9xx): is the note complete? Source summary, metadata, handling, open markers.
//!
//! `front_matter` reads product, status and handling for them.

mod front_matter;

mod d901_source_summary_missing;
mod d902_generic_source_line;
mod d903_metadata_missing;
mod d904_leftover_marker;
mod d905_single_origin_document;
mod d906_handling_conflict;

use super::Rule;

/// The rules of this family, sorted by code.
pub(super) static RULES: &[&Rule] = &[
    &d901_source_summary_missing::SOURCE_SUMMARY_MISSING,
    &d902_generic_source_line::GENERIC_SOURCE_LINE,
    &d903_metadata_missing::METADATA_MISSING,
    &d904_leftover_marker::LEFTOVER_MARKER,
    &d905_single_origin_document::SINGLE_ORIGIN,
    &d906_handling_conflict::HANDLING_CONFLICT,
];
