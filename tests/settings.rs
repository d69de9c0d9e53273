//! `whosaid.toml`: the reader, the schema and the reference page are one table, and any bytes are a configuration.

use expect_test::expect_file;
use proptest::prelude::*;
use serde_json::Value;

use whosaid::cli::settings::schema_value;
use whosaid::config::keys::{KEYS, Kind, SECTIONS, Shape};
use whosaid::config::{Config, reference};
use whosaid::project::rule_word;

/// `UPDATE_EXPECT=1 cargo test --test settings` renews both.
#[test]
fn the_committed_schema_and_page_are_those_of_the_table() {
    let schema = serde_json::to_string_pretty(&schema_value()).expect("JSON") + "\n";
    expect_file!["../docs/whosaid.schema.json"].assert_eq(&schema);
    expect_file!["../docs/CONFIGURATION.md"].assert_eq(&reference::page());
}

/// What `path` of the table leads to in the schema.
fn in_schema<'s>(schema: &'s Value, path: &str) -> &'s Value {
    let mut at = schema;
    for part in path.split('.') {
        let (name, list) = part.strip_suffix("[]").map_or((part, false), |name| (name, true));
        at = match name {
            "*" if at["properties"].is_object() => &at["properties"]["A101"],
            "*" => &at["additionalProperties"],
            name => &at["properties"][name],
        };
        if list {
            at = &at["items"];
        }
    }
    at
}

#[test]
fn schema_and_reader_know_the_same_keys() {
    let schema = schema_value();
    for key in KEYS {
        let found = in_schema(&schema, key.path);
        assert!(found.is_object(), "{} is not in the schema", key.path);
        assert!(found["description"].is_string(), "{} is not described", key.path);
    }
    // And nothing else: what the schema names, the table names.
    let known: Vec<String> = KEYS.iter().map(|key| key.path.to_owned()).collect();
    let mut named = Vec::new();
    for (name, value) in schema["properties"].as_object().expect("properties") {
        let section = SECTIONS.iter().find(|section| section.name == name);
        let below = |value: &Value, prefix: &str| -> Vec<String> {
            value["properties"].as_object().into_iter().flatten().map(|(key, _)| format!("{prefix}.{key}")).collect()
        };
        match section.map(|section| section.shape) {
            None => named.push(name.clone()),
            Some(Shape::Keys) => named.extend(below(value, name)),
            Some(Shape::Rules | Shape::Names) => named.push(format!("{name}.*")),
            Some(Shape::Tables) => named.extend(below(&value["additionalProperties"], &format!("{name}.*"))),
            Some(Shape::List) => named.extend(below(&value["items"], &format!("{name}[]"))),
        }
    }
    named.sort();
    let mut known = known;
    known.sort();
    assert_eq!(named, known);
}

/// One key as a file of its own.
fn alone(path: &str, value: &str) -> String {
    let path = path.replace("rules.*", "rules.A101").replace("status.*", "status.review").replace(".*", ".padding");
    match path.strip_prefix("ignore[].") {
        Some("paths") => format!("[[ignore]]\npaths = {value}\n"),
        Some(key) => format!("[[ignore]]\npaths = [\"a/**\"]\n{key} = {value}\n"),
        None if path.starts_with("phrases.") && !path.ends_with("patterns") => {
            format!("phrases.padding.patterns = [\"x\"]\n{path} = {value}\n")
        }
        None => format!("{path} = {value}\n"),
    }
}

#[test]
fn every_example_is_read_and_changes_what_holds() {
    for key in KEYS {
        let mut config = Config::default();
        assert_eq!(config.apply(&alone(key.path, key.example), &rule_word), [], "{}", key.path);
        assert_ne!(config, Config::default(), "{} = {} changes nothing", key.path, key.example);
    }
    let mut config = Config::default();
    assert_eq!(config.apply(&reference::everything(), &rule_word), [], "{}", reference::everything());
}

#[test]
fn every_default_that_is_told_is_the_one_that_holds() {
    for key in KEYS.iter().filter(|key| !key.default.is_empty() && !key.path.contains(['*', '['])) {
        let mut config = Config::default();
        assert_eq!(config.apply(&alone(key.path, key.default), &rule_word), [], "{}", key.path);
        // An empty list of patterns is the same as none; its folder is all that it adds.
        if key.kind != Kind::Globs {
            assert_eq!(config, Config::default(), "{} = {} is not what holds without it", key.path, key.default);
        }
    }
}

#[test]
fn every_word_of_a_choice_is_read_and_no_other_and_the_schema_says_the_same() {
    let schema = schema_value();
    for key in KEYS {
        let (Kind::Choice(words) | Kind::Scale(words)) = key.kind else { continue };
        for (word, _) in words {
            let problems = Config::default().apply(&alone(key.path, &format!("\"{word}\"")), &rule_word);
            assert_eq!(problems, [], "{} = {word}", key.path);
        }
        let problems = Config::default().apply(&alone(key.path, "\"no such word\""), &rule_word);
        assert_eq!(problems.len(), 1, "{}", key.path);
        let found = in_schema(&schema, key.path);
        let listed = if found["enum"].is_array() { &found["enum"] } else { &found["anyOf"][0]["enum"] };
        let listed: Vec<&str> = listed.as_array().expect("words").iter().filter_map(Value::as_str).collect();
        assert_eq!(listed, words.iter().map(|(word, _)| *word).collect::<Vec<_>>(), "{}", key.path);
    }
}

