//! The protocol shell: the only place for tower-lsp, tokio, ropey and dashmap.

pub mod documents;
mod edits;
pub mod pool;
pub mod transport;

/// Writes a line for whoever reads the server's log: standard error, never the protocol. No text of a document goes here.
pub(crate) fn log(message: &str) {
    eprintln!("whosaid: {message}");
}
