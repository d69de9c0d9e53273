//! The table of all that `whosaid.toml` may set: one truth for the reader, the JSON Schema, the reference page,
//! `config explain`, completion and hover.
//!
//! A path is written with dots; `*` stands for a name that the writer chooses or a rule's code, `[]` for one of several
//! tables under `[[…]]`. What a key does to a [`Config`] stands beside what is told of it, so that neither can be
//! forgotten.

mod table;
mod words;

use jiff::civil::Date;

use super::globs::Folder;
use super::{Config, Level, OwnTerm};

pub use table::KEYS;
pub(super) use table::new_ignore;

/// Something that may be set.
#[derive(Debug)]
pub struct Key {
    /// Its path: `profile`, `sources.deny`, `phrases.*.level`, `ignore[].until`.
    pub path: &'static str,
    /// The values that it accepts.
    pub kind: Kind,
    /// The default, in TOML; "" if there is none.
    pub default: &'static str,
    /// The way in which two files' values are merged.
    pub merge: Merge,
    /// Its meaning, in sentences.
    pub about: &'static str,
    /// A value, in TOML.
    pub example: &'static str,
    /// Puts a value that was read into the configuration.
    pub(super) set: fn(&mut Config, At<'_>, Read),
}

/// The place of a value.
#[derive(Clone, Copy, Debug)]
pub(super) struct At<'a> {
    /// The name in the place of `*`: a rule's code, a phrase's name; "" elsewhere.
    pub(super) name: &'a str,
    /// The folder that patterns are relative to.
    pub(super) folder: &'a Folder,
}

/// A table of keys.
#[derive(Debug)]
pub struct Section {
    /// Its name in brackets.
    pub name: &'static str,
    /// The form of its keys.
    pub shape: Shape,
    /// Its purpose, in sentences.
    pub about: &'static str,
}

/// The form of a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `[sources]` with keys that are known.
    Keys,
    /// `[rules]` with a key of each rule.
    Rules,
    /// `[status]` with names of one's own as keys.
    Names,
    /// `[phrases.NAME]`, each with keys that are known.
    Tables,
    /// `[[ignore]]`, any number of them.
    List,
}

/// The type of a key's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One of some words, each with what it means.
    Choice(&'static [(&'static str, &'static str)]),
    /// `true` or `false`.
    Flag,
    /// A whole number between the two.
    Integer(i64, i64),
    /// Any text.
    Text,
    /// A day: `2031-05-01`.
    Date,
    /// A list of texts, or one text.
    Texts,
    /// A list of patterns of paths, or one.
    Globs,
    /// A list of rules by code or name, or one.
    Rules,
    /// A level, or a table of a level and the paths that it holds for.
    RuleLevel,
    /// A word, or a table of terms with their bands in percent.
    Scale(&'static [(&'static str, &'static str)]),
}

impl Kind {
    /// The words that may be written, each with what it means.
    #[must_use]
    pub fn words(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Choice(words) | Self::Scale(words) => words,
            Self::RuleLevel => LEVELS,
            Self::Flag => &[("true", "yes"), ("false", "no")],
            _ => &[],
        }
    }

    /// The expected value, for people: "one of light, standard, strict".
    #[must_use]
    pub fn shown(self) -> String {
        let list = |words: &[(&str, &str)]| words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
        match self {
            Self::Choice(words) => format!("one of {}", list(words)),
            Self::Flag => "true or false".to_owned(),
            Self::Integer(least, most) => format!("a whole number from {least} to {most}"),
            Self::Text => "a text".to_owned(),
            Self::Date => "a day such as 2031-05-01".to_owned(),
            Self::Texts => "a list of texts".to_owned(),
            Self::Globs => "a list of path patterns".to_owned(),
            Self::Rules => "a list of rules by code or name".to_owned(),
            Self::RuleLevel => format!("one of {}, or {{ level, paths }}", list(LEVELS)),
            Self::Scale(words) => format!("one of {}, or a table of terms", list(words)),
        }
    }
}

/// The merging of a key that several files up the tree set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merge {
    /// The nearest file's value holds.
    Nearest,
    /// The lists of all files hold together.
    Together,
}

/// A value that was read, of the kind that its key asks for.
#[derive(Clone, Debug)]
pub(super) enum Read {
    /// One of the words of a choice.
    Word(&'static str),
    /// `true` or `false`.
    Flag(bool),
    /// A number within the key's bounds.
    Integer(i64),
    /// A text.
    Text(String),
    /// A day.
    Date(Date),
    /// A list of texts, of patterns or of codes of rules.
    Texts(Vec<String>),
    /// The level of a rule, and the patterns of the notes it holds for; none for all.
    Rule(Level, Vec<String>),
    /// The terms of a yardstick, at least one.
    Scale(Vec<OwnTerm>),
}

/// The levels, as words.
pub const LEVELS: &[(&str, &str)] = &[
    ("off", "not reported"),
    ("hint", "shown only when asked for"),
    ("information", "worth knowing"),
    ("warning", "worth mending; `whosaid check` fails"),
    ("error", "must be mended; `whosaid check` fails"),
];

/// All sections, in the order in which they are told of.
pub static SECTIONS: &[Section] = &[
    Section {
        name: "rules",
        shape: Shape::Rules,
        about: "How loud each rule is, by its code or name. A level set here is final: neither profile nor status moves it.",
    },
    Section {
        name: "status",
        shape: Shape::Names,
        about: "By how many steps the `status` in a note's front matter makes its findings louder or softer. A note without one is not shifted.",
    },
    Section {
        name: "sources",
        shape: Shape::Keys,
        about: "Which sources may be cited, and what must be known of them.",
    },
    Section { name: "product", shape: Shape::Keys, about: "What an assessment or report must say of itself." },
    Section { name: "grading", shape: Shape::Keys, about: "Grades of sources." },
    Section {
        name: "library",
        shape: Shape::Keys,
        about: "Where sources are listed. Paths are relative to this file.",
    },
    Section {
        name: "zones",
        shape: Shape::Keys,
        about: "Headings that say whose voice a section has, beside the built-in lists. Letter case and numbering do not count; `*` stands for anything.",
    },
    Section {
        name: "phrases",
        shape: Shape::Tables,
        about: "Rules of the house without code: each has a name, patterns and a message, and is reported as P001.",
    },
    Section {
        name: "ignore",
        shape: Shape::List,
        about: "Notes that are excused from rules, by path. What is expired or excuses nothing is reported, and `whosaid check --audit` lists all of it.",
    },
];

impl Key {
    /// Its section; none for a key of the file itself.
    #[must_use]
    pub fn section(&self) -> Option<&'static Section> {
        let name = self.path.split(['.', '[']).next().filter(|name| *name != self.path)?;
        SECTIONS.iter().find(|section| section.name == name)
    }

    /// Its own name, as it stands before `=`; `*` for one that the writer chooses.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.path.rsplit('.').next().unwrap_or(self.path)
    }
}

/// The key of that path.
#[must_use]
pub fn key(path: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.path == path)
}

/// The keys of a section; of the file itself for none.
pub fn keys_of(section: Option<&str>) -> impl Iterator<Item = &'static Key> {
    KEYS.iter().filter(move |key| key.section().map(|s| s.name) == section)
}

/// The section of that name.
#[must_use]
pub fn section(name: &str) -> Option<&'static Section> {
    SECTIONS.iter().find(|section| section.name == name)
}
