//! Attributions without a reporting verb: "according to", "Pell's claim that", "Pell: …", "Pell is sure that".

use super::contents::Piece;
use super::extents::object_end;
use super::groups;
use super::phrases::{clause_starts, phrase_from};
use super::preposed::second_clause;
use super::subjects::owner;
use super::tags::Tag;
use super::view::{Run, View};
use super::{Candidate, CueKind};
use crate::lexicon::sourcing as lexicon;

/// `according to NP`, `in the words of NP`, `per NP`.
pub(super) fn phrase(view: &View<'_>, at: usize) -> Option<Candidate> {
    let cue = opening(view, at)?;
    let mut source = phrase_from(view, cue.end, true)?;
    let end = view.end();
    let mut content = Vec::new();
    let leads =
        view.tags[..at].iter().all(|tag| matches!(tag, Tag::Conj | Tag::Adv | Tag::Comma | Tag::Quote | Tag::Sub));
    if leads && view.tags[source.clone()].contains(&Tag::Comma) && view.tag(source.end) != Some(Tag::Comma) {
        source = phrase_from(view, cue.end, false)?;
    }
    let after = if view.tag(source.end) == Some(Tag::Comma) { source.end + 1 } else { source.end };
    if leads {
        push(&mut content, after..end);
    } else {
        let before = if view.before(at) == Some(Tag::Comma) { at - 1 } else { at };
        if let Some(number) = view
            .quote_until(before)
            .filter(|&number| view.quotes[number].speech && !view.has_finite(0..view.quotes[number].run.start))
        {
            content.push(Piece::Quote(number));
        } else {
            let start = (0..before)
                .rev()
                .find(|&n| matches!(view.tags[n], Tag::Semi) && !view.is_inside(n))
                .map_or(0, |n| n + 1);
            let start = if view.tag(start) == Some(Tag::Conj) { start + 1 } else { start };
            push(&mut content, start..before);
        }
        let fragment = !view.has_finite(0..before);
        if fragment && after > source.end {
            push(&mut content, after..end);
        } else if after > source.end
            && let Some(start) = second_clause(view, after..end)
        {
            push(&mut content, start..end);
        }
    }
    if content.is_empty() {
        return None;
    }
    Some(Candidate { source: vec![source], cue, content, cue_kind: CueKind::Assertion, expects: false, outer: !leads })
}

fn push(content: &mut Vec<Piece>, run: Run) {
    if run.start < run.end {
        content.push(Piece::Run(run));
    }
}

fn opening(view: &View<'_>, at: usize) -> Option<Run> {
    if view.is(at, "according") && view.is(at + 1, "to") {
        return Some(at..at + 2);
    }
    if view.is(at, "in")
        && view.is(at + 1, "the")
        && (view.is(at + 2, "words") || view.is(at + 2, "opinion") || view.is(at + 2, "view"))
        && view.is(at + 3, "of")
    {
        return Some(at..at + 4);
    }
    let named = matches!(view.tag(at + 1), Some(Tag::Proper | Tag::Det));
    let alone = view.before(at).is_none_or(|tag| matches!(tag, Tag::Comma | Tag::Quote | Tag::Open));
    (view.is(at, "per") && named && alone).then_some(at..at + 1)
}

