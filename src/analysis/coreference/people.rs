//! Which mentions of persons are one person: full names by their parts, short ones by who was named before.

use std::collections::HashMap;

use super::body_words;
use super::context::{Gender, LeftContext};
use super::forms::{Form, NONE, Table};
use super::storms;
use super::union::Union;
use super::work;
use crate::analysis::facts::{EntityKind, Mention};
use crate::analysis::names::{self, NameOrder};
use crate::structure::Note;

/// The group of each mention.
#[derive(Clone, Debug, Default)]
pub(super) struct Groups {
    /// The group of each mention, or [`NONE`].
    pub(super) of: Vec<u32>,
    /// The number of groups.
    pub(super) count: u32,
}

/// Most persons that are weighed for one short name; the rest of a crowd with one surname keeps to itself.
const CROWD: usize = 24;

/// One word of a name, with its spelling key.
#[derive(Clone, Debug, Default)]
struct Word {
    plain: String,
    folded: String,
}

impl Word {
    fn new(word: &str) -> Self {
        Self { plain: names::plain_word(word), folded: names::fold_word(word) }
    }

    /// The words of a part of a name that have letters.
    fn all(part: &str) -> Vec<Word> {
        part.split(' ').map(Word::new).filter(|word| !word.plain.is_empty()).collect()
    }
}

/// A person of the note.
#[derive(Clone, Debug, Default)]
struct Person {
    group: u32,
    given: Vec<Word>,
    family: Word,
    suffix: String,
    gender: Option<Gender>,
    /// First mention, by index.
    first: u32,
    /// Last mention seen so far, and the item that it stood in.
    last: Option<(u32, u32)>,
}

/// Persons by the words that name them.
#[derive(Clone, Debug, Default)]
struct Register {
    people: Vec<Person>,
    by_whole: HashMap<String, u32>,
    by_sorted: HashMap<String, u32>,
    /// By family name or other word that later mentions use, plain.
    by_short: HashMap<String, Vec<u32>>,
    /// The same by spelling key.
    by_folded: HashMap<String, Vec<u32>>,
    by_given: HashMap<String, Vec<u32>>,
    /// By surname with one letter left out, for typing errors.
    by_slip: HashMap<String, Vec<u32>>,
    /// The person of each full form.
    of_form: HashMap<u32, u32>,
}

/// Makes persons of single words that recognition took for something else, where the note has a full name with that
/// surname and nothing speaks for the other reading.
pub(super) fn take_in_strays(table: &mut Table) {
    let mut families: HashMap<String, ()> = HashMap::new();
    let mut first_words: HashMap<u64, ()> = HashMap::new();
    let mut named_storms: HashMap<u64, ()> = HashMap::new();
    for form in &table.forms {
        named_storms.extend(storms::name_of(form).map(|name| (name, ())));
        if form.kind == EntityKind::Person {
            let parts = names::split_person(&form.text);
            if parts.order != NameOrder::Single {
                families.insert(names::plain_word(last_word(parts.short())), ());
            }
        } else if form.words > 1 && form.kind == EntityKind::Org {
            first_words.extend(form.hashes.first().map(|hash| (*hash, ())));
        }
    }
    for index in 0..table.forms.len() as u32 {
        let form = &mut table.forms[index as usize];
        if form.kind == EntityKind::Person
            && form.titled == 0
            && form.hashes.len() == 1
            && body_words::is_head(form.hashes[0])
        {
            form.kind = EntityKind::Org;
            continue;
        }
        if form.words != 1
            || matches!(form.kind, EntityKind::Person | EntityKind::Group)
            || form.known.is_some()
            || (form.acronym && form.writings.len() == 1)
            || form.mentions.is_empty()
            || !families.contains_key(&names::plain_word(&form.text))
        {
            continue;
        }
        let elsewhere = match form.kind {
            EntityKind::Place => form.located > 0,
            EntityKind::Event => form.hashes.first().is_some_and(|hash| named_storms.contains_key(hash)),
            EntityKind::Org => form.hashes.first().is_some_and(|hash| first_words.contains_key(hash)),
            _ => false,
        };
        if !elsewhere {
            form.kind = EntityKind::Person;
        }
    }
}

fn last_word(name: &str) -> &str {
    name.rsplit(' ').next().unwrap_or(name)
}

