//! The bounds of each format, met and passed by one.

use proptest::prelude::*;

use super::*;

/// Opening and closing brackets around nothing.
fn nested(depth: usize) -> String {
    "[".repeat(depth) + &"]".repeat(depth)
}

#[test]
fn a_text_beyond_its_size_is_refused_at_its_first_line() {
    assert!(json::read::<json::Value>("[1, 2]", 6).is_ok());
    let refusal = json::read::<json::Value>("[1, \n2]", 6).unwrap_err();
    assert_eq!(refusal.range.of("[1, \n2]"), "[1, ");
    assert!(yaml::read("a: 1", 3).is_err() && toml::recover("a = 1", 4).is_err());
    assert_eq!((shown(64 << 10), shown(LARGEST_LIBRARY)), ("64 kB".to_owned(), "64 MB".to_owned()));
}

#[test]
fn json_nests_up_to_the_bound_and_strings_do_not_count() {
    let read = |text: &str| json::read::<json::Value>(text, 1 << 20);
    assert!(read(&nested(DEEPEST)).is_ok());
    let text = nested(DEEPEST + 1);
    let refusal = read(&text).unwrap_err();
    assert_eq!(refusal.range, TextRange::from_usize(DEEPEST, DEEPEST + 1), "{refusal:?}");
    let quoted = format!("[\"{}\\\" {}\"]", "[".repeat(DEEPEST + 1), "{".repeat(DEEPEST + 1));
    assert!(read(&quoted).is_ok(), "{quoted}");
}

#[test]
fn places_of_keys_are_those_of_the_items_alone() {
    let text =
        r#"[{"title": "id", "id": "pell31", "of": {"id": "inner"}}, 3, {"id": "a", "citation-key": "marr30"}, {}]"#;
    let places = json::places(text, 2, &["citation-key", "id"]);
    let shown: Vec<_> = places.iter().map(|place| place.map(|range| range.of(text))).collect();
    assert_eq!(shown, [Some("pell31"), Some("marr30"), None]);
}

#[test]
fn brackets_and_dotted_keys_of_toml_count_together() {
    let is_read = |text: &str| toml::recover(text, 1 << 20).is_ok();
    let key = |parts: usize| vec!["a"; parts].join(".");
    assert!(is_read(&format!("a = {}", nested(DEEPEST))));
    assert!(!is_read(&format!("a = {}", nested(DEEPEST + 1))));
    assert!(is_read(&format!("[{}]\nx = 1\n", key(DEEPEST))));
    assert!(!is_read(&format!("[{}]\nx = 1\n", key(DEEPEST + 1))));
    let half = DEEPEST / 2;
    assert!(is_read(&format!("[{}]\n{} = 1\n", key(half), key(half))));
    assert!(!is_read(&format!("[{}]\n{} = 1\n", key(half), key(half + 2))));
    assert!(!is_read(&format!("{} = {{ {} = 1 }}\n", key(half), key(half + 2))));
    assert!(is_read(&format!("# {}\na = \"{}\"\nb = '''{}\n'''\n", key(99), key(99), nested(99))), "no tables");
    assert!(is_read(&"a.b = 1.5\n".repeat(DEEPEST)), "each line anew");
}

#[test]
fn yaml_counts_lists_in_lines_and_in_brackets_alike() {
    let is_read = |text: &str| yaml::read(text, 1 << 20).is_ok();
    for at in ["[", "{a: ", "- ", "? "] {
        assert!(is_read(&at.repeat(8)) || at.starts_with(['[', '{']), "{at}");
        assert!(matches!(yaml::read(&at.repeat(DEEPEST + 1), 1 << 20), Err(yaml::Unreadable::Bounds(_))), "{at}");
    }
    let indented: String = (0..DEEPEST + 1).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    assert!(matches!(yaml::read(&indented, 1 << 20), Err(yaml::Unreadable::Bounds(_))));
}

#[test]
fn what_an_alias_copies_counts_with_what_it_copied_itself() {
    // Each list names the one before it twice: five of them come to some dozens of values, which is all that is built.
    let twice = |lists: usize, text: &str| {
        let head = format!("a0: &a0 [{text}]\n");
        let more = (1..=lists).map(|at| format!("a{at}: &a{at} [*a{}, *a{}]\n", at - 1, at - 1));
        std::iter::once(head).chain(more).collect::<String>()
    };
    assert!(yaml::read(&twice(4, "x"), 1 << 20).is_ok());
    let text = twice(3, &"x".repeat(yaml::MOST_COPIED / 13));
    let Err(yaml::Unreadable::Bounds(refusal)) = yaml::read(&text, 1 << 20) else { panic!("not refused") };
    assert!(refusal.range.of(&text).starts_with('*'), "{refusal:?}");
}

/// Pieces that mean something to one of the formats. Nothing here refers to itself.
const PIECES: [&str; 28] = [
    "a", "b: ", "- ", "? ", "[", "]", "{", "}", ",", ":", "=", ".", "\"", "'", "\"\"\"", "#", "\n", "\n  ", "\t",
    "&x ", "!t ", "|\n ", "---\n", "1.5", "\\u00e9", "é", "null", "\u{feff}",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_or_refused_at_a_place_in_it(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..40)) {
        let text = pieces.concat();
        let json = json::read::<json::Value>(&text, 1 << 20).err();
        let toml = toml::recover(&text, 1 << 20).err();
        let yaml = yaml::read(&text, 1 << 20).err().map(yaml::Unreadable::refusal);
        for refusal in [json, toml, yaml].into_iter().flatten() {
            prop_assert!(text.get(refusal.range.span()).is_some(), "{refusal:?} in {text:?}");
        }
        for place in json::places(&text, 1, &["a"]).into_iter().flatten() {
            prop_assert!(text.get(place.span()).is_some());
        }
    }
}
