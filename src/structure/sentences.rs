//! Where sentences end.
//!
//! One pass over a block's bytes. Only a stop (`. ! ? …` and the stops of Chinese and Japanese) can end a sentence;
//! what decides is the word before it, the closing marks after it, and the word after those. All looking ahead and
//! back is bounded, so a paragraph of 20 kB on one line costs what it weighs. The rules, in the order they are asked:
//!
//! 1. stops inside holes (addresses, code) and inside a bracketed insertion (`[Mr. Wang]`) are nothing;
//! 2. closing quotation marks, brackets and footnote markers after a stop belong to the sentence before;
//! 3. small letters go on with the sentence (`“Why?” he asked`), and so does a name that speaks (`“Why?” Pell asked`);
//! 4. an abbreviation or an initial needs a word that opens sentences (`Norvik Inc. The yard`);
//! 5. without a space after the stop, only a capitalised word after a plain word begins a sentence (`city.Russia`).

mod places;

use places::{is_closing_quote, is_space, reference_length};

use super::Block;
use super::abbreviations::{Abbreviation, abbreviation, opens_sentences};
use super::speech_tags::names_a_speaker;
use crate::text::TextRange;

/// A sentence without any stop is cut at a white space after this many bytes, so that nothing later meets a "sentence"
/// of a megabyte.
const LONGEST: usize = 6000;

/// The longest bracketed insertion, in bytes.
const LONGEST_INSERTION: usize = 240;

/// Appends the sentences of `block`, without the white space around them.
pub fn split(text: &str, block: &Block, out: &mut Vec<TextRange>) {
    if block.range.of(text).is_empty() {
        return;
    }
    let end = block.range.end as usize;
    let mut splitter = Splitter { text: &text[..end], holes: &block.holes, end };
    splitter.run(block.range.start as usize, out);
}

struct Splitter<'t> {
    /// The text up to the block's end.
    text: &'t str,
    holes: &'t [TextRange],
    end: usize,
}

/// A run of stops.
struct Stop {
    /// The byte with which the run begins.
    at: usize,
    /// One past its last byte.
    end: usize,
    /// Its kind.
    kind: StopKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum StopKind {
    /// `.`
    Point,
    /// `…`, `...`, `. . .`
    Ellipsis,
    /// `!`, `?` and runs that hold one.
    Loud,
    /// `。`: needs no space after it.
    Wide,
}

impl Splitter<'_> {
    fn run(&mut self, from: usize, out: &mut Vec<TextRange>) {
        let bytes = self.text.as_bytes();
        let mut start = self.skip_space(from);
        let mut at = start;
        while at < self.end {
            if let Some(hole) = self.holes.first() {
                if hole.end as usize <= at {
                    self.holes = &self.holes[1..];
                    continue;
                }
                if hole.start as usize <= at {
                    at = hole.end as usize;
                    continue;
                }
            }
            match bytes[at] {
                b'.' | b'!' | b'?' | 0xE2 | 0xE3 | 0xEF => {}
                b'[' => {
                    at = self.insertion_end(at);
                    continue;
                }
                _ => {
                    if at - start > LONGEST && bytes[at].is_ascii_whitespace() {
                        start = self.push(start, at, out);
                        at = start.max(at + 1);
                    } else {
                        at += 1;
                    }
                    continue;
                }
            }
            if bytes[at] == 0xE2 && self.text[at..].starts_with('•') && at > start && self.is_space_before(at) {
                start = self.push(start, at, out);
                at += '•'.len_utf8();
                continue;
            }
            let Some(stop) = self.stop_at(at) else {
                at += 1;
                continue;
            };
            at = stop.end;
            if let Some(end) = self.boundary(start, &stop) {
                start = self.push(start, end, out);
                at = start;
            }
        }
        self.push(start, self.end, out);
    }

    /// Keeps `from..to` without white space around it; gives the start of what follows.
    fn push(&self, from: usize, to: usize, out: &mut Vec<TextRange>) -> usize {
        let to = to.min(self.end);
        let kept = self.text.get(from..to).map_or("", |piece| piece.trim_end_matches(is_space));
        if !kept.is_empty() {
            out.push(TextRange::from_usize(from, from + kept.len()));
        }
        self.skip_space(to)
    }

