//! Quotation marks: what they pair with, and whether they hold speech, a label or a title.
//!
//! Marks are paired within a block with a stack, so that quotations nest and span sentences. A curly mark tells its
//! side; a straight one opens where white space or a bracket stands before it. Apostrophes are marks only where they
//! pair. Two single marks side by side (`''`) are one double mark. A quotation that is open at the end of a paragraph
//! is closed if the next one re-opens it, as printers do; else it ends with its sentence and is not `closed`.
//! Deeper than [`DEEPEST`] levels nothing is opened, so that odd text stays cheap.

use super::facts::{Quotation, QuotationClass};
use super::stages::Quotations;
use crate::lexicon::sourcing::{self as words, form};
use crate::structure::{Block, Note, Token, TokenKind};
use crate::text::TextRange;

const FUNCTION: words::Classes =
    words::PREP.or(words::CONJ).or(words::BE).or(words::HAVE).or(words::MODAL).or(words::WH).or(words::SUB);
const DEEPEST: usize = 4;
/// A label has at most this many words.
const LABEL_WORDS: usize = 4;

/// The quotations of a note, sorted; where they nest, the outer one first. One that spans paragraphs stands in pieces,
/// one for each paragraph.
#[must_use]
pub fn find(text: &str, note: &Note) -> Quotations {
    let mut found = Vec::new();
    let mut open_before: Option<usize> = None;
    for block in &note.blocks {
        let Some(tokens) = tokens_of_block(note, block) else { continue };
        let first = found.len();
        let left_open = pair(text, note, block, tokens, &mut found);
        let reopens = tokens.first().is_some_and(|token| token.kind == TokenKind::Quote && opens(text, tokens, 0));
        if let Some(before) = open_before.take()
            && reopens
            && let Some(quotation) = found.get_mut(before)
        {
            let quotation: &mut Quotation = quotation;
            quotation.closed = true;
        }
        found[first..].sort_by_key(|q: &Quotation| (q.range.start, std::cmp::Reverse(q.range.end)));
        open_before = left_open.and_then(|start| (first..found.len()).find(|&n| found[n].range.start == start));
    }
    Quotations { insides: insides(&found), quotations: found }
}

/// The insides of quotations, sorted, not overlapping.
fn insides(quotations: &[Quotation]) -> Vec<TextRange> {
    let mut spans: Vec<TextRange> = Vec::new();
    for quotation in quotations {
        match spans.last_mut() {
            Some(last) if quotation.inner.start < last.end => last.end = last.end.max(quotation.inner.end),
            _ => spans.push(quotation.inner),
        }
    }
    spans
}

fn tokens_of_block<'n>(note: &'n Note, block: &Block) -> Option<&'n [Token]> {
    let sentences = note.sentences_of(block);
    let (first, last) = (sentences.first()?, sentences.last()?);
    note.tokens.get(first.tokens.start as usize..last.tokens.end as usize)
}

/// A mark that waits for its partner.
struct Waiting {
    style: Style,
    /// Index of its token in the block.
    token: usize,
    start: u32,
    inner: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Single,
    Double,
    /// «…», „…“, 「…」
    Other,
}

/// Pairs the marks of one block; returns where a quotation begins that is still open at the block's end.
fn pair(text: &str, note: &Note, block: &Block, tokens: &[Token], found: &mut Vec<Quotation>) -> Option<u32> {
    let mut stack: Vec<Waiting> = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        if token.kind != TokenKind::Quote {
            at += 1;
            continue;
        }
        let (style, wide) = style_of(text, tokens, at);
        let end = tokens[at + wide - 1].range.end;
        let closing = stack.iter().rposition(|waiting| waiting.style == style && closes(text, tokens, at, wide));
        if closing.is_some() && style == Style::Single && is_plural_possessive(text, tokens, at) {
            at += 1;
            continue;
        }
        if let Some(level) = closing {
            let waiting = &stack[level];
            let inner = TextRange::new(waiting.inner, token.range.start);
            if !inner.is_empty() {
                let body = &tokens[(waiting.token + 1).min(at)..at];
                found.push(quotation(text, tokens, waiting.token, body, TextRange::new(waiting.start, end), inner));
            }
            stack.truncate(level);
        } else if stack.len() < DEEPEST && opens(text, tokens, at) && pairs_later(text, tokens, at, style) {
            stack.push(Waiting { style, token: at + wide - 1, start: token.range.start, inner: end });
        }
        at += wide;
    }
    // The outermost mark without a partner; single marks that never close are apostrophes.
    let open = stack.into_iter().find(|waiting| waiting.style != Style::Single)?;
    let leads = tokens.first().is_some_and(|first| first.range.start == open.start);
    let end = if leads {
        tokens.last()?.range.end
    } else {
        let sentence = note.sentence_at(open.start).map(|n| note.sentences[n].range.end);
        sentence.unwrap_or(block.range.end)
    };
    let range = TextRange::new(open.start, end);
    let inner = TextRange::new(open.inner, end);
    let stop = tokens.partition_point(|token| token.range.end <= end);
    let body = tokens.get(open.token + 1..stop).unwrap_or(&[]);
    let overlaps = found.iter().any(|q| q.range.overlaps(range) && !range.contains_range(q.range));
    if overlaps || inner.is_empty() {
        return None;
    }
    found.push(Quotation { closed: false, ..quotation(text, tokens, open.token, body, range, inner) });
    Some(open.start)
}

