//! The content after a reporting verb: where its content begins and how far it reaches.

use super::extents::object_end;
use super::phrases::{clause_starts, phrase_from};
use super::tags::Tag;
use super::view::{Run, View};
use crate::lexicon::sourcing::{self as lexicon, Report, takes};

/// A piece of content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// These tokens.
    Run(Run),
    /// The quotation with this number in the view, whole, even where it begins or ends in another sentence.
    Quote(usize),
    /// The quotation that ended before the sentence.
    Before,
}

/// Content that follows a verb.
#[derive(Clone, Debug)]
pub(super) struct After {
    /// The end of the cue (a governed preposition and a colon belong to it).
    pub(super) cue_end: usize,
    /// The content; empty if the sentence ends with a colon and the content is what follows.
    pub(super) content: Vec<Piece>,
    /// A "that", a quotation, an infinitive: beyond doubt a reporting use.
    pub(super) explicit: bool,
}

/// Finds the content after a verb whose last token is before `from`.
pub(super) fn after(view: &View<'_>, from: usize, verb: &Report) -> Option<After> {
    let end = view.end();
    let syntax = verb.syntax;
    let mut at = from;
    while matches!(view.tag(at), Some(Tag::Adv | Tag::Neg)) && !view.is_any(at, &verb.prepositions) {
        at += 1;
    }
    let manner = view.tag(from) == Some(Tag::Adv)
        && view.at(from).ends_with("ly")
        && !view.tag(from + 1).is_some_and(|tag| tag.is_nominal() || matches!(tag, Tag::Adj | Tag::Part | Tag::Det));
    let from = if manner { from + 1 } else { from };
    if let Some(found) = explicit(view, at, from, end, verb) {
        return Some(found);
    }
    if view.is_any(at, &verb.prepositions)
        && let Some(found) = governed(view, at, end, syntax)
    {
        return Some(found);
    }
    // "ruled on Friday against …": the preposition begins the content.
    if view.tag(at) == Some(Tag::Time) || view.tag(at + 1) == Some(Tag::Time) {
        let topic = adjunct(view, at, end).filter(|&topic| view.is_any(topic, &verb.prepositions));
        if let Some(topic) = topic {
            let stop = object_end(view, topic, end, false);
            return Some(After { cue_end: from, content: run(topic, stop), explicit: true });
        }
    }
    if syntax & takes::OBJECT_OF != 0 {
        return accused(view, at, end, from, &verb.prepositions);
    }
    // "a blast that Pell described as an accident": the object stands before.
    if syntax & takes::OBJECT_AS != 0 && view.is(at, "as") && starts_object(view, at + 1) {
        let stop = object_end(view, at + 1, end, false);
        return Some(After { cue_end: at + 1, content: run(at + 1, stop), explicit: true });
    }
    if syntax & (takes::OBJECT_INFINITIVE | takes::OBJECT_AS) != 0
        && let Some(object) = phrase_from(view, at, true)
    {
        let infinitive = view.tag(object.end) == Some(Tag::To) && syntax & takes::OBJECT_INFINITIVE != 0;
        let named_as = (object.start..object.end + 1).any(|n| view.is(n, "as"));
        let predicate = view.quote_from(object.end).is_some()
            || (view.is(from - 1, "called") || verb.lemma == "call") && object.end > at;
        if infinitive || (syntax & takes::OBJECT_AS != 0 && (named_as || predicate)) {
            let stop = object_end(view, at, end, true);
            return Some(After { cue_end: from, content: run(at, stop), explicit: true });
        }
    }
    if syntax & takes::ADDRESSEE != 0
        && let Some(listener) = phrase_from(view, at, true)
        && let listener =
            listener.clone().find(|&n| n > at && view.is_any(n, &verb.prepositions)).unwrap_or(listener.end)
        && let Some(found) = told(view, listener, from, end, verb)
    {
        return Some(found);
    }
    if syntax & (takes::CLAUSE | takes::QUOTE | takes::QUESTION | takes::INFINITIVE) != 0
        && let Some(found) = later(view, at, from, end, verb)
    {
        return Some(found);
    }
    let at = if view.tag(from) == Some(Tag::Adv) { from } else { at };
    if syntax & takes::CLAUSE != 0
        && bare_clause(view, at)
        && (syntax & takes::EXPLICIT == 0 || clause_starts(view, at))
    {
        // A clause of its own after a verb that could take a thing leaves no doubt.
        let sure = syntax & takes::EXPLICIT != 0 && verb.group == lexicon::Group::Document;
        return Some(After { cue_end: from, content: run(at, end), explicit: sure });
    }
    if syntax & takes::GERUND != 0 && view.tag(at) == Some(Tag::Ing) {
        let stop = object_end(view, at, end, true);
        return Some(After { cue_end: from, content: run(at, stop), explicit: true });
    }
    if syntax & takes::OBJECT != 0 && (starts_object(view, at)) {
        let stop = object_end(view, at, end, false);
        return Some(After { cue_end: from, content: run(at, stop), explicit: false });
    }
    None
}

