//! Words that tell who said what: reporting and stance verbs in every form, closed-class words, telling nouns.
//!
//! Two questions are asked of a word, both by its hash: to what classes does it belong ([`Word::classes`]), and what
//! can it be as a verb ([`Word::forms`], [`Word::report`]). Data: `data/sourcing/*.txt`; each file's head explains
//! its columns. Classes are sets, because most English words belong to several; context decides later.

use std::sync::LazyLock;

use super::lines;
use crate::text::HashedMap;
use crate::text::word_hash;

/// Declares the class bits once, with their names in the data file.
macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $bit:expr;)*) => {
        $($(#[$doc])* pub const $name: u64 = 1 << $bit;)*
        fn class_of(name: &str) -> Option<u64> {
            match name { $(stringify!($name) => Some($name),)* _ => None }
        }
    };
}

classes! {
    /// Articles and determiners that cannot stand alone.
    DET = 0;
    /// Determiners that can be a whole subject: `some`, `this`.
    DETPRON = 1;
    /// `his`, `their`.
    POSSPRON = 2;
    /// Pronouns that can be subjects.
    PRON = 3;
    /// `him`, `them`.
    OBJPRON = 4;
    /// Prepositions.
    PREP = 5;
    /// Words that begin a subordinate clause.
    SUB = 6;
    /// Question words and relative pronouns.
    WH = 7;
    /// `and`, `but`.
    CONJ = 8;
    /// `will`, `could`.
    MODAL = 9;
    /// Forms of "be".
    BE = 10;
    /// Forms of "have".
    HAVE = 11;
    /// Forms of "do".
    DO = 12;
    /// `not`, `never`.
    NEG = 13;
    /// The word "to".
    TO = 14;
    /// Pronoun and auxiliary in one: `they're`.
    PRONAUX = 15;
    /// Adverbs that do not end in -ly.
    ADV = 16;
    /// Weekdays, months, `yesterday`.
    TIME = 17;
    /// `week`, `morning`.
    TIMENOUN = 18;
    /// Occasions and channels of speech: `interview`, `statement`.
    PLACENOUN = 19;
    /// Listeners without a determiner: `reporters`.
    ADDRESSEE = 20;
    /// Frequent nouns that are no verbs here.
    NOUNONLY = 21;
    /// Adjectives of attitude: `confident`, `sceptical`.
    CLAUSEADJ = 22;
    /// Number words.
    NUM = 23;
    /// Documents, which may speak.
    DOC = 24;
    /// Heads of unnamed sources.
    ANON = 25;
    /// Plurals that stand for nobody in particular.
    VAGUE = 26;
    /// Nouns of saying and thinking: `claim`, `refusal`.
    CUENOUN = 27;
    /// Verbs and adjectives that lead to a reporting infinitive: `went on to say`.
    ATTEMPT = 28;
    /// `up`, `out` after a verb.
    PARTICLE = 29;
    /// Words before a colon that are no speakers.
    STARTNOT = 30;
    /// Verb forms that are as often nouns: `states`, `plans`.
    NOUNVERB = 31;
    /// Verbs that say something only with a noun: `raise doubts`.
    LIGHT = 32;
    /// What stands before an infinitive of saying and leaves it undone, or done against one's will: `had to`, `has yet to`.
    MUST = 33;
    /// Who holds a view of something: `opponent of`.
    HOLDER = 34;
}

/// Verb forms as bits of [`Word::forms`].
pub mod form {
    /// `say`
    pub const BASE: u8 = 1;
    /// `says`
    pub const THIRD: u8 = 2;
    /// `said`
    pub const PAST: u8 = 4;
    /// `said` after "has"
    pub const PARTICIPLE: u8 = 8;
    /// `saying`
    pub const GERUND: u8 = 16;
}

/// What a reporting verb may take, as bits of [`Report::syntax`].
pub mod takes {
    /// A clause, with or without "that".
    pub const CLAUSE: u16 = 1;
    /// A quotation.
    pub const QUOTE: u16 = 2;
    /// An object.
    pub const OBJECT: u16 = 4;
    /// An infinitive with "to".
    pub const INFINITIVE: u16 = 8;
    /// A person told, before the content.
    pub const ADDRESSEE: u16 = 16;
    /// A question clause.
    pub const QUESTION: u16 = 32;
    /// A gerund.
    pub const GERUND: u16 = 64;
    /// An object with an infinitive.
    pub const OBJECT_INFINITIVE: u16 = 128;
    /// An object "as" something, or an object and a predicate.
    pub const OBJECT_AS: u16 = 256;
    /// An object "of" something.
    pub const OBJECT_OF: u16 = 512;
    /// Counts only with an explicit "that", quotation, infinitive or governed preposition.
    pub const EXPLICIT: u16 = 1024;

    pub(super) fn of(letters: &str) -> u16 {
        letters.chars().fold(0, |bits, letter| {
            bits | match letter {
                'T' => CLAUSE,
                'Q' => QUOTE,
                'N' => OBJECT,
                'I' => INFINITIVE,
                'O' => ADDRESSEE,
                'W' => QUESTION,
                'G' => GERUND,
                'P' => OBJECT_INFINITIVE,
                'A' => OBJECT_AS,
                'E' => OBJECT_OF,
                'X' => EXPLICIT,
                _ => 0,
            }
        })
    }
}

/// What a reporting verb does with its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// `say`, `tell`.
    Neutral,
    /// Implies that proof is missing.
    Claim,
    /// Endorses or dramatises.
    Assert,
    /// `deny`, `reject`.
    Deny,
    /// `decline`, `refuse`.
    Decline,
    /// `accuse`, `criticise`.
    Accuse,
    /// `estimate`, `predict`.
    Estimate,
    /// What documents do: `show`, `find`.
    Document,
    /// `urge`, `call for`.
    Urge,
    /// `believe`, `fear`.
    Cognition,
    /// `want`, `support`, `vote`.
    Stance,
}

