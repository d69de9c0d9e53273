//! What is known of what stands under the caret.
//!
//! The first that has something to say: the finding, the citation key, the footnote, the link, the name (a dossier
//! card), the quotation, the claim.

pub mod card;
mod claim;
pub(super) mod entity;
mod links;
mod roles;
pub(super) mod source;
mod statements;

pub(super) use claim::why;

use super::subject::{self, Subject};
use super::wording::plural;
use super::{FilePosition, FileRange, footnotes};
use crate::rules::Finding;
use crate::text::TextRange;
use crate::workspace::summary::excerpt;
use crate::workspace::{FileId, NoteEntry, Snapshot};
use card::Card;

/// A hover: over which bytes, and what it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The bytes that it is about.
    pub range: TextRange,
    /// The card that is shown.
    pub card: Card,
}

/// The hover at a place, given the findings of the note.
#[must_use]
pub fn hover(snapshot: &Snapshot, position: FilePosition, findings: &[Finding]) -> Option<Hover> {
    let finding = findings.iter().filter(|f| f.range.touches(position.offset)).min_by_key(|f| f.range.len());
    // Such a finding says that there is no source, and why: the card of the claim need not say it again.
    let asked = finding.is_some_and(|finding| finding.rule.answered_by_declaration);
    let subject = subject::at(snapshot, position);
    let mut hover = subject.and_then(|(subject, range)| {
        let card = about(snapshot, position, subject, asked)?;
        (!card.is_empty()).then_some(Hover { range, card })
    });
    // Only what says something of its own is named first; who is named in a finding's span is asked for as often.
    if let Some(finding) = finding {
        let mut card = of_finding(snapshot, finding);
        if let Some(under) = hover.as_ref() {
            card.line();
            card.append(&under.card);
        }
        hover = Some(Hover { range: hover.map_or(finding.range, |h| h.range), card });
    }
    hover
}

/// The card of a subject; `asked` is true where a finding has asked for the source of its claim already.
fn about(snapshot: &Snapshot, position: FilePosition, subject: Subject, asked: bool) -> Option<Card> {
    if let Subject::Citation(used) = &subject {
        return Some(source::citation(snapshot, &used.text));
    }
    let note = snapshot.full(position.file)?;
    match subject {
        Subject::Mention(mention) => entity::of_mention(snapshot, position.file, &mention),
        Subject::Record => entity::of_record(snapshot, position.file),
        Subject::Footnote(label) => Some(footnote(note, position.file, &label)),
        Subject::Wikilink(used, _) => Some(wikilink(snapshot, position.file, &used.text)),
        Subject::Citation(_) | Subject::Link(_) => None,
        Subject::Quotation(index) => claim::quotation(snapshot, note, position.file, index, asked),
        Subject::Claim(index) => {
            let claim = note.facts.claims.get(index)?;
            Some(claim::of_claim(snapshot, note, position.file, claim, asked))
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
        card.link(links::place(snapshot, to), to);
    }
    card
}

fn footnote(note: &NoteEntry, file: FileId, wanted: &str) -> Card {
    let mut card = Card::default();
    let text = note.text.as_deref().unwrap_or("");
    for definition in footnotes::definitions(note, text, wanted) {
        card.line().link(format!("[^{wanted}]"), FileRange { file, range: definition.range }).text(": ");
        card.text(&*excerpt(text, Some(definition.body), 600));
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
    if let Some(card) = entity::of_record(snapshot, file) {
        return card;
    }
    let Some(note) = snapshot.note(file) else { return card };
    if let Some(source) = &note.source {
        source::of_source(&mut card, file, source);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing::{analysed, at_caret};
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
    fn a_finding_says_once_why_the_nearest_source_does_not_count() {
        let (snapshot, position) = at_caret("The port handled 38 million tonnes$0 in 2030.\n");
        let findings = rules::check(&snapshot, position.file, CheckOptions::default());
        let shown = hover(&snapshot, position, &findings).unwrap().card.plain();
        assert!(shown.starts_with("A101 unsourced-statistic · warning\n"), "{shown}");
        assert_eq!(shown.to_lowercase().matches("no source is named before it").count(), 1, "{shown}");
        assert!(shown.ends_with("\nFigure: 38,000,000 tonnes"), "{shown}");
        let alone = hover(&snapshot, position, &[]).unwrap().card.plain();
        assert!(alone.starts_with("statistic · no source\nNo source is named before it."), "{alone}");
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
