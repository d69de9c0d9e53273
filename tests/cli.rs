//! The command line as its users meet it: what is printed, where, and with which exit code.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use expect_test::expect_file;

fn whosaid(arguments: &[&str], folder: &Path, input: &[u8]) -> Output {
    // Tests leave nothing in the user's own cache, and take nothing from it.
    let cache = tempfile::tempdir().expect("a folder");
    whosaid_keeping(arguments, folder, input, cache.path())
}

fn whosaid_keeping(arguments: &[&str], folder: &Path, input: &[u8], cache: &Path) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_whosaid"))
        .args(arguments)
        .env("WHOSAID_CACHE_DIR", cache)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    // A command that reads no input may be gone before it is written.
    let _ = child.stdin.take().expect("is piped").write_all(input);
    child.wait_with_output().expect("the binary ends")
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("no signal")
}

fn out(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).expect("UTF-8")
}

fn err(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).expect("UTF-8")
}

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Whoever changes an engine or a rule reads the difference here: `UPDATE_EXPECT=1 cargo test --test cli`.
#[test]
fn the_desk_is_reported_as_a_person_would_read_it() {
    let output = whosaid(&["check", "examples/desk", "--hints"], repository(), b"");
    assert_eq!(err(&output), "");
    expect_file!["cli/desk.txt"].assert_eq(out(&output));
    assert_eq!(code(&output), 1);
}

#[test]
fn the_desks_finished_brief_has_nothing_to_mend() {
    let output = whosaid(&["check", "examples/desk/briefs"], repository(), b"");
    assert_eq!((code(&output), out(&output)), (0, "Nothing to report in 1 note.\n"));
}

#[test]
fn every_format_has_every_finding() {
    let text = whosaid(&["check", "examples/desk"], repository(), b"");
    let said = out(&text).lines().last().expect("a summary").to_owned();
    let number: usize = said.split(' ').next().and_then(|n| n.parse().ok()).expect("begins with a number");

    let json = whosaid(&["check", "examples/desk", "--format", "json"], repository(), b"");
    let all: Vec<serde_json::Value> = serde_json::from_slice(&json.stdout).expect("JSON");
    assert_eq!(all.len(), number);
    for finding in &all {
        let path = finding["path"].as_str().expect("a path");
        let note = std::fs::read_to_string(repository().join(path)).expect("the path leads to the note");
        let (start, end) = (finding["start"].as_u64().unwrap() as usize, finding["end"].as_u64().unwrap() as usize);
        assert_eq!(finding["text"].as_str(), note.get(start..end));
        let line = note.split('\n').nth(finding["line"].as_u64().unwrap() as usize - 1).expect("the line exists");
        let shown: String = line.chars().skip(finding["column"].as_u64().unwrap() as usize - 1).collect();
        assert!(shown.starts_with(note[start..end].lines().next().unwrap_or("")), "{path} {shown}");
    }

    let lines = whosaid(&["check", "examples/desk", "--format", "jsonl"], repository(), b"");
    assert_eq!(out(&lines).lines().count(), number);
    let github = whosaid(&["check", "examples/desk", "--format", "github"], repository(), b"");
    assert_eq!(out(&github).lines().filter(|l| l.starts_with("::")).count(), number);
    let sarif = whosaid(&["check", "examples/desk", "--format", "sarif"], repository(), b"");
    let log: serde_json::Value = serde_json::from_slice(&sarif.stdout).expect("JSON");
    assert_eq!(log["runs"][0]["results"].as_array().map(Vec::len), Some(number));
}

#[test]
fn bad_files_are_named_and_the_rest_is_checked() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).expect("written");
    write("latin.txt", b"The caf\xe9 was full.\n");
    write("binary.md", b"PK\x03\x00\x00");
    write("empty.md", b"");
    write("bom.md", "\u{feff}---\nbroken: [\n---\nThe rain stopped.[^1]\r\n".as_bytes());
    let output = whosaid(&["check"], folder.path(), b"");
    assert_eq!(code(&output), 2, "{}", err(&output));
    assert!(err(&output).contains("latin.txt: not UTF-8 at byte 7"), "{}", err(&output));
    assert!(err(&output).contains("binary.md: this is no text"), "{}", err(&output));
    assert!(out(&output).contains("bom.md:4:18"), "{}", out(&output));
    assert!(out(&output).contains("error[C302]"), "{}", out(&output));
}

#[test]
fn a_missing_path_is_a_failure_and_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = whosaid(&["check", "nothere.md"], folder.path(), b"");
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("nothere.md"), "{}", err(&output));
}

