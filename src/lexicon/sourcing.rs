//! All that attributions ask of a word, under one name: its classes, what it can be as a verb, and what it reports.

pub use super::class::*;
pub use super::verbs::{Act, Group, Report, form, takes};
pub use super::words::{Word, report, word as lookup};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::word_hash;

    #[test]
    fn a_verb_is_known_in_all_its_forms() {
        for name in ["deny", "denies", "denied", "denying"] {
            let verb = report(lookup(word_hash(name)).report).map(|r| r.lemma);
            assert_eq!(verb, Some("deny"), "{name}");
        }
        let phrasal = report(lookup(word_hash("pointed")).phrasal).map(|r| r.lemma);
        assert_eq!(phrasal, Some("point out"));
    }
}
