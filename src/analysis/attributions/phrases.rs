//! The begin and end of a noun phrase: the subject before a verb, the source after a preposition or an inverted verb.
//!
//! Walks are bounded by [`LONGEST`] tokens.

use super::tags::Tag;
use super::view::{Run, View};
use crate::lexicon::sourcing as lexicon;

/// Tokens that a walk over a noun phrase takes, at most.
pub(super) const LONGEST: usize = 60;

/// A noun phrase that ends at `end`, without appositions.
pub(super) fn core(view: &View<'_>, end: usize, floor: usize) -> Option<Run> {
    let last = view.before(end)?;
    if !(last.is_nominal()
        || matches!(last, Tag::Close | Tag::Adj | Tag::Time | Tag::Pron | Tag::Possessive | Tag::Part | Tag::Det)
        // "John Orr Jr. said"
        || last == Tag::Hyphen && view.is(end - 1, "."))
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
                // "no one", "not everyone"
                if at > floor && (view.is(at - 1, "no") || view.is(at - 1, "not")) {
                    at -= 1;
                    break;
                }
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
    // "Last week Pell said", "the third time Norvik said": the time is no part of the name after it.
    let time = (at..end.saturating_sub(1)).find(|&n| {
        view.word(n).any(lexicon::TIMENOUN)
            && view.at(n).starts_with(char::is_lowercase)
            && view.tags[n + 1] == Tag::Proper
            && view.tags[at..n].iter().all(|tag| matches!(tag, Tag::Det | Tag::Adj | Tag::Num | Tag::Noun))
    });
    if let Some(time) = time {
        at = time + 1;
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
                        | Tag::Adv
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
                    .find(|&n| matches!(view.tags[n], Tag::Comma | Tag::Semi | Tag::Stop | Tag::Quote | Tag::Dash))
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

/// The end of the apposition after the comma at `at`; none if it is no apposition.
fn apposition_end(view: &View<'_>, at: usize, ceiling: usize) -> Option<usize> {
    let first = view.tag(at + 1)?;
    // "Pell, now a consultant on harbours"
    let now = first == Tag::Adv && matches!(view.tag(at + 2), Some(Tag::Det | Tag::Noun | Tag::Adj));
    let noun = now || matches!(first, Tag::Det | Tag::Noun | Tag::Proper | Tag::Adj | Tag::PossPron | Tag::Num);
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
