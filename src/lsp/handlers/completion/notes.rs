//! Completion in notes.

use std::sync::Arc;

use serde_json::{Value, json};
use tower_lsp::lsp_types::{
    CompletionItem, CompletionItemKind, CompletionItemLabelDetails, CompletionList, CompletionTextEdit, Documentation,
    InsertReplaceEdit, MarkupContent, MarkupKind, Position, TextEdit,
};

use crate::analysis::facts::EntityKind;
use crate::features::completion::{self, About, Names, Suggestion, SuggestionKind};
use crate::lsp::view::note_view::NoteView;

/// The list of completions at a position; none where nothing is to be completed.
pub(super) fn complete(view: &NoteView<'_>, position: Position) -> Option<CompletionList> {
    let position = view.position(position)?;
    let (names, current) = names_for(view);
    let found = completion::completion(&view.snapshot, &names, position)?;
    let items = found.items.into_iter().enumerate().map(|(order, item)| to_proto(view, order, item)).collect();
    // While the names are being collected the next letter is asked about anew.
    Some(CompletionList { is_incomplete: found.incomplete || !current && names.is_empty(), items })
}

/// An item that was not ours, or of what is no longer there, comes back as it is.
pub(super) fn resolve(view: &NoteView<'_>, mut item: CompletionItem) -> CompletionItem {
    let about = item.data.as_ref().and_then(|data| about(view, data));
    let Some(card) = about.and_then(|about| completion::resolve(&view.snapshot, &about)) else { return item };
    let (kind, value) = if view.state.session().markdown_documentation {
        (MarkupKind::Markdown, card.markdown(&|place| view.link(place)))
    } else {
        (MarkupKind::PlainText, card.plain())
    };
    item.documentation = Some(Documentation::MarkupContent(MarkupContent { kind, value }));
    item
}

/// The names to complete, and `true` if they are of this very snapshot.
fn names_for(view: &NoteView<'_>) -> (Arc<Names>, bool) {
    let state = view.state.clone();
    view.state.names.of(&view.snapshot, &view.state.pool, move || state.snapshot())
}

fn to_proto(view: &NoteView<'_>, order: usize, item: Suggestion) -> CompletionItem {
    let session = view.state.session();
    let (insert, replace) = (view.range(item.insert), view.range(item.replace));
    let edit = if session.insert_replace && insert != replace {
        CompletionTextEdit::InsertAndReplace(InsertReplaceEdit { new_text: item.text, insert, replace })
    } else {
        CompletionTextEdit::Edit(TextEdit::new(replace, item.text))
    };
    let detail = Some(item.detail).filter(|detail| !detail.is_empty());
    let (label_details, detail) = if session.label_details {
        (detail.map(|detail| CompletionItemLabelDetails { detail: None, description: Some(detail) }), None)
    } else {
        (None, detail)
    };
    CompletionItem {
        kind: Some(kind(item.kind)),
        label_details,
        detail,
        filter_text: Some(item.filter).filter(|filter| *filter != item.label),
        label: item.label,
        // The order is ours: clients sort by the label otherwise.
        sort_text: Some(format!("{order:04}")),
        text_edit: Some(edit),
        data: item.about.and_then(|about| data(view, &about)),
        ..CompletionItem::default()
    }
}

/// All of the first eighteen kinds, which every client knows.
fn kind(kind: SuggestionKind) -> CompletionItemKind {
    match kind {
        SuggestionKind::Entity(EntityKind::Person) => CompletionItemKind::CLASS,
        SuggestionKind::Entity(EntityKind::Org) => CompletionItemKind::INTERFACE,
        SuggestionKind::Entity(EntityKind::Place) => CompletionItemKind::MODULE,
        SuggestionKind::Entity(_) => CompletionItemKind::UNIT,
        SuggestionKind::Note => CompletionItemKind::FILE,
        SuggestionKind::Heading => CompletionItemKind::FIELD,
        SuggestionKind::Source | SuggestionKind::Footnote => CompletionItemKind::REFERENCE,
        SuggestionKind::Term => CompletionItemKind::KEYWORD,
        SuggestionKind::Field => CompletionItemKind::PROPERTY,
        SuggestionKind::Value => CompletionItemKind::VALUE,
    }
}

/// Numbers of 64 bits do not survive JavaScript; numbers of notes do not survive a restart.
fn data(view: &NoteView<'_>, about: &About) -> Option<Value> {
    Some(match about {
        About::Entity(key) => json!({ "entity": format!("{key:x}") }),
        About::Note(file) => json!({ "note": view.snapshot.path(*file)?.as_ref() }),
        About::Source(key) => json!({ "source": key }),
    })
}

fn about(view: &NoteView<'_>, data: &Value) -> Option<About> {
    let text = |name: &str| data.get(name).and_then(Value::as_str);
    if let Some(key) = text("entity") {
        return Some(About::Entity(u64::from_str_radix(key, 16).ok()?));
    }
    if let Some(path) = text("note") {
        return Some(About::Note(view.snapshot.file_at(path)?));
    }
    text("source").map(|key| About::Source(key.to_owned()))
}
