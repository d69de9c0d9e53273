//! Passive reporting: with an agent, or with nobody.

use super::contents::Piece;
use super::extents::object_end;
use super::phrases::phrase_from;
use super::subjects::subject;
use super::tags::Tag;
use super::view::View;
use super::{Candidate, CueKind};
use crate::lexicon::sourcing::{self as lexicon, Report, takes};

/// `is believed to have left`, `was criticised by Pell`.
pub(super) fn passive(view: &View<'_>, cue_start: usize, after: usize, verb: &Report) -> Option<Candidate> {
    let theme = subject(view, cue_start);
    if view.is(after, "by") {
        let source = phrase_from(view, after + 1, true)?;
        // "was quoted by the Gazette as saying": whose words they are is told by "saying".
        let saying = view.is(source.end, "as") && view.tag(source.end + 1) == Some(Tag::Ing);
        if saying && view.report(source.end + 1).is_some() {
            return None;
        }
        let person = view.tags[source.clone()].iter().any(|tag| matches!(tag, Tag::Proper | Tag::Pron | Tag::ObjPron))
            || (source.start..source.end).any(|n| view.word(n).any(lexicon::ANON | lexicon::VAGUE));
        // "endorsed by dozens of papers": only somebody can endorse.
        let stance = matches!(verb.group, lexicon::Group::Stance | lexicon::Group::Accuse | lexicon::Group::Deny)
            && view.tags[source.clone()].contains(&Tag::Noun)
            && view.at(source.end - 1).ends_with('s');
        if !person && !stance {
            return None;
        }
        let mut content: Vec<Piece> = theme.map(Piece::Run).into_iter().collect();
        if matches!(view.tag(source.end), Some(Tag::To | Tag::Prep))
            && (view.tag(source.end) == Some(Tag::To)
                || view.is(source.end, "as")
                || view.is(source.end, "of")
                || view.is(source.end, "for"))
        {
            content.push(Piece::Run(source.end..object_end(view, source.end, view.end(), true)));
        }
        return Some(Candidate {
            source: vec![source],
            cue: cue_start..after,
            content,
            cue_kind: CueKind::Attitude,
            expects: false,
            outer: false,
        });
    }
    let faulted = verb.group == lexicon::Group::Accuse && (view.is(after, "for") || view.is(after, "with"));
    if verb.syntax & takes::OBJECT_OF != 0 && view.is(after, "of") || faulted {
        let mut content: Vec<Piece> = theme.map(Piece::Run).into_iter().collect();
        content.push(Piece::Run(after + 1..object_end(view, after + 1, view.end(), true)));
        return Some(Candidate {
            source: Vec::new(),
            cue: cue_start..after + 1,
            content,
            cue_kind: CueKind::Hearsay,
            expects: false,
            outer: false,
        });
    }
    let impersonal = theme.as_ref().is_some_and(|run| run.len() == 1 && view.is(run.start, "it"));
    if impersonal && view.is(after, "that") && verb.syntax & takes::CLAUSE != 0 {
        let content = vec![Piece::Run(after..view.end())];
        return Some(Candidate {
            source: Vec::new(),
            cue: cue_start..after,
            content,
            cue_kind: CueKind::Hearsay,
            expects: false,
            outer: false,
        });
    }
    let hearsay = matches!(
        verb.lemma,
        "say" | "believe" | "think" | "understand" | "report" | "allege" | "rumour" | "estimate" | "claim" | "suspect"
    );
    let foreseen = matches!(verb.lemma, "expect" | "project" | "forecast" | "predict");
    if (hearsay || foreseen) && view.tag(after) == Some(Tag::To) {
        let mut content: Vec<Piece> = theme.map(Piece::Run).into_iter().collect();
        content.push(Piece::Run(after..object_end(view, after, view.end(), true)));
        return Some(Candidate {
            source: Vec::new(),
            cue: cue_start..after,
            content,
            cue_kind: if hearsay { CueKind::Hearsay } else { CueKind::Attitude },
            expects: false,
            outer: false,
        });
    }
    None
}

/// `as reported by Harbor Daily`, `a plan backed by Pell`.
pub(super) fn by_agent(view: &View<'_>, at: usize, after: usize, verb: &Report) -> Option<Candidate> {
    if !view.is(after, "by") {
        return None;
    }
    let source = phrase_from(view, after + 1, true)?;
    if !view.tags[source.clone()].iter().any(|tag| matches!(tag, Tag::Proper | Tag::ObjPron)) {
        return None;
    }
    let theme = subject(view, at)?;
    let cue_kind = if verb.group.is_strong() { CueKind::Assertion } else { CueKind::Attitude };
    Some(Candidate {
        source: vec![source],
        cue: at..after,
        content: vec![Piece::Run(theme)],

        cue_kind,
        expects: false,
        outer: false,
    })
}
