//! The act that an attribution reports: words uttered, denied, kept back, only supposed, or no words at all.

/// The act that the source of an attribution is reported to have done with its content.
///
/// Nobody may be shown as having said what a note says he denied, kept back, might say, wants or did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Speech {
    /// Words that were uttered or written: "said", "urged", "according to".
    #[default]
    Said,
    /// Denied, or rejected as something said: "denied", "dismissed the claim".
    Denied,
    /// Not said, refused or left out: "did not say", "declined to comment", "has yet to explain", "did not deny".
    NotSaid,
    /// Asked, supposed, possible or to come: "if Pell says", "may announce", "would have said".
    Supposed,
    /// A view, wish or plan: "believes", "wants", "plans to".
    Attitude,
    /// Something done, or done as often as said: "vetoed", "refused to sell".
    Deed,
}

impl Speech {
    /// The word used in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Said => "said",
            Self::Denied => "denied",
            Self::NotSaid => "not-said",
            Self::Supposed => "supposed",
            Self::Attitude => "attitude",
            Self::Deed => "deed",
        }
    }

    /// The one with a number, as `speech as u8` gives it.
    #[must_use]
    pub fn of(number: u8) -> Option<Self> {
        const ALL: [Speech; 6] =
            [Speech::Said, Speech::Denied, Speech::NotSaid, Speech::Supposed, Speech::Attitude, Speech::Deed];
        ALL.get(usize::from(number)).copied()
    }

    /// True if somebody made a statement: said something or denied it.
    #[must_use]
    pub fn is_statement(self) -> bool {
        matches!(self, Self::Said | Self::Denied)
    }
}
