//! Contradictions within a file of which each line can be read.

use std::collections::HashSet;

use toml::Value;

use super::{ConfigProblem, Setting};

/// Adds what contradicts an earlier line of the same file, on the later line.
pub(super) fn report(settings: &[Setting], problems: &mut Vec<ConfigProblem>) {
    let mut in_order: Vec<&Setting> = settings.iter().collect();
    in_order.sort_by_key(|setting| setting.range);
    twice(&in_order, problems);
    for (one, other, what) in [
        ("sources.allow", "sources.deny", "allowed and denied: denied holds"),
        ("zones.own-voice", "zones.exempt", "own voice and exempt: own voice holds"),
        ("include", "exclude", "included and excluded: excluded holds"),
    ] {
        both(&in_order, one, other, what, problems);
    }
}

/// The same rule by its code and by its name, the same status in other letters: the parser sees two keys.
fn twice(settings: &[&Setting], problems: &mut Vec<ConfigProblem>) {
    let mut seen = HashSet::new();
    for setting in settings.iter().filter(|setting| setting.key.ends_with(".*")) {
        let path = setting.path.to_lowercase();
        if !seen.insert(path.clone()) {
            let name = path.split_once('.').map_or(path.as_str(), |(_, name)| name).to_owned();
            let name = if setting.key == "rules.*" { name.to_uppercase() } else { name };
            let message = format!("{name} is set twice in this file: delete one of the two lines");
            problems.push(ConfigProblem { range: setting.range, message });
        }
    }
}

/// The same entry in two lists that exclude each other.
fn both(settings: &[&Setting], one: &str, other: &str, what: &str, problems: &mut Vec<ConfigProblem>) {
    let list = |path: &str| settings.iter().filter(|s| s.key == path).flat_map(|s| texts(&s.value)).collect::<Vec<_>>();
    let (first, second): (_, HashSet<String>) = (list(one), list(other).into_iter().collect());
    let Some(later) = settings.iter().rev().find(|s| s.key == one || s.key == other) else { return };
    for shared in first.iter().filter(|entry| second.contains(*entry)) {
        let message = format!("\"{}\" is both {what}", shared.chars().take(40).collect::<String>());
        problems.push(ConfigProblem { range: later.range, message });
    }
}

fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.to_lowercase()],
        Value::Array(list) => list.iter().filter_map(Value::as_str).map(str::to_lowercase).collect(),
        _ => Vec::new(),
    }
}
