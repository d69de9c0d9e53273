//! The house style of a team: headings over its own voice, outlets that only it knows.
//!
//! The built-in lists come first for words, these first for headings: a house may read "Outlook" otherwise than others do.

use crate::lexicon::SectionClass;
use crate::structure::Token;
use crate::text::word_hash;

/// The house's own lists, from `[zones]` and `[sources] outlets`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct House {
    /// Patterns of headings over the writer's own judgement; `*` stands for anything.
    pub own_voice: Vec<String>,
    /// Patterns of headings over what needs no sources.
    pub exempt: Vec<String>,
    /// Names of outlets, beside the built-in list, as written.
    pub outlets: Vec<String>,
}

impl House {
    /// The class of claims under this heading; none where the house says nothing of it.
    #[must_use]
    pub fn section(&self, heading: &str) -> Option<SectionClass> {
        if self.own_voice.is_empty() && self.exempt.is_empty() {
            return None;
        }
        let numbers = |c: char| c.is_numeric() || matches!(c, '.' | ')' | ' ' | '#' | '*');
        let heading = heading.trim_start_matches(numbers).trim_end_matches([':', '.', '*', ' ', '#']).to_lowercase();
        let fits = |patterns: &[String]| patterns.iter().any(|p| matches(p.trim().to_lowercase().as_bytes(), &heading));
        if fits(&self.own_voice) {
            Some(SectionClass::OwnVoice)
        } else {
            fits(&self.exempt).then_some(SectionClass::Exempt)
        }
    }

    /// Tells if these tokens name an outlet of the house in full. A leading article is ignored.
    #[must_use]
    pub fn is_outlet(&self, tokens: &[Token]) -> bool {
        let the = |hash: &u64| *hash == word_hash("the");
        let named: Vec<u64> = tokens.iter().map(|token| token.hash).skip_while(the).collect();
        let words = |name: &str| name.split_whitespace().map(word_hash).skip_while(|h| the(h)).collect::<Vec<u64>>();
        !named.is_empty() && self.outlets.iter().any(|name| words(name) == named)
    }
}

/// Tells if a text fits a pattern in which `*` stands for any run of characters.
#[must_use]
pub fn matches(pattern: &[u8], heading: &str) -> bool {
    let heading = heading.as_bytes();
    // The last star, and where in the heading it would have to swallow more.
    let (mut p, mut h, mut star) = (0, 0, None);
    while h < heading.len() {
        if pattern.get(p) == Some(&b'*') {
            star = Some((p + 1, h));
            p += 1;
        } else if pattern.get(p) == Some(&heading[h]) {
            p += 1;
            h += 1;
        } else if let Some((after, swallowed)) = star {
            star = Some((after, swallowed + 1));
            (p, h) = (after, swallowed + 1);
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(|b| *b == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_fits_by_its_words_whatever_stands_around_them() {
        let house =
            House { own_voice: vec!["Analyst comment".into()], exempt: vec!["Annex*".into()], ..House::default() };
        assert_eq!(house.section("## 3. Analyst Comment:"), Some(SectionClass::OwnVoice));
        assert_eq!(house.section("Annex B: ships"), Some(SectionClass::Exempt));
        assert_eq!(house.section("The annex"), None);
        assert_eq!(house.section("Analyst comments"), None);
    }

    #[test]
    fn stars_stand_for_anything_and_cost_no_more_than_the_product_of_lengths() {
        assert!(matches(b"*view*", "our view of it") && matches(b"**", "") && matches(b"a*b*c", "a-b-b-c"));
        assert!(!matches(b"a*b", "a-c") && !matches(b"", "x"));
        assert!(!matches("*a".repeat(200).as_bytes(), &"a".repeat(100)));
    }
}
