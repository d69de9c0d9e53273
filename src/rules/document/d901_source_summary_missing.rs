//! D901: a finished assessment that does not say what it rests on.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::front_matter;
use crate::analysis::facts::{SourceKind, Sourced};
use crate::rules::{Edit, Findings, Fix, RuleContext};
use crate::structure::MarkerKind;
use crate::text::TextRange;

crate::declare_rule! {
    /// Reports a final assessment or report without a source summary or a list of sources.
    ///
    /// ## Why
    /// A reader who was not there must be told how good the sources are as a whole: how many, of what kind, what
    /// hangs on one alone. No single citation says that.
    ///
    /// ## Reported
    /// ```note
    /// ---
    /// type: assessment
    ///       ^^^^^^^^^^
    /// status: final
    /// ---
    /// # The port of Lusk
    ///
    /// Nadim Haddad said the port was closed.
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// ---
    /// type: assessment
    /// status: final
    /// ---
    /// # The port of Lusk
    ///
    /// Nadim Haddad said the port was closed.
    ///
    /// ## Source summary
    ///
    /// One named official; nobody else has confirmed it.
    /// ```
    /// ```note
    /// ---
    /// type: assessment
    /// status: draft
    /// ---
    /// Nadim Haddad said the port was closed.
    /// ```
    ///
    /// ## Limits
    /// Known by its heading ("Source summary", "Sources", "References", "Bibliography"). Drafts need none yet. The fix
    /// counts what the program sees; judging the sources is the author's.
    pub(super) static SOURCE_SUMMARY_MISSING = Rule {
        code: "D901",
        name: "source-summary-missing",
        family: Document,
        level: Hint,
        strict: Information,
        since: "0.2.0",
        check: check,
        messages: {
            missing(product): "Missing source summary: this {product} is final. Say how many sources it has, of what kind, how good.",
        },
    };
}

const HEADINGS: [&str; 11] = [
    "source summary",
    "source summary statement",
    "sources",
    "sources and methods",
    "summary of sources",
    "summary of reporting",
    "sourcing",
    "source statement",
    "references",
    "bibliography",
    "works cited",
];

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let Some((product, range)) = front_matter::product(context).filter(|_| front_matter::is_final(context)) else {
        return;
    };
    let Some(note) = context.workspace.note(context.file) else { return };
    let named = note.headings().any(|heading| {
        let words = heading.text.trim().trim_end_matches([':', '.']).to_lowercase();
        let words = words.trim_start_matches(|c: char| c.is_numeric() || matches!(c, '.' | ')' | ' '));
        HEADINGS.contains(&words)
    });
    let kept = context.facts.items.iter().any(|item| item.source_line.is_some());
    if named || kept {
        return;
    }
    let message = message::missing(product);
    let end = context.text.len() as u32;
    let gap = if context.text.ends_with('\n') { "\n" } else { "\n\n" };
    let edit = Edit { file: context.file, range: TextRange::empty(end), text: format!("{gap}{}", draft(context)) };
    let fix =
        Fix { title: "Add a draft source summary at the end of the note".to_owned(), edits: vec![edit], safe: false };
    findings.add(&SOURCE_SUMMARY_MISSING, range, message).fixes.push(fix);
}

/// A summary of what the program sees, for the author to judge.
fn draft(context: &RuleContext<'_>) -> String {
    let facts = context.facts;
    let mut named: BTreeMap<String, usize> = BTreeMap::new();
    let (mut anonymous, mut vague, mut unsourced) = (0usize, 0usize, 0usize);
    for claim in &facts.claims {
        let at = match claim.sourced {
            Sourced::Attribution(at) | Sourced::Carried(at) => at,
            Sourced::Citation(_) => continue,
            Sourced::None => {
                unsourced += 1;
                continue;
            }
        };
        let Some(attribution) = facts.attributions.get(at as usize) else { continue };
        match attribution.kind {
            SourceKind::Named | SourceKind::Citation => {
                let entity = attribution.speaker.and_then(|e| facts.entities.get(e as usize)).map(|e| e.name.clone());
                let written = || Some(attribution.source.first()?.of(context.text).to_owned());
                *named.entry(entity.or_else(written).unwrap_or_default()).or_default() += 1;
            }
            SourceKind::Anonymous => anonymous += 1,
            SourceKind::Vague => vague += 1,
        }
    }
    named.remove("");
    let mut cited: Vec<&str> = Vec::new();
    for marker in &facts.note.markers {
        if let MarkerKind::CitationKey { key, .. } = marker.kind {
            cited.push(key.of(context.text));
        }
    }
    cited.sort_unstable();
    cited.dedup();
    let mut out = String::from("## Source summary\n\n");
    let mut speakers: Vec<(&String, &usize)> = named.iter().collect();
    speakers.sort_by_key(|(name, count)| (std::cmp::Reverse(**count), (*name).clone()));
    let shown: Vec<String> = speakers.iter().take(8).map(|(name, count)| format!("{name} ({count})")).collect();
    let more = if speakers.len() > 8 { ", and others" } else { "" };
    if !shown.is_empty() {
        let _ = writeln!(out, "- Named sources: {} ({}{more}).", speakers.len(), shown.join(", "));
    }
    if anonymous + vague > 0 {
        let _ = writeln!(out, "- Statements of unnamed sources: {anonymous}; of nobody in particular: {vague}.");
    }
    if !cited.is_empty() {
        let keys: Vec<String> = cited.iter().take(20).map(|key| format!("[@{key}]")).collect();
        let _ = writeln!(out, "- Cited: {}.", keys.join(", "));
    }
    if let [(only, _)] = speakers.as_slice()
        && cited.is_empty()
        && anonymous == 0
    {
        let _ = writeln!(out, "- Everything that has a source rests on one: {only}.");
    }
    if unsourced > 0 {
        let _ = writeln!(out, "- Statements without a source: {unsourced}.");
    }
    out.push_str("- Strengths, weaknesses and gaps: [TK]\n");
    out
}
