//! `callHierarchy/*` and `typeHierarchy/*`: who speaks about whom, what rests on what, what belongs to what.
//!
//! An item carries what it is in its `data`, by names that survive edits; a client that loses that is item again by
//! the item's place.

use serde_json::{Value, json};
use tower_lsp::lsp_types::{
    CallHierarchyIncomingCall, CallHierarchyIncomingCallsParams, CallHierarchyItem, CallHierarchyOutgoingCall,
    CallHierarchyOutgoingCallsParams, CallHierarchyPrepareParams, Position, Range, SymbolKind, TypeHierarchyItem,
    TypeHierarchyPrepareParams, TypeHierarchySubtypesParams, TypeHierarchySupertypesParams, Url,
};

use super::request::{IndexNeed, Request, RequestContext};
use crate::features::call_hierarchy::{self, Call};
use crate::features::nodes::{self, HierarchyItem, Node, NodeKind};
use crate::features::{FilePosition, FileRange, type_hierarchy};
use crate::lsp::convert::{from_proto, to_proto};
use crate::lsp::transport::UriKey;
use crate::lsp::view::note_view::NoteView;
use crate::text::TextRange;
use crate::workspace::entities::LocalEntity;
use tower_lsp::jsonrpc::Result;

/// `textDocument/prepareCallHierarchy`.
pub(in crate::lsp) struct PrepareCallsRequest;

impl Request for PrepareCallsRequest {
    const METHOD: &str = "textDocument/prepareCallHierarchy";
    type Params = CallHierarchyPrepareParams;
    type Answer = Option<Vec<CallHierarchyItem>>;

    fn answer(context: &RequestContext<'_>, params: Self::Params) -> Result<Self::Answer> {
        Ok(prepare_calls(&context.view, params.text_document_position_params.position))
    }
}

/// `callHierarchy/incomingCalls`.
pub(in crate::lsp) struct IncomingCallsRequest;

impl Request for IncomingCallsRequest {
    const METHOD: &str = "callHierarchy/incomingCalls";
    const INDEX: IndexNeed = IndexNeed::Complete;
    type Params = CallHierarchyIncomingCallsParams;
    type Answer = Option<Vec<CallHierarchyIncomingCall>>;

    fn answer(context: &RequestContext<'_>, params: Self::Params) -> Result<Self::Answer> {
        Ok(incoming(&context.view, &params.item))
    }
}

/// `callHierarchy/outgoingCalls`.
pub(in crate::lsp) struct OutgoingCallsRequest;

impl Request for OutgoingCallsRequest {
    const METHOD: &str = "callHierarchy/outgoingCalls";
    const INDEX: IndexNeed = IndexNeed::Complete;
    type Params = CallHierarchyOutgoingCallsParams;
    type Answer = Option<Vec<CallHierarchyOutgoingCall>>;

    fn answer(context: &RequestContext<'_>, params: Self::Params) -> Result<Self::Answer> {
        Ok(outgoing(&context.view, &params.item))
    }
}

/// `textDocument/prepareTypeHierarchy`.
pub(in crate::lsp) struct PrepareTypesRequest;

impl Request for PrepareTypesRequest {
    const METHOD: &str = "textDocument/prepareTypeHierarchy";
    type Params = TypeHierarchyPrepareParams;
    type Answer = Option<Vec<TypeHierarchyItem>>;

    fn answer(context: &RequestContext<'_>, params: Self::Params) -> Result<Self::Answer> {
        Ok(prepare_types(&context.view, params.text_document_position_params.position))
    }
}

/// `typeHierarchy/supertypes`.
pub(in crate::lsp) struct SupertypesRequest;

impl Request for SupertypesRequest {
    const METHOD: &str = "typeHierarchy/supertypes";
    const INDEX: IndexNeed = IndexNeed::Warm;
    type Params = TypeHierarchySupertypesParams;
    type Answer = Option<Vec<TypeHierarchyItem>>;

