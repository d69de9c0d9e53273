//! BibTeX and BibLaTeX, taken apart here and read by `biblatex` one entry at a time.
//!
//! `biblatex` gives up a whole file for one fault, begins anew with all abbreviations where it is given pieces, and follows
//! abbreviations and inheritance by recursion. So the file is taken apart in one pass ([`scan`](self)): entries, their
//! fields, the parts of a value. Abbreviations are laid out as a [`graph`] once. What reaches the
//! library is one entry without any reference to others: the fields that are asked for, each a row of plain texts. What
//! the library is left to do is TeX: accents, braces, names of people.
//!
//! A fault costs what it stands in: a field its field, an entry without end its entry, an abbreviation the fields that
//! use it.
//!
//! BibTeX as people write it: entries in braces or parentheses, `@comment` and `@preamble` passed over, values in braces,
//! in quotation marks or bare, put together by `#`; names of entries' types, fields and abbreviations in any case; text
//! between entries; lines that begin with `%` within and between entries are comments.

mod decode;
mod markup;
mod scan;
mod values;
mod words;

use std::collections::HashMap;

use scan::Scan;
use values::Abbreviations;

use super::graph::{self, Bounds, Fault, Node};
use super::{Checked, LARGEST_LIBRARY, Refusal, within};
use crate::text::TextRange;

pub use decode::{Decoded, People};

/// Abbreviations that stand for abbreviations, in a row; and entries that inherit from entries. People use two.
pub const LONGEST_CHAIN: usize = 16;

/// Bytes of one value, its abbreviations written out: a list of some thousand authors.
pub const LARGEST_VALUE: usize = 256 << 10;

/// Pieces of one value, put together by `#`.
pub const MOST_PIECES: usize = 256;

/// The most that the library may spend on one value, and on all of a file: in bytes read, and in pieces moved, because it joins
/// the pieces of a value by moving all that come after. A sound library of the largest size comes to a third of it.
pub const MOST_WORK_ON_A_VALUE: u64 = 1 << 22;
/// The same for all of a file; about a second.
pub const MOST_WORK: u64 = 1 << 28;

/// Entries of a file, and abbreviations: each takes some hundred bytes of memory beside its text.
pub const MOST_ENTRIES: usize = 500_000;

/// Bytes of all keys that entries name to inherit from, abbreviations written out.
pub const MOST_REFERENCES: usize = 16 << 20;

/// An entry as it stands in the file.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The place of its key.
    pub key: TextRange,
    /// Its first line, from its `@` on.
    pub head: TextRange,
    /// The place of its type.
    kind: TextRange,
    fields: Vec<Field>,
    /// Its further keys (`ids`).
    pub ids: Vec<String>,
    /// The entries that it inherits from, nearest first, by index; none where that leads in a circle or too far.
    pub parents: Vec<Parent>,
}

/// An entry that another inherits from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parent {
    /// Its index among the entries.
    pub entry: usize,
    /// True if it is named by `xdata`, which gives all its fields, and not by `crossref`, which gives those of a whole to
    /// its part.
    pub is_xdata: bool,
}

#[derive(Clone, Debug)]
struct Field {
    /// The place of its name.
    name: TextRange,
    /// Its value; none where it could not be taken apart, which is said.
    value: Option<Vec<Part>>,
}

/// A part of a value.
#[derive(Clone, Copy, Debug)]
enum Part {
    /// Text as it stands, without its braces or quotation marks.
    Text(TextRange),
    /// An abbreviation.
    Name(TextRange),
}

impl Part {
    fn range(self) -> TextRange {
        match self {
            Self::Text(range) | Self::Name(range) => range,
        }
    }
}

/// A library, taken apart.
#[derive(Debug)]
pub struct Library<'t> {
    text: Checked<'t>,
    /// Its entries in order.
    pub entries: Vec<Entry>,
    /// The entries, by index, in an order in which each stands after those that it inherits from.
    pub order: Vec<usize>,
    /// The faults of the file so far, by place.
    pub refusals: Vec<Refusal>,
    abbreviations: Abbreviations,
    /// The part of [`MOST_WORK`] that has been spent.
    spent: u64,
    /// Bytes and references looked at while it was taken apart: the counted work.
    pub worked: usize,
}

/// Takes a file apart. Never fails: what cannot be read is said.
#[must_use]
pub fn read(text: &str) -> Library<'_> {
    let (text, refused) = match within(text, LARGEST_LIBRARY) {
        Ok(checked) => (checked, None),
        Err(refusal) => (Checked(""), Some(refusal)),
    };
    let Scan { entries, definitions, mut refusals, worked, .. } = Scan::of(text.0);
    refusals.extend(refused);
    let abbreviations = Abbreviations::new(text.0, definitions, &mut refusals);
    let worked = worked + abbreviations.worked;
    let mut library = Library { text, entries, order: Vec::new(), refusals, abbreviations, spent: 0, worked };
    library.find_ids();
    library.find_parents();
    library
}

