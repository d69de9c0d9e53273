//! Which claim of a note rests on what: a row for each claim, as data and as a Markdown table.

use std::fmt::Write;

use super::hover::why;
use super::wording::plural;
use crate::analysis::facts::{Attribution, Claim, ClaimKind, SourceKind, Sourced, Speech};
use crate::text::TextRange;
use crate::workspace::entities::LocalEntity;
use crate::workspace::summary::excerpt;
use crate::workspace::{FileId, NoteEntry, Snapshot};

/// Bytes of a claim's or source's words that are shown.
const SHOWN: usize = 240;

/// One claim and what stands behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimRow {
    /// The sentence, or the clause of it that makes the claim.
    pub range: TextRange,
    /// The smallest span that carries it.
    pub span: TextRange,
    /// The kind of claim.
    pub kind: ClaimKind,
    /// Its words, on one line.
    pub text: String,
    /// `attributed`, `cited`, `carried` or `unsourced`.
    pub sourced: &'static str,
    /// The kind of source that stands behind it, where one does.
    pub source_kind: Option<SourceKind>,
    /// The speech act, where it is attributed or carried: said, denied, not said.
    pub speech: Option<Speech>,
    /// The source's words, "" where there is none.
    pub source: String,
    /// The place of the source's words in this note.
    pub source_range: Option<TextRange>,
    /// The source's name across notes, "" where nobody is known by name.
    pub speaker: String,
    /// The reason why the nearest source does not count, "" where the claim has one.
    pub reason: String,
}

/// The rows of a note, in order. Generalities need no source and have no row.
#[must_use]
pub fn claim_table(snapshot: &Snapshot, file: FileId) -> Vec<ClaimRow> {
    let Some(note) = snapshot.full(file) else { return Vec::new() };
    let claims = note.facts.claims.iter().filter(|claim| claim.kind != ClaimKind::Generality);
    claims.map(|claim| row(snapshot, note, file, claim)).collect()
}

/// The rows as a Markdown table under a title. `line` gives the number of a byte's line, `link` the address of a range.
#[must_use]
pub fn markdown(
    title: &str,
    rows: &[ClaimRow],
    line: &dyn Fn(u32) -> u32,
    link: &dyn Fn(TextRange) -> Option<String>,
) -> String {
    let unsourced = rows.iter().filter(|row| row.sourced == "unsourced").count();
    let mut out = format!("# Claims and sources: {}\n\n", cell(title));
    let _ = writeln!(out, "{}, {unsourced} unsourced.\n", plural(rows.len(), "claim", "claims"));
    if rows.is_empty() {
        return out;
    }
    out.push_str("| Line | Kind | Claim | Sourced | Source |\n| ---: | --- | --- | --- | --- |\n");
    for row in rows {
        let number = line(row.range.start);
        let place = link(row.range).map_or_else(|| number.to_string(), |address| format!("[{number}](<{address}>)"));
        let source = if row.source.is_empty() { &row.reason } else { &row.source };
        let who = if row.speaker.is_empty() || row.source.contains(&row.speaker) {
            String::new()
        } else {
            format!(" ({})", cell(&row.speaker))
        };
        let mut how = row.source_kind.map_or_else(String::new, |kind| format!(", {}", kind.as_str()));
        match row.speech {
            Some(Speech::Denied) => how.push_str(", denied"),
            Some(Speech::NotSaid) => how.push_str(", not said"),
            Some(Speech::Supposed) => how.push_str(", only supposed"),
            Some(Speech::Said | Speech::Attitude | Speech::Deed) | None => {}
        }
        let _ = writeln!(
            out,
            "| {place} | {} | {} | {}{how} | {}{who} |",
            row.kind.as_str(),
            cell(&row.text),
            row.sourced,
            cell(source)
        );
    }
    out
}

