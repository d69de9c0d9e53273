//! Claims, with the genre, zone and signals that they are read by.

use super::SourceKind;
use crate::lexicon::phrase;
use crate::text::TextRange;

/// The strongest thing that a sentence asserts, by the order of the annotation guidelines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClaimKind {
    /// Somebody's words in quotation marks.
    Quotation,
    /// A figure.
    Statistic,
    /// Somebody's position, reported without quotation marks.
    Statement,
    /// Wrongdoing put on a named party.
    Allegation,
    /// A specific happening.
    Event,
    /// A broad background statement.
    Generality,
}

impl ClaimKind {
    /// The word used in JSON and hovers.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Quotation => "quotation",
            Self::Statistic => "statistic",
            Self::Statement => "statement",
            Self::Allegation => "allegation",
            Self::Event => "event",
            Self::Generality => "generality",
        }
    }
}

/// The source of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sourced {
    /// By an attribution in its own sentence: index into [`NoteFacts::attributions`](super::NoteFacts::attributions).
    Attribution(u32),
    /// By a marker in or just after its sentence: index into [`Note::markers`](crate::structure::Note::markers), or none for a parenthetical citation in prose.
    Citation(Option<u32>),
    /// By an earlier attribution of the same run, which still governs it.
    Carried(u32),
    /// By nothing.
    None,
}

/// Why the nearest possible source was not accepted for a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyUnsourced {
    /// The item names no source before it at all.
    NoSource,
    /// The nearest attribution is this many sentences back.
    TooFar(u32),
    /// A heading, item or list boundary stands between.
    Boundary,
    /// Another actor or a resetting word ("meanwhile") stands between.
    NewSubject,
    /// A citation stands in the block, but too far away or before the claim.
    CitationTooFar,
    /// The sentence has a cue, but its subject is no source.
    CueWithoutSource,
    /// The attribution only reports an attitude.
    WeakAttribution,
}

/// A claim about the world.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Index into [`Note::sentences`](crate::structure::Note::sentences).
    pub sentence: u32,
    /// The sentence, or the clause of it that makes the claim.
    pub range: TextRange,
    /// The smallest span that carries it (figure and head noun, verb group, quotation).
    pub span: TextRange,
    /// The kind of claim.
    pub kind: ClaimKind,
    /// Its source.
    pub sourced: Sourced,
    /// The kind of the source, where there is one (for `Carried`, of the governing attribution).
    pub source_kind: Option<SourceKind>,
    /// The attribution that was nearest, with why it does not count; only where `sourced` is `None`.
    pub nearest: Option<u32>,
    /// Why that one does not count.
    pub why: WhyUnsourced,
    /// The figure, for statistics.
    pub figure: Option<Figure>,
    /// The probability that a desk editor would want a source here, 0 to 1.
    pub score: f32,
    /// The party that an allegation is made against, as an index into [`NoteFacts::mentions`](super::NoteFacts::mentions).
    pub party: Option<u32>,
}

/// A number that a claim rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The words of the figure with unit and head noun.
    pub range: TextRange,
    /// Lowest value.
    pub low: f64,
    /// Highest value.
    pub high: f64,
    /// Unit or currency, "" if counted.
    pub unit: String,
    /// Lower-case head noun, "" if none.
    pub head: String,
    /// True if it is hedged ("about", "up to").
    pub approximate: bool,
    /// True if it counts dead, wounded, missing, captured.
    pub casualty: bool,
}

/// The kind of text that an item is. Rules speak up or keep quiet by it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Genre {
    /// Finished copy: a dateline, an outlet's byline or an item-level source line stands behind it.
    News,
    /// The author weighs and judges.
    Analysis,
    /// The author speaks in the first person, or the label says so.
    Opinion,
    /// Speakers take turns, or one speaks throughout; the speaker is the source.
    Transcript,
    /// Anything else that an analyst writes.
    #[default]
    Note,
    /// Somebody else's text, kept as evidence: never linted for sourcing.
    SourceNote,
}

/// Genre, dateline, source line and date of a whole item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ItemFacts {
    /// The kind of text.
    pub genre: Genre,
    /// "LUSK, March 12 (AP) —", with its dash.
    pub dateline: Option<TextRange>,
    /// True if the dateline names an agency, which then stands behind the item's events.
    pub agency: bool,
    /// The item-level source line ("Source: Harbor Daily").
    pub source_line: Option<TextRange>,
    /// A date that relative dates can be counted from, where the item has one.
    pub anchor: Option<TextRange>,
}

/// The part of a text that a sentence stands in, by which its claims are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Zone {
    /// Running text.
    #[default]
    Body,
    /// Running text under a heading for the author's own judgement.
    OwnVoice,
    /// Running text under a heading for facts.
    Strict,
    /// Running text under a heading that exempts it, or in a source note.
    Exempt,
    /// Somebody else's words as a whole: a block quotation, a turn of a transcript.
    Quoted,
    /// No running text: headings, bylines, captions.
    Outside,
}

/// A phrase that rules look for, with what it signals (see [`crate::lexicon::phrase`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signal {
    /// The phrase.
    pub range: TextRange,
    /// Index into [`Note::sentences`](crate::structure::Note::sentences).
    pub sentence: u32,
    /// All that it signals.
    pub kinds: phrase::PhraseKinds,
    /// True if it stands inside a quotation.
    pub quoted: bool,
}

impl Signal {
    /// Those of one sentence among the signals of a note, which are in order.
    #[must_use]
    pub(in crate::analysis) fn of_sentence(signals: &[Self], sentence: u32) -> &[Self] {
        let first = signals.partition_point(|signal| signal.sentence < sentence);
        let last = signals.partition_point(|signal| signal.sentence <= sentence);
        signals.get(first..last).unwrap_or(&[])
    }
}
