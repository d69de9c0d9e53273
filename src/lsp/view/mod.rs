//! Views of the state: what one answer or one check sees of it, and what is made of that in more than one place.

pub(in crate::lsp) mod diagnostics;
pub(in crate::lsp) mod names_file;
pub(in crate::lsp) mod note_view;
pub(in crate::lsp) mod texts;
pub(in crate::lsp) mod workspace_edit;
