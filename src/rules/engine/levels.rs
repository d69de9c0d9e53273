//! The level of each rule and finding in one note: profile, configuration, the note's status.
//!
//! A level that the configuration names is final. Otherwise the profile gives the base, a rule may lower or raise
//! single findings from there, an unsure finding sinks to a hint, and the note's `status` moves what is left: a
//! draft one step down, a final text one step up. Hints are never moved: they are hints because they are often wrong.

use crate::config::{Config, Level, Profile, RuleSetting};
use crate::rules::{Finding, Rule};
use crate::structure::FrontMatter;

/// The levels of all rules in one note.
pub(in crate::rules) struct Levels<'a> {
    config: &'a Config,
    /// Levels that the configuration names for this path, by code or name of the rule.
    configured: Vec<(&'a str, Level)>,
    shift: i32,
}

impl<'a> Levels<'a> {
    /// The levels for the note at `path`, louder or softer by the `status` of its front matter.
    pub(in crate::rules) fn of(config: &'a Config, path: &str, front_matter: Option<&FrontMatter>) -> Self {
        let status = front_matter.and_then(|f| f.value("status")).map(str::to_ascii_lowercase);
        let shift = status.and_then(|status| config.status.get(&status)).copied().unwrap_or(0);
        let holds = |setting: &RuleSetting| setting.paths.is_empty() || setting.paths.matches(path);
        let named = config.rules.iter().filter(|(_, setting)| holds(setting));
        Self { config, configured: named.map(|(rule, setting)| (rule.as_str(), setting.level)).collect(), shift }
    }

    /// The level that findings of `rule` begin with; none if the rule is off for this note.
    pub(in crate::rules) fn initial(&self, rule: &Rule) -> Option<Level> {
        let level = self.configured(rule).unwrap_or_else(|| self.of_profile(rule));
        (level != Level::Off).then_some(level)
    }

    /// Gives every finding its level and drops those that are off.
    pub(in crate::rules) fn finalise(&self, findings: &mut Vec<Finding>) {
        for finding in findings.iter_mut() {
            finding.level = self.configured(finding.rule).unwrap_or_else(|| self.effective(finding));
        }
        findings.retain(|f| f.level != Level::Off);
    }

    /// The level of a finding whose rule no configuration names: by profile, score and status.
    fn effective(&self, finding: &Finding) -> Level {
        let threshold = match self.config.profile {
            Profile::Light => 0.85,
            Profile::Standard => 0.6,
            Profile::Strict => 0.4,
        };
        if finding.level <= Level::Hint {
            return finding.level;
        }
        if finding.score < threshold {
            return if self.config.profile == Profile::Light { Level::Off } else { Level::Hint };
        }
        if self.config.profile == Profile::Light && finding.level < Level::Error && !finding.rule.in_light_profile {
            return Level::Off;
        }
        shifted(finding.level, self.shift)
    }

    /// The level of a rule at the profile in force.
    fn of_profile(&self, rule: &Rule) -> Level {
        match self.config.profile {
            Profile::Strict => rule.strict,
            Profile::Standard => rule.level,
            Profile::Light if rule.level == Level::Error || rule.in_light_profile => rule.level,
            Profile::Light => Level::Off,
        }
    }

    /// The level that the configuration names for this rule.
    fn configured(&self, rule: &Rule) -> Option<Level> {
        self.configured.iter().find(|(word, _)| *word == rule.code || *word == rule.name).map(|&(_, level)| level)
    }
}

fn shifted(level: Level, by: i32) -> Level {
    const LADDER: [Level; 4] = [Level::Hint, Level::Information, Level::Warning, Level::Error];
    let Some(at) = LADDER.iter().position(|&l| l == level) else { return level };
    LADDER.get((at as i32 + by).clamp(0, 3) as usize).copied().unwrap_or(level)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::globs::{Folder, Globs};
    use crate::rules::Findings;
    use crate::rules::suppression::s902_unused_suppression::{UNUSED_SUPPRESSION, message};
    use crate::text::TextRange;

    fn level(config: &Config, path: &str, status: Option<&str>, score: f32) -> Option<Level> {
        let front = status.map(|status| FrontMatter {
            fields: vec![crate::structure::Field {
                key: "status".into(),
                key_range: TextRange::default(),
                values: vec![(status.into(), TextRange::default())],
            }],
            ..FrontMatter::default()
        });
        let levels = Levels::of(config, path, front.as_ref());
        let mut findings = Findings::default();
        findings.set_level(levels.initial(&UNUSED_SUPPRESSION)?);
        findings.add(&UNUSED_SUPPRESSION, TextRange::default(), message::all_rules()).score = score;
        let mut all = findings.into_vec();
        levels.finalise(&mut all);
        all.first().map(|f| f.level)
    }

    #[test]
    fn status_moves_a_level_and_doubt_makes_it_a_hint() {
        let config = Config::default();
        assert_eq!(level(&config, "a.md", None, 1.0), Some(Level::Information));
        assert_eq!(level(&config, "a.md", Some("draft"), 1.0), Some(Level::Hint));
        assert_eq!(level(&config, "a.md", Some("final"), 1.0), Some(Level::Warning));
        assert_eq!(level(&config, "a.md", Some("final"), 0.5), Some(Level::Hint));
    }

    #[test]
    fn the_light_profile_keeps_errors_only() {
        let config = Config { profile: Profile::Light, ..Config::default() };
        assert_eq!(level(&config, "a.md", Some("final"), 1.0), None);
    }

    #[test]
    fn a_configured_level_holds_by_code_or_name_and_for_its_paths_only() {
        for key in ["S902", "unused-suppression"] {
            let mut config = Config::default();
            let setting =
                RuleSetting { level: Level::Error, paths: Globs::new(Folder::default(), vec!["final/**".into()]) };
            config.rules.insert(key.into(), setting);
            assert_eq!(level(&config, "final/a.md", Some("draft"), 0.1), Some(Level::Error), "{key}");
            assert_eq!(level(&config, "a.md", None, 1.0), Some(Level::Information), "{key}");
        }
    }
}
