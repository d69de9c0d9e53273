//! C306: one source under two names.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::footnotes;
use crate::rules::{Edit, Findings, Fix, Related, RuleContext};
use crate::structure::MarkerKind;
use crate::text::TextRange;
use crate::workspace::FileId;
use crate::workspace::brief::UseAt;
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
    /// ```note
    /// //- /refs.bib
    /// @article{hd0320, title = {Norvik Denies}, publisher = {Harbor Daily}, date = {2031-03-20}}
    /// @article{hd31, title = {Norvik denies}, publisher = {The Harbor Daily}, date = {2031-03-20}, url = {https://hd.example/n}}
    /// //- /note.md
    /// The yard is not for sale [@hd0320; @hd31].
    ///                                     ^^^^
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
    /// Compares addresses, DOIs, and title with publisher and date; footnotes without an address by their whole words.
    /// A paper that was printed twice under two titles is not recognised.
    pub(super) static DUPLICATE_SOURCE = Rule {
        code: "C306",
        name: "duplicate-source",
        family: Citation,
        level: Information,
        strict: Warning,
        since: "0.1.0",
        check: check,
        messages: {
            twice(key, other): "Duplicate source: `{key}` is `{other}` again and confirms nothing. Keep one.",
            in_library(key): "Duplicate source: the library has it already, as `{key}`. Keep one of the two.",
        },
    };
}

/// One use of a source in the note, or the source that the note is.
struct Named {
    label: String,
    range: TextRange,
    /// Everything that it is known by: two with one of these in common are one.
    identities: Vec<String>,
    /// The definition, for a footnote.
    definition: Option<TextRange>,
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let all = named(context);
    let mut labels: HashSet<&str> = HashSet::new();
    let mut firsts: HashMap<&str, &Named> = HashMap::new();
    for named in &all {
        if !labels.insert(&named.label) {
            continue;
        }
        let first = named.identities.iter().find_map(|identity| firsts.get(identity.as_str()).copied());
        for identity in &named.identities {
            firsts.entry(identity).or_insert(named);
        }
        let Some(first) = first else { continue };
        let (one, other) = (footnotes::excerpt(&named.label), footnotes::excerpt(&first.label));
        let finding = findings.add(&DUPLICATE_SOURCE, named.range, message::twice(one, other));
        finding.related.push(Related { file: context.file, range: first.range, message: "The same source".into() });
        finding.fixes.extend(merged(context, named, first));
    }
    own_source(context, findings);
}

/// The second under the first's name: keys in all notes, a footnote in this one.
fn merged(context: &RuleContext<'_>, named: &Named, first: &Named) -> Option<Fix> {
    let label = footnotes::excerpt(&first.label);
    let title = match named.definition {
        Some(_) => format!("Use `{label}` throughout, and delete the second footnote"),
        None => format!("Use `{label}` throughout, in all notes"),
    };
    let edits = match (named.definition, first.definition) {
        (None, None) => {
            let uses = context.workspace.citations_of(&named.label);
            let edit = |(file, used): (FileId, UseAt<'_>)| Edit { file, range: used.range, text: first.label.clone() };
            uses.map(edit).collect()
        }
        (Some(definition), Some(_)) => {
            let references = footnotes::references(context).filter(|(label, _)| named.label == format!("[^{label}]"));
            let renamed =
                references.map(|(_, m)| Edit { file: context.file, range: m.range, text: first.label.clone() });
            let gone = Edit { file: context.file, range: definition, text: String::new() };
            renamed.chain([gone]).collect()
        }
        _ => return None,
    };
    Some(Fix { title, edits, safe: false })
}

/// Footnotes and citation keys, in order.
fn named(context: &RuleContext<'_>) -> Vec<Named> {
    let markers = &context.facts.note.markers;
    let mut all = Vec::new();
    for definition in footnotes::definitions(context) {
        let from = markers.partition_point(|marker| marker.range.start < definition.body.start);
        let mut inside = markers.iter().skip(from).take_while(|marker| marker.range.start < definition.body.end);
        let address = inside.find_map(|marker| match &marker.kind {
            MarkerKind::Link { target, .. } => address(target),
            _ => None,
        });
        let label = format!("[^{}]", definition.label);
        let identity = address.or_else(|| same_words(definition.body.of(context.text)));
        let (range, definition) = (definition.head, Some(definition.range));
        all.extend(identity.map(|identity| Named { label, range, identities: vec![identity], definition }));
    }
    for marker in markers {
        let MarkerKind::CitationKey { key: range, .. } = marker.kind else { continue };
        let key = range.of(context.text);
        let source = context.workspace.sources_of(key).into_iter().next();
        let identities = source.map(|(_, source)| identities_of(&source)).unwrap_or_default();
        if !identities.is_empty() {
            all.push(Named { label: key.to_owned(), range, identities, definition: None });
        }
    }
    all
}

/// A footnote that says the same words is the same footnote; "Ibid." and the like say too little.
fn same_words(body: &str) -> Option<String> {
    let words = body.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ");
    (words.len() >= 16 && words.contains(' ')).then(|| format!("words:{words}"))
}

/// Everything that a source of the library is known by.
fn identities_of(source: &Source) -> Vec<String> {
    let given = [source.field("doi").and_then(address), source.field("url").and_then(address), imprint(source)];
    given.into_iter().flatten().collect()
}

/// Title, publisher and date, where all three are given.
fn imprint(source: &Source) -> Option<String> {
    let fold = |text: &str| {
        let lower = text.to_lowercase();
        let bare = lower.strip_prefix("the ").unwrap_or(&lower);
        bare.chars().filter(|c| c.is_alphanumeric()).collect::<String>()
    };
    let parts = [fold(&source.title), fold(&source.publisher), fold(&source.date)];
    parts.iter().all(|part| !part.is_empty()).then(|| format!("imprint:{}", parts.join("/")))
}

/// A source note is compared with the whole library, once for its title.
fn own_source(context: &RuleContext<'_>, findings: &mut Findings) {
    let Some(note) = context.workspace.note(context.file) else { return };
    let Some(own) = &note.source else { return };
    let wanted = identities_of(own);
    // Normalising every address of a large library at each check would be felt; what tells most apart is compared first.
    let last: Vec<&str> = wanted.iter().filter_map(|w| w.rsplit('/').next()).filter(|part| part.len() > 2).collect();
    let same = |(_, source): &(FileId, &Arc<Source>)| {
        let raw = source.field("url").or_else(|| source.field("doi")).unwrap_or("").to_ascii_lowercase();
        let near =
            source.date == own.date && source.title.len() == own.title.len() || last.iter().any(|l| raw.contains(l));
        source.key != own.key && near && identities_of(source).iter().any(|identity| wanted.contains(identity))
    };
    if let Some((file, other)) = context.workspace.sources().find(same) {
        let message = message::in_library(footnotes::excerpt(&other.key));
        let related = Related { file, range: other.range, message: "The same source".into() };
        findings.add(&DUPLICATE_SOURCE, note.title_range, message).related.push(related);
    }
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
    let rest = rest.split_once("://").map_or(rest, |(_, original)| original);
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
