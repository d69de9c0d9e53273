//! Entities by any of their names, sources by key, title or outlet, and headings, in all notes.
//!
//! What is typed need not be whole: its letters must occur in order, and the better they lie together at the starts of
//! words, the higher the rank. `@` asks for sources only, `#` for headings only.

use std::sync::Arc;

use super::FileRange;
use crate::analysis::facts::EntityKind;
use crate::text::TextRange;
use crate::workspace::entities::LocalEntity;
use crate::workspace::names::Key;
use crate::workspace::summary::Role;
use crate::workspace::{FileId, Snapshot};

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkspaceSymbolKind {
    /// Somebody or something.
    Entity(EntityKind),
    /// A source.
    Source,
    /// A heading.
    Heading,
}

/// Something that has a name in the workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkspaceSymbol {
    /// The name that fits the query.
    pub name: String,
    /// What it is.
    pub kind: WorkspaceSymbolKind,
    /// Whose name it is if it is an alias; publisher and date of a source; the note of a heading.
    pub container: String,
    /// Where it is described, else first named.
    pub location: FileRange,
    /// Rank: higher is better.
    pub score: i32,
}

/// The `limit` best. An empty query asks for everything.
#[must_use]
pub fn workspace_symbols(snapshot: &Snapshot, query: &str, limit: usize) -> Vec<WorkspaceSymbol> {
    let query = query.trim();
    let (sources, headings) = (query.starts_with('@'), query.starts_with('#'));
    let pattern = Pattern::new(query.trim_start_matches(['@', '#']));
    let mut found = Vec::new();
    if !sources && !headings {
        add_records(snapshot, &pattern, &mut found);
        add_entities(snapshot, &pattern, &mut found);
    }
    if !headings {
        add_sources(snapshot, &pattern, &mut found);
    }
    if !sources {
        add_headings(snapshot, &pattern, &mut found);
    }
    found.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.name.cmp(&b.name)).then(a.location.cmp(&b.location)));
    found.truncate(limit);
    found
}

/// Names that an entity note gives.
fn add_records(snapshot: &Snapshot, pattern: &Pattern, found: &mut Vec<WorkspaceSymbol>) {
    for (file, note) in snapshot.notes() {
        let Some(record) = &note.record else { continue };
        for name in record.strong.iter().chain(&record.weak) {
            let Some(score) = pattern.score(&name.text) else { continue };
            let own = name.text == record.name;
            found.push(WorkspaceSymbol {
                name: name.text.to_string(),
                kind: WorkspaceSymbolKind::Entity(record.kind),
                container: if own { String::new() } else { record.name.to_string() },
                location: FileRange { file, range: record.name_range },
                // What has a note was thought worth one.
                score: score + 40,
            });
        }
    }
}

/// Names in running text, each once, unless an entity note has given it.
fn add_entities(snapshot: &Snapshot, pattern: &Pattern, found: &mut Vec<WorkspaceSymbol>) {
    let mut last: Option<(Key, usize)> = None;
    for &(key, role, file) in snapshot.postings() {
        if role != Role::Main && role != Role::Alias {
            continue;
        }
        if let Some((_, index)) = last.filter(|(seen, _)| *seen == key) {
            // Named in many notes: more likely meant.
            if let Some(symbol) = found.get_mut(index) {
                symbol.score += i32::from(symbol.score % 40 < 20);
            }
            continue;
        }
        last = Some((key, usize::MAX));
        let Some((name, local)) = name_of(snapshot, key, role, file) else { continue };
        let Some(score) = pattern.score(&name) else { continue };
        if snapshot.has(key, Role::Record) {
            continue;
        }
        let Some(note) = snapshot.note(file) else { continue };
        let Some(entity) = note.entity(local) else { continue };
        let first = entity.mentions().next();
        last = Some((key, found.len()));
        found.push(WorkspaceSymbol {
            container: container(snapshot, LocalEntity { file, local }, &name),
            name: name.to_string(),
            kind: WorkspaceSymbolKind::Entity(entity.kind),
            location: FileRange { file, range: first.map_or(TextRange::empty(0), |m| m.range) },
            score,
        });
    }
}

fn name_of(snapshot: &Snapshot, key: Key, role: Role, file: FileId) -> Option<(Arc<str>, u32)> {
    let note = snapshot.note(file)?;
    let local = note.locals(key, role).next()?;
    let entity = note.entity(local)?;
    let of_key = |alias: &&str| crate::workspace::names::entity_key(entity.kind, alias) == key;
    let name = if role == Role::Main { entity.name } else { entity.aliases().find(of_key)? };
    Some((name.into(), local))
}

