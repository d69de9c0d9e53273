//! Suppressions: findings that the writer or the configuration has excused, and suppressions that no longer hold.
//!
//! | written | holds for |
//! |---|---|
//! | `%% whosaid: ignore A101 reason="own count" until=2031-05-01 %%` within a paragraph | the sentence it stands in, or else the next one |
//! | the same on a line of its own | the block after it |
//! | `%% whosaid: ignore-section A101 %%` | the section it stands in, up to the next heading of the same or a higher level |
//! | `%% whosaid: ignore-file A101 %%` | the note |
//! | `%% whosaid: off A101 %%` … `%% whosaid: on A101 %%` | everything between |
//! | `whosaid: {ignore: [A105]}` in the front matter | the note |
//! | `[[ignore]]` in whosaid.toml | the notes that fit its paths |
//!
//! `<!-- whosaid: … -->` means the same. Rules are named by code or name, several with spaces or commas; none means
//! all. The signs are the same in plain text, where such a comment is the only markup there is. A name that no rule
//! has (S901), a suppression that excuses nothing (S902), one that has run out (S903) and one that cannot be read or is
//! never closed (S904) are findings themselves. The findings that it hides are kept, for those who review exceptions.
//!
//! Read `directive` for the words of a comment, `intervals` for finding what covers a place in logarithmic time.

mod directive;
mod intervals;

use std::collections::HashMap;

use jiff::civil::Date;

use self::directive::{Directive, Problem, Verb};
use self::intervals::Intervals;
use super::registry::{nearest_rule, rule_named};
use crate::analysis::NoteFacts;
use crate::config::Ignore;
use crate::rules::suppression::s901_unknown_rule::{self, UNKNOWN_RULE};
use crate::rules::suppression::s902_unused_suppression::{self, UNUSED_SUPPRESSION};
use crate::rules::suppression::s903_expired_suppression::{self, EXPIRED_SUPPRESSION};
use crate::rules::suppression::s904_unreadable_suppression::{self, UNREADABLE_SUPPRESSION};
use crate::rules::{Edit, Finding, Findings, Fix, Message, Rule, RuleContext};
use crate::structure::{BlockKind, MarkerKind};
use crate::text::TextRange;

/// An exception as it is written, for those who review them.
#[derive(Clone, Debug)]
pub struct Exception {
    /// The place where it is written.
    pub origin: Origin,
    /// `ignore`, `ignore-section`, `ignore-file`, `off`, `note` (front matter) or `paths` (whosaid.toml).
    pub scope: &'static str,
    /// Rules as written; none for all.
    pub rules: Vec<String>,
    /// The reason in the writer's words; "" if none is given.
    pub reason: String,
    /// Its last day.
    pub until: Option<Date>,
    /// True if that day has passed.
    pub expired: bool,
    /// The findings that would be reported without it.
    pub hides: Vec<Finding>,
}

/// The place where an exception is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The comment, or the word in the front matter, in bytes of the note.
    Note(TextRange),
    /// An index into [`Config::ignore`](crate::config::Config::ignore).
    Config(usize),
}

/// The suppression of one rule, or of all, over one range.
#[derive(Debug)]
struct Suppression {
    rule: Option<&'static Rule>,
    /// The word that names the rule; for "all", the verb.
    word: TextRange,
    /// The bytes in which findings are excused.
    scope: TextRange,
    /// Index into the exceptions.
    exception: usize,
    /// True for one sentence or block, false for a region.
    is_local: bool,
    used: bool,
}

