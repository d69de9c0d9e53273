//! Libraries in YAML as Hayagriva (the library of Typst) has them: each key at the left edge names an entry.
//!
//! An entry stands within its parents (an article in a newspaper), so publisher and date are looked for there, too. Like
//! BibTeX, a file with a fault is read again entry by entry.

use std::sync::Arc;

use super::{LibraryProblem, Source, without_others};
use crate::gate::yaml::{self, MarkedYaml, Scalar, YamlData};
use crate::gate::{LARGEST_YAML, Refusal};
use crate::text::TextRange;
use crate::workspace::keys;

/// Parents of parents that are followed.
const GENERATIONS: usize = 4;

const NO_KEY: &str = "This entry has no key to cite it by: write one word and a colon.";
const NO_FIELDS: &str =
    "This entry has no fields, so it is not read: write them below its key, each further to the right.";

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
    let (text, further) = first_document(text);
    if let Some(range) = further {
        let message = "Only the first document of this file is read: take out this line to have the entries below it.";
        problems.push(LibraryProblem { range, message: message.to_owned() });
    }
    let before = problems.len();
    if entries(text, 0, sources, problems).is_ok() {
        return problems.sort_by_key(|problem| problem.range);
    }
    sources.clear();
    problems.truncate(before);
    let starts_entry = |line: &str| !line.starts_with([' ', '\t', '#', '-', '\n', '\r']) && line.contains(':');
    let mut piece = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n').chain([""]) {
        let ends = line.is_empty() || starts_entry(line);
        if ends && at > piece {
            let words = text.get(piece..at).unwrap_or("");
            if let Err(error) = entries(words, piece, sources, problems) {
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
    problems.sort_by_key(|problem| problem.range);
}

/// The first document of a file, and the line that begins another, if something comes after it: `---` or `...` at the left
/// edge, which in YAML is nothing else.
fn first_document(text: &str) -> (&str, Option<TextRange>) {
    let says = |line: &str| !line.trim().is_empty() && !line.trim_start().starts_with(['#', '%', '\u{feff}']);
    let marks =
        |line: &str| matches!(line.split_whitespace().next(), Some("---" | "...")) && line.starts_with(['-', '.']);
    let (mut at, mut has_begun) = (0, false);
    for line in text.split_inclusive('\n') {
        if marks(line) && has_begun {
            let rest = text.get(at..).unwrap_or("");
            let says_more = rest.lines().any(|line| says(line) && !(marks(line) && line.trim_end().len() == 3));
            let range = TextRange::from_usize(at, at + line.trim_end().len());
            return (text.get(..at).unwrap_or(text), says_more.then_some(range));
        }
        has_begun |= says(line) && !(marks(line) && line.trim_end().len() == 3);
        at += line.len();
    }
    (text, None)
}

/// The entries of a piece that begins at byte `base` of its file.
fn entries(
    piece: &str,
    base: usize,
    sources: &mut Vec<Arc<Source>>,
    problems: &mut Vec<LibraryProblem>,
) -> Result<(), EntryError> {
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
        let entry = if let YamlData::Tagged(_, inner) = &entry.data { inner } else { entry };
        if matches!(entry.data, YamlData::Mapping(_)) && !name.is_empty() {
            let range = TextRange::from_usize(start, start + name.len());
            sources.push(Arc::new(source(&name, entry, range)));
        } else {
            let message = if name.is_empty() { NO_KEY } else { NO_FIELDS };
            let head = written.lines().next().unwrap_or("").trim_end().len();
            let start = base + document.range(key).start as usize;
            problems.push(LibraryProblem {
                range: TextRange::from_usize(start, start + head),
                message: message.to_owned(),
            });
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
    let people = people.map_or_else(Vec::new, |people| all(people).iter().map(person).collect());
    let (authors, more_authors) = without_others(people);
    Source {
        key: key.into(),
        ids: Vec::new(),
        kind: child(entry, "type").map(words).unwrap_or_default().to_lowercase(),
        title: child(entry, "title").map(words).unwrap_or_default(),
        authors,
        more_authors,
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
    fn what_is_not_read_is_said() {
        let said = |text: &str| {
            let read = Bibliography::read("refs.yml".into(), text);
            let keys = read.sources.iter().map(|source| source.key.to_string()).collect::<Vec<_>>().join(" ");
            (keys, read.problems.iter().map(|p| p.range.of(text).to_owned()).collect::<Vec<_>>().join("|"))
        };
        let of = |keys: &str, said: &str| (keys.to_owned(), said.to_owned());
        assert_eq!(said("a:\n  title: A\nb: 7\nc:\nd: [x]\n"), of("a", "b: 7|c:|d: [x]"));
        assert_eq!(said("a:\n  title: A\n---\nb:\n  title: B\n"), of("a", "---"));
        assert_eq!(said("a:\n  title: A\n--- # more\nb:\n  title: [B\n"), of("a", "--- # more"));
        assert_eq!(said("a:\n  title: A\n...\nb:\n  title: B\n"), of("a", "..."));
        assert_eq!(said("a:\n  title: [A\nb:\n  title: B\nc: 7\n"), of("b", "a:|c: 7"));
        // Near misses: one document, whatever marks it has, and a type of its own.
        assert_eq!(said("%YAML 1.2\n---\n# Sources\na:\n  title: A\n...\n"), of("a", ""));
        assert_eq!(said("---\na:\n  title: A\n---\n"), of("a", ""));
        assert_eq!(said("a:\n  title: A\n  note: |\n    ---\n    kept\nb: !article\n  title: B\n"), of("a b", ""));
    }

    #[test]
    fn others_are_nobody() {
        let text = "a:\n  author: [\"Pell, Ada\", others]\nb:\n  author: [{ name: Pell, given-name: Ada }, { name: Others }]\n\
            c:\n  author: [Ada Pell, et al.]\nd:\n  author: [Others of Lusk]\n";
        let read = Bibliography::read("refs.yml".into(), text);
        let lines: Vec<String> = read.sources.iter().map(|source| source.authors_in_line()).collect();
        assert_eq!(lines, ["Ada Pell et al.", "Ada Pell et al.", "Ada Pell et al.", "Others of Lusk"]);
    }

    #[test]
    fn any_text_is_a_library() {
        let deep = "a: ".to_owned() + &"[".repeat(crate::gate::DEEPEST + 1);
        for text in ["", "é: {", "\u{feff}a:\n  title: x", "- a\n- b\n", "a: &a [*a]", "\t", "a:\n\tb: c\n", &deep] {
            let _ = Bibliography::read("refs.yml".into(), text);
        }
    }
}
