//! Hearing of changed files from the system, for clients that do not watch.
//!
//! Only folders that the walk enters are watched, one by one, so that what no note can stand in (`.git`, ignored
//! folders with a hundred thousand files) costs nothing; where the system watches whole trees at no cost (macOS,
//! Windows) it is asked for those. What is heard is gathered until it has been quiet for a moment: a branch switch of
//! five thousand files is one piece of [`WatchEvent`]. Between changes the thread sleeps.
//!
//! Whoever indexes waits until the watch is set ([`Watcher::cover`]) and then looks at the files, so that no change
//! falls between the two.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{EventKind, ModifyKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};

use super::{Project, is_watched_name};

/// After so long without news the news are told.
const QUIET: Duration = Duration::from_millis(60);

/// More changed files than this are a gust: more is to be expected.
const GUST: usize = 50;

/// The same in a gust.
const QUIET_IN_GUST: Duration = Duration::from_millis(400);

/// A few changes are told after this long, even if more keep coming.
const LONGEST: Duration = Duration::from_millis(500);

/// The same in a gust.
const LONGEST_GUST: Duration = Duration::from_secs(20);

/// More changed files than this are a storm: somebody switched branches.
pub const STORM: usize = 500;

/// A report on the watched folders.
#[derive(Debug)]
pub enum WatchEvent {
    /// These files or folders changed, appeared or are gone.
    Changed(Vec<PathBuf>),
    /// More changed than the system can tell: everything has to be looked at.
    Rescan,
    /// Some folder is not watched: somebody has to look from time to time.
    Unwatched(WatchError),
}

/// The reason for which a folder is not watched.
#[derive(Debug, thiserror::Error)]
pub enum WatchError {
    /// The system watches nothing, or stopped.
    #[error("{0}")]
    System(#[from] notify::Error),
    /// The system does not watch this folder, for instance because it has no watches left.
    #[error("{}: {error}", folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// The system's reason.
        error: notify::Error,
    },
    /// The folder lies on a network mount, where the system tells only of changes made on this machine.
    #[error("{} is a network mount ({kind})", folder.display())]
    NetworkMount {
        /// The root of the project.
        folder: PathBuf,
        /// The mount's kind, as the system calls it: "nfs4".
        kind: String,
    },
}

enum Signal {
    Event(notify::Result<notify::Event>),
    Cover(Arc<[Project]>, Sender<()>),
    End,
}

/// Hears until it is dropped.
#[derive(Debug)]
pub struct Watcher {
    signals: Sender<Signal>,
}

impl std::fmt::Debug for Signal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Signal")
    }
}

impl Watcher {
    /// Starts a thread that tells what it hears. It hears nothing before [`Watcher::cover`].
    ///
    /// # Errors
    /// Where the system gives no thread.
    pub fn start(tell: impl Fn(WatchEvent) + Send + 'static) -> std::io::Result<Self> {
        let (signals, received) = channel();
        let mut ears = Ears { signals: signals.clone(), system: None, projects: Arc::new([]), folders: HashSet::new() };
        std::thread::Builder::new().name("watcher".to_owned()).spawn(move || ears.listen(&received, &tell))?;
        Ok(Self { signals })
    }

    /// Watches these projects and no others. What comes back is told something, or hung up on, once that is so.
    #[must_use]
    pub fn cover(&self, projects: Arc<[Project]>) -> Receiver<()> {
        let (done, set) = channel();
        let _ = self.signals.send(Signal::Cover(projects, done));
        set
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        let _ = self.signals.send(Signal::End);
    }
}

/// The thread that listens, and what it listens to.
struct Ears {
    signals: Sender<Signal>,
    system: Option<RecommendedWatcher>,
    projects: Arc<[Project]>,
    folders: HashSet<PathBuf>,
}

/// Changes that were heard of and not yet told.
#[derive(Default)]
struct Heard {
    paths: BTreeSet<PathBuf>,
    everything: bool,
}

