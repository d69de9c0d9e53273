//! The kinds of rules, of remedies and of marks: the words in which a rule describes itself.

/// The question that a rule belongs to; each has its folder and its letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Family {
    /// A: who says so?
    Attribution,
    /// C: does the citation lead anywhere?
    Citation,
    /// D: is the document complete?
    Document,
    /// E: how likely, and how sure?
    Estimate,
    /// G: may this source be used?
    Governance,
    /// N: is it clear who is meant?
    Naming,
    /// P: does the text keep to the house style?
    House,
    /// Q: whose words are these?
    Quotation,
    /// S: do the exceptions hold?
    Suppression,
    /// T: which day?
    Time,
}

impl Family {
    /// The letter that its rules' codes begin with.
    #[must_use]
    pub const fn letter(self) -> char {
        match self {
            Self::Attribution => 'A',
            Self::Citation => 'C',
            Self::Document => 'D',
            Self::Estimate => 'E',
            Self::Governance => 'G',
            Self::Naming => 'N',
            Self::House => 'P',
            Self::Quotation => 'Q',
            Self::Suppression => 'S',
            Self::Time => 'T',
        }
    }

    /// True for questions of what the author says on whose word: `sourcing: off` silences them, and so does a sentence
    /// that is still being written.
    #[must_use]
    pub const fn is_about_sourcing(self) -> bool {
        matches!(self, Self::Attribution | Self::Quotation | Self::Estimate)
    }

    /// True for questions that can be asked of somebody else's text: an imported source note.
    #[must_use]
    pub const fn is_mechanical(self) -> bool {
        matches!(self, Self::Citation | Self::Document | Self::Governance | Self::Suppression)
    }
}

/// An answer to a finding that needs the workspace or the author, offered as a code action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Remedy {
    /// Cite a source of the library.
    Cite,
    /// Name an earlier speaker behind the sentence.
    Attribute,
    /// Name an earlier speaker before the words that were found: a quotation.
    Introduce,
    /// Name an earlier speaker instead of the word that was found: "reportedly".
    AttributeInstead,
    /// Mark the sentence as the author's assessment.
    Assess,
    /// Insert a marker that asks for a source.
    Ask,
    /// Create a source note for the outlet that is named.
    CreateSourceNote,
    /// Create a source note for the citation key that is used.
    CreateKeyedSourceNote,
}

/// The way in which an editor draws a finding, beside its level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tag {
    /// Struck through.
    Deprecated,
    /// Faded.
    Unnecessary,
}
