//! Places that have another name now, and names that have another spelling.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::table::rows;

const RENAMED: &str = include_str!("data/renamed_places.txt");
const RESPELLINGS: &str = include_str!("data/respellings.txt");

/// A place with a new name in English use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Renamed {
    /// The former name.
    pub former: &'static str,
    /// The present name.
    pub present: &'static str,
    /// The year of the change.
    pub year: u32,
}

/// All renamed places.
pub fn renamed() -> impl Iterator<Item = Renamed> {
    rows(RENAMED).filter_map(|row| {
        Some(Renamed { former: row.key(), present: row.column(1), year: row.column(2).parse().ok()? })
    })
}

static USUAL: LazyLock<HashMap<&str, &str>> =
    LazyLock::new(|| rows(RESPELLINGS).map(|row| (row.key(), row.column(1))).collect());

/// The usual spelling of a word of a name in small letters, where no rule of sounds leads to it.
#[must_use]
pub fn respelled(word: &str) -> Option<&'static str> {
    USUAL.get(word).copied()
}
