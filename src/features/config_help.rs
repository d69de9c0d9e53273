//! Completion and hover in `whosaid.toml`, from the table of its keys.
//!
//! The line up to the caret and the heading above it say what is being typed; nothing is parsed, because a file that is
//! being written is no TOML most of the time.

use crate::config::keys::{self, Key, Kind, LEVELS, Section, Shape};
use crate::config::reference;
use crate::rules::registry::{RULES, rule_named};
use crate::rules::{Rule, docs};
use crate::text::TextRange;

/// Something that may stand at the caret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingSuggestion {
    /// The words in the list.
    pub label: String,
    /// The text that replaces `range`.
    pub text: String,
    /// The part of the line that is replaced.
    pub range: TextRange,
    /// A few words beside the label.
    pub detail: String,
    /// Its meaning, in Markdown.
    pub about: String,
    /// True for a value, false for a key or section.
    pub is_value: bool,
}

/// The section and line that the caret stands in.
struct Place<'t> {
    /// The section of the heading above; none before the first one.
    section: Option<&'static Section>,
    /// The line up to the caret.
    line: &'t str,
    /// The byte at which the line begins.
    start: u32,
}

impl<'t> Place<'t> {
    fn of(text: &'t str, at: u32) -> Option<Self> {
        let before = text.get(..at as usize)?;
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let above = before.get(..start)?;
        let heading = above.lines().rev().find_map(|line| heading(line.trim()));
        let section = heading.and_then(|name| keys::section(name.split('.').next().unwrap_or(name).trim()));
        Some(Self { section, line: before.get(start..)?, start: start as u32 })
    }

    /// The key before the last `=` that is in no quotation marks, and what stands behind it.
    fn assigned(&self) -> Option<(&'t str, &'t str)> {
        let (mut quote, mut at) = (None, None);
        for (index, c) in self.line.char_indices() {
            match (c, quote) {
                ('"' | '\'', None) => quote = Some(c),
                (c, Some(open)) if c == open => quote = None,
                ('=', None) => at = Some(index),
                ('#', None) => return None,
                _ => {}
            }
        }
        let (before, after) = (self.line.get(..at?)?, self.line.get(at? + 1..)?);
        let key = before.trim_end().rsplit([' ', '\t', '{', ',']).next().unwrap_or("");
        Some((key.trim_matches(['"', '\'']), after))
    }

    /// The key that the line sets.
    fn key(&self) -> Option<&'static Key> {
        key_named(self.section, self.line.split('=').next()?.trim().trim_matches(['"', '\'']))
    }
}

/// The name in `[name]` or `[[name]]`.
fn heading(line: &str) -> Option<&str> {
    let inner = line.strip_prefix('[')?;
    Some(inner.trim_start_matches('[').split(']').next()?.trim())
}

