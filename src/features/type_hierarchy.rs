//! What belongs to what: parent bodies of an organisation or person ("supertypes") and its members ("subtypes").
//!
//! Two things say so. Front matter of entity notes: `parent:`, `member-of:`, `employer:` and the like, the `org` of
//! `roles:`, and the other way round `members:`, `subsidiaries:`. And the text, where a note gives somebody a role in
//! apposition or by title that names a body: "Lidia Marr, chief executive of Norvik Shipping".

use super::nodes::{self, HierarchyItem, Node};
use crate::analysis::facts::EntityKind;
use crate::text::TextRange;
use crate::workspace::brief::MentionAt;
use crate::workspace::entities::{Identity, LocalEntity};
use crate::workspace::records::EntityRecord;
use crate::workspace::{FileId, Snapshot};

/// Notes that roles are read from, the newest first.
const LATEST: usize = 200;

/// Fields that name what an entity belongs to.
const PARENTS: [&str; 16] = [
    "parent",
    "parents",
    "parent-org",
    "parent-organisation",
    "parent-organization",
    "part-of",
    "member-of",
    "memberOf",
    "parentOrganization",
    "subsidiary-of",
    "owner",
    "owned-by",
    "employer",
    "affiliation",
    "organisation",
    "organization",
];

/// Fields that name what belongs to an entity.
const MEMBERS: [&str; 8] =
    ["members", "member", "subsidiaries", "subsidiary", "subOrganization", "divisions", "units", "owns"];

/// The bodies that it belongs to.
#[must_use]
pub fn supertypes(snapshot: &Snapshot, node: &Node) -> Vec<HierarchyItem> {
    let Some(identity) = nodes::identity(snapshot, node) else { return Vec::new() };
    let mut found = Relatives { snapshot, own: identity.clone(), items: Vec::new() };
    if let Some((file, record)) = identity.record.and_then(|file| Some((file, record(snapshot, file)?))) {
        for name in belongs_to(&record) {
            found.add(nodes::named(snapshot, &name, file), None);
        }
    }
    for place in nodes::latest(snapshot, &identity, LATEST) {
        for (role, range) in place.entity.roles() {
            for (local, _) in place.note.mentions_in(range).into_iter().filter(|(_, mention)| is_body(mention)) {
                found.add(Some(Node::Entity(LocalEntity { file: place.at.file, local })), Some(role));
            }
        }
    }
    // The other way round: a body's note lists its members.
    for (file, note) in snapshot.notes() {
        let Some(record) = note.record.as_ref().filter(|_| Some(file) != identity.record) else { continue };
        if listed(record, &MEMBERS).any(|name| is_called(snapshot, &identity, &name, file)) {
            found.add(Some(Node::Record(file)), None);
        }
    }
    found.items
}

/// Whoever belongs to it.
#[must_use]
pub fn subtypes(snapshot: &Snapshot, node: &Node) -> Vec<HierarchyItem> {
    let Some(identity) = nodes::identity(snapshot, node) else { return Vec::new() };
    let mut found = Relatives { snapshot, own: identity.clone(), items: Vec::new() };
    if let Some((file, record)) = identity.record.and_then(|file| Some((file, record(snapshot, file)?))) {
        for name in listed(&record, &MEMBERS) {
            found.add(nodes::named(snapshot, &name, file), None);
        }
    }
    for (file, note) in snapshot.notes() {
        let Some(record) = note.record.as_ref().filter(|_| Some(file) != identity.record) else { continue };
        if belongs_to(record).any(|name| is_called(snapshot, &identity, &name, file)) {
            found.add(Some(Node::Record(file)), None);
        }
    }
    for place in nodes::latest(snapshot, &identity, LATEST) {
        let mine: Vec<TextRange> = place.mentions().filter(is_body).map(|m| m.range).collect();
        for (local, entity) in (0..).zip(place.note.entities()) {
            let at = LocalEntity { file: place.at.file, local };
            let role = entity.roles().find(|(_, role)| mine.iter().any(|range| role.contains_range(*range)));
            if let Some((role, _)) = role.filter(|_| at != place.at) {
                found.add(Some(Node::Entity(at)), Some(role));
            }
        }
    }
    found.items
}

/// The bodies or members found, each once and never the one that was asked about.
struct Relatives<'s> {
    snapshot: &'s Snapshot,
    own: Identity,
    items: Vec<HierarchyItem>,
}

