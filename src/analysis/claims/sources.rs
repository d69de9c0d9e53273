//! Every sentence's own sources: attributions by their cue, contents that reach over from another sentence, citations.

use crate::analysis::facts::{Attribution, NoteFacts, SourceKind};
use crate::lexicon::claims::class;
use crate::structure::{MarkerKind, Note, Token, TokenKind};
use crate::text::TextRange;

/// The sources of every sentence of a note.
#[derive(Debug, Default)]
pub(super) struct Sources {
    /// Attributions whose cue stands in the sentence, best first.
    pub(super) own: Vec<Option<u32>>,
    /// An attribution of another sentence whose content covers this one.
    pub(super) covering: Vec<Option<u32>>,
    /// A citation in the sentence: a marker's index, or none for one in prose.
    pub(super) citation: Vec<Option<Option<u32>>>,
    /// The next sentence that has a citation, itself included; the number of sentences if none has.
    pub(super) next_cited: Vec<usize>,
}

/// Finds the sources of every sentence.
pub(super) fn find(text: &str, facts: &NoteFacts) -> Sources {
    let note = &facts.note;
    let count = note.sentences.len();
    let mut sources = Sources {
        own: vec![None; count],
        covering: vec![None; count],
        citation: vec![None; count],
        next_cited: vec![count; count],
    };
    for (index, attribution) in facts.attributions.iter().enumerate() {
        let own = attribution.sentence as usize;
        if let Some(slot) = sources.own.get_mut(own) {
            let better = slot.is_none_or(|other| rank(attribution) < rank(&facts.attributions[other as usize]));
            if better {
                *slot = Some(index as u32);
            }
        }
        for content in &attribution.content {
            let first = note.sentences.partition_point(|s| s.range.end <= content.start);
            for (at, sentence) in note.sentences.iter().enumerate().skip(first) {
                if sentence.range.start >= content.end {
                    break;
                }
                if at != own {
                    sources.covering[at] = sources.covering[at].or(Some(index as u32));
                }
            }
        }
    }
    for (index, marker) in note.markers.iter().enumerate() {
        let cites = match &marker.kind {
            MarkerKind::Link { target, .. } => {
                target.starts_with("http") || target.contains('/') || target.ends_with(".md")
            }
            MarkerKind::FootnoteReference { .. }
            | MarkerKind::InlineFootnote { .. }
            | MarkerKind::CitationKey { .. }
            | MarkerKind::BracketReference => true,
            _ => false,
        };
        if cites && let Some(sentence) = sentence_before(note, marker.range.start) {
            sources.citation[sentence] = sources.citation[sentence].or(Some(Some(index as u32)));
        }
    }
    for (index, sentence) in note.sentences.iter().enumerate() {
        if sources.citation[index].is_none() && has_prose_citation(text, note.tokens_of(sentence)) {
            sources.citation[index] = Some(None);
        }
    }
    let mut next = count;
    for index in (0..count).rev() {
        if sources.citation[index].is_some() {
            next = index;
        }
        sources.next_cited[index] = next;
    }
    sources
}

/// The sentence that holds byte `at`, or the one that ends right before it: a footnote mark stands after the full stop.
fn sentence_before(note: &Note, at: u32) -> Option<usize> {
    let next = note.sentences.partition_point(|s| s.range.start <= at);
    let index = next.checked_sub(1)?;
    let block = note.block_at(at)?;
    (note.sentences[index].block as usize == block).then_some(index)
}

/// Strong before weak, named before anonymous before vague.
fn rank(attribution: &Attribution) -> (bool, SourceKind) {
    (!attribution.strong, attribution.kind)
}

/// "(Harbor Daily, May 2)": an outlet or work with its date, in brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProseCitation {
    /// With its brackets.
    pub brackets: TextRange,
    /// Without them.
    pub range: TextRange,
    /// What stands before the last comma.
    pub outlet: TextRange,
}

