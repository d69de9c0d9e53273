//! The left context of a mention: a title, an article, a preposition.

use std::sync::LazyLock;

use crate::analysis::facts::{EntityKind, Mention};
use crate::analysis::names;
use crate::lexicon::{class, classes_of};
use crate::structure::{Note, TokenKind};
use crate::text::word_hash;

/// The gender that a title tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gender {
    /// "Mr", "Sir".
    Man,
    /// "Mrs", "Dame".
    Woman,
}

/// The words before one mention, as far as they say something about it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct LeftContext {
    /// A title or rank of a person.
    pub(super) titled: bool,
    /// The gender that the title tells.
    pub(super) gender: Option<Gender>,
    /// `the`.
    pub(super) article: bool,
    /// A preposition of place.
    pub(super) located: bool,
    /// The mention stands in a heading, where capitals and fullness say little.
    pub(super) heading: bool,
}

static THE: LazyLock<u64> = LazyLock::new(|| word_hash("the"));

/// The context of each mention.
pub(super) fn of_all(text: &str, note: &Note, mentions: &[Mention]) -> Vec<LeftContext> {
    mentions.iter().map(|mention| of(text, note, mention)).collect()
}

fn of(text: &str, note: &Note, mention: &Mention) -> LeftContext {
    let mut context = LeftContext::default();
    let Some(sentence) = note.sentences.get(mention.sentence as usize) else { return context };
    context.heading = note.blocks.get(sentence.block as usize).is_some_and(|block| block.kind.is_heading());
    let Some(before) = note.tokens.get(sentence.tokens.start as usize..mention.tokens.start as usize) else {
        return context;
    };
    let mut words = before.iter().rev();
    let Some(mut last) = words.next() else { return context };
    if last.kind == TokenKind::Stop && !last.spaced {
        match words.next() {
            Some(word) => last = word,
            None => return context,
        }
    }
    if last.kind != TokenKind::Word {
        return context;
    }
    context.article = last.is(*THE);
    context.gender = gender_of(last.hash);
    context.located = classes_of(last.hash).has(class::BEFORE_SPOT);
    let role = classes_of(last.hash).has(class::ROLE_HEAD) && (last.capital || mention.kind == EntityKind::Person);
    context.titled = role || (last.capital && (context.gender.is_some() || names::is_honorific(last.text(text))));
    if !context.titled {
        context.gender = None;
    }
    context
}

/// The gender that a title tells.
fn gender_of(hash: u64) -> Option<Gender> {
    let classes = classes_of(hash);
    let man = classes.has(class::MANS_TITLE).then_some(Gender::Man);
    man.or(classes.has(class::WOMANS_TITLE).then_some(Gender::Woman))
}
