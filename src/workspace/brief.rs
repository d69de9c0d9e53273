//! What may be known of a note without its text: all that other notes and questions about the workspace ask for.
//!
//! Every note has a [`Brief`], open or not; of a note that is closed it is all that is kept. It is one block of bytes,
//! written once when the note is analysed and read in place: a hundred thousand notes are a hundred thousand small
//! blocks, not a hundred thousand trees. Nothing in it refers to anything outside it, so the same bytes go into the
//! store on disk and come back ([`Brief::to_bytes`], [`Brief::from_bytes`]).
//!
//! Read in this order: this file for what can be asked; `views` for the places that are
//! answered; `write` for what is gathered and how it is laid out; `stored`
//! for the parts that are kept ready.

mod block;
mod pieces;
mod stored;
mod views;
mod write;

pub use views::{AddressAt, FigureAt, HeadingAt, MentionAt, UseAt};

use std::sync::Arc;

use block::Block;
use pieces::Pieces;

use super::genre::Genre;
use super::keys;
use super::library::Source;
use super::names::{self, Key};
use super::records::EntityRecord;
use super::summary::{NoteSummary, Role, Tie};
use crate::analysis::NoteFacts;
use crate::analysis::facts::{EntityKind, MentionForm, RoleTime, Speech};
use crate::text::pack::Unpack;
use crate::text::{LineIndex, PackedLines, TextRange};

/// The form of the bytes. It rises with every change of them; what is stored in another form is thrown away.
pub const FORM: u32 = 6;

/// Fields of the front matter that others ask for: bibliographies of its own, handling marks.
pub const FIELDS: [&str; 3] = [keys::BIBLIOGRAPHY, keys::TLP, keys::HANDLING];

/// Beside the number of a statement's [`Speech`]: its reporting words stand after the content.
const VERB_LAST: u8 = 16;

/// The knowledge of a note that remains without its text. All ranges are bytes of that note.
#[derive(Clone, Debug, PartialEq)]
pub struct Brief {
    /// Path relative to the workspace's root with `/` between folders, or the URI of what has no path.
    pub path: Arc<str>,
    /// Its kind.
    pub genre: Genre,
    /// The bytes of its title; empty at the start of the note where it is the file's name.
    pub title_range: TextRange,
    /// Its record of the entity that it is about, if it is an entity note.
    pub record: Option<Arc<EntityRecord>>,
    /// The source that it stands for, if it is a source note.
    pub source: Option<Arc<Source>>,
    /// The sections as [`Pieces`], in the order of [`Section`].
    bytes: Block,
}

/// The parts of the block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Section {
    Words,
    Keys,
    Names,
    Postings,
    Relations,
    Entities,
    Statements,
    Headings,
    Citations,
    Links,
    Addresses,
    Quotations,
    Figures,
    Lines,
}

/// An entity that the note names.
#[derive(Clone, Copy, Debug)]
pub struct Named<'a> {
    /// The fullest form found in the note.
    pub name: &'a str,
    /// Its kind.
    pub kind: EntityKind,
    aliases: Unpack<'a>,
    roles: Unpack<'a>,
    mentions: Unpack<'a>,
    count: u32,
}

/// Words that somebody who is known said, denied, left unsaid or wants: [`Statement::speech`] tells which.
#[derive(Clone, Copy, Debug)]
pub struct Statement<'a> {
    /// The speaker, as the number of an entity of the note.
    pub speaker: u32,
    /// The speaker's relation to it: said, denied, or anything else.
    pub speech: Speech,
    /// The reporting words as written ("has denied"); "" where they say no more than "said" does.
    pub verb: &'a str,
    /// True if they stand after the content.
    pub verb_last: bool,
    /// Content, cue and source together.
    pub full: TextRange,
    /// The source, else the cue, else all.
    pub focus: TextRange,
    /// The first words of the content, " … " between its parts.
    pub excerpt: &'a str,
    content: Unpack<'a>,
}

impl Brief {
    /// Makes the brief of a note from its text and its facts.
    #[must_use]
    pub fn new(path: &Arc<str>, text: &str, facts: &NoteFacts, lines: &LineIndex) -> Self {
        write::brief(path, text, facts, lines, &NoteSummary::new(path, text, facts))
    }

