//! Locations of stores: the user's cache folder, or the workspace; readable by nobody else.
//!
//! A file's name is made of the folder that it is of and of the program that wrote it: `<folder>-<program>.sqlite`.
//! Two builds that read text differently never see each other's files; two copies of one build share them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::{Duration, SystemTime};

use xxhash_rust::xxh3::xxh3_64;

/// Names the folder for stores where the system's own is not wanted.
pub const VARIABLE: &str = "WHOSAID_CACHE_DIR";

/// The folder in a workspace for those who keep the store there.
pub const IN_WORKSPACE: &str = ".whosaid";

/// A store that no program of its kind has touched for so long goes when another one of its folder is opened.
const FORGOTTEN: Duration = Duration::from_secs(30 * 24 * 3600);

/// The folder for the stores of this user: `$WHOSAID_CACHE_DIR`, else `whosaid` in `$XDG_CACHE_HOME` or `~/.cache`
/// (Linux), `~/Library/Caches` (macOS), `%LOCALAPPDATA%` (Windows). None where the system names none.
#[must_use]
pub fn user_folder() -> Option<PathBuf> {
    let variable = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    if let Some(folder) = variable(VARIABLE) {
        return Some(folder);
    }
    let caches = if cfg!(windows) {
        variable("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        std::env::home_dir().map(|home| home.join("Library/Caches"))
    } else {
        variable("XDG_CACHE_HOME").or_else(|| std::env::home_dir().map(|home| home.join(".cache")))
    };
    caches.filter(|folder| folder.is_absolute()).map(|folder| folder.join("whosaid"))
}

/// The name of the store of a folder, for this program.
#[must_use]
pub fn file_name(root: &Path) -> String {
    format!("{}{:016x}.sqlite", prefix(root), program())
}

fn prefix(root: &Path) -> String {
    format!("{:016x}-", xxh3_64(root.to_string_lossy().as_bytes()))
}

/// A hash of the program itself: its code, word lists and weights decide together what a text is said to say.
#[must_use]
pub fn program() -> u64 {
    static PROGRAM: OnceLock<u64> = OnceLock::new();
    *PROGRAM.get_or_init(|| {
        // Where the program was replaced while it ran, the system's own link still leads to what runs.
        let own = if cfg!(target_os = "linux") { Some(PathBuf::from("/proc/self/exe")) } else { None };
        let own = own.or_else(|| std::env::current_exe().ok());
        let bytes = own.and_then(|path| fs::read(path).ok()).unwrap_or_default();
        xxhash_rust::xxh3::xxh3_64_with_seed(&bytes, xxh3_64(env!("CARGO_PKG_VERSION").as_bytes()))
    })
}

/// Makes the folder of a store (0700) and the file (0600), where they are missing.
///
/// # Errors
/// The IO error if the disk refuses.
pub(super) fn prepare(path: &Path) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        make_folder(folder)?;
    }
    let mut options = fs::OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path).map(drop)
}

fn make_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    if let Some(outer) = folder.parent() {
        fs::create_dir_all(outer)?;
    }
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    match builder.create(folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    if folder.ends_with(IN_WORKSPACE) {
        // What is derived from the notes does not belong into their history.
        fs::write(folder.join(".gitignore"), "*\n")?;
    }
    Ok(())
}

/// Removes a store with its journals.
///
/// # Errors
/// The IO error if the disk refuses.
pub fn remove(path: &Path) -> io::Result<()> {
    for suffix in ["", "-wal", "-shm", "-journal"] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        match fs::remove_file(PathBuf::from(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// All stores in a folder for stores.
#[must_use]
pub fn stores_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok).map(|entry| entry.path());
    let mut found: Vec<PathBuf> = entries.filter(|path| is_store(path)).collect();
    found.sort();
    found
}

fn is_store(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let stem = name.strip_suffix(".sqlite").unwrap_or_default();
    stem.len() == 33
        && stem.bytes().enumerate().all(|(at, byte)| if at == 16 { byte == b'-' } else { byte.is_ascii_hexdigit() })
}

/// Removes what other builds left of a folder long ago. Failure does no harm.
pub fn forget_old(path: &Path, root: &Path) {
    let Some(folder) = path.parent() else { return };
    for other in stores_in(folder).into_iter().filter(|other| other != path && is_of(other, root)) {
        if age(&other).is_some_and(|age| age > FORGOTTEN) {
            let _ = remove(&other);
        }
    }
}

/// Returns `true` if a store belongs to the folder `root`, whichever build wrote it.
#[must_use]
pub fn is_of(store: &Path, root: &Path) -> bool {
    store.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.starts_with(&prefix(root)))
}

fn age(path: &Path) -> Option<Duration> {
    SystemTime::now().duration_since(fs::metadata(path).ok()?.modified().ok()?).ok()
}
