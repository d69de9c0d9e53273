//! Which forms of everything that is no person name one thing: known names, spellings, first words, heads.

use std::collections::HashMap;
use std::sync::LazyLock;

use xxhash_rust::xxh3::xxh3_64;

use super::forms::{Form, LONGEST, Table};
use super::union::Union;
use super::{acronyms, body_words, known, storms, typos};
use crate::analysis::facts::EntityKind;
use crate::analysis::names;
use crate::lexicon::names::{self as lists, kind};
use crate::lexicon::{class, classes_of};
use crate::text::HashedMap;
use crate::text::word_hash;

/// The forms that a key leads to: one set of forms, or several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    One(u32),
    Many,
}

static OF: LazyLock<u64> = LazyLock::new(|| word_hash("of"));
/// The halves of divided countries, each with the other.
static HALVES: LazyLock<[(u64, u64); 4]> = LazyLock::new(|| {
    [("north", "south"), ("south", "north"), ("east", "west"), ("west", "east")]
        .map(|(half, other)| (word_hash(half), word_hash(other)))
});

/// The factor by which a body must be named more often than all others with its head together, to be "the University".
const DOMINANCE: usize = 4;

/// Joins the forms of bodies, places, works and the rest.
pub(super) fn tie(table: &Table, union: &mut Union) {
    let forms: Vec<u32> = (0..table.forms.len() as u32)
        .filter(|&n| table.forms[n as usize].kind != EntityKind::Person && !table.forms[n as usize].mentions.is_empty())
        .collect();
    by_known_name(table, &forms, union);
    by_spelling(table, &forms, union);
    acronyms::tie(table, &forms, union);
    storms::tie(table, &forms, union);
    by_parts(table, &forms, union);
    halves(table, &forms, union);
    typos::tie(table, &forms, union);
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

/// Joins first words, heads and names without their country with the full name, where the note has only one such.
fn by_parts(table: &Table, forms: &[u32], union: &mut Union) {
    let mut heads: HashedMap<Vec<u32>> = HashedMap::default();
    let mut objects: HashedMap<Target> = HashedMap::default();
    let mut starts: HashedMap<Target> = HashedMap::default();
    let mut ends: HashedMap<Target> = HashedMap::default();
    let mut generics: HashedMap<Target> = HashedMap::default();
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
            if let Some(head) = body_words::head_of(without_number(form).iter().copied()) {
                heads.entry(head).or_default().push(index);
            }
            if let Some(object) = object_of(form) {
                note_target(&mut objects, object, root);
            }
        } else if classes_of(hashes[0]).has(class::GENERIC_FIRST) {
            note_target(&mut generics, key(&hashes[1..]), root);
        }
        if form.kind == EntityKind::Event && classes_of(hashes[0]).has(class::GENERIC_FIRST) {
            note_target(&mut generics, key(&hashes[1..]), root);
        }
    }
    let mut sizes: HashMap<u32, usize> = HashMap::new();
    for &index in forms.iter().filter(|_| !heads.is_empty()) {
        *sizes.entry(union.find(index)).or_default() += table.forms[index as usize].mentions.len();
    }
    for &index in forms {
        let form = &table.forms[index as usize];
        if form.kind == EntityKind::Group || form.hashes.len() > LONGEST || form.hashes.is_empty() {
            continue;
        }
        let whole = key(&form.hashes);
        let lone_head = form.hashes.len() == 1 && body_words::is_head(form.hashes[0]);
        let target = if lone_head {
            heads.get(&form.hashes[0]).and_then(|bodies| leading(bodies, &sizes, union)).map(Target::One)
        } else if form.hashes.len() == 1 && body_words::is_opener(form.hashes[0]) {
            None
        } else {
            let start = starts
                .get(&whole)
                .filter(|_| form.kind != EntityKind::Place && (form.known.is_none() || form.words > 1));
            let end = ends.get(&whole).filter(|_| form.words >= 2);
            let object = objects.get(&form.hashes[0]).filter(|_| stands_for_body(form));
            start.or(end).or_else(|| generics.get(&whole)).or(object).copied()
        };
        let Some(Target::One(root)) = target else { continue };
        let long = &table.forms[root as usize];
        if union.find(index) != union.find(root) && may_shorten(form, long) {
            union.join(root, index);
        }
    }
}

