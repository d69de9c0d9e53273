//! C305: a link to a note or heading that does not exist.

use super::footnotes;
use crate::config::Level;
use crate::rules::{Edit, Findings, Fix, RuleContext};
use crate::structure::MarkerKind;
use crate::text::TextRange;
use crate::text::near::nearest;
use crate::workspace::FileId;
use crate::workspace::paths::stem;

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
    /// More is [in her file](people/ada-pell.md#late-life) and [below](#gates).
    ///         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^     ^^^^^^^^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// //- /people/ada-pell.md
    /// # Ada Pell
    /// ## Early life
    /// //- /note.md
    /// The warden is [[ada-pell]]. See [her file](people/ada-pell.md) and [[Ada Pell#early life|her youth]].
    /// More is [in her file](people/ada-pell.md#early-life) and [below](#the-gates).
    ///
    /// # The gates
    ///
    /// A picture is no note: ![[quay.png]] and [the act](act.pdf) and [a page](https://hd.example/a.md).
    /// ```
    ///
    /// ## Limits
    /// Only notes are known, so links to other files are not judged, nor addresses on the net. Headings are compared by
    /// letters and digits; places that a note names itself (`<a id>`, `{#id}`) count. A wikilink may be a plan
    /// for a note, so it is one level softer. Block anchors (`#^id`) are not followed. A workspace of one note has no
    /// links to judge.
    pub(super) static DEAD_LINK = Rule {
        code: "C305",
        name: "dead-link",
        family: Citation,
        level: Warning,
        strict: Error,
        since: "0.1.0",
        check: check,
        messages: {
            near(name, near): "Broken link: no note is called `{name}`. Did you mean `{near}`?",
            no_note(name): "Broken link: no note is called `{name}`. Write it, or link to another.",
            no_heading(note, heading): "Broken link: `{note}` has no heading `{heading}`. Correct the link.",
            no_file(path): "Broken link: there is no note `{path}`. Correct the path.",
            capitals(real, path): "Fragile link: the note is `{real}`, not `{path}`. Match its capitals.",
        },
    };
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
        let near = nearest(target, context.workspace.note_names(context.file)).map(str::to_owned);
        let shown = footnotes::excerpt(target);
        let message = match &near {
            Some(near) => message::near(shown, footnotes::excerpt(near)),
            None => message::no_note(shown),
        };
        let finding = findings.add(&DEAD_LINK, range, message);
        finding.level = softer(finding.level);
        finding.fixes.extend(near.map(|near| Fix {
            title: format!("Link to `{near}` instead"),
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
    if wanted.starts_with('^') || wanted.is_empty() || note.headings().any(|h| same(h.text, wanted)) {
        return;
    }
    let shown = footnotes::excerpt(wanted);
    let finding = findings.add(&DEAD_LINK, anchor, message::no_heading(footnotes::excerpt(stem(&note.path)), shown));
    finding.level = softer(finding.level);
}

fn link(context: &RuleContext<'_>, range: TextRange, target: &str, findings: &mut Findings) {
    if target.contains("://") || target.starts_with("mailto:") {
        return;
    }
    let (path, anchor) = target.split_once('#').map_or((target, ""), |(path, anchor)| (path, anchor));
    let path = unescaped(path.split('?').next().unwrap_or(""));
    let file = if path.is_empty() {
        Some(context.file)
    } else if path.contains(':') || !is_note(&path) {
        return;
    } else {
        let from = context.workspace.path(context.file).map_or("", |path| &**path);
        // What lies outside the workspace is not known.
        let Some(whole) = resolved(from, &path) else { return };
        let file = context.workspace.file_at(&whole);
        if file.is_none() {
            missing(context, range, &whole, findings);
        }
        file
    };
    let Some((file, note)) = file.and_then(|file| Some((file, context.workspace.note(file)?))) else { return };
    let wanted = unescaped(anchor);
    if wanted.is_empty() || note.headings().any(|heading| answers(heading.text, &wanted)) {
        return;
    }
    // Editors of HTML and of Quarto name places by themselves: `<a id="x">`, `{#x}`.
    let text = context.workspace.full(file).and_then(|note| note.text.as_deref());
    let own = |text: &str| ["id=\"", "name=\"", "{#"].iter().any(|lead| text.contains(&format!("{lead}{wanted}")));
    if text.is_none_or(own) {
        return;
    }
    let (shown, name) = (footnotes::excerpt(&wanted), footnotes::excerpt(stem(&note.path)));
    let finding = findings.add(&DEAD_LINK, range, message::no_heading(name, shown));
    finding.level = softer(finding.level);
}

/// No such note; where one differs in letter case only, it is found here and lost on a server.
fn missing(context: &RuleContext<'_>, range: TextRange, whole: &str, findings: &mut Findings) {
    let shown = footnotes::excerpt(whole);
    let Some(note) = context.workspace.note_in_other_case(whole) else {
        findings.add(&DEAD_LINK, range, message::no_file(shown));
        return;
    };
    let real = footnotes::excerpt(&note.path);
    let finding = findings.add(&DEAD_LINK, range, message::capitals(real, shown));
    finding.level = softer(finding.level);
}

/// True if a heading answers to an anchor: `#early-life`, and `#early-life-1` for the second of that name.
fn answers(heading: &str, anchor: &str) -> bool {
    let again = anchor.rsplit_once('-').filter(|(_, n)| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    same(heading, anchor) || again.is_some_and(|(name, _)| same(heading, name))
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
                rest = after.get(2..).unwrap_or_default();
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
