use super::*;

fn put(range: (u32, u32), text: &str) -> Replacement {
    Replacement { range: TextRange::new(range.0, range.1), text: text.to_owned() }
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn replacements_are_made_in_order_with_the_line_ends_of_the_text() {
    assert_eq!(replaced("a\r\nb\r\n", &[put((0, 1), "x\ny"), put((3, 4), "")]), "x\r\ny\r\n\r\n");
    assert_eq!(replaced("é.", &[put((1, 2), "no"), put((2, 2), "!")]), "é!.");
}

#[test]
fn a_note_is_replaced_whole_with_its_mark_and_nothing_is_left_beside_it() {
    let folder = folder();
    let path = folder.path().join("a.md");
    let put = |before, after| note(folder.path(), &path, before, after);
    fs::write(&path, "\u{feff}Port Sarn").unwrap();
    assert!(put("Port Sarn", "Lusk").is_ok());
    assert_eq!(fs::read_to_string(&path).unwrap(), "\u{feff}Lusk");

    // Somebody else's change, broken bytes and write-protection are respected.
    assert!(matches!(put("Port Sarn", "Tavria"), Err(WriteError::Changed)));
    assert_eq!(fs::read_to_string(&path).unwrap(), "\u{feff}Lusk");
    fs::write(&path, b"caf\xe9").unwrap();
    assert!(put("caf\u{fffd}", "x").is_err_and(|why| why.to_string().contains("UTF-8")));
    fs::write(&path, "Lusk").unwrap();
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    assert!(put("Lusk", "Tavria").is_err_and(|why| why.to_string().contains("write-protected")));
    assert_eq!(fs::read_to_string(&path).unwrap(), "Lusk");
    assert_eq!(names(folder.path()), ["a.md"]);
}

#[test]
fn a_file_is_made_only_where_there_is_none() {
    let folder = folder();
    let path = folder.path().join("known.json");
    replace(&path, None, b"{}").unwrap();
    assert!(replace(&path, None, b"[]").is_err());
    assert_eq!(fs::read(&path).unwrap(), b"{}");
    assert_eq!(names(folder.path()), ["known.json"]);
    assert!(replace(&folder.path().join("none/known.json"), None, b"{}").is_err());
    assert!(replace(folder.path(), Some(b""), b"{}").is_err());
}

#[test]
fn what_a_killed_run_left_is_removed_and_nothing_else() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    let left = [".whosaid-0123.tmp", ".whosaid-notes.md", "whosaid-0123.tmp", ".whosaid-now.tmp"];
    for name in left {
        fs::write(at(name), "half").unwrap();
    }
    let long_ago = SystemTime::now() - 2 * LEFT_BEHIND;
    for name in &left[..3] {
        File::options().write(true).open(at(name)).unwrap().set_modified(long_ago).unwrap();
    }
    fs::write(at("a.md"), "Lusk").unwrap();
    note(folder.path(), &at("a.md"), "Lusk", "Port Sarn").unwrap();
    // Another's note, another name, and what a run may still be writing stay.
    assert_eq!(names(folder.path()), [".whosaid-notes.md", ".whosaid-now.tmp", "a.md", "whosaid-0123.tmp"]);
}

#[cfg(unix)]
mod on_unix {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

    use super::*;

    #[test]
    fn a_link_stays_one_within_the_project_and_is_refused_where_it_leads_out() {
        let (inner, outer) = (folder(), folder());
        let at = |name: &str| inner.path().join(name);
        fs::create_dir(at("sub")).unwrap();
        fs::write(at("sub/real.md"), "Lusk").unwrap();
        fs::write(outer.path().join("real.md"), "Lusk").unwrap();
        symlink("sub/real.md", at("near.md")).unwrap();
        symlink(outer.path().join("real.md"), at("far.md")).unwrap();
        symlink(outer.path(), at("away")).unwrap();
        // A folder of the same beginning is another folder.
        let twin = inner.path().with_extension("twin");
        symlink(twin.join("real.md"), at("twin.md")).unwrap();
        fs::create_dir(&twin).unwrap();
        fs::write(twin.join("real.md"), "Lusk").unwrap();

        note(inner.path(), &at("near.md"), "Lusk", "Port Sarn").unwrap();
        assert!(fs::symlink_metadata(at("near.md")).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(at("sub/real.md")).unwrap(), "Port Sarn");
        for away in ["far.md", "away/real.md", "twin.md"] {
            let refused = note(inner.path(), &at(away), "Lusk", "Port Sarn");
            assert!(refused.is_err_and(|why| why.to_string().contains("out of the project")), "{away}");
        }
        let kept = [outer.path().join("real.md"), twin.join("real.md")].map(|path| fs::read_to_string(path).unwrap());
        fs::remove_dir_all(&twin).unwrap();
        assert_eq!(kept, ["Lusk", "Lusk"]);
    }

    #[test]
    fn a_file_with_other_names_is_left_alone() {
        let folder = folder();
        let (one, other) = (folder.path().join("a.md"), folder.path().join("b.md"));
        fs::write(&one, "Lusk").unwrap();
        fs::hard_link(&one, &other).unwrap();
        assert!(
            note(folder.path(), &one, "Lusk", "Port Sarn").is_err_and(|why| why.to_string().contains("hard links"))
        );
        assert_eq!([&one, &other].map(|path| fs::read_to_string(path).unwrap()), ["Lusk", "Lusk"]);
        // With one name left it is a file like any other.
        fs::remove_file(&other).unwrap();
        note(folder.path(), &one, "Lusk", "Port Sarn").unwrap();
    }

