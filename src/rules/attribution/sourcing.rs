//! Helpers of the rules about sources: sentences in which a source is expected, and reasons why the nearest one fails.

use std::sync::LazyLock;

use crate::analysis::CitationScope;
use crate::analysis::facts::{Attribution, Claim, Genre, SourceKind, Sourced, WhyUnsourced, Zone};
use crate::lexicon::{class, word};
use crate::rules::{Finding, Related, RuleContext};
use crate::structure::TokenKind;
use crate::text::{TextRange, word_hash};

/// Longest excerpt that a message quotes, in characters.
const SHOWN: usize = 36;
/// Longest part of a quotation that is underlined, in bytes: its beginning is enough to find it.
const QUOTATION_HEAD: u32 = 60;

/// Claims of running text that nobody stands behind, in zones where a source is asked for.
pub(in crate::rules) fn unsourced<'a>(context: &RuleContext<'a>) -> impl Iterator<Item = &'a Claim> + use<'a> {
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
    note.markers.iter().skip(from).take_while(|m| m.range.start <= end).any(|marker| {
        let Wikilink { target, .. } = marker.kind else { return false };
        let file = context.workspace.note_named(target.of(context.text), context.file);
        file.and_then(|file| context.workspace.note(file)).is_some_and(|note| note.source.is_some())
    })
}

/// True if a plain reporting verb stands outside quotations: somebody speaks, even where it is not known who.
fn has_saying(context: &RuleContext<'_>, sentence: u32) -> bool {
    let facts = context.facts;
    let tokens = facts.note.sentences.get(sentence as usize).map_or(&[][..], |s| facts.note.tokens_of(s));
    tokens.iter().any(|token| SAYING.contains(&token.hash) && !facts.is_quoted(token.range.start))
}

static SAYING: LazyLock<[u64; 6]> =
    LazyLock::new(|| ["said", "says", "told", "saying", "according", "reported"].map(word_hash));

/// True for running text in which a source is expected: body, strict and own-voice zones.
pub(in crate::rules) fn expects_source(context: &RuleContext<'_>, sentence: u32) -> bool {
    matches!(context.facts.zone_of(sentence), Zone::Body | Zone::Strict | Zone::OwnVoice)
}

/// The reason why the nearest source does not count, as the middle of a message.
pub(in crate::rules) fn reason(claim: &Claim) -> String {
    match claim.why {
        WhyUnsourced::NoSource => "no source is named before it".to_owned(),
        WhyUnsourced::TooFar(count) => format!("the last source is {count} sentences back"),
        WhyUnsourced::Boundary => "the last source is in another paragraph".to_owned(),
        WhyUnsourced::NewSubject => "a new subject follows the last source".to_owned(),
        WhyUnsourced::CitationTooFar => "the nearest citation is too far away".to_owned(),
        WhyUnsourced::CueWithoutSource => "the sentence does not say who reports it".to_owned(),
        WhyUnsourced::WeakAttribution => "the nearest source only gives an opinion".to_owned(),
    }
}

/// Adds the nearest source as a related place.
pub(in crate::rules) fn relate_nearest(context: &RuleContext<'_>, claim: &Claim, finding: &mut Finding) {
    let Some(attribution) = claim.nearest.and_then(|at| context.facts.attributions.get(at as usize)) else { return };
    let Some(range) = attribution.source.first().or(attribution.cue.first()) else { return };
    let message = "The nearest source".to_owned();
    finding.related.push(Related { file: context.file, range: *range, message });
}

