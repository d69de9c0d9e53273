//! The reading of files: the only place where the program opens one, except for its own store.
//!
//! A note's front matter or a `whosaid.toml` may name any file there is, and the folder may be somebody else's. So a
//! file is read if it lies within [`Reach`]: below the project's root, or below what the user allows in settings of
//! his own, links resolved. What lies elsewhere is not even looked at, because on some systems a look is enough to
//! mount a disk or to greet another machine. Only regular files are read, up to a limit; they are opened so that
//! neither a pipe nor a terminal makes anybody wait, and what was opened is looked at once more.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fs::{self, File, Metadata};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::absolute;
use super::decode::{DecodeError, Decoded, decode};
use crate::workspace::unread::Refusal;

/// Links that lead to links, at most.
const MOST_LINKS: usize = 40;

/// Names the files and folders outside a project that may be read: paths as `PATH` has them.
pub const ALLOW_VARIABLE: &str = "WHOSAID_ALLOW_READ";

/// A file that was not read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It must not be.
    #[error("{}", .0.message())]
    Refused(Refusal),
    /// The system says so.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// It is no text.
    #[error(transparent)]
    Decode(#[from] DecodeError),
}

impl From<Refusal> for ReadError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl ReadError {
    /// Returns `true` if there is no such file.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Io(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory))
    }

    /// The reason why a file is not read that is named so in a note or setting.
    #[must_use]
    pub fn reason(&self, name: &str) -> Refusal {
        match self {
            Self::Refused(refusal) => *refusal,
            _ if self.is_missing() => Refusal::of_missing(name, cfg!(windows)),
            Self::Io(_) | Self::Decode(_) => Refusal::Unreadable,
        }
    }

    /// Why it must not be read, if that is it.
    #[must_use]
    pub fn refusal(&self) -> Option<Refusal> {
        if let Self::Refused(refusal) = self { Some(*refusal) } else { None }
    }
}

/// Files and folders outside the project that the user, never the folder, allows to be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Allowed(Arc<[PathBuf]>);

impl Allowed {
    /// These. `~` is the home folder; what names another machine or a device is left out.
    #[must_use]
    pub fn new<'a>(paths: impl IntoIterator<Item = &'a str>) -> Self {
        let named = paths.into_iter().map(str::trim).filter(|path| !path.is_empty());
        Self(named.map(|path| absolute(&at_home(path))).collect())
    }

    /// The files and folders that the user's environment allows.
    #[must_use]
    pub fn from_environment() -> Self {
        let named = std::env::var_os(ALLOW_VARIABLE).unwrap_or_default();
        let paths = std::env::split_paths(&named).filter(|path| !path.as_os_str().is_empty());
        Self(paths.map(|path| absolute(&at_home(&path.to_string_lossy()))).collect())
    }

    /// These and others.
    #[must_use]
    pub fn and(&self, others: impl IntoIterator<Item = PathBuf>) -> Self {
        Self(self.0.iter().cloned().chain(others.into_iter().map(|path| absolute(&path))).collect())
    }

    /// The paths.
    #[must_use]
    pub fn paths(&self) -> &[PathBuf] {
        &self.0
    }
}

/// A name with the home folder in the place of `~`.
fn at_home(name: &str) -> Cow<'_, Path> {
    let rest = name.strip_prefix("~/").or_else(|| name.strip_prefix("~\\")).or((name == "~").then_some(""));
    match rest.zip(std::env::home_dir()) {
        Some((rest, home)) => Cow::Owned(home.join(rest)),
        None => Cow::Borrowed(Path::new(name)),
    }
}

/// A file or folder whose inside may be read.
#[derive(Clone, Debug)]
struct Inside {
    path: PathBuf,
    /// The same without links.
    real: PathBuf,
}