/// `Pell's claim that …`, `their refusal to …`.
pub(super) fn nominal(view: &View<'_>, at: usize) -> Option<Candidate> {
    if !matches!(view.tag(at), Some(Tag::Noun | Tag::Proper)) || !view.word(at).any(lexicon::CUENOUN) {
        return None;
    }
    let next = view.tag(at + 1)?;
    let that = next == Tag::Sub
        && view.is(at + 1, "that")
        && clause_starts(view, at + 2)
        && !view
            .tag(at + 2)
            .is_some_and(|tag| tag.is_finite() || tag == Tag::Adv && view.tag(at + 3).is_some_and(Tag::is_finite));
    let infinitive = next == Tag::To;
    let topic =
        next == Tag::Prep && ["of", "for", "on", "about", "against", "with", "over"].iter().any(|w| view.is(at + 1, w));
    // "Pell's plan is to …", "their hope was that …"
    let equated = next == Tag::Be
        && (view.is(at + 2, "that") && view.tag(at + 2) == Some(Tag::Sub) || view.tag(at + 2) == Some(Tag::To));
    if !that && !infinitive && !topic && !equated {
        return None;
    }
    let mut left = at;
    while left > 0 && matches!(view.tags[left - 1], Tag::Adj | Tag::Noun) {
        left -= 1;
    }
    let source = match view.before(left) {
        Some(Tag::PossPron) => Some(left - 1..left),
        Some(Tag::Possessive) => owner(view, left - 1).map(|run| run.start..left),
        _ => None,
    };
    let telling = view.before(left) == Some(Tag::Det)
        && ["claim", "claims", "allegation", "allegations", "accusation", "accusations", "assertion", "reports"]
            .iter()
            .any(|w| view.is(at, w));
    if source.is_none() && !(that && telling) && !is_ownerless(view, at, that) {
        return None;
    }
    if topic {
        let object = view.tag(at + 2).is_some_and(|tag| tag.begins_phrase() || matches!(tag, Tag::Ing | Tag::Wh));
        let end = object_end(view, at + 2, view.end(), false);
        let end = predicate(view, at + 2, end);
        let found = Candidate {
            source: source.into_iter().collect(),
            cue: left..at + 2,
            content: vec![Piece::Run(at + 2..end)],
            cue_kind: CueKind::Attitude,
            expects: false,
            outer: false,
        };
        return (object && end > at + 2).then_some(found);
    }
    if equated {
        let end = object_end(view, at + 2, view.end(), true);
        let end = if view.tag(at + 2) == Some(Tag::Sub) { view.end() } else { end };
        let (cue, content) = (left..at + 2, vec![Piece::Run(at + 2..end)]);
        let source = source.into_iter().collect();
        return Some(Candidate { source, cue, content, cue_kind: CueKind::Attitude, expects: false, outer: false });
    }
    let end = object_end(view, at + 1, view.end(), true);
    let end = if that { main_verb(view, at + 2, end) } else { end };
    let cue = if source.is_some() { left..at + 1 } else { at..at + 1 };
    let content = vec![Piece::Run(at + 1..end)];
    Some(Candidate {
        source: source.into_iter().collect(),
        cue,
        content,
        cue_kind: CueKind::Attitude,
        expects: false,
        outer: false,
    })
}

/// `amid suspicions that …`, `has come under criticism for …`: said by nobody in particular.
fn is_ownerless(view: &View<'_>, at: usize, that: bool) -> bool {
    const TOLD: [&str; 12] = [
        "claims",
        "allegations",
        "accusations",
        "reports",
        "charges",
        "warnings",
        "suspicions",
        "rumours",
        "rumors",
        "complaints",
        "fears",
        "concerns",
    ];
    that && TOLD.iter().any(|word| view.is(at, word))
        || view.is(at, "criticism") && ["of", "for", "over"].iter().any(|word| view.is(at + 1, word))
}

/// In `Pell's criticism of the quota surprised us` the first finite verb is the main one and ends the topic.
fn predicate(view: &View<'_>, from: usize, end: usize) -> usize {
    let mut n = from;
    while n < end && !view.tags[n].is_finite() && !matches!(view.tags[n], Tag::Wh | Tag::Sub) {
        n += 1;
    }
    if n < end && view.tags[n].is_finite() { n } else { end }
}

/// In `the claim that it was shut surprised us` the second finite verb is the main one; it ends the content.
fn main_verb(view: &View<'_>, from: usize, end: usize) -> usize {
    let mut seen = false;
    for n in from..end {
        let tag = view.tags[n];
        if matches!(tag, Tag::Comma | Tag::Sub | Tag::Wh | Tag::Conj | Tag::Quote)
            || view.report(n).is_some() && tag != Tag::Noun
        {
            return end;
        }
        let goes_on = n > 0 && (view.tags[n - 1].is_finite() || matches!(view.tags[n - 1], Tag::Adv | Tag::Neg));
        if tag.is_finite() && !goes_on {
            if seen {
                return n;
            }
            seen = true;
        }
    }
    end
}

