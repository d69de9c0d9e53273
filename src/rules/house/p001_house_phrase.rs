//! P001: a phrase that the house does not want.

use crate::rules::{Findings, RuleContext};
use crate::text::TextRange;

crate::declare_rule! {
    /// Reports a phrase that `[phrases]` in whosaid.toml names.
    ///
    /// ## Why
    /// Every house has words that it does not print. They are written down once, without code, with the house's own
    /// message and level.
    ///
    /// ## Reported
    /// ```note
    /// //- /whosaid.toml
    /// [phrases.padding]
    /// patterns = ["it goes without saying"]
    /// message = "Say it, or leave it out."
    /// //- /note.md
    /// It goes without saying that the gate is old.
    /// ^^^^^^^^^^^^^^^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// //- /whosaid.toml
    /// [phrases.padding]
    /// patterns = ["so to say"]
    /// message = "Say it, or leave it out."
    /// //- /note.md
    /// "The gate is, so to say, old," Warden Ada Pell said. He began also to say grace.
    /// ```
    ///
    /// ## Limits
    /// Patterns are words, compared without letter case; nothing is reported within quotation marks or block quotations.
    pub(super) static HOUSE_PHRASE = Rule {
        code: "P001",
        name: "house-phrase",
        family: House,
        level: Warning,
        strict: Warning,
        since: "0.1.0",
        check: check,
        messages: {
            house(message): "{message}",
            listed(): "House style: whosaid.toml rules this phrase out. Write something else.",
        },
    };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let phrases = context.config.phrases.values();
    let patterns: Vec<(String, &str, _)> = phrases
        .flat_map(|phrase| {
            phrase.patterns.iter().map(move |p| (p.to_lowercase(), phrase.message.as_str(), phrase.level))
        })
        .filter(|(pattern, ..)| !pattern.trim().is_empty())
        .collect();
    if patterns.is_empty() {
        return;
    }
    let note = &context.facts.note;
    for sentence in &note.sentences {
        let block = note.block_of(sentence);
        if block.kind == crate::structure::BlockKind::Quote {
            continue;
        }
        let words = sentence.range.of(context.text);
        // Lower case may change a character's length; then the sentence is compared as it stands.
        let lower = Some(words.to_lowercase()).filter(|lower| lower.len() == words.len());
        let words = lower.as_deref().unwrap_or(words);
        for (pattern, message, level) in &patterns {
            for (at, _) in words.match_indices(pattern.as_str()) {
                let range = TextRange::from_usize(at, at + pattern.len()).shifted(sentence.range.start);
                let quoted = context.facts.quotations.iter().any(|q| q.range.contains_range(range));
                let hidden = block.holes.iter().any(|hole| hole.overlaps(range));
                if whole_words(words, at, at + pattern.len()) && !quoted && !hidden {
                    let message = match message.trim() {
                        "" => message::listed(),
                        message => message::house(message.chars().take(140).collect::<String>()),
                    };
                    findings.add(&HOUSE_PHRASE, range, message).level = *level;
                }
            }
        }
    }
}

fn whole_words(text: &str, start: usize, end: usize) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let before = text.get(..start).and_then(|before| before.chars().next_back());
    let after = text.get(end..).and_then(|after| after.chars().next());
    !letter(before) && !letter(after)
}
