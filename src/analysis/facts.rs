//! The facts of one note, as plain data sorted by range.

mod claims;
mod speech;

use std::ops::Range;
use std::sync::Arc;

pub use claims::{Claim, ClaimKind, Figure, Genre, ItemFacts, Signal, Sourced, WhyUnsourced, Zone};
pub use speech::Speech;

use crate::structure::Note;
use crate::text::TextRange;

/// The kind of thing that a name names or an amount measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EntityKind {
    /// A person, without titles.
    Person,
    /// A body: government, company, armed group, outlet, alliance.
    Org,
    /// A state, city, region, sea, site, building.
    Place,
    /// A weapon, vehicle or system.
    Product,
    /// A named war, operation, meeting.
    Event,
    /// A nationality, religion or political group.
    Group,
    /// A named document, law, policy.
    Work,
    /// A date or period.
    Date,
    /// An amount of money.
    Money,
    /// A share in percent.
    Percent,
    /// Any other measured or counted amount.
    Quantity,
}

impl EntityKind {
    /// The word used in JSON, front matter and hovers.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Org => "org",
            Self::Place => "place",
            Self::Product => "product",
            Self::Event => "event",
            Self::Group => "group",
            Self::Work => "work",
            Self::Date => "date",
            Self::Money => "money",
            Self::Percent => "percent",
            Self::Quantity => "quantity",
        }
    }

    /// The kind of a number, as `kind as u8` gives it.
    #[must_use]
    pub fn of(number: u8) -> Option<Self> {
        const ALL: [EntityKind; 11] = [
            EntityKind::Person,
            EntityKind::Org,
            EntityKind::Place,
            EntityKind::Product,
            EntityKind::Event,
            EntityKind::Group,
            EntityKind::Work,
            EntityKind::Date,
            EntityKind::Money,
            EntityKind::Percent,
            EntityKind::Quantity,
        ];
        ALL.get(usize::from(number)).copied()
    }

    /// True if mentions of this kind have an identity (dates and amounts have none).
    #[must_use]
    pub fn is_named(self) -> bool {
        !matches!(self, Self::Date | Self::Money | Self::Percent | Self::Quantity)
    }
}

/// The form in which a mention names its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MentionForm {
    /// The fullest name that the note has.
    Full,
    /// A part of it: surname, first word of an organisation.
    Short,
    /// A short form after a title: "Mr Jafari" (the range leaves the title out).
    Titled,
    /// Its acronym.
    Acronym,
    /// A demonym or capital that stands for a state.
    Metonym,
    /// A description that the note itself ties to the name ("Iraq's foreign minister").
    Description,
}

impl MentionForm {
    /// The form of a number, as `form as u8` gives it.
    #[must_use]
    pub fn of(number: u8) -> Option<Self> {
        const ALL: [MentionForm; 6] = [
            MentionForm::Full,
            MentionForm::Short,
            MentionForm::Titled,
            MentionForm::Acronym,
            MentionForm::Metonym,
            MentionForm::Description,
        ];
        ALL.get(usize::from(number)).copied()
    }
}

/// A range that names something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Without titles, articles and possessives.
    pub range: TextRange,
    /// The kind of thing that it names.
    pub kind: EntityKind,
    /// Index into [`NoteFacts::entities`]; none for dates and amounts.
    pub entity: Option<u32>,
    /// The form in which it names its entity.
    pub form: MentionForm,
    /// Index into [`Note::sentences`].
    pub sentence: u32,
    /// Its tokens, as indices into [`Note::tokens`].
    pub tokens: Range<u32>,
}

/// One thing that the note names, by whatever forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// The fullest form found in the note.
    pub name: String,
    /// The kind of thing that it is.
    pub kind: EntityKind,
    /// Indices into [`NoteFacts::mentions`], in order.
    pub mentions: Vec<u32>,
    /// Other forms found in the note, in order of first use.
    pub aliases: Vec<String>,
    /// A role that the note gives by title or apposition, with its place in the text.
    pub roles: Vec<Role>,
}

