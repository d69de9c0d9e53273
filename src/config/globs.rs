//! Patterns of paths, and the folder that they are relative to.
//!
//! A pattern is relative to the folder of the file that it is written in, wherever the project begins: a nested
//! `whosaid.toml` speaks of its own folder. Paths are those of the workspace: relative to the project's root, or whole.

use std::sync::Arc;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// A folder, as seen from the paths of the workspace; `/` between folders, none at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Folder {
    /// At or below the root of the paths: "" is the root itself, "drafts" a folder in it, "/desk" one of whole paths.
    Below(Arc<str>),
    /// Above the root: what stands between that folder and the root. "team/desk" for `/srv` above `/srv/team/desk`.
    Above(Arc<str>),
}

impl Default for Folder {
    fn default() -> Self {
        Self::Below("".into())
    }
}

impl Folder {
    /// The path as seen from this folder; none if it does not lie below it.
    #[must_use]
    pub fn local(&self, path: &str) -> Option<String> {
        match self {
            Self::Below(folder) if folder.is_empty() => Some(path.to_owned()),
            Self::Below(folder) => path.strip_prefix(&**folder)?.strip_prefix('/').map(str::to_owned),
            Self::Above(between) => Some(format!("{between}/{path}")),
        }
    }

    /// The same folder for a workspace that names this project's files by their whole paths; `root` is the project's.
    #[must_use]
    pub fn rooted(&self, root: &str) -> Self {
        let root = root.trim_end_matches('/');
        Self::Below(match self {
            Self::Below(folder) if folder.is_empty() => root.into(),
            Self::Below(folder) => format!("{root}/{folder}").into(),
            Self::Above(between) => root.strip_suffix(&**between).unwrap_or(root).trim_end_matches('/').into(),
        })
    }
}

/// Patterns and their folder. Compiled once.
#[derive(Clone, Debug, Default)]
pub struct Globs {
    folder: Folder,
    patterns: Vec<String>,
    set: GlobSet,
}

impl PartialEq for Globs {
    fn eq(&self, other: &Self) -> bool {
        self.folder == other.folder && self.patterns == other.patterns
    }
}

impl Globs {
    /// Compiles patterns; one that is no pattern is left out: it was reported where it was read.
    #[must_use]
    pub fn new(folder: Folder, patterns: Vec<String>) -> Self {
        let mut builder = GlobSetBuilder::new();
        for pattern in &patterns {
            if let Ok(glob) = GlobBuilder::new(pattern).literal_separator(true).build() {
                builder.add(glob);
            }
        }
        Self { folder, patterns, set: builder.build().unwrap_or_default() }
    }

    /// Returns `true` if a path of the workspace fits one of the patterns.
    #[must_use]
    pub fn matches(&self, path: &str) -> bool {
        !self.patterns.is_empty() && self.folder.local(path).is_some_and(|local| self.set.is_match(local))
    }

    /// Returns `true` if there is no pattern.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    /// The patterns as written.
    #[must_use]
    pub fn patterns(&self) -> &[String] {
        &self.patterns
    }

    /// The same patterns for whole paths: see [`Folder::rooted`].
    pub(super) fn root(&mut self, root: &str) {
        self.folder = self.folder.rooted(root);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(folder: Folder, pattern: &str, path: &str) -> bool {
        Globs::new(folder, vec![pattern.to_owned()]).matches(path)
    }

    #[test]
    fn a_pattern_speaks_of_the_folder_that_it_is_written_in() {
        assert!(fits(Folder::default(), "drafts/**", "drafts/a.md"));
        assert!(fits(Folder::Below("drafts".into()), "old/*.md", "drafts/old/a.md"));
        assert!(!fits(Folder::Below("drafts".into()), "old/*.md", "old/a.md"));
        assert!(!fits(Folder::Below("draft".into()), "**", "drafts/a.md"));
        assert!(fits(Folder::Above("team/desk".into()), "team/**", "a.md"));
        assert!(!fits(Folder::Above("team/desk".into()), "desk/**", "a.md"));
    }

    #[test]
    fn the_same_folder_is_found_again_in_whole_paths() {
        for (folder, whole) in [
            (Folder::default(), "/srv/team/desk"),
            (Folder::Below("drafts".into()), "/srv/team/desk/drafts"),
            (Folder::Above("team/desk".into()), "/srv"),
        ] {
            assert_eq!(folder.rooted("/srv/team/desk"), Folder::Below(whole.into()));
        }
    }

    #[test]
    fn a_star_stays_within_its_folder_and_two_go_down() {
        assert!(!fits(Folder::default(), "*.md", "drafts/a.md"));
        assert!(fits(Folder::default(), "**/*.md", "drafts/a.md") && fits(Folder::default(), "**/*.md", "a.md"));
    }
}
