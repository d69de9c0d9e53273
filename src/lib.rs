//! whosaid: who is who, who said what, and what nobody said, in analysts' prose.
//!
//! A language server and a command line over one pure core. This page is the lasting place for how the house is built;
//! each module's own page says what it is for, why it is so and how to read it.
//!
//! # The house, in reading order
//!
//! ```text
//!  bytes ─▶ text ─▶ gate ─▶ lexicon ─▶ structure ─▶ analysis ─▶ workspace ─▶ rules ─▶ features ─┬─▶ lsp   (protocol shell)
//!                                                   config ─┘  ▲                               └─▶ cli   (terminal shell)
//!                                    store ◀─▶ project ─Change─┘   (the only readers of the disk)
//! ```
//!
//! | room | owns |
//! |---|---|
//! | [`text`] | bytes, ranges and lines of one text; words as hashes |
//! | [`gate`] | BibTeX, YAML, TOML and JSON of others: bounded before a library reads them, a fault costs its own part |
//! | [`lexicon`] | words and names as data files, and the only reader of them |
//! | [`structure`] | the shape of one note: items, blocks, sentences, tokens, markers; any text is a note |
//! | [`analysis`] | what ONE note says: names and who they are, quotations, attributions, claims |
//! | [`workspace`] | what ALL notes say together: identities, sources, links; a `Change` in, a `Snapshot` out |
//! | [`rules`] | what is wrong, a folder a family: one file is one rule is its documentation, its messages and its tests |
//! | [`features`] | what an editor may ask: one file answers one question, in bytes and Markdown |
//! | [`config`] | the values of `whosaid.toml`, and what is wrong with them |
//! | [`store`] | the index kept between two starts: one SQLite file a folder, rebuildable, never the truth |
//! | [`project`] | finding, walking, decoding and indexing a folder of notes; the one way to write into it |
//! | [`lsp`] | the protocol shell, in layers (wire, state, view, handlers, work): the only place for tower-lsp, tokio, dashmap and ropey |
//! | [`cli`] | the terminal shell: the only place that prints |
//!
//! # Invariants
//!
//! `tests/architecture` holds them on the parsed sources, and each failure explains itself. What still breaks one is
//! listed in `tests/architecture/owed.toml`, which may only become shorter.
//!
//! - A room uses only what stands further left on the arrow; nothing points back, and the two shells do not know each other.
//! - The core works in bytes; lines and columns exist only in `lsp/convert` and `cli/output`.
//! - The core does no IO and has no async. It may refuse what it is asked, in an error type of its own (a name that is
//!   taken, a setting that means nothing), but never for a reason outside its arguments: only `store`, `project`, `lsp`
//!   and `cli` know IO errors.
//! - Nothing panics: clippy denies it here for all rooms, and indexing and slicing at the `mod` of each that is free of them.
//! - Files of a room form no circle, a name means one type in a room, and a room reads its own data files only.
//! - What is known of a rule stands in its own file: its code is written nowhere else.
//! - Editing one note never changes another note's facts; only tables that refer to it change. That gives
//!   incrementality without a query engine.
//! - An edit costs its own sentence: what is expensive about a sentence is remembered under a hash of its text and of
//!   what it depends on (`analysis::Memo`). Tests count the work; they never time it.
//! - Files of the user are written by [`project::write`] alone: whole or not at all, and never over somebody else's change.
//! - Server and command line call the same [`rules::check`] with the same configuration, so they agree by construction.
//! - A rule reads facts and never parses text; a new fact is a change in [`analysis`].
//! - A request sees its own document exactly as it stood at its place in the stream, and the newest snapshot of the rest.
//!
//! # Glossary
//!
//! | word | meaning |
//! |---|---|
//! | note | any article or note file; *item*: one article within it |
//! | mention | a range that names an entity; *alias*: another name of it; *identity*: who it is across notes |
//! | source | where a claim comes from; *citation*: a marker that points at one |
//! | attribution | source, cue (the reporting words) and content (what was said) |
//! | speech | what a source did with a content: said it, denied it, did not say it; or it is only supposed, wanted, done |
//! | claim | what a sentence asserts of the world; *carried*: an earlier attribution still governs it |
//! | finding | a rule's result; *fix*: edits that mend it; *exception*: a reason in the text not to report it |
//! | dossier | what the workspace knows of an entity |

#![cfg_attr(not(test), deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::unreachable))]

pub mod analysis;
#[cfg_attr(not(test), deny(clippy::indexing_slicing, clippy::string_slice))]
pub mod cli;
#[cfg_attr(not(test), deny(clippy::indexing_slicing, clippy::string_slice))]
pub mod config;
#[cfg_attr(not(test), deny(clippy::indexing_slicing, clippy::string_slice))]
pub mod features;
pub mod gate;
#[cfg_attr(not(test), deny(clippy::indexing_slicing, clippy::string_slice))]
pub mod lexicon;
#[cfg_attr(not(test), deny(clippy::indexing_slicing, clippy::string_slice))]
pub mod lsp;
#[cfg_attr(not(test), deny(clippy::indexing_slicing, clippy::string_slice))]
pub mod project;
#[cfg_attr(not(test), deny(clippy::indexing_slicing, clippy::string_slice))]
pub mod rules;
#[cfg_attr(not(test), deny(clippy::indexing_slicing, clippy::string_slice))]
pub mod store;
pub mod structure;
#[cfg_attr(not(test), deny(clippy::indexing_slicing, clippy::string_slice))]
pub mod text;
#[cfg_attr(not(test), deny(clippy::indexing_slicing, clippy::string_slice))]
pub mod workspace;
