//! Who is who across notes, and what an edit costs.

use super::entities::LocalEntity;
use super::fixture::{Fixture, edited, note};
use super::*;

/// All places of whoever stands at the caret, as `path:words`.
fn same_as_at_caret(written: &str) -> Vec<String> {
    let fixture = Fixture::new(written);
    let snapshot = fixture.snapshot();
    let (file, at) = fixture.caret.expect("a caret");
    let local = snapshot.full(file).unwrap().facts.mention_at(at).expect("a mention at the caret").entity.unwrap();
    let identity = snapshot.identity(LocalEntity { file, local }).unwrap();
    let mut found = Vec::new();
    for LocalEntity { file, local } in snapshot.occurrences(&identity) {
        let note = snapshot.full(file).unwrap();
        for &mention in &note.facts.entities[local as usize].mentions {
            let words = note.facts.mentions[mention as usize].range.of(note.text.as_deref().unwrap());
            found.push(format!("{}:{words}", note.path));
        }
    }
    found
}

#[test]
fn one_name_is_one_person_in_all_notes_whatever_its_spelling() {
    let found = same_as_at_caret(
        "//- /a.md\n{p1:Nadim Haddad} spoke. $0{p1:Haddad} left.\n//- /b.md\n{p1:Nadeem al-Haddad} stayed. {p2:Rana Haddad} too.\n",
    );
    assert_eq!(found, ["a.md:Nadim Haddad", "a.md:Haddad", "b.md:Nadeem al-Haddad"]);
}

#[test]
fn a_surname_alone_says_nothing_outside_its_note() {
    let found = same_as_at_caret(
        "//- /a.md\n$0{p1:Haddad} left.\n//- /b.md\n{p1:Nadim Haddad} stayed.\n//- /c.md\n{p1:Haddad} spoke.\n",
    );
    assert_eq!(found, ["a.md:Haddad"]);
}

#[test]
fn a_person_and_a_place_of_one_name_are_two_but_a_state_is_place_and_body() {
    let written = "//- /a.md\n$0{l1:Meridia} signed.\n//- /b.md\n{o1:Meridia} refused. {p1:Ada Meridia} left.\n//- /c.md\n{d1:Meridia} sank.\n";
    assert_eq!(same_as_at_caret(written), ["a.md:Meridia", "b.md:Meridia"]);
}

#[test]
fn an_entity_note_ties_its_aliases_together() {
    let found = same_as_at_caret(
        "//- /orgs/norvik.md\n---\ntype: org\nname: Norvik Shipping\naliases: [NSL, Sarn Lines]\n---\n\n//- /a.md\n$0{o1:Norvik Shipping} sailed.\n//- /b.md\n{o1:Sarn Lines} and {o2:NSL} sailed.\n//- /c.md\n{o1:Sarn Bank} closed.\n",
    );
    assert_eq!(found, ["a.md:Norvik Shipping", "b.md:Sarn Lines", "b.md:NSL"]);
}

#[test]
fn an_entity_note_knows_its_kind_better_than_the_recogniser() {
    let note = "//- /orgs/norvik.md\n---\ntype: org\nname: Norvik Shipping\naliases: [Sarn]\n---\n\n";
    let found = same_as_at_caret(&format!(
        "{note}//- /a.md\n$0{{p1:Norvik Shipping}} sailed.\n//- /b.md\n{{o1:Norvik Shipping}}, {{d1:Sarn}}.\n"
    ));
    assert_eq!(found, ["a.md:Norvik Shipping", "b.md:Norvik Shipping"]);
}

