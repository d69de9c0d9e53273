//! A list of known findings: what an old folder of notes may keep, so that only what is new is reported.
//!
//! It is a file to commit. A finding is known by its note, its rule and a fingerprint of its sentence, so that edits
//! elsewhere in the note change nothing; one that occurs more often than it is listed is new. One line a finding keeps
//! differences readable.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;

use crate::gate;

/// Known findings, by note and fingerprint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    notes: BTreeMap<String, BTreeMap<u64, Known>>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Its rule's code.
    pub rule: String,
    /// The marked words, shortened.
    pub text: String,
    /// The number of its occurrences.
    pub count: usize,
}

#[derive(Deserialize)]
struct File {
    version: u32,
    findings: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    path: String,
    rule: String,
    fingerprint: String,
    #[serde(default)]
    text: String,
    #[serde(default = "one")]
    count: usize,
}

fn one() -> usize {
    1
}

/// Characters of a finding's text that are kept, for people.
const SHOWN: usize = 60;

impl Baseline {
    /// Reads the file.
    pub fn read(text: &str) -> Option<Self> {
        let file: File = gate::json::read(text.trim_start_matches('\u{feff}'), gate::LARGEST_BASELINE).ok()?;
        let mut all = Self::default();
        for row in (file.version == 1).then_some(file.findings)? {
            let fingerprint = u64::from_str_radix(&row.fingerprint, 16).ok()?;
            let known = Known { rule: row.rule, text: row.text, count: 0 };
            all.notes.entry(row.path).or_default().entry(fingerprint).or_insert(known).count += row.count;
        }
        Some(all)
    }

    /// The file's text.
    #[must_use]
    pub fn write(&self) -> String {
        let mut rows = Vec::new();
        for (path, fingerprint, known) in self.iter() {
            let fingerprint = format!("{fingerprint:016x}");
            let mut row = serde_json::json!(
                { "path": path, "rule": known.rule, "text": known.text, "fingerprint": fingerprint }
            );
            if let (2.., Some(row)) = (known.count, row.as_object_mut()) {
                row.insert("count".to_owned(), known.count.into());
            }
            rows.push(format!("    {row}"));
        }
        let mut file = String::new();
        let _ = writeln!(file, "{{\n  \"version\": 1,\n  \"findings\": [\n{}\n  ]\n}}", rows.join(",\n"));
        file
    }

    /// Adds a finding.
    pub fn add(&mut self, path: &str, fingerprint: u64, rule: &str, text: &str) {
        let shown = || text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(SHOWN).collect();
        let notes = self.notes.entry(path.to_owned()).or_default();
        notes.entry(fingerprint).or_insert_with(|| Known { rule: rule.to_owned(), text: shown(), count: 0 }).count += 1;
    }

    /// The count of each known finding of a note, by fingerprint.
    #[must_use]
    pub fn of_note(&self, path: &str) -> BTreeMap<u64, usize> {
        let notes = self.notes.get(path).into_iter().flatten();
        notes.map(|(fingerprint, known)| (*fingerprint, known.count)).collect()
    }

    /// All of them: note, fingerprint and the rest.
    pub fn iter(&self) -> impl Iterator<Item = (&str, u64, &Known)> {
        let of = |(path, known): (_, _)| -> (&String, &BTreeMap<u64, Known>) { (path, known) };
        self.notes.iter().map(of).flat_map(|(path, known)| known.iter().map(move |(f, k)| (path.as_str(), *f, k)))
    }

    /// The part of this that is not in `found`.
    #[must_use]
    pub fn without(&self, found: &Self) -> Self {
        let mut rest = self.clone();
        for (path, known) in &mut rest.notes {
            let there = found.notes.get(path);
            known.retain(|fingerprint, known| {
                let seen = there.and_then(|there| there.get(fingerprint)).map_or(0, |other| other.count);
                known.count = known.count.saturating_sub(seen);
                known.count > 0
            });
        }
        rest.notes.retain(|_, known| !known.is_empty());
        rest
    }

    /// The number of findings that it lists.
    #[must_use]
    pub fn len(&self) -> usize {
        self.iter().map(|(_, _, known)| known.count).sum()
    }

    /// Returns `true` if it lists none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.notes.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_what_is_gone_is_left_over() {
        let mut all = Baseline::default();
        all.add("a.md", 7, "A101", "38 million\n  tonnes");
        all.add("a.md", 7, "A101", "38 million tonnes");
        all.add("b.md", 9, "C302", "[^\"1\"]");
        let text = all.write();
        assert_eq!(Baseline::read(&text).as_ref(), Some(&all), "{text}");
        assert_eq!((all.len(), text.lines().count()), (3, 7));
        let mut found = Baseline::default();
        found.add("a.md", 7, "A101", "38 million tonnes");
        found.add("a.md", 8, "A101", "a new one");
        let rest = all.without(&found);
        assert_eq!(
            rest.iter().map(|(path, f, known)| (path, f, known.count)).collect::<Vec<_>>(),
            [("a.md", 7, 1), ("b.md", 9, 1)]
        );
        assert!(all.without(&all).is_empty());
    }

    #[test]
    fn any_text_may_stand_where_a_baseline_should() {
        for text in
            ["", "[]", "{}", "{\"version\": 2, \"findings\": []}", "\u{0}", "{\"version\": 1, \"findings\": [{}]}"]
        {
            assert_eq!(Baseline::read(text), None, "{text}");
        }
        assert_eq!(Baseline::read(&Baseline::default().write()), Some(Baseline::default()));
    }
}