/// The folders in which files may be read.
#[derive(Clone, Debug, Default)]
pub struct Reach {
    /// The root, then what is allowed beside it; none: everywhere.
    inside: Option<Arc<[Inside]>>,
    /// Folders without links, by path as asked for. Only while one index runs: links may change.
    folders: Option<Arc<Mutex<HashMap<PathBuf, PathBuf>>>>,
}

impl Reach {
    /// A folder, and what the user allows.
    #[must_use]
    pub fn new(root: &Path, allowed: &Allowed) -> Self {
        let inside = std::iter::once(root).chain(allowed.paths().iter().map(PathBuf::as_path));
        let inside = inside.map(|path| Inside { path: path.to_path_buf(), real: real(path) });
        Self { inside: Some(inside.collect()), folders: None }
    }

    /// Anywhere: for files that the user himself has just named.
    #[must_use]
    pub fn anywhere() -> Self {
        Self::default()
    }

    /// The same, remembering folders. For the length of one piece of work.
    #[must_use]
    pub fn remembering(&self) -> Self {
        Self { folders: Some(Arc::default()), ..self.clone() }
    }

    /// The root without links; empty if everything is in reach.
    #[must_use]
    pub fn real_root(&self) -> &Path {
        self.inside.as_deref().and_then(|inside| inside.first()).map_or(Path::new(""), |root| &root.real)
    }

    /// The file that a name means in a folder, by the words alone: nothing is looked at.
    ///
    /// # Errors
    /// Where it must not be read.
    pub fn named(&self, folder: &Path, name: &str) -> Result<PathBuf, Refusal> {
        let path = absolute(&folder.join(at_home(name.trim())));
        let refusal = Refusal::of_name(name, cfg!(windows));
        match self.around(&path) {
            // A folder on another machine that the user himself has opened is his; Linux gives `\` no meaning.
            Some(_) if refusal.is_none() || cfg!(windows) && refusal == Some(Refusal::Network) => Ok(path),
            None if refusal.is_none() => Err(self.outside(&path)),
            _ => Err(refusal.unwrap_or(Refusal::Outside)),
        }
    }

    /// A path as it is without links if it crosses none but the root itself.
    #[must_use]
    pub(super) fn real_spelling(&self, path: &Path) -> PathBuf {
        let around = self.around(path);
        let real = around.and_then(|around| Some(below(&around.real, path.strip_prefix(&around.path).ok()?)));
        real.unwrap_or_else(|| path.to_path_buf())
    }

    fn outside(&self, path: &Path) -> Refusal {
        Refusal::of_name(&path.to_string_lossy(), cfg!(windows)).unwrap_or(Refusal::Outside)
    }

    /// Returns `true` if a path lies within, links aside.
    #[must_use]
    pub fn has_within(&self, path: &Path) -> bool {
        self.inside.is_none() || self.around(path).is_some()
    }

    /// The folders that a path lies below, innermost first.
    fn around(&self, path: &Path) -> Option<&Inside> {
        let inside = self.inside.as_deref()?.iter();
        let around = inside.filter(|inside| path.starts_with(&inside.path) || path.starts_with(&inside.real));
        around.max_by_key(|inside| inside.path.as_os_str().len())
    }

    /// A path without links.
    ///
    /// # Errors
    /// Where it or a link on the way leads out of reach, or nowhere.
    pub fn resolve(&self, path: &Path) -> Result<PathBuf, ReadError> {
        Ok(self.found(path)?.0)
    }

    /// The metadata of a file.
    ///
    /// # Errors
    /// Where it must not be read, or cannot.
    pub fn look(&self, path: &Path) -> Result<Metadata, ReadError> {
        Ok(self.found(path)?.1)
    }

    /// A path without links, and how the file there looks.
    fn found(&self, path: &Path) -> Result<(PathBuf, Metadata), ReadError> {
        let mut path = absolute(path);
        if self.inside.is_none() {
            let real = fs::canonicalize(path)?;
            let seen = fs::metadata(&real)?;
            return Ok((real, seen));
        }
        for _ in 0..MOST_LINKS {
            match self.up_to_link(&path)? {
                Step::Here(real, seen) => return Ok((real, seen)),
                Step::Link(target) => path = target,
            }
        }
        Err(io::Error::other("too many links, one to the next").into())
    }