/// A folder with files.
fn desk(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    files.iter().for_each(|(name, text)| write(folder.path(), name, text));
    folder
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    std::fs::write(path, text).expect("written");
}

#[test]
fn what_is_wrong_with_configuration_and_bibliography_is_in_every_format_and_the_rest_holds() {
    let folder = desk(&[
        ("whosaid.toml", "profile = \"standard\"\n[rules]\nC302 = \"hint\"\nA999 = \"error\"\n"),
        ("refs.bib", "@misc{pell31, title = {Log}}\n\n@misc{orr31, title = {Log\n"),
        ("sub/whosaid.toml", "carry-max = \"two\"\n"),
        ("sub/note.md", "The rain stopped.[^1]\n"),
    ]);
    let text = whosaid(&["check", "--hints"], folder.path(), b"");
    for wanted in ["warning[S905]", "whosaid.toml:4:1", "warning[C313]", "refs.bib:3:1", "hint[C302]", "in 1 note"] {
        assert!(out(&text).contains(wanted), "{wanted}\n{}", out(&text));
    }
    assert_eq!(code(&text), 1, "a fault in the configuration is a warning");
    let json = whosaid(&["check", "--format", "json"], folder.path(), b"");
    let all: Vec<serde_json::Value> = serde_json::from_slice(&json.stdout).expect("JSON");
    let shown = |f: &serde_json::Value| format!("{} {} {} {}", f["path"], f["line"], f["code"], f["text"]);
    assert_eq!(
        all.iter().map(shown).collect::<Vec<_>>(),
        [
            r#""refs.bib" 3 "C313" "@misc{orr31, title = {Log""#,
            r#""sub/whosaid.toml" 1 "S905" "\"two\"""#,
            r#""whosaid.toml" 4 "S905" "A999""#
        ]
    );
    let github = whosaid(&["check", "--format", "github"], folder.path(), b"");
    assert!(out(&github).contains("::warning file=whosaid.toml,line=4,"), "{}", out(&github));
    let sarif = whosaid(&["check", "--format", "sarif"], folder.path(), b"");
    let log: serde_json::Value = serde_json::from_slice(&sarif.stdout).expect("JSON");
    let rules = log["runs"][0]["results"].as_array().expect("results").iter().map(|r| r["ruleId"].as_str().unwrap());
    assert_eq!(rules.collect::<Vec<_>>(), ["C313", "S905", "S905"]);
    write(
        folder.path(),
        "whosaid.toml",
        "[rules]\nC302 = \"hint\"\nA999 = \"error\"\nS905 = \"off\"\nC313 = \"off\"\n",
    );
    assert_eq!(code(&whosaid(&["check"], folder.path(), b"")), 0);
}

