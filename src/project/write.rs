//! Writing a note back, for those who asked for it: `whosaid check --fix` and nobody else.
//!
//! A note is somebody's work. So nothing is written over a file that changed since it was read, that is not clean
//! UTF-8, or that is write-protected; the new text is written beside it first and takes its place in one step, so that a
//! crash leaves either the old text or the new one.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;

use super::decode;
use crate::text::TextRange;

/// A replacement of bytes of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// What is replaced; empty to insert.
    pub range: TextRange,
    /// By what, with `\n` as line end.
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

/// Puts `after` in the place of a note that reads `before`.
///
/// # Errors
/// A sentence that says why nothing was written.
pub fn replace(path: &Path, before: &str, after: &str) -> Result<(), String> {
    // Through a link to the file itself, so that the link stays one.
    let path = fs::canonicalize(path).map_err(|error| error.to_string())?;
    let known = fs::metadata(&path).map_err(|error| error.to_string())?;
    if known.permissions().readonly() {
        return Err("this file is write-protected; nothing was changed".to_owned());
    }
    let bytes = fs::read(&path).map_err(|error| error.to_string())?;
    let read = decode::decode(bytes).map_err(|why| why.message().to_owned())?;
    if read.lossy_at.is_some() {
        return Err("this file is not clean UTF-8; nothing was changed".to_owned());
    }
    if read.text != before {
        return Err("this file was changed meanwhile; nothing was changed".to_owned());
    }
    let folder = path.parent().ok_or("this file stands in no folder")?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = folder.join(format!(".{name}.whosaid-{}", std::process::id()));
    let written = write_new(&beside, read.had_bom, after)
        .and_then(|()| fs::set_permissions(&beside, known.permissions()))
        .and_then(|()| fs::rename(&beside, &path));
    written.map_err(|error| {
        // What cannot be finished must not be left lying about.
        let _ = fs::remove_file(&beside);
        format!("this file cannot be written: {error}")
    })
}

fn write_new(path: &Path, mark: bool, text: &str) -> std::io::Result<()> {
    let mut file = File::options().write(true).create_new(true).open(path)?;
    if mark {
        file.write_all("\u{feff}".as_bytes())?;
    }
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(range: (u32, u32), text: &str) -> Replacement {
        Replacement { range: TextRange::new(range.0, range.1), text: text.to_owned() }
    }

    #[test]
    fn replacements_are_made_in_order_with_the_line_ends_of_the_text() {
        assert_eq!(replaced("a\r\nb\r\n", &[put((0, 1), "x\ny"), put((3, 4), "")]), "x\r\ny\r\n\r\n");
        assert_eq!(replaced("é.", &[put((1, 2), "no"), put((2, 2), "!")]), "é!.");
    }

    #[test]
    fn a_note_is_replaced_whole_with_its_mark_and_nothing_is_left_beside_it() {
        let folder = std::env::temp_dir().join(format!("whosaid-write-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let note = folder.join("a.md");
        fs::write(&note, "\u{feff}Port Sarn").unwrap();
        assert_eq!(replace(&note, "Port Sarn", "Lusk"), Ok(()));
        assert_eq!(fs::read_to_string(&note).unwrap(), "\u{feff}Lusk");

        // Somebody else's change, broken bytes and write-protection are respected.
        assert!(replace(&note, "Port Sarn", "Tavria").is_err());
        assert_eq!(fs::read_to_string(&note).unwrap(), "\u{feff}Lusk");
        fs::write(&note, b"caf\xe9").unwrap();
        assert!(replace(&note, "caf\u{fffd}", "x").is_err());
        fs::write(&note, "Lusk").unwrap();
        let mut permissions = fs::metadata(&note).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&note, permissions).unwrap();
        assert!(replace(&note, "Lusk", "Tavria").is_err());
        assert_eq!(fs::read_to_string(&note).unwrap(), "Lusk");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
        let _ = fs::remove_dir_all(&folder);
    }
}
