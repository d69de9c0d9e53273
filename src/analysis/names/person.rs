//! The parts of a person's name: title, given name, family name with its particles, suffix.

use smallvec::SmallVec;

use super::syllables::{is_korean, is_pinyin};

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

const HONORIFICS: &[&str] = &[
    "adm",
    "admiral",
    "archbishop",
    "ayatollah",
    "baron",
    "baroness",
    "bishop",
    "brig",
    "brigadier",
    "brother",
    "capt",
    "captain",
    "cardinal",
    "chairman",
    "cmdr",
    "col",
    "colonel",
    "comrade",
    "cpl",
    "dame",
    "dr",
    "duke",
    "emir",
    "emperor",
    "father",
    "frau",
    "gen",
    "general",
    "haji",
    "hajji",
    "herr",
    "imam",
    "king",
    "lady",
    "lieutenant",
    "lord",
    "lt",
    "madam",
    "madame",
    "maj",
    "major",
    "maulana",
    "miss",
    "mme",
    "monsieur",
    "mr",
    "mrs",
    "ms",
    "mufti",
    "mullah",
    "mx",
    "patriarch",
    "pope",
    "prince",
    "princess",
    "prof",
    "professor",
    "pvt",
    "queen",
    "rabbi",
    "rep",
    "rev",
    "reverend",
    "sayyid",
    "sen",
    "senator",
    "señor",
    "señora",
    "sgt",
    "shaikh",
    "sheik",
    "sheikh",
    "sir",
    "sister",
    "sultan",
];

const PARTICLES: &[&str] = &[
    "abd", "abdul", "abu", "af", "al", "ap", "av", "bar", "ben", "bin", "bint", "da", "de", "del", "della", "den",
    "der", "di", "do", "dos", "du", "el", "ibn", "la", "le", "ten", "ter", "umm", "van", "von", "y", "zu",
];

const SUFFIXES: &[&str] = &[
    "esq", "ii", "iii", "iv", "jr", "junior", "kc", "mbe", "md", "obe", "phd", "qc", "raf", "ret", "sr", "usaf",
    "usmc", "usn",
];

/// Family names that come first. Sorted.
const CHINESE: &[&str] = &[
    "bai", "cai", "cao", "chen", "cheng", "cui", "dai", "deng", "ding", "dong", "du", "duan", "fan", "fang", "feng",
    "fu", "gao", "gong", "gu", "guo", "han", "hao", "he", "hong", "hou", "hu", "huang", "jia", "jiang", "kong", "lei",
    "li", "liang", "liao", "lin", "liu", "long", "lu", "luo", "lü", "ma", "mao", "meng", "mo", "ouyang", "pan", "peng",
    "qi", "qian", "qin", "qiu", "ren", "shao", "shen", "shi", "sima", "song", "su", "sun", "tan", "tang", "tao",
    "tian", "wan", "wang", "wei", "wen", "wu", "xi", "xia", "xiao", "xie", "xiong", "xu", "xue", "yan", "yang", "yao",
    "ye", "yin", "yu", "yuan", "zeng", "zhang", "zhao", "zheng", "zhong", "zhou", "zhu", "zou",
];
const CANTONESE: &[&str] = &[
    "au", "chan", "cheng", "cheung", "ching", "chow", "choy", "chu", "chui", "chung", "fong", "fung", "ho", "hui",
    "ip", "ko", "kwan", "kwok", "kwong", "lai", "lam", "lau", "law", "leung", "li", "lo", "lui", "luk", "mak", "man",
    "mok", "ng", "pang", "poon", "shek", "shum", "sin", "siu", "so", "sze", "szeto", "tam", "tang", "tik", "to",
    "tong", "tsang", "tse", "tso", "tsui", "tung", "wan", "wong", "wu", "yau", "yeung", "yim", "yip", "yiu", "yu",
    "yuen",
];
const KOREAN: &[&str] = &[
    "ahn", "bae", "ban", "cho", "choe", "choi", "chun", "chung", "han", "hong", "hwang", "jang", "jeong", "jo", "jung",
    "kang", "kim", "ko", "kwon", "lee", "lim", "min", "moon", "nam", "no", "oh", "paik", "pak", "park", "pyon", "rhee",
    "ri", "ro", "roh", "ryu", "seo", "shin", "sohn", "son", "song", "suh", "yang", "yoo", "yoon", "yun",
];
const VIETNAMESE: &[&str] = &[
    "bui", "dang", "do", "duong", "hoang", "le", "luong", "ngo", "nguyen", "pham", "phan", "phung", "tran", "trinh",
    "truong", "vo", "vu",
];

