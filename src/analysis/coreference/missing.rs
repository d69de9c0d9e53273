//! Mentions that recognition missed and that the note itself proves: acronyms that it defines or spells out, the head
//! noun of a body in capitals ("the University" beside "Sarn Maritime University"), surnames of persons named in full.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::definitions::{CLOSE, OPEN};
use super::forms::{joined, sounds_like_person, tokens_of};
use super::{acronyms, body_words};
use crate::analysis::facts::{EntityKind, Mention, MentionForm};
use crate::analysis::names::{self, NameOrder};
use crate::lexicon::{class, classes_of};
use crate::structure::{Note, Token, TokenKind};
use crate::text::{HashedMap, HashedSet, word_hash};

/// Words after which a capital head is still a part of a longer name.
static GOES_ON: LazyLock<[u64; 4]> = LazyLock::new(|| ["of", "for", "-", "&"].map(word_hash));

/// Adds what was missed, in its place.
pub(super) fn add(text: &str, note: &Note, mentions: &mut Vec<Mention>) {
    let mut missing = Vec::new();
    in_headings(text, note, mentions, &mut missing);
    enter(mentions, &mut missing);
    let proof = Proof::read(text, note, mentions);
    if proof.defined.is_empty() && proof.heads.is_empty() && proof.surnames.is_empty() && proof.spelled.is_empty() {
        return;
    }
    let mut next = 0;
    for (index, sentence) in (0u32..).zip(&note.sentences) {
        let heading = note.block_of(sentence).kind.is_heading();
        let tokens = note.tokens_of(sentence);
        for (at, token) in tokens.iter().enumerate() {
            while mentions.get(next).is_some_and(|mention| mention.range.end <= token.range.start) {
                next += 1;
            }
            let covered = mentions.get(next).is_some_and(|mention| mention.range.overlaps(token.range));
            if !token.capital || covered || token.kind != TokenKind::Word {
                continue;
            }
            let Some((kind, form)) = proof.kind_of(text, tokens, at, heading) else { continue };
            let first = sentence.tokens.start + at as u32;
            missing.push(Mention {
                range: token.range,
                kind,
                entity: None,
                form,
                sentence: index,
                tokens: first..first + 1,
            });
        }
    }
    enter(mentions, &mut missing);
}

/// Puts what was missed in its place.
fn enter(mentions: &mut Vec<Mention>, missing: &mut Vec<Mention>) {
    if !missing.is_empty() {
        mentions.append(missing);
        mentions.sort_by_key(|mention| (mention.range.start, mention.range.end));
    }
}

/// A heading that is nothing but a family name and syllables of its language names a person, though capitals say
/// nothing there.
fn in_headings(text: &str, note: &Note, mentions: &mut Vec<Mention>, missing: &mut Vec<Mention>) {
    for (index, sentence) in (0u32..).zip(&note.sentences) {
        let tokens = note.tokens_of(sentence);
        let [family, given] = tokens else { continue };
        let words = family.kind == TokenKind::Word && given.kind == TokenKind::Word && family.capital && given.capital;
        if !words || !note.block_of(sentence).kind.is_heading() || !sounds_like_person(text, tokens) {
            continue;
        }
        let range = family.range.cover(given.range);
        let first = mentions.partition_point(|mention| mention.range.end <= range.start);
        let count = mentions[first..].iter().take_while(|mention| mention.range.start < range.end).count();
        // A part of the name that was seen alone gives way to the whole.
        if mentions[first..first + count].iter().all(|mention| mention.range != range) {
            mentions.drain(first..first + count);
            let (kind, form, tokens) = (EntityKind::Person, MentionForm::Full, sentence.tokens.clone());
            missing.push(Mention { range, kind, entity: None, form, sentence: index, tokens });
        }
    }
}

/// Facts about single words that the recognised names prove.
#[derive(Default)]
struct Proof<'t> {
    /// Acronyms in brackets behind the name that they stand for.
    defined: HashMap<&'t str, EntityKind>,
    /// Initials of names, lower case; none where several names have them.
    spelled: HashMap<String, Option<EntityKind>>,
    /// Heads of bodies, each with the one body that it is the head of.
    heads: HashedMap<Option<u64>>,
    /// The words by which persons named in full are named on.
    surnames: HashedSet,
}