#[test]
fn a_weak_alias_holds_only_where_a_strong_name_stands() {
    let record = "//- /people/haddad.md\n---\ntype: person\nname: Nadim Haddad\naliases: [Abu Sarn]\nweak-aliases: [Nadim]\n---\n\n";
    let found = same_as_at_caret(&format!(
        "{record}//- /a.md\n$0{{p1:Nadim Haddad}} spoke. {{p2:Nadim}} left.\n//- /b.md\n{{p1:Nadim}} stayed.\n//- /c.md\n{{p1:Abu Sarn}} and {{p2:Nadim}} met.\n"
    ));
    assert_eq!(found, ["a.md:Nadim Haddad", "a.md:Nadim", "c.md:Abu Sarn", "c.md:Nadim"]);
    let found = same_as_at_caret(&format!("{record}//- /a.md\n{{p1:Nadim Haddad}} spoke. $0{{p2:Nadim}} left.\n"));
    assert_eq!(found, ["a.md:Nadim Haddad", "a.md:Nadim"]);
    assert_eq!(same_as_at_caret(&format!("{record}//- /b.md\n$0{{p1:Nadim}} stayed.\n")), ["b.md:Nadim"]);
}

#[test]
fn two_entity_notes_of_one_name_leave_it_ambiguous() {
    let fixture = Fixture::new(
        "//- /people/one.md\n---\ntype: person\nname: Nadim Haddad\nrole: minister\n---\n\n//- /people/two.md\n---\ntype: person\nname: Nadim Haddad\nrole: boxer\n---\n\n//- /a.md\n{p1:Nadim Haddad} won.\n",
    );
    let identity = fixture.snapshot().identity(LocalEntity { file: FileId(2), local: 0 }).unwrap();
    assert_eq!((identity.record, identity.rivals), (None, vec![FileId(0), FileId(1)]));
}

#[test]
fn an_alias_of_two_entity_notes_is_nobodys_and_the_others_hold() {
    let notes = "//- /people/one.md\n---\ntype: person\nname: Nadim Haddad\naliases: [Abu Sarn, Abu Lusk]\n---\n\n//- /people/two.md\n---\ntype: person\nname: Rana Orr\naliases: [Abu Sarn, Umm Lusk]\n---\n\n";
    let who = |name: &str| {
        let fixture = Fixture::new(&format!("{notes}//- /a.md\n{{p1:{name}}} won.\n"));
        let identity = fixture.snapshot().identity(LocalEntity { file: FileId(2), local: 0 }).expect("an identity");
        (identity.record, identity.rivals)
    };
    assert_eq!(who("Abu Sarn"), (None, vec![FileId(0), FileId(1)]));
    assert_eq!(who("Abu Lusk").0, Some(FileId(0)));
    assert_eq!(who("Umm Lusk").0, Some(FileId(1)));
}

#[test]
fn odd_names_and_ten_thousand_aliases_of_an_entity_note() {
    let letter = |n: usize| char::from(b'a' + (n % 26) as u8);
    let short = |n: usize| format!("{}{}{}", letter(n / 676).to_ascii_uppercase(), letter(n / 26), letter(n));
    let aliases: Vec<String> = (0..10_000).map(short).collect();
    let (first, last) = (short(0), short(9_999));
    let written = format!(
        "//- /orgs/orlec.md\n---\ntype: org\nname: Orlec Group\naliases: [Q, 王伟, نديم حداد, {}]\n---\n\n//- /a.md\n{{o1:Q}}, {{o2:王伟}}, {{o3:نديم حداد}}, {{o4:{first}}} and {{o5:{last}}} met {{o6:R}}.\n",
        aliases.join(", ")
    );
    let snapshot = Fixture::new(&written).snapshot();
    let records: Vec<Option<FileId>> = (0..6)
        .map(|local| snapshot.identity(LocalEntity { file: FileId(1), local }).and_then(|identity| identity.record))
        .collect();
    let own = Some(FileId(0));
    assert_eq!(records, [own, own, own, own, own, None]);
    let identity = snapshot.identity_of_record(FileId(0)).expect("an identity");
    assert!(identity.names().len() >= 10_004);
    assert_eq!(snapshot.occurrences(&identity).len(), 5);
}