    #[test]
    fn rights_are_kept_whatever_they_are() {
        let folder = folder();
        let path = folder.path().join("a.md");
        for mode in [0o600, 0o640, 0o664, 0o777] {
            fs::write(&path, "Lusk").unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            note(folder.path(), &path, "Lusk", "Port Sarn").unwrap();
            assert_eq!(fs::metadata(&path).unwrap().mode() & 0o7777, mode);
        }
    }

    #[test]
    fn what_is_written_beside_a_file_is_its_owners_alone() {
        let folder = folder();
        let beside = named(None).tempfile_in(folder.path()).unwrap();
        assert_eq!(beside.as_file().metadata().unwrap().mode() & 0o7777, 0o600);
    }

    #[test]
    fn owner_and_group_are_kept_or_nothing_is_written() {
        let folder = folder();
        let path = folder.path().join("a.md");
        fs::write(&path, "Lusk").unwrap();
        let own = fs::metadata(&path).unwrap();
        // Only the administrator may give a file away; for all others it has always been their own.
        let given = std::os::unix::fs::chown(&path, Some(4711), Some(4712)).is_ok();
        let before = fs::metadata(&path).unwrap();
        assert_eq!(before.uid() == own.uid(), !given);
        note(folder.path(), &path, "Lusk", "Port Sarn").unwrap();
        let after = fs::metadata(&path).unwrap();
        assert_eq!((after.uid(), after.gid()), (before.uid(), before.gid()));
    }
}

#[cfg(unix)]
#[test]
fn what_belongs_to_somebody_else_is_not_taken_over() {
    let folder = folder();
    let beside = named(None).tempfile_in(folder.path()).unwrap();
    let own = attributes::owner(&beside.as_file().metadata().unwrap());
    let theirs = File::open("/etc/passwd").unwrap();
    let kept = attributes::keep(&theirs, beside.as_file());
    // The administrator can give a file away, all others are told.
    assert_eq!(kept.is_ok(), own == attributes::owner(&theirs.metadata().unwrap()), "{kept:?}");
    assert!(kept.is_ok() || kept.is_err_and(|why| why.to_string().contains("owner would be lost")));
}

#[cfg(target_os = "linux")]
#[test]
fn extended_attributes_are_kept() {
    use rustix::fs::{XattrFlags, getxattr, setxattr};
    let folder = folder();
    let path = folder.path().join("a.md");
    fs::write(&path, "Lusk").unwrap();
    let given = [("user.whosaid.desk", &b"harbour"[..]), ("user.whosaid.none", b"")]
        .map(|(name, value)| setxattr(&path, name, value, XattrFlags::empty()));
    note(folder.path(), &path, "Lusk", "Port Sarn").unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "Port Sarn");
    let mut value = [0; 16];
    let mut read = |name: &str| getxattr(&path, name, &mut value[..]).map(|length| value[..length].to_vec());
    // Some file systems have none.
    let expected = given[0].map(|()| b"harbour".to_vec());
    assert_eq!(read("user.whosaid.desk").ok(), expected.ok());
    assert_eq!(read("user.whosaid.none").ok(), given[1].map(|()| Vec::new()).ok());
}

/// A list of rights as Linux keeps it: its version, then tag, rights and number of each entry.
#[cfg(target_os = "linux")]
fn list_of_rights(entries: &[(u16, u16, u32)]) -> Vec<u8> {
    let entry = |(tag, rights, number): &(u16, u16, u32)| {
        [&tag.to_le_bytes()[..], &rights.to_le_bytes(), &number.to_le_bytes()].concat()
    };
    [2u32.to_le_bytes().to_vec(), entries.iter().flat_map(entry).collect()].concat()
}

#[cfg(target_os = "linux")]
#[test]
fn a_list_of_rights_is_kept_and_that_of_the_folder_is_not_taken_on() {
    use rustix::fs::{XattrFlags, getxattr, setxattr};
    const NAME: &str = "system.posix_acl_access";
    const NOBODY: u32 = u32::MAX;
    let folder = folder();
    let (one, other) = (folder.path().join("a.md"), folder.path().join("b.md"));
    fs::write(&one, "Lusk").unwrap();
    fs::write(&other, "Lusk").unwrap();
    let own = list_of_rights(&[(1, 6, NOBODY), (2, 4, 4711), (4, 4, NOBODY), (16, 4, NOBODY), (32, 0, NOBODY)]);
    let given = setxattr(&one, NAME, &own, XattrFlags::empty());
    let for_new = list_of_rights(&[(1, 6, NOBODY), (2, 6, 4711), (4, 4, NOBODY), (16, 6, NOBODY), (32, 4, NOBODY)]);
    let _ = setxattr(folder.path(), "system.posix_acl_default", &for_new, XattrFlags::empty());
    for path in [&one, &other] {
        note(folder.path(), path, "Lusk", "Port Sarn").unwrap();
    }
    let mut value = [0; 256];
    let mut read = |path: &Path| getxattr(path, NAME, &mut value[..]).ok().map(|length| value[..length].to_vec());
    // Some file systems have none.
    assert_eq!(read(&one), given.ok().map(|()| own));
    assert_eq!(read(&other), None);
}
