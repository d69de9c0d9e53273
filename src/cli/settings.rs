//! `whosaid config explain`: the settings in force, each with the file that it comes from.

use std::io::Write;
use std::path::Path;

use toml::{Table, Value};

use super::{Failure, load};
use crate::project::Project;

/// What holds where no file says otherwise.
const DEFAULTS: &str = r#"
profile = "standard"
scale = "icd203"
citation-scope = "run"
carry-max = 2
pandoc-bare = false
store = "user"
include = []
exclude = []
[status]
draft = -1
final = 1
[sources]
allow = []
deny = []
state-media = "label"
required-fields = ["title", "publisher", "date", "url"]
[grading]
required = false
scheme = "admiralty"
[library]
bibliography = []
"#;

/// A value with its origin; tables are flattened: `rules.A101`.
struct Setting {
    key: String,
    value: Value,
    origin: String,
}

pub(super) fn run(path: &Path, out: &mut impl Write) -> Result<u8, Failure> {
    std::fs::metadata(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let project = Project::open(path);
    let mut settings = Vec::new();
    lay(DEFAULTS, "default", &mut settings)?;
    let mut faulty = false;
    for file in &project.config_files {
        faulty |= !file.problems.is_empty();
        // A file that cannot be parsed as a whole still holds in part; only its parts cannot be listed.
        if lay(&file.text, &load::shown(&file.path), &mut settings).is_err() {
            super::complain(format_args!("{}: cannot be read as a whole", load::shown(&file.path)));
        }
    }
    writeln!(out, "# project: {}", project.root.display())?;
    if !project.is_configured() {
        writeln!(out, "# no whosaid.toml here or above: everything is at its default")?;
    }
    let width = settings.iter().map(|s| s.key.len() + s.value.to_string().len() + 3).max().unwrap_or(0).min(60);
    for setting in &settings {
        let line = format!("{} = {}", setting.key, setting.value);
        writeln!(out, "{line:width$}  # {}", setting.origin)?;
    }
    Ok(u8::from(faulty))
}

/// Lays a file over what is there, key by key.
fn lay(text: &str, origin: &str, settings: &mut Vec<Setting>) -> Result<(), Failure> {
    let table: Table = text.trim_start_matches('\u{feff}').parse()?;
    flatten("", table, &mut |key, value| match settings.iter_mut().find(|s| s.key == key) {
        Some(setting) => {
            setting.value = value;
            origin.clone_into(&mut setting.origin);
        }
        None => settings.push(Setting { key, value, origin: origin.to_owned() }),
    });
    Ok(())
}

fn flatten(prefix: &str, table: Table, add: &mut impl FnMut(String, Value)) {
    for (key, value) in table {
        let key = if prefix.is_empty() { key } else { format!("{prefix}.{key}") };
        match value {
            // One rule's or one phrase's table is one setting.
            Value::Table(inner) if !prefix.is_empty() => add(key, Value::Table(inner)),
            Value::Table(inner) => flatten(&key, inner, add),
            value => add(key, value),
        }
    }
}