/// The citations in brackets of a sentence, in order.
pub fn prose_citations<'t>(text: &'t str, tokens: &'t [Token]) -> impl Iterator<Item = ProseCitation> + 't {
    bracketed(text, tokens).filter_map(move |(from, to)| {
        let inner = &tokens[from..to];
        let comma = outlet_end(text, inner)?;
        Some(ProseCitation {
            brackets: tokens[from - 1].range.cover(tokens[to].range),
            range: inner[0].range.cover(inner[inner.len() - 1].range),
            outlet: inner[0].range.cover(inner[comma - 1].range),
        })
    })
}

/// "(Harbor Daily, May 2)", "(Meridia Herald, 2031)", "[own observation]".
fn has_prose_citation(text: &str, tokens: &[Token]) -> bool {
    bracketed(text, tokens).any(|(from, to)| is_reference(text, &tokens[from..to]))
}

/// The insides of innermost brackets, as ranges of tokens; the brackets stand right beside them.
fn bracketed<'t>(text: &'t str, tokens: &'t [Token]) -> impl Iterator<Item = (usize, usize)> + 't {
    let mut open = None;
    tokens.iter().enumerate().filter_map(move |(at, token)| match token.text(text) {
        "(" | "[" => {
            open = Some(at + 1);
            None
        }
        ")" | "]" => open.take().map(|from| (from, at)),
        _ => None,
    })
}

fn is_reference(text: &str, inner: &[Token]) -> bool {
    let declared = |a: &str, b: &str| {
        inner.len() == 2 && inner[0].text(text).eq_ignore_ascii_case(a) && inner[1].text(text).eq_ignore_ascii_case(b)
    };
    declared("own", "observation")
        || declared("common", "knowledge")
        || outlet_end(text, inner).is_some()
        || is_credit(text, inner)
}

/// "(per registry extract)", "(via Harbor Daily)", "(source: the board)"; not "(per head)", "(per 1,000 people)".
fn is_credit(text: &str, inner: &[Token]) -> bool {
    let [first, rest @ ..] = inner else { return false };
    let is = |word: &str| first.text(text).eq_ignore_ascii_case(word);
    let named = rest.iter().any(|token| token.kind == TokenKind::Word);
    let rate = || {
        let next = rest.first().map_or("", |token| token.text(text));
        rest.len() < 2 || next.starts_with(|c: char| c.is_ascii_digit()) || RATES.contains(&next)
    };
    named && (is("via") || is("per") && !rate() || (is("source") || is("sources")) && rest[0].text(text) == ":")
}

/// What "per" counts by.
const RATES: &[&str] = &[
    "capita",
    "head",
    "person",
    "cent",
    "day",
    "night",
    "week",
    "month",
    "year",
    "hour",
    "minute",
    "second",
    "annum",
    "unit",
    "tonne",
    "ton",
    "barrel",
    "litre",
    "liter",
    "gallon",
    "kilo",
    "kilogram",
    "square",
    "mile",
    "household",
    "family",
    "child",
    "pupil",
    "student",
    "vessel",
    "ship",
    "flight",
    "trip",
    "visit",
    "share",
    "game",
    "inhabitant",
    "worker",
    "employee",
    "thousand",
    "million",
    "hundred",
    "the",
];

/// The last comma of "Harbor Daily, May 2": a title before it, a date after it.
fn outlet_end(text: &str, inner: &[Token]) -> Option<usize> {
    if !(3..=40).contains(&inner.len()) || !inner[0].capital {
        return None;
    }
    let comma = inner.iter().rposition(|token| token.text(text) == ",").filter(|&comma| comma > 0)?;
    let title = inner[..comma].iter().filter(|t| t.kind == TokenKind::Word).take(2).all(|t| t.capital);
    let month = |token: &Token| token.capital && crate::lexicon::claims::word(token.hash).classes.has(class::MONTH);
    let year = |token: &Token| token.kind == TokenKind::Number && token.range.len() == 4;
    let dated = inner[1..].iter().any(month) || inner[comma..].iter().any(year);
    (title && dated && !month(&inner[0])).then_some(comma)
}