/// All suppressions of one note.
#[derive(Debug, Default)]
pub(in crate::rules) struct Suppressions {
    exceptions: Vec<Exception>,
    suppressions: Vec<Suppression>,
    problems: Vec<(&'static Rule, Report)>,
}

/// A fault of a suppression.
#[derive(Debug)]
pub(in crate::rules) struct Report {
    range: TextRange,
    message: Message,
    fix: Option<Fix>,
}

impl Report {
    /// Adds it to the findings, as one of `rule`.
    pub(in crate::rules) fn add_to(self, rule: &'static Rule, findings: &mut Findings) {
        findings.add(rule, self.range, self.message).fixes.extend(self.fix);
    }
}

impl Suppressions {
    /// Reads the comments and the front matter of a note, and the exceptions of the configuration.
    pub(in crate::rules) fn read(
        text: &str,
        facts: &NoteFacts,
        path: &str,
        ignore: &[Ignore],
        today: Option<Date>,
    ) -> Self {
        let mut all = Self::default();
        let note = TextRange::new(0, text.len() as u32);
        for (index, ignore) in ignore.iter().enumerate().filter(|(_, ignore)| ignore.paths.matches(path)) {
            all.read_config(index, ignore, note, today);
        }
        all.read_front_matter(note, facts);
        let mut open: Vec<Suppression> = Vec::new();
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
            let named = all.suppressions_of(&directive);
            let expired = directive.until.filter(|(until, _)| today.is_some_and(|t| *until < t));
            if directive.verb != Verb::On {
                all.exceptions.push(exception_of(&directive, marker.range, expired.is_some()));
            }
            if let Some((until, range)) = expired {
                let message = s903_expired_suppression::message::expired(until);
                all.problems.push((&EXPIRED_SUPPRESSION, Report { range, message, fix: None }));
                continue;
            }
            match directive.verb {
                Verb::Ignore | Verb::Section | Verb::File => {
                    let scope = match directive.verb {
                        Verb::Ignore => scope_of(text, facts, marker.range),
                        Verb::Section => section_of(facts, marker.range, note.end),
                        _ => note,
                    };
                    let is_local = directive.verb == Verb::Ignore;
                    all.suppressions.extend(named.into_iter().map(|e| Suppression { scope, is_local, ..e }));
                }
                Verb::Off => {
                    let scope = TextRange::new(marker.range.end, note.end);
                    open.extend(named.into_iter().map(|e| Suppression { scope, ..e }));
                }
                Verb::On => {
                    let closes = |e: &Suppression| named.iter().any(|n| n.rule.is_none() || same(n.rule, e.rule));
                    let (closed, still): (Vec<_>, Vec<_>) = open.drain(..).partition(closes);
                    open = still;
                    let end = marker.range.start;
                    let cut = |e: Suppression| Suppression { scope: TextRange::new(e.scope.start, end), ..e };
                    all.suppressions.extend(closed.into_iter().map(cut));
                }
            }
        }
        for suppression in open {
            let message = s904_unreadable_suppression::message::unclosed();
            let report = Report { range: suppression.word, message, fix: None };
            all.problems.push((&UNREADABLE_SUPPRESSION, report));
            all.suppressions.push(suppression);
        }
        all
    }

    /// Takes out the findings that regions, the front matter and the configuration excuse.
    pub(in crate::rules) fn apply_regions(&mut self, findings: &mut Vec<Finding>) {
        self.apply(findings, false);
    }

    /// Takes out the findings that are excused for their sentence or block.
    pub(in crate::rules) fn apply_local(&mut self, findings: &mut Vec<Finding>) {
        self.apply(findings, true);
    }

    fn apply(&mut self, findings: &mut Vec<Finding>, is_local: bool) {
        let mut by_rule: HashMap<Option<&str>, Vec<(TextRange, usize)>> = HashMap::new();
        for (index, suppression) in self.suppressions.iter().enumerate().filter(|(_, e)| e.is_local == is_local) {
            by_rule.entry(suppression.rule.map(|rule| rule.code)).or_default().push((suppression.scope, index));
        }
        if by_rule.is_empty() {
            return;
        }
        let covers: HashMap<Option<&str>, Intervals> =
            by_rule.into_iter().map(|(rule, scopes)| (rule, Intervals::new(scopes))).collect();
        for finding in std::mem::take(findings) {
            let of = |rule: Option<&str>| covers.get(&rule).and_then(|intervals| intervals.covering(finding.range));
            let index = of(Some(finding.rule.code)).or_else(|| of(None));
            match index.and_then(|index| self.suppressions.get_mut(index)) {
                Some(suppression) => {
                    suppression.used = true;
                    if let Some(exception) = self.exceptions.get_mut(suppression.exception) {
                        exception.hides.push(finding);
                    }
                }
                None => findings.push(finding),
            }
        }
    }

