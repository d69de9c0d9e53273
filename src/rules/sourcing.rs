//! What the rules about sources share: where they speak, and why the nearest source was not accepted.

use std::sync::LazyLock;

use super::{Finding, Related, RuleContext};
use crate::analysis::CitationScope;
use crate::analysis::facts::{Attribution, Claim, Genre, SourceKind, Sourced, WhyUnsourced, Zone};
use crate::lexicon::{class, word};
use crate::structure::TokenKind;
use crate::text::{TextRange, word_hash};

/// Characters of a figure or phrase that a message quotes.
const SHOWN: usize = 36;
/// Bytes of a quotation that are marked: its beginning is enough to find it.
const QUOTATION_HEAD: u32 = 60;

/// Claims of running text that nobody stands behind, in zones where a source is asked for.
pub(super) fn unsourced<'a>(context: &RuleContext<'a>) -> impl Iterator<Item = &'a Claim> + use<'a> {
    let (context, facts) = (*context, context.facts);
    facts.claims.iter().filter(move |claim| {
        matches!(claim.sourced, Sourced::None)
            && claim.source_kind.is_none()
            && !matches!(facts.zone_of(claim.sentence), Zone::Exempt | Zone::Quoted | Zone::Outside)
            && !has_saying(&context, claim.sentence)
            && !links_source(&context, claim.sentence)
    })
}

/// A wikilink to a source note, in the sentence or in one of the two after it in the same block that carry it back.
fn links_source(context: &RuleContext<'_>, sentence: u32) -> bool {
    use crate::structure::MarkerKind::Wikilink;
    let note = &context.facts.note;
    let Some(own) = note.sentences.get(sentence as usize) else { return false };
    let block = note.block_of(own).sentences.clone();
    let reach = match context.config.analysis.citation_scope {
        CitationScope::Sentence => sentence + 1,
        CitationScope::Run => block.end.min(sentence + 3),
        CitationScope::Paragraph => block.end,
    };
    let end = note.sentences.get(reach.max(sentence + 1) as usize - 1).map_or(own.range.end, |s| s.range.end);
    let from = note.markers.partition_point(|m| m.range.start < own.range.start);
    note.markers[from..].iter().take_while(|m| m.range.start <= end).any(|marker| {
        let Wikilink { target, .. } = marker.kind else { return false };
        let file = context.workspace.note_named(target.of(context.text), context.file);
        file.and_then(|file| context.workspace.note(file)).is_some_and(|note| note.source.is_some())
    })
}

/// A plain word of saying outside quotations: somebody speaks here, even where it was not understood who.
fn has_saying(context: &RuleContext<'_>, sentence: u32) -> bool {
    let facts = context.facts;
    let tokens = facts.note.sentences.get(sentence as usize).map_or(&[][..], |s| facts.note.tokens_of(s));
    tokens.iter().any(|token| SAYING.contains(&token.hash) && !facts.is_quoted(token.range.start))
}

static SAYING: LazyLock<[u64; 6]> =
    LazyLock::new(|| ["said", "says", "told", "saying", "according", "reported"].map(word_hash));

/// Whether the sentence is running text in which sourcing is asked for.
pub(super) fn is_judged(context: &RuleContext<'_>, sentence: u32) -> bool {
    matches!(context.facts.zone_of(sentence), Zone::Body | Zone::Strict | Zone::OwnVoice)
}

/// Why the nearest source does not count, as the middle of a message.
pub(super) fn why(claim: &Claim) -> String {
    match claim.why {
        WhyUnsourced::NoSource => "no source stands before it".to_owned(),
        WhyUnsourced::TooFar(count) => format!("the last attribution is {count} sentences back"),
        WhyUnsourced::Boundary => "the last attribution is in another paragraph".to_owned(),
        WhyUnsourced::NewSubject => "the attribution before it does not reach here".to_owned(),
        WhyUnsourced::CitationTooFar => "the paragraph's citation does not reach here".to_owned(),
        WhyUnsourced::CueWithoutSource => "the sentence names nobody who says so".to_owned(),
        WhyUnsourced::WeakAttribution => "the attribution near it only reports an attitude".to_owned(),
    }
}

/// Adds the nearest source as a related place.
pub(super) fn relate(context: &RuleContext<'_>, claim: &Claim, finding: &mut Finding) {
    let Some(attribution) = claim.nearest.and_then(|at| context.facts.attributions.get(at as usize)) else { return };
    let Some(range) = attribution.source.first().or(attribution.cue.first()) else { return };
    let message = format!("The nearest source: {}.", why(claim));
    finding.related.push(Related { file: context.file, range: *range, message });
}

