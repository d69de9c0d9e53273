//! A heading, and the links that lead to it.

use super::{Needs, Refusal, RenameEdit, Why, edit, with_text};
use crate::features::definition::linked_file;
use crate::structure::{BlockKind, MarkerKind};
use crate::text::TextRange;
use crate::workspace::names::fold;
use crate::workspace::paths::stem;
use crate::workspace::{FileId, NoteEntry, Snapshot};

/// The heading under the caret: its block, and the bytes of its words. Markdown only: plain text has no links.
pub(super) fn at(note: &NoteEntry, at: u32) -> Option<(usize, TextRange)> {
    let shape = &note.facts.note;
    let index = shape.block_at(at)?;
    Some((index, words(note, index)?)).filter(|(_, range)| range.touches(at))
}

/// None for a heading that quotes: nothing inside quotations is ever edited.
fn words(note: &NoteEntry, index: usize) -> Option<TextRange> {
    let shape = &note.facts.note;
    let block = shape.blocks.get(index).filter(|block| matches!(block.kind, BlockKind::Heading(_)))?;
    let sentences = shape.sentences_of(block);
    let range = sentences.first()?.range.cover(sentences.last()?.range);
    let quotes = note.facts.quotations.iter().any(|quotation| quotation.range.overlaps(range));
    (!quotes).then_some(range)
}

/// The notes with links to the note `file`.
pub(super) fn needs(snapshot: &Snapshot, file: FileId, _: usize) -> Needs {
    let mut notes: Vec<FileId> = snapshot.links_to(file).into_iter().map(|(from, _)| from).collect();
    for (from, note) in snapshot.notes() {
        let leads = |target: &str| target.contains('#') && linked_file(snapshot, from, target) == Some(file);
        if note.addresses().any(|address| leads(address.target)) {
            notes.push(from);
        }
    }
    Needs { notes, ..Needs::default() }
}

/// The edits that give the heading in block `index` new words, and those of the links that lead to it.
///
/// # Errors
/// If `new` has no letter, or another heading of the note has the same.
pub(super) fn rename(snapshot: &Snapshot, file: FileId, index: usize, new: &str) -> Result<Vec<RenameEdit>, Refusal> {
    let Some((note, text)) = with_text(snapshot, file) else { return Ok(Vec::new()) };
    let Some(range) = words(note, index) else { return Ok(Vec::new()) };
    let new = new.trim_start_matches('#').trim();
    if fold(new).is_empty() {
        return Err(Refusal::new("A heading has at least one letter."));
    }
    let old = range.of(text);
    let taken = note.brief.headings().any(|other| other.range != range && fold(other.text) == fold(new));
    if taken && fold(old) != fold(new) {
        return Err(Refusal::new(format!(
            "This note has a heading “{new}” already, and links could not tell them apart."
        )));
    }
    let mut edits = vec![edit(file, range, new, Why::Sure)];
    let mut from = needs(snapshot, file, index).notes;
    from.push(file);
    from.sort_unstable();
    from.dedup();
    let is_title = note.brief.title_range == note.facts.note.blocks.get(index).map_or(range, |block| block.range);
    let renaming = Renaming { snapshot, file, old, new, by_title: is_title && is_known_by_title(note, old) };
    for from in from {
        let Some((linking, text)) = with_text(snapshot, from) else { continue };
        for marker in &linking.facts.note.markers {
            renaming.link(from, text, marker.range, &marker.kind, &mut edits);
        }
    }
    Ok(edits)
}

/// Returns `true` if links by the title would lead nowhere without it.
fn is_known_by_title(note: &NoteEntry, old: &str) -> bool {
    let alias = |record: &crate::workspace::records::EntityRecord| {
        record.strong.iter().chain(&record.weak).any(|name| fold(&name.text) == fold(old))
    };
    fold(stem(&note.path)) != fold(old) && !note.brief.record.as_deref().is_some_and(alias)
}

struct Renaming<'s> {
    snapshot: &'s Snapshot,
    file: FileId,
    old: &'s str,
    new: &'s str,
    by_title: bool,
}

impl Renaming<'_> {
    fn link(&self, from: FileId, text: &str, range: TextRange, kind: &MarkerKind, edits: &mut Vec<RenameEdit>) {
        match kind {
            MarkerKind::Wikilink { target, anchor, .. } => {
                let named = target.of(text).trim();
                let leads = if named.is_empty() { Some(from) } else { self.snapshot.note_named(named, from) };
                if leads != Some(self.file) {
                    return;
                }
                if self.by_title && !named.is_empty() && fold(stem(named)) == fold(self.old) {
                    edits.push(edit(from, *target, self.linkable(), Why::Sure));
                }
                let Some(anchor) = anchor else { return };
                // A path of headings names ours last.
                let start = anchor.start + anchor.of(text).rfind('#').map_or(0, |sign| sign + 1) as u32;
                let last = TextRange::new(start, anchor.end);
                if fold(last.of(text)) == fold(self.old) {
                    edits.push(edit(from, last, self.linkable(), Why::Sure));
                }
            }
            MarkerKind::Link { target, .. } => {
                let Some((_, anchor)) = target.split_once('#') else { return };
                if slug(anchor) != slug(self.old) || linked_file(self.snapshot, from, target) != Some(self.file) {
                    return;
                }
                // The address is written last in the link.
                let Some(at) = range.of(text).rfind(target.as_str()) else { return };
                let end = range.start + (at + target.len()) as u32;
                edits.push(edit(from, TextRange::new(end - anchor.len() as u32, end), slug(self.new), Why::Sure));
            }
            _ => {}
        }
    }

    /// The heading as a link can name it.
    fn linkable(&self) -> String {
        self.new.replace(['[', ']', '|', '#', '^'], " ").split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// A heading as the fragment of an address: small letters, hyphens for spaces, other signs gone.
fn slug(heading: &str) -> String {
    let kept = heading.chars().flat_map(char::to_lowercase);
    let kept = kept.filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' '));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}