    /// The run of stops that begins at `at`, spaced ellipses included.
    fn stop_at(&self, at: usize) -> Option<Stop> {
        let mut end = at;
        let mut points = 0;
        let mut kind = StopKind::Point;
        loop {
            match self.char_at(end) {
                Some('.') => points += 1,
                Some('…') => points += 3,
                Some('!' | '?') => kind = StopKind::Loud,
                Some('。' | '！' | '？' | '｡') => kind = StopKind::Wide,
                Some(c) if points > 0 && kind == StopKind::Point && c != '\n' && is_space(c) => {
                    let next = end + c.len_utf8();
                    // `. . .` only: a point, a space, and a point that no letter follows.
                    let spaced_point =
                        self.char_at(next) == Some('.') && !self.char_at(next + 1).is_some_and(|c| c.is_alphanumeric());
                    if !spaced_point || self.is_hole(end) {
                        break;
                    }
                    end = next;
                    continue;
                }
                _ => break,
            }
            end += self.char_at(end).map_or(1, char::len_utf8);
            if self.is_hole(end) {
                break;
            }
        }
        if end == at {
            return None;
        }
        if kind == StopKind::Point && points > 1 {
            kind = StopKind::Ellipsis;
        }
        Some(Stop { at, end, kind })
    }

    /// The end of the sentence, if it ends with this stop.
    fn boundary(&self, start: usize, stop: &Stop) -> Option<usize> {
        let (end, quoted) = self.closers(stop.end);
        let next = self.skip_space(end);
        if next >= self.end {
            return None; // the block's end ends it
        }
        if stop.kind == StopKind::Wide {
            return Some(end);
        }
        if next == end {
            return self.glued(stop, end, quoted).then_some(end);
        }
        let opened = self.skip_openers(next);
        let first = self.char_at(opened)?;
        if matches!(first, ',' | ';' | ':' | ')' | ']') || is_closing_quote(first) {
            return None;
        }
        let unknown = opened > next && self.hole_before(opened).is_some_and(|hole| hole.len() > 3);
        let lettered = self.text.as_bytes()[next] == b'(' && self.text.as_bytes().get(opened + 1) == Some(&b')');
        if first.is_lowercase() && !unknown && !lettered && !self.is_small_name(opened) {
            return None;
        }
        let word = self.word_from(opened);
        let goes_on = match stop.kind {
            StopKind::Loud if quoted => opened == next && names_a_speaker(&self.text[opened..]),
            StopKind::Loud => self.text[..stop.at].ends_with(['(', '[']),
            StopKind::Ellipsis if quoted => opened == next && names_a_speaker(&self.text[opened..]),
            StopKind::Ellipsis => !self.ellipsis_ends(stop, word, opened > next),
            StopKind::Point => {
                let dashed = self.text[next..opened].starts_with(['-', '–', '—']);
                self.point_goes_on(start, stop, word, first, quoted, dashed)
            }
            StopKind::Wide => false,
        };
        if goes_on { None } else { Some(end) }
    }

    /// Returns `true` if a point belongs to the word before it.
    fn point_goes_on(&self, start: usize, stop: &Stop, word: &str, first: char, quoted: bool, dashed: bool) -> bool {
        let before = self.word_before(start, stop.at);
        if self.is_list_number(start, stop.at, before) {
            return true;
        }
        let opens = opens_sentences(word) && !self.is_initial(word);
        match abbreviation(before) {
            None => false,
            _ if quoted => false,
            // `PORT SARN, Va. - The yard`
            Some(_) if dashed => true,
            Some(Abbreviation::Lead) => true,
            Some(Abbreviation::Number) => first.is_ascii_digit(),
            Some(Abbreviation::End) if before == "I" || before == "e.g" || before == "i.e" => {
                before != "I" || !(opens || self.is_pronoun_or_numeral(start, stop.at))
            }
            Some(Abbreviation::End) if before.chars().all(char::is_lowercase) && !before.contains('.') => {
                // `etc.`, `hrs.`, and small letters: only a digit or a name that is no opener keeps them open.
                first.is_ascii_digit() || !(opens || before.len() > 1)
            }
            Some(Abbreviation::End) => !opens,
        }
    }

    /// `so do I. Pell …`, `World War I. Meridia …`: an `I` that is no initial.
    fn is_pronoun_or_numeral(&self, start: usize, at: usize) -> bool {
        let head = self.text[start..at - 1].trim_end();
        let before = self.word_before(start, start + head.len());
        before.len() > 2 && before.chars().all(char::is_lowercase)
            || matches!(before, "War" | "do" | "am" | "as" | "or")
    }

    /// `[1.] The first`, `IV. Findings`, `(a). The`: the number of a list item, alone at the sentence's start.
    fn is_list_number(&self, start: usize, at: usize, before: &str) -> bool {
        let head = self.text[start..at].trim_start_matches(['(', '*', '_', '-', '–', '•', ' ']);
        let short = head.len() <= 4 && head == before && !head.is_empty();
        short
            && (head.bytes().all(|b| b.is_ascii_digit() || b == b'.')
                || head.bytes().all(|b| b"IVX".contains(&b))
                || (head.len() == 1 && head.bytes().all(|b| b.is_ascii_alphabetic())))
    }

