//! Whether what follows a quotation says who spoke: `“Why?” Pell asked`, not `“Why?” The yard closed`.

use std::sync::LazyLock;

use xxhash_rust::xxh3::xxh3_64;

use crate::text::HashedSet;

static SPEAKING: LazyLock<HashedSet> = LazyLock::new(|| {
    let words = "said says asked asks added adds told tells wrote writes replied replies answered answers tweeted \
                 posted declared insisted wondered exclaimed shouted cried quipped joked recalled retorted continued \
                 explained warned noted queried inquired demanded responded remarked concluded";
    words.split_ascii_whitespace().map(|word| xxh3_64(word.as_bytes())).collect()
});

/// The most words that may stand before the verb: `Deputy Trade Minister Nadim Haddad asked`.
const LONGEST_NAME: usize = 6;

/// Returns `true` if `rest` begins with a capitalised name and then a verb of speaking. A pronoun in capitals begins a sentence.
pub(super) fn names_a_speaker(rest: &str) -> bool {
    let mut left = rest;
    for position in 0..=LONGEST_NAME {
        let end = left.char_indices().take(24).find(|(_, c)| c.is_whitespace()).map(|(at, _)| at);
        let Some(end) = end else { return false };
        let (word, tail) = left.split_at(end);
        let bare = word.trim_end_matches(['.', ',', ':']);
        if position > 0 && SPEAKING.contains(&xxh3_64(bare.as_bytes())) {
            return true;
        }
        let name = word.starts_with(char::is_uppercase)
            || (position > 0 && matches!(word, "of" | "al" | "bin" | "de" | "van" | "von"));
        let sentence_word = position == 0
            && (super::abbreviations::opens_sentences(bare) && bare != "Asked"
                || matches!(bare, "He" | "She" | "They" | "I" | "We"));
        if !name || sentence_word || (word.ends_with('.') && word.len() > 5) {
            return false;
        }
        left = tail.trim_start();
    }
    false
}
