//! What stands under the caret.

use std::sync::Arc;

use super::FilePosition;
use crate::analysis::facts::Mention;
use crate::structure::{Marker, MarkerKind};
use crate::text::TextRange;
use crate::workspace::brief::UseAt;
use crate::workspace::entities::{Identity, LocalEntity};
use crate::workspace::summary::Use;
use crate::workspace::{NoteEntry, Snapshot};

/// The thing that a question is about.
#[derive(Clone, Debug)]
pub enum Subject {
    /// A name in the text.
    Mention(Mention),
    /// A name in the front matter or title of its own entity note.
    Record,
    /// A citation key, also at its entry in a library.
    Citation(Use),
    /// A footnote's label, at its reference or its definition.
    Footnote(Arc<str>),
    /// A wikilink: the note that it names, and the heading if one is named.
    Wikilink(Use, Option<Arc<str>>),
    /// An inline link to another file or page.
    Link(String),
    /// A quotation, as an index into the note's quotations.
    Quotation(usize),
    /// A claim, as an index into the note's claims.
    Claim(usize),
}

/// The thing under the caret, the innermost first, with its bytes.
#[must_use]
pub fn at(snapshot: &Snapshot, position: FilePosition) -> Option<(Subject, TextRange)> {
    if let Some(library) = snapshot.bibliography(position.file) {
        // Of a library only the keys of its entries stand for something.
        let entry = library.sources.iter().find(|source| source.range.touches(position.offset))?;
        return Some((Subject::Citation(Use { text: entry.key.clone(), range: entry.range }), entry.range));
    }
    let note = snapshot.full(position.file)?;
    marker(note, position.offset)
        .or_else(|| name(note, position.offset))
        .or_else(|| quotation(note, position.offset))
        .or_else(|| claim(note, position.offset))
}

/// The entity that is meant at the caret, with the bytes that name it.
#[must_use]
pub fn identity(snapshot: &Snapshot, position: FilePosition) -> Option<(Identity, TextRange)> {
    let note = snapshot.full(position.file)?;
    match name(note, position.offset)? {
        (Subject::Mention(mention), range) => {
            let local = mention.entity?;
            Some((snapshot.identity(LocalEntity { file: position.file, local })?, range))
        }
        (_, range) => Some((snapshot.identity_of_record(position.file)?, range)),
    }
}

fn marker(note: &NoteEntry, at: u32) -> Option<(Subject, TextRange)> {
    let markers = &note.facts.note.markers;
    let text = note.text.as_deref();
    let near = markers.iter().take_while(|m| m.range.start <= at).filter(|m| m.range.touches(at));
    let mut best: Option<(Subject, TextRange)> = None;
    for marker in near {
        let found = match &marker.kind {
            MarkerKind::CitationKey { key, .. } => {
                // All keys of one bracket share its range: the key at the caret is meant, where there is one.
                let under_caret = |key: TextRange| TextRange::new(key.start.saturating_sub(1), key.end).touches(at);
                let meant = |other: &Marker| match other.kind {
                    MarkerKind::CitationKey { key, .. } => other.range == marker.range && under_caret(key),
                    _ => false,
                };
                let another = !under_caret(*key) && markers.iter().any(meant);
                let used = note.brief.citations().find(|u| u.range == *key && !another);
                used.map(|u| (Subject::Citation(owned(u)), marker.range))
            }
            MarkerKind::Wikilink { target, anchor, .. } => {
                let used = note.brief.links().find(|u| u.range == *target);
                let anchor = anchor.and_then(|a| Some(Arc::from(a.of(text?))));
                used.map(|u| (Subject::Wikilink(owned(u), anchor), marker.range))
            }
            MarkerKind::FootnoteReference { label } => {
                text.map(|t| (Subject::Footnote(label.of(t).into()), marker.range))
            }
            MarkerKind::FootnoteDefinition { label, .. } => {
                let head = TextRange::new(marker.range.start, label.end + 1);
                let on_head = head.touches(at);
                text.filter(|_| on_head).map(|t| (Subject::Footnote(label.of(t).into()), head))
            }
            MarkerKind::Link { target, .. } | MarkerKind::Image { target, .. } => {
                Some((Subject::Link(target.clone()), marker.range))
            }
            _ => None,
        };
        // Of nested markers the inner one, of neighbours the one that begins at the caret.
        if let Some(found) = found
            && best.as_ref().is_none_or(|(_, range)| found.1.len() <= range.len() || !range.contains(at))
        {
            best = Some(found);
        }
    }
    // The words of a link are prose: a name in them is a name.
    if let Some((Subject::Link(_), _)) = best {
        return name(note, at).or(best);
    }
    best
}

fn owned(used: UseAt<'_>) -> Use {
    Use { text: used.text.into(), range: used.range }
}

fn name(note: &NoteEntry, at: u32) -> Option<(Subject, TextRange)> {
    if let Some(mention) = note.facts.mention_at(at).filter(|m| m.kind.is_named() && m.entity.is_some()) {
        return Some((Subject::Mention(mention.clone()), mention.range));
    }
    let record = note.brief.record.as_ref()?;
    let title = Some(note.brief.title_range).filter(|_| record.name_range == note.brief.title_range);
    let names = record.strong.iter().chain(&record.weak).map(|name| name.range).chain(title);
    let range = names.filter(|range| !range.is_empty()).find(|range| range.touches(at))?;
    Some((Subject::Record, range))
}

fn quotation(note: &NoteEntry, at: u32) -> Option<(Subject, TextRange)> {
    let all = note.facts.quotations.iter().enumerate().filter(|(_, q)| q.range.touches(at));
    all.min_by_key(|(_, q)| q.range.len()).map(|(index, q)| (Subject::Quotation(index), q.range))
}

fn claim(note: &NoteEntry, at: u32) -> Option<(Subject, TextRange)> {
    let all = note.facts.claims.iter().enumerate().filter(|(_, c)| c.range.touches(at));
    all.min_by_key(|(_, c)| (!c.span.touches(at), c.range.len())).map(|(index, c)| (Subject::Claim(index), c.range))
}