/// The key of that name in a section; dots lead down from the file itself.
fn key_named(section: Option<&'static Section>, name: &str) -> Option<&'static Key> {
    let Some(section) = section else {
        return keys::key(name).or_else(|| {
            let (head, rest) = name.split_once('.')?;
            key_named(Some(keys::section(head)?), rest.rsplit('.').next()?)
        });
    };
    let path = match section.shape {
        Shape::Keys => format!("{}.{name}", section.name),
        Shape::Rules | Shape::Names => format!("{}.*", section.name),
        Shape::Tables => format!("{}.*.{name}", section.name),
        Shape::List => format!("{}[].{name}", section.name),
    };
    keys::key(&path)
}

/// The sections, keys or values that may stand at byte `at` of the file.
#[must_use]
pub fn complete(text: &str, at: u32) -> Vec<SettingSuggestion> {
    let Some(place) = Place::of(text, at) else { return Vec::new() };
    let typed = place.line.trim_start();
    let begun = at - typed.len() as u32;
    if typed.starts_with('#') {
        return Vec::new();
    }
    if typed.starts_with('[') {
        // Brackets that the editor has closed already go with it.
        let closing = text.get(at as usize..).map_or(0, |rest| rest.len() - rest.trim_start_matches(']').len());
        return sections(TextRange::new(begun, at + closing as u32));
    }
    match place.assigned() {
        None => {
            let range = TextRange::new(begun, at);
            let mut items = keys_of(place.section, text, &place, range);
            if typed.is_empty() || place.section.is_none() {
                items.extend(sections(range));
            }
            items
        }
        Some((name, value)) => values(&place, name, value, at),
    }
}

fn sections(range: TextRange) -> Vec<SettingSuggestion> {
    let item = |section: &Section| {
        let label = reference::brackets(section);
        let (text, about) = (label.clone(), section.about.to_owned());
        SettingSuggestion { label, text, range, detail: String::new(), about, is_value: false }
    };
    keys::SECTIONS.iter().map(item).collect()
}

/// The keys that may be set here and are not yet.
fn keys_of(
    section: Option<&'static Section>,
    text: &str,
    place: &Place<'_>,
    range: TextRange,
) -> Vec<SettingSuggestion> {
    let item = |name: &str, detail: String, about: String| SettingSuggestion {
        label: name.to_owned(),
        text: format!("{name} = "),
        range,
        detail,
        about,
        is_value: false,
    };
    let set = set_in_section(text, place.start);
    let open = |name: &str| !set.contains(&name);
    match section {
        Some(section) if section.shape == Shape::Rules => {
            let rule = |rule: &&Rule| {
                let about = docs::markdown(rule);
                let codes = item(rule.code, rule.name.to_owned(), about.clone());
                [codes, item(rule.name, rule.code.to_owned(), about)]
            };
            RULES.iter().filter(|rule| open(rule.code) && open(rule.name)).flat_map(rule).collect()
        }
        Some(section) if section.shape == Shape::Names => {
            let key = keys::keys_of(Some(section.name)).next();
            let about = key.map(reference::markdown).unwrap_or_default();
            let names = ["draft", "review", "final"].into_iter().filter(|name| open(name));
            names.map(|name| item(name, String::new(), about.clone())).collect()
        }
        section => {
            let keys = keys::keys_of(section.map(|section| section.name)).filter(|key| open(key.name()));
            keys.map(|key| item(key.name(), key.kind.shown(), reference::markdown(key))).collect()
        }
    }
}

/// The keys that stand in the same section, other than on the line that begins at `line`.
fn set_in_section(text: &str, line: u32) -> Vec<&str> {
    let (above, below) = text.split_at_checked(line as usize).unwrap_or((text, ""));
    let is_heading = |line: &&str| line.trim_start().starts_with('[');
    let above = above.lines().rev().take_while(|line| !is_heading(line));
    let below = below.lines().skip(1).take_while(|line| !is_heading(line));
    let key = |line: &'_ str| -> Option<usize> { line.find('=') };
    above.chain(below).filter_map(|line| Some(line.get(..key(line)?)?.trim().trim_matches(['"', '\'']))).collect()
}

fn values(place: &Place<'_>, name: &str, value: &str, at: u32) -> Vec<SettingSuggestion> {
    let Some(key) = place.key() else { return Vec::new() };
    let quote = open_quote(value);
    let typed = match quote {
        Some(open) => value.get(open + 1..).unwrap_or(""),
        None => value.rsplit([' ', '\t', '[', ',', '{']).next().unwrap_or(""),
    };
    let range = TextRange::new(at - typed.len() as u32, at);
    let item = |word: &str, detail: &str, about: String, bare: bool| SettingSuggestion {
        label: word.to_owned(),
        text: if bare || quote.is_some() { word.to_owned() } else { format!("\"{word}\"") },
        range,
        detail: detail.to_owned(),
        about,
        is_value: true,
    };
    let of = |words: &[(&str, &str)], bare| {
        words.iter().map(|(word, meaning)| item(word, meaning, String::new(), bare)).collect::<Vec<_>>()
    };
    match key.kind {
        Kind::Flag => of(key.kind.words(), true),
        Kind::Choice(words) | Kind::Scale(words) => of(words, false),
        Kind::RuleLevel if name == "paths" => Vec::new(),
        Kind::RuleLevel if value.trim_start().starts_with('{') => {
            vec![item("level", "how loud", String::new(), true), item("paths", "for which notes", String::new(), true)]
        }
        Kind::RuleLevel => of(LEVELS, false),
        Kind::Rules => {
            let names = RULES.iter().flat_map(|rule| [(rule.code, rule.name, rule), (rule.name, rule.code, rule)]);
            names.map(|(word, detail, rule)| item(word, detail, docs::markdown(rule), false)).collect()
        }
        _ if key.path == "sources.required-fields" => {
            let fields =
                ["title", "publisher", "date", "url", "accessed", "archived", "lang", "collector", "sha256", "grade"];
            fields.iter().map(|field| item(field, "", String::new(), false)).collect()
        }
        _ => Vec::new(),
    }
}

/// The byte of the quotation mark that is not closed yet.
fn open_quote(value: &str) -> Option<usize> {
    let mut open: Option<(usize, char)> = None;
    for (at, c) in value.char_indices() {
        match (c, open) {
            ('"' | '\'', None) => open = Some((at, c)),
            (c, Some((_, mark))) if c == mark => open = None,
            _ => {}
        }
    }
    open.map(|(at, _)| at)
}

/// The meaning of the word at byte `at`, in Markdown, with its range.
#[must_use]
pub fn hover(text: &str, at: u32) -> Option<(TextRange, String)> {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let (before, after) = text.split_at_checked(at as usize)?;
    let head = before.len() - before.trim_end_matches(is_word).len();
    let tail = after.len() - after.trim_start_matches(is_word).len();
    let range = TextRange::from_usize(before.len() - head, before.len() + tail);
    let word = range.of(text);
    if word.is_empty() {
        return None;
    }
    let place = Place::of(text, range.start)?;
    if place.line.contains('#') {
        return None;
    }
    let line = place.line.trim_start();
    if line.starts_with('[') {
        let section = keys::section(word.split('.').next()?)?;
        return Some((range, format!("**`{}`**\n\n{}", reference::brackets(section), section.about)));
    }
    if let Some(rule) =
        rule_named(word).filter(|_| place.section.is_some_and(|s| matches!(s.shape, Shape::Rules | Shape::List)))
    {
        return Some((range, docs::markdown(rule)));
    }
    if place.assigned().is_none() {
        let key = key_named(place.section, word)?;
        return Some((range, format!("**`{}`**\n\n{}", key.path, reference::markdown(key))));
    }
    let (_, meaning) = place.key()?.kind.words().iter().find(|(known, _)| *known == word)?;
    Some((range, format!("`{word}`: {meaning}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Labels offered at `$0`, and the text after the one that is chosen.
    fn after(written: &str, chosen: &str) -> (Vec<String>, String) {
        let at = written.find("$0").unwrap();
        let mut text = written.replace("$0", "");
        let items = complete(&text, at as u32);
        if let Some(item) = items.iter().find(|item| item.label == chosen) {
            text.replace_range(item.range.span(), &item.text);
        }
        (items.into_iter().map(|item| item.label).collect(), text)
    }

    #[test]
    fn keys_sections_and_values_are_completed_where_they_belong() {
        for (written, chosen, wanted) in [
            ("pro$0", "profile", "profile = "),
            ("profile = $0", "strict", "profile = \"strict\""),
            ("profile = \"st$0\"", "strict", "profile = \"strict\""),
            ("[ru$0]", "[rules]", "[rules]"),
            ("[[$0]]\n", "[[ignore]]", "[[ignore]]\n"),
            ("[rules]\nA1$0", "A101", "[rules]\nA101 = "),
            ("[rules]\nunso$0", "unsourced-statistic", "[rules]\nunsourced-statistic = "),
            ("[rules]\nA101 = $0", "hint", "[rules]\nA101 = \"hint\""),
            ("[rules]\nA101 = { level = \"$0\" }", "error", "[rules]\nA101 = { level = \"error\" }"),
            ("[sources]\nde$0", "deny", "[sources]\ndeny = "),
            ("[phrases.padding]\nlevel = $0", "off", "[phrases.padding]\nlevel = \"off\""),
            ("[[ignore]]\nrules = [\"A101\", $0", "A102", "[[ignore]]\nrules = [\"A101\", \"A102\""),
            ("pandoc-bare = $0", "true", "pandoc-bare = true"),
            ("sources.state-media = \"$0", "label", "sources.state-media = \"label"),
        ] {
            assert_eq!(after(written, chosen).1, wanted, "{:?}", after(written, chosen).0);
        }
    }

    #[test]
    fn what_is_set_already_or_belongs_elsewhere_is_not_offered() {
        let (labels, _) = after("profile = \"light\"\n$0\n[rules]\n", "");
        assert!(!labels.contains(&"profile".to_owned()) && !labels.contains(&"deny".to_owned()), "{labels:?}");
        assert!(labels.contains(&"carry-max".to_owned()) && labels.contains(&"[sources]".to_owned()), "{labels:?}");
        let (labels, _) = after("[rules]\nA101 = \"off\"\nA$0\n", "");
        assert!(!labels.contains(&"A101".to_owned()) && labels.contains(&"A102".to_owned()));
        assert_eq!(after("# pro$0", "").0, [""; 0]);
        assert_eq!(after("[rules]\nA101 = { level = \"off\", paths = [\"$0\"] }", "").0, [""; 0]);
    }

    #[test]
    fn a_word_is_explained_by_what_it_is() {
        let shown = |written: &str| {
            let at = written.find("$0").unwrap();
            hover(&written.replace("$0", ""), at as u32).map(|(_, about)| about).unwrap_or_default()
        };
        assert!(shown("pro$0file = \"light\"").contains("How much is asked of a text"));
        assert!(shown("profile = \"li$0ght\"").contains("errors and the surest"));
        assert!(shown("[ru$0les]").contains("How loud each rule is"));
        assert!(shown("[rules]\nA1$001 = \"off\"").starts_with("# A101 unsourced-statistic"));
        assert!(shown("[[ignore]]\nrules = [\"unsourced$0-event\"]").starts_with("# A104"));
        assert!(
            shown("[zones]\nexe$0mpt = []").contains("need no sources")
                || shown("[zones]\nexe$0mpt = []").contains("needs no sources")
        );
        assert_eq!((shown("# pro$0file"), shown("$0")), (String::new(), String::new()));
    }

    #[test]
    fn any_place_of_any_text_can_be_asked() {
        let text = "é[rules\n\"A1'=[{ \u{feff}= # \"\r\n[[x]]\n漢=\"";
        for at in 0..=text.len() as u32 + 2 {
            let _ = (complete(text, at), hover(text, at));
        }
    }
}
