//! What the workspace gathers of one note beside its facts: names to be found by, citations, links, excerpts.
//!
//! Made once per analysis, from the text, wherever the analysis ran, and packed into the note's
//! [`Brief`](super::brief::Brief) at once. Adding a note to the workspace is then a comparison of two sorted lists
//! ([`NoteSummary::postings`], [`NoteSummary::relations`]).

use std::sync::Arc;

use super::genre::{self, Genre};
use super::keys;
use super::library::Source;
use super::names::{self, Key};
use super::paths::stem;
use super::records::EntityRecord;
use crate::analysis::NoteFacts;
use crate::analysis::facts::{Entity, EntityKind};
use crate::structure::{BlockKind, MarkerKind};
use crate::text::TextRange;

/// The relation of a note to a [`Key`] in the postings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// An entity of the note is called so.
    Main,
    /// An entity of the note is also called so, by a name of at least two words.
    Alias,
    /// An entity of the note is called so by a surname alone: it says nothing outside the note.
    Lone,
    /// The note is the entity note of this name.
    Record,
    /// The note is the entity note of this weak alias.
    WeakRecord,
    /// The note has this name, title or alias.
    NoteName,
    /// The note links to a note of this name.
    Link,
    /// The note cites this key.
    Citation,
    /// The note (or bibliography) is or holds the source of this key.
    Source,
}

impl Role {
    /// The role of a number, as `role as u8` gives it.
    pub(super) fn of(number: u8) -> Option<Self> {
        const ALL: [Role; 9] = [
            Role::Main,
            Role::Alias,
            Role::Lone,
            Role::Record,
            Role::WeakRecord,
            Role::NoteName,
            Role::Link,
            Role::Citation,
            Role::Source,
        ];
        ALL.get(usize::from(number)).copied()
    }

    /// Returns `true` if the posting says how much of the note it leads to: see [`Weight`].
    pub(super) fn is_weighed(self) -> bool {
        matches!(self, Self::Main | Self::Lone)
    }
}

/// The share of a note in the entities that it calls by one name, as postings carry it: so that a name in tens of
/// thousands of notes is counted without looking into them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Weight {
    /// The number of their mentions.
    pub mentions: u32,
    /// True if the note gives one of them a role.
    pub gives_role: bool,
}

impl Weight {
    /// As a number above zero.
    pub(super) fn packed(self) -> u32 {
        (self.mentions.min(u32::MAX >> 2) << 1 | u32::from(self.gives_role)) + 1
    }

    /// From such a number.
    pub(super) fn unpacked(number: u32) -> Self {
        let number = number.saturating_sub(1);
        Self { mentions: number >> 1, gives_role: number & 1 == 1 }
    }
}

/// A tie between two names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tie {
    /// A note uses both for one entity.
    Same,
    /// The first is an acronym of the second.
    Acronym,
    /// The second is an acronym of the first.
    Expansion,
    /// The first is the surname of the second.
    Surname,
}

impl Tie {
    /// The tie of a number, as `tie as u8` gives it.
    pub(super) fn of(number: u8) -> Option<Self> {
        [Tie::Same, Tie::Acronym, Tie::Expansion, Tie::Surname].get(usize::from(number)).copied()
    }
}

/// A heading of a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Its words.
    pub text: Arc<str>,
    /// The block's bytes.
    pub range: TextRange,
    /// 1 to 6; titles of items in plain text count as 1.
    pub level: u8,
}

/// A place where something is named by its letters: a citation key or a wikilink's target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The key or target as written.
    pub text: Arc<str>,
    /// The bytes of the key or target.
    pub range: TextRange,
}

/// One note as the workspace keeps it. All ranges are bytes of that note.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NoteSummary {
    /// The front matter's title, else the first heading, else the file's name.
    pub title: Arc<str>,
    /// The bytes of the title; empty at the start of the note where it is the file's name.
    pub title_range: TextRange,
    /// `YYYY-MM-DD` or less, from the front matter or the file's name.
    pub date: Option<Arc<str>>,
    /// Its kind.
    pub genre: Genre,
    /// The first words of the body.
    pub opening: Arc<str>,
    /// Its record of the entity that it is about, if it is an entity note.
    pub record: Option<Arc<EntityRecord>>,
    /// The source that it stands for, if it is a source note.
    pub source: Option<Arc<Source>>,
    /// Headings in order.
    pub headings: Vec<Heading>,
    /// Citation keys in order.
    pub citations: Vec<Use>,
    /// Wikilinks in order.
    pub links: Vec<Use>,
    /// The first words of what each attribution says, beside [`NoteFacts::attributions`].
    pub excerpts: Vec<Arc<str>>,
    /// Names of the local entities: key, role, index into [`NoteFacts::entities`]; sorted.
    pub names: Vec<(Key, Role, u32)>,
    /// Everything the note is found by, sorted, no entry twice.
    pub postings: Vec<(Key, Role)>,
    /// Ties between names, sorted, no entry twice.
    pub relations: Vec<(Tie, Key, Key)>,
}

