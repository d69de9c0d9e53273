//! Fixtures of `whosaid.names`: what a line changes in a note, and what is said of one that makes no sense.

use super::*;
use crate::analysis::{AnalysisConfig, Memo, analyze};
use crate::structure::Format;

fn names(corrections: &str, text: &str) -> Vec<(String, &'static str)> {
    names_in(Format::Plain, corrections, text)
}

fn names_in(format: Format, corrections: &str, text: &str) -> Vec<(String, &'static str)> {
    let config = AnalysisConfig { corrections: Arc::new(Corrections::read(corrections)), ..Default::default() };
    let facts = analyze(text, format, &config, &mut Memo::default());
    let name = |m: &Mention| m.entity.and_then(|e| facts.entities.get(e as usize)).map(|e| e.name.clone());
    facts.mentions.iter().filter_map(|m| Some((name(m)?, m.kind.as_str()))).collect()
}

const TEXT: &str = "Nadim Haddad met Rana Haddad in Lusk. The Gate Tax was quietly dropped, Nadim Haddad said.";

#[test]
fn a_kind_holds_also_for_what_was_not_seen() {
    let seen = names("org: Gate Tax\n", TEXT);
    assert!(seen.contains(&("Gate Tax".to_owned(), "org")), "{seen:?}");
    let seen = names("not a name: Gate Tax\nproduct: Lusk\n", TEXT);
    assert!(seen.iter().all(|(name, _)| name != "Gate Tax"), "{seen:?}");
    assert!(seen.contains(&("Lusk".to_owned(), "product")), "{seen:?}");
}

#[test]
fn two_names_become_one_and_one_becomes_two() {
    let joined = names("same: Rana Haddad | Nadim Haddad\n", TEXT);
    assert!(joined.iter().filter(|(name, _)| name == "Nadim Haddad").count() == 3, "{joined:?}");
}

#[test]
fn nonsense_is_told_on_its_line_and_the_rest_holds() {
    let read = Corrections::read(
        "org Norvik\nship: Norvik\nsame: Ada\n\norg: Norvik\nplace: Norvik\nsame: A | B\ndifferent: B | A\n",
    );
    let lines: Vec<u32> = read.problems.iter().map(|p| p.range.start).collect();
    assert_eq!(read.problems.len(), 5, "{:?}", read.problems);
    assert!(lines.is_sorted());
    assert!(read.kinds.values().eq([&EntityKind::Org]));
}

#[test]
fn insertions_keep_the_file_sorted_and_say_nothing_twice() {
    let mut text = String::new();
    for correction in [
        Correction::Same("N. Haddad", "Nadim Haddad"),
        Correction::Kind("Norvik", EntityKind::Org),
        Correction::NotAName("Gate\nTax"),
        Correction::Kind("Norvik", EntityKind::Org),
    ] {
        if let Some((at, insert)) = Corrections::read(&text).insertion(&correction) {
            text.insert_str(at as usize, &insert);
        }
    }
    let lines: Vec<&str> = text.lines().skip(1).collect();
    assert_eq!(lines, ["not a name: Gate Tax", "org: Norvik", "same: N. Haddad | Nadim Haddad"]);
    assert!(Corrections::read(&text).problems.is_empty());
}

#[test]
fn odd_names_are_taken_as_they_are() {
    let text = "The talks went on. Q met 王伟 and نديم حداد near the gate of Or\u{ad}lec\nBank on Monday.";
    for (line, name, kind) in [
        ("org: Q", "Q", "org"),
        ("person: 王伟", "王伟", "person"),
        ("person: نديم حداد", "نديم حداد", "person"),
        ("org: Orlec Bank", "Orlec Bank", "org"),
    ] {
        let seen = names_in(Format::Markdown, &format!("{line}\n"), text);
        assert!(seen.iter().any(|(n, k)| n == name && *k == kind), "{line}: {seen:?}");
    }
    for line in ["org: ", "same: | ", "person: \u{200b}", "different: Q", "not a name:"] {
        let read = Corrections::read(&format!("{line}\norg: Q\n"));
        assert_eq!(read.problems.len(), 1, "{line:?}: {:?}", read.problems);
        assert_eq!(read.kinds.len(), 1, "the rest holds");
    }
}

#[test]
fn ten_thousand_lines_cost_a_note_no_more_than_its_own_names() {
    use std::fmt::Write;
    let mut lines = String::new();
    for n in 0..10_000 {
        let _ = writeln!(lines, "org: Orlec {n} Bank");
    }
    let read = Corrections::read(&lines);
    assert!(read.problems.is_empty());
    assert_eq!(read.spelled.len(), 1, "all begin with one word");
    let seen = names(&lines, "Orlec 7 Bank met Nadim Haddad.");
    assert!(seen.contains(&("Orlec 7 Bank".to_owned(), "org")), "{seen:?}");
}
