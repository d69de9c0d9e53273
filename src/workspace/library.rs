//! The sources that citations can point at: bibliographies and source notes.
//!
//! BibTeX is read by `biblatex`. It gives up a whole file for one fault, so a file that it refuses is read again entry
//! by entry: what is sound stays citable, and each fault becomes a [`LibraryProblem`] at its own entry. CSL-JSON is
//! read as far as it names its items; `hayagriva` is YAML.

mod hayagriva;

use std::sync::Arc;

use biblatex::{ChunksExt, RawBibliography};

use super::genre::Genre;
use super::summary;
use crate::structure::FrontMatter;
use crate::text::{LineIndex, TextRange};

/// A source that can be cited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// Its citation key, exactly.
    pub key: Arc<str>,
    /// What sort of source the library calls it (`article`, `report`, …).
    pub kind: String,
    /// "" if not given.
    pub title: String,
    /// Authors (else editors, else the institution), as one would write them in a line.
    pub authors: Vec<String>,
    /// Publisher, journal or outlet; "" if not given.
    pub publisher: String,
    /// As written, "" if not given.
    pub date: String,
    /// Other fields as written: `url`, `accessed`, `archived`, `reliability`, …
    pub fields: Vec<(String, String)>,
    /// Where it is named: the key in a bibliography, the title of a source note.
    pub range: TextRange,
}

impl Source {
    /// A further field, by its lower-case name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn of_note(
        path: &str,
        genre: &Genre,
        title: &str,
        at: TextRange,
        front: Option<&FrontMatter>,
    ) -> Option<Self> {
        let value = |key: &str| front.and_then(|f| f.value(key)).map(str::trim).filter(|v| !v.is_empty());
        let key = ["citekey", "citation-key"].iter().find_map(|k| value(k));
        if key.is_none() && *genre != Genre::Source {
            return None;
        }
        let one = |keys: &[&str]| keys.iter().find_map(|k| value(k)).unwrap_or("").to_owned();
        let authors = front
            .map_or(&[][..], |f| if f.value("author").is_some() { f.values("author") } else { f.values("authors") });
        let known = ["citekey", "citation-key", "type", "title", "author", "authors", "publisher", "date", "tags"];
        let rest = front.iter().flat_map(|f| &f.fields).filter(|f| !known.contains(&f.key.as_str()));
        Some(Self {
            key: key.unwrap_or_else(|| summary::stem(path)).into(),
            kind: one(&["type", "kind"]),
            title: title.to_owned(),
            authors: authors.iter().map(|(name, _)| name.clone()).collect(),
            publisher: one(&["publisher", "outlet"]),
            date: one(&["date", "published"]),
            fields: rest
                .filter(|f| !f.values.is_empty())
                .map(|f| (f.key.to_ascii_lowercase(), joined(&f.values)))
                .collect(),
            range: at,
        })
    }
}

/// Something in a bibliography that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LibraryProblem {
    /// Where, in bytes of the bibliography.
    pub range: TextRange,
    /// What is wrong.
    pub message: String,
}

/// A bibliography file.
#[derive(Clone, Debug)]
pub struct Bibliography {
    /// Its path, as the change that brought it says.
    pub path: Arc<str>,
    /// Its lines.
    pub lines: Arc<LineIndex>,
    /// Its sources in order.
    pub sources: Vec<Arc<Source>>,
    /// What could not be read.
    pub problems: Vec<LibraryProblem>,
}

impl Bibliography {
    /// Reads BibTeX or BibLaTeX; CSL-JSON where the path ends in `.json`, Hayagriva's YAML where in `.yml`. Never fails.
    #[must_use]
    pub fn read(path: Arc<str>, text: &str) -> Self {
        let (mut sources, mut problems) = (Vec::new(), Vec::new());
        let name = path.to_ascii_lowercase();
        if name.ends_with(".json") {
            csl(text, &mut sources, &mut problems);
        } else if name.ends_with(".yml") || name.ends_with(".yaml") {
            hayagriva::read(text, &mut sources, &mut problems);
        } else if bibtex(text, 0, "", &mut sources).is_err() {
            sources.clear();
            by_entry(text, &mut sources, &mut problems);
        }
        Self { path, lines: Arc::new(LineIndex::new(text)), sources, problems }
    }
}

