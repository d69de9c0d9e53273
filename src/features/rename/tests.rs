use std::collections::BTreeMap;

use super::super::testing::at_caret;
use super::*;

/// All files after a renaming, with the letters of its reasons: `s`ure, `r`ecord, `w`eak, `m`erge, `l`ibrary.
fn renamed(written: &str, new: &str) -> Result<(BTreeMap<String, String>, String), String> {
    let (snapshot, position) = at_caret(written);
    let bodies: BTreeMap<&str, &str> =
        written.split("//- /").skip(1).filter_map(|file| file.split_once('\n')).collect();
    let needs = needs(&snapshot, position).map_err(|refusal| refusal.0)?;
    let library = |file: &FileId| Some((*file, Arc::from(bodies.get(&**snapshot.path(*file)?)?.replacen("$0", "", 1))));
    let libraries: Libraries = needs.libraries.iter().filter_map(library).collect();
    let edits = rename(&snapshot, &libraries, position, new).map_err(|refusal| refusal.0)?;
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    for (file, note) in snapshot.full_notes() {
        let edited = edits.iter().any(|change| change.edit.file == file);
        assert!(!edited || needs.notes.contains(&file), "{} was not asked for", note.path);
        texts.insert(note.path.to_string(), note.text.as_deref().unwrap().to_owned());
    }
    for (file, text) in &libraries {
        texts.insert(snapshot.path(*file).unwrap().to_string(), text.to_string());
    }
    let mut why = String::new();
    for change in edits.iter().rev() {
        let path = snapshot.path(change.edit.file).unwrap();
        let text = texts.get_mut(&**path).unwrap();
        text.replace_range(change.edit.range.span(), &change.edit.text);
        why.insert(
            0,
            match change.why {
                Why::Sure => 's',
                Why::Record => 'r',
                Why::Weak => 'w',
                Why::Merge => 'm',
                Why::Library => 'l',
            },
        );
    }
    Ok((texts, why))
}

#[track_caller]
fn check(written: &str, new: &str, expected: &[(&str, &str)], why: &str) {
    let (texts, found) = renamed(written, new).expect("it can be renamed");
    for (path, text) in expected {
        assert_eq!(texts[*path], *text, "{path}");
    }
    assert_eq!(found, why);
}

#[track_caller]
fn refused(written: &str, new: &str, because: &str) {
    let why = renamed(written, new).expect_err("it cannot be renamed");
    assert!(why.contains(because), "{why}");
}

#[test]
fn the_renamed_form_changes_everywhere_and_other_spellings_stay() {
    check(
        "//- /a.md\n{p1:Nadim$0 Haddad} spoke. {p1:Haddad} left.\n//- /b.md\n{p1:Nadim Haddad} and {p1:Nadeem al-Haddad} are one.\n",
        "Nadeem Haddad",
        &[("a.md", "Nadeem Haddad spoke. Haddad left.\n"), ("b.md", "Nadeem Haddad and Nadeem al-Haddad are one.\n")],
        "ss",
    );
}

#[test]
fn a_surname_changes_where_it_stands_for_the_name() {
    let written = "//- /a.md\n{p1:Nadim Haddad} met {p2:Rana Haddad}. {p1:Had$0dad} left.\n//- /b.md\n{p1:Nadim Haddad} stayed, and {p1:Haddad}'s car.\n//- /c.md\n{p1:Haddad} spoke.\n";
    let expected = [
        ("a.md", "Nadim Hadad met Rana Haddad. Hadad left.\n"),
        ("b.md", "Nadim Hadad stayed, and Hadad's car.\n"),
        ("c.md", "Haddad spoke.\n"),
    ];
    check(written, "Hadad", &expected, "ssss");
    check(written, "Nadim Hadad", &expected, "ssss");
}