    fn up_to_link(&self, path: &Path) -> Result<Step, ReadError> {
        if let Some((folder, name)) = self.known_folder(path) {
            return step(&folder, Path::new(name), Path::new(""));
        }
        let around = self.around(path).ok_or_else(|| self.outside(path))?;
        let rest = path.strip_prefix(&around.path).or_else(|_| path.strip_prefix(&around.real)).unwrap_or(path);
        let mut at = around.real.clone();
        let mut seen = None;
        let mut parts = rest.components();
        while let Some(part) = parts.next() {
            match step(&at, part.as_ref(), parts.as_path())? {
                Step::Here(next, looks) => (at, seen) = (next, Some(looks)),
                link @ Step::Link(_) => return Ok(link),
            }
        }
        if let Some((folders, (folder, real))) = self.folders.as_ref().zip(path.parent().zip(at.parent()))
            && rest.parent().is_some()
        {
            locked(folders).insert(folder.to_path_buf(), real.to_path_buf());
        }
        let seen = seen.map_or_else(|| fs::metadata(&at), Ok)?;
        Ok(Step::Here(at, seen))
    }

    fn known_folder<'p>(&self, path: &'p Path) -> Option<(PathBuf, &'p std::ffi::OsStr)> {
        let folders = self.folders.as_ref()?;
        Some((locked(folders).get(path.parent()?)?.clone(), path.file_name()?))
    }

    /// Returns `true` if there is such a file, even one that must not be read.
    #[must_use]
    pub fn has_entry(&self, path: &Path) -> bool {
        match self.look(path) {
            Ok(seen) => !seen.is_dir(),
            Err(trouble) => trouble.refusal().is_some(),
        }
    }

    /// The reason why a file that is named so is not read, as far as a look tells; none if it may be.
    #[must_use]
    pub fn refusal(&self, path: &Path, name: &str, limit: u64) -> Option<Refusal> {
        match self.look(path) {
            Ok(seen) => refused(&seen, limit),
            Err(error) => Some(error.reason(name)),
        }
    }

    /// Opens a regular file that is no longer than `limit` bytes.
    ///
    /// # Errors
    /// Where it must not be read, or cannot.
    pub fn open(&self, path: &Path, limit: u64) -> Result<(File, Metadata), ReadError> {
        let (real, seen) = self.found(path)?;
        // Devices may do something when they are opened.
        if !seen.is_file() {
            return Err(Refusal::NoFile.into());
        }
        let file = options().open(&real)?;
        let opened = file.metadata()?;
        match refused(&opened, limit) {
            Some(refusal) => Err(refusal.into()),
            None => Ok((file, opened)),
        }
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// Where it must not be read, or cannot.
    pub fn bytes(&self, path: &Path, limit: u64) -> Result<Vec<u8>, ReadError> {
        let (file, seen) = self.open(path, limit)?;
        all_of(&file, &seen, limit)
    }

    /// The text of a file. What is not UTF-8 is read with replacement characters.
    ///
    /// # Errors
    /// Where it must not be read, or cannot, or is no text.
    pub fn text(&self, path: &Path, limit: u64) -> Result<Decoded, ReadError> {
        decode(self.bytes(path, limit)?).map_err(ReadError::Decode)
    }
}

/// All bytes of an open file.
///
/// # Errors
/// Where it cannot be read, or grew beyond the limit meanwhile.
pub(super) fn all_of(mut file: &File, seen: &Metadata, limit: u64) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::with_capacity(usize::try_from(seen.len().min(limit)).unwrap_or(0) + 1);
    file.by_ref().take(limit + 1).read_to_end(&mut bytes)?;
    let size = bytes.len() as u64;
    if size > limit { Err(Refusal::TooLarge { size, limit }.into()) } else { Ok(bytes) }
}