fn run(start: usize, end: usize) -> Vec<Piece> {
    if start < end { vec![Piece::Run(start..end)] } else { Vec::new() }
}

fn starts_object(view: &View<'_>, at: usize) -> bool {
    view.tag(at).is_some_and(|tag| {
        tag.begins_phrase()
            || tag == Tag::Ing
            || tag == Tag::Adv && view.tag(at + 1).is_some_and(|tag| matches!(tag, Tag::Part | Tag::Adj | Tag::Num))
            || view.is(at, "what")
            || tag == Tag::Time && view.tag(at + 1) == Some(Tag::Possessive)
            || tag == Tag::Part && view.tag(at + 1).is_some_and(Tag::is_nominal)
    }) || view.quote_from(at).is_some()
}

/// A clause without "that" begins here.
fn bare_clause(view: &View<'_>, at: usize) -> bool {
    let starts = view.tag(at).is_some_and(|tag| {
        tag.begins_phrase()
            || matches!(tag, Tag::Ing | Tag::Be | Tag::Do | Tag::Adv)
            || (tag == Tag::Sub && !view.is(at, "as"))
            || tag == Tag::Wh
            || (tag == Tag::Prep && view.tag(at + 1) == Some(Tag::Num))
    });
    // "the sum that one hears most often is 900 crowns": no subject, no clause.
    let headless = ["most", "more", "least"].iter().any(|word| view.is(at, word))
        && view.tag(at + 2).is_some_and(Tag::is_finite)
        || view.tag(at) == Some(Tag::Adv)
            && (at..view.len()).find(|&n| view.tags[n] != Tag::Adv).is_none_or(|n| view.tags[n].is_finite());
    starts && !headless && clause_starts_far(view, at)
}

fn clause_starts_far(view: &View<'_>, at: usize) -> bool {
    let stop = view.len().min(at + 40);
    (at..stop).take_while(|&n| !matches!(view.tags[n], Tag::Semi | Tag::Stop)).any(|n| view.tags[n].is_finite())
}

/// "that", a quotation, a colon, a question clause or an infinitive directly at `at`.
fn explicit(view: &View<'_>, at: usize, from: usize, end: usize, verb: &Report) -> Option<After> {
    let syntax = verb.syntax;
    let tag = view.tag(at)?;
    if view.is(at, "that")
        && matches!(tag, Tag::Sub | Tag::Det | Tag::Pron)
        && syntax & (takes::CLAUSE | takes::QUOTE | takes::ADDRESSEE) != 0
    {
        let clause = tag == Tag::Sub || clause_starts(view, at);
        if clause {
            return Some(After { cue_end: from, content: run(at, end), explicit: true });
        }
    }
    if let Some(number) = view.quote_from(at)
        && (at == from || view.quotes[number].speech)
    {
        return quoted(view, at, number, end, from, verb);
    }
    if matches!(tag, Tag::Comma | Tag::Colon | Tag::Dash)
        && let Some(number) = view.quote_from(at + 1)
        && view.quotes[number].speech
    {
        let cue_end = if tag == Tag::Colon && at == from { at + 1 } else { from };
        return quoted(view, at + 1, number, end, cue_end, verb);
    }
    if tag == Tag::Colon {
        let cue_end = if at == from { at + 1 } else { from };
        return Some(After { cue_end, content: run(at + 1, end), explicit: true });
    }
    // "believes, as do many traders, that", "said on Monday, as ships waited, that": over a parenthesis to its "that".
    if tag == Tag::Comma && syntax & takes::CLAUSE != 0 {
        let closing = (at + 2..view.len().min(at + 14)).find(|&n| view.tags[n] == Tag::Comma && !view.is_inside(n));
        if let Some(that) = closing.map(|n| n + 1)
            && view.is(that, "that")
            && view.tags[that] == Tag::Sub
        {
            return Some(After { cue_end: from, content: run(that, end), explicit: true });
        }
    }
    let question =
        tag == Tag::Wh || view.is(at, "if") || view.is(at, "whether") || view.is(at, "how") || view.is(at, "why");
    if question && syntax & (takes::QUESTION | takes::CLAUSE) != 0 && clause_starts(view, at + 1) {
        return Some(After { cue_end: from, content: run(at, end), explicit: true });
    }
    let negated = tag == Tag::Neg && view.tag(at + 1) == Some(Tag::To);
    if (tag == Tag::To || negated) && syntax & (takes::INFINITIVE | takes::OBJECT_INFINITIVE) != 0 {
        let stop = object_end(view, at, end, true);
        return Some(After { cue_end: from, content: run(at, stop), explicit: true });
    }
    None
}

