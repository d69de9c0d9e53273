//! Hearsay, which nobody in particular says: "reportedly", "it emerged that". The source is empty, the kind is vague.

use super::contents::Piece;
use super::tags::Tag;
use super::view::View;
use super::{Candidate, CueKind};

/// Adverbs that stand in for a source.
const ADVERBS: [&str; 6] = ["reportedly", "allegedly", "purportedly", "supposedly", "rumouredly", "rumoredly"];
/// Verbs of "it … that".
const IMPERSONAL: [&str; 10] =
    ["emerged", "emerges", "transpired", "transpires", "appears", "appeared", "seems", "seemed", "follows", "followed"];

/// The hearsay cue at `at`, if there is one.
pub(super) fn read(view: &View<'_>, at: usize) -> Option<Candidate> {
    adverb(view, at).or_else(|| impersonal(view, at))
}

/// `The depot was reportedly emptied`: the clause around the adverb is the content.
fn adverb(view: &View<'_>, at: usize) -> Option<Candidate> {
    if view.tag(at) != Some(Tag::Adv) || !ADVERBS.iter().any(|word| view.is(at, word)) {
        return None;
    }
    // "the allegedly stolen ledger" describes a thing and reports nothing.
    if matches!(view.before(at), Some(Tag::Det | Tag::Adj | Tag::PossPron | Tag::Possessive)) {
        return None;
    }
    let breaks = |n: &usize| matches!(view.tags[*n], Tag::Semi | Tag::Colon) && !view.is_inside(*n);
    let start = (0..at).rev().find(breaks).map_or(0, |n| n + 1);
    let end = (at..view.end()).find(breaks).unwrap_or(view.end());
    let mut content = Vec::new();
    if start < at {
        content.push(Piece::Run(start..at));
    }
    if at + 1 < end {
        content.push(Piece::Run(at + 1..end));
    }
    Some(Candidate {
        source: Vec::new(),
        cue: at..at + 1,
        content,
        cue_kind: CueKind::Hearsay,
        expects: false,
        outer: false,
    })
}

/// `It emerged that …`.
fn impersonal(view: &View<'_>, at: usize) -> Option<Candidate> {
    let verb = at > 0 && view.is(at - 1, "it") && IMPERSONAL.iter().any(|word| view.is(at, word));
    if !verb || !view.is(at + 1, "that") {
        return None;
    }
    let content = vec![Piece::Run(at + 1..view.end())];
    Some(Candidate {
        source: Vec::new(),
        cue: at..at + 1,
        content,
        cue_kind: CueKind::Hearsay,
        expects: false,
        outer: false,
    })
}
