//! E501: a likelihood in words of which nobody knows the size.

use super::estimates;
use super::estimates::{Offer, Yardstick};

use crate::lexicon::estimative::{self, Estimate, Scale, Shape};
use crate::lexicon::phrase;
use crate::rules::attribution::sourcing;
use crate::rules::{Edit, Findings, Fix, RuleContext};
use crate::structure::Token;
use crate::text::TextRange;

crate::declare_rule! {
    /// Reports a word of likelihood that is on no yardstick, in the author's own judgement.
    ///
    /// ## Why
    /// "A good chance" is 40 % to one reader and 90 % to the next. The terms of a yardstick have agreed bands.
    ///
    /// ## Reported
    /// ```note
    /// We assess that there is a good chance that the strait closes.
    ///                         ^^^^^^^^^^^^^
    /// ```
    /// ```note
    /// We assess that closure is highly likely.
    ///                           ^^^^^^^^^^^^^
    /// ```
    /// ```note
    /// //- /whosaid.toml
    /// scale = "nato"
    /// //- /note.md
    /// We assess that the strait will probably close.
    ///                                ^^^^^^^^
    /// ```
    ///
    /// ```note
    /// //- /whosaid.toml
    /// scale = { "quite likely" = [55, 80], "quite unlikely" = [20, 45] }
    /// //- /note.md
    /// We assess that it is quite likely that the strait closes. We assess that it is likely that it opens.
    ///                                                                                ^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// We assess that it is likely that the strait closes.
    /// ```
    /// ```note
    /// //- /whosaid.toml
    /// scale = { "a good chance" = [55, 80], "good chance" = [55, 80] }
    /// //- /note.md
    /// We assess that there is a good chance that the strait closes.
    /// ```
    /// ```note
    /// Remove the valve as soon as possible.
    /// ```
    /// ```note
    /// //- /whosaid.toml
    /// scale = "phia"
    /// //- /note.md
    /// We assess that closure is highly likely.
    /// ```
    /// ```note
    /// We assess that the most likely route is by sea, and that a strike is less likely than a blockade.
    /// We assess that the ferries may possibly return.
    /// ```
    ///
    /// ## Limits
    /// Only sentences that are marked as the author's judgement, or that stand under a heading such as "Key judgements".
    /// The yardstick is `scale` of the configuration; a house's own is not read, so no term is foreign to it. The bands offered are
    /// what readers take the word for on average, not what its author meant.
    pub(super) static OFF_YARDSTICK = Rule {
        code: "E501",
        name: "off-yardstick",
        family: Estimate,
        level: Information,
        strict: Warning,
        since: "0.1.0",
        check: check,
        messages: {
            no_size(what): "Off the yardstick: \"{what}\" has no agreed meaning. Say how likely it is, in a term of the yardstick.",
            instead(what, terms): "Off the yardstick: \"{what}\" has no agreed meaning. Use {terms}.",
            of_another(term, theirs, terms): "Off the yardstick: \"{term}\" is a term of {theirs}. Use {terms}.",
            no_other(term, theirs, ours): "Off the yardstick: \"{term}\" is a term of {theirs}. Use one of {ours}.",
        },
    };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let scale = Yardstick::of(context.config);
    for signal in estimates::judgement_signals(context, phrase::OFF_SCALE) {
        let words = estimates::normalised(context, signal.range);
        if scale.is_some_and(|scale| scale.has(&words)) {
            continue;
        }
        // "Almost certain to" ends with another phrase and is a term.
        let mut terms = context.facts.signals_of(signal.sentence).iter().filter(|s| s.kinds.has(estimates::SCALES));
        let is_term = |range| scale.is_some_and(|scale| scale.has(&estimates::normalised(context, range)));
        if terms.any(|term| term.range != signal.range && term.range.overlaps(signal.range) && is_term(term.range)) {
            continue;
        }
        // "May possibly" is for E507.
        let hedges = context.facts.signals_of(signal.sentence).iter().filter(|s| s.kinds.has(phrase::HEDGE));
        if is_comparison(context, signal.range, &words) || hedges.into_iter().any(|h| h.range.overlaps(signal.range)) {
            continue;
        }
        let estimate = estimative::estimate(&words);
        let terms = scale.zip(estimate).map_or(Vec::new(), |(scale, estimate)| scale.nearest(estimate.band));
        let what = sourcing::excerpt(context.text, signal.range);
        let message = match terms.is_empty() {
            true => message::no_size(what),
            false => message::instead(what, shown(&terms)),
        };
        let finding = findings.add(&OFF_YARDSTICK, signal.range, message);
        finding.fixes = offers(context, signal.range, estimate, &terms);
    }
    scale.into_iter().for_each(|scale| of_another_yardstick(context, scale, findings));
}

