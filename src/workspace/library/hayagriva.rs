//! Libraries in YAML as Hayagriva (the library of Typst) has them: each key at the left edge names an entry.
//!
//! An entry stands within its parents (an article in a newspaper), so publisher and date are looked for there, too. Like
//! BibTeX, a file with a fault is read again entry by entry.

use std::sync::Arc;

use super::{LibraryProblem, Source};
use crate::gate::yaml::{self, MarkedYaml, Scalar, YamlData};
use crate::gate::{LARGEST_YAML, Refusal};
use crate::text::TextRange;
use crate::workspace::keys;

/// Parents of parents that are followed.
const GENERATIONS: usize = 4;

/// A piece of a library that has no entries to read, as a sentence.
#[derive(Debug, thiserror::Error)]
enum EntryError {
    /// It is no YAML, or out of bounds.
    #[error("This entry cannot be read: {}.", .0.message.trim_end_matches('.'))]
    Unreadable(Refusal),
    /// It is YAML, and no table.
    #[error("This is no list of entries: write each as `key:`.")]
    NoTable,
}

/// Reads a library.
pub(super) fn read(text: &str, sources: &mut Vec<Arc<Source>>, problems: &mut Vec<LibraryProblem>) {
    if text.len() > LARGEST_YAML {
        return problems.push(Refusal::too_large(text, LARGEST_YAML).into());
    }
    if entries(text, 0, sources).is_ok() {
        return;
    }
    sources.clear();
    let starts_entry = |line: &str| !line.starts_with([' ', '\t', '#', '-', '\n', '\r']) && line.contains(':');
    let mut piece = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n').chain([""]) {
        let ends = line.is_empty() || starts_entry(line);
        if ends && at > piece {
            let words = text.get(piece..at).unwrap_or("");
            if let Err(error) = entries(words, piece, sources) {
                // Where the reader stumbles is often the end; the head of the entry is where one must look.
                let head = words.lines().next().unwrap_or("").len();
                problems.push(LibraryProblem {
                    range: TextRange::from_usize(piece, piece + head),
                    message: error.to_string(),
                });
            }
            piece = at;
        }
        at += line.len();
    }
}

/// The entries of a piece that begins at byte `base` of its file.
fn entries(piece: &str, base: usize, sources: &mut Vec<Arc<Source>>) -> Result<(), EntryError> {
    let document = yaml::read(piece, LARGEST_YAML).map_err(|error| EntryError::Unreadable(error.refusal()))?;
    let Some(root) = &document.root else { return Ok(()) };
    let YamlData::Mapping(mapping) = &root.data else {
        let empty = matches!(root.data, YamlData::Value(Scalar::Null));
        return if empty { Ok(()) } else { Err(EntryError::NoTable) };
    };
    for (key, entry) in mapping {
        let start = base + document.range(key).start as usize;
        let name = words(key);
        // In quotes or not, the key is written as it is.
        let written = piece.get(start - base..).unwrap_or("");
        let start = start + usize::from(written.starts_with(['"', '\'']));
        if matches!(entry.data, YamlData::Mapping(_)) && !name.is_empty() {
            let range = TextRange::from_usize(start, start + name.len());
            sources.push(Arc::new(source(&name, entry, range)));
        }
    }
    Ok(())
}

fn source(key: &str, entry: &MarkedYaml<'_>, range: TextRange) -> Source {
    let publisher = [keys::PUBLISHER, keys::ORGANIZATION].iter().find_map(|name| inherited(entry, name));
    // An article's newspaper says more than the newspaper's publisher.
    let around = child(entry, "parent").map(first).and_then(|parent| child(parent, "title")).map(words);
    let mut fields = Vec::new();
    for name in [
        keys::URL,
        keys::NOTE,
        keys::ABSTRACT,
        keys::ARCHIVE,
        keys::LANGUAGE,
        keys::PAGE_RANGE,
        keys::VOLUME,
        keys::ISSUE,
        keys::LOCATION,
    ] {
        fields.extend(inherited(entry, name).map(|value| (name.to_owned(), value)));
    }
    fields.extend(child(entry, "serial-number").and_then(|serial| child(serial, "doi")).map(words).map(named("doi")));
    fields.extend(child(entry, "url").and_then(|url| child(url, "date")).map(words).map(named("urldate")));
    let people = [keys::AUTHOR, keys::EDITOR].iter().find_map(|name| child(entry, name));
    Source {
        key: key.into(),
        kind: child(entry, "type").map(words).unwrap_or_default().to_lowercase(),
        title: child(entry, "title").map(words).unwrap_or_default(),
        authors: people.map_or_else(Vec::new, |people| all(people).iter().map(person).collect()),
        publisher: around.filter(|title| !title.is_empty()).or(publisher).unwrap_or_default(),
        date: inherited(entry, "date").unwrap_or_default(),
        fields,
        range,
    }
}

fn named(name: &str) -> impl Fn(String) -> (String, String) {
    move |value| (name.to_owned(), value)
}

