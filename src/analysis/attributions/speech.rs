//! The act that an attribution reports: said, denied, kept back, only supposed, thought or wanted, or done.
//!
//! The cue's head (its verb or noun) says what kind of act it is; [`reality`] says whether it took place.

use super::contents::Piece;
use super::reality::{self, Reality};
use super::tags::Tag;
use super::view::{Run, View};
use super::{Candidate, CueKind};
use crate::analysis::facts::Speech;
use crate::lexicon::sourcing::{self as lexicon, Act, Group, Report, takes};
use crate::lexicon::speech::{
    ACCESS, ATTITUDE, CLAIMED, DENIAL, DONE, GAIN, HARMLESS, HOLDS, REFUSAL, REQUEST, SPEAKING, SPOKEN,
};

/// Verbs that leave the words of the content as they are.
const BARE: [&str; 3] = ["say", "tell", "speak"];

/// The act that a cue reports, and the words that say so.
pub(super) struct CueReading {
    /// The act.
    pub(super) speech: Speech,
    /// The cue with what denies it: "has yet to say", "would neither confirm nor deny", "vowed not".
    pub(super) phrase: Run,
    /// It says no more than that it was said.
    pub(super) plain: bool,
}

/// The act that the source of `one` did with its content.
pub(super) fn read(view: &View<'_>, one: &Candidate) -> CueReading {
    let (speech, from) = if one.cue_kind == CueKind::Turn { (Speech::Said, one.cue.start) } else { weighed(view, one) };
    let mut phrase = one.cue.clone();
    if matches!(speech, Speech::NotSaid | Speech::Attitude) {
        phrase.start = phrase.start.min(from);
    } else if view.tag(phrase.start) == Some(Tag::To) && phrase.len() > 1 {
        phrase.start += 1;
    }
    // "vowed not to sell": the content begins after the "not".
    let starts = one.content.iter().find_map(|piece| match piece {
        Piece::Run(run) => Some(run.start),
        Piece::Quote(number) => Some(view.quotes[*number].run.start),
        Piece::Before => None,
    });
    let gap = starts.filter(|&start| start > phrase.end && start - phrase.end <= 6);
    let denied = gap.is_some_and(|start| view.tags[phrase.end..start].contains(&Tag::Neg));
    if let Some(start) = gap.filter(|_| denied) {
        phrase.end = start;
    }
    let plain = !denied && speech != Speech::NotSaid && is_plain(view, one);
    CueReading { speech, phrase, plain }
}

fn weighed(view: &View<'_>, one: &Candidate) -> (Speech, usize) {
    let head = head(view, one);
    let at = match head {
        Head::Verb(at, ..) | Head::Other(at, _) => at,
        Head::None => one.cue.start,
    };
    let act = match head {
        Head::Verb(at, verb) => of_verb(view, one, at, verb),
        Head::Other(_, act) => act,
        Head::None => Act::Speech,
    };
    let (reality, from) = reality::read(view, one, at);
    let reality = if reality == Reality::Real && is_nothing(view, one, at) { Reality::Negated } else { reality };
    // "offered no proof": the verb says something by its noun only.
    let light = view.word(at).any(lexicon::LIGHT) && !view.is_of(at, HOLDS);
    let act = if act == Act::Attitude && light && is_nothing(view, one, at) { Act::Speech } else { act };
    let speech = match (act, reality) {
        (_, Reality::Supposed) => Speech::Supposed,
        (Act::Speech, Reality::Real) if is_yet_to_come(view, one) => Speech::Supposed,
        (Act::Attitude | Act::Rejection, _) => Speech::Attitude,
        (Act::Deed, _) => Speech::Deed,
        (Act::Refusal, Reality::Real) | (Act::Speech | Act::Denial, Reality::Negated) => Speech::NotSaid,
        // "did not hesitate to say"
        (Act::Refusal, Reality::Negated) | (Act::Speech, Reality::Real) => Speech::Said,
        (Act::Denial, Reality::Real) => Speech::Denied,
    };
    (speech, from)
}

/// True if the cue says no more than that it was said.
fn is_plain(view: &View<'_>, one: &Candidate) -> bool {
    let head = head(view, one);
    let Head::Verb(at, verb) = head else {
        // "puts the value at 640 million": a verb that is in no list of reporting verbs.
        let puts = |n: usize| ["put", "place", "peg"].iter().any(|stem| view.at(n).starts_with(stem));
        return matches!(head, Head::None) && !one.cue.clone().any(|n| puts(n) && !view.is(n + 1, "it"));
    };
    let bare = |n: usize| view.tags[n] == Tag::To && n == one.cue.start && at == n + 1;
    BARE.contains(&verb.lemma)
        && one.cue.clone().filter(|&n| n != at).all(|n| {
            matches!(view.tags[n], Tag::Have | Tag::Be | Tag::Colon | Tag::Prep | Tag::Time)
                || view.is_of(n, HARMLESS)
                || bare(n)
        })
}

