//! D906: a document that is marked more open than what it uses.

use std::collections::HashSet;

use super::front_matter::Handling;
use crate::rules::{Findings, Related, RuleContext};
use crate::structure::{FrontMatter, MarkerKind};
use crate::workspace::FileId;

crate::declare_rule! {
    /// Reports a source that is held more closely than the document that uses it.
    ///
    /// ## Why
    /// Whoever passes the document on passes the source on.
    ///
    /// ## Reported
    /// ```note
    /// //- /sources/pell.md
    /// ---
    /// type: source
    /// citekey: pell2031
    /// tlp: amber
    /// ---
    /// Interview.
    /// //- /note.md
    /// ---
    /// tlp: clear
    /// ---
    /// The gates were shut [@pell2031].
    ///                       ^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// //- /sources/pell.md
    /// ---
    /// type: source
    /// citekey: pell2031
    /// tlp: amber
    /// ---
    /// Interview.
    /// //- /note.md
    /// ---
    /// tlp: TLP:AMBER+STRICT
    /// ---
    /// The gates were shut [@pell2031].
    /// ```
    ///
    /// ## Limits
    /// Off unless asked for. Reads `tlp` and `handling` with the colours of the Traffic Light Protocol, of cited sources
    /// and linked notes. A document without a mark is judged as soon as a source has one above clear.
    pub(super) static HANDLING_CONFLICT = Rule {
        code: "D906",
        name: "handling-mark-conflict",
        family: Document,
        level: Off,
        strict: Warning,
        since: "0.2.0",
        check: check,
        messages: {
            conflict(held, own): "Handling conflict: the source is {held}, this document {own}. Raise the marking, or leave the source out.",
        },
    };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let own = context.facts.note.front_matter.as_ref().and_then(of_front);
    let mut seen = HashSet::new();
    for marker in &context.facts.note.markers {
        let (range, used) = match &marker.kind {
            MarkerKind::CitationKey { key, .. } => (*key, of_key(context, key.of(context.text))),
            MarkerKind::Wikilink { target, .. } => (*target, of_note(context, target.of(context.text))),
            _ => continue,
        };
        let Some((file, at, held)) = used else { continue };
        if held <= own.unwrap_or(Handling::Clear) || !seen.insert(range.of(context.text)) {
            continue;
        }
        let (held, own) = (held.as_str(), own.map_or("unmarked", Handling::as_str));
        let message = message::conflict(held, own);
        let related = Related { file, range: at, message: format!("Marked {held}") };
        findings.add(&HANDLING_CONFLICT, range, message).related.push(related);
    }
}

type Used = (FileId, crate::text::TextRange, Handling);

fn of_key(context: &RuleContext<'_>, key: &str) -> Option<Used> {
    let sources = context.workspace.sources_of(key);
    let held = sources.iter().filter_map(|(file, source)| {
        let mark = ["tlp", "handling"].iter().find_map(|name| Handling::read(source.field(name)?))?;
        Some((*file, source.range, mark))
    });
    held.max_by_key(|(_, _, mark)| *mark)
}

fn of_note(context: &RuleContext<'_>, target: &str) -> Option<Used> {
    let file = context.workspace.note_named(target, context.file)?;
    let note = context.workspace.note(file)?;
    let mark = ["tlp", "handling"].iter().find_map(|key| Handling::read(note.field(key).next()?))?;
    Some((file, note.title_range, mark))
}

fn of_front(front: &FrontMatter) -> Option<Handling> {
    ["tlp", "handling"].iter().find_map(|key| Handling::read(front.value(key)?))
}
