//! Writing to the folders of the user, for those who asked for it: `whosaid check --fix` and `--write-baseline`, nobody else.
//!
//! A file is somebody's work. So nothing is written over one that changed since it was read, that is write-protected, or
//! whose owner, rights, attributes or other names (hard links) would be lost. What is new is written beside it first, where
//! only its owner can read it, and takes its place in one step: a crash, also of the machine, leaves either the old text or
//! the new one. The file beside it that a killed run leaves is removed by the next one that writes there.
//!
//! On macOS access control lists, on Windows the rights of a single file and its further streams are not carried over: no
//! library without unsafe code of ours reaches them. There a file gets those of its folder.

mod attributes;

use std::fs::{self, File, Metadata, Permissions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

pub use attributes::Attribute;

use super::decode::{self, DecodeError};
use crate::text::TextRange;

/// Beginning and end of the names of files that are written beside others: hidden, and no note's.
const BESIDE: (&str, &str) = (".whosaid-", ".tmp");

/// The age from which such a file counts as left by a killed run. A run that still writes is done with each within moments.
const LEFT_BEHIND: Duration = Duration::from_secs(60 * 60);

/// A file that was not written, as half a sentence to stand after its name.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Links lead to a file that is not the project's.
    #[error("a link leads from here out of the project; nothing was changed")]
    OutsideProject,
    /// It holds another text than the one that was to be replaced.
    #[error("this file was changed meanwhile; nothing was changed")]
    Changed,
    /// It is no text.
    #[error("{0}")]
    Decode(DecodeError),
    /// Some of its bytes are no UTF-8, and would be lost.
    #[error("this file is not clean UTF-8; nothing was changed")]
    NoUtf8,
    /// It is a folder, a device or the like.
    #[error("this is no file; nothing was changed")]
    NoFile,
    /// Nobody may write to it.
    #[error("this file is write-protected; nothing was changed")]
    WriteProtected,
    /// It is known by other names, too, and these would keep the old text.
    #[error("this file has other names (hard links), which would keep the old text; nothing was changed")]
    HardLinks,
    /// A file in its place would lack what this one has beside its text.
    #[error("this file's {0} would be lost; nothing was changed")]
    Attribute(#[from] Attribute),
    /// The system does not let it be read.
    #[error("{0}")]
    Read(io::Error),
    /// The system does not let it be written.
    #[error("this file cannot be written: {0}")]
    Write(io::Error),
}

/// A replacement of bytes of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// The replaced bytes; empty to insert.
    pub range: TextRange,
    /// The new text, with `\n` as line end.
    pub text: String,
}

/// A text with replacements made. They must be sorted and must not overlap; one that does not fit is left out. Line ends
/// are written as the text has them.
#[must_use]
pub fn replaced(text: &str, replacements: &[Replacement]) -> String {
    let windows = text.contains("\r\n");
    let mut out = String::with_capacity(text.len() + 64);
    let mut at = 0usize;
    for replacement in replacements {
        let (start, end) = (replacement.range.start as usize, replacement.range.end as usize);
        let Some(before) = text.get(at..start).filter(|_| text.get(start..end).is_some()) else { continue };
        out.push_str(before);
        if windows {
            out.push_str(&replacement.text.replace("\r\n", "\n").replace('\n', "\r\n"));
        } else {
            out.push_str(&replacement.text);
        }
        at = end;
    }
    out.push_str(text.get(at..).unwrap_or(""));
    out
}

/// The file that a note of a project really is, links resolved, if it may be written.
///
/// # Errors
/// If it may not, for instance because a link leads out of the project.
pub fn target(root: &Path, note: &Path) -> Result<PathBuf, WriteError> {
    let path = fs::canonicalize(note).map_err(WriteError::Read)?;
    let root = fs::canonicalize(root).map_err(WriteError::Read)?;
    if !path.starts_with(&root) {
        return Err(WriteError::OutsideProject);
    }
    let known = fs::metadata(&path).map_err(WriteError::Read)?;
    allowed(&known)?;
    Ok(path)
}

/// Puts `after` in the place of a note of a project that reads `before`. A byte order mark stays.
///
/// # Errors
/// If nothing was written.
pub fn note(root: &Path, note: &Path, before: &str, after: &str) -> Result<(), WriteError> {
    // Through a link to the file itself, so that the link stays one.
    let path = target(root, note)?;
    let bytes = fs::read(&path).map_err(WriteError::Read)?;
    let read = decode::decode(bytes.clone()).map_err(WriteError::Decode)?;
    if read.lossy_at.is_some() {
        return Err(WriteError::NoUtf8);
    }
    if read.text != before {
        return Err(WriteError::Changed);
    }
    let mark = if read.had_bom { "\u{feff}" } else { "" };
    replace(&path, Some(&bytes), [mark, after].concat().as_bytes())
}

