//! The server's state: what it remembers between two messages, as plain data. Nothing here asks a question or starts
//! work; a cache is handed what it needs.

pub(in crate::lsp) mod client_settings;
pub(in crate::lsp) mod content_changes;
pub(in crate::lsp) mod counts;
pub(in crate::lsp) mod diagnostics_key;
pub(in crate::lsp) mod documents;
pub(in crate::lsp) mod events;
pub(in crate::lsp) mod files;
pub(in crate::lsp) mod findings;
pub(in crate::lsp) mod index_status;
pub(in crate::lsp) mod name_table;
pub(in crate::lsp) mod pages;
pub mod pool;
pub(in crate::lsp) mod progress;
pub(in crate::lsp) mod queue;
pub(in crate::lsp) mod refreshes;
pub(in crate::lsp) mod reports;
pub(in crate::lsp) mod server_state;
pub(in crate::lsp) mod session;
pub(in crate::lsp) mod stores;