#[test]
fn exceptions_by_path_hold_are_listed_and_are_reported_when_they_are_of_no_use() {
    let toml = "[[ignore]]\nrules = \"undefined-footnote\"\npaths = \"old/**\"\nreason = \"before the rules\"\n\n\
        [[ignore]]\npaths = [\"old/**\"]\nuntil = 2020-01-31\n\n\
        [[ignore]]\nrules = [\"C302\"]\npaths = [\"none/**\"]\n";
    let note = "The rain stopped.[^1]\n";
    let folder = desk(&[("whosaid.toml", toml), ("old/a.md", note), ("old/sub/b.md", note), ("new.md", note)]);
    let lines = |arguments: &[&str]| {
        let output = whosaid(arguments, folder.path(), b"");
        out(&output).lines().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(
        lines(&["check", "--audit"]),
        [
            "whosaid.toml:1:1: old/** paths C302: before the rules (hides 2 in 2 notes)",
            "whosaid.toml:6:1: old/** paths all rules until 2020-01-31: no reason given (expired, hides nothing)",
            "whosaid.toml:10:1: none/** paths C302: no reason given (hides nothing)",
            "3 exceptions.",
        ]
    );
    let found: Vec<String> = lines(&["check", "--format", "github"])
        .iter()
        .map(|l| {
            l.split(",title=")
                .map(|part| part.split([',', ' ']).take(2).collect::<Vec<_>>().join(" "))
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect();
    assert_eq!(found.len(), 3, "{found:?}");
    for (wanted, file) in [("C302", "new.md"), ("S903", "whosaid.toml"), ("S902", "whosaid.toml")] {
        assert!(found.iter().any(|line| line.contains(wanted) && line.contains(file)), "{wanted} {found:?}");
    }
    // Of notes that were not looked at nothing is said.
    assert!(lines(&["check", "new.md", "--format", "github"]).iter().all(|line| !line.contains("S902")));
}

#[test]
fn only_what_is_not_in_the_baseline_is_reported() {
    let folder = desk(&[("a.md", "The rain stopped.[^1]\n\nIt blew.[^2]\n"), ("b.md", "It froze.[^3]\n")]);
    let check = |arguments: &[&str]| whosaid(&[&["check"], arguments].concat(), folder.path(), b"");
    assert_eq!(code(&check(&["--baseline", "known.json"])), 2, "there is none yet");
    let written = check(&["--write-baseline=known.json"]);
    assert_eq!((code(&written), out(&written)), (0, ""), "{}", err(&written));
    assert!(err(&written).contains("known.json: 3 known findings"), "{}", err(&written));
    let quiet = check(&["--baseline", "known.json", "--hints"]);
    assert_eq!((code(&quiet), err(&quiet)), (0, ""), "{}", out(&quiet));
    // Edits elsewhere change nothing; a second finding like a known one is new.
    write(folder.path(), "a.md", "# Head\n\nIt snowed.\n\nThe rain  stopped.[^1]\n\nIt blew.[^2]\n\nIt blew.[^2]\n");
    let one = check(&["--baseline", "known.json", "--format", "jsonl"]);
    assert_eq!((code(&one), out(&one).lines().count(), err(&one)), (1, 1, ""), "{}", out(&one));
    // What was mended is listed, also where the note is gone.
    write(folder.path(), "a.md", "The rain stopped.\n\nIt blew.[^2]\n");
    std::fs::remove_file(folder.path().join("b.md")).expect("removed");
    let stale = check(&["--baseline", "known.json"]);
    assert_eq!(code(&stale), 0, "{}", out(&stale));
    assert!(err(&stale).contains("2 known findings occur no more"), "{}", err(&stale));
    assert!(err(&stale).contains("a.md: C302 [^1]") && err(&stale).contains("b.md: C302 [^3]"), "{}", err(&stale));
    // The configuration may name it; the same holds without a word on the command line.
    write(folder.path(), "whosaid.toml", "baseline = \"known.json\"\n");
    assert_eq!(code(&check(&[])), 0);
    assert_eq!(code(&check(&["--baseline", "known.json", "--write-baseline"])), 0);
    let fresh = check(&[]);
    assert_eq!((code(&fresh), err(&fresh)), (0, ""));
    write(folder.path(), "known.json", "rubbish");
    let broken = check(&[]);
    assert!(out(&broken).contains("S905") && out(&broken).contains("C302"), "{}", out(&broken));
}

/// What is asked for is a list of known findings; whatever else stands there is somebody's work.
#[test]
fn a_baseline_replaces_a_baseline_and_nothing_else() {
    let folder = desk(&[("a.md", "The rain stopped.[^1]\n"), ("data.json", "{\"rows\": []}\n"), ("empty.json", "")]);
    let check = |arguments: &[&str]| whosaid(&[&["check"], arguments].concat(), folder.path(), b"");
    let read = |name: &str| std::fs::read(folder.path().join(name)).unwrap();
    std::fs::write(folder.path().join("odd.json"), b"caf\xe9").expect("written");
    std::fs::create_dir(folder.path().join("sub")).expect("made");
    for name in ["a.md", "data.json", "odd.json", "sub", "none/known.json"] {
        let before = std::fs::read(folder.path().join(name)).ok();
        let refused = check(&[&format!("--write-baseline={name}")]);
        assert_eq!((code(&refused), out(&refused)), (2, ""), "{name}");
        assert!(err(&refused).starts_with(&format!("whosaid: {name}: ")), "{}", err(&refused));
        assert_eq!(std::fs::read(folder.path().join(name)).ok(), before, "{name}");
    }
    // An empty file has nothing to lose, an older list is what this is for.
    for name in ["empty.json", "empty.json", "new.json"] {
        assert_eq!(code(&check(&[&format!("--write-baseline={name}")])), 0, "{name}");
    }
    assert_eq!(read("empty.json"), read("new.json"));
    assert_eq!(code(&check(&["--baseline=new.json"])), 0);
}

/// A note behind a blank would be the file that is written.
#[test]
fn the_file_of_a_baseline_stands_behind_a_sign() {
    let folder = desk(&[("draft.md", "The rain stopped.[^1]\n"), ("old.json", ""), ("known.json", "")]);
    let check = |arguments: &[&str]| whosaid(&[&["check"], arguments].concat(), folder.path(), b"");
    for (arguments, wanted) in [
        (&["--write-baseline", "draft.md"][..], "write --write-baseline=known.json"),
        (&["--write-baseline"], "write --write-baseline=known.json"),
        (&["--write-baseline", "mine.json"], "write --write-baseline=mine.json"),
        (&["--baseline=old.json", "--write-baseline", "mine.json"], "write --write-baseline=mine.json"),
    ] {
        let refused = check(arguments);
        assert_eq!(code(&refused), 2, "{arguments:?}");
        assert!(err(&refused).ends_with(&format!("{wanted}\n")), "{}", err(&refused));
    }
    let texts =
        ["draft.md", "old.json", "known.json"].map(|name| std::fs::read_to_string(folder.path().join(name)).unwrap());
    assert_eq!(texts, ["The rain stopped.[^1]\n", "", ""]);
    // One note's findings into the list that is known anyway.
    assert_eq!(code(&check(&["--write-baseline=old.json"])), 0);
    assert_eq!(code(&check(&["--baseline=old.json", "--write-baseline", "draft.md"])), 0);
    assert!(!std::fs::read_to_string(folder.path().join("old.json")).unwrap().is_empty());
}

#[test]
fn analyze_answers_line_by_line_in_order_and_with_findings() {
    let mut input = String::new();
    for id in 0..300 {
        let text = format!("Item {id}. The port handled 38 million tonnes in 2030.\u{2028}It rained.");
        input.push_str(&serde_json::json!({ "id": id, "text": text }).to_string());
        input.push_str(if id % 7 == 0 { "\n\n" } else { "\n" });
    }
    for threads in ["1", "4"] {
        let output = whosaid(&["analyze", "--jsonl", "--threads", threads], repository(), input.as_bytes());
        let ids: Vec<u64> = out(&output)
            .split_terminator('\n')
            .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON")["id"].as_u64().expect("an id"))
            .collect();
        assert_eq!(ids, (0..300).collect::<Vec<u64>>());
        let first: serde_json::Value = serde_json::from_str(out(&output).split('\n').next().unwrap()).unwrap();
        assert_eq!(first["findings"][0]["code"], "A101", "{first}");
    }
}

#[test]
fn a_line_that_is_no_json_is_named() {
    let output = whosaid(&["analyze", "--jsonl"], repository(), b"{\"id\": 1, \"text\": \"x\"}\nnonsense\n");
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("line 2"), "{}", err(&output));
}

#[test]
fn explain_knows_codes_names_and_slips() {
    for word in ["A101", "a101", "unsourced-statistic"] {
        let output = whosaid(&["explain", word], repository(), b"");
        assert_eq!(code(&output), 0);
        assert!(out(&output).starts_with("# A101 unsourced-statistic\n"), "{}", out(&output));
        assert!(out(&output).contains("## Accepted"));
    }
    let output = whosaid(&["explain", "unsourced-statistics"], repository(), b"");
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("did you mean `unsourced-statistic`?"), "{}", err(&output));
    let list = whosaid(&["explain", "--list"], repository(), b"");
    for rule in whosaid::rules::registry::RULES {
        assert!(out(&list).contains(rule.name), "{}", rule.name);
    }
}

#[test]
fn help_teaches_with_examples() {
    for command in [&["--help"][..], &["check", "--help"], &["analyze", "--help"], &["explain", "--help"]] {
        let output = whosaid(command, repository(), b"");
        assert_eq!(code(&output), 0);
        assert!(out(&output).contains("Examples:"), "{command:?}");
    }
    assert_eq!(code(&whosaid(&["chekc"], repository(), b"")), 2);
}

#[test]
fn settings_are_explained_with_their_origin() {
    let folder = tempfile::tempdir().expect("a folder");
    let below = folder.path().join("team");
    std::fs::create_dir(&below).expect("made");
    std::fs::write(
        folder.path().join("whosaid.toml"),
        "profile = \"strict\"\n[rules]\nA105 = \"off\"\n[sources]\ndeny = [\"a.example\"]\n",
    )
    .unwrap();
    std::fs::write(below.join("whosaid.toml"), "[rules]\nA104 = \"hint\"\n[sources]\ndeny = \"b.example\"\n").unwrap();
    let output = whosaid(&["config", "explain", "team"], folder.path(), b"");
    let line = |key: &str| out(&output).lines().find(|l| l.starts_with(key)).unwrap_or("").to_owned();
    assert!(line("profile").ends_with("# whosaid.toml:1") && line("profile").contains("strict"), "{}", out(&output));
    assert!(line("rules.A104").ends_with("# team/whosaid.toml:2"), "{}", out(&output));
    assert!(line("sources.deny").contains("[\"a.example\", \"b.example\"]"), "{}", out(&output));
    assert!(line("sources.deny").ends_with("# whosaid.toml:5 + team/whosaid.toml:4"), "{}", out(&output));
    assert!(line("carry-max").ends_with("# default"), "{}", out(&output));
    assert_eq!(code(&output), 0);
}

#[test]
fn a_nested_configuration_holds_for_its_folder_wherever_the_check_begins() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    };
    write("whosaid.toml", "[rules]\nC302 = \"error\"\n");
    write("a.md", "It rained.[^1]\n");
    write("old/whosaid.toml", "exclude = [\"cut/**\"]\n[rules]\nC302 = { level = \"hint\", paths = [\"two/*\"] }\n");
    for name in ["old/one/b.md", "old/two/c.md", "old/cut/d.md"] {
        write(name, "It rained.[^1]\n");
    }
    let found = |arguments: &[&str], at: &Path| {
        let output = whosaid(&[&["check", "--hints", "--format", "json"], arguments].concat(), at, b"");
        let all: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).expect("JSON");
        let shown = |f: &serde_json::Value| format!("{} {}", f["path"].as_str().unwrap(), f["level"].as_str().unwrap());
        all.iter().map(shown).collect::<Vec<_>>()
    };
    // The nearer setting replaces the outer one: outside its paths the rule has its own level again.
    assert_eq!(found(&[], folder.path()), ["a.md error", "old/one/b.md error", "old/two/c.md hint"]);
    assert_eq!(found(&[], &folder.path().join("old")), ["one/b.md error", "two/c.md hint"]);
    assert_eq!(found(&["two/c.md"], &folder.path().join("old")), ["two/c.md hint"]);
    write("old/whosaid.toml", "root = true\n");
    assert_eq!(found(&["old/two/c.md"], folder.path()), ["old/two/c.md error"]);
    write("whosaid.toml", "[rules]\nC302 = \"off\"\n");
    assert_eq!(found(&["old/two/c.md"], folder.path()), ["old/two/c.md error"], "root = true ends the search");
}

