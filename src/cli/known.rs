//! `whosaid check --baseline`: the file of known findings, read, written and compared with what there is.

use std::path::{Path, PathBuf};

use super::judged::Judged;
use super::{CheckArgs, Failure, complain};
use crate::analysis::corrections::CORRECTIONS_FILE;
use crate::config::baseline::Baseline;
use crate::config::{LARGEST_FILE, MEGABYTE};
use crate::project::has_note_extension;
use crate::project::read::Reach;
use crate::project::write;
use crate::rules::baseline::fingerprint;

/// Stale entries shown, at most.
const SHOWN: usize = 20;

/// Reads the file.
pub(super) fn read(file: &Path) -> Result<Baseline, Failure> {
    let read = Reach::anywhere()
        .text(file, LARGEST_FILE * MEGABYTE)
        .map_err(|trouble| Failure::NoBaseline { path: file.to_owned(), trouble })?;
    Baseline::read(&read.text).ok_or_else(|| Failure::NotABaseline(file.to_owned()))
}

/// The file that a list of known findings is to be written into, as it stands now.
pub(super) struct Target {
    file: PathBuf,
    /// Its content; none if there is no such file yet.
    bytes: Option<Vec<u8>>,
    before: Baseline,
}

impl Target {
    /// The file that the arguments name.
    ///
    /// # Errors
    /// Where none is named, or one that holds anything else, or whose name is that of a note, a library or a setting,
    /// whether or not it is there. An empty file is taken where its name ends in `.json`.
    pub(super) fn of(args: &CheckArgs) -> Result<Option<Self>, Failure> {
        let Some(written) = &args.write_baseline else { return Ok(None) };
        // `--write-baseline known.json` reads as an option without a file and a note of that name.
        let stray = args.paths.iter().find(|path| path.extension().is_some_and(|extension| extension == "json"));
        let file = match (written, &args.baseline, stray) {
            (Some(file), ..) | (None, Some(file), None) => file.clone(),
            (None, _, stray) => {
                let name = stray.map_or_else(|| "known.json".into(), |path| path.to_string_lossy());
                return Err(Failure::NoBaselineFile(name.into_owned()));
            }
        };
        if let Some(meaning) = meant_otherwise(&file) {
            return Err(Failure::NameOfOther { path: file, meaning });
        }
        let bytes = match std::fs::read(&file) {
            Ok(bytes) => Some(bytes),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Err(Failure::Path { path: file, error }),
        };
        let text = bytes.as_deref().map_or(Ok(""), std::str::from_utf8);
        let before =
            text.ok().and_then(|text| if text.is_empty() { Some(Baseline::default()) } else { Baseline::read(text) });
        let is_json = file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
        if !is_json && bytes.as_deref().is_some_and(<[u8]>::is_empty) {
            return Err(Failure::EmptyFile(file));
        }
        let Some(before) = before else {
            return Err(Failure::NotReplaced(file));
        };
        Ok(Some(Self { file, bytes, before }))
    }
}

/// The reason why a file is none for known findings by its name: whosaid, or a tool beside it, would read it as something else.
fn meant_otherwise(file: &Path) -> Option<&'static str> {
    let name = file.file_name()?.to_string_lossy().to_lowercase();
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    if has_note_extension(file) {
        return Some("this is the name of a note");
    }
    match extension {
        "bib" | "yml" | "yaml" => Some("this is the name of a library"),
        "toml" => Some("this is the name of a file of settings"),
        _ => (name == CORRECTIONS_FILE).then_some("this is the file of corrected names"),
    }
}

/// Writes what there is now. What is known of notes that were not asked for stays.
pub(super) fn write(target: &Target, all: &[Judged<'_>]) -> Result<(), Failure> {
    let Target { file, bytes, before } = target;
    let [judged] = all else { return Err(Failure::SeveralProjects) };
    let mut now = found(judged, false);
    let asked = |path: &str| judged.notes.iter().any(|(note, _)| *note.path == *path);
    for (path, print, known) in before.iter().filter(|(path, ..)| !asked(path)) {
        if judged.project.snapshot.file_at(path).is_some() {
            (0..known.count).for_each(|_| now.add(path, print, &known.rule, &known.text));
        }
    }
    write::replace(file, bytes.as_deref(), now.write().as_bytes())
        .map_err(|why| Failure::Unwritten { path: file.clone(), reason: why.to_string() })?;
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
    let hint = format!("whosaid check --write-baseline={name} takes them out");
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
