//! References that a writer puts into the prose itself: in brackets, after a bracketed year, as a raised number.
//!
//! No markup tells them from an aside, so each shape is one that references have and asides do not: an outlet with its
//! date, author and year, "ibid.", "see Annex B", the code of a source, what kind of evidence it is. A sentence with such a
//! reference is taken as cited: to ask for a source that stands there is worse than to miss an aside that looks like one.

use crate::lexicon::{self, Classes, class, classes_of, classes_of_small};
use crate::structure::{Token, TokenKind};
use crate::text::TextRange;

/// "(Harbor Daily, May 2)": an outlet or work with its date, in brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProseCitation {
    /// With its brackets.
    pub brackets: TextRange,
    /// Without them.
    pub range: TextRange,
    /// The words before the last comma.
    pub outlet: TextRange,
}

/// The citations in brackets of a sentence, in order.
pub fn prose_citations<'t>(text: &'t str, tokens: &'t [Token]) -> impl Iterator<Item = ProseCitation> + 't {
    bracketed(text, tokens).filter_map(move |(from, to)| {
        let inner = &tokens[from..to];
        let comma = outlet_end(text, inner)?;
        Some(ProseCitation {
            brackets: tokens[from - 1].range.cover(tokens[to].range),
            range: inner[0].range.cover(inner[inner.len() - 1].range),
            outlet: inner[0].range.cover(inner[comma - 1].range),
        })
    })
}

/// Tells if a sentence names its source in one of these shapes.
pub(super) fn cites(text: &str, tokens: &[Token]) -> bool {
    bracketed(text, tokens).any(|(from, to)| {
        is_reference(text, &tokens[from..to]) || is_year_of(text, tokens, from, to) || is_code(text, tokens, from, to)
    }) || is_raised(text, tokens)
}

/// The insides of innermost brackets, as ranges of tokens; the brackets stand right beside them.
fn bracketed<'t>(text: &'t str, tokens: &'t [Token]) -> impl Iterator<Item = (usize, usize)> + 't {
    let mut open = None;
    tokens.iter().enumerate().filter_map(move |(at, token)| match token.text(text) {
        "(" | "[" => {
            open = Some(at + 1);
            None
        }
        ")" | "]" => open.take().map(|from| (from, at)),
        _ => None,
    })
}

fn is_reference(text: &str, inner: &[Token]) -> bool {
    let declared = |a: &str, b: &str| {
        inner.len() == 2 && inner[0].text(text).eq_ignore_ascii_case(a) && inner[1].text(text).eq_ignore_ascii_case(b)
    };
    declared("own", "observation")
        || declared("common", "knowledge")
        || outlet_end(text, inner).is_some()
        || is_outlet(text, inner)
        || is_credit(text, inner)
        || is_pointer(text, inner)
        || is_evidence(inner)
        || inner.split(|token| token.text(text) == ";").any(|one| is_author_date(text, one))
}

fn is_of(token: &Token, classes: Classes) -> bool {
    classes_of(token.hash).has(classes)
}

fn is_one_of(text: &str, token: &Token, words: &[&str]) -> bool {
    words.iter().any(|word| token.text(text).eq_ignore_ascii_case(word))
}

/// "(Harbor Daily)", "(AP, 2/3/31)", "(AP/AFP)": nothing but outlets that the lexicon knows, and figures of a date.
fn is_outlet(text: &str, inner: &[Token]) -> bool {
    let joins = |name: &[Token]| name.iter().all(|token| is_one_of(text, token, &["and", "via"]));
    let known =
        |name: &[Token]| lexicon::outlet(name.iter().map(|token| token.hash)).is_some() || has_outlet_head(text, name);
    let names = || inner.split(|token| token.kind != TokenKind::Word).filter(|name| !name.is_empty());
    names().any(known) && names().all(|name| known(name) || joins(name))
}

