//! The sources that a note cites, and the entries of the house's lists that name them.

use crate::analysis::house;
use crate::lexicon::outlet;
use crate::rules::RuleContext;
use crate::structure::MarkerKind;
use crate::text::TextRange;
use crate::workspace::library::Source;

/// A source that the note cites, by whatever it is known by.
#[derive(Debug, Default)]
pub(in crate::rules) struct Cited {
    /// The place of the citation.
    pub(in crate::rules) range: TextRange,
    /// The domain of its address, in lower case, without `www.`.
    pub(in crate::rules) host: Option<String>,
    /// Its citation key.
    pub(in crate::rules) key: Option<String>,
    /// Its publisher, or the outlet as it is named in the text.
    pub(in crate::rules) outlet: Option<String>,
    /// True if a grade is given with it in the library.
    pub(in crate::rules) graded: bool,
    /// True if the library calls it a medium of the state.
    pub(in crate::rules) state: bool,
}

impl Cited {
    /// Its name in a message, at most 50 characters.
    pub(in crate::rules) fn shown(&self) -> String {
        let name = self.outlet.as_ref().or(self.host.as_ref()).or(self.key.as_ref());
        name.map_or_else(String::new, |name| name.chars().take(50).collect())
    }

    /// The entry of a list that names it.
    pub(in crate::rules) fn on<'l>(&self, list: &'l [String]) -> Option<&'l str> {
        list.iter().map(String::as_str).find(|entry| self.is(entry))
    }

    fn is(&self, entry: &str) -> bool {
        let entry = entry.trim().to_lowercase();
        let entry = entry.trim_start_matches('@').trim_start_matches("www.");
        if entry.is_empty() {
            return false;
        }
        let domain = |host: &String| {
            let below = host.strip_suffix(entry).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
            below || house::matches(entry.as_bytes(), host)
        };
        let named =
            |name: &String| house::matches(without_article(entry).as_bytes(), without_article(&name.to_lowercase()));
        self.host.as_ref().is_some_and(domain)
            || self.outlet.as_ref().is_some_and(named)
            || self.key.as_ref().is_some_and(|key| house::matches(entry.as_bytes(), &key.to_lowercase()))
    }
}

fn without_article(name: &str) -> &str {
    name.strip_prefix("the ").unwrap_or(name)
}

/// Everything that the note cites: addresses, citation keys, links to source notes, outlets that it names as speakers.
/// Citations that lead nowhere are left to the citation rules.
pub(in crate::rules) fn of_note(context: &RuleContext<'_>) -> Vec<Cited> {
    let mut all = Vec::new();
    for marker in &context.facts.note.markers {
        let range = marker.range;
        match &marker.kind {
            MarkerKind::Link { target, .. } => {
                all.extend(host_of(target).map(|host| Cited { range, host: Some(host), ..Cited::default() }));
            }
            MarkerKind::CitationKey { key, .. } => {
                let sources = context.workspace.sources_of(key.of(context.text));
                all.extend(sources.iter().map(|(_, source)| of_source(source, *key)));
            }
            MarkerKind::Wikilink { target, embed: false, .. } => {
                let file = context.workspace.note_named(target.of(context.text), context.file);
                let source = file.and_then(|file| context.workspace.note(file)).and_then(|note| note.source.as_ref());
                all.extend(source.map(|source| of_source(source, *target)));
            }
            _ => {}
        }
    }
    for attribution in context.facts.attributions.iter().filter(|attribution| attribution.strong) {
        all.extend(attribution.source.iter().filter_map(|range| of_name(context, *range)));
    }
    all
}

/// A speaker that is an outlet by the lists of the program or the house, or on one of the house's lists of sources.
fn of_name(context: &RuleContext<'_>, range: TextRange) -> Option<Cited> {
    let tokens = &context.facts.note.tokens;
    let first = tokens.partition_point(|t| t.range.start < range.start);
    let last = tokens.partition_point(|t| t.range.start < range.end);
    let name = tokens.get(first..last).filter(|name| name.len() <= 6 && name.iter().any(|t| t.capital))?;
    let (house, sources) = (&context.config.analysis.house, &context.config.sources);
    let cited = Cited { range, outlet: Some(range.of(context.text).to_owned()), ..Cited::default() };
    let listed = || cited.on(&sources.deny).is_some() || cited.on(&sources.allow).is_some();
    (outlet(name.iter().map(|token| token.hash)).is_some() || house.is_outlet(name) || listed()).then_some(cited)
}

fn of_source(source: &Source, range: TextRange) -> Cited {
    let field = |name: &str| source.field(name).filter(|value| !value.trim().is_empty());
    Cited {
        range,
        host: field("url").and_then(host_of),
        key: Some(source.key.to_string()),
        outlet: Some(source.publisher.clone()).filter(|publisher| !publisher.is_empty()),
        state: std::iter::once(source.kind.as_str())
            .chain(field("kind"))
            .any(|kind| matches!(kind.trim().to_lowercase().as_str(), "state" | "state-media" | "state media")),
        graded: ["grade", "3x5x2", "reliability", "credibility"].iter().any(|name| field(name).is_some()),
    }
}

/// The domain of a web address.
fn host_of(address: &str) -> Option<String> {
    let rest = address
        .split_once("://")
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https"))?
        .1;
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?.split(':').next()?;
    let host = host.trim_end_matches('.').to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    (!host.is_empty()).then(|| host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(host: &str, entry: &str) -> bool {
        Cited { host: host_of(host), ..Cited::default() }.is(entry)
    }

    #[test]
    fn a_domain_covers_what_is_below_it_and_nothing_that_only_ends_alike() {
        assert!(is("https://www.southmeridian.example/a?b=c", "southmeridian.example"));
        assert!(is("HTTP://user@News.SouthMeridian.example:80", "southmeridian.example"));
        assert!(is("https://a.example", "*.example") && is("https://a.example", "www.A.example"));
        assert!(!is("https://notsouthmeridian.example", "southmeridian.example"));
        assert!(!is("mailto:x@southmeridian.example", "southmeridian.example") && !is("https://a.example", ""));
    }

    #[test]
    fn a_name_is_compared_without_case_and_article() {
        let cited = Cited { outlet: Some("The Harbor Daily".into()), key: Some("hd31".into()), ..Cited::default() };
        assert!(cited.is("harbor daily") && cited.is("The Harbor Daily") && cited.is("@hd31") && cited.is("hd*"));
        assert!(!cited.is("harbor") && !cited.is("daily"));
    }
}
