//! What the writer has excused, and whether the excuse still holds.
//!
//! | written | holds for |
//! |---|---|
//! | `%% whosaid: ignore A101 reason="own count" until=2031-05-01 %%` within a paragraph | the sentence it stands in, or else the next one |
//! | the same on a line of its own | the block after it |
//! | `%% whosaid: off A101 %%` … `%% whosaid: on A101 %%` | everything between |
//! | `whosaid: {ignore: [A105]}` in the front matter | the note |
//!
//! `<!-- whosaid: … -->` means the same. Rules are named by code or name, several with spaces or commas; none means
//! all. The signs are the same in plain text, where such a comment is the only markup there is. A name that no rule
//! has (S901), an excuse that excuses nothing (S902), one that has run out (S903) and one that cannot be read or is
//! never closed (S904) are findings themselves.

mod directive;

use std::collections::HashSet;

use jiff::civil::Date;

use self::directive::{Directive, Problem, Verb};
use super::near::nearest;
use super::registry::RULES;
use super::s901_unknown_rule::UNKNOWN_RULE;
use super::s902_unused_suppression::UNUSED_SUPPRESSION;
use super::s903_expired_suppression::EXPIRED_SUPPRESSION;
use super::s904_unreadable_suppression::UNREADABLE_SUPPRESSION;
use super::{Edit, Finding, Findings, Fix, Rule, RuleContext};
use crate::analysis::NoteFacts;
use crate::structure::{BlockKind, MarkerKind};
use crate::text::TextRange;

/// The rule that a code or a name stands for; letter case does not count.
#[must_use]
pub fn rule_named(word: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.code.eq_ignore_ascii_case(word) || rule.name.eq_ignore_ascii_case(word))
}

/// The code or name of a rule that is nearest to a misspelt one.
#[must_use]
pub fn nearest_rule(word: &str) -> Option<&'static str> {
    nearest(word, RULES.iter().flat_map(|rule| [rule.code, rule.name]))
}

/// An exception as it is written, for those who review them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// The comment, or the word in the front matter.
    pub range: TextRange,
    /// `ignore`, `off` or `note` (front matter).
    pub scope: &'static str,
    /// Rules as written; none for all.
    pub rules: Vec<String>,
    /// Why, in the writer's words; "" if not said.
    pub reason: String,
    /// Its last day.
    pub until: Option<Date>,
}

/// All exceptions of a note, in order, whether they hold or not.
#[must_use]
pub fn exceptions(text: &str, facts: &NoteFacts) -> Vec<Exception> {
    let mut all = Vec::new();
    for (word, range) in facts.note.front_matter.iter().flat_map(|front| front.values("whosaid.ignore")) {
        let rules = vec![word.clone()];
        all.push(Exception { range: *range, scope: "note", rules, reason: String::new(), until: None });
    }
    for marker in &facts.note.markers {
        let MarkerKind::Comment { body } = marker.kind else { continue };
        let Ok(Some(directive)) = directive::read(text, body) else { continue };
        let scope = match directive.verb {
            Verb::Ignore => "ignore",
            Verb::Off => "off",
            Verb::On => continue,
        };
        all.push(Exception {
            range: marker.range,
            scope,
            rules: directive.rules.into_iter().map(|(rule, _)| rule).collect(),
            reason: directive.reason,
            until: directive.until.map(|(date, _)| date),
        });
    }
    all
}

/// One excuse for one rule (or for all).
#[derive(Debug)]
struct Excuse {
    rule: Option<&'static Rule>,
    /// The word that names the rule; for "all", the verb.
    word: TextRange,
    /// Where findings are excused.
    scope: TextRange,
    /// The comment as a whole; none in front matter.
    comment: Option<TextRange>,
    /// For one sentence or block, not for a region.
    ignores: bool,
    used: bool,
}

