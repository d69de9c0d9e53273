use super::super::testing::at_caret;
use super::*;

fn complete(written: &str) -> (Option<Completion>, String) {
    let (snapshot, position) = at_caret(written);
    let text = snapshot.full(position.file).unwrap().text.as_deref().unwrap().to_owned();
    (completion(&snapshot, &Names::new(&snapshot), position), text)
}

/// Labels with details.
#[track_caller]
fn check(written: &str, expected: &[&str]) {
    let items = complete(written).0.unwrap_or_default().items;
    let shown: Vec<String> = items.iter().map(|item| format!("{} ({})", item.label, item.detail)).collect();
    assert_eq!(shown, expected);
}

/// The text after choosing the first item, as an editor that replaces does it.
#[track_caller]
fn becomes(written: &str, expected: &str) {
    let (found, mut text) = complete(written);
    let item = found.unwrap_or_default().items.into_iter().next().expect("an item");
    assert!(item.replace.contains_range(item.insert));
    text.replace_range(item.replace.span(), &item.text);
    assert_eq!(text, expected);
}

const DESK: &str = "//- /people/haddad.md\n---\ntype: person\nname: Nadim Haddad\naliases: [Nadeem al-Haddad]\nrole: Trade Minister\n---\n\n//- /refs.bib\n@misc{pell31, title = {Harbour Log}, publisher = {Gazette}}\n@misc{marr30, title = {Quota Talks}, date = {2030}}\n//- /notes/talks.md\n# Talks in Lusk\n\n## Morning\n\n{p1:Lidia Marr}, envoy of Tavria.\n";

fn desk(note: &str) -> String {
    format!("{DESK}//- /notes/a.md\n{note}")
}

#[test]
fn two_letters_of_a_capitalised_word_find_a_name_with_its_role() {
    check(
        &desk("We met Ha$0\n"),
        &[
            "Nadim Haddad (person · Trade Minister)",
            "Nadeem al-Haddad (person · Trade Minister · alias of Nadim Haddad)",
        ],
    );
    check(&desk("We met Mar$0 there.\n"), &["Lidia Marr (person)"]);
    becomes(&desk("We met Ha$0 there.\n"), "We met Nadim Haddad there.\n");
    becomes(&desk("We met Ha$0dad there.\n"), "We met Nadim Haddad there.\n");
}

#[test]
fn a_phrase_is_completed_as_a_whole() {
    becomes(&desk("We met Lidia M$0\n"), "We met Lidia Marr\n");
    becomes(&desk("We met Nadeem al-H$0\n"), "We met Nadeem al-Haddad\n");
}

#[test]
fn ordinary_words_are_left_in_peace() {
    for note in [
        "We had$0",
        "We met H$0",
        "Ha$0",
        "The ship Xa$0",
        "x = `Had$0`",
        "```\nMet Had$0\n```\n",
        "<!-- Met Had$0 -->",
        "mail joe@p$0",
        "See https://hd.example/Had$0",
    ] {
        let items = complete(&desk(note)).0.unwrap_or_default().items;
        assert!(items.is_empty(), "{note}: {items:?}");
    }
    // At the start of a sentence every word has a capital.
    assert!(!complete(&desk("Had$0")).0.unwrap_or_default().items.is_empty());
}

#[test]
fn what_is_being_typed_is_not_offered_but_what_stands_elsewhere_in_the_note_is() {
    check(&desk("Later {p1:Ada Pe$0}\n"), &[]);
    check(&desk("{p2:Ada Pell} left. Later {p1:Ada Pe$0}\n"), &["Ada Pell (person)"]);
}

#[test]
fn a_wikilink_leads_where_it_says() {
    becomes(&desk("See [[ta$0\n"), "See [[talks]]\n");
    becomes(&desk("[[$0"), "[[haddad]]");
    becomes(&desk("See [[ta$0]] there\n"), "See [[talks]] there\n");
    becomes(&desk("See [[ta$0lk|shown]] there\n"), "See [[talks|shown]] there\n");
    becomes(&desk("See [[lus$0\n"), "See [[talks|Talks in Lusk]]\n");
    becomes(&desk("See [[Nadeem$0\n"), "See [[haddad|Nadeem al-Haddad]]\n");
    becomes(&desk("See [[talks#mor$0\n"), "See [[talks#Morning]]\n");
    assert_eq!(complete(&desk("See [[talks]] and$0\n")).0, Some(Completion::default()));
    assert!(complete(&desk("See [[$0\n")).0.unwrap_or_default().items.len() > 3);
}

#[test]
fn of_two_notes_with_one_name_the_farther_is_named_by_its_path() {
    let two = "//- /x/log.md\n# Log X\n//- /y/log.md\n# Log Y\n//- /x/a.md\n[[log y$0\n";
    becomes(two, "[[y/log|Log Y]]\n");
}

