//! The entity note of whoever is renamed: its name, its heading, its aliases.

use super::{RenameEdit, Why, edit, with_text};
use crate::features::yaml::{appended, quoted, with_quotes};
use crate::structure::{Field, FrontMatter};
use crate::text::TextRange;
use crate::workspace::{FileId, Snapshot};

const ALIASES: [&str; 3] = ["aliases", "alias", "aka"];

/// The edits: where the note gives the old name as its own, the new one stands and the old one becomes an alias; where
/// it does not, the new one becomes an alias, too.
pub(super) fn edits(snapshot: &Snapshot, file: FileId, old: &str, new: &str) -> Vec<RenameEdit> {
    let Some((note, text)) = with_text(snapshot, file) else { return Vec::new() };
    let Some(record) = &note.brief.record else { return Vec::new() };
    let front = note.facts.note.front_matter.as_ref();
    let known = |name: &str| record.strong.iter().chain(&record.weak).any(|known| *known.text == *name);
    let mut edits = Vec::new();
    if *record.name != *old {
        let wanted: Vec<&str> = [old, new].into_iter().filter(|name| !known(name)).collect();
        edits.extend(add_aliases(file, front, text, &wanted));
        return edits;
    }
    for (value, range) in front.iter().flat_map(|f| ["name", "title"].into_iter().flat_map(|key| f.values(key))) {
        if value == old {
            edits.push(edit(file, *range, self::value(text, *range, new), Why::Record));
        }
    }
    let heading = note.brief.headings().find(|heading| *heading.text == *old);
    let words = heading.and_then(|heading| Some((heading, heading.range.of(text).find(old)? as u32)));
    if let Some((heading, at)) = words {
        let start = heading.range.start + at;
        edits.push(edit(file, TextRange::new(start, start + old.len() as u32), new, Why::Record));
    }
    let named = front.is_some_and(|f| f.values("name").iter().any(|(value, _)| value == old));
    let mut lines = String::new();
    if !named && record.name_range.is_empty() {
        // So far the file's name was the name.
        lines = format!("name: {}\n", quoted(new));
    }
    // An alias that becomes the name makes room for the old one.
    let freed = front.and_then(|f| alias_field(f)?.values.iter().find(|(value, _)| value == new));
    if let Some((_, range)) = freed {
        edits.push(edit(file, *range, value(text, *range, old), Why::Record));
        if !lines.is_empty() {
            edits.extend(insert_lines(file, front, text, &lines));
        }
    } else if lines.is_empty() {
        edits.extend(add_aliases(file, front, text, &[old]));
    } else if front.is_some_and(|f| alias_field(f).is_some()) {
        edits.extend(add_aliases(file, front, text, &[old]));
        edits.extend(insert_lines(file, front, text, &lines));
    } else {
        edits.extend(insert_lines(file, front, text, &format!("{lines}aliases: [{}]\n", quoted(old))));
    }
    edits
}

fn alias_field(front: &FrontMatter) -> Option<&Field> {
    front.fields.iter().find(|field| ALIASES.iter().any(|key| key.eq_ignore_ascii_case(&field.key)))
}

/// More aliases, in whatever way the note writes its list. None where that cannot be done safely.
fn add_aliases(file: FileId, front: Option<&FrontMatter>, text: &str, names: &[&str]) -> Option<RenameEdit> {
    if names.is_empty() {
        return None;
    }
    let list = names.iter().map(|name| quoted(name)).collect::<Vec<_>>();
    let Some(field) = front.and_then(alias_field) else {
        return insert_lines(file, front, text, &format!("aliases: [{}]\n", list.join(", ")));
    };
    let insert = |at: u32, words: String| Some(edit(file, TextRange::empty(at), words, Why::Record));
    let Some((_, last)) = field.values.last() else {
        // `aliases: []` or nothing at all after the colon.
        let rest = text.get(field.key_range.end as usize..)?;
        let line = rest.lines().next()?;
        let after = line.strip_prefix(':')?;
        return match after.find('[') {
            Some(open) => insert(field.key_range.end + 1 + open as u32 + 1, list.join(", ")),
            None if after.trim().is_empty() => insert(field.key_range.end + 1, format!(" [{}]", list.join(", "))),
            None => None,
        };
    };
    if let Some((at, words)) = appended(text, *last, &list) {
        return insert(at, words);
    }
    // One alias without a list becomes the first of a list.
    let own = with_quotes(text, *last)?;
    let single = field.values.len() == 1 && text.get(own.span())?.lines().count() == 1;
    single.then(|| edit(file, own, format!("[{}, {}]", own.of(text), list.join(", ")), Why::Record))
}

/// Lines at the head of the front matter; a front matter of them if there is none. Only YAML.
fn insert_lines(file: FileId, front: Option<&FrontMatter>, text: &str, lines: &str) -> Option<RenameEdit> {
    let insert = |at: u32, words: String| Some(edit(file, TextRange::empty(at), words, Why::Record));
    let Some(front) = front else { return insert(0, format!("---\n{lines}---\n")) };
    let head = front.range.of(text);
    let body = head.starts_with("---").then(|| head.find('\n')).flatten()?;
    insert(front.range.start + body as u32 + 1, lines.to_owned())
}

/// A name as a value of YAML, to stand in place of another: within its quotes where it has them.
pub(super) fn value(text: &str, range: TextRange, name: &str) -> String {
    let before = text.get(..range.start as usize).and_then(|before| before.chars().next_back());
    match before {
        Some('"') => name.replace('\\', "\\\\").replace('"', "\\\""),
        Some('\'') => name.replace('\'', "''"),
        // In running text, that of a heading say, nothing is quoted.
        _ => quoted(name),
    }
}
