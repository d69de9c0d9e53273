//! Which forms of everything that is no person name one thing: known names, spellings, acronyms, first words, heads.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use xxhash_rust::xxh3::xxh3_64;

use super::forms::{Form, Table};
use super::known;
use super::union::Union;
use super::work;
use crate::analysis::facts::EntityKind;
use crate::analysis::names;
use crate::structure::word_hash;

/// What a key leads to: one set of forms, or several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    One(u32),
    Many,
}

/// Head nouns of bodies. Alone they name a body only where the note has one such body.
const HEADS: &[&str] = &[
    "academy",
    "act",
    "administration",
    "agency",
    "agreement",
    "alliance",
    "army",
    "assembly",
    "association",
    "authority",
    "bank",
    "board",
    "bureau",
    "cabinet",
    "centre",
    "center",
    "church",
    "coalition",
    "college",
    "commission",
    "committee",
    "company",
    "conference",
    "congress",
    "constitution",
    "convention",
    "corporation",
    "council",
    "court",
    "department",
    "duma",
    "embassy",
    "federation",
    "force",
    "forces",
    "forum",
    "foundation",
    "front",
    "fund",
    "group",
    "guard",
    "guards",
    "house",
    "institute",
    "institution",
    "league",
    "mission",
    "ministry",
    "movement",
    "museum",
    "navy",
    "office",
    "organisation",
    "organization",
    "parliament",
    "party",
    "plan",
    "school",
    "senate",
    "service",
    "society",
    "summit",
    "treaty",
    "tribunal",
    "union",
    "university",
];

/// First words that only describe: alone they name nothing.
const ADJECTIVES: &[&str] = &[
    "central",
    "democratic",
    "east",
    "eastern",
    "federal",
    "first",
    "free",
    "general",
    "global",
    "great",
    "international",
    "islamic",
    "joint",
    "national",
    "new",
    "north",
    "northern",
    "people",
    "royal",
    "south",
    "southern",
    "state",
    "supreme",
    "the",
    "united",
    "west",
    "western",
    "world",
    "world's",
    "high",
    "grand",
    "old",
    "big",
];

/// Generic first words of a name that may be left out ("Cyclone Tilda" → "Tilda").
const GENERIC_FIRST: &[&str] =
    &["cyclone", "exercise", "hurricane", "lake", "mount", "operation", "river", "storm", "typhoon"];

static HEAD_WORDS: LazyLock<HashSet<u64>> = LazyLock::new(|| hashes_of(HEADS));
static ADJECTIVE_WORDS: LazyLock<HashSet<u64>> = LazyLock::new(|| hashes_of(ADJECTIVES));
static GENERIC_WORDS: LazyLock<HashSet<u64>> = LazyLock::new(|| hashes_of(GENERIC_FIRST));
static OF: LazyLock<u64> = LazyLock::new(|| word_hash("of"));

fn hashes_of(words: &[&str]) -> HashSet<u64> {
    words.iter().map(|word| word_hash(word)).collect()
}

/// The head noun of a body's name, if it is one that can stand alone: the last word, or the last before `of`.
pub(super) fn head_of(hashes: impl Iterator<Item = u64>) -> Option<u64> {
    hashes.take_while(|hash| *hash != *OF).last().filter(|hash| HEAD_WORDS.contains(hash))
}

/// Whether a word is a head noun that can stand alone for a body.
pub(super) fn is_head(hash: u64) -> bool {
    HEAD_WORDS.contains(&hash)
}

/// Longest names, in tokens, whose parts are looked at.
const LONGEST: usize = 14;

/// Joins the forms of bodies, places, works and the rest.
pub(super) fn tie(table: &Table, union: &mut Union) {
    let forms: Vec<u32> = (0..table.forms.len() as u32)
        .filter(|&n| table.forms[n as usize].kind != EntityKind::Person && !table.forms[n as usize].mentions.is_empty())
        .collect();
    by_known_name(table, &forms, union);
    by_spelling(table, &forms, union);
    by_initials(table, &forms, union);
    by_parts(table, &forms, union);
    by_cut_words(table, &forms, union);
    by_slip(table, &forms, union);
}

