//! C306: one source under two names.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::{Findings, Related, RuleContext, footnotes};
use crate::structure::MarkerKind;
use crate::text::TextRange;
use crate::workspace::FileId;
use crate::workspace::library::Source;

crate::declare_rule! {
    /// Reports two footnotes, keys or source notes that stand for the same page or document.
    ///
    /// ## Why
    /// Two names look like two sources, and a claim that rests on one looks confirmed.
    ///
    /// ## Reported
    /// ```note
    /// Output fell.[^1] Exports fell.[^2]
    ///
    /// [^1]: https://hd.example/a1?utm_source=x
    ///
    /// [^2]: http://www.hd.example/a1/
    /// ^^^^
    /// ```
    /// ```note
    /// //- /refs.bib
    /// @article{hd0320, title = {Norvik Denies}, url = {https://hd.example/norvik}}
    /// @article{gp0321, title = {Sarn Yard}, url = {http://www.hd.example/norvik/?utm_source=gp}}
    /// //- /note.md
    /// The yard is not for sale [@hd0320; @gp0321].
    ///                                     ^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// Output fell.[^1] Exports fell.[^2] Both are down.[^1]
    ///
    /// [^1]: https://hd.example/a1?page=1
    ///
    /// [^2]: https://hd.example/a1?page=2
    /// ```
    ///
    /// ## Limits
    /// Compares addresses and DOIs only; a paper that was printed twice under two addresses is not recognised.
    pub(super) static DUPLICATE_SOURCE = Rule { code: "C306", name: "duplicate-source", level: Information, strict: Warning, since: "0.1.0", check: check };
}

/// One use of a source in the note, or the source that the note is.
struct Named {
    label: String,
    range: TextRange,
    address: String,
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let mut labels: HashSet<String> = HashSet::new();
    let mut firsts: HashMap<String, Named> = HashMap::new();
    for named in named(context) {
        if !labels.insert(named.label.clone()) {
            continue;
        }
        let Some(first) = firsts.get(&named.address) else {
            firsts.insert(named.address.clone(), named);
            continue;
        };
        let (one, other) = (footnotes::shown(&named.label), footnotes::shown(&first.label));
        let message = format!("`{one}` is the same source as `{other}`: keep one of them, it confirms nothing.");
        findings.add(&DUPLICATE_SOURCE, named.range, message).related.push(Related {
            file: context.file,
            range: first.range,
            message: "The same source".into(),
        });
    }
    own_source(context, findings);
}

/// Footnotes with an address and citation keys, in order.
fn named(context: &RuleContext<'_>) -> Vec<Named> {
    let markers = &context.facts.note.markers;
    let mut all = Vec::new();
    for definition in footnotes::definitions(context) {
        let from = markers.partition_point(|marker| marker.range.start < definition.body.start);
        let mut inside = markers[from..].iter().take_while(|marker| marker.range.start < definition.body.end);
        let address = inside.find_map(|marker| match &marker.kind {
            MarkerKind::Link { target, .. } => address(target),
            _ => None,
        });
        let label = format!("[^{}]", definition.label);
        all.extend(address.map(|address| Named { label, range: definition.head, address }));
    }
    for marker in markers {
        let MarkerKind::CitationKey { key: range, .. } = marker.kind else { continue };
        let key = range.of(context.text);
        let source = context.workspace.sources_of(key).into_iter().next();
        let address = source.and_then(|(_, source)| address_of(&source));
        all.extend(address.map(|address| Named { label: key.to_owned(), range, address }));
    }
    all
}

/// A source note is compared with the whole library, once for its title.
fn own_source(context: &RuleContext<'_>, findings: &mut Findings) {
    let Some(note) = context.workspace.note(context.file) else { return };
    let Some(own) = &note.summary.source else { return };
    let Some(wanted) = address_of(own) else { return };
    // Normalising every address of a large library at each check would be felt; its last part tells most apart.
    let last = wanted.rsplit('/').next().unwrap_or(&wanted).to_owned();
    let same = |(_, source): &(FileId, &Arc<Source>)| {
        let raw = source.field("url").or_else(|| source.field("doi")).unwrap_or("");
        source.key != own.key
            && raw.to_ascii_lowercase().contains(&last)
            && address_of(source).as_ref() == Some(&wanted)
    };
    if let Some((file, other)) = context.workspace.sources().find(same) {
        let message =
            format!("The library has this source already, as `{}`: keep one of them.", footnotes::shown(&other.key));
        let related = Related { file, range: other.range, message: "The same source".into() };
        findings.add(&DUPLICATE_SOURCE, note.summary.title_range, message).related.push(related);
    }
}

fn address_of(source: &Source) -> Option<String> {
    let doi = source.field("doi").and_then(address);
    doi.or_else(|| source.field("url").and_then(address))
}

/// An address without what does not tell two pages apart; none if it is none.
fn address(raw: &str) -> Option<String> {
    let lower = raw.trim().to_ascii_lowercase();
    if let Some(doi) = ["https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "doi:"]
        .iter()
        .find_map(|prefix| lower.strip_prefix(prefix))
        .or_else(|| lower.starts_with("10.").then_some(&lower))
    {
        return Some(format!("doi:{doi}"));
    }
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"))?;
    // An archived copy is a copy: `web.archive.org/web/20310320/https://…`.
    let rest = rest.find("://").map_or(rest, |at| &rest[at + 3..]);
    let rest = rest.split('#').next().unwrap_or(rest);
    let rest = rest.strip_prefix("www.").or_else(|| rest.strip_prefix("amp.")).unwrap_or(rest);
    let (page, query) = rest.split_once('?').unwrap_or((rest, ""));
    let tracking = |part: &&str| {
        let key = part.split('=').next().unwrap_or("");
        !(key.is_empty() || key.starts_with("utm_") || matches!(key, "fbclid" | "gclid" | "ref" | "amp"))
    };
    let mut parts: Vec<&str> = query.split('&').filter(tracking).collect();
    parts.sort_unstable();
    let page = page.trim_end_matches("/amp").trim_end_matches('/');
    Some(if parts.is_empty() { page.to_owned() } else { format!("{page}?{}", parts.join("&")) })
}