/// Terms that only another yardstick has, each once; E503 speaks where they stand beside terms of the configured one.
fn of_another_yardstick(context: &RuleContext<'_>, scale: Yardstick<'_>, findings: &mut Findings) {
    let used = estimates::terms(context);
    if estimates::two_yardsticks(&used, scale).is_some() {
        return;
    }
    let is_first = |at: usize, words: &str| used.iter().take(at).all(|before| before.words != words);
    let foreign = |(at, term): &(usize, &estimates::Used)| !scale.has(&term.words) && is_first(*at, &term.words);
    for (_, term) in used.iter().enumerate().filter(foreign) {
        let estimate = estimative::estimate(&term.words);
        let terms = estimate.map_or(Vec::new(), |estimate| scale.nearest(estimate.band));
        let theirs = estimative::scales_of(&term.words).next().map_or("another yardstick", Scale::title);
        let message = match terms.is_empty() {
            true => message::no_other(&term.words, theirs, scale.title()),
            false => message::of_another(&term.words, theirs, shown(&terms)),
        };
        let finding = findings.add(&OFF_YARDSTICK, term.range, message);
        finding.fixes = offers(context, term.range, estimate, &terms);
    }
}

/// "Less likely than a strike", "the most likely route": a rank among others, and no likelihood.
fn is_comparison(context: &RuleContext<'_>, range: TextRange, words: &str) -> bool {
    let (before, after) = estimates::neighbours(context, range);
    let is = |token: Option<&Token>, list: &[&str]| token.is_some_and(|t| list.contains(&t.text(context.text)));
    match words {
        "most likely" => is(before, &["the", "The", "its", "their", "our", "two", "three"]) || is(after, &["of"]),
        _ => words.ends_with("likely") && is(after, &["than"]),
    }
}

fn shown(terms: &[Offer]) -> String {
    terms.iter().map(|term| term.shown()).collect::<Vec<_>>().join(" or ")
}

/// Replacements by the terms that fit into the sentence as it is built.
fn offers(context: &RuleContext<'_>, range: TextRange, estimate: Option<Estimate>, terms: &[Offer]) -> Vec<Fix> {
    let Some(estimate) = estimate else { return Vec::new() };
    let edits = terms.iter().filter_map(|term| Some((term, edit(context, range, estimate.shape, term)?)));
    edits
        .map(|(term, edit)| Fix { title: format!("Write \"{}\"", term.shown()), edits: vec![edit], safe: false })
        .collect()
}

fn edit(context: &RuleContext<'_>, range: TextRange, shape: Shape, term: &Offer) -> Option<Edit> {
    let (before, after) = estimates::neighbours(context, range);
    let is = |token: Option<&Token>, list: &[&str]| {
        token.is_some_and(|t| list.iter().any(|word| t.text(context.text).eq_ignore_ascii_case(word)))
    };
    let words = term.words.as_str();
    let (from, text) = match shape {
        // "An extremely unlikely" would need another article.
        Shape::Adjective if !term.is_noun() && !is(before, &["a", "an"]) => (range.start, words.to_owned()),
        Shape::Adverb if words.ends_with("likely") => (range.start, words.to_owned()),
        Shape::Adverb if words.ends_with(" certain") => (range.start, format!("{words}ly")),
        Shape::To if !term.is_noun() => (range.start, format!("{words} to")),
        Shape::Noun | Shape::There if term.is_noun() => {
            let article = match words {
                "almost no chance" => "",
                "even chance" => "an ",
                _ => "a ",
            };
            let head = if shape == Shape::There { "there is " } else { "" };
            (range.start, format!("{head}{article}{words}"))
        }
        Shape::There if !is(after, &["of", "to"]) => (range.start, format!("it is {words}")),
        Shape::Noun if is(before, &["is"]) && !is(after, &["of", "to"]) => {
            let is_at = before?.range;
            let there = estimates::neighbours(context, is_at).0.filter(|token| is(Some(token), &["there"]))?;
            (there.range.start, format!("it is {words}"))
        }
        _ => return None,
    };
    let range = TextRange::new(from, range.end);
    let capital = range.of(context.text).starts_with(|c: char| c.is_uppercase());
    let that = text.starts_with("it is ") && !is(after, &["that"]);
    let mut text = if that { text + " that" } else { text };
    if let Some(first) = text.get_mut(..1).filter(|_| capital) {
        first.make_ascii_uppercase();
    }
    Some(Edit { file: context.file, range, text })
}
