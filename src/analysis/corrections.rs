//! Corrections by people of names where whosaid got it wrong: the file `whosaid.names`.
//!
//! One correction a line, sorted, so that two people's corrections merge; written by code actions, free to edit:
//!
//! ```text
//! # lines that begin with # are comments
//! different: Rana Haddad | Nadim Haddad
//! not a name: Gate Tax
//! org: Norvik
//! same: N. Haddad | Nadim Haddad
//! ```
//!
//! `person: org: place: product: event: group: work:` say what a name names, also where it was not seen as one.
//! Corrections hold for the whole project, in the editor as on the command line. What cannot be understood is a
//! [`CorrectionProblem`] on its own line; the other lines hold.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

use super::facts::{Entity, EntityKind, Mention, MentionForm};
use super::names::fold_key;
use super::stages::{Entities, Mentions};
use crate::structure::{Note, Token, tokens};
use crate::text::TextRange;

/// The name of the file, at the root of the project.
pub const CORRECTIONS_FILE: &str = "whosaid.names";

const KINDS: [EntityKind; 7] = [
    EntityKind::Person,
    EntityKind::Org,
    EntityKind::Place,
    EntityKind::Product,
    EntityKind::Event,
    EntityKind::Group,
    EntityKind::Work,
];

/// Longest name in tokens; longer lines are mistakes.
const LONGEST: usize = 16;

/// A name, by the hashes of its words: case, apostrophes and dashes do not count.
type NameKey = u64;

/// Something in the file that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorrectionProblem {
    /// The line, in bytes of the file.
    pub range: TextRange,
    /// The fault and what to do about it.
    pub message: String,
}

/// A line of the file that was not taken, as a sentence that says what to do.
#[derive(Debug, thiserror::Error)]
enum LineError {
    /// It has no colon.
    #[error("A correction is `word: name`, for instance `org: Norvik`.")]
    NoWord,
    /// `same` or `different`, and not two names after it.
    #[error("`{0}` takes two names: `{0}: N. Haddad | Nadim Haddad`.")]
    NotTwoNames(String),
    /// Both names of a pair are the same words.
    #[error("These are the same words twice; delete the line.")]
    SameWords,
    /// A pair that a line above has the other way round.
    #[error("A line above says the opposite of these two names; delete one of them.")]
    OppositePair,
    /// `not a name` without words.
    #[error("Name the words that are no name.")]
    NoWords,
    /// `not a name` for words that a line above gives a kind.
    #[error("A line above says what these words name; delete one of them.")]
    HasKind,
    /// A word that begins no correction.
    #[error(
        "`{0}` is no correction; there are: same, different, not a name, person, org, place, product, event, group, work."
    )]
    UnknownWord(String),
    /// A kind without a name.
    #[error("Which name is a {0}?")]
    NoName(String),
    /// A kind for words that a line above gives another, or calls no name.
    #[error("A line above says something else of this name; delete one of them.")]
    OtherKind,
}

/// The corrections of a project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Corrections {
    /// The file's text.
    pub text: Arc<str>,
    /// Lines that cannot be used.
    pub problems: Vec<CorrectionProblem>,
    /// Pairs of names of one entity.
    pub same: Vec<(String, String)>,
    /// Pairs of names of two entities.
    pub different: Vec<(String, String)>,
    /// Of the pairs of `different` that sound alike, the second name: it is its bearer's only as it is spelled here.
    pub told_apart: Arc<[String]>,
    not_names: HashSet<NameKey>,
    kinds: HashMap<NameKey, EntityKind>,
    /// The names of `kinds`, word by word, under their first words.
    spelled: HashMap<u64, Vec<(Vec<u64>, bool, EntityKind)>>,
}

/// One correction, as a line of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Correction<'a> {
    /// The words are no name.
    NotAName(&'a str),
    /// The words name something of this kind.
    Kind(&'a str, EntityKind),
    /// Both are one.
    Same(&'a str, &'a str),
    /// They are two.
    Different(&'a str, &'a str),
}

impl Correction<'_> {
    /// The line, without its end.
    #[must_use]
    pub fn line(&self) -> String {
        match self {
            Self::NotAName(name) => format!("not a name: {}", one_line(name)),
            Self::Kind(name, kind) => format!("{}: {}", kind.as_str(), one_line(name)),
            Self::Same(one, other) => format!("same: {} | {}", one_line(one), one_line(other)),
            Self::Different(one, other) => format!("different: {} | {}", one_line(one), one_line(other)),
        }
    }
}

