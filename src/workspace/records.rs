//! What an entity note says of its entity in its front matter.

use std::sync::Arc;

use super::genre::Genre;
use super::keys;
use super::names::{self, Key};
use crate::analysis::facts::EntityKind;
use crate::structure::FrontMatter;
use crate::text::TextRange;

/// A name that an entity note gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordName {
    /// The key by which it is looked up.
    pub key: Key,
    /// As written.
    pub text: Arc<str>,
    /// Its bytes in the entity note.
    pub range: TextRange,
}

/// A role that an entity note gives, with its dates as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordRole {
    /// The role with its body: "Trade Minister, Government of Meridia".
    pub text: String,
    /// From when, "" if not said.
    pub from: String,
    /// Until when, "" if not said.
    pub to: String,
}

/// An entity note's front matter, as far as it is understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityRecord {
    /// The kind of entity that it is about.
    pub kind: EntityKind,
    /// `name`, else `title`, else the first heading, else the file's name.
    pub name: Arc<str>,
    /// The bytes of the name.
    pub name_range: TextRange,
    /// Names that hold anywhere; the first is `name`.
    pub strong: Vec<RecordName>,
    /// Keys of strong names of several words as things of other kinds: where the recogniser takes a firm for a person,
    /// the entity note knows better. Single words are left out, because a port and a person may share one.
    pub elsewhere: Vec<Key>,
    /// Names that hold only in notes where a strong one stands: `weak-aliases`, and a person's one-word aliases.
    pub weak: Vec<RecordName>,
    /// `former-names` or `previousName`: names that it had once. They hold like its other names, as `strong` or `weak`.
    pub former: Vec<RecordName>,
    /// `roles` (or `role`), as the note orders them.
    pub roles: Vec<RecordRole>,
    /// All other fields, as written: identifiers, country, status.
    pub fields: Vec<(Arc<str>, Arc<str>)>,
}

const ALIASES: [&str; 3] = [keys::ALIASES, keys::ALIAS, keys::AKA];
const FORMER: [&str; 5] = ["former-names", "former-name", "formerNames", "previousName", "previous-names"];
const KNOWN: [&str; 14] = [
    keys::TYPE,
    keys::KIND,
    keys::CLASS,
    keys::ENTITY,
    keys::SCHEMA,
    keys::NOTE_TYPE,
    keys::NAME,
    keys::TITLE,
    keys::ALIASES,
    keys::ALIAS,
    keys::AKA,
    keys::WEAK_ALIASES,
    keys::TAGS,
    keys::ROLE,
];

impl EntityRecord {
    /// The record of a note of this genre and title; none if the note is of no entity.
    pub(super) fn read(
        genre: &Genre,
        title: &Arc<str>,
        at: TextRange,
        front: Option<&FrontMatter>,
        told_apart: &[String],
    ) -> Option<Self> {
        let Genre::Entity(kind) = *genre else { return None };
        let named = front.and_then(|f| f.values("name").first()).filter(|(value, _)| !value.trim().is_empty());
        let (name, name_range) = match named {
            Some((value, range)) => (value.trim().into(), *range),
            None if at.is_empty() => (spelled(title), at),
            None => (title.clone(), at),
        };
        let mut record = Self {
            kind,
            strong: vec![RecordName {
                key: names::key_apart(kind, &name, told_apart),
                text: name.clone(),
                range: name_range,
            }],
            elsewhere: Vec::new(),
            weak: Vec::new(),
            former: Vec::new(),
            roles: front.map(roles).unwrap_or_default(),
            fields: front.map(fields).unwrap_or_default(),
            name,
            name_range,
        };
        for (value, range) in front.iter().flat_map(|f| ALIASES.iter().flat_map(|key| f.values(key))) {
            record.add(value, *range, false, told_apart);
        }
        for (value, range) in front.map_or(&[][..], |f| f.values("weak-aliases")) {
            record.add(value, *range, true, told_apart);
        }
        for (value, range) in front.iter().flat_map(|f| FORMER.iter().flat_map(|key| f.values(key))) {
            record.add(value, *range, false, told_apart);
            let value = value.trim();
            let key = names::key_apart(kind, value, told_apart);
            // The present name under both keys is a slip, and would call itself out of use.
            if !value.is_empty() && names::fold(value) != names::fold(&record.name) {
                record.former.push(RecordName { key, text: value.into(), range: *range });
            }
        }
        let several = record.strong.iter().filter(|name| names::words(&name.text) > 1);
        record.elsewhere = several.flat_map(|name| names::keys_elsewhere(kind, &name.text)).collect();
        Some(record)
    }

    /// The keys of all names that hold anywhere.
    pub fn strong_keys(&self) -> impl Iterator<Item = Key> {
        self.strong.iter().map(|name| name.key).chain(self.elsewhere.iter().copied())
    }

