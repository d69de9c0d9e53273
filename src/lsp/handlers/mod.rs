//! One file a request: the protocol's values in, a question to `features`, the protocol's values out.
//!
//! `request` says what a request is and how all are run, `arrival` what is known of one when it comes, `methods` what the
//! transport must know of some.

pub(super) mod arrival;
pub(super) mod code_action;
pub(super) mod code_lens;
pub(super) mod completion;
pub(super) mod definition;
pub(super) mod document_diagnostic;
pub(super) mod document_highlight;
pub(super) mod document_link;
pub(super) mod document_symbol;
pub(super) mod execute_command;
pub(super) mod file_operations;
pub(super) mod folding_range;
pub(super) mod hierarchy;
pub(super) mod hover;
pub(super) mod inlay_hint;
pub(super) mod linked_editing_range;
pub(super) mod methods;
pub(super) mod page_text;
pub(super) mod references;
pub(super) mod rename;
pub(super) mod request;
pub(super) mod selection_range;
pub(super) mod semantic_tokens;
pub(super) mod status;
pub(super) mod workspace_diagnostic;
pub(super) mod workspace_symbol;
