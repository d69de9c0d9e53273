//! Words around a cue that leave open or deny that anything was said: "perhaps", "Nothing suggests that", "falsely quoted as".

use super::speech::is_any as is_class;
use super::tags::Tag;
use super::view::{Run, View};
use crate::lexicon::speech::{DOUBTED, SUPPOSES};

/// Adverbs by which it is only possible.
const UNSURE: [&str; 8] =
    ["conceivably", "hypothetically", "maybe", "perhaps", "possibly", "presumably", "probably", "theoretically"];
/// Verbs by which somebody's words are passed on: "was quoted as saying".
const PASSED_ON: [&str; 6] = ["cited", "heard", "paraphrased", "quoted", "recorded", "reported"];
/// Words by which they were not passed on as they were.
const UNFAITHFUL: [&str; 18] = [
    "deepfake",
    "doctored",
    "erroneously",
    "fabricated",
    "fake",
    "faked",
    "falsely",
    "forged",
    "hoax",
    "inaccurately",
    "incorrectly",
    "misleadingly",
    "mistakenly",
    "never",
    "not",
    "parody",
    "spoof",
    "wrongly",
];
/// Words that doubt a clause, and with a negation make sure of it.
const DOUBTS: [&str; 11] = [
    "denied",
    "denies",
    "deny",
    "dispute",
    "disputed",
    "disputes",
    "doubt",
    "doubted",
    "doubts",
    "questioned",
    "secret",
];

/// `perhaps`, `probably`.
pub(super) fn is_unsure(view: &View<'_>, at: usize) -> bool {
    is_word(view, at, &UNSURE)
}

/// `Nothing suggests that Pell said`, `It is not clear that`, `There is no evidence that`, `The story that`: whether the
/// clause after the "that" at `that` is left open. `is_negation` tells whether a word negates.
pub(super) fn is_left_open(view: &View<'_>, that: usize, is_negation: impl Fn(usize) -> bool) -> bool {
    let Some(last) = that.checked_sub(1) else { return false };
    let ends = |n: &usize| matches!(view.tags[*n], Tag::Comma | Tag::Semi | Tag::Colon | Tag::Stop | Tag::Quote);
    let low = (that.saturating_sub(9)..that).rev().find(ends).map_or(that.saturating_sub(9), |n| n + 1);
    let negates = |n: usize| is_negation(n) || is_word(view, n, &["no", "little", "nothing", "nobody", "none", "few"]);
    // "Nobody doubts that" makes sure of it, "Doss denied that" does not.
    let negated = (low..that).any(negates) != (low..that).any(|n| is_word(view, n, &DOUBTS));
    // "Rumour has it that"
    let has_it = view.is(last, "it") && last > 0 && is_word(view, last - 1, &["has", "had"]);
    let telling = ["evidence", "proof", "record", "sign", "indication", "true"];
    let doubtful = is_class(view, last, DOUBTED) && !is_word(view, last, &telling);
    negated || doubtful || has_it || is_class(view, last, SUPPOSES)
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
    let Some(verb) = (at.saturating_sub(12)..at).rev().find(|&n| is_word(view, n, &PASSED_ON)) else { return true };
    (verb.saturating_sub(4)..at).any(|n| {
        let text = view.at(n);
        is_word(view, n, &UNFAITHFUL) || text.ends_with("n't") || text.ends_with("n’t") || view.tags[n] == Tag::Modal
    })
}

/// `by no means`, `in no way`, within a source that runs up to its verb.
pub(super) fn no_way(view: &View<'_>, run: Run) -> Option<usize> {
    let ways = ["means", "way", "sense", "account", "circumstances", "event", "time", "point", "stage"];
    run.filter(|&n| n > 0 && view.is(n, "no") && is_word(view, n + 1, &ways)).map(|n| n - 1).next()
}

fn is_word(view: &View<'_>, at: usize, words: &[&str]) -> bool {
    words.iter().any(|word| view.is(at, word))
}