fn refused(seen: &Metadata, limit: u64) -> Option<Refusal> {
    if !seen.is_file() {
        return Some(Refusal::NoFile);
    }
    (seen.len() > limit).then_some(Refusal::TooLarge { size: seen.len(), limit })
}

/// The end to which a path could be followed.
enum Step {
    /// To its end, or one part further: the place without links, and how it looks.
    Here(PathBuf, Metadata),
    /// To a link: where it leads, with the rest of the path.
    Link(PathBuf),
}

/// One part further down.
fn step(folder: &Path, part: &Path, rest: &Path) -> Result<Step, ReadError> {
    let next = folder.join(part);
    let seen = fs::symlink_metadata(&next)?;
    if !seen.file_type().is_symlink() {
        return Ok(Step::Here(next, seen));
    }
    Ok(Step::Link(absolute(&folder.join(fs::read_link(&next)?)).join(rest)))
}

/// A path of the user's own choice without links, as far as it is there.
#[must_use]
pub fn real(path: &Path) -> PathBuf {
    let Ok(real) = fs::canonicalize(path) else { return path.to_path_buf() };
    // Windows answers in a form that no other path has.
    let plain = real.to_str().and_then(|real| real.strip_prefix(r"\\?\")).filter(|rest| !rest.starts_with("UNC"));
    plain.map_or_else(|| real.clone(), PathBuf::from)
}

#[cfg(unix)]
fn options() -> fs::OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = File::options();
    options.read(true).custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY | libc::O_NOFOLLOW | libc::O_CLOEXEC);
    options
}

#[cfg(not(unix))]
fn options() -> fs::OpenOptions {
    let mut options = File::options();
    options.read(true);
    options
}

