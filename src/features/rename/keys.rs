//! A citation key: in all notes, in the front matter of source notes, and in the library.

use super::{Libraries, Needs, Refusal, RenameEdit, Why, edit, with_text};
use crate::structure::FrontMatter;
use crate::text::TextRange;
use crate::workspace::library::Bibliography;
use crate::workspace::{FileId, NoteEntry, Snapshot};

/// Fields of a source note that name other sources.
const NAMING: [&str; 5] = ["derived_from", "via", "cites", "superseded_by", "corrected_by"];
const OWN: [&str; 2] = ["citekey", "citation-key"];
/// Fields of BibTeX that name other entries, or an entry by a further key.
const NAMING_IN_BIBTEX: [&str; 6] = ["crossref", "xref", "related", "entryset", "xdata", "ids"];

/// The place where a source note gives its own key, if the caret stands there.
pub(super) fn own_key(note: &NoteEntry, at: u32) -> Option<TextRange> {
    let front = note.facts.note.front_matter.as_ref()?;
    let own = OWN.iter().flat_map(|key| front.values(key)).map(|(_, range)| *range);
    own.filter(|range| !range.is_empty()).find(|range| range.touches(at))
}

/// The notes that cite a key or may name it as an origin, and the files that describe its source.
pub(super) fn needs(snapshot: &Snapshot, key: &str) -> Needs {
    let mut needs = Needs::default();
    needs.notes.extend(snapshot.citations_of(key).map(|(file, _)| file));
    for (file, source) in snapshot.sources() {
        let is_note = snapshot.note(file).is_some();
        if source.has_key(key) {
            if is_note { needs.notes.push(file) } else { needs.libraries.push(file) }
        } else if is_note && NAMING.iter().any(|field| source.field(field).is_some()) {
            needs.notes.push(file);
        }
    }
    needs.libraries.dedup();
    needs
}

/// The edits that give a source the key `new`, in notes whose texts are at hand and in `libraries`.
///
/// # Errors
/// If `new` is no citation key or another source's, or if the key is a file's name.
pub(super) fn rename(
    snapshot: &Snapshot,
    libraries: &Libraries,
    old: &str,
    new: &str,
) -> Result<Vec<RenameEdit>, Refusal> {
    let new = new.trim_start_matches('@');
    if !is_key(new) {
        return Err(Refusal::new(
            "A citation key begins with a letter, a digit or _, has no spaces, and single signs of :.#$%&-+?<>~/ only inside.",
        ));
    }
    if snapshot.knows_source(new) {
        return Err(Refusal::new(format!("@{new} is another source’s key already.")));
    }
    let mut edits = Vec::new();
    for file in needs(snapshot, old).notes {
        let Some((note, text)) = with_text(snapshot, file) else { continue };
        let uses = note.brief.citations().filter(|used| *used.text == *old);
        edits.extend(uses.map(|used| edit(file, used.range, new, Why::Sure)));
        if let Some(front) = &note.facts.note.front_matter {
            edits.extend(in_front(front, file, old, new));
        }
        let source = note.brief.source.as_ref().filter(|source| *source.key == *old);
        if source.is_some() && !gives_key(note) {
            edits.push(own_line(note, text, file, new)?);
        }
    }
    for (file, text) in libraries {
        let Some(path) = snapshot.path(*file) else { continue };
        let name = path.to_ascii_lowercase();
        let read = || Bibliography::read(path.clone(), text);
        let ranges = if name.ends_with(".json") {
            in_json(text, old)
        } else if name.ends_with(".yml") || name.ends_with(".yaml") {
            own(&read(), text, old).collect()
        } else {
            in_bibtex(&read(), text, old)
        };
        edits.extend(ranges.into_iter().map(|range| edit(*file, range, new, Why::Library)));
    }
    Ok(edits)
}

