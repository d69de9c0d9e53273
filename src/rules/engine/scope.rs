//! The families of rules that apply to a note.
//!
//! Imported source notes are judged by their mechanics only (C, D, G, S), project papers (README and its kin) and text
//! that is not English not at all, and a note may switch questions of sourcing off with `sourcing: off`.

use std::sync::LazyLock;

use crate::rules::{Rule, RuleContext};
use crate::structure::{Note, TokenKind};
use crate::text::word_hash;
use crate::workspace::NoteEntry;

/// The families of rules that apply to a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rules) enum Scope {
    /// All of them.
    All,
    /// All but A, Q and E: `sourcing: off`.
    WithoutSourcing,
    /// C, D, G and S: a source note.
    MechanicsOnly,
    /// None.
    Nothing,
}

impl Scope {
    /// True if the family of `rule` applies.
    pub(in crate::rules) fn includes(self, rule: &Rule) -> bool {
        match self {
            Self::All => true,
            Self::WithoutSourcing => !rule.family.is_about_sourcing(),
            Self::MechanicsOnly => rule.family.is_mechanical(),
            Self::Nothing => false,
        }
    }
}

/// The scope of a note, by its path, its language, its front matter and whether it is a source.
pub(in crate::rules) fn scope_of(context: &RuleContext<'_>, entry: &NoteEntry) -> Scope {
    let note = &context.facts.note;
    if is_project_paper(&entry.path) || !is_english(note) {
        return Scope::Nothing;
    }
    // Somebody else's text: an imported article, a transcript, a report.
    if entry.brief.source.is_some() {
        return Scope::MechanicsOnly;
    }
    let Some(front) = &note.front_matter else { return Scope::All };
    match front.value("sourcing") {
        // YAML 1.1 reads a bare `off` as false; both spellings reach us, by reader.
        Some(word) if word.eq_ignore_ascii_case("off") || word.eq_ignore_ascii_case("false") => Scope::WithoutSourcing,
        _ => Scope::All,
    }
}

fn is_project_paper(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.split('.').next().unwrap_or(name).to_ascii_uppercase();
    matches!(stem.as_str(), "README" | "CHANGELOG" | "LICENSE" | "CONTRIBUTING" | "CODE_OF_CONDUCT")
        || stem.starts_with("LICENSE-")
}

static COMMON: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let words = "the of and to in a is that for was on are as with by at be it from his an were has had this have not \
                 but they which will said its their he she or who been would we you i";
    let mut hashes: Vec<u64> = words.split_whitespace().map(word_hash).collect();
    hashes.sort_unstable();
    hashes
});

/// True if the text is English, as far as its small words tell; a text below 40 words always is.
///
/// English prose has some 40 % of these words, other languages of Latin script below 6 % ("a", "in", "on", "was").
fn is_english(note: &Note) -> bool {
    let (mut words, mut common) = (0u32, 0u32);
    for token in note.tokens.iter().filter(|t| t.kind == TokenKind::Word).take(2_000) {
        words += 1;
        common += u32::from(COMMON.binary_search(&token.hash).is_ok());
    }
    words < 40 || common * 100 >= words * 12
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::structure::{Format, TokenMemo, parse};

    #[test]
    fn english_is_told_from_its_neighbours() {
        let english = |text: &str| is_english(&parse(&text.repeat(8), Format::Plain, &mut TokenMemo::default()));
        assert!(english("The port handled 38 million tonnes in the year, and the council was pleased with it.\n"));
        assert!(!english("Der Hafen schlug im vergangenen Jahr 38 Millionen Tonnen um, sagte die Behörde in Lusk.\n"));
        assert!(!english("Le port a traité 38 millions de tonnes, selon les autorités de la ville de Sarn.\n"));
        assert!(!english("Порт обработал 38 миллионов тонн, сообщила администрация города.\n"));
    }

    #[test]
    fn project_papers_are_known_by_name() {
        for path in ["README.md", "docs/CHANGELOG.md", "LICENSE-MIT", "contributing.md"] {
            assert!(is_project_paper(path), "{path}");
        }
        assert!(!is_project_paper("notes/readme-of-the-port.md"));
    }
}
