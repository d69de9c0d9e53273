//! Findings: everything that is wrong in a note. One file is one rule is its documentation is its tests.
//!
//! A rule reads facts and never re-parses text: a new fact is a change in `analysis`. [`check`] runs all rules over
//! one note and applies levels, precedence and suppression; the server and the command line both call it, so they
//! agree by construction.
//!
//! Each family of rules has a folder, whose `mod.rs` lists its rules; [`registry::RULES`] is all of them. `engine` runs
//! them: levels, scope, suppression, precedence, baseline. `fixes` holds edits that several families offer. Read this
//! file, then `engine`, then any rule.

mod attribution;
mod citation;
mod document;
mod engine;
mod estimate;
mod fixes;
mod governance;
mod house;
mod kinds;
mod naming;
mod quotation;
mod suppression;
mod time;

use jiff::civil::Date;

use crate::analysis::NoteFacts;
use crate::config::{Config, Level};
use crate::text::TextRange;
use crate::workspace::{FileId, Snapshot};

use engine::suppression::Suppressions;
use engine::{declarations, levels, precedence, scope};

pub use attribution::{according_unconfirmed, said_unconfirmed, said_unconfirmed_before};
pub use engine::finding::{Edit, Finding, Findings, Fix, Message, Related};
pub use engine::suppression::{Exception, Origin};
pub use engine::{baseline, docs, files, registry};
pub use fixes::{appended, assessment};
pub use kinds::{Family, Remedy, Tag};
pub use naming::mentions::{Identities, usual_name};

/// A rule: everything that is known of it stands in its own file, declared with [`declare_rule!`](crate::declare_rule).
#[derive(Debug)]
pub struct Rule {
    /// `A101`.
    pub code: &'static str,
    /// `unsourced-statistic`.
    pub name: &'static str,
    /// The question that it belongs to.
    pub family: Family,
    /// The level at the standard profile.
    pub level: Level,
    /// The level at the strict profile.
    pub strict: Level,
    /// The version that brought it.
    pub since: &'static str,
    /// Its page: Markdown with `## Why`, `## Reported`, `## Accepted`, `## Limits`.
    pub docs: &'static str,
    /// The function that looks for it.
    pub check: fn(&RuleContext<'_>, &mut Findings),
    /// The templates of its messages: problem, reason, remedy; a word in braces stands for words of the text.
    pub messages: &'static [&'static str],
    /// Its rank among rules about a sentence's source, of which only the lowest is shown a sentence; none for a rule
    /// whose findings are all shown.
    pub precedence: Option<u8>,
    /// True if a declared source ("\[common knowledge\]") or an open marker in the sentence answers it.
    pub answered_by_declaration: bool,
    /// True if the light profile keeps it though its level is below error.
    pub in_light_profile: bool,
    /// The way in which editors draw its findings.
    pub tag: Option<Tag>,
    /// Answers that code actions offer, beside the fixes of a finding.
    pub remedies: &'static [Remedy],
    /// True if it reports work that a fix has left to the writer: words to confirm, a note to fill.
    pub reports_open_work: bool,
    /// True if its findings may stand in the text though the front matter mends them.
    pub about_front_matter: bool,
}

/// Everything that a rule may look at.
#[derive(Clone, Copy, Debug)]
pub struct RuleContext<'a> {
    /// The note's text.
    pub text: &'a str,
    /// The facts of the note.
    pub facts: &'a NoteFacts,
    /// The note.
    pub file: FileId,
    /// The facts of all notes.
    pub workspace: &'a Snapshot,
    /// The configuration in force for this note.
    pub config: &'a Config,
    /// The identities of the note's entities.
    pub who: &'a Identities,
}