/// All excuses of one note.
#[derive(Debug, Default)]
pub(super) struct Suppressions {
    excuses: Vec<Excuse>,
    problems: Vec<(&'static Rule, Report)>,
}

/// What is wrong with an excuse.
#[derive(Debug)]
pub(super) struct Report {
    range: TextRange,
    message: String,
    fix: Option<Fix>,
}

impl Report {
    pub(super) fn add_to(self, rule: &'static Rule, findings: &mut Findings) {
        findings.add(rule, self.range, self.message).fixes.extend(self.fix);
    }
}

impl Suppressions {
    /// Reads the comments and the front matter of a note.
    pub(super) fn read(text: &str, facts: &NoteFacts, today: Option<Date>) -> Self {
        let mut all = Self::default();
        all.read_front_matter(text, facts);
        let mut open: Vec<Excuse> = Vec::new();
        for marker in &facts.note.markers {
            let MarkerKind::Comment { body } = marker.kind else { continue };
            let directive = match directive::read(text, body) {
                Ok(Some(directive)) => directive,
                Ok(None) => continue,
                Err(problem) => {
                    all.unreadable(problem);
                    continue;
                }
            };
            let named = all.excuses_of(&directive, marker.range);
            if let Some((until, range)) = directive.until.filter(|(until, _)| today.is_some_and(|t| *until < t)) {
                let message = format!("This exception ended on {until}: mend what it excuses, or give it a new date.");
                all.problems.push((&EXPIRED_SUPPRESSION, Report { range, message, fix: None }));
                continue;
            }
            match directive.verb {
                Verb::Ignore => {
                    let scope = scope_of(text, facts, marker.range);
                    all.excuses.extend(named.into_iter().map(|e| Excuse { scope, ignores: true, ..e }));
                }
                Verb::Off => {
                    let end = text.len() as u32;
                    let scope = TextRange::new(marker.range.end, end);
                    open.extend(named.into_iter().map(|e| Excuse { scope, ..e }));
                }
                Verb::On => {
                    let closes = |e: &Excuse| named.iter().any(|n| n.rule.is_none() || same(n.rule, e.rule));
                    let (closed, still): (Vec<_>, Vec<_>) = open.drain(..).partition(closes);
                    open = still;
                    let end = marker.range.start;
                    let cut = |e: Excuse| Excuse { scope: TextRange::new(e.scope.start, end), ..e };
                    all.excuses.extend(closed.into_iter().map(cut));
                }
            }
        }
        for excuse in open {
            let message =
                "This is never switched on again: close it with `whosaid: on`, or excuse the note in its front matter.";
            let report = Report { range: excuse.word, message: message.into(), fix: None };
            all.problems.push((&UNREADABLE_SUPPRESSION, report));
            all.excuses.push(excuse);
        }
        all
    }

    /// Drops what regions and the front matter excuse.
    pub(super) fn apply_regions(&mut self, findings: &mut Vec<Finding>) {
        self.apply(findings, false);
    }

    /// Drops what is excused for its sentence or block.
    pub(super) fn apply_ignores(&mut self, findings: &mut Vec<Finding>) {
        self.apply(findings, true);
    }

    fn apply(&mut self, findings: &mut Vec<Finding>, ignores: bool) {
        let mut of_kind: Vec<&mut Excuse> = self.excuses.iter_mut().filter(|e| e.ignores == ignores).collect();
        if of_kind.is_empty() {
            return;
        }
        // What one sentence or block is excused from starts near it, so that only few excuses need to be asked.
        of_kind.sort_by_key(|e| e.scope.start);
        let widest = of_kind.iter().map(|e| e.scope.len()).max().unwrap_or(0);
        findings.retain(|finding| {
            let from = of_kind.partition_point(|e| e.scope.start.saturating_add(widest) < finding.range.start);
            let near = of_kind[from..].iter_mut().take_while(|e| e.scope.start <= finding.range.end);
            let mut holds = near.filter(|e| {
                e.rule.is_none_or(|rule| rule.code == finding.rule.code)
                    && (e.scope.overlaps(finding.range) || e.scope.contains_range(finding.range))
            });
            holds.next().map(|e| e.used = true).is_none()
        });
    }