fn container(snapshot: &Snapshot, at: LocalEntity, name: &str) -> String {
    let identity = snapshot.identity(at).filter(|identity| *identity.name != *name);
    identity.map(|identity| identity.name.to_string()).unwrap_or_default()
}

fn add_sources(snapshot: &Snapshot, pattern: &Pattern, found: &mut Vec<WorkspaceSymbol>) {
    for (file, source) in snapshot.sources() {
        let words = [&*source.key, &source.title, &source.publisher];
        let Some(score) = words.iter().filter_map(|word| pattern.score(word)).max() else { continue };
        let about = [source.title.as_str(), &source.publisher, &source.date];
        found.push(WorkspaceSymbol {
            name: format!("@{}", source.key),
            kind: WorkspaceSymbolKind::Source,
            container: about.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" · "),
            location: FileRange { file, range: source.range },
            score: score + 20,
        });
    }
}

fn add_headings(snapshot: &Snapshot, pattern: &Pattern, found: &mut Vec<WorkspaceSymbol>) {
    for (file, note) in snapshot.notes() {
        for heading in note.headings() {
            let Some(score) = pattern.score(heading.text) else { continue };
            found.push(WorkspaceSymbol {
                name: heading.text.to_string(),
                kind: WorkspaceSymbolKind::Heading,
                container: note.path.to_string(),
                location: FileRange { file, range: heading.range },
                score,
            });
        }
    }
}

/// What was typed, ready to be compared.
struct Pattern {
    letters: Vec<char>,
}

impl Pattern {
    fn new(query: &str) -> Self {
        Self { letters: query.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect() }
    }

    /// How well a name fits: none if some letter is missing. 12 for a letter at a word's start, 8 for one right after
    /// the last, 2 elsewhere; less for what is left over.
    fn score(&self, name: &str) -> Option<i32> {
        let mut wanted = self.letters.iter().peekable();
        let (mut score, mut at_start, mut beside) = (0, true, false);
        let mut length = 0;
        for c in name.chars() {
            length += 1;
            let fits = wanted.peek().is_some_and(|&&w| same(w, c));
            if fits {
                wanted.next();
                score += if at_start {
                    12
                } else if beside {
                    8
                } else {
                    2
                };
            }
            beside = fits;
            at_start = !c.is_alphanumeric();
        }
        wanted.peek().is_none().then(|| score - (length / 4).min(12))
    }
}

fn same(wanted: char, c: char) -> bool {
    wanted == c || if c.is_ascii() { wanted == c.to_ascii_lowercase() } else { c.to_lowercase().eq([wanted]) }
}

#[cfg(test)]
mod tests {
    use super::super::testing::shown;
    use super::*;
    use crate::workspace::fixture::Fixture;

    const DESK: &str = "//- /people/haddad.md\n---\ntype: person\nname: Nadim Haddad\naliases: [Abu Sarn]\n---\n\n//- /refs.bib\n@misc{pell31, title = {Harbour Log}, publisher = {Gazette}}\n//- /a.md\n# Harbour strike\n\n{p1:Nadim Haddad} met {p2:Nadia Hadley} of {o1:Norvik Shipping}.\n//- /b.md\n{p1:Nadia Hadley} left {l1:Port Sarn}.\n";

    #[track_caller]
    fn check(query: &str, expected: &[&str]) {
        let snapshot = Fixture::new(DESK).snapshot();
        let found = workspace_symbols(&snapshot, query, 10);
        let line = |s: &WorkspaceSymbol| format!("{} ({}) {}", s.name, s.container, shown(&snapshot, s.location));
        assert_eq!(found.iter().map(line).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn letters_in_order_find_a_name_and_starts_of_words_go_first() {
        check("nhad", &["Nadim Haddad () people/haddad.md:3 Nadim Haddad", "Nadia Hadley () a.md:3 Nadia Hadley"]);
        check("portsarn", &["Port Sarn () b.md:1 Port Sarn"]);
        check("xyz", &[]);
    }

    #[test]
    fn an_alias_leads_to_whom_it_names() {
        let snapshot = Fixture::new(DESK).snapshot();
        let first = &workspace_symbols(&snapshot, "abu", 10)[0];
        assert_eq!((first.name.as_str(), first.container.as_str()), ("Abu Sarn", "Nadim Haddad"));
        assert_eq!(shown(&snapshot, first.location), "people/haddad.md:3 Nadim Haddad");
    }

    #[test]
    fn signs_ask_for_sources_or_headings_alone() {
        check("@log", &["@pell31 (Harbour Log · Gazette) refs.bib:1"]);
        check("#har", &["Harbour strike (a.md) a.md:1 Harbour strike"]);
    }

    #[test]
    fn a_limit_holds() {
        assert_eq!(workspace_symbols(&Fixture::new(DESK).snapshot(), "", 3).len(), 3);
    }
}
