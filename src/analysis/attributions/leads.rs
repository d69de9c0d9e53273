//! Phrases before a clause that say where it comes from, without a verb of saying of its own: "As Pell put it, …",
//! "In a poll by Harbor Daily, …", "By Pell's own account, …", "Under Doss's plan, …".
//!
//! Asked last, and only of a sentence in which nobody was found to speak: an occasion ("In an interview, Pell said") is no
//! source of its own.

use super::contents::Piece;
use super::groups::group_start;
use super::phrases::phrase_from;
use super::subjects::{owner, subject};
use super::tags::Tag;
use super::view::{Run, View};
use super::{Candidate, CueKind};
use crate::lexicon::sourcing::takes;

/// A clause after "as" with its verb has at most so many tokens.
const CLAUSE: usize = 16;
/// Counts that somebody made and published.
const COUNTS: [&str; 7] = ["poll", "polls", "survey", "surveys", "study", "studies", "census"];
/// Nouns for what one has or gives of a matter.
const ACCOUNTS: [&str; 10] = [
    "account",
    "accounts",
    "admission",
    "estimate",
    "estimates",
    "count",
    "counts",
    "reckoning",
    "calculation",
    "calculations",
];
const PLANS: [&str; 6] = ["plan", "plans", "proposal", "proposals", "scheme", "bill"];

/// The attribution that the sentence's lead, or a parenthesis, makes.
pub(super) fn read(view: &View<'_>) -> Option<Candidate> {
    let small = |tag: &Tag| matches!(tag, Tag::Conj | Tag::Adv | Tag::Comma);
    let lead = view.tags.iter().take_while(|tag| small(tag)).count();
    (0..view.len())
        .filter(|&at| !view.is_inside(at))
        .filter(|&at| at <= lead || view.before(at) == Some(Tag::Comma))
        .find_map(|at| as_told(view, at).or_else(|| counted(view, at)).or_else(|| accounted(view, at)))
        .or_else(|| based(view))
}

/// `As Pell put it, the gate was shut`; `The gate, as Harbor Daily has reported, was shut`.
fn as_told(view: &View<'_>, at: usize) -> Option<Candidate> {
    if !view.is(at, "as") {
        return None;
    }
    let stop = view.len().min(at + CLAUSE);
    let verb = (at + 2..stop).find(|&n| {
        let put = view.is(n, "put") || view.is(n, "puts");
        let says = view.report(n).is_some_and(|(verb, _)| {
            verb.syntax & (takes::CLAUSE | takes::QUOTE) != 0 && verb.syntax & takes::EXPLICIT == 0
        });
        (put && view.is(n + 1, "it") || says) && matches!(view.tags[n], Tag::Fin | Tag::Part)
    })?;
    let width = view.report(verb).map_or(1, |(_, width)| width);
    let cue_end = verb + width + usize::from(view.is(verb + 1, "it"));
    let end = circumstance_end(view, cue_end)?;
    let start = group_start(view, verb);
    let source = subject(view, start).filter(|run| run.start > at)?;
    let content = around(view, at, end);
    let found = Candidate {
        source: vec![source],
        cue: start..cue_end,
        content,
        cue_kind: CueKind::Assertion,
        expects: false,
        outer: false,
    };
    (!found.content.is_empty()).then_some(found)
}

/// Over `in a statement to Harbor Daily in July` to the comma, or the end, of a parenthesis.
fn circumstance_end(view: &View<'_>, from: usize) -> Option<usize> {
    let stop = view.len().min(from + CLAUSE);
    let end = (from..stop)
        .find(|&n| {
            !(view.tags[n].is_nominal()
                || matches!(view.tags[n], Tag::Prep | Tag::Det | Tag::Adj | Tag::Adv | Tag::PossPron)
                || matches!(view.tags[n], Tag::Time | Tag::Possessive | Tag::Hyphen))
        })
        .unwrap_or(stop);
    let begins = end == from || matches!(view.tag(from), Some(Tag::Prep | Tag::Time | Tag::Adv));
    (begins && matches!(view.tag(end), None | Some(Tag::Comma | Tag::Stop))).then_some(end)
}

