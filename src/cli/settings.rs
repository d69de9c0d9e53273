//! `whosaid config`: the settings in force, each with the file and line that it comes from; the table of all settings as
//! a JSON Schema and as a page.

use std::io::Write;
use std::path::Path;

use toml::Value;

use super::{Failure, load};
use crate::config::keys::{KEYS, Key, Merge, key};
use crate::config::{reference, schema};
use crate::project::read::Allowed;
use crate::project::{ConfigFile, Project};
use crate::rules::docs;
use crate::rules::registry::RULES;
use crate::text::{Encoding, LineIndex};

/// Defaults that the table of keys has no place for: steps of severity by a note's status.
const STATUS: [(&str, i64); 2] = [("status.draft", -1), ("status.final", 1)];

/// A value with its origins; names are filled in: `rules.A101`.
struct Held {
    path: String,
    value: Value,
    origins: Vec<String>,
}

/// Prints what holds for a note or folder.
pub(super) fn explain(path: &Path, allowed: &Allowed, out: &mut impl Write) -> Result<u8, Failure> {
    std::fs::metadata(path).map_err(Failure::at(path))?;
    let project = Project::open_after(path, &[], allowed);
    let whole = std::path::absolute(path)?;
    let folder = if path.is_file() { whole.parent().unwrap_or(&whole) } else { &whole };
    let files = project.config_files_of(folder);
    let mut settings = defaults();
    files.iter().for_each(|file| lay(file, &mut settings));
    writeln!(out, "# project: {}", project.root.display())?;
    match files.len() {
        0 => writeln!(out, "# no whosaid.toml here or above: everything is at its default")?,
        _ => {
            let list: Vec<String> = files.iter().map(|file| load::display_path(&file.path)).collect();
            writeln!(out, "# files, the last one nearest: {}", list.join(", "))?;
        }
    }
    let width = settings.iter().map(|s| s.path.len() + s.value.to_string().len() + 3).max().unwrap_or(0).min(60);
    for setting in &settings {
        let line = format!("{} = {}", setting.path, setting.value);
        writeln!(out, "{line:width$}  # {}", setting.origins.join(" + "))?;
    }
    let mut faulty = false;
    for file in &files {
        let lines = LineIndex::new(&file.text);
        for problem in &file.problems {
            faulty = true;
            super::complain(load::at(&load::display_path(&file.path), &lines, problem.range, &problem.message));
        }
    }
    Ok(u8::from(faulty))
}

fn defaults() -> Vec<Held> {
    let origin = || vec!["default".to_owned()];
    let mut all = Vec::new();
    for key in KEYS.iter().filter(|key| !key.default.is_empty() && !key.path.contains(['*', '['])) {
        if let Some(value) = value_of(key) {
            all.push(Held { path: key.path.to_owned(), value, origins: origin() });
        }
    }
    let at = all.iter().position(|held| held.path.contains('.')).unwrap_or(all.len());
    let status =
        STATUS.map(|(path, steps)| Held { path: path.into(), value: Value::Integer(steps), origins: origin() });
    all.splice(at..at, status);
    all
}

fn value_of(key: &Key) -> Option<Value> {
    let table: toml::Table = format!("x = {}", key.default).parse().ok()?;
    table.get("x").cloned()
}

/// Lays a file over what is there: the nearest value holds, or both lists together.
fn lay(file: &ConfigFile, settings: &mut Vec<Held>) {
    let lines = LineIndex::new(&file.text);
    let name = load::display_path(&file.path);
    for setting in &file.settings {
        let line = lines.position(setting.range.start, Encoding::Utf32).line + 1;
        let origin = format!("{name}:{line}");
        let together = key(setting.key).is_some_and(|key| key.merge == Merge::Together);
        // Every file's exceptions stand for themselves.
        let own = setting.key.starts_with("ignore[]");
        let path = if own { format!("{} ({name})", setting.path) } else { setting.path.clone() };
        match settings.iter_mut().find(|held| held.path == path) {
            Some(held) if together && !own => held.add(&setting.value, origin),
            Some(held) => (held.value, held.origins) = (setting.value.clone(), vec![origin]),
            None => settings.push(Held { path, value: setting.value.clone(), origins: vec![origin] }),
        }
    }
}

impl Held {
    fn add(&mut self, value: &Value, origin: String) {
        let list = |value: &Value| value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
        if list(&self.value).is_empty() {
            self.origins.clear();
        }
        self.value = Value::Array([list(&self.value), list(value)].concat());
        self.origins.push(origin);
    }
}

/// Prints the JSON Schema.
pub(super) fn schema(out: &mut impl Write) -> Result<u8, Failure> {
    serde_json::to_writer_pretty(&mut *out, &schema_value())?;
    writeln!(out)?;
    Ok(0)
}

/// The JSON Schema with all rules in it.
#[must_use]
pub fn schema_value() -> serde_json::Value {
    let about = |rule: &crate::rules::Rule| docs::page(rule).summary;
    let rules: Vec<(&str, &str, String)> = RULES.iter().map(|rule| (rule.code, rule.name, about(rule))).collect();
    schema::schema(&rules)
}

/// Prints the reference page.
pub(super) fn page(out: &mut impl Write) -> Result<u8, Failure> {
    out.write_all(reference::page().as_bytes())?;
    Ok(0)
}
