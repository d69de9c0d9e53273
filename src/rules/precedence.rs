//! One sentence, one finding about its source: the gravest is shown, the others become its related places.

use super::{Finding, Related, RuleContext};
use crate::config::Level;

/// Gravest first. Attribution rules that are not named here give way to all of these.
const ORDER: [&str; 14] =
    ["A119", "A102", "A103", "Q201", "A101", "A111", "A107", "A108", "A109", "A112", "A113", "A104", "A105", "A106"];

/// Leaves one A (or Q201) finding per sentence.
pub(super) fn one_per_sentence(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let sentence = |f: &Finding| context.facts.note.sentence_at(f.range.start);
    let (mut about_sources, others): (Vec<Finding>, Vec<Finding>) =
        findings.drain(..).partition(|f| rank(f).is_some() && sentence(f).is_some());
    *findings = others;
    // A hint never hides what would be shown.
    about_sources.sort_by_key(|f| (sentence(f), f.level == Level::Hint, rank(f), f.range));
    let mut last = None;
    for finding in about_sources {
        let at = sentence(&finding);
        match findings.last_mut() {
            Some(winner) if last == Some(at) => {
                if winner.rule.code != finding.rule.code || winner.range != finding.range {
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

fn rank(finding: &Finding) -> Option<usize> {
    let code = finding.rule.code;
    ORDER.iter().position(|&c| c == code).or_else(|| (finding.rule.group() == b'A').then_some(ORDER.len()))
}
