//! Findings in files that are no notes: configurations and bibliographies.
//!
//! They are read elsewhere; here what is wrong with them becomes findings of rules like any other, so that every shell
//! and every output shows them alike and a team may set their level.

use jiff::civil::Date;

use crate::config::{Config, ConfigProblem, Ignore, Level, Profile};
use crate::rules::citation::c313_unreadable_entry::{self, UNREADABLE_ENTRY};
use crate::rules::suppression::s902_unused_suppression::{self, UNUSED_SUPPRESSION};
use crate::rules::suppression::s903_expired_suppression::{self, EXPIRED_SUPPRESSION};
use crate::rules::suppression::s905_unusable_setting::{self, UNUSABLE_SETTING};
use crate::rules::{Finding, Findings, Message, Rule};
use crate::text::TextRange;
use crate::workspace::library::Bibliography;

/// Findings for the problems of a configuration file.
#[must_use]
pub fn of_configuration(problems: &[ConfigProblem], config: &Config) -> Vec<Finding> {
    findings(
        &UNUSABLE_SETTING,
        config,
        problems.iter().map(|problem| (problem.range, s905_unusable_setting::message::unusable(&problem.message))),
    )
}

/// Findings for the problems of a bibliography.
#[must_use]
pub fn of_bibliography(bibliography: &Bibliography, config: &Config) -> Vec<Finding> {
    let problems = bibliography.problems.iter();
    findings(
        &UNREADABLE_ENTRY,
        config,
        problems.map(|problem| (problem.range, c313_unreadable_entry::message::unreadable(&problem.message))),
    )
}

/// Findings about the `[[ignore]]` tables of one file; `idle` says whether one of them excuses nothing.
#[must_use]
pub fn of_ignores(
    ignores: &[Ignore],
    config: &Config,
    today: Option<Date>,
    idle: impl Fn(&Ignore) -> bool,
) -> Vec<Finding> {
    let expired = ignores.iter().filter(|ignore| ignore.has_expired(today)).map(|ignore| {
        let until = ignore.until.map_or(String::new(), |until| until.to_string());
        (ignore.range, s903_expired_suppression::message::expired(until))
    });
    let unused = ignores
        .iter()
        .filter(|ignore| !ignore.has_expired(today) && idle(ignore))
        .map(|ignore| (ignore.range, s902_unused_suppression::message::by_path()));
    let mut all = findings(&EXPIRED_SUPPRESSION, config, expired);
    all.extend(findings(&UNUSED_SUPPRESSION, config, unused));
    all.sort_by_key(|finding| finding.range);
    all
}

fn findings(
    rule: &'static Rule,
    config: &Config,
    problems: impl Iterator<Item = (TextRange, Message)>,
) -> Vec<Finding> {
    let own = if config.profile == Profile::Strict { rule.strict } else { rule.level };
    let named = config.rules.get(rule.code).filter(|setting| setting.paths.is_empty()).map(|setting| setting.level);
    let level = named.unwrap_or(own);
    if level == Level::Off {
        return Vec::new();
    }
    let mut all = Findings::default();
    all.set_level(level);
    for (range, message) in problems {
        all.add(rule, range, message);
    }
    all.into_vec()
}
