//! Merging: a log that has grown becomes as short as what it says.

use std::sync::Arc;

use super::log::{Last, LogSize};
use super::segment::{Builder, Entry};
use super::{Store, add_to};

/// Bytes of a merged segment, about: large enough to read fast, small enough for several threads to share the work.
pub const SEGMENT: usize = 2 << 20;

/// Segments beyond what the notes need.
const SPARE: usize = 64;

impl LogSize {
    /// Returns `true` if merging pays.
    #[must_use]
    pub fn needs_compaction(self) -> bool {
        self.segments > self.live / SEGMENT + SPARE || self.bytes > 2 * self.live + SEGMENT
    }
}

impl Store {
    /// Merges all segments. Other processes see the log before or after, and wait while it happens.
    ///
    /// # Errors
    /// SQLite's error if the file cannot be written; then nothing has changed.
    pub fn compact(&mut self) -> rusqlite::Result<LogSize> {
        let transaction = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        // Two passes: who has the last word on each path, then the words; so that one segment at a time is in memory.
        let mut last = Last::default();
        let mut up_to = 0;
        each(&transaction, i64::MAX, |seq, segment| {
            up_to = seq;
            last.take(seq, &segment);
            Ok(())
        })?;
        last.settle();
        let (mut size, mut builder) = (LogSize::default(), Builder::default());
        let mut write = |builder: &mut Builder| {
            if builder.is_empty() {
                return Ok(());
            }
            size.segments += 1;
            add_to(&transaction, &std::mem::take(builder))
        };
        let live = last.bytes();
        each(&transaction, up_to, |seq, segment| {
            for (path, entry, range) in segment.entries() {
                let Some(bytes) = segment.bodies.get(range.clone()) else { continue };
                let here = (seq, range);
                match entry {
                    Entry::Note(_) => match last.notes.get(path) {
                        Some((stamp, place)) if *place == here => builder.put(path, *stamp, bytes),
                        _ => continue,
                    },
                    Entry::Checked(_) => match last.checks.get(path) {
                        Some((check, place)) if *place == here => builder.check(path, *check, bytes),
                        _ => continue,
                    },
                    Entry::Same(_) | Entry::Gone => continue,
                }
                if builder.size() >= SEGMENT {
                    write(&mut builder)?;
                }
            }
            Ok(())
        })?;
        write(&mut builder)?;
        (size.bytes, size.live) = (live, live);
        transaction.execute("DELETE FROM segments WHERE seq <= ?1", [up_to])?;
        transaction.commit()?;
        Ok(size)
    }
}

fn each(
    connection: &rusqlite::Connection,
    up_to: i64,
    mut take: impl FnMut(i64, super::Segment) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let mut next = connection
        .prepare("SELECT seq, heads, bodies, hash FROM segments WHERE seq > ?1 AND seq <= ?2 ORDER BY seq LIMIT 1")?;
    let mut after = 0i64;
    loop {
        let mut rows = next.query([after, up_to])?;
        let Some(row) = rows.next()? else { return Ok(()) };
        after = row.get(0)?;
        let bodies: Arc<[u8]> = row.get_ref(2)?.as_blob()?.into();
        // A damaged one is left out: its notes are read again.
        if let Some(segment) = super::Segment::decode(row.get_ref(1)?.as_blob()?, bodies, row.get(3)?) {
            drop(rows);
            take(after, segment)?;
        }
    }
}
