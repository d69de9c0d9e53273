//! Chinese and Korean syllables, as Latin letters spell them.
//!
//! Surname lists alone would turn "Lee Miller" and "Long Pell" around; only a given name that sounds the part does so.

const PINYIN_INITIALS: &[&str] = &[
    "zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "r", "z", "c", "s", "y",
    "w", "",
];
const PINYIN_FINALS: &[&str] = &[
    "iang", "iong", "uang", "ang", "eng", "ian", "iao", "ing", "ong", "uai", "uan", "ai", "an", "ao", "ei", "en", "er",
    "ia", "ie", "in", "iu", "ou", "ua", "ue", "ui", "un", "uo", "a", "e", "i", "o", "u", "ü",
];
const KOREAN_INITIALS: &[&str] = &[
    "ch", "kk", "tt", "pp", "ss", "jj", "g", "k", "n", "d", "t", "r", "l", "m", "b", "p", "s", "j", "h", "y", "w", "",
];
const KOREAN_VOWELS: &[&str] = &[
    "yeo", "wae", "ae", "ya", "eo", "ye", "oe", "yo", "wa", "wo", "we", "wi", "yu", "eu", "ui", "oo", "ee", "ou", "yi",
    "ei", "a", "e", "o", "u", "i",
];
const KOREAN_FINALS: &[&str] = &["ng", "k", "g", "n", "t", "l", "m", "p", "b", "h", "ck", ""];

/// True if `word` (lower case, hyphens allowed) can be read as one to three pinyin syllables.
pub(super) fn is_pinyin(word: &str) -> bool {
    !word.is_empty() && word.split('-').map(pinyin_count).try_fold(0, |sum, n| Some(sum + n?)).is_some_and(|n| n <= 3)
}

/// True if `word` (lower case, hyphens allowed) can be read as one to two Korean syllables.
pub(super) fn is_korean(word: &str) -> bool {
    !word.is_empty() && word.split('-').map(korean_count).try_fold(0, |sum, n| Some(sum + n?)).is_some_and(|n| n <= 2)
}

/// The least number of syllables that spell the whole word.
fn count(word: &str, syllable_ends: impl Fn(&str) -> Vec<usize>) -> Option<usize> {
    if word.is_empty() || word.len() > 14 {
        return None;
    }
    let mut best: Vec<Option<usize>> = vec![None; word.len() + 1];
    best[0] = Some(0);
    for at in 0..word.len() {
        let (Some(so_far), Some(rest)) = (best[at], word.get(at..)) else { continue };
        for len in syllable_ends(rest) {
            let slot = &mut best[at + len];
            *slot = Some(slot.map_or(so_far + 1, |n| n.min(so_far + 1)));
        }
    }
    best[word.len()]
}

fn pinyin_count(word: &str) -> Option<usize> {
    count(word, |rest| {
        let mut ends = Vec::new();
        for initial in PINYIN_INITIALS.iter().filter(|i| rest.starts_with(**i)) {
            let tail = &rest[initial.len()..];
            // A bare `o` ends few syllables: `mo`, `wo`, not `so` or `lo`.
            let open = matches!(*initial, "b" | "p" | "m" | "f" | "w" | "");
            let finals = PINYIN_FINALS.iter().filter(|f| (open || **f != "o") && tail.starts_with(**f));
            ends.extend(finals.map(|f| initial.len() + f.len()));
        }
        ends
    })
}

fn korean_count(word: &str) -> Option<usize> {
    count(word, |rest| {
        let mut ends = Vec::new();
        for initial in KOREAN_INITIALS.iter().filter(|i| rest.starts_with(**i)) {
            let tail = &rest[initial.len()..];
            for vowel in KOREAN_VOWELS.iter().filter(|v| tail.starts_with(**v)) {
                let coda = &tail[vowel.len()..];
                let before = initial.len() + vowel.len();
                ends.extend(KOREAN_FINALS.iter().filter(|f| coda.starts_with(**f)).map(|f| before + f.len()));
            }
        }
        ends
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_read() {
        for yes in ["yi", "weiming", "jianguo", "guangzhou", "xi", "lijian"] {
            assert!(is_pinyin(yes), "{yes}");
        }
        for no in ["miller", "pell", "robert", "solo", "mary", "john", ""] {
            assert!(!is_pinyin(no), "{no}");
        }
        for yes in ["jong-un", "geun-hye", "jae-in", "myung", "sung"] {
            assert!(is_korean(yes), "{yes}");
        }
        for no in ["miller", "marvin", "novak", "campbell", "philby"] {
            assert!(!is_korean(no), "{no}");
        }
        assert!(!is_pinyin("مرحبا") && !is_korean("王毅"));
    }
}
