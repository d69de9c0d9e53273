//! Progress of background work, shown where the client can.
//!
//! The client is asked for a token first; until it agrees nothing is shown, and if it never does, nothing is lost.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::lsp::transport::{Outbox, Reply};

/// Reports come no closer together than this.
const PACE: Duration = Duration::from_millis(100);

/// One piece of work. Cheap to clone; ends with [`Progress::end`].
#[derive(Clone)]
pub(in crate::lsp) struct Progress {
    outbox: Outbox,
    token: String,
    state: Arc<Mutex<State>>,
}

impl std::fmt::Debug for Progress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Progress").field("token", &self.token).finish_non_exhaustive()
    }
}

enum State {
    /// The client has not agreed yet.
    Requested,
    /// The work ended before the client agreed.
    Outrun(String),
    Shown {
        last: Instant,
    },
    /// Ended, refused or never to be shown.
    Over,
}

impl Progress {
    /// Begins; shows nothing unless `shown`. The token names the work when the user cancels it.
    pub(in crate::lsp) fn begin(outbox: &Outbox, token: String, title: &'static str, shown: bool) -> Self {
        let state = Arc::new(Mutex::new(if shown { State::Requested } else { State::Over }));
        let progress = Self { outbox: outbox.clone(), token, state };
        if shown {
            let asked = progress.clone();
            outbox.request("window/workDoneProgress/create", json!({ "token": progress.token }), move |reply| {
                asked.agreed(matches!(reply, Reply::Result(_)), title);
            });
        }
        progress
    }

    fn agreed(&self, agreed: bool, title: &str) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let before = std::mem::replace(&mut *state, State::Over);
        if !agreed || !matches!(before, State::Requested | State::Outrun(_)) {
            return;
        }
        self.send(json!({ "kind": "begin", "title": title, "cancellable": true, "percentage": 0 }));
        match before {
            // A token that never ends turns for ever in Helix.
            State::Outrun(message) => self.send(json!({ "kind": "end", "message": message })),
            _ => *state = State::Shown { last: Instant::now() },
        }
    }

    /// So many of so many are done.
    pub(in crate::lsp) fn report(&self, done: usize, all: usize) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if let State::Shown { last } = &mut *state
            && last.elapsed() >= PACE
        {
            *last = Instant::now();
            let percentage = (100 * done).checked_div(all).unwrap_or(100);
            self.send(json!({ "kind": "report", "message": format!("{done}/{all} notes"), "percentage": percentage }));
        }
    }

    /// Ends; later reports are dropped.
    pub(in crate::lsp) fn end(&self, message: &str) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        *state = match &*state {
            State::Requested => State::Outrun(message.to_owned()),
            State::Outrun(_) | State::Over => return,
            State::Shown { .. } => {
                self.send(json!({ "kind": "end", "message": message }));
                State::Over
            }
        };
    }

    fn send(&self, value: Value) {
        self.outbox.notify("$/progress", json!({ "token": self.token, "value": value }));
    }
}

/// Progress that the client asked for with its request: begun now, ended with the answer, however that comes about.
pub(in crate::lsp) struct RequestProgress {
    outbox: Outbox,
    token: Value,
}

impl RequestProgress {
    /// Begins under the token of the request.
    pub(in crate::lsp) fn begin(outbox: &Outbox, token: Value) -> Self {
        let told = Self { outbox: outbox.clone(), token };
        told.send(json!({ "kind": "begin", "title": "whosaid" }));
        told
    }

    fn send(&self, value: Value) {
        self.outbox.notify("$/progress", json!({ "token": self.token, "value": value }));
    }
}

impl Drop for RequestProgress {
    fn drop(&mut self) {
        self.send(json!({ "kind": "end" }));
    }
}
