//! The reasons for which a command stops, each beside the sentence that is shown.

use std::io;
use std::path::{Path, PathBuf};

use crate::project::read::ReadError;

/// The reason for which a command stopped. Its sentence says what to do.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// The output or standard input fails, or a line of it cannot be read.
    #[error(transparent)]
    Stream(#[from] io::Error),
    /// JSON cannot be written.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// The system refuses what is to be done with a file or folder.
    #[error("{}: {error}", path.display())]
    Path {
        /// As the user named it.
        path: PathBuf,
        /// The system's reason.
        error: io::Error,
    },
    /// A text cannot be read; the sentence names it and its fault.
    #[error("{0}")]
    Unread(String),
    /// No rule goes by a word; with the most similar name, if one is similar.
    #[error("there is no rule `{word}`{} `whosaid explain --list` shows all", suggestion(*nearest))]
    UnknownRule {
        /// As the user wrote it.
        word: String,
        /// A code or name of a rule.
        nearest: Option<&'static str>,
    },
    /// No command goes by a name.
    #[error("there is no command {0:?}; `whosaid --help` lists them")]
    UnknownCommand(String),
    /// The baseline cannot be read.
    #[error("{}: {trouble}; whosaid check --write-baseline={} writes one", path.display(), path.display())]
    NoBaseline {
        /// As the user named it.
        path: PathBuf,
        /// Its fault.
        trouble: ReadError,
    },
    /// The baseline holds something else.
    #[error("{}: this is no list of known findings", .0.display())]
    NotABaseline(PathBuf),
    /// A baseline would be written over something else.
    #[error("{}: this file is no list of known findings and stays as it is; name another", .0.display())]
    NotReplaced(PathBuf),
    /// A baseline would be written under the name of something else.
    #[error("{}: {meaning}; name another, known.json say", path.display())]
    NameOfOther {
        /// As the user named it.
        path: PathBuf,
        /// The thing that the name is meant for, as half a sentence.
        meaning: &'static str,
    },
    /// A baseline would be written into an empty file that may be meant for anything.
    #[error(
        "{}: this file is empty, but nothing in its name says that it is for known findings; name one that ends in .json",
        .0.display()
    )]
    EmptyFile(PathBuf),
    /// A file cannot be replaced.
    #[error("{}: {reason}", path.display())]
    Unwritten {
        /// As the user named it.
        path: PathBuf,
        /// The reason, in words for the user.
        reason: String,
    },
    /// `--write-baseline` has no file; with the name that was probably meant for one.
    #[error("--write-baseline takes its file behind a `=`: write --write-baseline={0}")]
    NoBaselineFile(String),
    /// A baseline would be of several projects, or of none.
    #[error("a baseline is of one project: name paths of one")]
    SeveralProjects,
}

impl Failure {
    /// Makes the failure of a path out of the system's.
    pub(super) fn at(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |error| Self::Path { path, error }
    }

    /// Returns `true` if nobody reads the output any more, as behind `whosaid check | head`.
    pub(super) fn is_broken_pipe(&self) -> bool {
        let kind = match self {
            Self::Stream(error) => Some(error.kind()),
            Self::Json(error) => error.io_error_kind(),
            _ => None,
        };
        kind == Some(io::ErrorKind::BrokenPipe)
    }
}

fn suggestion(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |nearest| format!("; did you mean `{nearest}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_closed_output_is_a_broken_pipe() {
        let broken = || io::Error::from(io::ErrorKind::BrokenPipe);
        assert!(Failure::from(broken()).is_broken_pipe());
        assert!(Failure::from(serde_json::Error::io(broken())).is_broken_pipe());
        assert!(!Failure::from(io::Error::from(io::ErrorKind::NotFound)).is_broken_pipe());
        assert!(!Failure::at(Path::new("a.md"))(broken()).is_broken_pipe());
        assert!(!Failure::SeveralProjects.is_broken_pipe());
    }

    #[test]
    fn a_similar_rule_is_suggested_where_there_is_one() {
        let failure = |nearest| Failure::UnknownRule { word: "A10".to_owned(), nearest }.to_string();
        assert_eq!(failure(None), "there is no rule `A10` `whosaid explain --list` shows all");
        assert_eq!(
            failure(Some("A101")),
            "there is no rule `A10`; did you mean `A101`? `whosaid explain --list` shows all"
        );
    }
}