/// A path below another, without a slash at its end.
pub(super) fn below(folder: &Path, rest: &Path) -> PathBuf {
    if rest.as_os_str().is_empty() { folder.to_path_buf() } else { folder.join(rest) }
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: u64 = 100;

    fn desk() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = real(folder.path());
        fs::create_dir_all(path.join("in/sub")).unwrap();
        fs::create_dir_all(path.join("out")).unwrap();
        for name in ["in/a.md", "in/sub/b.md", "out/c.md"] {
            fs::write(path.join(name), "Lidia Marr spoke.").unwrap();
        }
        (folder, path)
    }

    fn read(reach: &Reach, path: &Path) -> Result<String, Option<Refusal>> {
        reach.text(path, LIMIT).map(|decoded| decoded.text).map_err(|trouble| trouble.refusal())
    }

    #[test]
    fn what_lies_below_is_read_and_what_lies_elsewhere_is_not_unless_allowed() {
        let (_folder, desk) = desk();
        let reach = Reach::new(&desk.join("in"), &Allowed::default());
        for reach in [reach.clone(), reach.remembering()] {
            assert!(read(&reach, &desk.join("in/sub/b.md")).is_ok());
            assert!(read(&reach, &desk.join("in/sub/../a.md")).is_ok());
            assert_eq!(read(&reach, &desk.join("in/../out/c.md")), Err(Some(Refusal::Outside)));
            assert_eq!(read(&reach, &desk.join("in/sub")), Err(Some(Refusal::NoFile)));
            assert_eq!(read(&reach, &desk.join("in/none.md")), Err(None));
        }
        for allowed in ["out", "out/c.md"] {
            let allowed = Allowed::default().and([desk.join(allowed)]);
            assert!(read(&Reach::new(&desk.join("in"), &allowed), &desk.join("out/c.md")).is_ok());
        }
        let other = Allowed::default().and([desk.join("ou")]);
        assert!(read(&Reach::new(&desk.join("in"), &other), &desk.join("out/c.md")).is_err(), "a name is no prefix");
        assert!(read(&Reach::anywhere(), &desk.join("out/c.md")).is_ok());
    }

    #[test]
    fn a_file_up_to_the_limit_is_read_and_a_longer_one_is_not() {
        let (_folder, desk) = desk();
        let reach = Reach::new(&desk, &Allowed::default());
        for (size, read) in [(99, true), (100, true), (101, false)] {
            fs::write(desk.join("a.md"), "x".repeat(size)).unwrap();
            let found = reach.bytes(&desk.join("a.md"), LIMIT).map_err(|trouble| trouble.refusal());
            let refusal = Refusal::TooLarge { size: size as u64, limit: LIMIT };
            assert_eq!(found, if read { Ok(vec![b'x'; size]) } else { Err(Some(refusal)) });
        }
    }

    #[test]
    fn names_are_judged_by_their_words_before_anything_is_looked_at() {
        let (_folder, desk) = desk();
        let reach = Reach::new(&desk.join("in"), &Allowed::default());
        let named = |name: &str| reach.named(&desk.join("in/sub"), name);
        assert_eq!(named("../a.md"), Ok(desk.join("in/a.md")));
        assert_eq!(named("../../out/c.md"), Err(Refusal::Outside));
        assert_eq!(named(r"\\server\share\refs.bib"), Err(Refusal::Network));
        assert_eq!(named("//server/share/refs.bib"), Err(Refusal::Network));
        assert_eq!(named("/dev/zero"), Err(Refusal::Device));
        assert_eq!(named(&desk.join("in/a.md").to_string_lossy()), Ok(desk.join("in/a.md")));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_within_reach_only() {
        use std::os::unix::fs::symlink;
        let (_folder, desk) = desk();
        let link = |to: &Path, name: &str| symlink(to, desk.join(name)).unwrap();
        link(&desk.join("out"), "in/out");
        link(&desk.join("out/c.md"), "in/c.md");
        link(Path::new("sub"), "in/again");
        link(Path::new("../a.md"), "in/sub/up.md");
        link(Path::new("circle.md"), "in/circle.md");
        link(Path::new("/dev/zero"), "in/zero.md");
        link(&desk.join("in"), "root");
        let reach = Reach::new(&desk.join("in"), &Allowed::default());
        for name in ["in/again/b.md", "in/again/up.md"] {
            assert!(read(&reach, &desk.join(name)).is_ok(), "{name}");
        }
        for name in ["in/out/c.md", "in/c.md"] {
            assert_eq!(read(&reach, &desk.join(name)), Err(Some(Refusal::Outside)), "{name}");
        }
        assert_eq!(read(&reach, &desk.join("in/zero.md")), Err(Some(Refusal::Device)));
        assert_eq!(read(&reach, &desk.join("in/circle.md")), Err(None));
        let allowed = Reach::new(&desk.join("in"), &Allowed::default().and([desk.join("out")]));
        assert!(read(&allowed, &desk.join("in/out/c.md")).is_ok());
        // The root may itself be a link.
        let linked = Reach::new(&desk.join("root"), &Allowed::default());
        for name in ["root/again/b.md", "root/sub/b.md"] {
            assert!(read(&linked, &desk.join(name)).is_ok(), "{name}");
        }
        assert_eq!(linked.resolve(&desk.join("root/again/b.md")).unwrap(), desk.join("in/sub/b.md"));
    }

    #[cfg(unix)]
    #[test]
    fn nobody_waits_for_a_pipe_or_reads_a_device() {
        let (_folder, desk) = desk();
        let pipe = desk.join("in/pipe.bib");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.is_ok_and(|status| status.success()));
        let reach = Reach::new(&desk.join("in"), &Allowed::default());
        assert_eq!(read(&reach, &pipe), Err(Some(Refusal::NoFile)));
        assert_eq!(read(&Reach::anywhere(), &pipe), Err(Some(Refusal::NoFile)));
        assert_eq!(read(&Reach::anywhere(), Path::new("/dev/zero")), Err(Some(Refusal::NoFile)));
    }
}
