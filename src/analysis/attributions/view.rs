//! One sentence as the patterns read it: tokens, tags and the quotations that overlap it.

use super::tagger;
use super::tags::Tag;
use crate::analysis::facts::{Quotation, QuotationClass};
use crate::lexicon::sourcing::{self as lexicon, Report, Word};
use crate::lexicon::speech;
use crate::structure::Token;

/// A run of tokens of the sentence, end exclusive.
pub(super) type Run = std::ops::Range<usize>;

/// A quotation as far as it lies in the sentence.
#[derive(Clone, Debug)]
pub(super) struct Quoted {
    /// Its tokens with the marks.
    pub(super) run: Run,
    /// True if it is speech (not a label or title).
    pub(super) speech: bool,
    /// It goes on after the sentence.
    pub(super) goes_on: bool,
}

/// One sentence. The buffers are kept between sentences.
pub(super) struct View<'a> {
    /// The text of the note.
    pub(super) text: &'a str,
    /// The tokens of the sentence.
    pub(super) tokens: &'a [Token],
    /// Their entries in the lexicon, beside `tokens`.
    pub(super) words: Vec<Word>,
    /// Their parts of speech, beside `tokens`.
    pub(super) tags: Vec<Tag>,
    /// The outermost quotations, in order.
    pub(super) quotes: Vec<Quoted>,
    /// For each token the quotation that holds it, plus one.
    pub(super) inside: Vec<u16>,
    /// It is a headline or the first line of its block's kind.
    pub(super) heading: bool,
    /// It is the first sentence of its block.
    pub(super) first: bool,
}

impl<'a> View<'a> {
    /// A view of no sentence yet.
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            tokens: &[],
            words: Vec::new(),
            tags: Vec::new(),
            quotes: Vec::new(),
            inside: Vec::new(),
            heading: false,
            first: false,
        }
    }

    /// Reads the next sentence. `quotations` are the outermost ones that overlap it.
    pub(super) fn read(&mut self, tokens: &'a [Token], quotations: &[&Quotation], heading: bool, first: bool) {
        self.tokens = tokens;
        self.heading = heading;
        self.first = first;
        self.quotes.clear();
        self.inside.clear();
        self.inside.resize(tokens.len(), 0);
        for quotation in quotations {
            let start = tokens.partition_point(|token| token.range.start < quotation.range.start);
            let end = tokens.partition_point(|token| token.range.start < quotation.range.end);
            let number = self.quotes.len() as u16 + 1;
            for slot in &mut self.inside[start..end.max(start)] {
                *slot = number;
            }
            self.quotes.push(Quoted {
                run: start..end.max(start),
                speech: quotation.class == QuotationClass::Speech,
                goes_on: tokens.last().is_some_and(|last| quotation.range.end > last.range.end),
            });
        }
        tagger::tag(self.text, tokens, &self.inside, &mut self.words, &mut self.tags);
    }

    /// The number of tokens.
    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The part of speech at `at`.
    pub(super) fn tag(&self, at: usize) -> Option<Tag> {
        self.tags.get(at).copied()
    }

    /// The tag before `at`.
    pub(super) fn before(&self, at: usize) -> Option<Tag> {
        self.tag(at.checked_sub(1)?)
    }

    /// The lexicon's entry at `at`, empty past the end.
    pub(super) fn word(&self, at: usize) -> Word {
        self.words.get(at).copied().unwrap_or_default()
    }

    /// The token's text, empty past the end.
    pub(super) fn at(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| token.text(self.text))
    }

    /// True if the token is this lower-case word.
    pub(super) fn is(&self, at: usize, word: &str) -> bool {
        self.at(at).eq_ignore_ascii_case(word)
    }

    /// The quotation that begins at `at`.
    pub(super) fn quote_from(&self, at: usize) -> Option<usize> {
        let number = usize::from(*self.inside.get(at)?).checked_sub(1)?;
        (self.quotes[number].run.start == at).then_some(number)
    }

    /// The quotation that ends before `at`.
    pub(super) fn quote_until(&self, at: usize) -> Option<usize> {
        let number = usize::from(*self.inside.get(at.checked_sub(1)?)?).checked_sub(1)?;
        (self.quotes[number].run.end == at && !self.quotes[number].goes_on).then_some(number)
    }

    /// True if the token lies in a quotation.
    pub(super) fn is_inside(&self, at: usize) -> bool {
        self.inside.get(at).is_some_and(|&number| number != 0)
    }

    /// True if the run holds a finite verb.
    pub(super) fn has_finite(&self, run: Run) -> bool {
        self.tags.get(run).is_some_and(|tags| tags.iter().any(|tag| tag.is_finite()))
    }

    /// The reporting verb at `at`, with how many tokens it has.
    pub(super) fn report(&self, at: usize) -> Option<(&'static Report, usize)> {
        let word = self.word(at);
        if let Some(phrasal) = lexicon::report(word.phrasal)
            && self.tokens.get(at + 1).is_some_and(|next| next.hash == phrasal.particle)
        {
            return Some((phrasal, 2));
        }
        // "made it clear"
        if let Some(phrasal) = lexicon::report(word.phrasal)
            && self.is(at + 1, "it")
            && self.tokens.get(at + 2).is_some_and(|next| next.hash == phrasal.particle)
        {
            return Some((phrasal, 3));
        }
        lexicon::report(word.report).map(|report| (report, 1))
    }

    /// The end of the sentence without its final stop; a stop within a quotation stays.
    pub(super) fn end(&self) -> usize {
        let mut end = self.len();
        while end > 0 && self.tags[end - 1] == Tag::Stop && !self.is_inside(end - 1) {
            end -= 1;
        }
        end
    }

    /// True if the preposition at `at` is one of these hashes.
    pub(super) fn is_any(&self, at: usize, hashes: &[u64]) -> bool {
        self.tokens.get(at).is_some_and(|token| hashes.contains(&token.hash))
    }

    /// Tells if the token's word is of one of these classes of words about speech.
    pub(super) fn is_of(&self, at: usize, classes: speech::Classes) -> bool {
        self.tokens.get(at).is_some_and(|token| speech::is_any(token.hash, classes))
    }
}