#[test]
fn an_acronym_leads_home_while_it_has_one_home() {
    let one = "//- /a.md\nThe {o1:Port Management Council} ({o1:PMC}) met.\n//- /b.md\n$0{o1:PMC} met again.\n";
    assert_eq!(same_as_at_caret(one), ["a.md:Port Management Council", "a.md:PMC", "b.md:PMC"]);
    let two = format!("{one}//- /c.md\nThe {{o1:Private Military Company}} ({{o1:PMC}}) left.\n");
    assert_eq!(same_as_at_caret(&two), ["b.md:PMC"]);
}

#[test]
fn a_longer_form_used_for_the_same_person_ties_both() {
    let found = same_as_at_caret(
        "//- /a.md\n{p1:Nadim Karim Haddad} spoke. {p1:Nadim Haddad} left.\n//- /b.md\n$0{p1:Nadim Haddad} stayed.\n//- /c.md\n{p1:Nadim Karim Haddad} ate.\n",
    );
    assert_eq!(found, ["a.md:Nadim Karim Haddad", "a.md:Nadim Haddad", "b.md:Nadim Haddad", "c.md:Nadim Karim Haddad"]);
}

#[test]
fn a_removed_note_leaves_nothing_behind() {
    let mut fixture = Fixture::new(
        "//- /people/haddad.md\n---\ntype: person\nname: Nadim Haddad\naliases: [Abu Sarn]\n---\n{p1:Nadim Haddad} [[b]] [@k1]\n//- /b.md\n{p1:Nadim Karim Haddad}, {p1:Nadim Haddad}\n",
    );
    for file in [FileId(0), FileId(1)] {
        fixture.workspace.apply(Change::Removed(file));
    }
    let snapshot = fixture.snapshot();
    assert_eq!((snapshot.table.iter().count(), snapshot.by_path.len()), (0, 0));
    assert!(snapshot.symbols().is_empty());
}

#[test]
fn an_overlay_resolves_its_own_names_and_changes_nothing_else() {
    let fixture = Fixture::new("//- /a.md\n{p1:Nadim Haddad} spoke.\n//- /b.md\n{p1:Lidia Marr} spoke.\n");
    let before = fixture.snapshot();
    let over = before.with_note(FileId(1), edited("b.md", "{p1:Nadim Haddad} spoke."));
    let identity = over.identity(LocalEntity { file: FileId(1), local: 0 }).unwrap();
    assert_eq!(over.occurrences(&identity).len(), 2);
    let identity = before.identity(LocalEntity { file: FileId(0), local: 0 }).unwrap();
    assert_eq!(before.occurrences(&identity).len(), 1);
    assert_eq!(over.revision(), before.revision());
}

#[test]
fn a_wikilink_means_the_nearest_note_of_that_name() {
    let fixture = Fixture::new(
        "//- /a/talks.md\n# Talks in Lusk\n\n//- /b/talks.md\n# Other\n\n//- /b/c.md\n[[talks]] [[a/talks]] [[Talks in Lusk]] [[gone]]\n",
    );
    let snapshot = fixture.snapshot();
    let named = |target| snapshot.note_named(target, FileId(2)).map(|file| snapshot.path(file).unwrap().to_string());
    assert_eq!(named("talks").as_deref(), Some("b/talks.md"));
    assert_eq!(named("a/talks").as_deref(), Some("a/talks.md"));
    assert_eq!(named("talks in lusk").as_deref(), Some("a/talks.md"));
    assert_eq!((named("gone"), named("")), (None, None));
    assert_eq!(snapshot.links_to(FileId(0)).len(), 2);
}

