//! Outlets by their full names, and the kinds of bodies that publish.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::table::rows;
use crate::text::word_hash;

const OUTLETS: &str = include_str!("data/outlets.txt");

/// A kind of body that publishes under its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutletKind {
    /// A news agency.
    Agency,
    /// A paper, broadcaster or magazine.
    Press,
    /// A site that publishes under its own name.
    Site,
    /// A state's voice.
    State,
    /// A think-tank, monitor, ministry or platform: publishes, but is no outlet in the sense of rule A113.
    Other,
}

static TABLE: LazyLock<HashMap<Box<[u64]>, OutletKind>> = LazyLock::new(|| {
    let kind = |name: &str| match name {
        "agency" => OutletKind::Agency,
        "paper" | "broadcast" | "mag" => OutletKind::Press,
        "digital" => OutletKind::Site,
        "state" => OutletKind::State,
        _ => OutletKind::Other,
    };
    rows(OUTLETS).map(|row| (row.key().split(' ').map(word_hash).collect(), kind(row.column(1)))).collect()
});

/// The kind of outlet that these words name in full, by their hashes, if they do. A leading article is ignored.
#[must_use]
pub fn outlet(hashes: impl Iterator<Item = u64>) -> Option<OutletKind> {
    let the = word_hash("the");
    let mut hashes = hashes.peekable();
    hashes.next_if_eq(&the);
    TABLE.get(&hashes.collect::<Vec<u64>>()[..]).copied()
}

/// The words of every outlet of the list.
pub fn outlets() -> impl Iterator<Item = &'static str> {
    rows(OUTLETS).map(|row| row.key())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outlet_is_found_by_its_whole_name() {
        let kind = |name: &str| outlet(name.split(' ').map(word_hash));
        assert_eq!(kind("the Associated Press"), Some(OutletKind::Agency));
        assert_eq!(kind("Al - Monitor"), Some(OutletKind::Site));
        assert_eq!(kind("Associated"), None);
    }
}
