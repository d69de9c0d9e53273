//! Words of English belong to the lexicon.

use crate::facts::{Literal, Place, Source};
use crate::owed::{Site, hold_within, owed};
use crate::sources::sources;

/// The rooms that read prose and should look words up.
const ROOMS: [&str; 5] = ["analysis", "structure", "rules", "features", "workspace"];

#[test]
fn words_are_looked_up_in_the_lexicon() {
    hold_within(
        "words",
        &owed().words,
        &words(),
        "A word list in the code cannot be seen, tested or extended as a whole: put the words into a data file of the \
         lexicon and ask for their class. (A word is a literal in small letters that stands in a list or a pattern or is \
         compared with a text.)",
    );
}

/// Words with which a text is compared, in the rooms that read prose.
pub(crate) fn words() -> Vec<Site> {
    let of = |source: &'static Source| {
        source.literals.iter().flat_map(move |literal| {
            let site = move || Site {
                entry: source.room().to_owned(),
                at: format!("{}: {:?}", source.at(literal.line), literal.text),
            };
            std::iter::repeat_with(site).take(words_in(literal))
        })
    };
    sources().iter().filter(|source| ROOMS.contains(&source.room())).flat_map(of).collect()
}

/// As many words as this many in one literal, without a comma or a stop, are a list and no message.
const LIST: usize = 12;

/// The number of words that a literal stands for.
///
/// It is one if the literal has two letters or more, all of them small, and nothing else than spaces, hyphens and
/// apostrophes, and stands where a text is compared with it: in a list, a pattern or a comparison. A message, a key and a
/// format are none. A list of words in one literal counts by its words, wherever it stands.
fn words_in(literal: &Literal) -> usize {
    let of_words = |c: char| c.is_lowercase() || c.is_whitespace() || matches!(c, '-' | '\'' | '’');
    let letters = literal.text.chars().filter(|c| c.is_lowercase()).count();
    if letters < 2 || !literal.text.chars().all(of_words) {
        return 0;
    }
    match literal.text.split_whitespace().count() {
        words if words >= LIST => words,
        _ => usize::from(literal.place != Place::Other),
    }
}
