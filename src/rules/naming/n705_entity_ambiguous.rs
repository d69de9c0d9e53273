//! N705: a name that several bear.

use super::mentions;
use crate::rules::{Edit, Findings, Fix, Related, RuleContext};
use crate::text::TextRange;
use crate::workspace::FileId;
use crate::workspace::entities::Identity;

crate::declare_rule! {
    /// Reports a name that fits two or more entity notes, so that nobody can tell which one is meant.
    ///
    /// ## Why
    /// Whoever follows the name lands at the wrong dossier, and statements are counted for the wrong person. A link to the
    /// entity note settles it.
    ///
    /// ## Reported
    /// ```note
    /// //- /people/nadim-haddad.md
    /// ---
    /// type: person
    /// name: Nadim Haddad
    /// ---
    /// //- /people/rana-haddad.md
    /// ---
    /// type: person
    /// name: Rana Haddad
    /// ---
    /// //- /note.md
    /// On Monday Minister Haddad said the talks had failed.
    ///                    ^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// //- /people/nadim-haddad.md
    /// ---
    /// type: person
    /// name: Nadim Haddad
    /// ---
    /// //- /people/rana-haddad.md
    /// ---
    /// type: person
    /// name: Rana Haddad
    /// ---
    /// //- /note.md
    /// On Monday Minister Nadim Haddad said the talks had failed. Mr Haddad left.
    /// ```
    ///
    /// ## Limits
    /// Only entity notes count: that two persons without one share a surname is no news.
    pub(super) static ENTITY_AMBIGUOUS = Rule {
        code: "N705",
        name: "entity-ambiguous",
        family: Naming,
        level: Information,
        strict: Warning,
        since: "0.1.0",
        check: check,
        messages: {
            ambiguous(bearers): "Ambiguous name: it may be {bearers}. Link the one you mean.",
        },
    };
}

/// Candidates that are listed.
const SHOWN: usize = 4;

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    for (local, entity) in context.facts.entities.iter().enumerate() {
        let Some(identity) = mentions::identity(context, local) else { continue };
        let rivals = rivals(context, identity);
        if rivals.len() < 2 || rivals.iter().any(|rival| rival.file == context.file) {
            continue;
        }
        let first = mentions::of_entity(context, entity).find(|(_, m)| mentions::is_own_text(context, m));
        let Some((_, mention)) = first else { continue };
        let written = mention.range.of(context.text);
        let listed: Vec<String> = rivals.iter().take(2).map(|rival| mentions::excerpt(&rival.name)).collect();
        let more = if rivals.len() > 2 { " or others" } else { "" };
        let bearers = format!("{}{more}", listed.join(" or "));
        let message = message::ambiguous(bearers);
        let finding = findings.add(&ENTITY_AMBIGUOUS, mention.range, message);
        for rival in rivals.iter().take(SHOWN) {
            let Rival { name, file, range, stem } = rival;
            finding.related.push(Related {
                file: *file,
                range: *range,
                message: format!("{name} has this entity note"),
            });
            let edit = Edit { file: context.file, range: mention.range, text: format!("[[{stem}|{written}]]") };
            finding.fixes.push(Fix {
                title: format!("Link to {}", mentions::excerpt(name)),
                edits: vec![edit],
                safe: false,
            });
        }
    }
}

/// An entity note that a name may point at.
struct Rival {
    name: String,
    file: FileId,
    range: TextRange,
    stem: String,
}

fn rivals(context: &RuleContext<'_>, identity: &Identity) -> Vec<Rival> {
    let workspace = context.workspace;
    let borne = identity.bearers.iter().filter_map(|&key| workspace.identity_of_key(key)?.record);
    let mut files: Vec<FileId> = identity.rivals.iter().copied().chain(borne).collect();
    files.sort_unstable();
    files.dedup();
    let rival = |file: FileId| {
        let note = workspace.note(file)?;
        let record = note.record.as_deref()?;
        let name = note.path.rsplit('/').next().unwrap_or(&note.path);
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned();
        Some(Rival { name: record.name.to_string(), file, range: record.name_range, stem })
    };
    files.into_iter().filter_map(rival).collect()
}
