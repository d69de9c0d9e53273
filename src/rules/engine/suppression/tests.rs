//! Fixtures of exceptions: by line, block, section and file, and the findings on exceptions themselves.

use crate::analysis::{AnalysisConfig, Memo, analyze};
use crate::rules::{CheckOptions, check};
use crate::structure::Format;
use crate::workspace::{Change, FileId, NoteEntry, Workspace};

/// Codes and marked text of what is found, in order.
fn found(path: &str, text: &str) -> Vec<String> {
    let facts = analyze(text, Format::of_path(path), &AnalysisConfig::default(), &mut Memo::default());
    let mut workspace = Workspace::default();
    workspace.apply(Change::Note(FileId(0), NoteEntry::new(path, text, facts)));
    let options = CheckOptions { today: Some(jiff::civil::date(2031, 6, 1)), ..CheckOptions::default() };
    let all = check(&workspace.snapshot(), FileId(0), options);
    all.iter().map(|f| format!("{} {}", f.rule.code, f.range.of(text))).collect()
}

#[test]
fn within_a_paragraph_one_sentence_is_excused() {
    let text = "It rained.[^1] %% whosaid: ignore C302 %% It blew.[^2] It froze.[^3]\n";
    assert_eq!(found("a.md", text), ["C302 [^1]", "C302 [^3]"]);
    let text = "It rained.[^1] It blew.[^2] <!-- whosaid: ignore undefined-footnote -->\n\nIt froze.[^3]\n";
    assert_eq!(found("a.md", text), ["C302 [^1]", "C302 [^3]"]);
}

#[test]
fn on_a_line_of_its_own_the_block_after_it_is_excused() {
    let text = "%% whosaid: ignore C302 %%\nIt rained.[^1] It blew.[^2]\n\nIt froze.[^3]\n";
    assert_eq!(found("a.md", text), ["C302 [^3]"]);
    let text = "<!-- whosaid: ignore -->\n\nIt rained.[^1] It blew.[^2]\n\nIt froze.[^3]\n";
    assert_eq!(found("a.md", text), ["C302 [^3]"]);
}

#[test]
fn plain_text_is_excused_in_the_same_words() {
    let text = "%% whosaid: ignore C302 %%\nIt rained.[^1] It blew.[^2]\n\nIt froze.[^3] %% whosaid: ignore C302 %% It thawed.[^4]\n";
    assert_eq!(found("a.txt", text), ["C302 [^3]"]);
}

#[test]
fn a_section_is_excused_up_to_the_next_heading_of_its_level() {
    let text = "It rained.[^1]\n\n## Gate\n\nIt blew.[^2]\n\n%% whosaid: ignore-section C302 %%\n\nIt froze.[^3]\n\n\
        ### Below\n\nIt thawed.[^4]\n\n## Quay\n\nIt snowed.[^5]\n";
    assert_eq!(found("a.md", text), ["C302 [^1]", "C302 [^5]"]);
    let text = "%% whosaid: ignore-section C302 %%\n\nIt rained.[^1]\n\n## Gate\n\nIt blew.[^2]\n";
    assert_eq!(found("a.md", text), ["C302 [^2]"]);
}

#[test]
fn a_note_is_excused_as_a_whole_in_any_format() {
    for path in ["a.md", "a.txt"] {
        let text = "It rained.[^1] It blew.[^2]\n\n%% whosaid: ignore-file C302 reason=\"draft\" %%\n\nSo.[^3]\n";
        assert_eq!(found(path, text), [""; 0]);
    }
    assert_eq!(found("a.md", "%% whosaid: ignore-file C302 %%\n\nIt rained.\n"), ["S902 C302"]);
}

#[test]
fn an_excuse_of_a_whole_file_of_excuses_costs_no_more_than_the_file() {
    let one = "It rained.[^1] %% whosaid: ignore C302 %% So.[^2]\n\n%% whosaid: off C303 %%\n\n";
    let mut text = "%% whosaid: ignore-section C304 %%\n\n".to_owned();
    text.push_str(&one.repeat(2_000));
    assert!(found("a.md", &text).len() >= 2_000);
}

#[test]
fn regions_and_the_front_matter_excuse_what_they_cover() {
    let text = "It rained.[^1]\n\n%% whosaid: off C302 %%\n\nIt blew.[^2]\n\n%% whosaid: on %%\n\nIt froze.[^3]\n";
    assert_eq!(found("a.md", text), ["C302 [^1]", "C302 [^3]"]);
    let text = "---\nwhosaid: {ignore: [C302, C3O3]}\n---\nIt rained.[^1]\n";
    assert_eq!(found("a.md", text), ["S901 C3O3"]);
}

#[test]
fn what_is_excused_for_nothing_is_said_and_can_be_deleted() {
    let text = "It rained.\n\n%% whosaid: ignore C302, C303 %%\nIt blew.[^2]\n";
    assert_eq!(found("a.md", text), ["S902 C303"]);
    assert_eq!(found("a.md", "%% whosaid: ignore C302 until=2031-06-01 %%\nIt blew.[^2]\n"), [""; 0]);
    let over = found("a.md", "%% whosaid: ignore C302 until=2031-05-31 %%\nIt blew.[^2]\n");
    assert_eq!(over, ["S903 2031-05-31", "C302 [^2]"]);
}
