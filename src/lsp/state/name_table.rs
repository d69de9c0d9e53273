//! The table of names that completion searches, kept between requests.
//!
//! A small workspace's table is made anew whenever something changed. A large one's is made in the background, at most
//! every [`REST`], and meanwhile the last one serves: what it offers is looked up in the newest snapshot anyway. None is
//! made before somebody types.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use crate::features::completion::Names;
use crate::lsp::state::pool::Urgency;
use crate::lsp::state::server_state::Shared;
use crate::workspace::Snapshot;

/// Notes up to which the table is made while the user waits.
const SMALL: usize = 60;
/// How long a large table serves at least.
const REST: Duration = Duration::from_secs(2);

/// The newest table.
#[derive(Debug, Default)]
pub(in crate::lsp) struct NameTable {
    newest: RwLock<(Arc<Names>, Option<Instant>)>,
    building: AtomicBool,
}

impl NameTable {
    /// The table for a snapshot, and whether it is of this very revision.
    pub(in crate::lsp) fn of(&self, shared: &Arc<Shared>, snapshot: &Snapshot) -> (Arc<Names>, bool) {
        let (names, made) = self.newest.read().unwrap_or_else(PoisonError::into_inner).clone();
        if names.is_current(snapshot) && made.is_some() {
            return (names, true);
        }
        if snapshot.notes().nth(SMALL).is_none() {
            let names = Arc::new(Names::new(snapshot));
            self.set(names.clone());
            return (names, true);
        }
        if made.is_none_or(|made| made.elapsed() > REST) {
            self.refresh(shared);
        }
        (names, false)
    }

    /// Makes the table of the newest snapshot in the background.
    fn refresh(&self, shared: &Arc<Shared>) {
        if self.building.swap(true, Ordering::AcqRel) {
            return;
        }
        let worker = shared.clone();
        shared.pool.spawn(Urgency::Background, move || {
            worker.names.set(Arc::new(Names::new(&worker.snapshot())));
            worker.names.building.store(false, Ordering::Release);
        });
    }

    fn set(&self, names: Arc<Names>) {
        *self.newest.write().unwrap_or_else(PoisonError::into_inner) = (names, Some(Instant::now()));
    }
}
