//! For people: the passage with carets. A paragraph on one line of 20 kB is shown as a window around the span.

use std::io::Write;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level as Shown, Padding, Renderer, Snippet};

use super::{Checked, Count, Place, RelatedPlace};
use crate::config::Level;
use crate::rules::Finding;
use crate::text::TextRange;

/// Bytes shown before and after a span, at most.
const BEFORE: usize = 56;
const AFTER: usize = 56;
/// Bytes of a span shown, at most.
const SPAN: usize = 90;
/// Wider than any window, so that the renderer cuts nothing more.
const WIDTH: usize = 400;
/// Related places shown, at most.
const RELATED: usize = 3;

/// Writes all findings and a line that counts them.
///
/// # Errors
/// When writing fails.
pub fn write(checked: &[Checked], count: &Count, hints: bool, out: &mut impl Write) -> std::io::Result<()> {
    let renderer = Renderer::styled().decor_style(DecorStyle::Ascii).term_width(WIDTH);
    for checked in checked {
        for (finding, related) in checked.each() {
            writeln!(out, "{}\n", render(&renderer, checked, finding, related))?;
        }
    }
    writeln!(out, "{}", summary(count, hints))
}

fn render(renderer: &Renderer, checked: &Checked, finding: &Finding, related: &[RelatedPlace]) -> String {
    let place = Place::of(&checked.lines, finding.range);
    let window = Window::around(&checked.text, finding.range);
    let level = match finding.level {
        Level::Error => Shown::ERROR,
        Level::Warning => Shown::WARNING,
        Level::Information => Shown::INFO,
        Level::Hint | Level::Off => Shown::HELP.with_name("hint"),
    };
    let snippet = Snippet::source(window.shown)
        .line_start(place.line as usize)
        .fold(false)
        .annotation(AnnotationKind::Primary.span(window.span).label(finding.rule.name));
    let mut group: Group<'_> = level.primary_title(&*finding.message).id(finding.rule.code).element(snippet);
    let place_line = |r: &RelatedPlace| format!("{}:{}:{}: {}", r.path, r.line, r.column, r.message);
    let related: Vec<String> = related.iter().take(RELATED).map(place_line).collect();
    if !related.is_empty() {
        group = group.element(Padding);
    }
    for line in &related {
        group = group.element(Shown::NOTE.no_name().message(line.as_str()));
    }
    let rendered = renderer.render(&[group]);
    // The renderer would count columns from the window's beginning, not the line's.
    let (title, rest) = rendered.split_once('\n').unwrap_or((&rendered, ""));
    let gutter = place.line.to_string().len();
    format!("{title}\n{:gutter$}\x1b[1m\x1b[94m-->\x1b[0m {}:{}:{}\n{rest}", "", checked.path, place.line, place.column)
}

fn summary(count: &Count, hints: bool) -> String {
    let several = |n: usize, one: &str, many: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {many}") };
    let notes = several(count.notes, "note", "notes");
    let shown = count.errors + count.warnings + count.information + if hints { count.hints } else { 0 };
    let hidden = if hints || count.hints == 0 {
        String::new()
    } else {
        format!(" ({} not shown: --hints)", several(count.hints, "hint", "hints"))
    };
    if shown == 0 {
        return format!("Nothing to report in {notes}{hidden}.");
    }
    let mut parts = Vec::new();
    for (n, one, many) in [
        (count.errors, "error", "errors"),
        (count.warnings, "warning", "warnings"),
        (count.information, "information", "information"),
        (if hints { count.hints } else { 0 }, "hint", "hints"),
    ] {
        if n > 0 {
            parts.push(several(n, one, many));
        }
    }
    format!("{} in {notes}: {}{hidden}.", several(shown, "finding", "findings"), parts.join(", "))
}

/// The part of the first line of a range that is shown, and where the range lies in it.
struct Window {
    shown: String,
    span: std::ops::Range<usize>,
}

impl Window {
    fn around(text: &str, range: TextRange) -> Self {
        let start = floor(text, range.start as usize);
        let (before, after) = text.split_at_checked(start).unwrap_or((text, ""));
        let line_start = start - before.rsplit(['\n', '\r']).next().map_or(0, str::len);
        let line_end = start + after.split(['\n', '\r']).next().map_or(0, str::len);
        let end = floor(text, (range.end as usize).min(line_end).min(start + SPAN)).max(start);
        let from = if start - line_start > BEFORE { word_after(text, start - BEFORE, start) } else { line_start };
        let to = if line_end - end > AFTER { word_before(text, end, end + AFTER) } else { line_end };
        let (head, tail) = (if from > line_start { "…" } else { "" }, if to < line_end { "…" } else { "" });
        let shown = format!("{head}{}{tail}", text.get(from..to).unwrap_or_default());
        let span = start - from + head.len()..end - from + head.len();
        Self { shown, span }
    }
}

/// The last character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The first word that begins at or after `from`, but before `to`.
fn word_after(text: &str, from: usize, to: usize) -> usize {
    let from = floor(text, from);
    text.get(from..to).and_then(|words| words.find(' ')).map_or(from, |at| from + at + 1)
}

/// The end of the last word that ends at or before `to`, but after `from`.
fn word_before(text: &str, from: usize, to: usize) -> usize {
    let to = floor(text, to);
    text.get(from..to).and_then(|words| words.rfind(' ')).filter(|&at| at > 0).map_or(to, |at| from + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_shown_as_a_window_of_whole_words() {
        let text =
            format!("{}The port handled 38 million tonnes. {}", "Rain fell. ".repeat(900), "Wind rose. ".repeat(900));
        let start = text.find("38").unwrap();
        let window = Window::around(&text, TextRange::from_usize(start, start + 17));
        assert_eq!(&window.shown[window.span.clone()], "38 million tonnes");
        assert!(window.shown.len() < 150 && window.shown.starts_with('…') && window.shown.ends_with('…'));
    }

    #[test]
    fn odd_ranges_are_shown_as_far_as_they_go() {
        for (start, end) in [(0, 0), (1, 99), (3, 4), (500, 600)] {
            let window = Window::around("é\n“漢”\r\nx", TextRange::from_usize(start, end));
            assert!(window.shown.is_char_boundary(window.span.start) && window.shown.is_char_boundary(window.span.end));
        }
        assert_eq!(Window::around("", TextRange::default()).shown, "");
    }
}
