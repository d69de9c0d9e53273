//! C305: a link to a note or heading that does not exist.

use super::{Edit, Findings, Fix, RuleContext, footnotes};
use crate::config::Level;
use crate::structure::MarkerKind;
use crate::text::TextRange;
use crate::text::near::nearest;
use crate::workspace::FileId;
use crate::workspace::summary::stem;

crate::declare_rule! {
    /// Reports a link to a note, or to a heading of a note, that does not exist.
    ///
    /// ## Why
    /// The evidence that it promised was renamed or never written.
    ///
    /// ## Reported
    /// ```note
    /// //- /people/ada-pell.md
    /// # Ada Pell
    /// //- /note.md
    /// The warden is [[ada-pel]]. See [her file](people/ada-pel.md) and [[ada-pell#Early life]].
    ///                 ^^^^^^^        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^                ^^^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// //- /people/ada-pell.md
    /// # Ada Pell
    /// ## Early life
    /// //- /note.md
    /// The warden is [[ada-pell]]. See [her file](people/ada-pell.md) and [[Ada Pell#early life|her youth]].
    /// A picture is no note: ![[quay.png]] and [the act](act.pdf) and [a page](https://hd.example/a.md).
    /// ```
    ///
    /// ## Limits
    /// Only notes are known, so links to other files are not judged, nor addresses on the net. A wikilink may be a plan
    /// for a note, so it is one level softer. Block anchors (`#^id`) are not followed. A workspace of one note has no
    /// links to judge.
    pub(super) static DEAD_LINK = Rule { code: "C305", name: "dead-link", level: Warning, strict: Error, since: "0.1.0", check: check };
}

const NOTES: [&str; 5] = ["md", "markdown", "mdown", "qmd", "txt"];

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    if context.workspace.notes().nth(1).is_none() {
        return;
    }
    for marker in &context.facts.note.markers {
        match &marker.kind {
            MarkerKind::Wikilink { target, anchor, .. } => wikilink(context, *target, *anchor, findings),
            MarkerKind::Link { target, .. } => link(context, marker.range, target, findings),
            _ => {}
        }
    }
}

fn wikilink(context: &RuleContext<'_>, range: TextRange, anchor: Option<TextRange>, findings: &mut Findings) {
    let target = range.of(context.text);
    let other_file = target.rsplit_once('.').is_some_and(|(_, e)| {
        (2..=5).contains(&e.len()) && e.bytes().all(|b| b.is_ascii_alphanumeric()) && !is_note(target)
    });
    if other_file || target.contains("://") {
        return;
    }
    let file = if target.is_empty() { Some(context.file) } else { context.workspace.note_named(target, context.file) };
    let Some(file) = file else {
        let known = context.workspace.notes().flat_map(|(_, note)| [stem(&note.path), &*note.summary.title]);
        let near = nearest(target, known).map(str::to_owned);
        let shown = footnotes::shown(target);
        let message = match &near {
            Some(near) => format!("No note is called `{shown}`; did you mean `{}`?", footnotes::shown(near)),
            None => format!("No note is called `{shown}`: write it, or link to another."),
        };
        let finding = findings.add(&DEAD_LINK, range, message);
        finding.level = softer(finding.level);
        finding.fixes.extend(near.map(|near| Fix {
            title: format!("Link to `{near}`"),
            edits: vec![Edit { file: context.file, range, text: near }],
            safe: false,
        }));
        return;
    };
    if let Some(anchor) = anchor {
        heading(context, file, anchor, findings);
    }
}

fn heading(context: &RuleContext<'_>, file: FileId, anchor: TextRange, findings: &mut Findings) {
    // `[[note#Part#Section]]` names a heading below a heading; the last is the place.
    let wanted = anchor.of(context.text).rsplit('#').next().unwrap_or("");
    let Some(note) = context.workspace.note(file) else { return };
    if wanted.starts_with('^') || wanted.is_empty() || note.summary.headings.iter().any(|h| same(&h.text, wanted)) {
        return;
    }
    let shown = footnotes::shown(wanted);
    let finding =
        findings.add(&DEAD_LINK, anchor, format!("`{}` has no heading `{shown}`.", footnotes::shown(stem(&note.path))));
    finding.level = softer(finding.level);
}

fn link(context: &RuleContext<'_>, range: TextRange, target: &str, findings: &mut Findings) {
    let path = target.split(['#', '?']).next().unwrap_or("");
    if path.is_empty() || target.contains(':') || !is_note(path) {
        return;
    }
    let path = unescaped(path);
    let from = context.workspace.path(context.file).map_or("", |path| &**path);
    // What lies outside the workspace is not known.
    let Some(whole) = resolved(from, &path) else { return };
    if context.workspace.file_at(&whole).is_none() {
        findings.add(&DEAD_LINK, range, format!("There is no note `{}`.", footnotes::shown(&whole)));
    }
}

fn is_note(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, e)| NOTES.contains(&e.to_ascii_lowercase().as_str()))
}

/// A path relative to the workspace; none if it leaves it.
fn resolved(from: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = match path.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => from.split('/').collect(),
    };
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn unescaped(path: &str) -> String {
    let (mut bytes, mut rest) = (Vec::new(), path.as_bytes());
    while let Some((&first, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match code.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(byte) if first == b'%' => {
                bytes.push(byte);
                rest = &after[2..];
            }
            _ => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| path.to_owned())
}

/// Headings are compared as editors do it: letters and digits only, without case.
fn same(one: &str, other: &str) -> bool {
    let key = |text: &str| text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    key(one) == key(other)
}

fn softer(level: Level) -> Level {
    match level {
        Level::Error => Level::Warning,
        Level::Warning => Level::Information,
        other => other,
    }
}
