//! Q206: words that were said in another language.

use crate::analysis::facts::QuotationClass;
use crate::lexicon::{class, classes_of_small};
use crate::rules::attribution::sourcing;
use crate::rules::{Findings, RuleContext};
use crate::structure::MarkerKind;

crate::declare_rule! {
    /// Reports a quotation from a source in another language that does not say it is a translation.
    ///
    /// ## Why
    /// Nobody said these words; a translator chose them. Much has been made of a word that was never spoken.
    ///
    /// ## Reported
    /// ```note
    /// //- /sources/gazette.md
    /// ---
    /// type: source
    /// citekey: gazeta31
    /// lang: pl
    /// ---
    /// Nie zamkniemy bram.
    /// //- /note.md
    /// "We will not close the gates," Warden Pell said [@gazeta31].
    /// ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// //- /sources/gazette.md
    /// ---
    /// type: source
    /// citekey: gazeta31
    /// lang: pl
    /// ---
    /// Nie zamkniemy bram.
    /// //- /note.md
    /// "We will not close the gates," Warden Pell said in Polish [@gazeta31]. "Nobody asked us to do that," Pell said,
    /// speaking through an interpreter [@gazeta31].
    /// ```
    ///
    /// ## Limits
    /// Off unless asked for. The language of a source is the `lang` or `language` of its source note or entry.
    pub(super) static TRANSLATED_QUOTE = Rule {
        code: "Q206",
        name: "translated-quote-unmarked",
        family: Quotation,
        level: Off,
        strict: Hint,
        since: "0.2.0",
        check: check,
        messages: {
            unmarked(language): "Unmarked translation: the source is in another language ({language}). Say that these words are translated.",
        },
    };
}

const SAYS_SO: [&str; 7] =
    ["translat", "interpreter", "original in", "rendered in english", "in the original", "own rendering", "subtitle"];

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let facts = context.facts;
    for quotation in facts.quotations.iter().filter(|q| q.class == QuotationClass::Speech) {
        let Some(sentence) = facts.note.sentence_at(quotation.range.start) else { continue };
        if !sourcing::expects_source(context, sentence as u32) {
            continue;
        }
        let Some(own) = facts.note.sentences.get(sentence) else { continue };
        let range = own.range.cover(quotation.range);
        let from = facts.note.markers.partition_point(|m| m.range.start < range.start);
        // A key stands right behind the full stop at the latest.
        let near = facts.note.markers.iter().skip(from).take_while(|m| m.range.start <= range.end + 1);
        let foreign = near.into_iter().find_map(|marker| {
            let MarkerKind::CitationKey { key, .. } = &marker.kind else { return None };
            let (_, source) = context.workspace.sources_of(key.of(context.text)).into_iter().next()?;
            let lang = ["lang", "language", "langid"].iter().find_map(|name| source.field(name))?.trim().to_lowercase();
            let english = lang.is_empty() || lang == "english" || lang == "en" || lang.starts_with("en-");
            (!english).then_some(lang)
        });
        let Some(lang) = foreign else { continue };
        let words = range.of(context.text).to_lowercase();
        if SAYS_SO.iter().any(|word| words.contains(word)) || names_language(&words) {
            continue;
        }
        let head = sourcing::head_of_quotation(context.text, quotation.range);
        let lang: String = lang.chars().take(20).collect();
        findings.add(&TRANSLATED_QUOTE, head, message::unmarked(lang));
    }
}

/// "said in Polish": a language stands after "in" and ends as languages do. Of towns few end so.
fn names_language(words: &str) -> bool {
    const ENDS: [&str; 6] = ["ish", "ian", "ese", "abic", "rew", "ench"];
    words.match_indices(" in ").any(|(at, _)| {
        let word: String = words.get(at + 4..).unwrap_or_default().chars().take_while(|c| c.is_alphabetic()).collect();
        classes_of_small(&word).has(class::LANGUAGE)
            || ENDS.iter().any(|end| word.len() > end.len() + 1 && word.ends_with(end))
    })
}
