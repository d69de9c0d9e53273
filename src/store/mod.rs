//! The persistent index: facts about the notes, kept between two starts. Rebuildable, versioned, never the truth.
//!
//! One SQLite file holds what is known of one folder of notes ([`place`] says where). It is a log: every batch of notes
//! is one row ([`segment`]), later rows win, and a row is only ever added or, with all that came before it, merged
//! ([`compaction`]). So a batch costs one write, a start is one streaming read, and whatever moment a process is killed at, what is there is whole.
//!
//! Each note carries its [`Stamp`]: of which file, of which content and under which settings it speaks. Whoever loads
//! notes holds them against the disk before he trusts them (`project::warm`), so that a store can be old, or written by
//! several processes at once, and never wrong. Whatever is wrong with the file itself (another program's, another
//! version's, damaged) leads to an empty new one, without a word. Where nothing can be written, the program works
//! from memory and says so once ([`StoreError`]).
//!
//! The store knows nothing of notes: it keeps bytes. [`crate::workspace`] says what they mean.

pub mod compaction;
pub mod log;
pub mod place;
pub mod segment;
pub mod writer;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rayon::prelude::*;
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension};

use segment::Segment;

/// Marks our files ("whos"); SQLite keeps it in the file's header.
const APPLICATION: i32 = 0x7768_6f73;

/// The layout of the file. Another number, another file: nothing is converted.
const LAYOUT: i32 = 1;

/// The longest that another process may hold the file.
const PATIENCE: Duration = Duration::from_secs(5);

/// Of which file, with which content and under which settings something was learnt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Stamp {
    /// Nanoseconds from 1970 to the file's last modification.
    pub modified: i64,
    /// The same to the last change of its entry, where the system keeps it; else 0.
    pub changed: i64,
    /// Bytes.
    pub size: u64,
    /// Hash of the bytes.
    pub hash: u64,
    /// Hash of the settings that the analysis depends on.
    pub settings: u64,
    /// True if the file was so young when it was read that it may have changed without its times showing it.
    pub young: bool,
}

impl Stamp {
    /// Returns `true` if a file that looks like `now` on the disk surely is the one that was read. The content of `now` is
    /// not known.
    #[must_use]
    pub fn covers(&self, now: &Stamp) -> bool {
        !self.young
            && (self.modified, self.changed, self.size, self.settings)
                == (now.modified, now.changed, now.size, now.settings)
    }

    /// Returns `true` if both stamps are of the same content under the same settings.
    #[must_use]
    pub fn same_content(&self, other: &Stamp) -> bool {
        (self.size, self.hash, self.settings) == (other.size, other.hash, other.settings)
    }
}

/// A store in which nothing is kept from now on, with what that means for the user.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// It could not be opened or made.
    #[error(
        "what is learnt of the notes cannot be kept in {}: {cause}; it is kept in memory, and the next start reads the notes again",
        path.display()
    )]
    Open {
        /// The store's file.
        path: PathBuf,
        /// The reason.
        cause: Cause,
    },
    /// It was open, and could not be written to.
    #[error(
        "what is learnt of the notes can no longer be kept in {}: {cause}; the next start reads some notes again",
        path.display()
    )]
    Write {
        /// The store's file.
        path: PathBuf,
        /// The reason.
        cause: rusqlite::Error,
    },
}

/// The reason for which a store could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum Cause {
    /// The disk refuses.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// SQLite refuses.
    #[error("{0}")]
    Database(#[from] rusqlite::Error),
    /// The file that was removed is there again, and is none of ours.
    #[error("another program writes there")]
    OtherProgram,
}

/// The store of one folder.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
    root: PathBuf,
}

