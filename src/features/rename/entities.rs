//! An entity's name, in all notes.
//!
//! The author's own running text changes and nothing else: no quotation, no title, no heading, no byline, no link's
//! target, nothing in a source note. The old name stays as an alias in the entity note, so that what was left (and what
//! is cited) still leads there.

use super::forms::{renamed, squeezed, with_part};
use super::{Needs, Refusal, RenameEdit, Why, edit, record, with_text};
use crate::analysis::facts::{EntityKind, Mention, Zone};
use crate::analysis::names::split_person;
use crate::features::subject;
use crate::features::{FilePosition, FileRange, references};
use crate::structure::{BlockKind, MarkerKind};
use crate::text::TextRange;
use crate::workspace::brief::Brief;
use crate::workspace::entities::Identity;
use crate::workspace::genre::Genre;
use crate::workspace::names;
use crate::workspace::paths::stem;
use crate::workspace::summary::Role;
use crate::workspace::{FileId, NoteEntry, Snapshot};

/// Fields in which notes name other entities.
const NAMING: [&str; 6] = ["parent", "members", "member-of", "org", "roles.org", "employer"];

/// A name that changes, and the entity whose name it is.
pub(super) struct Naming {
    /// The entity.
    pub identity: Identity,
    /// The whole name that changes.
    pub old: String,
    /// The part of it that stands under the caret, if it is not the whole.
    part: Option<String>,
}

impl Naming {
    /// The main name.
    pub(super) fn whole(identity: Identity) -> Self {
        Self { old: identity.name.to_string(), identity, part: None }
    }
}

/// The name at a place, with its bytes.
pub(super) fn at(
    snapshot: &Snapshot,
    position: FilePosition,
    text: &str,
) -> Result<Option<(Naming, TextRange)>, Refusal> {
    let Some((identity, range)) = subject::identity(snapshot, position) else { return Ok(None) };
    let range = own_words(snapshot, position.file, range, text);
    let surface = squeezed(range.of(text));
    let identity = unambiguous(snapshot, identity)?;
    let note = snapshot.full(position.file);
    let mention = note.and_then(|note| note.facts.mention_at(position.offset).map(|mention| (note, mention)));
    if let Some((note, mention)) = mention.filter(|(_, mention)| mention.range == range)
        && let Some(why) = untouchable(note, mention)
    {
        return Err(Refusal::new(format!(
            "This stands in {why}, which is never changed: rename it in the running text."
        )));
    }
    let whole = whole_name(snapshot, &identity, mention, &surface);
    let part = (whole != surface).then_some(surface);
    Ok(Some((Naming { identity, old: whole, part }, range)))
}

/// Whoever two notes claim is not renamed.
pub(super) fn unambiguous(snapshot: &Snapshot, identity: Identity) -> Result<Identity, Refusal> {
    if identity.rivals.is_empty() {
        return Ok(identity);
    }
    let notes: Vec<&str> =
        identity.rivals.iter().filter_map(|&file| snapshot.path(file)).map(|path| stem(path)).collect();
    let notes = notes.join(" and ");
    Err(Refusal::new(format!("{} is ambiguous: {notes} both claim the name. Say first who is meant.", identity.name)))
}

/// Of a heading that gives an entity note its name, the name alone.
fn own_words(snapshot: &Snapshot, file: FileId, range: TextRange, text: &str) -> TextRange {
    let record = snapshot.note(file).and_then(|note| note.record.as_ref());
    let within = record.filter(|record| record.name_range == range).and_then(|record| {
        let start = range.start + range.of(text).find(&*record.name)? as u32;
        Some(TextRange::new(start, start + record.name.len() as u32))
    });
    within.unwrap_or(range)
}

/// Returns `true` if the heading at a place is the name of the note's own entity.
pub(super) fn is_own_title(snapshot: &Snapshot, position: FilePosition, words: TextRange) -> bool {
    let Some((note, text)) = with_text(snapshot, position.file) else { return false };
    let record = note.brief.record.as_ref();
    record.is_some_and(|record| names::fold(&record.name) == names::fold(words.of(text)))
}

