//! What a single line of an article is by its own words: byline, caption, credit, source line, separator, or something
//! that could be a title. Where the line stands decides the rest, and that is `items`' question.

use crate::lexicon::written::{self, forms_of};
use crate::lexicon::{class, classes_of_small};
/// The kind of a line, seen alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineKind {
    /// Running text.
    Body,
    /// `By Ada Pell`, `(Reporting by …)`.
    Byline,
    /// A picture's caption or credit.
    Caption,
    /// `Source: …`, `This article first appeared in …`, a lone address.
    SourceLine,
    /// A date line, a reading time, "Advertisement": neither prose nor a title.
    Furniture,
    /// No letter or digit at all: `* * *`.
    Separator,
    /// Short, and not closed like a sentence.
    Heading,
}

/// A heading has at most so many words.
const HEADING_WORDS: usize = 22;

/// Tells the kind of a line by itself. `line` has no white space around it.
pub(super) fn line_kind(line: &str) -> LineKind {
    if line.len() <= 400 && !line.bytes().any(|b| b.is_ascii_alphanumeric() || b >= 0xC3) {
        return LineKind::Separator;
    }
    if line.len() > 600 {
        return LineKind::Body;
    }
    if is_byline(line) {
        LineKind::Byline
    } else if is_source_line(line) {
        LineKind::SourceLine
    } else if is_caption(line) {
        LineKind::Caption
    } else if is_furniture(line) || super::directives::is_directive(line) {
        LineKind::Furniture
    } else if is_heading(line) {
        LineKind::Heading
    } else {
        LineKind::Body
    }
}

/// `By Ada Pell and Lidia Marr in Port Sarn`, at most 120 bytes, names rather than a sentence.
pub(super) fn is_byline(line: &str) -> bool {
    const HEADS: [&str; 11] = [
        "written by ",
        "reporting by ",
        "additional reporting by ",
        "editing by ",
        "words by ",
        "analysis by ",
        "story by ",
        "report by ",
        "compiled by ",
        "posted by ",
        "by ",
    ];
    let inner = line.strip_prefix('(').unwrap_or(line);
    let Some(head) = HEADS.iter().find(|head| starts_with_ignoring_case(inner, head)) else { return false };
    let rest = inner.get(head.len()..).unwrap_or("").trim_end_matches([')', '.']).trim();
    if line.len() > 200
        || rest.is_empty()
        || rest.contains(". ")
        || (*head == "by " && (line.len() > 120 || line.ends_with('.')))
    {
        return false;
    }
    let small = |word: &str| {
        matches!(
            word,
            "and"
                | "in"
                | "of"
                | "for"
                | "at"
                | "the"
                | "with"
                | "&"
                | "|"
                | "-"
                | "—"
                | "–"
                | "al"
                | "van"
                | "von"
                | "de"
        ) || word.starts_with(|c: char| c.is_ascii_digit())
    };
    let mut names = 0;
    let mut others = 0;
    for word in rest.split_whitespace() {
        if word.trim_start_matches(['(', '“', '"']).starts_with(char::is_uppercase) {
            names += 1;
        } else if !small(word) {
            others += 1;
        }
    }
    let names_first = rest.starts_with(char::is_uppercase) || rest.starts_with("the ") || others == 1 && names == 0;
    names_first && others <= names / 2 + usize::from(names == 0)
}

fn is_source_line(line: &str) -> bool {
    const HEADS: [&str; 12] = [
        "source:",
        "sources:",
        "source :",
        "via:",
        "h/t",
        "original:",
        "originally published",
        "first published in",
        "first published by",
        "read the original",
        "this article first appeared",
        "this article was first published",
    ];
    const MORE: [&str; 6] = [
        "this article originally appeared",
        "this article was originally published",
        "this story originally appeared",
        "with reporting by",
        "includes reporting by",
        "with additional reporting",
    ];
    if line.len() > 300 {
        return false;
    }
    let inner = line.strip_prefix(['(', '[']).unwrap_or(line);
    HEADS.iter().chain(&MORE).any(|head| starts_with_ignoring_case(inner, head)) || is_address(line)
}