/// "Harbor Daily", "the Lusk Gazette": called as papers and stations are.
fn has_outlet_head(text: &str, name: &[Token]) -> bool {
    let capital = name.iter().filter(|token| token.capital).count();
    let rest = name.iter().filter(|token| !token.capital).all(|token| is_one_of(text, token, &["the", "of", "and"]));
    capital >= 2 && rest && name.last().is_some_and(|head| head.capital && is_of(head, class::OUTLET_HEAD))
}

/// "(ibid.)", "(see Annex B)", "(Figure 3)", "(source 4)", "(see above)": where it stands.
fn is_pointer(text: &str, inner: &[Token]) -> bool {
    let Some(first) = inner.first() else { return false };
    let numbered = |at: usize| {
        let next = inner.get(at).map_or("", |token| token.text(text));
        next.starts_with(|c: char| c.is_ascii_digit())
            || next.len() == 1 && next.starts_with(|c: char| c.is_ascii_uppercase())
    };
    if is_of(first, class::SAME_PLACE) || is_of(first, class::DOCUMENT_PART) && numbered(1) {
        return true;
    }
    let second = |words| inner.get(1).is_some_and(|token| is_one_of(text, token, words));
    let second_of = |classes| inner.get(1).is_some_and(|token| is_of(token, classes));
    is_one_of(text, first, &["see", "cf"])
        && (second_of(class::DOCUMENT_PART)
            || second(&["above", "below"])
            || inner.iter().skip(1).any(|token| token.capital))
}

/// "(Interview with Hana Pell, May 2031)", "(farm board data)", "(UN Doc. S/2029/14)": what kind of evidence it is, and no
/// sentence of its own.
fn is_evidence(inner: &[Token]) -> bool {
    let Some(first) = inner.first() else { return false };
    let speaks = |token: &Token| {
        !token.capital
            && lexicon::word(token.hash)
                .classes
                .has(class::COPULA.or(class::HAVE_ALONE).or(class::MODAL_ALONE).or(class::REPORTS))
    };
    inner.len() >= 2
        && inner.len() <= EVIDENCE_REACH
        && inner.iter().any(|token| is_of(token, class::EVIDENCE))
        && !is_of(first, class::NO_EVIDENCE)
        && !inner.iter().any(speaks)
}

/// "Pell and Marr (2029, 14) show": a year in brackets right after its author.
fn is_year_of(text: &str, tokens: &[Token], from: usize, to: usize) -> bool {
    let author = from.checked_sub(2).and_then(|at| tokens.get(at));
    let named = author.is_some_and(|t| t.kind == TokenKind::Word && t.capital && !is_month(t) || t.text(text) == "al");
    named && tokens.get(from).is_some_and(|token| from < to && is_year(token.text(text)))
}