    /// What is wrong with the excuses, once everything has been applied; `ran` are the rules that looked at the note.
    pub(super) fn report(self, context: &RuleContext<'_>, ran: &[&'static Rule]) -> Vec<(&'static Rule, Report)> {
        let mut all = self.problems;
        let in_use: HashSet<TextRange> = self.excuses.iter().filter(|e| e.used).filter_map(|e| e.comment).collect();
        for excuse in self.excuses.iter().filter(|e| !e.used) {
            // Whether a rule that is switched off would have found something is not known.
            if excuse.rule.is_some_and(|rule| !ran.iter().any(|r| r.code == rule.code)) {
                continue;
            }
            let fix = excuse.comment.filter(|comment| !in_use.contains(comment)).map(|comment| Fix {
                title: "Delete the unused exception".into(),
                edits: vec![Edit { file: context.file, range: with_space(context.text, comment), text: String::new() }],
                safe: true,
            });
            let what = excuse.rule.map_or("No rule", |rule| rule.code);
            let message = match excuse.rule {
                Some(_) => format!("{what} finds nothing here any more: delete this exception."),
                None => "No rule finds anything here any more: delete this exception.".to_owned(),
            };
            all.push((&UNUSED_SUPPRESSION, Report { range: excuse.word, message, fix }));
        }
        all
    }

    fn excuses_of(&mut self, directive: &Directive, comment: TextRange) -> Vec<Excuse> {
        let excuse = |rule, word| Excuse {
            rule,
            word,
            scope: TextRange::default(),
            comment: Some(comment),
            ignores: false,
            used: false,
        };
        if directive.rules.is_empty() {
            return vec![excuse(None, directive.verb_range)];
        }
        let mut named = Vec::new();
        for (word, range) in &directive.rules {
            match rule_named(word) {
                Some(rule) => named.push(excuse(Some(rule), *range)),
                None => self.unknown(word, *range),
            }
        }
        named
    }

    fn read_front_matter(&mut self, text: &str, facts: &NoteFacts) {
        let Some(front) = &facts.note.front_matter else { return };
        for (word, range) in front.values("whosaid.ignore") {
            match rule_named(word) {
                Some(rule) => self.excuses.push(Excuse {
                    rule: Some(rule),
                    word: *range,
                    scope: TextRange::new(0, text.len() as u32),
                    comment: None,
                    ignores: false,
                    used: false,
                }),
                None => self.unknown(word, *range),
            }
        }
    }

    fn unknown(&mut self, word: &str, range: TextRange) {
        let shown: String = word.chars().take(40).collect();
        let message = match nearest_rule(word) {
            Some(near) => format!("There is no rule `{shown}`; did you mean `{near}`?"),
            None => format!("There is no rule `{shown}`; `whosaid explain --list` shows all."),
        };
        self.problems.push((&UNKNOWN_RULE, Report { range, message, fix: None }));
    }

    fn unreadable(&mut self, problem: Problem) {
        let report = Report { range: problem.range, message: problem.message, fix: None };
        self.problems.push((&UNREADABLE_SUPPRESSION, report));
    }
}

fn same(a: Option<&'static Rule>, b: Option<&'static Rule>) -> bool {
    a.map(|r| r.code) == b.map(|r| r.code)
}

/// What a comment excuses: the block after it if it has its line to itself, else the sentence at it.
fn scope_of(text: &str, facts: &NoteFacts, comment: TextRange) -> TextRange {
    let note = &facts.note;
    let next_sentence = note.sentences.partition_point(|s| s.range.start < comment.end);
    if alone_on_line(text, comment) {
        let from = note.blocks.partition_point(|b| b.range.end <= comment.end);
        let block = note.blocks[from..].iter().find(|b| b.kind != BlockKind::Opaque);
        return block
            .map_or(TextRange::empty(comment.end), |b| TextRange::new(b.range.start.max(comment.end), b.range.end));
    }
    let before = next_sentence.checked_sub(1).map(|s| &note.sentences[s]);
    let holds = before.filter(|s| s.range.start <= comment.start && comment.start < s.range.end);
    if let Some(sentence) = holds {
        return sentence.range;
    }
    let block = note.block_at(comment.start).map_or(comment, |b| note.blocks[b].range);
    // At the end of its block it can only mean the sentence that it follows.
    match note.sentences.get(next_sentence) {
        Some(next) if block.contains(next.range.start) => next.range,
        _ => before.filter(|s| block.contains(s.range.start)).map_or(TextRange::empty(comment.end), |s| s.range),
    }
}

fn alone_on_line(text: &str, comment: TextRange) -> bool {
    let blank = [' ', '\t'];
    let before = text.get(..comment.start as usize).unwrap_or("").trim_end_matches(blank);
    let after = text.get(comment.end as usize..).unwrap_or("").trim_start_matches(blank);
    (before.is_empty() || before.ends_with(['\n', '\r'])) && (after.is_empty() || after.starts_with(['\n', '\r']))
}

