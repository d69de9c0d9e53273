//! Fixes that several rules offer. None of them touches what stands between quotation marks.
//!
//! A fact that a fix cannot know it leaves as a placeholder in brackets ("\[institution\]"), which D904 reports until it is filled.

use super::{Edit, Fix, RuleContext};
use crate::lexicon::names;
use crate::lexicon::{class, word};
use crate::structure::{BlockKind, LastPoint, Token, TokenKind, last_point};
use crate::text::TextRange;

/// Placeholders that fixes insert in brackets; D904 knows them as open.
pub(super) const INSTITUTION: &str = "institution";
/// The access of a source: the way in which it can know.
pub(super) const ACCESS: &str = "access";
/// The reason why a source is not named.
pub(super) const REASON: &str = "reason";
/// It is not known yet whether it is so.
pub(super) const CONFIRM: &str = "confirm";
/// Nobody is named yet.
pub(super) const WHO: &str = "who?";

/// "We assess that …" before a sentence; none where the author cannot own its words: a quotation, somebody's statement;
/// and none before a label with what it labels, which is no sentence: "The tally: 40 ships."
#[must_use]
pub fn assessment(context: &RuleContext<'_>, sentence: u32) -> Option<Fix> {
    let note = &context.facts.note;
    let range = note.sentences.get(sentence as usize)?.range;
    let tokens = note.tokens_of(note.sentences.get(sentence as usize)?);
    let kind = note.block_of(note.sentences.get(sentence as usize)?).kind;
    if !kind.is_body() || kind == BlockKind::TableCell || is_label(context.text, tokens) {
        return None;
    }
    let first = tokens.first().filter(|t| t.range.start == range.start && t.kind == TokenKind::Word)?;
    let spoken =
        context.facts.attributions_of(sentence).any(|a| a.strong) || context.facts.is_quoted(first.range.start);
    if spoken {
        return None;
    }
    let lead = "We assess that ";
    let mut edits = vec![insert(context, range.start, lead.to_owned())];
    if let Some(lower) = lowered(context, first) {
        edits = vec![Edit { file: context.file, range: first.range, text: format!("{lead}{lower}") }];
    }
    Some(Fix { title: "Mark as our assessment".to_owned(), edits, safe: false })
}

/// "The tally: 40 ships.", "Losses – 40 ships.": a colon, or one dash after a few words.
fn is_label(text: &str, tokens: &[Token]) -> bool {
    let parts = |at: usize| tokens.get(at + 1).is_none_or(|next| next.spaced);
    let at = |signs: &'static [&str]| {
        let is_sign = move |(at, token): &(usize, &Token)| parts(*at) && signs.contains(&token.text(text));
        tokens.iter().enumerate().filter(is_sign).map(|(at, _)| at)
    };
    let mut dashes = at(&["-", "–", "—", "--"]);
    let dashed = dashes.next().is_some_and(|first| first <= LABEL) && dashes.next().is_none();
    dashed || at(&[":"]).next().is_some()
}

/// Words of a label before its dash, at most.
const LABEL: usize = 3;

/// The word that opened a sentence as it is written inside one; none where it stays as it is.
pub(super) fn lowered(context: &RuleContext<'_>, first: &Token) -> Option<String> {
    let written = first.text(context.text);
    let named = context.facts.mentions_in(first.range).any(|m| m.range.contains(first.range.start));
    let classes = word(first.hash).classes;
    let calendar = classes.has(class::MONTH.or(class::WEEKDAY));
    // A capital that nothing explains may be a name that the recogniser missed, and stays.
    let common = classes.has(class::OF_CLAIMS) || names::kinds_of(written).has(names::kind::COMMON);
    let shape = first.capital && !(first.all_capitals && first.range.len() > 1) && written != "I";
    let plain = shape && common && !named && !calendar;
    let mut letters = written.chars();
    let head = letters.next().filter(|_| plain)?;
    Some(head.to_lowercase().chain(letters).collect())
}

/// An insertion.
pub(super) fn insert(context: &RuleContext<'_>, at: u32, text: String) -> Edit {
    Edit { file: context.file, range: TextRange::empty(at), text }
}

/// A fix of one insertion.
pub(super) fn inserting(context: &RuleContext<'_>, title: impl Into<String>, at: u32, text: String) -> Fix {
    Fix { title: title.into(), edits: vec![insert(context, at, text)], safe: false }
}

/// A fix of one replacement.
pub(super) fn replacing(context: &RuleContext<'_>, title: impl Into<String>, range: TextRange, text: String) -> Fix {
    Fix { title: title.into(), edits: vec![Edit { file: context.file, range, text }], safe: false }
}

/// Adds words at the end of a sentence: before its full stop, or behind an abbreviation's point, which stays, and before a
/// full stop of their own. None where the sentence ends otherwise, or in somebody's words, or where its point may be either.
#[must_use]
pub fn appended(context: &RuleContext<'_>, sentence: u32, words: &str) -> Option<Edit> {
    let range = context.facts.note.sentences.get(sentence as usize)?.range;
    let stop = range.of(context.text).ends_with('.').then(|| range.end - 1)?;
    let before = TextRange::new(range.start, stop).of(context.text);
    let open = before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '%' | ')'));
    if !open || context.facts.is_quoted(stop) {
        return None;
    }
    match last_point(before) {
        LastPoint::Stop => Some(insert(context, stop, words.to_owned())),
        LastPoint::Shared => Some(insert(context, range.end, format!("{words}."))),
        LastPoint::Unsure => None,
    }
}

/// The tokens of a range.
pub(super) fn tokens_in<'a>(context: &RuleContext<'a>, range: TextRange) -> &'a [Token] {
    let tokens = &context.facts.note.tokens;
    let first = tokens.partition_point(|t| t.range.end <= range.start);
    let last = tokens.partition_point(|t| t.range.start < range.end);
    tokens.get(first..last).unwrap_or(&[])
}