#[test]
fn a_key_leads_to_bibliography_and_source_note() {
    let fixture = Fixture::new(
        "//- /refs.bib\n@misc{pell31, title = {Log}}\n//- /sources/hd.md\n---\ntype: source\ncitekey: hd31\ntitle: The Quota\npublisher: Harbor Daily\n---\nText.\n//- /a.md\nSo it was [@pell31; @hd31]. Again [@hd31].\n",
    );
    let snapshot = fixture.snapshot();
    let title = |key| snapshot.sources_of(key).first().map(|(_, s)| s.title.clone());
    assert_eq!(
        (title("pell31").as_deref(), title("hd31").as_deref(), title("PELL31")),
        (Some("Log"), Some("The Quota"), None)
    );
    assert_eq!((snapshot.citations_of("hd31").count(), snapshot.citations_of("pell31").count()), (2, 1));
    assert_eq!(snapshot.sources().count(), 2);
}

#[test]
fn a_closed_note_answers_as_the_open_one_does_and_lets_its_text_go() {
    let written = "---\ntype: person\nname: Nadim Haddad\nrole: minister\naliases: [Abu Sarn]\n---\n# Quota\n\n{p1:Nadim Haddad} said {!p1 said|the quota stands} [@pell31].\n{p1:Haddad} met {o1:Norvik Shipping}. \"So be it,\" see [[talks]] and [a](b.md).\n";
    let (open, _) = note("a.md", written);
    let mut workspace = Workspace::default();
    workspace.apply(Change::Note(FileId(0), open.clone()));
    let before = workspace.snapshot();
    workspace.apply(Change::Closed(FileId(0), open.brief.clone()));
    assert_eq!(workspace.worked, 0, "closing a note changes no table");
    let after = workspace.snapshot();
    assert!(before.full(FileId(0)).is_some() && after.full(FileId(0)).is_none());
    let brief = after.note(FileId(0)).unwrap();
    let text = open.text.as_deref().unwrap();
    let facts = &open.facts;
    assert_eq!(brief.entities().count(), facts.entities.len());
    for (kept, entity) in brief.entities().zip(&facts.entities) {
        assert_eq!((kept.name, kept.kind, kept.count()), (&*entity.name, entity.kind, entity.mentions.len()));
        assert_eq!(kept.aliases().collect::<Vec<_>>(), entity.aliases);
        let mentions = entity.mentions.iter().map(|&m| &facts.mentions[m as usize]);
        let of = |m: &crate::analysis::facts::Mention| (m.range, m.kind, m.form);
        assert!(kept.mentions().map(|m| (m.range, m.kind, m.form)).eq(mentions.map(of)));
    }
    let said = brief.statements().next().unwrap();
    assert_eq!((said.speaker, said.content().next().unwrap().of(text)), (0, "the quota stands"));
    assert_eq!(said.excerpt, "the quota stands");
    assert_eq!((said.speech, said.verb, said.verb_last), (crate::analysis::facts::Speech::Said, "", false));
    assert_eq!(brief.headings().map(|h| (h.text, h.level)).collect::<Vec<_>>(), [("Quota", 1)]);
    assert_eq!(brief.citations().map(|u| (u.text, u.range.of(text))).collect::<Vec<_>>(), [("pell31", "pell31")]);
    assert_eq!(brief.links().map(|u| u.text).collect::<Vec<_>>(), ["talks"]);
    assert_eq!((brief.addresses().count(), brief.quotations().count()), (1, 1));
    let end = text.len() as u32;
    assert_eq!(after.lines(FileId(0)).unwrap().line_of(end), before.lines(FileId(0)).unwrap().line_of(end));
}

