//! `whosaid entities`: who and what the notes name.

use std::collections::HashSet;
use std::io::Write;

use serde::Serialize;

use super::load::{self, Loaded};
use super::{EntitiesArgs, Failure};
use crate::project::read::Allowed;
use crate::workspace::FileId;
use crate::workspace::entities::{Identity, LocalEntity};

/// The end of the command's help.
pub(super) const EXAMPLES: &str = "\
Examples:
  whosaid entities notes/
  whosaid entities --json | jq '.[] | select(.type == \"person\") | .name'";

#[derive(Debug, Default, Serialize)]
struct Row {
    name: String,
    r#type: &'static str,
    mentions: usize,
    notes: usize,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    aliases: Vec<String>,
}

/// Lists the entities of the notes below the paths. Returns the exit code.
///
/// # Errors
/// If the output cannot be written.
pub(super) fn run(args: &EntitiesArgs, allowed: &Allowed, out: &mut impl Write) -> Result<u8, Failure> {
    let all = load::load(&args.paths, allowed, load::Need::Briefs, |_| {})?;
    all.complain_of_faults();
    let mut rows = Vec::new();
    for project in &all.projects {
        rows_of(project, &mut rows);
    }
    rows.sort_by(|a, b| b.mentions.cmp(&a.mentions).then_with(|| a.name.cmp(&b.name)));
    if args.json {
        serde_json::to_writer_pretty(&mut *out, &rows)?;
        writeln!(out)?;
    } else {
        table(&rows, out)?;
    }
    Ok(if all.failed { 2 } else { 0 })
}

/// One row for everybody whom the asked notes name; who is one across notes is the workspace's to say.
fn rows_of(project: &Loaded, rows: &mut Vec<Row>) {
    let asked: HashSet<FileId> = project.asked.iter().copied().collect();
    let mut seen: HashSet<LocalEntity> = HashSet::new();
    for &file in &project.asked {
        let Some(note) = project.snapshot.note(file) else { continue };
        for local in (0..note.entities().count() as u32).map(|local| LocalEntity { file, local }) {
            if seen.contains(&local) {
                continue;
            }
            let Some(identity) = project.snapshot.identity(local) else { continue };
            let mut all = project.snapshot.occurrences(&identity);
            all.retain(|other| asked.contains(&other.file));
            // Whoever stands in nobody's company stands for himself.
            if !all.contains(&local) {
                all.push(local);
            }
            all.retain(|other| seen.insert(*other));
            rows.extend(row(project, &identity, &all));
        }
    }
}

fn row(project: &Loaded, identity: &Identity, all: &[LocalEntity]) -> Option<Row> {
    let mut row = Row { name: identity.name.to_string(), r#type: identity.kind.as_str(), ..Row::default() };
    let files: HashSet<FileId> = all.iter().map(|at| at.file).collect();
    row.notes = files.len();
    for at in all {
        let entity = project.snapshot.note(at.file)?.entity(at.local)?;
        row.mentions += entity.count();
        for name in std::iter::once(entity.name).chain(entity.aliases()) {
            if *name != row.name && !row.aliases.iter().any(|known| known == name) {
                row.aliases.push(name.to_owned());
            }
        }
    }
    identity.kind.is_named().then_some(row)
}

fn table(rows: &[Row], out: &mut impl Write) -> std::io::Result<()> {
    let width = rows.iter().map(|row| row.name.chars().count()).max().unwrap_or(0).clamp(4, 40);
    writeln!(out, "\x1b[1m{:width$}  {:8} {:>8} {:>6}  also\x1b[0m", "name", "type", "mentions", "notes")?;
    for row in rows {
        let aliases = row.aliases.join(", ");
        writeln!(out, "{:width$}  {:8} {:>8} {:>6}  {aliases}", row.name, row.r#type, row.mentions, row.notes)?;
    }
    writeln!(out, "{} in all.", rows.len())
}
