//! Reporting verbs: the words that belong to the cue, whose verb it is, and on which side the content stands.

use super::contents::{self, After, Piece};
use super::groups::{contracted, group_start, is_inverted, source_of};
use super::passives::{by_agent, passive};
use super::phrases::phrase_from;
use super::preposed::{before_source, clause_before, resumed, split_clause, wants_before};
use super::tags::Tag;
use super::view::{Run, View};
use super::{Candidate, CueKind};
use crate::lexicon::sourcing::{self as lexicon, Group, Report, takes};

/// The attribution that the verb at `at` makes, if it reports here at all.
pub(super) fn read(view: &View<'_>, at: usize) -> Option<Candidate> {
    let tag = view.tag(at)?;
    if !matches!(tag, Tag::Fin | Tag::Inf | Tag::Part | Tag::Ing) {
        return None;
    }
    let (verb, width) = view.report(at)?;
    let after = at + width;
    let cue_start = group_start(view, at);
    if tag == Tag::Part {
        let auxiliary =
            (cue_start..at).rev().find_map(|n| matches!(view.tags[n], Tag::Be | Tag::Have).then_some(view.tags[n]));
        return match auxiliary {
            Some(Tag::Be) if contracted(view, cue_start, at) && !view.is(after, "by") => {
                active(view, cue_start, at, after, verb)
            }
            Some(Tag::Be) => passive(view, cue_start, after, verb),
            Some(Tag::Have) => active(view, cue_start, at, after, verb),
            _ => by_agent(view, at, after, verb),
        };
    }
    active(view, cue_start, at, after, verb)
}