#[test]
fn a_citation_is_found_by_key_and_title_and_bracketed() {
    check(&desk("So [@pe$0\n"), &["pell31 (Harbour Log · Gazette)"]);
    becomes(&desk("So [@pe$0, p. 3]\n"), "So [@pell31, p. 3]\n");
    becomes(&desk("So [@marr30; @har$0]\n"), "So [@marr30; @pell31]\n");
    becomes(&desk("So it is @quo$0\n"), "So it is [@marr30]\n");
    let found = complete(&desk("So [@quo$0\n")).0.unwrap();
    assert!(found.incomplete && found.items[0].filter.starts_with("quo"));
    assert!(!complete(&desk("So [@pel$0\n")).0.unwrap().incomplete);
}

#[test]
fn a_footnote_has_the_label_of_its_text_or_the_next_number() {
    let notes = "One.[^1] Two.[^$0\n\n[^1]: Ledger.\n[^log]: Log.\n";
    check(notes, &["[^log] (unused: Log.)", "[^1] (Ledger.)", "[^2] (a new footnote)"]);
    becomes("One.[^l$0]\n\n[^log]: Log.\n", "One.[^log]\n\n[^log]: Log.\n");
    becomes("One.[^port]\n\n[^$0\n", "One.[^port]\n\n[^port]: \n");
}

#[test]
fn a_term_is_offered_where_a_likelihood_is_stated() {
    check("We assess it is lik$0\n", &["likely (55-80 % · ICD 203)"]);
    becomes("A strike is very lik$0 in May.\n", "A strike is very likely in May.\n");
    becomes("The odds are roughly e$0\n", "The odds are roughly even chance\n");
    for note in ["The yard and unli$0", "He said \"it is unli$0 to fall\".", "It is li$0"] {
        assert!(complete(note).0.unwrap_or_default().items.is_empty(), "{note}");
    }
}

#[test]
fn the_front_matter_knows_its_keys_and_values() {
    let keys = |note: &str| complete(note).0.unwrap_or_default().items.into_iter().map(|i| i.label).collect::<Vec<_>>();
    assert_eq!(keys("---\ntype: person\nwe$0\n---\n"), ["weak-aliases"]);
    assert!(!keys("---\ntype: person\n$0\n---\n").contains(&"type".to_owned()));
    becomes("---\ntype: source\nciteк\n---\n".replace('к', "$0").as_str(), "---\ntype: source\ncitekey: \n---\n");
    check("---\ntype: tr$0\n---\n", &["transcript (source note)"]);
    check("---\ntype: source\nreliability: B$0\n---\n", &["B (usually reliable)"]);
    check("---\nstatus: d$0\n---\n", &["draft (findings are softer)"]);
    check(&desk("---\ntype: source\nvia: [pell31, ma$0]\n---\n"), &["marr30 (Quota Talks)"]);
    check(&desk("---\ntype: source\nvia:\n  - ma$0\n---\n"), &["marr30 (Quota Talks)"]);
    assert!(keys("---\ntype: person\ncolour: bl$0\n---\n").is_empty());
}

#[test]
fn names_in_use_are_offered_as_aliases() {
    let note = "//- /people/haddad.md\n---\ntype: person\nname: Nadim Haddad\naliases: [$0]\n---\n\n//- /a.md\n{p1:Nadeem al-Haddad} spoke.\n";
    check(note, &["Nadeem al-Haddad (used in a.md)"]);
}

#[test]
fn plain_text_has_names_but_no_markup() {
    let plain = |note: &str| complete(&format!("{DESK}//- /b.txt\n{note}")).0.unwrap_or_default().items.len();
    assert_eq!((plain("See [[ta$0"), plain("So [@pe$0"), plain("We met Nadim Ha$0")), (0, 0, 1));
}

#[test]
fn an_item_tells_more_on_request() {
    let (snapshot, position) = at_caret(&desk("We met Ha$0\n"));
    let found = completion(&snapshot, &Names::new(&snapshot), position).unwrap();
    let card = resolve(&snapshot, found.items[0].about.as_ref().unwrap()).unwrap();
    assert!(card.plain().contains("Nadim Haddad") && card.plain().contains("Trade Minister"));
    assert!(resolve(&snapshot, &About::Note(FileId(99))).is_none());
}

#[test]
fn a_long_list_is_cut_and_says_so() {
    let mut written = String::from("//- /a.md\n");
    for n in 0..200 {
        written.push_str(&format!("{{p{n}:Hal Number{n}}} ran. ",));
    }
    written.push_str("\n//- /b.md\nWe met Hal$0\n");
    let found = complete(&written).0.unwrap();
    assert_eq!((found.items.len(), found.incomplete), (MOST, true));
    let found = complete(&written.replace("Hal$0", "Hal Number12$0")).0.unwrap();
    assert!(found.items.len() > 8 && !found.incomplete);
}
