//! A119: a source that a fix has proposed and nobody has confirmed.

use crate::rules::naming::mentions::excerpt;
use crate::rules::{Edit, Findings, Fix, RuleContext};
use crate::structure::MarkerKind;
use crate::text::TextRange;

crate::declare_rule! {
    /// Reports words that still stand in `[confirm: …]`: a source that somebody proposed and nobody has checked.
    ///
    /// ## Why
    /// Who spoke before need not have said this too. "Attribute to …" therefore writes the source in brackets, and the
    /// claim counts as unsourced until a person has looked it up and taken the brackets away.
    ///
    /// ## Reported
    /// ```note
    /// The port handled 38 million tonnes in 2030, [confirm: Nadim Haddad said].
    ///                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    /// ```
    /// ```note
    /// The port handled 38 million tonnes in 2030, [Confirm : [[Lidia Marr]] said][^1].
    ///                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    ///
    /// [^1]: Log.
    /// ```
    /// ```note
    /// [confirm: Lidia Marr said:] "The gates stay shut for a year."
    /// ^^^^^^^^^^^^^^^^^^^^^^^^^^^
    /// ```
    /// ```note
    /// //- /note.txt
    /// The port handled 38 million tonnes in 2030, [confirm: according to the harbour register].
    ///                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// The port handled 38 million tonnes in 2030, Nadim Haddad said.
    /// ```
    /// ```note
    /// The letter asks us to `[confirm: receipt]`, and [confirm: here](receipt.md) is how.
    /// ```
    ///
    /// ## Limits
    /// Capitals, blanks, emphasis and links in the brackets make no difference, nor does a footnote or a citation right behind
    /// them. Only a path or an address behind them makes them a link, and no words to be confirmed.
    /// Whatever is in the brackets is taken for no part of the text: a name in them is not found by a search for its mentions.
    /// The sentence's other findings about its source are listed under this one.
    pub(super) static UNCONFIRMED_SOURCE = Rule {
        code: "A119",
        name: "unconfirmed-source",
        family: Attribution,
        level: Warning,
        strict: Warning,
        since: "0.1.0",
        check: check,
        messages: {
            said(name): "Unconfirmed source: a fix proposed {name}. Check that {name} said this, then remove the brackets.",
            written(document): "Unconfirmed source: a fix proposed {document}. Check that it says so, then remove the brackets.",
            other(words): "Unconfirmed: \"{words}\" stands in brackets. Check it, then remove the brackets.",
        },
        precedence: 5,
        in_light_profile: true,
        reports_open_work: true,
    };
}

/// "Nadim Haddad said", in brackets until a person has confirmed it. Plain words in any format: no editor, converter or
/// reader takes them for a statement.
#[must_use]
pub fn said_unconfirmed(name: &str) -> String {
    format!("[confirm: {name} said]")
}

/// The same before a quotation.
#[must_use]
pub fn said_unconfirmed_before(name: &str) -> String {
    format!("[confirm: {name} said:]")
}

/// The same for a document.
#[must_use]
pub fn according_unconfirmed(name: &str) -> String {
    format!("[confirm: according to {name}]")
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    for marker in &context.facts.note.markers {
        let MarkerKind::Unconfirmed { words } = marker.kind else { continue };
        let written = words.of(context.text);
        let speaker = written.strip_suffix(" said:").or_else(|| written.strip_suffix(" said")).map(excerpt);
        let document = written.strip_prefix("according to ").map(excerpt);
        let (message, title) = match (speaker, document) {
            (Some(name), _) => (message::said(&name), format!("Confirm that {name} said this: remove the brackets")),
            (_, Some(name)) => (message::written(&name), format!("Confirm that {name} says so: remove the brackets")),
            _ => {
                let shown = excerpt(written);
                (message::other(&shown), format!("Confirm \"{shown}\": remove the brackets"))
            }
        };
        let gone = |range: TextRange| Edit { file: context.file, range, text: String::new() };
        let edits = vec![
            gone(TextRange::new(marker.range.start, words.start)),
            gone(TextRange::new(words.end, marker.range.end)),
        ];
        findings.add(&UNCONFIRMED_SOURCE, marker.range, message).fixes.push(Fix { title, edits, safe: false });
    }
}