fn child<'a, 'b>(node: &'a MarkedYaml<'b>, name: &str) -> Option<&'a MarkedYaml<'b>> {
    let YamlData::Mapping(mapping) = &node.data else { return None };
    mapping.iter().find(|(key, _)| words(key) == name).map(|(_, value)| value)
}

fn all<'a, 'b>(node: &'a MarkedYaml<'b>) -> &'a [MarkedYaml<'b>] {
    match &node.data {
        YamlData::Sequence(nodes) => nodes,
        _ => std::slice::from_ref(node),
    }
}

fn first<'a, 'b>(node: &'a MarkedYaml<'b>) -> &'a MarkedYaml<'b> {
    all(node).first().unwrap_or(node)
}

/// A field of the entry, else of the nearest parent that has it.
fn inherited(entry: &MarkedYaml<'_>, name: &str) -> Option<String> {
    let mut at = entry;
    for _ in 0..GENERATIONS {
        if let Some(found) = child(at, name).map(words).filter(|found| !found.is_empty()) {
            return Some(found);
        }
        at = first(child(at, "parent")?);
    }
    None
}

/// A scalar, or what a table of Hayagriva's says with it: the `value` of a title or address, the `name` of a publisher.
fn words(node: &MarkedYaml<'_>) -> String {
    match &node.data {
        YamlData::Value(Scalar::String(text)) => text.trim().to_owned(),
        YamlData::Value(Scalar::Integer(number)) => number.to_string(),
        YamlData::Value(Scalar::FloatingPoint(number)) => number.to_string(),
        YamlData::Value(Scalar::Boolean(yes)) => yes.to_string(),
        YamlData::Representation(text, ..) => text.trim().to_owned(),
        YamlData::Tagged(_, inner) => words(inner),
        YamlData::Mapping(_) => [keys::VALUE, keys::NAME, keys::VERBATIM]
            .iter()
            .find_map(|name| child(node, name))
            .map(words)
            .unwrap_or_default(),
        _ => String::new(),
    }
}

/// "Marr, Lidia", or a table with the parts of a name, as one would write it in a line.
fn person(node: &MarkedYaml<'_>) -> String {
    if matches!(node.data, YamlData::Mapping(_)) {
        let parts = [keys::GIVEN_NAME, keys::PREFIX, keys::NAME, keys::SUFFIX]
            .iter()
            .filter_map(|part| child(node, part))
            .map(words);
        return parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    }
    let written = words(node);
    match written.split_once(',') {
        Some((family, given)) => format!("{} {}", given.trim(), family.trim()),
        None => written,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Bibliography;

    const TWO: &str = "# Sources\n\
        hd31:\n  type: Article\n  title: The Sarn Quota\n  author: [\"Marr, Lidia\", \"Port Register\"]\n  date: 2031-04-01\n  \
        url: { value: \"https://hd.example/a1\", date: 2031-04-02 }\n  parent:\n    type: Newspaper\n    title: Harbor Daily\n\
        \"mt:31\":\n  type: Report\n  title: { value: Readout, verbatim: true }\n  author: { name: Pell, given-name: Ada }\n  publisher: { name: Ministry of Trade, location: Lusk }\n";

    #[test]
    fn entries_have_their_place_their_people_and_what_their_parents_say() {
        let read = Bibliography::read("refs.yml".into(), TWO);
        assert!(read.problems.is_empty(), "{:?}", read.problems);
        let [first, second] = read.sources.as_slice() else { panic!("{:?}", read.sources) };
        assert_eq!((first.range.of(TWO), second.range.of(TWO)), ("hd31", "mt:31"));
        assert_eq!(first.authors, ["Lidia Marr", "Port Register"]);
        assert_eq!((first.publisher.as_str(), first.date.as_str()), ("Harbor Daily", "2031-04-01"));
        assert_eq!(first.field("url"), Some("https://hd.example/a1"));
        assert_eq!(first.field("urldate"), Some("2031-04-02"));
        assert_eq!((second.title.as_str(), second.publisher.as_str()), ("Readout", "Ministry of Trade"));
        assert_eq!(second.authors, ["Ada Pell"]);
    }

    #[test]
    fn one_broken_entry_does_not_take_the_others_with_it() {
        let text = format!("{TWO}broken:\n  title: [no end\nlast:\n  title: Log\n");
        let read = Bibliography::read("refs.yaml".into(), &text);
        let keys: Vec<&str> = read.sources.iter().map(|source| &*source.key).collect();
        assert_eq!(keys, ["hd31", "mt:31", "last"]);
        assert_eq!(read.sources[2].range.of(&text), "last");
        assert_eq!(read.problems.iter().map(|p| p.range.of(&text)).collect::<Vec<_>>(), ["broken:"]);
    }

    #[test]
    fn any_text_is_a_library() {
        let deep = "a: ".to_owned() + &"[".repeat(crate::gate::DEEPEST + 1);
        for text in ["", "é: {", "\u{feff}a:\n  title: x", "- a\n- b\n", "a: &a [*a]", "\t", "a:\n\tb: c\n", &deep] {
            let _ = Bibliography::read("refs.yml".into(), text);
        }
    }
}
