//! N702: a person nobody has introduced.

use std::collections::HashMap;

use super::mentions;
use crate::analysis::facts::{Entity, EntityKind, Mention};
use crate::analysis::names::{is_honorific, plain_word, split_person};
use crate::config::Level;
use crate::lexicon::{class, classes_of, classes_of_word};
use crate::rules::{Edit, Findings, Fix, RuleContext};
use crate::structure::TokenKind;
use crate::workspace::entities::Identity;

crate::declare_rule! {
    /// Reports a person whose first mention lacks the full name, or (as a hint) says nothing of who that is.
    ///
    /// ## Why
    /// The first mention tells the reader whose word he is given. "Haddad said" is nobody's word yet.
    ///
    /// ## Reported
    /// ```note
    /// On Monday Mr Haddad said the talks had failed.
    ///              ^^^^^^
    /// ```
    /// ```note
    /// The talks failed because Lidia Marr stayed away from them on Monday.
    ///                          ^^^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// Trade Minister Nadim Haddad said the talks had failed. Mr Haddad left on Monday.
    /// ```
    /// ```note
    /// Nadim Haddad, the trade minister, said the talks had failed.
    /// ```
    /// ```note
    /// Haddad calls off talks.
    ///
    /// Trade Minister Nadim Haddad said on 3 May 2031 that the talks had failed.
    /// ```
    /// ```note
    /// The talks failed because Norvik Shipping CFO Lidia Marr stayed away on Monday.
    /// ```
    ///
    /// ## Limits
    /// Headlines, captions and quotations are no first mentions. A single name is reported only of somebody who speaks or
    /// has a title: of a saint or a character in a play it may be all there is. A few heads of state need no introduction. That a full
    /// name comes without a role is a hint only.
    pub(super) static FIRST_MENTION_INCOMPLETE = Rule {
        code: "N702",
        name: "first-mention-incomplete",
        family: Naming,
        level: Information,
        strict: Warning,
        since: "0.1.0",
        check: check,
        messages: {
            before_full(name): "Incomplete first mention \"{name}\": the full name comes later. Give full name and role here.",
            no_full(name): "Incomplete first mention \"{name}\": the full name is given nowhere. Give full name and role here.",
            no_role(name): "Unintroduced person: the text does not say who {name} is. Give a role or affiliation here.",
        },
    };
}

/// A headline has at most so many tokens.
const HEADLINE: usize = 18;

/// Largest distance of a role from the name, in tokens.
const NEAR: usize = 12;

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    for (local, entity) in context.facts.entities.iter().enumerate() {
        if entity.kind != EntityKind::Person {
            continue;
        }
        let Some((_, first)) = mentions::of_entity(context, entity).find(|(_, m)| mentions::is_own_text(context, m))
        else {
            continue;
        };
        let identity = mentions::identity(context, local);
        let about = identity.is_some_and(|identity| identity.record == Some(context.file));
        if about || classes_of_word(&plain_word(split_person(&entity.name).short())).has(class::KNOWN_PERSON) {
            continue;
        }
        if !is_bare(context, first) {
            without_role(context, entity, first, findings);
        } else if is_heard(context, local, first) && !named_beside(context, entity, first) {
            bare(context, entity, first, identity, findings);
        }
    }
}

/// True if the text gives the person's word, or treats him as somebody with a title: of others, of characters and of
/// friends, a single name may be all there is.
fn is_heard(context: &RuleContext<'_>, local: usize, first: &Mention) -> bool {
    let speaks = context.facts.attributions.iter().any(|a| a.speaker == Some(local as u32));
    let before = first.tokens.start.checked_sub(1).and_then(|at| context.facts.note.tokens.get(at as usize));
    let before = match before {
        Some(point) if point.text(context.text) == "." => {
            first.tokens.start.checked_sub(2).and_then(|at| context.facts.note.tokens.get(at as usize))
        }
        other => other,
    };
    speaks
        || before.is_some_and(|t| {
            t.capital && (classes_of(t.hash).has(class::ROLE_HEAD) || is_honorific(t.text(context.text)))
        })
}

fn is_bare(context: &RuleContext<'_>, mention: &Mention) -> bool {
    split_person(mention.range.of(context.text)).given.is_empty()
}

/// The first line of an item in plain text, a paragraph of one short sentence: a headline, even with a full stop.
fn is_headline(context: &RuleContext<'_>, sentence: u32) -> bool {
    let note = &context.facts.note;
    let Some(own) = note.sentences.get(sentence as usize) else { return false };
    let block = note.block_of(own);
    let first = sentence.checked_sub(1).and_then(|before| note.sentences.get(before as usize));
    let opens = first.is_none_or(|before| note.block_of(before).item != block.item);
    opens && note.sentences_of(block).len() == 1 && note.tokens_of(own).len() <= HEADLINE
}