/// The style of the mark at `at`, and of how many tokens it is made.
fn style_of(text: &str, tokens: &[Token], at: usize) -> (Style, usize) {
    let mark = tokens[at].text(text);
    match mark {
        "\"" | "“" | "”" | "‟" => (Style::Double, 1),
        "'" | "’" | "‘" | "`" | "´" => {
            let twin = tokens.get(at + 1).is_some_and(|next| {
                next.kind == TokenKind::Quote && !next.spaced && (next.text(text) == mark || is_single(next.text(text)))
            });
            if twin { (Style::Double, 2) } else { (Style::Single, 1) }
        }
        "„" => (Style::Double, 1),
        _ => (Style::Other, 1),
    }
}

fn is_single(mark: &str) -> bool {
    matches!(mark, "'" | "’" | "‘" | "`" | "´")
}

/// Tells if the mark can begin a quotation.
fn opens(text: &str, tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    match token.text(text) {
        "“" | "‘" | "«" | "„" | "「" | "‹" | "`" | "‚" => true,
        "”" | "»" | "」" | "›" | "´" => false,
        "’" => at == 0 || token.spaced || before_opens(text, tokens, at),
        _ => at == 0 || token.spaced || before_opens(text, tokens, at),
    }
}

fn before_opens(text: &str, tokens: &[Token], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| match tokens[before].text(text) {
        "(" | "[" | "—" | "–" | "--" | "-" | "/" | "“" | "‘" => true,
        mark @ ("\"" | "'") => mark != tokens[at].text(text) && opens(text, tokens, before),
        _ => false,
    })
}

/// Tells if the mark can end a quotation.
fn closes(text: &str, tokens: &[Token], at: usize, wide: usize) -> bool {
    let token = &tokens[at];
    let next_is_glued_word = tokens
        .get(at + wide)
        .is_some_and(|next| !next.spaced && matches!(next.kind, TokenKind::Word | TokenKind::Number));
    match token.text(text) {
        "“" => at > 0 && !token.spaced && !next_is_glued_word,
        "‘" | "«" | "„" | "「" | "‹" | "‚" => false,
        "”" | "»" | "」" | "›" => true,
        _ => (!token.spaced || at + wide == tokens.len() || tokens[at + wide].spaced) && !next_is_glued_word,
    }
}

/// `wardens’ gate` within single marks: a noun goes on after a plural, and a better partner follows.
fn is_plural_possessive(text: &str, tokens: &[Token], at: usize) -> bool {
    let plural = at.checked_sub(1).is_some_and(|before| tokens[before].text(text).ends_with('s'));
    let goes_on = tokens.get(at + 1).is_some_and(|next| next.kind == TokenKind::Word && next.spaced && !next.capital);
    plural
        && goes_on
        && !words::lookup(tokens[at + 1].hash).any(FUNCTION)
        && pairs_later(text, tokens, at, Style::Single)
}

/// A lone single mark is a quotation only if a partner follows; the search looks a bounded way ahead.
fn pairs_later(text: &str, tokens: &[Token], at: usize, style: Style) -> bool {
    const AHEAD: usize = 80;
    if style != Style::Single {
        return true;
    }
    let stop = tokens.len().min(at + AHEAD);
    (at + 2..stop).any(|n| {
        tokens[n].kind == TokenKind::Quote
            && style_of(text, tokens, n) == (Style::Single, 1)
            && !opens(text, tokens, n)
            && closes(text, tokens, n, 1)
    })
}

fn quotation(
    text: &str,
    tokens: &[Token],
    mark: usize,
    body: &[Token],
    range: TextRange,
    inner: TextRange,
) -> Quotation {
    Quotation { range, inner, class: class_of(text, tokens, mark, body), closed: true, attribution: None }
}

