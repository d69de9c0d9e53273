//! The parts of a person's name: title, given name, family name with its particles, suffix.

use crate::lexicon::written::{self, forms_of};
use smallvec::SmallVec;

use super::syllables::{is_korean, is_pinyin};
use crate::lexicon::{Classes, class, classes_of_small, classes_of_word};

/// Which part of a person's name comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameOrder {
    /// One word only: which part it is, nobody knows.
    Single,
    /// `Lidia Marr`: later `Marr`.
    GivenFirst,
    /// `Han Weiming`: later `Han`.
    FamilyFirst,
    /// `Tran Van Minh`: the family name comes first, but later mentions use the last word.
    Vietnamese,
}

/// The parts of a person's name, each a slice of it; a part that is absent is empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonName<'n> {
    /// `Mr`, `Lt. Gen.`: what stands before the name proper.
    pub title: &'n str,
    /// Given names and initials.
    pub given: &'n str,
    /// Family name with its particles (`al-Haddad`, `van der Meer`); of a single word, that word.
    pub family: &'n str,
    /// `Jr.`, `III`.
    pub suffix: &'n str,
    /// Which part comes first.
    pub order: NameOrder,
}

impl<'n> PersonName<'n> {
    /// The word or words by which a text goes on to name the person.
    #[must_use]
    pub fn short(&self) -> &'n str {
        match self.order {
            NameOrder::Vietnamese => self.given.rsplit(char::is_whitespace).next().unwrap_or(self.given),
            _ => self.family,
        }
    }
}

/// Tells if a word (without its point, any case) is a title, rank or honorific that can stand before a name.
#[must_use]
pub fn is_honorific(word: &str) -> bool {
    listed(class::HONORIFIC, word)
}

/// Tells if a word (any case) is a Chinese or Korean family name, as Pinyin, Hong Kong or Korea spell them.
#[must_use]
pub fn is_eastern_family(word: &str) -> bool {
    listed(class::CHINESE_FAMILY.or(class::KOREAN_FAMILY).or(class::CANTONESE_FAMILY), word)
}

/// Tells if a word (any case) can be one syllable of a Chinese or Korean given name.
#[must_use]
pub fn is_syllable(word: &str) -> bool {
    let vowel = |b: u8| matches!(b.to_ascii_lowercase(), b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    let groups = word.as_bytes().chunk_by(|one, other| vowel(*one) == vowel(*other));
    (1..=6).contains(&word.len())
        && word.bytes().all(|b| b.is_ascii_alphabetic())
        && groups.filter(|group| group.first().is_some_and(|b| vowel(*b))).count() <= 2
        && !classes_of_small(word).has(class::NO_SYLLABLE)
}

/// Tells if a word is a particle that belongs to the family name after it (`van`, `bin`, `al`).
#[must_use]
pub fn is_particle(word: &str) -> bool {
    listed(class::FAMILY_PARTICLE, word)
}

/// Tells if a word is a suffix after a name (`Jr.`, `III`).
#[must_use]
pub fn is_suffix(word: &str) -> bool {
    listed(class::NAME_SUFFIX, word) || forms_of(word.trim_end_matches(['.', ','])).has(written::REGNAL)
}

fn listed(classes: Classes, word: &str) -> bool {
    let word = word.trim_matches(|c: char| matches!(c, '.' | ',' | '(' | ')'));
    !word.is_empty() && word.len() <= 12 && classes_of_word(word).has(classes)
}

/// Splits a person's name into its parts. Any text has parts; what cannot be told goes to the family name.
#[must_use]
pub fn split_person(name: &str) -> PersonName<'_> {
    let words = word_spans(name);
    let mut first = 0;
    while first + 1 < words.len() && is_honorific(slice(name, &words, first, first + 1)) {
        first += 1;
    }
    let mut end = words.len();
    while end > first + 1 && is_suffix(slice(name, &words, end - 1, end)) {
        end -= 1;
    }
    let (split, order) = order_of(name, &words[first..end]);
    let title = slice(name, &words, 0, first);
    let suffix = slice(name, &words, end, words.len());
    let head = slice(name, &words, first, first + split).trim_end_matches(',');
    let tail = slice(name, &words, first + split, end).trim_end_matches(',');
    let (given, family) = match order {
        NameOrder::FamilyFirst | NameOrder::Vietnamese => (tail, head),
        NameOrder::Single | NameOrder::GivenFirst => (head, tail),
    };
    PersonName { title, given, family, suffix, order }
}

