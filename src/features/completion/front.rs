//! Keys and values of the front matter.

use super::context::Typed;
use super::{Completion, Place, Suggestion, SuggestionKind};
use crate::analysis::facts::EntityKind;
use crate::text::TextRange;
use crate::workspace::genre::Genre;
use crate::workspace::names;

/// Keys of an entity note, of a source note and of a text, in the order in which one writes them.
const ENTITY: &[(&str, &str)] = &[
    ("type", "what the note is about: person, org, place, event, product, work, group"),
    ("name", "the name; else the title or the file's name"),
    ("aliases", "other names that hold anywhere: [a, b]"),
    ("weak-aliases", "names that hold only beside a strong one"),
    ("former-names", "names it no longer has"),
    ("role", "what somebody is"),
    ("roles", "roles with title, org, from, to"),
    ("country", "where it belongs"),
    ("parent", "the body above it"),
    ("members", "who belongs to it"),
    ("status", "active, dissolved, dead, draft"),
    ("id", "your own identifier"),
    ("qid", "Wikidata"),
    ("opensanctions", "OpenSanctions"),
    ("lei", "legal entity identifier"),
    ("imo", "ship number"),
    ("mmsi", "maritime radio number"),
    ("geonames", "GeoNames"),
    ("tags", "tags"),
];
const SOURCE: &[(&str, &str)] = &[
    ("type", "what it is: source, article, report, interview, transcript, post, image, dataset"),
    ("citekey", "the key it is cited by"),
    ("title", "its title"),
    ("author", "who wrote it"),
    ("publisher", "the outlet or body that published it"),
    ("publication-country", "where it was published"),
    ("date", "when it was published: 2031-03-20"),
    ("url", "its address"),
    ("archived", "the address of a copy"),
    ("accessed", "when you read it"),
    ("doi", "its DOI"),
    ("lang", "its language"),
    ("grade", "reliability and credibility: B2"),
    ("reliability", "of the source: A to F"),
    ("credibility", "of the information: 1 to 6"),
    ("derived_from", "keys of the sources that it rests on"),
    ("via", "keys of the sources that passed it on"),
    ("cites", "keys of the sources that it cites"),
    ("superseded_by", "the key of its successor"),
    ("retracted", "when it was withdrawn"),
    ("corrected", "when it was corrected"),
    ("tlp", "how far it may be passed on"),
    ("extent", "full or excerpt"),
    ("tags", "tags"),
];
const TEXT: &[(&str, &str)] = &[
    ("title", "its title"),
    ("date", "the day that relative dates count from: 2031-03-20"),
    ("status", "draft or final: findings are softer or louder"),
    ("author", "who wrote it"),
    ("bibliography", "libraries of this note: refs.bib"),
    ("tags", "tags"),
    ("type", "person, org, place, event; source, transcript, …"),
];

const TYPES: &[(&str, &str)] = &[
    ("person", "entity note"),
    ("org", "entity note"),
    ("place", "entity note"),
    ("event", "entity note"),
    ("product", "entity note: a weapon, vehicle or system"),
    ("work", "entity note: a document, law or policy"),
    ("group", "entity note: a people, religion or party"),
    ("source", "source note"),
    ("article", "source note, if it was published"),
    ("report", "source note, if it was published"),
    ("interview", "source note"),
    ("transcript", "source note"),
    ("post", "source note, if it was published"),
    ("image", "source note, if it was published"),
    ("dataset", "source note"),
];
const RELIABILITY: &[(&str, &str)] = &[
    ("A", "reliable"),
    ("B", "usually reliable"),
    ("C", "fairly reliable"),
    ("D", "not usually reliable"),
    ("E", "unreliable"),
    ("F", "reliability cannot be judged"),
];
const CREDIBILITY: &[(&str, &str)] = &[
    ("1", "confirmed by other sources"),
    ("2", "probably true"),
    ("3", "possibly true"),
    ("4", "doubtful"),
    ("5", "improbable"),
    ("6", "truth cannot be judged"),
];
const TLP: &[(&str, &str)] = &[
    ("clear", "no limit"),
    ("green", "the community"),
    ("amber", "the organisation and its clients"),
    ("amber+strict", "the organisation alone"),
    ("red", "those addressed alone"),
];
const EXTENT: &[(&str, &str)] = &[("full", "the whole text is here"), ("excerpt", "parts of the text are here")];

/// Keys that are not there yet, those of the note's own kind first.
pub(super) fn keys(place: &Place<'_>, typed: Typed) -> Completion {
    let word = typed.before.of(place.text);
    let lists: [&[(&str, &str)]; 3] = match place.note.brief.genre {
        Genre::Entity(_) => [ENTITY, TEXT, SOURCE],
        Genre::Source => [SOURCE, TEXT, ENTITY],
        Genre::Text => [TEXT, ENTITY, SOURCE],
    };
    // Before anything is typed only what belongs to such a note is shown.
    let shown = if word.is_empty() { 1 } else { lists.len() };
    let front = place.note.facts.note.front_matter.as_ref();
    let there = |key: &str| {
        let mut fields = front.into_iter().flat_map(|front| &front.fields);
        fields.any(|f| {
            !f.key_range.touches(place.at) && f.key.split('.').next().is_some_and(|k| k.eq_ignore_ascii_case(key))
        })
    };
    let mut items: Vec<Suggestion> = Vec::new();
    for &(key, detail) in lists.iter().take(shown).copied().flatten() {
        if begins(key, word) && !there(key) && !items.iter().any(|item| item.label == key) {
            let text = if typed.closed { key.to_owned() } else { format!("{key}: ") };
            items.push(item(key, SuggestionKind::Field, detail.to_owned(), text, typed));
        }
    }
    Completion { items, incomplete: false }
}