/// The word that a cue rests on.
#[derive(Clone, Copy)]
enum Head {
    Verb(usize, &'static Report),
    /// A noun, an adjective, or a verb that says something by its noun.
    Other(usize, Act),
    None,
}

fn head(view: &View<'_>, one: &Candidate) -> Head {
    let cue = &one.cue;
    let verb = cue.clone().rev().find_map(|n| {
        let verb = matches!(view.tags[n], Tag::Fin | Tag::Inf | Tag::Part | Tag::Ing);
        view.report(n).filter(|_| verb).map(|(report, _)| Head::Verb(n, report))
    });
    if let Some(verb) = verb {
        return verb;
    }
    let is_noun = |n: &usize| matches!(view.tags[*n], Tag::Noun | Tag::Proper) && view.word(*n).any(lexicon::CUENOUN);
    let Some(noun) = cue.clone().rev().find(is_noun) else {
        let view_of = |n: usize| view.word(n).any(lexicon::CLAUSEADJ | lexicon::HOLDER);
        return cue.clone().find(|&n| view_of(n)).map_or(Head::None, |n| Head::Other(n, Act::Attitude));
    };
    let light = cue.clone().find(|&n| view.word(n).any(lexicon::LIGHT) && !view.tags[n].is_nominal());
    // "voiced concern" is speech, "had doubts" is none.
    let voiced = light.is_some_and(|n| !view.is_of(n, HOLDS));
    let act = match () {
        () if view.is_of(noun, DENIAL) => Act::Denial,
        () if view.is_of(noun, REFUSAL) && is_refusal_to_speak(view, one) => Act::Refusal,
        () if view.is_of(noun, REFUSAL) => Act::Attitude,
        () if view.is_of(noun, ATTITUDE) && !voiced => Act::Attitude,
        () => Act::Speech,
    };
    Head::Other(light.unwrap_or(noun), act)
}

fn of_verb(view: &View<'_>, one: &Candidate, at: usize, verb: &Report) -> Act {
    let quoted = one.content.iter().any(|piece| match piece {
        Piece::Quote(number) => view.quotes[*number].speech,
        Piece::Before => true,
        Piece::Run(_) => false,
    });
    match verb.act {
        Act::Refusal if is_refusal_to_speak(view, one) => Act::Refusal,
        Act::Refusal => Act::Deed,
        Act::Rejection if is_of_words(view, one) => Act::Denial,
        // "dismissed the minister", "rebuffed the attack"
        Act::Rejection if matches!(verb.lemma, "dismiss" | "rebuff" | "discredit") && !quoted => Act::Deed,
        Act::Denial if verb.lemma == "deny" && is_of_access(view, one) => Act::Deed,
        // "“It is shut,” he reasoned": what stands in quotation marks was uttered.
        Act::Attitude | Act::Deed | Act::Rejection if quoted => Act::Speech,
        Act::Speech if !quoted && (is_thing(view, one, at, verb) || is_deed(view, one, at, verb)) => Act::Deed,
        act => act,
    }
}

/// The tokens of the content that stand after the cue.
fn after(one: &Candidate) -> Option<&Run> {
    one.content.iter().find_map(|piece| match piece {
        Piece::Run(run) if run.start >= one.cue.end => Some(run),
        _ => None,
    })
}

/// `refused to comment`, `declined to say whether`, `refused an interview`, against `refused to sell`.
fn is_refusal_to_speak(view: &View<'_>, one: &Candidate) -> bool {
    let Some(run) = after(one) else { return false };
    let spoken = |n: usize| view.is_of(n, SPOKEN);
    let mut at = run.start;
    if view.tag(at) != Some(Tag::To) {
        return (at..run.end.min(at + 3)).any(spoken);
    }
    at += 1;
    while view.tag(at) == Some(Tag::Adv) {
        at += 1;
    }
    let speech = view.report(at).is_some_and(|(verb, _)| matches!(verb.act, Act::Speech | Act::Denial));
    let speech = speech || ["comment", "discuss", "speak", "talk", "respond", "reply"].iter().any(|w| view.is(at, w));
    let speaking = view.is_of(at, SPEAKING);
    speech || speaking && (at..run.end.min(at + 5)).any(spoken)
}

/// The object is something said: `rejected the claim`, `dismissed as false the reports`.
fn is_of_words(view: &View<'_>, one: &Candidate) -> bool {
    let words = |n: usize| {
        let noun = matches!(view.tags[n], Tag::Noun | Tag::Proper);
        noun && view.word(n).any(lexicon::CUENOUN) && !view.is_of(n, ATTITUDE)
            || view.is_of(n, CLAIMED)
            || view.is(n, "as") && view.tag(n) != Some(Tag::Wh)
    };
    one.content.iter().any(|piece| match piece {
        Piece::Run(run) => run.clone().take(12).any(words) && !is_request(view, run),
        Piece::Quote(_) | Piece::Before => true,
    })
}

/// `rejected the proposal`, `the request`, `the appeal`: what asks for something is turned down, not denied.
fn is_request(view: &View<'_>, run: &Run) -> bool {
    run.clone().take(6).any(|n| view.is_of(n, REQUEST))
}

/// `denied them entry`: the first words of the object, not a clause.
fn is_of_access(view: &View<'_>, one: &Candidate) -> bool {
    one.content.iter().any(|piece| match piece {
        Piece::Run(run) => {
            let object = run.clone().take(5).take_while(|&n| !matches!(view.tags[n], Tag::Sub | Tag::Ing | Tag::Comma));
            object.into_iter().any(|n| view.is_of(n, ACCESS))
        }
        Piece::Quote(_) | Piece::Before => false,
    })
}

/// `promised to say`, `threatened to tell`: what will be said is not said yet.
fn is_yet_to_come(view: &View<'_>, one: &Candidate) -> bool {
    let Some(to) = after(one).map(|run| run.start).filter(|&n| view.tag(n) == Some(Tag::To)) else { return false };
    let verb = (to + 1..view.len()).find(|&n| view.tags[n] != Tag::Adv).and_then(|n| view.report(n));
    verb.is_some_and(|(verb, _)| verb.act == Act::Speech && !one.cue.clone().any(|n| view.is_of(n, DONE)))
}

/// A deed by a verb that often tells of words: `recalled the ambassador`, `wrote two books`, `claimed a refund`.
fn is_deed(view: &View<'_>, one: &Candidate, at: usize, verb: &Report) -> bool {
    let Some(run) = after(one).filter(|run| run.start == at + 1 && one.cue.end == at + 1) else { return false };
    let told = ATTITUDE.or(CLAIMED).or(REQUEST).or(SPOKEN);
    let words = || is_of_words(view, one) || run.clone().take(4).any(|n| view.is_of(n, told));
    let thing = match verb.lemma {
        "recall" | "write" => true,
        "repeat" | "reveal" => !words(),
        "claim" => run.clone().take(4).any(|n| view.is_of(n, ACCESS.or(GAIN))),
        _ => false,
    };
    let object = view.tag(run.start).is_some_and(|tag| tag.begins_phrase() && !matches!(tag, Tag::Pron | Tag::ObjPron));
    thing && object && !view.has_finite(run.clone()) && view.quote_from(run.start).is_none()
}

/// A verb of saying that has a thing for its object, or an undertaking: `found the ledger`, `agreed to sell`.
fn is_thing(view: &View<'_>, one: &Candidate, at: usize, verb: &Report) -> bool {
    let Some(run) = after(one) else { return false };
    let first = view.tag(run.start);
    if verb.lemma == "agree" {
        return first == Some(Tag::To) || one.cue.end > at + 1;
    }
    let clause = matches!(first, Some(Tag::Sub | Tag::Wh | Tag::To | Tag::Quote)) || view.has_finite(run.clone());
    verb.syntax & takes::EXPLICIT != 0
        && verb.syntax & takes::OBJECT != 0
        && matches!(verb.group, Group::Document | Group::Accuse | Group::Estimate | Group::Claim | Group::Neutral)
        && !clause
        && one.cue.end == at + 1
        && run.clone().take(2).any(|n| view.tags[n].begins_phrase())
}

/// `said nothing about the gate`, `offered no proof`: the object denies the saying.
fn is_nothing(view: &View<'_>, one: &Candidate, at: usize) -> bool {
    let no = |n: usize| view.is(n, "no") || view.is(n, "nothing") || view.is(n, "little");
    if one.cue.clone().any(|n| n > at && no(n) && !view.is(n, "little")) {
        return true;
    }
    let Some(run) = after(one) else { return false };
    let bare = ["nothing", "little", "none"].iter().any(|word| view.is(run.start, word));
    let whole = !view.has_finite(run.clone());
    let such = view.is(run.start, "no") && view.is(run.start + 1, "such");
    let comment = view.is(run.start, "no") && view.is_of(run.start + 1, SPOKEN);
    run.start == one.cue.end && (bare || such || comment) && whole
}

#[cfg(test)]
mod tests;
