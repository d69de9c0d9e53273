//! Parts of a path as the workspace has them, with `/` between folders.

use crate::workspace::paths::stem;

/// The folder of a file, without the slash behind it; "" for the root.
pub(super) fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The name of a file, without its folders.
pub(super) fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The extension of a note with its dot; "" for any other file.
pub(super) fn extension(path: &str) -> &str {
    file_name(path).get(stem(path).len()..).unwrap_or("")
}

/// The path of a note without its extension; that of any other file as it is.
pub(super) fn without_extension(path: &str) -> &str {
    path.strip_suffix(extension(path)).unwrap_or(path)
}
