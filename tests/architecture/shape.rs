//! Files that can be read at one go and say what they are.

use crate::facts::Source;
use crate::owed::{Site, hold, hold_but, owed};
use crate::sources::sources;

/// Lines of a file without its tests. Beyond it a file answers more than one question.
const LONGEST: usize = 450;

#[test]
fn every_file_says_what_it_is() {
    let silent = |source: &&Source| !source.says_what_it_is;
    let broken: Vec<String> = sources().iter().filter(silent).map(|source| format!("src/{}", source.path)).collect();
    hold(&broken, "A file begins with //!: what it is, why it is so, how to read it.");
}

#[test]
fn a_file_answers_one_question() {
    let long = sources().iter().filter(|source| source.lines > LONGEST);
    let site = |source: &Source| Site {
        entry: source.path.clone(),
        at: format!("src/{}: {} lines", source.path, source.lines),
    };
    hold_but(
        "too_long",
        &owed().too_long,
        &long.map(site).collect::<Vec<_>>(),
        "Past 450 lines (tests not counted) a file answers more than one question: split it by question.",
    );
}
