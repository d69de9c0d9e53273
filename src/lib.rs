//! whosaid: who is who, who said what, and what nobody said, in analysts' prose.

pub mod analysis;
pub mod cli;
pub mod config;
pub mod features;
pub mod lexicon;
pub mod lsp;
pub mod project;
pub mod rules;
pub mod structure;
pub mod text;
pub mod workspace;
