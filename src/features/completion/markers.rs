//! Wikilinks, headings, footnotes and citation keys.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::sync::Arc;

use super::context::Typed;
use super::{About, Completion, Place, Suggestion, SuggestionKind};
use crate::features::footnotes;
use crate::features::paths::{folder, without_extension};
use crate::structure::MarkerKind;
use crate::text::TextRange;
use crate::workspace::library::Source;
use crate::workspace::paths::stem;
use crate::workspace::summary::excerpt;
use crate::workspace::{FileId, names};

/// Names that are looked at for one answer.
const LOOKED_AT: usize = 2_000;

/// Notes by file name, title and alias; a title or alias keeps its words as what is shown.
pub(super) fn wikilink(place: &Place<'_>, typed: Typed) -> Completion {
    let word = typed.before.of(place.text);
    let folded = names::fold(word);
    let here = folder(&place.note.path).to_owned();
    let mut found = Vec::new();
    let mut looked = 0;
    for ((file, name), first) in place.names.notes(&folded) {
        looked += 1;
        if looked > LOOKED_AT {
            break;
        }
        let Some(note) = place.snapshot.note(*file).filter(|_| *file != place.file) else { continue };
        let far = folder(&note.path) != here;
        let other = names::fold(name) != names::fold(stem(&note.path));
        found.push(((!first, note.record.is_none(), far, other, name.clone()), *file));
    }
    found.sort();
    let mut seen = HashSet::new();
    found.retain(|((.., name), file)| seen.insert((names::fold(name), *file)));
    let incomplete = looked > LOOKED_AT || found.len() > super::MOST;
    found.truncate(super::MOST);
    let close = if typed.closed { "" } else { "]]" };
    let item = |((.., name), file): ((bool, bool, bool, bool, Arc<str>), FileId)| {
        let note = place.snapshot.note(file)?;
        let own = stem(&note.path);
        // The shortest target that leads there from here.
        let leads = |target: &str| place.snapshot.note_named(target, place.file) == Some(file);
        let whole = without_extension(&note.path);
        let target = if leads(own) { own } else { whole };
        let is_own = names::fold(&name) == names::fold(own);
        let text = if is_own { format!("{target}{close}") } else { format!("{target}|{name}{close}") };
        Some(Suggestion {
            label: name.to_string(),
            kind: SuggestionKind::Note,
            detail: note.path.to_string(),
            text,
            insert: typed.before,
            replace: typed.whole,
            filter: if folded.is_empty() { name.to_string() } else { filter(&name, word) },
            about: Some(About::Note(file)),
        })
    };
    Completion { items: found.into_iter().filter_map(item).collect(), incomplete }
}

/// Clients compare from the first letter on: so what was typed stands first where the name begins otherwise.
fn filter(name: &str, typed: &str) -> String {
    if names::fold(name).starts_with(&names::fold(typed)) { name.to_owned() } else { format!("{typed} {name}") }
}

/// The headings of the link's note, or of this one.
pub(super) fn heading(place: &Place<'_>, typed: Typed, target: TextRange) -> Completion {
    let target = target.of(place.text);
    let file = if target.trim().is_empty() { Some(place.file) } else { place.snapshot.note_named(target, place.file) };
    let Some(note) = file.and_then(|file| place.snapshot.note(file)) else { return Completion::default() };
    let folded = names::fold(typed.before.of(place.text));
    let close = if typed.closed { "" } else { "]]" };
    let fits = |heading: &crate::workspace::brief::HeadingAt<'_>| {
        let name = names::fold(heading.text);
        name.starts_with(&folded) || name.contains(&format!(" {folded}"))
    };
    let item = |heading: crate::workspace::brief::HeadingAt<'_>| Suggestion {
        label: heading.text.to_string(),
        kind: SuggestionKind::Heading,
        detail: note.path.to_string(),
        // These signs would end the link or begin another part of it.
        text: format!("{}{close}", heading.text.replace(['[', ']', '|', '#'], " ").trim()),
        insert: typed.before,
        replace: typed.whole,
        filter: filter(heading.text, typed.before.of(place.text)),
        about: None,
    };
    let items: Vec<Suggestion> = note.headings().filter(fits).take(super::MOST + 1).map(item).collect();
    Completion { items, incomplete: false }
}

