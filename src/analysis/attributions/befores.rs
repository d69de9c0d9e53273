//! Content that stands before its cue: `“…,” Pell said`, `The gate was shut, Pell said`, and what resumes after it.

use super::contents::Piece;
use super::tags::Tag;
use super::view::{Run, View};
use crate::lexicon::sourcing::{self as lexicon, takes};

/// `“Q1,” Pell said, “Q2”`: the second half.
pub(super) fn resumed(view: &View<'_>, from: usize) -> Option<Piece> {
    let end = view.len().min(from + 24);
    for at in from..end {
        if let Some(number) = view.quote_from(at) {
            let comma = view
                .before(at)
                .is_some_and(|tag| matches!(tag, Tag::Comma | Tag::Dash | Tag::Semi | Tag::Stop | Tag::Colon));
            return (comma && view.quotes[number].speech).then_some(Piece::Quote(number));
        }
        let gesture = at > from
            && view.tags[at - 1] == Tag::Comma
            && view.report(at).is_none_or(|(verb, _)| verb.syntax & takes::CLAUSE == 0);
        if view.tags[at].is_finite() || view.tags[at] == Tag::Ing && view.report(at).is_some() && !gesture {
            return None;
        }
    }
    None
}

/// The quotation or clause that ends right before the source at `start`.
pub(super) fn before_source(view: &View<'_>, start: usize) -> Option<Piece> {
    let mut at = start;
    if view.quote_until(at).is_none() {
        if !matches!(view.before(at), Some(Tag::Comma | Tag::Dash)) {
            let as_told = at >= 4 && view.is(at - 1, "as") && view.tags[at - 2] == Tag::Comma;
            return if as_told { clause_before(view, at - 2).map(Piece::Run) } else { None };
        }
        at -= 1;
    }
    if let Some(number) = view.quote_until(at) {
        let quote = &view.quotes[number].run;
        let lead = clause_start(view, quote.start);
        let intro =
            lead < quote.start && quote.start - lead <= 14 && view.quotes[..number].iter().all(|q| q.run.end <= lead);
        if !intro {
            return view.quotes[number].speech.then_some(Piece::Quote(number));
        }
        let reports = (lead..quote.start).any(|n| {
            view.report(n).is_some_and(|(verb, _)| verb.syntax & takes::QUOTE != 0) && view.tags[n] == Tag::Fin
        });
        if reports {
            return view.quotes[number].speech.then_some(Piece::Quote(number));
        }
        return Some(Piece::Run(lead..at));
    }
    if at == start {
        return None;
    }
    clause_before(view, at).map(Piece::Run)
}

/// Where the clause of `at` begins: after its sentence's dateline, joining word, semicolon or colon.
pub(super) fn clause_start(view: &View<'_>, at: usize) -> usize {
    let start = (0..at)
        .rev()
        .find(|&n| matches!(view.tags[n], Tag::Semi | Tag::Colon) && !view.is_inside(n))
        .map_or(0, |n| n + 1);
    let dateline = view.first && start == 0 && view.tokens.first().is_some_and(|token| token.all_capitals);
    let dash = (1..at.min(12)).find(|&n| view.tags[n] == Tag::Dash).filter(|_| dateline);
    dash.map_or(start, |n| n + 1)
}

/// The clause that ends before the comma at `comma`, from its sentence's begin or the last strong break.
pub(super) fn clause_before(view: &View<'_>, comma: usize) -> Option<Run> {
    let start = clause_start(view, comma);
    (start < comma).then_some(start..comma)
}

/// The clause before the source is the content: nothing that could be one follows the verb.
pub(super) fn wants_before(view: &View<'_>, after: usize, start: usize) -> bool {
    let clause = start > 0 && view.has_finite(0..start - 1);
    let tail = view.tag(after).is_none_or(|tag| {
        matches!(tag, Tag::Stop | Tag::Comma | Tag::Time | Tag::Prep | Tag::Dash | Tag::Adv | Tag::Sub)
    });
    clause && tail
}

/// `But, Pell said, the gates stay shut`: the rest after the cue's comma.
pub(super) fn split_clause(view: &View<'_>, after: usize, before: &Run) -> Option<Run> {
    if view.tag(after) != Some(Tag::Comma) {
        return None;
    }
    let rest = after + 1..view.end();
    let first = view.tag(rest.start)?;
    let finite = view.has_finite(rest.clone());
    let fragment = !view.has_finite(before.clone())
        || (view.word(before.start).any(lexicon::SUB) && !view.tags[before.clone()].contains(&Tag::Comma));
    let starts = !matches!(first, Tag::Ing | Tag::Conj | Tag::Sub | Tag::Wh);
    let predicate = first.is_finite();
    let second = first == Tag::Conj
        && (view.quote_from(rest.start + 1).is_some() || view.tag(rest.start + 1).is_some_and(Tag::begins_phrase))
        && finite
        && (rest.start..rest.end).all(|n| view.is_inside(n) || view.report(n).is_none() || !view.tags[n].is_finite());
    let tail = starts && !finite && rest.len() > 3 && !fragment && first == Tag::Prep;
    let tail = tail
        || first == Tag::Sub
            && (rest.start..rest.end)
                .all(|n| view.is_inside(n) || view.report(n).is_none() || !view.tags[n].is_finite());
    ((fragment && finite) || predicate || second || tail).then_some(rest)
}