#[test]
fn the_schema_is_printed_as_it_is_committed() {
    let output = whosaid(&["config", "schema"], repository(), b"");
    assert_eq!(code(&output), 0);
    let committed = std::fs::read_to_string(repository().join("docs/whosaid.schema.json")).expect("it is there");
    assert!(out(&output) == committed, "UPDATE_EXPECT=1 cargo test --test settings");
}

#[test]
fn an_audit_lists_every_exception_with_its_reason() {
    let output = whosaid(&["check", "examples/desk/drafts", "--audit"], repository(), b"");
    assert!(out(&output).contains("ignore A101: counted from the quay on 11 April (hides A101 "), "{}", out(&output));
    assert!(
        out(&output).contains("ignore A107 until 2026-01-31: no reason given (expired, hides nothing)"),
        "{}",
        out(&output)
    );
    assert!(out(&output).ends_with("4 exceptions.\n"), "{}", out(&output));
}

#[test]
fn nothing_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("note.md"), "The rain stopped.[^1]\n").expect("written");
    whosaid(&["check"], folder.path(), b"");
    whosaid(&["entities"], folder.path(), b"");
    let names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(names, ["note.md"]);
}

#[test]
fn what_is_safe_to_mend_is_shown_first_and_mended_on_demand() {
    const BEFORE: &str = "Output fell. [^1]\r\n\r\nThe rain stopped.\r\n\r\n\"He came. [^1]\"\r\n\r\n[^1]: Port log.";
    const AFTER: &str = "Output fell.[^1]\r\n\r\nThe rain stopped.\r\n\r\n\"He came. [^1]\"\r\n\r\n[^1]: Port log.";
    let folder = tempfile::tempdir().expect("a folder");
    let note = folder.path().join("note.md");
    std::fs::write(&note, BEFORE).expect("written");

    let dry = whosaid(&["check", "--fix", "--dry-run"], folder.path(), b"");
    assert_eq!((code(&dry), err(&dry)), (0, ""));
    assert_eq!(std::fs::read_to_string(&note).unwrap(), BEFORE);
    let diff = out(&dry);
    assert!(diff.starts_with("--- a/note.md\n+++ b/note.md\n@@ -1,"), "{diff}");
    assert!(diff.contains("\n-Output fell. [^1]\r\n+Output fell.[^1]\r\n"), "{diff}");

    let fixed = whosaid(&["check", "--fix"], folder.path(), b"");
    assert_eq!(err(&fixed), "whosaid: note.md: 1 place changed\n");
    assert_eq!(std::fs::read_to_string(&note).unwrap(), AFTER);
    let again = whosaid(&["check", "--fix"], folder.path(), b"");
    assert_eq!(err(&again), "", "nothing is left to mend");
    let names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(names, ["note.md"]);

    let alone = whosaid(&["check", "--dry-run"], folder.path(), b"");
    assert_eq!(code(&alone), 2, "a dry run of nothing is a slip");
}

