//! A verb with its auxiliaries, adverbs and "went on to", and whose verb it is.

use super::phrases::phrase_from;
use super::subjects::subject;
use super::tags::Tag;
use super::view::{Run, View};
use crate::lexicon::sourcing as lexicon;

/// `he’s called for`: the auxiliary is a short "has" as likely as "is".
pub(super) fn contracted(view: &View<'_>, cue_start: usize, at: usize) -> bool {
    (cue_start..at).any(|n| {
        view.tags[n] == Tag::Be
            && view.at(n).ends_with(['s', 'S'])
            && view.at(n).len() <= 4
            && !view.is(n, "is")
            && !view.is(n, "was")
    })
}

/// The begin of the group of the verb at `at`, and whether it is passive.
pub(super) fn group(view: &View<'_>, at: usize) -> (usize, bool) {
    let start = group_start(view, at);
    let be = view.tags[start..at].contains(&Tag::Be) && view.tags[at] == Tag::Part;
    (start, be && !contracted(view, start, at))
}

/// Auxiliaries, adverbs and "went on to" before the verb.
pub(super) fn group_start(view: &View<'_>, at: usize) -> usize {
    let mut start = at;
    while start > 0 && !view.is_inside(start - 1) {
        let here = view.tags[start - 1];
        let adverb = here == Tag::Adv && start >= 2 && !view.word(start - 1).any(lexicon::TIME);
        match here {
            Tag::Be | Tag::Have | Tag::Do | Tag::Modal | Tag::Neg => start -= 1,
            _ if adverb && follows_subject(view, start - 1) => start -= 1,
            Tag::To => {
                let mut left = start - 1;
                while left > 0
                    && (view.tags[left - 1] == Tag::Adv || view.is(left - 1, "on") || view.is(left - 1, "out"))
                {
                    left -= 1;
                }
                let chain = left > 0 && view.word(left - 1).any(lexicon::ATTEMPT | lexicon::MUST);
                if !chain {
                    start -= 1;
                    break;
                }
                start = left - 1;
            }
            Tag::Fin | Tag::Inf | Tag::Part | Tag::Ing
                if start == at && view.tags[at] == Tag::Ing && view.word(start - 1).any(lexicon::ATTEMPT) =>
            {
                start -= 1;
            }
            Tag::Prep
                if view.tags[start] == Tag::Ing
                    && start >= 2
                    && view.word(start - 2).any(lexicon::ATTEMPT)
                    && view.is(start - 1, "by") =>
            {
                start -= 2
            }
            _ => break,
        }
    }
    while start < at && view.tags[start] == Tag::Adv && view.before(start).is_none_or(|tag| matches!(tag, Tag::Stop)) {
        start += 1;
    }
    start
}

/// The adverb at `at` stands between a subject and its verb.
pub(super) fn follows_subject(view: &View<'_>, at: usize) -> bool {
    view.before(at).is_some_and(|tag| {
        tag.is_nominal()
            || tag.is_finite()
            || matches!(
                tag,
                Tag::Pron
                    | Tag::Close
                    | Tag::Adv
                    | Tag::Neg
                    | Tag::Wh
                    | Tag::Conj
                    | Tag::To
                    | Tag::Comma
                    | Tag::Time
                    | Tag::Sub
            )
    })
}

/// The subject whose verb the group at `cue_start` is. `depth` bounds the walk from verb to verb.
pub(super) fn source_of(view: &View<'_>, cue_start: usize, at: usize, depth: usize) -> Option<Run> {
    let before = view.before(cue_start)?;
    let gerund = cue_start == at
        && view.tags[at] == Tag::Ing
        && !view.tags[cue_start..at].iter().any(|tag| matches!(tag, Tag::Be));
    let infinitive = view.tags[cue_start] == Tag::To;
    let shared = matches!(before, Tag::Conj)
        || (before == Tag::Adv)
        || infinitive
        || (gerund && matches!(before, Tag::Comma | Tag::Prep | Tag::Sub | Tag::Quote | Tag::Time | Tag::Dash));
    if !shared && let Some(found) = subject(view, cue_start) {
        return Some(found);
    }
    if depth == 0 || !(shared || gerund || before == Tag::Comma) {
        return None;
    }
    if infinitive
        && let Some(found) = subject(view, cue_start)
        && view.tags[..found.start].iter().all(|tag| !tag.is_finite())
    {
        return Some(found);
    }
    let limit = cue_start.saturating_sub(60);
    let main =
        (limit..cue_start).rev().find(|&n| view.tags[n].is_finite() && !view.is_inside(n) && !relative(view, n))?;
    let mut group = main;
    while group > 0
        && (view.tags[group - 1].is_finite() && view.tags[group - 1] != Tag::Fin
            || matches!(view.tags[group - 1], Tag::Neg | Tag::Adv))
    {
        group -= 1;
    }
    if group > 0
        && view.quote_until(group).is_some()
        && let Some(inverted) = phrase_from(view, main + 1, true)
    {
        return Some(inverted);
    }
    source_of(view, group, main, depth - 1)
}

/// The finite verb at `at` belongs to a relative clause whose subject is its pronoun.
pub(super) fn relative(view: &View<'_>, at: usize) -> bool {
    let mut left = at;
    while left > 0 && (view.tags[left - 1].is_finite() || matches!(view.tags[left - 1], Tag::Adv | Tag::Neg)) {
        left -= 1;
    }
    left > 1 && ["who", "which", "that"].iter().any(|w| view.is(left - 1, w)) && view.tags[left - 2].is_nominal()
}

/// `a report released on Monday`: a participle after its noun that looks like a past.
fn is_reduced(view: &View<'_>, at: usize) -> bool {
    view.tags[at] == Tag::Fin
        && view.word(at).can_be(lexicon::form::PARTICIPLE)
        && view.before(at).is_some_and(Tag::is_nominal)
        && matches!(view.tag(at + 1), Some(Tag::Prep | Tag::Time))
}

/// `“…,” said Pell`: the verb stands after a quotation or a comma, before its subject.
pub(super) fn is_inverted(view: &View<'_>, at: usize) -> bool {
    let quote =
        view.quote_until(at).is_some() || (view.before(at) == Some(Tag::Comma) && view.quote_until(at - 1).is_some());
    let clause =
        view.before(at) == Some(Tag::Comma) && at >= 4 && view.has_finite(0..at - 1) && subject(view, at).is_none();
    let subject = view.tag(at + 1).is_some_and(|tag| tag.begins_phrase() && tag != Tag::ObjPron);
    subject
        && (quote
            || clause
                && !view.tags[at + 1..view.len().min(at + 12)]
                    .iter()
                    .enumerate()
                    .take_while(|(_, tag)| !matches!(tag, Tag::Comma | Tag::Stop))
                    .any(|(n, tag)| tag.is_finite() && !(is_reduced(view, at + 1 + n))))
}