/// A role that a note gives to a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Role {
    /// The words of the role as written ("Iraq's foreign minister").
    pub text: String,
    /// Their place in the text.
    pub range: TextRange,
    /// When it is or was held, as far as the note says.
    pub time: RoleTime,
}

/// When a role is held, in years. "foreign minister from 2019 to 2021", "president since 2018", "a former judge".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RoleTime {
    /// The first year.
    pub from: Option<u16>,
    /// The last year.
    pub to: Option<u16>,
    /// The note calls it over ("former").
    pub past: bool,
}

impl RoleTime {
    /// True if it is over when the note is written.
    #[must_use]
    pub fn is_over(self) -> bool {
        self.past || self.to.is_some()
    }

    /// True if it may be held in a year.
    #[must_use]
    pub fn holds_in(self, year: u16) -> bool {
        let known = self.from.is_some() || self.to.is_some();
        (known || !self.past) && self.from.is_none_or(|from| from <= year) && self.to.is_none_or(|to| year <= to)
    }
}

/// The state that a name stands for apart from what it names: a capital that speaks for its government, a nationality for its state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StandsFor {
    /// Index into [`NoteFacts::mentions`]; the mention keeps the kind and entity of what it names.
    pub mention: u32,
    /// The state's name.
    pub state: &'static str,
    /// True if the state's government acts or speaks by this name; else it is its nationality.
    pub government: bool,
}

/// The kind of words that a pair of quotation marks holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuotationClass {
    /// Somebody's words.
    Speech,
    /// A term, slogan or scare quotation.
    Label,
    /// The title of a work.
    Title,
}

/// A quotation, perhaps over several sentences or paragraphs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// With its marks.
    pub range: TextRange,
    /// Without its marks.
    pub inner: TextRange,
    /// Speech, label or title.
    pub class: QuotationClass,
    /// True if the closing mark was found (or a following paragraph re-opens it).
    pub closed: bool,
    /// Index into [`NoteFacts::attributions`] of what governs it.
    pub attribution: Option<u32>,
}

/// The kind of source that stands behind something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SourceKind {
    /// A named person, body, outlet or document.
    Named,
    /// An unnamed but described source.
    Anonymous,
    /// Nobody in particular.
    Vague,
    /// A parenthetical reference, link, footnote or key.
    Citation,
}

impl SourceKind {
    /// The word used in JSON and hovers.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Named => "named",
            Self::Anonymous => "anonymous",
            Self::Vague => "vague",
            Self::Citation => "citation",
        }
    }
}

/// A statement with its source: the source, the reporting words, and the content. Parts may be split; each is sorted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// The source's noun phrase.
    pub source: Vec<TextRange>,
    /// The reporting words.
    pub cue: Vec<TextRange>,
    /// The words that were said, with the sentences that continue the same quotation.
    pub content: Vec<TextRange>,
    /// The kind of source.
    pub kind: SourceKind,
    /// The speaker, as an index into [`NoteFacts::entities`], where one is known.
    pub speaker: Option<u32>,
    /// True if it stands behind a claim (say, tell, document, according to); else it only reports an attitude (hope, reject).
    pub strong: bool,
    /// The act that the source did with the content: said it, denied it, kept it back.
    pub speech: Speech,
    /// The cue with what denies it, to be shown: "has yet to say", "Nor did Ada Pell say", "vowed not".
    pub phrase: TextRange,
    /// True if the cue says no more than that it was said: "said", "has told", "according to".
    pub plain: bool,
    /// Index into [`Note::sentences`] of the cue.
    pub sentence: u32,
}

