//! What is known of what stands under the caret.
//!
//! The first that has something to say: the finding, the citation key, the footnote, the link, the name (a dossier
//! card), the quotation, the claim.

use super::card::Card;
use super::subject::{self, Subject};
use super::{FilePosition, FileRange, dossier};
use crate::analysis::facts::{Attribution, Claim, QuotationClass, Sourced, WhyUnsourced};
use crate::rules::Finding;
use crate::structure::MarkerKind;
use crate::text::TextRange;
use crate::workspace::library::Source;
use crate::workspace::summary::excerpt;
use crate::workspace::{FileId, NoteEntry, Snapshot};

/// A hover: over which bytes, and what it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// What it is about.
    pub range: TextRange,
    /// What it shows.
    pub card: Card,
}

/// The hover at a place, given the findings of the note.
#[must_use]
pub fn hover(snapshot: &Snapshot, position: FilePosition, findings: &[Finding]) -> Option<Hover> {
    let subject = subject::at(snapshot, position);
    let mut hover = subject.and_then(|(subject, range)| {
        let card = about(snapshot, position, subject)?;
        (!card.is_empty()).then_some(Hover { range, card })
    });
    // Only what says something of its own is named first; who is named in a finding's span is asked for as often.
    if let Some(finding) = findings.iter().filter(|f| f.range.touches(position.offset)).min_by_key(|f| f.range.len()) {
        let mut card = of_finding(snapshot, finding);
        if let Some(under) = hover.as_ref() {
            card.line();
            card.append(&under.card);
        }
        hover = Some(Hover { range: hover.map_or(finding.range, |h| h.range), card });
    }
    hover
}

fn about(snapshot: &Snapshot, position: FilePosition, subject: Subject) -> Option<Card> {
    if let Subject::Citation(used) = &subject {
        return Some(citation(snapshot, &used.text));
    }
    let note = snapshot.full(position.file)?;
    match subject {
        Subject::Mention(mention) => dossier::of_mention(snapshot, position.file, &mention),
        Subject::Record => dossier::of_record(snapshot, position.file),
        Subject::Footnote(label) => Some(footnote(note, position.file, &label)),
        Subject::Wikilink(used, _) => Some(wikilink(snapshot, position.file, &used.text)),
        Subject::Citation(_) | Subject::Link(_) => None,
        Subject::Quotation(index) => quotation(snapshot, note, position.file, index),
        Subject::Claim(index) => {
            note.facts.claims.get(index).map(|claim| of_claim(snapshot, note, position.file, claim))
        }
    }
}

fn of_finding(snapshot: &Snapshot, finding: &Finding) -> Card {
    let mut card = Card::default();
    card.line()
        .strong(format!("{} {}", finding.rule.code, finding.rule.name))
        .text(format!(" · {}", finding.level.as_str()));
    card.line().text(finding.message.clone());
    for related in finding.related.iter().take(4) {
        card.line().text("– ").text(format!("{} ", related.message));
        let to = FileRange { file: related.file, range: related.range };
        card.link(place(snapshot, to), to);
    }
    card
}

/// A place as one would write it: `note:12`.
pub(super) fn place(snapshot: &Snapshot, at: FileRange) -> String {
    let path = snapshot.path(at.file).map_or("", |path| path);
    let line = snapshot.lines(at.file).map_or(0, |lines| lines.line_of(at.range.start));
    let name = path.rsplit('/').next().unwrap_or(path);
    format!("{name}:{}", line + 1)
}

/// What is known of a source, and how often it is cited.
pub(super) fn citation(snapshot: &Snapshot, key: &str) -> Card {
    let mut card = Card::default();
    let sources = snapshot.sources_of(key);
    if sources.is_empty() {
        card.line().strong(format!("@{key}")).text(" is in no bibliography and no source note of this workspace.");
        return card;
    }
    if sources.len() > 1 {
        card.line().text(format!("@{key} is given {} times:", sources.len()));
    }
    for (file, source) in &sources {
        of_source(&mut card, *file, source);
    }
    let mut uses: Vec<FileId> = snapshot.citations_of(key).map(|(file, _)| file).collect();
    let count = uses.len();
    uses.dedup();
    card.line().text(format!("Used {} in {}", plural(count, "time", "times"), plural(uses.len(), "note", "notes")));
    card
}