/// Of a surname or other short form, the name that it is short for.
fn whole_name(
    snapshot: &Snapshot,
    identity: &Identity,
    mention: Option<(&std::sync::Arc<NoteEntry>, &Mention)>,
    surface: &str,
) -> String {
    let entity = mention.and_then(|(note, mention)| note.facts.entities.get(mention.entity? as usize));
    let record = identity.record.and_then(|file| snapshot.note(file)?.record.clone());
    let recorded: Vec<String> =
        record.iter().flat_map(|record| record.strong.iter().map(|name| name.text.to_string())).collect();
    let mut known =
        entity.into_iter().flat_map(|entity| std::iter::once(&entity.name).chain(&entity.aliases)).chain(&recorded);
    let is_short_for = |name: &&String| match identity.kind {
        EntityKind::Person => {
            let parts = split_person(name);
            names::is_bare(EntityKind::Person, surface) && !parts.given.is_empty() && parts.short() == surface
        }
        _ => name.strip_prefix(surface).is_some_and(|rest| rest.starts_with(' ')),
    };
    known.find(is_short_for).map_or_else(|| surface.to_owned(), |name| squeezed(name))
}

/// The notes that name the entity, or may: those with mentions of it, and entity notes with its name in their fields.
pub(super) fn needs(snapshot: &Snapshot, naming: &Naming) -> Needs {
    let mut notes: Vec<FileId> =
        references::mentions(snapshot, &naming.identity, true).into_iter().map(|at| at.file).collect();
    notes.extend(naming.identity.record);
    notes.extend(snapshot.notes().filter(|(_, note)| names_it(note, &naming.old)).map(|(file, _)| file));
    notes.retain(|file| snapshot.note(*file).is_some_and(|note| note.genre != Genre::Source));
    notes.sort_unstable();
    notes.dedup();
    Needs { notes, ..Needs::default() }
}

/// Returns `true` if an entity note's fields may have the name.
fn names_it(note: &Brief, old: &str) -> bool {
    let Some(record) = &note.record else { return false };
    record.fields.iter().any(|(_, value)| value.contains(old))
        || record.roles.iter().any(|role| role.text.contains(old))
}

/// The edits that give the entity the name `new`, in notes whose texts are at hand.
///
/// # Errors
/// If `new` has no letter or a sign of markup, or another entity note gives the name.
pub(super) fn rename(
    snapshot: &Snapshot,
    position: FilePosition,
    naming: &Naming,
    new: &str,
) -> Result<Vec<RenameEdit>, Refusal> {
    let new = squeezed(new);
    let new = match &naming.part {
        Some(part) if names::words(&new) == names::words(part) => with_part(&naming.old, part, &new),
        _ => new,
    };
    check(snapshot, naming, &new)?;
    if new == naming.old {
        return Ok(Vec::new());
    }
    let (identity, old) = (&naming.identity, &naming.old);
    let sure = if is_taken(snapshot, identity, &new) { Why::Merge } else { Why::Sure };
    let recorded = identity.record.and_then(|file| snapshot.note(file)?.record.clone());
    let is_main = recorded.is_none_or(|record| *record.name == **old);
    let mut edits = Vec::new();
    for FileRange { file, range } in references::mentions(snapshot, identity, false) {
        let Some((note, text)) = with_text(snapshot, file) else { continue };
        let mention = note.facts.mentions.iter().find(|mention| mention.range == range);
        let Some(mention) = mention.filter(|mention| untouchable(note, mention).is_none()) else { continue };
        // Whoever asks at a place means that place, whatever else is unsure about it.
        let asked = file == position.file && range.touches(position.offset);
        // Short forms belong to the name itself: an alias changes alone.
        let surface = range.of(text);
        let words = squeezed(surface);
        let follows = is_main || naming.part.as_ref() == Some(&words) || words.eq_ignore_ascii_case(old);
        if !follows {
            continue;
        }
        if let Some(form) = renamed(identity.kind, surface, old, &new) {
            let unsure = form.weak || is_reference(note, mention);
            let own = if Some(file) == identity.record && sure == Why::Sure { Why::Record } else { sure };
            edits.push(edit(file, range, form.text, if unsure && !asked { Why::Weak } else { own }));
        }
    }
    if let Some(file) = identity.record {
        edits.extend(record::edits(snapshot, file, old, &new));
    }
    for (file, _) in snapshot.notes().filter(|(_, note)| names_it(note, old)) {
        let Some((note, text)) = with_text(snapshot, file) else { continue };
        let Some(front) = note.facts.note.front_matter.as_ref() else { continue };
        for field in front.fields.iter().filter(|field| NAMING.iter().any(|key| key.eq_ignore_ascii_case(&field.key))) {
            let same = field.values.iter().filter(|(value, _)| value == old);
            edits.extend(same.map(|(_, range)| edit(file, *range, record::value(text, *range, &new), sure)));
        }
    }
    Ok(edits)
}