/// Values that a key can have; other names of the entity for its aliases; keys of sources; bodies for a parent.
pub(super) fn values(place: &Place<'_>, typed: Typed, key: TextRange) -> Completion {
    let word = typed.before.of(place.text);
    let key = key.of(place.text).trim().to_ascii_lowercase();
    let listed = |values: &[(&str, &str)]| -> Vec<(String, String)> {
        values.iter().map(|(value, detail)| ((*value).to_owned(), (*detail).to_owned())).collect()
    };
    let (found, incomplete) = match key.as_str() {
        "type" | "kind" | "class" | "entity" | "note-type" => (listed(TYPES), false),
        "status" => (statuses(place), false),
        "reliability" => (listed(RELIABILITY), false),
        "credibility" => (listed(CREDIBILITY), false),
        "grade" => (grades(word), word.is_empty()),
        "tlp" => (listed(TLP), false),
        "extent" => (listed(EXTENT), false),
        "aliases" | "alias" | "aka" | "weak-aliases" => (aliases(place), false),
        "derived_from" | "via" | "cites" | "superseded_by" => (sources(place, word), true),
        "parent" | "members" | "publisher" | "outlet" => (bodies(place, word), true),
        "bibliography" => (libraries(place), false),
        _ => return Completion::default(),
    };
    let fits = found.into_iter().filter(|(value, _)| begins(value, word) || incomplete && !word.is_empty());
    let items: Vec<Suggestion> = fits
        .map(|(value, detail)| {
            let mut made = item(&value, SuggestionKind::Value, detail, value.clone(), typed);
            if !begins(&value, word) {
                made.filter = format!("{word} {value}");
            }
            made
        })
        .collect();
    let incomplete = incomplete && !items.is_empty();
    Completion { items, incomplete }
}

fn item(label: &str, kind: SuggestionKind, detail: String, text: String, typed: Typed) -> Suggestion {
    let filter = label.to_owned();
    Suggestion {
        label: label.to_owned(),
        kind,
        detail,
        text,
        insert: typed.before,
        replace: typed.whole,
        filter,
        about: None,
    }
}

fn begins(value: &str, word: &str) -> bool {
    value.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

fn statuses(place: &Place<'_>) -> Vec<(String, String)> {
    let shown = |(status, &steps): (&String, &i32)| {
        let detail = match steps {
            0 => "findings as they are",
            ..0 => "findings are softer",
            _ => "findings are louder",
        };
        (status.clone(), detail.to_owned())
    };
    place.config().status.iter().map(shown).collect()
}

/// Letter first, then the number.
fn grades(word: &str) -> Vec<(String, String)> {
    let letters =
        RELIABILITY.iter().filter(|(letter, _)| word.is_empty() || word.to_ascii_uppercase().starts_with(letter));
    letters
        .flat_map(|(letter, reliable)| {
            CREDIBILITY
                .iter()
                .map(move |(digit, credible)| (format!("{letter}{digit}"), format!("{reliable}, {credible}")))
        })
        .collect()
}

/// Names that notes use for this entity and that its note does not have yet.
fn aliases(place: &Place<'_>) -> Vec<(String, String)> {
    let (Some(identity), Some(record)) =
        (place.snapshot.identity_of_record(place.file), place.note.brief.record.as_ref())
    else {
        return Vec::new();
    };
    let known: Vec<String> = record.strong.iter().chain(&record.weak).map(|name| names::fold(&name.text)).collect();
    let mut found: Vec<(String, String)> = Vec::new();
    for seen in place.snapshot.places_up_to(&identity, 500) {
        for name in std::iter::once(seen.entity.name).chain(seen.entity.aliases()) {
            let new = !known.contains(&names::fold(name)) && !found.iter().any(|(other, _)| other == name);
            // A surname alone is everybody's who bears it.
            if new
                && (names::words(name) > 1 || seen.entity.kind != EntityKind::Person)
                && !name.contains([',', '[', ']'])
            {
                found.push((name.to_owned(), format!("used in {}", seen.note.path)));
            }
        }
    }
    found
}

fn sources(place: &Place<'_>, word: &str) -> Vec<(String, String)> {
    let all = place.snapshot.sources().filter(|(file, source)| *file != place.file && begins(&source.key, word));
    all.take(super::MOST + 1).map(|(_, source)| (source.key.to_string(), source.title.clone())).collect()
}

fn bodies(place: &Place<'_>, word: &str) -> Vec<(String, String)> {
    let folded = names::fold(word);
    let all = place.names.entities(&folded).filter(|(named, _)| named.kind == EntityKind::Org);
    let mut found: Vec<(String, String)> = Vec::new();
    for (named, _) in all.take(super::MOST) {
        if !found.iter().any(|(name, _)| *name == *named.text) {
            found.push((
                named.text.to_string(),
                if named.record.is_some() { "has a note".to_owned() } else { String::new() },
            ));
        }
    }
    found
}

fn libraries(place: &Place<'_>) -> Vec<(String, String)> {
    let all = place.snapshot.bibliographies();
    all.map(|(_, library)| (library.path.to_string(), format!("{} sources", library.sources.len()))).collect()
}
