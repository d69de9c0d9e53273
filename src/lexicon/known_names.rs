//! Names that the world knows by several forms.

use super::table::rows;

const KNOWN: &str = include_str!("data/known_names.txt");

/// A name with its forms.
#[derive(Clone, Copy, Debug)]
pub struct KnownName {
    /// The kind of what it names: `org`, `place`, `work` or `product`.
    pub kind: &'static str,
    long: &'static str,
    others: &'static str,
}

impl KnownName {
    /// Its forms, the long one first.
    pub fn forms(self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.long).chain(self.others.split(';'))
    }
}

/// All names that are known by several forms.
pub fn known_names() -> impl Iterator<Item = KnownName> {
    rows(KNOWN).map(|row| KnownName { long: row.key(), kind: row.column(1), others: row.column(2) })
}
