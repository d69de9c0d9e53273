//! Projects on a disk: each test makes its own folder.

use std::fs;
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;

use super::index::{Host, Indexed, Keep};
use super::kept::Kept;
use super::*;
use crate::workspace::{Change, FileIds, Snapshot, Workspace};

fn desk(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn names(project: &Project) -> Vec<String> {
    let mut problems = Vec::new();
    let found = project.notes(&mut problems).iter().map(|path| project.relative(path)).collect();
    assert_eq!(problems, []);
    found
}

fn load(project: &Project, keep: Keep) -> (Snapshot, Indexed) {
    let (ids, workspace) = (Mutex::new(FileIds::default()), Mutex::new(Workspace::default()));
    let indexed = project.index(&Host {
        id: &|path| ids.lock().unwrap().id(path),
        sink: &|change, _| workspace.lock().unwrap().apply(change),
        unchanged: &|_, path| panic!("{path} cannot be known"),
        progress: &|done, all| assert!(done <= all),
        cancelled: &AtomicBool::new(false),
        pause: &|| {},
        in_front: &[],
        kept: &Kept::default(),
        keep: &|_| keep,
    });
    let snapshot = workspace.lock().unwrap().snapshot();
    (snapshot, indexed)
}

#[test]
fn notes_are_what_no_ignore_file_and_no_pattern_leaves_out() {
    let folder = desk(&[
        ("a.md", ""),
        ("b.TXT", ""),
        ("c.docx", ""),
        (".hidden/d.md", ""),
        (".gitignore", "skipped/\n"),
        (".ignore", "also.md\n"),
        ("skipped/e.md", ""),
        ("also.md", ""),
        ("archive/f.md", ""),
    ]);
    assert_eq!(names(&Project::open(folder.path())), ["a.md", "archive/f.md", "b.TXT"]);
    fs::write(folder.path().join(CONFIG_FILE), "include = [\"**/*.md\"]\nexclude = [\"archive/**\"]\n").unwrap();
    assert_eq!(names(&Project::open(folder.path())), ["a.md"]);
}

#[test]
fn what_the_walk_would_find_is_told_without_the_walk() {
    let folder = desk(&[
        (".gitignore", "drafts/\nsecret.md\n"),
        ("a.md", ""),
        ("sub/b.md", ""),
        ("sub/secret.md", ""),
        ("sub/c.rs", ""),
        ("drafts/d.md", ""),
        (".hidden/e.md", ""),
    ]);
    let project = Project::open(folder.path());
    let all: Vec<PathBuf> = ["a.md", "sub/b.md", "sub/secret.md", "sub/c.rs", "drafts/d.md", ".hidden/e.md", "gone.md"]
        .map(|name| project.root.join(name))
        .into();
    let mut listed: Vec<String> = project.listed(&all).iter().map(|path| project.relative(path)).collect();
    listed.sort();
    assert_eq!(listed, ["a.md", "sub/b.md"]);
    assert!(project.listed(&[]).is_empty());
}

#[test]
fn the_outermost_configuration_is_the_root_and_nearer_ones_are_laid_over_it() {
    let folder = desk(&[
        (CONFIG_FILE, "profile = \"strict\"\ncarry-max = 1\n[library]\nbibliography = \"outer.bib\"\n"),
        ("desk/whosaid.toml", "carry-max = 3\n"),
        ("desk/notes/a.md", "text"),
    ]);
    let (note, outer) = (folder.path().join("desk/notes/a.md"), folder.path().join("b.md"));
    let project = Project::open(&note);
    assert_eq!(project.relative(&folder.path().join("desk/notes/../notes/a.md")), "desk/notes/a.md");
    let carried = |path: &Path| (project.config_at(path).profile, project.config_at(path).analysis.carry_max);
    assert_eq!(carried(&note), (crate::config::Profile::Strict, 3));
    assert_eq!(carried(&outer), (crate::config::Profile::Strict, 1));
    assert_eq!(project.bibliography, [folder.path().join("outer.bib")]);
    fs::write(folder.path().join("desk/whosaid.toml"), "root = true\ncarry-max = 3\n").unwrap();
    let project = Project::open(&note);
    assert_eq!((project.relative(&note).as_str(), project.bibliography.len()), ("notes/a.md", 0));
}

#[test]
fn while_a_file_is_no_toml_what_it_said_last_holds() {
    let folder = desk(&[(CONFIG_FILE, "carry-max = 1\n"), ("sub/whosaid.toml", "carry-max = 3\n"), ("sub/a.md", "")]);
    let note = folder.path().join("sub/a.md");
    let carried = |project: &Project| (project.config.analysis.carry_max, project.config_at(&note).analysis.carry_max);
    let mut project = Project::open(folder.path());
    assert_eq!(carried(&project), (1, 3));
    for (outer, inner, holds) in [
        ("carry-max = 1\nprofile = [", "carry-max = ", (1, 3)),
        ("carry-max = 0\n", "carry-max = 4]\n", (0, 3)),
        ("carry-max = 0\n", "\u{0}", (0, 3)),
        ("carry-max = 0\n", "carry-max = 4\n", (0, 4)),
    ] {
        fs::write(folder.path().join(CONFIG_FILE), outer).unwrap();
        fs::write(folder.path().join("sub/whosaid.toml"), inner).unwrap();
        project = Project::open_after(folder.path(), &[project], &Allowed::default());
        assert_eq!(carried(&project), holds, "{outer} {inner}");
        let broken = project.all_config_files().iter().filter(|file| !file.problems.is_empty()).count();
        assert_eq!(broken, usize::from(outer.contains('[')) + usize::from(inner != "carry-max = 4\n"));
    }
}

#[test]
fn a_broken_configuration_is_reported_with_its_place_and_loses_only_what_is_broken() {
    let folder = desk(&[(CONFIG_FILE, "[rules]\nA999 = \"error\"\nunused-supression = \"error\"\n")]);
    let project = Project::open(folder.path());
    let problems = &project.config_files[0].problems;
    assert_eq!(problems.len(), 2);
    assert!(problems[1].message.contains("did you mean unused-suppression?"), "{}", problems[1].message);
}

#[test]
fn bad_files_are_named_and_the_rest_is_read() {
    let folder = desk(&[("good.md", "Port Sarn reopened."), ("marked.md", "\u{feff}Port Sarn reopened.")]);
    fs::write(folder.path().join("binary.txt"), b"a\0b").unwrap();
    fs::write(folder.path().join("latin.txt"), b"caf\xe9").unwrap();
    fs::write(folder.path().join("wide.txt"), b"\xff\xfea\0").unwrap();
    let (snapshot, indexed) = load(&Project::open(folder.path()), Keep::Text);
    assert_eq!(
        snapshot.notes().map(|(_, n)| n.path.to_string()).collect::<Vec<_>>(),
        ["good.md", "latin.txt", "marked.md"]
    );
    let said: Vec<_> =
        indexed.problems.iter().map(|p| (p.path.file_name().unwrap().to_str().unwrap(), p.skipped)).collect();
    assert_eq!(said, [("binary.txt", true), ("latin.txt", false), ("wide.txt", true)]);
    let marked = snapshot.full(snapshot.file_at("marked.md").unwrap()).unwrap();
    assert_eq!(marked.text.as_deref(), Some("Port Sarn reopened."));
}

#[test]
fn bibliographies_are_found_by_name_or_by_looking() {
    let folder = desk(&[("refs/a.bib", "@misc{pell31, title = {Log}}"), ("b.bib", "@misc{orr30, title = {Log}}")]);
    let keys = |project: &Project| {
        let (snapshot, _) = load(project, Keep::Nothing);
        snapshot.sources().map(|(_, s)| s.key.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(keys(&Project::open(folder.path())), ["orr30", "pell31"]);
    fs::write(folder.path().join(CONFIG_FILE), "[library]\nbibliography = [\"refs/a.bib\", \"gone.bib\"]\n").unwrap();
    let project = Project::open(folder.path());
    assert_eq!(keys(&project), ["pell31"]);
    let (_, indexed) = load(&project, Keep::Nothing);
    assert!(indexed.problems.is_empty(), "it is said at its line: {:?}", indexed.problems);
    let [problem] = &project.config_files[0].problems[..] else { panic!("{:?}", project.config_files) };
    assert_eq!(problem.range.of(&project.config_files[0].text), "gone.bib");
}

/// The places of what a configuration says of bibliographies, with the first words of what is said.
fn said_of_bibliographies(toml: &str) -> Vec<(String, String)> {
    let folder = desk(&[(CONFIG_FILE, toml), ("lib.bib", "@misc{orr30}"), ("sub/lib.bib", "@misc{pell31}")]);
    let file = Project::open(folder.path()).config_files[0].clone();
    let words = |message: &str| message.split([':', ',']).next().unwrap_or_default().to_owned();
    file.problems.iter().map(|p| (p.range.of(&file.text).to_owned(), words(&p.message))).collect()
}

#[test]
fn a_bibliography_that_is_not_there_is_said_at_its_name() {
    let missing = "There is no such file";
    for (name, said) in [
        ("none.bib", missing),
        ("~pell/refs.bib", missing),
        ("lib.bib/refs.bib", missing),
        ("https://norvik.example/lib.bib", "This is an address"),
        ("file:///home/pell/lib.bib", "This is an address"),
    ] {
        let found = said_of_bibliographies(&format!("[library]\nbibliography = [\"lib.bib\", \"{name}\"]\n"));
        assert_eq!(found, [(name.to_owned(), said.to_owned())]);
    }
    assert_eq!(said_of_bibliographies("[library]\nbibliography = [\"lib.bib\", \"sub/lib.bib\"]\n"), []);
}

#[test]
fn a_name_is_marked_where_it_stands_and_not_where_another_holds_it() {
    let place = |names: &str| {
        let toml = format!("# none.bib\n[library]\nbibliography = {names}\n");
        let found = said_of_bibliographies(&toml);
        assert_eq!(found.len(), 1, "{toml} {found:?}");
        found[0].0.clone()
    };
    assert_eq!(place(r#"["sub/lib.bib", "b.bib"]"#), "b.bib");
    assert_eq!(place("\"none.bib\""), "none.bib");
    assert_eq!(place(r#"["sub/lib.bib", 'n\o.bib']"#), r"n\o.bib");
    assert_eq!(place(r#"["lib.bib", "n\u006Fne.bib"]"#), r"n\u006Fne.bib");
    assert_eq!(place("[\"\"\"none.bib\"\"\"]"), "none.bib");
    let folder =
        desk(&[(CONFIG_FILE, "\u{feff}[library]\nbibliography = [\"sub/o.bib\", \"o.bib\"]\n"), ("sub/o.bib", "")]);
    let file = Project::open(folder.path()).config_files[0].clone();
    assert_eq!(Some(file.problems[0].range.start as usize), file.text.rfind("o.bib"));
}

#[test]
fn a_bibliography_of_a_note_that_is_not_there_is_known_as_such() {
    use crate::workspace::unread::Refusal;
    let head = |name: &str| format!("---\nbibliography: \"{name}\"\n---\nSo it was.\n");
    let files = [
        ("a.md", head("none.bib"), Some(Refusal::Missing)),
        ("b.md", head("~pell/none.bib"), Some(Refusal::OtherHome)),
        ("c.md", head("https://norvik.example/refs.bib"), Some(Refusal::Address)),
        ("d.md", head("lib.bib"), None),
    ];
    let folder = desk(&[("lib.bib", "@misc{orr30}")]);
    for (name, text, _) in &files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let (_, indexed) = load(&Project::open(folder.path()), Keep::Nothing);
    for (note, _, wanted) in files {
        let found = indexed.unread.iter().find(|(path, _)| **path == *note).map(|(_, names)| names[0].1);
        assert_eq!(found, wanted, "{note}");
    }
    assert!(indexed.problems.is_empty(), "{:?}", indexed.problems);
}

#[cfg(unix)]
#[test]
fn a_folder_link_that_leads_out_brings_no_configuration() {
    let outer = desk(&[
        ("vault/whosaid.toml", ""),
        ("vault/a.md", "---\nbibliography: [out/x.bib, out/sub/y.bib]\n---\nSo it was.\n"),
        ("other/x.bib", "@misc{orr30}"),
        ("other/whosaid.toml", "carry-max = 1\n"),
        ("vault/sub/whosaid.toml", "carry-max = 2\n"),
        ("vault/sub/b.md", "So it was.\n"),
    ]);
    std::os::unix::fs::symlink(outer.path().join("other"), outer.path().join("vault/out")).unwrap();
    let project = Project::open(&outer.path().join("vault"));
    let (_, indexed) = load(&project, Keep::Nothing);
    let files = project.all_config_files();
    let names: Vec<String> = files.iter().map(|file| project.relative(&file.path)).collect();
    assert_eq!(names, ["whosaid.toml", "sub/whosaid.toml"]);
    assert!(files.iter().all(|file| file.problems.is_empty()) && indexed.unread.len() == 1, "{files:?}");
}

#[test]
fn a_note_may_name_its_own_bibliography() {
    let folder = desk(&[
        (CONFIG_FILE, "[library]\nbibliography = \"main.bib\"\n"),
        ("main.bib", "@misc{orr30, title = {Log}}"),
        ("drafts/own.bib", "@misc{pell31, title = {Log}}"),
        ("drafts/a.md", "---\nbibliography: own.bib\n---\nSo it was [@pell31].\n"),
    ]);
    let (snapshot, _) = load(&Project::open(folder.path()), Keep::Nothing);
    assert!(snapshot.knows_source("pell31") && snapshot.knows_source("orr30"));
}

#[test]
fn source_notes_are_told_by_the_patterns_of_the_library() {
    let clip = "The port handled 38 million tonnes in 2030.\n";
    let folder = desk(&[
        ("clips/hd0502.md", clip),
        ("clips/pell.md", "---\ntype: person\n---\n# Ada Pell\n"),
        ("note.md", clip),
        (CONFIG_FILE, "[library]\nnotes = [\"clips/**\"]\n"),
    ]);
    let (snapshot, _) = load(&Project::open(folder.path()), Keep::Text);
    let is_source = |path: &str| {
        let file = snapshot.file_at(path).unwrap();
        let zones = &snapshot.full(file).unwrap().facts.zones;
        (snapshot.note(file).unwrap().source.is_some(), zones.contains(&crate::analysis::facts::Zone::Exempt))
    };
    assert_eq!(is_source("clips/hd0502.md"), (true, true));
    assert_eq!(is_source("note.md"), (false, false));
    assert!(!is_source("clips/pell.md").0, "front matter says more than a folder");
}

#[test]
fn an_index_can_be_stopped() {
    let folder = desk(&[("a.md", "text"), ("b.md", "text")]);
    let found = Mutex::new(0);
    let indexed = Project::open(folder.path()).index(&Host {
        id: &|_| crate::workspace::FileId(0),
        sink: &|change, _| *found.lock().unwrap() += i32::from(matches!(change, Change::Closed(..))),
        unchanged: &|_, _| {},
        progress: &|_, _| {},
        cancelled: &AtomicBool::new(true),
        pause: &|| {},
        in_front: &[],
        kept: &Kept::default(),
        keep: &|_| Keep::Nothing,
    });
    assert_eq!((indexed.notes.len(), *found.lock().unwrap()), (0, 0));
}

#[test]
fn a_home_folder_and_the_root_of_the_disk_are_not_searched() {
    let home = Project { root: absolute(&std::env::home_dir().unwrap()), ..Project::open(Path::new("/")) };
    assert!(home.is_configured() || home.is_too_wide().is_some());
    let root = Project::open(Path::new("/"));
    if !root.is_configured() {
        let mut problems = Vec::new();
        assert_eq!(root.notes(&mut problems), [""; 0].map(PathBuf::from));
        assert_eq!(problems.len(), 1);
    }
}

#[cfg(unix)]
#[test]
fn a_circle_of_links_ends() {
    let folder = desk(&[("a/note.md", "text")]);
    std::os::unix::fs::symlink(folder.path(), folder.path().join("a/again")).unwrap();
    std::os::unix::fs::symlink(folder.path().join("nowhere"), folder.path().join("broken.md")).unwrap();
    let mut problems = Vec::new();
    let project = Project::open(folder.path());
    let found: Vec<_> = project.notes(&mut problems).iter().map(|path| project.relative(path)).collect();
    assert_eq!(found, ["a/note.md"]);
    assert_eq!(problems.len(), 2, "{problems:?}");
}

#[test]
fn the_file_in_front_is_read_first_then_its_folder_then_the_rest() {
    let folder = desk(&[("a/1.md", ""), ("b/2.md", ""), ("b/3.md", ""), ("b/c/4.md", ""), ("d/5.md", "")]);
    let (ids, order) = (Mutex::new(FileIds::default()), Mutex::new(Vec::new()));
    let project = Project::open(folder.path());
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let host = Host {
        id: &|path| ids.lock().unwrap().id(path),
        unchanged: &|_, _| {},
        sink: &|change, _| {
            if let Change::Closed(_, note) = change {
                order.lock().unwrap().push(note.path.to_string());
            }
        },
        progress: &|_, _| {},
        cancelled: &AtomicBool::new(false),
        pause: &|| {},
        in_front: &[folder.path().join("b/3.md")],
        kept: &Kept::default(),
        keep: &|_| Keep::Nothing,
    };
    let indexed = one.install(|| project.index(&host));
    assert_eq!(*order.lock().unwrap(), ["b/3.md", "b/2.md", "a/1.md", "b/c/4.md", "d/5.md"]);
    // Numbers stay in the order of paths, whatever is read first.
    assert_eq!(indexed.notes, (0..5).map(crate::workspace::FileId).collect::<Vec<_>>());
}

/// What an index read, and what it passed over as known, by path.
fn reread(project: &Project, kept: &Kept) -> (Vec<String>, Vec<String>) {
    let ids = Mutex::new(FileIds::default());
    let (read, passed) = (Mutex::new(Vec::new()), Mutex::new(Vec::new()));
    let indexed = project.index(&Host {
        id: &|path| ids.lock().unwrap().id(path),
        sink: &|change, stamp| {
            if let Change::Closed(_, brief) = change {
                read.lock().unwrap().push(brief.path.to_string());
                stamp.into_iter().for_each(|stamp| kept.keep(&brief.path, stamp, &brief));
            }
        },
        unchanged: &|_, path| passed.lock().unwrap().push(path.to_owned()),
        progress: &|_, _| {},
        cancelled: &AtomicBool::new(false),
        pause: &|| {},
        in_front: &[],
        kept,
        keep: &|_| Keep::Nothing,
    });
    let sorted = |all: Mutex<Vec<String>>| {
        let mut all = all.into_inner().unwrap();
        all.sort();
        all
    };
    let (read, passed) = (sorted(read), sorted(passed));
    assert_eq!(indexed.notes.len(), read.len() + passed.len());
    (read, passed)
}

#[test]
fn only_what_is_new_or_other_is_read_again() {
    let folder = desk(&[("a.md", "Lidia Marr spoke."), ("b.md", "Nadim Haddad left."), ("c.md", "Ada Pell waited.")]);
    fs::write(folder.path().join("latin.txt"), b"caf\xe9").unwrap();
    let kept = Kept::default();
    let project = Project::open(folder.path());
    assert_eq!(reread(&project, &kept).0, ["a.md", "b.md", "c.md", "latin.txt"]);
    // What was read with losses is said each time.
    assert_eq!(reread(&project, &kept), (vec!["latin.txt".into()], ["a.md", "b.md", "c.md"].map(Into::into).into()));
    fs::remove_file(folder.path().join("latin.txt")).unwrap();

    fs::write(folder.path().join("a.md"), "Lidia Marr speaks").unwrap();
    fs::write(folder.path().join("b.md"), "Nadim Haddad left.").unwrap();
    fs::rename(folder.path().join("c.md"), folder.path().join("d.md")).unwrap();
    assert_eq!(reread(&project, &kept), (["a.md", "d.md"].map(Into::into).into(), vec!["b.md".into()]));
    assert_eq!(kept.known("c.md"), None);

    fs::write(folder.path().join(CONFIG_FILE), "carry-max = 1\n").unwrap();
    assert_eq!(reread(&Project::open(folder.path()), &kept).0, ["a.md", "b.md", "d.md"]);
    fs::write(folder.path().join(CONFIG_FILE), "carry-max = 1\n[rules]\nC302 = \"off\"\n").unwrap();
    assert_eq!(reread(&Project::open(folder.path()), &kept).0, [""; 0], "levels change no analysis");
}

#[cfg(unix)]
#[test]
fn a_file_that_could_not_be_read_is_read_once_it_can() {
    use std::os::unix::fs::symlink;
    let folder = desk(&[("a.md", "Lidia Marr spoke.")]);
    let (kept, project) = (Kept::default(), Project::open(folder.path()));
    assert_eq!(reread(&project, &kept).0, ["a.md"]);
    let path = folder.path().join("a.md");
    fs::remove_file(&path).unwrap();
    symlink(&path, &path).unwrap();
    assert_eq!(reread(&project, &kept), (vec![], vec![]));
    fs::remove_file(&path).unwrap();
    fs::write(&path, "Lidia Marr spoke.").unwrap();
    assert_eq!(reread(&project, &kept).0, ["a.md"]);
}

#[test]
fn many_other_files_around_the_notes_do_not_matter() {
    let folder = desk(&[("a.md", "Lidia Marr spoke.")]);
    for number in 0..5000 {
        fs::write(folder.path().join(format!("{number}.json")), "{}").unwrap();
    }
    assert_eq!(names(&Project::open(folder.path())), ["a.md"]);
}