fn of_source(card: &mut Card, file: FileId, source: &Source) {
    let title = if source.title.is_empty() { &*source.key } else { &source.title };
    card.line().strong(title).text(" · ").link(format!("@{}", source.key), FileRange { file, range: source.range });
    let country = source.field("publication-country").map(|c| format!(" ({c})")).unwrap_or_default();
    let publisher = if source.publisher.is_empty() { String::new() } else { format!("{}{country}", source.publisher) };
    let about = [source.authors.join(", "), publisher, source.date.clone(), source.kind.clone()];
    let about: Vec<String> = about.into_iter().filter(|part| !part.is_empty()).collect();
    if !about.is_empty() {
        card.line().text(about.join(" · "));
    }
    let grade = match (source.field("grade"), source.field("reliability"), source.field("credibility")) {
        (Some(grade), ..) => Some(grade.to_owned()),
        (None, Some(reliability), credibility) => Some(format!("{reliability}{}", credibility.unwrap_or(""))),
        _ => None,
    };
    let accessed = source.field("accessed").or_else(|| source.field("urldate"));
    let said = [
        grade.map(|grade| format!("grade {grade}")),
        accessed.map(|day| format!("accessed {day}")),
        ["derived_from", "via", "cites"]
            .iter()
            .find_map(|k| source.field(k))
            .map(|from| format!("derived from {from}")),
        ["superseded_by", "retracted", "corrected"]
            .iter()
            .find_map(|k| Some(format!("{} {}", k.replace('_', " "), source.field(k)?))),
    ];
    let said: Vec<String> = said.into_iter().flatten().collect();
    if !said.is_empty() {
        card.line().text(said.join(" · "));
    }
    for name in ["url", "archived"] {
        if let Some(address) = source.field(name) {
            card.line().text(format!("{name}: ")).address(address, address);
        }
    }
}

fn footnote(note: &NoteEntry, file: FileId, wanted: &str) -> Card {
    let mut card = Card::default();
    let text = note.text.as_deref().unwrap_or("");
    let same = |label: TextRange| label.of(text).to_lowercase() == wanted.to_lowercase();
    for marker in &note.facts.note.markers {
        if let MarkerKind::FootnoteDefinition { label, body } = marker.kind
            && same(label)
        {
            card.line().link(format!("[^{wanted}]"), FileRange { file, range: marker.range }).text(": ");
            card.text(&*excerpt(text, Some(body), 600));
        }
    }
    if card.is_empty() {
        card.line().text(format!("[^{wanted}] has no definition in this note."));
    }
    card
}

fn wikilink(snapshot: &Snapshot, from: FileId, target: &str) -> Card {
    match snapshot.note_named(target, from) {
        Some(file) => of_note(snapshot, file),
        None => {
            let mut card = Card::default();
            card.line().text(format!("There is no note called \"{target}\" yet."));
            card
        }
    }
}

/// The card of a note: whom it is about, what source it is, or its first words.
pub(super) fn of_note(snapshot: &Snapshot, file: FileId) -> Card {
    let mut card = Card::default();
    if let Some(card) = dossier::of_record(snapshot, file) {
        return card;
    }
    let Some(note) = snapshot.note(file) else { return card };
    if let Some(source) = &note.source {
        of_source(&mut card, file, source);
    } else {
        let range = note.title_range;
        card.line().link(note.title().to_owned(), FileRange { file, range }).text(format!(" · {}", note.path));
    }
    if !note.opening().is_empty() {
        card.line().text(note.opening().to_owned());
    }
    let links = snapshot.links_to(file).len();
    if links > 0 {
        card.line().text(format!("Linked {}", plural(links, "time", "times")));
    }
    card
}

fn quotation(snapshot: &Snapshot, note: &NoteEntry, file: FileId, index: usize) -> Option<Card> {
    let quotation = note.facts.quotations.get(index)?;
    let mut card = Card::default();
    let class = match quotation.class {
        QuotationClass::Speech => "quotation",
        // A label or title makes no claim of its own: the sentence around it may.
        QuotationClass::Label | QuotationClass::Title => {
            let around = note.facts.claims.iter().find(|c| c.range.contains_range(quotation.range))?;
            return Some(of_claim(snapshot, note, file, around));
        }
    };
    card.line().strong(class);
    match quotation.attribution.and_then(|a| note.facts.attributions.get(a as usize)) {
        Some(said) => source_line(&mut card, snapshot, note, file, said),
        None => drop(card.text(" · nobody is named as its speaker")),
    }
    Some(card)
}