#[cfg(unix)]
#[test]
fn what_cannot_be_mended_without_loss_is_named_and_the_rest_is_mended() {
    use std::os::unix::fs::symlink;
    let text = "Output fell. [^1]\n\n[^1]: Port log.\n";
    let elsewhere = desk(&[("far.md", text)]);
    let folder = desk(&[("note.md", text), ("twin.md", text), ("sub/real.md", text)]);
    std::fs::hard_link(folder.path().join("twin.md"), folder.path().join("other.txt")).expect("linked");
    symlink(elsewhere.path().join("far.md"), folder.path().join("far.md")).expect("linked");
    symlink("sub/real.md", folder.path().join("near.md")).expect("linked");
    let lines = |arguments: &[&str]| {
        let output = whosaid(&[&["check", "--fix"], arguments].concat(), folder.path(), b"");
        let mut lines: Vec<String> = err(&output).lines().map(str::to_owned).collect();
        lines.sort();
        (code(&output), lines, out(&output).to_owned())
    };
    let refused = |lines: &[String]| {
        assert!(lines.iter().any(|line| line.starts_with("whosaid: far.md: ") && line.contains("leads out of the")));
        // Two names of one file are one note, under the first of them.
        assert!(lines.iter().any(|line| line.starts_with("whosaid: other.txt: ") && line.contains("hard links")));
    };
    let (_, dry, diff) = lines(&["--dry-run"]);
    refused(&dry);
    assert!(diff.contains("+++ b/note.md") && !diff.contains("far.md") && !diff.contains("twin.md"), "{diff}");
    // Reading elsewhere may be allowed; writing there is not.
    let (code, allowed, _) = lines(&["--allow-read", elsewhere.path().to_str().unwrap()]);
    assert_eq!(code, 2, "{allowed:?}");
    assert!(allowed.iter().any(|line| line.starts_with("whosaid: far.md: ") && line.contains("out of the project")));
    let (code, said, _) = lines(&[]);
    assert_eq!(code, 2, "{said:?}");
    refused(&said);
    assert!(!said.iter().any(|line| line.contains("meanwhile")), "{said:?}");
    let read = |path: &Path| std::fs::read_to_string(path).unwrap();
    assert_eq!(read(&elsewhere.path().join("far.md")), text);
    assert_eq!(read(&folder.path().join("twin.md")), text);
    for name in ["note.md", "sub/real.md"] {
        assert_eq!(read(&folder.path().join(name)), text.replace(". [", ".["), "{name}");
    }
    assert!(std::fs::symlink_metadata(folder.path().join("near.md")).unwrap().is_symlink());
}

