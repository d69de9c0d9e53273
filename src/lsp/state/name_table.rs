//! The table of names that completion searches, kept between requests.
//!
//! A small workspace's table is made anew whenever something changed. A large one's is made in the background, at most
//! every [`REST`], and meanwhile the last one serves: what it offers is looked up in the newest snapshot anyway. None is
//! made before somebody types.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use super::pool::{Pool, Urgency};
use crate::features::completion::Names;
use crate::workspace::Snapshot;

/// Notes up to which the table is made while the user waits.
const SMALL: usize = 60;
/// The shortest time that a large table serves.
const REST: Duration = Duration::from_secs(2);

/// The newest table of names.
#[derive(Debug, Default)]
pub(in crate::lsp) struct NameTable {
    table: Arc<Table>,
}

#[derive(Debug, Default)]
struct Table {
    newest: RwLock<(Arc<Names>, Option<Instant>)>,
    building: AtomicBool,
}

impl NameTable {
    /// The table for a snapshot, and `true` if it is of this very revision. Where it is not, one of `newest`, the newest
    /// snapshot by then, is made on the pool.
    pub(in crate::lsp) fn of(
        &self,
        snapshot: &Snapshot,
        pool: &Pool,
        newest: impl FnOnce() -> Snapshot + Send + 'static,
    ) -> (Arc<Names>, bool) {
        let (names, made) = self.table.newest.read().unwrap_or_else(PoisonError::into_inner).clone();
        if names.is_current(snapshot) && made.is_some() {
            return (names, true);
        }
        if snapshot.notes().nth(SMALL).is_none() {
            let names = Arc::new(Names::new(snapshot));
            self.table.set(names.clone());
            return (names, true);
        }
        let is_old = made.is_none_or(|made| made.elapsed() > REST);
        if is_old && !self.table.building.swap(true, Ordering::AcqRel) {
            let table = self.table.clone();
            pool.spawn(Urgency::Background, move || {
                table.set(Arc::new(Names::new(&newest())));
                table.building.store(false, Ordering::Release);
            });
        }
        (names, false)
    }
}

impl Table {
    fn set(&self, names: Arc<Names>) {
        *self.newest.write().unwrap_or_else(PoisonError::into_inner) = (names, Some(Instant::now()));
    }
}
