//! The sources that citations can point at: bibliographies and source notes.
//!
//! Every format goes through the [`gate`](crate::gate), which says what of a file cannot be read; each fault becomes a
//! [`LibraryProblem`] at its own place, and all else stays citable. CSL-JSON is read as far as it names its items;
//! `hayagriva` is YAML.

mod bibtex;
mod csl;
mod hayagriva;

use std::sync::Arc;

use super::genre::Genre;
use super::keys;
use super::paths;
use crate::gate::Refusal;
use crate::structure::FrontMatter;
use crate::text::{LineIndex, TextRange};

/// A source that can be cited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// Its citation key, exactly.
    pub key: Arc<str>,
    /// Further keys that it can be cited by.
    pub ids: Vec<Arc<str>>,
    /// The sort of source that the library calls it (`article`, `report`, …).
    pub kind: String,
    /// "" if not given.
    pub title: String,
    /// Authors (else editors, else the institution), as one would write them in a line.
    pub authors: Vec<String>,
    /// True if it has more authors than are named ("and others").
    pub more_authors: bool,
    /// Publisher, journal or outlet; "" if not given.
    pub publisher: String,
    /// As written, "" if not given.
    pub date: String,
    /// Other fields as written: `url`, `accessed`, `archived`, `reliability`, …
    pub fields: Vec<(String, String)>,
    /// The place where it is named: the key in a bibliography, the title of a source note.
    pub range: TextRange,
}

impl Source {
    /// All keys that it can be cited by, its own first.
    pub fn keys(&self) -> impl Iterator<Item = &Arc<str>> {
        std::iter::once(&self.key).chain(&self.ids)
    }

    /// True if it can be cited by a key.
    #[must_use]
    pub fn has_key(&self, key: &str) -> bool {
        self.keys().any(|own| **own == *key)
    }

    /// Its authors in a line: "Ada Pell, Lidia Marr", "Ada Pell et al.".
    #[must_use]
    pub fn authors_in_line(&self) -> String {
        let named = self.authors.join(", ");
        if self.more_authors && !named.is_empty() { format!("{named} et al.") } else { named }
    }