/// True if the same sentence has the full name, too.
fn named_beside(context: &RuleContext<'_>, entity: &Entity, first: &Mention) -> bool {
    mentions::of_entity(context, entity).any(|(_, m)| m.sentence == first.sentence && !is_bare(context, m))
}

fn bare(context: &RuleContext<'_>, entity: &Entity, first: &Mention, who: Option<&Identity>, findings: &mut Findings) {
    let written = mentions::excerpt(first.range.of(context.text));
    let later = mentions::of_entity(context, entity).find(|(_, m)| !is_bare(context, m));
    if later.is_some_and(|(_, full)| is_headline(context, first.sentence) && full.sentence <= first.sentence + 2) {
        return;
    }
    let message = match later {
        Some(_) => message::before_full(&written),
        None => message::no_full(&written),
    };
    let full =
        if later.is_some() { written_in_full(context, entity) } else { who.and_then(|who| full_name(context, who)) };
    let finding = findings.add(&FIRST_MENTION_INCOMPLETE, first.range, message);
    finding.fixes.extend(full.map(|full| Fix {
        title: format!("Write \"{}\"", mentions::excerpt(&full)),
        edits: vec![Edit { file: context.file, range: first.range, text: full }],
        safe: false,
    }));
}

/// The full name that the note uses most; none where it has two equally often.
fn written_in_full(context: &RuleContext<'_>, entity: &Entity) -> Option<String> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for (_, mention) in mentions::of_entity(context, entity).filter(|(_, m)| !is_bare(context, m)) {
        *counts.entry(mention.range.of(context.text)).or_default() += 1;
    }
    mentions::most_frequent(&counts).map(str::to_owned)
}

/// The full name of the only person of the workspace who bears this surname: as it is usually spelled.
fn full_name(context: &RuleContext<'_>, who: &Identity) -> Option<String> {
    let [bearer] = who.bearers.as_slice() else { return None };
    let identity = context.workspace.identity_of_key(*bearer)?;
    if identity.record.is_some() {
        return Some(identity.name.to_string());
    }
    let full = |name: &str| !split_person(name).given.is_empty();
    mentions::most_frequent(&mentions::spellings(context, &identity, full)).map(str::to_owned)
}

/// True if a body's name stands right before the person's, perhaps with the letters of an office between: "Harbour Board
/// CFO Lidia Marr", "Norvik Shipping’s Lidia Marr".
fn affiliated(context: &RuleContext<'_>, first: &Mention) -> bool {
    let tokens = &context.facts.note.tokens;
    let mut start = first.tokens.start;
    while let Some(before) = start.checked_sub(1).and_then(|at| tokens.get(at as usize)) {
        let office = before.all_capitals && before.range.len() <= 4;
        if !(before.kind == TokenKind::Possessive || office) || first.tokens.start - start >= 2 {
            break;
        }
        start -= 1;
    }
    let mentions = &context.facts.mentions;
    let own = mentions.partition_point(|mention| mention.range.start < first.range.start);
    let before = own.checked_sub(1).and_then(|n| mentions.get(n));
    before.is_some_and(|m| {
        m.kind == EntityKind::Org
            && m.sentence == first.sentence
            && (m.tokens.end == start || m.tokens.end == first.tokens.start)
    })
}

fn without_role(context: &RuleContext<'_>, entity: &Entity, first: &Mention, findings: &mut Findings) {
    let note = &context.facts.note;
    let Some(sentence) = note.sentences.get(first.sentence as usize) else { return };
    let introduced = entity.roles.iter().any(|role| {
        let at = note.sentence_at(role.range.start).unwrap_or(usize::MAX);
        at.abs_diff(first.sentence as usize) <= 1
    });
    let own = first.tokens.start as usize..first.tokens.end as usize;
    let from = own.start.saturating_sub(NEAR).max(sentence.tokens.start as usize);
    let to = (own.end + NEAR).min(sentence.tokens.end as usize);
    let said = |at: usize| {
        let token = note.tokens.get(at);
        token.is_some_and(|t| {
            classes_of(t.hash).has(class::ROLE_HEAD) || (t.capital && is_honorific(t.text(context.text)))
        })
    };
    if introduced || affiliated(context, first) || (from..to).any(|at| !own.contains(&at) && said(at)) {
        return;
    }
    let name = mentions::excerpt(first.range.of(context.text));
    findings.add(&FIRST_MENTION_INCOMPLETE, first.range, message::no_role(name)).level = Level::Hint;
}
