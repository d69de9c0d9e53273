//! The machinery around the rules: which of them run, how loud they are, what is excused.
//!
//! Read in this order: `registry` (all rules), `levels` (how loud), `silence` (where nothing is said at all), `declared`
//! and `suppression` (what the writer has excused), `precedence` (one finding a sentence), `baseline` (what is known
//! already), `files` (findings in files that are no notes), `docs` (a rule's page).

pub mod baseline;
pub mod docs;
pub mod files;
pub(super) mod finding;
pub mod registry;
pub mod suppression;

pub(super) mod declared;
pub(super) mod levels;
pub(super) mod precedence;
pub(super) mod silence;
