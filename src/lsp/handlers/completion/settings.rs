//! Completion in `whosaid.toml`.

use tower_lsp::lsp_types::{
    CompletionItem, CompletionItemKind, CompletionTextEdit, Documentation, MarkupContent, MarkupKind, Position,
    TextEdit,
};

use crate::features::config_help::{self, SettingSuggestion};
use crate::lsp::view::note_view::NoteView;

/// The settings and values that can stand at a position.
pub(super) fn complete(view: &NoteView<'_>, position: Position) -> Option<Vec<CompletionItem>> {
    let at = view.position(position)?.offset;
    let text = view.note.as_ref()?.1.text.clone()?;
    let items = config_help::complete(&text, at).into_iter().enumerate();
    Some(items.map(|(order, item)| to_proto(view, order, item)).collect())
}

fn to_proto(view: &NoteView<'_>, order: usize, item: SettingSuggestion) -> CompletionItem {
    let kind = if view.state.session().markdown_documentation { MarkupKind::Markdown } else { MarkupKind::PlainText };
    let about = MarkupContent { kind, value: item.about };
    CompletionItem {
        kind: Some(if item.is_value { CompletionItemKind::VALUE } else { CompletionItemKind::PROPERTY }),
        detail: Some(item.detail).filter(|detail| !detail.is_empty()),
        documentation: (!about.value.is_empty()).then_some(Documentation::MarkupContent(about)),
        sort_text: Some(format!("{order:04}")),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(view.range(item.range), item.text))),
        label: item.label,
        ..CompletionItem::default()
    }
}
