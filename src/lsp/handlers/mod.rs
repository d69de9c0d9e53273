//! One file per request: the protocol's values in, a question to `features`, the protocol's values out.

pub(super) mod code_action;
pub(super) mod definition;
pub(super) mod document_diagnostic;
pub(super) mod document_highlight;
pub(super) mod document_symbol;
pub(super) mod hover;
pub(super) mod references;
pub(super) mod workspace_symbol;
