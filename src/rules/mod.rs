//! What is wrong. One file is one rule is its documentation is its tests.
//!
//! A rule reads facts and never re-parses text: a new fact is a change in `analysis`. [`check`] runs all rules over
//! one note and applies levels, precedence and suppression; the server and the command line both call it, so they
//! agree by construction.
//!
//! Read in this order: this file, `levels` (how loud), `silence` (where nothing is said at all), `suppress` (what the
//! writer has excused), `precedence` (one finding a sentence), `docs` (a rule's page). The rules themselves stand in
//! [`registry::RULES`].

pub mod baseline;
pub mod docs;
pub mod files;
pub mod finding;
pub mod registry;
pub mod suppress;

mod dates;
mod declared;
mod document;
mod estimates;
mod footnotes;
mod governance;
mod levels;
mod mend;
mod naming;

mod precedence;
mod silence;
mod sourcing;

mod a101_unsourced_statistic;
mod a102_unsourced_casualty_figure;
mod a103_unsourced_allegation;
mod a104_unsourced_event;
mod a105_unsourced_ranking;
mod a106_unsourced_motive;
mod a107_vague_attribution;
mod a108_passive_reporting;
mod a109_undescribed_source;
mod a110_anonymous_without_reason;
mod a111_anonymous_allegation;
mod a112_secondhand;
mod a113_outlet_only;
mod a114_single_source;
mod a115_metonym_source;
mod a116_late_attribution;
mod a117_loaded_verb;
mod a118_without_response;
mod a119_unconfirmed_source;
mod c301_unknown_citation_key;
mod c302_undefined_footnote;
mod c303_unused_footnote;
mod c304_empty_footnote;
mod c305_dead_link;
mod c306_duplicate_source;
mod c307_opaque_link;
mod c308_source_fields_missing;
mod c309_uncredited_image;
mod c310_unresolved_outlet;
mod c311_citation_detached;
mod c312_duplicate_footnote;
mod c313_unreadable_entry;
mod c315_bibliography_not_read;
mod d901_source_summary_missing;
mod d902_generic_source_line;
mod d903_metadata_missing;
mod d904_leftover_marker;
mod d905_single_origin_document;
mod d906_handling_conflict;
mod e501_off_yardstick;
mod e502_likelihood_with_confidence;
mod e503_mixed_scale_rows;
mod e504_confidence_without_basis;
mod e505_bare_forecast;
mod e506_mere_possibility;
mod e507_double_hedge;
mod e508_certainty_claim;
mod e509_judgement_unmarked;
mod g401_denied_source;
mod g402_source_not_allowed;
mod g403_ungraded_source;
mod g404_malformed_grade;
mod g409_state_media;
mod n701_name_variant;
mod n702_first_mention_incomplete;
mod n703_acronym_unexplained;
mod n704_acronym_conflict;
mod n705_entity_ambiguous;
mod n707_name_order;
mod n710_deprecated_name;
mod p001_house_phrase;
mod q201_unattributed_quotation;
mod q203_quotation_without_citation;
mod q204_unbalanced_quote;
mod q206_translated_quote;
mod q207_partial_quotes;
mod s901_unknown_rule;
mod s902_unused_suppression;
mod s903_expired_suppression;
mod s904_unreadable_suppression;
mod s905_unusable_setting;
mod t601_unanchored_relative_date;
mod t602_unanchored_weekday;
mod t603_missing_as_of;
mod t604_yearless_date;
mod t605_date_conflict;
mod t606_ambiguous_numeric_date;

use jiff::civil::Date;

use crate::analysis::NoteFacts;
use crate::config::{Config, Level};
use crate::text::{TextRange, near};
use crate::workspace::{FileId, Snapshot};

pub use a119_unconfirmed_source::{according_unconfirmed, said_unconfirmed, said_unconfirmed_before};
pub use finding::{Edit, Finding, Findings, Fix, Related};
pub use mend::assessment;
pub use naming::{Identities, usual_name};

