//! Requests as types: what each needs before it can be answered, and the one way in which all are run.
//!
//! A [`Request`] names its method and the index that it waits for; a [`NoteRequest`] is asked of a note and is answered
//! with null where there is none. [`run`] waits, takes the newest snapshot and answers on the pool.

use std::sync::Arc;

use serde::Serialize;
use serde_json::json;
use tokio_util::sync::CancellationToken;
use tower_lsp::jsonrpc::{Error, Result};

use super::arrival;
use crate::lsp::state::pool::{Lost, Urgency};
use crate::lsp::state::server_state::ServerState;
use crate::lsp::view::note_view::NoteView;
use crate::workspace::{FileId, NoteEntry};

/// The index that a request needs. The waiting has a bound, see [`crate::lsp::state::index_status`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lsp) enum IndexNeed {
    /// Whatever is known now: the user is typing, or asks about one note.
    Newest,
    /// The notes as they were stored.
    Warm,
    /// Every note: a list of places with holes would be taken for all there is.
    Complete,
}

/// The context in which one request is answered.
pub(in crate::lsp) struct RequestContext<'a> {
    /// The request's document and the workspace as the request sees them.
    pub view: NoteView<'a>,
    /// Cancelled once nobody wants the answer any more: for handlers that take several steps.
    pub cancelled: CancellationToken,
}

/// The note that a request is about.
pub(in crate::lsp) struct RequestedNote<'a> {
    /// Its number.
    pub file: FileId,
    /// The note itself.
    pub note: &'a Arc<NoteEntry>,
}

/// A request of the protocol.
pub(in crate::lsp) trait Request: 'static {
    /// The method, as the protocol has it.
    const METHOD: &'static str;
    /// The index that the answer needs.
    const INDEX: IndexNeed = IndexNeed::Newest;
    /// The parameters.
    type Params: Send + 'static;
    /// The result.
    type Answer: Send + 'static;

    /// Answers the request. CPU work: runs on the pool.
    ///
    /// # Errors
    /// As the request's own file says.
    fn answer(context: &RequestContext<'_>, params: Self::Params) -> Result<Self::Answer>;
}

/// A request about a note; the answer is null where the document is no note.
pub(in crate::lsp) trait NoteRequest: 'static {
    /// The method, as the protocol has it.
    const METHOD: &'static str;
    /// The index that the answer needs.
    const INDEX: IndexNeed = IndexNeed::Newest;
    /// The parameters.
    type Params: Send + 'static;
    /// The result where there is one.
    type Answer: Send + 'static;

    /// Answers the request; none where there is nothing to answer. CPU work: runs on the pool.
    fn answer(context: &RequestContext<'_>, note: &RequestedNote<'_>, params: Self::Params) -> Option<Self::Answer>;
}

impl<R: NoteRequest> Request for R {
    const METHOD: &'static str = <R as NoteRequest>::METHOD;
    const INDEX: IndexNeed = <R as NoteRequest>::INDEX;
    type Params = <R as NoteRequest>::Params;
    type Answer = Option<<R as NoteRequest>::Answer>;

    fn answer(context: &RequestContext<'_>, params: Self::Params) -> Result<Self::Answer> {
        let note = context.view.note.as_ref().map(|(file, note)| RequestedNote { file: *file, note });
        Ok(note.and_then(|note| <R as NoteRequest>::answer(context, &note, params)))
    }
}

/// Answers a request.
///
/// # Errors
/// Those of the request; cancelled, if the client said so or a newer request superseded it (the transport tells them
/// apart); internal, if the handler panicked.
pub(in crate::lsp) async fn run<R: Request>(state: &Arc<ServerState>, params: R::Params) -> Result<R::Answer> {
    match R::INDEX {
        IndexNeed::Newest => {}
        IndexNeed::Warm => state.index.until_warm().await,
        IndexNeed::Complete => {
            state.index.until_complete().await;
            state.index.until_warm().await;
        }
    }
    let document = arrival::document();
    let worker = state.clone();
    let work = state.pool.run(Urgency::Interactive, move |cancelled| {
        let view = NoteView::new(&worker, worker.snapshot(), document.as_deref());
        let context = RequestContext { view, cancelled: cancelled.clone() };
        // The analysis is the long part; the answer may no longer be wanted.
        (!cancelled.is_cancelled()).then(|| R::answer(&context, params))
    });
    match work.await {
        Ok(Some(answer)) => answer,
        Ok(None) | Err(Lost::Cancelled) => Err(Error::request_cancelled()),
        Err(Lost::Failed) => {
            crate::lsp::log(&format!("{} failed", R::METHOD));
            Err(Error::internal_error())
        }
    }
}

/// Answers a request with a list. A long one goes in parts, where the client takes parts.
///
/// # Errors
/// Those of [`run`].
pub(in crate::lsp) async fn run_list<R, T>(state: &Arc<ServerState>, params: R::Params) -> Result<Option<Vec<T>>>
where
    R: Request<Answer = Option<Vec<T>>>,
    T: Send + Serialize + 'static,
{
    let list = run::<R>(state, params).await?;
    Ok(list.map(|list| arrival::in_parts(&state.outbox, list, |part| json!(part))))
}
