//! `whosaid check`: the findings of all notes.

use std::io::Write;
use std::sync::Arc;

use super::judged::Judged;
use super::output::{self, Checked};
use super::{CheckArgs, Failure, Format, ProfileName, audit, fix, known, load};
use crate::config::globs::Folder;
use crate::config::{Config, Profile};
use crate::project::read::Allowed;
use crate::rules::CheckOptions;

/// The end of the command's help.
pub(super) const EXAMPLES: &str = "\
Examples:
  whosaid check                          every note below this folder
  whosaid check briefs/ draft.md         some of them
  whosaid check --profile strict --hints everything that could be asked
  whosaid check --format json | jq       for programs
  whosaid check --fix --dry-run          what can be mended unseen, as a diff
  whosaid check --audit                  what the notes excuse, with reasons and what that hides
  whosaid check --write-baseline=known.json   accept what there is now
  whosaid check --baseline=known.json         report only what is new

Excuse one sentence in the text itself:
  %% whosaid: ignore A101 reason=\"own count at the quay\" until=2031-05-01 %%
A section with `ignore-section`, a note with `ignore-file`, notes by path in whosaid.toml:
  [[ignore]]
  rules = [\"A101\"]
  paths = [\"archive/**\"]
Set levels in whosaid.toml:
  [rules]
  A105 = \"off\"

Exit codes: 0 nothing at warning or above, 1 something, 2 failure.";

/// Reports the findings of the notes below the paths, or their exceptions. Returns the exit code.
///
/// # Errors
/// If the baseline cannot be read or written, or the output not be written.
pub(super) fn run(args: &CheckArgs, allowed: &Allowed, out: &mut impl Write) -> Result<u8, Failure> {
    let target = known::Target::of(args)?;
    let given = args.baseline.as_deref().filter(|_| args.write_baseline.is_none());
    let given = given.map(known::read).transpose()?.map(Arc::new);
    let change = |config: &mut Config| {
        if let Some(profile) = args.profile {
            config.profile = match profile {
                ProfileName::Light => Profile::Light,
                ProfileName::Standard => Profile::Standard,
                ProfileName::Strict => Profile::Strict,
            };
        }
        if args.write_baseline.is_some() {
            config.known = None;
        } else if let Some(given) = &given {
            config.known = Some((Folder::default(), given.clone()));
        }
    };
    let mut all = load::load(&args.paths, allowed, load::Need::Texts, change)?;
    let options = CheckOptions { today: Some(jiff::Zoned::now().date()), ..CheckOptions::default() };
    if args.fix {
        let whole = fix::run(&all, options, args.dry_run, out)?;
        if args.dry_run {
            return Ok(if all.failed { 2 } else { 0 });
        }
        // What is left is judged as it now stands in the files.
        all = load::load(&args.paths, allowed, load::Need::Texts, change)?;
        all.failed |= !whole;
    }
    let judged: Vec<Judged<'_>> = all.projects.iter().map(|project| Judged::of(project, options)).collect();
    if args.audit {
        audit::write(&judged, options, out)?;
        return Ok(if all.failed { 2 } else { 0 });
    }
    if let Some(target) = &target {
        known::write(target, &judged)?;
        return Ok(if all.failed { 2 } else { 0 });
    }
    for judged in &judged {
        known::complain_of_stale(judged, args.baseline.as_deref());
    }
    let mut checked: Vec<Checked> = judged.into_iter().flat_map(|judged| judged.into_checked(options)).collect();
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
    Ok(match (all.failed, count.visible_warnings()) {
        (true, _) => 2,
        (false, true) => 1,
        (false, false) => 0,
    })
}