fn active(view: &View<'_>, cue_start: usize, at: usize, after: usize, verb: &Report) -> Option<Candidate> {
    let tag = view.tags[at];
    if at == 0
        && tag == Tag::Fin
        && verb.syntax & takes::QUOTE != 0
        && let Some(source) = phrase_from(view, after, true)
        && matches!(view.tag(source.end), Some(Tag::Colon | Tag::Comma))
        && let Some(found) = contents::after(view, source.end, verb)
    {
        return Some(Candidate {
            source: vec![source],
            cue: at..after,
            content: found.content,

            cue_kind: cue_kind(view, at, at, verb),
            expects: false,
            outer: false,
        });
    }
    let inverted = tag == Tag::Fin && cue_start == at && verb.syntax & takes::QUOTE != 0 && is_inverted(view, at);
    if inverted && let Some(found) = after_quote(view, at, after, verb) {
        return Some(found);
    }
    let issued = if tag == Tag::Ing && cue_start == at { issued(view, at) } else { None };
    if let Some((start, source)) = issued
        && let Some(found) = contents::after(view, after, verb)
        && !found.content.is_empty()
    {
        let (cue, cue_kind) = (start..found.cue_end, cue_kind(view, start, at, verb));
        return Some(Candidate {
            source: vec![source],
            cue,
            content: found.content,
            cue_kind,
            expects: false,
            outer: false,
        });
    }
    let source = source_of(view, cue_start, at, 4);
    let follows = contents::after(view, after, verb);
    if tag == Tag::Ing && cue_start == at && !gerund_reports(view, at, verb, source.as_ref(), follows.as_ref()) {
        return None;
    }
    let start = source.as_ref().map_or(cue_start, |run| run.start.min(cue_start));
    let directly = source.as_ref().is_some_and(|run| {
        run.end <= cue_start
            && view.tags[run.end..cue_start]
                .iter()
                .all(|tag| matches!(tag, Tag::Adv | Tag::Time | Tag::Prep | Tag::Num))
    });
    let before = if directly && tag != Tag::Ing { before_source(view, start) } else { None };
    let cue_kind = cue_kind(view, cue_start, at, verb);
    if let Some(Piece::Quote(number)) = before.as_ref()
        && verb.syntax & (takes::QUOTE | takes::CLAUSE) != 0
    {
        let mut content = vec![Piece::Quote(*number)];
        let mut cue_end = after;
        if let Some(second) =
            follows.as_ref().filter(|f| f.explicit && matches!(f.content.first(), Some(Piece::Quote(_))))
        {
            content.extend(second.content.iter().cloned());
        } else if let Some(next) = resumed(view, after) {
            content.push(next);
        } else if let Some(topic) = follows.as_ref().filter(|f| f.cue_end > after && f.explicit) {
            let _ = topic;
            cue_end = after;
        }
        return Some(Candidate {
            source: source.into_iter().collect(),
            cue: cue_start..cue_end,
            content,

            cue_kind,
            expects: false,
            outer: false,
        });
    }
    if let Some(After { cue_end, content, explicit }) = follows.clone()
        && (explicit || before.is_none() || !wants_before(view, after, start))
    {
        let expects = content.is_empty();
        let source = source.filter(|run| plausible(view, run, verb, explicit))?;
        let mut content = content;
        if let Some(what) = what_before(view, source.start).filter(|_| !expects) {
            content.insert(0, Piece::Run(what..what + 1));
        }
        return Some(Candidate {
            source: vec![source],
            cue: cue_start..cue_end,
            content,
            cue_kind,
            expects,
            outer: false,
        });
    }
    if before.is_none()
        && start == 0
        && directly
        && verb.syntax & takes::QUOTE != 0
        && tag == Tag::Fin
        && follows.is_none()
        && view.tag(after).is_none_or(|tag| matches!(tag, Tag::Stop | Tag::Comma))
    {
        let content = vec![Piece::Before];
        return Some(Candidate {
            source: source.into_iter().collect(),
            cue: cue_start..after,
            content,
            cue_kind,
            expects: false,
            outer: false,
        });
    }
    if before.is_none()
        && follows.is_none()
        && directly
        && matches!(tag, Tag::Fin | Tag::Part)
        && verb.syntax & (takes::OBJECT | takes::CLAUSE | takes::QUOTE) != 0
        && matches!(
            view.tag(after),
            None | Some(Tag::Stop | Tag::Comma | Tag::Prep | Tag::Conj | Tag::Dash | Tag::Time | Tag::Adv | Tag::Be)
        )
        && let Some(what) = what_before(view, start)
    {
        let content = vec![Piece::Run(what..what + 1)];
        let (source, cue) = (source.into_iter().collect(), cue_start..after);
        return Some(Candidate { source, cue, content, cue_kind: CueKind::Attitude, expects: false, outer: false });
    }
    let Some(Piece::Run(clause)) = before else { return None };
    let quotes = view.quote_until(clause.end).is_some();
    let closes = view.tag(after).is_none_or(|tag| tag == Tag::Stop) && view.has_finite(clause.clone());
    if !quotes && verb.syntax & takes::CLAUSE == 0
        || verb.syntax & takes::EXPLICIT != 0 && !closes
        || tag != Tag::Fin && tag != Tag::Part
    {
        return None;
    }
    let mut content = vec![Piece::Run(clause.clone())];
    if let Some(rest) = split_clause(view, after, &clause) {
        content.push(Piece::Run(rest));
    }
    // "But the gates, Pell said, stay shut": the joining word belongs to the writer.
    if content.len() > 1 && view.tag(clause.start) == Some(Tag::Conj) && clause.start + 1 < clause.end {
        content[0] = Piece::Run(clause.start + 1..clause.end);
    }
    Some(Candidate {
        source: source.into_iter().collect(),
        cue: cue_start..after,
        content,

        cue_kind,
        expects: false,
        outer: true,
    })
}

/// `what Pell called a pause`, `a tax, which she wants to raise`: the word before the source stands for what is said.
fn what_before(view: &View<'_>, start: usize) -> Option<usize> {
    let at = start.checked_sub(1).filter(|&n| !view.is_inside(n))?;
    let word = view.is(at, "what") || view.is(at, "which") || view.is(at, "whatever");
    (word && view.before(at) != Some(Tag::Prep) || view.is(at, "what")).then_some(at)
}

