//! The subject before a verb, with its appositions and relative clause, without time and occasion.
//!
//! Walks are bounded by [`LONGEST`] tokens.

use super::phrases::{LONGEST, core};
use super::tags::Tag;
use super::view::{Run, View};
use crate::lexicon::sourcing::{self as lexicon, takes};

/// The noun phrase that ends at `end`, as the subject of a verb there.
pub(super) fn subject(view: &View<'_>, end: usize) -> Option<Run> {
    let floor = end.saturating_sub(LONGEST);
    let end = before_adjuncts(view, end, floor)?;
    if end >= 2 && ["all", "both", "each"].iter().any(|w| view.is(end - 1, w)) && view.tags[end - 2].is_nominal() {
        return core(view, end - 1, floor).map(|run| run.start..end);
    }
    if let Some(found) = with_relative(view, end, floor) {
        return Some(found);
    }
    match view.before(end)? {
        Tag::Pron => Some(with_pronoun(view, end)),
        Tag::Wh if view.is(end - 1, "whom") && end >= 3 && view.is(end - 2, "of") => {
            let quantity = matches!(view.tags[end - 3], Tag::Pron | Tag::Num | Tag::Det | Tag::Noun | Tag::Adj);
            quantity.then_some(end - 3..end)
        }
        Tag::Wh => ["who", "which", "that"].iter().any(|w| view.is(end - 1, w)).then_some(end - 1..end),
        Tag::Sub if view.is(end - 1, "that") && end >= 2 && view.tag(end - 2).is_some_and(Tag::is_nominal) => {
            Some(end - 1..end)
        }
        Tag::Comma | Tag::Dash => apposed(view, end, floor),
        _ => core(view, end, floor).map(|run| run.start..end).filter(|run| !is_time(view, run)),
    }
}

/// `A clerk who sat on the panel said`: the phrase with the relative clause that ends at the verb.
pub(super) fn with_relative(view: &View<'_>, end: usize, floor: usize) -> Option<Run> {
    // "the experts we asked"
    if end >= 3
        && view.tags[end - 1] == Tag::Fin
        && view.tags[end - 2] == Tag::Pron
        && view.tags[end - 3].is_nominal()
        && view.report(end - 1).is_none_or(|(verb, _)| verb.syntax & takes::CLAUSE == 0)
    {
        return core(view, end - 2, floor).map(|run| run.start..end);
    }
    let low = end.saturating_sub(25).max(floor);
    let pronoun = (low..end).rev().take_while(|&n| {
        !matches!(view.tags[n], Tag::Comma | Tag::Semi | Tag::Colon | Tag::Dash | Tag::Stop) && !view.is_inside(n)
    });
    let pronoun = pronoun.into_iter().find(|&n| view.is(n, "who") || view.is(n, "that") && view.tags[n] == Tag::Sub)?;
    let head = pronoun.checked_sub(1).filter(|&n| view.tags[n].is_nominal() || view.tags[n] == Tag::Pron)?;
    let mut verbs = 0;
    for n in pronoun + 1..end {
        let continued = view.tags[n - 1].is_finite() || matches!(view.tags[n - 1], Tag::Adv | Tag::Neg);
        verbs += usize::from(view.tags[n].is_finite() && !continued || view.tags[n].is_finite() && n == pronoun + 1);
        let clause = view.report(n).is_some_and(|(verb, _)| verb.syntax & takes::CLAUSE != 0);
        if clause && matches!(view.tags[n], Tag::Fin | Tag::Inf | Tag::Part) {
            return None;
        }
    }
    let direct = view.tag(pronoun + 1).is_some_and(|tag| tag.is_finite() || tag == Tag::Adv);
    if verbs != 1 || !direct || pronoun + 2 >= end {
        return None;
    }
    if view.tags[head] == Tag::Pron {
        return Some(head..end);
    }
    core(view, head + 1, floor).map(|run| run.start..end)
}

/// `this month`, `last week`: no one who could speak.
pub(super) fn is_time(view: &View<'_>, run: &Run) -> bool {
    let head = run.end - 1;
    run.len() <= 2 && view.tags[head] == Tag::Time || (run.len() <= 2 && view.word(head).any(lexicon::TIMENOUN))
}

/// `he himself`, `they both`: the pronoun with what belongs to it.
pub(super) fn with_pronoun(view: &View<'_>, end: usize) -> Run {
    // "no one", "not everyone"
    if end >= 2 && (view.is(end - 2, "no") || view.is(end - 2, "not") && view.at(end - 1).starts_with("every")) {
        return end - 2..end;
    }
    let reflexive = view.at(end - 1).ends_with("self") || view.at(end - 1).ends_with("selves");
    if reflexive && end >= 2 && view.tags[end - 2] == Tag::Pron { end - 2..end } else { end - 1..end }
}

/// The owner before a possessive sign at `end`, without what stands before its preposition: `checks on Pell’s claim`.
pub(super) fn owner(view: &View<'_>, end: usize) -> Option<Run> {
    let mut start = end;
    while start > 0
        && end - start < 12
        && matches!(
            view.tags[start - 1],
            Tag::Noun | Tag::Proper | Tag::Num | Tag::Adj | Tag::Det | Tag::PossPron | Tag::Hyphen | Tag::Possessive
        )
    {
        start -= 1;
        if matches!(view.tags[start], Tag::Det | Tag::PossPron) {
            break;
        }
    }
    (start < end).then_some(start..end)
}

