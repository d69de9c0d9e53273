//! N704: an acronym that is given two meanings, or one that nobody needs.

use super::mentions;
use crate::analysis::facts::{EntityKind, Mention};
use crate::analysis::names;
use crate::config::Level;
use crate::rules::{Edit, Findings, Fix, Related, RuleContext};
use crate::text::TextRange;

crate::declare_rule! {
    /// Reports an acronym that is spelled out in two ways, and, as a hint, one that is introduced and never used.
    ///
    /// ## Why
    /// After two definitions a reader has to guess which body each later "PMC" is. An acronym that never comes back is
    /// a bracket to stumble over.
    ///
    /// ## Reported
    /// ```note
    /// The Port Management Council (PMC) met on Monday. The PMC hired guards.
    ///
    /// A Public Media Committee (PMC) sent them. The PMC was paid in cash.
    ///                           ^^^
    /// ```
    /// ```note
    /// //- /a.md
    /// The Port Management Council (PMC) met on Monday. The PMC hired guards.
    /// //- /b.md
    /// The Public Media Committee (PMC) sent guards. The PMC was paid in cash.
    ///                             ^^^
    /// ```
    /// ```note
    /// The Port Management Council (PMC) met on Monday and rose at noon.
    ///                              ^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// The Port Management Council (PMC) met on Monday. The PMC hired guards.
    /// ```
    /// ```note
    /// //- /a.md
    /// The Port Management Council (PMC) met on Monday. The PMC hired guards.
    /// //- /b.md
    /// The Port Management Council (PMC) rose at noon. The PMC will meet again.
    /// ```
    ///
    /// ## Limits
    /// Only definitions in brackets whose letters fit the name are compared. A longer form of the same name ("Meridia
    /// Port Management Council") is no second meaning. Of two notes the later one in the order of notes is reported.
    pub(super) static ACRONYM_CONFLICT = Rule {
        code: "N704",
        name: "acronym-conflict",
        family: Naming,
        level: Warning,
        strict: Warning,
        since: "0.1.0",
        check: check,
        messages: {
            in_note(letters, before, now): "Conflicting acronym \"{letters}\": it is {before} above and {now} here. Abbreviate only one.",
            elsewhere(letters, now, there): "Conflicting acronym \"{letters}\": {now} here, {there} in another note. Spell one out.",
            unused(letters): "Unused acronym \"{letters}\": it is introduced here and never used again. Remove it.",
        },
    };
}

/// One "Port Management Council (PMC)" or "PMC (Port Management Council)".
struct Definition<'c> {
    short: &'c Mention,
    /// Without points.
    letters: String,
    long: String,
    /// The range to delete with the short form, where it is the one in brackets.
    bracket: Option<TextRange>,
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let definitions: Vec<Definition<'_>> = definitions(context).collect();
    for (index, here) in definitions.iter().enumerate() {
        if let Some(first) = definitions.iter().take(index).find(|d| d.letters == here.letters) {
            if differ(&first.long, &here.long) {
                let (before, now) = (mentions::excerpt(&first.long), mentions::excerpt(&here.long));
                let message = message::in_note(&here.letters, before, now);
                let related =
                    Related { file: context.file, range: first.short.range, message: "The other meaning".into() };
                findings.add(&ACRONYM_CONFLICT, here.short.range, message).related.push(related);
            }
            continue;
        }
        elsewhere(context, here, findings);
        unused(context, here, findings);
    }
}

/// The definitions of the note, in order.
fn definitions<'c>(context: &RuleContext<'c>) -> impl Iterator<Item = Definition<'c>> {
    let (text, facts) = (context.text, context.facts);
    facts.mentions.windows(2).filter_map(move |pair| {
        let [first, second] = pair else { return None };
        let between = text.get(first.range.end as usize..second.range.start as usize)?;
        if first.sentence != second.sentence
            || !between.contains('(')
            || between.trim_matches([' ', '"', '“', '\'', '‘']) != "("
        {
            return None;
        }
        let after = text.get(second.range.end as usize..)?;
        let inside = |&at: &usize| after.get(..at).unwrap_or_default();
        let close = after.find(')').filter(|at| inside(at).trim_matches(['"', '”', '\'', '’']).is_empty())?;
        let (one, other) = (first.range.of(text), second.range.of(text));
        let (short, long, bracketed) = match (names::is_acronym(one), names::is_acronym(other)) {
            (false, true) => (second, one, true),
            (true, false) => (first, other, false),
            _ => return None,
        };
        let written = short.range.of(text);
        let bracket = TextRange::from_usize(first.range.end as usize, second.range.end as usize + close + 1);
        let fits = short.kind != EntityKind::Person && names::spells(written, long);
        (fits && mentions::is_own_text(context, short)).then(|| Definition {
            short,
            letters: written.chars().filter(|c| *c != '.').collect(),
            long: long.split_whitespace().collect::<Vec<_>>().join(" "),
            bracket: bracketed.then_some(bracket),
        })
    })
}

/// True if each name has a word that the other has not, in whatever spelling.
fn differ(one: &str, other: &str) -> bool {
    let (one, other) = (names::fold_key(one), names::fold_key(other));
    let lacks = |a: &str, b: &str| a.split(' ').any(|x| !b.split(' ').any(|y| x == y || names::near(x, y)));
    lacks(&one, &other) && lacks(&other, &one)
}

/// Reports another meaning that an earlier note gives to the acronym.
fn elsewhere(context: &RuleContext<'_>, here: &Definition<'_>, findings: &mut Findings) {
    let others = context.workspace.spelled_out(here.short.kind, &here.letters, context.file);
    let Some(other) = others
        .into_iter()
        .find(|other| names::spells(&here.letters, other.entity.name) && differ(other.entity.name, &here.long))
    else {
        return;
    };
    let (there, now) = (mentions::excerpt(other.entity.name), mentions::excerpt(&here.long));
    let message = message::elsewhere(&here.letters, now, there);
    let finding = findings.add(&ACRONYM_CONFLICT, here.short.range, message);
    let Some(first) = other.mentions().next() else { return };
    finding.related.push(Related { file: other.at.file, range: first.range, message: "The other meaning".into() });
}

/// Reports an acronym in brackets that stands nowhere else.
fn unused(context: &RuleContext<'_>, here: &Definition<'_>, findings: &mut Findings) {
    let Some(bracket) = here.bracket else { return };
    let stem = here.letters.strip_suffix('s').unwrap_or(&here.letters);
    let uses = context.facts.note.tokens.iter().filter(|token| {
        let word = token.range.of(context.text);
        word.starts_with(stem) || (word.contains('.') && word.chars().filter(|c| *c != '.').eq(stem.chars()))
    });
    if uses.take(2).count() > 1 {
        return;
    }
    let message = message::unused(&here.letters);
    let finding = findings.add(&ACRONYM_CONFLICT, here.short.range, message);
    finding.level = Level::Hint;
    let edits = vec![Edit { file: context.file, range: bracket, text: String::new() }];
    finding.fixes.push(Fix { title: format!("Remove \"({})\"", here.letters), edits, safe: false });
}