fn one_line(name: &str) -> String {
    name.split(|c: char| c.is_whitespace() || c == '|').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

impl Corrections {
    /// Reads the file. Never fails.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut read = Self { text: text.into(), ..Self::default() };
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let trimmed = line.trim();
            let start = at + (line.len() - line.trim_start().len());
            if !trimmed.is_empty() && !trimmed.starts_with('#') {
                let range = TextRange::from_usize(start, start + trimmed.len());
                if let Err(error) = read.add(trimmed.trim_start_matches('\u{feff}')) {
                    read.problems.push(CorrectionProblem { range, message: error.to_string() });
                }
            }
            at += line.len();
        }
        read.told_apart = read.spelled_apart();
        read
    }

    fn add(&mut self, line: &str) -> Result<(), LineError> {
        let Some((word, rest)) = line.split_once(':') else {
            return Err(LineError::NoWord);
        };
        let (word, rest) = (word.trim().to_ascii_lowercase(), rest.trim());
        match word.as_str() {
            "same" | "different" => {
                let pair = rest.split_once('|').map(|(one, other)| (one.trim(), other.trim()));
                let Some((one, other)) = pair.filter(|(one, other)| key_of(one).is_some() && key_of(other).is_some())
                else {
                    return Err(LineError::NotTwoNames(word));
                };
                if key_of(one) == key_of(other) {
                    return Err(LineError::SameWords);
                }
                let (mine, others) =
                    if word == "same" { (&mut self.same, &self.different) } else { (&mut self.different, &self.same) };
                if others.iter().any(|(a, b)| is_pair(a, b, one, other)) {
                    return Err(LineError::OppositePair);
                }
                mine.push((one.to_owned(), other.to_owned()));
            }
            "not a name" => {
                let Some(key) = key_of(rest) else { return Err(LineError::NoWords) };
                if self.kinds.contains_key(&key) {
                    return Err(LineError::HasKind);
                }
                self.not_names.insert(key);
            }
            _ => {
                let Some(kind) = KINDS.into_iter().find(|kind| kind.as_str() == word) else {
                    return Err(LineError::UnknownWord(word));
                };
                let words = words_of(rest);
                let Some(key) = key_of(rest) else { return Err(LineError::NoName(word)) };
                if self.not_names.contains(&key) || self.kinds.get(&key).is_some_and(|known| *known != kind) {
                    return Err(LineError::OtherKind);
                }
                self.kinds.insert(key, kind);
                let capital = rest.chars().next().is_some_and(char::is_uppercase);
                if let Some(&first) = words.first() {
                    self.spelled.entry(first).or_default().push((words, capital, kind));
                }
            }
        }
        Ok(())
    }

    /// The second names of pairs that only their spelling tells apart.
    fn spelled_apart(&self) -> Arc<[String]> {
        let sound = |name: &str| {
            let folded = fold_key(name);
            let mut words: Vec<String> = folded.split(' ').filter(|w| w.len() > 1).map(str::to_owned).collect();
            words.sort_unstable();
            words
        };
        let alike = |pair: &&(String, String)| sound(&pair.0) == sound(&pair.1);
        self.different.iter().filter(alike).map(|(_, other)| other.clone()).collect()
    }

    /// True if nothing is corrected.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.not_names.is_empty() && self.kinds.is_empty() && self.same.is_empty() && self.different.is_empty()
    }

    /// True if two names were said to be two entities.
    #[must_use]
    pub fn keeps_apart(&self, one: &str, other: &str) -> bool {
        self.different.iter().any(|(a, b)| is_pair(a, b, one, other))
    }

    /// The place in the file where a correction belongs, in bytes, and the lines to insert there: lines stay sorted, a new file gets a head.
    /// `None` if the file says so already.
    #[must_use]
    pub fn insertion(&self, correction: &Correction<'_>) -> Option<(u32, String)> {
        let line = correction.line();
        if self.text.lines().any(|known| known.trim() == line) {
            return None;
        }
        if self.text.is_empty() {
            let head = "# Who is who, where whosaid got it wrong. One correction a line; written by code actions, free to edit.\n";
            return Some((0, format!("{head}{line}\n")));
        }
        let mut at = 0;
        for known in self.text.split_inclusive('\n') {
            let is_correction = !known.trim().is_empty() && !known.trim_start().starts_with('#');
            if is_correction && known.trim() > line.as_str() {
                return Some((at, format!("{line}\n")));
            }
            at += known.len() as u32;
        }
        let gap = if self.text.ends_with('\n') { "" } else { "\n" };
        Some((at, format!("{gap}{line}\n")))
    }

    /// The mentions without what is no name, with what was mistaken retyped and what was not seen added.
    pub(super) fn of_mentions(&self, note: &Note, mentions: Mentions) -> Mentions {
        if self.not_names.is_empty() && self.kinds.is_empty() {
            return mentions;
        }
        let Mentions(mut mentions) = mentions;
        let key = |mention: &Mention| key_of_hashes(hashes(note, mention));
        mentions.retain(|mention| !mention.kind.is_named() || !self.not_names.contains(&key(mention)));
        for mention in mentions.iter_mut().filter(|mention| mention.kind.is_named()) {
            mention.kind = self.kinds.get(&key(mention)).copied().unwrap_or(mention.kind);
        }
        let mut added = Vec::new();
        for (index, sentence) in note.sentences.iter().enumerate() {
            let tokens = note.tokens_of(sentence);
            for (at, token) in tokens.iter().enumerate() {
                let Some((length, kind)) = self.name_at(tokens.get(at..).unwrap_or(&[]), *token) else { continue };
                let first = sentence.tokens.start + at as u32;
                let last = tokens.get(at + length - 1).unwrap_or(token);
                added.push(Mention {
                    range: token.range.cover(last.range),
                    kind,
                    entity: None,
                    form: MentionForm::Full,
                    sentence: index as u32,
                    tokens: first..first + length as u32,
                });
            }
        }
        for mention in added {
            let from = mentions.partition_point(|m| m.range.end <= mention.range.start);
            let to = mentions.partition_point(|m| m.range.start < mention.range.end);
            let around = mentions.get(from..to.max(from)).unwrap_or(&[]);
            // A longer name that was seen stays: "Norvik" within "Norvik Bank".
            if around.iter().all(|m| mention.range.contains_range(m.range) && m.range != mention.range) {
                mentions.splice(from..to.max(from), [mention]);
            }
        }
        Mentions(mentions)
    }

    /// The longest corrected name that begins here, with its length in tokens.
    fn name_at(&self, tokens: &[Token], first: Token) -> Option<(usize, EntityKind)> {
        let spelled = self.spelled.get(&first.hash)?;
        let fits = |(words, capital, _): &&(Vec<u64>, bool, EntityKind)| {
            tokens.len() >= words.len()
                && *capital == first.capital
                && words.iter().zip(tokens).all(|(word, token)| *word == token.hash)
        };
        spelled.iter().filter(fits).map(|(words, _, kind)| (words.len(), *kind)).max_by_key(|(length, _)| *length)
    }

    /// The entities with those joined that are one and those parted that are two.
    pub(super) fn of_entities(&self, text: &str, resolved: Entities) -> Entities {
        let Entities { mut mentions, mut entities } = resolved;
        for (one, other) in &self.different {
            for name in [one, other] {
                self.part(text, name, if name == one { other } else { one }, &mut mentions, &mut entities);
            }
        }
        for (one, other) in &self.same {
            let find = |name: &str, entities: &[Entity]| entities.iter().position(|entity| is_called(entity, name));
            if let (Some(from), Some(to)) = (find(one, &entities), find(other, &entities))
                && from != to
            {
                join(from, to, &mut mentions, &mut entities);
            }
        }
        close_gaps(&mut mentions, &mut entities);
        Entities { mentions, entities }
    }

    /// If one entity goes by both names, the mentions by `name` become an entity of their own.
    fn part(&self, text: &str, name: &str, other: &str, mentions: &mut [Mention], entities: &mut Vec<Entity>) {
        let Some(index) = entities.iter().position(|entity| is_called(entity, name) && is_called(entity, other)) else {
            return;
        };
        if same_words(&entities[index].name, name) {
            return;
        }
        let key = key_of(name);
        let (moved, kept): (Vec<u32>, Vec<u32>) = entities[index]
            .mentions
            .iter()
            .partition(|&&m| mentions.get(m as usize).is_some_and(|m| key_of(m.range.of(text)) == key));
        if moved.is_empty() || kept.is_empty() {
            return;
        }
        let fresh = entities.len() as u32;
        for &m in &moved {
            if let Some(mention) = mentions.get_mut(m as usize) {
                mention.entity = Some(fresh);
            }
        }
        let kind = entities[index].kind;
        entities[index].mentions = kept;
        entities[index].aliases.retain(|alias| !same_words(alias, name));
        entities.push(Entity { name: name.to_owned(), kind, mentions: moved, aliases: Vec::new(), roles: Vec::new() });
    }
}