/// Labels with their texts: at the start of a line those that lack a definition, elsewhere those that have one (the
/// unused first) and the next number.
pub(super) fn footnote(place: &Place<'_>, typed: Typed, first: bool) -> Completion {
    let (mut defined, mut used): (Vec<(&str, TextRange)>, Vec<&str>) = Default::default();
    for marker in &place.note.facts.note.markers {
        // The one under the caret is not there yet.
        if marker.range.touches(place.at)
            && !matches!(marker.kind, MarkerKind::FootnoteDefinition { label, .. } if !label.touches(place.at))
        {
            continue;
        }
        match marker.kind {
            MarkerKind::FootnoteDefinition { label, body } => defined.push((label.of(place.text), body)),
            MarkerKind::FootnoteReference { label } => used.push(label.of(place.text)),
            _ => {}
        }
    }
    let word = typed.before.of(place.text).to_lowercase();
    let close = if typed.closed { "" } else { "]" };
    let item = |label: &str, detail: String, text: String| Suggestion {
        label: format!("[^{label}]"),
        kind: SuggestionKind::Footnote,
        detail,
        text,
        insert: typed.before,
        replace: typed.whole,
        filter: label.to_owned(),
        about: None,
    };
    let mut items = Vec::new();
    if first {
        let mut missing: Vec<&str> = used
            .iter()
            .copied()
            .filter(|label| !defined.iter().any(|(known, _)| footnotes::same(known, label)))
            .collect();
        missing.dedup_by(|one, other| footnotes::same(one, other));
        let ending = if typed.closed { "" } else { "]: " };
        let fits = missing.into_iter().filter(|label| label.to_lowercase().starts_with(&word));
        items.extend(fits.map(|label| item(label, "used, not yet written".to_owned(), format!("{label}{ending}"))));
    }
    let mut known: Vec<(bool, &str, TextRange)> =
        defined.iter().map(|&(label, body)| (used.iter().any(|u| footnotes::same(u, label)), label, body)).collect();
    known.sort_by_key(|&(is_used, ..)| is_used);
    known.retain(|(_, label, _)| label.to_lowercase().starts_with(&word));
    items.extend(known.into_iter().map(|(is_used, label, body)| {
        let unused = if is_used { "" } else { "unused: " };
        item(label, format!("{unused}{}", excerpt(place.text, Some(body), 80)), format!("{label}{close}"))
    }));
    let numbers = defined.iter().map(|(label, _)| *label).chain(used.iter().copied());
    let next = numbers.filter_map(|label| label.parse::<u32>().ok()).max().unwrap_or(0).saturating_add(1).to_string();
    if !first && next.starts_with(&word) {
        items.push(item(&next, "a new footnote".to_owned(), format!("{next}{close}")));
    }
    Completion { items, incomplete: false }
}

/// Sources by key, and by any word of title, author and publisher. A bare key is put into brackets unless the house
/// counts bare keys.
pub(super) fn citation(place: &Place<'_>, typed: Typed, bracketed: bool) -> Completion {
    let word = typed.before.of(place.text);
    let cited: HashSet<&str> = place.note.brief.citations().map(|used| used.text).collect();
    let mut found: Vec<_> = place
        .snapshot
        .sources()
        .filter_map(|(_, source)| {
            Some(((fit(source, word)?, !cited.contains(&*source.key), Reverse(&source.date)), source))
        })
        .collect();
    found.sort_by(|(a, one), (b, other)| a.cmp(b).then_with(|| one.key.cmp(&other.key)));
    found.dedup_by(|(_, one), (_, other)| one.key == other.key);
    let incomplete = found.len() > super::MOST;
    found.truncate(super::MOST);
    let bare = bracketed || place.config().pandoc_bare;
    let from = typed.before.start - u32::from(!bare);
    let item = |source: &Source| Suggestion {
        label: source.key.to_string(),
        kind: SuggestionKind::Source,
        detail: described(source),
        text: if bare { source.key.to_string() } else { format!("[@{}]", source.key) },
        insert: TextRange::new(from, typed.before.end),
        replace: TextRange::new(from, typed.whole.end),
        filter: {
            let sign = if bare { "" } else { "@" };
            // Found by its title, it must pass a comparison with what was typed.
            let by_key = starts_with(&source.key, word);
            if by_key { format!("{sign}{}", source.key) } else { format!("{sign}{word} {}", source.key) }
        },
        about: Some(About::Source(source.key.to_string())),
    };
    // What was found by a word of its title must be asked for anew with the next letter.
    let by_title = found.iter().any(|((rank, ..), _)| *rank > 0);
    Completion {
        items: found.into_iter().map(|(_, source)| item(source)).collect(),
        incomplete: incomplete || by_title,
    }
}

fn described(source: &Source) -> String {
    let author = source.authors.first().map_or("", String::as_str);
    let outlet = if source.publisher.is_empty() { author } else { &source.publisher };
    let parts = [source.title.as_str(), outlet, source.date.as_str()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// The rank of a source that fits: 0 by its key, 1 by a word within the key, 2 by a word of its title, author or outlet.
fn fit(source: &Source, word: &str) -> Option<u8> {
    if starts_with(&source.key, word) {
        return Some(0);
    }
    if has_word(&source.key, word) {
        return Some(1);
    }
    let mut words = std::iter::once(&source.title).chain(&source.authors).chain(std::iter::once(&source.publisher));
    (word.len() > 1 && words.any(|text| has_word(text, word))).then_some(2)
}

fn has_word(text: &str, typed: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|word| starts_with(word, typed))
}

/// Case is ignored; no letter is copied, because a library may have ten thousand titles.
fn starts_with(text: &str, typed: &str) -> bool {
    let mut letters = text.chars().flat_map(char::to_lowercase);
    typed.chars().flat_map(char::to_lowercase).all(|wanted| letters.next() == Some(wanted))
}