/// The beginning of a range on one line, for a message; at most 36 characters and an ellipsis.
pub(in crate::rules) fn excerpt(text: &str, range: TextRange) -> String {
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
pub(in crate::rules) fn head_of_quotation(text: &str, range: TextRange) -> TextRange {
    if range.len() <= QUOTATION_HEAD {
        return range;
    }
    let slice = range.of(text);
    let limit = (0..=QUOTATION_HEAD as usize).rev().find(|&at| slice.is_char_boundary(at)).unwrap_or(0);
    let end = slice.get(..limit).and_then(|head| head.rfind(char::is_whitespace)).unwrap_or(limit);
    TextRange::new(range.start, range.start + end as u32)
}

/// True in finished copy, where the paper stands behind plain events.
pub(in crate::rules) fn is_news(context: &RuleContext<'_>, sentence: u32) -> bool {
    context.facts.item_of(sentence).is_some_and(|item| item.genre == Genre::News)
}

/// The attributions whose cue stands in a sentence.
pub(in crate::rules) fn attributions_of<'a>(
    context: &RuleContext<'a>,
    sentence: u32,
) -> impl Iterator<Item = &'a Attribution> + use<'a> {
    context.facts.attributions_of(sentence)
}

/// True if a strong attribution to somebody with a name or a description covers `range`.
pub(in crate::rules) fn is_attributed(context: &RuleContext<'_>, sentence: u32, range: TextRange) -> bool {
    attributions_of(context, sentence).any(|a| {
        a.kind != SourceKind::Vague
            && (a.content.iter().any(|c| c.contains_range(range))
                || a.strong && !a.cue.iter().any(|c| c.overlaps(range)))
    })
}

/// True if a citation covers the sentence, or stands in the one after it in the same block.
pub(in crate::rules) fn is_cited(context: &RuleContext<'_>, sentence: u32) -> bool {
    use crate::structure::MarkerKind::{BracketReference, CitationKey, FootnoteReference, InlineFootnote, Link};
    let facts = context.facts;
    let cited = |sentence: u32| {
        let Some(range) = facts.note.sentences.get(sentence as usize).map(|s| s.range) else { return false };
        let first = facts.note.markers.partition_point(|m| m.range.start < range.start);
        let marked = facts.note.markers.iter().skip(first).take_while(|m| m.range.start <= range.end).any(|m| {
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
pub(in crate::rules) fn next_in_block(context: &RuleContext<'_>, sentence: u32) -> Option<u32> {
    let sentences = &context.facts.note.sentences;
    let next = sentences.get(sentence as usize + 1)?;
    (next.block == sentences.get(sentence as usize)?.block).then_some(sentence + 1)
}

/// The sentence before it in the same block.
pub(in crate::rules) fn previous_in_block(context: &RuleContext<'_>, sentence: u32) -> Option<u32> {
    let sentences = &context.facts.note.sentences;
    let before = sentence.checked_sub(1)?;
    (sentences.get(before as usize)?.block == sentences.get(sentence as usize)?.block).then_some(before)
}

/// True if somebody speaks in the sentence: an attribution, or a reporting verb outside quotations.
pub(in crate::rules) fn has_speaker(context: &RuleContext<'_>, sentence: u32) -> bool {
    if attributions_of(context, sentence).next().is_some() {
        return true;
    }
    let facts = context.facts;
    let Some(at) = facts.note.sentences.get(sentence as usize) else { return false };
    let says = |hash: u64| word(hash).classes.has(class::REPORTS);

    facts.note.tokens_of(at).iter().any(|token| says(token.hash) && !facts.is_quoted(token.range.start))
}

/// A capitalised word right before byte `at` that is on no list: a name that nobody has introduced yet.
pub(in crate::rules) fn unknown_name_before(context: &RuleContext<'_>, at: u32) -> Option<TextRange> {
    let tokens = &context.facts.note.tokens;
    let before = tokens.partition_point(|t| t.range.end <= at).checked_sub(1)?;
    let token = tokens.get(before).filter(|t| t.kind == TokenKind::Word && t.capital && t.range.len() > 2)?;
    let text = token.text(context.text);
    let plural = text.ends_with('s') && !text.ends_with("ss");
    let plain = !word(token.hash).classes.has(class::OF_CLAIMS) && !plural;
    plain.then_some(token.range)
}
