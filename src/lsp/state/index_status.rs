//! The state of the index, and how long a request waits for a better one.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::watch;

/// The longest that a question about all notes waits for what was stored of them.
const STORES_TIMEOUT: Duration = Duration::from_secs(2);
/// The longest that a question whose answer should be complete waits for the first index of notes of which nothing was
/// stored.
const INDEX_TIMEOUT: Duration = Duration::from_secs(10);

/// The state of the index of all projects. Only the main loop changes it.
#[derive(Debug)]
pub(in crate::lsp) struct IndexStatus {
    running: AtomicBool,
    is_warm: watch::Sender<bool>,
    is_complete: watch::Sender<bool>,
}

impl Default for IndexStatus {
    fn default() -> Self {
        Self {
            running: AtomicBool::new(false),
            is_warm: watch::Sender::new(false),
            is_complete: watch::Sender::new(false),
        }
    }
}

impl IndexStatus {
    /// True while an index is under way.
    #[must_use]
    pub(in crate::lsp) fn is_running(&self) -> bool {
        self.running.load(Ordering::Relaxed)
    }

    /// Sets that an index is under way, or that none is.
    pub(in crate::lsp) fn set_running(&self, running: bool) {
        self.running.store(running, Ordering::Relaxed);
    }

    /// Notes that everything that was stored is loaded.
    pub(in crate::lsp) fn mark_warm(&self) {
        self.is_warm.send_replace(true);
    }

    /// Notes that every note is known, as it is or as it was stored.
    pub(in crate::lsp) fn mark_complete(&self) {
        self.is_complete.send_replace(true);
    }

    /// Waits until what was stored is loaded, at most [`STORES_TIMEOUT`].
    pub(in crate::lsp) async fn until_warm(&self) {
        let mut is_warm = self.is_warm.subscribe();
        let _ = tokio::time::timeout(STORES_TIMEOUT, is_warm.wait_for(|warm| *warm)).await;
    }

    /// Waits until every note is known, at most [`INDEX_TIMEOUT`]: a list of places with holes is taken for all there is.
    pub(in crate::lsp) async fn until_complete(&self) {
        let mut is_complete = self.is_complete.subscribe();
        let _ = tokio::time::timeout(INDEX_TIMEOUT, is_complete.wait_for(|complete| *complete)).await;
    }
}