/// Joins the forms of a known name, and names that begin with one and go on alike ("UN envoy's office").
fn by_known_name(table: &Table, forms: &[u32], union: &mut Union) {
    let mut first: HashMap<u32, u32> = HashMap::new();
    let mut longer: HashMap<(u32, u64), u32> = HashMap::new();
    for &index in forms {
        let form = &table.forms[index as usize];
        if let Some((known, cut)) = known::prefix(&form.hashes).filter(|_| form.hashes.len() <= LONGEST) {
            let leader = *longer.entry((known.name, key(&form.hashes[cut..]))).or_insert(index);
            union.join(leader, index);
        }
        let Some(known) = form.known else { continue };
        if form.kind != known.kind && form.words == 1 && !form.acronym {
            continue;
        }
        let leader = *first.entry(known.name).or_insert(index);
        union.join(leader, index);
    }
}

/// Joins what differs by marks, transliteration or the plural of a people.
fn by_spelling(table: &Table, forms: &[u32], union: &mut Union) {
    let mut first: HashMap<(String, EntityKind), u32> = HashMap::new();
    for &index in forms {
        let form = &table.forms[index as usize];
        let key = match form.kind {
            EntityKind::Group => singular(&form.text.to_lowercase()).to_string(),
            _ if form.text.chars().count() >= 5 && !form.acronym => names::fold_key(&form.text),
            _ => continue,
        };
        if key.is_empty() {
            continue;
        }
        let leader = *first.entry((key, form.kind)).or_insert(index);
        union.join(leader, index);
    }
}

/// Peoples by their adjective: plurals lose their `s`, nouns that differ from it are led back.
fn singular(people: &str) -> &str {
    let stem = match people.strip_suffix("men").or_else(|| people.strip_suffix("man")) {
        Some(stem) if stem.ends_with("ish") || stem.ends_with("ch") => stem,
        _ => people.strip_suffix('s').filter(|stem| stem.len() >= 3 && !stem.ends_with('s')).unwrap_or(people),
    };
    match stem {
        "briton" => "british",
        "croat" => "croatian",
        "dane" => "danish",
        "finn" => "finnish",
        "filipino" | "filipina" => "philippine",
        "kurd" => "kurdish",
        "pole" => "polish",
        "scot" => "scottish",
        "serb" => "serbian",
        "shiite" | "shi'ite" | "shi'a" => "shia",
        "slovene" => "slovenian",
        "spaniard" => "spanish",
        "swede" => "swedish",
        "turk" => "turkish",
        "uighur" => "uyghur",
        other => other,
    }
}

/// Joins acronyms with the names whose initials they are.
fn by_initials(table: &Table, forms: &[u32], union: &mut Union) {
    let mut long: HashMap<String, Vec<u32>> = HashMap::new();
    for &index in forms {
        let form = &table.forms[index as usize];
        for letters in initials(&form.text, form.acronym) {
            let entry = long.entry(letters).or_default();
            if entry.len() < 4 {
                entry.push(index);
            }
        }
    }
    for &index in forms {
        let form = &table.forms[index as usize];
        let letters: String = form.text.chars().filter(|c| *c != '.').flat_map(char::to_lowercase).collect();
        let nearly = form.hashes.len() == 1 && (3..=6).contains(&letters.chars().count()) && form.text.is_ascii();
        if !form.acronym && !nearly {
            continue;
        }
        let singular = letters.strip_suffix('s').filter(|_| form.text.ends_with('s') && form.acronym);
        let Some(candidates) = long.get(&letters).or_else(|| long.get(singular?)) else { continue };
        let fits = |&&n: &&u32| {
            let other = &table.forms[n as usize];
            n != index
                && (form.acronym || (other.kind == form.kind && letters.chars().count() >= 4))
                && form.known.is_none_or(|known| other.known.is_some_and(|k| k.name == known.name))
        };
        work::did(candidates.len());
        let fitting: Vec<u32> = candidates.iter().filter(fits).copied().collect();
        if let Some(nearest) = nearest_before(table, &fitting, form) {
            union.join(nearest, index);
        }
    }
}

/// The one form, or of several the one whose first mention is the last before this form's.
fn nearest_before(table: &Table, candidates: &[u32], form: &Form) -> Option<u32> {
    let first = |n: u32| table.forms[n as usize].mentions.first().copied();
    let start = form.mentions.first().copied();
    match candidates {
        [] => None,
        [one] => Some(*one),
        many => many.iter().copied().filter(|&n| first(n) < start).max_by_key(|&n| first(n)),
    }
}

