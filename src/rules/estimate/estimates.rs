//! Judgements of the author, and the terms of likelihood in them.

use crate::analysis::facts::{Signal, Zone};
use crate::config::{Config, OwnTerm};
use crate::lexicon::estimative::{self, Rows, Scale, Term};
use crate::lexicon::{class, phrase, word};
use crate::rules::RuleContext;
use crate::structure::Token;
use crate::text::{TextRange, word_hash};

/// The yardstick that the configuration holds the author to.
#[derive(Clone, Copy, Debug)]
pub(in crate::rules) enum Yardstick<'c> {
    /// One of the known ones.
    Known(Scale),
    /// A house's own, highest term first.
    Own(&'c [OwnTerm]),
}

/// A term that can be offered, with its band in percent.
#[derive(Clone, Debug)]
pub(in crate::rules) struct Offer {
    /// Its words, in lower case.
    pub(in crate::rules) words: String,
    low: u8,
    high: u8,
}

impl Offer {
    /// The term with its band: "likely (55-80 %)".
    pub(in crate::rules) fn shown(&self) -> String {
        format!("{} ({}-{} %)", self.words, self.low, self.high)
    }

    /// True if it names a chance ("remote chance") where others say of what is told that it is likely.
    pub(in crate::rules) fn is_noun(&self) -> bool {
        Term::names_a_chance(&self.words)
    }
}

impl<'c> Yardstick<'c> {
    /// The yardstick that the configuration names; none if there is none of that name.
    pub(in crate::rules) fn of(config: &'c Config) -> Option<Self> {
        if config.own_scale.is_empty() {
            return Scale::named(&config.scale).map(Self::Known);
        }
        Some(Self::Own(&config.own_scale))
    }

    /// Its name in a message.
    pub(in crate::rules) fn title(self) -> &'static str {
        match self {
            Self::Known(scale) => scale.title(),
            Self::Own(_) => "the house's scale",
        }
    }

    /// True if it has these lower-case words as a term.
    pub(in crate::rules) fn has(self, words: &str) -> bool {
        match self {
            Self::Known(scale) => estimative::rows_of(words).has(scale.rows()),
            Self::Own(terms) => terms.iter().any(|term| term.words == words),
        }
    }

    /// The terms that come nearest to a band, best first, two at most.
    pub(in crate::rules) fn nearest(self, (low, high): (u8, u8)) -> Vec<Offer> {
        let own = match self {
            Self::Known(scale) => {
                let terms = scale.nearest((low, high)).into_iter();
                return terms.map(|t| Offer { words: t.words.to_owned(), low: t.low, high: t.high }).collect();
            }
            Self::Own(terms) => terms,
        };
        let middle = |low: u8, high: u8| i32::from(low) + i32::from(high);
        let mut terms: Vec<&OwnTerm> = own.iter().collect();
        terms.sort_by_key(|term| (middle(term.low, term.high) - middle(low, high)).abs());
        let near = |(rank, term): &(usize, &OwnTerm)| *rank == 0 || *rank == 1 && term.low < high && low < term.high;
        let near = terms.into_iter().enumerate().filter(near);
        near.map(|(_, term)| Offer { words: term.words.clone(), low: term.low, high: term.high }).collect()
    }
}

/// Terms of a yardstick for likelihood.
pub(in crate::rules) const SCALES: phrase::PhraseKinds =
    phrase::SCALE_A.or(phrase::SCALE_B).or(phrase::SCALE_PHIA).or(phrase::SCALE_OTHER);

/// True if the sentence gives the author's own judgement: by its words, or by the heading over it.
pub(in crate::rules) fn is_judgement(context: &RuleContext<'_>, sentence: u32) -> bool {
    let zone = context.facts.zone_of(sentence);
    let own = || find_signal(context, sentence, phrase::OWN).is_some();
    let confident =
        || find_signal(context, sentence, phrase::CONFIDENCE).is_some() && speaks_of_itself(context, sentence);
    let attributed = || context.facts.attributions_of(sentence).any(|a| a.strong && !is_own(context, a.source.first()));
    zone == Zone::OwnVoice && !attributed()
        || zone != Zone::Exempt && zone != Zone::Quoted && (own() || confident() && !attributed())
}

/// "We" as a source is the author.
fn is_own(context: &RuleContext<'_>, source: Option<&TextRange>) -> bool {
    source.is_some_and(|range| matches!(range.of(context.text), "We" | "we" | "I"))
}

/// True if the author or the judgement itself is named: "investors have low confidence in the bank" is no judgement.
fn speaks_of_itself(context: &RuleContext<'_>, sentence: u32) -> bool {
    let note = &context.facts.note;
    let tokens = note.sentences.get(sentence as usize).map_or(&[][..], |sentence| note.tokens_of(sentence));
    tokens.iter().any(|token| {
        let judges = ["judgement", "judgment", "assessment", "estimate"];
        word(token.hash).classes.has(class::FIRST)
            || judges.iter().any(|word| token.text(context.text).eq_ignore_ascii_case(word))
    })
}

