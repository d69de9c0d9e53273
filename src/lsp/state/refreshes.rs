//! The requests that ask the client to ask again (`workspace/…/refresh`), and where each kind stands.
//!
//! Of each kind one request is under way at a time; what changes meanwhile is told once, after its reply.

use std::sync::atomic::{AtomicU8, Ordering};

use super::session::Session;

/// No request is under way.
const IDLE: u8 = 0;
/// A request was sent and has not been answered.
const REQUESTED: u8 = 1;
/// A request was sent, and something changed since.
const CHANGED: u8 = 2;

/// One kind of refresh.
#[derive(Debug)]
pub(in crate::lsp) struct Refresh {
    /// The method that asks for it.
    pub method: &'static str,
    /// True if the client can be asked.
    pub is_supported: fn(&Session) -> bool,
    state: AtomicU8,
}

impl Refresh {
    const fn new(method: &'static str, is_supported: fn(&Session) -> bool) -> Self {
        Self { method, is_supported, state: AtomicU8::new(IDLE) }
    }

    /// Notes that something changed. Returns `true` if a request is to be sent now.
    pub(in crate::lsp) fn mark_changed(&self) -> bool {
        self.state.swap(CHANGED, Ordering::SeqCst) == IDLE
    }

    /// Notes that a request is on its way.
    pub(in crate::lsp) fn mark_requested(&self) {
        self.state.store(REQUESTED, Ordering::SeqCst);
    }

    /// Notes that the client has answered. Returns `true` if something changed meanwhile, so that it is to be asked again.
    pub(in crate::lsp) fn mark_answered(&self) -> bool {
        self.state.compare_exchange(REQUESTED, IDLE, Ordering::SeqCst, Ordering::SeqCst).is_err()
    }
}

/// All kinds of refreshes.
#[derive(Debug)]
pub(in crate::lsp) struct Refreshes {
    /// One of each kind.
    pub kinds: [Refresh; 5],
}

impl Default for Refreshes {
    fn default() -> Self {
        let kinds = [
            Refresh::new("workspace/diagnostic/refresh", |s| s.refreshes.diagnostics && s.pulls_diagnostics),
            Refresh::new("workspace/codeLens/refresh", |s| s.refreshes.lenses),
            Refresh::new("workspace/semanticTokens/refresh", |s| s.refreshes.semantic_tokens),
            Refresh::new("workspace/inlayHint/refresh", |s| s.refreshes.inlay_hints),
            Refresh::new("workspace/foldingRange/refresh", |s| s.refreshes.folds),
        ];
        Self { kinds }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changes_while_the_client_has_not_answered_is_asked_for_once_more() {
        let refresh = Refresh::new("x", |_| true);
        assert!(refresh.mark_changed());
        refresh.mark_requested();
        assert!(!refresh.mark_changed() && !refresh.mark_changed());
        assert!(refresh.mark_answered());
        refresh.mark_requested();
        assert!(!refresh.mark_answered());
        assert!(refresh.mark_changed());
    }
}
