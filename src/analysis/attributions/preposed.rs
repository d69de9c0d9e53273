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
            if comma || !view.quotes[number].speech {
                return (comma && view.quotes[number].speech).then_some(Piece::Quote(number));
            }
            // “…,” he said, but “…”
            let mut lead = at;
            while lead > from && lead + 3 > at && matches!(view.tags[lead - 1], Tag::Conj | Tag::Adv) {
                lead -= 1;
            }
            let joined = lead < at && view.tags[lead] == Tag::Conj && view.before(lead) == Some(Tag::Comma);
            return (joined && !view.quotes[number].goes_on).then(|| Piece::Run(lead..view.quotes[number].run.end));
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

/// The begin of the clause of `at`: after its sentence's dateline, joining word, semicolon or colon.
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
    let comma = circumstance(view, after);
    if view.tag(comma) != Some(Tag::Comma) {
        return None;
    }
    let rest = comma + 1..view.end();
    let first = view.tag(rest.start)?;
    let finite = view.has_finite(rest.clone());
    let main = before.clone().find(|&n| !matches!(view.tags[n], Tag::Adv | Tag::Conj)).unwrap_or(before.start);
    let fragment = !view.has_finite(before.clone())
        || (view.word(main).any(lexicon::SUB) && !view.tags[before.clone()].contains(&Tag::Comma));
    if comma > after {
        return second_clause(view, rest.clone()).map(|start| start..rest.end);
    }
    let starts = !matches!(first, Tag::Ing | Tag::Conj | Tag::Sub | Tag::Wh);
    let predicate = first.is_finite();
    let second = second_clause(view, rest.clone());
    let tail = starts && !finite && rest.len() > 3 && !fragment && first == Tag::Prep;
    let tail = tail
        || first == Tag::Sub
            && (rest.start..rest.end)
                .all(|n| view.is_inside(n) || view.report(n).is_none() || !view.tags[n].is_finite());
    if let Some(start) = second.filter(|_| !fragment) {
        return Some(start..rest.end);
    }
    ((fragment && finite) || predicate || tail).then_some(rest)
}

/// `…, Pell said, and the harbour is closed`: where the clause after "and" begins, unless it has a speaker of its own.
pub(super) fn second_clause(view: &View<'_>, rest: Run) -> Option<usize> {
    let start = rest.start + 1;
    let begins = view.quote_from(start).is_some() || view.tag(start).is_some_and(Tag::begins_phrase);
    let reports =
        (rest.start..rest.end).any(|n| !view.is_inside(n) && view.report(n).is_some() && view.tags[n].is_finite());
    (view.tag(rest.start) == Some(Tag::Conj) && begins && view.has_finite(rest.clone()) && !reports).then_some(start)
}

/// Over `in a June report` after the verb, if a comma ends it.
fn circumstance(view: &View<'_>, after: usize) -> usize {
    if !matches!(view.tag(after), Some(Tag::Prep | Tag::Time)) {
        return after;
    }
    let stop = view.len().min(after + 8);
    (after..stop)
        .find(|&n| {
            !(view.tags[n].is_nominal()
                || matches!(view.tags[n], Tag::Prep | Tag::Det | Tag::Adj | Tag::PossPron | Tag::Time | Tag::Hyphen))
        })
        .unwrap_or(after)
}
