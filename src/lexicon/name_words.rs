//! Words that say what kind of name stands beside them: titles, heads of organisations, words for places and works.
//!
//! One table from [`word_hash`] to a set of classes, read once from `data/name_words.txt`.

use std::sync::LazyLock;

use super::lines;
use crate::text::HashedMap;
use crate::text::word_hash;

/// A set of word classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordClasses(pub u32);

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $bit:literal, $key:literal;)*) => {
        impl WordClasses {
            $($(#[$doc])* pub const $name: Self = Self(1 << $bit);)*
            /// How many classes there are.
            pub const COUNT: usize = [$($bit),*].len();

            fn named(key: &str) -> Option<Self> {
                match key { $($key => Some(Self::$name),)* _ => None }
            }
        }
    };
}

classes! {
    /// Titles, ranks and offices that stand before a person's name.
    TITLE = 0, "title";
    /// Occupations and kinship words.
    ROLE = 1, "role";
    /// Last words of company names.
    SUFFIX = 2, "suffix";
    /// Head nouns of bodies.
    HEAD = 3, "head";
    /// Head nouns of buildings and sites.
    FACILITY = 4, "facility";
    /// Head nouns of land and water.
    GEO = 5, "geo";
    /// Head nouns of events.
    EVENT = 6, "event";
    /// Head nouns of documents.
    WORK = 7, "work";
    /// Head nouns of weapons, vehicles and systems.
    PRODUCT = 8, "product";
    /// Prefixes of ships' names.
    SHIP = 9, "ship";
    /// Verbs of saying.
    SAY = 10, "say";
    /// Words that go with persons.
    PERSONAL = 11, "personal";
    /// Words before places.
    IN = 12, "in";
    /// Small words inside names.
    LINK = 13, "link";
    /// Particles of personal names.
    PARTICLE = 14, "particle";
    /// Months.
    MONTH = 15, "month";
    /// Days of the week.
    WEEKDAY = 16, "weekday";
    /// Compass words.
    DIRECTION = 17, "direction";
    /// Words of grammar.
    FUNCTION = 18, "function";
    /// Words that follow a nationality.
    GROUP_NOUN = 19, "group_noun";
}

impl WordClasses {
    /// Whether any of `other` is in the set.
    #[must_use]
    pub const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Both sets together.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

const LIST: &str = include_str!("data/name_words.txt");

static WORDS: LazyLock<HashedMap<WordClasses>> = LazyLock::new(|| {
    let mut words = HashedMap::default();
    for line in lines(LIST) {
        let Some((key, list)) = line.split_once('|') else { continue };
        let Some(class) = WordClasses::named(key.trim()) else { continue };
        for word in list.split_whitespace() {
            let entry: &mut WordClasses = words.entry(word_hash(word)).or_default();
            *entry = entry.with(class);
        }
    }
    words
});

/// The words of a class, by its key in the list.
pub(crate) fn words_of(class: &str) -> impl Iterator<Item = &'static str> {
    let lines = lines(LIST).filter_map(|line| line.split_once('|'));
    lines.filter(move |(key, _)| key.trim() == class).flat_map(|(_, list)| list.split_whitespace())
}

/// The classes of a word, by its hash.
#[must_use]
pub fn of(hash: u64) -> WordClasses {
    WORDS.get(&hash).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_list_has_a_class_and_no_word_twice() {
        let mut seen = std::collections::HashSet::new();
        for line in lines(LIST) {
            let (key, list) = line.split_once('|').expect("class | words");
            assert!(WordClasses::named(key.trim()).is_some(), "unknown class {key}");
            for word in list.split_whitespace() {
                assert!(seen.insert((key.trim(), word)), "{word} stands twice under {key}");
            }
        }
    }

    #[test]
    fn a_word_may_have_several_classes() {
        let minister = of(word_hash("Minister"));
        assert!(minister.any(WordClasses::TITLE) && minister.any(WordClasses::ROLE));
        assert_eq!(of(word_hash("xylophone")), WordClasses::default());
    }
}
