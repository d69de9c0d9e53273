//! The distinct surfaces of a note, what each names, and where it stands.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::context::LeftContext;
use super::known::{self, Known};
use crate::analysis::facts::{EntityKind, Mention};
use crate::analysis::names;
use crate::structure::{Note, Token};
use crate::text::TextRange;
use crate::text::hashed::KeyIsHash;

/// A mention that has no form: a date, an amount.
pub(super) const NONE: u32 = u32::MAX;

/// Longest names, in tokens, whose parts are looked at.
pub(super) const LONGEST: usize = 14;

/// One surface, whatever its case.
#[derive(Clone, Debug)]
pub(super) struct Form {
    /// As first written outside headings, the words joined by single blanks.
    pub(super) text: String,
    /// True if `text` comes from a heading.
    from_heading: bool,
    /// The kind of thing that it names, by the majority of its mentions.
    pub(super) kind: EntityKind,
    /// Words, divided by white space.
    pub(super) words: u32,
    /// Its key: see [`known::key`].
    pub(super) key: u64,
    /// The hashes of its tokens.
    pub(super) hashes: Vec<u64>,
    /// The known name that it stands for.
    pub(super) known: Option<Known>,
    /// True if it is shaped like an acronym.
    pub(super) acronym: bool,
    /// Indices of its mentions, in order.
    pub(super) mentions: Vec<u32>,
    /// Different writings, by their first place.
    pub(super) writings: Vec<TextRange>,
    /// Mentions that follow a person's title.
    pub(super) titled: u32,
    /// Mentions that follow a preposition of place.
    pub(super) located: u32,
    votes: [u32; 7],
    /// A family name and syllables: a person whatever the votes say.
    sounds: bool,
}

/// All forms of a note.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    /// In order of first appearance.
    pub(super) forms: Vec<Form>,
    /// The form of each mention, or [`NONE`].
    pub(super) of: Vec<u32>,
    by_key: HashMap<(u64, bool), u32, BuildHasherDefault<KeyIsHash>>,
}

const KINDS: [EntityKind; 7] = [
    EntityKind::Person,
    EntityKind::Org,
    EntityKind::Place,
    EntityKind::Product,
    EntityKind::Event,
    EntityKind::Group,
    EntityKind::Work,
];

/// Writings of one form that are kept, at most.
const WRITINGS: usize = 8;

impl Table {
    /// Reads the forms of all named mentions.
    pub(super) fn read(text: &str, note: &Note, mentions: &[Mention], contexts: &[LeftContext]) -> Self {
        let mut table = Self { of: vec![NONE; mentions.len()], ..Self::default() };
        for (index, (mention, context)) in mentions.iter().zip(contexts).enumerate() {
            let tokens = tokens_of(note, mention);
            // A kind of weapon ("barrel bombs") is a mention, but names nobody in particular.
            let kind_only = mention.kind == EntityKind::Product && tokens.iter().all(|token| !token.capital);
            if !mention.kind.is_named() || kind_only || tokens.is_empty() {
                continue;
            }
            let key = known::key(text, tokens);
            // A family name first and syllables after it sound like nothing but a person.
            let sounds = mention.kind == EntityKind::Org && tokens.len() == 2 && sounds_like_person(text, tokens);
            let person =
                mention.kind == EntityKind::Person || sounds || (context.gender.is_some() && tokens.len() == 1);
            let next = table.forms.len() as u32;
            let form = *table.by_key.entry((key, person)).or_insert(next);
            if form == next {
                table.forms.push(Form::new(text, tokens, key, context.heading));
            }
            table.of[index] = form;
            table.forms[form as usize].add(text, index as u32, mention, tokens, *context);
            table.forms[form as usize].sounds |= sounds;
        }
        table.settle_kinds();
        table
    }

    /// Gives each form the kind of its majority, and one kind to a surface that is now a person and now something
    /// else, unless both are well supported ("Washington" the city and the man).
    fn settle_kinds(&mut self) {
        for form in &mut self.forms {
            form.kind = form.majority();
        }
        for index in 0..self.forms.len() as u32 {
            let form = &self.forms[index as usize];
            if form.kind != EntityKind::Person {
                continue;
            }
            let Some(&other) = self.by_key.get(&(form.key, false)) else { continue };
            let rival = &self.forms[other as usize];
            let (here, there) = (form.mentions.len() as u32 + 2 * form.titled, rival.mentions.len() as u32);
            if form.titled > 0 && there >= 2 && rival.kind == EntityKind::Place {
                continue;
            }
            if rival.known.is_none() && here >= there && (form.words > 1 || form.titled > 0 || here > there) {
                self.absorb(other, index);
            } else if form.titled == 0 {
                self.absorb(index, other);
            }
        }
    }