#[test]
fn quotations_titles_links_and_sources_are_never_touched() {
    check(
        "//- /a.md\n# On {p1:Nadim Haddad}\n\n{p1:Nadim Had$0dad} spoke. \"{p1:Nadim Haddad} will not sign,\" she said.\n\n> {p1:Nadim Haddad} wrote this.\n\nSee [[{p1:Nadim Haddad}]], [[x|{p1:Nadim Haddad}]] and [{p1:Nadim Haddad}](https://hd.example/{p1:Nadim Haddad}).\n//- /sources/hd.md\n---\ntype: source\nauthor: Nadim Haddad\n---\n{p1:Nadim Haddad} said so.\n",
        "Nadeem Haddad",
        &[
            (
                "a.md",
                "# On Nadim Haddad\n\nNadeem Haddad spoke. \"Nadim Haddad will not sign,\" she said.\n\n> Nadim Haddad wrote this.\n\nSee [[Nadim Haddad]], [[x|Nadeem Haddad]] and [Nadeem Haddad](https://hd.example/Nadim Haddad).\n",
            ),
            ("sources/hd.md", "---\ntype: source\nauthor: Nadim Haddad\n---\nNadim Haddad said so.\n"),
        ],
        "sss",
    );
    refused("//- /a.md\n\"{p1:Nadim Had$0dad} will not sign,\" she said.\n", "Nadeem Haddad", "quotation");
    refused("//- /sources/hd.md\n{p1:Nadim Had$0dad} said so.\n", "Nadeem Haddad", "source note");
}

#[test]
fn the_entity_note_gets_the_name_and_keeps_the_old_one() {
    let at = "//- /a.md\n{p1:Nadim Had$0dad} spoke.\n//- /people/haddad.md\n";
    for (before, after) in [
        (
            "---\ntype: person\nname: Nadim Haddad\n---\n",
            "---\naliases: [Nadim Haddad]\ntype: person\nname: Nadeem Haddad\n---\n",
        ),
        (
            "---\nname: \"Nadim Haddad\"\naliases: [Abu Sarn]\ntype: person\n---\n\n# Nadim Haddad\n",
            "---\nname: \"Nadeem Haddad\"\naliases: [Abu Sarn, Nadim Haddad]\ntype: person\n---\n\n# Nadeem Haddad\n",
        ),
        (
            "---\ntype: person\naliases:\n  - Abu Sarn\n---\n# Nadim Haddad\n",
            "---\ntype: person\naliases:\n  - Abu Sarn\n  - Nadim Haddad\n---\n# Nadeem Haddad\n",
        ),
        ("---\nname: Nadim Haddad\naliases: []\n---\n", "---\nname: Nadeem Haddad\naliases: [Nadim Haddad]\n---\n"),
        (
            "---\nname: Nadim Haddad\nalias: Abu Sarn\n---\n",
            "---\nname: Nadeem Haddad\nalias: [Abu Sarn, Nadim Haddad]\n---\n",
        ),
        (
            "---\nname: Nadim Haddad\naliases: [Nadeem Haddad]\n---\n",
            "---\nname: Nadeem Haddad\naliases: [Nadim Haddad]\n---\n",
        ),
        ("# Nadim Haddad\n", "---\naliases: [Nadim Haddad]\n---\n# Nadeem Haddad\n"),
    ] {
        let (texts, _) = renamed(&format!("{at}{before}"), "Nadeem Haddad").unwrap();
        assert_eq!(texts["people/haddad.md"], after);
        assert_eq!(texts["a.md"], "Nadeem Haddad spoke.\n");
    }
    // Where the file's name was the name, the note now says it.
    let (texts, _) =
        renamed("//- /a.md\n{p1:Nadim Had$0dad} spoke.\n//- /people/nadim-haddad.md\nHe wrote it.\n", "Ada Pell")
            .unwrap();
    assert_eq!(texts["people/nadim-haddad.md"], "---\nname: Ada Pell\naliases: [Nadim Haddad]\n---\nHe wrote it.\n");
}