/// Speech has a verb, length or its own punctuation; a title is capitalised; what is left is a label.
fn class_of(text: &str, tokens: &[Token], mark: usize, body: &[Token]) -> QuotationClass {
    let is_word = |token: &&Token| matches!(token.kind, TokenKind::Word | TokenKind::Number);
    let count = body.iter().filter(is_word).count();
    let last = body.last().map_or("", |token| token.text(text));
    let punctuated = matches!(last, "." | "," | "?" | "!" | "…" | "..." | "—" | "--");
    let introduced = mark
        .checked_sub(1)
        .and_then(|before| tokens.get(before))
        .is_some_and(|before| matches!(before.text(text), "," | ":"));
    let capitals = body.iter().filter(is_word).filter(|token| token.capital || token.kind == TokenKind::Number).count();
    let functions = body
        .iter()
        .filter(is_word)
        .filter(|token| {
            !token.capital && words::lookup(token.hash).any(words::DET | words::PREP | words::CONJ | words::TO)
        })
        .count();
    let titled = (2..=12).contains(&count) && capitals + functions == count && capitals >= 2;
    if titled && (!punctuated || last == ",") && body.first().is_some_and(|token| token.capital) {
        return QuotationClass::Title;
    }
    let finite = body.iter().any(|token| {
        let word = words::lookup(token.hash);
        word.any(words::BE | words::HAVE | words::DO | words::MODAL | words::PRONAUX)
            || (word.can_be(form::PAST) && !word.can_be(form::BASE))
    });
    if count > LABEL_WORDS || punctuated || (introduced && count > 1) || (finite && count > 2) {
        QuotationClass::Speech
    } else {
        QuotationClass::Label
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::structure::{Format, TokenMemo, parse};

    fn quotations(text: &str) -> Vec<(String, QuotationClass, bool)> {
        let note = parse(text, Format::Plain, &mut TokenMemo::default());
        find(text, &note).quotations.iter().map(|q| (q.inner.of(text).to_owned(), q.class, q.closed)).collect()
    }

    fn inner(text: &str) -> Vec<String> {
        quotations(text).into_iter().map(|(inner, ..)| inner).collect()
    }

    #[test]
    fn marks_of_every_style_pair() {
        assert_eq!(inner("“The gates stay shut,” Pell said."), ["The gates stay shut,"]);
        assert_eq!(inner("\"The gates stay shut,\" Pell said."), ["The gates stay shut,"]);
        assert_eq!(inner("''The gates stay shut,'' Pell said."), ["The gates stay shut,"]);
        assert_eq!(inner("‘The gates stay shut,’ Pell said."), ["The gates stay shut,"]);
        assert_eq!(inner("«The gates stay shut», Pell said."), ["The gates stay shut"]);
    }

    #[test]
    fn an_apostrophe_is_no_mark() {
        assert!(inner("The wardens’ gate and the allies' guns don’t matter.").is_empty());
        assert_eq!(inner("‘It’s the wardens’ gate,’ Pell said."), ["It’s the wardens’ gate,"]);
    }

    #[test]
    fn quotations_nest_outer_first() {
        assert_eq!(inner("“He told us ‘stay here’ twice,” Pell said."), ["He told us ‘stay here’ twice,", "stay here"]);
    }

    #[test]
    fn a_quotation_spans_sentences() {
        assert_eq!(inner("“We shut the gates. Nobody came,” Pell said."), ["We shut the gates. Nobody came,"]);
    }

    #[test]
    fn a_paragraph_reopens_what_the_last_left_open() {
        let found = quotations("“We shut the gates at dawn.\n\n“Nobody came,” Pell said.");
        assert_eq!(found.iter().map(|q| q.2).collect::<Vec<_>>(), [true, true]);
    }

    #[test]
    fn an_unclosed_mark_is_told() {
        let found = quotations("He said “the gates stay shut and left. The rain did not stop.");
        assert_eq!(found.len(), 1);
        assert!(!found[0].2);
        assert_eq!(found[0].0, "the gates stay shut and left.");
    }

    #[test]
    fn speech_label_and_title_differ() {
        let class = |text: &str| quotations(text).first().map(|q| q.1);
        assert_eq!(class("The so-called “gate tax” expired."), Some(QuotationClass::Label));
        assert_eq!(class("“The gates stay shut.” The rain did not stop."), Some(QuotationClass::Speech));
        assert_eq!(class("He wrote “The Wardens of Lusk” in 2029."), Some(QuotationClass::Title));
    }

    #[test]
    fn odd_text_is_read_in_linear_time() {
        for text in ["“".repeat(20_000), "'a ".repeat(20_000), "\" ".repeat(20_000), "(“".repeat(10_000)] {
            // Quadratic work would not end in minutes; that it ends is the test.
            assert!(quotations(&text).len() <= text.len());
        }
    }
}
