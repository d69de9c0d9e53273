//! Every rule's page is executed: each block under "Reported" yields exactly its marked ranges, each block under
//! "Accepted" none.
//!
//! A block is one note in Markdown, or several files, each after a line `//- path`; `refs.bib` and `whosaid.toml` are
//! read as what they are. `^^^^` on a line of its own marks bytes of the line above it. Hints count.

use std::fmt::Write as _;
use std::sync::Arc;

use expect_test::expect_file;

use whosaid::analysis::{self, Memo};
use whosaid::config::{Config, Level, Profile};
use whosaid::rules::registry::RULES;
use whosaid::rules::{self, CheckOptions, Family, Rule, docs};
use whosaid::structure::Format;
use whosaid::text::TextRange;
use whosaid::workspace::library::Bibliography;
use whosaid::workspace::{Change, FileId, NoteEntry, Workspace};

/// The day on which every example is judged.
const TODAY: jiff::civil::Date = jiff::civil::date(2031, 6, 1);

#[test]
fn every_example_is_what_its_page_says() {
    let mut wrong = String::new();
    for rule in RULES {
        let page = docs::page(rule);
        for (examples, heading) in [(&page.reported, "Reported"), (&page.accepted, "Accepted")] {
            for (number, example) in examples.iter().enumerate() {
                let fixture = Fixture::parse(example);
                let marked = fixture.files.iter().any(|file| !file.marks.is_empty());
                if marked != (heading == "Reported") {
                    let _ = writeln!(wrong, "{} {heading} {}: marks do not fit the heading", rule.code, number + 1);
                }
                let (expected, found) = (fixture.expected(), fixture.found(rule));
                if expected != found {
                    let _ = writeln!(
                        wrong,
                        "{} {}, {heading} {}\n--- page\n{expected}--- found\n{found}",
                        rule.code,
                        rule.name,
                        number + 1
                    );
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn every_page_has_its_sections_and_examples() {
    for rule in RULES {
        let page = docs::page(rule);
        assert!(page.summary.starts_with("Reports "), "{}: the summary begins with \"Reports\"", rule.code);
        let headings: Vec<&str> = page.sections.iter().map(|(heading, _)| heading.as_str()).collect();
        assert_eq!(headings, ["Why", "Reported", "Accepted", "Limits"], "{}", rule.code);
        assert!(!page.reported.is_empty() && !page.accepted.is_empty(), "{}: examples of both kinds", rule.code);
        for (heading, text) in page.sections {
            assert!(matches!(heading.as_str(), "Reported" | "Accepted") || !text.is_empty(), "{} {heading}", rule.code);
        }
    }
}

/// `UPDATE_EXPECT=1 cargo test --test rules_docs` renews it.
#[test]
fn the_committed_catalogue_is_that_of_the_rules() {
    expect_file!["../docs/RULES.md"].assert_eq(&docs::catalogue());
}

#[test]
fn a_message_says_what_is_wrong_then_why_then_what_to_do() {
    for rule in RULES {
        assert!(!rule.messages.is_empty(), "{} says nothing", rule.code);
        // What others word: a reader of files, the house.
        for message in rule.messages.iter().filter(|message| !message.starts_with('{')) {
            let (head, rest) = message.split_once(": ").unwrap_or_default();
            assert!(head.starts_with(char::is_uppercase) && !head.is_empty(), "{} {message}", rule.code);
            assert!(rest.ends_with(['.', '?']), "{} {message}", rule.code);
            let words = message.split(['{', '}']).step_by(2).map(|part| part.chars().count()).sum::<usize>();
            assert!(words <= 120, "{} leaves no room for words of the text: {message}", rule.code);
        }
    }
}

#[test]
fn the_registry_is_sorted_and_no_code_or_name_is_used_twice() {
    for pair in RULES.windows(2) {
        assert!(pair[0].code < pair[1].code, "{} stands before {}", pair[0].code, pair[1].code);
    }
    for rule in RULES {
        assert_eq!(RULES.iter().filter(|r| r.name == rule.name).count(), 1, "{}", rule.name);
        let digits = rule.code.get(1..).unwrap_or("");
        assert!(digits.len() == 3 && digits.bytes().all(|b| b.is_ascii_digit()), "{}", rule.code);
        assert!(rule.name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{}", rule.name);
        assert!(rule.strict >= rule.level, "{}: strict is never laxer than standard", rule.code);
    }
}

#[test]
fn a_code_begins_with_the_letter_of_its_family() {
    for rule in RULES {
        assert!(rule.code.starts_with(rule.family.letter()), "{} {:?}", rule.code, rule.family);
    }
}

#[test]
fn what_is_asked_once_a_sentence_is_asked_by_a_known_order() {
    // Rules of the last rank give way to each other by their place in the sentence.
    let ranks = || RULES.iter().filter_map(|rule| Some((rule.precedence?, rule.code)));
    let last = ranks().map(|(rank, _)| rank).max();
    for (rank, code) in ranks().filter(|(rank, _)| Some(*rank) != last) {
        let same: Vec<&str> = ranks().filter(|(other, _)| *other == rank).map(|(_, code)| code).collect();
        assert_eq!(same, [code], "rank {rank}");
    }
    for rule in RULES.iter().filter(|rule| rule.family == Family::Attribution) {
        // What a fix has left open stays open whatever is declared.
        let declared = rule.answered_by_declaration != rule.reports_open_work;
        assert!(rule.precedence.is_some() && declared, "{} asks for a source", rule.code);
    }
}

struct Fixture {
    files: Vec<File>,
}

struct File {
    path: String,
    text: String,
    marks: Vec<TextRange>,
}

impl Fixture {
    fn parse(example: &str) -> Self {
        let mut files: Vec<File> = Vec::new();
        let mut last_line = 0;
        for line in example.lines() {
            if let Some(path) = line.strip_prefix("//- ") {
                let path = path.trim().trim_start_matches('/').to_owned();
                files.push(File { path, text: String::new(), marks: Vec::new() });
                continue;
            }
            if files.is_empty() {
                files.push(File { path: "note.md".into(), text: String::new(), marks: Vec::new() });
            }
            let file = files.last_mut().expect("one was pushed");
            if line.contains('^') && line.chars().all(|c| c == '^' || c == ' ') {
                file.mark(line, last_line);
                continue;
            }
            last_line = file.text.len();
            file.text.push_str(line);
            file.text.push('\n');
        }
        Self { files }
    }

    fn workspace(&self, profile: Profile) -> Workspace {
        let mut workspace = Workspace::default();
        let mut config = Config { profile, ..Config::default() };
        for file in self.files.iter().filter(|file| file.path.ends_with(".toml")) {
            config.apply(&file.text, &whosaid::project::rule_word);
        }
        for file in &self.files {
            if file.path.ends_with(".bib") {
                let read = Bibliography::read(file.path.as_str().into(), &file.text);
                workspace.apply(Change::Bibliography(read.into()));
            }
        }
        for (id, file) in self.files.iter().enumerate() {
            if !file.path.ends_with(".bib") && !file.path.ends_with(".toml") {
                let format = Format::of_path(&file.path);
                let facts = analysis::analyze(&file.text, format, &config.analysis, &mut Memo::default());
                let entry = NoteEntry::new(file.path.as_str(), file.text.as_str(), facts);
                workspace.apply(Change::Note(FileId(id as u32), entry));
            }
        }
        workspace.apply(Change::Config(Arc::new(config)));
        workspace
    }

    fn expected(&self) -> String {
        self.files.iter().fold(String::new(), |all, file| all + &file.show(&file.marks))
    }

    fn found(&self, rule: &Rule) -> String {
        let profile = if rule.level == Level::Off { Profile::Strict } else { Profile::Standard };
        let workspace = self.workspace(profile).snapshot();
        let options = CheckOptions { today: Some(TODAY), ..CheckOptions::default() };
        let mut shown = String::new();
        for (id, file) in self.files.iter().enumerate() {
            let mut ranges = Vec::new();
            let found = match file.path.rsplit('.').next() {
                Some("toml") => {
                    let problems = Config::default().apply(&file.text, &whosaid::project::rule_word);
                    // An example of any other rule has a sound configuration.
                    assert!(problems.is_empty() || rule.code == "S905", "{}: {problems:?}", rule.code);
                    rules::files::of_configuration(&problems, workspace.config())
                }
                Some("bib") => {
                    let read = Bibliography::read(file.path.as_str().into(), &file.text);
                    rules::files::of_bibliography(&read, workspace.config())
                }
                _ => rules::check(&workspace, FileId(id as u32), options),
            };
            for finding in found {
                let length = finding.message.chars().count();
                assert!(length <= 140, "{} is {length} characters long: {}", rule.code, finding.message);
                assert!(!finding.message.contains('\n'), "{}: a message is one line", rule.code);
                if finding.rule.code == rule.code {
                    ranges.push(file.on_one_line(finding.range));
                }
            }
            shown += &file.show(&ranges);
        }
        shown
    }
}

impl File {
    fn mark(&mut self, carets: &str, line: usize) {
        let shown: Vec<usize> = self.text[line..].char_indices().map(|(at, _)| line + at).collect();
        let carets: Vec<char> = carets.chars().chain([' ']).collect();
        let mut start = None;
        for (column, c) in carets.iter().enumerate() {
            match (c, start) {
                ('^', None) => start = Some(column),
                (' ', Some(from)) => {
                    let range = TextRange::from_usize(shown[from], shown[column]);
                    self.marks.push(range);
                    start = None;
                }
                _ => {}
            }
        }
    }

    /// Marks stand under one line, so a finding over several counts with its part on the first.
    fn on_one_line(&self, range: TextRange) -> TextRange {
        let end = range.of(&self.text).find('\n').map_or(range.end, |at| range.start + at as u32);
        TextRange::new(range.start, end)
    }

    fn show(&self, ranges: &[TextRange]) -> String {
        let mut shown = format!("//- {}\n", self.path);
        let mut at = 0u32;
        for line in self.text.split_inclusive('\n') {
            shown.push_str(line);
            let end = at + line.len() as u32;
            let mut here: Vec<TextRange> = ranges.iter().copied().filter(|r| at <= r.start && r.start < end).collect();
            here.sort();
            here.dedup();
            for range in here {
                let columns = |to: u32| self.text[at as usize..to as usize].chars().count();
                let (from, to) = (columns(range.start), columns(range.end));
                shown.push_str(&" ".repeat(from));
                shown.push_str(&"^".repeat((to - from).max(1)));
                shown.push('\n');
            }
            at = end;
        }
        shown
    }
}