/// Words as a table's cell has them.
fn cell(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        if matches!(c, '|' | '\\' | '*' | '_' | '[' | ']' | '<' | '`' | '~') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn row(snapshot: &Snapshot, note: &NoteEntry, file: FileId, claim: &Claim) -> ClaimRow {
    let text = note.text.as_deref().unwrap_or("");
    let mut row = ClaimRow {
        range: claim.range,
        span: claim.span,
        kind: claim.kind,
        text: excerpt(text, Some(claim.range), SHOWN).to_string(),
        sourced: "unsourced",
        source_kind: claim.source_kind,
        speech: None,
        source: String::new(),
        source_range: None,
        speaker: String::new(),
        reason: String::new(),
    };
    match claim.sourced {
        Sourced::Attribution(index) | Sourced::Carried(index) => {
            row.sourced = if matches!(claim.sourced, Sourced::Carried(_)) { "carried" } else { "attributed" };
            let Some(attribution) = note.facts.attributions.get(index as usize) else { return row };
            row.speech = Some(attribution.speech);
            (row.source, row.source_range) = words_of(text, attribution);
            let speaker = attribution.speaker.and_then(|local| snapshot.identity(LocalEntity { file, local }));
            row.speaker = speaker.map(|speaker| speaker.name.to_string()).unwrap_or_default();
        }
        Sourced::Citation(marker) => {
            row.sourced = "cited";
            let marker = marker.and_then(|index| note.facts.note.markers.get(index as usize));
            row.source_range = marker.map(|marker| marker.range);
            row.source = excerpt(text, row.source_range, SHOWN).to_string();
        }
        Sourced::None => {
            row.source_kind = None;
            row.reason = why(claim.why);
        }
    }
    row
}

/// The source's words; its cue where it is not named ("reportedly").
fn words_of(text: &str, attribution: &Attribution) -> (String, Option<TextRange>) {
    let parts = if attribution.source.is_empty() { &attribution.cue } else { &attribution.source };
    let words: Vec<_> = parts.iter().map(|part| excerpt(text, Some(*part), SHOWN)).collect();
    (words.join(" … "), parts.first().copied())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::fixture::Fixture;

    const TALKS: &str = "# Talks\n\nNadim Haddad said the quota would rise to 40 percent. The port handled 38 million tonnes in 2030.\n\nExports fell by 12 percent in May [@hd31].\n";

    fn rows() -> Vec<ClaimRow> {
        let fixture = Fixture::new(&format!("//- /talks.md\n{TALKS}"));
        claim_table(&fixture.snapshot(), FileId(0))
    }

    #[test]
    fn each_claim_says_what_it_rests_on_or_why_on_nothing() {
        let rows = rows();
        let how: Vec<_> = rows.iter().map(|row| (row.sourced, row.source_kind)).collect();
        assert_eq!(how[0], ("attributed", Some(SourceKind::Named)));
        assert_eq!(how[2], ("cited", Some(SourceKind::Citation)));
        assert_eq!(rows[0].source_range.map(|range| range.of(TALKS)), Some("Nadim Haddad"));
        assert_eq!(rows[2].source, "[@hd31]");
        assert!(rows.iter().all(|row| row.reason.is_empty() == (row.sourced != "unsourced")));
    }

    #[test]
    fn the_table_has_a_line_for_each_row_and_keeps_signs_apart() {
        let shown = markdown("Talks | two", &rows(), &|at| at, &|range| Some(format!("file:///a.md#L{}", range.start)));
        assert!(shown.starts_with("# Claims and sources: Talks \\| two\n\n3 claims, "), "{shown}");
        let lines: Vec<&str> = shown.lines().filter(|line| line.starts_with("| [")).collect();
        assert_eq!(lines.len(), 3);
        let cells = |line: &str| line.replace("\\|", "").matches('|').count();
        assert!(lines.iter().all(|line| cells(line) == 6), "{shown}");
        assert!(lines[2].ends_with("| cited, citation | \\[@hd31\\] |"), "{shown}");
    }

    #[test]
    fn a_note_without_claims_has_an_empty_table() {
        assert_eq!(markdown("x", &[], &|at| at, &|_| None), "# Claims and sources: x\n\n0 claims, 0 unsourced.\n\n");
    }
}
