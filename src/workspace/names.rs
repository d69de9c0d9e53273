//! When two spellings are one name.
//!
//! [`fold`] forgets case, accents, signs and a leading article; two names that fold alike are the same name. The names
//! of persons, and of bodies and places of several words, also meet by their sound
//! ([`fold_key`]: `Nadim Haddad`, `Nadeem al-Haddad`); single words would run together.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::analysis::facts::EntityKind;
use crate::analysis::names::{PersonName, fold_key, split_person};

/// The key by which entities, notes, links and citations are looked up: a hash of a folded name.
pub type Key = u64;

/// Lower case, no accents, no apostrophes, one space for any other sign, no leading "the".
#[must_use]
pub fn fold(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut gap = false;
    let mut push = |c: char| {
        if c.is_alphanumeric() {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            if c.is_ascii() { out.push(c.to_ascii_lowercase()) } else { out.extend(c.to_lowercase()) }
        } else if !is_apostrophe(c) && !is_combining_mark(c) && c != '\u{ad}' {
            gap = true;
        }
    };
    if name.is_ascii() {
        name.chars().for_each(&mut push);
    } else {
        name.nfkd().filter_map(plain_letter).for_each(&mut push);
    }
    match out.strip_prefix("the ") {
        Some(rest) if !rest.is_empty() => rest.to_owned(),
        _ => out,
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | 'ʿ' | 'ʾ' | '`' | '´')
}

/// Letters that carry a stroke instead of an accent have no decomposition.
fn plain_letter(c: char) -> Option<char> {
    Some(match c {
        'ł' | 'Ł' => 'l',
        'ø' | 'Ø' => 'o',
        'đ' | 'Đ' | 'ð' => 'd',
        'ı' => 'i',
        'ħ' => 'h',
        c if is_combining_mark(c) => return None,
        c => c,
    })
}

/// Kinds that one name may wander between without naming something else: a state is place and body.
fn class(kind: EntityKind) -> u64 {
    match kind {
        EntityKind::Person => 1,
        EntityKind::Org | EntityKind::Place => 2,
        EntityKind::Product => 3,
        EntityKind::Event | EntityKind::Work => 4,
        EntityKind::Group => 5,
        EntityKind::Date | EntityKind::Money | EntityKind::Percent | EntityKind::Quantity => 6,
    }
}

/// Returns `true` if two kinds can be one entity.
#[must_use]
pub fn compatible(one: EntityKind, other: EntityKind) -> bool {
    class(one) == class(other)
}

/// Words in a name.
#[must_use]
pub fn words(name: &str) -> usize {
    name.split_whitespace().count()
}

/// Returns `true` if a person's name is a surname (or a single given name) alone.
#[must_use]
pub fn is_bare(kind: EntityKind, name: &str) -> bool {
    kind == EntityKind::Person && split_person(name).given.is_empty()
}

/// The key of an entity's name. Persons meet by the sound of given and family name, in either order and without middle
/// initials; bodies and places of several words by sound; everything else by its letters.
#[must_use]
pub fn entity_key(kind: EntityKind, name: &str) -> Key {
    let seed = class(kind) << 1;
    match kind {
        EntityKind::Person => person_key(&split_person(name)),
        EntityKind::Org | EntityKind::Place if words(name) > 1 => {
            let name = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
            xxh3_64_with_seed(unspaced(fold_key(name)).as_bytes(), seed | 1)
        }
        _ => xxh3_64_with_seed(unspaced(fold(name)).as_bytes(), seed),
    }
}

fn person_key(parts: &PersonName<'_>) -> Key {
    let seed = class(EntityKind::Person) << 1;
    let family = unspaced(fold_key(parts.family));
    if parts.given.is_empty() {
        return xxh3_64_with_seed(family.as_bytes(), seed);
    }
    let mut key = given_key(parts.given);
    key.push('|');
    key.push_str(&family);
    key.push('|');
    if !parts.suffix.is_empty() {
        key.push_str(&fold(parts.suffix));
    }
    xxh3_64_with_seed(key.as_bytes(), seed | 1)
}

fn unspaced(mut key: String) -> String {
    key.retain(|c| c != ' ');
    key
}

