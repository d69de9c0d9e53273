//! Which content of which file was read.
//!
//! A file whose times and size are those of a known [`Stamp`] is not read again. Two things could make that wrong and
//! are met as git does: a file that was written moments before it was read may be written again without its times
//! showing it (it is `young`, and its content decides the next time); and a file may change while it is read (it is
//! read again). A clock that was set back or forward makes files young at worst.

use std::fs::Metadata;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use xxhash_rust::xxh3::xxh3_64;

use super::read::{self, Reach, ReadError};
use crate::analysis::AnalysisConfig;
use crate::store::Stamp;

/// Files systems count time in steps of up to two seconds.
const STEP: i64 = 2_000_000_000;

/// A file keeps changing while it is read: then it is taken as it is, and looked at again the next time.
const ATTEMPTS: usize = 3;

/// The bytes of a file, as they were read.
#[derive(Clone, Debug)]
pub struct Content {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Their stamp.
    pub stamp: Stamp,
}

/// A hash of the settings that the analysis depends on.
#[must_use]
pub fn settings(config: &AnalysisConfig) -> u64 {
    // Named one by one, so that a new setting cannot be forgotten here.
    let AnalysisConfig { carry_max, citation_scope, corrections, house, source_note } = config;
    let said = format!("{carry_max} {citation_scope:?} {house:?} {source_note}\n{}", corrections.text);
    xxh3_64(said.as_bytes())
}

/// The stamp of a file by its metadata; the hash is not known.
#[must_use]
pub fn look(metadata: &Metadata, settings: u64) -> Stamp {
    Stamp {
        modified: metadata.modified().map_or(0, nanoseconds),
        changed: changed(metadata),
        size: metadata.len(),
        settings,
        ..Stamp::default()
    }
}

/// Reads a file.
///
/// # Errors
/// Where it must not be read, or cannot.
pub fn read(path: &Path, reach: &Reach, limit: u64, settings: u64) -> Result<Content, ReadError> {
    let mut attempts = 0;
    loop {
        attempts += 1;
        let (file, seen) = reach.open(path, limit)?;
        let bytes = read::all_of(&file, &seen, limit)?;
        let (before, after) = (look(&seen, settings), look(&file.metadata()?, settings));
        let settled = before == after && before.size == bytes.len() as u64;
        if settled || attempts == ATTEMPTS {
            let now = nanoseconds(SystemTime::now());
            let young = !settled || after.modified.max(after.changed) > now - STEP;
            let stamp = Stamp { hash: xxh3_64(&bytes), size: bytes.len() as u64, young, ..after };
            return Ok(Content { bytes, stamp });
        }
    }
}

fn nanoseconds(time: SystemTime) -> i64 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_nanos()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |n| -n),
    }
}

#[cfg(unix)]
fn changed(metadata: &Metadata) -> i64 {
    use std::os::unix::fs::MetadataExt;
    metadata.ctime().saturating_mul(1_000_000_000).saturating_add(metadata.ctime_nsec())
}

#[cfg(not(unix))]
fn changed(_: &Metadata) -> i64 {
    0
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};
    use std::time::Duration;

    use super::*;

    fn file(text: &str, modified: SystemTime) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), text).unwrap();
        set(file.path(), modified);
        file
    }

    fn set(path: &Path, modified: SystemTime) {
        File::options().write(true).open(path).unwrap().set_modified(modified).unwrap();
    }

    fn read(path: &Path, settings: u64) -> Result<Content, ReadError> {
        super::read(path, &Reach::anywhere(), u64::MAX - 1, settings)
    }

    /// As it would stand had it been read long after.
    fn settled(path: &Path) -> Stamp {
        Stamp { young: false, ..read(path, 1).unwrap().stamp }
    }

    #[test]
    fn what_was_just_written_and_what_comes_from_the_future_is_young() {
        let now = SystemTime::now();
        assert!(read(file("Lidia Marr spoke.", now).path(), 1).unwrap().stamp.young);
        assert!(read(file("Lidia Marr spoke.", now + Duration::from_secs(90_000)).path(), 1).unwrap().stamp.young);
    }

    #[test]
    fn the_same_file_is_known_and_one_with_other_words_of_the_same_length_and_time_is_not() {
        let then = SystemTime::now() - Duration::from_secs(1000);
        let file = file("Lidia Marr spoke.", then);
        let known = settled(file.path());
        assert!(known.covers(&look(&fs::metadata(file.path()).unwrap(), 1)));
        assert!(!known.covers(&look(&fs::metadata(file.path()).unwrap(), 2)), "other settings");
        std::thread::sleep(Duration::from_millis(20));
        fs::write(file.path(), "Lidia Orr waited.").unwrap();
        set(file.path(), then);
        let other = look(&fs::metadata(file.path()).unwrap(), 1);
        assert_eq!((other.modified, other.size), (known.modified, known.size));
        if cfg!(unix) {
            assert!(!known.covers(&other), "the time of the entry tells");
        }
        assert!(!known.same_content(&settled(file.path())));
    }

    #[test]
    fn a_file_that_changes_all_the_time_is_read_and_not_trusted() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        fs::write(&path, "").unwrap();
        let stop = std::sync::atomic::AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                for round in 0.. {
                    if stop.load(std::sync::atomic::Ordering::Relaxed) {
                        return;
                    }
                    fs::write(&path, "x".repeat(round % 5000)).unwrap();
                }
            });
            for _ in 0..50 {
                let content = read(&path, 1).unwrap();
                assert_eq!(content.stamp.hash, xxh3_64(&content.bytes));
                assert!(content.stamp.young);
            }
            stop.store(true, std::sync::atomic::Ordering::Relaxed);
        });
    }
}