/// Reads a piece of BibTeX that begins at byte `base` of its file; `prefix` holds the file's abbreviations.
fn bibtex(piece: &str, base: usize, prefix: &str, out: &mut Vec<Arc<Source>>) -> Result<(), LibraryProblem> {
    let joined;
    let text = if prefix.is_empty() {
        piece
    } else {
        joined = format!("{prefix}{piece}");
        &joined
    };
    let place = |at: usize| (base + at).saturating_sub(prefix.len());
    let problem = |error: biblatex::ParseError| LibraryProblem {
        range: TextRange::from_usize(place(error.span.start), place(error.span.end)),
        message: format!("This entry cannot be read: {}", error.kind),
    };
    let raw = RawBibliography::parse(text).map_err(problem)?;
    let keys: Vec<TextRange> =
        raw.entries.iter().map(|e| TextRange::from_usize(place(e.v.key.span.start), place(e.v.key.span.end))).collect();
    let read = biblatex::Bibliography::from_raw(raw).map_err(problem)?;
    out.extend(read.iter().zip(keys).map(|(entry, range)| Arc::new(of_entry(entry, range))));
    Ok(())
}

/// The values of a list in a row, as one would write them.
fn joined(values: &[(String, TextRange)]) -> String {
    values.iter().map(|(value, _)| value.as_str()).collect::<Vec<_>>().join(", ")
}

fn of_entry(entry: &biblatex::Entry, range: TextRange) -> Source {
    let one = |names: &[&str]| {
        let found = names.iter().find_map(|name| entry.get(name)).map(|chunks| chunks.format_verbatim());
        found.map(|value| value.trim().to_owned()).unwrap_or_default()
    };
    let people = entry.author().ok().filter(|people| !people.is_empty());
    let people = people.or_else(|| entry.editors().ok().and_then(|e| e.into_iter().next()).map(|(people, _)| people));
    let mut authors: Vec<String> = people.into_iter().flatten().map(|p| person(&p)).collect();
    let body = one(&["institution", "organization", "school"]);
    if authors.is_empty() && !body.is_empty() {
        authors.push(body);
    }
    let date = one(&["date"]);
    let shown = [
        "url",
        "urldate",
        "doi",
        "note",
        "langid",
        "keywords",
        "file",
        "location",
        "number",
        "volume",
        "pages",
        "derived_from",
        "via",
        "cites",
        "related",
    ];
    Source {
        key: entry.key.as_str().into(),
        kind: entry.entry_type.to_string(),
        title: one(&["title"]),
        authors,
        publisher: one(&["journaltitle", "journal", "publisher", "booktitle", "howpublished"]),
        date: if date.is_empty() { [one(&["year"]), one(&["month"])].join(" ").trim().to_owned() } else { date },
        fields: shown.iter().map(|n| ((*n).to_owned(), one(&[n]))).filter(|(_, value)| !value.is_empty()).collect(),
        range,
    }
}

fn person(person: &biblatex::Person) -> String {
    let parts = [&person.given_name, &person.prefix, &person.name, &person.suffix];
    parts.into_iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// Entry by entry, after the whole file was refused. An entry begins with `@` at the start of a line.
fn by_entry(text: &str, sources: &mut Vec<Arc<Source>>, problems: &mut Vec<LibraryProblem>) {
    let mut starts: Vec<usize> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim_start().starts_with('@') {
            starts.push(at + line.len() - line.trim_start().len());
        }
        at += line.len();
    }
    starts.push(text.len());
    let pieces =
        || starts.iter().zip(starts.iter().skip(1)).filter_map(|(&from, &to)| Some((from, text.get(from..to)?)));
    let is_string = |piece: &str| piece.get(..7).is_some_and(|head| head.eq_ignore_ascii_case("@string"));
    let sound = |piece: &&str| RawBibliography::parse(piece).is_ok();
    let prefix: String = pieces().map(|(_, piece)| piece).filter(|p| is_string(p)).filter(sound).collect();
    for (base, piece) in pieces().filter(|(_, piece)| !is_string(piece)) {
        if let Err(problem) = bibtex(piece, base, &prefix, sources) {
            // The parser's own place is often the end of the file; the head of the entry is where one must look.
            let head = TextRange::from_usize(base, base + piece.lines().next().unwrap_or("").len());
            problems.push(LibraryProblem { range: head, ..problem });
        }
    }
}

