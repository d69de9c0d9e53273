//! Product, status and handling of a note, as its front matter gives them.

use crate::rules::RuleContext;
use crate::text::TextRange;

/// The front matter's word that makes the note a product ("assessment"), with its place; none for a working note.
pub(in crate::rules) fn product<'a>(context: &RuleContext<'a>) -> Option<(&'a str, TextRange)> {
    const PRODUCTS: [&str; 6] = ["assessment", "report", "estimate", "brief", "briefing", "analysis"];
    let front = context.facts.note.front_matter.as_ref()?;
    let values = ["product", "type", "genre"].iter().flat_map(|key| front.values(key));
    values
        .map(|(word, range)| (word.as_str(), *range))
        .find(|(word, _)| PRODUCTS.iter().any(|p| word.eq_ignore_ascii_case(p)))
}

/// True if the note calls itself final.
pub(in crate::rules) fn is_final(context: &RuleContext<'_>) -> bool {
    let front = context.facts.note.front_matter.as_ref();
    front.and_then(|f| f.value("status")).is_some_and(|status| status.eq_ignore_ascii_case("final"))
}

/// The handling of a text: the colours of the Traffic Light Protocol, from the most open on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::rules) enum Handling {
    /// No limit.
    Clear,
    /// Within the community.
    Green,
    /// Within the organisation and its clients.
    Amber,
    /// Within the organisation.
    AmberStrict,
    /// For the named recipients only.
    Red,
}

impl Handling {
    /// Reads "TLP:AMBER+STRICT", "amber", "tlp:white".
    pub(in crate::rules) fn read(word: &str) -> Option<Self> {
        let word = word.trim().to_ascii_lowercase();
        let word = word.trim_start_matches("tlp").trim_start_matches([':', ' ', '-']);
        match word {
            "clear" | "white" => Some(Self::Clear),
            "green" => Some(Self::Green),
            "amber" => Some(Self::Amber),
            "amber+strict" | "amber-strict" => Some(Self::AmberStrict),
            "red" => Some(Self::Red),
            _ => None,
        }
    }

    /// As the protocol (version 2.0) writes it.
    pub(in crate::rules) fn as_str(self) -> &'static str {
        match self {
            Self::Clear => "TLP:CLEAR",
            Self::Green => "TLP:GREEN",
            Self::Amber => "TLP:AMBER",
            Self::AmberStrict => "TLP:AMBER+STRICT",
            Self::Red => "TLP:RED",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Handling;

    #[test]
    fn handling_marks_are_read_in_all_spellings_and_ordered() {
        for (word, mark) in
            [("TLP:CLEAR", Handling::Clear), ("white", Handling::Clear), ("tlp:amber+strict", Handling::AmberStrict)]
        {
            assert_eq!(Handling::read(word), Some(mark));
        }
        assert_eq!(Handling::read("secret"), None);
        assert!(Handling::Red > Handling::AmberStrict && Handling::AmberStrict > Handling::Amber);
    }
}
