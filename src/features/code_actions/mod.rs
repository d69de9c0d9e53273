//! What can be mended at a place: the fixes of its findings, an excuse with a reason, a footnote.
//!
//! Nothing is offered that was not tried: see [`trial`].

mod action;
mod excuses;
mod footnote;
pub mod names;
mod sourcing;
pub mod trial;

pub use action::{Action, ActionKind, FileEdit};

use std::collections::HashSet;

use super::FileRange;
use crate::rules::{Edit, Family, Finding, Fix};
use crate::text::TextRange;
use crate::workspace::Snapshot;
use excuses::{excuse, reason, wider_excuses};
use footnote::footnote;
use sourcing::sourcing_actions;
use trial::Trial;

/// The actions at a range, given the findings of the note: fixes first, then excuses. Of those that are wanted, each has
/// been tried and does what it says. Corrections of names are of [`names::name_actions`].
#[must_use]
pub fn code_actions(
    trial: &Trial<'_>,
    range: TextRange,
    findings: &[Finding],
    is_wanted: &dyn Fn(&Action) -> bool,
) -> Vec<Action> {
    let mut actions = candidates(trial.snapshot(), FileRange { file: trial.file(), range }, findings);
    actions.retain(|action| is_wanted(action) && trial.passes(action, findings));
    // One first choice for each finding.
    let mut chosen = HashSet::new();
    for action in actions.iter_mut().filter(|action| action.preferred) {
        action.preferred = action.finding.is_some_and(|finding| chosen.insert(finding));
    }
    actions
}

/// Everything that could be done, with all that could be a finding's first choice marked as preferred.
fn candidates(snapshot: &Snapshot, at: FileRange, findings: &[Finding]) -> Vec<Action> {
    let Some(note) = snapshot.full(at.file) else { return Vec::new() };
    let Some(text) = note.text.as_deref() else { return Vec::new() };
    let touched = |f: &Finding| f.range.overlaps(at.range) || f.range.touches(at.range.start);
    let here: Vec<(usize, &Finding)> = findings.iter().enumerate().filter(|(_, f)| touched(f)).collect();
    let mut actions = Vec::new();
    for &(index, finding) in &here {
        for fix in &finding.fixes {
            actions.push(Action {
                preferred: true,
                safe: fix.safe,
                finding: Some(index),
                blank: reason(&fix.edits),
                ..Action::new(fix.title.clone(), ActionKind::QuickFix, fix.edits.clone())
            });
        }
    }
    let about_sources: Vec<Action> =
        here.iter().flat_map(|&finding| sourcing_actions(snapshot, note, text, at, finding)).collect();
    actions.extend(about_sources);
    let unsourced = here.iter().find(|(_, f)| matches!(f.rule.family, Family::Attribution | Family::Quotation));
    actions.extend(footnote(note, text, at, unsourced.map(|(index, _)| *index)));
    for &(index, finding) in here.iter().filter(|(_, f)| f.rule.family != Family::Suppression) {
        actions.extend(excuse(note, text, at, index, finding));
        actions.extend(wider_excuses(note, text, at, index, finding));
    }
    actions
}

/// The edits of all fixes that are safe to apply unseen, in order, each tried. Of two that meet, the later is left for
/// the next time.
#[must_use]
pub fn safe_edits(trial: &Trial<'_>, findings: &[Finding]) -> Vec<Edit> {
    let mut chosen: Vec<(&Finding, &Fix)> = Vec::new();
    let meets = |one: &Edit, other: &Edit| {
        one.file == other.file
            && (one.range.overlaps(other.range)
                || one.range.touches(other.range.start)
                || other.range.touches(one.range.start))
    };
    let safe = findings.iter().filter_map(|finding| Some((finding, finding.fixes.iter().find(|fix| fix.safe)?)));
    for (finding, fix) in safe {
        let known = || chosen.iter().flat_map(|(_, fix)| &fix.edits);
        if !fix.edits.iter().any(|edit| known().any(|other| meets(edit, other))) {
            chosen.push((finding, fix));
        }
    }
    let mut edits = passing(trial, &chosen);
    edits.sort_by_key(|edit| (edit.file, edit.range));
    edits
}

/// The edits of those fixes that pass, tried together: where one fails, by halves.
fn passing(trial: &Trial<'_>, fixes: &[(&Finding, &Fix)]) -> Vec<Edit> {
    let edits: Vec<Edit> = fixes.iter().flat_map(|(_, fix)| fix.edits.iter().cloned()).collect();
    let mended: Vec<&Finding> = fixes.iter().map(|(finding, _)| *finding).collect();
    if edits.is_empty() || trial.mends(&mended, &edits) {
        return edits;
    }
    if fixes.len() == 1 {
        return Vec::new();
    }
    let (first, rest) = fixes.split_at(fixes.len() / 2);
    let mut passed = passing(trial, first);
    passed.extend(passing(trial, rest));
    passed
}

#[cfg(test)]
mod tests;