/// A quotation after the cue: alone, or as the first words of a clause.
fn quoted(view: &View<'_>, at: usize, number: usize, end: usize, cue_end: usize, verb: &Report) -> Option<After> {
    let quote = &view.quotes[number];
    let next = view.tag(quote.run.end);
    if !quote.speech && verb.syntax & takes::OBJECT == 0 && verb.syntax & takes::CLAUSE == 0 {
        return None;
    }
    let goes_on = matches!(
        next,
        Some(
            Tag::Fin
                | Tag::Be
                | Tag::Have
                | Tag::Modal
                | Tag::Noun
                | Tag::Prep
                | Tag::To
                | Tag::Wh
                | Tag::Proper
                | Tag::Do
        )
    ) || (next == Some(Tag::Conj)
        && (view.quotes.len() > number + 1 || !clause_starts(view, quote.run.end + 1)));
    if goes_on && !quote.goes_on {
        let stop = if verb.syntax & takes::CLAUSE == 0 { object_end(view, at, end, true) } else { end };
        return Some(After { cue_end, content: run(at, stop), explicit: true });
    }
    Some(After { cue_end, content: vec![Piece::Quote(number)], explicit: true })
}

/// After the listener of "told": the content, stepping over time and place.
fn told(view: &View<'_>, at: usize, from: usize, end: usize, verb: &Report) -> Option<After> {
    if let Some(found) = explicit(view, at, from, end, verb) {
        return Some(found);
    }
    if view.is_any(at, &verb.prepositions) {
        let stop = object_end(view, at, end, true);
        return Some(After { cue_end: from, content: run(at, stop), explicit: true });
    }
    if let Some(found) = later(view, at, from, end, verb) {
        return Some(found);
    }
    let clause = bare_clause(view, at) && view.tag(at) != Some(Tag::Prep);
    clause.then(|| After { cue_end: from, content: run(at, end), explicit: false })
}

/// Steps over "on Tuesday", "in an interview with Harbor Daily" to an explicit content, or over a time to a clause.
fn later(view: &View<'_>, at: usize, from: usize, end: usize, verb: &Report) -> Option<After> {
    let mut here = at;
    for _ in 0..5 {
        here = adjunct(view, here, end)?;
        if let Some(found) = explicit(view, here, from, end, verb) {
            return Some(found);
        }
        if view.is_any(here, &verb.prepositions)
            && !view.is(here, "to")
            && ["to", "with", "during"].iter().any(|word| view.is(at, word))
            && let Some(found) = governed(view, here, end, verb.syntax)
        {
            return Some(After { cue_end: from, ..found });
        }
        if view.tag(here) == Some(Tag::Comma)
            && let Some(found) = explicit(view, here + 1, from, end, verb)
            && (view.is(here + 1, "that") || view.tag(here + 1) == Some(Tag::To))
        {
            return Some(found);
        }
        // "said in recent days, Orr had gone"
        if view.tag(here) == Some(Tag::Comma)
            && verb.syntax & takes::CLAUSE != 0
            && verb.syntax & takes::EXPLICIT == 0
            && view.tag(here + 1).is_some_and(Tag::begins_phrase)
            && clause_starts(view, here + 1)
            && !view.has_finite(0..from - 1)
        {
            return Some(After { cue_end: from, content: run(here + 1, end), explicit: false });
        }
        let after_time =
            here.checked_sub(1).is_some_and(|n| view.tags[n] == Tag::Time || view.word(n).any(lexicon::TIMENOUN));
        let clause = verb.syntax & takes::CLAUSE != 0 && verb.syntax & takes::EXPLICIT == 0;
        if clause
            && after_time
            && bare_clause(view, here)
            && !matches!(view.tag(here), Some(Tag::Prep | Tag::Sub | Tag::Wh))
        {
            return Some(After { cue_end: from, content: run(here, end), explicit: false });
        }
    }
    None
}

