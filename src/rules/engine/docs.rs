//! A rule's page, taken apart: the summary, the sections, and the examples that are also its tests.

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
