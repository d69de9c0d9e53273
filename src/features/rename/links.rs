//! A wikilink: what changes is the name of whom its note is about. The note's own name is its file's, and links follow
//! that where the file is renamed.

use super::Refusal;
use super::entities::{self, Naming};
use crate::workspace::summary::Use;
use crate::workspace::{FileId, Snapshot};

/// The entity that would be renamed by a link.
pub(super) fn at(snapshot: &Snapshot, from: FileId, link: &Use) -> Result<Naming, Refusal> {
    if link.text.is_empty() {
        return Err(Refusal::new("This leads to a heading of the same note: rename the heading, and links follow."));
    }
    let Some(to) = snapshot.note_named(&link.text, from) else {
        return Err(Refusal::new(format!("There is no note called “{}” yet that could be renamed.", link.text)));
    };
    let Some(identity) = snapshot.identity_of_record(to) else {
        let path = snapshot.path(to).map_or("the file", |path| path);
        return Err(Refusal::new(format!("This note goes by its file’s name: rename {path}, and links follow.")));
    };
    entities::unambiguous(snapshot, identity).map(Naming::whole)
}
