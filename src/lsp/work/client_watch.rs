//! The files that the client is asked to watch, where it watches files at all.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde_json::{Value, json};
use tower_lsp::lsp_types::Url;

use crate::lsp::state::server_state::ServerState;
use crate::project::Project;

const WATCHED: &str = "workspace/didChangeWatchedFiles";
const NAMED: &str = "whosaid/named";

/// Asks the client to watch the files that count below these folders, where it watches files at all.
pub(in crate::lsp) fn watch(state: &ServerState, folders: &[PathBuf]) {
    const PATTERNS: [&str; 3] =
        ["**/*.{md,markdown,mdown,qmd,txt,bib}", "**/whosaid.{toml,names}", "**/.{gitignore,ignore}"];
    let session = state.session();
    if !session.watches_files {
        return;
    }
    let folders: Vec<Value> =
        folders.iter().filter_map(|folder| Url::from_directory_path(folder).ok()).map(|url| json!(url)).collect();
    let watchers: Vec<Value> = if session.relative_patterns && !folders.is_empty() {
        let relative = |folder: &Value, pattern| json!({ "globPattern": { "baseUri": folder, "pattern": pattern } });
        folders.iter().flat_map(|folder| PATTERNS.map(|pattern| relative(folder, pattern))).collect()
    } else {
        PATTERNS.iter().map(|pattern| json!({ "globPattern": pattern })).collect()
    };
    register(state, "whosaid/files", &watchers);
}

fn register(state: &ServerState, id: &str, watchers: &[Value]) {
    let registration = json!({ "id": id, "method": WATCHED, "registerOptions": { "watchers": watchers } });
    state.outbox.request("client/registerCapability", json!({ "registrations": [registration] }), |_| {});
}

/// Files that a configuration names, libraries and known findings: they may have any name, and are watched beside what is
/// known by its ending.
#[derive(Default)]
pub(in crate::lsp) struct NamedFilesWatch {
    paths: BTreeSet<PathBuf>,
}

impl NamedFilesWatch {
    /// Has the client watch what the projects name now.
    pub(in crate::lsp) fn watch(&mut self, state: &ServerState, projects: &[Project]) {
        let all = projects.iter().flat_map(Project::named_files);
        // What stands in a folder and ends so is watched anyhow.
        let is_watched = |path: &PathBuf| {
            path.extension().is_some_and(|e| e == "bib")
                && projects.iter().any(|project| path.starts_with(&project.root))
        };
        let named: BTreeSet<PathBuf> = all.filter(|path| !is_watched(path)).cloned().collect();
        if !state.session().watches_files || named == self.paths {
            return;
        }
        if !self.paths.is_empty() {
            let old = json!({ "id": NAMED, "method": WATCHED });
            state.outbox.request("client/unregisterCapability", json!({ "unregisterations": [old] }), |_| {});
        }
        let watcher = |path: &PathBuf| {
            let name = path.file_name()?.to_str()?;
            let folder = Url::from_directory_path(path.parent()?).ok()?;
            let relative = state.session().relative_patterns;
            let pattern =
                if relative { json!({ "baseUri": folder, "pattern": name }) } else { json!(format!("**/{name}")) };
            Some(json!({ "globPattern": pattern }))
        };
        let watchers: Vec<Value> = named.iter().filter_map(watcher).collect();
        if !watchers.is_empty() {
            register(state, NAMED, &watchers);
        }
        self.paths = named;
    }
}