/// A rule: its name, its default level, its documentation and its check.
#[derive(Debug)]
pub struct Rule {
    /// `A101`.
    pub code: &'static str,
    /// `unsourced-statistic`.
    pub name: &'static str,
    /// The level at the standard profile.
    pub level: Level,
    /// The level at the strict profile.
    pub strict: Level,
    /// The version that brought it.
    pub since: &'static str,
    /// Its page: Markdown with `## Why`, `## Reported`, `## Accepted`, `## Limits`.
    pub docs: &'static str,
    /// What looks for it.
    pub check: fn(&RuleContext<'_>, &mut Findings),
}

impl Rule {
    /// The letter of its group: `A` attribution, `Q` quotation, `C` citation, `S` suppression, …
    #[must_use]
    pub fn group(&self) -> u8 {
        self.code.as_bytes().first().copied().unwrap_or(b'?')
    }
}

/// What a rule may look at.
#[derive(Clone, Copy, Debug)]
pub struct RuleContext<'a> {
    /// The note's text.
    pub text: &'a str,
    /// What the note says.
    pub facts: &'a NoteFacts,
    /// The note.
    pub file: FileId,
    /// What all notes say.
    pub workspace: &'a Snapshot,
    /// The configuration in force for this note.
    pub config: &'a Config,
    /// Who the note's entities are.
    pub who: &'a Identities,
}

/// Declares a rule from its documentation and its figures: see any rule file.
#[macro_export]
macro_rules! declare_rule {
    ($(#[doc = $doc:literal])* $vis:vis static $id:ident = Rule { code: $code:literal, name: $name:literal, level: $level:ident, strict: $strict:ident, since: $since:literal, check: $check:path $(,)? };) => {
        $(#[doc = $doc])*
        $vis static $id: $crate::rules::Rule = $crate::rules::Rule {
            code: $code,
            name: $name,
            level: $crate::config::Level::$level,
            strict: $crate::config::Level::$strict,
            since: $since,
            docs: concat!($($doc, "\n"),*),
            check: $check,
        };
    };
}

/// What is asked of [`check`] beside the note itself.
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

/// What the rules make of one note.
#[derive(Debug, Default)]
pub struct Judgement {
    /// What is reported: see [`check`].
    pub findings: Vec<Finding>,
    /// What the note and the configuration excuse, with what that hides.
    pub exceptions: Vec<suppress::Exception>,
    /// What the baseline knows, and what is therefore not reported.
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
    let voice = silence::voice(&context, note);
    let levels = levels::Levels::of(context.config, &note.path, note.facts.note.front_matter.as_ref());

    let mut findings = Findings::default();
    let mut ran = Vec::with_capacity(registry::RULES.len());
    for &rule in registry::RULES {
        if voice.hears(rule) && levels.start(rule, &mut findings) {
            (rule.check)(&context, &mut findings);
            ran.push(rule);
        }
    }
    let mut all = findings.into_vec();
    levels.settle(&mut all);
    declared::apply(&context, &mut all);

    let mut excuses = suppress::Suppressions::read(text, &note.facts, &note.path, &config.ignore, options.today);
    excuses.apply_regions(&mut all);
    if !options.every {
        precedence::one_per_sentence(&context, &mut all);
    }
    excuses.apply_ignores(&mut all);
    let mut about = Findings::default();
    for (rule, report) in excuses.report(&context, &ran) {
        if voice.hears(rule) && levels.start(rule, &mut about) {
            report.add_to(rule, &mut about);
        }
    }
    let mut about = about.into_vec();
    levels.settle(&mut about);
    all.append(&mut about);

    if let Some(unfinished) = options.unfinished {
        all.retain(|f| !(matches!(f.rule.group(), b'A' | b'Q' | b'E') && unfinished.overlaps(f.range)));
    }
    all.sort_by_key(|f| (f.range, f.rule.code));
    if options.every {
        return Judgement { findings: all, ..Judgement::default() };
    }
    let known = baseline::apply(config, &note.path, text, &note.facts, &mut all);
    Judgement { findings: all, exceptions: excuses.into_exceptions(), known }
}
