//! Attribution rules (A1xx): claims that nobody stands behind, and sources that are named too vaguely.
//!
//! `sourcing` holds their helpers; other families use it to tell where a source is expected.

pub(super) mod sourcing;

mod a101_unsourced_statistic;
mod a102_unsourced_casualty_figure;
mod a103_unsourced_allegation;
mod a104_unsourced_event;
mod a105_unsourced_ranking;
mod a106_unsourced_motive;
mod a107_vague_attribution;
mod a108_passive_reporting;
mod a109_undescribed_source;
mod a110_anonymous_without_reason;
mod a111_anonymous_allegation;
mod a112_secondhand;
mod a113_outlet_only;
mod a114_single_source;
mod a115_metonym_source;
mod a116_late_attribution;
mod a117_loaded_verb;
mod a118_without_response;
mod a119_unconfirmed_source;

use super::Rule;

pub use a119_unconfirmed_source::{according_unconfirmed, said_unconfirmed, said_unconfirmed_before};

/// The rules of this family, sorted by code.
pub(super) static RULES: &[&Rule] = &[
    &a101_unsourced_statistic::UNSOURCED_STATISTIC,
    &a102_unsourced_casualty_figure::UNSOURCED_CASUALTY_FIGURE,
    &a103_unsourced_allegation::UNSOURCED_ALLEGATION,
    &a104_unsourced_event::UNSOURCED_EVENT,
    &a105_unsourced_ranking::UNSOURCED_RANKING,
    &a106_unsourced_motive::UNSOURCED_MOTIVE,
    &a107_vague_attribution::VAGUE_ATTRIBUTION,
    &a108_passive_reporting::PASSIVE_REPORTING,
    &a109_undescribed_source::UNDESCRIBED_SOURCE,
    &a110_anonymous_without_reason::ANONYMOUS_WITHOUT_REASON,
    &a111_anonymous_allegation::ANONYMOUS_ALLEGATION,
    &a112_secondhand::SECONDHAND,
    &a113_outlet_only::OUTLET_ONLY,
    &a114_single_source::SINGLE_SOURCE,
    &a115_metonym_source::METONYM_SOURCE,
    &a116_late_attribution::LATE_ATTRIBUTION,
    &a117_loaded_verb::LOADED_VERB,
    &a118_without_response::WITHOUT_RESPONSE,
    &a119_unconfirmed_source::UNCONFIRMED_SOURCE,
];