#[test]
fn what_is_kept_of_a_note_survives_the_store_and_damage_is_noticed() {
    let written = "---\ntype: person\nname: Nadim Haddad\naliases: [Abu Sarn]\ncitekey: k\nid: Q1\n---\n{p1:Nadim Haddad} spoke.\n";
    let brief = note("a.md", written).0.brief;
    assert!(brief.record.is_some() && brief.source.is_some());
    let bytes = brief.to_bytes();
    assert_eq!(Brief::from_bytes("a.md".into(), &bytes).as_ref(), Some(&*brief));
    for cut in 0..bytes.len() {
        assert_eq!(Brief::from_bytes("a.md".into(), &bytes[..cut]), None);
    }
    for at in 0..bytes.len() {
        let mut bytes = bytes.clone();
        bytes[at] ^= 0x55;
        // Whatever it says now, asking does no harm.
        if let Some(brief) = Brief::from_bytes("a.md".into(), &bytes) {
            let mut workspace = Workspace::default();
            workspace.apply(Change::Closed(FileId(0), brief.into()));
            let snapshot = workspace.snapshot();
            let brief = snapshot.note(FileId(0)).unwrap();
            let _ = (brief.title(), brief.date(), brief.statements().count(), brief.headings().count());
            let _ = (brief.lines().length(), brief.entities().map(|e| e.mentions().count()).sum::<usize>());
            let _ = snapshot.identity(LocalEntity { file: FileId(0), local: 0 });
        }
    }
}

#[test]
fn an_edit_in_a_large_workspace_touches_its_own_names_only() {
    let mut workspace = Workspace::default();
    for n in 0..2_000u32 {
        let written =
            format!("{{p1:Ada Pell}} met {{p2:Orr Number{n}}} in {{l1:Port Sarn}} [@k{n}]. {{p1:Pell}} left.");
        workspace.apply(Change::Note(FileId(n), note(&format!("{n}.md"), &written).0));
    }
    let same = note("7.md", "{p1:Ada Pell} met {p2:Orr Number7} in {l1:Port Sarn} [@k7]. {p1:Pell} has left.").0;
    workspace.apply(Change::Note(FileId(7), same));
    assert_eq!(workspace.worked, 0, "an edit between names changes no table");
    let other = note("7.md", "{p1:Ada Pell} met {p2:Lidia Marr} in {l1:Port Sarn} [@k7]. {p1:Pell} has left.").0;
    workspace.apply(Change::Note(FileId(7), other));
    assert_eq!(workspace.worked, 4, "one name and one surname go, one of each comes");
    let identity = workspace.snapshot().identity(LocalEntity { file: FileId(7), local: 0 }).unwrap();
    assert_eq!(workspace.snapshot().occurrences(&identity).len(), 2_000);
}

#[test]
fn what_people_said_of_names_joins_and_parts_them_across_notes() {
    let mut workspace = Workspace::default();
    for (n, written) in ["{p1:Nadim Haddad} spoke.", "{p1:Naseem Haddad} left.", "{p1:Ada Pell} met {p2:A. M. Pell}."]
        .into_iter()
        .enumerate()
    {
        workspace.apply(Change::Note(FileId(n as u32), note(&format!("{n}.md"), written).0));
    }
    let found = |workspace: &Workspace, file, local| {
        let snapshot = workspace.snapshot();
        let identity = snapshot.identity(LocalEntity { file: FileId(file), local }).unwrap();
        snapshot.occurrences(&identity).len()
    };
    assert_eq!(found(&workspace, 0, 0), 1);
    let mut config = Config::default();
    config.analysis.corrections =
        Arc::new(crate::analysis::corrections::Corrections::read("same: Naseem Haddad | Nadim Haddad\n"));
    workspace.apply(Change::Config(Arc::new(config)));
    assert_eq!((found(&workspace, 0, 0), found(&workspace, 1, 0)), (2, 2));
    workspace.apply(Change::Config(Arc::default()));
    assert_eq!(found(&workspace, 0, 0), 1, "taking a correction back takes its effect back");
}

