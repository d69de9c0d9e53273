//! `textDocument/semanticTokens`: names, sources and quotations in colour, whole, by difference, or for a range.

use std::sync::Arc;

use tower_lsp::lsp_types::{
    Range, SemanticToken, SemanticTokenModifier, SemanticTokenType, SemanticTokens, SemanticTokensDelta,
    SemanticTokensDeltaParams, SemanticTokensEdit, SemanticTokensFullDeltaResult, SemanticTokensLegend,
    SemanticTokensParams, SemanticTokensRangeParams,
};

use super::request::{NoteRequest, RequestContext, RequestedNote};
use crate::features::semantic_tokens::{self, MODIFIERS, SemanticKind};
use crate::lsp::convert::{from_proto, to_proto};
use crate::lsp::view::note_view::NoteView;
use crate::text::TextRange;
use crate::workspace::NoteEntry;

/// `textDocument/semanticTokens/full`.
pub(in crate::lsp) struct FullRequest;

impl NoteRequest for FullRequest {
    const METHOD: &str = "textDocument/semanticTokens/full";
    type Params = SemanticTokensParams;
    type Answer = SemanticTokens;

    fn answer(context: &RequestContext<'_>, note: &RequestedNote<'_>, _: Self::Params) -> Option<Self::Answer> {
        Some(remembered(&context.view, encoded(&context.view, note.note, None)))
    }
}

/// `textDocument/semanticTokens/full/delta`.
pub(in crate::lsp) struct DeltaRequest;

impl NoteRequest for DeltaRequest {
    const METHOD: &str = "textDocument/semanticTokens/full/delta";
    type Params = SemanticTokensDeltaParams;
    type Answer = SemanticTokensFullDeltaResult;

    fn answer(context: &RequestContext<'_>, note: &RequestedNote<'_>, params: Self::Params) -> Option<Self::Answer> {
        delta(&context.view, note.note, &params.previous_result_id)
    }
}

/// `textDocument/semanticTokens/range`.
pub(in crate::lsp) struct RangeRequest;

impl NoteRequest for RangeRequest {
    const METHOD: &str = "textDocument/semanticTokens/range";
    type Params = SemanticTokensRangeParams;
    type Answer = SemanticTokens;

    fn answer(context: &RequestContext<'_>, note: &RequestedNote<'_>, params: Self::Params) -> Option<Self::Answer> {
        Some(in_range(&context.view, note.note, params.range))
    }
}

/// The names of kinds and modifiers, in the order of their numbers.
pub(in crate::lsp) fn legend() -> SemanticTokensLegend {
    SemanticTokensLegend {
        token_types: SemanticKind::LEGEND.iter().map(|kind| SemanticTokenType::new(kind.as_str())).collect(),
        token_modifiers: MODIFIERS.iter().map(|name| SemanticTokenModifier::new(name)).collect(),
    }
}

fn in_range(view: &NoteView<'_>, note: &NoteEntry, range: Range) -> SemanticTokens {
    let range = from_proto::range(&note.lines, range, view.encoding());
    SemanticTokens { result_id: None, data: encoded(view, note, Some(range)) }
}

/// The difference to a former answer: the part between what begins and what ends alike.
fn delta(view: &NoteView<'_>, note: &NoteEntry, previous: &str) -> Option<SemanticTokensFullDeltaResult> {
    let key = &view.document?.place.key;
    let old = view.state.semantic_tokens.get(key).filter(|old| old.0 == previous).map(|old| old.1.clone());
    let new = remembered(view, encoded(view, note, None));
    let Some(old) = old else { return Some(SemanticTokensFullDeltaResult::Tokens(new)) };
    let same = |pair: &(&SemanticToken, &SemanticToken)| pair.0 == pair.1;
    let head = old.iter().zip(&new.data).take_while(same).count();
    let rest = old.len().min(new.data.len()) - head;
    let tail = old.iter().rev().zip(new.data.iter().rev()).take(rest).take_while(same).count();
    let edit = SemanticTokensEdit {
        // Counted in numbers, of which a token has five.
        start: 5 * head as u32,
        delete_count: 5 * (old.len() - head - tail) as u32,
        data: Some(new.data.iter().take(new.data.len() - tail).skip(head).copied().collect()),
    };
    let edits =
        if edit.delete_count == 0 && edit.data.as_ref().is_none_or(Vec::is_empty) { vec![] } else { vec![edit] };
    Some(SemanticTokensFullDeltaResult::TokensDelta(SemanticTokensDelta { result_id: new.result_id, edits }))
}

/// Keeps the last answer of each open document, for the next difference.
fn remembered(view: &NoteView<'_>, data: Vec<SemanticToken>) -> SemanticTokens {
    let Some(document) = view.document else { return SemanticTokens { result_id: None, data } };
    let id = document.revision.to_string();
    view.state.semantic_tokens.insert(document.place.key.clone(), (id.clone(), Arc::new(data.clone())));
    SemanticTokens { result_id: Some(id), data }
}

/// Tokens relative to each other; one that spans lines is cut at their ends, as not every client can show it whole.
fn encoded(view: &NoteView<'_>, note: &NoteEntry, within: Option<TextRange>) -> Vec<SemanticToken> {
    let mut data = Vec::new();
    let (mut line, mut column) = (0, 0);
    for token in semantic_tokens::semantic_tokens(&note.facts) {
        if within.is_some_and(|within| !within.overlaps(token.range)) {
            continue;
        }
        let kind = SemanticKind::LEGEND.iter().position(|kind| *kind == token.kind).unwrap_or_default();
        for number in note.lines.line_of(token.range.start)..=note.lines.line_of(token.range.end) {
            let Some(whole) = note.lines.line_range(number) else { break };
            let part = TextRange::new(token.range.start.max(whole.start), token.range.end.min(whole.end));
            let shown = to_proto::range(&note.lines, part, view.encoding());
            if shown.start >= shown.end {
                continue;
            }
            data.push(SemanticToken {
                delta_line: number - line,
                delta_start: if number == line { shown.start.character - column } else { shown.start.character },
                length: shown.end.character - shown.start.character,
                token_type: kind as u32,
                token_modifiers_bitset: u32::from(token.unsourced) | u32::from(token.carried) << 1,
            });
            (line, column) = (number, shown.start.character);
        }
    }
    data
}
