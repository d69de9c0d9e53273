//! The nearest of some words by typing distance: "did you mean".

/// The candidate nearest to `word` (letter case ignored), if it is near enough to be a slip of the hand.
///
/// Near enough is a third of the word's characters, at most three edits; of one or two
/// characters any other is as near, so they have no neighbours.
#[must_use]
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    within(word, candidates, (word.chars().count() / 3).min(3))
}

/// The same, with a bound of one's own.
#[must_use]
pub fn within<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>, most: usize) -> Option<&'c str> {
    let word: Vec<char> = word.to_lowercase().chars().take(LONGEST).collect();
    let own = word.iter().fold(0, |all, &c| all | letter(c));
    candidates
        .into_iter()
        .filter(|candidate| may_be_near(candidate, word.len(), own, most))
        .filter_map(|candidate| Some((distance(&word, candidate, most)?, candidate)))
        .min()
        .map(|(_, candidate)| candidate)
}

/// Characters that are compared; what is longer is as near as its beginning.
const LONGEST: usize = 80;

/// The bit of a letter in a set of letters.
fn letter(c: char) -> u64 {
    1 << (u32::from(c) % 64)
}

/// A cheap filter by length and letters: of thousands of candidates few are worth a comparison.
fn may_be_near(candidate: &str, length: usize, own: u64, most: usize) -> bool {
    if !candidate.is_ascii() || candidate.len() > LONGEST {
        return true;
    }
    let letters = || candidate.bytes().fold(0, |all, b| all | letter(char::from(b.to_ascii_lowercase())));
    // An edit brings one letter at most, and takes one.
    let few = |set: u64| set.count_ones() as usize <= most;
    if candidate.len().abs_diff(length) > most {
        return false;
    }
    let all = letters();
    few(all & !own) && few(own & !all)
}

/// Edits between the two, where a swap of neighbours is one edit; none if they are more than `most`.
fn distance(word: &[char], candidate: &str, most: usize) -> Option<usize> {
    let other: Vec<char> = candidate.to_lowercase().chars().take(LONGEST).collect();
    if word.len().abs_diff(other.len()) > most {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    let mut letter_above = None;
    for (i, a) in word.iter().enumerate() {
        let mut now = vec![i + 1];
        let (mut left, mut letter_left) = (i + 1, None);
        for ((j, b), pair) in other.iter().enumerate().zip(last.windows(2)) {
            let &[corner, above] = pair else { continue };
            let mut least = (corner + usize::from(a != b)).min(above + 1).min(left + 1);
            if letter_left == Some(a) && letter_above == Some(b) {
                let swapped = j.checked_sub(1).and_then(|j| before.get(j));
                least = swapped.map_or(least, |swapped| least.min(swapped + 1));
            }
            now.push(least);
            (left, letter_left) = (least, Some(b));
        }
        letter_above = Some(a);
        before = std::mem::replace(&mut last, now);
    }
    last.last().copied().filter(|&d| d <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_found_and_a_stranger_is_not() {
        let keys = ["pell2031", "haddad2030", "portreg31"];
        assert_eq!(nearest("pell2013", keys), Some("pell2031"));
        assert_eq!(nearest("Pell2031", keys), Some("pell2031"));
        assert_eq!(nearest("orr1999", keys), None);
        assert_eq!(nearest("", keys), None);
        assert_eq!(nearest("9", ["2"]), None);
        assert_eq!(nearest("Órlec", ["órlec", "orlec"]), Some("órlec"));
        let long = "a".repeat(200);
        assert_eq!(nearest(&long, [long.as_str()]), Some(long.as_str()), "long names are compared by their beginning");
    }
}
