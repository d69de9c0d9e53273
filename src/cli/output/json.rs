//! For programs: one array, or one object a line.

use std::io::Write;

use serde::Serialize;

use super::{Checked, Place, RelatedPlace};
use crate::rules::Finding;
use crate::text::TextRange;

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
    /// The words that the range covers.
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
pub fn write(checked: &[Checked], lines: bool, out: &mut impl Write) -> std::io::Result<()> {
    let all: Vec<FindingOut<'_>> =
        checked.iter().flat_map(|c| c.each().map(|(f, related)| finding(c, f, related))).collect();
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

fn finding<'a>(checked: &'a Checked, finding: &'a Finding, related: &'a [RelatedPlace]) -> FindingOut<'a> {
    let place = Place::of(&checked.lines, finding.range);
    let TextRange { start, end } = finding.range;
    FindingOut {
        path: &checked.path,
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
        text: finding.range.of(&checked.text),
        score: finding.score,
        related: related.iter().map(related_out).collect(),
        fixes: finding.fixes.iter().map(|fix| fix.title.as_str()).collect(),
    }
}

fn related_out(place: &RelatedPlace) -> RelatedOut<'_> {
    let TextRange { start, end } = place.range;
    RelatedOut { path: &place.path, line: place.line, column: place.column, start, end, message: &place.message }
}
