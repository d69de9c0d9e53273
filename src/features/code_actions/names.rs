//! How a wrong name is put right: lines for `whosaid.names`, entity notes, aliases.
//!
//! Every action is an edit of a file, so that it can be seen, undone and committed; nothing is remembered elsewhere.

use std::sync::Arc;

use super::action::{Action, ActionKind, FileEdit};
use crate::analysis::corrections::{Correction, Corrections, kinds};
use crate::analysis::facts::EntityKind;
use crate::features::FileRange;
use crate::features::yaml::{appended, line_start, quoted};
use crate::rules::Edit;
use crate::text::TextRange;
use crate::workspace::entities::{Identity, LocalEntity};
use crate::workspace::{FileId, NoteEntry, Snapshot, names};

/// The file of corrections of a note's project, as it stands now: in the editor where it is open, else on the disk. What is
/// in force may be older, because corrections count once they are saved.
#[derive(Clone, Debug, Default)]
pub struct NamesFile {
    /// Relative to the workspace's root.
    pub path: String,
    /// The corrections in it.
    pub known: Arc<Corrections>,
    /// True if there is such a file, if only in the editor.
    pub exists: bool,
}

/// Most persons of one surname that are offered.
const MOST_BEARERS: usize = 5;

/// Corrections of the name at a place. Without a file of corrections nothing is offered that it would hold.
#[must_use]
pub fn name_actions(
    snapshot: &Snapshot,
    note: &NoteEntry,
    text: &str,
    at: FileRange,
    names_file: Option<&NamesFile>,
) -> Vec<Action> {
    let mention = note.facts.mention_at(at.range.start).filter(|m| m.kind.is_named() && m.range.touches(at.range.end));
    let Some((mention, local)) = mention.and_then(|m| Some((m, m.entity?))) else { return Vec::new() };
    let surface = mention.range.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let identity = snapshot.identity(LocalEntity { file: at.file, local });
    let mut actions = Vec::new();
    if let Some(identity) = &identity {
        actions.extend(same_as(snapshot, &surface, identity, names_file));
        actions.extend(alias(snapshot, &surface, identity));
        actions.extend(entity_note(snapshot, note, local, identity));
        if names::words(&surface) > 1 && names::fold(&surface) != names::fold(&identity.name) {
            let title = format!("“{surface}” is not {}", identity.name);
            actions.extend(correct(names_file, title, &Correction::Different(&surface, &identity.name)));
        }
    }
    for kind in kinds().into_iter().filter(|kind| *kind != mention.kind) {
        let title = format!("“{surface}” is {}", with_article(kind));
        actions.extend(correct(names_file, title, &Correction::Kind(&surface, kind)));
    }
    actions.extend(correct(names_file, format!("“{surface}” is not a name"), &Correction::NotAName(&surface)));
    actions
}

/// A surname that stands alone, or a name with several entity notes: each of those it could be.
fn same_as(snapshot: &Snapshot, surface: &str, identity: &Identity, names_file: Option<&NamesFile>) -> Vec<Action> {
    let bearers = identity.bearers.iter().filter_map(|key| snapshot.identity_of_key(*key)).map(|other| other.name);
    let rivals = identity.rivals.iter().filter_map(|file| snapshot.identity_of_record(*file)).map(|other| other.name);
    let mut others: Vec<Arc<str>> = bearers.chain(rivals).filter(|name| **name != *surface).collect();
    others.sort();
    others.dedup();
    others.truncate(MOST_BEARERS);
    let action = |other: Arc<str>| {
        correct(names_file, format!("“{surface}” is the same as {other}"), &Correction::Same(surface, &other))
    };
    others.into_iter().filter_map(action).collect()
}

fn correct(names_file: Option<&NamesFile>, title: String, correction: &Correction<'_>) -> Option<Action> {
    let NamesFile { path, known, exists } = names_file?;
    let (at, text) = known.insertion(correction)?;
    let file = FileEdit { path: path.clone(), before: known.text.clone(), at, text, create: !exists };
    Some(action(title, Vec::new(), vec![file]))
}

fn action(title: String, edits: Vec<Edit>, files: Vec<FileEdit>) -> Action {
    Action { files, ..Action::new(title, ActionKind::Name, edits) }
}

fn with_article(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "a person",
        EntityKind::Org => "an organisation",
        EntityKind::Place => "a place",
        EntityKind::Product => "a weapon, vehicle or system",
        EntityKind::Event => "an event",
        EntityKind::Group => "a people, religion or party",
        EntityKind::Work => "a document, law or policy",
        EntityKind::Date | EntityKind::Money | EntityKind::Percent | EntityKind::Quantity => "an amount",
    }
}