/// The diff is one that other programs can apply.
#[test]
fn the_diff_of_a_dry_run_applies() {
    let folder = tempfile::tempdir().expect("a folder");
    let filler = "The rain stopped.\n\n".repeat(12);
    let before = format!("Output fell. [^1]\n\nIt shut. [^1]\n\n{filler}It rose. [^1]\n\n[^1]: Port log.\n");
    std::fs::write(folder.path().join("note.md"), &before).expect("written");
    let dry = whosaid(&["check", "--fix", "--dry-run"], folder.path(), b"");
    std::fs::write(folder.path().join("note.diff"), out(&dry)).expect("written");
    let applied = Command::new("git").args(["apply", "note.diff"]).current_dir(folder.path()).output().expect("git");
    assert!(applied.status.success(), "{}\n{}", String::from_utf8_lossy(&applied.stderr), out(&dry));
    assert_eq!(std::fs::read_to_string(folder.path().join("note.md")).unwrap(), before.replace(". [^1]", ".[^1]"));
}

/// What is kept makes the next run faster and changes nothing that it says.
#[test]
fn results_are_the_same_with_and_without_what_was_kept() {
    let (desk, cache) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    copy(&repository().join("examples/desk"), desk.path());
    let brief = desk.path().join("briefs");
    let brief = std::fs::read_dir(brief).unwrap().next().unwrap().unwrap().path();
    let asked: [&[&str]; 4] = [
        &["check", ".", "--hints", "--format", "json"],
        &["check", brief.to_str().unwrap(), "--hints", "--format", "json"],
        &["entities", "--json"],
        &["entities", "sources", "--json"],
    ];
    let same = |state: &str| {
        for arguments in asked {
            let fresh = whosaid(arguments, desk.path(), b"");
            let kept = whosaid_keeping(arguments, desk.path(), b"", cache.path());
            assert_eq!((out(&kept), err(&kept)), (out(&fresh), err(&fresh)), "{state}: {arguments:?}");
            assert_eq!(code(&kept), code(&fresh));
        }
    };
    same("nothing kept yet");
    assert_eq!(
        std::fs::read_dir(cache.path())
            .unwrap()
            .filter(|entry| {
                entry.as_ref().unwrap().path().extension().is_some_and(|extension| extension == "sqlite")
            })
            .count(),
        1
    );
    same("all kept");
    std::fs::write(&brief, "# Port Sarn\n\nNadim Haddad met Lidia Marr of Norvik Shipping.\n").unwrap();
    std::fs::write(desk.path().join("new.md"), "Lidia Marr left Port Sarn with 700 men.\n").unwrap();
    std::fs::remove_file(std::fs::read_dir(desk.path().join("sources")).unwrap().next().unwrap().unwrap().path())
        .unwrap();
    same("notes changed, new and gone");
    std::fs::write(desk.path().join("whosaid.toml"), "carry-max = 0\n").unwrap();
    same("other settings");
    for file in std::fs::read_dir(cache.path()).unwrap() {
        std::fs::write(file.unwrap().path(), "damaged").unwrap();
    }
    same("damaged");
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(|entry| entry.unwrap().path()) {
        let to = to.join(entry.file_name().unwrap());
        if entry.is_dir() {
            copy(&entry, &to);
        } else {
            std::fs::copy(&entry, to).unwrap();
        }
    }
}