/// A line that is one address and nothing else.
fn is_address(line: &str) -> bool {
    let head = starts_with_ignoring_case(line, "https://")
        || starts_with_ignoring_case(line, "http://")
        || line.starts_with("www.");
    head && !line.contains(char::is_whitespace)
}

fn is_caption(line: &str) -> bool {
    const HEADS: [&str; 12] = [
        "photo:",
        "photos:",
        "image:",
        "images:",
        "credit:",
        "picture:",
        "photo by ",
        "photo credit",
        "image credit",
        "caption:",
        "©",
        "file photo",
    ];
    const MARKS: [&str; 14] = [
        "Getty Images",
        "AP Photo",
        "(Photo by",
        "[File:",
        "[File photo",
        "File Photo",
        "via Wikimedia",
        "CC BY",
        "Maxar Technologies",
        "Planet Labs PBC",
        "Sentinel Hub",
        "/Handout",
        "Photo:",
        "Image:",
    ];
    if HEADS.iter().any(|head| starts_with_ignoring_case(line, head)) {
        return true;
    }
    let closed = line.trim_end_matches([']', ')', '.', ' ']);
    if closed.rsplit_once('/').is_some_and(|(_, credit)| forms_of(credit.trim()).has(written::PHOTO_AGENCY)) {
        return true;
    }
    let from = closed.len().saturating_sub(90);
    let tail = (from..closed.len()).find_map(|at| closed.get(at..)).unwrap_or("");
    MARKS.iter().any(|mark| tail.contains(mark))
}

fn is_furniture(line: &str) -> bool {
    const HEADS: [&str; 24] = [
        "reading time",
        "advertisement",
        "share this",
        "share on",
        "subscribe",
        "sign up",
        "read more",
        "read also",
        "also read",
        "click here",
        "published:",
        "published on",
        "published at",
        "updated:",
        "last updated",
        "last modified",
        "posted on",
        "posted:",
        "date:",
        "continue reading",
        "related:",
        "print this",
        "follow us",
        "download the app",
    ];
    if line.len() <= 100 && HEADS.iter().any(|head| starts_with_ignoring_case(line, head)) {
        return true;
    }
    line.len() <= 12
        && matches!(
            line.to_ascii_lowercase().as_str(),
            "share" | "print" | "email" | "comments" | "tweet" | "listen" | "menu" | "search"
        )
        || is_date(line)
}

/// A line of a date or a time of day alone: `10 March 2031`, `7 p.m.`, `2031-03-10 14:00 GMT`.
fn is_date(line: &str) -> bool {
    if line.len() > 48 || !line.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    let lower = line.to_ascii_lowercase().replace("a.m", "am").replace("p.m", "pm");
    lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).all(|word| {
        word.starts_with(|c: char| c.is_ascii_digit()) && word.len() <= 6
            || classes_of_small(word).has(class::MONTH.or(class::CLOCK_WORD))
            || classes_of_small(word).and(class::ANY_WEEKDAY.or(class::TIME)) == class::ANY_WEEKDAY.or(class::TIME)
    })
}

/// Short and not closed like a sentence: a title or a section's heading.
fn is_heading(line: &str) -> bool {
    if line.len() > 180 || line.starts_with(char::is_lowercase) {
        return false;
    }
    let open = line.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»']);
    let closed = open.ends_with(['.', '!', '…', ':', ';', ',', '。'])
        || (open.ends_with('?') && line.starts_with(['“', '"', '‘']));
    let spoken = line.contains(".” ")
        || line.contains(".\" ")
        || line.contains(",”")
        || line.contains(",\"")
        || line.contains(",’ ");
    let several = line.match_indices(". ").any(|(at, _)| {
        let word = line[..at].rsplit(' ').next().unwrap_or("");
        super::abbreviations::abbreviation(word).is_none() && word.len() > 2
    });
    !closed && !spoken && !several && line.split_whitespace().count() <= HEADING_WORDS
}

/// Words that begin with a capital among those of four letters and more, in hundredths.
pub(super) fn capitals(line: &str) -> usize {
    let (mut capital, mut all) = (0, 0);
    for word in line.split_whitespace() {
        if word.chars().filter(|c| c.is_alphabetic()).count() >= 4 {
            all += 1;
            capital +=
                usize::from(word.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(char::is_uppercase));
        }
    }
    (capital * 100_usize).checked_div(all).unwrap_or(100)
}

