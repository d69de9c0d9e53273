//! N703: an acronym that is never spelled out.

use std::collections::HashMap;

use super::mentions;
use crate::analysis::facts::{EntityKind, Mention};
use crate::analysis::names;
use crate::lexicon::written::{WELL_KNOWN, forms_of};
use crate::rules::{Edit, Findings, Fix, RuleContext};

crate::declare_rule! {
    /// Reports an acronym that the note nowhere spells out.
    ///
    /// ## Why
    /// A reader who does not know it cannot look it up by meaning, and the same letters stand for other bodies elsewhere.
    ///
    /// ## Reported
    /// ```note
    /// The PMC rejected the offer on Monday, and the PMC will not meet again.
    ///     ^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// The Port Management Council (PMC) rejected the offer on Monday. The PMC will not meet again.
    /// ```
    /// ```note
    /// The UN and NATO rejected the offer on Monday.
    /// ```
    /// ```note
    /// PORT SARN, LUSK, March 4 (Harbor Daily) - The council met on Monday, as LUSKAN DOCKERS STRIKE.
    /// ```
    /// ```note
    /// DOCKERS SHUT SARN AS QUOTA TALKS WITH PMC FAIL
    ///
    /// The dockers shut the port on Monday.
    /// ```
    /// ```note
    /// The quota has been missed since 2027 (PMC 2030, 112).
    /// ```
    ///
    /// ## Limits
    /// Acronyms that every reader knows, and firms and outlets whose acronym is their name, are accepted, as are capitals of
    /// a dateline or of a line in capitals, which say nothing, and authors of a reference in brackets. Only what is
    /// recognised as the name of a body, a meeting or a document is looked at.
    pub(super) static ACRONYM_UNEXPLAINED = Rule {
        code: "N703",
        name: "acronym-unexplained",
        family: Naming,
        level: Information,
        strict: Warning,
        since: "0.1.0",
        check: check,
        messages: {
            known(letters, long): "Unexplained acronym \"{letters}\": elsewhere it is {long}. Spell it out once.",
            unknown(letters): "Unexplained acronym \"{letters}\": this note does not spell it out. Give the full name once.",
        },
    };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    for (local, entity) in context.facts.entities.iter().enumerate() {
        if !matches!(entity.kind, EntityKind::Org | EntityKind::Event | EntityKind::Work) {
            continue;
        }
        let spelled_out = |name: &str| !names::is_acronym(name);
        let letters: String = entity.name.chars().filter(|c| *c != '.').collect();
        let shouted = letters.chars().all(|c| c.is_uppercase() || c == '&') && letters.chars().count() <= 6;
        if spelled_out(&entity.name)
            || !shouted
            || forms_of(&letters).has(WELL_KNOWN)
            || entity.aliases.iter().any(|alias| spelled_out(alias) && alias.to_uppercase() != letters)
        {
            continue;
        }
        let own = |(_, mention): &(u32, &Mention)| {
            mentions::is_own_text(context, mention)
                && !mentions::is_shouted(context, mention)
                && !mentions::is_reference(context, mention)
        };
        let first = mentions::of_entity(context, entity).find(own);
        let Some((_, mention)) = first else { continue };
        // "AFC" of "AFC-NIO" is half a name.
        let glued = |text: &str| text.strip_prefix('-').is_some_and(|rest| rest.starts_with(char::is_uppercase));
        if context.text.get(mention.range.end as usize..).is_some_and(glued) {
            continue;
        }
        let long = expansion(context, local, &entity.name);
        let message = match &long {
            Some(long) => message::known(&letters, mentions::excerpt(long)),
            None => message::unknown(&letters),
        };
        let finding = findings.add(&ACRONYM_UNEXPLAINED, mention.range, message);
        finding.fixes.extend(long.map(|long| Fix {
            title: format!("Spell out: {}", mentions::excerpt(&long)),
            edits: vec![Edit {
                file: context.file,
                range: mention.range,
                text: format!("{long} ({})", mention.range.of(context.text)),
            }],
            safe: false,
        }));
    }
}

/// The full name that the workspace has for an acronym: its entity note's, else the most frequent.
fn expansion(context: &RuleContext<'_>, local: usize, short: &str) -> Option<String> {
    let identity = mentions::identity(context, local)?;
    let recorded =
        mentions::registered(context.workspace, identity).into_iter().find(|name| names::spells(short, name));
    if let Some(name) = recorded {
        return Some(name.to_owned());
    }
    let mut known: HashMap<&str, usize> = HashMap::new();
    for (key, _) in context.workspace.first_spellings(identity) {
        let Some(long) = context.workspace.identity_of_key(key) else { continue };
        known.extend(mentions::spellings(context, &long, |name| names::spells(short, name)));
    }
    mentions::most_frequent(&known).map(str::to_owned)
}
