//! One file per request: the protocol's values in, a question to `features`, the protocol's values out.

pub(super) mod document_diagnostic;
