//! BibTeX and BibLaTeX: which fields of an entry make a source, and what a part has from its whole.
//!
//! `xdata` gives an entry every field that it lacks. `crossref` gives those that hold for a part, too, and the title of a
//! book or periodical as that of the book or journal that the part stands in. An entry's own fields always go first, then
//! what is named first.

use std::sync::Arc;

use super::{LibraryProblem, Source};
use crate::gate::Refusal;
use crate::gate::bibtex::{self, Decoded, Entry, Parent};
use crate::workspace::keys;

/// The fields that are read, beside authors and editors.
const READ: [&str; 31] = [
    keys::TITLE,
    keys::INSTITUTION,
    keys::ORGANIZATION,
    keys::SCHOOL,
    keys::JOURNALTITLE,
    keys::JOURNAL,
    keys::PUBLISHER,
    keys::BOOKTITLE,
    keys::HOWPUBLISHED,
    keys::DATE,
    keys::YEAR,
    keys::MONTH,
    keys::URL,
    keys::URLDATE,
    keys::DOI,
    keys::NOTE,
    keys::LANGID,
    keys::KEYWORDS,
    keys::FILE,
    keys::LOCATION,
    keys::ADDRESS,
    keys::NUMBER,
    keys::VOLUME,
    keys::PAGES,
    keys::DERIVED_FROM,
    keys::VIA,
    keys::CITES,
    keys::RELATED,
    keys::SERIES,
    keys::EPRINT,
    keys::DAY,
];

/// The fields that a source shows as they are written, in this order.
const SHOWN: [&str; 15] = [
    keys::URL,
    keys::URLDATE,
    keys::DOI,
    keys::NOTE,
    keys::LANGID,
    keys::KEYWORDS,
    keys::FILE,
    keys::LOCATION,
    keys::NUMBER,
    keys::VOLUME,
    keys::PAGES,
    keys::DERIVED_FROM,
    keys::VIA,
    keys::CITES,
    keys::RELATED,
];

/// Fields that are an entry's own and no part of it has from it.
const OWN: [&str; 8] =
    [keys::TITLE, keys::NOTE, keys::KEYWORDS, keys::FILE, keys::DERIVED_FROM, keys::VIA, keys::CITES, keys::RELATED];

/// Fields that say when; a part that has one has its own day.
const WHEN: [&str; 4] = [keys::DATE, keys::YEAR, keys::MONTH, keys::DAY];

/// The most that all entries together may inherit, in bytes: as much as the largest library has.
const MOST_INHERITED: usize = crate::gate::LARGEST_LIBRARY;

/// Reads a library.
pub(super) fn read(text: &str, sources: &mut Vec<Arc<Source>>, problems: &mut Vec<LibraryProblem>) {
    let mut library = bibtex::read(text);
    let mut refusals = std::mem::take(&mut library.refusals);
    let mut read: Vec<Decoded> =
        (0..library.entries.len()).map(|index| library.decode(index, &READ, &mut refusals)).collect();
    let mut inherited = 0;
    for &index in &library.order {
        let Some(entry) = library.entries.get(index) else { continue };
        for &Parent { entry: parent, is_xdata } in &entry.parents {
            if inherited > MOST_INHERITED {
                let message = "This library inherits too much: from this entry on nothing is inherited.";
                refusals.push(Refusal { range: entry.head, message: message.to_owned() });
                break;
            }
            let Some(parent) = read.get(parent).cloned() else { continue };
            // What is looked at counts, whether or not it is needed.
            inherited += 64 + size(&parent);
            if let Some(part) = read.get_mut(index) {
                inherit(part, parent, is_xdata);
            }
        }
        if inherited > MOST_INHERITED {
            break;
        }
    }
    sources.extend(library.entries.iter().zip(read).map(|(entry, read)| {
        let key = entry.key.of(text);
        Arc::new(source(key, entry, &read))
    }));
    refusals.sort_by_key(|refusal| refusal.range);
    problems.extend(refusals.into_iter().map(LibraryProblem::from));
}

fn field<'d>(entry: &'d Decoded, name: &str) -> Option<&'d str> {
    entry.fields.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
}

/// The bytes of an entry's text.
fn size(entry: &Decoded) -> usize {
    let people = entry.authors.names.iter().chain(&entry.editors.names);
    entry.fields.iter().map(|(_, value)| value).chain(people).map(String::len).sum()
}

/// Gives an entry what it lacks and another has.
fn inherit(entry: &mut Decoded, from: Decoded, is_xdata: bool) {
    let has_day = WHEN.iter().any(|name| field(entry, name).is_some());
    let is_book = ["book", "collection", "reference", "proceedings"].iter().any(|kind| from.kind.ends_with(kind));
    let is_periodical = from.kind == "periodical";
    for (name, value) in from.fields {
        let name = match name {
            keys::TITLE if !is_xdata && is_periodical => keys::JOURNALTITLE,
            keys::TITLE if !is_xdata && is_book => keys::BOOKTITLE,
            _ if !is_xdata && OWN.contains(&name) => continue,
            _ if has_day && WHEN.contains(&name) => continue,
            name => name,
        };
        let has_journal = name == keys::JOURNALTITLE && field(entry, keys::JOURNAL).is_some();
        if field(entry, name).is_none() && !has_journal {
            entry.fields.push((name, value));
        }
    }
    for (own, theirs) in [(&mut entry.authors, from.authors), (&mut entry.editors, from.editors)] {
        if own.names.is_empty() {
            *own = theirs;
        }
    }
}

fn source(key: &str, entry: &Entry, read: &Decoded) -> Source {
    let one = |names: &[&str]| names.iter().find_map(|name| field(read, name)).unwrap_or("").to_owned();
    let people = if read.authors.names.is_empty() { &read.editors } else { &read.authors };
    let (mut authors, more_authors) = (people.names.clone(), people.and_others);
    let body = one(&[keys::INSTITUTION, keys::ORGANIZATION, keys::SCHOOL]);
    if authors.is_empty() && !body.is_empty() {
        authors.push(body);
    }
    let date = one(&[keys::DATE]);
    Source {
        key: key.into(),
        ids: entry.ids.iter().map(|id| id.as_str().into()).collect(),
        kind: read.kind.clone(),
        title: one(&[keys::TITLE]),
        authors,
        more_authors,
        publisher: one(&[keys::JOURNALTITLE, keys::JOURNAL, keys::PUBLISHER, keys::BOOKTITLE, keys::HOWPUBLISHED]),
        date: if date.is_empty() {
            [one(&[keys::YEAR]), one(&[keys::MONTH])].join(" ").trim().to_owned()
        } else {
            date
        },
        fields: SHOWN.iter().map(|n| ((*n).to_owned(), one(&[n]))).filter(|(_, value)| !value.is_empty()).collect(),
        range: entry.key,
    }
}
