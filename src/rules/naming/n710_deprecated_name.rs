//! N710: a name that is no longer in use.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use super::mentions;
use crate::analysis::facts::{EntityKind, Mention};
use crate::lexicon::places::{self, Renamed};
use crate::rules::{Edit, Findings, Fix, Related, RuleContext};
use crate::text::TextRange;
use crate::workspace::records::EntityRecord;
use crate::workspace::{FileId, names};

crate::declare_rule! {
    /// Reports a former name of a body, person or place.
    ///
    /// ## Why
    /// Readers search for the name of today. The former one dates the text and, with places, may take a side that the
    /// writer does not mean to take.
    ///
    /// ## Reported
    /// ```note
    /// The envoys flew to Kiev on Monday.
    ///                    ^^^^
    /// ```
    /// ```note
    /// //- /orgs/norvik.md
    /// ---
    /// type: org
    /// name: Norvik Shipping
    /// former-names: [Sarn Steamship Company]
    /// ---
    /// //- /note.md
    /// The Sarn Steamship Company sold two ferries.
    ///     ^^^^^^^^^^^^^^^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// The envoys flew to Kyiv on Monday. "We love Kiev," said a postcard in the hall.
    /// ```
    /// ```note
    /// The family left Kiev in 1987 and came to Kyiv again last year.
    /// ```
    /// ```note
    /// The exhibition shows Calcutta in 1943.
    /// ```
    /// ```note
    /// //- /orgs/norvik.md
    /// ---
    /// type: org
    /// name: Norvik Shipping
    /// former-names: [Sarn Steamship Company]
    /// ---
    /// //- /note.md
    /// Norvik Shipping, once the Sarn Steamship Company, sold two ferries.
    /// ```
    ///
    /// ## Limits
    /// Former names come from `former-names` or `previousName` of an entity note and from a short list of renamed
    /// places. An entity note that has the old name as its name or under `aliases` overrules the list. A sentence that
    /// has the new name too, or a year before the change, speaks of the past and is left alone.
    pub(super) static DEPRECATED_NAME = Rule {
        code: "N710",
        name: "deprecated-name",
        family: Naming,
        level: Information,
        strict: Warning,
        since: "0.1.0",
        check: check,
        messages: {
            former(old, new): "Former name \"{old}\": it has changed. Write \"{new}\".",
        },
        tag: Deprecated,
    };
}

/// Renamed places by the folded former name.
static PLACES: LazyLock<HashMap<String, Renamed>> =
    LazyLock::new(|| places::renamed().map(|place| (names::fold(place.former), place)).collect());

/// The name that should be written instead of a former one.
struct Today {
    name: String,
    /// The year of the change, where it is known.
    year: Option<u32>,
    /// The place where an entity note says so.
    said: Option<(FileId, TextRange)>,
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    for (local, entity) in context.facts.entities.iter().enumerate() {
        let Some(identity) = mentions::identity(context, local) else { continue };
        let record = identity.record.and_then(|file| Some((file, context.workspace.note(file)?.record.clone()?)));
        let listed = matches!(entity.kind, EntityKind::Place | EntityKind::Org);
        if record.is_none() && !listed {
            continue;
        }
        for (_, mention) in mentions::of_entity(context, entity) {
            if !mentions::is_own_text(context, mention) {
                continue;
            }
            let written = names::fold(mention.range.of(context.text));
            let Some(today) = today(record.as_ref(), listed, &written) else { continue };
            if speaks_of_the_past(context, mention, &today) {
                continue;
            }
            let (old, new) = (mentions::excerpt(mention.range.of(context.text)), mentions::excerpt(&today.name));
            let message = message::former(old, &new);
            let finding = findings.add(&DEPRECATED_NAME, mention.range, message);
            let said = "Its entity note".to_owned();
            finding.related.extend(today.said.map(|(file, range)| Related { file, range, message: said }));
            let edits = vec![Edit { file: context.file, range: mention.range, text: today.name.clone() }];
            finding.fixes.push(Fix { title: format!("Write \"{new}\""), edits, safe: false });
        }
    }
}

/// The name of today for a written name, both as the entity notes have it and as the list has it.
fn today(record: Option<&(FileId, Arc<EntityRecord>)>, listed: bool, written: &str) -> Option<Today> {
    let listed = PLACES.get(written).filter(|_| listed);
    if let Some((file, record)) = record {
        if record.former.iter().any(|name| names::fold(&name.text) == written) {
            let said = Some((*file, record.name_range));
            return Some(Today { name: record.name.to_string(), year: None, said });
        }
        if record.strong.iter().chain(&record.weak).any(|name| names::fold(&name.text) == written) {
            return None;
        }
    }
    listed.map(|renamed| Today { name: renamed.present.to_owned(), year: Some(renamed.year), said: None })
}

/// True if the sentence sets the former name beside the new one, or into a year before the change.
fn speaks_of_the_past(context: &RuleContext<'_>, mention: &Mention, today: &Today) -> bool {
    let note = &context.facts.note;
    let Some(sentence) = note.sentences.get(mention.sentence as usize) else { return false };
    let words = note.tokens.get(sentence.tokens.start as usize..sentence.tokens.end as usize).unwrap_or(&[]);
    let year = |word: &str| word.get(..4).and_then(|digits| digits.parse::<u32>().ok()).filter(|y| *y >= 1000);
    let before = |end: u32| words.iter().any(|t| year(t.range.of(context.text)).is_some_and(|year| year < end));
    names::fold(sentence.range.of(context.text)).contains(&names::fold(&today.name)) || today.year.is_some_and(before)
}
