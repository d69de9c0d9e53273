//! The configuration of each folder: its own, else that of the folder above it.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use super::Config;
use super::globs::Globs;

/// The configurations of a workspace, by folder. Small, and cheap to look up: a few hashes a path.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct ConfigTree {
    /// By folder, as [`super::globs::Folder::Below`] names them; "" is the root of relative paths.
    folders: HashMap<Arc<str>, Arc<Config>>,
}

static DEFAULT: LazyLock<Arc<Config>> = LazyLock::new(Arc::default);

impl ConfigTree {
    /// One configuration for all.
    #[must_use]
    pub fn of(config: Arc<Config>) -> Self {
        let mut tree = Self::default();
        tree.insert("", config);
        tree
    }

    /// Sets what holds in a folder and below, up to folders that have their own.
    pub fn insert(&mut self, folder: &str, config: Arc<Config>) {
        self.folders.insert(folder.trim_end_matches('/').into(), config);
    }

    /// Takes in another project's folders, whose paths this workspace names in whole; `root` is that project's.
    pub fn graft(&mut self, root: &str, other: &Self) {
        for (folder, config) in &other.folders {
            let folder = if folder.is_empty() { root.to_owned() } else { format!("{root}/{folder}") };
            let mut config = Config::clone(config);
            config.each_globs(|globs| globs.root(root));
            if let Some((folder, _)) = &mut config.known {
                *folder = folder.rooted(root);
            }
            self.insert(&folder, Arc::new(config));
        }
    }

    /// The configuration at the root of relative paths.
    #[must_use]
    pub fn root(&self) -> &Arc<Config> {
        self.folders.get("").unwrap_or(&DEFAULT)
    }

    /// The configuration of the note at a path of the workspace. A path that begins in no known folder (a file from
    /// elsewhere) has the defaults; what is no file at all has what holds at the root.
    #[must_use]
    pub fn at(&self, path: &str) -> &Arc<Config> {
        let mut folder = path;
        while let Some((above, _)) = folder.rsplit_once('/').filter(|(above, _)| !above.is_empty()) {
            if let Some(config) = self.folders.get(above) {
                return config;
            }
            folder = above;
        }
        if is_whole(path) { &DEFAULT } else { self.root() }
    }

    /// Changes every configuration.
    pub fn change(&mut self, change: impl Fn(&mut Config)) {
        self.folders.values_mut().for_each(|config| change(Arc::make_mut(config)));
    }

    /// All configurations with their folders, in no order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Arc<Config>)> {
        self.folders.iter().map(|(folder, config)| (&**folder, config))
    }
}

/// Returns `true` if a path begins at the root of a disk.
fn is_whole(path: &str) -> bool {
    path.starts_with('/') || path.as_bytes().get(1..3) == Some(b":/")
}

impl Config {
    /// Everything in it that is relative to a folder.
    fn each_globs(&mut self, mut change: impl FnMut(&mut Globs)) {
        change(&mut self.include);
        self.exclude.iter_mut().for_each(&mut change);
        self.source_notes.iter_mut().for_each(&mut change);
        self.rules.values_mut().for_each(|setting| change(&mut setting.paths));
        self.ignore.iter_mut().for_each(|ignore| change(&mut ignore.paths));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Level;
    use crate::config::{Profile, RuleSetting, globs::Folder};

    fn of(profile: Profile) -> Arc<Config> {
        Arc::new(Config { profile, ..Config::default() })
    }

    #[test]
    fn the_nearest_folder_holds() {
        let mut tree = ConfigTree::of(of(Profile::Light));
        tree.insert("drafts/old", of(Profile::Strict));
        for (path, profile) in [
            ("a.md", Profile::Light),
            ("drafts/a.md", Profile::Light),
            ("drafts/old/a.md", Profile::Strict),
            ("drafts/old/b/c.md", Profile::Strict),
            ("drafts/older/a.md", Profile::Light),
            ("untitled:Untitled-1", Profile::Light),
            ("/elsewhere/a.md", Profile::Standard),
            ("C:/elsewhere/a.md", Profile::Standard),
        ] {
            assert_eq!(tree.at(path).profile, profile, "{path}");
        }
    }

    #[test]
    fn another_projects_folders_keep_their_own_values_and_patterns() {
        let mut other = Config { profile: Profile::Strict, ..Config::default() };
        let paths = Globs::new(Folder::default(), vec!["final/**".into()]);
        other.rules.insert("A101".into(), RuleSetting { level: Level::Error, paths });
        let mut tree = ConfigTree::of(of(Profile::Light));
        tree.graft("/srv/two", &ConfigTree::of(Arc::new(other)));
        assert_eq!(tree.at("final/a.md").profile, Profile::Light);
        let there = tree.at("/srv/two/final/a.md");
        assert_eq!(there.profile, Profile::Strict);
        assert!(
            there.rules["A101"].paths.matches("/srv/two/final/a.md")
                && !there.rules["A101"].paths.matches("final/a.md")
        );
    }
}