impl Heard {
    fn is_empty(&self) -> bool {
        self.paths.is_empty() && !self.everything
    }

    fn is_gust(&self) -> bool {
        self.everything || self.paths.len() > GUST
    }

    fn tell(&mut self, tell: &dyn Fn(WatchEvent)) {
        let Self { paths, everything } = std::mem::take(self);
        if everything {
            tell(WatchEvent::Rescan);
        } else if !paths.is_empty() {
            tell(WatchEvent::Changed(paths.into_iter().collect()));
        }
    }
}

impl Ears {
    fn listen(&mut self, signals: &Receiver<Signal>, tell: &dyn Fn(WatchEvent)) {
        let mut heard = Heard::default();
        loop {
            let Ok(first) = signals.recv() else { return };
            let begun = Instant::now();
            let mut next = Some(first);
            while let Some(signal) = next {
                match signal {
                    Signal::End => return,
                    Signal::Cover(projects, done) => {
                        if let Err(error) = self.cover(projects) {
                            tell(WatchEvent::Unwatched(error));
                        }
                        let _ = done.send(());
                    }
                    Signal::Event(Ok(event)) => self.hear(event, &mut heard),
                    Signal::Event(Err(error)) => tell(WatchEvent::Unwatched(error.into())),
                }
                let (quiet, longest) = if heard.is_gust() { (QUIET_IN_GUST, LONGEST_GUST) } else { (QUIET, LONGEST) };
                let patience = if heard.is_empty() { Duration::ZERO } else { quiet };
                next = if begun.elapsed() < longest { signals.recv_timeout(patience).ok() } else { None };
            }
            heard.tell(tell);
        }
    }

    fn cover(&mut self, projects: Arc<[Project]>) -> Result<(), WatchError> {
        let signals = self.signals.clone();
        let system = notify::recommended_watcher(move |event| drop(signals.send(Signal::Event(event))));
        // The old one goes with what it watched.
        self.system = None;
        self.system = Some(system?);
        self.projects = projects;
        self.folders.clear();
        let mut first_error = Ok(());
        for project in self.projects.clone().iter() {
            let mut wanted: Vec<PathBuf> =
                project.all_config_files().iter().filter_map(|file| parent(&file.path)).collect();
            wanted.extend(project.bibliography.iter().filter_map(|file| parent(file)));
            wanted.push(project.root.clone());
            if project.is_too_wide().is_none() {
                wanted.extend(folders_below(project, &project.root));
            }
            for folder in wanted {
                let set = self.watch(folder);
                first_error = first_error.and(set);
            }
            if let Some(kind) = remote(&project.root) {
                first_error = first_error.and(Err(WatchError::NetworkMount { folder: project.root.clone(), kind }));
            }
        }
        first_error
    }

    fn watch(&mut self, folder: PathBuf) -> Result<(), WatchError> {
        if TREES && self.folders.iter().any(|outer| folder.starts_with(outer)) || self.folders.contains(&folder) {
            return Ok(());
        }
        let Some(system) = &mut self.system else { return Ok(()) };
        let mode = if TREES { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
        match system.watch(&folder, mode) {
            Ok(()) => {
                self.folders.insert(folder);
                Ok(())
            }
            // Gone meanwhile: whoever holds it will say so, or the look at the files that follows.
            Err(_) if !folder.is_dir() => Ok(()),
            Err(error) => Err(WatchError::Folder { folder, error }),
        }
    }

    fn hear(&mut self, event: notify::Event, heard: &mut Heard) {
        if event.need_rescan() {
            heard.everything = true;
        }
        if matches!(event.kind, EventKind::Access(_)) {
            return;
        }
        let appeared = matches!(event.kind, EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(_)));
        for path in event.paths {
            let concerns = is_watched_name(&path) || self.is_listed(&path);
            if concerns || self.folders.remove(&path) && !self.is_folder(&path) {
                heard.paths.insert(path);
            } else if appeared && self.is_folder(&path) {
                self.folder_appeared(&path, heard);
            }
        }
    }