impl Group {
    /// Whether the verb stands behind a claim about the world, or only reports an attitude.
    #[must_use]
    pub fn is_strong(self) -> bool {
        !matches!(self, Self::Cognition | Self::Stance | Self::Urge | Self::Decline)
    }

    fn of(name: &str) -> Self {
        match name {
            "claim" => Self::Claim,
            "assert" => Self::Assert,
            "deny" => Self::Deny,
            "decline" => Self::Decline,
            "accuse" => Self::Accuse,
            "estimate" => Self::Estimate,
            "doc" => Self::Document,
            "urge" => Self::Urge,
            "cognition" => Self::Cognition,
            "stance" => Self::Stance,
            _ => Self::Neutral,
        }
    }
}

/// A reporting or stance verb.
#[derive(Clone, Debug)]
pub struct Report {
    /// Base form.
    pub lemma: &'static str,
    /// What it does.
    pub group: Group,
    /// Bits of [`takes`].
    pub syntax: u16,
    /// Hashes of the prepositions that it governs.
    pub prepositions: Vec<u64>,
    /// Hash of its second word (`point out`), 0 if it has none.
    pub particle: u64,
}

/// What is known of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// Bits of the classes.
    pub classes: u64,
    /// Bits of [`form`].
    pub forms: u8,
    /// Index for [`report`], plus one; 0 if the word reports nothing.
    pub report: u16,
    /// The same for the verb that it makes together with a second word.
    pub phrasal: u16,
}

impl Word {
    /// Whether the word belongs to any of `classes`.
    #[must_use]
    pub fn any(self, classes: u64) -> bool {
        self.classes & classes != 0
    }

    /// Whether the word can be any of `forms`.
    #[must_use]
    pub fn can_be(self, forms: u8) -> bool {
        self.forms & forms != 0
    }
}

struct Tables {
    words: HashedMap<Word>,
    reports: Vec<Report>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(Tables::read);

/// What is known of the word with this hash; nothing for most words.
#[must_use]
pub fn lookup(hash: u64) -> Word {
    TABLES.words.get(&hash).copied().unwrap_or_default()
}

/// The reporting verb with this number, as [`Word::report`] and [`Word::phrasal`] give it.
#[must_use]
pub fn report(number: u16) -> Option<&'static Report> {
    TABLES.reports.get(usize::from(number).checked_sub(1)?)
}

const WORDS: &str = include_str!("data/sourcing/words.txt");
const VERBS: &str = include_str!("data/sourcing/verbs.txt");
const REPORTING: &str = include_str!("data/sourcing/reporting_verbs.txt");
const FORMS: [u8; 5] = [form::BASE, form::THIRD, form::PAST, form::PARTICIPLE, form::GERUND];

impl Tables {
    fn read() -> Self {
        let mut tables = Self { words: HashedMap::default(), reports: Vec::new() };
        for line in lines(WORDS) {
            let mut columns = line.split('|');
            let word = tables.words.entry(word_hash(columns.next().unwrap_or(""))).or_default();
            for name in columns.next().unwrap_or("").split(',') {
                word.classes |= class_of(name).unwrap_or(0);
            }
        }
        for line in lines(VERBS) {
            for (name, bit) in line.split('|').zip(FORMS) {
                tables.words.entry(word_hash(name)).or_default().forms |= bit;
            }
        }
        for line in lines(REPORTING) {
            tables.add_report(line);
        }
        tables
    }

    fn add_report(&mut self, line: &'static str) {
        let columns: Vec<&'static str> = line.split('|').collect();
        let [names @ .., group, syntax, prepositions] = columns.as_slice() else { return };
        let Some(&lemma) = names.first() else { return };
        self.reports.push(Report {
            lemma,
            group: Group::of(group),
            syntax: takes::of(syntax),
            prepositions: prepositions.split(',').filter(|p| !p.is_empty()).map(word_hash).collect(),
            particle: lemma.split_once(' ').map_or(0, |(_, particle)| word_hash(particle)),
        });
        let number = self.reports.len() as u16;
        for (name, bit) in names.iter().zip(FORMS) {
            let (first, phrasal) = name.split_once(' ').map_or((*name, false), |(first, _)| (first, true));
            let word = self.words.entry(word_hash(first)).or_default();
            word.forms |= bit;
            if phrasal {
                word.phrasal = number;
            } else {
                word.report = number;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_files_are_sorted_and_without_repeats() {
        for data in [WORDS, VERBS, REPORTING] {
            let keys: Vec<_> = lines(data).map(|line| line.split('|').next().unwrap_or("")).collect();
            for pair in keys.windows(2) {
                assert!(pair[0] < pair[1], "{} and {} are out of order, or stand twice", pair[0], pair[1]);
            }
        }
    }

    #[test]
    fn every_class_in_the_data_is_known() {
        for line in lines(WORDS) {
            for name in line.split('|').nth(1).unwrap_or("").split(',') {
                assert!(class_of(name).is_some(), "{line}: no class {name}");
            }
        }
    }

    #[test]
    fn a_verb_is_known_in_all_its_forms() {
        for name in ["deny", "denies", "denied", "denying"] {
            let verb = report(lookup(word_hash(name)).report).map(|r| r.lemma);
            assert_eq!(verb, Some("deny"), "{name}");
        }
        let phrasal = report(lookup(word_hash("pointed")).phrasal).map(|r| r.lemma);
        assert_eq!(phrasal, Some("point out"));
    }
}
