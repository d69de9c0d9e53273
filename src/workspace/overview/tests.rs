//! What is counted from postings is what the notes say, whatever came and went; and what it costs.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::analysis::corrections::Corrections;
use crate::analysis::{self, AnalysisConfig, Memo};
use crate::config::Config;
use crate::structure::Format;
use crate::workspace::entities::LocalEntity;
use crate::workspace::fixture::note;
use crate::workspace::{Change, NoteEntry, Workspace};

/// Sentences that notes are made of: spellings, surnames alone, acronyms, roles with and without years.
const SENTENCES: [&str; 14] = [
    "Nadim Haddad spoke to Lidia Marr.",
    "Nadeem al-Haddad left. Haddad said nothing.",
    "Trade Minister Nadim Haddad met Rana Haddad.",
    "Former trade minister Nadim Haddad wrote to the Port Management Council (PMC).",
    "Haddad stayed in Port Sarn.",
    "The Fixer paid Norvik Shipping.",
    "The Port Management Council met in Meridia. The PMC said so.",
    "PMC officials refused.",
    "Abu Sarn, also known as Nadim Haddad, sailed to Port Sarn.",
    "Abu Sarn waited. Lidia K. Marr, foreign minister from 2029 to 2030, waited, too.",
    "Norvik Shipping paid Haddad, the Fixer.",
    "Lidia Marr, the head of Norvik Shipping, thanked Nadim Haddad.",
    "Sarn Lines sank. Norvik Shipping wept.",
    "Meridia signed; Lidia Marr did not.",
];

const RECORDS: [&str; 4] = [
    "---\ntype: person\nname: Nadim Haddad\naliases: [Abu Sarn, Haddad]\nweak-aliases: [the Fixer, Norvik Shipping]\n---\n",
    "---\ntype: org\nname: Norvik Shipping\naliases: [Sarn Lines]\n---\n",
    "---\ntype: person\nname: Lidia Marr\naliases: [Marr]\nweak-aliases: [Norvik Shipping]\n---\n",
    "---\ntype: org\nname: Port Management Council\naliases: [PMC]\n---\n",
];

fn written() -> impl Strategy<Value = String> {
    let date = prop_oneof![
        Just(String::new()),
        (2028..2032u32, 1..4u32, 1..4u32).prop_map(|(y, m, d)| format!("---\ndate: {y}-{m:02}-{d:02}\n---\n")),
        (2028..2032u32).prop_map(|year| format!("---\ndate: {year}\n---\n")),
    ];
    let text = (date, proptest::collection::vec(0..SENTENCES.len(), 1..5)).prop_map(|(date, sentences)| {
        let sentences: Vec<&str> = sentences.into_iter().map(|n| SENTENCES[n]).collect();
        format!("{date}{}\n", sentences.join(" "))
    });
    prop_oneof![8 => text, 1 => (0..RECORDS.len()).prop_map(|n| RECORDS[n].to_owned())]
}

fn analysed(file: u32, text: &str, config: &AnalysisConfig) -> NoteEntry {
    let facts = analysis::analyze(text, Format::Markdown, config, &mut Memo::default());
    NoteEntry::new(format!("{file}.md"), text, facts)
}

/// Holds the overview against a look into every note.
fn check(snapshot: &Snapshot, identity: &Identity) {
    let mut places = snapshot.places(identity);
    for file in 0..12 {
        let here: Vec<LocalEntity> = places.iter().map(|place| place.at).filter(|at| at.file == FileId(file)).collect();
        let asked = snapshot.places_in(identity, FileId(file));
        assert_eq!(asked.iter().map(|place| place.at).collect::<Vec<_>>(), here);
    }
    places.sort_by_key(|place| (Reverse(place.note.date()), place.at));
    let ats = |places: &[Place<'_>]| places.iter().map(|place| place.at).collect::<Vec<_>>();
    for most in [1, 3, 100] {
        let overview = snapshot.overview(identity, most);
        assert_eq!(overview.mentions, places.iter().map(|place| place.entity.count()).sum::<usize>());
        let mut files: Vec<FileId> = places.iter().map(|place| place.at.file).collect();
        files.sort_unstable();
        files.dedup();
        assert_eq!(overview.notes, files.len());
        assert_eq!(ats(&overview.latest), ats(&places[..places.len().min(most)]));
        let dated = || places.iter().filter(|place| place.note.date().is_some());
        assert_eq!(overview.first.map(|place| place.at), dated().next_back().map(|place| place.at));
        assert_eq!(overview.last().map(|place| place.at), dated().next().map(|place| place.at));
    }
    let overview = snapshot.overview(identity, 1);
    let gives = |place: &Place<'_>| place.entity.roles().next().is_some();
    for date in [None, Some("2030"), Some("2030-02-02")] {
        for later in [false, true] {
            let is_later = |place: &&Place<'_>| date.is_some_and(|date| place.note.date().is_some_and(|d| d > date));
            let wanted: Vec<Place<'_>> = places.iter().filter(|p| gives(p) && is_later(p) == later).copied().collect();
            let found: Vec<Place<'_>> = overview.giving_roles(date, later).filter(gives).collect();
            assert_eq!(ats(&found), ats(&wanted), "{date:?} {later}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_postings_say_is_what_the_notes_say(
        changes in proptest::collection::vec((0..12u32, proptest::option::weighted(0.8, written())), 1..24),
        corrections in proptest::option::of(Just("different: Nadim Haddad | Abu Sarn\nsame: PMC | Norvik Shipping\n")),
    ) {
        let mut config = Config::default();
        config.analysis.corrections = Arc::new(Corrections::read(corrections.unwrap_or("")));
        let mut workspace = Workspace::default();
        workspace.apply(Change::Config(Arc::new(config.clone())));
        for (file, text) in &changes {
            workspace.apply(match text {
                Some(text) => Change::Note(FileId(*file), analysed(*file, text, &config.analysis)),
                None => Change::Removed(FileId(*file)),
            });
        }
        let snapshot = workspace.snapshot();
        let mut loaded = Workspace::default();
        loaded.load(snapshot.notes().map(|(file, note)| (file, note.clone())).collect());
        loaded.apply(Change::Config(Arc::new(config)));
        for snapshot in [&snapshot, &loaded.snapshot()] {
            for (file, note) in snapshot.notes() {
                for local in 0..note.entities().count() as u32 {
                    snapshot.identity(LocalEntity { file, local }).iter().for_each(|who| check(snapshot, who));
                }
                snapshot.identity_of_record(file).iter().for_each(|who| check(snapshot, who));
            }
        }
    }
}

#[test]
fn a_name_in_every_note_is_counted_without_looking_into_them() {
    let mut counted = Vec::new();
    for notes in [200, 2_000] {
        let mut workspace = Workspace::default();
        for n in 0..notes {
            let text = format!("{{p1:Ada Pell}} met {{p2:Orr Number{n}}}. {{p1:Pell}} left.");
            workspace.apply(Change::Note(FileId(n), note(&format!("2031-01-{:02}-{n}.md", 1 + n % 28), &text).0));
        }
        let snapshot = workspace.snapshot();
        let identity = snapshot.identity(LocalEntity { file: FileId(7), local: 0 }).unwrap();
        let overview = snapshot.overview(&identity, 48);
        assert_eq!((overview.mentions, overview.notes), (2 * notes as usize, notes as usize));
        assert_eq!(overview.latest[0].note.date(), Some("2031-01-28"));
        counted.push(overview.looked_into);
    }
    assert_eq!(counted[0], counted[1], "ten times the notes, the same number of them is read");
}
