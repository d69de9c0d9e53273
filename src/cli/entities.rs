//! `whosaid entities`: who and what the notes name.

use std::collections::BTreeMap;
use std::io::Write;

use serde::Serialize;

use super::{EntitiesArgs, Failure, load};

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

pub(super) fn run(args: &EntitiesArgs, out: &mut impl Write) -> Result<u8, Failure> {
    let all = load::load(&args.paths, |_| {})?;
    let mut rows: BTreeMap<(String, &'static str), Row> = BTreeMap::new();
    let notes = all.projects.iter().flat_map(|p| p.asked.iter().map(move |&file| p.snapshot.note(file)));
    for note in notes {
        let Some(note) = note else { continue };
        for entity in note.facts.entities.iter().filter(|e| e.kind.is_named()) {
            let key = (entity.name.clone(), entity.kind.as_str());
            let row = rows.entry(key).or_default();
            row.name.clone_from(&entity.name);
            row.r#type = entity.kind.as_str();
            row.mentions += entity.mentions.len();
            row.notes += 1;
            for alias in &entity.aliases {
                if !row.aliases.contains(alias) && *alias != entity.name {
                    row.aliases.push(alias.clone());
                }
            }
        }
    }
    let mut rows: Vec<Row> = rows.into_values().collect();
    rows.sort_by(|a, b| b.mentions.cmp(&a.mentions).then_with(|| a.name.cmp(&b.name)));
    if args.json {
        serde_json::to_writer_pretty(&mut *out, &rows)?;
        writeln!(out)?;
    } else {
        table(&rows, out)?;
    }
    Ok(if all.failed { 2 } else { 0 })
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
