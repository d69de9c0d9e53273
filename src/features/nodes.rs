//! Nodes of a hierarchy: an entity, a source or a note, with the place that shows it.

use std::sync::Arc;

use super::subject::{self, Subject};
use super::{FilePosition, references};
use crate::analysis::facts::EntityKind;
use crate::text::TextRange;
use crate::workspace::entities::{Identity, LocalEntity, Place};
use crate::workspace::paths::stem;
use crate::workspace::{FileId, Snapshot};

/// The subject of a hierarchy, so that a later request can ask on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// An entity, as one note has it.
    Entity(LocalEntity),
    /// The entity that a note is about.
    Record(FileId),
    /// A source, by its citation key.
    Source(Arc<str>),
    /// A note.
    Note(FileId),
}

/// The symbol of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// Somebody or something.
    Entity(EntityKind),
    /// A source.
    Source,
    /// A note.
    Note,
}

/// A node with what is shown of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HierarchyItem {
    /// The node.
    pub node: Node,
    /// Its name.
    pub name: String,
    /// Its role, or where it stands; "" if there is nothing to say.
    pub detail: String,
    /// The symbol.
    pub kind: NodeKind,
    /// The file that shows it.
    pub file: FileId,
    /// All of what is shown.
    pub full: TextRange,
    /// The part of it that is selected; lies within `full`.
    pub focus: TextRange,
}

impl HierarchyItem {
    /// The same node, shown at another place.
    #[must_use]
    pub fn shown_at(self, file: FileId, full: TextRange, focus: TextRange) -> Self {
        Self { file, full: full.cover(focus), focus, ..self }
    }

    /// The same node with other words beside its name.
    #[must_use]
    pub fn with_detail(self, detail: String) -> Self {
        Self { detail, ..self }
    }
}

/// The node under the caret.
#[must_use]
pub fn at(snapshot: &Snapshot, position: FilePosition) -> Option<HierarchyItem> {
    let (subject, range) = subject::at(snapshot, position)?;
    let file = position.file;
    let here = |item: HierarchyItem| item.shown_at(file, range, range);
    match subject {
        Subject::Mention(mention) => {
            entity(snapshot, &Node::Entity(LocalEntity { file, local: mention.entity? })).map(here)
        }
        Subject::Record => entity(snapshot, &Node::Record(file)).map(here),
        Subject::Citation(used) => source(snapshot, &used.text).map(here),
        Subject::Wikilink(used, _) => {
            let to = snapshot.note_named(&used.text, file)?;
            of_note(snapshot, to).map(here)
        }
        Subject::Footnote(_) | Subject::Link(_) | Subject::Quotation(_) | Subject::Claim(_) => None,
    }
}

/// A node, shown where it is described.
#[must_use]
pub fn item(snapshot: &Snapshot, node: &Node) -> Option<HierarchyItem> {
    match node {
        Node::Entity(_) | Node::Record(_) => entity(snapshot, node),
        Node::Source(key) => source(snapshot, key),
        Node::Note(file) => note_itself(snapshot, *file),
    }
}

/// The identity of a node; none for a source or a note.
#[must_use]
pub fn identity(snapshot: &Snapshot, node: &Node) -> Option<Identity> {
    match node {
        Node::Entity(at) => snapshot.identity(*at),
        Node::Record(file) => snapshot.identity_of_record(*file),
        Node::Source(_) | Node::Note(_) => None,
    }
}

/// At most `most` places of an entity, those of the newest notes first.
pub(super) fn latest<'s>(snapshot: &'s Snapshot, identity: &Identity, most: usize) -> Vec<Place<'s>> {
    let mut places = snapshot.places(identity);
    places.sort_by(|a, b| b.note.date().cmp(&a.note.date()).then(a.at.cmp(&b.at)));
    places.truncate(most);
    places
}

/// An entity, shown where its own note names it, else where the note in question does first.
#[must_use]
pub fn entity(snapshot: &Snapshot, node: &Node) -> Option<HierarchyItem> {
    let identity = identity(snapshot, node)?;
    let role = |file: FileId| Some(snapshot.note(file)?.record.as_ref()?.roles.first()?.text.clone());
    let of_record = identity.record.and_then(|file| references::record_name(snapshot, file));
    let (file, range, detail) = match (of_record, node) {
        (Some(name), _) => (name.file, name.range, role(name.file).unwrap_or_default()),
        (None, Node::Entity(at)) => {
            let note = snapshot.note(at.file)?;
            let entity = note.entity(at.local)?;
            let role = entity.roles().next().map(|(role, _)| role.to_owned());
            (at.file, entity.mentions().next()?.range, role.unwrap_or_default())
        }
        (None, _) => return None,
    };
    Some(HierarchyItem {
        node: node.clone(),
        name: identity.name.to_string(),
        detail,
        kind: NodeKind::Entity(identity.kind),
        file,
        full: range,
        focus: range,
    })
}

/// A source, shown at its entry or note; none if no library has it.
#[must_use]
pub fn source(snapshot: &Snapshot, key: &str) -> Option<HierarchyItem> {
    let (file, source) = snapshot.sources_of(key).into_iter().next()?;
    let about = [source.title.as_str(), &source.publisher, &source.date];
    Some(HierarchyItem {
        node: Node::Source(source.key.clone()),
        name: format!("@{}", source.key),
        detail: about.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "),
        kind: NodeKind::Source,
        file,
        full: source.range,
        focus: source.range,
    })
}

/// The item that a note stands for: the entity or source that it is about, else itself.
#[must_use]
pub fn of_note(snapshot: &Snapshot, file: FileId) -> Option<HierarchyItem> {
    let note = snapshot.note(file)?;
    if note.record.is_some() {
        return entity(snapshot, &Node::Record(file));
    }
    if let Some(own) = &note.source {
        return source(snapshot, &own.key);
    }
    note_itself(snapshot, file)
}

/// A note as a note.
#[must_use]
pub fn note_itself(snapshot: &Snapshot, file: FileId) -> Option<HierarchyItem> {
    let note = snapshot.note(file)?;
    Some(HierarchyItem {
        node: Node::Note(file),
        name: note.title().to_owned(),
        detail: stem(&note.path).to_owned(),
        kind: NodeKind::Note,
        file,
        full: note.title_range,
        focus: note.title_range,
    })
}

/// Returns `true` if two identities are of one entity.
#[must_use]
pub fn same(one: &Identity, other: &Identity) -> bool {
    one.record.is_some() && one.record == other.record || one.names().iter().any(|key| other.names().contains(key))
}

/// Whoever is called so from the point of view of a note: by a note's name or link, else by any note's mention.
#[must_use]
pub fn named(snapshot: &Snapshot, name: &str, from: FileId) -> Option<Node> {
    let name = name.trim().trim_start_matches("[[").trim_end_matches("]]");
    let name = name.split(['|', '#']).next().unwrap_or(name).trim();
    let record =
        snapshot.note_named(name, from).filter(|&file| snapshot.note(file).is_some_and(|note| note.record.is_some()));
    if let Some(file) = record {
        return Some(Node::Record(file));
    }
    [EntityKind::Org, EntityKind::Person].into_iter().find_map(|kind| {
        let identity = snapshot.identity_of_key(snapshot.key_of(kind, name))?;
        if let Some(file) = identity.record {
            return Some(Node::Record(file));
        }
        snapshot.places_up_to(&identity, 1).first().map(|place| Node::Entity(place.at))
    })
}
