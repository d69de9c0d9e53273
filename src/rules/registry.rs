//! All rules, one line each, by code. Help, documentation and completion come from here.

use super::*;

/// Every rule there is, sorted by code.
pub static RULES: &[&Rule] = &[
    &a101_unsourced_statistic::UNSOURCED_STATISTIC,
    &a102_unsourced_casualty_figure::UNSOURCED_CASUALTY_FIGURE,
    &a103_unsourced_allegation::UNSOURCED_ALLEGATION,
    &a104_unsourced_event::UNSOURCED_EVENT,
    &a105_unsourced_ranking::UNSOURCED_RANKING,
    &a107_vague_attribution::VAGUE_ATTRIBUTION,
    &a108_passive_reporting::PASSIVE_REPORTING,
    &a109_undescribed_source::UNDESCRIBED_SOURCE,
    &c301_unknown_citation_key::UNKNOWN_CITATION_KEY,
    &c302_undefined_footnote::UNDEFINED_FOOTNOTE,
    &c303_unused_footnote::UNUSED_FOOTNOTE,
    &c304_empty_footnote::EMPTY_FOOTNOTE,
    &c312_duplicate_footnote::DUPLICATE_FOOTNOTE,
    &d904_leftover_marker::LEFTOVER_MARKER,
    &q201_unattributed_quotation::UNATTRIBUTED_QUOTATION,
    &q204_unbalanced_quote::UNBALANCED_QUOTE,
    &s901_unknown_rule::UNKNOWN_RULE,
    &s902_unused_suppression::UNUSED_SUPPRESSION,
    &s903_expired_suppression::EXPIRED_SUPPRESSION,
    &s904_unreadable_suppression::UNREADABLE_SUPPRESSION,
];