/// The facts of one note. Sorted by range throughout; indices refer to the vectors beside them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NoteFacts {
    /// Its shape.
    pub note: Note,
    /// Names, dates and amounts.
    pub mentions: Vec<Mention>,
    /// The persons and things that are named.
    pub entities: Vec<Entity>,
    /// Names that somebody told apart from others that sound like them: they are looked up by their letters alone.
    pub told_apart: Arc<[String]>,
    /// Which names stand for a state, by mention.
    pub stands_for: Vec<StandsFor>,
    /// Quotations.
    pub quotations: Vec<Quotation>,
    /// Statements with their sources.
    pub attributions: Vec<Attribution>,
    /// Claims, at most one a sentence.
    pub claims: Vec<Claim>,
    /// The genre of each item and what else holds for it, beside [`Note::items`].
    pub items: Vec<ItemFacts>,
    /// The zone of each sentence, beside [`Note::sentences`].
    pub zones: Vec<Zone>,
    /// Phrases that rules look for.
    pub signals: Vec<Signal>,
    /// The insides of quotations, merged where they nest.
    pub quoted: Vec<TextRange>,
    /// Indices into [`NoteFacts::attributions`], by the sentence of their cue.
    pub spoken: Vec<u32>,
    /// The team counts it among its sources by its path: see `AnalysisConfig::source_note`.
    pub source_note: bool,
}

impl NoteFacts {
    /// The facts of the item that sentence `sentence` stands in.
    #[must_use]
    pub fn item_of(&self, sentence: u32) -> Option<&ItemFacts> {
        let block = self.note.sentences.get(sentence as usize)?.block;
        self.items.get(self.note.blocks.get(block as usize)?.item as usize)
    }

    /// The zone of sentence `sentence`.
    #[must_use]
    pub fn zone_of(&self, sentence: u32) -> Zone {
        self.zones.get(sentence as usize).copied().unwrap_or_default()
    }

    /// The signals of sentence `sentence`, in order.
    #[must_use]
    pub fn signals_of(&self, sentence: u32) -> &[Signal] {
        Signal::of_sentence(&self.signals, sentence)
    }

    /// The attributions whose cue stands in sentence `sentence`.
    pub fn attributions_of(&self, sentence: u32) -> impl Iterator<Item = &Attribution> {
        let of = |index: &u32| self.attributions.get(*index as usize).map_or(u32::MAX, |a| a.sentence);
        let first = self.spoken.partition_point(|index| of(index) < sentence);
        let from = self.spoken.get(first..).unwrap_or(&[]);
        from.iter()
            .filter_map(|&index| self.attributions.get(index as usize))
            .take_while(move |a| a.sentence == sentence)
    }

    /// The mentions that share a byte with `range`.
    pub fn mentions_in(&self, range: TextRange) -> impl Iterator<Item = &Mention> {
        // Mentions do not overlap, except that one may stand inside another: look one back.
        let first = self.mentions.partition_point(|m| m.range.end <= range.start).saturating_sub(1);
        let from = self.mentions.get(first..).unwrap_or(&[]);
        from.iter().take_while(move |m| m.range.start < range.end).filter(move |m| m.range.overlaps(range))
    }

    /// True if byte `at` stands inside a quotation.
    #[must_use]
    pub fn is_quoted(&self, at: u32) -> bool {
        is_inside(&self.quoted, at)
    }

    /// The claim of sentence `sentence`.
    #[must_use]
    pub fn claim_of(&self, sentence: u32) -> Option<&Claim> {
        let at = self.claims.binary_search_by_key(&sentence, |c| c.sentence).ok()?;
        self.claims.get(at)
    }

    /// The state that mention number `mention` stands for apart from what it names.
    #[must_use]
    pub fn stands_for(&self, mention: u32) -> Option<StandsFor> {
        let at = self.stands_for.binary_search_by_key(&mention, |fact| fact.mention).ok()?;
        self.stands_for.get(at).copied()
    }

    /// The mention that holds byte `at`; the innermost where they nest.
    #[must_use]
    pub fn mention_at(&self, at: u32) -> Option<&Mention> {
        self.mentions.iter().filter(|m| m.range.touches(at)).min_by_key(|m| (!m.range.contains(at), m.range.len()))
    }
}

/// Tells if one of `spans`, which are in order and do not overlap, holds byte `at`.
pub(super) fn is_inside(spans: &[TextRange], at: u32) -> bool {
    let next = spans.partition_point(|span| span.start <= at);
    next.checked_sub(1).and_then(|index| spans.get(index)).is_some_and(|span| span.contains(at))
}
