//! From the text of a `whosaid.toml` to values and problems.
//!
//! The reader walks the table of [`super::keys`] and knows no key of its own. What cannot be used is left as it was and
//! reported on its own line; everything else holds.

use std::collections::HashSet;
use std::ops::Range;

use jiff::civil::Date;

use super::globs::Folder;
use super::keys::{self, At, Key, Kind, LEVELS, Read, Section, Shape};
use super::{Config, ConfigProblem, Level, MergeOutcome, OwnTerm, RuleWord, Setting, contradictions};
use crate::gate::toml::{DeTable, DeValue, Spanned};
use crate::gate::{self, LARGEST_CONFIGURATION};
use crate::text::TextRange;
use crate::text::near::nearest;

impl Config {
    /// Merges a file at the root of the paths into these values. `rules` tells which words name rules, because this
    /// module knows none.
    pub fn apply(&mut self, text: &str, rules: &dyn Fn(&str) -> RuleWord) -> Vec<ConfigProblem> {
        self.merge(text, &Folder::default(), rules).problems
    }

    /// Merges a file that stands in `folder` into these values: what it sets replaces what is there, or adds to it, as the
    /// key's [`keys::Merge`] says.
    pub fn merge(&mut self, text: &str, folder: &Folder, rules: &dyn Fn(&str) -> RuleWord) -> MergeOutcome {
        // Editors on Windows may begin the file with a byte order mark; TOML knows none.
        let (text, shift) = text.strip_prefix('\u{feff}').map_or((text, 0), |rest| (rest, 3));
        let (table, errors) = match gate::toml::recover(text, LARGEST_CONFIGURATION) {
            Ok(read) => read,
            Err(refusal) => {
                let problem = ConfigProblem { range: refusal.range.shifted(shift), message: refusal.message };
                return MergeOutcome { problems: vec![problem], broken: true, ..MergeOutcome::default() };
            }
        };
        let ignores = self.ignore.len();
        let mut reader = Reader { config: self, folder, rules, problems: Vec::new(), settings: Vec::new() };
        reader.top(table.get_ref());
        contradictions::report(&reader.settings, &mut reader.problems);
        let mut outcome =
            MergeOutcome { problems: reader.problems, settings: reader.settings, broken: !errors.is_empty() };
        // One broken line has one fault, however much the parser and what it made of the line have to say.
        let starts: Vec<usize> = memchr::memchr_iter(b'\n', text.as_bytes()).collect();
        let line_of = |at: u32| starts.partition_point(|start| *start < at as usize);
        let mut broken = HashSet::new();
        let mut faults = Vec::new();
        for error in errors {
            let span = error.span().unwrap_or(0..text.len().min(1));
            let range = TextRange::from_usize(span.start, span.end);
            if broken.insert(line_of(range.start)) {
                faults.push(ConfigProblem { range, message: format!("This line cannot be read: {}", error.message()) });
            }
        }
        outcome.problems.retain(|problem| !broken.contains(&line_of(problem.range.start)));
        outcome.problems.append(&mut faults);
        outcome.problems.iter_mut().for_each(|problem| problem.range = problem.range.shifted(shift));
        outcome.settings.iter_mut().for_each(|setting| setting.range = setting.range.shifted(shift));
        self.ignore.iter_mut().skip(ignores).for_each(|ignore| ignore.range = ignore.range.shifted(shift));
        outcome.problems.sort_by_key(|problem| problem.range);
        outcome.settings.sort_by_key(|setting| setting.range);
        outcome
    }
}

type Value<'i> = Spanned<DeValue<'i>>;

struct Reader<'r> {
    config: &'r mut Config,
    folder: &'r Folder,
    rules: &'r dyn Fn(&str) -> RuleWord,
    problems: Vec<ConfigProblem>,
    settings: Vec<Setting>,
}

