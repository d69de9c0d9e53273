//! `whosaid check --audit`: every exception that notes and configuration make, where it is, why, and what it hides.

use std::io::Write;

use super::judged::Judged;
use super::{Failure, load};
use crate::rules::{CheckOptions, Exception, Family, Finding, Origin};
use crate::text::{Encoding, LineIndex};

/// Lists them, with what is wrong with them, and counts.
pub(super) fn write(all: &[Judged<'_>], options: CheckOptions, out: &mut impl Write) -> Result<(), Failure> {
    let mut count = 0;
    for judged in all {
        count += of_configuration(judged, options, out)?;
        for (note, judgement) in &judged.notes {
            let path = judged.project.display_path(&note.path);
            let at = |offset| place(&path, &note.lines, offset);
            for exception in &judgement.exceptions {
                let Origin::Note(range) = exception.origin else { continue };
                let hides = hides(&exception.hides, &note.lines);
                writeln!(out, "{}: {} ({})", at(range.start), summary(exception), state(exception, &hides))?;
                count += 1;
            }
            for finding in judgement.findings.iter().filter(|finding| finding.rule.family == Family::Suppression) {
                writeln!(out, "{}: {}: {}", at(finding.range.start), finding.rule.code, finding.message)?;
            }
        }
    }
    writeln!(out, "{count} exceptions.")?;
    Ok(())
}

/// The `[[ignore]]` tables of the configuration files.
fn of_configuration(judged: &Judged<'_>, options: CheckOptions, out: &mut impl Write) -> Result<usize, Failure> {
    let mut count = 0;
    for file in &judged.project.config_files {
        let lines = LineIndex::new(&file.text);
        let path = load::display_path(&file.path);
        for ignore in &file.ignore {
            let (mut hides, mut notes) = (0, 0);
            for (note, judgement) in &judged.notes {
                let config = judged.project.snapshot.config_at(&note.path);
                for exception in &judgement.exceptions {
                    let Origin::Config(index) = exception.origin else { continue };
                    if config.ignore.get(index) == Some(ignore) {
                        hides += exception.hides.len();
                        notes += usize::from(!exception.hides.is_empty());
                    }
                }
            }
            let exception = Exception {
                origin: Origin::Config(0),
                scope: "paths",
                rules: ignore.rules.clone(),
                reason: ignore.reason.clone(),
                until: ignore.until,
                expired: ignore.has_expired(options.today),
                hides: Vec::new(),
            };
            let hides = if hides == 0 { String::new() } else { format!("{hides} in {notes} notes") };
            let scope = format!("{} {}", ignore.paths.patterns().join(", "), summary(&exception));
            let at = place(&path, &lines, ignore.range.start);
            writeln!(out, "{at}: {scope} ({})", state(&exception, &hides))?;
            count += 1;
        }
    }
    for fault in &judged.project.faults {
        let lines = LineIndex::new(&fault.text);
        for finding in fault.findings.iter().filter(|finding| finding.rule.family == Family::Suppression) {
            let at = place(&load::display_path(&fault.path), &lines, finding.range.start);
            writeln!(out, "{at}: {}: {}", finding.rule.code, finding.message)?;
        }
    }
    Ok(count)
}

/// `ignore A101 until 2031-05-01: own count at the quay`
fn summary(exception: &Exception) -> String {
    let rules = if exception.rules.is_empty() { "all rules".into() } else { exception.rules.join(", ") };
    let until = exception.until.map_or(String::new(), |date| format!(" until {date}"));
    let reason = if exception.reason.is_empty() { "no reason given" } else { &exception.reason };
    format!("{} {rules}{until}: {reason}", exception.scope)
}

fn state(exception: &Exception, hides: &str) -> String {
    match (exception.expired, hides.is_empty()) {
        (true, _) => "expired, hides nothing".to_owned(),
        (false, true) => "hides nothing".to_owned(),
        (false, false) => format!("hides {hides}"),
    }
}

/// `A101 14:5, C302 15:1`
fn hides(findings: &[Finding], lines: &LineIndex) -> String {
    let one = |finding: &Finding| {
        let at = lines.position(finding.range.start, Encoding::Utf32);
        format!("{} {}:{}", finding.rule.code, at.line + 1, at.column + 1)
    };
    findings.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn place(path: &str, lines: &LineIndex, offset: u32) -> String {
    let at = lines.position(offset, Encoding::Utf32);
    format!("{path}:{}:{}", at.line + 1, at.column + 1)
}
