//! How the core fails: by a refusal of its own type, never by panic, never for a reason outside its arguments.

use std::collections::BTreeSet;

use crate::arrow::{ARROW, core_sources};
use crate::facts::{Deed, Source};
use crate::owed::{Site, hold, hold_but, hold_within, owed};
use crate::sources::{sources, text_of};

/// What clippy denies in the whole crate.
const LINTS: [&str; 4] = ["unwrap_used", "expect_used", "panic", "unreachable"];

/// What it also denies in a room whose `mod` in `src/lib.rs` says so.
const LINTS_OF_ROOMS: [&str; 2] = ["indexing_slicing", "string_slice"];

#[test]
fn nothing_panics_on_purpose() {
    let mut broken = Vec::new();
    for source in sources() {
        for act in &source.acts {
            let panics = match act.kind {
                Deed::Macro => matches!(act.name.as_str(), "panic" | "unreachable" | "todo" | "unimplemented"),
                Deed::Method => matches!(act.name.as_str(), "unwrap" | "expect" | "unwrap_err" | "expect_err"),
                Deed::Index | Deed::Async => false,
            };
            if panics {
                broken.push(format!("{}: {}", source.at(act.line), act.name));
            }
        }
    }
    hold(
        &broken,
        "Any text is a valid note, and an analyst's editor must not lose its server over one: handle the case.",
    );
}

#[test]
fn an_error_has_a_type() {
    hold_but(
        "errors_of_text",
        &owed().errors_of_text,
        &errors_of_text(),
        "An error that is a text can only be shown, never told apart: give it an enum that says what can go wrong, and \
         let the shells put it into words.",
    );
}

/// `Result`s whose error is a text.
pub(crate) fn errors_of_text() -> Vec<Site> {
    let texts = ["String", "str", "Cow", "Box"];
    let of = |source: &'static Source| {
        let found = source.errors.iter().filter(move |(_, error)| texts.contains(&error.trim_start_matches('&')));
        found.map(|(line, _)| Site { entry: source.path.clone(), at: source.at(*line) })
    };
    sources().iter().flat_map(of).collect()
}

#[test]
fn the_core_returns_no_error_of_the_world_outside() {
    let mut broken = Vec::new();
    for source in core_sources() {
        for path in &source.paths {
            let words: Vec<&str> = path.segments.iter().map(String::as_str).collect();
            if matches!(
                words.as_slice(),
                ["io", ..] | ["std", "io", ..] | ["anyhow", ..] | ["rusqlite", ..] | ["notify", ..]
            ) {
                broken.push(format!("{}: {}", source.at(path.line), words.join("::")));
            }
        }
    }
    hold(
        &broken,
        "The core may refuse what it is asked (a name that is taken, a setting that means nothing), in a type of its \
         own. It cannot fail for what happens outside, for it touches nothing there.",
    );
}

#[test]
fn clippy_denies_what_can_panic() {
    let file = syn::parse_file(&text_of("src/lib.rs")).unwrap();
    assert!(denies(&file.attrs, &LINTS), "`src/lib.rs` begins by denying {LINTS:?}: an analyst's server must not end.");
    let free = rooms_without_indexing();
    let listed = &owed().rooms_that_index;
    let broken = ARROW.iter().filter(|(room, _)| !free.contains(*room) && listed.iter().all(|known| known != room));
    hold(
        &broken.map(|(room, _)| (*room).to_owned()).collect::<Vec<_>>(),
        "`a[i]` and `text[a..b]` panic: at a room's `mod`, src/lib.rs denies clippy::indexing_slicing and \
         clippy::string_slice. A place that cannot fail says why with `#[expect(…, reason = …)]`.",
    );
    let mended = listed.iter().filter(|room| free.contains(room.as_str())).cloned();
    hold(
        &mended.collect::<Vec<_>>(),
        "These rooms index no more: take them out of `rooms_that_index` in tests/architecture/owed.toml for good.",
    );
}

/// The rooms at whose `mod` in `src/lib.rs` indexing is denied.
fn rooms_without_indexing() -> BTreeSet<String> {
    let file = syn::parse_file(&text_of("src/lib.rs")).unwrap();
    let modules = file.items.iter().filter_map(|item| match item {
        syn::Item::Mod(module) => Some(module),
        _ => None,
    });
    modules.filter(|m| denies(&m.attrs, &LINTS_OF_ROOMS)).map(|m| m.ident.to_string()).collect()
}

/// One of the attributes denies all of `lints`, outside tests or everywhere.
fn denies(attributes: &[syn::Attribute], lints: &[&str]) -> bool {
    attributes.iter().any(|attribute| {
        let syn::Meta::List(list) = &attribute.meta else { return false };
        let outside_tests = list.tokens.to_string().replace(' ', "").starts_with("not(test),deny(");
        let applies = list.path.is_ident("deny") || list.path.is_ident("cfg_attr") && outside_tests;
        let all = list.tokens.to_string();
        let words: BTreeSet<&str> = all.split(|c: char| c != '_' && !c.is_alphanumeric()).collect();
        applies && lints.iter().all(|lint| words.contains(lint))
    })
}

#[test]
fn rooms_index_less_and_less() {
    hold_within(
        "index_expressions",
        &owed().index_expressions,
        &index_expressions(),
        "`a[i]` and `text[a..b]` panic when i is not there or cuts a letter in two: use `get`, iterators or patterns.",
    );
}

/// Index expressions of the rooms in which clippy does not deny them.
pub(crate) fn index_expressions() -> Vec<Site> {
    let free = rooms_without_indexing();
    let indexes = |source: &'static Source| {
        let found = source.acts.iter().filter(|act| act.kind == Deed::Index);
        found.map(|act| Site { entry: source.room().to_owned(), at: source.at(act.line) })
    };
    sources().iter().filter(|source| !free.contains(source.room())).flat_map(indexes).collect()
}