impl NoteSummary {
    /// Reads it from the text and the facts of a note.
    #[must_use]
    pub fn new(path: &str, text: &str, facts: &NoteFacts) -> Self {
        let front = facts.note.front_matter.as_ref();
        let genre = match genre::of(path, front) {
            genre::Genre::Text if facts.source_note => genre::Genre::Source,
            genre => genre,
        };
        let headings = headings(text, facts);
        let (title, title_range) = title(path, text, facts, &headings);
        let mut summary = Self {
            date: date(path, front),
            record: EntityRecord::read(&genre, &title, title_range, front, &facts.told_apart).map(Arc::new),
            source: Source::of_note(path, &genre, &title, title_range, front).map(Arc::new),
            title,
            title_range,
            genre,
            opening: opening(text, facts),
            headings,
            excerpts: facts.attributions.iter().map(|a| excerpt_of_all(text, &a.content, 140)).collect(),
            ..Self::default()
        };
        summary.read_markers(text, facts);
        for (index, entity) in facts.entities.iter().enumerate() {
            summary.add_entity(index as u32, entity, &facts.told_apart);
        }
        // Somebody's entity note makes him a bearer of his surname, even before any text names him.
        if let Some(record) = summary.record.clone().filter(|record| record.kind == EntityKind::Person) {
            let bearer = |name: &super::records::RecordName| (Tie::Surname, names::surname_key(&name.text), name.key);
            summary.relations.extend(record.strong.first().map(bearer));
        }
        summary.add_note_names(path);
        summary.names.sort_unstable();
        summary.names.dedup();
        summary.postings.extend(summary.names.iter().map(|&(key, role, _)| (key, role)));
        summary.postings.sort_unstable();
        summary.postings.dedup();
        summary.relations.sort_unstable();
        summary.relations.dedup();
        summary
    }

    fn add_entity(&mut self, local: u32, entity: &Entity, told_apart: &[String]) {
        if !entity.kind.is_named() {
            return;
        }
        let main = names::key_apart(entity.kind, &entity.name, told_apart);
        if names::is_bare(entity.kind, &entity.name) {
            self.names.push((main, Role::Lone, local));
            return;
        }
        self.names.push((main, Role::Main, local));
        if entity.kind == EntityKind::Person {
            self.relations.push((Tie::Surname, names::surname_key(&entity.name), main));
        }
        for alias in &entity.aliases {
            let key = names::key_apart(entity.kind, alias, told_apart);
            if key == main {
                continue;
            }
            if is_acronym(alias) && entity.kind != EntityKind::Person && names::words(&entity.name) > 1 {
                self.relations.extend([(Tie::Acronym, key, main), (Tie::Expansion, main, key)]);
            } else if entity.kind == EntityKind::Person && !names::is_bare(entity.kind, alias) {
                self.names.push((key, Role::Alias, local));
                self.relations.extend([(Tie::Same, key, main), (Tie::Same, main, key)]);
            }
        }
    }

    fn read_markers(&mut self, text: &str, facts: &NoteFacts) {
        for marker in &facts.note.markers {
            match &marker.kind {
                MarkerKind::CitationKey { key, .. } => {
                    let written = key.of(text);
                    self.postings.push((names::text_key(written), Role::Citation));
                    self.citations.push(Use { text: written.into(), range: *key });
                }
                MarkerKind::Wikilink { target, .. } => {
                    let written = target.of(text).trim();
                    self.postings.push((names::note_key(stem(written)), Role::Link));
                    self.links.push(Use { text: written.into(), range: *target });
                }
                _ => {}
            }
        }
    }

