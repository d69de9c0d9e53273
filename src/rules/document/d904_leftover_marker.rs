//! D904: something that the writer meant to come back to.

use crate::rules::engine::declarations;
use crate::rules::{Findings, RuleContext};
use crate::structure::{BlockKind, TokenKind};

crate::declare_rule! {
    /// Reports what the writer left open: `[citation needed]`, `[who?]`, `TK`, `TODO`, `XXX`.
    ///
    /// ## Why
    /// A placeholder that is printed tells the reader that nobody read the text before it went out. In a draft it is
    /// a hint, in a final text a warning.
    ///
    /// ## Reported
    /// ```note
    /// Coal output fell [citation needed]. Pell took TK boats to Lusk.
    ///                  ^^^^^^^^^^^^^^^^^            ^^
    /// ```
    /// ```note
    /// Coal output fell, [confirm] Lidia Marr said.
    ///                   ^^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// The quay is [own observation] empty at dawn. The list says `TODO`.
    /// ```
    ///
    /// ## Limits
    /// Only capitals count outside brackets; in Markdown a bracket that is a link counts as a link.
    pub(super) static LEFTOVER_MARKER = Rule {
        code: "D904",
        name: "leftover-marker",
        family: Document,
        level: Information,
        strict: Warning,
        since: "0.1.0",
        check: check,
        messages: {
            open(marker): "Leftover marker `{marker}`: something is still open. Resolve it before the text goes out.",
        },
        reports_open_work: true,
    };
}

const WORDS: [&str; 5] = ["TK", "TKTK", "TODO", "FIXME", "XXX"];

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let open = declarations::find(context).filter(|(_, declaration)| *declaration == declarations::Declaration::Open);
    let brackets: Vec<_> = open.map(|(range, _)| range).collect();
    let note = &context.facts.note;
    // A footnote that holds nothing else is C304's.
    let sentences = note.sentences.iter().filter(|s| note.block_of(s).kind != BlockKind::FootnoteDefinition);
    let words = sentences.flat_map(|s| note.tokens_of(s)).filter(|token| {
        token.kind == TokenKind::Word && token.all_capitals && WORDS.contains(&token.text(context.text))
    });
    let words = words.map(|token| token.range).filter(|word| !brackets.iter().any(|b| b.contains_range(*word)));
    for range in brackets.iter().copied().chain(words.collect::<Vec<_>>()) {
        let shown = range.of(context.text);
        findings.add(&LEFTOVER_MARKER, range, message::open(shown));
    }
}
