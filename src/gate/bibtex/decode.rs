//! One entry in the hands of the library: TeX becomes text, lists of people become names.
//!
//! The library gets the entry without anything that could lead elsewhere. A value that it refuses is left out, and the
//! entry given to it again without.

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use biblatex::{
    Bibliography, ChunksExt, EntryType, Pair, ParseErrorKind, Person, RawBibliography, RawChunk, RawEntry, Spanned,
    Token,
};

use super::markup;
use super::values::{Piece, Unwritten, no_abbreviation};
use super::{Library, MOST_WORK, MOST_WORK_ON_A_VALUE};
use crate::gate::{Checked, Refusal};
use crate::text::TextRange;

/// An entry's fields as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decoded {
    /// Its type in lower case, `article`.
    pub kind: String,
    /// The fields that were asked for and are there, by lower-case name.
    pub fields: Vec<(&'static str, String)>,
    /// Its authors.
    pub authors: People,
    /// Its editors.
    pub editors: People,
}

/// People of an entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct People {
    /// Their names, as one writes them in a line.
    pub names: Vec<String>,
    /// True if there are more of them than are named: the list ends in `and others`.
    pub and_others: bool,
}

impl People {
    fn new(people: &[Person]) -> Self {
        let names: Vec<String> = people.iter().map(person).filter(|name| !name.is_empty()).collect();
        let (others, names): (Vec<_>, Vec<_>) = names.into_iter().partition(|name| name.eq_ignore_ascii_case("others"));
        Self { and_others: !others.is_empty() && !names.is_empty(), names }
    }
}

/// A field ready to be handed over.
struct Ready<'t> {
    name: &'static str,
    place: TextRange,
    value: Vec<Chunk<'t>>,
}

impl Ready<'_> {
    fn pair(&self) -> Pair<'_> {
        let value = self.value.iter().map(|chunk| Spanned::new(chunk.raw(), 0..0)).collect();
        Pair::new(Spanned::new(self.name, 0..0), Spanned::new(value, 0..0))
    }
}

/// A piece of a value as the library gets it.
struct Chunk<'t> {
    text: Cow<'t, str>,
    is_month: bool,
}

impl<'t> Chunk<'t> {
    fn new(text: &'t str, piece: &Piece) -> Self {
        match piece {
            Piece::Text(range) => Self { text: markup::plain(range.of(text)), is_month: false },
            Piece::Month(range) => Self { text: Cow::Borrowed(range.of(text)), is_month: true },
        }
    }

    fn raw(&self) -> RawChunk<'_> {
        if self.is_month { RawChunk::Abbreviation(&self.text) } else { RawChunk::Normal(&self.text) }
    }
}

/// A fault of the TeX in a field, as half a sentence.
#[derive(Debug, thiserror::Error)]
enum TexError {
    /// The library ended in a panic.
    #[error("the reader of TeX cannot take it")]
    Panic,
    /// The value ends within a command or a formula.
    #[error("a command or a $ in it does not end")]
    Unfinished,
    /// A backslash with no command after it.
    #[error("a \\ in it begins no command")]
    NoCommand,
    /// A closing brace too many.
    #[error("it closes more braces than it opens")]
    ClosingBrace,
    /// Anything else that the library says of it.
    #[error("{0}")]
    Other(ParseErrorKind),
}

impl From<ParseErrorKind> for TexError {
    fn from(kind: ParseErrorKind) -> Self {
        match kind {
            ParseErrorKind::UnexpectedEof => Self::Unfinished,
            ParseErrorKind::MalformedCommand => Self::NoCommand,
            ParseErrorKind::Unexpected(Token::ClosingBrace) => Self::ClosingBrace,
            other => Self::Other(other),
        }
    }
}

const AUTHOR: &str = "author";
const EDITOR: &str = "editor";
const HOW_PUBLISHED: &str = "howpublished";
const URL: &str = "url";