impl<'t> Proof<'t> {
    fn read(text: &'t str, note: &Note, mentions: &[Mention]) -> Self {
        let mut proof = Self::default();
        let mut seen = HashSet::new();
        for mention in mentions.iter().filter(|mention| mention.kind.is_named()) {
            let tokens = tokens_of(note, mention);
            let key = super::known::key(text, tokens);
            let new = seen.insert((key, mention.kind));
            let sounds = mention.kind == EntityKind::Org && tokens.len() == 2 && sounds_like_person(text, tokens);
            if mention.kind == EntityKind::Person || sounds {
                if let Some((first, last)) = tokens.first().zip(tokens.last()).filter(|_| new && tokens.len() > 1) {
                    proof.add_person(&joined(text, tokens), first, last);
                }
                continue;
            }
            if let Some(word) = definition(text, note, mention) {
                proof.defined.insert(word, mention.kind);
            }
            if mention.kind != EntityKind::Org || !new {
                continue;
            }
            if let Some(head) = body_words::head_of(tokens.iter().map(|token| token.hash)).filter(|_| tokens.len() > 1)
            {
                let of_one = proof.heads.entry(head).or_insert(Some(key));
                *of_one = of_one.filter(|&known| known == key);
            }
            let name = joined(text, tokens);
            for letters in acronyms::initials(&name, tokens.len() == 1 && names::is_acronym(&name)) {
                // Two letters are too few, unless they are the two capitals of one word.
                if letters.len() > 2 || !name.contains(' ') {
                    let of_one = proof.spelled.entry(letters).or_insert(Some(mention.kind));
                    *of_one = of_one.filter(|_| new);
                }
            }
        }
        // A word that also names something else proves nothing.
        for mention in mentions.iter().filter(|m| m.kind.is_named() && m.kind != EntityKind::Person) {
            if let [token] = tokens_of(note, mention) {
                proof.surnames.remove(&token.hash);
            }
        }
        proof.heads.retain(|_, of_one| of_one.is_some());
        proof
    }

    fn add_person(&mut self, name: &str, first: &Token, last: &Token) {
        match names::split_person(name).order {
            NameOrder::FamilyFirst if !last.capital => self.surnames.extend([first.hash]),
            NameOrder::FamilyFirst => self.surnames.extend([first.hash, last.hash]),
            NameOrder::GivenFirst if last.capital && !names::is_suffix(name.rsplit(' ').next().unwrap_or("")) => {
                self.surnames.insert(last.hash);
            }
            _ => {}
        }
    }

    fn kind_of(&self, text: &str, tokens: &[Token], at: usize, heading: bool) -> Option<(EntityKind, MentionForm)> {
        let token = tokens.get(at)?;
        let word = token.text(text);
        if let Some(&kind) = self.defined.get(word) {
            return Some((kind, MentionForm::Acronym));
        }
        if token.all_capitals && word.len() <= 6 && !heading {
            let kind = self.spelled.get(&word.to_lowercase()).copied().flatten()?;
            return Some((kind, MentionForm::Acronym));
        }
        if heading || token.all_capitals {
            return None;
        }
        if self.heads.contains_key(&token.hash) && stands_alone(text, tokens, at) {
            return Some((EntityKind::Org, MentionForm::Short));
        }
        let clear = at > 0 || word.len() > 4;
        if self.surnames.contains(&token.hash) && word.len() > 2 && clear && is_lone_name(text, tokens, at) {
            return Some((EntityKind::Person, MentionForm::Short));
        }
        None
    }
}

/// Tells if no other capital word touches this one, titles aside.
fn is_lone_name(text: &str, tokens: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|n| tokens.get(n));
    let before_is_name = before.is_some_and(|t| {
        t.capital && at > 1 && !names::is_honorific(t.text(text)) && !classes_of(t.hash).has(class::ROLE_HEAD)
            || GOES_ON.contains(&t.hash)
    });
    !before_is_name && !tokens.get(at + 1).is_some_and(|t| t.capital || GOES_ON.contains(&t.hash))
}

/// The acronym that stands in brackets right after a name and is made of its initials.
fn definition<'t>(text: &'t str, note: &Note, mention: &Mention) -> Option<&'t str> {
    let open = mention.tokens.end as usize;
    let [bracket, token, close] = note.tokens.get(open..open + 3)? else { return None };
    if !bracket.is(*OPEN) || !close.is(*CLOSE) || token.kind != TokenKind::Word {
        return None;
    }
    let word = token.text(text);
    let name = joined(text, tokens_of(note, mention));
    let foreign = || {
        let capitals = (2..=6).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase());
        let unknown = super::known::find(super::known::key(text, std::slice::from_ref(token))).is_none();
        mention.kind == EntityKind::Org && capitals && unknown && name.contains(' ')
    };
    (word.len() <= 12 && names::is_acronym(word) && (names::spells(word, &name) || foreign())).then_some(word)
}

/// Tells if a capital word is so by itself: not the first of its sentence, and between words that are not capitals.
fn stands_alone(text: &str, tokens: &[Token], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).and_then(|n| tokens.get(n)) else { return false };
    let the = before.text(text).eq_ignore_ascii_case("the");
    let before_is_name = before.capital && !the || before.kind != TokenKind::Word;
    let glued =
        |n: usize| tokens.get(n).is_some_and(|t| t.is(GOES_ON[2])) && !tokens.get(n + 1).is_some_and(|t| t.capital);
    let after_is_name = !glued(at + 1)
        && tokens.get(at + 1).is_some_and(|t| t.capital || GOES_ON.contains(&t.hash) || t.kind == TokenKind::Number);
    !before_is_name && !after_is_name
}
