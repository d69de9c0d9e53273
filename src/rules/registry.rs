//! All rules, one line each, by code. Help, documentation and completion come from here.

use super::Rule;

/// Every rule there is, sorted by code.
pub static RULES: &[&Rule] = &[];
