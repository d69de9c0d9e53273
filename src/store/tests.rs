//! The file itself: what is written is read, by whomever, whatever happened to it.

use std::collections::BTreeMap;
use std::fs;

use super::compaction::SEGMENT;
use super::log::Log;
use super::log::LogSize;
use super::segment::{Builder, Check};
use super::writer::Writer;
use super::*;

fn stamp(hash: u64) -> Stamp {
    Stamp { modified: 7, size: 3, hash, ..Stamp::default() }
}

fn open(folder: &tempfile::TempDir) -> Store {
    Store::open(&folder.path().join("of/our.sqlite"), Path::new("/desk")).unwrap()
}

fn path(folder: &tempfile::TempDir) -> PathBuf {
    folder.path().join("of/our.sqlite")
}

fn batch(notes: &[(&str, &str)]) -> Builder {
    let mut builder = Builder::default();
    for (path, bytes) in notes {
        if bytes.is_empty() { builder.remove(path) } else { builder.put(path, stamp(1), bytes.as_bytes()) }
    }
    builder
}

fn read(store: &Store) -> BTreeMap<String, String> {
    let log = Log::read(store).unwrap();
    log.notes().map(|(path, _, bytes)| (path.to_string(), String::from_utf8(bytes.to_vec()).unwrap())).collect()
}

fn map(notes: &[(&str, &str)]) -> BTreeMap<String, String> {
    notes.iter().map(|(path, bytes)| ((*path).to_owned(), (*bytes).to_owned())).collect()
}

#[test]
fn later_batches_win_and_what_is_gone_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    open(&folder).add(&batch(&[("a.md", "one"), ("b.md", "two"), ("c.md", "three")])).unwrap();
    open(&folder).add(&batch(&[("b.md", "newer"), ("c.md", "")])).unwrap();
    let mut store = open(&folder);
    let wanted = map(&[("a.md", "one"), ("b.md", "newer")]);
    assert_eq!(read(&store), wanted);
    let size = store.compact().unwrap();
    assert_eq!(size, LogSize { segments: 1, bytes: 8, live: 8 });
    assert_eq!(read(&store), wanted);
    assert_eq!(read(&open(&folder)), wanted);
}

#[test]
fn merging_keeps_the_last_of_each_path_over_many_segments() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(&folder);
    let large = "x".repeat(SEGMENT / 3);
    for round in 0..4 {
        for name in ["a.md", "b.md", "c.md", "d.md"] {
            store.add(&batch(&[(name, &format!("{round}{large}"))])).unwrap();
        }
    }
    let before = read(&store);
    let size = store.compact().unwrap();
    assert_eq!((size.segments, size.live), (2, 4 * (large.len() + 1)));
    assert!(!size.needs_compaction());
    assert_eq!(read(&store), before);
    assert!(before.values().all(|bytes| bytes.starts_with('3')));
}

#[test]
fn merging_keeps_the_newest_stamp_of_a_note_that_stayed_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(&folder);
    store.add(&batch(&[("a.md", "one"), ("b.md", "two")])).unwrap();
    let mut looked = Builder::default();
    looked.same("a.md", stamp(9));
    looked.same("never.md", stamp(9));
    store.add(&looked).unwrap();
    store.compact().unwrap();
    let log = Log::read(&store).unwrap();
    let mut stamps: Vec<_> = log.notes().map(|(path, stamp, _)| (path.to_string(), stamp)).collect();
    stamps.sort_by(|a, b| a.0.cmp(&b.0));
    assert_eq!(stamps, [("a.md".into(), stamp(9)), ("b.md".into(), stamp(1))]);
}

