//! Fixtures of the head of a file.

use super::*;

fn shown(text: &str) -> String {
    let Some(found) = read(text) else { return "none".to_owned() };
    let mut out = String::new();
    for field in &found.fields {
        let values: Vec<_> = field.values.iter().map(|(value, range)| format!("{value}@{}", range.of(text))).collect();
        out.push_str(&format!("{}@{}: {}\n", field.key, field.key_range.of(text), values.join(" | ")));
    }
    if let Some((place, message)) = &found.problem {
        out.push_str(&format!("! {:?}: {message}\n", place.of(text)));
    }
    out
}

#[test]
fn yaml_with_lists_tables_and_quotes() {
    let text = "---\ntitle: \"Nadím: the man\"\naliases: [Haddad, 'N. Haddad']\nborn: 1971\nroles:\n  - title: Minister\n    org: Trade\n  - title: Clerk\nempty:\n---\nText.";
    expect_test::expect![[r#"
        title@title: Nadím: the man@Nadím: the man
        aliases@aliases: Haddad@Haddad | N. Haddad@N. Haddad
        born@born: 1971@1971
        roles@roles: 
        roles.title@title: Minister@Minister | Clerk@Clerk
        roles.org@org: Trade@Trade
        empty@empty: 
    "#]]
    .assert_eq(&shown(text));
    assert!(text[read(text).map_or(0, |f| f.range.end as usize)..].starts_with("\nText."));
}

#[test]
fn broken_yaml_says_what_to_do_and_is_read_as_far_as_it_goes() {
    let shown_broken = shown("---\ntype: person\ntitle: Norvik: the yard\n---\nText.");
    assert!(
        shown_broken.starts_with("type@type: person@person\ntitle@title: Norvik: the yard@Norvik: the yard\n! "),
        "{shown_broken}"
    );
    assert!(shown_broken.contains("put the value of this line in quotes"), "{shown_broken}");
    assert!(shown("---\nroles:\n\t- x\n---\n").contains("indent with spaces"));
    assert!(shown("---\ntype: person\n\nText.").contains("not closed"));
    assert_eq!(shown("---\n\nText below a rule."), "none");
}

#[test]
fn toml_json_and_properties() {
    expect_test::expect![[r#"
        title@title: Norvik@Norvik
        aliases@aliases: A@A | B@B
        date@date: 2031-03-04@2031-03-04
        extra.kind@kind: org@org
    "#]]
    .assert_eq(&shown(
        "+++\ntitle = \"Norvik\"\naliases = [\"A\", \"B\"]\ndate = 2031-03-04\n[extra]\nkind = \"org\"\n+++\n",
    ));
    assert!(shown("+++\ntitle = Norvik\n+++\n").contains("not valid TOML"));
    assert_eq!(
        shown("{\n\"title\": \"Norvik\",\n\"tags\": [\"a\"]\n}\nText."),
        "title@title: Norvik@Norvik\ntags@tags: a@a\n"
    );
    assert_eq!(
        shown("type:: person\nalias:: Haddad, [[N. Haddad]]\n\n- Text"),
        "type@type: person@person\nalias@alias: Haddad@Haddad | N. Haddad@N. Haddad\n"
    );
}

#[test]
fn what_nests_or_copies_beyond_the_bounds_is_refused_and_the_plain_lines_are_read() {
    use crate::gate::DEEPEST;
    use crate::gate::yaml::MOST_COPIED;
    let lists = |depth: usize| format!("a: {}{}\n", "[".repeat(depth), "]".repeat(depth));
    let long = "x".repeat(1 << 10);
    let copies = |count: usize| format!("a: &a [{long}]\nb: [{}]\n", vec!["*a"; count].join(", "));
    let refused = [lists(DEEPEST), format!("a:\n  {}x\n", "- ".repeat(DEEPEST)), copies(1 + (MOST_COPIED >> 10))];
    for source in &refused {
        let text = format!("---\ntype: person\n{source}---\n");
        let found = read(&text).expect("front matter");
        assert_eq!(found.value("type"), Some("person"));
        let (place, message) = found.problem.expect("a problem");
        assert!(place.start > 4 && (place.end as usize) < text.len(), "{place:?}: {message}");
    }
    for source in [lists(DEEPEST - 1), format!("a:\n  {}x\n", "- ".repeat(DEEPEST - 1)), copies(20)] {
        let text = format!("---\n{source}---\n");
        assert_eq!(read(&text).and_then(|found| found.problem), None, "{source}");
    }
    let dotted = |parts: usize| format!("+++\n{} = 1\n+++\n", vec!["a"; parts].join("."));
    assert!(read(&dotted(20)).is_some_and(|found| found.problem.is_none()));
    assert!(read(&dotted(DEEPEST + 2)).is_some_and(|found| found.problem.is_some()));
}
