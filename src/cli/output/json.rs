//! For programs: one array, or one object a line.

use std::io::Write;

use serde::Serialize;

use super::{Checked, Place};
use crate::rules::{Finding, Related};
use crate::text::TextRange;
use crate::workspace::{NoteEntry, Snapshot};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FindingOut<'a> {
    path: &'a str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    /// Byte offsets into the note.
    start: u32,
    end: u32,
    code: &'static str,
    name: &'static str,
    level: &'static str,
    message: &'a str,
    /// What the range covers.
    text: &'a str,
    score: f32,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<RelatedOut<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<&'a str>,
}

#[derive(Serialize)]
struct RelatedOut<'a> {
    path: &'a str,
    line: u32,
    column: u32,
    start: u32,
    end: u32,
    message: &'a str,
}

/// Writes all findings, as lines or as an array.
///
/// # Errors
/// When writing fails.
pub fn write(checked: &[Checked], workspace: &Snapshot, lines: bool, out: &mut impl Write) -> std::io::Result<()> {
    let all: Vec<FindingOut<'_>> =
        checked.iter().flat_map(|c| c.findings.iter().map(|f| finding(&c.note, f, workspace))).collect();
    if !lines {
        serde_json::to_writer_pretty(&mut *out, &all)?;
        return out.write_all(b"\n");
    }
    for one in all {
        serde_json::to_writer(&mut *out, &one)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn finding<'a>(note: &'a NoteEntry, finding: &'a Finding, workspace: &'a Snapshot) -> FindingOut<'a> {
    let place = Place::of(&note.lines, finding.range);
    let TextRange { start, end } = finding.range;
    FindingOut {
        path: &note.path,
        line: place.line,
        column: place.column,
        end_line: place.end_line,
        end_column: place.end_column,
        start,
        end,
        code: finding.rule.code,
        name: finding.rule.name,
        level: finding.level.as_str(),
        message: &finding.message,
        text: note.text.as_deref().map_or("", |text| finding.range.of(text)),
        score: finding.score,
        related: finding.related.iter().filter_map(|r| related(workspace, r)).collect(),
        fixes: finding.fixes.iter().map(|fix| fix.title.as_str()).collect(),
    }
}

fn related<'a>(workspace: &'a Snapshot, related: &'a Related) -> Option<RelatedOut<'a>> {
    let place = Place::of(workspace.lines(related.file)?, related.range);
    let path = workspace.path(related.file)?;
    Some(RelatedOut {
        path,
        line: place.line,
        column: place.column,
        start: related.range.start,
        end: related.range.end,
        message: &related.message,
    })
}
