//! Suppression rules (S9xx): do the exceptions hold? `whosaid:` comments and whosaid.toml.
//!
//! The engine finds their findings while it reads exceptions and settings; here are their pages and levels.

pub(super) mod s901_unknown_rule;
pub(super) mod s902_unused_suppression;
pub(super) mod s903_expired_suppression;
pub(super) mod s904_unreadable_suppression;
pub(super) mod s905_unusable_setting;

use super::Rule;

/// The rules of this family, sorted by code.
pub(super) static RULES: &[&Rule] = &[
    &s901_unknown_rule::UNKNOWN_RULE,
    &s902_unused_suppression::UNUSED_SUPPRESSION,
    &s903_expired_suppression::EXPIRED_SUPPRESSION,
    &s904_unreadable_suppression::UNREADABLE_SUPPRESSION,
    &s905_unusable_setting::UNUSABLE_SETTING,
];