    /// All names but the first.
    pub fn aliases(&self) -> impl Iterator<Item = &str> {
        self.strong.iter().skip(1).chain(&self.weak).map(|name| &*name.text)
    }

    fn add(&mut self, value: &str, range: TextRange, weak: bool, told_apart: &[String]) {
        let value = value.trim();
        // Site generators keep addresses under the same key.
        if value.is_empty() || value.starts_with('/') || value.contains("://") {
            return;
        }
        let name = RecordName { key: names::key_apart(self.kind, value, told_apart), text: value.into(), range };
        let bare = names::is_bare(self.kind, value);
        let known = self.strong.iter().chain(&self.weak).any(|n| n.key == name.key && n.text == name.text);
        match (known, weak || bare) {
            (true, _) => {}
            (false, true) => self.weak.push(name),
            (false, false) => self.strong.push(name),
        }
    }
}

/// A file's name as a name: `nadim-haddad` is Nadim Haddad.
fn spelled(stem: &str) -> Arc<str> {
    if stem.contains(' ') || stem.chars().any(char::is_uppercase) {
        return stem.into();
    }
    let words = stem.split(['-', '_', '.']).filter(|w| !w.is_empty()).map(|word| {
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    });
    words.collect::<Vec<String>>().join(" ").into()
}

fn roles(front: &FrontMatter) -> Vec<RecordRole> {
    let at = |key: &str, index: usize| front.values(key).get(index).map_or("", |(value, _)| value.trim()).to_owned();
    let table = front.values("roles.title").iter().enumerate().map(|(index, (title, _))| {
        let org = at("roles.org", index);
        let text = if org.is_empty() { title.clone() } else { format!("{title}, {org}") };
        RecordRole { text, from: at("roles.from", index), to: at("roles.to", index) }
    });
    let plain = ["roles", "role"].iter().flat_map(|key| front.values(key));
    let plain = plain.map(|(text, _)| RecordRole { text: text.clone(), from: String::new(), to: String::new() });
    table.chain(plain).filter(|role| !role.text.trim().is_empty()).collect()
}

fn fields(front: &FrontMatter) -> Vec<(Arc<str>, Arc<str>)> {
    let shown = |key: &str| !KNOWN.iter().any(|k| k.eq_ignore_ascii_case(key)) && !key.starts_with("roles");
    let joined = |values: &[(String, TextRange)]| values.iter().map(|(v, _)| v.as_str()).collect::<Vec<_>>().join(", ");
    let all = front.fields.iter().filter(|f| shown(&f.key) && !f.values.is_empty());
    all.map(|f| (f.key.as_str().into(), joined(&f.values).into())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::structure::Field;

    fn read(fields: &[(&str, &[&str])]) -> EntityRecord {
        let at = TextRange::empty(0);
        let values = |v: &[&str]| v.iter().map(|v| ((*v).to_owned(), at)).collect();
        let fields = fields.iter().map(|(k, v)| Field { key: (*k).into(), key_range: at, values: values(v) }).collect();
        let front = FrontMatter { fields, ..FrontMatter::default() };
        EntityRecord::read(&Genre::Entity(EntityKind::Person), &"nadim-haddad".into(), at, Some(&front), &[]).unwrap()
    }

    #[test]
    fn a_persons_one_word_alias_is_weak_and_an_address_is_none() {
        let record =
            read(&[("aliases", &["Nadeem al-Haddad", "Haddad", "/old/address/"]), ("weak-aliases", &["the Fixer"])]);
        let texts = |names: &[RecordName]| names.iter().map(|n| n.text.to_string()).collect::<Vec<_>>();
        assert_eq!(texts(&record.strong), ["Nadim Haddad", "Nadeem al-Haddad"]);
        assert_eq!(texts(&record.weak), ["Haddad", "the Fixer"]);
    }

    #[test]
    fn a_former_name_holds_like_an_alias() {
        let record = read(&[("previousName", &["Nadim Orlec", "Nadim Haddad"])]);
        let texts = |names: &[RecordName]| names.iter().map(|n| n.text.to_string()).collect::<Vec<_>>();
        assert_eq!(texts(&record.former), ["Nadim Orlec"]);
        assert!(record.strong_keys().any(|key| key == names::entity_key(EntityKind::Person, "Nadim Orlec")));
    }

    #[test]
    fn roles_are_read_as_a_table_with_dates() {
        let record =
            read(&[("roles.title", &["Trade Minister"]), ("roles.org", &["Meridia"]), ("roles.from", &["2029"])]);
        let role = RecordRole { text: "Trade Minister, Meridia".into(), from: "2029".into(), to: String::new() };
        assert_eq!(record.roles, [role]);
    }
}
