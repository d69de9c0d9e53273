//! The work behind the answers: one loop owns the workspace, threads of their own read the disk, checks run on the pool.

pub(in crate::lsp) mod client_watch;
pub(in crate::lsp) mod closed_notes;
pub(in crate::lsp) mod dependants;
pub(in crate::lsp) mod disk;
pub(in crate::lsp) mod indexer;
pub(in crate::lsp) mod libraries;
pub(in crate::lsp) mod main_loop;
pub(in crate::lsp) mod projects;
pub(in crate::lsp) mod refresh;
pub(in crate::lsp) mod settings;
pub(in crate::lsp) mod sweep;