#[test]
fn every_key_refuses_a_wrong_type_on_its_own_line() {
    for key in KEYS {
        let wrong = if key.kind == Kind::Date { "true" } else { "1979-05-27T07:32:00" };
        let text = alone(key.path, wrong);
        let problems = Config::default().apply(&text, &rule_word);
        assert!(!problems.is_empty(), "{} = {wrong}", key.path);
        let line = text.find(wrong).expect("is there");
        assert!(problems.iter().any(|problem| problem.range.start as usize == line), "{}: {problems:?}", key.path);
    }
}

#[test]
fn what_contradicts_itself_is_said_on_the_later_line() {
    let said = |text: &str| {
        let problems = Config::default().apply(text, &rule_word);
        let line = |at: u32| text[..at as usize].matches('\n').count() + 1;
        problems.iter().map(|p| format!("{}: {}", line(p.range.start), p.message)).collect::<Vec<_>>()
    };
    for (text, wanted) in [
        ("[rules]\nA101 = \"off\"\nunsourced-statistic = \"error\"\n", "3: A101 is set twice"),
        ("[sources]\nallow = [\"a.example\"]\ndeny = [\"A.example\"]\n", "3: \"a.example\" is both allowed and denied"),
        ("[zones]\nown-voice = [\"View\"]\nexempt = [\"view\"]\n", "3: \"view\" is both own voice and exempt"),
        ("include = [\"a/**\"]\nexclude = [\"a/**\"]\n", "2: \"a/**\" is both included and excluded"),
        (
            "[rules]\nA101 = \"warn\"\n",
            "2: \"warn\" is none of off, hint, information, warning, error; did you mean warning?",
        ),
        ("[rules]\nA101 = true\n", "2: Expected one of off"),
        ("[rules]\nA1O1 = \"off\"\n", "2: No rule is called A1O1; did you mean A101?"),
        ("deny = [\"a.example\"]\n", "1: There is no key deny here; it belongs under [sources]"),
        ("[ignore]\npaths = [\"a\"]\n", "1: Write [[ignore]] with two brackets"),
        ("[[ignore]]\nrules = [\"A101\"]\n", "1: Which notes? Add paths"),
        ("[phrases.padding]\nmessage = \"x\"\n", ""),
        ("profile = \"strict\"\nprofile = \"light\"\n", "2: This line cannot be read: duplicate key"),
        ("[scale]\nlikely = [80, 55]\n", "2: Expected the lowest and the highest likelihood in percent"),
    ] {
        let said = said(text);
        assert!(wanted.is_empty() || said.iter().any(|line| line.starts_with(wanted)), "{text}\n{said:#?}");
    }
}

/// Text that is nearly a configuration: real lines, cut, doubled and mixed with rubbish.
fn nearly() -> impl Strategy<Value = String> {
    let lines: Vec<String> = reference::everything().lines().map(str::to_owned).collect();
    let line = prop_oneof![
        3 => prop::sample::select(lines),
        1 => "[\\[\\]{}=\"'.#a-z0-9 \\\\,]{0,30}",
        1 => any::<String>(),
    ];
    (prop::collection::vec(line, 0..20), 0usize..400).prop_map(|(lines, cut)| {
        let text = lines.join("\n");
        let cut = text.char_indices().map(|(at, _)| at).nth(cut).unwrap_or(text.len());
        text[..cut].to_owned()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_text_is_a_configuration(text in nearly()) {
        let problems = Config::default().apply(&text, &rule_word);
        for problem in &problems {
            prop_assert!(text.get(problem.range.start as usize..problem.range.end as usize).is_some(), "{problem:?}");
            prop_assert!(!problem.message.contains('\n'), "{problem:?}");
        }
    }

    #[test]
    fn any_bytes_are_a_configuration(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let text = String::from_utf8_lossy(&bytes);
        let _ = Config::default().apply(&text, &rule_word);
    }
}

#[test]
fn deep_and_long_files_end() {
    for text in [
        "a = ".to_owned() + &"[".repeat(20_000),
        "a = ".to_owned() + &"{x=".repeat(20_000),
        "[".repeat(20_000),
        format!("{}x = 1", "a.".repeat(20_000)),
        "[rules]\n".to_owned() + &"A101 = \"off\"\n".repeat(5_000),
        "[[ignore]]\npaths = [\"a\"]\n".repeat(3_000),
        format!("exclude = [\"{}\"]", "{a,".repeat(2_000)),
    ] {
        let _ = Config::default().apply(&text, &rule_word);
    }
}