fn check(snapshot: &Snapshot, naming: &Naming, new: &str) -> Result<(), Refusal> {
    if names::fold(new).is_empty() || new.contains(['[', ']', '|', '<', '>', '`', '#', '{', '}', '"', '“', '”']) {
        return Err(Refusal::new(
            "A name has at least one letter, and none of the signs [ ] { } | < > ` # or quotation marks.",
        ));
    }
    let key = snapshot.key_of(naming.identity.kind, new);
    let other = snapshot.files(key, Role::Record).find(|file| Some(*file) != naming.identity.record);
    match other.and_then(|file| snapshot.path(file)) {
        Some(path) => Err(Refusal::new(format!("{new} is somebody else already: see {path}."))),
        None => Ok(()),
    }
}

/// Returns `true` if notes use the new name for another entity.
fn is_taken(snapshot: &Snapshot, identity: &Identity, new: &str) -> bool {
    let key = snapshot.key_of(identity.kind, new);
    !identity.names().contains(&key) && snapshot.has(key, Role::Main)
}

/// The reason to leave a mention as it is: it stands in text that is never changed.
fn untouchable(note: &NoteEntry, mention: &Mention) -> Option<&'static str> {
    if note.brief.genre == Genre::Source {
        return Some("a source note");
    }
    let facts = &note.facts;
    if facts.quotations.iter().any(|quotation| quotation.range.overlaps(mention.range))
        || facts.zone_of(mention.sentence) == Zone::Quoted
    {
        return Some("a quotation");
    }
    let own = note.brief.record.as_ref().map(|record| record.name_range);
    let block =
        facts.note.sentences.get(mention.sentence as usize).and_then(|s| facts.note.blocks.get(s.block as usize));
    match block.map(|block| block.kind) {
        Some(BlockKind::Quote) => return Some("a quotation"),
        Some(BlockKind::Title | BlockKind::Label) => return Some("a title"),
        Some(BlockKind::Heading(_)) if !own.is_some_and(|name| name.contains_range(mention.range)) => {
            return Some("a heading");
        }
        Some(BlockKind::Byline | BlockKind::SourceLine | BlockKind::Caption) => return Some("a credit line"),
        _ => {}
    }
    let target = |range: TextRange, kind: &MarkerKind| match kind {
        MarkerKind::Wikilink { shown, .. } => !shown.is_some_and(|shown| shown.contains_range(mention.range)),
        MarkerKind::Link { text, .. } => !text.contains_range(mention.range),
        MarkerKind::Image { .. } | MarkerKind::CitationKey { .. } | MarkerKind::Comment { .. } => true,
        _ => false,
    } && range.overlaps(mention.range);
    let markers = facts.note.markers.iter().any(|marker| target(marker.range, &marker.kind));
    markers.then_some("a link")
}

/// A footnote's text is mostly a reference, where the name may be that of an author as printed.
fn is_reference(note: &NoteEntry, mention: &Mention) -> bool {
    let shape = &note.facts.note;
    let block = shape.sentences.get(mention.sentence as usize).and_then(|s| shape.blocks.get(s.block as usize));
    block.is_some_and(|block| block.kind == BlockKind::FootnoteDefinition)
}
