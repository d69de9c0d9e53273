//! Acts that belong to a few files: each list says which, so that nobody acts behind the guard that stands there.

use crate::facts::{Deed, Source};
use crate::owed::hold;
use crate::sources::sources;

/// An act that only some files may do.
struct Reserved {
    /// Ends of paths: `fs::write` is met by `std::fs::write` and, after a `use`, by itself.
    paths: &'static [&'static [&'static str]],
    /// Names of methods.
    methods: &'static [&'static str],
    /// The files that may, below `src`.
    files: &'static [&'static str],
    /// The sentence that explains a failure.
    because: &'static str,
}

impl Reserved {
    /// The places of a file that act so.
    fn places(&self, source: &Source) -> Vec<String> {
        let by_path = source.paths.iter().filter(|path| {
            let words: Vec<&str> = path.segments.iter().map(String::as_str).collect();
            self.paths.iter().any(|wanted| words.windows(wanted.len()).any(|part| part == *wanted))
        });
        let by_path = by_path.map(|path| format!("{}: {}", source.at(path.line), path.segments.join("::")));
        let by_method =
            source.acts.iter().filter(|act| act.kind == Deed::Method && self.methods.contains(&act.name.as_str()));
        by_path.chain(by_method.map(|act| format!("{}: {}", source.at(act.line), act.name))).collect()
    }

    #[track_caller]
    fn hold(&self) {
        let others = sources().iter().filter(|source| !self.files.contains(&source.path.as_str()));
        hold(&others.flat_map(|source| self.places(source)).collect::<Vec<_>>(), self.because);
        let acts = |file: &&&str| sources().iter().any(|s| s.path == **file && !self.places(s).is_empty());
        let idle: Vec<_> = self.files.iter().filter(|file| !acts(file)).collect();
        assert!(idle.is_empty(), "These do not act so, or are gone: take them off the list. {idle:?}");
    }
}

#[test]
fn only_the_writers_write() {
    Reserved {
        paths: &[
            &["fs", "write"],
            &["File", "create"],
            &["File", "options"],
            &["OpenOptions"],
            &["fs", "rename"],
            &["fs", "copy"],
            &["fs", "set_permissions"],
            &["tempfile"],
        ],
        methods: &["create_new", "set_permissions", "set_len"],
        files: &["project/write.rs", "project/write/attributes.rs", "lsp/pages.rs", "store/place.rs"],
        because: "A file of the user is written by project::write, which keeps its rights, notices who changed it \
                  meanwhile and leaves the old text or the new one, never half of it.",
    }
    .hold();
}