/// Groups all mentions: persons one by one in order, all else by its form.
pub(super) fn tie(
    note: &Note,
    mentions: &[Mention],
    contexts: &[LeftContext],
    table: &Table,
    mut union: Union,
) -> Groups {
    let mut groups = Groups { of: vec![NONE; mentions.len()], count: 0 };
    let mut of_root: HashMap<u32, u32> = HashMap::new();
    let mut register = Register::default();
    for (index, form) in (0u32..).zip(&table.forms) {
        if form.kind == EntityKind::Person && !form.mentions.is_empty() {
            let group = group_of(&mut union, &mut of_root, &mut groups, index);
            register.take_full(index, form, gender_of(form, contexts), group);
        }
    }
    for index in 0..mentions.len() {
        let form_index = table.of[index];
        let Some(form) = table.forms.get(form_index as usize) else { continue };
        if form.kind != EntityKind::Person {
            groups.of[index] = group_of(&mut union, &mut of_root, &mut groups, form_index);
            continue;
        }
        let item = item_of(note, &mentions[index]);
        let person = match register.of_form.get(&form_index) {
            Some(&person) => person,
            None => {
                let root = union.find(form_index);
                let tied = (root != form_index).then(|| register.of_form.get(&root).copied()).flatten();
                tied.unwrap_or_else(|| register.resolve(form, contexts[index], index as u32, item, &mut groups))
            }
        };
        register.saw(person, index as u32, item, contexts[index].gender);
        groups.of[index] = register.people[person as usize].group;
    }
    groups
}

fn group_of(union: &mut Union, of_root: &mut HashMap<u32, u32>, groups: &mut Groups, form: u32) -> u32 {
    *of_root.entry(union.find(form)).or_insert_with(|| groups.new_group())
}

impl Groups {
    fn new_group(&mut self) -> u32 {
        self.count += 1;
        self.count - 1
    }
}

fn gender_of(form: &Form, contexts: &[LeftContext]) -> Option<Gender> {
    form.mentions.iter().find_map(|&mention| contexts.get(mention as usize)?.gender)
}

fn item_of(note: &Note, mention: &Mention) -> u32 {
    let sentence = note.sentences.get(mention.sentence as usize);
    sentence.and_then(|s| note.blocks.get(s.block as usize)).map_or(0, |block| block.item)
}

impl Register {
    /// Enters a full name, as a new person or as another form of one.
    fn take_full(&mut self, index: u32, form: &Form, gender: Option<Gender>, group: u32) {
        let parts = names::split_person(&form.text);
        if parts.order == NameOrder::Single {
            return;
        }
        let given = Word::all(parts.given);
        let family = Word::all(parts.family);
        let candidate = Person {
            group,
            given,
            family: family.last().cloned().unwrap_or_default(),
            suffix: names::plain_word(parts.suffix),
            gender,
            first: form.mentions.first().copied().unwrap_or(0),
            last: None,
        };
        let whole = names::fold_key(&form.text);
        let mut words: Vec<&str> = whole.split(' ').collect();
        words.sort_unstable();
        let sorted = words.join(" ");
        let found = self.find_full(&candidate, &whole, &sorted);
        let person = found.unwrap_or_else(|| {
            self.people.push(candidate.clone());
            self.people.len() as u32 - 1
        });
        self.of_form.insert(index, person);
        self.by_whole.entry(whole).or_insert(person);
        self.by_sorted.entry(sorted).or_insert(person);
        let known = &mut self.people[person as usize];
        if known.given.len() < candidate.given.len() {
            known.given.clone_from(&candidate.given);
        }
        known.gender = known.gender.or(gender);
        known.first = known.first.min(candidate.first);
        self.enter(person, &candidate, names::plain_word(last_word(parts.short())));
        if family.len() > 1 {
            let whole: Vec<&str> = family.iter().map(|word| word.plain.as_str()).collect();
            enter(&mut self.by_short, whole.join(" "), person);
        }
    }

    /// Enters the words by which a text may go on to name the person.
    fn enter(&mut self, person: u32, parts: &Person, short: String) {
        for given in parts.given.iter().map(|word| &word.plain).filter(|given| given.chars().count() > 1) {
            enter(&mut self.by_given, given.clone(), person);
        }
        if parts.family.plain != short {
            enter(&mut self.by_given, parts.family.plain.clone(), person);
        }
        self.enter_short(person, short);
    }

