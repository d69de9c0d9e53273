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
    let note = snapshot.note(position.file)?;
    let subject = subject::at(snapshot, position);
    let mut hover = subject.and_then(|(subject, range)| {
        let card = about(snapshot, note, position, subject)?;
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

fn about(snapshot: &Snapshot, note: &NoteEntry, position: FilePosition, subject: Subject) -> Option<Card> {
    match subject {
        Subject::Mention(mention) => dossier::of_mention(snapshot, position.file, &mention),
        Subject::Record => dossier::of_record(snapshot, position.file),
        Subject::Citation(used) => Some(citation(snapshot, &used.text)),
        Subject::Footnote(label) => Some(footnote(note, position.file, &label)),
        Subject::Wikilink(used, _) => Some(wikilink(snapshot, position.file, &used.text)),
        Subject::Link(_) => None,
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

fn citation(snapshot: &Snapshot, key: &str) -> Card {
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
        if let MarkerKind::FootnoteDefinition { label, body } = marker.kind {
            if same(label) {
                card.line().link(format!("[^{wanted}]"), FileRange { file, range: marker.range }).text(": ");
                card.text(&*excerpt(text, Some(body), 600));
            }
        }
    }
    if card.is_empty() {
        card.line().text(format!("[^{wanted}] has no definition in this note."));
    }
    card
}

fn wikilink(snapshot: &Snapshot, from: FileId, target: &str) -> Card {
    let mut card = Card::default();
    let Some(file) = snapshot.note_named(target, from) else {
        card.line().text(format!("There is no note called \"{target}\" yet."));
        return card;
    };
    if let Some(card) = dossier::of_record(snapshot, file) {
        return card;
    }
    let Some(note) = snapshot.note(file) else { return card };
    if let Some(source) = &note.summary.source {
        of_source(&mut card, file, source);
    } else {
        let range = note.summary.title_range;
        card.line().link(note.summary.title.to_string(), FileRange { file, range }).text(format!(" · {}", note.path));
    }
    if !note.summary.opening.is_empty() {
        card.line().text(note.summary.opening.to_string());
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

fn why(reason: WhyUnsourced) -> String {
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