/// Notes that are analysed under these corrections, and how often the first entity of the first stands in them.
fn corrected(corrections: &str, written: &[&str]) -> (Vec<usize>, Vec<String>) {
    let mut config = Config::default();
    config.analysis.corrections = Arc::new(crate::analysis::corrections::Corrections::read(corrections));
    let mut workspace = Workspace::default();
    let mut names = Vec::new();
    for (n, text) in written.iter().enumerate() {
        let facts = crate::analysis::analyze(
            text,
            crate::structure::Format::Plain,
            &config.analysis,
            &mut crate::analysis::Memo::default(),
        );
        names.extend(facts.entities.first().map(|entity| entity.name.clone()));
        workspace.apply(Change::Note(FileId(n as u32), NoteEntry::new(format!("{n}.txt"), *text, facts)));
    }
    workspace.apply(Change::Config(Arc::new(config)));
    let snapshot = workspace.snapshot();
    let count = |n: usize| {
        let identity = snapshot.identity(LocalEntity { file: FileId(n as u32), local: 0 });
        identity.map_or(0, |identity| snapshot.occurrences(&identity).len())
    };
    ((0..written.len()).map(count).collect(), names)
}

const ALIKE: [&str; 3] =
    ["Nadim Jafari spoke in Port Sarn.", "Nadim Jaafari left Port Sarn.", "Nadim Jaafari and Rana Orr met."];

#[test]
fn two_who_sound_alike_are_parted_across_notes() {
    assert_eq!(corrected("", &ALIKE).0, [3, 3, 3], "one name in two spellings");
    let (found, names) = corrected("different: Nadim Jafari | Nadim Jaafari\n", &ALIKE);
    assert_eq!(found, [1, 2, 2], "{names:?}");
}

#[test]
fn a_circle_of_same_names_is_one_and_ends() {
    let circle = "same: Nadim Haddad | Rana Orr\nsame: Rana Orr | Ada Pell\nsame: Ada Pell | Nadim Haddad\n";
    let written = ["Nadim Haddad spoke in Port Sarn.", "Rana Orr left Port Sarn.", "Ada Pell met Lidia Marr."];
    assert_eq!(corrected(circle, &written).0, [3, 3, 3]);
    // Who is parted from one of them by another line is told so only where the lines contradict each other.
    let both = format!("{circle}different: Ada Pell | Rana Orr\n");
    assert_eq!(crate::analysis::corrections::Corrections::read(&both).problems.len(), 1);
}

#[test]
fn many_notes_taken_at_once_are_as_if_taken_one_by_one() {
    let written = [
        "---\ntype: person\nname: Nadim Haddad\naliases: [Abu Sarn]\n---\n# Him\n",
        "{p1:Nadim Haddad} met {p2:Lidia K. Marr}, {p2:Lidia Marr}. [[him]] [@k1]",
        "The {o1:Port Management Council} ({o1:PMC}) met {p1:Lidia Marr}.\n",
        "---\ntype: source\ncitekey: k1\n---\n{p1:Nadim Haddad} and {p2:Nadeem al-Haddad}.\n",
    ];
    let briefs = |order: &[usize]| -> Vec<(FileId, Arc<Brief>)> {
        order.iter().map(|&n| (FileId(n as u32), note(&format!("{n}.md"), written[n]).0.brief)).collect()
    };
    let (mut one, mut other) = (Workspace::default(), Workspace::default());
    one.load(briefs(&[0, 1, 2, 3]));
    // In another order, with a note that was another one before and one that goes again.
    other.apply(Change::Closed(FileId(4), note("4.md", written[3]).0.brief));
    other.apply(Change::Closed(FileId(1), note("1.md", written[2]).0.brief));
    for (file, brief) in briefs(&[3, 1, 0, 2]) {
        other.apply(Change::Closed(file, brief));
    }
    other.apply(Change::Removed(FileId(4)));
    let (one, other) = (one.snapshot(), other.snapshot());
    assert!(one.table.iter().eq(other.table.iter()));
    assert_eq!(one.symbols().names().collect::<Vec<_>>(), other.symbols().names().collect::<Vec<_>>());
    assert!(one.symbols().listed().eq(other.symbols().listed()));
    assert_eq!(
        one.symbols().names().find(|(_, name)| name.text.starts_with("Lidia")).map(|(_, name)| name.notes),
        Some(2)
    );
}