    /// Returns `true` if an ellipsis ends its sentence although nothing closes after it.
    fn ellipsis_ends(&self, stop: &Stop, word: &str, opened: bool) -> bool {
        let points = self.text[stop.at..stop.end].bytes().filter(|b| *b == b'.').count();
        points >= 4 || opened || opens_sentences(word)
    }

    /// Without a space: `city.Russia seeking`, `city.”Russia`, `quota.“We`, `quota.12 The`.
    fn glued(&self, stop: &Stop, end: usize, quoted: bool) -> bool {
        let before = self.word_before(stop.at.saturating_sub(40), stop.at);
        let plain = before.len() >= 3
            && before.bytes().rev().take(2).all(|b| b.is_ascii_lowercase() || b >= 0x80)
            && abbreviation(before).is_none()
            && !before.contains(['.', '/', '@', '_', '\\']);
        let ended = plain || quoted || stop.kind == StopKind::Loud;
        match self.char_at(end) {
            Some('“' | '‘' | '„' | '«') => ended && self.char_at(end + 3).is_some_and(char::is_uppercase),
            Some(c) if c.is_uppercase() && ended && stop.kind != StopKind::Ellipsis => {
                let word = self.word_from(end);
                let after = self.char_at(end + word.len());
                let whole = after.is_none_or(|c| is_space(c) || matches!(c, ',' | '’' | '\'' | '-' | '.'));
                // `Booking.Com`, `Node.Js`: names that look like files or hosts.
                let file = word.len() <= 3 && !opens_sentences(word) && abbreviation(word) != Some(Abbreviation::Lead);
                let named = word.len() > 1 && !word.chars().nth(1).is_some_and(char::is_uppercase);
                whole && !file && (named || opens_sentences(word))
            }
            _ => false,
        }
    }

    /// Past closing quotation marks, brackets and footnote markers; whether a quotation mark was among them.
    fn closers(&self, mut at: usize) -> (usize, bool) {
        let mut quoted = false;
        while at < self.end {
            if let Some(hole) = self.hole_from(at) {
                if self.is_white(hole) {
                    break;
                }
                at = hole.end as usize;
                continue;
            }
            match self.char_at(at) {
                Some(c) if is_closing_quote(c) || matches!(c, '"' | '\'') => {
                    quoted = true;
                    at += c.len_utf8();
                }
                Some(c @ (')' | ']' | '}' | '¹' | '²' | '³' | '⁰'..='⁹' | '†' | '‡')) => at += c.len_utf8(),
                Some('[') => {
                    let Some(len) = reference_length(&self.text[at..]) else { break };
                    at += len;
                }
                Some(c) if c.is_ascii_digit() => {
                    let Some(len) = self.flat_footnote(at) else { break };
                    at += len;
                }
                Some(c) if is_space(c) => {
                    let next = self.skip_space(at);
                    let Some(hole) = self.hole_from(next).filter(|hole| self.is_citation(*hole)) else { break };
                    at = hole.end as usize;
                }
                _ => break,
            }
        }
        (at, quoted)
    }

    /// `quota.12 The`: a footnote's number that lost its height; a decimal has a digit before the point.
    fn flat_footnote(&self, at: usize) -> Option<usize> {
        let digits = self.text[at..].bytes().take(4).take_while(u8::is_ascii_digit).count();
        let before = self.text[..at].trim_end_matches(['.', '”', '"', '’']);
        let word = before.chars().next_back().is_some_and(char::is_lowercase);
        let word_text = self.word_before(before.len().saturating_sub(24), before.len());
        let next = self.skip_space(at + digits);
        let sentence = next > at + digits && self.char_at(next).is_some_and(char::is_uppercase);
        (digits <= 3 && word && word_text.len() > 3 && abbreviation(word_text).is_none() && sentence).then_some(digits)
    }

    /// The end of a bracketed insertion that opens at `at`; one past the bracket where none closes nearby. A whole
    /// sentence in brackets keeps its stop: the scan goes on at it.
    fn insertion_end(&self, at: usize) -> usize {
        let bytes = &self.text.as_bytes()[at..];
        for (offset, byte) in bytes.iter().take(LONGEST_INSERTION).enumerate().skip(1) {
            match byte {
                b'[' | b'\n' => break,
                b']' => {
                    let stops =
                        bytes[..offset].iter().rposition(|b| !b".!?".contains(b)).map_or(0, |last| offset - 1 - last);
                    return at + offset - stops;
                }
                _ => {}
            }
        }
        at + 1
    }
}

#[cfg(test)]
mod tests;