    fn enter_short(&mut self, person: u32, short: String) {
        let folded = names::fold_word(&short);
        if (6..=20).contains(&folded.len()) && folded.is_ascii() {
            for at in 1..folded.len() {
                enter(&mut self.by_slip, [&folded[..at], &folded[at + 1..]].concat(), person);
            }
            enter(&mut self.by_slip, folded.clone(), person);
        }
        enter(&mut self.by_folded, folded, person);
        enter(&mut self.by_short, short, person);
    }

    fn find_full(&self, new: &Person, whole: &str, sorted: &str) -> Option<u32> {
        let fits = |&&n: &&u32| self.people.get(n as usize).is_some_and(|old| compatible(old, new));
        let exact = self.by_whole.get(whole).or_else(|| self.by_sorted.get(sorted));
        let same = |n: &u32| self.people.get(*n as usize).is_some_and(|old| !conflicting(old, new));
        if let Some(&person) = exact.filter(|n| same(n)) {
            return Some(person);
        }
        let empty = Vec::new();
        let by_family = self.by_short.get(&new.family.plain).unwrap_or(&empty);
        work::did(by_family.len());
        if let Some(&person) = by_family.iter().find(fits) {
            return Some(person);
        }
        let folded = &new.family.folded;
        let by_spelling = self.by_folded.get(folded).filter(|_| folded.len() >= 5).unwrap_or(&empty);
        work::did(by_spelling.len());
        if let Some(&person) = by_spelling.iter().find(fits) {
            return Some(person);
        }
        // One given name, surnames that differ by a typing error.
        let given = new.given.first().map(|word| &word.plain).filter(|given| given.chars().count() > 2)?;
        let near = |&&n: &&u32| {
            let old = &self.people[n as usize];
            !conflicting(old, new)
                && old.given.first().is_some_and(|word| word.plain == *given)
                && folded.len() >= 6
                && !is_plural_pair(&old.family.plain, &new.family.plain)
                && names::near(&old.family.folded, folded)
        };
        let by_given = self.by_given.get(given).unwrap_or(&empty);
        work::did(by_given.len());
        by_given.iter().find(near).copied()
    }

    /// The person that a short name stands for at this place.
    fn resolve(&mut self, form: &Form, context: LeftContext, mention: u32, item: u32, groups: &mut Groups) -> u32 {
        let parts = names::split_person(&form.text);
        let suffix = names::plain_word(parts.suffix);
        let words: Vec<String> = parts.family.split(' ').map(names::plain_word).filter(|w| !w.is_empty()).collect();
        let word = words.join(" ");
        let last = words.last().cloned().unwrap_or_default();
        let fits = |n: &u32| {
            let person = &self.people[*n as usize];
            !matches!((person.gender, context.gender), (Some(a), Some(b)) if a != b)
                && (suffix.is_empty() || person.suffix.is_empty() || suffix == person.suffix)
        };
        let list = |map: &HashMap<String, Vec<u32>>, key: &str| -> Vec<u32> {
            let people = map.get(key).map_or(&[][..], Vec::as_slice);
            work::did(people.len());
            people.iter().copied().filter(|n| fits(n)).collect()
        };
        let mut found = list(&self.by_short, &word);
        let folded = names::fold_word(&last);
        if found.is_empty() && words.len() > 1 {
            found = list(&self.by_short, &last);
        }
        if found.is_empty() && context.article && self.is_plural(&word) {
            let family =
                Person { family: Word::new(&word), gender: context.gender, first: mention, ..Person::default() };
            return self.new_person(String::new(), family, groups);
        }
        if found.is_empty() && folded.len() >= 5 {
            found = list(&self.by_folded, &folded);
        }
        if found.is_empty() {
            let given = list(&self.by_given, &word);
            found = if given.len() == 1 { given } else { Vec::new() };
        }
        if found.is_empty() && folded.len() >= 6 && folded.is_ascii() {
            found = self.misspelled(&folded).into_iter().filter(|n| fits(n)).collect();
        }
        match self.choose(&found, context, mention, item) {
            Some(person) => {
                if let Some(known) = self.people.get_mut(person as usize).filter(|known| known.suffix.is_empty()) {
                    known.suffix = suffix;
                }
                person
            }
            None => {
                let family = Word::new(&last);
                let person = Person { family, suffix, gender: context.gender, first: mention, ..Person::default() };
                self.new_person(last, person, groups)
            }
        }
    }

