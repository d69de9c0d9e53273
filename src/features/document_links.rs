//! What can be followed by a click: wikilinks, links, footnotes, citation keys.
//!
//! A citation leads to its entry in the library or to its source note, never to the network; what is no note but a file
//! beside it (an image, a scan) leads to that file, whether or not it is there.

use super::definition::{self, linked_file};
use super::footnotes;
use super::{FilePosition, FileRange};
use crate::structure::MarkerKind;
use crate::text::TextRange;
use crate::workspace::summary::excerpt;
use crate::workspace::{FileId, Snapshot};

/// The destination of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// To a place in a note or library.
    Place(FileRange),
    /// To a file that is no note, by its path in the workspace.
    File(String),
    /// To an address, as written.
    Address(String),
}

/// A link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentLink {
    /// The bytes that can be clicked on.
    pub range: TextRange,
    /// The destination.
    pub to: Destination,
    /// A few words about the destination.
    pub tooltip: String,
}

/// All links of a note that lead somewhere, in order.
#[must_use]
pub fn document_links(snapshot: &Snapshot, file: FileId) -> Vec<DocumentLink> {
    let Some((note, text)) = snapshot.full(file).and_then(|note| Some((note, note.text.as_deref()?))) else {
        return Vec::new();
    };
    let link = |marker: &crate::structure::Marker| match &marker.kind {
        MarkerKind::Wikilink { target, anchor, shown, .. } => {
            let range = anchor.iter().chain(shown).fold(*target, |all, part| all.cover(*part));
            let to = jump(snapshot, FilePosition { file, offset: target.start.max(marker.range.start + 2) })?;
            Some(DocumentLink { range, tooltip: title(snapshot, to.file), to: Destination::Place(to) })
        }
        MarkerKind::Link { target, .. } | MarkerKind::Image { target, .. } => {
            inline(snapshot, file, text, marker.range, target)
        }
        MarkerKind::FootnoteReference { label } => {
            let body = footnotes::definitions(note, text, label.of(text)).next()?.focus();
            let to = Destination::Place(FileRange { file, range: body });
            Some(DocumentLink { range: marker.range, to, tooltip: excerpt(text, Some(body), 120).to_string() })
        }
        MarkerKind::CitationKey { key, .. } => {
            let (at, source) = snapshot.sources_of(key.of(text)).into_iter().next()?;
            let about = [source.title.as_str(), &source.publisher, &source.date];
            let about: Vec<&str> = about.into_iter().filter(|part| !part.is_empty()).collect();
            let to = Destination::Place(FileRange { file: at, range: source.range });
            Some(DocumentLink { range: *key, to, tooltip: about.join(" · ") })
        }
        _ => None,
    };
    let mut links: Vec<DocumentLink> = note.facts.note.markers.iter().filter_map(link).collect();
    links.retain(|link| !link.range.is_empty());
    links.sort_by_key(|link| link.range);
    links
}

fn jump(snapshot: &Snapshot, position: FilePosition) -> Option<FileRange> {
    let target = definition::definition(snapshot, position)?.targets.into_iter().next()?;
    Some(FileRange { file: target.file, range: target.focus })
}

fn title(snapshot: &Snapshot, file: FileId) -> String {
    snapshot.note(file).map(|note| note.title().to_owned()).unwrap_or_default()
}

fn inline(snapshot: &Snapshot, file: FileId, text: &str, marker: TextRange, target: &str) -> Option<DocumentLink> {
    // The address as it stands there; of `[text][ref]` it stands elsewhere.
    let written = marker.of(text).rfind(target).map(|at| marker.start + at as u32);
    let range = written.map_or(marker, |start| TextRange::new(start, start + target.len() as u32));
    if let Some(to) = linked_file(snapshot, file, target) {
        let anchor = target.split_once('#').map(|(_, anchor)| anchor.replace('-', " "));
        let place = definition::note_place(snapshot, to, anchor.as_deref());
        return Some(DocumentLink { range, tooltip: title(snapshot, to), to: Destination::Place(place) });
    }
    let to = if ["https://", "http://", "mailto:"].iter().any(|scheme| target.starts_with(scheme)) {
        Destination::Address(target.to_owned())
    } else {
        let path = target.split(['#', '?']).next().unwrap_or(target);
        // A note that is not there is not made by a click.
        let named = path.rsplit('/').next().unwrap_or(path).rsplit_once('.');
        let is_other = named.is_some_and(|(_, extension)| !is_note(extension)) && !path.contains("://");
        Destination::File(is_other.then(|| definition::joined(snapshot, file, path)).flatten()?)
    };
    Some(DocumentLink { range, to, tooltip: String::new() })
}

fn is_note(extension: &str) -> bool {
    ["md", "markdown", "mdown", "qmd", "txt"].iter().any(|known| known.eq_ignore_ascii_case(extension))
}

#[cfg(test)]
mod tests {
    use super::super::testing::shown;
    use super::*;
    use crate::workspace::fixture::Fixture;

    #[track_caller]
    fn check(written: &str, expected: &[&str]) {
        let snapshot = Fixture::new(written).snapshot();
        let file = snapshot.file_at("n/a.md").unwrap();
        let text = snapshot.full(file).unwrap().text.clone().unwrap();
        let line = |link: &DocumentLink| {
            let to = match &link.to {
                Destination::Place(place) => shown(&snapshot, *place),
                Destination::File(path) => format!("file {path}"),
                Destination::Address(address) => address.clone(),
            };
            format!("{} → {to} ({})", link.range.of(&text), link.tooltip)
        };
        assert_eq!(document_links(&snapshot, file).iter().map(line).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn each_kind_of_link_leads_where_it_says() {
        check(
            "//- /refs.bib\n@misc{pell31, title = {Harbour Log}, url = {https://hd.example/x}}\n//- /talks.md\n# Talks\n\n## Morning\n//- /n/a.md\n[[talks#Morning|there]] [x](../talks.md#morning) [@pell31; @gone] One.[^1] <https://hd.example/y> ![map](img/map.png) [[nowhere]] [y](none.md)\n\n[^1]: The ledger.\n",
            &[
                "talks#Morning|there → talks.md:3 Morning (Talks)",
                "../talks.md#morning → talks.md:3 Morning (Talks)",
                "pell31 → refs.bib:1 (Harbour Log)",
                "[^1] → n/a.md:3 The ledger. (The ledger.)",
                "https://hd.example/y → https://hd.example/y ()",
                "img/map.png → file n/img/map.png ()",
            ],
        );
    }

    #[test]
    fn no_script_and_no_program_can_be_clicked_on() {
        check("//- /n/a.md\n[x](javascript:alert(1)) [y](file:///etc/passwd) [z](vscode://x/y.z)\n", &[]);
    }
}