#[test]
fn an_entity_note_is_where_a_name_is_renamed_too() {
    check(
        "//- /people/haddad.md\n---\ntype: person\nname: Nadim$0 Haddad\n---\n//- /a.md\n{p1:Nadim Haddad} spoke.\n//- /orgs/norvik.md\n---\ntype: org\nmembers: [Nadim Haddad, Ada Pell]\n---\n",
        "Nadeem Haddad",
        &[
            ("a.md", "Nadeem Haddad spoke.\n"),
            ("orgs/norvik.md", "---\ntype: org\nmembers: [Nadeem Haddad, Ada Pell]\n---\n"),
        ],
        "rrss",
    );
    let (texts, _) = renamed("//- /people/haddad.md\n# Nadim$0 Haddad\n", "Nadeem Haddad").unwrap();
    assert_eq!(texts["people/haddad.md"], "---\naliases: [Nadim Haddad]\n---\n# Nadeem Haddad\n");
}

#[test]
fn the_part_under_the_caret_changes_whosever_alias_it_is() {
    check(
        "//- /people/haddad.md\n---\nname: Nadim Haddad\n---\n//- /a.md\n{p1:Nadeem al-Haddad} spoke. {p1:al-$0Haddad} left. {p1:Haddad} ate.\n",
        "el-Haddad",
        &[("a.md", "Nadeem el-Haddad spoke. el-Haddad left. Haddad ate.\n")],
        "rss",
    );
}

#[test]
fn an_alias_changes_alone() {
    check(
        "//- /orgs/norvik.md\n---\ntype: org\nname: Norvik Shipping\naliases: [Norvik Shipping AG]\n---\n//- /a.md\n{o1:Norvik Shipping $0AG} and {o1:Norvik Shipping}, {o1:Norvik} for short.\n",
        "Norvik AG",
        &[
            ("a.md", "Norvik AG and Norvik Shipping, Norvik for short.\n"),
            (
                "orgs/norvik.md",
                "---\ntype: org\nname: Norvik Shipping\naliases: [Norvik Shipping AG, Norvik AG]\n---\n",
            ),
        ],
        "rs",
    );
}

#[test]
fn an_impossible_name_is_refused_with_the_reason() {
    let at = "//- /a.md\n{p1:Nadim Had$0dad} spoke.\n//- /people/rana.md\n---\nname: Rana Haddad\n---\n";
    refused(at, "", "not empty");
    refused(at, "Nadim\nHaddad", "one line");
    refused(at, "[[Nadim]]", "signs");
    refused(at, "Rana Haddad", "people/rana.md");
    refused("//- /a.md\nThe ga$0te.\n", "door", "Nothing here");
    let two = "//- /people/one.md\n---\nname: Nadim Haddad\n---\n//- /people/two.md\n---\nname: Nadim Haddad\n---\n//- /a.md\n{p1:Nadim Had$0dad}\n";
    refused(two, "Nadeem Haddad", "ambiguous");
    assert_eq!(renamed(at, " Nadim Haddad ").unwrap().1, "");
}

#[test]
fn a_name_that_is_used_for_another_wants_a_look() {
    let written = "//- /a.md\n{p1:Nadim Had$0dad} spoke.\n//- /b.md\n{p1:Ada Pell} left.\n";
    assert_eq!(renamed(written, "Ada Pell").unwrap().1, "m");
}

#[test]
fn a_footnotes_text_wants_a_look() {
    let written = "//- /a.md\n{p1:Nadim Had$0dad} spoke.[^1]\n\n[^1]: {p1:Nadim Haddad}, Port Log.\n";
    assert_eq!(renamed(written, "Nadeem Haddad").unwrap().1, "sw");
}

