//! Short forms of English given names that are not simply their beginning.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::table::{Row, rows};

const NICKNAMES: &str = include_str!("data/nicknames.txt");

static TABLE: LazyLock<HashMap<&str, Row<'_>>> =
    LazyLock::new(|| rows(NICKNAMES).map(|row| (row.key(), row)).collect());

/// Tells if one given name is the short form of another, both in small letters.
#[must_use]
pub fn is_short_for(short: &str, full: &str) -> bool {
    TABLE.get(short).is_some_and(|row| row.values(1).any(|name| name == full))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_form_leads_to_its_names_and_not_back() {
        assert!(is_short_for("bill", "william") && is_short_for("ted", "theodore"));
        assert!(!is_short_for("william", "bill") && !is_short_for("bill", "robert"));
    }
}