/// Takes out entities that were joined with others, and renumbers the rest.
fn close_gaps(mentions: &mut [Mention], entities: &mut Vec<Entity>) {
    if entities.iter().all(|entity| !entity.mentions.is_empty()) {
        return;
    }
    let mut kept = 0;
    let mut numbers = Vec::with_capacity(entities.len());
    for entity in entities.iter() {
        numbers.push(kept);
        kept += u32::from(!entity.mentions.is_empty());
    }
    entities.retain(|entity| !entity.mentions.is_empty());
    for entity in mentions.iter_mut().filter_map(|mention| mention.entity.as_mut()) {
        *entity = numbers.get(*entity as usize).copied().unwrap_or(*entity);
    }
}

/// Moves everything of entity `from` to entity `to`. The emptied place stays, so that indices hold.
fn join(from: usize, to: usize, mentions: &mut [Mention], entities: &mut [Entity]) {
    let moved = std::mem::take(&mut entities[from].mentions);
    for &m in &moved {
        if let Some(mention) = mentions.get_mut(m as usize) {
            mention.entity = Some(to as u32);
        }
    }
    let mut aliases = std::mem::take(&mut entities[from].aliases);
    aliases.insert(0, entities[from].name.clone());
    let roles = std::mem::take(&mut entities[from].roles);
    let target = &mut entities[to];
    target.mentions.extend(moved);
    target.mentions.sort_unstable();
    let name = target.name.clone();
    for alias in aliases {
        if alias != name && !target.aliases.contains(&alias) {
            target.aliases.push(alias);
        }
    }
    target.roles.extend(roles);
    target.roles.sort_by_key(|role| role.range);
}