/// `Norvik issued a statement saying …`, `the wardens sent a letter to the board urging …`: who issued it speaks.
fn issued(view: &View<'_>, at: usize) -> Option<(usize, Run)> {
    const ISSUED: [&str; 26] = [
        "issued",
        "issue",
        "issues",
        "issuing",
        "released",
        "release",
        "releases",
        "sent",
        "send",
        "sends",
        "filed",
        "file",
        "files",
        "published",
        "publishes",
        "wrote",
        "writes",
        "posted",
        "posts",
        "circulated",
        "circulates",
        "signed",
        "unleashed",
        "made",
        "gave",
        "delivered",
    ];
    let low = at.saturating_sub(12);
    let verb = (low..at).rev().find(|&n| {
        !matches!(
            view.tags[n],
            Tag::Noun
                | Tag::Proper
                | Tag::Adj
                | Tag::Det
                | Tag::PossPron
                | Tag::Prep
                | Tag::Time
                | Tag::Num
                | Tag::Hyphen
        )
    })?;
    let thing = (verb + 1..at)
        .take_while(|&n| view.tags[n] != Tag::Prep || view.is(n, "of"))
        .any(|n| view.word(n).any(lexicon::DOC | lexicon::PLACENOUN) || view.is(n, "tweets") || view.is(n, "papers"));
    if !thing
        || !matches!(view.tags[verb], Tag::Fin | Tag::Part | Tag::Inf)
        || !ISSUED.iter().any(|word| view.is(verb, word))
    {
        return None;
    }
    let start = group_start(view, verb);
    if view.tags[start..verb].contains(&Tag::Be) {
        return None;
    }
    Some((start, source_of(view, start, verb, 3)?))
}

fn cue_kind(view: &View<'_>, cue_start: usize, at: usize, verb: &Report) -> CueKind {
    let group = &view.tags[cue_start..at];
    let unreal = group.iter().any(|tag| matches!(tag, Tag::Neg | Tag::Modal))
        || view.tags[at] == Tag::Inf && !view.word(cue_start).any(lexicon::ATTEMPT);
    if verb.group.is_strong() && !unreal { CueKind::Assertion } else { CueKind::Attitude }
}

/// A subject that can hold the attitude which a weak verb tells of.
fn plausible(view: &View<'_>, run: &Run, verb: &Report, explicit: bool) -> bool {
    // In "a letter that says" the letter speaks.
    let relative = run.len() == 1
        && view.is(run.start, "that")
        && view.before(run.start).is_some_and(Tag::is_nominal)
        && (view.word(run.start - 1).any(lexicon::DOC | lexicon::PLACENOUN | lexicon::CUENOUN)
            || verb.group == Group::Stance && verb.syntax & takes::EXPLICIT == 0);
    let dumb =
        !relative && (run.start..run.end).all(|n| view.is(n, "this") || view.is(n, "that") || view.is(n, "there"));
    if dumb {
        return verb.group == Group::Document && explicit;
    }
    let ambiguous = verb.syntax & takes::EXPLICIT != 0 && !explicit;
    if !ambiguous {
        return true;
    }
    (run.start..run.end).any(|n| {
        view.tags[n] == Tag::Proper || view.tags[n] == Tag::Pron || view.word(n).any(lexicon::ANON | lexicon::DOC)
    })
}

fn after_quote(view: &View<'_>, at: usize, after: usize, verb: &Report) -> Option<Candidate> {
    let source = phrase_from(view, after, true)?;
    let number = view.quote_until(at).or_else(|| view.quote_until(at - 1));
    let mut content = Vec::new();
    let outer = number.is_none();
    match number {
        Some(number) => {
            content.push(Piece::Quote(number));
            content.extend(resumed(view, source.end));
        }
        None => content.push(Piece::Run(clause_before(view, at - 1)?)),
    }
    Some(Candidate {
        source: vec![source],
        cue: at..after,
        content,

        cue_kind: cue_kind(view, at, at, verb),
        expects: false,
        outer,
    })
}

/// True if a bare gerund reports: after a comma always; after a noun or a preposition only where it surely speaks.
fn gerund_reports(view: &View<'_>, at: usize, verb: &Report, source: Option<&Run>, follows: Option<&After>) -> bool {
    let speaks = verb.group.is_strong() && follows.is_some_and(|after| after.explicit);
    match view.before(at) {
        Some(Tag::Prep) => {
            speaks
                || ["by", "before", "after", "while", "in", "despite"].iter().any(|w| view.is(at - 1, w))
                || view.is(at - 1, "as") && at >= 2 && view.is(at - 2, "quoted")
        }
        Some(Tag::Noun | Tag::Close) => {
            speaks || source.is_some_and(|run| (run.start..run.end).any(|n| view.word(n).any(lexicon::DOC)))
        }
        Some(Tag::Det) if view.before(at - 1) == Some(Tag::Comma) => speaks || follows.is_some(),
        Some(Tag::Det | Tag::PossPron | Tag::Possessive | Tag::Adj) => false,
        Some(Tag::Fin | Tag::Inf | Tag::Part | Tag::Ing) => verb.syntax & takes::QUOTE != 0 && speaks,
        _ => !view.is(at.wrapping_sub(1), "without"),
    }
}
