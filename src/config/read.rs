//! From the text of a `whosaid.toml` to values and problems.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Config, ConfigProblem, Level, Phrase, Profile, RuleSetting, RuleWord, Store};
use crate::analysis::CitationScope;
use crate::text::TextRange;
use crate::text::near::nearest;

const TOP: [&str; 15] = [
    "profile",
    "scale",
    "citation-scope",
    "carry-max",
    "pandoc-bare",
    "store",
    "include",
    "exclude",
    "rules",
    "status",
    "sources",
    "grading",
    "library",
    "zones",
    "phrases",
];
const LEVELS: [&str; 5] = ["off", "hint", "information", "warning", "error"];
/// An attribution that carried further than this would carry over whole articles.
const MOST_CARRIED: i64 = 10;

impl Config {
    /// Lays a file over these values. What cannot be used is left as it was and reported. `rules` tells which words
    /// name rules, because this module knows none.
    pub fn apply(&mut self, text: &str, rules: &dyn Fn(&str) -> RuleWord) -> Vec<ConfigProblem> {
        // Editors on Windows may begin the file with a byte order mark; TOML knows none.
        let (text, shift) = text.strip_prefix('\u{feff}').map_or((text, 0), |rest| (rest, 3));
        let (table, errors) = DeTable::parse_recoverable(text);
        let mut reader = Reader { problems: Vec::new(), rules };
        reader.top(self, table.get_ref());
        let mut problems = reader.problems;
        // One broken line has one fault, however much the parser and what it made of the line have to say.
        let line_of = |at: u32| text.get(..at as usize).map_or(0, |before| before.matches('\n').count());
        let mut broken = Vec::new();
        for error in errors {
            let span = error.span().unwrap_or(0..text.len().min(1));
            let range = TextRange::from_usize(span.start, span.end);
            let line = line_of(range.start);
            if !broken.contains(&line) {
                broken.push(line);
                problems.retain(|problem| line_of(problem.range.start) != line);
                problems
                    .push(ConfigProblem { range, message: format!("This line cannot be read: {}", error.message()) });
            }
        }
        for problem in &mut problems {
            problem.range = problem.range.shifted(shift);
        }
        problems.sort_by_key(|problem| problem.range);
        problems
    }
}

type Value<'i> = Spanned<DeValue<'i>>;

struct Reader<'r> {
    problems: Vec<ConfigProblem>,
    rules: &'r dyn Fn(&str) -> RuleWord,
}

