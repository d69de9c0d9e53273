//! A rule's page, taken apart: the summary, the sections, and the examples that are also its tests.

use std::fmt::Write as _;

use super::registry::RULES;
use crate::rules::Rule;

/// The parts of a rule's page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The first sentence: "Reports …".
    pub summary: String,
    /// Headings with their text, in order.
    pub sections: Vec<(String, String)>,
    /// Blocks under "Reported".
    pub reported: Vec<String>,
    /// Blocks under "Accepted".
    pub accepted: Vec<String>,
}

/// The rule's page as Markdown, with its code and name as the title.
#[must_use]
pub fn markdown(rule: &Rule) -> String {
    format!("# {} {}\n\n{}", rule.code, rule.name, body(rule).trim_end())
}

/// All rules with their levels and the templates of their messages, as a page: `docs/RULES.md`.
#[must_use]
pub fn catalogue() -> String {
    let mut page = include_str!("catalogue_head.md").to_owned();
    let mut family = None;
    for rule in RULES {
        if family.replace(rule.family) != Some(rule.family) {
            let _ = write!(page, "\n## {:?} ({})\n\n", rule.family, rule.family.letter());
            page.push_str("| Code | Name | Level | Strict | Summary | Messages |\n|---|---|---|---|---|---|\n");
        }
        let summary = self::page(rule).summary.split_whitespace().collect::<Vec<_>>().join(" ");
        let messages: Vec<String> = rule.messages.iter().map(|message| cell(message)).collect();
        let (level, strict) = (rule.level.as_str(), rule.strict.as_str());
        let messages = messages.join("<br>");
        let _ =
            writeln!(page, "| {} | {} | {level} | {strict} | {} | {messages} |", rule.code, rule.name, cell(&summary));
    }
    page
}

/// Text of a table cell: nothing in it is markup but code spans.
fn cell(text: &str) -> String {
    let mut code = false;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        code ^= c == '`';
        if c == '|' || !code && matches!(c, '[' | ']' | '<' | '*' | '_') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Takes a rule's page apart.
#[must_use]
pub fn page(rule: &Rule) -> Page {
    let mut page = Page::default();
    let mut block: Option<String> = None;
    for line in body(rule).lines() {
        if let Some(inside) = &mut block {
            if line != "```" {
                inside.push_str(line);
                inside.push('\n');
                continue;
            }
            let example = block.take().unwrap_or_default();
            match page.sections.last().map(|(heading, _)| heading.as_str()) {
                Some("Reported") => page.reported.push(example),
                Some("Accepted") => page.accepted.push(example),
                _ => {}
            }
        } else if line == "```note" {
            block = Some(String::new());
        } else if let Some(heading) = line.strip_prefix("## ") {
            page.sections.push((heading.to_owned(), String::new()));
        } else {
            let text = page.sections.last_mut().map_or(&mut page.summary, |(_, text)| text);
            text.push_str(line);
            text.push('\n');
        }
    }
    page.summary = page.summary.trim().to_owned();
    page.sections.iter_mut().for_each(|(_, text)| *text = text.trim().to_owned());
    page
}

/// The page without the space that `///` leaves before every line.
fn body(rule: &Rule) -> String {
    rule.docs.lines().map(|line| line.strip_prefix(' ').unwrap_or(line)).fold(String::new(), |mut all, line| {
        all.push_str(line);
        all.push('\n');
        all
    })
}