/// Steps left over "on Tuesday", "in an interview" between subject and verb.
pub(super) fn before_adjuncts(view: &View<'_>, end: usize, floor: usize) -> Option<usize> {
    let mut at = end;
    while at > floor && matches!(view.tags[at - 1], Tag::Adv | Tag::Neg) {
        at -= 1;
    }
    if let Some(start) = occasion_before(view, at, floor) {
        return Some(start);
    }
    if at > floor && view.tags[at - 1] == Tag::Time {
        let mut start = at - 1;
        while start > floor
            && matches!(view.tags[start - 1], Tag::Time | Tag::Num | Tag::Prep)
            && !(view.tags[start - 1] == Tag::Prep && view.tags[start] == Tag::Prep)
        {
            start -= 1;
        }
        if start > floor
            && (view.tags[start - 1].is_nominal() || matches!(view.tags[start - 1], Tag::Pron | Tag::Close))
        {
            return Some(start);
        }
    }
    // "A court in 2031 found", "who in 2030 said"
    let year = at.checked_sub(1).filter(|&n| {
        view.tags[n] == Tag::Num && view.tokens[n].range.len() == 4 && n > floor && view.tags[n - 1] == Tag::Prep
    });
    if let Some(start) = year.map(|n| n - 1)
        && start > floor
        && (view.tags[start - 1].is_nominal() || matches!(view.tags[start - 1], Tag::Pron | Tag::Close | Tag::Wh))
    {
        return Some(start);
    }
    (at > floor).then_some(at)
}

/// `Pell last week said`, `Pell in a televised interview said`: where the time or occasion before `at` begins.
pub(super) fn occasion_before(view: &View<'_>, at: usize, floor: usize) -> Option<usize> {
    let head = at.checked_sub(1)?;
    if !view.word(head).any(lexicon::TIMENOUN | lexicon::PLACENOUN) || view.tags[head] == Tag::Proper {
        return None;
    }
    let mut start = head;
    while start > floor
        && head - start < 5
        && matches!(view.tags[start - 1], Tag::Det | Tag::Adj | Tag::Noun | Tag::PossPron)
    {
        start -= 1;
        if matches!(view.tags[start], Tag::Det | Tag::PossPron)
            || ["last", "next", "this"].iter().any(|w| view.is(start, w))
        {
            break;
        }
    }
    let preposition = start > floor && view.tags[start - 1] == Tag::Prep && !view.is(start - 1, "of");
    let time = view.word(head).any(lexicon::TIMENOUN) && start < head;
    if preposition {
        start -= 1;
    } else if !time {
        return None;
    }
    // "Norvik just this month announced"
    while start > floor + 1 && view.tags[start - 1] == Tag::Adv {
        start -= 1;
    }
    let subject = view.before(start).is_some_and(|tag| {
        matches!(tag, Tag::Proper | Tag::Pron | Tag::Close | Tag::Wh)
            || (tag == Tag::Noun && preposition && view.is(start, "in"))
    });
    (start > floor && subject).then_some(start)
}

/// `Pell, warden of the gate since 2029, said`: the phrase with its appositions, up to and with the last comma.
pub(super) fn apposed(view: &View<'_>, end: usize, floor: usize) -> Option<Run> {
    let sign = view.tags[end - 1];
    let mut best = None;
    let mut at = end - 1;
    let mut segment_end = end - 1;
    for _ in 0..4 {
        let Some(comma) = (floor..at).rev().find(|&n| view.tags[n] == sign && !view.is_inside(n)) else { break };
        let segment = comma + 1..segment_end;
        let name = view.tags[segment.clone()].iter().filter(|tag| **tag == Tag::Proper).count() >= 2
            && view.tag(segment.start) == Some(Tag::Proper);
        if !is_apposition(view, segment) || (name && best.is_some()) {
            break;
        }
        if let Some(head) = core(view, comma, floor) {
            let boundary = head.start.checked_sub(1).and_then(|n| view.tag(n));
            let preposition = head.start > 0 && view.tags[head.start - 1] == Tag::Prep;
            if !preposition && !view.tags[head.clone()].iter().all(|tag| matches!(tag, Tag::Adj | Tag::Det | Tag::Time))
            {
                let circumstance =
                    matches!(view.tag(comma + 1), Some(Tag::Ing | Tag::Prep | Tag::Part | Tag::Adv | Tag::Time))
                        && !view.is(comma + 1, "including");
                best = Some(head.start..if circumstance { comma } else { end });
            }
            if boundary != Some(sign) && !preposition {
                break;
            }
        }
        at = comma;
        segment_end = comma;
    }
    best
}

/// Text between two commas that describes what stands before: no clause of its own, unless a relative one.
pub(super) fn is_apposition(view: &View<'_>, run: Run) -> bool {
    let Some(first) = view.tag(run.start) else { return false };
    let relative = first == Tag::Wh;
    let phrase = matches!(
        first,
        Tag::Det
            | Tag::Noun
            | Tag::Proper
            | Tag::Adj
            | Tag::PossPron
            | Tag::Num
            | Tag::Prep
            | Tag::Part
            | Tag::Ing
            | Tag::Pron
            | Tag::Adv
            | Tag::Time
    );
    // "Pell, not Doss,"
    if first == Tag::Neg {
        let name = |tag: &Tag| tag.is_nominal() || matches!(tag, Tag::Det | Tag::Adj | Tag::PossPron | Tag::Hyphen);
        return run.len() > 1 && view.tags[run.start + 1..run.end].iter().all(name);
    }
    // "Pell, expected to resign,": a participle that looks like a past.
    let reduced = first == Tag::Fin && view.word(run.start).can_be(lexicon::form::PARTICIPLE);
    let phrase =
        phrase || reduced && matches!(view.tag(run.start + 1), Some(Tag::To | Tag::Prep | Tag::Time | Tag::Adv));
    let finite = view.has_finite(run.start + usize::from(reduced)..run.end);
    let relative_later = run.clone().any(|n| view.tags[n] == Tag::Wh || n > run.start && view.is(n, "that"));
    relative || (phrase && (!finite || relative_later))
}