/// The first signal of one of `kinds` in a sentence, outside quotations.
pub(in crate::rules) fn find_signal<'a>(
    context: &RuleContext<'a>,
    sentence: u32,
    kinds: phrase::PhraseKinds,
) -> Option<&'a Signal> {
    context.facts.signals_of(sentence).iter().find(|s| !s.quoted && s.kinds.has(kinds))
}

/// True if a term of some yardstick gives a likelihood in the sentence.
pub(in crate::rules) fn is_estimated(context: &RuleContext<'_>, sentence: u32) -> bool {
    let mut signals = context.facts.signals_of(sentence).iter().filter(|s| !s.quoted && s.kinds.has(SCALES));
    signals.any(|s| is_likelihood(context, s.range)) || has_own_term(context, sentence)
}

/// True if a term of the house's own scale stands in a sentence, outside of quotation marks.
fn has_own_term(context: &RuleContext<'_>, sentence: u32) -> bool {
    let (note, terms) = (&context.facts.note, &context.config.own_scale);
    let Some(sentence) = note.sentences.get(sentence as usize).filter(|_| !terms.is_empty()) else { return false };
    let tokens = note.tokens_of(sentence);
    let hashes = |term: &OwnTerm| term.words.split_whitespace().map(word_hash).collect::<Vec<u64>>();
    terms.iter().map(hashes).filter(|words| !words.is_empty()).any(|words| {
        let fits = |at: &[Token]| at.iter().zip(&words).all(|(token, word)| token.hash == *word);
        tokens
            .windows(words.len())
            .any(|at| fits(at) && at.first().is_some_and(|first| !context.facts.is_quoted(first.range.start)))
    })
}

/// Signals of one of `kinds` outside quotations, in sentences that are the author's judgement.
pub(in crate::rules) fn judgement_signals<'a>(
    context: &RuleContext<'a>,
    kinds: phrase::PhraseKinds,
) -> impl Iterator<Item = &'a Signal> {
    let context = *context;
    context.facts.signals.iter().filter(move |s| !s.quoted && s.kinds.has(kinds) && is_judgement(&context, s.sentence))
}

/// A term of a yardstick in the author's judgement.
#[derive(Clone, Debug)]
pub(in crate::rules) struct Used {
    /// Its bytes.
    pub(in crate::rules) range: TextRange,
    /// As the lists have it: lower case, one space between words.
    pub(in crate::rules) words: String,
    /// The rows of the scales that have it.
    pub(in crate::rules) rows: Rows,
}

/// The terms in the author's judgements, in order.
pub(in crate::rules) fn terms(context: &RuleContext<'_>) -> Vec<Used> {
    judgement_signals(context, SCALES)
        .filter(|signal| is_likelihood(context, signal.range))
        .map(|signal| {
            let words = normalised(context, signal.range);
            Used { range: signal.range, rows: estimative::rows_of(&words), words }
        })
        .filter(|used| !used.rows.is_empty())
        .collect()
}

/// A term of another yardstick than the configured one, with a term of that one which it cannot stand beside.
pub(in crate::rules) fn two_yardsticks<'t>(terms: &'t [Used], scale: Yardstick<'_>) -> Option<(&'t Used, &'t Used)> {
    terms.iter().filter(|term| !scale.has(&term.words)).find_map(|foreign| {
        let shared = |term: &Used| matches!(scale, Yardstick::Known(_)) && term.rows.has(foreign.rows);
        let other = terms.iter().find(|term| scale.has(&term.words) && !shared(term))?;
        Some((foreign, other))
    })
}

/// The words of a range, normalised as the lists have them: lower case, one space between words.
pub(in crate::rules) fn normalised(context: &RuleContext<'_>, range: TextRange) -> String {
    let words: Vec<String> = range.of(context.text).split_whitespace().map(str::to_ascii_lowercase).collect();
    words.join(" ")
}

/// The tokens before and after a range.
pub(in crate::rules) fn neighbours<'a>(
    context: &RuleContext<'a>,
    range: TextRange,
) -> (Option<&'a Token>, Option<&'a Token>) {
    let tokens = &context.facts.note.tokens;
    let first = tokens.partition_point(|t| t.range.end <= range.start);
    let next = tokens.partition_point(|t| t.range.start < range.end);
    (first.checked_sub(1).and_then(|at| tokens.get(at)), tokens.get(next))
}

/// "Certain units", "remote islands" and "the probable cause" are no likelihoods; "it is certain" and "a remote
/// possibility" are.
fn is_likelihood(context: &RuleContext<'_>, range: TextRange) -> bool {
    let (before, after) = neighbours(context, range);
    match normalised(context, range).as_str() {
        "certain" | "remote" | "impossible" => {}
        "likely" | "probable" => {
            let owners = ["the", "its", "their", "our", "his", "her"];
            return !before.is_some_and(|t| owners.iter().any(|w| t.text(context.text).eq_ignore_ascii_case(w)));
        }
        _ => return true,
    }
    let stated = before.is_some_and(|token| word(token.hash).classes.has(class::COPULA));
    let noun = |token: &Token| {
        let chances = ["chance", "possibility", "prospect", "likelihood", "probability"];
        chances.contains(&token.text(context.text))
    };
    stated || after.is_some_and(noun)
}
