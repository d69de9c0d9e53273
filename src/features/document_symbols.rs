//! The outline of a note: items, headings, and the claims under them with how they are sourced.

use std::sync::Arc;

use crate::analysis::facts::{Claim, ClaimKind, Sourced};
use crate::structure::BlockKind;
use crate::text::TextRange;
use crate::workspace::library::Source;
use crate::workspace::summary::excerpt;
use crate::workspace::{FileId, NoteEntry, Snapshot};

/// The sorts of things that an outline shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolKind {
    /// One article of several within the file.
    Item,
    /// A heading.
    Heading,
    /// A claim with a source of its own.
    Sourced,
    /// A claim that rests on a source named earlier.
    Carried,
    /// A claim without a source.
    Unsourced,
    /// An entry of a library.
    Source,
}

/// A line of the outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// Its words.
    pub name: String,
    /// A few words about it and its source; "" if there is nothing to say.
    pub detail: String,
    /// The sort of thing.
    pub kind: SymbolKind,
    /// All of it with what stands under it.
    pub range: TextRange,
    /// The bytes that are selected when it is chosen; they lie within `range`.
    pub focus: TextRange,
    /// The symbols under it, in order.
    pub children: Vec<Symbol>,
}

/// The outline of a note, or the entries of a library.
#[must_use]
pub fn document_symbols(snapshot: &Snapshot, file: FileId) -> Vec<Symbol> {
    if let Some(library) = snapshot.bibliography(file) {
        let entry = |source: &Arc<Source>| Symbol {
            detail: source.title.clone(),
            ..symbol(source.key.to_string(), SymbolKind::Source, source.range, source.range)
        };
        return library.sources.iter().map(entry).collect();
    }
    let Some(note) = snapshot.full(file) else { return Vec::new() };
    let mut flat = Vec::new();
    let several = note.facts.note.items.len() > 1;
    for item in note.facts.note.items.iter().filter(|_| several) {
        let title = item.title.and_then(|t| note.facts.note.blocks.get(t as usize)).map(|b| b.range);
        let focus = title.unwrap_or(TextRange::empty(item.range.start));
        flat.push((0, symbol(words(note, focus), SymbolKind::Item, item.range, focus)));
    }
    let titles: Vec<u32> = note.facts.note.items.iter().filter_map(|item| item.title).filter(|_| several).collect();
    for section in sections(note).filter(|section| !titles.contains(&section.block)) {
        let name = words(note, section.heading);
        flat.push((section.level, symbol(name, SymbolKind::Heading, section.range, section.heading)));
    }
    // Generalities need no source and would drown the rest.
    for claim in note.facts.claims.iter().filter(|c| c.kind != ClaimKind::Generality) {
        flat.push((u32::MAX, of_claim(note, claim)));
    }
    flat.sort_by_key(|(level, symbol)| (symbol.range.start, *level));
    nest(flat)
}

fn symbol(name: String, kind: SymbolKind, range: TextRange, focus: TextRange) -> Symbol {
    let name = if name.is_empty() { "(untitled)".to_owned() } else { name };
    Symbol { name, detail: String::new(), kind, range: range.cover(focus), focus, children: Vec::new() }
}

fn words(note: &NoteEntry, range: TextRange) -> String {
    let heading = note.brief.headings().find(|h| h.range == range).map(|h| h.text.to_string());
    heading.unwrap_or_else(|| excerpt(note.text.as_deref().unwrap_or(""), Some(range), 80).to_string())
}

/// A heading or title with what stands under it.
pub(super) struct Section {
    /// The index of the heading's block.
    pub(super) block: u32,
    /// From 1, the highest.
    pub(super) level: u32,
    /// The heading.
    pub(super) heading: TextRange,
    /// All of the section.
    pub(super) range: TextRange,
}

/// The sections of a note, in order; those of lower levels lie within others.
pub(super) fn sections(note: &NoteEntry) -> impl Iterator<Item = Section> {
    (0..).zip(&note.facts.note.blocks).filter_map(|(block, heading)| {
        let level = match heading.kind {
            BlockKind::Heading(level) => u32::from(level),
            BlockKind::Title => 1,
            _ => return None,
        };
        let (heading, start) = (heading.range, heading.range.start);
        let range = TextRange::new(start, section_end(note, block as usize, level, start));
        Some(Section { block, level, heading, range })
    })
}