/// The letters that an acronym of a name may have, lower case.
pub(super) fn initials(name: &str, is_acronym: bool) -> Vec<String> {
    let words: Vec<&str> = name.split([' ', '-']).filter(|word| !word.is_empty()).collect();
    let mut found: Vec<String> = Vec::new();
    if words.len() == 1 {
        // `NorthStar` → NS
        let capitals: String = name.chars().filter(|c| c.is_uppercase()).collect();
        if capitals.chars().count() >= 2 && !is_acronym {
            found.push(capitals.to_lowercase());
        }
        return found;
    }
    if words.len() > LONGEST {
        return found;
    }
    let first = |word: &&str| word.chars().next().filter(|c| c.is_alphanumeric());
    let capitals = |words: &[&str]| -> String {
        words
            .iter()
            .filter_map(first)
            .filter(|c| c.is_uppercase() || c.is_numeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let every = |words: &[&str]| -> String { words.iter().filter_map(first).flat_map(char::to_lowercase).collect() };
    found.push(capitals(&words));
    found.push(every(&words));
    if words.len() > 2 {
        found.push(capitals(&words[..words.len() - 1]));
    }
    found.retain(|letters| (2..=8).contains(&letters.chars().count()));
    found.dedup();
    found
}

/// Joins first words, heads and names without their country with the full name, where the note has only one such.
fn by_parts(table: &Table, forms: &[u32], union: &mut Union) {
    let mut heads: HashMap<u64, Target> = HashMap::new();
    let mut starts: HashMap<u64, Target> = HashMap::new();
    let mut ends: HashMap<u64, Target> = HashMap::new();
    let mut generics: HashMap<u64, Target> = HashMap::new();
    for &index in forms {
        let form = &table.forms[index as usize];
        let hashes = &form.hashes;
        if hashes.len() < 2 || hashes.len() > LONGEST || form.kind == EntityKind::Group {
            continue;
        }
        let root = union.find(index);
        if form.kind != EntityKind::Place {
            for cut in 1..hashes.len() {
                note_target(&mut starts, key(&hashes[..cut]), root);
            }
            for cut in 1..hashes.len() {
                note_target(&mut ends, key(&hashes[cut..]), root);
            }
            if let Some(head) = head_of(hashes.iter().copied()) {
                note_target(&mut heads, head, root);
            }
        } else if GENERIC_WORDS.contains(&hashes[0]) {
            note_target(&mut generics, key(&hashes[1..]), root);
        }
        if form.kind == EntityKind::Event && GENERIC_WORDS.contains(&hashes[0]) {
            note_target(&mut generics, key(&hashes[1..]), root);
        }
    }
    for &index in forms {
        let form = &table.forms[index as usize];
        if form.kind == EntityKind::Group || form.hashes.len() > LONGEST || form.hashes.is_empty() {
            continue;
        }
        let whole = key(&form.hashes);
        let lone_head = form.hashes.len() == 1 && HEAD_WORDS.contains(&form.hashes[0]);
        let target = if lone_head {
            heads.get(&form.hashes[0])
        } else if form.hashes.len() == 1 && ADJECTIVE_WORDS.contains(&form.hashes[0]) {
            None
        } else {
            let start = starts
                .get(&whole)
                .filter(|_| form.kind != EntityKind::Place && (form.known.is_none() || form.words > 1));
            let end = ends.get(&whole).filter(|_| form.words >= 2);
            start.or(end).or_else(|| generics.get(&whole))
        };
        let Some(&Target::One(root)) = target else { continue };
        let long = &table.forms[root as usize];
        if union.find(index) != union.find(root) && may_shorten(form, long) {
            union.join(root, index);
        }
    }
}

/// Joins names whose words are cut: "Meri Ports" with "Meridia Ports Authority". The last word must stand whole, or the
/// cut word would be any other.
fn by_cut_words(table: &Table, forms: &[u32], union: &mut Union) {
    let mut by_second: HashMap<(u64, char), Vec<u32>> = HashMap::new();
    let initial = |form: &Form| form.text.chars().next();
    for &index in forms {
        let form = &table.forms[index as usize];
        let (Some(&second), Some(first), 2..) = (form.hashes.get(1), initial(form), form.words) else { continue };
        let entry = by_second.entry((second, first)).or_default();
        if form.kind == EntityKind::Org && form.hashes.len() > 2 && entry.len() < 4 {
            entry.push(index);
        }
    }
    for &index in forms {
        let form = &table.forms[index as usize];
        let (&[_, second], Some(first)) = (form.hashes.as_slice(), initial(form)) else { continue };
        if !matches!(form.kind, EntityKind::Org | EntityKind::Place) {
            continue;
        }
        let cut = first_word(&form.text);
        let longer = |&&long: &&u32| {
            let whole = first_word(&table.forms[long as usize].text);
            cut.len() >= 3 && cut.len() < whole.len() && whole.starts_with(cut)
        };
        let Some(candidates) = by_second.get(&(second, first)) else { continue };
        work::did(candidates.len());
        let mut long = candidates.iter().filter(longer);
        if let (Some(&long), None) = (long.next(), long.next()) {
            union.join(long, index);
        }
    }
}

fn first_word(name: &str) -> &str {
    name.split(' ').next().unwrap_or(name)
}

/// Whether the kinds allow that one form is a part of the other's name.
fn may_shorten(short: &Form, long: &Form) -> bool {
    short.kind == long.kind
        || (short.kind != EntityKind::Place && long.kind != EntityKind::Place && short.words > 1)
        || (short.kind == EntityKind::Place && short.words == 1 && long.kind == EntityKind::Event)
}

fn note_target<K: std::hash::Hash + Eq>(map: &mut HashMap<K, Target>, key: K, root: u32) {
    let entry = map.entry(key).or_insert(Target::One(root));
    if *entry != Target::One(root) {
        *entry = Target::Many;
    }
}

fn key(hashes: &[u64]) -> u64 {
    let mut bytes = [0u8; 8 * LONGEST];
    for (slot, hash) in bytes.chunks_exact_mut(8).zip(hashes) {
        slot.copy_from_slice(&hash.to_le_bytes());
    }
    xxh3_64(&bytes[..8 * hashes.len().min(LONGEST)])
}

/// Joins a form that stands once with one that stands often and differs by a slip of the keyboard.
fn by_slip(table: &Table, forms: &[u32], union: &mut Union) {
    let mut seen: HashMap<u64, u32> = HashMap::new();
    let usable = |form: &Form| {
        !form.acronym && form.kind != EntityKind::Group && (4..=24).contains(&form.text.len()) && form.text.is_ascii()
    };
    for &index in forms {
        let form = &table.forms[index as usize];
        if !usable(form) || (form.mentions.len() < 3 && form.known.is_none()) {
            continue;
        }
        each_cut(&form.text, |cut| {
            seen.entry(cut).or_insert(index);
        });
    }
    if seen.is_empty() {
        return;
    }
    for &index in forms {
        let form = &table.forms[index as usize];
        if !usable(form) || form.mentions.len() != 1 || form.known.is_some() {
            continue;
        }
        let mut found = None;
        each_cut(&form.text, |cut| found = found.or_else(|| seen.get(&cut).copied()));
        let Some(other) = found.filter(|&other| other != index) else { continue };
        if is_slip(&form.text.to_lowercase(), &table.forms[other as usize].text.to_lowercase()) {
            union.join(other, index);
        }
    }
}

/// Calls with the key of the word and of the word without each one of its letters: words one slip apart share a key.
fn each_cut(word: &str, mut call: impl FnMut(u64)) {
    let lower = word.to_ascii_lowercase();
    call(xxh3_64(lower.as_bytes()));
    let mut cut = Vec::with_capacity(lower.len());
    for at in 0..lower.len() {
        cut.clear();
        cut.extend_from_slice(&lower.as_bytes()[..at]);
        cut.extend_from_slice(&lower.as_bytes()[at + 1..]);
        call(xxh3_64(&cut));
    }
}

/// Whether the difference is a slip and no ending: `Meridia` / `Meridian` are two words.
fn is_slip(one: &str, other: &str) -> bool {
    let ending = one.starts_with(other) || other.starts_with(one);
    let last = one.chars().next_back() == other.chars().next_back();
    !ending && last && names::near(one, other)
}