/// The key of an entity's name where some names were told apart from others that sound like them
/// ([`Corrections::told_apart`](crate::analysis::corrections::Corrections::told_apart)): these have a key of their letters.
#[must_use]
pub fn key_apart(kind: EntityKind, name: &str, told_apart: &[String]) -> Key {
    if told_apart.iter().any(|apart| apart == name) { key_of_letters(kind, name) } else { entity_key(kind, name) }
}

fn key_of_letters(kind: EntityKind, name: &str) -> Key {
    xxh3_64_with_seed(name.as_bytes(), class(kind) << 1 | 1 << 8)
}

/// Returns `true` if a name has this key, told apart from others or not.
#[must_use]
pub fn has_key(kind: EntityKind, name: &str, key: Key) -> bool {
    entity_key(kind, name) == key || key_of_letters(kind, name) == key
}

/// The keys that the name would have as a thing of each other class.
pub(super) fn keys_elsewhere(kind: EntityKind, name: &str) -> impl Iterator<Item = Key> {
    let one_of_each = [EntityKind::Person, EntityKind::Org, EntityKind::Product, EntityKind::Event, EntityKind::Group];
    one_of_each.into_iter().filter(move |&other| !compatible(kind, other)).map(move |other| entity_key(other, name))
}

/// Given names without initials that follow another: `Lidia K.` is `Lidia`.
fn given_key(given: &str) -> String {
    let mut key = String::new();
    for word in fold_key(given).split(' ') {
        if key.is_empty() || word.chars().count() > 1 {
            key.push_str(word);
        }
    }
    key
}

/// The key of the word by which a person is named later on, under which a surname finds its bearers.
#[must_use]
pub fn surname_key(name: &str) -> Key {
    xxh3_64_with_seed(unspaced(fold_key(split_person(name).short())).as_bytes(), class(EntityKind::Person) << 1)
}

/// The key of anything looked up by its letters alone: citation keys are exact, so nothing is folded here.
#[must_use]
pub fn text_key(text: &str) -> Key {
    xxh3_64_with_seed(text.as_bytes(), 0)
}

/// The key of a note's name: case and signs do not count.
#[must_use]
pub fn note_key(name: &str) -> Key {
    text_key(&fold(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_forgets_case_accents_signs_and_article() {
        assert_eq!(fold("The Órlec-Trading Co."), "orlec trading co");
        assert_eq!(fold("Łódź ’Abbas"), "lodz abbas");
        assert_eq!(fold("the"), "the");
    }

    fn person(name: &str) -> Key {
        entity_key(EntityKind::Person, name)
    }

    #[test]
    fn spellings_and_orders_of_one_name_meet() {
        for (one, other) in [
            ("Nadim Haddad", "Nadeem al-Haddad"),
            ("Ibrahim Jafari", "Ibrahim al-Jaafari"),
            ("Lidia Marr", "Lidia K. Marr"),
            ("Lidia Marr", "Marr, Lidia"),
            ("Yusuf Qadir", "Yousuf Kadir"),
            ("Han Weiming", "Han Wei-ming"),
        ] {
            assert_eq!(person(one), person(other), "{one} / {other}");
        }
        assert_eq!(surname_key("Ibrahim al-Jaafari"), person("Jafari"));
        assert_eq!(surname_key("Han Weiming"), person("Han"));
    }

    #[test]
    fn different_names_stay_apart() {
        for (one, other) in [
            ("Nadim Haddad", "Rana Haddad"),
            ("Lidia Marr", "Lidia Orr"),
            ("Dane Orr", "Dana Orr"),
            ("Ada Pell", "Ada Pell Jr."),
            ("Ada Pell", "Pell"),
        ] {
            assert_ne!(person(one), person(other), "{one} / {other}");
        }
        assert_ne!(entity_key(EntityKind::Product, "K-12"), entity_key(EntityKind::Product, "Q-12"));
        assert!(is_bare(EntityKind::Person, "van der Meer") && !is_bare(EntityKind::Person, "Ada Pell"));
    }

    #[test]
    fn a_state_is_place_and_body_but_no_person() {
        assert_eq!(entity_key(EntityKind::Place, "Meridia"), entity_key(EntityKind::Org, "Meridia"));
        assert_ne!(entity_key(EntityKind::Place, "Sarn"), entity_key(EntityKind::Person, "Sarn"));
    }
}