/// `In a poll by Harbor Daily, Doss led Orr by five points.`
fn counted(view: &View<'_>, at: usize) -> Option<Candidate> {
    if !view.is(at, "in") {
        return None;
    }
    let source = phrase_from(view, at + 1, true)?;
    let comma = if view.tag(source.end) == Some(Tag::Comma) { source.end } else { source.end.checked_sub(1)? };
    if view.tag(comma) != Some(Tag::Comma) || !has_count(view, &source) {
        return None;
    }
    // "In a poll, conducted in May, Doss led"
    let aside = (view.tag(comma + 1) == Some(Tag::Part))
        .then(|| (comma + 2..view.len().min(comma + CLAUSE)).find(|&n| view.tags[n] == Tag::Comma))
        .flatten();
    let rest = aside.unwrap_or(comma) + 1..view.end();
    let found = view.has_finite(rest.clone()) && view.tag(rest.start).is_some_and(Tag::begins_phrase);
    let source = source.start..comma;
    found.then(|| Candidate {
        source: vec![source],
        cue: at..at + 1,
        content: vec![Piece::Run(rest)],
        cue_kind: CueKind::Assertion,
        expects: false,
        outer: false,
    })
}

/// The head of the phrase, or of what its "of" holds, is a count that was made.
fn has_count(view: &View<'_>, run: &Run) -> bool {
    let head = run.clone().take_while(|&n| view.tags[n] != Tag::Prep || n == run.start).last();
    let count = |n: usize| COUNTS.iter().any(|word| view.is(n, word));
    head.is_some_and(count) || run.clone().any(|n| count(n) && n > run.start && view.is(n - 1, "of"))
}

/// `By Pell's own account, …`, `…, by one estimate`; `Under Doss's plan, …`.
fn accounted(view: &View<'_>, at: usize) -> Option<Candidate> {
    let (by, under) = (view.is(at, "by"), view.is(at, "under"));
    if !by && !under {
        return None;
    }
    let nouns: &[&str] = if by { &ACCOUNTS } else { &PLANS };
    let stop = view.len().min(at + 10);
    let noun = (at + 1..stop)
        .take_while(|&n| !matches!(view.tags[n], Tag::Comma | Tag::Prep | Tag::Stop) && !view.tags[n].is_finite())
        .find(|&n| nouns.iter().any(|word| view.is(n, word)))?;
    let end = noun + 1;
    if !matches!(view.tag(end), None | Some(Tag::Comma | Tag::Stop)) {
        return None;
    }
    let mut left = noun;
    while left > at + 1 && matches!(view.tags[left - 1], Tag::Adj | Tag::Noun | Tag::Adv) {
        left -= 1;
    }
    let (source, cue) = match view.before(left) {
        Some(Tag::PossPron) => (left - 1..left, left..end),
        Some(Tag::Possessive) => (owner(view, left - 1)?.start..left, left..end),
        // "One estimate" stands for whoever made it; "the plan" may be anybody's.
        Some(Tag::Det | Tag::Num) if by && view.before(left - 1) == view.tag(at) => (left - 1..end, at..at + 1),
        _ => return None,
    };
    if source.start <= at {
        return None;
    }
    let content = around(view, at, end);
    let cue_kind = if by { CueKind::Assertion } else { CueKind::Attitude };
    let found = Candidate { source: vec![source], cue, content, cue_kind, expects: false, outer: false };
    (!found.content.is_empty()).then_some(found)
}