#[test]
fn a_key_changes_in_notes_source_notes_and_library() {
    check(
        "//- /refs.bib\n@misc{pell31, title = {Log of pell31}}\n@misc{sub, crossref = {pell31}}\n//- /a.md\nSo [@pe$0ll31, p. 3; @pell312] and @pell31.[^1]\n\n[^1]: See [@pell31].\n//- /sources/x.md\n---\ntype: source\nvia: [pell31, other]\n---\n",
        "pell2031",
        &[
            ("a.md", "So [@pell2031, p. 3; @pell312] and @pell2031.[^1]\n\n[^1]: See [@pell2031].\n"),
            ("refs.bib", "@misc{pell2031, title = {Log of pell31}}\n@misc{sub, crossref = {pell2031}}\n"),
            ("sources/x.md", "---\ntype: source\nvia: [pell2031, other]\n---\n"),
        ],
        "sss".to_owned().replace("sss", "ssssll").as_str(),
    );
    check(
        "//- /a.md\n[@hd$031]\n//- /sources/x.md\n---\ntype: source\ncitekey: hd31\n---\n",
        "hd2031",
        &[("a.md", "[@hd2031]\n"), ("sources/x.md", "---\ntype: source\ncitekey: hd2031\n---\n")],
        "ss",
    );
    check(
        "//- /sources/x.md\n---\ntype: source\ncitekey: hd$031\n---\n//- /a.md\n[@hd31]\n",
        "hd2031",
        &[("a.md", "[@hd2031]\n"), ("sources/x.md", "---\ntype: source\ncitekey: hd2031\n---\n")],
        "ss",
    );
    check(
        "//- /a.md\n[@readout$0]\n//- /sources/readout.md\n---\ntype: source\n---\n",
        "mt31",
        &[("sources/readout.md", "---\nciteкey: mt31\ntype: source\n---\n".replace('к', "k").as_str())],
        "sr",
    );
}

#[test]
fn an_impossible_key_is_refused() {
    let at = "//- /refs.bib\n@misc{pell31, title = {Log}}\n@misc{marr30, title = {Log}}\n//- /a.md\n[@pe$0ll31]\n";
    refused(at, "marr30", "another source");
    for key in ["two words", "a,b", "x..y", "end.", "-a", "{a}", "é[1]"] {
        refused(at, key, "begins with");
    }
    refused("//- /a.md\n[@readout$0]\n//- /sources/readout.md\nWords.\n", "mt31", "file");
    assert_eq!(renamed(at, "@marr31").unwrap().0["a.md"], "[@marr31]\n");
}

#[test]
fn keys_of_a_json_library_are_its_ids() {
    let text = "[{\"id\": \"pell31\", \"citation-key\": \"pell31\", \"note\": \"pell31\"}]";
    let snapshot = {
        let mut workspace = crate::workspace::Workspace::default();
        workspace.apply(crate::workspace::Change::Bibliography(
            crate::workspace::library::Bibliography::read("refs.json".into(), text).into(),
        ));
        workspace
            .apply(crate::workspace::Change::Note(FileId(0), crate::workspace::fixture::note("a.md", "[@pell31]").0));
        workspace.snapshot()
    };
    let position = FilePosition { file: FileId(0), offset: 4 };
    let library = needs(&snapshot, position).unwrap().libraries[0];
    let edits = rename(&snapshot, &vec![(library, text.into())], position, "pell2031").unwrap();
    assert_eq!(edits.iter().filter(|change| change.why == Why::Library).count(), 2);
}

#[test]
fn a_label_changes_at_its_text_and_its_references_in_this_note() {
    check(
        "//- /a.md\nOne.[^$0n1] Two.[^N1]\n\n[^n1]: Log.\n//- /b.md\nThree.[^n1]\n",
        "log",
        &[("a.md", "One.[^log] Two.[^log]\n\n[^log]: Log.\n"), ("b.md", "Three.[^n1]\n")],
        "sss",
    );
    check("//- /a.md\nOne.[^1]\n\n[^$01]: Log.\n", "[^2]", &[("a.md", "One.[^2]\n\n[^2]: Log.\n")], "ss");
    refused("//- /a.md\nOne.[^$01] Two.[^2]\n", "2", "already");
    refused("//- /a.md\nOne.[^$01]\n", "a b", "spaces");
}