impl Reader<'_> {
    fn report(&mut self, span: Range<usize>, message: String) {
        self.problems.push(ConfigProblem { range: TextRange::from_usize(span.start, span.end), message });
    }

    fn top(&mut self, table: &DeTable<'_>) {
        for (word, value) in table {
            let name: &str = word.get_ref();
            if let Some(key) = keys::key(name) {
                self.leaf(key, "", name.to_owned(), word.span(), value);
            } else if let Some(section) = keys::section(name) {
                self.section(section, word.span(), value);
            } else {
                let own = keys::keys_of(None).map(|key| key.path);
                let known: Vec<&str> = own.chain(keys::SECTIONS.iter().map(|section| section.name)).collect();
                let elsewhere = keys::KEYS.iter().find(|key| key.path != key.name() && key.name() == name);
                match elsewhere.and_then(Key::section) {
                    Some(section) => {
                        let message = format!("There is no key {name} here; it belongs under [{}]", section.name);
                        self.report(word.span(), message);
                    }
                    None => self.unknown(word.span(), name, &known),
                }
            }
        }
    }

    fn section(&mut self, section: &'static Section, span: Range<usize>, value: &Value<'_>) {
        let name = section.name;
        match section.shape {
            Shape::List => {
                let Some(list) = value.get_ref().as_array() else {
                    return self.report(span, format!("Write [[{name}]] with two brackets: there may be several"));
                };
                for (at, item) in list.iter().enumerate() {
                    let Some(table) = self.table(item) else { continue };
                    let range = TextRange::from_usize(item.span().start, item.span().end);
                    self.config.ignore.push(keys::new_ignore(range, self.folder));
                    self.fields(&format!("{name}[]"), &format!("{name}[{}]", at + 1), "", table);
                    if self.config.ignore.last().is_some_and(|ignore| ignore.paths.is_empty()) {
                        self.config.ignore.pop();
                        if table.get("paths").is_none() {
                            self.report(item.span(), "Which notes? Add paths = [\"archive/**\"]".to_owned());
                        }
                    }
                }
            }
            Shape::Keys => {
                let Some(table) = self.table(value) else { return };
                self.fields(name, name, "", table);
            }
            Shape::Rules | Shape::Names => {
                let Some(table) = self.table(value) else { return };
                let Some(key) = keys::keys_of(Some(name)).next() else { return };
                for (word, value) in table {
                    let own: &str = word.get_ref();
                    let code = if section.shape == Shape::Rules {
                        let Some(code) = self.rule(own, word.span()) else { continue };
                        code
                    } else {
                        own
                    };
                    self.leaf(key, code, format!("{name}.{code}"), word.span(), value);
                }
            }
            Shape::Tables => {
                let Some(table) = self.table(value) else { return };
                for (word, value) in table {
                    let own: &str = word.get_ref();
                    let Some(fields) = self.table(value) else { continue };
                    self.fields(&format!("{name}.*"), &format!("{name}.{own}"), own, fields);
                    if fields.get("patterns").is_none() && !self.config.phrases.contains_key(own) {
                        let message = format!("[{name}.{own}] looks for nothing: add patterns = [\"…\"]");
                        self.report(word.span(), message);
                    }
                }
            }
        }
    }

    /// The keys of one table; `path` is that of the table in the list of keys, `shown` as it is written.
    fn fields(&mut self, path: &str, shown: &str, own: &str, table: &DeTable<'_>) {
        for (word, value) in table {
            let name: &str = word.get_ref();
            match keys::key(&format!("{path}.{name}")) {
                Some(key) => self.leaf(key, own, format!("{shown}.{name}"), word.span(), value),
                None => {
                    let prefix = format!("{path}.");
                    let known: Vec<&str> =
                        keys::KEYS.iter().filter_map(|key| key.path.strip_prefix(prefix.as_str())).collect();
                    self.unknown(word.span(), name, &known);
                }
            }
        }
    }

    fn leaf(&mut self, key: &'static Key, own: &str, path: String, span: Range<usize>, value: &Value<'_>) {
        let Some(read) = self.read(key.kind, value) else { return };
        (key.set)(self.config, At { name: own, folder: self.folder }, read);
        let range = TextRange::from_usize(span.start, span.end);
        self.settings.push(Setting { path, key: key.path, range, value: plain(value.get_ref()) });
    }

    fn read(&mut self, kind: Kind, value: &Value<'_>) -> Option<Read> {
        Some(match kind {
            Kind::Choice(words) => Read::Word(self.one_of(value, words)?),
            Kind::Flag => match value.get_ref().as_bool() {
                Some(flag) => Read::Flag(flag),
                None => return self.wrong(value, &kind.shown()),
            },
            Kind::Integer(least, most) => Read::Integer(self.integer(value, least, most)?),
            Kind::Text => Read::Text(self.text(value)?),
            Kind::Date => Read::Date(self.date(value)?),
            Kind::Texts => Read::Texts(self.texts(value)?.into_iter().map(|(text, _)| text).collect()),
            Kind::Globs => Read::Texts(self.globs(value)?),
            Kind::Rules => {
                let words = self.texts(value)?;
                let named = words.len();
                let codes: Vec<String> =
                    words.into_iter().filter_map(|(word, span)| Some(self.rule(&word, span)?.to_owned())).collect();
                // An empty list means all rules: a list of slips must not.
                if codes.is_empty() && named > 0 {
                    return Some(Read::Texts(vec![String::new()]));
                }
                Read::Texts(codes)
            }
            Kind::RuleLevel => self.rule_level(value)?,
            Kind::Scale(words) => match value.get_ref().as_table() {
                Some(table) => Read::Scale(self.scale(value, table)?),
                None => Read::Word(self.one_of(value, words)?),
            },
        })
    }

    /// The code of a rule that is named; else it is reported that there is none.
    fn rule(&mut self, word: &str, span: Range<usize>) -> Option<&'static str> {
        match (self.rules)(word) {
            RuleWord::Known(code) => Some(code),
            RuleWord::Unknown(meant) => {
                let hint = "; whosaid explain --list shows all".to_owned();
                let meant = meant.map_or(hint, |meant| format!("; did you mean {meant}?"));
                self.report(span, format!("No rule is called {}{meant}", short(word)));
                None
            }
        }
    }

    /// A level, or a table of level and paths.
    fn rule_level(&mut self, value: &Value<'_>) -> Option<Read> {
        let Some(table) = value.get_ref().as_table() else {
            let level = self.one_of(value, LEVELS)?;
            return Some(Read::Rule(Level::parse(level)?, Vec::new()));
        };
        let (mut level, mut paths) = (None, Some(Vec::new()));
        for (key, inner) in table {
            match &**key.get_ref() {
                "level" => level = self.one_of(inner, LEVELS).and_then(Level::parse),
                "paths" => paths = self.globs(inner).filter(|globs| !globs.is_empty()),
                unknown => self.unknown(key.span(), unknown, &["level", "paths"]),
            }
        }
        if level.is_none() && table.get("level").is_none() {
            self.report(value.span(), "A rule needs a level here: { level = \"warning\", paths = […] }".to_owned());
        }
        // Paths of which none can be used must not widen the setting to all notes.
        Some(Read::Rule(level?, paths?))
    }

    /// Terms with their bands: `"very likely" = [75, 95]`.
    fn scale(&mut self, whole: &Value<'_>, table: &DeTable<'_>) -> Option<Vec<OwnTerm>> {
        let mut terms: Vec<OwnTerm> = Vec::new();
        for (word, value) in table {
            let words = word.get_ref().split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
            let band = value.get_ref().as_array().filter(|band| band.len() == 2);
            let bounds: Vec<i64> =
                band.into_iter().flat_map(|band| band.iter().filter_map(|item| whole_number(item.get_ref()))).collect();
            match bounds[..] {
                [low, high] if (0..=100).contains(&low) && low < high && high <= 100 && !words.is_empty() => {
                    terms.push(OwnTerm { words, low: low as u8, high: high as u8 });
                }
                _ => {
                    let message = "Expected the lowest and the highest likelihood in percent, such as [55, 80]";
                    self.report(value.span(), message.to_owned());
                }
            }
        }
        if table.is_empty() {
            self.report(whole.span(), "A scale needs terms: { \"likely\" = [55, 80], … }".to_owned());
        }
        terms.sort_by_key(|term| std::cmp::Reverse((term.low, term.high)));
        (!terms.is_empty()).then_some(terms)
    }

    fn unknown(&mut self, span: Range<usize>, key: &str, known: &[&str]) {
        let meant = match nearest(key, known.iter().copied()) {
            Some(near) => format!("; did you mean {near}?"),
            None => format!("; known here: {}", known.join(", ")),
        };
        self.report(span, format!("There is no key {}{meant}", short(key)));
    }

    fn wrong<T>(&mut self, value: &Value<'_>, wanted: &str) -> Option<T> {
        self.report(value.span(), format!("Expected {wanted}, found {}", value.get_ref().type_str()));
        None
    }

    fn table<'v, 'i>(&mut self, value: &'v Value<'i>) -> Option<&'v DeTable<'i>> {
        let table = value.get_ref().as_table();
        table.or_else(|| self.wrong(value, "a table"))
    }

    fn one_of(&mut self, value: &Value<'_>, known: &'static [(&'static str, &'static str)]) -> Option<&'static str> {
        let list = || known.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
        let word = match value.get_ref() {
            DeValue::String(word) => &**word,
            DeValue::Boolean(false) if known == LEVELS => "false",
            _ => return self.wrong(value, &format!("one of {}", list())),
        };
        let found = known.iter().map(|(known, _)| *known).find(|known| *known == word);
        if found.is_none() {
            let other_tongue = if known == LEVELS { synonym(word) } else { None };
            let near = other_tongue.or_else(|| nearest(word, known.iter().map(|(word, _)| *word)));
            let meant = near.map_or(String::new(), |near| format!("; did you mean {near}?"));
            self.report(value.span(), format!("\"{}\" is none of {}{meant}", short(word), list()));
        }
        found
    }

    fn text(&mut self, value: &Value<'_>) -> Option<String> {
        let text = value.get_ref().as_str().map(str::to_owned);
        text.or_else(|| self.wrong(value, "a text in quotation marks"))
    }

    fn integer(&mut self, value: &Value<'_>, least: i64, most: i64) -> Option<i64> {
        let fits = whole_number(value.get_ref()).filter(|n| (least..=most).contains(n));
        if fits.is_none() {
            self.report(value.span(), format!("Expected a whole number from {least} to {most}"));
        }
        fits
    }

    /// A day, as TOML writes it or in quotation marks.
    fn date(&mut self, value: &Value<'_>) -> Option<Date> {
        let written = match value.get_ref() {
            DeValue::Datetime(datetime) => datetime.date.map(|date| date.to_string()),
            DeValue::String(word) => Some(word.trim().to_owned()),
            _ => None,
        };
        let date = written.and_then(|written| written.parse::<Date>().ok());
        if date.is_none() {
            self.report(value.span(), "Expected a day, such as 2031-05-01".to_owned());
        }
        date
    }

    /// A list of texts, or one text, each with its place.
    fn texts(&mut self, value: &Value<'_>) -> Option<Vec<(String, Range<usize>)>> {
        if let Some(word) = value.get_ref().as_str() {
            return Some(vec![(word.to_owned(), value.span())]);
        }
        let Some(list) = value.get_ref().as_array() else { return self.wrong(value, "a list of strings") };
        let mut words = Vec::new();
        for item in list.iter() {
            match item.get_ref().as_str() {
                Some(word) => words.push((word.to_owned(), item.span())),
                None => {
                    let _: Option<()> = self.wrong(item, "a string");
                }
            }
        }
        Some(words)
    }

    fn globs(&mut self, value: &Value<'_>) -> Option<Vec<String>> {
        let mut sound = Vec::new();
        for (glob, span) in self.texts(value)? {
            match globset::Glob::new(&glob) {
                Ok(_) => sound.push(glob),
                Err(error) => self.report(span, format!("\"{}\" is no pattern: {}", short(&glob), error.kind())),
            }
        }
        Some(sound)
    }
}

