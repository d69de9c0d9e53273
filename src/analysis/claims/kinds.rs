//! The grammar of a sentence: whose voice it is, whether it asserts a happening, and of whom.
//!
//! There is no parser here. A clause is read as: opening phrase, subject up to the first finite verb, rest. What
//! stands after a relative or subordinating word, up to the next comma, is not the main clause and is not read. Every
//! doubt is decided for silence: a happening needs a past or perfect verb, an actor, and a date or a second name.

use crate::analysis::facts::{EntityKind, Mention};
use crate::lexicon::written;
use crate::lexicon::{Classes, Word, class};
use crate::structure::{Token, TokenKind};
use crate::text::TextRange;

/// The tense of the main verb, as far as it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    /// "sailed", "were seized".
    Past,
    /// "has sailed".
    Perfect,
    /// "is", "operates" (only forms of be, have and do are known for sure).
    Present,
}

/// The main verb of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct MainVerb {
    /// Its first token (an auxiliary where there is one).
    pub(super) first: usize,
    /// Its last token.
    pub(super) last: usize,
    /// Its tense.
    pub(super) tense: Tense,
    /// "was seized".
    pub(super) passive: bool,
}

/// The reading of one sentence by its grammar.
#[derive(Clone, Debug, Default)]
pub(super) struct Reading {
    /// The main verb.
    pub(super) verb: Option<MainVerb>,
    /// "I", "our" outside quotations.
    pub(super) first_person: bool,
    /// "you" outside quotations: advice.
    pub(super) second_person: bool,
    /// Tells how a survey was made: "margin of error".
    pub(super) method: bool,
    /// Ends in a question mark outside quotations.
    pub(super) question: bool,
    /// Begins with "if", "unless".
    pub(super) conditional: bool,
    /// A modal before the main verb.
    pub(super) modal: bool,
    /// "not", "never" around the main verb.
    pub(super) negated: bool,
    /// Begins with "you", a bare verb or the like.
    pub(super) addressed: bool,
    /// Begins with a word that draws a conclusion.
    pub(super) concludes: bool,
    /// The subject is no actor.
    pub(super) abstract_subject: bool,
    /// The subject is "he", "she", "it", "they".
    pub(super) pronoun_subject: bool,
    /// The subject is "the" and a common noun.
    pub(super) definite_subject: bool,
    /// The main verb tells a state: "was a partner", "had doubts", "seemed".
    pub(super) stative: bool,
    /// The subject is "this", "that" or the like.
    pub(super) demonstrative: bool,
    /// The first named actor of the subject, as an index into the note's mentions.
    pub(super) actor: Option<usize>,
    /// The number of different names in the main clause and the rest of the sentence.
    pub(super) names: usize,
    /// Its years all lie before living memory: what textbooks tell.
    pub(super) historic: bool,
    /// A date or period stands in it.
    pub(super) dated: bool,
    /// "is the largest".
    pub(super) rank: Option<TextRange>,
    /// A verb of wrongdoing whose subject is a named actor: the words.
    pub(super) wrong: Option<TextRange>,
}

/// A sentence with what is known of its tokens.
pub(super) struct SentenceTokens<'a> {
    /// The text of the note.
    pub(super) text: &'a str,
    /// The tokens of the sentence.
    pub(super) tokens: &'a [Token],
    /// Their entries in the lexicon, beside `tokens`.
    pub(super) words: &'a [Word],
    /// True for each token that stands inside a quotation, beside `tokens`.
    pub(super) quoted: &'a [bool],
    /// The sentence's mentions.
    pub(super) mentions: &'a [Mention],
    /// The index of the first of them in the note.
    pub(super) first_mention: usize,
}

/// Reads a sentence.
pub(super) fn read(clause: &SentenceTokens<'_>) -> Reading {
    let mut reading = Reading::default();
    let Some(start) = clause.opening() else { return reading };
    reading.question = clause.ends_in_question();
    let opener = clause.classes(start);
    reading.conditional = opener.has(class::CONDITIONAL)
        || clause.word_is(start, "even") && clause.classes(start + 1).has(class::CONDITIONAL);
    reading.addressed = opener.has(class::YOU) || written::forms_of(clause.word(start)).has(written::ADDRESSES);
    reading.concludes = written::forms_of(clause.word(start)).has(written::CONCLUDES)
        || clause.word_is(start, "in") && clause.word_is(start + 1, "any");
    for at in 0..clause.tokens.len() {
        reading.second_person |= clause.classes(at).has(class::YOU) && !clause.quoted[at];
        reading.method |=
            clause.word_is(at, "margin") && clause.word_is(at + 2, "error") || clause.word_is(at, "sample");
        let first = clause.classes(at).has(class::FIRST) && !clause.quoted[at];
        // "US" is a state and "us" is not.
        reading.first_person |= first && !(clause.tokens[at].all_capitals && clause.tokens[at].range.len() > 1);
    }
    let (verb, subject) = clause.main_verb(start, &mut reading);
    reading.verb = verb;
    reading.stative = verb.is_some_and(|verb| clause.is_stative(verb) || clause.is_credit(verb));
    let subject_end = verb.map_or(clause.tokens.len().min(start + 12), |verb| verb.first);
    clause.subject(subject, subject_end, &mut reading);
    clause.names(&mut reading);
    reading.rank = verb.and_then(|verb| clause.rank(verb));
    reading.wrong = clause.wrongdoing(&reading, subject_end);
    reading
}

