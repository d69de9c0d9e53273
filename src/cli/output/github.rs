//! For a GitHub workflow: one command a line, which GitHub shows beside the line in a pull request.

use std::io::Write;

use super::{Checked, Place};
use crate::config::Level;

/// Writes all findings.
///
/// # Errors
/// When writing fails.
pub fn write(checked: &[Checked], out: &mut impl Write) -> std::io::Result<()> {
    for checked in checked {
        for finding in &checked.findings {
            let place = Place::of(&checked.lines, finding.range);
            let command = match finding.level {
                Level::Error => "error",
                Level::Warning => "warning",
                _ => "notice",
            };
            // GitHub ignores columns where a range spans lines.
            let ends = if place.line == place.end_line {
                format!(",col={},endColumn={}", place.column, place.end_column)
            } else {
                String::new()
            };
            writeln!(
                out,
                "::{command} file={},line={},endLine={}{ends},title={} {}::{}",
                property(&checked.path),
                place.line,
                place.end_line,
                finding.rule.code,
                finding.rule.name,
                data(&finding.message),
            )?;
        }
    }
    Ok(())
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