    /// A further field, by its lower-case name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The source that a note stands for, if it is a source note or has a citation key.
    pub(super) fn of_note(
        path: &str,
        genre: &Genre,
        title: &str,
        at: TextRange,
        front: Option<&FrontMatter>,
    ) -> Option<Self> {
        let value = |key: &str| front.and_then(|f| f.value(key)).map(str::trim).filter(|v| !v.is_empty());
        let key = [keys::CITEKEY, keys::CITATION_KEY].iter().find_map(|k| value(k));
        if key.is_none() && *genre != Genre::Source {
            return None;
        }
        let one = |keys: &[&str]| keys.iter().find_map(|k| value(k)).unwrap_or("").to_owned();
        let authors = front
            .map_or(&[][..], |f| if f.value("author").is_some() { f.values("author") } else { f.values("authors") });
        let known = [
            keys::CITEKEY,
            keys::CITATION_KEY,
            keys::TYPE,
            keys::TITLE,
            keys::AUTHOR,
            keys::AUTHORS,
            keys::PUBLISHER,
            keys::DATE,
            keys::TAGS,
        ];
        let names = authors.iter().map(|(name, _)| name.clone()).collect();
        let (authors, more_authors) = without_others(names);
        let rest = front.iter().flat_map(|f| &f.fields).filter(|f| !known.contains(&f.key.as_str()));
        Some(Self {
            key: key.unwrap_or_else(|| paths::stem(path)).into(),
            ids: Vec::new(),
            kind: one(&[keys::TYPE, keys::KIND]),
            title: title.to_owned(),
            authors,
            more_authors,
            publisher: one(&[keys::PUBLISHER, keys::OUTLET]),
            date: one(&[keys::DATE, keys::PUBLISHED]),
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
    /// The place, in bytes of the bibliography.
    pub range: TextRange,
    /// The fault, as a sentence.
    pub message: String,
}

/// Problems of one file that are told: nobody mends more in one go, and a file that is no library has one a line.
const MOST_PROBLEMS: usize = 1000;

/// A bibliography file.
#[derive(Clone, Debug)]
pub struct Bibliography {
    /// Its path, as the change that brought it says.
    pub path: Arc<str>,
    /// Its lines.
    pub lines: Arc<LineIndex>,
    /// Its sources in order.
    pub sources: Vec<Arc<Source>>,
    /// Entries and fields that could not be read.
    pub problems: Vec<LibraryProblem>,
}

impl Bibliography {
    /// Reads BibTeX or BibLaTeX; CSL-JSON where the path ends in `.json`, Hayagriva's YAML where in `.yml`. Never fails.
    #[must_use]
    pub fn read(path: Arc<str>, text: &str) -> Self {
        let (mut sources, mut problems) = (Vec::new(), Vec::new());
        let name = path.to_ascii_lowercase();
        if name.ends_with(".json") {
            csl::read(text, &mut sources, &mut problems);
        } else if name.ends_with(".yml") || name.ends_with(".yaml") {
            hayagriva::read(text, &mut sources, &mut problems);
        } else {
            bibtex::read(text, &mut sources, &mut problems);
        }
        if let Some(more) = problems.len().checked_sub(MOST_PROBLEMS).filter(|&more| more > 0) {
            problems.truncate(MOST_PROBLEMS);
            let range = problems.last().map_or_else(TextRange::default, |last| last.range);
            let message =
                format!("{more} more places of this file cannot be read; the first {MOST_PROBLEMS} are shown.");
            problems.push(LibraryProblem { range, message });
        }
        Self { path, lines: Arc::new(LineIndex::new(text)), sources, problems }
    }
}

impl From<Refusal> for LibraryProblem {
    fn from(refusal: Refusal) -> Self {
        Self { range: refusal.range, message: refusal.message }
    }
}

/// The line that a place stands in, from its first word on.
fn whole_line(text: &str, place: TextRange) -> TextRange {
    let at = (place.start as usize).min(text.len());
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let end = after.find('\n').map_or(text.len(), |end| at + end);
    let line = text.get(start..end).unwrap_or("");
    TextRange::from_usize(start, start + line.trim_end().len())
}

/// People without those who have no name of their own, and whether there are such: "others" is nobody's name.
fn without_others(names: Vec<String>) -> (Vec<String>, bool) {
    let is_others = |name: &String| ["others", "and others", "et al", "et al."].contains(&&*name.to_lowercase());
    let (others, named): (Vec<_>, Vec<_>) = names.into_iter().filter(|name| !name.is_empty()).partition(is_others);
    let more = !others.is_empty() && !named.is_empty();
    (named, more)
}

/// The values of a list in a row, as one would write them.
fn joined(values: &[(String, TextRange)]) -> String {
    values.iter().map(|(value, _)| value.as_str()).collect::<Vec<_>>().join(", ")
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
    fn a_part_has_from_its_whole_what_it_lacks() {
        let text = "@proceedings{p, title = {Port Days}, editor = {Ada Pell}, publisher = {Harbor}, date = {2030-05}, note = {own}}\n\
            @inproceedings{a, crossref = {p}, author = {Lidia Marr}, title = {Quota}, year = 2031}\n\
            @inproceedings{b, crossref = {p}, title = {Tides}, booktitle = {Days}}\n\
            @xdata{x, publisher = {Norvik}, url = {https://norvik.example}, note = {shared}}\n\
            @misc{c, xdata = {x}, publisher = {Own}}\n";
        let read = Bibliography::read("refs.bib".into(), text);
        let all = |key: &str| read.sources.iter().find(|source| *source.key == *key).cloned().expect("an entry");
        let (a, b, c) = (all("a"), all("b"), all("c"));
        assert_eq!(
            (a.authors.as_slice(), a.title.as_str(), a.date.as_str()),
            (&["Lidia Marr".to_owned()][..], "Quota", "2031")
        );
        assert_eq!((a.publisher.as_str(), a.field("note")), ("Harbor", None));
        assert_eq!((b.authors.as_slice(), b.date.as_str()), (&["Ada Pell".to_owned()][..], "2030-05"));
        assert_eq!(
            (c.publisher.as_str(), c.field("url"), c.field("note")),
            ("Own", Some("https://norvik.example"), Some("shared"))
        );
        assert!(read.problems.is_empty(), "{:?}", read.problems);
    }

    #[test]
    fn a_file_that_is_no_library_has_so_many_problems_and_no_more() {
        let read = Bibliography::read("refs.bib".into(), &"@misc{, title = {Log}}\n".repeat(MOST_PROBLEMS + 5));
        assert_eq!(read.problems.len(), MOST_PROBLEMS + 1);
        assert!(
            read.problems[MOST_PROBLEMS].message.starts_with("5 more places"),
            "{:?}",
            read.problems[MOST_PROBLEMS]
        );
    }

    #[test]
    fn a_bad_field_leaves_its_entry_citable() {
        let text = "@misc{a, title = {Log}, publisher = nowhere, date = {$2031}}\n";
        let read = Bibliography::read("refs.bib".into(), text);
        let places: Vec<_> = read.problems.iter().map(|problem| problem.range.of(text)).collect();
        assert_eq!((keys(&read), places), (vec!["a"], vec!["publisher", "date"]));
        assert_eq!(read.sources[0].title, "Log");
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