/// The begin of the second part, and which part that is.
fn order_of(name: &str, words: &[(usize, usize)]) -> (usize, NameOrder) {
    let count = words.len();
    if count <= 1 {
        return (0, NameOrder::Single);
    }
    let word = |index: usize| slice(name, words, index, index + 1);
    if is_particle(word(0)) && word(0).starts_with(char::is_lowercase) && count <= 3 {
        return (0, NameOrder::Single); // bin Salman, van der Meer: a family name alone
    }
    // `HAN Weiming`, `Lidia MARR`: capitals mark the family name, wherever it stands.
    if count <= 3 && is_shouted(word(0)) && !(1..count).any(|n| is_shouted(word(n))) {
        return (1, NameOrder::FamilyFirst);
    }
    if word(0).ends_with(',') {
        return (1, NameOrder::FamilyFirst); // Marr, Lidia
    }
    let first = |family: Classes| classes_of_word(word(0)).has(family);
    let given = |holds: fn(&str) -> bool| (1..count).all(|n| holds(&word(n).to_lowercase()));
    if count <= 3 && first(class::CHINESE_FAMILY) && given(is_pinyin) {
        return (1, NameOrder::FamilyFirst);
    }
    let long = || count == 3 || word(1).to_lowercase().len() > 3;
    if count <= 3 && first(class::KOREAN_FAMILY) && long() && given(is_korean) {
        return (1, NameOrder::FamilyFirst);
    }
    if (3..=4).contains(&count) && first(class::VIETNAMESE_FAMILY) && given(|w| w.chars().count() <= 6) {
        return (1, NameOrder::Vietnamese);
    }
    let mut split = count - 1;
    while split > 1 && is_particle(word(split - 1)) {
        split -= if split > 2 && word(split - 1).eq_ignore_ascii_case("y") { 2 } else { 1 };
    }
    (split, NameOrder::GivenFirst)
}

fn is_shouted(word: &str) -> bool {
    word.chars().filter(|c| c.is_alphabetic()).count() >= 2
        && word.chars().all(|c| !c.is_alphabetic() || c.is_uppercase())
        && !word.contains('.')
}

fn word_spans(name: &str) -> SmallVec<[(usize, usize); 6]> {
    let mut spans = SmallVec::new();
    let mut start = None;
    for (at, c) in name.char_indices() {
        if c.is_whitespace() {
            if let Some(from) = start.take() {
                spans.push((from, at));
            }
        } else if start.is_none() {
            start = Some(at);
        }
    }
    spans.extend(start.map(|from| (from, name.len())));
    spans
}

/// The text from word `from` up to word `to`.
fn slice<'n>(name: &'n str, words: &[(usize, usize)], from: usize, to: usize) -> &'n str {
    match (words.get(from), to.checked_sub(1).and_then(|last| words.get(last))) {
        (Some(a), Some(b)) if from < to => name.get(a.0..b.1).unwrap_or(""),
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(name: &str) -> (&str, &str, &str, &str) {
        let n = split_person(name);
        (n.title, n.given, n.family, n.suffix)
    }

    #[test]
    fn western_names_end_with_the_family() {
        assert_eq!(parts("Lidia Marr"), ("", "Lidia", "Marr", ""));
        assert_eq!(parts("Dr. John J. Pell Jr."), ("Dr.", "John J.", "Pell", "Jr."));
        assert_eq!(parts("Lt. Gen. Ada van der Meer"), ("Lt. Gen.", "Ada", "van der Meer", ""));
        assert_eq!(parts("Nadim al-Haddad"), ("", "Nadim", "al-Haddad", ""));
        assert_eq!(parts("Abu Karim al-Haddad"), ("", "Abu Karim", "al-Haddad", ""));
        assert_eq!(parts("Faisal bin Nadim Al Haddad"), ("", "Faisal bin Nadim", "Al Haddad", ""));
        assert_eq!(parts("Marr"), ("", "", "Marr", ""));
        assert_eq!(parts("Orvan III"), ("", "", "Orvan", "III"));
        assert_eq!(parts("Marr, Lidia"), ("", "Lidia", "Marr", ""));
        assert_eq!(parts("Kim Campbell").2, "Campbell");
        assert_eq!(parts("Lee Miller").2, "Miller");
    }

    #[test]
    fn some_cultures_put_the_family_first() {
        assert_eq!(parts("Han Weiming"), ("", "Weiming", "Han", ""));
        assert_eq!(parts("Park Sung-min"), ("", "Sung-min", "Park", ""));
        assert_eq!(parts("Kim Jung Ho"), ("", "Jung Ho", "Kim", ""));
        assert_eq!(parts("MARR Lidia"), ("", "Lidia", "MARR", ""));
        let tran = split_person("Tran Van Minh");
        assert_eq!((tran.family, tran.short()), ("Tran", "Minh"));
        assert_eq!(split_person("Han Weiming").short(), "Han");
    }

    #[test]
    fn any_text_has_parts() {
        for odd in ["", " ", "Mr", "A", "Mr. Mr. Mr.", "III", "الياس", "王毅", "y y y y", "al al al", ", ,", "van der"]
        {
            let _ = split_person(odd).short();
        }
        assert_eq!(parts("Mr"), ("", "", "Mr", ""));
    }
}