/// Declares a rule from its documentation and its fields, and a function for each of its messages, so that a finding
/// says nothing that is not listed. The fields after `messages` are optional, in this order:
/// `precedence: 10, answered_by_declaration: true, in_light_profile: true, tag: Deprecated, remedies: [Cite, Ask], reports_open_work: true,
/// about_front_matter: true`.
#[macro_export]
macro_rules! declare_rule {
    (@option) => { None };
    (@option $value:expr) => { Some($value) };
    (@flag) => { false };
    (@flag $value:literal) => { $value };
    (
        $(#[doc = $doc:literal])*
        $vis:vis static $id:ident = Rule {
            code: $code:literal,
            name: $name:literal,
            family: $family:ident,
            level: $level:ident,
            strict: $strict:ident,
            since: $since:literal,
            check: $check:path,
            messages: { $($message:ident($($value:ident),*): $text:literal),* $(,)? }
            $(, precedence: $precedence:literal)?
            $(, answered_by_declaration: $declaration:literal)?
            $(, in_light_profile: $light:literal)?
            $(, tag: $tag:ident)?
            $(, remedies: [$($remedy:ident),*])?
            $(, reports_open_work: $open:literal)?
            $(, about_front_matter: $front:literal)?
            $(,)?
        };
    ) => {
        /// The messages of the rule, one function a template.
        $vis mod message {
            $(pub(in $crate::rules) fn $message($($value: impl std::fmt::Display),*) -> $crate::rules::Message {
                $crate::rules::Message(format!($text))
            })*
        }

        $(#[doc = $doc])*
        $vis static $id: $crate::rules::Rule = $crate::rules::Rule {
            code: $code,
            name: $name,
            family: $crate::rules::Family::$family,
            level: $crate::config::Level::$level,
            strict: $crate::config::Level::$strict,
            since: $since,
            docs: concat!($($doc, "\n"),*),
            check: $check,
            messages: &[$($text),*],
            precedence: $crate::declare_rule!(@option $($precedence)?),
            answered_by_declaration: $crate::declare_rule!(@flag $($declaration)?),
            in_light_profile: $crate::declare_rule!(@flag $($light)?),
            tag: $crate::declare_rule!(@option $($crate::rules::Tag::$tag)?),
            remedies: &[$($($crate::rules::Remedy::$remedy),*)?],
            reports_open_work: $crate::declare_rule!(@flag $($open)?),
            about_front_matter: $crate::declare_rule!(@flag $($front)?),
        };
    };
}

/// Options of [`check`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CheckOptions {
    /// The sentence edited last while it lacks its final punctuation: no A, Q or E finding on it (drafting courtesy).
    pub unfinished: Option<TextRange>,
    /// The day on which suppressions with `until=` are judged; without it none has expired.
    pub today: Option<Date>,
    /// Findings that another of their sentence hides, and those of the baseline, are given too.
    pub every: bool,
}

/// All findings of one note, sorted by range. Hints are included; whoever shows them decides.
#[must_use]
pub fn check(workspace: &Snapshot, file: FileId, options: CheckOptions) -> Vec<Finding> {
    judge(workspace, file, options).findings
}

/// The judgement of the rules on one note.
#[derive(Debug, Default)]
pub struct Judgement {
    /// The findings that are reported: see [`check`].
    pub findings: Vec<Finding>,
    /// The exceptions of the note and the configuration, with the findings that they hide.
    pub exceptions: Vec<Exception>,
    /// The findings that the baseline knows, and that are therefore not reported.
    pub known: Vec<Finding>,
}

/// The same as [`check`], with what is excused.
#[must_use]
pub fn judge(workspace: &Snapshot, file: FileId, options: CheckOptions) -> Judgement {
    let Some(note) = workspace.full(file) else { return Judgement::default() };
    let Some(text) = note.text.as_deref() else { return Judgement::default() };
    let config = workspace.config_at(&note.path);
    let who = Identities::default();
    let context = RuleContext { text, facts: &note.facts, file, workspace, config, who: &who };
    let scope = scope::scope_of(&context, note);
    let levels = levels::Levels::of(context.config, &note.path, note.facts.note.front_matter.as_ref());

    let mut findings = Findings::default();
    let mut ran = Vec::with_capacity(registry::RULES.len());
    for &rule in registry::RULES {
        if let Some(level) = levels.initial(rule).filter(|_| scope.includes(rule)) {
            findings.set_level(level);
            (rule.check)(&context, &mut findings);
            ran.push(rule);
        }
    }
    let mut all = findings.into_vec();
    levels.finalise(&mut all);
    declarations::drop_answered(&context, &mut all);

    let mut suppressions = Suppressions::read(text, &note.facts, &note.path, &config.ignore, options.today);
    suppressions.apply_regions(&mut all);
    if !options.every {
        precedence::one_per_sentence(&context, &mut all);
    }
    suppressions.apply_local(&mut all);
    let mut about = Findings::default();
    for (rule, report) in suppressions.report(&context, &ran) {
        if let Some(level) = levels.initial(rule).filter(|_| scope.includes(rule)) {
            about.set_level(level);
            report.add_to(rule, &mut about);
        }
    }
    let mut about = about.into_vec();
    levels.finalise(&mut about);
    all.append(&mut about);

    if let Some(unfinished) = options.unfinished {
        all.retain(|f| !(f.rule.family.is_about_sourcing() && unfinished.overlaps(f.range)));
    }
    all.sort_by_key(|f| (f.range, f.rule.code));
    if options.every {
        return Judgement { findings: all, ..Judgement::default() };
    }
    let known = baseline::apply(config, &note.path, text, &note.facts, &mut all);
    Judgement { findings: all, exceptions: suppressions.into_exceptions(), known }
}
