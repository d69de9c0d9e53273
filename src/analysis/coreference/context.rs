//! What stands just before a mention and says something about it: a title, an article.

use std::sync::LazyLock;

use crate::analysis::facts::{EntityKind, Mention};
use crate::analysis::names;
use crate::lexicon::role_words;
use crate::structure::{Note, TokenKind};
use crate::text::{HashedMap, HashedSet, word_hash};

/// Whom a title can stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gender {
    Man,
    Woman,
}

/// What stands before one mention.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Context {
    /// A title or rank of a person.
    pub(super) titled: bool,
    /// What the title says of the person.
    pub(super) gender: Option<Gender>,
    /// `the`.
    pub(super) article: bool,
    /// A preposition of place.
    pub(super) located: bool,
    /// The mention stands in a heading, where capitals and fullness say little.
    pub(super) heading: bool,
}

const MEN: &[&str] = &[
    "mr",
    "sir",
    "lord",
    "baron",
    "monsieur",
    "herr",
    "king",
    "prince",
    "duke",
    "emperor",
    "sultan",
    "father",
    "brother",
    "señor",
    "sheikh",
    "imam",
    "ayatollah",
    "emir",
    "pope",
    "rabbi",
    "mullah",
];
const WOMEN: &[&str] = &[
    "mrs", "ms", "miss", "lady", "dame", "baroness", "madame", "mme", "frau", "queen", "princess", "sister", "señora",
];

static GENDERS: LazyLock<HashedMap<Gender>> = LazyLock::new(|| {
    let men = MEN.iter().map(|word| (word_hash(word), Gender::Man));
    men.chain(WOMEN.iter().map(|word| (word_hash(word), Gender::Woman))).collect()
});
static WHERE: LazyLock<HashedSet> = LazyLock::new(|| {
    ["in", "at", "near", "from", "to", "outside", "around", "into", "across", "inside", "toward", "towards", "via"]
        .iter()
        .map(|word| word_hash(word))
        .collect()
});
static THE: LazyLock<u64> = LazyLock::new(|| word_hash("the"));

/// The context of each mention.
pub(super) fn of_all(text: &str, note: &Note, mentions: &[Mention]) -> Vec<Context> {
    mentions.iter().map(|mention| of(text, note, mention)).collect()
}

fn of(text: &str, note: &Note, mention: &Mention) -> Context {
    let mut context = Context::default();
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
    context.gender = GENDERS.get(&last.hash).copied();
    context.located = WHERE.contains(&last.hash);
    let role = role_words::is_head(last.hash) && (last.capital || mention.kind == EntityKind::Person);
    context.titled = role || (last.capital && (context.gender.is_some() || names::is_honorific(last.text(text))));
    if !context.titled {
        context.gender = None;
    }
    context
}