    /// Gives all mentions of one form to another, which keeps its kind.
    pub(super) fn absorb(&mut self, from: u32, to: u32) {
        if from == to {
            return;
        }
        let mentions = std::mem::take(&mut self.forms[from as usize].mentions);
        for &mention in &mentions {
            self.of[mention as usize] = to;
        }
        let (titled, located) = (self.forms[from as usize].titled, self.forms[from as usize].located);
        let into = &mut self.forms[to as usize];
        into.titled += titled;
        into.located += located;
        into.mentions.extend(mentions);
        into.mentions.sort_unstable();
        let (key, to_person) = (into.key, into.kind == EntityKind::Person);
        self.by_key.insert((key, !to_person), to);
    }
}

/// True if two tokens are a family name that comes first and syllables of its language.
pub(super) fn sounds_like_person(text: &str, tokens: &[Token]) -> bool {
    tokens[1].range.len() >= 5
        && !tokens[0].all_capitals
        && names::split_person(&joined(text, tokens)).order == names::NameOrder::FamilyFirst
}

/// The tokens of a mention; none where its indices do not fit the note.
pub(super) fn tokens_of<'n>(note: &'n Note, mention: &Mention) -> &'n [Token] {
    note.tokens.get(mention.tokens.start as usize..mention.tokens.end as usize).unwrap_or(&[])
}

/// The words of tokens with single blanks where white space stood.
pub(super) fn joined(text: &str, tokens: &[Token]) -> String {
    let mut out = String::new();
    for (index, token) in tokens.iter().enumerate() {
        if index > 0 && token.spaced {
            out.push(' ');
        }
        out.extend(token.text(text).chars().filter(|&c| c != '\u{ad}'));
    }
    out
}

impl Form {
    fn new(text: &str, tokens: &[Token], key: u64, from_heading: bool) -> Self {
        let skip = usize::from(tokens.len() > 1 && tokens[0].text(text).eq_ignore_ascii_case("the"));
        let tokens = &tokens[skip..];
        let shown = joined(text, tokens);
        Self {
            acronym: tokens.len() == 1 && names::is_acronym(&shown),
            words: 1 + tokens.iter().skip(1).filter(|token| token.spaced).count() as u32,
            hashes: tokens.iter().map(|token| known::hash(text, token)).collect(),
            known: known::find(key),
            text: shown,
            from_heading,
            kind: EntityKind::Org,
            key,
            mentions: Vec::new(),
            writings: Vec::new(),
            titled: 0,
            located: 0,
            votes: [0; 7],
            sounds: false,
        }
    }

    fn add(&mut self, text: &str, index: u32, mention: &Mention, tokens: &[Token], context: LeftContext) {
        if self.from_heading && !context.heading {
            *self = Self {
                mentions: std::mem::take(&mut self.mentions),
                writings: std::mem::take(&mut self.writings),
                titled: self.titled,
                located: self.located,
                votes: self.votes,
                sounds: self.sounds,
                ..Self::new(text, tokens, self.key, false)
            };
        }
        self.mentions.push(index);
        self.titled += u32::from(context.titled);
        self.located += u32::from(context.located);
        if let Some(vote) = KINDS.iter().position(|kind| *kind == mention.kind) {
            self.votes[vote] += if context.heading { 1 } else { 3 };
        }
        let words = mention.range.of(text);
        if self.writings.len() < WRITINGS && !self.writings.iter().any(|seen| seen.of(text) == words) {
            self.writings.push(mention.range);
        }
    }

    fn majority(&self) -> EntityKind {
        if self.sounds || self.titled > 0 && self.votes[0] == 0 && self.known.is_none() {
            return EntityKind::Person;
        }
        let mut best = (0, EntityKind::Org);
        for (votes, kind) in self.votes.iter().zip(KINDS) {
            let bonus = u32::from(self.known.is_some_and(|known| known.kind == kind)) * 4;
            if votes + bonus > best.0 {
                best = (votes + bonus, kind);
            }
        }
        best.1
    }
}
