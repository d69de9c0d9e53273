//! N701: one name, two spellings.

use super::mentions;
use crate::analysis::facts::{Entity, EntityKind, Mention};
use crate::analysis::names::{self, split_person};
use crate::rules::{Edit, Findings, Fix, Related, RuleContext};
use crate::text::TextRange;
use crate::workspace::FileId;
use crate::workspace::entities::Identity;

crate::declare_rule! {
    /// Reports a name that this note, or another note of the workspace, spells in another way.
    ///
    /// ## Why
    /// A search for one spelling misses the other, and readers take one person for two. A spelling that is meant is an
    /// alias and belongs into the entity note.
    ///
    /// ## Reported
    /// ```note
    /// Trade Minister Nadim Haddad opened the talks. On Monday Nadeem al-Haddad left them.
    ///                                                         ^^^^^^^^^^^^^^^^
    /// ```
    /// ```note
    /// //- /people/nadim-haddad.md
    /// ---
    /// type: person
    /// name: Nadim Haddad
    /// ---
    /// //- /note.md
    /// Trade Minister Nadeem al-Haddad opened the talks.
    ///                ^^^^^^^^^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// //- /people/nadim-haddad.md
    /// ---
    /// type: person
    /// name: Nadim Haddad
    /// aliases: [Nadeem al-Haddad]
    /// ---
    /// //- /note.md
    /// Trade Minister Nadeem al-Haddad opened the talks.
    /// ```
    /// ```note
    /// Trade Minister Nadim Haddad opened the talks. Mr Haddad left them on Monday.
    /// ```
    ///
    /// ## Limits
    /// Words in quotation marks, headings and links are left as they are. A bare surname may drop its article
    /// ("al-Haddad", later "Haddad"). Where no entity note says how a name is spelled, other notes are measured by the first
    /// note that has it, and by no third one. A fix is offered only towards the spelling of an entity note, or towards the
    /// one that stands more often; of two that are equally frequent the writer knows which is meant.
    pub(super) static NAME_VARIANT = Rule {
        code: "N701",
        name: "name-variant",
        family: Naming,
        level: Information,
        strict: Warning,
        since: "0.1.0",
        check: check,
        messages: {
            variant(name, other): "Name variant \"{name}\": elsewhere it is \"{other}\". Use one spelling, or add an alias.",
        },
    };
}

/// Mentions of one entity that are compared with one another.
const MOST_MENTIONS: usize = 64;

/// The spelling that others are measured by, and where it stands.
struct Standard {
    name: String,
    file: FileId,
    range: TextRange,
    message: &'static str,
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    for (local, entity) in context.facts.entities.iter().enumerate() {
        if !matches!(entity.kind, EntityKind::Person | EntityKind::Org | EntityKind::Place) {
            continue;
        }
        let Some(identity) = mentions::identity(context, local) else { continue };
        let registered = mentions::registered(context.workspace, identity);
        let here = most_written(context, entity);
        let Some(standard) = standard(context, local, identity, here) else { continue };
        let mut looked_at: Vec<&str> = Vec::new();
        for (_, mention) in mentions::of_entity(context, entity) {
            let written = mention.range.of(context.text);
            if registered.contains(&written) || looked_at.contains(&written) || !mentions::is_own_text(context, mention)
            {
                continue;
            }
            let right = right_spelling(entity.kind, written, &standard.name);
            looked_at.push(written);
            let Some(right) = right else { continue };
            let (was, better) = (mentions::excerpt(written), mentions::excerpt(&right));
            let finding = findings.add(&NAME_VARIANT, mention.range, message::variant(was, &better));
            let Standard { file, range, message, .. } = standard;
            finding.related.push(Related { file, range, message: message.into() });
            if !is_rarer(context, identity, written, &right) {
                continue;
            }
            let edits = mentions::of_entity(context, entity)
                .filter(|(_, m)| m.range.of(context.text) == written && mentions::is_own_text(context, m))
                .map(|(_, m)| Edit { file: context.file, range: m.range, text: right.clone() });
            finding.fixes.push(Fix {
                title: format!("Write \"{better}\" throughout"),
                edits: edits.collect(),
                safe: false,
            });
        }
    }
}

/// Returns `true` if a spelling is to give way to another: to that of an entity note, or to one that stands more often. Of two
/// that are equally frequent nobody can tell which is right.
fn is_rarer(context: &RuleContext<'_>, identity: &Identity, written: &str, right: &str) -> bool {
    if identity.record.is_some() {
        return true;
    }
    let family = |name: &str| split_person(name).short().to_owned();
    let count = |one: &str| {
        let alone = !one.contains(char::is_whitespace);
        let same = |name: &str| name == one || alone && family(name) == one;
        mentions::spellings(context, identity, same).values().sum::<usize>()
    };
    count(right) > count(written)
}

/// The full spelling that the note uses most, the first of equals.
fn most_written<'c>(context: &RuleContext<'c>, entity: &'c Entity) -> Option<&'c Mention> {
    let mut best: Option<(usize, &Mention)> = None;
    let words = entity.name.split_whitespace().count();
    for (_, mention) in mentions::of_entity(context, entity).take(MOST_MENTIONS) {
        let written = mention.range.of(context.text);
        if written.split_whitespace().count() != words || !mentions::is_own_text(context, mention) {
            continue;
        }
        let same = |m: &Mention| m.range.of(context.text) == written;
        let count = mentions::of_entity(context, entity).take(MOST_MENTIONS).filter(|(_, m)| same(m)).count();
        if best.is_none_or(|(most, _)| count > most) {
            best = Some((count, mention));
        }
    }
    best.map(|(_, mention)| mention)
}

/// The entity note's spelling; without one, that of the first note which has the name, if it is another; else the
/// note's own.
fn standard(context: &RuleContext<'_>, local: usize, identity: &Identity, here: Option<&Mention>) -> Option<Standard> {
    if let Some(file) = identity.record {
        let record = context.workspace.note(file)?.record.clone()?;
        let message = "The name in its entity note";
        return Some(Standard { name: record.name.to_string(), file, range: record.name_range, message });
    }
    let own = &context.facts.entities.get(local)?.name;
    for (key, other) in context.workspace.first_spellings(identity) {
        if other.file >= context.file {
            break;
        }
        if !mentions::is_variant(&other.text, own) {
            continue;
        }
        let first = context.workspace.note(other.file).and_then(|note| {
            let local = note.locals(key, other.role).next()?;
            note.entity(local)?.mentions().next()
        });
        if let Some(first) = first {
            let (name, file, message) = (other.text.to_string(), other.file, "Another note spells it so");
            return Some(Standard { name, file, range: first.range, message });
        }
    }
    let here = here?;
    let name = here.range.of(context.text).to_owned();
    Some(Standard { name, file: context.file, range: here.range, message: "The other spelling" })
}

/// The right spelling of a written form, if it is a variant of the standard name or of its surname.
fn right_spelling(kind: EntityKind, written: &str, standard: &str) -> Option<String> {
    if mentions::is_variant(written, standard) {
        return Some(standard.to_owned());
    }
    if kind != EntityKind::Person || written.contains(char::is_whitespace) {
        return None;
    }
    let family = split_person(standard).short();
    if written == family {
        return None;
    }
    let same = names::plain_word(written) == names::plain_word(family);
    (!same && mentions::is_variant(written, family)).then(|| family.to_owned())
}