    fn answer(context: &RequestContext<'_>, params: Self::Params) -> Result<Self::Answer> {
        Ok(supertypes(&context.view, &params.item))
    }
}

/// `typeHierarchy/subtypes`.
pub(in crate::lsp) struct SubtypesRequest;

impl Request for SubtypesRequest {
    const METHOD: &str = "typeHierarchy/subtypes";
    const INDEX: IndexNeed = IndexNeed::Warm;
    type Params = TypeHierarchySubtypesParams;
    type Answer = Option<Vec<TypeHierarchyItem>>;

    fn answer(context: &RequestContext<'_>, params: Self::Params) -> Result<Self::Answer> {
        Ok(subtypes(&context.view, &params.item))
    }
}

fn prepare_calls(view: &NoteView<'_>, position: Position) -> Option<Vec<CallHierarchyItem>> {
    let item = nodes::at(&view.snapshot, view.position(position)?)?;
    Some(vec![call_item(view, &item)?])
}

fn incoming(view: &NoteView<'_>, item: &CallHierarchyItem) -> Option<Vec<CallHierarchyIncomingCall>> {
    let node = node_of(view, item.data.as_ref(), &item.uri, item.selection_range.start)?;
    let call = |call: &Call| {
        let from_ranges = ranges(view, call)?;
        Some(CallHierarchyIncomingCall { from: call_item(view, &call.item)?, from_ranges })
    };
    Some(call_hierarchy::incoming(&view.snapshot, &node).iter().filter_map(call).collect())
}

/// The protocol counts the ranges in the caller's file. A statement of the same entity in another note has none there,
/// so the caller's own name stands for it; Neovim reads them in the callee's file, and gets them so.
fn outgoing(view: &NoteView<'_>, item: &CallHierarchyItem) -> Option<Vec<CallHierarchyOutgoingCall>> {
    let node = node_of(view, item.data.as_ref(), &item.uri, item.selection_range.start)?;
    let session = view.state.session();
    let call = |call: &Call| {
        let to = call_item(view, &call.item)?;
        let own = UriKey::new(to.uri.as_str()) == UriKey::new(item.uri.as_str());
        let from_ranges = if own || session.callee_ranges { ranges(view, call)? } else { vec![item.selection_range] };
        Some(CallHierarchyOutgoingCall { to, from_ranges })
    };
    Some(call_hierarchy::outgoing(&view.snapshot, &node).iter().filter_map(call).collect())
}

fn prepare_types(view: &NoteView<'_>, position: Position) -> Option<Vec<TypeHierarchyItem>> {
    let item = nodes::at(&view.snapshot, view.position(position)?)?;
    let somebody = matches!(item.kind, NodeKind::Entity(_));
    Some(vec![type_item(view, &item)?]).filter(|_| somebody)
}

fn supertypes(view: &NoteView<'_>, item: &TypeHierarchyItem) -> Option<Vec<TypeHierarchyItem>> {
    let node = node_of(view, item.data.as_ref(), &item.uri, item.selection_range.start)?;
    Some(type_hierarchy::supertypes(&view.snapshot, &node).iter().filter_map(|item| type_item(view, item)).collect())
}

fn subtypes(view: &NoteView<'_>, item: &TypeHierarchyItem) -> Option<Vec<TypeHierarchyItem>> {
    let node = node_of(view, item.data.as_ref(), &item.uri, item.selection_range.start)?;
    Some(type_hierarchy::subtypes(&view.snapshot, &node).iter().filter_map(|item| type_item(view, item)).collect())
}

/// The members that items of both hierarchies have.
struct Shown {
    uri: Url,
    range: Range,
    selection_range: Range,
    kind: SymbolKind,
    detail: Option<String>,
    data: Option<Value>,
}