impl Library<'_> {
    /// An entry's key.
    #[must_use]
    pub fn key(&self, entry: &Entry) -> &str {
        entry.key.of(self.text.0)
    }

    /// Finds the further keys of entries.
    fn find_ids(&mut self) {
        let mut bytes = 0;
        for index in 0..self.entries.len() {
            let Some(entry) = self.entries.get(index) else { continue };
            let ids: Vec<String> = self.list(entry, "ids").into_iter().map(|(_, key)| key).collect();
            bytes += ids.iter().map(|key| key.len() + 1).sum::<usize>();
            if bytes > MOST_REFERENCES {
                let why = "The entries of this library have too many further keys: from here on none is read.";
                self.refusals.push(Refusal::new(entry.head, why));
                return;
            }
            if let Some(entry) = self.entries.get_mut(index) {
                entry.ids = ids;
            }
        }
    }

    /// Finds who inherits from whom, as far as that comes to an end.
    fn find_parents(&mut self) {
        let mut named: Vec<Vec<(TextRange, bool, String)>> = Vec::with_capacity(self.entries.len());
        let mut bytes = 0;
        for entry in &self.entries {
            let references = if bytes <= MOST_REFERENCES { self.references(entry) } else { Vec::new() };
            let before = bytes;
            bytes += references.iter().map(|(.., key)| key.len() + 1).sum::<usize>();
            if before <= MOST_REFERENCES && bytes > MOST_REFERENCES {
                let why = "The entries of this library refer to too many others: from here on nothing is inherited.";
                self.refusals.push(Refusal::new(entry.head, why));
            }
            named.push(references);
        }
        let mut known: HashMap<String, usize> = HashMap::default();
        if named.iter().any(|named| !named.is_empty()) {
            let keys = self.entries.iter().enumerate().map(|(index, entry)| (self.key(entry).to_owned(), index));
            let others = self.entries.iter().enumerate();
            let others = others.flat_map(|(index, entry)| entry.ids.iter().map(move |other| (other.clone(), index)));
            for (key, index) in keys.chain(others) {
                known.entry(key).or_insert(index);
            }
        }
        let nodes: Vec<Node> = named
            .iter()
            .map(|named| Node {
                weight: 0,
                to: named.iter().filter_map(|(_, _, key)| known.get(key).copied()).collect(),
            })
            .collect();
        let bounds = Bounds { longest: LONGEST_CHAIN, heaviest: u64::MAX };
        let order = graph::order(&nodes, bounds);
        self.worked += order.worked;
        for (index, named) in named.iter().enumerate() {
            let why = match order.faults[index] {
                None => {
                    let parent = |(_, is_xdata, key): &(_, bool, String)| {
                        known.get(key).map(|&entry| Parent { entry, is_xdata: *is_xdata })
                    };
                    self.entries[index].parents = named.iter().filter_map(parent).collect();
                    continue;
                }
                Some(Fault::Circle) => "This leads in a circle, so nothing is inherited: take one reference out.",
                Some(Fault::TooLong | Fault::TooHeavy) => {
                    "This leads over too many entries, so nothing is inherited: refer to one nearer to the source."
                }
            };
            if let Some((range, ..)) = named.first() {
                self.refusals.push(Refusal::new(*range, why));
            }
        }
        let faulty = (0..self.entries.len()).filter(|&index| order.faults[index].is_some());
        self.order = order.sound.iter().copied().chain(faulty).collect();
    }

    /// The entries that an entry says it inherits from: the place of the field's name, whether it is `xdata`, and the key.
    fn references(&self, entry: &Entry) -> Vec<(TextRange, bool, String)> {
        let of = |field: &'static str| {
            self.list(entry, field).into_iter().map(move |(range, key)| (range, field == "xdata", key))
        };
        of("crossref").chain(of("xdata")).collect()
    }

    /// The keys that a field lists, with the place of the field's name.
    fn list(&self, entry: &Entry, name: &str) -> Vec<(TextRange, String)> {
        let Some((field, value)) = self.field(entry, name) else { return Vec::new() };
        let Some(pieces) = self.abbreviations.expand(self.text.0, value).ok().filter(|pieces| !pieces.is_empty())
        else {
            return Vec::new();
        };
        let written: String = pieces.iter().map(|piece| piece.of(self.text.0)).collect();
        let keys =
            written.split(',').map(|key| key.trim_matches(|c: char| c.is_whitespace() || matches!(c, '{' | '}')));
        keys.filter(|key| !key.is_empty()).map(|key| (field.name, key.to_owned())).collect()
    }

    /// A field that could be taken apart, by its lower-case name; the last of several holds.
    fn field<'e>(&self, entry: &'e Entry, name: &str) -> Option<(&'e Field, &'e [Part])> {
        let named = |field: &&Field| field.name.of(self.text.0).eq_ignore_ascii_case(name);
        let field = entry.fields.iter().rev().find(named)?;
        Some((field, field.value.as_deref()?))
    }
}

#[cfg(test)]
mod tests;
