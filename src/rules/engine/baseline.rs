//! Known findings: the fingerprint by which a finding is recognised after edits elsewhere, and the baseline's share of
//! a note's findings.

use xxhash_rust::xxh3::Xxh3Default;

use crate::analysis::NoteFacts;
use crate::config::Config;
use crate::rules::Finding;
use crate::text::TextRange;

/// A hash of everything that stays the same of a finding while nobody touches its sentence: its rule, its words and those of the sentence,
/// without regard to white space. Outside of sentences its line counts.
#[must_use]
pub fn fingerprint(finding: &Finding, text: &str, facts: &NoteFacts) -> u64 {
    let note = &facts.note;
    let sentence = note.sentence_at(finding.range.start).and_then(|at| note.sentences.get(at)).map(|s| s.range);
    let around = sentence.unwrap_or_else(|| line_of(text, finding.range.start));
    let mut hash = Xxh3Default::new();
    hash.update(finding.rule.code.as_bytes());
    for part in [finding.range, around] {
        hash.update(b"\0");
        for word in part.of(text).split_whitespace() {
            hash.update(word.as_bytes());
            hash.update(b" ");
        }
    }
    hash.digest()
}

fn line_of(text: &str, at: u32) -> TextRange {
    let (before, after) = (text.get(..at as usize).unwrap_or(""), text.get(at as usize..).unwrap_or(""));
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    TextRange::from_usize(start, before.len() + after.find('\n').unwrap_or(after.len()))
}

/// Takes the findings out that the configuration's baseline knows, and gives them.
pub(in crate::rules) fn apply(
    config: &Config,
    path: &str,
    text: &str,
    facts: &NoteFacts,
    all: &mut Vec<Finding>,
) -> Vec<Finding> {
    let Some((root, baseline)) = &config.known else { return Vec::new() };
    let Some(mut left) = root.local(path).map(|path| baseline.of_note(&path)).filter(|left| !left.is_empty()) else {
        return Vec::new();
    };
    let (mut known, mut new) = (Vec::new(), Vec::new());
    for finding in std::mem::take(all) {
        match left.get_mut(&fingerprint(&finding, text, facts)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                known.push(finding);
            }
            _ => new.push(finding),
        }
    }
    *all = new;
    known
}
