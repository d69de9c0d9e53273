//! Words by which one tells whether something was said: what governs a verb of saying, what was denied, what refused.
//!
//! Asked by hash, like [`super::sourcing`]. Data: `data/sourcing/speech_words.txt`.

use std::sync::LazyLock;

use super::lines;
use crate::structure::word_hash;
use crate::text::HashedMap;

/// Declares the class bits once, with their names in the data file.
macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $bit:expr;)*) => {
        $($(#[$doc])* pub const $name: u16 = 1 << $bit;)*
        fn class_of(name: &str) -> Option<u16> {
            match name { $(stringify!($name) => Some($name),)* _ => None }
        }
    };
}

classes! {
    /// Nouns of saying that stand for a denial.
    DENIAL = 0;
    /// Nouns for not wanting to speak or act.
    REFUSAL = 1;
    /// Nouns of view, wish and plan: nobody need have said it.
    ATTITUDE = 2;
    /// What can be refused to somebody: to deny it is a deed.
    ACCESS = 3;
    /// What can be claimed, beside the nouns of saying.
    CLAIMED = 4;
    /// What asks for something: turned down, not denied.
    REQUEST = 5;
    /// Verbs that are speaking with a word of [`SPOKEN`]: "give details".
    SPEAKING = 6;
    /// What makes such a verb speaking.
    SPOKEN = 7;
    /// Adverbs that change nothing of what was said.
    HARMLESS = 8;
    /// Words that leave undone what they govern: "failed to say".
    UNDONE = 9;
    /// Words that let it stand as done: "went on to say".
    DONE = 10;
    /// Verbs that make a medium or place the means of the words after "to": "used the speech to warn".
    MEANS = 11;
    /// Openers of a clause that is supposed: "if".
    SUPPOSES = 12;
    /// Words before "that" which doubt the clause after it: "unclear that".
    DOUBTED = 13;
    /// Adverbs with which "would" tells what came, or a habit: "would later say".
    CAME = 14;
    /// Verbs that say nothing by their noun: "had doubts".
    HOLDS = 15;
}

static WORDS: LazyLock<HashedMap<u16>> = LazyLock::new(|| {
    let mut words = HashedMap::default();
    for (word, classes) in lines(DATA).filter_map(|line| line.split_once('|')) {
        let bits = classes.split(',').filter_map(class_of).fold(0, |bits, class| bits | class);
        words.insert(word_hash(word), bits);
    }
    words
});

const DATA: &str = include_str!("data/sourcing/speech_words.txt");

/// Whether the word with this hash belongs to any of the classes.
#[must_use]
pub fn is_any(hash: u64, classes: u16) -> bool {
    WORDS.get(&hash).is_some_and(|bits| bits & classes != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_sorted_and_their_classes_known() {
        let words: Vec<(&str, &str)> = lines(DATA).filter_map(|line| line.split_once('|')).collect();
        assert!(words.windows(2).all(|pair| pair[0].0 < pair[1].0));
        for (word, classes) in words {
            assert!(classes.split(',').all(|class| class_of(class).is_some()), "{word}|{classes}");
        }
        assert!(is_any(word_hash("failed"), UNDONE) && !is_any(word_hash("failed"), DONE));
    }
}