#[test]
fn what_is_kept_can_be_found_and_removed_and_turned_off() {
    let (desk, cache) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    std::fs::write(desk.path().join("a.md"), "Lidia Marr spoke.\n").unwrap();
    let run = |arguments: &[&str]| whosaid_keeping(arguments, desk.path(), b"", cache.path());
    let path = run(&["cache", "path"]);
    let file = Path::new(out(&path).trim()).to_path_buf();
    assert!(file.starts_with(cache.path()) && !file.exists(), "{}", out(&path));
    assert_eq!(code(&run(&["entities"])), 0);
    assert!(file.is_file());
    assert_eq!(out(&run(&["cache", "clear"])), format!("removed {}\n", file.display()));
    assert!(!file.exists());
    assert_eq!(out(&run(&["cache", "clear"])), "nothing to remove\n");

    std::fs::write(desk.path().join("whosaid.toml"), "store = \"workspace\"\n").unwrap();
    assert_eq!(code(&run(&["entities"])), 0);
    let own = desk.path().join(".whosaid");
    assert_eq!(std::fs::read_to_string(own.join(".gitignore")).unwrap(), "*\n");
    assert!(Path::new(out(&run(&["cache", "path"])).trim()).starts_with(&own));
    assert!(out(&run(&["cache", "clear"])).starts_with("removed "));

    std::fs::write(desk.path().join("whosaid.toml"), "store = \"off\"\n").unwrap();
    assert_eq!(code(&run(&["entities"])), 0);
    let off = run(&["cache", "path"]);
    assert!(out(&off).is_empty() && err(&off).contains("nothing is kept"), "{}", err(&off));
    let left = std::fs::read_dir(cache.path()).unwrap().count() + std::fs::read_dir(&own).unwrap().count();
    assert_eq!(left, 1, "only the .gitignore is left");
}

#[test]
fn where_nothing_can_be_kept_it_is_said_once_and_the_results_are_the_same() {
    let (desk, cache) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    std::fs::write(desk.path().join("a.md"), "Lidia Marr spoke.\n").unwrap();
    let blocked = cache.path().join("file");
    std::fs::write(&blocked, "").unwrap();
    let output = whosaid_keeping(&["entities"], desk.path(), b"", &blocked);
    assert_eq!((code(&output), out(&output)), (0, out(&whosaid(&["entities"], desk.path(), b""))));
    assert_eq!(
        (err(&output).lines().count(), err(&output).matches("kept in memory").count()),
        (1, 1),
        "{}",
        err(&output)
    );
}

const NAMING: &str = "---\nbibliography: ../other/refs.bib\n---\nThe law held [@pell30].\n";
const BOOK: &str = "@book{pell30, author = {Ada Pell}, title = {Port Law}, date = {2030}}\n";

