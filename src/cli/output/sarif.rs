//! SARIF 2.1.0, which code hosts and security tools read.

use std::io::Write;

use serde_json::{Value, json};

use super::{Checked, Place};
use crate::config::Level;
use crate::rules::docs;
use crate::rules::registry::RULES;

/// Writes one run with all rules and all findings.
///
/// # Errors
/// When writing fails.
pub fn write(checked: &[Checked], out: &mut impl Write) -> std::io::Result<()> {
    let rules: Vec<Value> = RULES
        .iter()
        .map(|rule| {
            json!({
                "id": rule.code,
                "name": rule.name,
                "shortDescription": { "text": docs::page(rule).summary },
                "help": { "text": docs::markdown(rule), "markdown": docs::markdown(rule) },
                "defaultConfiguration": { "level": level(rule.level) },
            })
        })
        .collect();
    let results: Vec<Value> = checked.iter().flat_map(results).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "whosaid", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &log)?;
    out.write_all(b"\n")
}

fn results(checked: &Checked) -> Vec<Value> {
    let one = |finding: &crate::rules::Finding| {
        let place = Place::of(&checked.lines, finding.range);
        json!({
            "ruleId": finding.rule.code,
            "ruleIndex": RULES.iter().position(|rule| rule.code == finding.rule.code),
            "level": level(finding.level),
            "message": { "text": finding.message },
            "locations": [{
                "physicalLocation": {
                    "artifactLocation": { "uri": uri(&checked.path) },
                    "region": {
                        "startLine": place.line,
                        "startColumn": place.column,
                        "endLine": place.end_line,
                        "endColumn": place.end_column,
                    },
                },
            }],
        })
    };
    checked.findings.iter().map(one).collect()
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Information | Level::Hint => "note",
        Level::Off => "none",
    }
}

/// A relative path as a URI reference: what is not unreserved is escaped.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}
