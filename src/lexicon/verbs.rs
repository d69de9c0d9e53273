//! Reporting and stance verbs: what they do, what they may take, and every form of every verb.
//!
//! A [`Word`](super::Word) tells its forms as a verb and which verb it is. Data: `data/sourcing/*.txt`; each file's head
//! explains its columns.

use std::collections::HashMap;

use super::table::rows;
use crate::text::word_hash;

/// Verb forms as bits of `Word::forms`.
pub mod form {
    /// `say`
    pub const BASE: u8 = 1;
    /// `says`
    pub const THIRD: u8 = 2;
    /// `said`
    pub const PAST: u8 = 4;
    /// `said` after "has"
    pub const PARTICIPLE: u8 = 8;
    /// `saying`
    pub const GERUND: u8 = 16;

    /// The forms in the order of the columns of a list of verbs.
    pub(in crate::lexicon) const ALL: [u8; 5] = [BASE, THIRD, PAST, PARTICIPLE, GERUND];
}

/// What a reporting verb may take, as bits of [`Report::syntax`].
pub mod takes {
    /// A clause, with or without "that".
    pub const CLAUSE: u16 = 1;
    /// A quotation.
    pub const QUOTE: u16 = 2;
    /// An object.
    pub const OBJECT: u16 = 4;
    /// An infinitive with "to".
    pub const INFINITIVE: u16 = 8;
    /// A person told, before the content.
    pub const ADDRESSEE: u16 = 16;
    /// A question clause.
    pub const QUESTION: u16 = 32;
    /// A gerund.
    pub const GERUND: u16 = 64;
    /// An object with an infinitive.
    pub const OBJECT_INFINITIVE: u16 = 128;
    /// An object "as" something, or an object and a predicate.
    pub const OBJECT_AS: u16 = 256;
    /// An object "of" something.
    pub const OBJECT_OF: u16 = 512;
    /// Counts only with an explicit "that", quotation, infinitive or governed preposition.
    pub const EXPLICIT: u16 = 1024;

    /// The bits for the letters of a verb's row.
    pub(super) fn of(letters: &str) -> u16 {
        letters.chars().fold(0, |bits, letter| {
            bits | match letter {
                'T' => CLAUSE,
                'Q' => QUOTE,
                'N' => OBJECT,
                'I' => INFINITIVE,
                'O' => ADDRESSEE,
                'W' => QUESTION,
                'G' => GERUND,
                'P' => OBJECT_INFINITIVE,
                'A' => OBJECT_AS,
                'E' => OBJECT_OF,
                'X' => EXPLICIT,
                _ => 0,
            }
        })
    }
}

/// The treatment that a reporting verb gives its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// `say`, `tell`.
    Neutral,
    /// Implies that proof is missing.
    Claim,
    /// Endorses or dramatises.
    Assert,
    /// `deny`, `reject`.
    Deny,
    /// `decline`, `refuse`.
    Decline,
    /// `accuse`, `criticise`.
    Accuse,
    /// `estimate`, `predict`.
    Estimate,
    /// Verbs of documents: `show`, `find`.
    Document,
    /// `urge`, `call for`.
    Urge,
    /// `believe`, `fear`.
    Cognition,
    /// `want`, `support`, `vote`.
    Stance,
}

impl Group {
    /// Tells if the verb stands behind a claim about the world, or only reports an attitude.
    #[must_use]
    pub fn is_strong(self) -> bool {
        !matches!(self, Self::Cognition | Self::Stance | Self::Urge | Self::Decline)
    }

    fn of(name: &str) -> Self {
        match name {
            "claim" => Self::Claim,
            "assert" => Self::Assert,
            "deny" => Self::Deny,
            "decline" => Self::Decline,
            "accuse" => Self::Accuse,
            "estimate" => Self::Estimate,
            "doc" => Self::Document,
            "urge" => Self::Urge,
            "cognition" => Self::Cognition,
            "stance" => Self::Stance,
            _ => Self::Neutral,
        }
    }
}

/// The deed that a verb tells of, as far as words go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Words are uttered: `say`, `urge`, `praise`.
    Speech,
    /// Something is denied: `deny`, `refute`.
    Denial,
    /// A denial if its object is something said ("rejected the claim"), else an attitude ("rejected the offer").
    Rejection,
    /// Not to speak, if what is refused is to speak; else a deed: `decline`, `refuse`.
    Refusal,
    /// A view, wish or plan, spoken or not: `believe`, `want`.
    Attitude,
    /// Done, or as often done as said: `veto`, `attack`.
    Deed,
}

impl Act {
    /// The act of the verbs of a group, unless `data/sourcing/speech.txt` says otherwise.
    fn of_group(group: Group) -> Self {
        match group {
            Group::Deny => Self::Denial,
            Group::Decline => Self::Refusal,
            Group::Cognition | Group::Stance => Self::Attitude,
            Group::Neutral
            | Group::Claim
            | Group::Assert
            | Group::Accuse
            | Group::Estimate
            | Group::Document
            | Group::Urge => Self::Speech,
        }
    }

    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "speech" => Self::Speech,
            "denial" => Self::Denial,
            "rejection" => Self::Rejection,
            "refusal" => Self::Refusal,
            "attitude" => Self::Attitude,
            "deed" => Self::Deed,
            _ => return None,
        })
    }
}

/// A reporting or stance verb.
#[derive(Clone, Debug)]
pub struct Report {
    /// Base form.
    pub lemma: &'static str,
    /// Its effect on what follows.
    pub group: Group,
    /// The deed that it tells of, as far as words go.
    pub act: Act,
    /// Bits of [`takes`].
    pub syntax: u16,
    /// Hashes of the prepositions that it governs.
    pub prepositions: Vec<u64>,
    /// Hash of its second word (`point out`), 0 if it has none.
    pub particle: u64,
}

const VERBS: &str = include_str!("data/sourcing/verbs.txt");
const REPORTING: &str = include_str!("data/sourcing/reporting_verbs.txt");
const SPEECH: &str = include_str!("data/sourcing/speech.txt");

/// Every form of the verbs that report nothing, with its bit of [`form`].
pub(super) fn verbs() -> impl Iterator<Item = (&'static str, u8)> {
    rows(VERBS).flat_map(|row| row.columns().zip(form::ALL))
}

/// The reporting verbs with their five forms.
pub(super) fn read_reports() -> impl Iterator<Item = (Report, Vec<&'static str>)> {
    let acts: HashMap<&str, Act> = rows(SPEECH).filter_map(|row| Some((row.key(), Act::of(row.column(1))?))).collect();
    rows(REPORTING).map(move |row| {
        let lemma = row.key();
        let group = Group::of(row.column(5));
        let report = Report {
            lemma,
            group,
            act: acts.get(lemma).copied().unwrap_or_else(|| Act::of_group(group)),
            syntax: takes::of(row.column(6)),
            prepositions: row.values(7).map(word_hash).collect(),
            particle: lemma.split_once(' ').map_or(0, |(_, particle)| word_hash(particle)),
        };
        (report, row.columns().take(form::ALL.len()).collect())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_act_in_the_data_is_one_of_a_known_verb() {
        let verbs: Vec<_> = rows(REPORTING).map(|row| row.key()).collect();
        for row in rows(SPEECH) {
            assert!(verbs.contains(&row.key()) && Act::of(row.column(1)).is_some(), "{row:?}");
        }
    }
}
