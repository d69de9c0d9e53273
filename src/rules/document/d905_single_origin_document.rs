//! D905: a whole document of which most comes from one place.

use std::collections::HashMap;

use crate::analysis::facts::{Genre, SourceKind, Sourced};
use crate::rules::attribution::sourcing;
use crate::rules::{Findings, RuleContext};
use crate::structure::MarkerKind;
use crate::text::word_hash;

crate::declare_rule! {
    /// Reports a document in which one origin stands behind six in ten of the sourced claims.
    ///
    /// ## Why
    /// Many citations of one source look like many sources. The reader must be told that the text stands or falls with
    /// it. The index of concentration in the message is the sum of the squared shares: 1 for one origin, 0.1 for ten.
    ///
    /// ## Reported
    /// ```note
    /// Nadim Haddad said the port was closed.
    /// ^^^^^^^^^^^^
    ///
    /// Lidia Marr said the quay was flooded. Haddad said the cranes were sold.
    ///
    /// # Crews
    ///
    /// Haddad said the crews were sent home. Haddad said the yard was empty. Haddad said the lamps were out.
    /// Haddad said the gate had rusted.
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// Nadim Haddad said the port was closed. Lidia Marr said the quay was flooded. Haddad said the cranes were sold.
    /// Marr said the crews were sent home. Ada Pell said the yard was empty. Pell said the lamps were out.
    /// ```
    ///
    /// ## Limits
    /// From six sourced claims on, in notes and analyses. Two outlets that copy one agency are two origins here, and an
    /// interview or a profile may well have one.
    pub(super) static SINGLE_ORIGIN = Rule {
        code: "D905",
        name: "single-origin-document",
        family: Document,
        level: Hint,
        strict: Information,
        since: "0.2.0",
        check: check,
        messages: {
            concentrated(most, all, who, index): "Concentrated sourcing: {most} of {all} claims rest on {who} (concentration {index}). Add others, or say so.",
        },
    };
}

const CLAIMS: usize = 6;

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let facts = context.facts;
    let mut counts: HashMap<u64, (usize, crate::text::TextRange)> = HashMap::new();
    let mut all = 0usize;
    for claim in &facts.claims {
        let genre = facts.item_of(claim.sentence).map(|item| item.genre);
        if !matches!(genre, Some(Genre::Note | Genre::Analysis)) || !sourcing::expects_source(context, claim.sentence) {
            continue;
        }
        let Some((origin, range)) = origin(context, claim.sourced) else { continue };
        all += 1;
        counts.entry(origin).or_insert((0, range)).0 += 1;
    }
    if all < CLAIMS || counts.len() < 2 {
        return;
    }
    let Some(&(most, range)) = counts.values().max_by_key(|(count, range)| (*count, std::cmp::Reverse(range.start)))
    else {
        return;
    };
    if most * 10 < all * 6 {
        return;
    }
    let square = |count: usize| (count * count) as f64 / (all * all) as f64;
    let concentration: f64 = counts.values().map(|(count, _)| square(*count)).sum();
    let who = sourcing::excerpt(context.text, range);
    let message = message::concentrated(most, all, who, format_args!("{concentration:.2}"));
    findings.add(&SINGLE_ORIGIN, range, message).score = 0.65;
}

/// Whom a claim goes back to, as a key, and where they are named.
fn origin(context: &RuleContext<'_>, sourced: Sourced) -> Option<(u64, crate::text::TextRange)> {
    let facts = context.facts;
    match sourced {
        Sourced::Attribution(at) | Sourced::Carried(at) => {
            let attribution = facts.attributions.get(at as usize)?;
            let range = *attribution.source.first()?;
            if attribution.kind == SourceKind::Vague || !attribution.strong {
                return None;
            }
            let name = attribution.speaker.and_then(|e| facts.entities.get(e as usize)).map(|e| e.name.as_str());
            Some((word_hash(name.unwrap_or(range.of(context.text))), range))
        }
        Sourced::Citation(Some(marker)) => {
            let marker = facts.note.markers.get(marker as usize)?;
            let key = match &marker.kind {
                MarkerKind::CitationKey { key, .. } => key.of(context.text),
                MarkerKind::FootnoteReference { label } => label.of(context.text),
                // The publisher's domain is the origin, whichever page of it is linked.
                MarkerKind::Link { target, .. } => target.split("://").nth(1)?.split('/').next()?,
                _ => marker.range.of(context.text),
            };
            Some((word_hash(key), marker.range))
        }
        Sourced::Citation(None) | Sourced::None => None,
    }
}
