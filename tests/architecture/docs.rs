//! What documentation says first.

use crate::facts::Source;
use crate::owed::{Site, hold_within, owed};
use crate::sources::sources;

#[test]
fn what_others_use_is_documented() {
    hold_within(
        "undocumented",
        &owed().undocumented,
        &undocumented(),
        "What is visible beyond its module has a comment: what it is, its units and bounds, when it fails.",
    );
}

/// Items, methods, fields and variants that are visible beyond their module and have no documentation.
pub(crate) fn undocumented() -> Vec<Site> {
    let of = |source: &'static Source| {
        let silent = source.items.iter().filter(|item| item.public && item.doc.is_none());
        silent.map(|item| Site {
            entry: source.room().to_owned(),
            at: format!("{}: {}", source.at(item.line), item.name),
        })
    };
    sources().iter().flat_map(of).collect()
}

#[test]
fn documentation_says_what_a_thing_is() {
    hold_within(
        "questions_for_docs",
        &owed().questions_for_docs,
        &questions(),
        "A comment begins with what the thing is: \"The length of …\", \"True if …\", \"Finds …\". \"What\", \"Whether\" \
         and \"Where\" leave the reader with half a sentence.",
    );
}

/// Documentation that begins like a question.
pub(crate) fn questions() -> Vec<Site> {
    let openers = ["What", "Whether", "Where", "Who", "How"];
    let of = |source: &'static Source| {
        let asks = source.items.iter().filter_map(move |item| {
            let doc = item.doc.as_deref()?;
            let first = doc.split(|c: char| !c.is_alphabetic()).next()?;
            openers.contains(&first).then_some((item.line, doc))
        });
        asks.map(|(line, doc)| Site { entry: source.room().to_owned(), at: format!("{}: {doc}", source.at(line)) })
    };
    sources().iter().flat_map(of).collect()
}