impl<'a> SentenceTokens<'a> {
    /// The token's text, empty past the end.
    pub(super) fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| token.text(self.text))
    }

    /// True if the token is this lower-case word, whatever its case.
    pub(super) fn word_is(&self, at: usize, word: &str) -> bool {
        self.word(at).eq_ignore_ascii_case(word)
    }

    /// The word classes of a token, none past the end.
    pub(super) fn classes(&self, at: usize) -> Classes {
        self.words.get(at).map_or(Classes::NONE, |word| word.classes)
    }

    /// The first word or number outside quotations.
    pub(super) fn opening(&self) -> Option<usize> {
        (0..self.tokens.len())
            .find(|&at| matches!(self.tokens[at].kind, TokenKind::Word | TokenKind::Number) && !self.quoted[at])
    }

    /// True if a question mark outside quotations ends the sentence.
    pub(super) fn ends_in_question(&self) -> bool {
        self.tokens.iter().zip(self.quoted).rev().take(3).any(|(token, quoted)| !quoted && token.text(self.text) == "?")
    }

    /// Notes in `reading` what the subject is that stands before the main verb, within `from..end`.
    pub(super) fn subject(&self, from: usize, end: usize, reading: &mut Reading) {
        let from = (from..end).find(|&at| self.tokens[at].kind != TokenKind::Quote).unwrap_or(from);
        let opener = self.classes(from);
        // "Two years ago it leased cranes": the pronoun right before the verb is the subject.
        let before = (from..end).rev().find(|&at| !self.classes(at).has(class::ADVERB));
        reading.pronoun_subject =
            opener.has(class::PRONOUN) || before.is_some_and(|at| self.classes(at).has(class::PRONOUN));
        reading.definite_subject = self.word_is(from, "the") && self.tokens.get(from + 1).is_some_and(|t| !t.capital);
        reading.demonstrative = opener.has(class::DEMONSTRATIVE)
            || self.word_is(from, "there")
            || self.word_is(from, "here")
            || self.word_is(from, "what");
        // The head of the subject is the last word before its first preposition, comma or relative.
        let mut head = None;
        for at in from..end.min(self.tokens.len()) {
            let classes = self.classes(at);
            let stop = matches!(self.word(at), "," | "(" | "—" | "–" | ":" | ";");
            if stop || at > from && classes.has(class::PREPOSITION.or(class::RELATIVE)) {
                break;
            }
            if self.tokens[at].kind == TokenKind::Word && !classes.has(class::ADVERB) {
                head = Some(at);
            }
        }
        if let Some(head) = head {
            let in_name = self.mentions.iter().any(|m| m.range.contains(self.tokens[head].range.start));
            reading.abstract_subject =
                !in_name && (self.classes(head).has(class::ABSTRACT) || self.word(head).ends_with("ing"));
        }
        let limit = self.tokens.get(end.saturating_sub(1)).map_or(0, |token| token.range.end);
        let begin = self.tokens.get(from).map_or(0, |token| token.range.start);
        reading.actor = self
            .mentions
            .iter()
            .position(|m| m.range.start >= begin && m.range.end <= limit && is_actor(m.kind))
            .map(|at| at + self.first_mention);
    }

    /// Notes in `reading` which names and dates the sentence has.
    pub(super) fn names(&self, reading: &mut Reading) {
        let mut seen: [u32; 8] = [u32::MAX; 8];
        for mention in self.mentions {
            match mention.kind {
                EntityKind::Date => reading.dated = true,
                EntityKind::Money | EntityKind::Percent | EntityKind::Quantity => {}
                _ => {
                    let quoted =
                        self.tokens.iter().zip(self.quoted).any(|(t, q)| *q && mention.range.contains(t.range.start));
                    let id = mention.entity.unwrap_or(u32::MAX - 1 - mention.range.start);
                    if quoted || seen[..reading.names.min(8)].contains(&id) {
                        continue;
                    }
                    if reading.names < 8 {
                        seen[reading.names] = id;
                    }
                    reading.names += 1;
                }
            }
        }
        let mut recent = false;
        for at in 0..self.tokens.len() {
            if let Some(year) = self.year(at) {
                reading.historic |= year < TEXTBOOK;
                recent |= year >= TEXTBOOK;
            }
            let classes = self.classes(at);
            let calendar = self.tokens[at].capital && classes.has(class::MONTH.or(class::WEEKDAY));
            let year = self.year(at).is_some();
            let last = self.word_is(at, "last")
                && self.classes(at + 1).has(class::TIME_UNIT.or(class::MONTH).or(class::WEEKDAY));
            if (calendar && !self.word_is(at, "may")) || year || last {
                reading.dated = true;
            }
        }
        reading.historic &= !recent;
    }

    /// The year at token `at`, also of "1990s".
    fn year(&self, at: usize) -> Option<u32> {
        let token = self.tokens.get(at).filter(|t| t.kind == TokenKind::Number)?;
        let text = token.text(self.text);
        let digits = text.strip_suffix('s').unwrap_or(text);
        (digits.len() == 4).then(|| digits.parse().ok()).flatten().filter(|year| (1000..=2999).contains(year))
    }

    /// "is the largest buyer": be, at most four words, a superlative.
    pub(super) fn rank(&self, verb: MainVerb) -> Option<TextRange> {
        let be = self.classes(verb.first).has(class::COPULA) && !verb.passive;
        if !be {
            return None;
        }
        let mut ordinal = false;
        for at in verb.last + 1..self.tokens.len().min(verb.last + 7) {
            let classes = self.classes(at);
            if classes.has(class::SUPERLATIVE) && !self.quoted[at] {
                // "one of the largest" ranks nothing.
                let one_of = (verb.last + 1..at).any(|at| self.word_is(at, "of") || self.word_is(at, "among"));
                let hard = classes.has(class::RANK_HARD) || ordinal;
                let end = self.tokens.get(at + 1).filter(|t| t.kind == TokenKind::Word).map_or(at, |_| at + 1);
                let last = self.tokens[end].range;
                return (!one_of && hard).then(|| self.tokens[at].range.cover(last));
            }
            ordinal = classes.has(class::ORDINAL);
            let inside = classes.has(class::DETERMINER.or(class::ORDINAL).or(class::ADVERB))
                || self.tokens[at].capital
                || matches!(self.tokens[at].kind, TokenKind::Possessive | TokenKind::Sign)
                || self.word_is(at, "world");
            if !inside {
                return None;
            }
        }
        None
    }

    /// "Norvik Shipping smuggled …": a verb of wrongdoing as the main verb, or the noun in the actor's possession.
    pub(super) fn wrongdoing(&self, reading: &Reading, subject_end: usize) -> Option<TextRange> {
        reading.actor?;
        if reading.negated {
            return None;
        }
        if let Some(verb) = reading.verb
            && !verb.passive
            && verb.tense != Tense::Present
            && self.classes(verb.last).has(class::ALLEGE)
        {
            return Some(self.tokens[verb.first].range.cover(self.tokens[verb.last].range));
        }
        // "X's bribery of Y"
        (1..subject_end.min(self.tokens.len())).find_map(|at| {
            let owned = self.tokens[at - 1].kind == TokenKind::Possessive && self.word_is(at + 1, "of");
            (owned && self.classes(at).has(class::ALLEGE_NOUN) && !self.quoted[at]).then(|| self.tokens[at].range)
        })
    }
}