impl Store {
    /// Opens the store of the folder `root` at `path`, or makes it. What is not a store of this layout and folder is
    /// replaced.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn open(path: &Path, root: &Path) -> Result<Self, StoreError> {
        Self::open_or_replace(path, root).map_err(|cause| StoreError::Open { path: path.to_path_buf(), cause })
    }

    fn open_or_replace(path: &Path, root: &Path) -> Result<Self, Cause> {
        place::prepare(path)?;
        match Self::open_as_is(path, root) {
            Ok(Some(store)) => return Ok(store),
            Ok(None) => {}
            Err(error) if is_damage(&error) => {}
            Err(error) => return Err(error.into()),
        }
        place::remove(path).and_then(|()| place::prepare(path))?;
        Self::open_as_is(path, root)?.ok_or(Cause::OtherProgram)
    }

    /// None for a file that is not ours.
    fn open_as_is(path: &Path, root: &Path) -> rusqlite::Result<Option<Self>> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(PATIENCE)?;
        // Notes are read in large pieces; the size counts only for a file that is still empty.
        connection.pragma_update(None, "page_size", 32_768)?;
        let mode: String = connection.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0))?;
        if mode != "wal" {
            // A file system without shared memory (some network mounts): the old way is slower and as safe.
            connection.pragma_update(None, "journal_mode", "delete")?;
        }
        connection.pragma_update(None, "synchronous", "normal")?;
        let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Deferred)?;
        let number = |name: &str| transaction.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
        let tables: i64 = transaction.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        let known = (number("application_id")?, number("user_version")?) == (APPLICATION, LAYOUT);
        drop(transaction);
        if tables == 0 {
            Self::make(&mut connection, root)?;
        } else if !known {
            return Ok(None);
        }
        let about = "SELECT root FROM about";
        let of: Option<String> = connection.query_row(about, [], |row| row.get(0)).optional()?;
        let store = Self { connection, path: path.to_path_buf(), root: root.to_path_buf() };
        Ok((of.as_deref() == Some(&*root.to_string_lossy())).then_some(store))
    }

    fn make(connection: &mut Connection, root: &Path) -> rusqlite::Result<()> {
        let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        // Another process may have been faster.
        let tables: i64 = transaction.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        if tables == 0 {
            transaction.pragma_update(None, "application_id", APPLICATION)?;
            transaction.pragma_update(None, "user_version", LAYOUT)?;
            transaction.execute_batch(
                "CREATE TABLE about (root TEXT NOT NULL);
                 CREATE TABLE segments (
                    seq INTEGER PRIMARY KEY AUTOINCREMENT,
                    heads BLOB NOT NULL,
                    bodies BLOB NOT NULL,
                    hash INTEGER NOT NULL
                 );",
            )?;
            transaction.execute("INSERT INTO about (root) VALUES (?1)", [&*root.to_string_lossy()])?;
        }
        transaction.commit()
    }

    /// The path of its file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The same store, made anew: for one that turns out to be damaged.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn renew(self) -> Result<Self, StoreError> {
        let Self { connection, path, root } = self;
        drop(connection);
        // What cannot be removed will be refused by `open`, with the reason.
        let _ = place::remove(&path);
        Self::open(&path, &root)
    }

    /// All segments, oldest first. One thread reads the file, all of them make out what it says.
    ///
    /// # Errors
    /// SQLite's error if the file cannot be read or a segment is damaged.
    fn read_all(&self) -> rusqlite::Result<Vec<Segment>> {
        let mut statement = self.connection.prepare("SELECT heads, bodies, hash FROM segments ORDER BY seq")?;
        let read = statement.query_map([], |row| {
            let bodies: Arc<[u8]> = row.get_ref(1)?.as_blob()?.into();
            Ok((row.get_ref(0)?.as_blob()?.to_vec(), bodies, row.get::<_, i64>(2)?))
        })?;
        let read = read.collect::<rusqlite::Result<Vec<_>>>()?;
        let segments = read.into_par_iter().map(|(heads, bodies, hash)| Segment::decode(&heads, bodies, hash));
        segments.collect::<Option<Vec<_>>>().ok_or(rusqlite::Error::IntegralValueOutOfRange(2, 0))
    }

    /// Adds a segment.
    ///
    /// # Errors
    /// SQLite's error if the file cannot be written.
    pub fn add(&self, segment: &segment::Builder) -> rusqlite::Result<()> {
        add_to(&self.connection, segment)
    }
}

fn add_to(connection: &Connection, segment: &segment::Builder) -> rusqlite::Result<()> {
    let (heads, bodies, hash) = segment.encode();
    let mut insert = connection.prepare("INSERT INTO segments (heads, bodies, hash) VALUES (?1, ?2, ?3)")?;
    insert.execute(rusqlite::params![heads, bodies, hash])?;
    Ok(())
}

/// Returns `true` if an error means that the file is no sound database, so that a new one mends it.
fn is_damage(error: &rusqlite::Error) -> bool {
    match error {
        rusqlite::Error::SqliteFailure(error, _) => matches!(
            error.code,
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase | ErrorCode::SchemaChanged | ErrorCode::Unknown
        ),
        // What is stored is not what we store.
        _ => true,
    }
}

#[cfg(test)]
mod tests;
