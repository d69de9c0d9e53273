//! `whosaid cache`: where what was learnt of notes is kept, and how it goes.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::Failure;
use crate::project::{Project, kept};
use crate::store::place;

/// The end of the command's help.
pub(super) const EXAMPLES: &str = "\
Examples:
  whosaid cache path         the file that keeps what is known of this folder's notes
  whosaid cache clear        forget it
  whosaid cache clear --all  forget what is known of all folders

It is made anew when notes are read, holds names, excerpts and places of the notes and is readable by you alone.
store = \"off\" in whosaid.toml keeps nothing; WHOSAID_CACHE_DIR names another folder.";

/// Prints where the project's store is.
pub(super) fn path(path: &Path, out: &mut impl Write) -> Result<u8, Failure> {
    let project = project(path)?;
    match kept::file_of(&project, place::user_folder().as_deref()) {
        Some(file) => writeln!(out, "{}", file.display())?,
        None => super::complain(format_args!("nothing is kept of {}", project.root.display())),
    }
    Ok(0)
}

/// Removes the project's stores, of all builds, or those of all projects.
pub(super) fn clear(path: &Path, all: bool, out: &mut impl Write) -> Result<u8, Failure> {
    let user = place::user_folder();
    let mut found = Vec::new();
    if all {
        found.extend(user.iter().flat_map(|folder| place::stores_in(folder)));
    } else {
        let project = project(path)?;
        let folders = user.into_iter().chain([project.root.join(place::IN_WORKSPACE)]);
        let of_project = |file: &PathBuf| place::is_of(file, &project.root);
        found.extend(folders.flat_map(|folder| place::stores_in(&folder)).filter(of_project));
    }
    for file in &found {
        place::remove(file).map_err(Failure::at(file))?;
        writeln!(out, "removed {}", file.display())?;
    }
    if found.is_empty() {
        writeln!(out, "nothing to remove")?;
    }
    Ok(0)
}

fn project(path: &Path) -> Result<Project, Failure> {
    std::fs::metadata(path).map_err(Failure::at(path))?;
    Ok(Project::open(path))
}