    /// The same under another path.
    #[must_use]
    pub fn at(&self, path: Arc<str>) -> Self {
        Self { path, ..self.clone() }
    }

    /// The same in memory of the calling thread. What an analysis leaves behind lies scattered among what it has given
    /// back, and would keep those pages: of a hundred thousand notes, most of the process.
    #[must_use]
    pub fn settled(&self) -> Self {
        Self {
            path: (&*self.path).into(),
            record: self.record.as_ref().map(|record| Arc::new(EntityRecord::clone(record))),
            source: self.source.as_ref().map(|source| Arc::new(Source::clone(source))),
            bytes: Block::new(self.bytes.bytes()),
            ..self.clone()
        }
    }

    /// The front matter's title, else the first heading, else the file's name.
    #[must_use]
    pub fn title(&self) -> &str {
        self.words(0)
    }

    /// `YYYY-MM-DD` or less, from the front matter or the file's name.
    #[must_use]
    pub fn date(&self) -> Option<&str> {
        Some(self.words(1)).filter(|date| !date.is_empty())
    }

    /// The first words of the body.
    #[must_use]
    pub fn opening(&self) -> &str {
        self.words(2)
    }

    /// The values of one of [`FIELDS`] in its front matter, as written.
    pub fn field<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let mut unpack = self.section(Section::Words);
        let mut words = std::iter::from_fn(move || unpack.text()).skip(3);
        let fields = std::iter::from_fn(move || Some((words.next()?, words.next()?)));
        fields.filter(move |&(field, _)| field == name).map(|(_, value)| value)
    }

    /// The number of an entity is its index here, as in [`NoteFacts::entities`].
    pub fn entities(&self) -> impl Iterator<Item = Named<'_>> {
        let entities = self.entity_pieces();
        (0..entities.len()).map_while(move |local| entities.get(local).map(Named::read))
    }

    /// An entity by its number.
    #[must_use]
    pub fn entity(&self, local: u32) -> Option<Named<'_>> {
        self.entity_pieces().get(local as usize).map(Named::read)
    }

    fn entity_pieces(&self) -> Pieces<'_> {
        Pieces::new(self.section(Section::Entities).rest())
    }

    /// The mentions of entities that share a byte with a range, in order, each with the number of its entity.
    #[must_use]
    pub fn mentions_in(&self, range: TextRange) -> Vec<(u32, MentionAt)> {
        let mut found: Vec<(u32, MentionAt)> = Vec::new();
        for (local, entity) in (0..).zip(self.entities()) {
            found.extend(entity.mentions().filter(|m| m.range.overlaps(range)).map(|mention| (local, mention)));
        }
        found.sort_unstable_by_key(|(_, mention)| mention.range);
        found
    }

    /// Names of the entities: key, role, number of the entity; sorted.
    pub fn names(&self) -> impl Iterator<Item = (Key, Role, u32)> {
        self.name_entries().filter_map(|(key, role, local)| Some((self.key(key)?, role, local)))
    }

    /// The entities of a name.
    pub fn locals(&self, key: Key, role: Role) -> impl Iterator<Item = u32> {
        let named = self.find_key(key).map(|wanted| {
            // They are sorted: a frequent name is looked for in tens of thousands of notes.
            let from = self.name_entries().skip_while(move |&(k, r, _)| (k, r) < (wanted, role));
            from.take_while(move |&(k, r, _)| (k, r) == (wanted, role))
        });
        named.into_iter().flatten().map(|(_, _, local)| local)
    }

    /// Everything that the note is found by, sorted, no entry twice.
    pub fn postings(&self) -> impl Iterator<Item = (Key, Role)> {
        self.weighed_postings().map(|(key, role, _)| (key, role))
    }

    /// The same, each with its [`Weight`](super::summary::Weight) as the table keeps it; 1 where the role has none.
    pub(super) fn weighed_postings(&self) -> impl Iterator<Item = (Key, Role, u32)> {
        let mut unpack = self.section(Section::Postings);
        std::iter::from_fn(move || {
            let (key, role) = (self.key(unpack.number32()?)?, Role::of(unpack.byte()?)?);
            // Nothing weighs nothing: such an entry would not be in the table.
            Some((key, role, if role.is_weighed() { unpack.number32()?.max(1) } else { 1 }))
        })
    }

    /// Ties between names, sorted, no entry twice.
    pub fn relations(&self) -> impl Iterator<Item = (Tie, Key, Key)> {
        let mut unpack = self.section(Section::Relations);
        std::iter::from_fn(move || {
            Some((Tie::of(unpack.byte()?)?, self.key(unpack.number32()?)?, self.key(unpack.number32()?)?))
        })
    }

    /// The words that people who are known said, denied, left unsaid or want, in the order of [`NoteFacts::attributions`]. Deeds, and
    /// what is only supposed, are not kept.
    pub fn statements(&self) -> impl Iterator<Item = Statement<'_>> {
        let mut unpack = self.section(Section::Statements);
        let mut last = 0;
        std::iter::from_fn(move || {
            let speaker = unpack.number32()?;
            let full = unpack.range(last)?;
            last = full.start;
            let focus = unpack.range(last)?;
            let tag = unpack.byte()?;
            let (speech, verb_last) = (Speech::of(tag & 15)?, tag & VERB_LAST != 0);
            let (verb, excerpt) = (unpack.text()?, unpack.text()?);
            let content = Unpack::new(unpack.block()?);
            Some(Statement { speaker, speech, verb, verb_last, full, focus, excerpt, content })
        })
    }

    /// Headings in order.
    pub fn headings(&self) -> impl Iterator<Item = HeadingAt<'_>> {
        let mut unpack = self.section(Section::Headings);
        let mut last = 0;
        std::iter::from_fn(move || {
            let level = unpack.byte()?;
            let range = unpack.range(last)?;
            last = range.end;
            Some(HeadingAt { text: unpack.text()?, range, level })
        })
    }

    /// Citation keys in order.
    pub fn citations(&self) -> impl Iterator<Item = UseAt<'_>> {
        let mut unpack = self.section(Section::Citations);
        let mut last = 0;
        std::iter::from_fn(move || {
            let used = read_use(&mut unpack, &mut last)?;
            let sentence = match unpack.byte()? {
                0 => None,
                _ => Some(unpack.range(used.range.start)?),
            };
            Some(UseAt { sentence, ..used })
        })
    }

    /// Wikilinks in order.
    pub fn links(&self) -> impl Iterator<Item = UseAt<'_>> {
        let mut unpack = self.section(Section::Links);
        let mut last = 0;
        std::iter::from_fn(move || read_use(&mut unpack, &mut last))
    }

    /// Inline links in order.
    pub fn addresses(&self) -> impl Iterator<Item = AddressAt<'_>> {
        let mut unpack = self.section(Section::Addresses);
        let mut last = 0;
        std::iter::from_fn(move || {
            let range = unpack.range(last)?;
            last = range.end;
            let target = unpack.text()?;
            let key = if target.is_empty() { unpack.hash()? } else { names::text_key(target) };
            Some(AddressAt { target, key, range })
        })
    }

    /// Quotations in order: [`names::note_key`] of the words, and the whole with its marks.
    pub fn quotations(&self) -> impl Iterator<Item = (Key, TextRange)> {
        let mut unpack = self.section(Section::Quotations);
        let mut last = 0;
        std::iter::from_fn(move || {
            let key = unpack.hash()?;
            let range = unpack.range(last)?;
            last = range.end;
            Some((key, range))
        })
    }

    /// Figures of its claims in order; of source notes only.
    pub fn figures(&self) -> impl Iterator<Item = FigureAt<'_>> {
        let mut unpack = self.section(Section::Figures);
        std::iter::from_fn(move || {
            let at = unpack.number32()?;
            let (low, high) = (f64::from_bits(unpack.hash()?), f64::from_bits(unpack.hash()?));
            Some(FigureAt { at, low, high, unit: unpack.text()? })
        })
    }

    /// Its lines.
    #[must_use]
    pub fn lines(&self) -> PackedLines<'_> {
        PackedLines::new(self.section(Section::Lines).rest())
    }

    fn section(&self, wanted: Section) -> Unpack<'_> {
        Unpack::new(Pieces::new(self.bytes.bytes()).get(wanted as usize).unwrap_or(&[]))
    }

    fn words(&self, index: usize) -> &str {
        let mut unpack = self.section(Section::Words);
        for _ in 0..index {
            unpack.text();
        }
        unpack.text().unwrap_or("")
    }

    fn key(&self, index: u32) -> Option<Key> {
        let bytes = self.section(Section::Keys).rest();
        let at = (index as usize).checked_mul(8)?;
        Some(Key::from_le_bytes(*bytes.get(at..)?.first_chunk::<8>()?))
    }

    /// Keys are sorted.
    fn find_key(&self, wanted: Key) -> Option<u32> {
        let (keys, _) = self.section(Section::Keys).rest().as_chunks::<8>();
        keys.binary_search_by_key(&wanted, |key| Key::from_le_bytes(*key)).ok().map(|index| index as u32)
    }

    fn name_entries(&self) -> impl Iterator<Item = (u32, Role, u32)> {
        let mut unpack = self.section(Section::Names);
        std::iter::from_fn(move || Some((unpack.number32()?, Role::of(unpack.byte()?)?, unpack.number32()?)))
    }
}

