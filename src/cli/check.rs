//! `whosaid check`: the findings of all notes.

use std::io::Write;

use rayon::prelude::*;

use super::output::{self, Checked};
use super::{CheckArgs, Failure, Format, ProfileName, fix, load};
use crate::config::{Config, Profile};
use crate::rules::{self, CheckOptions, suppress};
use crate::text::Encoding;

pub(super) const EXAMPLES: &str = "\
Examples:
  whosaid check                          every note below this folder
  whosaid check briefs/ draft.md         some of them
  whosaid check --profile strict --hints everything that could be asked
  whosaid check --format json | jq       for programs
  whosaid check --fix --dry-run          what can be mended unseen, as a diff
  whosaid check --audit                  what the notes excuse, with reasons

Excuse one sentence in the text itself:
  %% whosaid: ignore A101 reason=\"own count at the quay\" until=2031-05-01 %%
Set levels in whosaid.toml:
  [rules]
  A105 = \"off\"

Exit codes: 0 nothing at warning or above, 1 something, 2 failure.";

pub(super) fn run(args: &CheckArgs, out: &mut impl Write) -> Result<u8, Failure> {
    let profile = |config: &mut Config| {
        if let Some(profile) = args.profile {
            config.profile = match profile {
                ProfileName::Light => Profile::Light,
                ProfileName::Standard => Profile::Standard,
                ProfileName::Strict => Profile::Strict,
            };
        }
    };
    let mut all = load::load(&args.paths, profile)?;
    if args.audit {
        return audit(&all, out);
    }
    let options = CheckOptions { today: Some(jiff::Zoned::now().date()), ..CheckOptions::default() };
    if args.fix {
        let whole = fix::run(&all, options, args.dry_run, out)?;
        if args.dry_run {
            return Ok(if all.failed { 2 } else { 0 });
        }
        // What is left is judged as it now stands in the files.
        all = load::load(&args.paths, profile)?;
        all.failed |= !whole;
    }
    let mut checked: Vec<Checked> = Vec::new();
    for project in &all.projects {
        let notes = project.asked.par_iter().filter_map(|&file| {
            let note = project.snapshot.full(file)?.clone();
            let path = load::shown(&project.root.join(&*note.path));
            let findings = rules::check(&project.snapshot, file, options);
            let related = output::places(&project.snapshot, &findings, |path| load::shown(&project.root.join(path)));
            Some(Checked { path, note, findings, related })
        });
        checked.extend(notes.collect::<Vec<_>>());
    }
    checked.sort_by(|a, b| a.path.cmp(&b.path));
    let count = output::Count::of(&checked);
    if !args.hints {
        checked.iter_mut().for_each(Checked::hide_hints);
    }
    match args.format {
        Format::Text => output::text::write(&checked, &count, args.hints, out)?,
        Format::Json => output::json::write(&checked, false, out)?,
        Format::Jsonl => output::json::write(&checked, true, out)?,
        Format::Github => output::github::write(&checked, out)?,
        Format::Sarif => output::sarif::write(&checked, out)?,
    }
    Ok(match (all.failed, all.faulty || count.visible_warnings()) {
        (true, _) => 2,
        (false, true) => 1,
        (false, false) => 0,
    })
}

/// Lists what the notes excuse themselves from.
fn audit(all: &load::All, out: &mut impl Write) -> Result<u8, Failure> {
    let mut count = 0;
    for project in &all.projects {
        for note in project.asked.iter().filter_map(|&file| project.snapshot.full(file)) {
            let path = load::shown(&project.root.join(&*note.path));
            for exception in suppress::exceptions(note.text.as_deref().unwrap_or(""), &note.facts) {
                let place = note.lines.position(exception.range.start, Encoding::Utf32);
                let rules = if exception.rules.is_empty() { "all rules".into() } else { exception.rules.join(", ") };
                let until = exception.until.map_or(String::new(), |date| format!(" until {date}"));
                let reason = if exception.reason.is_empty() { "no reason given" } else { &exception.reason };
                let (line, column) = (place.line + 1, place.column + 1);
                writeln!(out, "{path}:{line}:{column}: {} {rules}{until}: {reason}", exception.scope)?;
                count += 1;
            }
        }
    }
    writeln!(out, "{count} exceptions.")?;
    Ok(if all.failed { 2 } else { 0 })
}