impl Relatives<'_> {
    fn add(&mut self, node: Option<Node>, role: Option<&str>) {
        let Some(node) = node else { return };
        let Some(identity) = nodes::identity(self.snapshot, &node) else { return };
        let known = |item: &HierarchyItem| {
            nodes::identity(self.snapshot, &item.node).is_some_and(|k| nodes::same(&k, &identity))
        };
        if nodes::same(&self.own, &identity) || self.items.iter().any(known) {
            return;
        }
        if let Some(item) = nodes::entity(self.snapshot, &node) {
            let detail = role.map_or_else(|| item.detail.clone(), str::to_owned);
            self.items.push(item.with_detail(detail));
        }
    }
}

fn record(snapshot: &Snapshot, file: FileId) -> Option<std::sync::Arc<EntityRecord>> {
    snapshot.note(file)?.record.clone()
}

/// A role names a state for its government as often as a body.
fn is_body(mention: &MentionAt) -> bool {
    matches!(mention.kind, EntityKind::Org | EntityKind::Place)
}

fn listed<'r>(record: &'r EntityRecord, fields: &'r [&str]) -> impl Iterator<Item = String> + 'r {
    let named = record.fields.iter().filter(|(key, _)| fields.iter().any(|field| field.eq_ignore_ascii_case(key)));
    let names = named.flat_map(|(_, value)| value.split([',', ';']));
    names.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty())
}

/// The names of the bodies that a record puts its entity in.
fn belongs_to(record: &EntityRecord) -> impl Iterator<Item = String> + '_ {
    let of_roles = record.roles.iter().filter_map(|role| {
        let (_, body) = role.text.split_once(", ").or_else(|| role.text.split_once(" of "))?;
        Some(body.trim().to_owned())
    });
    listed(record, &PARENTS).chain(of_roles)
}

/// Returns `true` if a name in the note `from` means this entity.
fn is_called(snapshot: &Snapshot, identity: &Identity, name: &str, from: FileId) -> bool {
    let name = name.trim_start_matches("[[").trim_end_matches("]]");
    let name = name.split(['|', '#']).next().unwrap_or(name).trim();
    identity.names().contains(&snapshot.key_of(identity.kind, name))
        || identity.record.is_some() && snapshot.note_named(name, from) == identity.record
}

#[cfg(test)]
mod tests {
    use super::super::testing::{analysed, at_caret, entity_named};
    use super::*;

    #[track_caller]
    fn check(ask: fn(&Snapshot, &Node) -> Vec<HierarchyItem>, written: &str, expected: &[(&str, &str)]) {
        let (snapshot, position) = at_caret(written);
        let item = nodes::at(&snapshot, position).expect("a node");
        let found = ask(&snapshot, &item.node);
        assert_eq!(found.iter().map(|i| (i.name.as_str(), i.detail.as_str())).collect::<Vec<_>>(), expected);
    }

    const ORGS: &str = "//- /orgs/orlec.md\n---\ntype: org\nname: Orlec Group\nmembers: [Sarn Lines]\n---\n//- /orgs/norvik.md\n---\ntype: org\nname: Norvik Shipping\nparent: Orlec Group\n---\n//- /orgs/sarn.md\n---\ntype: org\nname: Sarn Lines\n---\n//- /people/pell.md\n---\ntype: person\nname: Ada Pell\nroles:\n  - title: Warden\n    org: Norvik Shipping\n---\n";

    #[test]
    fn entity_notes_say_what_belongs_to_what() {
        let at = |name: &str| format!("//- /a.md\n$0{{o1:{name}}} sank.\n{ORGS}");
        check(supertypes, &at("Norvik Shipping"), &[("Orlec Group", "")]);
        check(supertypes, &at("Sarn Lines"), &[("Orlec Group", "")]);
        check(supertypes, &at("Orlec Group"), &[]);
        check(subtypes, &at("Orlec Group"), &[("Sarn Lines", ""), ("Norvik Shipping", "")]);
        check(subtypes, &at("Norvik Shipping"), &[("Ada Pell", "Warden, Norvik Shipping")]);
        check(supertypes, &format!("//- /a.md\n$0{{p1:Ada Pell}} left.\n{ORGS}"), &[("Norvik Shipping", "")]);
    }

    #[test]
    fn a_role_in_the_text_puts_a_person_in_a_body() {
        let text = "Lidia Marr, chief executive of Norvik Shipping, left. Norvik Shipping stayed in Port Sarn.\n";
        let snapshot = analysed(&[("a.md", text)]);
        let node = |name: &str| entity_named(&snapshot, 0, name);
        let shown = |items: Vec<HierarchyItem>| items.into_iter().map(|item| item.name).collect::<Vec<_>>();
        assert_eq!(shown(supertypes(&snapshot, &node("Lidia Marr"))), ["Norvik Shipping"]);
        assert_eq!(shown(subtypes(&snapshot, &node("Norvik Shipping"))), ["Lidia Marr"]);
    }
}
