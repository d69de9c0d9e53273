//! The extent of an object or an infinitive: where it yields to a comma, a second verb or a circumstance.

use super::phrases::clause_starts;
use super::tags::Tag;
use super::view::View;
use crate::lexicon::sourcing as lexicon;

/// The end of an object with its modifiers: before a comma that ends it, a subordinate clause, a second main verb.
pub(super) fn object_end(view: &View<'_>, start: usize, end: usize, verbal: bool) -> usize {
    let mut at = start;
    let mut depth = 0usize;
    while at < end {
        if let Some(number) = view.quote_from(at)
            && at > start
        {
            at = view.quotes[number].run.end.min(end);
            continue;
        }
        let next = view.tag(at + 1);
        match view.tags[at] {
            Tag::Open => depth += 1,
            Tag::Close => depth = depth.saturating_sub(1),
            Tag::Semi => break,
            Tag::Dash if depth == 0 => break,
            Tag::Colon if depth == 0 => break,
            Tag::Comma if depth == 0 && !goes_on(view, at, end, verbal) => break,
            Tag::Sub | Tag::Prep if depth == 0 && at > start && ends_object(view, at) => break,
            Tag::Prep if depth == 0 && at > start && !verbal && is_occasion(view, at) => break,
            Tag::Conj if depth == 0 && at > start => {
                let finite = next.is_some_and(Tag::is_finite)
                    || (next == Some(Tag::Adv) && view.tag(at + 2).is_some_and(Tag::is_finite));
                let clause = view.is(at, "but")
                    || (next.is_some_and(|tag| matches!(tag, Tag::Pron | Tag::Num)) && clause_starts(view, at + 1));
                if finite || clause {
                    break;
                }
            }
            _ => {}
        }
        at += 1;
    }
    at.min(end)
}

/// True if an object ends before the token at this place.
pub(super) fn ends_object(view: &View<'_>, at: usize) -> bool {
    // "plans to go after them": part of the verb.
    if matches!(view.before(at), Some(Tag::Inf | Tag::Ing)) && view.tags[at] == Tag::Prep {
        return false;
    }
    if view.is(at, "as") {
        return view.tag(at + 1).is_some_and(|tag| matches!(tag, Tag::Det | Tag::Proper | Tag::Pron))
            && clause_starts(view, at + 1);
    }
    [
        "because", "while", "although", "though", "whereas", "when", "unless", "if", "before", "after", "since",
        "until", "so", "during", "amid",
    ]
    .iter()
    .any(|word| view.is(at, word))
        && view.tag(at + 1) != Some(Tag::To)
}

/// `on Twitter`, `in a speech`, `at Monday's debate`: not part of the object.
pub(super) fn is_occasion(view: &View<'_>, at: usize) -> bool {
    let adverbial = ["on", "in", "at", "during", "over"].iter().any(|w| view.is(at, w));
    if !adverbial {
        return false;
    }
    let stop = view.len().min(at + 5);
    (at + 1..stop)
        .take_while(|&n| {
            matches!(
                view.tags[n],
                Tag::Det
                    | Tag::Adj
                    | Tag::Noun
                    | Tag::Time
                    | Tag::PossPron
                    | Tag::Possessive
                    | Tag::Num
                    | Tag::Proper
                    | Tag::Hyphen
            )
        })
        .any(|n| view.tags[n] == Tag::Time || view.word(n).any(lexicon::TIMENOUN | lexicon::PLACENOUN))
}

/// The comma at `at` belongs to a list, a place or a date rather than ending the object.
pub(super) fn goes_on(view: &View<'_>, at: usize, end: usize, verbal: bool) -> bool {
    let Some(next) = view.tag(at + 1) else { return false };
    let stop = end.min(at + 14);
    let later_and =
        (at + 1..stop).take_while(|&n| !matches!(view.tags[n], Tag::Semi | Tag::Stop | Tag::Sub | Tag::Wh)).any(|n| {
            view.tags[n] == Tag::Conj
                && matches!(view.tags.get(n - 1), Some(Tag::Comma | Tag::Noun | Tag::Proper | Tag::Num | Tag::Time))
                && !view.is(n, "but")
                && !view.tag(n + 1).is_some_and(Tag::is_finite)
        });
    let apposed = next == Tag::Proper && !view.has_finite(at + 1..end) && !view.tags[at + 1..end].contains(&Tag::Comma);
    let listed = matches!(next, Tag::Noun | Tag::Proper | Tag::Adj | Tag::Num | Tag::Det | Tag::PossPron)
        && later_and
        && !clause_starts(view, at + 1);
    let and = next == Tag::Conj && !view.is(at + 1, "but") && !clause_starts(view, at + 1);
    let relative = ["including", "such", "especially", "particularly"].iter().any(|w| view.is(at + 1, w))
        || (next == Tag::Prep && view.is(at + 2, "which"));
    let verbs = verbal && matches!(next, Tag::Inf | Tag::To);
    let place = next == Tag::Proper && view.tag(at + 2) == Some(Tag::Comma) && view.before(at) == Some(Tag::Proper);
    listed || and || verbs || place || relative || apposed
}
