//! Words around a cue that leave open or deny that anything was said: "perhaps", "Nothing suggests that", "falsely quoted as".

use super::tags::Tag;
use super::view::{Run, View};
use crate::lexicon::speech::{DOUBTED, DOUBTS, NONE_OF, PASSED_ON, SUPPOSES, UNFAITHFUL, UNSURE, WAY};

/// `perhaps`, `probably`.
pub(super) fn is_unsure(view: &View<'_>, at: usize) -> bool {
    view.is_of(at, UNSURE)
}

/// `Nothing suggests that Pell said`, `It is not clear that`, `There is no evidence that`, `The story that`: whether the
/// clause after the "that" at `that` is left open. `is_negation` tells whether a word negates.
pub(super) fn is_left_open(view: &View<'_>, that: usize, is_negation: impl Fn(usize) -> bool) -> bool {
    let Some(last) = that.checked_sub(1) else { return false };
    let ends = |n: &usize| matches!(view.tag(*n), Some(Tag::Comma | Tag::Semi | Tag::Colon | Tag::Stop | Tag::Quote));
    let low = (that.saturating_sub(9)..that).rev().find(ends).map_or(that.saturating_sub(9), |n| n + 1);
    let negates = |n: usize| is_negation(n) || view.is_of(n, NONE_OF);
    // "Nobody doubts that" makes sure of it, "Doss denied that" does not.
    let negated = (low..that).any(negates) != (low..that).any(|n| view.is_of(n, DOUBTS));
    // "Rumour has it that"
    let has_it = view.is(last, "it") && last > 0 && is_word(view, last - 1, &["has", "had"]);
    let telling = ["evidence", "proof", "record", "sign", "indication", "true"];
    let doubtful = view.is_of(last, DOUBTED) && !is_word(view, last, &telling);
    negated || doubtful || has_it || view.is_of(last, SUPPOSES)
}

/// `When Pell says`, `as soon as`, `the moment`, `in case`: the word before the clause leaves it to come. `present` is the tense
/// of its verb.
pub(super) fn is_to_come(view: &View<'_>, opener: usize, present: bool) -> bool {
    let before = |word: &str| opener > 0 && view.is(opener - 1, word);
    let time = view.is(opener, "when")
        || view.is(opener, "as") && before("soon")
        || view.is(opener, "moment") && before("the");
    present && time || view.is(opener, "case") && before("in")
}

/// `was misquoted as saying`, `is quoted in a forged letter as saying`: whether the words after the "as" at `at` were not
/// passed on by a verb that says so, or not as they were.
pub(super) fn is_misquoted(view: &View<'_>, at: usize) -> bool {
    let Some(verb) = (at.saturating_sub(12)..at).rev().find(|&n| view.is_of(n, PASSED_ON)) else { return true };
    (verb.saturating_sub(4)..at).any(|n| {
        let text = view.at(n);
        view.is_of(n, UNFAITHFUL) || text.ends_with("n't") || text.ends_with("n’t") || view.tag(n) == Some(Tag::Modal)
    })
}

/// `by no means`, `in no way`, within a source that runs up to its verb.
pub(super) fn no_way(view: &View<'_>, run: Run) -> Option<usize> {
    run.filter(|&n| n > 0 && view.is(n, "no") && view.is_of(n + 1, WAY)).map(|n| n - 1).next()
}

fn is_word(view: &View<'_>, at: usize, words: &[&str]) -> bool {
    words.iter().any(|word| view.is(at, word))
}

/// `refrained`, `barred him`, before "from": the verb is near, its object may stand between.
pub(super) fn is_restraint(view: &View<'_>, at: usize) -> bool {
    const STEMS: [&str; 12] = [
        "abstain",
        "ban",
        "bar",
        "desist",
        "discourag",
        "dissuad",
        "keep",
        "kept",
        "prevent",
        "refrain",
        "shied",
        "stop",
    ];
    (at.saturating_sub(2)..=at).any(|n| {
        let verb = matches!(view.tag(n), Some(Tag::Fin | Tag::Part | Tag::Inf | Tag::Ing | Tag::Noun));
        let word = view.at(n).to_ascii_lowercase();
        verb && STEMS.iter().any(|stem| word.starts_with(stem))
    })
}
