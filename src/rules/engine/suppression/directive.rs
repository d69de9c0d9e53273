//! The words of one `whosaid:` comment.

use jiff::civil::Date;

use crate::rules::Message;
use crate::rules::suppression::s904_unreadable_suppression::message;
use crate::text::TextRange;
use crate::text::near::nearest;

/// The order that a comment gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    /// For the sentence it stands in or before; on a line of its own for the block after it.
    Ignore,
    /// For the section it stands in.
    Section,
    /// For the note.
    File,
    /// For all that follows, up to `on`.
    Off,
    /// Ends `off`.
    On,
}

impl Verb {
    const ALL: [Self; 5] = [Self::Ignore, Self::Section, Self::File, Self::Off, Self::On];

    /// As it is written.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Ignore => "ignore",
            Self::Section => "ignore-section",
            Self::File => "ignore-file",
            Self::Off => "off",
            Self::On => "on",
        }
    }
}

/// A comment that could be read.
#[derive(Debug, PartialEq)]
pub(super) struct Directive {
    /// The order.
    pub(super) verb: Verb,
    /// The bytes of its word.
    pub(super) verb_range: TextRange,
    /// Rules as written, none for all.
    pub(super) rules: Vec<(String, TextRange)>,
    /// The reason in the writer's words; "" if none is given.
    pub(super) reason: String,
    /// The last day on which it holds, with its bytes.
    pub(super) until: Option<(Date, TextRange)>,
}

/// A fault of a comment that could not be read, with its place.
#[derive(Debug, PartialEq)]
pub(super) struct Problem {
    /// The bytes of the fault.
    pub(super) range: TextRange,
    /// The fault and its remedy.
    pub(super) message: Message,
}

/// Reads the text between a comment's signs; none if it does not speak to us.
pub(super) fn read(text: &str, body: TextRange) -> Result<Option<Directive>, Problem> {
    let mut words = Words { text: body.of(text), base: body.start, at: 0 };
    let Some((first, _)) = words.next() else { return Ok(None) };
    let verb = match first.strip_prefix("whosaid") {
        Some(":") => words.next(),
        Some(rest) if rest.starts_with(':') => {
            let range = TextRange::new(words.position() - (rest.len() as u32 - 1), words.position());
            Some((range.of(text), range))
        }
        _ => return Ok(None),
    };
    let Some((verb, verb_range)) = verb else {
        return Err(Problem { range: body, message: message::no_verb() });
    };
    let Some(known) = Verb::ALL.into_iter().find(|known| known.as_str() == verb) else {
        let near = nearest(verb, Verb::ALL.map(Verb::as_str));
        let message = near.map_or_else(message::no_verb, |near| message::near_verb(verb, near));
        return Err(Problem { range: verb_range, message });
    };
    let mut directive = Directive { verb: known, verb_range, rules: Vec::new(), reason: String::new(), until: None };
    while let Some((word, range)) = words.next() {
        match word.split_once('=') {
            None => directive.rules.push((word.to_owned(), range)),
            Some(("reason", value)) => value.trim_matches(QUOTES).clone_into(&mut directive.reason),
            Some(("until", value)) => {
                let value_range = TextRange::new(range.end - value.len() as u32, range.end);
                match value.trim_matches(QUOTES).parse::<Date>() {
                    Ok(date) => directive.until = Some((date, value_range)),
                    Err(_) => {
                        return Err(Problem { range: value_range, message: message::bad_date() });
                    }
                }
            }
            Some((key, _)) => {
                let range = TextRange::new(range.start, range.start + key.len() as u32);
                return Err(Problem { range, message: message::unknown_key() });
            }
        }
    }
    Ok(Some(directive))
}

const QUOTES: [char; 3] = ['"', '“', '”'];

/// Words parted by white space or commas; a quoted value keeps its spaces.
struct Words<'t> {
    text: &'t str,
    base: u32,
    at: usize,
}

impl<'t> Words<'t> {
    fn position(&self) -> u32 {
        self.base + self.at as u32
    }

    fn next(&mut self) -> Option<(&'t str, TextRange)> {
        let parts = |c: char| c.is_whitespace() || c == ',';
        let rest = self.text.get(self.at..)?;
        self.at += rest.len() - rest.trim_start_matches(parts).len();
        let rest = rest.trim_start_matches(parts);
        let mut quoted = false;
        let mut end = rest.len();
        for (at, c) in rest.char_indices() {
            quoted ^= QUOTES.contains(&c);
            if !quoted && parts(c) {
                end = at;
                break;
            }
        }
        if end == 0 {
            return None;
        }
        let start = self.at;
        self.at += end;
        Some((rest.get(..end)?, TextRange::from_usize(start, self.at).shifted(self.base)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(body: &str) -> Result<Option<Directive>, Problem> {
        read(body, TextRange::from_usize(0, body.len()))
    }

    #[test]
    fn rules_reason_and_day_are_read_with_their_places() {
        let text = r#" whosaid: ignore A101, unsourced-event reason="own count, at the quay" until=2031-05-01 "#;
        let directive = of(text).unwrap().unwrap();
        assert_eq!(directive.verb, Verb::Ignore);
        let rules: Vec<&str> = directive.rules.iter().map(|(_, range)| range.of(text)).collect();
        assert_eq!(rules, ["A101", "unsourced-event"]);
        assert_eq!(directive.reason, "own count, at the quay");
        let (date, range) = directive.until.unwrap();
        assert_eq!((date.to_string().as_str(), range.of(text)), ("2031-05-01", "2031-05-01"));
    }

    #[test]
    fn other_comments_are_none_of_our_business() {
        assert_eq!(of(" to do: ask Ada about the ledger "), Ok(None));
        assert_eq!(of(" whosaidit: nobody "), Ok(None));
        assert_eq!(of(""), Ok(None));
    }

    #[test]
    fn what_cannot_be_read_is_shown_where_it_stands() {
        for (text, word) in [
            ("whosaid: ingore A101", "ingore"),
            ("whosaid:hide A101", "hide"),
            ("whosaid: ignore A101 until=May", "May"),
            ("whosaid: off A101 because=x", "because"),
        ] {
            assert_eq!(of(text).unwrap_err().range.of(text), word, "{text}");
        }
    }
}