/// The end of one adverbial at `at`: a time, a prepositional phrase, an adverb.
fn adjunct(view: &View<'_>, at: usize, end: usize) -> Option<usize> {
    if at >= end {
        return None;
    }
    match view.tags[at] {
        Tag::Time => {
            let mut here = at + 1;
            while here < end
                && (matches!(view.tags[here], Tag::Time | Tag::Num) || view.word(here).any(lexicon::TIMENOUN))
            {
                here += 1;
            }
            Some(here)
        }
        Tag::Adv => Some(at + 1),
        // voted 19-15 to
        Tag::Num if view.tag(at + 1) == Some(Tag::Hyphen) && view.tag(at + 2) == Some(Tag::Num) => Some(at + 3),
        // in Lusk, Meridia, that
        Tag::Comma if view.tag(at + 1) == Some(Tag::Proper) && view.tag(at + 2) == Some(Tag::Comma) => Some(at + 3),
        Tag::Prep | Tag::To => {
            if view.tag(at + 1) == Some(Tag::Time) {
                return adjunct(view, at + 1, end);
            }
            if view.is(at + 1, "now") || view.is(at + 1, "then") {
                return Some(at + 2);
            }
            if view.tag(at + 1) == Some(Tag::Ing) {
                return phrase_from(view, at + 2, false).map(|phrase| phrase.end);
            }
            phrase_from(view, at + 1, false).map(|phrase| phrase.end)
        }
        Tag::Det | Tag::Num | Tag::Adj => {
            let phrase = phrase_from(view, at, false)?;
            view.word(phrase.end - 1).any(lexicon::TIMENOUN).then_some(phrase.end)
        }
        _ => None,
    }
}

/// `called for a pause`, `spoke about closing the gate`.
fn governed(view: &View<'_>, at: usize, end: usize, syntax: u16) -> Option<After> {
    let next = view.tag(at + 1)?;
    if view.tag(at) == Some(Tag::To) && syntax & takes::INFINITIVE == 0 {
        return None;
    }
    let object =
        next.begins_phrase() || matches!(next, Tag::Ing | Tag::Wh | Tag::Quote | Tag::Sub | Tag::Part | Tag::Time);
    let time_only =
        next == Tag::Time && view.tag(at + 2) != Some(Tag::Possessive) && view.tag(at + 2) != Some(Tag::Noun);
    if !object || time_only || occasion(view, at + 1) {
        return None;
    }
    let stop = object_end(view, at + 1, end, next == Tag::Ing);
    Some(After { cue_end: at + 1, content: run(at + 1, stop), explicit: true })
}

/// The noun phrase at `at` is an occasion or a time, not a topic.
fn occasion(view: &View<'_>, at: usize) -> bool {
    phrase_from(view, at, false).is_some_and(|phrase| {
        let last = phrase.end - 1;
        view.tags[last] == Tag::Time || view.word(last).any(lexicon::TIMENOUN)
    })
}

/// `accused Pell of closing the gate`: the cue holds the accused, the content is the deed.
fn accused(view: &View<'_>, at: usize, end: usize, from: usize, prepositions: &[u64]) -> Option<After> {
    let object = phrase_from(view, at, true)?;
    if !prepositions.is_empty() {
        let deed = (object.start + 1..object.end + 1).find(|&n| view.is_any(n, prepositions))?;
        let stop = object_end(view, deed + 1, end, true);
        return Some(After { cue_end: deed + 1, content: run(deed + 1, stop), explicit: true });
    }
    let mut of = object.end;
    if !view.is(of, "of") {
        of = (object.start..object.end).find(|&n| view.is(n, "of") && view.tag(n + 1) == Some(Tag::Ing)).unwrap_or(of);
    }
    if view.is(of, "of") {
        let stop = object_end(view, of + 1, end, true);
        return Some(After { cue_end: of + 1, content: run(of + 1, stop), explicit: true });
    }
    let stop = object_end(view, at, end, true);
    Some(After { cue_end: from, content: run(at, stop), explicit: false })
}
