//! Where neither the client nor the system tells of all changes (network mounts, no watches left): every few seconds,
//! what changed since the last look.
//!
//! Only names, times and lengths are looked at. The larger the folder, the longer the pause.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use crate::analysis::corrections::CORRECTIONS_FILE;
use crate::lsp::state::events::Event;
use crate::lsp::state::server_state::ServerState;
use crate::lsp::transport::UriKey;
use crate::project::{CONFIG_FILE, Project};

/// The shortest pause between two looks.
const PAUSE: Duration = Duration::from_secs(5);

/// A look costs at most one part in this many of the time.
const SHARE: u32 = 50;

type Stamps = HashMap<PathBuf, (Option<SystemTime>, u64)>;

/// Starts looking. It ends with the server.
pub(in crate::lsp) fn start(state: &Arc<ServerState>) {
    let state = Arc::downgrade(state);
    let started = std::thread::Builder::new().name("sweeper".to_owned()).spawn(move || {
        let mut seen: Option<(Arc<[Project]>, Stamps)> = None;
        let mut pause = PAUSE;
        loop {
            {
                let Some(state) = state.upgrade() else { return };
                let before = Instant::now();
                let projects = state.projects();
                let now = stamps(&projects);
                pause = pause.max(PAUSE).max(before.elapsed() * SHARE);
                // Other projects are indexed anyway: only what changed within the same ones is news.
                if let Some((_, then)) = seen.as_ref().filter(|(known, _)| Arc::ptr_eq(known, &projects)) {
                    let keys: Vec<UriKey> =
                        changed(then, &now).iter().filter_map(|path| UriKey::of_path(path)).collect();
                    if !keys.is_empty() {
                        state.send(Event::FilesChanged(keys));
                    }
                }
                seen = Some((projects, now));
            }
            std::thread::sleep(pause);
        }
    });
    if let Err(error) = started {
        crate::lsp::log(&format!("cannot look for changed files: {error}"));
    }
}

fn stamps(projects: &[Project]) -> Stamps {
    let mut found = Stamps::new();
    let mut problems = Vec::new();
    for project in projects {
        let configs = project.all_config_files().into_iter().map(|file| file.path);
        let here = [project.root.join(CONFIG_FILE), project.root.join(CORRECTIONS_FILE)];
        let all = project.notes(&mut problems).into_iter().chain(project.bibliographies(&mut problems));
        for path in all.chain(configs).chain(here) {
            if let Ok(data) = project.reach.look(&path) {
                found.insert(path, (data.modified().ok(), data.len()));
            }
        }
    }
    found
}

/// The paths of what is new, other or gone.
fn changed(then: &Stamps, now: &Stamps) -> Vec<PathBuf> {
    let other = now.iter().filter(|(path, stamp)| then.get(*path) != Some(*stamp)).map(|(path, _)| path);
    let gone = then.keys().filter(|path| !now.contains_key(*path));
    other.chain(gone).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_new_other_or_gone_has_changed() {
        let stamps = |all: &[(&str, u64)]| -> Stamps {
            all.iter().map(|(name, length)| (PathBuf::from(name), (None, *length))).collect()
        };
        let mut found = changed(
            &stamps(&[("same", 1), ("other", 1), ("gone", 1)]),
            &stamps(&[("same", 1), ("other", 2), ("new", 1)]),
        );
        found.sort();
        assert_eq!(found, ["gone", "new", "other"].map(PathBuf::from));
    }
}