/// Puts `after` in the place of a file that holds `before`, or makes it where there must be none yet.
///
/// # Errors
/// If nothing was written.
pub fn replace(path: &Path, before: Option<&[u8]>, after: &[u8]) -> Result<(), WriteError> {
    let Some(before) = before else { return make(path, after) };
    let path = fs::canonicalize(path).map_err(WriteError::Read)?;
    let mut old = File::open(&path).map_err(WriteError::Read)?;
    let known = old.metadata().map_err(WriteError::Read)?;
    allowed(&known)?;
    let mut bytes = Vec::with_capacity(before.len());
    old.read_to_end(&mut bytes).map_err(WriteError::Read)?;
    if bytes != before {
        return Err(WriteError::Changed);
    }
    let folder = folder_of(&path);
    let mut beside = named(None).tempfile_in(folder).map_err(WriteError::Write)?;
    sweep(folder, beside.path());
    beside.write_all(after).map_err(WriteError::Write)?;
    attributes::keep(&old, beside.as_file())?;
    beside.as_file().sync_all().map_err(WriteError::Write)?;
    // As late as can be: what somebody else saves between this and the next line is lost to them.
    if !fs::symlink_metadata(&path).is_ok_and(|now| is_same(&known, &now)) {
        return Err(WriteError::Changed);
    }
    // Windows puts nothing in the place of a file that is open.
    drop(old);
    beside.persist(&path).map_err(|failed| WriteError::Write(failed.error))?;
    settle(folder);
    Ok(())
}

/// Makes a file; one that is there already stays as it is.
fn make(path: &Path, text: &[u8]) -> Result<(), WriteError> {
    let folder = folder_of(path);
    let mut beside = named(attributes::of_new_files()).tempfile_in(folder).map_err(WriteError::Write)?;
    sweep(folder, beside.path());
    beside.write_all(text).and_then(|()| beside.as_file().sync_all()).map_err(WriteError::Write)?;
    beside.persist_noclobber(path).map_err(|failed| WriteError::Write(failed.error))?;
    settle(folder);
    Ok(())
}

/// A maker of files to be written beside others; without rights given, each is readable by its owner alone.
fn named(rights: Option<Permissions>) -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(BESIDE.0).suffix(BESIDE.1).rand_bytes(12);
    if let Some(rights) = rights {
        builder.permissions(rights);
    }
    builder
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Refuses files that must not be replaced by another of the same name.
fn allowed(known: &Metadata) -> Result<(), WriteError> {
    if !known.is_file() {
        return Err(WriteError::NoFile);
    }
    if known.permissions().readonly() {
        return Err(WriteError::WriteProtected);
    }
    if attributes::names(known) > 1 {
        return Err(WriteError::HardLinks);
    }
    Ok(())
}

/// Returns `true` if a file is still the one that was read, unchanged.
fn is_same(known: &Metadata, now: &Metadata) -> bool {
    now.is_file()
        && known.len() == now.len()
        && known.modified().ok() == now.modified().ok()
        && attributes::identity(known) == attributes::identity(now)
}

/// Brings the new name of a file to the disk, so that it outlives a crash of the machine.
fn settle(folder: &Path) {
    // The file is whole and in its place; where a folder cannot be synced (Windows, some networks), that has to do.
    if cfg!(unix) {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}

/// Removes what killed runs of the same user left in a folder. `own` is what this run writes there now.
fn sweep(folder: &Path, own: &Path) {
    let Ok(mine) = fs::symlink_metadata(own) else { return };
    let Ok(entries) = fs::read_dir(folder) else { return };
    let ours = |name: &str| name.starts_with(BESIDE.0) && name.ends_with(BESIDE.1);
    for entry in entries.flatten().filter(|entry| entry.file_name().to_str().is_some_and(ours)) {
        let Ok(known) = fs::symlink_metadata(entry.path()) else { continue };
        let age = known.modified().ok().and_then(|then| SystemTime::now().duration_since(then).ok());
        if known.is_file() && attributes::owner(&known) == attributes::owner(&mine) && age > Some(LEFT_BEHIND) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests;