/// "[S4, B2]" or "(B2)" at the end of a clause: sources of a register, grades of the Admiralty scale.
fn is_code(text: &str, tokens: &[Token], from: usize, to: usize) -> bool {
    let code = |token: &Token| {
        let word = token.text(text);
        let digits = word.trim_start_matches(|c: char| c.is_ascii_uppercase());
        let letters = word.len() - digits.len();
        (1..=2).contains(&letters) && (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
    };
    let joins = |token: &Token| matches!(token.text(text), "," | ";" | "/" | "-");
    let inner = &tokens[from..to];
    let ends = tokens.get(to + 1).is_none_or(|next| matches!(next.kind, TokenKind::Stop | TokenKind::Sign));
    ends && inner.first().is_some_and(code) && inner.iter().all(|token| code(token) || joins(token))
}

/// "It fell.¹", "It fell<sup>1</sup>": a raised number behind a word or a stop, and no square or cubic unit.
fn is_raised(text: &str, tokens: &[Token]) -> bool {
    let Some((first, last)) = tokens.first().zip(tokens.last()) else { return false };
    let end = text.len().min(last.range.end as usize + RAISED_AFTER);
    let end = (last.range.end as usize..=end).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(end);
    let Some(sentence) = text.get(first.range.start as usize..end) else { return false };
    if sentence.is_ascii() && !sentence.contains('<') {
        return false;
    }
    let tagged = sentence.match_indices("<sup>").any(|(at, tag)| {
        let number = sentence.get(at + tag.len()..).unwrap_or("");
        number.starts_with(|c: char| c.is_ascii_digit() || c == '[')
    });
    let mut before = ' ';
    tagged
        || sentence.chars().any(|c| {
            let raised = matches!(c, '¹' | '²' | '³' | '⁴'..='⁹');
            let unit = matches!(c, '²' | '³') && before.is_alphabetic();
            let stands = raised && !unit && !before.is_whitespace() && !before.is_ascii_digit();
            before = c;
            stands
        })
}

fn is_month(token: &Token) -> bool {
    token.capital && lexicon::word(token.hash).classes.has(class::MONTH)
}

/// "(Pell and Marr 2029: 14)", "(see Doss et al., 2028b)": author and year, as the Chicago and APA manuals have it.
fn is_author_date(text: &str, inner: &[Token]) -> bool {
    let small = |token: &Token| {
        let word = token.text(text);
        is_of(token, class::AUTHOR_LINK) || matches!(word, "," | "." | "&" | "-" | "’" | "'")
    };
    let lead = inner.iter().take_while(|token| LEADS.contains(&token.text(text))).count();
    let Some(year) = inner.iter().position(|token| is_year(token.text(text))) else { return false };
    let Some(authors) = inner.get(lead..year).filter(|authors| authors.len() <= AUTHORS) else { return false };
    let named = authors.first().is_some_and(|first| first.capital && first.kind == TokenKind::Word);
    named && authors.iter().all(|token| token.capital && !is_month(token) || small(token))
}

/// Tokens of the authors of one reference, at most.
const AUTHORS: usize = 14;
const LEADS: &[&str] = &["see", "See", "also", "cf", "Cf", "e.g", "e.g.", ".", ",", "compare", "after"];

/// "2029", "2029b".
fn is_year(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
    word.len() <= digits.len() + 1
        && digits.len() == 4
        && digits.parse().is_ok_and(|year: u32| (1500..2200).contains(&year))
}

/// "(per registry extract)", "(via Harbor Daily)", "(source: the board)"; not "(per head)", "(per 1,000 people)".
fn is_credit(text: &str, inner: &[Token]) -> bool {
    let [first, rest @ ..] = inner else { return false };
    let is = |word: &str| first.text(text).eq_ignore_ascii_case(word);
    let named = rest.iter().any(|token| token.kind == TokenKind::Word);
    let rate = || {
        let next = rest.first().map_or("", |token| token.text(text));
        rest.len() < 2 || next.starts_with(|c: char| c.is_ascii_digit()) || classes_of_small(next).has(class::RATE)
    };
    named && (is("via") || is("per") && !rate() || (is("source") || is("sources")) && rest[0].text(text) == ":")
}

/// The last comma of "Harbor Daily, May 2": a title before it, a date after it.
fn outlet_end(text: &str, inner: &[Token]) -> Option<usize> {
    if !(3..=40).contains(&inner.len()) || !inner[0].capital {
        return None;
    }
    let comma = inner.iter().rposition(|token| token.text(text) == ",").filter(|&comma| comma > 0)?;
    let title = inner[..comma].iter().filter(|t| t.kind == TokenKind::Word).take(2).all(|t| t.capital);
    let year = |token: &Token| token.kind == TokenKind::Number && token.range.len() == 4;
    let dated = inner[1..].iter().any(is_month) || inner[comma..].iter().any(year);
    let digits = |token: &&Token| token.text(text).starts_with(|c: char| c.is_ascii_digit());
    let numeric = inner[comma + 1..].iter().filter(digits).count();
    let written = inner[comma + 1..].iter().all(|t| digits(&t) || matches!(t.text(text), "/" | "-" | "."));
    let slashed = inner[comma + 1..].iter().any(|t| t.text(text).contains('/'));
    let dated = dated || written && slashed && numeric > 0;
    (title && dated && !is_month(&inner[0])).then_some(comma)
}

/// Bytes after the last token in which a raised number may stand.
const RAISED_AFTER: usize = 8;
/// Tokens of a description of evidence, at most.
const EVIDENCE_REACH: usize = 24;