fn csl(text: &str, sources: &mut Vec<Arc<Source>>, problems: &mut Vec<LibraryProblem>) {
    let items = match serde_json::from_str::<serde_json::Value>(text) {
        Ok(serde_json::Value::Array(items)) => items,
        Ok(serde_json::Value::Object(mut map)) => match map.remove("items") {
            Some(serde_json::Value::Array(items)) => items,
            _ => Vec::new(),
        },
        Ok(_) => Vec::new(),
        Err(error) => {
            let lines = LineIndex::new(text);
            let range = lines.line_range(u32::try_from(error.line()).unwrap_or(1).saturating_sub(1));
            let range = range.unwrap_or(TextRange::empty(lines.length()));
            return problems.push(LibraryProblem { range, message: format!("This JSON cannot be read: {error}") });
        }
    };
    for item in &items {
        let word = |key: &str| item.get(key).and_then(serde_json::Value::as_str).unwrap_or("").to_owned();
        let key = [word("citation-key"), word("id")].into_iter().find(|key| !key.is_empty());
        let Some(key) = key else { continue };
        let at = text.find(&format!("\"{key}\"")).map_or(0, |at| at + 1);
        let fields = [("url", word("URL")), ("doi", word("DOI")), ("note", word("note"))];
        sources.push(Arc::new(Source {
            range: TextRange::from_usize(at, at + key.len()),
            key: key.into(),
            kind: word("type"),
            title: word("title"),
            authors: item.get("author").and_then(|a| a.as_array()).into_iter().flatten().map(csl_person).collect(),
            publisher: [word("container-title"), word("publisher")]
                .into_iter()
                .find(|p| !p.is_empty())
                .unwrap_or_default(),
            date: csl_date(item),
            fields: fields.into_iter().filter(|(_, v)| !v.is_empty()).map(|(k, v)| (k.to_owned(), v)).collect(),
        }));
    }
}

fn csl_person(person: &serde_json::Value) -> String {
    let part = |key: &str| person.get(key).and_then(serde_json::Value::as_str).unwrap_or("");
    let whole = [part("given"), part("family"), part("literal")];
    whole.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ")
}

fn csl_date(item: &serde_json::Value) -> String {
    let parts = item.pointer("/issued/date-parts/0").and_then(|parts| parts.as_array());
    let number = |v: &serde_json::Value| v.as_u64().or_else(|| v.as_str()?.parse().ok());
    let parts: Vec<String> = parts.into_iter().flatten().filter_map(number).map(|n| format!("{n:02}")).collect();
    parts.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: &str = "@string{hd = \"Harbor Daily\"}\n\
        @article{hd31,\n  author = {Marr, Lidia and {Port Register}},\n  title = {The {Sarn} Quota},\n  journal = hd,\n  year = 2031,\n  url = {https://hd.example/a1}\n}\n\
        @report{mt31, institution = {Ministry of Trade}, title = {Readout}, date = {2031-03-20}}\n";

    fn keys(read: &Bibliography) -> Vec<&str> {
        read.sources.iter().map(|s| &*s.key).collect()
    }

    #[test]
    fn entries_keep_their_place_and_their_fields() {
        let read = Bibliography::read("refs.bib".into(), TWO);
        assert_eq!(keys(&read), ["hd31", "mt31"]);
        let first = &read.sources[0];
        assert_eq!(first.range.of(TWO), "hd31");
        assert_eq!(first.authors, ["Lidia Marr", "Port Register"]);
        assert_eq!((first.title.as_str(), first.publisher.as_str()), ("The Sarn Quota", "Harbor Daily"));
        assert_eq!((first.date.as_str(), first.field("url")), ("2031", Some("https://hd.example/a1")));
        assert_eq!(
            (read.sources[1].authors[0].as_str(), read.sources[1].date.as_str()),
            ("Ministry of Trade", "2031-03-20")
        );
    }

    #[test]
    fn one_broken_entry_does_not_take_the_others_with_it() {
        let text = format!("{TWO}@article{{broken, title = {{no end\n\n@misc{{last, title = {{Log}}}}\n");
        let read = Bibliography::read("refs.bib".into(), &text);
        assert_eq!(keys(&read), ["hd31", "mt31", "last"]);
        assert_eq!(read.sources[0].publisher, "Harbor Daily");
        assert_eq!(read.sources[2].range.of(&text), "last");
        assert_eq!(read.problems.len(), 1);
        assert_eq!(read.problems[0].range.of(&text), "@article{broken, title = {no end");
    }

    #[test]
    fn csl_items_are_named_by_their_id() {
        let text = r#"[{"id": "gaz29", "title": "Gazette", "issued": {"date-parts": [[2029, 2]]}, "author": [{"family": "Pell", "given": "Ada"}]}]"#;
        let read = Bibliography::read("refs.json".into(), text);
        let first = &read.sources[0];
        assert_eq!(
            (first.range.of(text), first.date.as_str(), first.authors[0].as_str()),
            ("gaz29", "2029-02", "Ada Pell")
        );
        assert_eq!(Bibliography::read("refs.json".into(), "[{]").problems.len(), 1);
    }

    #[test]
    fn any_text_is_a_bibliography() {
        for text in ["", "@", "@article", "@article{", "@@@{{}}", "\u{feff}é@x{,}", "@string{a = }", "@a{b,c={\\\"}}"]
        {
            let _ = Bibliography::read("refs.bib".into(), text);
        }
    }
}
