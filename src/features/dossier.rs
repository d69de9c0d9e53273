//! The dossier: what is known of an entity, source or claim, to be shown in a place of its own.
//!
//! It is the card of a hover without the findings, with a title.

use super::hover::card::Card;
use super::hover::{self, entity, source};
use super::nodes::{self, Node};
use super::{FilePosition, subject};
use crate::text::TextRange;
use crate::workspace::Snapshot;
use crate::workspace::summary::excerpt;

/// Everything known of an entity, source or passage, to be shown in a place of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dossier {
    /// The subject: somebody's name, else the words under the caret.
    pub title: String,
    /// The words that it is about.
    pub range: TextRange,
    /// The card under the title.
    pub card: Card,
}

/// The dossier at a place: of a name its entity's, of anything else what a hover shows.
#[must_use]
pub fn dossier(snapshot: &Snapshot, position: FilePosition) -> Option<Dossier> {
    let shown = hover::hover(snapshot, position, &[])?;
    let title = match subject::identity(snapshot, position) {
        Some((identity, _)) => identity.name.to_string(),
        None => {
            let text = snapshot.full(position.file)?.text.clone();
            excerpt(text.as_deref().unwrap_or(""), Some(shown.range), 80).to_string()
        }
    };
    Some(Dossier { title, range: shown.range, card: shown.card })
}

/// The dossier of an entity or source, wherever it is asked for; none where nobody is left of it.
#[must_use]
pub fn of_node(snapshot: &Snapshot, node: &Node) -> Option<Dossier> {
    let range = TextRange::empty(0);
    match node {
        Node::Entity(_) | Node::Record(_) => {
            let identity = nodes::identity(snapshot, node)?;
            Some(Dossier { title: identity.name.to_string(), range, card: entity::card(snapshot, &identity, None) })
        }
        Node::Source(key) => Some(Dossier { title: format!("@{key}"), range, card: source::citation(snapshot, key) }),
        Node::Note(_) => None,
    }
}