#[test]
fn findings_are_kept_while_the_note_stays_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(&folder);
    store.add(&batch(&[("a.md", "one"), ("b.md", "two"), ("c.md", "three")])).unwrap();
    let mut checked = Builder::default();
    let check = |hash| Check { hash, under: 4 };
    for (path, hash) in [("a.md", 1), ("b.md", 2), ("c.md", 1), ("never.md", 1)] {
        checked.check(path, check(hash), path.as_bytes());
    }
    checked.remove("c.md");
    store.add(&checked).unwrap();
    for _ in 0..2 {
        let log = Log::read(&store).unwrap();
        let found: Vec<_> =
            log.checks().map(|(path, check, bytes)| (path.to_string(), check, bytes.to_vec())).collect();
        assert_eq!(found, [("a.md".to_owned(), check(1), b"a.md".to_vec())], "b.md has changed, c.md is gone");
        store.compact().unwrap();
    }
}

/// Text is confidential, and so is what is learnt of it.
#[cfg(unix)]
#[test]
fn nobody_else_can_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder);
    store.add(&batch(&[("a.md", "one")])).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder.path().join("of")), 0o700);
    let files: Vec<PathBuf> =
        fs::read_dir(folder.path().join("of")).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(files.len() > 1, "the journal is there too: {files:?}");
    assert!(files.iter().all(|file| mode(file) == 0o600), "{files:?}");
}

#[test]
fn what_is_no_store_of_ours_is_replaced_without_a_word() {
    type Harm = fn(&Path);
    let harms: [(&str, Harm); 6] = [
        ("no database", |path| fs::write(path, "Nadim Haddad spoke.\n".repeat(5000)).unwrap()),
        ("cut off", |path| {
            let bytes = fs::read(path).unwrap();
            fs::write(path, &bytes[..bytes.len() / 2 + 100]).unwrap();
        }),
        ("another program's", |path| {
            fs::remove_file(path).unwrap();
            let other = Connection::open(path).unwrap();
            other.execute_batch("CREATE TABLE songs (name TEXT)").unwrap();
        }),
        ("another layout", |path| {
            Connection::open(path).unwrap().pragma_update(None, "user_version", LAYOUT + 1).unwrap();
        }),
        ("another folder's", |path| {
            Connection::open(path).unwrap().execute("UPDATE about SET root = '/elsewhere'", []).unwrap();
        }),
        ("without its table", |path| {
            Connection::open(path).unwrap().execute("DROP TABLE about", []).unwrap();
        }),
    ];
    for (name, harm) in harms {
        let folder = tempfile::tempdir().unwrap();
        open(&folder).add(&batch(&[("a.md", &"one".repeat(100_000))])).unwrap();
        harm(&path(&folder));
        let mut store = open(&folder);
        if store.read_all().is_err() {
            store = store.renew().unwrap();
        }
        assert_eq!(read(&store), map(&[]), "{name}");
        store.add(&batch(&[("b.md", "two")])).unwrap();
        assert_eq!(read(&open(&folder)), map(&[("b.md", "two")]), "{name}");
    }
}

#[test]
fn a_byte_that_was_turned_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let needle = "Norvik Shipping".repeat(4000);
    open(&folder).add(&batch(&[("a.md", &needle)])).unwrap();
    let mut bytes = fs::read(path(&folder)).unwrap();
    let at = bytes.windows(15).position(|window| window == b"Norvik Shipping").unwrap();
    bytes[at] ^= 1;
    fs::write(path(&folder), bytes).unwrap();
    let store = open(&folder);
    assert!(store.read_all().is_err());
    assert_eq!(read(&store.renew().unwrap()), map(&[]));
}

#[test]
fn several_write_and_merge_at_once_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let folder = &folder;
            scope.spawn(move || {
                let mut store = open(folder);
                for note in 0..20 {
                    store.add(&batch(&[(&format!("{writer}-{note}.md"), "text"), ("shared.md", "same")])).unwrap();
                    if note % 7 == writer {
                        store.compact().unwrap();
                    }
                }
            });
        }
    });
    assert_eq!(read(&open(&folder)).len(), 81);
}