/// Length of the dateline that opens a paragraph, `PORT SARN, Meridia, March 4 (Agency) — `, without the dash and the
/// space around it.
pub(super) fn dateline(paragraph: &str) -> Option<usize> {
    let mut limit = paragraph.len().min(110);
    while !paragraph.is_char_boundary(limit) {
        limit -= 1;
    }
    let head = &paragraph[..limit];
    let dash = [" - ", " – ", " — ", " -- ", "— ", "– ", " ―"].iter().filter_map(|dash| head.find(dash)).min()?;
    let line = head[..dash].trim_end();
    let agency = line.ends_with(')');
    let place_end = line.find(['(', ',']).unwrap_or(line.len());
    let place = line[..place_end].trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let letters: Vec<char> = place.chars().filter(|c| c.is_alphabetic()).collect();
    let all_capitals = letters.len() >= 3 && letters.iter().all(|c| c.is_uppercase());
    let plain = line.chars().all(|c| c.is_alphanumeric() || c.is_whitespace() || ".,'’()/-&".contains(c));
    let named = line
        .split_whitespace()
        .all(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '(' || c == 'd'));
    let agency_named = agency && line.find('(').is_some_and(|at| at > 2 && line.len() - at <= 24);
    (plain && place.len() <= 40 && ((all_capitals && (named || agency)) || (agency_named && named)))
        .then_some(line.len())
}

/// Returns `true` if a text begins with `head`, the case of ASCII letters aside.
pub(super) fn starts_with_ignoring_case(text: &str, head: &str) -> bool {
    text.get(..head.len()).is_some_and(|start| start.eq_ignore_ascii_case(head))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_what_it_is() {
        for line in [
            "By Ada Pell",
            "by Harbor Daily",
            "BY ADA PELL AND LIDIA MARR",
            "By Ada Pell in Port Sarn",
            "(Reporting by Ada Pell; Editing by Lidia Marr)",
        ] {
            assert_eq!(line_kind(line), LineKind::Byline, "{line}");
        }
        for line in
            ["By Monday the yard had closed and nobody knew why", "By then it was late.", "By contrast, Norvik paid."]
        {
            assert_ne!(line_kind(line), LineKind::Byline, "{line}");
        }
        for line in [
            "Source: Harbor Daily and agencies",
            "https://hd.example/2031/quota",
            "This article first appeared in the Harbor Daily.",
        ] {
            assert_eq!(line_kind(line), LineKind::SourceLine, "{line}");
        }
        for line in [
            "Nadim Haddad in Port Sarn [File: Ada Pell/Reuters]",
            "Photo: Lidia Marr",
            "The yard in March. Ada Pell/AFP",
        ] {
            assert_eq!(line_kind(line), LineKind::Caption, "{line}");
        }
        for line in ["Reading Time: 2 minutes", "10 March 2031", "7 p.m.", "Tuesday, 4 March 2031, 14:00 GMT"] {
            assert_eq!(line_kind(line), LineKind::Furniture, "{line}");
        }
        for line in [
            "Meridia offers Norvik a new quota",
            "Lifeline for the yard not ‘allowed’",
            "Who owns the yard?",
            "Mr. Pell v. Norvik",
        ] {
            assert_eq!(line_kind(line), LineKind::Heading, "{line}");
        }
        for line in ["“It stands,” he said", "It stands. It fell", "He said:", "It stands.", "and so on"] {
            assert_eq!(line_kind(line), LineKind::Body, "{line}");
        }
        assert_eq!(line_kind("* * *"), LineKind::Separator);
    }

    #[test]
    fn datelines() {
        let found = |text: &str| dateline(text).map(|len| text[..len].to_owned());
        assert_eq!(found("PORT SARN, Meridia (AP) — The yard closed."), Some("PORT SARN, Meridia (AP)".to_owned()));
        assert_eq!(found("PORT SARN, March 4 - The yard closed."), Some("PORT SARN, March 4".to_owned()));
        assert_eq!(found("Port Sarn (Reuters) – The yard closed."), Some("Port Sarn (Reuters)".to_owned()));
        assert_eq!(found("The yard — it closed — was sold."), None);
        assert_eq!(found("NORVIK SHIPPING closed the yard - and paid."), None);
    }
}
