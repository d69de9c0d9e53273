//! Citation rules (C3xx): does the citation lead anywhere? Footnotes, keys, links, images, bibliographies.
//!
//! `footnotes` reads the footnotes of a note for them.

mod footnotes;

mod c301_unknown_citation_key;
mod c302_undefined_footnote;
mod c303_unused_footnote;
mod c304_empty_footnote;
mod c305_dead_link;
mod c306_duplicate_source;
mod c307_opaque_link;
mod c308_source_fields_missing;
mod c309_uncredited_image;
mod c310_unresolved_outlet;
mod c311_citation_detached;
mod c312_duplicate_footnote;
pub(super) mod c313_unreadable_entry;
mod c315_bibliography_not_read;

use super::Rule;

/// The rules of this family, sorted by code.
pub(super) static RULES: &[&Rule] = &[
    &c301_unknown_citation_key::UNKNOWN_CITATION_KEY,
    &c302_undefined_footnote::UNDEFINED_FOOTNOTE,
    &c303_unused_footnote::UNUSED_FOOTNOTE,
    &c304_empty_footnote::EMPTY_FOOTNOTE,
    &c305_dead_link::DEAD_LINK,
    &c306_duplicate_source::DUPLICATE_SOURCE,
    &c307_opaque_link::OPAQUE_LINK,
    &c308_source_fields_missing::SOURCE_FIELDS_MISSING,
    &c309_uncredited_image::UNCREDITED_IMAGE,
    &c310_unresolved_outlet::UNRESOLVED_OUTLET,
    &c311_citation_detached::CITATION_DETACHED,
    &c312_duplicate_footnote::DUPLICATE_FOOTNOTE,
    &c313_unreadable_entry::UNREADABLE_ENTRY,
    &c315_bibliography_not_read::BIBLIOGRAPHY_NOT_READ,
];