/// The beginning of a piece of text on one line, for a message.
pub(super) fn shown(text: &str, range: TextRange) -> String {
    let mut out = String::new();
    let mut count = 0;
    for word in range.of(text).split_whitespace() {
        let length = word.chars().count();
        if count > 0 && count + length + 1 > SHOWN {
            out.push('…');
            return out;
        }
        if count > 0 {
            out.push(' ');
        }
        out.extend(word.chars().take(SHOWN));
        count += length + 1;
    }
    out
}

/// The first characters of a quotation with its mark: what is underlined.
pub(super) fn head_of_quotation(text: &str, range: TextRange) -> TextRange {
    if range.len() <= QUOTATION_HEAD {
        return range;
    }
    let slice = range.of(text);
    let limit = (0..=QUOTATION_HEAD as usize).rev().find(|&at| slice.is_char_boundary(at)).unwrap_or(0);
    let end = slice.get(..limit).and_then(|head| head.rfind(char::is_whitespace)).unwrap_or(limit);
    TextRange::new(range.start, range.start + end as u32)
}

/// Whether the note is finished copy, where the paper stands behind plain events.
pub(super) fn is_news(context: &RuleContext<'_>, sentence: u32) -> bool {
    context.facts.item_of(sentence).is_some_and(|item| item.genre == Genre::News)
}

/// The attributions whose cue stands in a sentence.
pub(super) fn attributions_of<'a>(
    context: &RuleContext<'a>,
    sentence: u32,
) -> impl Iterator<Item = &'a Attribution> + use<'a> {
    context.facts.attributions_of(sentence)
}

/// Whether a strong attribution to somebody with a name or a description covers `range`.
pub(super) fn is_attributed(context: &RuleContext<'_>, sentence: u32, range: TextRange) -> bool {
    attributions_of(context, sentence).any(|a| {
        a.kind != SourceKind::Vague
            && (a.content.iter().any(|c| c.contains_range(range))
                || a.strong && !a.cue.iter().any(|c| c.overlaps(range)))
    })
}

/// Whether a citation covers the sentence, or stands in the one after it in the same block.
pub(super) fn is_cited(context: &RuleContext<'_>, sentence: u32) -> bool {
    use crate::structure::MarkerKind::{BracketReference, CitationKey, FootnoteReference, InlineFootnote, Link};
    let facts = context.facts;
    let cited = |sentence: u32| {
        let Some(range) = facts.note.sentences.get(sentence as usize).map(|s| s.range) else { return false };
        let first = facts.note.markers.partition_point(|m| m.range.start < range.start);
        let marked = facts.note.markers[first..].iter().take_while(|m| m.range.start <= range.end).any(|m| {
            matches!(
                m.kind,
                Link { .. } | FootnoteReference { .. } | InlineFootnote { .. } | CitationKey { .. } | BracketReference
            )
        });
        marked || facts.claim_of(sentence).is_some_and(|claim| matches!(claim.sourced, Sourced::Citation(_)))
    };
    cited(sentence) || next_in_block(context, sentence).is_some_and(cited)
}

/// The next sentence of the same block.
pub(super) fn next_in_block(context: &RuleContext<'_>, sentence: u32) -> Option<u32> {
    let sentences = &context.facts.note.sentences;
    let next = sentences.get(sentence as usize + 1)?;
    (next.block == sentences[sentence as usize].block).then_some(sentence + 1)
}

/// The sentence before it in the same block.
pub(super) fn previous_in_block(context: &RuleContext<'_>, sentence: u32) -> Option<u32> {
    let sentences = &context.facts.note.sentences;
    let before = sentence.checked_sub(1)?;
    (sentences.get(before as usize)?.block == sentences.get(sentence as usize)?.block).then_some(before)
}

/// Whether somebody speaks in the sentence: an attribution, or a word of saying outside quotations.
pub(super) fn speaks(context: &RuleContext<'_>, sentence: u32) -> bool {
    if attributions_of(context, sentence).next().is_some() {
        return true;
    }
    let facts = context.facts;
    let Some(at) = facts.note.sentences.get(sentence as usize) else { return false };
    let says = |hash: u64| word(hash).classes.has(class::REPORTS);

    facts.note.tokens_of(at).iter().any(|token| says(token.hash) && !facts.is_quoted(token.range.start))
}

/// A capitalised word right before byte `at` that is on no list: a name that nobody has introduced yet.
pub(super) fn unknown_name_before(context: &RuleContext<'_>, at: u32) -> Option<TextRange> {
    let tokens = &context.facts.note.tokens;
    let before = tokens.partition_point(|t| t.range.end <= at).checked_sub(1)?;
    let token = tokens.get(before).filter(|t| t.kind == TokenKind::Word && t.capital && t.range.len() > 2)?;
    let text = token.text(context.text);
    let plural = text.ends_with('s') && !text.ends_with("ss");
    let plain = !word(token.hash).classes.has(class::OF_CLAIMS) && !plural;
    plain.then_some(token.range)
}
