//! A110: an unnamed source, and no reason why it is not named.

use super::sourcing;
use crate::analysis::facts::{Attribution, EntityKind, SourceKind};
use crate::lexicon::{class, classes_of_small, phrase};
use crate::rules::{Findings, Fix, RuleContext, fixes};
use crate::text::TextRange;

crate::declare_rule! {
    /// Reports an unnamed person as a source without a reason for leaving the name out.
    ///
    /// ## Why
    /// Anonymity is a favour to the source at the cost of the reader, who may know why it was granted. The first use in an
    /// item has to say it.
    ///
    /// ## Reported
    /// ```note
    /// A navy engineer involved in the refit said the hull was cracked.
    /// ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// A navy engineer involved in the refit, who asked not to be named to discuss internal matters, said the hull was cracked.
    /// ```
    /// ```note
    /// The navy said the hull was cracked.
    /// ```
    ///
    /// ## Limits
    /// Single persons only; "officials" in the plural stand for their office. Once an item.
    pub(super) static ANONYMOUS_WITHOUT_REASON = Rule {
        code: "A110",
        name: "anonymous-source-no-reason",
        family: Attribution,
        level: Information,
        strict: Warning,
        since: "0.1.0",
        check: check,
        messages: {
            unexplained(what): "Unnamed source \"{what}\": no reason for the anonymity is given. Give the reason, or name the source.",
        },
        precedence: 140,
        answered_by_declaration: true,
    };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let facts = context.facts;
    let note = &facts.note;
    let item_of = |sentence: u32| note.sentences.get(sentence as usize).map(|s| note.block_of(s).item);
    let mut done = Vec::new();
    for attribution in facts.attributions.iter().filter(|a| is_one_unnamed_person(context, a)) {
        let item = item_of(attribution.sentence);
        if done.contains(&item) || !sourcing::expects_source(context, attribution.sentence) {
            continue;
        }
        done.push(item);
        let explained =
            facts.signals.iter().any(|s| s.kinds.has(phrase::REASON.or(phrase::ROTE)) && item_of(s.sentence) == item);
        let Some(source) = attribution.source.first().filter(|_| !explained) else { continue };
        let what = sourcing::excerpt(context.text, *source);
        let message = message::unexplained(what);
        let finding = findings.add(&ANONYMOUS_WITHOUT_REASON, *source, message);
        finding.score = 0.7;
        finding.fixes.extend(with_reason(context, *source));
    }
}

/// ", who asked not to be named because \[reason\]," behind the source.
fn with_reason(context: &RuleContext<'_>, source: TextRange) -> Option<Fix> {
    let clause = format!(", who asked not to be named because [{}]", fixes::REASON);
    let after = context.text.get(source.end as usize..)?.chars().next()?;
    // "An engineer said" takes a comma after the clause; "said an engineer." and "an engineer, who …" have theirs.
    let closing = match after {
        ' ' => ",",
        '.' | ',' => "",
        _ => return None,
    };
    let title = format!("Insert \"{}\"", clause.trim_start_matches([',', ' ']));
    (!context.facts.is_quoted(source.end)).then(|| fixes::inserting(context, title, source.end, clause + closing))
}

/// "A navy engineer": an article, no name of a person, and an unnamed kind of source.
pub(super) fn is_one_unnamed_person(context: &RuleContext<'_>, attribution: &Attribution) -> bool {
    let Some(source) = attribution.source.first() else { return false };
    let words = source.of(context.text);
    let article = ["A ", "a ", "An ", "an ", "One ", "one "].iter().any(|article| words.starts_with(article));
    if !attribution.strong || !article {
        return false;
    }
    let named = context.facts.mentions_in(*source).any(|m| m.kind == EntityKind::Person);
    let document = words.split(|c: char| !c.is_alphanumeric()).any(|w| classes_of_small(w).has(class::SPEAKING_BODY));
    let capital = words.split_whitespace().skip(1).any(|word| word.starts_with(char::is_uppercase));
    let anonymous = attribution.kind == SourceKind::Anonymous || attribution.kind == SourceKind::Named && !capital;
    !named && !document && anonymous && is_person(words)
}

/// True if the head of the phrase is a word for a person with an office or a trade.
fn is_person(words: &str) -> bool {
    let cut = words
        .split_whitespace()
        .skip(1)
        .take_while(|w| !classes_of_small(w).has(class::CUTS_PERSON))
        .last()
        .unwrap_or("");
    let head = cut.trim_matches(|c: char| !c.is_alphanumeric());
    let trade = ["er", "or", "ist", "man", "woman", "ian", "ant", "ee"].iter().any(|end| head.ends_with(end));
    trade && head.len() > 4 || classes_of_small(head).has(class::UNNAMED_PERSON)
}
