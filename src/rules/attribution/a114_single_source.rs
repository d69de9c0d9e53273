//! A114: a whole section that rests on one source.

use super::sourcing;
use crate::analysis::facts::{Genre, SourceKind, Sourced};
use crate::rules::{Findings, RuleContext};
use crate::text::word_hash;

/// Sourced sentences that make a section rest on its source.
const SENTENCES: usize = 4;

crate::declare_rule! {
    /// Reports a section of which every sourced sentence goes back to the same source.
    ///
    /// ## Why
    /// Four sentences with a source each look well supported; if it is one and the same, they are as weak as it is.
    ///
    /// ## Reported
    /// ```note
    /// Nadim Haddad said the port was closed.
    /// ^^^^^^^^^^^^
    /// Nadim Haddad said the cranes were sold. Nadim Haddad said the crews were sent home. Nadim Haddad said the
    /// quay was flooded.
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// Nadim Haddad said the port was closed. Nadim Haddad said the cranes were sold. Lidia Marr said the crews were sent home.
    /// Nadim Haddad said the quay was flooded.
    /// ```
    ///
    /// ## Limits
    /// Notes and analyses only; an interview or a report on one document is named so in its title.
    pub(super) static SINGLE_SOURCE = Rule {
        code: "A114",
        name: "single-source-passage",
        family: Attribution,
        level: Information,
        strict: Warning,
        since: "0.1.0",
        check: check,
        messages: {
            single(count, who): "Single source: all {count} sourced sentences here rest on {who}. Add a second, or say it is the only one.",
        },
        precedence: 140,
        answered_by_declaration: true,
    };
}

struct Section {
    key: (u32, Option<u32>),
    origin: Option<u64>,
    first: u32,
    sentences: usize,
    mixed: bool,
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let facts = context.facts;
    let mut section: Option<Section> = None;
    for claim in &facts.claims {
        let Some(sentence) = facts.note.sentences.get(claim.sentence as usize) else { continue };
        let block = facts.note.block_of(sentence);
        let key = (block.item, block.heading);
        if section.as_ref().is_none_or(|s| s.key != key) {
            if let Some(done) = section.take() {
                report(context, &done, findings);
            }
            section = Some(Section { key, origin: None, first: 0, sentences: 0, mixed: false });
        }
        let Some(open) = &mut section else { continue };
        let attribution = match claim.sourced {
            Sourced::Attribution(at) | Sourced::Carried(at) => at,
            Sourced::Citation(_) => {
                open.mixed = true;
                continue;
            }
            Sourced::None => continue,
        };
        let Some(source) = facts.attributions.get(attribution as usize) else { continue };
        if source.kind == SourceKind::Vague || !source.strong {
            continue;
        }
        let Some(words) = source.source.first() else { continue };
        let origin = source.speaker.map_or_else(|| word_hash(words.of(context.text)), u64::from);
        match open.origin {
            None => {
                open.origin = Some(origin);
                open.first = attribution;
            }
            Some(other) if other != origin => open.mixed = true,
            Some(_) => {}
        }
        open.sentences += 1;
    }
    if let Some(done) = section {
        report(context, &done, findings);
    }
}

fn report(context: &RuleContext<'_>, section: &Section, findings: &mut Findings) {
    let facts = context.facts;
    let attribution = &facts.attributions;
    if section.mixed || section.sentences < SENTENCES {
        return;
    }
    let Some(first) = attribution.get(section.first as usize) else { return };
    let genre = facts.item_of(first.sentence).map(|item| item.genre);
    let Some(range) = first.source.first() else { return };
    if !matches!(genre, Some(Genre::Note | Genre::Analysis)) || !sourcing::expects_source(context, first.sentence) {
        return;
    }
    let who = sourcing::excerpt(context.text, *range);
    let count = section.sentences;
    findings.add(&SINGLE_SOURCE, *range, message::single(count, who)).score = 0.65;
}