/// A new note for an entity that has none, with the other names that this note uses.
fn entity_note(snapshot: &Snapshot, note: &NoteEntry, local: u32, identity: &Identity) -> Option<Action> {
    if identity.record.is_some() || !identity.rivals.is_empty() || !identity.bearers.is_empty() {
        return None;
    }
    let entity = note.facts.entities.get(local as usize)?;
    let stem = names::fold(&identity.name).replace(' ', "-");
    let folder = match identity.kind {
        EntityKind::Person => "people",
        EntityKind::Org => "orgs",
        EntityKind::Place => "places",
        EntityKind::Event => "events",
        _ => "entities",
    };
    let path = format!("{folder}/{stem}.md");
    if stem.is_empty() || snapshot.file_at(&path).is_some() {
        return None;
    }
    let aliases: Vec<String> =
        entity.aliases.iter().filter(|alias| names::words(alias) > 1).map(|alias| quoted(alias)).collect();
    let aliases = if aliases.is_empty() { String::new() } else { format!("aliases: [{}]\n", aliases.join(", ")) };
    let name = &identity.name;
    let text = format!("---\ntype: {}\nname: {}\n{aliases}---\n# {name}\n\n", identity.kind.as_str(), quoted(name));
    let file = FileEdit { path, before: "".into(), at: 0, text, create: true };
    Some(action(format!("Create an entity note for {name}"), Vec::new(), vec![file]))
}

/// The name as one more alias in the entity note, if that note's text is at hand.
fn alias(snapshot: &Snapshot, surface: &str, identity: &Identity) -> Option<Action> {
    let file = identity.record?;
    let note = snapshot.full(file)?;
    let record = note.brief.record.as_ref()?;
    let known = record.strong.iter().chain(&record.weak).any(|name| names::fold(&name.text) == names::fold(surface));
    if known || names::words(surface) < 2 {
        return None;
    }
    let edit = alias_edit(file, note, note.text.as_deref()?, surface)?;
    Some(action(format!("Add “{surface}” to the aliases of {}", identity.name), vec![edit], Vec::new()))
}

fn alias_edit(file: FileId, note: &NoteEntry, text: &str, surface: &str) -> Option<Edit> {
    let front = note.facts.note.front_matter.as_ref()?;
    let field = front.fields.iter().find(|field| field.key.eq_ignore_ascii_case("aliases"));
    let insert = |at: u32, text: String| Some(Edit { file, range: TextRange::empty(at), text });
    let Some(field) = field else {
        let name = front.fields.iter().find(|f| ["name", "title", "type"].contains(&f.key.as_str()))?;
        let line = line_start(text, name.key_range.start);
        return insert(line, format!("aliases: [{}]\n", quoted(surface)));
    };
    let (_, last) = field.values.last()?;
    let (at, words) = appended(text, *last, &[quoted(surface)])?;
    insert(at, words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::fixture::Fixture;

    fn actions(written: &str) -> Vec<Action> {
        let fixture = Fixture::new(written);
        let (file, at) = fixture.caret.expect("a caret");
        let snapshot = fixture.snapshot();
        let note = snapshot.full(file).unwrap().clone();
        let text = note.text.clone().unwrap();
        let names_file = NamesFile { path: "whosaid.names".to_owned(), ..NamesFile::default() };
        name_actions(&snapshot, &note, &text, FileRange { file, range: TextRange::empty(at) }, Some(&names_file))
    }

    #[test]
    fn a_name_can_be_retyped_taken_out_and_given_a_note() {
        let found = actions("//- /a.md\n{p1:Lidia M$0arr} of Norvik Shipping left Port Sarn.\n");
        let by_title = |title: &str| found.iter().find(|a| a.title.contains(title)).map(|a| a.files[0].text.clone());
        assert!(by_title("is an organisation").is_some_and(|text| text.ends_with("\norg: Lidia Marr\n")));
        assert!(by_title("is not a name").is_some_and(|text| text.ends_with("\nnot a name: Lidia Marr\n")));
        assert_eq!(
            by_title("Create an entity note").as_deref(),
            Some("---\ntype: person\nname: Lidia Marr\n---\n# Lidia Marr\n\n")
        );
        assert!(found.iter().all(|a| a.edits.is_empty() && a.files.iter().all(|f| f.create)));
    }

    #[test]
    fn an_alias_goes_into_the_list_of_the_entity_note() {
        let record = "//- /people/haddad.md\n---\ntype: person\nname: Nadim Haddad\naliases: [\"N. Haddad\"]\n---\n# Nadim Haddad\n";
        let found = actions(&format!("//- /a.md\n{{p1:Nadeem al-H$0addad}} spoke in Lusk.\n{record}"));
        let edit = found.iter().find(|a| a.title.starts_with("Add")).map(|a| a.edits[0].text.clone());
        assert_eq!(edit.as_deref(), Some(", Nadeem al-Haddad"), "{found:?}");
    }

    #[test]
    fn nothing_is_offered_beside_a_name() {
        assert!(actions("//- /a.md\nThe ga$0te was shut.\n").is_empty());
    }
}
