//! Where a noun phrase begins and ends: the subject before a verb, the source after a preposition or an inverted verb.
//!
//! Walks are bounded by [`LONGEST`] tokens.

use super::tags::Tag;
use super::view::{Run, View};
use crate::lexicon::sourcing as lexicon;

const LONGEST: usize = 60;

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
        Tag::Wh => ["who", "which", "that"].iter().any(|w| view.is(end - 1, w)).then_some(end - 1..end),
        Tag::Sub if view.is(end - 1, "that") && end >= 2 && view.tag(end - 2).is_some_and(Tag::is_nominal) => {
            Some(end - 1..end)
        }
        Tag::Comma | Tag::Dash => apposed(view, end, floor),
        _ => core(view, end, floor).map(|run| run.start..end).filter(|run| !is_time(view, run)),
    }
}

/// `A clerk who sat on the panel said`: the phrase with the relative clause that ends at the verb.
fn with_relative(view: &View<'_>, end: usize, floor: usize) -> Option<Run> {
    // "the experts we asked"
    if end >= 3
        && view.tags[end - 1] == Tag::Fin
        && view.tags[end - 2] == Tag::Pron
        && view.tags[end - 3].is_nominal()
        && view.report(end - 1).is_none_or(|(verb, _)| verb.syntax & crate::lexicon::sourcing::takes::CLAUSE == 0)
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
        let clause = view.report(n).is_some_and(|(verb, _)| verb.syntax & crate::lexicon::sourcing::takes::CLAUSE != 0);
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
fn is_time(view: &View<'_>, run: &Run) -> bool {
    let head = run.end - 1;
    run.len() <= 2 && view.tags[head] == Tag::Time || (run.len() <= 2 && view.word(head).any(lexicon::TIMENOUN))
}

/// `he himself`, `they both`: the pronoun with what belongs to it.
fn with_pronoun(view: &View<'_>, end: usize) -> Run {
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
fn before_adjuncts(view: &View<'_>, end: usize, floor: usize) -> Option<usize> {
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
    (at > floor).then_some(at)
}

/// `Pell last week said`, `Pell in a televised interview said`: where the time or occasion before `at` begins.
fn occasion_before(view: &View<'_>, at: usize, floor: usize) -> Option<usize> {
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
    let subject = view.before(start).is_some_and(|tag| {
        matches!(tag, Tag::Proper | Tag::Pron | Tag::Close) || (tag == Tag::Noun && preposition && view.is(start, "in"))
    });
    (start > floor && subject).then_some(start)
}

/// A noun phrase that ends at `end`, without appositions.
fn core(view: &View<'_>, end: usize, floor: usize) -> Option<Run> {
    let last = view.before(end)?;
    if !(last.is_nominal()
        || matches!(last, Tag::Close | Tag::Adj | Tag::Time | Tag::Pron | Tag::Possessive | Tag::Part | Tag::Det))
    {
        return None;
    }
    let mut at = end;
    let mut joined = None;
    let mut initial_preposition = None;
    while at > floor {
        let here = view.tags[at - 1];
        let left = at.checked_sub(2).and_then(|n| view.tag(n));
        if view.is_inside(at - 1) && view.quote_until(at).is_none_or(|q| view.quotes[q].speech) {
            break;
        }
        match here {
            Tag::Noun
            | Tag::Proper
            | Tag::Num
            | Tag::Adj
            | Tag::Possessive
            | Tag::Det
            | Tag::PossPron
            | Tag::Hyphen => at -= 1,
            Tag::Quote => {
                let Some(number) = view.quote_until(at) else { break };
                if at >= 2 && view.tags[at - 2] == Tag::Comma {
                    break;
                }
                at = view.quotes[number].run.start.max(floor);
            }
            Tag::Time if at == end || matches!(view.tag(at), Some(Tag::Possessive | Tag::Noun | Tag::Hyphen)) => {
                at -= 1
            }
            Tag::Pron if at == end || view.tag(at) == Some(Tag::Prep) => {
                at -= 1;
                if left != Some(Tag::Prep) && left != Some(Tag::Conj) {
                    break;
                }
            }
            Tag::ObjPron if left == Some(Tag::Prep) => at -= 1,
            Tag::Part | Tag::Ing if at < end && modifies(view, at) => at -= 1,
            Tag::Adv if at < end && matches!(view.tag(at), Some(Tag::Adj | Tag::Part | Tag::Num)) => at -= 1,
            Tag::Close => match opening(view, at, floor) {
                Some(open) => at = open,
                None => break,
            },
            Tag::Prep => {
                if !chains(view, at - 1) {
                    // "After aides insisted": a clause begins, not a phrase of its own.
                    if !view.word(at - 1).any(lexicon::SUB) {
                        initial_preposition = Some(at - 1);
                    }
                    break;
                }
                if left.is_some_and(|tag| {
                    tag.is_nominal()
                        || matches!(tag, Tag::Conj | Tag::Close | Tag::Possessive | Tag::Pron | Tag::Quote | Tag::Part)
                }) && at < end
                {
                    at -= 1;
                } else {
                    initial_preposition = Some(at - 1);
                    break;
                }
            }
            Tag::Conj
                if left
                    .is_some_and(|tag| tag.is_nominal() || matches!(tag, Tag::Close | Tag::Possessive | Tag::Pron))
                    && !view.is(at - 1, "but") =>
            {
                joined = Some(at);
                at -= 1;
            }
            Tag::Conj
                if left == Some(Tag::Comma)
                    && at >= 3
                    && view.tags[at - 3].is_nominal()
                    && listed(view, at - 2, floor) =>
            {
                joined = Some(at);
                at -= 2;
            }
            Tag::Comma if joined.is_some() && left.is_some_and(Tag::is_nominal) && listed(view, at, floor) => at -= 1,
            _ => break,
        }
    }
    let stopped_by_verb = at
        .checked_sub(1)
        .and_then(|n| view.tag(n))
        .is_some_and(|tag| matches!(tag, Tag::Fin | Tag::Inf | Tag::Ing | Tag::Part | Tag::Be | Tag::Have));
    if let Some(after_and) = joined
        && (stopped_by_verb || initial_preposition.is_some())
        && after_and < end
    {
        at = after_and;
        initial_preposition = None;
    }
    if initial_preposition.is_some() {
        // "In an interview with Harbor Daily Marr said": the last name is the best guess.
        let named = view.tags[end - 1] == Tag::Proper;
        at = second_phrase(view, at, end).or(named.then_some(end - 1))?;
    }
    while at < end
        && matches!(view.tags[at], Tag::Adv | Tag::Conj | Tag::Prep | Tag::Comma | Tag::Neg | Tag::Hyphen)
        && !(view.tags[at] == Tag::Adv && view.tag(at + 1) == Some(Tag::Num))
    {
        at += 1;
    }
    (at < end).then_some(at..end)
}

/// A preposition that ties a noun to the noun before it, not an adverbial one.
fn chains(view: &View<'_>, at: usize) -> bool {
    ![
        "after", "before", "since", "until", "till", "as", "than", "during", "because", "despite", "amid", "while",
        "like", "unlike",
    ]
    .iter()
    .any(|w| view.is(at, w))
}

/// A list is going on: a comma stands to the left within a few words, or the list begins at the sentence.
fn listed(view: &View<'_>, at: usize, floor: usize) -> bool {
    let low = at.saturating_sub(8).max(floor);
    view.tags[low..at.saturating_sub(1)].contains(&Tag::Comma)
        || view.tags[low..at]
            .iter()
            .all(|tag| tag.is_nominal() || matches!(tag, Tag::Det | Tag::Adj | Tag::Comma | Tag::Possessive))
}

/// The participle before `at` modifies the noun after it.
fn modifies(view: &View<'_>, at: usize) -> bool {
    let before = at.checked_sub(2).and_then(|n| view.tag(n));
    let noun = matches!(view.tag(at), Some(Tag::Noun | Tag::Proper | Tag::Adj));
    let hyphen = view.tag(at) == Some(Tag::Hyphen) || before == Some(Tag::Hyphen);
    let reduced = view.tags[at - 1] == Tag::Part
        && before.is_some_and(Tag::is_nominal)
        && matches!(view.tag(at), Some(Tag::Prep | Tag::Time | Tag::Adv));
    hyphen
        || reduced
        || (noun
            && before.is_none_or(|tag| {
                matches!(
                    tag,
                    Tag::Det
                        | Tag::PossPron
                        | Tag::Possessive
                        | Tag::Adj
                        | Tag::Num
                        | Tag::Conj
                        | Tag::Comma
                        | Tag::Prep
                        | Tag::Noun
                        | Tag::Quote
                        | Tag::Dash
                        | Tag::Sub
                        | Tag::Stop
                        | Tag::Wh
                        | Tag::Fin
                )
            }))
}

/// After "In Port Sarn Mr Haddad": where the second noun phrase begins.
fn second_phrase(view: &View<'_>, start: usize, end: usize) -> Option<usize> {
    (start + 1..end).rev().find(|&n| {
        let (left, here) = (view.tags[n - 1], view.tags[n]);
        let starts = matches!(here, Tag::Det | Tag::PossPron | Tag::Pron);
        let left_ends = left.is_nominal() || matches!(left, Tag::Time | Tag::Close);
        (starts && left_ends)
            || (here == Tag::Proper
                && matches!(left, Tag::Noun | Tag::Time | Tag::Num)
                && view.tag(n + 1) != Some(Tag::Possessive))
    })
}

fn opening(view: &View<'_>, at: usize, floor: usize) -> Option<usize> {
    let mut depth = 0usize;
    for n in (floor..at).rev() {
        match view.tags[n] {
            Tag::Close => depth += 1,
            Tag::Open => {
                depth -= 1;
                if depth == 0 {
                    return Some(n);
                }
            }
            _ => {}
        }
    }
    None
}

/// `Pell, warden of the gate since 2029, said`: the phrase with its appositions, up to and with the last comma.
fn apposed(view: &View<'_>, end: usize, floor: usize) -> Option<Run> {
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
fn is_apposition(view: &View<'_>, run: Run) -> bool {
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
    let finite = view.has_finite(run.clone());
    let relative_later = run.clone().any(|n| view.tags[n] == Tag::Wh || n > run.start && view.is(n, "that"));
    relative || (phrase && (!finite || relative_later))
}

/// The noun phrase that begins at `start`: `according to …`, `said …`. Appositions are taken along if `apposition`.
pub(super) fn phrase_from(view: &View<'_>, start: usize, apposition: bool) -> Option<Run> {
    let ceiling = view.len().min(start + LONGEST);
    let first = view.tag(start)?;
    if first == Tag::Pron {
        return Some(start..start + 1);
    }
    if !(first.begins_phrase()
        || first == Tag::Time && view.tag(start + 1) == Some(Tag::Possessive)
        || matches!(first, Tag::Part | Tag::Ing) && view.tag(start + 1).is_some_and(Tag::is_nominal))
    {
        return None;
    }
    let mut at = start;
    while at < ceiling {
        let next = view.tag(at + 1);
        if view.is_inside(at) {
            match view.quote_from(at) {
                Some(number) if !view.quotes[number].speech && at > start => {
                    at = view.quotes[number].run.end.min(ceiling);
                    continue;
                }
                _ => break,
            }
        }
        match view.tags[at] {
            Tag::Det | Tag::PossPron if at > start && view.tags[at - 1].is_nominal() => break,
            Tag::Det
            | Tag::PossPron
            | Tag::Noun
            | Tag::Proper
            | Tag::Num
            | Tag::Adj
            | Tag::Possessive
            | Tag::Hyphen => at += 1,
            Tag::Pron | Tag::ObjPron if at == start || view.before(at) == Some(Tag::Prep) => at += 1,
            Tag::Part | Tag::Ing
                if next.is_some_and(|tag| tag.is_nominal() || matches!(tag, Tag::Adj | Tag::Hyphen))
                    || view.before(at) == Some(Tag::Hyphen) =>
            {
                at += 1
            }
            Tag::Part | Tag::Ing
                if at > start && matches!(next, Some(Tag::Prep | Tag::Det)) && !apposition_verb(view, at) =>
            {
                at += 1
            }
            Tag::Adv if next.is_some_and(|tag| matches!(tag, Tag::Adj | Tag::Part)) => at += 1,
            Tag::Time if matches!(next, Some(Tag::Possessive | Tag::Noun | Tag::Hyphen)) => at += 1,
            Tag::Open => match (at..ceiling).find(|&n| view.tags[n] == Tag::Close) {
                Some(close) => at = close + 1,
                None => break,
            },
            Tag::Prep if joins_phrase(view, at, next) => at += 1,
            Tag::Conj
                if at > start
                    && next.is_some_and(Tag::begins_phrase)
                    && !view.is(at, "but")
                    && !clause_starts(view, at + 1) =>
            {
                at += 1
            }
            Tag::Comma if apposition && at > start => match apposition_end(view, at, ceiling) {
                Some(end) => {
                    at = end;
                    break;
                }
                None => break,
            },
            Tag::Wh if apposition && at > start && view.is(at, "who") => {
                at = (at..ceiling)
                    .find(|&n| {
                        matches!(
                            view.tags[n],
                            Tag::Comma
                                | Tag::Semi
                                | Tag::Stop
                                | Tag::Quote
                                | Tag::Dash
                                | Tag::Sub
                                | Tag::Stop
                                | Tag::Wh
                                | Tag::Fin
                        )
                    })
                    .unwrap_or(ceiling);
                break;
            }
            _ => break,
        }
    }
    while at > start && matches!(view.tags[at - 1], Tag::Prep | Tag::Conj | Tag::Hyphen | Tag::Adv) {
        at -= 1;
    }
    (at > start).then_some(start..at)
}

fn apposition_verb(view: &View<'_>, at: usize) -> bool {
    view.report(at).is_some() && view.tags[at] == Tag::Ing
}

/// A preposition within a phrase, not one that begins "on Tuesday" or "in an interview".
fn joins_phrase(view: &View<'_>, at: usize, next: Option<Tag>) -> bool {
    let object = next.is_some_and(|tag| tag.begins_phrase() || tag == Tag::Ing);
    if !object {
        return false;
    }
    let stop = view.len().min(at + 5);
    let occasion = !view.is(at, "of")
        && (at + 1..stop)
            .take_while(|&n| {
                matches!(
                    view.tags[n],
                    Tag::Det | Tag::Adj | Tag::Noun | Tag::Time | Tag::PossPron | Tag::Num | Tag::Proper
                )
            })
            .any(|n| view.tags[n] == Tag::Time || view.word(n).any(lexicon::TIMENOUN | lexicon::PLACENOUN));
    !occasion
}

/// A finite verb follows the noun phrase at `at`: a new clause, not a second noun.
pub(super) fn clause_starts(view: &View<'_>, at: usize) -> bool {
    let stop = view.len().min(at + 14);
    for n in at..stop {
        match view.tags[n] {
            tag if tag.is_finite() => return true,
            Tag::Comma | Tag::Semi | Tag::Stop | Tag::Quote | Tag::Sub | Tag::Wh | Tag::Colon | Tag::Dash => {
                return false;
            }
            _ => {}
        }
    }
    false
}

/// Where the apposition after the comma at `at` ends; none if it is no apposition.
fn apposition_end(view: &View<'_>, at: usize, ceiling: usize) -> Option<usize> {
    let first = view.tag(at + 1)?;
    let noun = matches!(first, Tag::Det | Tag::Noun | Tag::Proper | Tag::Adj | Tag::PossPron | Tag::Num);
    let relative = first == Tag::Wh && (view.is(at + 1, "who") || view.is(at + 1, "which") || view.is(at + 1, "whose"));
    if !noun && !relative {
        return None;
    }
    let end = (at + 1..ceiling).find(|&n| {
        matches!(view.tags[n], Tag::Semi | Tag::Stop | Tag::Quote | Tag::Dash | Tag::Colon)
            || (view.tags[n] == Tag::Comma
                && !view.tag(n + 1).is_some_and(|tag| matches!(tag, Tag::Proper | Tag::Noun | Tag::Wh) && !relative))
            || (matches!(view.tags[n], Tag::Sub | Tag::Conj) && clause_starts(view, n + 1) && !relative)
    })?;
    let finite = view.has_finite(at + 1..end) && !view.tags[at + 1..end].contains(&Tag::Wh);
    (!finite).then_some(end)
}
