//! The one format of the data files, and its reader.
//!
//! A file is a table: one row a line, columns split by `|`, several values in a column split by `;`, `#` at the
//! beginning of a line for a comment. Rows are sorted by their first columns and none stands twice; a test holds that
//! for every file. `build.rs` compiles this file as well, so it depends on nothing of the project.

/// The rows of a data file, without comments and empty lines.
pub(crate) fn rows(file: &str) -> impl Iterator<Item = Row<'_>> {
    file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(Row)
}

/// One row of a data file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'f>(&'f str);

impl<'f> Row<'f> {
    /// The column with this number from 0; empty where the row ends before.
    pub(crate) fn column(self, at: usize) -> &'f str {
        self.columns().nth(at).unwrap_or("")
    }

    /// The first column: what the row is about.
    pub(crate) fn key(self) -> &'f str {
        self.column(0)
    }

    /// All columns.
    pub(crate) fn columns(self) -> impl DoubleEndedIterator<Item = &'f str> {
        self.0.split('|')
    }

    /// The values of a column.
    pub(crate) fn values(self, at: usize) -> impl Iterator<Item = &'f str> {
        self.column(at).split(';').filter(|value| !value.is_empty())
    }
}
