//! The machinery around the rules: which of them run, how loud they are, what is excused.
//!
//! Read in this order: `registry` (all rules), `levels` (how loud), `scope` (which rules apply to a note), `declarations`
//! and `suppression` (what the writer has excused), `precedence` (one finding a sentence), `baseline` (what is known
//! already), `files` (findings in files that are no notes), `docs` (a rule's page).

pub mod baseline;
pub mod docs;
pub mod files;
pub(super) mod finding;
pub mod registry;
pub(super) mod suppression;

pub(super) mod declarations;
pub(super) mod levels;
pub(super) mod precedence;
pub(super) mod scope;
