//! Lenses above headings, items and entity notes: how well it is sourced, how often it is named.

use super::document_symbols::sections;
use super::nodes::Node;
use super::wording::plural;
use crate::analysis::facts::{ClaimKind, Sourced, Zone};
use crate::text::TextRange;
use crate::workspace::{FileId, NoteEntry, Snapshot};

/// The things that a lens counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LensKind {
    /// The claims below a heading, and those of them that nothing stands behind.
    Claims {
        /// All claims, less generalities.
        claims: usize,
        /// Those without a source where one is wanted.
        unsourced: usize,
    },
    /// The mentions of what the note is about: counted when somebody looks.
    Mentions(Node),
}

/// A line above a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lens {
    /// The place.
    pub range: TextRange,
    /// The things that it counts.
    pub kind: LensKind,
}

/// "12 claims, 3 unsourced"
#[must_use]
pub fn claims_title(claims: usize, unsourced: usize) -> String {
    let all = plural(claims, "claim", "claims");
    if unsourced == 0 { format!("{all}, all sourced") } else { format!("{all}, {unsourced} unsourced") }
}

/// The lenses of a note, in order. A section without claims has none.
#[must_use]
pub fn code_lenses(snapshot: &Snapshot, file: FileId) -> Vec<Lens> {
    let Some(note) = snapshot.full(file) else { return Vec::new() };
    let mut lenses = Vec::new();
    if note.brief.record.is_some() {
        let range = note.brief.record.as_ref().map_or(note.brief.title_range, |record| record.name_range);
        lenses.push(Lens { range, kind: LensKind::Mentions(Node::Record(file)) });
    } else if let Some(source) = &note.brief.source {
        lenses.push(Lens { range: source.range, kind: LensKind::Mentions(Node::Source(source.key.clone())) });
    }
    let before = lenses.len();
    lenses.extend(sections(note).filter_map(|section| of_claims(note, section.range, section.heading)));
    // A note without headings has its lens at the top.
    if lenses.len() == before {
        let top =
            note.facts.note.blocks.first().map_or(TextRange::empty(0), |block| TextRange::empty(block.range.start));
        lenses.extend(of_claims(note, TextRange::new(0, note.lines.length()), top));
    }
    lenses
}

fn of_claims(note: &NoteEntry, section: TextRange, range: TextRange) -> Option<Lens> {
    let within = |claim: &&crate::analysis::facts::Claim| {
        section.contains_range(claim.range) && claim.kind != ClaimKind::Generality
    };
    let (mut claims, mut unsourced) = (0, 0);
    for claim in note.facts.claims.iter().filter(within) {
        claims += 1;
        let wanted = matches!(note.facts.zone_of(claim.sentence), Zone::Body | Zone::Strict);
        unsourced += usize::from(claim.sourced == Sourced::None && wanted);
    }
    (claims > 0).then_some(Lens { range, kind: LensKind::Claims { claims, unsourced } })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::fixture::Fixture;

    #[track_caller]
    fn check(written: &str, expected: &[(&str, &str)]) {
        let fixture = Fixture::new(written);
        let snapshot = fixture.snapshot();
        let text = snapshot.full(FileId(0)).and_then(|note| note.text.clone()).expect("a text");
        let shown = |lens: &Lens| {
            let title = match &lens.kind {
                LensKind::Claims { claims, unsourced } => claims_title(*claims, *unsourced),
                LensKind::Mentions(node) => format!("{node:?}"),
            };
            (lens.range.of(&text).to_owned(), title)
        };
        let found: Vec<_> = code_lenses(&snapshot, FileId(0)).iter().map(shown).collect();
        let expected: Vec<_> = expected.iter().map(|(at, title)| ((*at).to_owned(), (*title).to_owned())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_heading_counts_what_stands_below_it() {
        check(
            "# Talks\n\nThe port handled 38 million tonnes in 2030.\n\n## Quota\n\nExports fell by 12 percent in May [@hd31].\n\n## Empty\n\n[[plan]]\n",
            &[("Talks", "2 claims, 1 unsourced"), ("Quota", "1 claim, all sourced")],
        );
    }

    #[test]
    fn a_note_without_headings_has_one_at_the_top() {
        check("The port handled 38 million tonnes in 2030.\n", &[("", "1 claim, 1 unsourced")]);
        check("Nothing.\n", &[]);
    }

    #[test]
    fn an_entity_note_and_a_source_count_their_mentions() {
        check("//- /p.md\n---\ntype: person\nname: Ada Pell\n---\n", &[("Ada Pell", "Record(FileId(0))")]);
        check("//- /s.md\n---\ntype: source\ncitekey: hd31\ntitle: Log\n---\n", &[("Log", "Source(\"hd31\")")]);
    }
}
