//! States by their capitals and nationalities.

use std::sync::LazyLock;

use super::table::rows;
use crate::text::{HashedMap, word_hash};

const LIST: &str = include_str!("data/states.txt");

static CAPITALS: LazyLock<HashedMap<&'static str>> = LazyLock::new(|| column(1));
static NATIONALITIES: LazyLock<HashedMap<&'static str>> = LazyLock::new(|| column(2));

/// Names of one column to the state of their line; a state that is called like its capital stands for itself.
fn column(at: usize) -> HashedMap<&'static str> {
    let mut found = HashedMap::default();
    for row in rows(LIST) {
        let state = row.key();
        found.extend(row.values(at).filter(|name| *name != state).map(|name| (word_hash(name), state)));
    }
    found
}

/// The state whose capital or seat of government this is. Case does not count.
#[must_use]
pub fn of_capital(name: &str) -> Option<&'static str> {
    CAPITALS.get(&word_hash(name)).copied()
}

/// The state whose nationality this is, in singular or plural; none where it may be that of several.
#[must_use]
pub fn of_nationality(name: &str) -> Option<&'static str> {
    let of = |name: &str| NATIONALITIES.get(&word_hash(name)).copied();
    of(name).or_else(|| of(name.strip_suffix('s')?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_and_nationalities_lead_to_their_state() {
        assert_eq!(of_capital("Cairo"), Some("Egypt"));
        assert_eq!(of_capital("Washington, D.C."), Some("United States"));
        assert_eq!(of_capital("Singapore"), None, "is the state itself");
        assert_eq!(of_nationality("Egyptians"), Some("Egypt"));
        assert_eq!(of_nationality("Georgian"), None, "of a state or of a part of another");
    }

    #[test]
    fn no_name_stands_for_two_states() {
        let mut seen = std::collections::HashMap::new();
        for row in rows(LIST) {
            for name in row.values(1).chain(row.values(2)) {
                assert!(
                    seen.insert(name, row.key()).is_none_or(|was| was == row.key()),
                    "{name} stands for two states"
                );
            }
        }
    }
}
