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
        files: &[
            "project/write.rs",
            "project/write/attributes.rs",
            // Options of an opening that only reads.
            "project/read.rs",
            "lsp/state/pages.rs",
            "store/place.rs",
        ],
        because: "A file of the user is written by project::write, which keeps its rights, notices who changed it \
                  meanwhile and leaves the old text or the new one, never half of it.",
    }
    .hold();
}

#[test]
fn formats_of_others_are_read_in_the_gate_only() {
    let paths: &'static [&'static [&'static str]] = &[
        &["biblatex"],
        &["saphyr"],
        &["saphyr_parser"],
        &["DeTable", "parse_recoverable"],
        &["serde_json", "from_str"],
        &["serde_json", "from_slice"],
        &["serde_json", "from_reader"],
        &["toml", "from_str"],
        &["toml", "from_slice"],
        &["toml", "de"],
    ];
    Reserved {
        paths,
        methods: &["load_from_str"],
        files: &[
            "gate/bibtex/decode.rs",
            "gate/json.rs",
            "gate/toml.rs",
            "gate/yaml.rs",
            // Bounded by the cap on a message's length, and by the library's own on nesting.
            "lsp/transport/message.rs",
            // A literal of the program's own.
            "lsp/transport/sanitise.rs",
            // The program's own file.
            "lsp/state/stores.rs",
            // Lines of a program that pipes texts in, answered one by one.
            "cli/analyze.rs",
        ],
        because: "A library may overflow its stack or never end on a file of others, and no unwinding helps: text reaches \
                  it through gate/, which bounds nesting, references, size and work first.",
    }
    .hold();
}

#[test]
fn a_reader_in_the_gate_takes_what_was_measured() {
    let unmeasured = |source: &&Source| {
        let names = |word: &str| source.paths.iter().any(|path| path.segments.iter().any(|segment| segment == word));
        let reads = ["biblatex", "MarkedYaml", "DeTable", "serde_json"].iter().any(|library| names(library));
        source.room() == "gate" && reads && !names("Checked")
    };
    let broken: Vec<String> = sources().iter().filter(unmeasured).map(|source| source.path.clone()).collect();
    hold(&broken, "In the gate a library gets a `Checked` text, which only a measurement makes.");
}

#[test]
fn files_are_opened_in_one_place() {
    Reserved {
        paths: &[&["fs", "read"], &["fs", "read_to_string"], &["File", "open"], &["File", "options"], &["OpenOptions"]],
        methods: &[],
        files: &[
            "project/read.rs",
            // Reads back what it is about to replace, which the user named, and makes the file beside it.
            "project/write.rs",
            // Asks the system, in /proc/self/mountinfo, for the folders that lie on other machines.
            "project/watch.rs",
            // The store's own files, in a folder of the user's.
            "store/place.rs",
            // Asks the system, in /proc, if the editor still runs.
            "lsp/transport/parent.rs",
            // The user names the file of known findings; it is read back before it is replaced.
            "cli/known.rs",
        ],
        because: "Notes and settings may name any file, devices and other machines included: only project/read.rs opens \
                  what they name, after it has seen that it may.",
    }
    .hold();
}