#[test]
fn a_bibliography_elsewhere_is_read_once_the_user_allows_it_and_never_because_the_folder_does() {
    let folder = desk(&[("other/refs.bib", BOOK), ("vault/whosaid.toml", ""), ("vault/note.md", NAMING)]);
    let (vault, other) = (folder.path().join("vault"), folder.path().join("other"));
    let output = whosaid(&["check"], &vault, b"");
    assert_eq!(code(&output), 1, "{}", err(&output));
    assert!(out(&output).contains("note.md:2:15") && out(&output).contains("warning[C315]"), "{}", out(&output));
    assert!(out(&output).contains("--allow-read"), "{}", out(&output));
    write(folder.path(), "vault/whosaid.toml", "[library]\nbibliography = \"../other/refs.bib\"\n");
    let output = whosaid(&["check"], &vault, b"");
    assert!(out(&output).contains("whosaid.toml:2:17") && out(&output).contains("warning[S905]"), "{}", out(&output));

    let allowed = whosaid(&["check", "--allow-read", "../other"], &vault, b"");
    assert_eq!((code(&allowed), err(&allowed)), (0, ""), "{}", out(&allowed));
    let by_environment = Command::new(env!("CARGO_BIN_EXE_whosaid"))
        .arg("check")
        .env("WHOSAID_ALLOW_READ", other.join("refs.bib"))
        .env("WHOSAID_CACHE_DIR", folder.path().join("cache"))
        .current_dir(&vault)
        .output()
        .expect("the binary starts");
    assert_eq!(code(&by_environment), 0, "{}", out(&by_environment));
}

#[test]
fn a_note_that_is_too_large_is_named_and_the_rest_is_checked() {
    let long = "Minister Nadim Haddad spoke in Port Sarn.\n\n".repeat(25_000);
    let folder =
        desk(&[("whosaid.toml", "largest-file = 1\n"), ("a.md", "The rain stopped.[^1]\n"), ("long.md", &long)]);
    let output = whosaid(&["check"], folder.path(), b"");
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("long.md: too large to check (2 MB; limit 1 MB)"), "{}", err(&output));
    assert!(out(&output).contains("error[C302]"), "{}", out(&output));
}

#[cfg(unix)]
#[test]
fn a_note_that_is_named_twice_is_reported_once() {
    use std::os::unix::fs::symlink;
    let folder = desk(&[("notes/a.md", "The rain stopped.[^1]\n"), ("notes/same.md", "The rain stopped.[^1]\n")]);
    let (link, hard) = (folder.path().join("link"), folder.path().join("notes/hard.md"));
    symlink(folder.path().join("notes"), &link).expect("a link can be made");
    std::fs::hard_link(folder.path().join("notes/a.md"), hard).expect("a hard link can be made");
    let reported = |arguments: &[&str]| {
        let output = whosaid(&[&["check", "--format", "jsonl"], arguments].concat(), folder.path(), b"");
        let path = |line: &str| serde_json::from_str::<serde_json::Value>(line).expect("JSON")["path"].clone();
        let mut paths: Vec<String> =
            out(&output).lines().map(|line| path(line).as_str().expect("a path").to_owned()).collect();
        paths.dedup();
        paths
    };
    for configured in [false, true] {
        assert_eq!(reported(&["notes/a.md", "link/a.md"]), ["notes/a.md"], "{configured}");
        assert_eq!(reported(&["link/a.md", "notes/hard.md", "notes/a.md"]), ["notes/a.md"], "{configured}");
        assert_eq!(reported(&["link", "notes"]), ["notes/a.md", "notes/same.md"], "{configured}");
        assert_eq!(reported(&["."]), ["notes/a.md", "notes/same.md"], "{configured}");
        // By its other name alone it is reported all the same.
        assert_eq!(reported(&["link/a.md"]).len(), 1, "{configured}");
        assert_eq!(reported(&["notes/hard.md"]).len(), 1, "{configured}");
        write(folder.path(), "whosaid.toml", "");
    }
}

#[cfg(unix)]
#[test]
fn what_the_user_names_is_read_wherever_it_stands_and_what_a_link_names_is_not() {
    use std::os::unix::fs::symlink;
    let folder = desk(&[("other/a.md", "The rain stopped.[^1]\n"), ("vault/b.md", "The rain went on.\n")]);
    let vault = folder.path().join("vault");
    symlink(folder.path().join("other/a.md"), vault.join("a.md")).expect("a link can be made");
    let output = whosaid(&["check"], &vault, b"");
    assert_eq!(code(&output), 0, "{}", out(&output));
    assert!(err(&output).contains("a.md: this link leads out of the folder and is not followed"), "{}", err(&output));
    let output = whosaid(&["check", "a.md"], &vault, b"");
    assert!(out(&output).contains("a.md:1:18"), "{} {}", out(&output), err(&output));
    let output = whosaid(&["check", "../other/a.md"], &vault, b"");
    assert!(out(&output).contains("error[C302]"), "{} {}", out(&output), err(&output));
}