    /// The faults of the suppressions, once everything has been applied; `ran` are the rules that looked at the note.
    pub(in crate::rules) fn report(
        &mut self,
        context: &RuleContext<'_>,
        ran: &[&'static Rule],
    ) -> Vec<(&'static Rule, Report)> {
        let mut all = std::mem::take(&mut self.problems);
        for suppression in self.suppressions.iter().filter(|e| !e.used) {
            let Some(exception) = self.exceptions.get(suppression.exception) else { continue };
            // What the configuration excuses is judged over all notes.
            let Origin::Note(written) = exception.origin else { continue };
            // Whether a rule that is switched off would have found something is not known.
            if suppression.rule.is_some_and(|rule| !ran.iter().any(|r| std::ptr::eq(*r, rule))) {
                continue;
            }
            let is_comment = exception.scope != FRONT_MATTER && exception.hides.is_empty();
            let fix = is_comment.then(|| Fix {
                title: "Delete the unused exception".into(),
                edits: vec![Edit { file: context.file, range: with_space(context.text, written), text: String::new() }],
                safe: true,
            });
            let message = match suppression.rule {
                Some(rule) => s902_unused_suppression::message::one_rule(rule.code),
                None => s902_unused_suppression::message::all_rules(),
            };
            all.push((&UNUSED_SUPPRESSION, Report { range: suppression.word, message, fix }));
        }
        all
    }

    /// All exceptions, in order, with what they hide.
    pub(in crate::rules) fn into_exceptions(self) -> Vec<Exception> {
        self.exceptions
    }

    /// A suppression that belongs to the exception that is added next.
    fn suppression(&self, rule: Option<&'static Rule>, word: TextRange, scope: TextRange) -> Suppression {
        Suppression { rule, word, scope, exception: self.exceptions.len(), is_local: false, used: false }
    }

    fn suppressions_of(&mut self, directive: &Directive) -> Vec<Suppression> {
        if directive.rules.is_empty() {
            return vec![self.suppression(None, directive.verb_range, TextRange::default())];
        }
        let mut named = Vec::new();
        for (word, range) in &directive.rules {
            match rule_named(word) {
                Some(rule) => named.push(self.suppression(Some(rule), *range, TextRange::default())),
                None => self.unknown(word, *range),
            }
        }
        named
    }

    fn read_front_matter(&mut self, note: TextRange, facts: &NoteFacts) {
        let Some(front) = &facts.note.front_matter else { return };
        for (word, range) in front.values("whosaid.ignore") {
            match rule_named(word) {
                Some(rule) => self.suppressions.push(self.suppression(Some(rule), *range, note)),
                None => self.unknown(word, *range),
            }
            self.exceptions.push(Exception {
                origin: Origin::Note(*range),
                scope: FRONT_MATTER,
                rules: vec![word.clone()],
                reason: String::new(),
                until: None,
                expired: false,
                hides: Vec::new(),
            });
        }
    }

    fn read_config(&mut self, index: usize, ignore: &Ignore, note: TextRange, today: Option<Date>) {
        let expired = ignore.has_expired(today);
        if !expired {
            let rules = ignore.rules.iter().map(|code| rule_named(code));
            let named: Vec<Option<&'static Rule>> =
                if ignore.rules.is_empty() { vec![None] } else { rules.flatten().map(Some).collect() };
            let suppressions: Vec<Suppression> =
                named.into_iter().map(|rule| self.suppression(rule, note, note)).collect();
            self.suppressions.extend(suppressions);
        }
        self.exceptions.push(Exception {
            origin: Origin::Config(index),
            scope: "paths",
            rules: ignore.rules.clone(),
            reason: ignore.reason.clone(),
            until: ignore.until,
            expired,
            hides: Vec::new(),
        });
    }

    fn unknown(&mut self, word: &str, range: TextRange) {
        let shown: String = word.chars().take(32).collect();
        let message = match nearest_rule(word) {
            Some(near) => s901_unknown_rule::message::near(shown, near),
            None => s901_unknown_rule::message::unknown(shown),
        };
        self.problems.push((&UNKNOWN_RULE, Report { range, message, fix: None }));
    }

    fn unreadable(&mut self, problem: Problem) {
        let report = Report { range: problem.range, message: problem.message, fix: None };
        self.problems.push((&UNREADABLE_SUPPRESSION, report));
    }
}

/// The scope of a word in the front matter.
const FRONT_MATTER: &str = "note";

fn exception_of(directive: &Directive, written: TextRange, expired: bool) -> Exception {
    Exception {
        origin: Origin::Note(written),
        scope: directive.verb.as_str(),
        rules: directive.rules.iter().map(|(rule, _)| rule.clone()).collect(),
        reason: directive.reason.clone(),
        until: directive.until.map(|(date, _)| date),
        expired,
        hides: Vec::new(),
    }
}

fn same(a: Option<&'static Rule>, b: Option<&'static Rule>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => std::ptr::eq(a, b),
        (None, None) => true,
        _ => false,
    }
}

/// The section that a comment stands in: from its heading to the next one of the same or a higher level. Before the
/// first heading: up to it.
fn section_of(facts: &NoteFacts, comment: TextRange, end: u32) -> TextRange {
    let blocks = &facts.note.blocks;
    let level = |kind: BlockKind| match kind {
        BlockKind::Title => Some(0),
        BlockKind::Label => Some(1),
        BlockKind::Heading(level) => Some(level),
        _ => None,
    };
    let next = blocks.partition_point(|block| block.range.start < comment.end);
    let heading = blocks.iter().take(next).rev().find_map(|block| Some((block.range.start, level(block.kind)?)));
    let (start, own) = heading.unwrap_or((0, u8::MAX));
    let closing = blocks.iter().skip(next).find(|block| level(block.kind).is_some_and(|level| level <= own));
    TextRange::new(start, closing.map_or(end, |block| block.range.start))
}

/// The range that a comment excuses: the block after it if it has its line to itself, else the sentence at it.
fn scope_of(text: &str, facts: &NoteFacts, comment: TextRange) -> TextRange {
    let note = &facts.note;
    let next_sentence = note.sentences.partition_point(|s| s.range.start < comment.end);
    if alone_on_line(text, comment) {
        let from = note.blocks.partition_point(|b| b.range.end <= comment.end);
        let block = note.blocks.iter().skip(from).find(|b| b.kind != BlockKind::Opaque);
        return block
            .map_or(TextRange::empty(comment.end), |b| TextRange::new(b.range.start.max(comment.end), b.range.end));
    }
    let before = next_sentence.checked_sub(1).and_then(|s| note.sentences.get(s));
    let holds = before.filter(|s| s.range.start <= comment.start && comment.start < s.range.end);
    if let Some(sentence) = holds {
        return sentence.range;
    }
    let block = note.block_at(comment.start).and_then(|b| note.blocks.get(b)).map_or(comment, |b| b.range);
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
mod tests;
