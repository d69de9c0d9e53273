//! `whosaid explain`: a rule's page, or the table of all rules.

use std::io::Write;

use super::{ExplainArgs, Failure};
use crate::rules::docs;
use crate::rules::registry::{RULES, nearest_rule, rule_named};

/// The end of the command's help.
pub(super) const EXAMPLES: &str = "\
Examples:
  whosaid explain A101
  whosaid explain unsourced-statistic
  whosaid explain --list";

/// Prints a rule's page, or the list of all rules.
///
/// # Errors
/// If there is no such rule, or the output cannot be written.
pub(super) fn run(args: &ExplainArgs, out: &mut impl Write) -> Result<u8, Failure> {
    let Some(word) = args.rule.as_deref().filter(|_| !args.list) else { return list(out) };
    let Some(rule) = rule_named(word) else {
        return Err(Failure::UnknownRule { word: word.to_owned(), nearest: nearest_rule(word) });
    };
    let levels = format!("Level: {} (strict: {}). Since {}.", rule.level.as_str(), rule.strict.as_str(), rule.since);
    for line in docs::markdown(rule).lines() {
        if line.starts_with('#') {
            writeln!(out, "\x1b[1m{line}\x1b[0m")?;
        } else {
            writeln!(out, "{line}")?;
        }
        if line.starts_with("# ") {
            writeln!(out, "\n{levels}")?;
        }
    }
    Ok(0)
}

fn list(out: &mut impl Write) -> Result<u8, Failure> {
    let width = RULES.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    for rule in RULES {
        let (level, strict) = (rule.level.as_str(), rule.strict.as_str());
        let levels = if level == strict { level.to_owned() } else { format!("{level} ({strict})") };
        let page = docs::page(rule);
        let summary = page.summary.lines().next().unwrap_or("");
        writeln!(out, "\x1b[1m{}\x1b[0m  {:width$}  {levels:22}  {summary}", rule.code, rule.name)?;
    }
    writeln!(out, "\nThe level in brackets is that of the strict profile.")?;
    Ok(0)
}