impl Library<'_> {
    /// Decodes the fields of some names in an entry, and its people. What cannot be read is left out and said.
    pub fn decode(&mut self, index: usize, wanted: &[&'static str], refusals: &mut Vec<Refusal>) -> Decoded {
        let Some(entry) = self.entries.get(index) else { return Decoded::default() };
        let Checked(text) = self.text;
        let kind = EntryType::new(entry.kind.of(text)).to_string();
        let mut decoded = Decoded { kind, ..Decoded::default() };
        if self.spent > MOST_WORK {
            return decoded;
        }
        let mut ready: Vec<Ready<'_>> = Vec::new();
        let mut published_at = None;
        for field in &entry.fields {
            let Some(value) = &field.value else { continue };
            if self.spent > MOST_WORK {
                break;
            }
            let pieces = match self.abbreviations.expand(text, value) {
                Ok(pieces) => pieces,
                Err(Unwritten::Unusable) => continue,
                Err(Unwritten::Unknown(name)) => {
                    refusals.push(Refusal::new(field.name, no_abbreviation(name.of(text))));
                    continue;
                }
                Err(Unwritten::TooLong) => {
                    refusals
                        .push(Refusal::new(field.name, "This value comes to too long a text to be read: shorten it."));
                    continue;
                }
            };
            self.spent += pieces.len() as u64;
            let name = field.name.of(text);
            let known = wanted.iter().chain(&[AUTHOR, EDITOR]).find(|wanted| wanted.eq_ignore_ascii_case(name));
            let Some(&name) = known else { continue };
            let value: Vec<Chunk<'_>> = pieces.iter().map(|piece| Chunk::new(text, piece)).collect();
            let work = work(&value);
            self.spent += work.min(MOST_WORK_ON_A_VALUE);
            if work > MOST_WORK_ON_A_VALUE {
                let why = "This value has too many braces and pieces to be read: take some out.";
                refusals.push(Refusal::new(field.name, why));
                continue;
            }
            ready.retain(|other| other.name != name);
            ready.push(Ready { name, place: field.name, value });
            if name == HOW_PUBLISHED && wanted.contains(&URL) {
                let written: String = pieces.iter().map(|piece| piece.of(text)).collect();
                published_at = markup::address(&written).map(|(address, is_all)| (address.to_owned(), is_all));
            }
        }
        if let Some((_, true)) = &published_at {
            ready.retain(|field| field.name != HOW_PUBLISHED);
        }
        if self.spent > MOST_WORK {
            let why = "This library has too many braces and pieces: this entry and those after it have no fields.";
            refusals.push(Refusal::new(entry.head, why));
            return decoded;
        }
        if hand_over(&ready, &mut decoded).is_err() {
            ready.retain(|field| {
                let alone = std::slice::from_ref(field);
                let Err(error) = hand_over(alone, &mut Decoded::default()) else { return true };
                refusals.push(Refusal::new(field.place, format!("This field cannot be read: {error}.")));
                false
            });
            if hand_over(&ready, &mut decoded).is_err() {
                refusals.push(Refusal::new(entry.head, "The fields of this entry cannot be read."));
            }
        }
        if let Some((address, _)) = published_at
            && !decoded.fields.iter().any(|(name, value)| *name == URL && !value.is_empty())
        {
            decoded.fields.push((URL, address));
        }
        decoded
    }
}

/// The work that the library spends on a value: it reads its bytes once for each nesting command around them, and makes one chunk
/// of two, where pieces or braces within braces meet, by moving all chunks after them.
fn work(value: &[Chunk<'_>]) -> u64 {
    let (mut bytes, mut chunks, mut joined) = (0u64, value.len() as u64, value.len() as u64);
    let (mut depth, mut deepest) = (0u64, 0u64);
    for byte in value.iter().flat_map(|chunk| chunk.text.bytes()) {
        bytes += 1;
        match byte {
            b'{' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' => depth = depth.saturating_sub(1),
            b'$' => {}
            _ => continue,
        }
        chunks += 1;
        joined += u64::from(depth > 1 || depth == 1 && byte == b'}');
    }
    bytes * (1 + deepest) + chunks * joined
}

/// Lets the library read fields as one entry that refers to nothing.
fn hand_over(fields: &[Ready<'_>], decoded: &mut Decoded) -> Result<(), TexError> {
    // A fault of the library's own costs the entry as well, and no more.
    let read = catch_unwind(AssertUnwindSafe(|| read(fields)));
    let read = read.unwrap_or(Err(TexError::Panic))?;
    (decoded.fields, decoded.authors, decoded.editors) = (read.fields, read.authors, read.editors);
    Ok(())
}

fn read(fields: &[Ready<'_>]) -> Result<Decoded, TexError> {
    let raw = RawEntry {
        key: Spanned::new("", 0..0),
        kind: Spanned::new("misc", 0..0),
        fields: fields.iter().map(Ready::pair).collect(),
    };
    let raw =
        RawBibliography { preamble: String::new(), entries: vec![Spanned::new(raw, 0..0)], abbreviations: Vec::new() };
    let read = Bibliography::from_raw(raw).map_err(|error| error.kind)?;
    let Some(entry) = read.iter().next() else { return Ok(Decoded::default()) };
    let value = |field: &Ready<'_>| Some((field.name, entry.get(field.name)?.format_verbatim().trim().to_owned()));
    let people = |people: Option<Vec<Person>>| People::new(people.as_deref().unwrap_or_default());
    Ok(Decoded {
        kind: String::new(),
        fields: fields.iter().filter(|field| ![AUTHOR, EDITOR].contains(&field.name)).filter_map(value).collect(),
        authors: people(entry.author().ok()),
        editors: people(entry.editors().ok().and_then(|all| all.into_iter().next()).map(|(people, _)| people)),
    })
}

fn person(person: &Person) -> String {
    let parts = [&person.given_name, &person.prefix, &person.name, &person.suffix];
    parts.into_iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ")
}
