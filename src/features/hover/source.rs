//! What is known of a source: what the library or its note says, and how often it is cited.

use super::card::Card;
use crate::features::FileRange;
use crate::features::wording::plural;
use crate::workspace::library::Source;
use crate::workspace::{FileId, Snapshot};

/// The card of a source: what its library or note says of it, and how often it is cited.
pub(in crate::features) fn citation(snapshot: &Snapshot, key: &str) -> Card {
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
    let mut keys: Vec<&str> = sources.iter().flat_map(|(_, source)| source.keys()).map(|key| &**key).collect();
    keys.sort_unstable();
    keys.dedup();
    let mut uses: Vec<FileId> = keys.iter().flat_map(|key| snapshot.citations_of(key)).map(|(file, _)| file).collect();
    uses.sort_unstable();
    let count = uses.len();
    uses.dedup();
    card.line().text(format!("Used {} in {}", plural(count, "time", "times"), plural(uses.len(), "note", "notes")));
    card
}

/// Title, people, date, grade and addresses of one source.
pub(super) fn of_source(card: &mut Card, file: FileId, source: &Source) {
    let title = if source.title.is_empty() { &*source.key } else { &source.title };
    card.line().strong(title).text(" · ").link(format!("@{}", source.key), FileRange { file, range: source.range });
    let country = source.field("publication-country").map(|c| format!(" ({c})")).unwrap_or_default();
    let publisher = if source.publisher.is_empty() { String::new() } else { format!("{}{country}", source.publisher) };
    let about = [source.authors_in_line(), publisher, source.date.clone(), source.kind.clone()];
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
