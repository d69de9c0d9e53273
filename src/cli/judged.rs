//! A project as the rules see it: what `check`, its audit and its baseline are all made of.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::load;
use super::output::{self, Checked};
use crate::config::Ignore;
use crate::rules::{self, CheckOptions, Finding, Judgement, Origin, files};
use crate::text::{LineIndex, TextRange};
use crate::workspace::NoteEntry;

/// A project with what the rules make of the notes that were asked for.
pub(super) struct Judged<'p> {
    /// The project.
    pub(super) project: &'p load::Loaded,
    /// The notes that were asked for, by path, each with its findings and exceptions.
    pub(super) notes: Vec<(Arc<NoteEntry>, Judgement)>,
}

impl<'p> Judged<'p> {
    /// Runs the rules over the notes that were asked for, in parallel.
    pub(super) fn of(project: &'p load::Loaded, options: CheckOptions) -> Self {
        let judge =
            |&file| Some((project.snapshot.full(file)?.clone(), rules::judge(&project.snapshot, file, options)));
        Self { project, notes: project.asked.par_iter().filter_map(judge).collect() }
    }

    /// The number of findings that each `[[ignore]]` hides, by its folder and place.
    pub(super) fn hidden(&self) -> HashMap<(String, TextRange), usize> {
        let mut hidden = HashMap::new();
        for (note, judgement) in &self.notes {
            let config = self.project.snapshot.config_at(&note.path);
            for exception in &judgement.exceptions {
                let Origin::Config(index) = exception.origin else { continue };
                if let Some(ignore) = config.ignore.get(index) {
                    *hidden.entry(key(ignore)).or_insert(0) += exception.hides.len();
                }
            }
        }
        hidden
    }

    /// The findings about the `[[ignore]]` tables of each configuration file. That one excuses nothing is only known
    /// where all notes were judged.
    pub(super) fn of_ignores(&self, options: CheckOptions) -> Vec<(&'p Path, Vec<Finding>)> {
        let hidden = self.hidden();
        let idle = |ignore: &Ignore| self.project.whole && hidden.get(&key(ignore)).is_none_or(|count| *count == 0);
        let config = self.project.snapshot.config();
        let of = |file: &'p crate::project::ConfigFile| {
            (file.path.as_path(), files::of_ignores(&file.ignore, config, options.today, idle))
        };
        self.project.config_files.iter().map(of).collect()
    }

    /// The notes with their findings, then the configuration files and bibliographies with theirs, ready to be printed.
    pub(super) fn into_checked(self, options: CheckOptions) -> Vec<Checked> {
        let of_ignores: HashMap<&Path, Vec<Finding>> = self.of_ignores(options).into_iter().collect();
        let project = self.project;
        let note = |(note, judgement): (Arc<NoteEntry>, Judgement)| {
            let findings = judgement.findings;
            let related = output::places(&project.snapshot, &findings, |path| project.display_path(path));
            let text = note.text.clone().unwrap_or_else(|| "".into());
            Checked {
                path: project.display_path(&note.path),
                is_note: true,
                text,
                lines: note.lines.clone(),
                findings,
                related,
            }
        };
        let mut checked: Vec<Checked> = self.notes.into_iter().map(note).collect();
        for fault in &project.faults {
            let mut findings = fault.findings.clone();
            findings.extend(of_ignores.get(fault.path.as_path()).into_iter().flatten().cloned());
            findings.sort_by_key(|finding| finding.range);
            let (related, lines) = (vec![Vec::new(); findings.len()], Arc::new(LineIndex::new(&fault.text)));
            let (path, text) = (load::display_path(&fault.path), fault.text.clone());
            checked.push(Checked { path, is_note: false, text, lines, findings, related });
        }
        checked
    }
}

fn key(ignore: &Ignore) -> (String, TextRange) {
    (format!("{:?}", ignore.folder), ignore.range)
}