/// `Pell: the gates stay shut` in headlines and transcripts.
pub(super) fn colon(view: &View<'_>, at: usize) -> Option<Candidate> {
    if view.tag(at) != Some(Tag::Colon) || view.is_inside(at) && view.quote_from(0).is_none() {
        return None;
    }
    let start = usize::from(view.tag(0) == Some(Tag::Quote));
    let name = start..at;
    let words = name.len();
    if words == 0 || start >= view.len() {
        return None;
    }
    let shouted = view.tokens[start].all_capitals;
    let full = words >= 2 && view.tags[name.clone()].iter().all(|&tag| matches!(tag, Tag::Proper | Tag::Hyphen));
    if !view.first && !shouted && !full {
        return None;
    }
    let plain = view.tags[name.clone()].iter().all(|tag| !matches!(tag, Tag::Prep | Tag::Conj | Tag::Comma));
    let article = view.tag(start) == Some(Tag::Det) && !view.word(at - 1).any(lexicon::DOC | lexicon::ANON);
    if !shouted && (words > 4 || !plain || article) {
        return None;
    }
    if words == 0 || words > 10 || view.len() < at + 2 {
        return None;
    }
    let fits = view.tags[name.clone()].iter().enumerate().all(|(n, tag)| {
        tag.is_nominal()
            || matches!(
                tag,
                Tag::Det | Tag::Adj | Tag::Possessive | Tag::Hyphen | Tag::Stop | Tag::Open | Tag::Close | Tag::Comma
            )
            || (matches!(tag, Tag::Prep | Tag::Conj) && n > 0)
    });
    let head = at - 1;
    let capital = view.tokens[start].capital;
    let stands_for_one = view.tags[head] == Tag::Proper
        || view.tags[head] == Tag::Close
        || view.word(head).any(lexicon::DOC | lexicon::ANON)
        || view.tokens[head].all_capitals;
    if !fits
        || !capital
        || !stands_for_one
        || view.word(start).any(lexicon::STARTNOT) && words == 1 && !view.word(head).any(lexicon::DOC)
    {
        return None;
    }
    let content = vec![Piece::Run(at + 1..view.end())];
    Some(Candidate {
        source: vec![name],
        cue: at..at + 1,
        content,
        cue_kind: CueKind::Turn,
        expects: false,
        outer: false,
    })
}

/// `raised doubts about …`, `made the case for …`: the verb says something through its noun.
pub(super) fn light(view: &View<'_>, at: usize) -> Option<Candidate> {
    if !matches!(view.tag(at), Some(Tag::Fin | Tag::Inf | Tag::Part | Tag::Ing | Tag::Have))
        || !view.word(at).any(lexicon::LIGHT)
    {
        return None;
    }
    let stop = view.len().min(at + 6);
    let noun = (at + 1..stop)
        .take_while(|&n| {
            matches!(view.tags[n], Tag::Det | Tag::Adj | Tag::PossPron | Tag::Noun | Tag::Part | Tag::Adv)
                || view.is(n, "following")
        })
        .find(|&n| {
            view.tags[n] == Tag::Noun && view.word(n).any(lexicon::CUENOUN) && view.tag(n + 1) != Some(Tag::Noun)
        })?;
    let from = match view.tag(noun + 1)? {
        Tag::Sub if view.is(noun + 1, "that") && clause_starts(view, noun + 2) => noun + 1,
        Tag::To => noun + 1,
        Tag::Colon => noun + 2,
        Tag::Prep if TOPICS.iter().any(|w| view.is(noun + 1, w)) => noun + 2,
        _ => return None,
    };
    let (start, passive) = groups::group(view, at);
    if passive {
        return None;
    }
    let source = groups::source_of(view, start, at, 3)?;
    let colon = view.tag(noun + 1) == Some(Tag::Colon);
    let end = if colon { view.end() } else { object_end(view, from, view.end(), from == noun + 1) };
    let expects = colon && from >= end;
    let content = if expects { Vec::new() } else { vec![Piece::Run(from..end)] };
    Some(Candidate {
        source: vec![source],
        cue: start..from,
        content,
        cue_kind: CueKind::Attitude,
        expects,
        outer: false,
    })
}

