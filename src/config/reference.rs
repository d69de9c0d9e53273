//! The table of keys as a page for people, and one key as a few lines for hovers.

use std::fmt::Write as _;

use super::keys::{KEYS, Key, Kind, Merge, SECTIONS, Section, Shape, keys_of};

/// The part of the page before the keys.
const HEAD: &str = include_str!("reference_head.md");

/// The reference page of `whosaid.toml` in Markdown.
#[must_use]
pub fn page() -> String {
    let mut page = HEAD.to_owned();
    page.push_str("\n## The file itself\n\n");
    keys_of(None).for_each(|key| write_key(&mut page, key));
    for section in SECTIONS {
        let _ = write!(page, "## `{}`\n\n{}\n\n", brackets(section), section.about);
        keys_of(Some(section.name)).for_each(|key| write_key(&mut page, key));
    }
    page.truncate(page.trim_end().len());
    page.push('\n');
    page
}

/// The heading of a section: `[rules]`, `[phrases.NAME]`, `[[ignore]]`.
#[must_use]
pub fn brackets(section: &Section) -> String {
    match section.shape {
        Shape::Tables => format!("[{}.NAME]", section.name),
        Shape::List => format!("[[{}]]", section.name),
        Shape::Keys | Shape::Rules | Shape::Names => format!("[{}]", section.name),
    }
}

fn write_key(page: &mut String, key: &Key) {
    let shown = match key.path {
        "rules.*" => "RULE",
        "status.*" => "STATUS",
        _ => key.name(),
    };
    let _ = write!(page, "### `{shown}`\n\n{}\n", markdown(key));
}

/// The description of a key: its meaning, its values, its default.
#[must_use]
pub fn markdown(key: &Key) -> String {
    let mut shown = format!("{}\n\n", key.about);
    match key.kind {
        Kind::Choice(words) | Kind::Scale(words) => words.iter().for_each(|(word, meaning)| {
            let _ = writeln!(shown, "- `\"{word}\"`: {meaning}");
        }),
        kind => {
            let _ = writeln!(shown, "- Value: {}", kind.shown());
        }
    }
    if !key.default.is_empty() {
        let _ = writeln!(shown, "- Default: `{}`", key.default);
    }
    let merge = match key.merge {
        Merge::Nearest => "the nearest one's holds",
        Merge::Together => "all of them hold together",
    };
    let _ = writeln!(shown, "- Example: `{}`", example(key));
    let _ = writeln!(shown, "- Set in several files up the tree: {merge}");
    shown
}

/// The key with a value, as it would be written under its section.
fn example(key: &Key) -> String {
    let name = match key.path {
        "rules.*" => "unsourced-statistic",
        "status.*" => "review",
        _ => key.name(),
    };
    format!("{name} = {}", key.example)
}

/// All keys with their examples as one file: what a reader must accept whole. For tests and for those who begin.
#[must_use]
pub fn everything() -> String {
    let mut file = String::new();
    for key in KEYS.iter().filter(|key| key.section().is_none()) {
        let _ = writeln!(file, "{} = {}", key.name(), key.example);
    }
    for section in SECTIONS {
        let head = brackets(section).replace("NAME", "padding");
        let _ = writeln!(file, "\n{head}");
        keys_of(Some(section.name)).for_each(|key| {
            let _ = writeln!(file, "{}", example(key));
        });
    }
    file
}
