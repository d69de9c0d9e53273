//! Merging: a log that has grown becomes as short as what it says.

use std::collections::HashMap;
use std::sync::Arc;

use super::segment::{Builder, Entry};
use super::{Stamp, Store, add_to};

/// Bytes of a merged segment, about: large enough to read fast, small enough for several threads to share the work.
pub const SEGMENT: usize = 2 << 20;

/// Segments beyond what the notes need.
const SPARE: usize = 64;

/// How a log stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// Segments.
    pub segments: usize,
    /// Bytes of notes in them.
    pub bytes: usize,
    /// Bytes of notes that no later one replaces.
    pub live: usize,
}

impl Shape {
    /// Whether merging pays.
    #[must_use]
    pub fn is_untidy(self) -> bool {
        self.segments > self.live / SEGMENT + SPARE || self.bytes > 2 * self.live + SEGMENT
    }
}

impl Store {
    /// Merges all segments. Other processes see the log before or after, and wait while it happens.
    ///
    /// # Errors
    /// Where the file cannot be written; then nothing has changed.
    pub fn tidy(&mut self) -> rusqlite::Result<Shape> {
        let transaction = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        // Two passes: who is the last of each path, then their bytes; so that one segment at a time is in memory.
        let mut last: HashMap<Arc<str>, (i64, usize, Stamp)> = HashMap::new();
        let mut up_to = 0;
        each(&transaction, i64::MAX, |seq, segment| {
            up_to = seq;
            for (index, (path, entry, _)) in segment.entries().enumerate() {
                match entry {
                    Entry::Note(stamp) => drop(last.insert(path.clone(), (seq, index, stamp))),
                    Entry::Same(stamp) => {
                        if let Some((.., newest)) = last.get_mut(path) {
                            *newest = stamp;
                        }
                    }
                    Entry::Gone => drop(last.remove(path)),
                }
            }
            Ok(())
        })?;
        let (mut shape, mut builder) = (Shape::default(), Builder::default());
        let mut write = |builder: &mut Builder| {
            if builder.is_empty() {
                return Ok(());
            }
            shape.segments += 1;
            add_to(&transaction, &std::mem::take(builder))
        };
        let mut live = 0;
        each(&transaction, up_to, |seq, segment| {
            for (index, (path, _, range)) in segment.entries().enumerate() {
                if let (Some(bytes), Some(&(last, of, stamp))) = (segment.bodies.get(range), last.get(path))
                    && (last, of) == (seq, index)
                {
                    live += bytes.len();
                    builder.put(path, stamp, bytes);
                    if builder.size() >= SEGMENT {
                        write(&mut builder)?;
                    }
                }
            }
            Ok(())
        })?;
        write(&mut builder)?;
        (shape.bytes, shape.live) = (live, live);
        transaction.execute("DELETE FROM segments WHERE seq <= ?1", [up_to])?;
        transaction.commit()?;
        Ok(shape)
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
