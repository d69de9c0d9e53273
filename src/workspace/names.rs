//! When two spellings are one name.
//!
//! [`fold`] forgets case, accents, signs and a leading article; two names that fold alike are the same name.
//! [`loose`] also forgets how a name was carried over from another script (`Nadim Haddad`, `Nadeem al-Haddad`); it is
//! used only for persons and bodies with at least two words, because single words would run together.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::analysis::facts::EntityKind;

/// What entities, notes, links and citations are looked up by: a hash of a folded name.
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
            out.extend(c.to_lowercase());
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

/// Articles that transliteration glues to a surname with a hyphen.
const GLUED: [&str; 10] = ["al", "el", "ash", "as", "ad", "ar", "an", "at", "az", "ul"];

/// The sound of a name, roughly: transliterations of one name come out alike. No spaces. Of a person (`initials`),
/// middle initials and inner articles are left out.
#[must_use]
pub fn loose(name: &str, initials: bool) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let mut out = String::with_capacity(name.len());
    for (at, word) in words.iter().enumerate() {
        let stem = match word.split_once(['-', '‑', '’', '\'']) {
            Some((article, rest)) if is_glued(article) && !rest.is_empty() => rest,
            _ => word,
        };
        let folded = fold(stem).replace(' ', "");
        let inner = initials && at > 0 && at + 1 < words.len();
        if inner && (folded.chars().count() <= 1 || matches!(folded.as_str(), "al" | "el")) {
            continue;
        }
        sound(&folded, &mut out);
    }
    out
}

fn is_glued(article: &str) -> bool {
    GLUED.iter().any(|glued| glued.eq_ignore_ascii_case(article))
}

/// Groups of letters that stand for one sound, longest first.
const SOUNDS: [(&str, &str); 30] = [
    ("dzh", "j"),
    ("tch", "c"),
    ("sch", "s"),
    ("kh", "h"),
    ("gh", "g"),
    ("dh", "d"),
    ("th", "t"),
    ("sh", "s"),
    ("ch", "c"),
    ("ts", "s"),
    ("tz", "s"),
    ("ph", "f"),
    ("zh", "j"),
    ("dj", "j"),
    ("ck", "k"),
    ("ce", "se"),
    ("ci", "si"),
    ("cy", "si"),
    ("ee", "i"),
    ("iy", "i"),
    ("yi", "i"),
    ("ij", "i"),
    ("oo", "u"),
    ("ou", "u"),
    ("x", "h"),
    ("q", "k"),
    ("c", "k"),
    ("y", "i"),
    ("o", "u"),
    ("w", "v"),
];

fn sound(word: &str, out: &mut String) {
    let start = out.len();
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let (step, with) = SOUNDS
            .iter()
            .find(|(from, _)| rest.starts_with(from))
            .map_or((first.len_utf8(), None), |(from, to)| (from.len(), Some(*to)));
        let piece = with.unwrap_or_else(|| rest.get(..step).unwrap_or(""));
        for c in piece.chars() {
            if out.len() == start || !c.is_alphabetic() || !out.ends_with(c) {
                out.push(c);
            }
        }
        rest = rest.get(step..).unwrap_or("");
    }
    for (ending, with) in [("uv", "v"), ("ev", "v"), ("uf", "v"), ("ef", "v")] {
        if out.len() > start + ending.len() + 1 && out.ends_with(ending) {
            out.truncate(out.len() - ending.len());
            out.push_str(with);
            break;
        }
    }
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

/// Whether two kinds can be one entity.
#[must_use]
pub fn compatible(one: EntityKind, other: EntityKind) -> bool {
    class(one) == class(other)
}

/// Words in a name.
#[must_use]
pub fn words(name: &str) -> usize {
    name.split_whitespace().count()
}

/// The key of an entity's name. Products, single words of places and the like are told apart by every letter.
#[must_use]
pub fn entity_key(kind: EntityKind, name: &str) -> Key {
    let several = words(name) > 1;
    let by_sound = match kind {
        EntityKind::Person => true,
        EntityKind::Org | EntityKind::Place => several,
        _ => false,
    };
    let folded = if by_sound { loose(name, kind == EntityKind::Person) } else { fold(name).replace(' ', "") };
    let seed = class(kind) << 1 | u64::from(by_sound && several);
    xxh3_64_with_seed(folded.as_bytes(), seed)
}

/// The key of a person's last word, under which a surname finds its bearers.
#[must_use]
pub fn surname_key(name: &str) -> Key {
    entity_key(EntityKind::Person, name.split_whitespace().next_back().unwrap_or(""))
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

    #[test]
    fn transliterations_of_one_name_sound_alike() {
        for (one, other) in [
            ("Nadim Haddad", "Nadeem al-Haddad"),
            ("Ibrahim Jafari", "Ibrahim al-Jaafari"),
            ("Oleg Varenkov", "Oleg Varenkoff"),
            ("Lidia Marr", "Lidia K. Marr"),
            ("Yusuf Qadir", "Yousuf Kadir"),
            ("Han Wei-ming", "Han Weiming"),
        ] {
            assert_eq!(loose(one, true), loose(other, true), "{one} / {other}");
        }
    }

    #[test]
    fn different_names_stay_apart() {
        for (one, other) in [("Nadim Haddad", "Rana Haddad"), ("Lidia Marr", "Lidia Orr"), ("Dane Orr", "Dana Orr")] {
            assert_ne!(loose(one, true), loose(other, true), "{one} / {other}");
        }
        assert_ne!(entity_key(EntityKind::Product, "K-12"), entity_key(EntityKind::Product, "Q-12"));
    }

    #[test]
    fn a_state_is_place_and_body_but_no_person() {
        assert_eq!(entity_key(EntityKind::Place, "Meridia"), entity_key(EntityKind::Org, "Meridia"));
        assert_ne!(entity_key(EntityKind::Place, "Sarn"), entity_key(EntityKind::Person, "Sarn"));
    }
}