fn shown(view: &NoteView<'_>, item: &HierarchyItem) -> Option<Shown> {
    let full = view.location(FileRange { file: item.file, range: item.full })?;
    let focus = view.location(FileRange { file: item.file, range: item.focus })?;
    Some(Shown {
        uri: full.uri,
        range: full.range,
        selection_range: focus.range,
        kind: match item.kind {
            NodeKind::Entity(kind) => to_proto::entity_kind(kind),
            NodeKind::Source => SymbolKind::KEY,
            NodeKind::Note => SymbolKind::FILE,
        },
        detail: Some(item.detail.clone()).filter(|detail| !detail.is_empty()),
        data: encoded(view, &item.node),
    })
}

fn call_item(view: &NoteView<'_>, item: &HierarchyItem) -> Option<CallHierarchyItem> {
    let Shown { uri, range, selection_range, kind, detail, data } = shown(view, item)?;
    Some(CallHierarchyItem { name: item.name.clone(), kind, tags: None, detail, uri, range, selection_range, data })
}

fn type_item(view: &NoteView<'_>, item: &HierarchyItem) -> Option<TypeHierarchyItem> {
    let Shown { uri, range, selection_range, kind, detail, data } = shown(view, item)?;
    Some(TypeHierarchyItem { name: item.name.clone(), kind, tags: None, detail, uri, range, selection_range, data })
}

fn ranges(view: &NoteView<'_>, call: &Call) -> Option<Vec<Range>> {
    let mut lines = view.snapshot.lines(call.item.file)?;
    let range = |range: &TextRange| to_proto::range_in(&mut lines, *range, view.encoding());
    Some(call.ranges.iter().map(range).collect())
}

/// A node by names that survive edits.
pub(in crate::lsp) fn encoded(view: &NoteView<'_>, node: &Node) -> Option<Value> {
    Some(match node {
        Node::Entity(at) => {
            let note = view.snapshot.note(at.file)?;
            let entity = note.entity(at.local)?;
            json!({ "note": note.path, "entity": entity.name, "kind": entity.kind.as_str() })
        }
        Node::Record(file) => json!({ "record": view.snapshot.path(*file)? }),
        Node::Source(key) => json!({ "source": key }),
        Node::Note(file) => json!({ "note": view.snapshot.path(*file)? }),
    })
}

/// The node of such names, as things are now.
pub(in crate::lsp) fn decoded(view: &NoteView<'_>, data: &Value) -> Option<Node> {
    let word = |name: &str| data.get(name).and_then(Value::as_str);
    if let Some(key) = word("source") {
        return Some(Node::Source(key.into()));
    }
    if let Some(path) = word("record") {
        let file = view.snapshot.file_at(path)?;
        return view.snapshot.note(file)?.record.is_some().then_some(Node::Record(file));
    }
    let file = view.snapshot.file_at(word("note")?)?;
    let Some(name) = word("entity") else { return Some(Node::Note(file)) };
    let mut entities = view.snapshot.note(file)?.entities();
    let local = entities.position(|e| e.name == name && word("kind").is_none_or(|kind| kind == e.kind.as_str()));
    Some(Node::Entity(LocalEntity { file, local: local? as u32 }))
}

/// The node that an item of an earlier answer is about, as things are now.
fn node_of(view: &NoteView<'_>, data: Option<&Value>, uri: &Url, at: Position) -> Option<Node> {
    if let Some(node) = data.and_then(|data| decoded(view, data)) {
        return Some(node);
    }
    let key = UriKey::new(uri.as_str());
    let file = view.state.files.place(&key).file;
    let read =
        if view.snapshot.full(file).is_none() { NoteView::closed(view.state, &view.snapshot, &key) } else { None };
    let snapshot = read.as_ref().map_or(&view.snapshot, |read| &read.snapshot);
    let offset = from_proto::offset(&snapshot.full(file)?.lines, at, view.encoding());
    nodes::at(snapshot, FilePosition { file, offset }).map(|item| item.node)
}
