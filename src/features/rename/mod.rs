//! Giving something another name: an entity, a citation key, a footnote's label, a heading.
//!
//! In three steps, because a closed note's text is not at hand: [`prepare`] says what would be renamed, [`needs`] which
//! files must be read for it, and [`rename`] makes the edits from a snapshot in which those files have their texts. A
//! note without its text is not edited. What a person must look at before it is applied says why ([`Why`]).
//!
//! `entities` (with `forms`: what becomes of each spelling, and `record`: the entity note), `keys`, `labels`, `headings`,
//! `links`.

mod entities;
mod forms;
mod headings;
mod keys;
mod labels;
mod links;
mod record;

use std::sync::Arc;

use super::subject::{self, Subject};
use super::{FilePosition, footnotes};
use crate::rules::Edit;
use crate::text::TextRange;
use crate::workspace::{FileId, NoteEntry, Snapshot};

/// The subject of a renaming, before the new name is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepared {
    /// The bytes under the caret that name it.
    pub range: TextRange,
    /// The whole name that would change: of a surname, the full name.
    pub name: String,
}

/// The reason why something cannot be renamed, in words for the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(pub String);

impl Refusal {
    fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

/// The reason for an edit, for whoever has to confirm it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// The renamed form itself.
    Sure,
    /// The entity note.
    Record,
    /// A form that only follows from the name, or a place where another may be meant.
    Weak,
    /// The new name is somebody else's already.
    Merge,
    /// A library, which another program may write.
    Library,
}

/// One edit of a renaming.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenameEdit {
    /// The edit. Line ends are `\n`.
    pub edit: Edit,
    /// The reason for it.
    pub why: Why,
}

/// The files whose texts a renaming reads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// Notes.
    pub notes: Vec<FileId>,
    /// Bibliographies.
    pub libraries: Vec<FileId>,
    /// True if notes that are not known yet may belong to it.
    pub everywhere: bool,
}

/// The texts of bibliographies; those of notes are in the snapshot.
pub type Libraries = Vec<(FileId, Arc<str>)>;

/// The thing under the caret that has a name.
enum Target {
    Entity(entities::Naming),
    Key(String),
    Label(String),
    Heading(usize),
}

/// The thing that would be renamed at a place; none where nothing has a name.
///
/// # Errors
/// Where something has a name that cannot be changed, with the reason.
pub fn prepare(snapshot: &Snapshot, position: FilePosition) -> Result<Option<Prepared>, Refusal> {
    Ok(target(snapshot, position)?.map(|(_, prepared)| prepared))
}

/// The files whose texts [`rename`] needs.
///
/// # Errors
/// As [`prepare`].
pub fn needs(snapshot: &Snapshot, position: FilePosition) -> Result<Needs, Refusal> {
    let Some((target, _)) = target(snapshot, position)? else { return Ok(Needs::default()) };
    let everywhere = !matches!(target, Target::Label(_));
    let mut needs = match target {
        Target::Entity(naming) => entities::needs(snapshot, &naming),
        Target::Key(key) => keys::needs(snapshot, &key),
        Target::Label(_) => Needs::default(),
        Target::Heading(index) => headings::needs(snapshot, position.file, index),
    };
    needs.everywhere = everywhere;
    needs.notes.extend(snapshot.note(position.file).map(|_| position.file));
    needs.notes.sort_unstable();
    needs.notes.dedup();
    Ok(needs)
}

/// The edits that give the thing at a place its new name; they do not overlap. None if nothing changes.
///
/// # Errors
/// Where the name cannot be given, with the reason.
pub fn rename(
    snapshot: &Snapshot,
    libraries: &Libraries,
    position: FilePosition,
    new: &str,
) -> Result<Vec<RenameEdit>, Refusal> {
    let Some((target, prepared)) = target(snapshot, position)? else {
        return Err(Refusal::new(
            "Nothing here has a name to change: put the caret on a name, a link, a key, a label or a heading.",
        ));
    };
    let new = new.trim();
    if new == prepared.name {
        return Ok(Vec::new());
    }
    if new.is_empty() || new.contains(char::is_control) || new.len() > 300 {
        return Err(Refusal::new("A name is one line of text, and not empty."));
    }
    let mut edits = match target {
        Target::Entity(naming) => entities::rename(snapshot, position, &naming, new)?,
        Target::Key(key) => keys::rename(snapshot, libraries, &key, new)?,
        Target::Label(label) => labels::rename(snapshot, position.file, &label, new)?,
        Target::Heading(index) => headings::rename(snapshot, position.file, index, new)?,
    };
    edits.sort_by_key(|change| (change.edit.file, change.edit.range, change.why));
    edits.dedup_by(|later, earlier| {
        earlier.edit.file == later.edit.file
            && (earlier.edit.range == later.edit.range || earlier.edit.range.overlaps(later.edit.range))
    });
    Ok(edits)
}

fn target(snapshot: &Snapshot, position: FilePosition) -> Result<Option<(Target, Prepared)>, Refusal> {
    let subject = subject::at(snapshot, position);
    if let (Some(_), Some((Subject::Citation(used), range))) = (snapshot.bibliography(position.file), &subject) {
        let name = used.text.to_string();
        return Ok(Some((Target::Key(name.clone()), Prepared { range: *range, name })));
    }
    let Some(note) = snapshot.full(position.file) else { return Ok(None) };
    let Some(text) = note.text.as_deref() else { return Ok(None) };
    if let Some((index, range)) = headings::at(note, position.offset)
        && !is_marked(subject.as_ref())
        && !entities::is_own_title(snapshot, position, range)
    {
        let name = range.of(text).to_owned();
        return Ok(Some((Target::Heading(index), Prepared { range, name })));
    }
    Ok(match subject {
        Some((Subject::Mention(_) | Subject::Record, _)) => entities::at(snapshot, position, text)?
            .map(|(naming, range)| (Prepared { range, name: naming.old.clone() }, naming))
            .map(|(prepared, naming)| (Target::Entity(naming), prepared)),
        Some((Subject::Citation(used), _)) => {
            let name = used.text.to_string();
            Some((Target::Key(name.clone()), Prepared { range: used.range, name }))
        }
        Some((Subject::Wikilink(used, _), _)) => {
            let naming = links::at(snapshot, position.file, &used)?;
            let prepared = Prepared { range: used.range, name: naming.old.clone() };
            Some((Target::Entity(naming), prepared))
        }
        Some((Subject::Footnote(label), _)) => footnotes::at(note, text, position.offset).map(|range| {
            let name = label.to_string();
            (Target::Label(name.clone()), Prepared { range, name })
        }),
        _ => keys::own_key(note, position.offset).map(|range| {
            let name = range.of(text).to_owned();
            (Target::Key(name.clone()), Prepared { range, name })
        }),
    })
}

fn is_marked(subject: Option<&(Subject, TextRange)>) -> bool {
    matches!(subject, Some((Subject::Citation(_) | Subject::Footnote(_), _)))
}

fn edit(file: FileId, range: TextRange, text: impl Into<String>, why: Why) -> RenameEdit {
    RenameEdit { edit: Edit { file, range, text: text.into() }, why }
}

/// A note with its text.
fn with_text(snapshot: &Snapshot, file: FileId) -> Option<(&NoteEntry, &str)> {
    let note = snapshot.full(file)?;
    Some((note, note.text.as_deref()?))
}

#[cfg(test)]
mod tests;
