//! C308: a source note without what a citation needs.

use crate::rules::{Edit, Findings, Fix, RuleContext};
use crate::text::TextRange;

crate::declare_rule! {
    /// Reports a source note that lacks fields which every citation needs.
    ///
    /// ## Why
    /// A reader must be able to find the source again: who published it, when, where. What is not written down on the
    /// day it is read is seldom found later. The house may ask for more with `required-fields` in whosaid.toml.
    ///
    /// ## Reported
    /// ```note
    /// ---
    /// type: source
    /// citekey: hd0320
    /// title: Norvik Denies Sale
    ///        ^^^^^^^^^^^^^^^^^^
    /// publisher: Harbor Daily
    /// ---
    /// Norvik has denied it.
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// ---
    /// type: source
    /// citekey: hd0320
    /// title: Norvik Denies Sale
    /// outlet: Harbor Daily
    /// date: 2031-03-20
    /// url: https://hd.example/norvik
    /// ---
    /// Norvik has denied it.
    /// ```
    ///
    /// ## Limits
    /// Entries of bibliographies are not judged, and whether a value is right is not known.
    pub(super) static SOURCE_FIELDS_MISSING = Rule {
        code: "C308",
        name: "source-fields-missing",
        family: Citation,
        level: Information,
        strict: Warning,
        since: "0.1.0",
        check: check,
        messages: {
            incomplete(fields): "Incomplete source note: it lacks {fields}. Add what is known to its front matter.",
        },
        about_front_matter: true,
    };
}

/// Other names of a field.
const ALSO: [(&str, &[&str]); 5] = [
    ("publisher", &["outlet", "institution", "journal"]),
    ("date", &["published"]),
    ("url", &["doi", "file"]),
    ("accessed", &["urldate"]),
    ("grade", &["reliability", "3x5x2"]),
];

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let Some(note) = context.workspace.note(context.file).filter(|note| note.source.is_some()) else { return };
    let Some(front) = &context.facts.note.front_matter else { return };
    let given = |field: &str| front.value(field).is_some_and(|value| !value.trim().is_empty());
    let has = |field: &String| {
        let also = ALSO.iter().find(|(name, _)| name == field).map_or(&[][..], |(_, also)| also);
        given(field) || also.iter().any(|other| given(other)) || (field == "title" && !note.title_range.is_empty())
    };
    let missing: Vec<&str> =
        context.config.sources.required_fields.iter().filter(|field| !has(field)).map(String::as_str).collect();
    if missing.is_empty() || front.problem.is_some() {
        return;
    }
    let at = if note.title_range.is_empty() {
        TextRange::new(front.range.start, (front.range.start + 3).min(front.range.end))
    } else {
        note.title_range
    };
    let shown: String = missing.join(", ").chars().take(60).collect();
    let title = format!("Add to the front matter: {shown}");
    let message = message::incomplete(shown);
    let fence = front.range.of(context.text).trim_end().rfind(['\n', '\r']);
    let finding = findings.add(&SOURCE_FIELDS_MISSING, at, message);
    if let Some(fence) = fence {
        let lines: String = missing.iter().map(|field| format!("{field}: \n")).collect();
        let here = TextRange::empty(front.range.start + fence as u32 + 1);
        finding.fixes.push(Fix {
            title,
            edits: vec![Edit { file: context.file, range: here, text: lines }],
            safe: false,
        });
    }
}
