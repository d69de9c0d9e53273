//! The keys themselves, each with what it does to a [`Config`].

use std::sync::Arc;

use super::words::{PROFILES, SCALES, SCHEMES, SCOPES, STATE_MEDIA, STORES};
use super::{At, Key, Kind, LEVELS, Merge, Read};
use crate::analysis::CitationScope;
use crate::config::globs::{Folder, Globs};
use crate::config::{Config, Ignore, LARGEST_FILE, Level, MEGABYTE, Phrase, Profile, RuleSetting, Store};
use crate::text::TextRange;

/// An attribution that carried further than this would carry over whole articles.
const MOST_CARRIED: i64 = 10;

/// All keys, in the order in which they are told of: those of no section first, then by section.
pub static KEYS: &[Key] = &[
    Key {
        path: "root",
        kind: Kind::Flag,
        default: "false",
        merge: Merge::Nearest,
        about: "The project begins here: no whosaid.toml further up the tree is read.",
        example: "true",
        set: |config, _, read| flag(&mut config.root, &read),
    },
    Key {
        path: "profile",
        kind: Kind::Choice(PROFILES),
        default: "\"standard\"",
        merge: Merge::Nearest,
        about: "How much is asked of a text.",
        example: "\"strict\"",
        set: |config, _, read| {
            if let Read::Word(word) = read {
                config.profile = match word {
                    "light" => Profile::Light,
                    "strict" => Profile::Strict,
                    _ => Profile::Standard,
                };
            }
        },
    },
    Key {
        path: "scale",
        kind: Kind::Scale(SCALES),
        default: "\"icd203\"",
        merge: Merge::Nearest,
        about: "The yardstick of likelihood that E501 to E503 hold the author to: a known one, or a table of terms with \
                their bands in percent.",
        example: "{ \"very likely\" = [75, 95], \"likely\" = [55, 75] }",
        set: |config, _, read| match read {
            Read::Word(word) => {
                word.clone_into(&mut config.scale);
                config.own_scale = Arc::default();
            }
            Read::Scale(terms) => {
                "own".clone_into(&mut config.scale);
                config.own_scale = Arc::new(terms);
            }
            _ => {}
        },
    },
    Key {
        path: "citation-scope",
        kind: Kind::Choice(SCOPES),
        default: "\"run\"",
        merge: Merge::Nearest,
        about: "How far a citation at the end of a sentence reaches back.",
        example: "\"paragraph\"",
        set: |config, _, read| {
            if let Read::Word(word) = read {
                config.analysis.citation_scope = match word {
                    "sentence" => CitationScope::Sentence,
                    "paragraph" => CitationScope::Paragraph,
                    _ => CitationScope::Run,
                };
            }
        },
    },
    Key {
        path: "carry-max",
        kind: Kind::Integer(0, MOST_CARRIED),
        default: "2",
        merge: Merge::Nearest,
        about: "How many sentences after its own an attribution may govern.",
        example: "1",
        set: |config, _, read| {
            if let Read::Integer(number) = read {
                config.analysis.carry_max = u32::try_from(number).unwrap_or(2);
            }
        },
    },
    Key {
        path: "pandoc-bare",
        kind: Kind::Flag,
        default: "false",
        merge: Merge::Nearest,
        about: "A bare `@key` counts as a citation wherever it stands.",
        example: "true",
        set: |config, _, read| flag(&mut config.pandoc_bare, &read),
    },
    Key {
        path: "store",
        kind: Kind::Choice(STORES),
        default: "\"user\"",
        merge: Merge::Nearest,
        about: "Where what was learnt of the notes is kept between two starts.",
        example: "\"off\"",
        set: |config, _, read| {
            if let Read::Word(word) = read {
                config.store = match word {
                    "workspace" => Store::Workspace,
                    "off" => Store::Off,
                    _ => Store::User,
                };
            }
        },
    },
    Key {
        path: "largest-file",
        kind: Kind::Integer(1, LARGEST_FILE as i64),
        default: "16",
        merge: Merge::Nearest,
        about: "The longest note that is checked, in megabytes. Bibliographies may have 64 MB, or as much as this where it is more.",
        example: "32",
        set: |config, _, read| {
            if let Read::Integer(number) = read {
                config.largest_file = u64::try_from(number).unwrap_or(16) * MEGABYTE;
            }
        },
    },
    Key {
        path: "include",
        kind: Kind::Globs,
        default: "[]",
        merge: Merge::Nearest,
        about: "Patterns of the files that are notes, relative to this file; none means every .md, .markdown, .mdown, .qmd and .txt.",
        example: "[\"**/*.md\"]",
        set: |config, at, read| {
            if let Read::Texts(patterns) = read {
                config.include = Globs::new(at.folder.clone(), patterns);
            }
        },
    },
    Key {
        path: "exclude",
        kind: Kind::Globs,
        default: "[]",
        merge: Merge::Together,
        about: "Patterns of the files that are no notes, relative to this file.",
        example: "[\"archive/**\"]",
        set: |config, at, read| {
            if let Read::Texts(patterns) = read {
                config.exclude.push(Globs::new(at.folder.clone(), patterns));
            }
        },
    },
    Key {
        path: "baseline",
        kind: Kind::Text,
        default: "",
        merge: Merge::Nearest,
        about: "A file of known findings, relative to this file, as `whosaid check --write-baseline=FILE` writes it: \
                only what is not in it is reported.",
        example: "\"whosaid-baseline.json\"",
        set: |config, _, read| {
            if let Read::Text(path) = read {
                config.baseline = Some(path);
            }
        },
    },
    Key {
        path: "rules.*",
        kind: Kind::RuleLevel,
        default: "",
        merge: Merge::Nearest,
        about: "The level of this rule, for all notes or for those that fit `paths`.",
        example: "{ level = \"error\", paths = [\"final/**\"] }",
        set: |config, at, read| {
            if let Read::Rule(level, paths) = read {
                let setting = RuleSetting { level, paths: Globs::new(at.folder.clone(), paths) };
                config.rules.insert(at.name.to_owned(), setting);
            }
        },
    },
    Key {
        path: "status.*",
        kind: Kind::Integer(-3, 3),
        default: "",
        merge: Merge::Nearest,
        about: "Steps for notes of this status; `draft = -1` and `final = 1` hold without being set.",
        example: "-1",
        set: |config, at, read| {
            if let Read::Integer(steps) = read {
                config.status.insert(at.name.to_lowercase(), i32::try_from(steps).unwrap_or(0));
            }
        },
    },
    Key {
        path: "sources.allow",
        kind: Kind::Texts,
        default: "[]",
        merge: Merge::Nearest,
        about: "Domains, outlets and citation keys that may be cited; all others are reported (G402). None means all. \
                A domain covers its subdomains; `*` stands for anything.",
        example: "[\"harbordaily.example\", \"Harbor Daily\"]",
        set: |config, _, read| texts(&mut config.sources.allow, read, Merge::Nearest),
    },
    Key {
        path: "sources.deny",
        kind: Kind::Texts,
        default: "[]",
        merge: Merge::Together,
        about: "Domains, outlets and citation keys that may not be cited (G401). A nested file cannot take one back.",
        example: "[\"southmeridian.example\"]",
        set: |config, _, read| texts(&mut config.sources.deny, read, Merge::Together),
    },
    Key {
        path: "sources.outlets",
        kind: Kind::Texts,
        default: "[]",
        merge: Merge::Together,
        about: "Names of outlets, beside those that are known anyway.",
        example: "[\"Norvik Gazette\"]",
        set: |config, _, read| texts(&mut Arc::make_mut(&mut config.analysis.house).outlets, read, Merge::Together),
    },
    Key {
        path: "sources.state-media",
        kind: Kind::Choice(STATE_MEDIA),
        default: "\"label\"",
        merge: Merge::Nearest,
        about: "What is asked where a source whose note has `kind: state` is cited: a word that says so (G409).",
        example: "\"warn\"",
        set: |config, _, read| word(&mut config.sources.state_media, &read),
    },
    Key {
        path: "sources.required-fields",
        kind: Kind::Texts,
        default: "[\"title\", \"publisher\", \"date\", \"url\"]",
        merge: Merge::Nearest,
        about: "Fields that a source note or bibliography entry must have (C308).",
        example: "[\"title\", \"date\"]",
        set: |config, _, read| texts(&mut config.sources.required_fields, read, Merge::Nearest),
    },
    Key {
        path: "product.required-fields",
        kind: Kind::Texts,
        default: "[\"title\", \"date\", \"author\", \"status\"]",
        merge: Merge::Nearest,
        about: "Fields that the front matter of an assessment or report must give, such as `tlp` (D903).",
        example: "[\"title\", \"date\", \"author\", \"status\", \"tlp\"]",
        set: |config, _, read| texts(&mut config.product_fields, read, Merge::Nearest),
    },
    Key {
        path: "grading.required",
        kind: Kind::Flag,
        default: "false",
        merge: Merge::Nearest,
        about: "Whether every cited source must be graded (G403).",
        example: "true",
        set: |config, _, read| flag(&mut config.grading.required, &read),
    },
    Key {
        path: "grading.scheme",
        kind: Kind::Choice(SCHEMES),
        default: "\"admiralty\"",
        merge: Merge::Nearest,
        about: "How sources are graded.",
        example: "\"3x5x2\"",
        set: |config, _, read| word(&mut config.grading.scheme, &read),
    },
    Key {
        path: "library.bibliography",
        kind: Kind::Texts,
        default: "[]",
        merge: Merge::Together,
        about: "BibTeX, BibLaTeX, CSL-JSON or Hayagriva (YAML) files; none means every .bib file of the project.",
        example: "[\"refs.bib\"]",
        set: |config, _, read| texts(&mut config.bibliography, read, Merge::Together),
    },
    Key {
        path: "library.notes",
        kind: Kind::Globs,
        default: "[]",
        merge: Merge::Together,
        about: "Patterns of source notes, beside those that front matter or a folder `sources` tells: they can be cited, and are not judged.",
        example: "[\"sources/**\"]",
        set: |config, at, read| {
            if let Read::Texts(patterns) = read {
                config.source_notes.push(Globs::new(at.folder.clone(), patterns));
            }
        },
    },
    Key {
        path: "zones.own-voice",
        kind: Kind::Texts,
        default: "[]",
        merge: Merge::Together,
        about: "Headings over the writer's own judgement: likelihood is asked for there, sources are not.",
        example: "[\"Analyst comment\"]",
        set: |config, _, read| texts(&mut Arc::make_mut(&mut config.analysis.house).own_voice, read, Merge::Together),
    },
    Key {
        path: "zones.exempt",
        kind: Kind::Texts,
        default: "[]",
        merge: Merge::Together,
        about: "Headings over what needs no sources.",
        example: "[\"Annex*\"]",
        set: |config, _, read| texts(&mut Arc::make_mut(&mut config.analysis.house).exempt, read, Merge::Together),
    },
    Key {
        path: "phrases.*.patterns",
        kind: Kind::Texts,
        default: "",
        merge: Merge::Nearest,
        about: "Words to look for, as whole words and without regard to letter case; nothing is reported within quotations.",
        example: "[\"it goes without saying\"]",
        set: |config, at, read| texts(&mut phrase(config, at).patterns, read, Merge::Nearest),
    },
    Key {
        path: "phrases.*.message",
        kind: Kind::Text,
        default: "\"The house does not print this phrase.\"",
        merge: Merge::Nearest,
        about: "What is said of them, in 140 characters.",
        example: "\"Say it, or leave it out\"",
        set: |config, at, read| {
            if let Read::Text(message) = read {
                phrase(config, at).message = message;
            }
        },
    },
    Key {
        path: "phrases.*.level",
        kind: Kind::Choice(LEVELS),
        default: "\"warning\"",
        merge: Merge::Nearest,
        about: "How loud it is.",
        example: "\"information\"",
        set: |config, at, read| {
            if let Read::Word(word) = read {
                let phrase = phrase(config, at);
                phrase.level = Level::parse(word).unwrap_or(phrase.level);
            }
        },
    },
    Key {
        path: "ignore[].rules",
        kind: Kind::Rules,
        default: "[]",
        merge: Merge::Together,
        about: "The rules that are excused, by code or name; none means all.",
        example: "[\"A101\", \"unsourced-event\"]",
        set: |config, _, read| {
            if let (Some(ignore), Read::Texts(rules)) = (config.ignore.last_mut(), read) {
                ignore.rules = rules;
            }
        },
    },
    Key {
        path: "ignore[].paths",
        kind: Kind::Globs,
        default: "",
        merge: Merge::Together,
        about: "Patterns of the notes, relative to this file. Must be set.",
        example: "[\"archive/**\"]",
        set: |config, at, read| {
            if let (Some(ignore), Read::Texts(patterns)) = (config.ignore.last_mut(), read) {
                ignore.paths = Globs::new(at.folder.clone(), patterns);
            }
        },
    },
    Key {
        path: "ignore[].reason",
        kind: Kind::Text,
        default: "\"\"",
        merge: Merge::Together,
        about: "Why, for those who review exceptions.",
        example: "\"imported before the house had rules\"",
        set: |config, _, read| {
            if let (Some(ignore), Read::Text(reason)) = (config.ignore.last_mut(), read) {
                ignore.reason = reason;
            }
        },
    },
    Key {
        path: "ignore[].until",
        kind: Kind::Date,
        default: "",
        merge: Merge::Together,
        about: "The last day on which it holds; afterwards the findings come back, and this line is reported.",
        example: "2031-05-01",
        set: |config, _, read| {
            if let (Some(ignore), Read::Date(date)) = (config.ignore.last_mut(), read) {
                ignore.until = Some(date);
            }
        },
    },
];

fn flag(to: &mut bool, read: &Read) {
    if let Read::Flag(value) = read {
        *to = *value;
    }
}

fn word(to: &mut String, read: &Read) {
    if let Read::Word(word) = read {
        (*word).clone_into(to);
    }
}

fn texts(to: &mut Vec<String>, read: Read, merge: Merge) {
    if let Read::Texts(texts) = read {
        match merge {
            Merge::Nearest => *to = texts,
            Merge::Together => to.extend(texts),
        }
    }
}

fn phrase<'c>(config: &'c mut Config, at: At<'_>) -> &'c mut Phrase {
    let new = || Phrase { patterns: Vec::new(), message: String::new(), level: Level::Warning };
    config.phrases.entry(at.name.to_owned()).or_insert_with(new)
}

/// An `[[ignore]]` of which only the place is known.
pub(in crate::config) fn new_ignore(range: TextRange, folder: &Folder) -> Ignore {
    let (rules, paths) = (Vec::new(), Globs::default());
    Ignore { rules, paths, reason: String::new(), until: None, range, folder: folder.clone() }
}
