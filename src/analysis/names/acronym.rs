//! Initials: which letters a long name gives, and whether a short one can be made of them.

use crate::lexicon::{class, classes_of_word};

/// The initials of a name's words without the small ones: `Port Management Council` → `PMC`. Empty under two words.
#[must_use]
pub fn acronym_of(name: &str) -> String {
    let letters: String = words(name).filter(|word| !is_skipped(word)).filter_map(initial).collect();
    if letters.chars().count() < 2 { String::new() } else { letters }
}

/// Tells if a word is shaped like an acronym: two to eight letters, nearly all capitals, perhaps with points (`PMC`,
/// `U.S.`, `DoD`, `NGOs`, `AT&T`).
#[must_use]
pub fn is_acronym(word: &str) -> bool {
    let bare = bare(word);
    let bare = bare.strip_suffix('s').filter(|stem| stem.chars().count() >= 2).unwrap_or(&bare);
    let letters = bare.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = bare.chars().filter(|c| c.is_uppercase()).count();
    let length = bare.chars().count();
    (2..=8).contains(&length)
        && capitals >= 1
        && length - (letters - capitals) >= 2
        && letters - capitals <= letters / 3
        && bare.chars().all(|c| c.is_alphanumeric() || c == '&')
        && bare.starts_with(char::is_uppercase)
}

/// Tells if `short` can stand for `name`: its letters are the initials of the words, in order, the small words and a
/// company's legal form at will; hyphenated words may give one letter or one each. Case and points are ignored.
#[must_use]
pub fn spells(short: &str, name: &str) -> bool {
    let letters: Vec<char> = bare(short).chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    if !(2..=8).contains(&letters.len()) {
        return false;
    }
    let words: Vec<&str> = words(name).collect();
    if words.len() < 2 || words.len() > 14 {
        return false;
    }
    matches(&letters, &words) || matches(letters.strip_suffix(&['s']).unwrap_or(&[]), &words)
}

/// Reads the letters off the words from the left. Each word gives its initial or, if small or a legal form, nothing.
fn matches(letters: &[char], words: &[&str]) -> bool {
    if letters.len() < 2 {
        return false;
    }
    // `reach[n]`: the first n letters can be read off the words so far. At most 8 letters by 14 words.
    let mut reach = vec![false; letters.len() + 1];
    reach[0] = true;
    for (index, word) in words.iter().enumerate() {
        let optional = is_skipped(word) || (index >= 2 && classes_of_word(&bare(word)).has(class::FIRM_SUFFIX));
        let mut next = vec![false; letters.len() + 1];
        for at in 0..=letters.len() {
            if !reach[at] {
                continue;
            }
            next[at] |= optional;
            let mut to = at;
            for part in word.split('-') {
                match part.chars().find(|c| c.is_alphanumeric()) {
                    Some(c) if letters.get(to).is_some_and(|&l| c.to_lowercase().eq([l])) => to += 1,
                    _ => break,
                }
                next[to] = true;
            }
        }
        reach = next;
    }
    reach[letters.len()]
}

fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')')).filter(|w| !w.is_empty())
}

fn is_skipped(word: &str) -> bool {
    classes_of_word(word).has(class::ACRONYM_SKIPS)
}

fn initial(word: &str) -> Option<String> {
    word.chars().find(|c| c.is_alphanumeric()).map(|c| c.to_uppercase().collect())
}

fn bare(word: &str) -> String {
    word.chars().filter(|&c| c != '.').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_skip_small_words() {
        assert_eq!(acronym_of("Port Management Council"), "PMC");
        assert_eq!(acronym_of("the Office of the Harbour Master"), "OHM");
        assert_eq!(acronym_of("Norvik"), "");
        assert_eq!(acronym_of(""), "");
    }

    #[test]
    fn acronyms_are_told_by_their_shape() {
        for yes in ["PMC", "U.S.", "DoD", "NGOs", "AT&T", "G20", "MI5"] {
            assert!(is_acronym(yes), "{yes}");
        }
        for no in ["Norvik", "A", "Pell", "the", "MERIDIAPORT", "2023", "McKay"] {
            assert!(!is_acronym(no), "{no}");
        }
    }

    #[test]
    fn short_forms_are_spelled_by_long_ones() {
        for (short, long) in [
            ("PMC", "Port Management Council"),
            ("DoD", "Department of Defense"),
            ("MNP", "Meridia National Petroleum Corp"),
            ("MNPC", "Meridia National Petroleum Corp"),
            ("P.M.C.", "Port Management Council"),
            ("ISH", "Islands Society of the Harbour"),
            ("NHQ", "Norvik Harbour-Quay"),
            ("ISOTH", "Islands Society of the Harbour"),
        ] {
            assert!(spells(short, long), "{short} / {long}");
        }
        for (short, long) in [("PMC", "Port Council"), ("PM", "Port"), ("PC", "Port Management Council"), ("", "A B")] {
            assert!(!spells(short, long), "{short} / {long}");
        }
    }
}
