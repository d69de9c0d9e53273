//! A111: an accusation from somebody without a name.

use super::a110_anonymous_without_reason::is_one_unnamed_person;
use super::sourcing;
use crate::analysis::facts::EntityKind;
use crate::lexicon::{class, word};
use crate::rules::{Findings, Fix, RuleContext, fixes};
use crate::structure::{Format, FrontMatter};

crate::declare_rule! {
    /// Reports an accusation or abuse of a named party by an unnamed source.
    ///
    /// ## Why
    /// An attack from behind a curtain cannot be answered. News desks let no unnamed source accuse or abuse a named person.
    ///
    /// ## Reported
    /// ```note
    /// "Nadim Haddad sold the seats himself," a party insider said.
    ///                                        ^^^^^^^^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// "Nadim Haddad sold the seats himself," Ada Pell said.
    /// ```
    /// ```note
    /// "Nadim Haddad comes at eight," a port official in Lusk said.
    /// ```
    ///
    /// ## Limits
    /// Accusations are known by their words; a subtle one is missed. `approved-by:` in the front matter silences the rule.
    pub(super) static ANONYMOUS_ALLEGATION = Rule {
        code: "A111",
        name: "anonymous-allegation",
        family: Attribution,
        level: Warning,
        strict: Error,
        since: "0.1.0",
        check: check,
        messages: {
            anonymous(who): "Anonymous allegation against {who}: the source is not named. Name it, or leave the allegation out.",
        },
        precedence: 50,
        answered_by_declaration: true,
    };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let facts = context.facts;
    if facts.note.front_matter.as_ref().is_some_and(is_approved) {
        return;
    }
    for attribution in facts.attributions.iter().filter(|a| is_one_unnamed_person(context, a)) {
        if !sourcing::expects_source(context, attribution.sentence) {
            continue;
        }
        let Some(source) = attribution.source.first() else { continue };
        let against = attribution.content.iter().find_map(|content| {
            let party = facts.mentions_in(*content).find(|m| matches!(m.kind, EntityKind::Person | EntityKind::Org));
            let first = facts.note.tokens.partition_point(|t| t.range.start < content.start);
            let last = facts.note.tokens.partition_point(|t| t.range.start < content.end);
            let accuses = facts
                .note
                .tokens
                .get(first..last)?
                .iter()
                .find(|t| word(t.hash).classes.has(class::ALLEGE.or(class::ABUSE)));
            let accuses = accuses?.range.start;
            party.map(|m| m.range).or_else(|| sourcing::unknown_name_before(context, accuses))
        });
        let Some(party) = against else { continue };
        let who = sourcing::excerpt(context.text, party);
        let message = message::anonymous(who);
        let finding = findings.add(&ANONYMOUS_ALLEGATION, *source, message);
        finding.score = 0.8;
        finding.fixes.extend(to_be_approved(context));
    }
}

/// Somebody has put a name to it.
fn is_approved(front: &FrontMatter) -> bool {
    front.value("approved-by").is_some_and(|name| !name.trim().is_empty())
}

/// A line in the front matter for whoever approves it.
fn to_be_approved(context: &RuleContext<'_>) -> Option<Fix> {
    let title = "Add \"approved-by:\" to the front matter";
    let Some(front) = &context.facts.note.front_matter else {
        let markdown = context.facts.note.format == Format::Markdown;
        return markdown.then(|| fixes::inserting(context, title, 0, "---\napproved-by: \n---\n\n".to_owned()));
    };
    let fence = front.range.of(context.text).trim_end().rfind('\n')?;
    let stands = front.fields.iter().any(|field| field.key == "approved-by");
    let at = front.range.start + fence as u32 + 1;
    (!stands).then(|| fixes::inserting(context, title, at, "approved-by: \n".to_owned()))
}