impl Reader<'_> {
    fn report(&mut self, span: Range<usize>, message: String) {
        self.problems.push(ConfigProblem { range: TextRange::from_usize(span.start, span.end), message });
    }

    fn top(&mut self, config: &mut Config, table: &DeTable<'_>) {
        for (key, value) in table {
            match &**key.get_ref() {
                "profile" => {
                    if let Some(word) = self.one_of(value, &["light", "standard", "strict"]) {
                        config.profile = match word {
                            "light" => Profile::Light,
                            "strict" => Profile::Strict,
                            _ => Profile::Standard,
                        };
                    }
                }
                "scale" => self.scale(value, &mut config.scale),
                "citation-scope" => {
                    if let Some(word) = self.one_of(value, &["sentence", "run", "paragraph"]) {
                        config.analysis.citation_scope = match word {
                            "sentence" => CitationScope::Sentence,
                            "paragraph" => CitationScope::Paragraph,
                            _ => CitationScope::Run,
                        };
                    }
                }
                "carry-max" => {
                    if let Some(number) = self.integer(value, 0, MOST_CARRIED) {
                        config.analysis.carry_max = u32::try_from(number).unwrap_or(2);
                    }
                }
                "pandoc-bare" => self.boolean(value, &mut config.pandoc_bare),
                "store" => {
                    if let Some(word) = self.one_of(value, &["user", "workspace", "off"]) {
                        config.store = match word {
                            "workspace" => Store::Workspace,
                            "off" => Store::Off,
                            _ => Store::User,
                        };
                    }
                }
                "include" => self.globs(value, &mut config.include),
                "exclude" => self.globs(value, &mut config.exclude),
                "rules" => self.rules(value, config),
                "status" => self.status(value, config),
                "sources" | "grading" | "library" | "zones" => self.section(key.get_ref(), value, config),
                "phrases" => self.phrases(value, config),
                unknown => self.unknown(key.span(), unknown, &TOP),
            }
        }
    }

    fn section(&mut self, name: &str, value: &Value<'_>, config: &mut Config) {
        let Some(table) = self.table(value) else { return };
        let known: &[&str] = match name {
            "sources" => &["allow", "deny", "state-media", "required-fields"],
            "grading" => &["required", "scheme"],
            "library" => &["bibliography", "entities", "notes"],
            _ => &["own-voice", "exempt"],
        };
        for (key, value) in table {
            match (name, &**key.get_ref()) {
                ("sources", "allow") => self.strings(value, &mut config.sources.allow),
                ("sources", "deny") => self.strings(value, &mut config.sources.deny),
                ("sources", "required-fields") => self.strings(value, &mut config.sources.required_fields),
                ("sources", "state-media") => {
                    self.word(value, &["label", "warn", "off"], &mut config.sources.state_media)
                }
                ("grading", "required") => self.boolean(value, &mut config.grading.required),
                ("grading", "scheme") => self.word(value, &["admiralty", "3x5x2"], &mut config.grading.scheme),
                ("library", "bibliography") => self.strings(value, &mut config.bibliography),
                ("library", "entities") => self.strings(value, &mut config.entities),
                ("library", "notes") => self.globs(value, &mut config.source_notes),
                ("zones", "own-voice") => self.strings(value, &mut config.zones.own_voice),
                ("zones", "exempt") => self.strings(value, &mut config.zones.exempt),
                (_, unknown) => self.unknown(key.span(), unknown, known),
            }
        }
    }

    fn scale(&mut self, value: &Value<'_>, scale: &mut String) {
        if value.get_ref().is_table() {
            *scale = "own".to_owned();
        } else {
            self.word(value, &["icd203", "phia", "nato", "ipcc"], scale);
        }
    }

    fn rules(&mut self, value: &Value<'_>, config: &mut Config) {
        let Some(table) = self.table(value) else { return };
        for (key, value) in table {
            let code = match (self.rules)(key.get_ref()) {
                RuleWord::Known(code) => code,
                RuleWord::Unknown(meant) => {
                    let meant = meant.map_or(String::new(), |meant| format!("; did you mean {meant}?"));
                    self.report(key.span(), format!("No rule is called {}{meant}", key.get_ref()));
                    continue;
                }
            };
            if let Some(setting) = self.setting(value) {
                config.rules.insert(code.to_owned(), setting);
            }
        }
    }

    /// A level, or a table of level and paths.
    fn setting(&mut self, value: &Value<'_>) -> Option<RuleSetting> {
        let Some(table) = value.get_ref().as_table() else {
            let level = Level::parse(self.one_of(value, &LEVELS)?)?;
            return Some(RuleSetting { level, paths: Vec::new() });
        };
        let (mut level, mut paths) = (None, Vec::new());
        for (key, inner) in table {
            match &**key.get_ref() {
                "level" => level = self.one_of(inner, &LEVELS).and_then(Level::parse),
                "paths" => self.globs(inner, &mut paths),
                unknown => self.unknown(key.span(), unknown, &["level", "paths"]),
            }
        }
        if level.is_none() && table.get("level").is_none() {
            self.report(value.span(), "A rule needs a level here: { level = \"warning\", paths = […] }".to_owned());
        }
        Some(RuleSetting { level: level?, paths })
    }

    fn status(&mut self, value: &Value<'_>, config: &mut Config) {
        let Some(table) = self.table(value) else { return };
        for (key, value) in table {
            if let Some(steps) = self.integer(value, -3, 3) {
                config.status.insert(key.get_ref().to_lowercase(), i32::try_from(steps).unwrap_or(0));
            }
        }
    }

    fn phrases(&mut self, value: &Value<'_>, config: &mut Config) {
        let Some(table) = self.table(value) else { return };
        for (name, value) in table {
            let Some(fields) = self.table(value) else { continue };
            let mut phrase = Phrase { patterns: Vec::new(), message: String::new(), level: Level::Warning };
            for (key, value) in fields {
                match &**key.get_ref() {
                    "patterns" => self.strings(value, &mut phrase.patterns),
                    "message" => self.string(value, &mut phrase.message),
                    "level" => {
                        phrase.level = self.one_of(value, &LEVELS).and_then(Level::parse).unwrap_or(phrase.level)
                    }
                    unknown => self.unknown(key.span(), unknown, &["patterns", "message", "level"]),
                }
            }
            config.phrases.insert(name.get_ref().to_string(), phrase);
        }
    }

    fn unknown(&mut self, span: Range<usize>, key: &str, known: &[&'static str]) {
        let meant = match nearest(key, known.iter().copied()) {
            Some(near) => format!("; did you mean {near}?"),
            None => format!("; known here: {}", known.join(", ")),
        };
        self.report(span, format!("There is no key {key}{meant}"));
    }

    fn wrong(&mut self, value: &Value<'_>, wanted: &str) {
        self.report(value.span(), format!("Expected {wanted}, found {}", value.get_ref().type_str()));
    }

    fn table<'v, 'i>(&mut self, value: &'v Value<'i>) -> Option<&'v DeTable<'i>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.wrong(value, "a table");
        }
        table
    }

    fn one_of<'k>(&mut self, value: &Value<'_>, known: &[&'k str]) -> Option<&'k str> {
        let Some(word) = value.get_ref().as_str() else {
            self.wrong(value, &format!("one of {}", known.join(", ")));
            return None;
        };
        let found = known.iter().copied().find(|k| *k == word);
        if found.is_none() {
            let meant =
                nearest(word, known.iter().copied()).map_or(String::new(), |near| format!("; did you mean {near}?"));
            self.report(value.span(), format!("\"{word}\" is none of {}{meant}", known.join(", ")));
        }
        found
    }

    fn word(&mut self, value: &Value<'_>, known: &[&str], to: &mut String) {
        if let Some(word) = self.one_of(value, known) {
            word.clone_into(to);
        }
    }

    fn string(&mut self, value: &Value<'_>, to: &mut String) {
        match value.get_ref().as_str() {
            Some(word) => word.clone_into(to),
            None => self.wrong(value, "a string"),
        }
    }

    fn boolean(&mut self, value: &Value<'_>, to: &mut bool) {
        match value.get_ref().as_bool() {
            Some(word) => *to = word,
            None => self.wrong(value, "true or false"),
        }
    }

    fn integer(&mut self, value: &Value<'_>, least: i64, most: i64) -> Option<i64> {
        let number = value.get_ref().as_integer().and_then(|n| {
            let digits = n.as_str().replace('_', "");
            i64::from_str_radix(&digits, n.radix()).ok()
        });
        let fits = number.filter(|n| (least..=most).contains(n));
        if fits.is_none() {
            self.report(value.span(), format!("Expected a whole number from {least} to {most}"));
        }
        fits
    }

    /// A list of strings, or one string.
    fn strings(&mut self, value: &Value<'_>, to: &mut Vec<String>) {
        if let Some(word) = value.get_ref().as_str() {
            *to = vec![word.to_owned()];
            return;
        }
        let Some(list) = value.get_ref().as_array() else { return self.wrong(value, "a list of strings") };
        let mut words = Vec::new();
        for item in list.iter() {
            match item.get_ref().as_str() {
                Some(word) => words.push(word.to_owned()),
                None => self.wrong(item, "a string"),
            }
        }
        *to = words;
    }

    fn globs(&mut self, value: &Value<'_>, to: &mut Vec<String>) {
        self.strings(value, to);
        let mut sound = Vec::new();
        for glob in to.drain(..) {
            match globset::Glob::new(&glob) {
                Ok(_) => sound.push(glob),
                Err(error) => {
                    let message = format!("\"{glob}\" is no glob: {}", error.kind());
                    self.problems.push(ConfigProblem {
                        range: TextRange::from_usize(value.span().start, value.span().end),
                        message,
                    });
                }
            }
        }
        *to = sound;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Zones;

    fn known(word: &str) -> RuleWord {
        match word {
            "A105" | "unsourced-ranking" => RuleWord::Known("A105"),
            "A101" | "unsourced-statistic" => RuleWord::Known("A101"),
            _ => RuleWord::Unknown(nearest(word, ["unsourced-ranking", "unsourced-statistic"])),
        }
    }

    fn read(text: &str) -> (Config, Vec<String>) {
        let mut config = Config::default();
        let problems = config.apply(text, &known);
        (config, problems.iter().map(|p| format!("{}: {}", p.range.of(text), p.message)).collect())
    }

    #[test]
    fn every_documented_key_is_read() {
        let (config, problems) = read(
            r#"
profile = "strict"
scale = "phia"
citation-scope = "paragraph"
carry-max = 3
pandoc-bare = true
store = "off"
include = ["**/*.md"]
exclude = "archive/**"
[rules]
A105 = "off"
unsourced-statistic = { level = "error", paths = ["final/**"] }
[status]
Review = 0
final = 2
[sources]
allow = []
deny = ["southmeridian.example"]
state-media = "warn"
required-fields = ["title"]
[grading]
required = true
scheme = "3x5x2"
[library]
bibliography = ["refs.bib"]
entities = ["data/people.ftm.json"]
notes = ["sources/**"]
[zones]
own-voice = ["Analyst comment"]
exempt = ["Annex*"]
[phrases.house-weasel]
patterns = ["it goes without saying"]
message = "Say it, or leave it out"
level = "information"
"#,
        );
        assert_eq!(problems, [""; 0]);
        assert_eq!((config.profile, config.scale.as_str(), config.store), (Profile::Strict, "phia", Store::Off));
        assert_eq!((config.analysis.carry_max, config.analysis.citation_scope), (3, CitationScope::Paragraph));
        assert_eq!((config.pandoc_bare, config.exclude), (true, vec!["archive/**".to_owned()]));
        assert_eq!(config.rules["A105"].level, Level::Off);
        assert_eq!(config.rules["A101"], RuleSetting { level: Level::Error, paths: vec!["final/**".into()] });
        assert_eq!((config.status["final"], config.status["draft"], config.status["review"]), (2, -1, 0));
        assert_eq!((config.sources.deny.len(), config.sources.state_media.as_str()), (1, "warn"));
        assert_eq!((config.grading.required, config.grading.scheme.as_str()), (true, "3x5x2"));
        assert_eq!((config.bibliography, config.entities.len()), (vec!["refs.bib".to_owned()], 1));
        assert_eq!(config.zones, Zones { own_voice: vec!["Analyst comment".into()], exempt: vec!["Annex*".into()] });
        assert_eq!(config.phrases["house-weasel"].level, Level::Information);
    }

    #[test]
    fn what_is_wrong_is_said_where_it_stands_and_the_rest_still_holds() {
        let (config, problems) = read(
            "profil = \"strict\"\ncarry-max = 99\nstore = \"workspce\"\ninclude = [3]\n[rules]\nunsourced-statistics = \"error\"\nA105 = \"loud\"\n[library]\nbibliography = \"refs.bib\"\n",
        );
        let wanted = [
            "profil: There is no key profil; did you mean profile?",
            "99: Expected a whole number from 0 to 10",
            "\"workspce\": \"workspce\" is none of user, workspace, off; did you mean workspace?",
            "3: Expected a string, found integer",
            "unsourced-statistics: No rule is called unsourced-statistics; did you mean unsourced-statistic?",
            "\"loud\": \"loud\" is none of off, hint, information, warning, error",
        ];
        assert_eq!(problems, wanted);
        assert_eq!((config.analysis.carry_max, config.profile), (2, Profile::Standard));
        assert_eq!(config.bibliography, ["refs.bib"]);
    }

    #[test]
    fn a_broken_line_is_reported_and_other_lines_are_read() {
        let text = "profile = \"strict\"\nexclude = [\"a\"\nrubbish\n[library]\nbibliography = [\"refs.bib\"]\n";
        let mut config = Config::default();
        let problems = config.apply(text, &known);
        assert_eq!(config.profile, Profile::Strict);
        let lines = |p: &ConfigProblem| text[..p.range.start as usize].matches('\n').count();
        let mut seen: Vec<usize> = problems.iter().map(lines).collect();
        seen.dedup();
        assert_eq!(seen.len(), problems.len(), "one problem a line: {problems:?}");
        assert!(!problems.is_empty() && problems.iter().all(|p| p.range.end as usize <= text.len()));
    }

    #[test]
    fn the_nearer_file_wins_key_by_key() {
        let mut config = Config::default();
        assert!(config.apply("profile = \"strict\"\ncarry-max = 1", &known).is_empty());
        assert!(config.apply("\u{feff}carry-max = 4", &known).is_empty());
        assert_eq!((config.profile, config.analysis.carry_max), (Profile::Strict, 4));
    }
}
