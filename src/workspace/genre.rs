//! What kind of note a note is: about an entity, about a source, or neither.
//!
//! In this order: what its front matter calls it (`type`, `kind`, `class`, `entity`, `schema`, `note-type`), the
//! folder that it stands in, its tags.

use super::keys;
use crate::analysis::facts::EntityKind;
use crate::structure::FrontMatter;

/// The kind of a note.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Genre {
    /// Running text: an article, a draft, a log.
    #[default]
    Text,
    /// The note of a person, body, place, …
    Entity(EntityKind),
    /// The note of a source: imported or about one.
    Source,
}

const KEYS: [&str; 6] = [keys::TYPE, keys::KIND, keys::CLASS, keys::ENTITY, keys::SCHEMA, keys::NOTE_TYPE];

/// Folders that say what is in them. Narrower than the words of the front matter: `work/` and `reports/` say nothing.
const FOLDERS: [(&str, Genre); 9] = [
    ("people", Genre::Entity(EntityKind::Person)),
    ("persons", Genre::Entity(EntityKind::Person)),
    ("orgs", Genre::Entity(EntityKind::Org)),
    ("organisations", Genre::Entity(EntityKind::Org)),
    ("organizations", Genre::Entity(EntityKind::Org)),
    ("companies", Genre::Entity(EntityKind::Org)),
    ("places", Genre::Entity(EntityKind::Place)),
    ("events", Genre::Entity(EntityKind::Event)),
    ("sources", Genre::Source),
];

/// The genre of a note.
#[must_use]
pub fn of(path: &str, front: Option<&FrontMatter>) -> Genre {
    let declared = front.and_then(|f| KEYS.iter().find_map(|key| f.value(key).and_then(|word| parse(word, f))));
    let tags =
        || front.and_then(|f| f.values("tags").iter().find_map(|(tag, _)| parse(tag.trim_start_matches('#'), f)));
    declared.or_else(|| folder(path)).or_else(tags).unwrap_or_default()
}

fn folder(path: &str) -> Option<Genre> {
    let named =
        |name: &str| FOLDERS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|&(_, genre)| genre);
    path.rsplit('/').skip(1).find_map(named)
}

fn parse(word: &str, front: &FrontMatter) -> Option<Genre> {
    let word = word.trim().to_ascii_lowercase();
    let word = word.split('/').next().unwrap_or("");
    let kind = match word {
        "person" | "people" => EntityKind::Person,
        "org" | "organisation" | "organization" | "company" | "publicbody" | "legalentity" => EntityKind::Org,
        "place" | "location" => EntityKind::Place,
        "product" | "weapon" | "vessel" | "vehicle" | "airplane" => EntityKind::Product,
        "event" => EntityKind::Event,
        "group" => EntityKind::Group,
        "work" | "law" => EntityKind::Work,
        "source" | "interview" | "transcript" | "dataset" => return Some(Genre::Source),
        // A draft may call itself so, too: only what has been published somewhere is a source.
        "article" | "report" | "post" | "image" if is_published(front) => return Some(Genre::Source),
        _ => return None,
    };
    Some(Genre::Entity(kind))
}

fn is_published(front: &FrontMatter) -> bool {
    [keys::CITEKEY, keys::CITATION_KEY, keys::URL, keys::PUBLISHER, keys::ARCHIVED, keys::DOI]
        .iter()
        .any(|key| front.value(key).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::structure::Field;
    use crate::text::TextRange;

    fn front(key: &str, value: &str) -> FrontMatter {
        let at = TextRange::empty(0);
        let field = Field { key: key.into(), key_range: at, values: vec![(value.into(), at)] };
        FrontMatter { fields: vec![field], ..FrontMatter::default() }
    }

    #[test]
    fn what_the_note_calls_itself_wins_over_folder_and_tag() {
        assert_eq!(of("people/haddad.md", Some(&front("type", "org"))), Genre::Entity(EntityKind::Org));
        assert_eq!(of("people/haddad.md", Some(&front("tags", "source"))), Genre::Entity(EntityKind::Person));
        assert_eq!(of("notes/talks.md", Some(&front("tags", "#place/port"))), Genre::Entity(EntityKind::Place));
        assert_eq!(of("notes/people.md", None), Genre::Text);
    }

    #[test]
    fn a_report_is_a_source_only_where_it_was_published() {
        let mut own = front("type", "report");
        assert_eq!(of("drafts/quota.md", Some(&own)), Genre::Text);
        own.fields.extend(front("url", "https://hd.example/a1").fields);
        assert_eq!(of("drafts/quota.md", Some(&own)), Genre::Source);
    }
}
