//! What a claim or quotation rests on, in words: its source, where that stands, or why the nearest one does not count.

use super::card::Card;
use crate::analysis::facts::{Attribution, Claim, QuotationClass, Sourced, Speech, WhyUnsourced};
use crate::features::FileRange;
use crate::features::wording::plural;
use crate::text::TextRange;
use crate::workspace::summary::excerpt;
use crate::workspace::{FileId, NoteEntry, Snapshot};

/// The speaker of a quotation; of a label or title, the claim around it. `asked` is true where a finding has said already
/// that there is no source, and why.
pub(super) fn quotation(
    snapshot: &Snapshot,
    note: &NoteEntry,
    file: FileId,
    index: usize,
    asked: bool,
) -> Option<Card> {
    let quotation = note.facts.quotations.get(index)?;
    let mut card = Card::default();
    let class = match quotation.class {
        QuotationClass::Speech => "quotation",
        // A label or title makes no claim of its own: the sentence around it may.
        QuotationClass::Label | QuotationClass::Title => {
            let around = note.facts.claims.iter().find(|c| c.range.contains_range(quotation.range))?;
            return Some(of_claim(snapshot, note, file, around, asked));
        }
    };
    card.line().strong(class);
    match quotation.attribution.and_then(|a| note.facts.attributions.get(a as usize)) {
        Some(attribution) => source_line(&mut card, snapshot, note, file, attribution),
        None if asked => return None,
        None => drop(card.text(" · nobody is named as its speaker")),
    }
    Some(card)
}

/// The source of a claim, or the reason why none counts, and its figure. `asked` is true where a finding has said already
/// that there is no source, and why.
pub(super) fn of_claim(snapshot: &Snapshot, note: &NoteEntry, file: FileId, claim: &Claim, asked: bool) -> Card {
    let mut card = Card::default();
    if !(asked && matches!(claim.sourced, Sourced::None)) {
        add_source(&mut card, snapshot, note, file, claim);
    }
    if let Some(figure) = &claim.figure {
        card.line().text(figure_words(figure));
    }
    card
}

fn add_source(card: &mut Card, snapshot: &Snapshot, note: &NoteEntry, file: FileId, claim: &Claim) {
    card.line().strong(claim.kind.as_str());
    let attribution = |index: u32| note.facts.attributions.get(index as usize);
    match claim.sourced {
        Sourced::Attribution(index) => {
            if let Some(attribution) = attribution(index) {
                source_line(card, snapshot, note, file, attribution);
            }
        }
        Sourced::Carried(index) => {
            card.text(" · carried over");
            if let Some(attribution) = attribution(index) {
                match claim.sentence.saturating_sub(attribution.sentence) {
                    0 => {}
                    back => drop(card.text(format!(" from {} back", plural(back as usize, "sentence", "sentences")))),
                }
                source_line(card, snapshot, note, file, attribution);
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
            if let Some(attribution) = claim.nearest.and_then(attribution) {
                card.line().text("Nearest");
                source_line(card, snapshot, note, file, attribution);
            }
        }
    }
}

fn source_line(card: &mut Card, snapshot: &Snapshot, note: &NoteEntry, file: FileId, attribution: &Attribution) {
    let text = note.text.as_deref().unwrap_or("");
    let words = |ranges: &[TextRange]| {
        ranges.iter().map(|r| excerpt(text, Some(*r), 80).to_string()).collect::<Vec<_>>().join(" … ")
    };
    let how = match attribution.speech {
        Speech::Denied => "denied by ",
        Speech::NotSaid => "not said by ",
        Speech::Supposed => "only supposed of ",
        Speech::Said | Speech::Attitude | Speech::Deed => "",
    };
    card.text(format!(" · {how}{} source: ", attribution.kind.as_str()));
    let (source, cue) = (words(&attribution.source), words(&attribution.cue));
    let at = attribution.source.first().or(attribution.cue.first()).copied();
    let shown = if source.is_empty() { cue.clone() } else { source };
    match at {
        Some(range) => card.link(shown, FileRange { file, range }),
        None => card.text(shown),
    };
    if !cue.is_empty() {
        card.text(format!(" ({cue})"));
    }
    let speaker = attribution
        .speaker
        .and_then(|local| snapshot.identity(crate::workspace::entities::LocalEntity { file, local }));
    if let Some(speaker) = speaker {
        card.text(" · ").text(speaker.name.to_string());
    }
}

/// Why the nearest source was not accepted, as a sentence.
pub(in crate::features) fn why(reason: WhyUnsourced) -> String {
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
