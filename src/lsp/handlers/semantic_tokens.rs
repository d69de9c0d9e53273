//! `textDocument/semanticTokens`: names, sources and quotations in colour, whole, by difference, or for a range.

use std::sync::Arc;

use tower_lsp::lsp_types::{
    Range, SemanticToken, SemanticTokenModifier, SemanticTokenType, SemanticTokens, SemanticTokensDelta,
    SemanticTokensEdit, SemanticTokensFullDeltaResult, SemanticTokensLegend,
};

use crate::features::semantic_tokens::{self, MODIFIERS, SemanticKind};
use crate::lsp::convert::{from_proto, to_proto};
use crate::lsp::state::server_state::View;
use crate::text::TextRange;
use crate::workspace::NoteEntry;

/// The names of kinds and modifiers, in the order of their numbers.
pub(in crate::lsp) fn legend() -> SemanticTokensLegend {
    SemanticTokensLegend {
        token_types: SemanticKind::LEGEND.iter().map(|kind| SemanticTokenType::new(kind.as_str())).collect(),
        token_modifiers: MODIFIERS.iter().map(|name| SemanticTokenModifier::new(name)).collect(),
    }
}

pub(in crate::lsp) fn full(view: &View<'_>) -> Option<SemanticTokens> {
    let (_, note) = view.note.as_ref()?;
    Some(remembered(view, encoded(view, note, None)))
}

pub(in crate::lsp) fn range(view: &View<'_>, range: Range) -> Option<SemanticTokens> {
    let (_, note) = view.note.as_ref()?;
    let range = from_proto::range(&note.lines, range, view.encoding());
    Some(SemanticTokens { result_id: None, data: encoded(view, note, Some(range)) })
}

/// What changed since a former answer: the part between what begins and what ends alike.
pub(in crate::lsp) fn delta(view: &View<'_>, previous: &str) -> Option<SemanticTokensFullDeltaResult> {
    let (_, note) = view.note.as_ref()?;
    let key = &view.document?.place.key;
    let old = view.shared.colours.get(key).filter(|old| old.0 == previous).map(|old| old.1.clone());
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
        data: Some(new.data[head..new.data.len() - tail].to_vec()),
    };
    let edits =
        if edit.delete_count == 0 && edit.data.as_ref().is_none_or(Vec::is_empty) { vec![] } else { vec![edit] };
    Some(SemanticTokensFullDeltaResult::TokensDelta(SemanticTokensDelta { result_id: new.result_id, edits }))
}

/// Keeps the last answer of each open document, for the next difference.
fn remembered(view: &View<'_>, data: Vec<SemanticToken>) -> SemanticTokens {
    let Some(document) = view.document else { return SemanticTokens { result_id: None, data } };
    let id = document.revision.to_string();
    view.shared.colours.insert(document.place.key.clone(), (id.clone(), Arc::new(data.clone())));
    SemanticTokens { result_id: Some(id), data }
}

/// Tokens relative to each other; one that spans lines is cut at their ends, as not every client can show it whole.
fn encoded(view: &View<'_>, note: &NoteEntry, within: Option<TextRange>) -> Vec<SemanticToken> {
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