fn read_use<'a>(unpack: &mut Unpack<'a>, last: &mut u32) -> Option<UseAt<'a>> {
    let range = unpack.range(*last)?;
    *last = range.end;
    Some(UseAt { text: unpack.text()?, range, sentence: None })
}

impl<'a> Named<'a> {
    fn read(block: &'a [u8]) -> Self {
        let mut unpack = Unpack::new(block);
        let mut read = || {
            let kind = EntityKind::of(unpack.byte()?)?;
            let name = unpack.text()?;
            let (aliases, roles) = (Unpack::new(unpack.block()?), Unpack::new(unpack.block()?));
            let count = unpack.number32()?;
            Some(Self { name, kind, aliases, roles, mentions: unpack, count })
        };
        let nothing = Unpack::default();
        let damaged = Self {
            name: "",
            kind: EntityKind::Quantity,
            aliases: nothing,
            roles: nothing,
            mentions: nothing,
            count: 0,
        };
        read().unwrap_or(damaged)
    }

    /// Other forms found in the note, in order of first use.
    pub fn aliases(self) -> impl Iterator<Item = &'a str> {
        let mut unpack = self.aliases;
        std::iter::from_fn(move || unpack.text())
    }

    /// Roles that the note gives, as written, each with its place.
    pub fn roles(self) -> impl Iterator<Item = (&'a str, TextRange)> {
        self.dated_roles().map(|(role, range, _)| (role, range))
    }

    /// The same, each with when it is held.
    pub fn dated_roles(self) -> impl Iterator<Item = (&'a str, TextRange, RoleTime)> {
        let mut unpack = self.roles;
        std::iter::from_fn(move || {
            let (text, range) = (unpack.text()?, unpack.range(0)?);
            let mut year = || Some(u16::try_from(unpack.number32()?).ok().filter(|year| *year > 0));
            let (from, to) = (year()?, year()?);
            Some((text, range, RoleTime { from, to, past: unpack.byte()? != 0 }))
        })
    }

    /// The number of its mentions in the note.
    #[must_use]
    pub fn count(self) -> usize {
        self.count as usize
    }

    /// Its mentions, in order.
    pub fn mentions(self) -> impl Iterator<Item = MentionAt> {
        let mut unpack = self.mentions;
        let (mut last, mut block) = (0, 0);
        std::iter::from_fn(move || {
            let range = unpack.range(last)?;
            last = range.end;
            let tag = unpack.byte()?;
            block = u32::try_from(i64::from(block) + unpack.signed()?).ok()?;
            Some(MentionAt { range, kind: EntityKind::of(tag >> 4)?, form: MentionForm::of(tag & 15)?, block })
        })
    }
}

impl Statement<'_> {
    /// The content, part by part.
    pub fn content(self) -> impl Iterator<Item = TextRange> {
        let mut unpack = self.content;
        let mut last = self.full.start;
        std::iter::from_fn(move || {
            let range = unpack.range(last)?;
            last = range.end;
            Some(range)
        })
    }
}