    fn add_note_names(&mut self, path: &str) {
        self.postings.push((names::note_key(stem(path)), Role::NoteName));
        self.postings.push((names::note_key(&self.title), Role::NoteName));
        if let Some(source) = &self.source {
            self.postings.push((names::text_key(&source.key), Role::Source));
        }
        if let Some(record) = &self.record {
            self.postings.extend(record.strong_keys().map(|key| (key, Role::Record)));
            self.postings.extend(record.weak.iter().map(|n| (n.key, Role::WeakRecord)));
            self.postings.extend(record.aliases().map(|alias| (names::note_key(alias), Role::NoteName)));
        }
    }
}

fn is_acronym(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    (2..=8).contains(&letters) && !word.contains(' ') && !word.chars().any(char::is_lowercase)
}

fn headings(text: &str, facts: &NoteFacts) -> Vec<Heading> {
    let level = |kind: BlockKind| match kind {
        BlockKind::Heading(level) => Some(level),
        BlockKind::Title => Some(1),
        _ => None,
    };
    let blocks = facts.note.blocks.iter();
    blocks
        .filter_map(|block| {
            let words = facts.note.sentences_of(block);
            let range = match (words.first(), words.last()) {
                (Some(first), Some(last)) => first.range.cover(last.range),
                _ => block.range,
            };
            Some(Heading { level: level(block.kind)?, text: range.of(text).into(), range: block.range })
        })
        .filter(|heading| !heading.text.trim().is_empty())
        .collect()
}

fn title(path: &str, text: &str, facts: &NoteFacts, headings: &[Heading]) -> (Arc<str>, TextRange) {
    let front = facts.note.front_matter.as_ref();
    for key in [keys::TITLE, keys::NAME] {
        if let Some((value, range)) = front.and_then(|f| f.values(key).first()).filter(|(v, _)| !v.trim().is_empty()) {
            return (value.as_str().into(), *range);
        }
    }
    let _ = text;
    match headings.first() {
        Some(heading) => (heading.text.clone(), heading.range),
        None => (stem(path).into(), TextRange::empty(0)),
    }
}

fn date(path: &str, front: Option<&crate::structure::FrontMatter>) -> Option<Arc<str>> {
    let written = front
        .and_then(|f| [keys::DATE, keys::PUBLISHED, keys::PUBLISH_DATE, keys::CREATED].iter().find_map(|k| f.value(k)));
    let day = |s: &str| {
        let day = s.get(..10).filter(|d| is_day(d));
        day.or_else(|| s.get(..7).filter(|m| m.as_bytes().get(4) == Some(&b'-')))
            .or_else(|| s.get(..4))
            .map(str::to_owned)
    };
    let plausible = |s: &String| s.bytes().take(4).all(|b| b.is_ascii_digit());
    let name = stem(path);
    let named = name.get(..10).filter(|d| is_day(&d.replace('_', "-"))).map(|d| d.replace('_', "-"));
    written.and_then(day).filter(plausible).or(named).map(Into::into)
}

fn is_day(day: &str) -> bool {
    day.len() == 10
        && day.bytes().enumerate().all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() })
}

fn opening(text: &str, facts: &NoteFacts) -> Arc<str> {
    let first = facts.note.blocks.iter().find(|b| b.kind.is_body() && b.range.len() > 1);
    excerpt(text, first.map(|b| b.range), 240)
}

/// Bytes of a further range that are worth showing.
const SHORTEST: usize = 20;

/// The first `limit` bytes of all ranges on one line, " … " between them: what stands apart is not run together.
#[must_use]
pub fn excerpt_of_all(text: &str, ranges: &[TextRange], limit: usize) -> Arc<str> {
    let [first, rest @ ..] = ranges else { return "".into() };
    let mut out = excerpt(text, Some(*first), limit).to_string();
    for range in rest {
        if out.ends_with('…') {
            break;
        }
        out.push_str(" …");
        let room = limit.saturating_sub(out.len());
        if room < SHORTEST {
            break;
        }
        out.push(' ');
        out.push_str(&excerpt(text, Some(*range), room));
    }
    out.into()
}

/// The first `limit` bytes of a range on one line, cut between words.
#[must_use]
pub fn excerpt(text: &str, range: Option<TextRange>, limit: usize) -> Arc<str> {
    let Some(range) = range else { return "".into() };
    let whole = range.of(text);
    let mut out = String::with_capacity(limit.min(whole.len()) + 4);
    for word in whole.split_whitespace() {
        if out.len() + word.len() + 1 > limit {
            let cut: String = if out.is_empty() { word.chars().take(limit / 4).collect() } else { String::new() };
            out.push_str(&cut);
            out.push('…');
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out.into()
}