fn is_called(entity: &Entity, name: &str) -> bool {
    !entity.mentions.is_empty()
        && (same_words(&entity.name, name) || entity.aliases.iter().any(|alias| same_words(alias, name)))
}

fn is_pair(a: &str, b: &str, one: &str, other: &str) -> bool {
    (same_words(a, one) && same_words(b, other)) || (same_words(a, other) && same_words(b, one))
}

fn same_words(one: &str, other: &str) -> bool {
    one == other || (key_of(one).is_some() && key_of(one) == key_of(other))
}

fn words_of(name: &str) -> Vec<u64> {
    let mut found = Vec::new();
    tokens::tokenize(name, TextRange::from_usize(0, name.len()), &[], &mut found);
    found.iter().map(|token| token.hash).collect()
}

/// None for no words (signs and invisible letters are none), and for more than a name has.
fn key_of(name: &str) -> Option<NameKey> {
    let words = words_of(name);
    let letters = name.chars().any(char::is_alphanumeric);
    (letters && !words.is_empty() && words.len() <= LONGEST).then(|| key_of_hashes(words.into_iter()))
}

fn key_of_hashes(words: impl Iterator<Item = u64>) -> NameKey {
    words.fold(0, |key, word| xxh3_64(&(key ^ word).to_le_bytes()))
}

fn hashes<'n>(note: &'n Note, mention: &Mention) -> impl Iterator<Item = u64> + 'n {
    let tokens = note.tokens.get(mention.tokens.start as usize..mention.tokens.end as usize).unwrap_or(&[]);
    tokens.iter().map(|token| token.hash)
}

/// The kinds that a name can be corrected to.
#[must_use]
pub fn kinds() -> BTreeSet<EntityKind> {
    KINDS.into_iter().collect()
}

#[cfg(test)]
mod tests;
