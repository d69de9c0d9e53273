//! What is wrong with notes that are not open, for clients that ask for it themselves.
//!
//! The main loop puts in what its checks of closed notes find; `workspace/diagnostic` reads it, and waits here while
//! nothing is new.

use std::sync::Arc;

use dashmap::DashMap;
use tokio::sync::watch;
use tower_lsp::lsp_types::Diagnostic;

use crate::lsp::transport::UriKey;

/// The findings of one note, under the id that the client names them by.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::lsp) struct Report {
    /// Made of the findings themselves, so it holds whatever made them: text, other notes, configuration.
    pub id: String,
    /// The findings.
    pub items: Vec<Diagnostic>,
}

impl Report {
    /// The report of these findings.
    #[must_use]
    pub(in crate::lsp) fn new(items: Vec<Diagnostic>) -> Self {
        let bytes = serde_json::to_vec(&items).unwrap_or_default();
        Self { id: format!("{:016x}", xxhash_rust::xxh3::xxh3_64(&bytes)), items }
    }
}

/// The reports of all closed notes that have or had findings.
#[derive(Debug)]
pub(in crate::lsp) struct Reports {
    of: DashMap<UriKey, Arc<Report>>,
    changes: watch::Sender<ReportsRevision>,
}

/// The number of changes so far, and the end of the server.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::lsp) struct ReportsRevision {
    number: u64,
    /// True once the server ends and nobody should wait any more.
    pub ended: bool,
}

impl Default for Reports {
    fn default() -> Self {
        Self { of: DashMap::new(), changes: watch::Sender::new(ReportsRevision::default()) }
    }
}

impl Reports {
    /// Sets what is wrong with a note.
    pub(in crate::lsp) fn put(&self, key: &UriKey, items: Vec<Diagnostic>) {
        let report = Arc::new(Report::new(items));
        let same = self.of.insert(key.clone(), report.clone()).is_some_and(|before| before == report);
        if !same {
            self.changes.send_modify(|turn| turn.number += 1);
        }
    }

    /// The report of a note, if there ever was one.
    #[must_use]
    pub(in crate::lsp) fn get(&self, key: &UriKey) -> Option<Arc<Report>> {
        self.of.get(key).map(|report| report.clone())
    }

    /// All reports.
    #[must_use]
    pub(in crate::lsp) fn all(&self) -> Vec<(UriKey, Arc<Report>)> {
        self.of.iter().map(|entry| (entry.key().clone(), entry.value().clone())).collect()
    }

    /// A receiver that is told of every change.
    #[must_use]
    pub(in crate::lsp) fn changes(&self) -> watch::Receiver<ReportsRevision> {
        self.changes.subscribe()
    }

    /// Ends all waiting: the server is ending.
    pub(in crate::lsp) fn end(&self) {
        self.changes.send_modify(|turn| turn.ended = true);
    }
}
