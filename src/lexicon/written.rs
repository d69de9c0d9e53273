//! Words that are known by how they are written: capitals and small letters count, a point at the end does not.
//!
//! `no.` and `No.`, `sec.` and `Sec.` are different words, so [`super::word`] cannot tell them apart.

use std::sync::LazyLock;

use xxhash_rust::xxh3::xxh3_64;

use super::set::classes;
use super::table::rows;
use crate::text::HashedMap;

const WRITTEN: &str = include_str!("data/written.txt");

classes! {
    /// A set of classes of words as written.
    Forms {
        /// An abbreviation before a name or a word, which never ends a sentence: `Mr. Haddad`.
        LEADS_NAME = "leads-name";
        /// An abbreviation that ends a sentence unless a digit follows: `No. 5`.
        LEADS_NUMBER = "leads-number";
        /// An abbreviation that may end a sentence, and does where an opener follows: `Norvik Inc. The yard`.
        MAY_END = "may-end";
        /// A word that, capitalised after an abbreviation's point, shows that a new sentence has begun.
        OPENER = "opener";
        /// Capitals that abbreviate a common noun and so name nothing: `GDP`.
        COMMON_NOUN = "common-noun";
        /// An acronym that needs no explanation: every reader knows it, or it is the name itself.
        WELL_KNOWN = "well-known";
        /// An American state or Canadian province as newswire abbreviates it.
        AMERICAN_STATE = "american-state";
        /// First words of a sentence that bid the reader do something: `Note`.
        ADDRESSES = "addresses";
        /// First words of a sentence that draws a conclusion: `Therefore`.
        CONCLUDES = "concludes";
        /// Words before people who are nobody in particular: `some`.
        VAGUE_QUANTIFIER = "vague-quantifier";
        /// First words of a line that a colon makes a label and no speaker: `Source`.
        LABEL = "label";
        /// Words before "of" that only count what follows: `Three of`.
        COUNTS_HEAD = "counts-head";
        /// Last words of the names of sites: `Bridge`.
        SITE_HEAD = "site-head";
        /// Abbreviations that end the name of a firm.
        FIRM_ABBREVIATION = "firm-abbreviation";
        /// Numbers of kings and popes: `VIII`.
        REGNAL = "regnal";
        /// Agencies that are credited behind a stroke at the end of a caption: `/Reuters`.
        PHOTO_AGENCY = "photo-agency";
    }
}

/// The classes of abbreviations.
pub const ABBREVIATIONS: Forms = LEADS_NAME.or(LEADS_NUMBER).or(MAY_END);

static TABLE: LazyLock<HashedMap<Forms>> = LazyLock::new(|| {
    let mut table: HashedMap<Forms> = HashedMap::default();
    for row in rows(WRITTEN) {
        *table.entry(xxh3_64(row.key().as_bytes())).or_default() |= Forms::read(row.column(1));
    }
    // Abbreviations stand in lines of capitals, too (`SEN.`), unless the capitals are another's.
    for row in rows(WRITTEN) {
        let (word, forms) = (row.key(), Forms::read(row.column(1)).and(ABBREVIATIONS));
        let long = word.len() > 2 || forms.has(LEADS_NAME);
        if !forms.is_empty() && long && word.starts_with(|c: char| c.is_ascii_uppercase()) {
            let capitals = table.entry(xxh3_64(word.to_ascii_uppercase().as_bytes())).or_default();
            if !capitals.has(ABBREVIATIONS) {
                *capitals |= forms;
            }
        }
    }
    table
});

/// The classes of a word as it is written.
#[must_use]
pub fn forms_of(word: &str) -> Forms {
    TABLE.get(&xxh3_64(word.as_bytes())).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_known_by_its_letters() {
        assert!(forms_of("Mr").has(LEADS_NAME) && forms_of("SEN").has(LEADS_NAME));
        assert!(forms_of("No").has(LEADS_NUMBER) && !forms_of("NO").has(LEADS_NUMBER), "the answer is a word");
        assert!(forms_of("GDP").has(COMMON_NOUN.or(WELL_KNOWN)) && forms_of("gdp").is_empty());
    }
}
