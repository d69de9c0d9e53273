use super::*;
use crate::rules::{self, CheckOptions};
use crate::workspace::FileId;
use crate::workspace::fixture::Fixture;

/// Titles of the actions at the caret, and the text after the one whose title begins with `chosen`.
fn after(written: &str, chosen: &str) -> (Vec<String>, String) {
    let fixture = Fixture::new(written);
    let (file, at) = fixture.caret.expect("a caret");
    let snapshot = fixture.snapshot();
    let findings = rules::check(&snapshot, file, CheckOptions::default());
    let trial = Trial::new(&snapshot, file, CheckOptions::default()).expect("its text is at hand");
    let actions = code_actions(&trial, TextRange::empty(at), &findings, &|_| true);
    let mut text = snapshot.full(FileId(0)).unwrap().text.as_deref().unwrap().to_owned();
    if let Some(action) = actions.iter().find(|a| a.title.starts_with(chosen)) {
        let mut edits = action.edits.clone();
        edits.sort_by_key(|e| std::cmp::Reverse(e.range));
        for edit in edits {
            text.replace_range(edit.range.span(), &edit.text);
        }
    }
    (actions.into_iter().map(|a| a.title).collect(), text)
}

const FIGURE: &str = "The port handled 38 million $0tonnes in 2030.\n";

#[test]
fn an_excuse_silences_its_finding_wherever_it_stands() {
    for (written, path) in [
        (FIGURE.to_owned(), "a.md"),
        (format!("The fleet left, the ministry said. Later it came back again. {FIGURE}"), "a.md"),
        (format!("Text.\n\n- {FIGURE}- more\n"), "a.md"),
        (FIGURE.to_owned(), "a.txt"),
    ] {
        let (titles, text) = after(&format!("//- /{path}\n{written}"), "Ignore A101");
        assert!(titles.iter().any(|t| t.starts_with("Ignore A101")), "{written}");
        let excused = format!("//- /{path}\n{}", text.replace("reason=\"\"", "reason=\"own count\""));
        let found = rules::check(&Fixture::new(&excused).snapshot(), FileId(0), CheckOptions::default());
        assert!(
            found.iter().all(|f| f.rule.code != "A101" && f.rule.family != Family::Suppression),
            "{text}\n{found:?}"
        );
    }
}

#[test]
fn an_excuse_may_hold_for_a_paragraph_a_section_or_the_note() {
    let body = format!("It rained all day, the ministry said. Nobody came to the quay then. Later it was so. {FIGURE}");
    for (path, head) in [("a.md", "---\ndate: 2031-01-02\n---\n# Head\n\n"), ("a.md", "Intro.\n\n"), ("a.txt", "")] {
        for scope in ["paragraph", "section", "note"] {
            let (titles, text) = after(&format!("//- /{path}\n{head}{body}"), &format!("Ignore A101 in this {scope}"));
            if !titles.iter().any(|title| title.contains(scope)) {
                assert!(scope == "section" && !head.contains('#'), "{scope} {titles:?}");
                continue;
            }
            let excused = format!("//- /{path}\n{text}");
            let found = rules::check(&Fixture::new(&excused).snapshot(), FileId(0), CheckOptions::default());
            assert!(
                found.iter().all(|f| f.rule.code != "A101" && f.rule.family != Family::Suppression),
                "{text}\n{found:?}"
            );
        }
    }
}

#[test]
fn a_footnote_is_numbered_and_defined_at_the_end() {
    let text = |written: &str| after(written, "Insert a footnote").1;
    assert_eq!(text("It shut$0."), "It shut.[^1]\n\n[^1]: \n");
    assert_eq!(text("It shut$0.\n"), "It shut.[^1]\n\n[^1]: \n");
    let more = "It shut$0. So.[^7]\n\n[^7]: Log.\n";
    assert_eq!(text(more), "It shut.[^8] So.[^7]\n\n[^7]: Log.\n[^8]: \n");
}

#[test]
fn plain_text_gets_no_footnotes() {
    assert_eq!(after("//- /a.txt\nIt shut$0.\n", "").0, [""; 0]);
}
