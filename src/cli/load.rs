//! From paths on the command line to a checked workspace.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::{Failure, complain};
use crate::analysis::{self, Memo};
use crate::config::Config;
use crate::structure::Format;
use crate::workspace::{Change, FileId, NoteEntry, Snapshot, Workspace};

/// What was asked for, and everything around it.
pub(super) struct Loaded {
    /// All notes of the workspace.
    pub(super) snapshot: Snapshot,
    /// The notes that were asked for, by path.
    pub(super) asked: Vec<FileId>,
    /// Whether something could not be read; it has been said on standard error.
    pub(super) failed: bool,
}

/// Reads the notes at `paths` (this folder if there are none).
pub(super) fn load(paths: &[PathBuf], change: impl FnOnce(&mut Config)) -> Result<Loaded, Failure> {
    let here = [PathBuf::from(".")];
    let mut failed = false;
    let mut files = Vec::new();
    for path in if paths.is_empty() { &here[..] } else { paths } {
        if !path.exists() {
            complain(format_args!("{}: there is no such file or folder", path.display()));
            failed = true;
        }
        for entry in ignore::WalkBuilder::new(path).build() {
            match entry {
                Ok(entry)
                    if entry.file_type().is_some_and(|t| t.is_file())
                        && (entry.depth() == 0 || is_note(entry.path())) =>
                {
                    files.push(entry.into_path());
                }
                Ok(_) => {}
                Err(_) if !path.exists() => {}
                Err(error) => {
                    complain(error);
                    failed = true;
                }
            }
        }
    }
    files.sort();
    files.dedup();
    let mut config = Config::default();
    change(&mut config);
    let mut workspace = Workspace::default();
    let read: Vec<_> = files.par_iter().map(|file| read(file, &config)).collect();
    workspace.apply(Change::Config(Arc::new(config)));
    let mut asked = Vec::new();
    for (n, entry) in read.into_iter().enumerate() {
        match entry {
            Ok(entry) => {
                asked.push(FileId(n as u32));
                workspace.apply(Change::Note(FileId(n as u32), entry));
            }
            Err(error) => {
                complain(error);
                failed = true;
            }
        }
    }
    Ok(Loaded { snapshot: workspace.snapshot(), asked, failed })
}

fn is_note(path: &Path) -> bool {
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or("").to_ascii_lowercase();
    matches!(extension.as_str(), "md" | "markdown" | "mdown" | "qmd" | "txt")
}

fn read(path: &Path, config: &Config) -> Result<NoteEntry, String> {
    let text = text_of(path)?;
    let shown = path.strip_prefix("./").unwrap_or(path).to_string_lossy().replace('\\', "/");
    let facts = analysis::analyze(&text, Format::of_path(&shown), &config.analysis, &mut Memo::default());
    Ok(NoteEntry::new(shown, text, facts))
}

/// A note's text. What is not UTF-8 is read with replacement characters, and said.
pub(super) fn text_of(path: &Path) -> Result<String, String> {
    let shown = path.display();
    let bytes = std::fs::read(path).map_err(|error| format!("{shown}: {error}"))?;
    if memchr::memchr(0, &bytes).is_some() {
        return Err(format!(
            "{shown}: this is no text (it has NUL bytes); leave it out with `exclude` in whosaid.toml"
        ));
    }
    String::from_utf8(bytes).or_else(|error| {
        let at = error.utf8_error().valid_up_to();
        complain(format_args!("{shown}: not UTF-8 at byte {at}; read as far as possible, save it as UTF-8"));
        Ok(String::from_utf8_lossy(error.as_bytes()).into_owned())
    })
}