#[test]
fn a_heading_takes_its_links_along() {
    check(
        "//- /talks.md\n# Talks\n\n## Mor$0ning session\n\nSee [[#Morning session]].\n//- /notes/a.md\n[[talks#Morning session|there]], [[talks]], [x](../talks.md#morning-session), [[talks#Other]].\n",
        "Evening: the end",
        &[
            ("talks.md", "# Talks\n\n## Evening: the end\n\nSee [[#Evening: the end]].\n"),
            (
                "notes/a.md",
                "[[talks#Evening: the end|there]], [[talks]], [x](../talks.md#evening-the-end), [[talks#Other]].\n",
            ),
        ],
        "ssss",
    );
    check(
        "//- /t1.md\n# Talks$0 in Lusk\n//- /a.md\n[[Talks in Lusk]] [[t1]]\n",
        "Talks in Sarn",
        &[("t1.md", "# Talks in Sarn\n"), ("a.md", "[[Talks in Sarn]] [[t1]]\n")],
        "ss",
    );
    refused("//- /a.md\n# On$0e\n\n# Two\n", "two", "already");
}

#[test]
fn what_is_prepared_is_the_whole_name() {
    let prepared = |written: &str| {
        let (snapshot, position) = at_caret(written);
        let text = snapshot.full(position.file).unwrap().text.clone().unwrap();
        prepare(&snapshot, position).unwrap().map(|p| (p.range.of(&text).to_owned(), p.name))
    };
    let both = |range: &str, name: &str| Some((range.to_owned(), name.to_owned()));
    assert_eq!(prepared("{p1:Nadim Haddad} left. {p1:Had$0dad} ate."), both("Haddad", "Nadim Haddad"));
    assert_eq!(prepared("{o1:Norvik Shipping} and {o1:Nor$0vik}."), both("Norvik", "Norvik Shipping"));
    assert_eq!(prepared("So [see @pe$0ll31, p. 3]."), both("pell31", "pell31"));
    assert_eq!(prepared("One.[$0^1]\n\n[^1]: x\n"), both("1", "1"));
    assert_eq!(prepared("# The $0harbour\n"), both("The harbour", "The harbour"));
    assert_eq!((prepared("The ga$0te."), prepared("$0")), (None, None));
}

#[test]
fn a_link_renames_whom_its_note_is_about() {
    let record = "//- /people/haddad.md\n---\ntype: person\nname: Nadim Haddad\n---\n\nText.\n";
    let written = format!("//- /a.md\n{{p1:Nadim Haddad}} left: see [[had$0dad]].\n{record}");
    let (texts, _) = renamed(&written, "Nadeem Haddad").expect("it can be renamed");
    assert_eq!(texts["a.md"], "Nadeem Haddad left: see [[haddad]].\n");
    assert!(texts["people/haddad.md"].contains("name: Nadeem Haddad\n"), "{}", texts["people/haddad.md"]);
}

#[test]
fn a_link_to_what_is_nobody_is_refused_with_what_to_do() {
    refused("//- /a.md\nSee [[ta$0lks]].\n//- /notes/talks.md\n# Talks\n", "x", "rename notes/talks.md");
    refused("//- /a.md\nSee [[pla$0n]].\n", "x", "no note called “plan”");
}

#[test]
fn a_key_is_renamed_from_its_entry() {
    let notes = "//- /a.md\nSo [@hd31].\n";
    for (path, entry, after) in [
        ("refs.bib", "@misc{h$0d31, title = {Log}}\n", "@misc{hd32, title = {Log}}\n"),
        ("refs.yml", "hd$031:\n  title: Log\n", "hd32:\n  title: Log\n"),
    ] {
        let (texts, why) = renamed(&format!("{notes}//- /{path}\n{entry}"), "hd32").expect("it can be renamed");
        assert_eq!((texts["a.md"].as_str(), texts[path].as_str(), why.as_str()), ("So [@hd32].\n", after, "sl"));
    }
}
