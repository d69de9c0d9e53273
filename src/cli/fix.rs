//! `whosaid check --fix`: what is safe to mend unseen is mended in the files; with `--dry-run` it is only shown.
//!
//! The only command that changes notes, and only those within the project. Which fixes are safe is the rules' to say: blanks before footnotes, excuses that excuse
//! nothing; never a word of the author's, never anything between quotation marks.

use std::collections::{BTreeMap, HashSet};
use std::io::Write;
use std::ops::Range;

use super::{Failure, complain, load};
use crate::features::code_actions::safe_edits;
use crate::features::code_actions::trial::Trial;
use crate::project::write::{self, Replacement};
use crate::rules::{self, CheckOptions};
use crate::workspace::FileId;

/// Lines that are shown before and after a change.
const AROUND: usize = 3;

/// Mends the notes that were asked for. Returns `true` if all could be written.
pub(super) fn run(all: &load::All, options: CheckOptions, dry: bool, out: &mut impl Write) -> Result<bool, Failure> {
    let mut whole = true;
    for project in &all.projects {
        let mut by_note: BTreeMap<FileId, Vec<Replacement>> = BTreeMap::new();
        for &file in &project.asked {
            let findings = rules::check(&project.snapshot, file, options);
            // A safe fix stays in its own note: one that reaches further is the author's to see.
            let Some(trial) = Trial::new(&project.snapshot, file, options) else { continue };
            for edit in safe_edits(&trial, &findings).into_iter().filter(|edit| edit.file == file) {
                by_note.entry(file).or_default().push(Replacement { range: edit.range, text: edit.text });
            }
        }
        // A note that links lead to from several places is mended once.
        let mut met = HashSet::new();
        for (file, replacements) in by_note {
            let Some(note) = project.snapshot.full(file) else { continue };
            let Some(before) = note.text.as_deref() else { continue };
            let path = project.root.join(&*note.path);
            let shown = load::display_path(&path);
            let target = write::target(&project.root, &path);
            if target.as_ref().is_ok_and(|target| !met.insert(target.clone())) {
                continue;
            }
            let mended = target.and_then(|_| {
                let after = write::replaced(before, &replacements);
                if dry { Ok(()) } else { write::note(&project.root, &path, before, &after) }
            });
            match mended {
                Ok(()) if dry => diff(&shown, before, &replacements, out)?,
                Ok(()) => complain(format_args!("{shown}: {} changed", places(replacements.len()))),
                Err(why) => {
                    whole = false;
                    complain(format_args!("{shown}: {why}"));
                }
            }
        }
    }
    Ok(whole)
}

fn places(count: usize) -> String {
    if count == 1 { "1 place".to_owned() } else { format!("{count} places") }
}

/// A unified diff of one note, as `patch` and `git apply` read it.
fn diff(path: &str, before: &str, replacements: &[Replacement], out: &mut impl Write) -> Result<(), Failure> {
    let lines: Vec<&str> = before.split_inclusive('\n').collect();
    let mut starts = vec![0usize];
    lines.iter().for_each(|line| starts.push(starts.last().copied().unwrap_or(0) + line.len()));
    let start_of = |line: usize| starts.get(line).copied().unwrap_or(before.len());
    let lines_in = |range: Range<usize>| lines.get(range).unwrap_or_default();
    let line_of = |at: u32| starts.partition_point(|&start| start <= at as usize).saturating_sub(1).min(lines.len());
    writeln!(out, "--- a/{path}\n+++ b/{path}")?;

    // Changes whose surroundings meet are one hunk; within it only the changed lines are shown as changed.
    let mut hunks: Vec<Vec<(Range<usize>, Vec<Replacement>)>> = Vec::new();
    for replacement in replacements {
        let first = line_of(replacement.range.start);
        let last = line_of(replacement.range.end.saturating_sub(u32::from(!replacement.range.is_empty()))).max(first);
        let touched = first..(last + 1).min(lines.len()).max(first);
        let Some(change) = hunks.last_mut().and_then(|hunk| hunk.last_mut()) else {
            hunks.push(vec![(touched, vec![replacement.clone()])]);
            continue;
        };
        if touched.start < change.0.end {
            change.0.end = change.0.end.max(touched.end);
            change.1.push(replacement.clone());
        } else if touched.start <= change.0.end + 2 * AROUND {
            let change = (touched, vec![replacement.clone()]);
            hunks.last_mut().into_iter().for_each(|hunk| hunk.push(change.clone()));
        } else {
            hunks.push(vec![(touched, vec![replacement.clone()])]);
        }
    }
    let mut grown = 0isize;
    for hunk in hunks {
        let (Some(first), Some(last)) = (hunk.first(), hunk.last()) else { continue };
        let from = first.0.start.saturating_sub(AROUND);
        let to = (last.0.end + AROUND).min(lines.len());
        let mut body = String::new();
        let (mut at, mut old, mut new) = (from, 0usize, 0usize);
        let mut put = |sign: char, line: &str| {
            body.push(sign);
            body.push_str(line);
            if !line.ends_with('\n') {
                body.push_str("\n\\ No newline at end of file\n");
            }
        };
        for (touched, replacements) in &hunk {
            for line in lines_in(at..touched.start) {
                put(' ', line);
            }
            let base = start_of(touched.start);
            let piece = before.get(base..start_of(touched.end)).unwrap_or("");
            let shift = |r: &Replacement| Replacement {
                range: crate::text::TextRange::from_usize(r.range.start as usize - base, r.range.end as usize - base),
                text: r.text.clone(),
            };
            let mended = write::replaced(piece, &replacements.iter().map(shift).collect::<Vec<_>>());
            for line in lines_in(touched.clone()) {
                put('-', line);
            }
            let added = mended.split_inclusive('\n');
            new += touched.start - at + added.clone().count();
            old += touched.end - at;
            added.for_each(|line| put('+', line));
            at = touched.end;
        }
        for line in lines_in(at..to) {
            put(' ', line);
        }
        old += to - at;
        new += to - at;
        let start = from + 1;
        writeln!(out, "@@ -{start},{old} +{},{new} @@", start.saturating_add_signed(grown))?;
        write!(out, "{body}")?;
        grown += new as isize - old as isize;
    }
    Ok(())
}