fn of_claim(snapshot: &Snapshot, note: &NoteEntry, file: FileId, claim: &Claim) -> Card {
    let mut card = Card::default();
    card.line().strong(claim.kind.as_str());
    let attribution = |index: u32| note.facts.attributions.get(index as usize);
    match claim.sourced {
        Sourced::Attribution(index) => {
            if let Some(said) = attribution(index) {
                source_line(&mut card, snapshot, note, file, said);
            }
        }
        Sourced::Carried(index) => {
            card.text(" · carried over");
            if let Some(said) = attribution(index) {
                match claim.sentence.saturating_sub(said.sentence) {
                    0 => {}
                    back => drop(card.text(format!(" from {} back", plural(back as usize, "sentence", "sentences")))),
                }
                source_line(&mut card, snapshot, note, file, said);
            }
        }
        Sourced::Citation(marker) => {
            let range = marker.and_then(|m| note.facts.note.markers.get(m as usize)).map(|m| m.range);
            card.text(" · cited");
            if let Some(range) = range {
                let words = excerpt(note.text.as_deref().unwrap_or(""), Some(range), 60);
                card.text(": ").link(words.to_string(), FileRange { file, range });
            }
        }
        Sourced::None => {
            card.text(" · no source");
            card.line().text(why(claim.why));
            if let Some(said) = claim.nearest.and_then(attribution) {
                card.line().text("Nearest");
                source_line(&mut card, snapshot, note, file, said);
            }
        }
    }
    if let Some(figure) = &claim.figure {
        card.line().text(figure_words(figure));
    }
    card
}

fn source_line(card: &mut Card, snapshot: &Snapshot, note: &NoteEntry, file: FileId, said: &Attribution) {
    let text = note.text.as_deref().unwrap_or("");
    let words = |ranges: &[TextRange]| {
        ranges.iter().map(|r| excerpt(text, Some(*r), 80).to_string()).collect::<Vec<_>>().join(" … ")
    };
    card.text(" · ").text(said.kind.as_str()).text(" source: ");
    let (source, cue) = (words(&said.source), words(&said.cue));
    let at = said.source.first().or(said.cue.first()).copied();
    let shown = if source.is_empty() { cue.clone() } else { source };
    match at {
        Some(range) => card.link(shown, FileRange { file, range }),
        None => card.text(shown),
    };
    if !cue.is_empty() {
        card.text(format!(" ({cue})"));
    }
    let speaker =
        said.speaker.and_then(|local| snapshot.identity(crate::workspace::entities::LocalEntity { file, local }));
    if let Some(speaker) = speaker {
        card.text(" · ").text(speaker.name.to_string());
    }
}

/// Why the nearest source was not accepted, as a sentence.
pub(super) fn why(reason: WhyUnsourced) -> String {
    match reason {
        WhyUnsourced::NoSource => "No source is named before it.".to_owned(),
        WhyUnsourced::TooFar(sentences) => {
            format!(
                "The last attribution is {} back, too far to carry.",
                plural(sentences as usize, "sentence", "sentences")
            )
        }
        WhyUnsourced::Boundary => "A heading, list or article boundary cuts it off from the last source.".to_owned(),
        WhyUnsourced::NewSubject => "Another actor comes in after the last source.".to_owned(),
        WhyUnsourced::CitationTooFar => "The citation in this passage stands too far away to cover it.".to_owned(),
        WhyUnsourced::CueWithoutSource => "It has reporting words, but their subject is no source.".to_owned(),
        WhyUnsourced::WeakAttribution => "The attribution reports an attitude, not the fact.".to_owned(),
    }
}

fn figure_words(figure: &crate::analysis::facts::Figure) -> String {
    let value = if (figure.low - figure.high).abs() < f64::EPSILON {
        number(figure.low)
    } else {
        format!("{} to {}", number(figure.low), number(figure.high))
    };
    let about = if figure.approximate { "about " } else { "" };
    let unit = if figure.unit.is_empty() { String::new() } else { format!(" {}", figure.unit) };
    let head = if figure.head.is_empty() { String::new() } else { format!(" {}", figure.head) };
    format!("Figure: {about}{value}{unit}{head}")
}