    /// Returns `true` if there is such a folder, links followed as far as its project may read.
    fn is_folder(&self, path: &Path) -> bool {
        self.projects.iter().any(|project| project.reach.look(path).is_ok_and(|seen| seen.is_dir()))
    }

    /// A bibliography or a list of known findings may have any name.
    fn is_listed(&self, path: &Path) -> bool {
        self.projects.iter().any(|project| project.named_files().any(|known| known == path))
    }

    /// A new folder, perhaps moved here with all that is in it: watched first, then looked at.
    fn folder_appeared(&mut self, folder: &Path, heard: &mut Heard) {
        let Some(project) = self.projects.iter().find(|project| folder.starts_with(&project.root)).cloned() else {
            return;
        };
        if !project.enters(folder) {
            return;
        }
        for below in folders_below(&project, folder) {
            if self.watch(below).is_err() {
                // The limit of watches is reached: said when it first was.
                heard.everything = true;
            }
        }
        heard.paths.extend(project.notes_below(folder, &mut Vec::new()));
    }
}

/// True if the system watches whole trees at no cost.
const TREES: bool = cfg!(any(target_os = "macos", windows));

fn parent(path: &Path) -> Option<PathBuf> {
    path.parent().map(Path::to_path_buf)
}

/// The folder itself and all below it that the walk enters.
fn folders_below(project: &Project, root: &Path) -> Vec<PathBuf> {
    if TREES { vec![root.to_path_buf()] } else { project.folders_below(root) }
}

/// The kind of network mount that a folder lies on, if it does: the system tells only what this machine changes there.
fn remote(folder: &Path) -> Option<String> {
    let mounts = std::fs::read_to_string("/proc/self/mountinfo").ok()?;
    remote_in(&mounts, &folder.canonicalize().ok()?)
}