/// `based on figures from the ministry`, `data from Lusk`, `a tally by Harbor Daily`: a count with its maker.
fn based(view: &View<'_>) -> Option<Candidate> {
    const MADE: [&str; 22] = [
        "survey",
        "surveys",
        "study",
        "studies",
        "poll",
        "polls",
        "analysis",
        "tally",
        "count",
        "research",
        "monitoring",
        "data",
        "figures",
        "statistics",
        "records",
        "report",
        "reports",
        "estimate",
        "estimates",
        "ranking",
        "rankings",
        "index",
    ];
    (1..view.len()).filter(|&at| !view.is_inside(at)).find_map(|at| {
        let by = view.is(at, "by") || view.is(at, "from");
        let made = by && MADE.iter().any(|w| view.is(at - 1, w));
        let named = view.tag(at + 1) == Some(Tag::Proper)
            || view.tag(at + 1) == Some(Tag::Det)
                && matches!(view.tag(at + 2), Some(Tag::Proper | Tag::Noun | Tag::Adj));
        if !made || !named {
            return None;
        }
        let mut start = at - 1;
        while start > 0 && matches!(view.tags[start - 1], Tag::Det | Tag::Adj | Tag::Noun | Tag::Num) {
            start -= 1;
        }
        let maker = phrase_from(view, at + 1, false)?;
        let source = start..maker.end;
        // Only beside the clause: after "in", "on", or a comma, not as what the clause is about.
        let before = view.before(start)?;
        let beside = before == Tag::Comma || ["in", "on", "per", "from"].iter().any(|w| view.is(start - 1, w));
        let mut at = start - usize::from(beside && before != Tag::Comma);
        if at > 0 && (view.is(at - 1, "based") || view.is(at - 1, "drawn")) {
            at -= 1;
        }
        let content = around(view, at, source.end);
        let cue = if at < start { at..start } else { maker.start - 1..maker.start };
        (beside && !content.is_empty() && at < start).then_some(Candidate {
            source: vec![source],
            cue,
            content,
            cue_kind: CueKind::Assertion,
            expects: false,
            outer: false,
        })
    })
}

/// The clause before and the clause after a parenthesis from `at` to `end`.
fn around(view: &View<'_>, at: usize, end: usize) -> Vec<Piece> {
    let mut content = Vec::new();
    let before = at.saturating_sub(usize::from(view.before(at) == Some(Tag::Comma)));
    if view.tags[..before].iter().any(|tag| tag.is_nominal() || *tag == Tag::Pron) {
        content.push(Piece::Run(0..before));
    }
    let rest = end + 1..view.end();
    if view.tag(end) == Some(Tag::Comma) && rest.start < rest.end {
        content.push(Piece::Run(rest));
    }
    let finite = content.iter().any(|piece| matches!(piece, Piece::Run(run) if view.has_finite(run.clone())));
    if finite { content } else { Vec::new() }
}

/// `Harbor Daily puts the value at 640 million crowns`: somebody's figure, in a verb that says nothing without it.
pub(super) fn put_at(view: &View<'_>, at: usize) -> Option<Candidate> {
    const VERBS: [&str; 9] = ["put", "puts", "putting", "place", "places", "placed", "peg", "pegs", "pegged"];
    if !matches!(view.tag(at), Some(Tag::Fin | Tag::Inf | Tag::Part | Tag::Ing))
        || !VERBS.iter().any(|w| view.is(at, w))
    {
        return None;
    }
    let stop = view.len().min(at + 16);
    let sign = (at + 2..stop)
        .take_while(|&n| !view.is_inside(n) && !view.tags[n].is_finite() && view.tags[n] != Tag::Comma)
        .find(|&n| view.is(n, "at"))?;
    if !view.tag(at + 1).is_some_and(|tag| tag.begins_phrase() || tag == Tag::ObjPron) {
        return None;
    }
    // "At 640 million", "at about 20,000", "at more than half": a number, not an hour.
    let number = (sign + 1..view.len().min(sign + 5))
        .take_while(|&n| matches!(view.tags[n], Tag::Adv | Tag::Prep | Tag::Adj | Tag::Num | Tag::Sub | Tag::Det))
        .find(|&n| view.tags[n] == Tag::Num)?;
    let hour = view.tag(number + 1).is_some_and(|tag| tag == Tag::Time || tag == Tag::Colon)
        || ["a", "p", "am", "pm", "o"].contains(&view.at(number + 1).split(['.', '\'', '’']).next().unwrap_or(""));
    let start = group_start(view, at);
    if hour || view.tags[start..at].contains(&Tag::Be) {
        return None;
    }
    let source = super::groups::source_of(view, start, at, 3)?;
    let end = super::extents::object_end(view, at + 1, view.end(), false).max(number + 1);
    let content = vec![Piece::Run(at + 1..end)];
    let unreal = view.tags[start..at].iter().any(|tag| matches!(tag, Tag::Modal | Tag::Neg));
    let cue_kind = if unreal { CueKind::Attitude } else { CueKind::Assertion };
    Some(Candidate { source: vec![source], cue: start..at + 1, content, cue_kind, expects: false, outer: false })
}