fn number(value: f64) -> String {
    let whole = format!("{:.2}", value.abs());
    let (integer, fraction) = whole.split_once('.').unwrap_or((&whole, ""));
    let mut grouped = String::new();
    for (at, digit) in integer.chars().enumerate() {
        if at > 0 && (integer.len() - at) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let fraction = fraction.trim_end_matches('0');
    let sign = if value < 0.0 { "-" } else { "" };
    if fraction.is_empty() { format!("{sign}{grouped}") } else { format!("{sign}{grouped}.{fraction}") }
}

/// `1 note`, `2 notes`.
pub(super) fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{analysed, at_caret};
    use super::*;
    use crate::rules::{self, CheckOptions};

    #[track_caller]
    fn check(written: &str, expected: &str) {
        let (snapshot, position) = at_caret(written);
        let shown = hover(&snapshot, position, &[]).map(|hover| hover.card.plain()).unwrap_or_default();
        assert_eq!(shown, expected.trim_start_matches('\n'));
    }

    #[test]
    fn a_dossier_says_who_how_often_with_whom_and_what_was_said() {
        check(
            "//- /people/haddad.md\n---\ntype: person\nname: Nadim Haddad\naliases: [Abu Sarn]\nroles: Trade Minister of Meridia\ncountry: MR\n---\n\n//- /2031-03-20-talks.md\n{p1:Nadim Haddad} said {!p1 said|the quota stands}. {o1:Norvik Shipping} refused.\n//- /2031-04-02-brief.md\n{p1:Had$0dad} left {o1:Norvik Shipping}.\n\nLater {p1:Nadim Haddad} met {p2:Lidia Marr}. {p2:Marr} said {!p2 said|the minister, Haddad, knew}.\n",
            "
Nadim Haddad · person · Trade Minister of Meridia
aka Abu Sarn, Haddad
country MR
3 mentions in 2 notes · first 2031-03-20 [[2031-03-20-talks]]:1 · last 2031-04-02 [[2031-04-02-brief]]:1
With: Norvik Shipping (2) · Lidia Marr (1)
Said (latest)
 – 2031-03-20 the quota stands · [[2031-03-20-talks]]:1
Note: [[haddad]]",
        );
    }

    #[test]
    fn without_a_note_it_is_said_that_all_is_inferred() {
        check(
            "{l1:Port$0 Sarn} shut.",
            "Port Sarn · place\n1 mention in 1 note\nNo entity note: inferred from the text.",
        );
    }

    #[test]
    fn a_capital_that_speaks_leads_to_its_state() {
        let text = "Cairo said on Monday that the talks had failed. The road to Cairo was closed.\n";
        let hovered = |notes: &[(&str, &str)], offset: u32| {
            let snapshot = analysed(notes);
            let found = hover(&snapshot, FilePosition { file: FileId(0), offset }, &[]).expect("a hover");
            let first = found.card.plain().lines().next().unwrap_or_default().to_owned();
            let away = std::cell::Cell::new(0);
            let _ = found.card.markdown(&|to| {
                away.set(away.get() + u32::from(to.file == FileId(1) && to.range.start == 13));
                None
            });
            (first, away.get())
        };
        let speaks = "Cairo · place · here stands for the government of Egypt";
        assert_eq!(hovered(&[("a.md", text)], 2), (speaks.to_owned(), 0));
        assert_eq!(hovered(&[("a.md", text)], 62), ("Cairo · place".to_owned(), 0), "the city");
        let noted = [("a.md", text), ("b.md", "She lived in Egypt for years.\n")];
        let (first, away) = hovered(&noted, 2);
        assert_eq!((first.as_str(), away), (speaks, 1), "the state can be followed where a note names it");
    }

    #[test]
    fn a_bare_surname_names_its_bearers_and_chooses_none() {
        let found = "
Haddad · person
1 mention in 1 note
No full name in this note. Elsewhere: Nadim Haddad · Rana Haddad
No entity note: inferred from the text.";
        let written = "//- /a.md\n{p1:Had$0dad} left.\n//- /b.md\n{p1:Nadim Haddad} and {p2:Rana Haddad} stayed.\n";
        let (snapshot, position) = at_caret(written);
        let mut lines: Vec<String> =
            hover(&snapshot, position, &[]).unwrap().card.plain().lines().map(str::to_owned).collect();
        // Bearers come in the order of their keys, which no reader knows.
        if let Some(line) = lines.iter_mut().find(|line| line.contains("Elsewhere")) {
            let (head, names) = line.split_once(": ").unwrap();
            let mut names: Vec<&str> = names.split(" · ").collect();
            names.sort_unstable();
            *line = format!("{head}: {}", names.join(" · "));
        }
        assert_eq!(lines.join("\n"), found.trim_start());
    }

    #[test]
    fn a_role_that_the_note_does_not_know_is_a_conflict() {
        let (snapshot, position) = at_caret(
            "//- /p.md\n---\ntype: person\nname: Nadim Haddad\nrole: Trade Minister\n---\n\n//- /a.md\n{p1:Nadim Had$0dad} won.\n",
        );
        let note = NoteEntry::clone(snapshot.full(position.file).unwrap());
        let mut facts = note.facts.as_ref().clone();
        let role = |text: &str| crate::analysis::facts::Role {
            text: text.into(),
            range: TextRange::new(0, 5),
            ..Default::default()
        };
        facts.entities[0].roles = vec![role("Meridia's trade minister"), role("heavyweight boxer")];
        let note = NoteEntry::new(note.path, note.text.unwrap(), facts);
        let card = hover(&snapshot.with_note(position.file, note.into()), position, &[]).unwrap().card.plain();
        assert!(card.contains("⚠ role: \"heavyweight boxer\" in [[a]]:1"), "{card}");
        assert!(!card.contains("⚠ role: \"Meridia"), "{card}");
    }

    #[test]
    fn a_citation_shows_its_source_and_how_often_it_is_used() {
        check(
            "//- /s.md\n---\ntype: source\ncitekey: hd31\ntitle: The Quota\npublisher: Harbor Daily\npublication-country: MR\ndate: 2031-04-01\nreliability: B\ncredibility: 2\nurl: https://hd.example/a1\n---\n\n//- /a.md\nSo [@hd$031]. And [@hd31].\n",
            "
The Quota · @hd31
Harbor Daily (MR) · 2031-04-01 · source
grade B2
url: https://hd.example/a1
Used 2 times in 1 note",
        );
        check(
            "//- /a.md\nSo [@hd31].\n//- /refs.bib\n@misc{hd$031, title = {Log}, year = 2031}\n",
            "\nLog · @hd31\n2031 · misc\nUsed 1 time in 1 note",
        );
        check("So [@g$0one].", "@gone is in no bibliography and no source note of this workspace.");
    }

    #[test]
    fn a_footnote_shows_its_text() {
        check("So.[^$01]\n\n[^1]: Harbor Daily, 2 May 2031.\n", "[^1]: Harbor Daily, 2 May 2031.");
        check(
            "//- /a.md\n\nOne.\n\n[[b$0]]\n//- /b.md\n# Talks\n\nThe fleet left.\n",
            "Talks · b.md\nThe fleet left.\nLinked 1 time",
        );
    }

    #[test]
    fn a_claim_says_why_its_nearest_source_does_not_count() {
        let (snapshot, position) = at_caret("The port handled 38 million tonnes$0 in 2030.\n");
        let findings = rules::check(&snapshot, position.file, CheckOptions::default());
        let shown = hover(&snapshot, position, &findings).unwrap().card.plain();
        assert!(shown.starts_with("A101 unsourced-statistic · warning\n"), "{shown}");
        assert!(shown.contains("\nstatistic · no source\nNo source is named before it."), "{shown}");
    }

    #[test]
    fn a_card_stays_within_its_bounds() {
        let mut written = String::from("//- /a.md\n{p1:Ada$0 Pell}\n");
        for n in 0..200 {
            written.push_str(&format!("//- /{n}.md\n---\ndate: 2031-01-01\n---\n{{p1:Ada Pell}} told {{p2:Orr Number{n}}} {{!p1 told|that the ship was late}}.\n"));
        }
        let (snapshot, position) = at_caret(&written);
        let card = hover(&snapshot, position, &[]).unwrap().card;
        assert!(card.len() <= 25, "{}", card.plain());
        assert!(card.plain().contains("201 mentions in 201 notes"), "{}", card.plain());
    }
}