#[test]
fn where_nothing_can_be_written_the_reason_is_told() {
    let folder = tempfile::tempdir().unwrap();
    // A file where the folder should be: holds for every user, also for root.
    fs::write(folder.path().join("of"), "").unwrap();
    let trouble = Store::open(&path(&folder), Path::new("/desk")).unwrap_err();
    assert!(["our.sqlite", "kept in memory"].iter().all(|words| trouble.to_string().contains(words)), "{trouble}");
}

#[test]
fn a_full_disk_ends_writing_is_told_once_and_loses_nothing_that_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder);
    store.add(&batch(&[("a.md", "one")])).unwrap();
    // What SQLite says when the file may not grow is what it says when the disk may not.
    let pages: i64 = store.connection.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
    store.connection.pragma_update(None, "max_page_count", pages + 1).unwrap();
    let (said, heard) = std::sync::mpsc::channel();
    let writer = Writer::start(store, move |trouble| said.send(trouble).unwrap());
    for note in 0..8 {
        writer.put(&format!("{note}.md"), stamp(1), vec![b'x'; SEGMENT]);
        writer.flush();
    }
    drop(writer);
    let told: Vec<StoreError> = heard.iter().collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].to_string().contains("full"), "{told:?}");
    assert_eq!(read(&open(&folder)), map(&[("a.md", "one")]));
}

#[test]
fn what_was_sent_is_written_before_the_writer_ends() {
    let folder = tempfile::tempdir().unwrap();
    let writer = Writer::start(open(&folder), |trouble| panic!("{trouble}"));
    writer.put("a.md", stamp(1), b"one".to_vec());
    writer.put("b.md", stamp(1), b"two".to_vec());
    writer.remove("a.md");
    drop(writer);
    assert_eq!(read(&open(&folder)), map(&[("b.md", "two")]));
}

#[test]
fn a_log_that_has_grown_is_merged_in_the_background() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder);
    for round in 0..100 {
        store.add(&batch(&[("a.md", &round.to_string())])).unwrap();
    }
    let writer = Writer::start(store, |trouble| panic!("{trouble}"));
    writer.found(LogSize { segments: 100, bytes: 190, live: 2 });
    drop(writer);
    let store = open(&folder);
    let segments = store.read_all().unwrap().len();
    assert_eq!((segments, read(&store)), (1, map(&[("a.md", "99")])));
}

#[test]
fn a_young_file_and_any_other_time_size_or_setting_are_looked_at_again() {
    let known = Stamp { modified: 5, changed: 6, size: 7, hash: 8, settings: 9, young: false };
    let seen = Stamp { hash: 0, ..known };
    assert!(known.covers(&seen));
    assert!(!Stamp { young: true, ..known }.covers(&seen));
    for other in [
        Stamp { modified: 4, ..seen },
        Stamp { changed: 7, ..seen },
        Stamp { size: 8, ..seen },
        Stamp { settings: 1, ..seen },
    ] {
        assert!(!known.covers(&other), "{other:?}");
    }
    assert!(known.same_content(&Stamp { modified: 1, changed: 1, young: true, ..known }));
}

#[test]
fn stores_are_told_by_their_names() {
    let folder = tempfile::tempdir().unwrap();
    let name = place::file_name(Path::new("/desk"));
    assert_ne!(name, place::file_name(Path::new("/other")));
    for name in [&*name, "notes.sqlite", "0123456789abcdef-0123456789abcdef.sqlite-wal"] {
        fs::write(folder.path().join(name), "").unwrap();
    }
    assert_eq!(place::stores_in(folder.path()), [folder.path().join(&name)]);
    // One that is not old stays, whoever wrote it.
    let other = format!("{}0000000000000001.sqlite", &name[..17]);
    fs::write(folder.path().join(&other), "").unwrap();
    place::forget_old(&folder.path().join(&name), Path::new("/desk"));
    assert!(folder.path().join(&other).is_file());
}