    fn misspelled(&self, folded: &str) -> Vec<u32> {
        let mut keys = vec![folded.to_string()];
        keys.extend((1..folded.len()).map(|at| [&folded[..at], &folded[at + 1..]].concat()));
        let mut found: Vec<u32> = keys.iter().filter_map(|key| self.by_slip.get(key)).flatten().copied().collect();
        work::did(found.len());
        found.sort_unstable();
        found.dedup();
        found.retain(|&n| {
            let family = &self.people[n as usize].family.folded;
            !is_plural_pair(family, folded) && names::near(family, folded)
        });
        if found.len() > 1 { Vec::new() } else { found }
    }

    fn is_plural(&self, word: &str) -> bool {
        let stem =
            word.strip_suffix("es").filter(|stem| self.by_short.contains_key(*stem)).or_else(|| word.strip_suffix('s'));
        stem.is_some_and(|stem| self.by_short.contains_key(stem))
    }

    /// Of several with one surname: whom the title fits, in this item, named last; else whoever comes first after.
    fn choose(&self, found: &[u32], context: LeftContext, mention: u32, item: u32) -> Option<u32> {
        if let [one] = found {
            return Some(*one);
        }
        let sure = |n: u32| context.gender.is_some() && self.people[n as usize].gender == context.gender;
        let seen = |n: u32| self.people[n as usize].last.map(|(at, in_item)| (sure(n), in_item == item, at));
        let before = found.iter().copied().filter(|&n| seen(n).is_some()).max_by_key(|&n| seen(n));
        before.or_else(|| {
            let after = found.iter().copied().filter(|&n| self.people[n as usize].first >= mention);
            after.min_by_key(|&n| (!sure(n), self.people[n as usize].first))
        })
    }

    /// Enters somebody known by one word only; without a short form, only the same plural names him again.
    fn new_person(&mut self, short: String, person: Person, groups: &mut Groups) -> u32 {
        let index = self.people.len() as u32;
        let family = person.family.plain.clone();
        self.people.push(Person { group: groups.new_group(), ..person });
        if short.is_empty() {
            enter(&mut self.by_short, family, index);
        } else {
            self.enter_short(index, short);
        }
        index
    }

    fn saw(&mut self, person: u32, mention: u32, item: u32, gender: Option<Gender>) {
        if let Some(person) = self.people.get_mut(person as usize) {
            person.last = Some((mention, item));
            person.gender = person.gender.or(gender);
        }
    }
}

fn enter(map: &mut HashMap<String, Vec<u32>>, key: String, person: u32) {
    let people = map.entry(key).or_default();
    work::did(people.len());
    if people.len() < CROWD && !people.contains(&person) {
        people.push(person);
    }
}

fn is_plural_pair(one: &str, other: &str) -> bool {
    one.strip_suffix('s') == Some(other) || other.strip_suffix('s') == Some(one)
}

/// True if title or suffix say that these are two.
fn conflicting(old: &Person, new: &Person) -> bool {
    matches!((old.gender, new.gender), (Some(a), Some(b)) if a != b)
        || (!old.suffix.is_empty() && !new.suffix.is_empty() && old.suffix != new.suffix)
}

/// True if two names with one family name may be one person: one's given names are the other's, or some of them, or
/// their initials or short forms.
fn compatible(old: &Person, new: &Person) -> bool {
    if conflicting(old, new) || old.family.folded != new.family.folded {
        return false;
    }
    let (short, long) =
        if old.given.len() <= new.given.len() { (&old.given, &new.given) } else { (&new.given, &old.given) };
    let Some(first) = short.first() else { return true };
    // In order, each of the fewer names must be found among the more.
    let mut rest = long.iter();
    let all = short.iter().all(|name| rest.any(|other| same_given(name, other)));
    all && (long.first().is_some_and(|other| same_given(first, other)) || first.plain.chars().count() > 1)
}

fn same_given(one: &Word, other: &Word) -> bool {
    let (short, long) = if one.plain.len() <= other.plain.len() { (one, other) } else { (other, one) };
    if short.plain == long.plain {
        return true;
    }
    let length = short.plain.chars().count();
    // J. for Jon, Dan for Daniel, Bill for William; and spellings of one name.
    (length == 1 || length >= 3) && long.plain.starts_with(&short.plain)
        || (length >= 4 && one.folded == other.folded)
        || (length >= 6 && names::near(&one.plain, &other.plain))
        || names::is_short_for(&short.plain, &long.plain)
        || names::is_short_for(&long.plain, &short.plain)
}
