//! Reporting verbs: the words that belong to the cue, whose verb it is, and on which side the content stands.

use super::contents::{self, After, Piece};
use super::phrases::{phrase_from, subject};
use super::tags::Tag;
use super::view::{Run, View};
use super::{Found, Shade};
use crate::lexicon::sourcing::{self as lexicon, Group, Report, takes};

/// What the verb at `at` attributes, if it reports here at all.
pub(super) fn read(view: &View<'_>, at: usize) -> Option<Found> {
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

/// `he’s called for`: the auxiliary is a short "has" as likely as "is".
fn contracted(view: &View<'_>, cue_start: usize, at: usize) -> bool {
    (cue_start..at).any(|n| {
        view.tags[n] == Tag::Be
            && view.at(n).ends_with(['s', 'S'])
            && view.at(n).len() <= 4
            && !view.is(n, "is")
            && !view.is(n, "was")
    })
}

/// Where the group of the verb at `at` begins, and whether it is passive.
pub(super) fn group(view: &View<'_>, at: usize) -> (usize, bool) {
    let start = group_start(view, at);
    let be = view.tags[start..at].contains(&Tag::Be) && view.tags[at] == Tag::Part;
    (start, be && !contracted(view, start, at))
}

/// Auxiliaries, adverbs and "went on to" before the verb.
fn group_start(view: &View<'_>, at: usize) -> usize {
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
                let chain = left > 0 && view.word(left - 1).any(lexicon::ATTEMPT);
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
fn follows_subject(view: &View<'_>, at: usize) -> bool {
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

fn active(view: &View<'_>, cue_start: usize, at: usize, after: usize, verb: &Report) -> Option<Found> {
    let tag = view.tags[at];
    if at == 0
        && tag == Tag::Fin
        && verb.syntax & takes::QUOTE != 0
        && let Some(source) = phrase_from(view, after, true)
        && matches!(view.tag(source.end), Some(Tag::Colon | Tag::Comma))
        && let Some(found) = contents::after(view, source.end, verb)
    {
        return Some(Found {
            source: vec![source],
            cue: at..after,
            content: found.content,

            shade: shade(view, at, at, verb),
            expects: false,
            outer: false,
        });
    }
    let inverted = tag == Tag::Fin && cue_start == at && verb.syntax & takes::QUOTE != 0 && is_inverted(view, at);
    if inverted && let Some(found) = after_quote(view, at, after, verb) {
        return Some(found);
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
    let shade = shade(view, cue_start, at, verb);
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
        return Some(Found {
            source: source.into_iter().collect(),
            cue: cue_start..cue_end,
            content,

            shade,
            expects: false,
            outer: false,
        });
    }
    if let Some(After { cue_end, content, explicit }) = follows.clone()
        && (explicit || before.is_none() || !wants_before(view, after, start))
    {
        let expects = content.is_empty();
        let source = source.filter(|run| plausible(view, run, verb, explicit))?;
        return Some(Found { source: vec![source], cue: cue_start..cue_end, content, shade, expects, outer: false });
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
        return Some(Found {
            source: source.into_iter().collect(),
            cue: cue_start..after,
            content,
            shade,
            expects: false,
            outer: false,
        });
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
    Some(Found {
        source: source.into_iter().collect(),
        cue: cue_start..after,
        content,

        shade,
        expects: false,
        outer: true,
    })
}

fn shade(view: &View<'_>, cue_start: usize, at: usize, verb: &Report) -> Shade {
    let group = &view.tags[cue_start..at];
    let unreal = group.iter().any(|tag| matches!(tag, Tag::Neg | Tag::Modal))
        || view.tags[at] == Tag::Inf && !view.word(cue_start).any(lexicon::ATTEMPT);
    if verb.group.is_strong() && !unreal { Shade::Strong } else { Shade::Weak }
}

/// A subject that can hold the attitude which a weak verb tells of.
fn plausible(view: &View<'_>, run: &Run, verb: &Report, explicit: bool) -> bool {
    let dumb = (run.start..run.end).all(|n| view.is(n, "this") || view.is(n, "that") || view.is(n, "there"));
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

/// `“…,” said Pell`: the verb stands after a quotation or a comma, before its subject.
fn is_inverted(view: &View<'_>, at: usize) -> bool {
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
                    .take_while(|tag| !matches!(tag, Tag::Comma | Tag::Stop))
                    .any(|tag| tag.is_finite()))
}

fn after_quote(view: &View<'_>, at: usize, after: usize, verb: &Report) -> Option<Found> {
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
    Some(Found {
        source: vec![source],
        cue: at..after,
        content,

        shade: shade(view, at, at, verb),
        expects: false,
        outer,
    })
}

/// `“Q1,” Pell said, “Q2”`: the second half.
fn resumed(view: &View<'_>, from: usize) -> Option<Piece> {
    let end = view.len().min(from + 24);
    for at in from..end {
        if let Some(number) = view.quote_from(at) {
            let comma = view
                .before(at)
                .is_some_and(|tag| matches!(tag, Tag::Comma | Tag::Dash | Tag::Semi | Tag::Stop | Tag::Colon));
            return (comma && view.quotes[number].speech).then_some(Piece::Quote(number));
        }
        if view.tags[at].is_finite() || view.tags[at] == Tag::Ing && view.report(at).is_some() {
            return None;
        }
    }
    None
}

/// The quotation or clause that ends right before the source at `start`.
fn before_source(view: &View<'_>, start: usize) -> Option<Piece> {
    let mut at = start;
    if view.quote_until(at).is_none() {
        if !matches!(view.before(at), Some(Tag::Comma | Tag::Dash)) {
            let as_told = at >= 4 && view.is(at - 1, "as") && view.tags[at - 2] == Tag::Comma;
            return if as_told { clause_before(view, at - 2).map(Piece::Run) } else { None };
        }
        at -= 1;
    }
    if let Some(number) = view.quote_until(at) {
        let quote = &view.quotes[number].run;
        let lead = clause_start(view, quote.start);
        let intro =
            lead < quote.start && quote.start - lead <= 14 && view.quotes[..number].iter().all(|q| q.run.end <= lead);
        if !intro {
            return view.quotes[number].speech.then_some(Piece::Quote(number));
        }
        let reports = (lead..quote.start).any(|n| {
            view.report(n).is_some_and(|(verb, _)| verb.syntax & takes::QUOTE != 0) && view.tags[n] == Tag::Fin
        });
        if reports {
            return view.quotes[number].speech.then_some(Piece::Quote(number));
        }
        return Some(Piece::Run(lead..at));
    }
    if at == start {
        return None;
    }
    clause_before(view, at).map(Piece::Run)
}

/// Where the clause of `at` begins: after its sentence's dateline, joining word, semicolon or colon.
fn clause_start(view: &View<'_>, at: usize) -> usize {
    let start = (0..at)
        .rev()
        .find(|&n| matches!(view.tags[n], Tag::Semi | Tag::Colon) && !view.is_inside(n))
        .map_or(0, |n| n + 1);
    let dateline = view.first && start == 0 && view.tokens.first().is_some_and(|token| token.all_capitals);
    let dash = (1..at.min(12)).find(|&n| view.tags[n] == Tag::Dash).filter(|_| dateline);
    dash.map_or(start, |n| n + 1)
}

/// The clause that ends before the comma at `comma`, from its sentence's begin or the last strong break.
fn clause_before(view: &View<'_>, comma: usize) -> Option<Run> {
    let start = clause_start(view, comma);
    (start < comma).then_some(start..comma)
}

/// The clause before the source is the content: nothing that could be one follows the verb.
fn wants_before(view: &View<'_>, after: usize, start: usize) -> bool {
    let clause = start > 0 && view.has_finite(0..start - 1);
    let tail = view.tag(after).is_none_or(|tag| {
        matches!(tag, Tag::Stop | Tag::Comma | Tag::Time | Tag::Prep | Tag::Dash | Tag::Adv | Tag::Sub)
    });
    clause && tail
}

/// Whether a bare gerund reports: after a comma always; after a noun or a preposition only where it surely speaks.
fn gerund_reports(view: &View<'_>, at: usize, verb: &Report, source: Option<&Run>, follows: Option<&After>) -> bool {
    let speaks = verb.group.is_strong() && follows.is_some_and(|after| after.explicit);
    match view.before(at) {
        Some(Tag::Prep) => {
            speaks || ["by", "before", "after", "while", "in", "despite"].iter().any(|w| view.is(at - 1, w))
        }
        Some(Tag::Noun | Tag::Close) => {
            speaks || source.is_some_and(|run| (run.start..run.end).any(|n| view.word(n).any(lexicon::DOC)))
        }
        Some(Tag::Det | Tag::PossPron | Tag::Possessive | Tag::Adj) => false,
        Some(Tag::Fin | Tag::Inf | Tag::Part | Tag::Ing) => verb.syntax & takes::QUOTE != 0 && speaks,
        _ => !view.is(at.wrapping_sub(1), "without"),
    }
}

/// `But, Pell said, the gates stay shut`: the rest after the cue's comma.
fn split_clause(view: &View<'_>, after: usize, before: &Run) -> Option<Run> {
    if view.tag(after) != Some(Tag::Comma) {
        return None;
    }
    let rest = after + 1..view.end();
    let first = view.tag(rest.start)?;
    let finite = view.has_finite(rest.clone());
    let fragment = !view.has_finite(before.clone())
        || (view.word(before.start).any(lexicon::SUB) && !view.tags[before.clone()].contains(&Tag::Comma));
    let starts = !matches!(first, Tag::Ing | Tag::Conj | Tag::Sub | Tag::Wh);
    let predicate = first.is_finite();
    let second = first == Tag::Conj
        && (view.quote_from(rest.start + 1).is_some() || view.tag(rest.start + 1).is_some_and(Tag::begins_phrase))
        && finite
        && (rest.start..rest.end).all(|n| view.is_inside(n) || view.report(n).is_none() || !view.tags[n].is_finite());
    let tail = starts && !finite && rest.len() > 3 && !fragment && first == Tag::Prep;
    let tail = tail
        || first == Tag::Sub
            && (rest.start..rest.end)
                .all(|n| view.is_inside(n) || view.report(n).is_none() || !view.tags[n].is_finite());
    ((fragment && finite) || predicate || second || tail).then_some(rest)
}

/// Whose verb the group at `cue_start` is. `depth` bounds the walk from verb to verb.
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
fn relative(view: &View<'_>, at: usize) -> bool {
    let mut left = at;
    while left > 0 && (view.tags[left - 1].is_finite() || matches!(view.tags[left - 1], Tag::Adv | Tag::Neg)) {
        left -= 1;
    }
    left > 1 && ["who", "which", "that"].iter().any(|w| view.is(left - 1, w)) && view.tags[left - 2].is_nominal()
}

/// `is believed to have left`, `was criticised by Pell`.
fn passive(view: &View<'_>, cue_start: usize, after: usize, verb: &Report) -> Option<Found> {
    let theme = subject(view, cue_start);
    if view.is(after, "by") {
        let source = phrase_from(view, after + 1, true)?;
        let person = view.tags[source.clone()].iter().any(|tag| matches!(tag, Tag::Proper | Tag::Pron | Tag::ObjPron))
            || (source.start..source.end).any(|n| view.word(n).any(lexicon::ANON | lexicon::VAGUE));
        if !person {
            return None;
        }
        let mut content: Vec<Piece> = theme.map(Piece::Run).into_iter().collect();
        if matches!(view.tag(source.end), Some(Tag::To | Tag::Prep))
            && (view.tag(source.end) == Some(Tag::To)
                || view.is(source.end, "as")
                || view.is(source.end, "of")
                || view.is(source.end, "for"))
        {
            content.push(Piece::Run(source.end..contents::object_end(view, source.end, view.end(), true)));
        }
        return Some(Found {
            source: vec![source],
            cue: cue_start..after,
            content,

            shade: Shade::Weak,
            expects: false,
            outer: false,
        });
    }
    if verb.syntax & takes::OBJECT_OF != 0 && view.is(after, "of") {
        let mut content: Vec<Piece> = theme.map(Piece::Run).into_iter().collect();
        content.push(Piece::Run(after + 1..contents::object_end(view, after + 1, view.end(), true)));
        return Some(Found {
            source: Vec::new(),
            cue: cue_start..after + 1,
            content,
            shade: Shade::Hearsay,
            expects: false,
            outer: false,
        });
    }
    let impersonal = theme.as_ref().is_some_and(|run| run.len() == 1 && view.is(run.start, "it"));
    if impersonal && view.is(after, "that") && verb.syntax & takes::CLAUSE != 0 {
        let content = vec![Piece::Run(after..view.end())];
        return Some(Found {
            source: Vec::new(),
            cue: cue_start..after,
            content,

            shade: Shade::Hearsay,
            expects: false,
            outer: false,
        });
    }
    let hearsay = matches!(
        verb.lemma,
        "say" | "believe" | "think" | "understand" | "report" | "allege" | "rumour" | "estimate" | "claim" | "suspect"
    );
    if hearsay && view.tag(after) == Some(Tag::To) {
        let mut content: Vec<Piece> = theme.map(Piece::Run).into_iter().collect();
        content.push(Piece::Run(after..contents::object_end(view, after, view.end(), true)));
        return Some(Found {
            source: Vec::new(),
            cue: cue_start..after,
            content,

            shade: Shade::Hearsay,
            expects: false,
            outer: false,
        });
    }
    None
}

/// `as reported by Harbor Daily`, `a plan backed by Pell`.
fn by_agent(view: &View<'_>, at: usize, after: usize, verb: &Report) -> Option<Found> {
    if !view.is(after, "by") {
        return None;
    }
    let source = phrase_from(view, after + 1, true)?;
    if !view.tags[source.clone()].iter().any(|tag| matches!(tag, Tag::Proper | Tag::ObjPron)) {
        return None;
    }
    let theme = subject(view, at)?;
    let shade = if verb.group.is_strong() { Shade::Strong } else { Shade::Weak };
    Some(Found {
        source: vec![source],
        cue: at..after,
        content: vec![Piece::Run(theme)],

        shade,
        expects: false,
        outer: false,
    })
}