/// The comment with the line end or the space after it, so that deleting it leaves no gap.
fn with_space(text: &str, comment: TextRange) -> TextRange {
    let after = text.get(comment.end as usize..).unwrap_or("");
    let more = match after.as_bytes() {
        [b'\r', b'\n', ..] if alone_on_line(text, comment) => 2,
        [b'\n' | b'\r', ..] if alone_on_line(text, comment) => 1,
        [b' ', ..] => 1,
        _ => 0,
    };
    TextRange::new(comment.start, comment.end + more)
}

#[cfg(test)]
mod tests {
    use crate::analysis::{AnalysisConfig, Memo, analyze};
    use crate::rules::{CheckOptions, check};
    use crate::structure::Format;
    use crate::workspace::{Change, FileId, NoteEntry, Workspace};

    /// Codes and marked text of what is found, in order.
    fn found(path: &str, text: &str) -> Vec<String> {
        let facts = analyze(text, Format::of_path(path), &AnalysisConfig::default(), &mut Memo::default());
        let mut workspace = Workspace::default();
        workspace.apply(Change::Note(FileId(0), NoteEntry::new(path, text, facts)));
        let options = CheckOptions { today: Some(jiff::civil::date(2031, 6, 1)), ..CheckOptions::default() };
        let all = check(&workspace.snapshot(), FileId(0), options);
        all.iter().map(|f| format!("{} {}", f.rule.code, f.range.of(text))).collect()
    }

    #[test]
    fn within_a_paragraph_one_sentence_is_excused() {
        let text = "It rained.[^1] %% whosaid: ignore C302 %% It blew.[^2] It froze.[^3]\n";
        assert_eq!(found("a.md", text), ["C302 [^1]", "C302 [^3]"]);
        let text = "It rained.[^1] It blew.[^2] <!-- whosaid: ignore undefined-footnote -->\n\nIt froze.[^3]\n";
        assert_eq!(found("a.md", text), ["C302 [^1]", "C302 [^3]"]);
    }

    #[test]
    fn on_a_line_of_its_own_the_block_after_it_is_excused() {
        let text = "%% whosaid: ignore C302 %%\nIt rained.[^1] It blew.[^2]\n\nIt froze.[^3]\n";
        assert_eq!(found("a.md", text), ["C302 [^3]"]);
        let text = "<!-- whosaid: ignore -->\n\nIt rained.[^1] It blew.[^2]\n\nIt froze.[^3]\n";
        assert_eq!(found("a.md", text), ["C302 [^3]"]);
    }

    #[test]
    fn plain_text_is_excused_in_the_same_words() {
        let text = "%% whosaid: ignore C302 %%\nIt rained.[^1] It blew.[^2]\n\nIt froze.[^3] %% whosaid: ignore C302 %% It thawed.[^4]\n";
        assert_eq!(found("a.txt", text), ["C302 [^3]"]);
    }

    #[test]
    fn regions_and_the_front_matter_excuse_what_they_cover() {
        let text = "It rained.[^1]\n\n%% whosaid: off C302 %%\n\nIt blew.[^2]\n\n%% whosaid: on %%\n\nIt froze.[^3]\n";
        assert_eq!(found("a.md", text), ["C302 [^1]", "C302 [^3]"]);
        let text = "---\nwhosaid: {ignore: [C302, C3O3]}\n---\nIt rained.[^1]\n";
        assert_eq!(found("a.md", text), ["S901 C3O3"]);
    }

    #[test]
    fn what_is_excused_for_nothing_is_said_and_can_be_deleted() {
        let text = "It rained.\n\n%% whosaid: ignore C302, C303 %%\nIt blew.[^2]\n";
        assert_eq!(found("a.md", text), ["S902 C303"]);
        assert_eq!(found("a.md", "%% whosaid: ignore C302 until=2031-06-01 %%\nIt blew.[^2]\n"), [""; 0]);
        let over = found("a.md", "%% whosaid: ignore C302 until=2031-05-31 %%\nIt blew.[^2]\n");
        assert_eq!(over, ["S903 2031-05-31", "C302 [^2]"]);
    }
}
