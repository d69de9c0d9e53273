//! `whosaid check --baseline`: the file of known findings, read, written and compared with what there is.

use std::path::Path;

use super::judged::Judged;
use super::{Failure, complain};
use crate::config::baseline::Baseline;
use crate::config::{LARGEST_FILE, MEGABYTE};
use crate::project::read::Reach;
use crate::rules::baseline::fingerprint;

/// Stale entries shown, at most.
const SHOWN: usize = 20;

/// Reads the file.
pub(super) fn read(file: &Path) -> Result<Baseline, Failure> {
    let hint = "whosaid check --write-baseline FILE writes one";
    let read = Reach::anywhere()
        .text(file, LARGEST_FILE * MEGABYTE)
        .map_err(|trouble| format!("{}: {trouble}; {hint}", file.display()))?;
    Baseline::read(&read.text)
        .ok_or_else(|| format!("{}: this is no list of known findings; {hint}", file.display()).into())
}

/// Writes what there is now. What is known of notes that were not asked for stays.
pub(super) fn write(file: Option<&Path>, all: &[Judged<'_>]) -> Result<(), Failure> {
    let file = file.ok_or("say where: --write-baseline FILE")?;
    let [judged] = all else { return Err("a baseline is of one project: name paths of one".into()) };
    let mut now = found(judged, false);
    if let Ok(before) = read(file) {
        let asked = |path: &str| judged.notes.iter().any(|(note, _)| *note.path == *path);
        for (path, print, known) in before.iter().filter(|(path, ..)| !asked(path)) {
            if judged.project.snapshot.file_at(path).is_some() {
                (0..known.count).for_each(|_| now.add(path, print, &known.rule, &known.text));
            }
        }
    }
    std::fs::write(file, now.write()).map_err(|error| format!("{}: {error}", file.display()))?;
    complain(format_args!("{}: {} known findings", file.display(), now.len()));
    Ok(())
}

/// Says which known findings there are no more.
pub(super) fn complain_of_stale(judged: &Judged<'_>, given: Option<&Path>) {
    let config = judged.project.snapshot.config();
    let Some((_, baseline)) = &config.known else { return };
    let stale = baseline.without(&found(judged, true));
    // Of a note that was not asked for nothing is known; one that is gone has no findings.
    let judged_path = |path: &str| {
        judged.notes.iter().any(|(note, _)| *note.path == *path)
            || judged.project.whole && judged.project.snapshot.file_at(path).is_none()
    };
    let stale: Vec<_> = stale.iter().filter(|(path, ..)| judged_path(path)).map(|(p, _, k)| (p, k)).collect();
    if stale.is_empty() {
        return;
    }
    let name = given.map(|path| path.display().to_string()).or_else(|| config.baseline.clone()).unwrap_or_default();
    let hint = format!("whosaid check --write-baseline {name} takes them out");
    complain(format_args!("{name}: {} known findings occur no more; {hint}", stale.len()));
    for (path, known) in stale.iter().take(SHOWN) {
        complain(format_args!("  {path}: {} {}", known.rule, known.text));
    }
    if let Some(more) = stale.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        complain(format_args!("  and {more} more"));
    }
}

/// The findings there are: those that are reported, or those that the baseline knows.
fn found(judged: &Judged<'_>, known: bool) -> Baseline {
    let mut all = Baseline::default();
    for (note, judgement) in &judged.notes {
        let text = note.text.as_deref().unwrap_or("");
        for finding in if known { &judgement.known } else { &judgement.findings } {
            let print = fingerprint(finding, text, &note.facts);
            all.add(&note.path, print, finding.rule.code, finding.range.of(text));
        }
    }
    all
}