/// As Pandoc reads it.
fn is_key(key: &str) -> bool {
    let inner = |c: char| c.is_alphanumeric() || c == '_';
    let ends = key.starts_with(inner) && key.ends_with(inner);
    let mut before = 'a';
    let inside = key.chars().all(|c| {
        let fits = inner(c) || ":.#$%&-+?<>~/".contains(c) && inner(before);
        before = c;
        fits
    });
    ends && inside
}

fn gives_key(note: &NoteEntry) -> bool {
    note.facts.note.front_matter.as_ref().is_some_and(|front| OWN.iter().any(|key| !front.values(key).is_empty()))
}

fn in_front(front: &FrontMatter, file: FileId, old: &str, new: &str) -> Vec<RenameEdit> {
    let fields = front.fields.iter().filter(|field| {
        let named = |key: &str| key.eq_ignore_ascii_case(&field.key);
        NAMING.iter().chain(&OWN).any(|key| named(key)) || field.key.to_ascii_lowercase().ends_with(".source")
    });
    let values = fields.flat_map(|field| &field.values).filter(|(value, range)| {
        // A value may be written as it is cited.
        range.len() as usize == value.len() && value.trim_start_matches('@') == old
    });
    values
        .map(|(value, range)| {
            let sign = (value.len() - old.len()) as u32;
            edit(file, TextRange::new(range.start + sign, range.end), new, Why::Sure)
        })
        .collect()
}

/// A source note that goes by its file's name gets a key of its own.
fn own_line(note: &NoteEntry, text: &str, file: FileId, new: &str) -> Result<RenameEdit, Refusal> {
    let front = note.facts.note.front_matter.as_ref().filter(|front| front.range.of(text).starts_with("---"));
    let Some(front) = front else {
        let path = &note.path;
        return Err(Refusal::new(format!("The key is the file’s name: rename {path}, or give it a `citekey`.")));
    };
    let body = front.range.of(text).find('\n').map_or(3, |end| end + 1) as u32;
    Ok(edit(file, TextRange::empty(front.range.start + body), format!("citekey: {new}\n"), Why::Record))
}

/// The key of its entry, where it stands as it is.
fn own<'a>(library: &'a Bibliography, text: &'a str, old: &'a str) -> impl Iterator<Item = TextRange> + 'a {
    let own = library.sources.iter().filter(move |source| *source.key == *old).map(|source| source.range);
    own.filter(move |range| range.of(text) == old)
}

/// The key of its entry, and where other entries refer to it.
fn in_bibtex(library: &Bibliography, text: &str, old: &str) -> Vec<TextRange> {
    let mut found: Vec<TextRange> = own(library, text, old).collect();
    let is_end = |c: char| c.is_whitespace() || matches!(c, '{' | '}' | '"' | ',' | '=');
    for (at, _) in text.match_indices(old) {
        let (before, after) = (text.get(..at).unwrap_or(""), text.get(at + old.len()..).unwrap_or(""));
        let line = before.rsplit('\n').next().unwrap_or(before);
        let Some((head, value)) = line.rsplit_once('=') else { continue };
        let field = head.rsplit(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or("");
        if NAMING_IN_BIBTEX.iter().any(|name| name.eq_ignore_ascii_case(field))
            && value.ends_with(is_end)
            && after.starts_with(is_end)
            && !value.contains('}')
        {
            found.push(TextRange::from_usize(at, at + old.len()));
        }
    }
    found
}

/// The values of `id` and `citation-key`.
fn in_json(text: &str, old: &str) -> Vec<TextRange> {
    let quoted = format!("\"{old}\"");
    let is_own = |at: usize| {
        let name = text.get(..at).map(str::trim_end).and_then(|before| before.strip_suffix(':')).map(str::trim_end);
        name.is_some_and(|name| name.ends_with("\"id\"") || name.ends_with("\"citation-key\""))
    };
    let places = text.match_indices(&quoted).map(|(at, _)| at).filter(|&at| is_own(at));
    places.map(|at| TextRange::from_usize(at + 1, at + 1 + old.len())).collect()
}