/// Years before this are history that any reader can look up.
const TEXTBOOK: u32 = 1980;

/// True if a thing of this kind can do something.
fn is_actor(kind: EntityKind) -> bool {
    matches!(kind, EntityKind::Person | EntityKind::Org | EntityKind::Place | EntityKind::Group)
}

impl Reading {
    /// A specific happening, told as a fact: who did what, with a date or a second name.
    pub(super) fn is_event(&self) -> bool {
        let Some(verb) = self.verb else { return false };
        let told = matches!(verb.tense, Tense::Past | Tense::Perfect) && !self.negated && !self.modal && !self.stative;
        let actor = self.actor.is_some() || self.pronoun_subject || self.definite_subject && self.names >= 2;
        let names = self.names + usize::from(self.pronoun_subject && self.actor.is_none());
        told && actor
            && !self.abstract_subject
            && !self.demonstrative
            && !self.voice_is_own()
            && (self.dated && names >= 1 && self.names >= 1 || names >= 2)
    }

    /// The author's own doings, questions, conditions and advice.
    pub(super) fn voice_is_own(&self) -> bool {
        self.first_person || self.question || self.conditional || self.addressed
    }

    /// A broad description, told as a fact.
    pub(super) fn is_generality(&self) -> bool {
        let Some(verb) = self.verb else { return false };
        !self.voice_is_own()
            && !self.modal
            && !self.demonstrative
            && !self.concludes
            && (self.names >= 1 || verb.tense == Tense::Perfect)
    }
}