/// The level for which other tools have another word.
fn synonym(word: &str) -> Option<&'static str> {
    match word.to_ascii_lowercase().as_str() {
        "warn" => Some("warning"),
        "info" | "note" | "notice" => Some("information"),
        "err" | "fatal" | "deny" | "critical" => Some("error"),
        "none" | "false" | "disabled" | "disable" | "ignore" | "allow" => Some("off"),
        _ => None,
    }
}

/// At most forty characters: a message is one line.
fn short(word: &str) -> String {
    let shown: String = word.chars().map(|c| if c.is_control() { ' ' } else { c }).take(40).collect();
    if shown.len() < word.len() { format!("{shown}…") } else { shown }
}

fn whole_number(value: &DeValue<'_>) -> Option<i64> {
    let number = value.as_integer()?;
    i64::from_str_radix(&number.as_str().replace('_', ""), number.radix()).ok()
}

/// The value without its places.
fn plain(value: &DeValue<'_>) -> toml::Value {
    match value {
        DeValue::String(text) => toml::Value::String(text.to_string()),
        DeValue::Integer(_) => toml::Value::Integer(whole_number(value).unwrap_or(0)),
        DeValue::Float(number) => toml::Value::Float(number.as_str().replace('_', "").parse().unwrap_or(0.0)),
        DeValue::Boolean(flag) => toml::Value::Boolean(*flag),
        DeValue::Datetime(datetime) => toml::Value::Datetime(*datetime),
        DeValue::Array(list) => toml::Value::Array(list.iter().map(|item| plain(item.get_ref())).collect()),
        DeValue::Table(table) => toml::Value::Table(
            table.iter().map(|(key, value)| (key.get_ref().to_string(), plain(value.get_ref()))).collect(),
        ),
    }
}

#[cfg(test)]
mod tests;
