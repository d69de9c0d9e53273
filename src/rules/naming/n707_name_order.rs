//! N707: a given name where the family name belongs.

use super::mentions;
use crate::analysis::facts::EntityKind;
use crate::analysis::names::{self, NameOrder, split_person};
use crate::rules::{Edit, Findings, Fix, Related, RuleContext};

crate::declare_rule! {
    /// Reports a given name that stands for a person whose family name comes first.
    ///
    /// ## Why
    /// Chinese and Korean names begin with the family name. "Weiming said" reads to those who know as "Bob said", and to
    /// those who do not as somebody else.
    ///
    /// ## Reported
    /// ```note
    /// Foreign Minister Han Weiming met the envoys. Weiming said later that the talks would go on.
    ///                                              ^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// Foreign Minister Han Weiming met the envoys. Later Han said the talks would go on.
    /// ```
    /// ```note
    /// Trade Minister Lidia Marr met the envoys. Later Marr said the talks would go on.
    /// ```
    ///
    /// ## Limits
    /// Whether the family name comes first is told by surname and sound. Somebody who writes his name the other way round
    /// is taken at his word: only names that begin with a family name are looked at.
    pub(super) static NAME_ORDER = Rule {
        code: "N707",
        name: "name-order",
        family: Naming,
        level: Information,
        strict: Warning,
        since: "0.1.0",
        check: check,
        messages: {
            given_name(name, family): "Given name as a surname: the family name of {name} is \"{family}\". Write that.",
        },
    };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    for entity in context.facts.entities.iter().filter(|entity| entity.kind == EntityKind::Person) {
        let parts = split_person(&entity.name);
        if parts.order != NameOrder::FamilyFirst {
            continue;
        }
        let given = names::plain_word(parts.given);
        let full = mentions::of_entity(context, entity).find(|(_, m)| m.range.of(context.text) == entity.name);
        for (_, mention) in mentions::of_entity(context, entity) {
            let written = mention.range.of(context.text);
            if names::plain_word(written) != given || !mentions::is_own_text(context, mention) {
                continue;
            }
            let name = mentions::excerpt(&entity.name);
            let message = message::given_name(name, parts.family);
            let finding = findings.add(&NAME_ORDER, mention.range, message);
            finding.related.extend(full.map(|(_, full)| Related {
                file: context.file,
                range: full.range,
                message: "The full name".into(),
            }));
            let edit = Edit { file: context.file, range: mention.range, text: parts.family.to_owned() };
            finding.fixes.push(Fix { title: format!("Write \"{}\"", parts.family), edits: vec![edit], safe: false });
        }
    }
}
