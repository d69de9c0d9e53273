//! D903: a product that does not say what it is, of what day, by whom.

use super::front_matter;
use crate::rules::{Edit, Findings, Fix, RuleContext};
use crate::text::TextRange;

crate::declare_rule! {
    /// Reports an assessment or report whose front matter lacks date, author or status, or that has no title.
    ///
    /// ## Why
    /// A judgement holds as of a day and is somebody's. Without the status nobody knows whether it may be quoted.
    ///
    /// ## Reported
    /// ```note
    /// ---
    /// type: assessment
    ///       ^^^^^^^^^^
    /// date: 2031-04-02
    /// ---
    /// # The port of Lusk
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// ---
    /// type: assessment
    /// date: 2031-04-02
    /// author: Ada Pell
    /// status: draft
    /// ---
    /// # The port of Lusk
    /// ```
    /// ```note
    /// # Notes from the quay
    /// ```
    /// ```note
    /// //- /whosaid.toml
    /// [product]
    /// required-fields = ["title", "tlp"]
    /// //- /note.md
    /// ---
    /// type: assessment
    /// tlp: amber
    /// ---
    /// # The port of Lusk
    /// ```
    ///
    /// ## Limits
    /// Only notes that call themselves a product: `type` (or `product`, `genre`) is assessment, report, estimate, brief,
    /// briefing or analysis. `required-fields` under `[product]` in whosaid.toml says which fields they must give, `tlp`
    /// among them. Whether a value is right is not known.
    pub(super) static METADATA_MISSING = Rule {
        code: "D903",
        name: "metadata-missing",
        family: Document,
        level: Hint,
        strict: Information,
        since: "0.2.0",
        check: check,
        messages: {
            missing(product, fields): "Missing metadata: this {product} does not give {fields}. Add it to the front matter.",
        },
        about_front_matter: true,
    };
}

/// Fields that go by other names, too.
const OTHERS: [(&str, &[&str]); 4] = [
    ("date", &["published", "created", "updated"]),
    ("author", &["authors", "by", "analyst", "desk"]),
    ("status", &["state"]),
    ("tlp", &["handling", "classification"]),
];

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let Some((product, range)) = front_matter::product(context) else { return };
    let (Some(front), Some(note)) = (&context.facts.note.front_matter, context.workspace.note(context.file)) else {
        return;
    };
    let given = |key: &str| front.value(key).is_some_and(|value| !value.trim().is_empty());
    let dated = note.date().is_some();
    let has = |field: &str| {
        let others = OTHERS.iter().find(|(name, _)| *name == field).map_or(&[][..], |(_, others)| others);
        match field {
            // The title may be a heading; the file's name is none.
            "title" => !note.title_range.is_empty(),
            _ => given(field) || others.iter().any(|other| given(other)) || field == "date" && dated,
        }
    };
    let fields = context.config.product_fields.iter().map(String::as_str);
    let missing: Vec<&str> = fields.filter(|field| !has(field)).collect();
    if missing.is_empty() {
        return;
    }
    let list: String = missing.join(", ").chars().take(60).collect();
    let message = message::missing(product, list);
    let finding = findings.add(&METADATA_MISSING, range, message);
    // The new lines go before the closing fence; a key that stands there empty is the author's to fill.
    let absent: Vec<&str> = missing.into_iter().filter(|key| !front.fields.iter().any(|f| f.key == *key)).collect();
    let fence = front.range.of(context.text).trim_end().rfind('\n').map(|at| front.range.start + at as u32 + 1);
    if let Some(at) = fence.filter(|_| !absent.is_empty()) {
        let text = absent.iter().map(|key| format!("{key}: \n")).collect();
        let edit = Edit { file: context.file, range: TextRange::empty(at), text };
        finding.fixes.push(Fix {
            title: format!("Add to the front matter: {}", absent.join(", ")),
            edits: vec![edit],
            safe: false,
        });
    }
}
