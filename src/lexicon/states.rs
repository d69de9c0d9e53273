//! States by their capitals and nationalities.

use std::sync::LazyLock;

use super::lines;
use crate::text::HashedMap;
use crate::text::word_hash;

const LIST: &str = include_str!("data/states.txt");

static CAPITALS: LazyLock<HashedMap<&'static str>> = LazyLock::new(|| column(1));
static NATIONALITIES: LazyLock<HashedMap<&'static str>> = LazyLock::new(|| column(2));

/// Names of one column to the state of their line; a state that is called like its capital stands for itself.
fn column(at: usize) -> HashedMap<&'static str> {
    let mut found = HashedMap::default();
    for line in lines(LIST) {
        let mut columns = line.split('|');
        let Some(state) = columns.next() else { continue };
        let names = columns.nth(at - 1).unwrap_or("").split(';').filter(|name| !name.is_empty() && *name != state);
        found.extend(names.map(|name| (word_hash(name), state)));
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
    fn the_list_is_sorted_and_no_name_stands_for_two() {
        let rows: Vec<&str> = lines(LIST).collect();
        let states: Vec<&str> = rows.iter().filter_map(|row| row.split('|').next()).collect();
        assert!(states.is_sorted(), "{:?}", states.windows(2).find(|pair| pair[0] > pair[1]));
        let mut seen = std::collections::HashMap::new();
        for row in rows {
            for name in row.split('|').skip(1).flat_map(|list| list.split(';')).filter(|name| !name.is_empty()) {
                assert!(seen.insert(name, row).is_none_or(|was| was == row), "{name} stands for two states");
            }
        }
    }
}
