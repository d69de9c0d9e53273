//! Names of notes by their paths.

/// The file's name without folder and extension.
#[must_use]
pub fn stem(path: &str) -> &str {
    let name = last_part(path);
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() && is_note_extension(extension) => stem,
        _ => name,
    }
}

fn is_note_extension(extension: &str) -> bool {
    ["md", "markdown", "mdown", "qmd", "txt"].iter().any(|known| known.eq_ignore_ascii_case(extension))
}

fn last_part(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}