/// What a store knew is put together aside and taken over, whatever was opened meanwhile, at the cost of what was.
#[test]
fn a_workspace_that_was_loaded_aside_is_taken_over_and_what_is_open_wins() {
    let brief = |n: u32, text: &str| (FileId(n), note(&format!("{n}.md"), text).0.brief);
    let stored: Vec<(FileId, Arc<Brief>)> =
        (0..8).map(|n| brief(n, "{p1:Nadim Haddad} met {p2:Lidia Marr}. [[1]] [@k1]")).collect();
    for opened_first in [0, 20] {
        let (mut now, mut plain) = (Workspace::default(), Workspace::default());
        let mut aside = Workspace::default();
        aside.load(stored.clone());
        let bibliography =
            || Change::Bibliography(Bibliography::read("refs.bib".into(), "@misc{k1, title = {Log}}").into());
        plain.load(stored.clone());
        for workspace in [&mut now, &mut plain] {
            workspace.apply(bibliography());
            let open = note("3.md", "{p1:Nadim Haddad} left {g1:Port Sarn}.").0;
            workspace.apply(Change::Note(FileId(3), open));
            for n in 100..100 + opened_first {
                workspace.apply(Change::Closed(FileId(n), brief(n, "{p1:Ada Pell} wrote.").1));
            }
        }
        let before = now.snapshot().revision();
        now.adopt(aside);
        let (now, plain) = (now.snapshot(), plain.snapshot());
        assert!(now.revision() > before);
        assert!(now.table.iter().eq(plain.table.iter()));
        assert!(now.notes().map(|(file, _)| file).eq(plain.notes().map(|(file, _)| file)));
        assert!(now.full(FileId(3)).is_some() && now.file_at("7.md") == Some(FileId(7)));
        assert!(now.knows_source("k1"));
    }
}

/// What two snapshots do not share of a name's tables: leaves, pieces of days, blocks of listed names.
fn rewritten(old: &Snapshot, new: &Snapshot) -> usize {
    fn count<K: Ord + Copy, V: ?Sized>(old: &imbl::OrdMap<K, Arc<V>>, new: &imbl::OrdMap<K, Arc<V>>) -> usize {
        let shared = |key: &K, piece: &Arc<V>| old.get(key).is_some_and(|known| Arc::ptr_eq(known, piece));
        new.iter().filter(|(key, piece)| !shared(key, piece)).count()
    }
    count(&old.table.leaves, &new.table.leaves)
        + count(&old.days.pieces, &new.days.pieces)
        + count(&old.symbols.blocks, &new.symbols.blocks)
}

#[test]
fn ten_times_the_notes_and_an_edit_writes_no_more_leaves() {
    let mut counted = Vec::new();
    for notes in [500, 5_000u32] {
        let mut workspace = Workspace::default();
        let written = |n: u32| format!("# Talk {n}\n\n{{p1:Ada Pell}} met {{p2:Orr Number{n}}} in {{l1:Port Sarn}}.\n");
        let briefs = (0..notes).map(|n| (FileId(n), note(&format!("{n}.md"), &written(n)).0.brief));
        workspace.load(briefs.collect());
        let before = workspace.snapshot();
        let other = "---\ndate: 2031-02-03\n---\n# Log\n\n{p1:Ada Pell} met {p2:Lidia Marr} in {l1:Port Sarn}. {p1:Pell} left.\n";
        workspace.apply(Change::Note(FileId(7), note("7.md", other).0));
        let rewritten = rewritten(&before, &workspace.snapshot());
        // Each entry that comes or goes falls into one leaf, which may part in two.
        assert!(rewritten <= 2 * workspace.worked + 2, "{rewritten} for {} entries", workspace.worked);
        counted.push(workspace.worked);
    }
    assert_eq!(counted[0], counted[1]);
}
