//! One sentence, one finding about its source: the gravest is shown, the others become its related places.

use crate::config::Level;
use crate::rules::{Finding, Related, RuleContext};

/// Leaves one finding a sentence of the rules that have a [`precedence`](crate::rules::Rule::precedence).
pub(in crate::rules) fn one_per_sentence(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let sentence = |f: &Finding| context.facts.note.sentence_at(f.range.start);
    let (mut about_sources, others): (Vec<Finding>, Vec<Finding>) =
        findings.drain(..).partition(|f| f.rule.precedence.is_some() && sentence(f).is_some());
    *findings = others;
    // A hint never hides what would be shown.
    about_sources.sort_by_key(|f| (sentence(f), f.level == Level::Hint, f.rule.precedence, f.range));
    let mut last = None;
    for finding in about_sources {
        let at = sentence(&finding);
        match findings.last_mut() {
            Some(winner) if last == Some(at) => {
                if !std::ptr::eq(winner.rule, finding.rule) || winner.range != finding.range {
                    winner.related.push(Related {
                        file: context.file,
                        range: finding.range,
                        message: format!("{} {}: {}", finding.rule.code, finding.rule.name, finding.message),
                    });
                    winner.related.extend(finding.related);
                }
            }
            _ => {
                last = Some(at);
                findings.push(finding);
            }
        }
    }
}