/// A section ends where the next heading of the same or a higher level begins, or its item ends.
fn section_end(note: &NoteEntry, index: usize, level: u32, start: u32) -> u32 {
    let item = note.facts.note.items.iter().find(|item| item.range.touches(start));
    let last = item.map_or_else(|| note.lines.length(), |item| item.range.end);
    let next = note.facts.note.blocks.get(index + 1..).unwrap_or(&[]).iter().find_map(|block| match block.kind {
        BlockKind::Heading(other) if u32::from(other) <= level => Some(block.range.start),
        _ => None,
    });
    next.unwrap_or(last).min(last)
}

fn of_claim(note: &NoteEntry, claim: &Claim) -> Symbol {
    let (kind, how) = match claim.sourced {
        Sourced::Attribution(_) => (SymbolKind::Sourced, "attributed"),
        Sourced::Citation(_) => (SymbolKind::Sourced, "cited"),
        Sourced::Carried(_) => (SymbolKind::Carried, "carried"),
        Sourced::None => (SymbolKind::Unsourced, "no source"),
    };
    let name = excerpt(note.text.as_deref().unwrap_or(""), Some(claim.range), 60).to_string();
    let mut symbol = symbol(name, kind, claim.range, claim.span);
    symbol.detail = format!("{} · {how}", claim.kind.as_str());
    symbol
}

/// Puts each symbol under the last one before it that has a lower level and holds it.
fn nest(flat: Vec<(u32, Symbol)>) -> Vec<Symbol> {
    let mut roots: Vec<Symbol> = Vec::new();
    let mut open: Vec<(u32, Symbol)> = Vec::new();
    let mut close = |open: &mut Vec<(u32, Symbol)>, done: Symbol| match open.last_mut() {
        Some((_, parent)) => parent.children.push(done),
        None => roots.push(done),
    };
    for (level, symbol) in flat {
        while let Some((last, parent)) = open.pop() {
            if last < level && parent.range.contains_range(symbol.range) {
                open.push((last, parent));
                break;
            }
            close(&mut open, parent);
        }
        open.push((level, symbol));
    }
    while let Some((_, last)) = open.pop() {
        close(&mut open, last);
    }
    roots
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::fixture::Fixture;

    fn outline(symbols: &[Symbol], depth: usize, out: &mut String) {
        for symbol in symbols {
            assert!(symbol.range.contains_range(symbol.focus), "{symbol:?}");
            assert!(symbol.children.iter().all(|c| symbol.range.contains_range(c.range)), "{symbol:?}");
            if matches!(symbol.kind, SymbolKind::Item | SymbolKind::Heading) {
                out.push_str(&format!("{}{}\n", "  ".repeat(depth), symbol.name));
            }
            outline(&symbol.children, depth + 1, out);
        }
    }

    #[track_caller]
    fn check(written: &str, expected: &str) {
        let mut found = String::new();
        outline(&document_symbols(&Fixture::new(written).snapshot(), FileId(0)), 0, &mut found);
        assert_eq!(found, expected);
    }

    #[test]
    fn headings_nest_by_level_and_skipped_levels_do_no_harm() {
        check(
            "# Port\n\nText.\n\n### Deep\n\n## Quota\n\n# Ferry\n\n## Quota\n",
            "Port\n  Deep\n  Quota\nFerry\n  Quota\n",
        );
    }

    #[test]
    fn claims_stand_under_their_heading_with_how_they_are_sourced() {
        let written = "# Port\n\nThe port handled 38 million tonnes in 2030.\n";
        let symbols = document_symbols(&Fixture::new(written).snapshot(), FileId(0));
        let claims: Vec<_> = symbols[0].children.iter().map(|c| (c.kind, c.detail.as_str())).collect();
        assert_eq!(claims, [(SymbolKind::Unsourced, "statistic · no source")]);
    }

    #[test]
    fn an_empty_note_has_no_outline() {
        check("", "");
    }
}