/// Whether a word (without its point, any case) is a title, rank or honorific that can stand before a name.
#[must_use]
pub fn is_honorific(word: &str) -> bool {
    listed(HONORIFICS, word)
}

/// Whether a word (any case) is a Chinese or Korean family name, as Pinyin, Hong Kong or Korea spell them.
#[must_use]
pub fn is_eastern_family(word: &str) -> bool {
    listed(CHINESE, word) || listed(KOREAN, word) || listed(CANTONESE, word)
}

/// Whether a word (any case) can be one syllable of a Chinese or Korean given name.
#[must_use]
pub fn is_syllable(word: &str) -> bool {
    let vowel = |b: u8| matches!(b.to_ascii_lowercase(), b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    let groups = word.as_bytes().chunk_by(|one, other| vowel(*one) == vowel(*other));
    (1..=6).contains(&word.len())
        && word.bytes().all(|b| b.is_ascii_alphabetic())
        && groups.filter(|group| group.first().is_some_and(|b| vowel(*b))).count() <= 2
        && !matches!(
            word,
            "backed" | "based" | "born" | "era" | "friend" | "led" | "like" | "owned" | "ruled" | "run" | "style"
        )
}

/// Whether a word is a particle that belongs to the family name after it (`van`, `bin`, `al`).
#[must_use]
pub fn is_particle(word: &str) -> bool {
    listed(PARTICLES, word)
}

/// Whether a word is a suffix after a name (`Jr.`, `III`).
#[must_use]
pub fn is_suffix(word: &str) -> bool {
    listed(SUFFIXES, word)
        || matches!(word.trim_end_matches(['.', ',']), "I" | "V" | "VI" | "VII" | "VIII" | "IX" | "XI" | "XII")
}

fn listed(list: &[&str], word: &str) -> bool {
    let word = word.trim_matches(|c: char| matches!(c, '.' | ',' | '(' | ')'));
    if word.is_empty() || word.len() > 12 {
        return false;
    }
    has(list, word)
}

/// Whether a sorted list has a word in any case.
fn has(list: &[&str], word: &str) -> bool {
    let mut lower = [0; 16];
    let Some(lower) = lower.get_mut(..word.len()).filter(|_| word.is_ascii()) else {
        return list.binary_search(&word.to_lowercase().as_str()).is_ok();
    };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    list.binary_search_by(|known| known.as_bytes().cmp(lower)).is_ok()
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

/// Where the second part begins, and which part that is.
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
    let first = |list: &[&str]| has(list, word(0));
    let given = |holds: fn(&str) -> bool| (1..count).all(|n| holds(&word(n).to_lowercase()));
    if count <= 3 && first(CHINESE) && given(is_pinyin) {
        return (1, NameOrder::FamilyFirst);
    }
    let long = || count == 3 || word(1).to_lowercase().len() > 3;
    if count <= 3 && first(KOREAN) && long() && given(is_korean) {
        return (1, NameOrder::FamilyFirst);
    }
    if (3..=4).contains(&count) && first(VIETNAMESE) && given(|w| w.chars().count() <= 6) {
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

    #[test]
    fn lists_are_sorted_so_that_they_can_be_searched() {
        for list in [HONORIFICS, PARTICLES, SUFFIXES, CHINESE, CANTONESE, KOREAN, VIETNAMESE] {
            assert!(list.is_sorted(), "{:?}", list.windows(2).find(|w| w[0] > w[1]));
        }
    }
}