const TOPICS: [&str; 8] = ["about", "for", "on", "over", "against", "with", "of", "in"];

/// `“…” — Ada Pell` at the end of a quotation.
pub(super) fn signed(view: &View<'_>, at: usize) -> Option<Candidate> {
    let name = at + 1..view.end();
    let names = view.tags.get(name.clone())?;
    let plain = names.iter().all(|tag| {
        tag.is_nominal()
            || matches!(tag, Tag::Hyphen | Tag::Comma | Tag::Det | Tag::Prep | Tag::Adj | Tag::Open | Tag::Close)
    });
    if !(1..=14).contains(&name.len()) || !plain || names.first() != Some(&Tag::Proper) {
        return None;
    }
    let content = match view.quote_until(at) {
        Some(number) if view.quotes[number].speech => vec![Piece::Quote(number)],
        None if at == 0 => vec![Piece::Before],
        _ => return None,
    };
    let cue = at..at + 1;
    Some(Candidate { source: vec![name], cue, content, cue_kind: CueKind::Assertion, expects: false, outer: false })
}

/// `Pell is confident that …`, `Pell was critical of …`.
pub(super) fn adjective(view: &View<'_>, at: usize) -> Option<Candidate> {
    if !view.word(at).any(lexicon::CLAUSEADJ) || matches!(view.tag(at), Some(Tag::Det)) {
        return None;
    }
    let mut start = at;
    while start > 0
        && (view.tags[start - 1].is_finite() && view.tags[start - 1] != Tag::Fin
            || matches!(view.tags[start - 1], Tag::Adv | Tag::Neg)
            || view.is(start - 1, "been"))
    {
        start -= 1;
    }
    if !view.tags[start..at].contains(&Tag::Be) {
        return None;
    }
    let (cue_end, from) = match view.tag(at + 1)? {
        Tag::Sub if view.is(at + 1, "that") => (at + 1, at + 1),
        Tag::Prep if ["on", "by", "for", "over"].iter().any(|w| view.is(at + 1, w)) => (at + 2, at + 2),
        Tag::Prep if ["of", "about", "with", "at"].iter().any(|w| view.is(at + 1, w)) => (at + 2, at + 2),
        Tag::To => (at + 1, at + 1),
        tag if tag.begins_phrase() && clause_starts(view, at + 1) => (at + 1, at + 1),
        _ => return None,
    };
    let source = groups::source_of(view, start, at, 2)?;
    if source.len() == 1
        && (view.is(source.start, "it") || view.is(source.start, "that") || view.is(source.start, "this"))
    {
        return None;
    }
    let end = object_end(view, from, view.end(), true);
    let content = vec![Piece::Run(from..end)];
    Some(Candidate {
        source: vec![source],
        cue: start..cue_end,
        content,
        cue_kind: CueKind::Attitude,
        expects: false,
        outer: false,
    })
}

/// `Pell is a staunch opponent of the quota`: somebody is said to hold a view.
pub(super) fn holder(view: &View<'_>, at: usize) -> Option<Candidate> {
    if view.tag(at) != Some(Tag::Noun) || !view.word(at).any(lexicon::HOLDER) || !view.is(at + 1, "of") {
        return None;
    }
    let low = at.saturating_sub(8);
    let article = (low..at).rev().find(|&n| {
        !matches!(view.tags[n], Tag::Adj | Tag::Noun | Tag::Adv | Tag::Conj | Tag::Hyphen | Tag::Part | Tag::Ing)
    })?;
    let be = article.checked_sub(1).filter(|&n| {
        view.tags[article] == Tag::Det && (view.tags[n] == Tag::Be || view.is(n, "been") || view.is(n, "become"))
    })?;
    let start = groups::group_start(view, be);
    let source = groups::source_of(view, start, be, 2)?;
    let end = object_end(view, at + 2, view.end(), false);
    let content = vec![Piece::Run(at + 2..end)];
    (end > at + 2).then(|| Candidate {
        source: vec![source],
        cue: start..at + 2,
        content,
        cue_kind: CueKind::Attitude,
        expects: false,
        outer: false,
    })
}