/// The body that a head alone names: the only one with it, or the one that the note names far more often than all
/// others together.
fn leading(bodies: &[u32], sizes: &HashMap<u32, usize>, union: &mut Union) -> Option<u32> {
    let mut roots: Vec<u32> = bodies.iter().map(|&body| union.find(body)).collect();
    roots.sort_unstable();
    roots.dedup();
    let size = |root: &u32| sizes.get(root).copied().unwrap_or(0);
    let all: usize = roots.iter().map(size).sum();
    let root = roots.into_iter().max_by_key(|root| (size(root), std::cmp::Reverse(*root)))?;
    let others = all - size(&root);
    (size(&root) >= DOMINANCE * others).then_some(root)
}

/// The word after `of` that ends the name of a body: "Order of Sunwatch" is "Sunwatch" too.
fn object_of(form: &Form) -> Option<u64> {
    match form.hashes.as_slice() {
        [_, .., of, object] if *of == *OF && form.kind == EntityKind::Org => Some(*object),
        _ => None,
    }
}

/// Tells if a single word names a body and can be nothing else: no place, no known name, no word of the language.
fn stands_for_body(form: &Form) -> bool {
    form.kind == EntityKind::Org
        && form.hashes.len() == 1
        && form.known.is_none()
        && !form.acronym
        && !lists::kinds_of(&form.text).has(kind::ANY_PLACE.or(kind::COMMON))
}

/// "The North" beside North and South Meridia is North Meridia.
fn halves(table: &Table, forms: &[u32], union: &mut Union) {
    let direction = |hash: u64| HALVES.iter().find(|(half, _)| *half == hash).map(|(_, other)| *other);
    let mut countries: HashMap<(u64, u64), u32> = HashMap::new();
    for &index in forms {
        let form = &table.forms[index as usize];
        if let (&[half, rest], EntityKind::Place | EntityKind::Org) = (form.hashes.as_slice(), form.kind)
            && direction(half).is_some()
        {
            countries.entry((half, rest)).or_insert(index);
        }
    }
    let mut whole: HashedMap<Target> = HashedMap::default();
    for (&(half, rest), &index) in &countries {
        if direction(half).is_some_and(|other| countries.contains_key(&(other, rest))) {
            note_target(&mut whole, half, index);
        }
    }
    for &index in forms {
        let form = &table.forms[index as usize];
        if let (&[half], Some(Target::One(country))) =
            (form.hashes.as_slice(), form.hashes.first().and_then(|h| whole.get(h)))
            && direction(half).is_some()
        {
            union.join(*country, index);
        }
    }
}

/// The tokens of a name without a number at its end: a house number of an address ("Sarn State University 12"), or the
/// number of a body ("Committee 4"), is not its head.
fn without_number(form: &Form) -> &[u64] {
    let last = form.text.rsplit(' ').next().unwrap_or_default();
    let numbered = !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit());
    let kept = form.hashes.len() - usize::from(numbered && form.hashes.len() > 1);
    form.hashes.get(..kept).unwrap_or(&form.hashes)
}

/// Tells if the kinds allow that one form is a part of the other's name.
fn may_shorten(short: &Form, long: &Form) -> bool {
    short.kind == long.kind
        || (short.kind != EntityKind::Place && long.kind != EntityKind::Place && short.words > 1)
        || (short.kind == EntityKind::Place && short.words == 1 && long.kind == EntityKind::Event)
}

fn note_target(map: &mut HashedMap<Target>, key: u64, root: u32) {
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