fn remote_in(mounts: &str, folder: &Path) -> Option<String> {
    const REMOTE: [&str; 14] = [
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "9p",
        "afs",
        "ceph",
        "glusterfs",
        "vboxsf",
        "fuse.sshfs",
        "fuse.rclone",
        "fuse.s3fs",
        "davfs",
    ];
    let mounted = mounts.lines().filter_map(|line| {
        let (place, kind) = line.split_once(" - ")?;
        let place = place.split(' ').nth(4)?.replace("\\040", " ");
        folder.starts_with(&place).then(|| (place.len(), kind.split(' ').next().unwrap_or_default()))
    });
    let (_, kind) = mounted.max_by_key(|(length, _)| *length)?;
    REMOTE.contains(&kind).then(|| kind.to_owned())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const PATIENCE: Duration = Duration::from_secs(30);

    struct Desk {
        folder: tempfile::TempDir,
        watcher: Watcher,
        news: Receiver<WatchEvent>,
    }

    fn watched(files: &[&str]) -> Desk {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "ignored/\n").unwrap();
        }
        let (tell, news) = channel();
        let watcher = Watcher::start(move |news| drop(tell.send(news))).unwrap();
        watcher.cover([Project::open(folder.path())].into()).recv().unwrap();
        Desk { folder, watcher, news }
    }

    impl Desk {
        fn path(&self, name: &str) -> PathBuf {
            self.folder.path().join(name)
        }

        /// Waits until all these were told of, and nothing that is no news.
        fn hears(&self, wanted: &[&str], unwanted: &str) {
            let mut missing: BTreeSet<PathBuf> = wanted.iter().map(|name| self.path(name)).collect();
            while !missing.is_empty() {
                match self.news.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("never heard of {missing:?}")) {
                    WatchEvent::Changed(paths) => {
                        assert!(!paths.contains(&self.path(unwanted)), "{paths:?}");
                        missing.retain(|path| !paths.contains(path));
                    }
                    other => panic!("{other:?}"),
                }
            }
        }
    }

    #[test]
    fn what_changes_appears_or_goes_is_told_and_other_files_are_not() {
        let desk = watched(&["a.md", "b.md", "sub/c.md"]);
        fs::write(desk.path("noise.log"), "x").unwrap();
        fs::write(desk.path("a.md"), "changed").unwrap();
        fs::write(desk.path("sub/new.md"), "new").unwrap();
        fs::remove_file(desk.path("b.md")).unwrap();
        desk.hears(&["a.md", "sub/new.md", "b.md"], "noise.log");
        fs::rename(desk.path("sub/new.md"), desk.path("sub/moved.md")).unwrap();
        desk.hears(&["sub/new.md", "sub/moved.md"], "noise.log");
    }

    #[test]
    fn a_folder_that_appears_is_watched_with_all_that_is_in_it() {
        let desk = watched(&["a.md"]);
        let elsewhere = tempfile::tempdir_in(desk.folder.path().parent().unwrap()).unwrap();
        fs::create_dir_all(elsewhere.path().join("in/deep")).unwrap();
        fs::write(elsewhere.path().join("in/deep/b.md"), "b").unwrap();
        fs::rename(elsewhere.path().join("in"), desk.path("in")).unwrap();
        desk.hears(&["in/deep/b.md"], "a.md");
        fs::write(desk.path("in/deep/c.md"), "c").unwrap();
        desk.hears(&["in/deep/c.md"], "a.md");
        fs::remove_dir_all(desk.path("in")).unwrap();
        desk.hears(&["in/deep/b.md", "in/deep/c.md"], "a.md");
    }

    #[test]
    fn what_no_note_can_stand_in_is_not_watched() {
        let desk = watched(&[".gitignore", "a.md", "ignored/b.md", ".git/c.md"]);
        fs::write(desk.path("ignored/b.md"), "x").unwrap();
        fs::write(desk.path(".git/c.md"), "x").unwrap();
        fs::create_dir(desk.path("sub")).unwrap();
        fs::create_dir(desk.path("sub/ignored")).unwrap();
        fs::write(desk.path("sub/ignored/d.md"), "x").unwrap();
        fs::write(desk.path("a.md"), "x").unwrap();
        let mut heard = BTreeSet::new();
        while !heard.contains(&desk.path("a.md")) {
            match desk.news.recv_timeout(PATIENCE).unwrap() {
                WatchEvent::Changed(paths) => heard.extend(paths),
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(heard, [desk.path("a.md")].into());
    }

    #[test]
    fn a_storm_is_one_piece_of_news() {
        let desk = watched(&["a.md"]);
        for number in 0..3 * STORM {
            fs::write(desk.path(&format!("{number}.md")), "x").unwrap();
        }
        let mut sizes = Vec::new();
        while sizes.iter().sum::<usize>() < 3 * STORM {
            match desk.news.recv_timeout(PATIENCE).unwrap() {
                WatchEvent::Changed(paths) => sizes.push(paths.len()),
                other => panic!("{other:?}"),
            }
        }
        // A slow machine may tell the first few by themselves.
        assert!(sizes.iter().filter(|&&size| size > GUST).count() == 1 && sizes.len() <= 4, "{sizes:?}");
    }

    #[test]
    fn it_ends_when_it_is_dropped() {
        let Desk { watcher, news, folder: _folder } = watched(&["a.md"]);
        drop(watcher);
        let gone = std::iter::from_fn(|| news.recv_timeout(PATIENCE).ok()).count();
        assert_eq!(gone, 0);
    }

    #[test]
    fn a_network_mount_is_told_by_its_kind() {
        let mounts = "22 1 254:1 / / rw - ext4 /dev/vda rw\n\
                      40 22 0:44 / /mnt/our\\040notes rw,relatime shared:9 - nfs4 server:/notes rw\n";
        assert_eq!(remote_in(mounts, Path::new("/mnt/our notes/desk")).as_deref(), Some("nfs4"));
        assert_eq!(remote_in(mounts, Path::new("/mnt/other")), None);
    }
}
