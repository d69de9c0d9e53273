//! The head of a Markdown file: YAML between `---`, TOML between `+++`, JSON in braces, or Logseq's `key:: value` lines.
//!
//! Broken front matter never stops the note: what is wrong becomes [`FrontMatter::problem`] with the place and what to
//! do, the lines of the shape `key: value` are still read, and the text after it is analysed.

mod json;

use saphyr::{LoadableYamlNode, MarkedYaml, Scalar, YamlData};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Field, FrontMatter};
use crate::text::TextRange;

/// More than this (in bytes) is not read: no note has so long a head.
const LONGEST: usize = 1 << 16;

/// Lists within lists, aliases and the like beyond this are refused, because a reader of YAML follows them recursively.
const DEEPEST: usize = 64;

/// YAML aliases multiply what they name; a handful is enough.
const MOST_ALIASES: usize = 16;

/// The front matter of `text`, if it begins with one.
pub(super) fn read(text: &str) -> Option<FrontMatter> {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let rest = &text[start..];
    let (first, _) = rest.split_once('\n').unwrap_or((rest, ""));
    let mut found = match first.trim_end() {
        "---" => fenced(text, start, first.len(), &["---", "..."], yaml),
        "+++" => fenced(text, start, first.len(), &["+++"], toml_fields),
        _ if first.starts_with('{') && !first.starts_with("{{") && !first.starts_with("{%") => json::json(text, start),
        _ => properties(text, start),
    }?;
    if let Some((place, _)) = &mut found.problem {
        *place = whole_characters(text, *place);
    }
    Some(found)
}

/// Readers report single bytes; a place covers whole characters.
fn whole_characters(text: &str, place: TextRange) -> TextRange {
    let (mut start, mut end) = ((place.start as usize).min(text.len()), (place.end as usize).min(text.len()));
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    TextRange::from_usize(start, end)
}

type Reader = fn(&str, usize) -> (Vec<Field>, Option<(TextRange, String)>);

fn fenced(text: &str, start: usize, fence: usize, closing: &[&str], reader: Reader) -> Option<FrontMatter> {
    let body = start + fence + 1;
    let mut at = body;
    for line in text.get(body..)?.split_inclusive('\n') {
        if closing.contains(&line.trim_end()) {
            let source = &text[body..at];
            let range = TextRange::from_usize(start, at + line.trim_end().len());
            if source.len() > LONGEST {
                let problem =
                    "The front matter is too long to be read (64 kB): move what is text below its closing line.";
                return Some(broken(text, range, body, at, TextRange::from_usize(start, body - 1), problem.to_owned()));
            }
            let (fields, problem) = reader(source, body);
            return Some(match problem {
                Some((place, message)) => broken(text, range, body, at, place, message),
                None => FrontMatter { range, fields, problem: None },
            });
        }
        at += line.len();
    }
    // No closing line: front matter only if the next line looks like it, else a rule (`---`) above a text.
    let next = text.get(body..)?.split('\n').next().unwrap_or("");
    let sign = if closing[0] == "---" { ':' } else { '=' };
    let (key, _) = next.split_once(sign)?;
    if key.is_empty() || !key.trim_end().chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-') {
        return None;
    }
    let end = text[body..].find("\n\n").map_or(text.len(), |offset| body + offset);
    let fence = closing[0];
    let message = format!("The front matter is not closed: add a line with `{fence}` after its last field.");
    let range = TextRange::from_usize(start, end);
    Some(broken(text, range, body, end, TextRange::from_usize(start, start + 3), message))
}

/// What can still be read of front matter that has a problem: the lines `key: value`.
fn broken(text: &str, range: TextRange, from: usize, to: usize, place: TextRange, message: String) -> FrontMatter {
    let mut fields: Vec<Field> = Vec::new();
    let mut at = from;
    for line in text.get(from..to.min(from + LONGEST)).unwrap_or("").split_inclusive('\n') {
        let start = at;
        at += line.len();
        let Some(split) = line.find([':', '=']) else { continue };
        let (key, value) = (line[..split].trim_end(), &line[split + 1..]);
        let plain = key.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
        let trimmed = value.trim().trim_matches(['"', '\'']);
        if key.is_empty() || !plain || trimmed.is_empty() || trimmed.starts_with(['[', '{', '|', '>', '&', '*']) {
            continue;
        }
        let offset = start + split + 1 + (trimmed.as_ptr() as usize - value.as_ptr() as usize);
        fields.push(Field {
            key: key.to_owned(),
            key_range: TextRange::from_usize(start, start + key.len()),
            values: vec![(trimmed.to_owned(), TextRange::from_usize(offset, offset + trimmed.len()))],
        });
    }
    FrontMatter { range, fields, problem: Some((place, message)) }
}

/// Collects fields; a key met again (`roles` as a list of tables) gets more values.
#[derive(Default)]
struct Fields {
    fields: Vec<Field>,
}

impl Fields {
    fn add(&mut self, key: &str, key_range: TextRange, value: Option<(String, TextRange)>) {
        let field = match self.fields.iter_mut().position(|field| field.key == key) {
            Some(index) => &mut self.fields[index],
            None => {
                self.fields.push(Field { key: key.to_owned(), key_range, values: Vec::new() });
                let last = self.fields.len() - 1;
                &mut self.fields[last]
            }
        };
        field.values.extend(value);
    }
}

fn yaml(source: &str, base: usize) -> (Vec<Field>, Option<(TextRange, String)>) {
    let whole = TextRange::from_usize(base, base + source.trim_end().len());
    if let Some(place) = tab_indent(source) {
        let message = "YAML allows no tab at the start of a line: indent with spaces.";
        return (Vec::new(), Some((TextRange::from_usize(base + place, base + place + 1), message.to_owned())));
    }
    if is_too_deep(source) {
        return (
            Vec::new(),
            Some((whole, "The front matter nests too deeply to be read: keep lists and tables flat.".to_owned())),
        );
    }
    // Positions of the reader count characters.
    let bytes: Vec<u32> = source.char_indices().map(|(at, _)| at as u32).chain([source.len() as u32]).collect();
    let byte = |index: usize| base + bytes.get(index).copied().unwrap_or(source.len() as u32) as usize;
    match MarkedYaml::load_from_str(source) {
        Ok(documents) => {
            let mut fields = Fields::default();
            match documents.first().map(|document| &document.data) {
                Some(YamlData::Mapping(_)) => walk_yaml(&documents[0], "", whole, source, base, &byte, &mut fields),
                None | Some(YamlData::Value(Scalar::Null)) => {}
                Some(_) => {
                    let message = "The front matter is no list of fields: write each as `key: value` on its own line.";
                    return (Vec::new(), Some((whole, message.to_owned())));
                }
            }
            (fields.fields, None)
        }
        Err(error) => {
            let at = byte(error.marker().index()) - base;
            let line_start =
                source[..at.min(source.len())].trim_end_matches('\n').rfind('\n').map_or(0, |offset| offset + 1);
            let line = source[line_start..].split('\n').next().unwrap_or("").trim_end();
            let place = TextRange::from_usize(base + line_start, base + line_start + line.len().max(1));
            let value = line.split_once(": ").map_or("", |(_, value)| value);
            let advice = if value.contains(": ") || value.starts_with(['@', '`', '%', '*', '&', '!', '|', '>']) {
                "put the value of this line in quotes"
            } else {
                "check quotes, brackets and indentation"
            };
            (Vec::new(), Some((place, format!("The front matter cannot be read here ({}): {advice}.", error.info()))))
        }
    }
}

fn walk_yaml(
    node: &MarkedYaml<'_>,
    key: &str,
    key_range: TextRange,
    source: &str,
    base: usize,
    byte: &dyn Fn(usize) -> usize,
    fields: &mut Fields,
) {
    let span = || TextRange::from_usize(byte(node.span.start.index()), byte(node.span.end.index()));
    match &node.data {
        YamlData::Mapping(mapping) => {
            for (name, value) in mapping {
                let range = TextRange::from_usize(byte(name.span.start.index()), byte(name.span.end.index()));
                let name = match &name.data {
                    YamlData::Value(Scalar::String(name)) => name.to_string(),
                    _ => slice(source, base, range).to_owned(),
                };
                let joined = if key.is_empty() { name } else { format!("{key}.{name}") };
                walk_yaml(value, &joined, range, source, base, byte, fields);
            }
        }
        YamlData::Sequence(nodes) => {
            fields.add(key, key_range, None);
            for node in nodes {
                walk_yaml(node, key, key_range, source, base, byte, fields);
            }
        }
        YamlData::Tagged(_, inner) => walk_yaml(inner, key, key_range, source, base, byte, fields),
        YamlData::Value(Scalar::Null) => fields.add(key, key_range, None),
        YamlData::Value(Scalar::String(value)) => {
            fields.add(key, key_range, Some((value.to_string(), unquoted(source, base, span()))))
        }
        YamlData::Representation(value, ..) => fields.add(key, key_range, Some((value.to_string(), span()))),
        YamlData::Value(_) | YamlData::Alias(_) | YamlData::BadValue => {
            let range = span();
            fields.add(key, key_range, Some((slice(source, base, range).to_owned(), range)));
        }
    }
}

fn slice(source: &str, base: usize, range: TextRange) -> &str {
    source
        .get((range.start as usize).saturating_sub(base)..(range.end as usize).saturating_sub(base))
        .unwrap_or("")
        .trim()
}

/// A quoted value's place is what stands between the quotes.
fn unquoted(source: &str, base: usize, range: TextRange) -> TextRange {
    let whole = slice(source, base, range);
    let quoted = whole.len() >= 2
        && whole.len() == range.len() as usize
        && (whole.starts_with('"') && whole.ends_with('"') || whole.starts_with('\'') && whole.ends_with('\''));
    if quoted { TextRange::new(range.start + 1, range.end - 1) } else { range }
}

fn tab_indent(source: &str) -> Option<usize> {
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        if indent < line.trim_end().len()
            && let Some(tab) = line[..indent].find('\t')
        {
            return Some(at + tab);
        }
        at += line.len();
    }
    None
}

pub(super) fn is_too_deep(source: &str) -> bool {
    let open = source.bytes().filter(|b| matches!(b, b'[' | b'{')).count();
    let mut deepest = 0;
    let mut depth = 0usize;
    if open > DEEPEST {
        for byte in source.bytes() {
            match byte {
                b'[' | b'{' => depth += 1,
                b']' | b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            deepest = deepest.max(depth);
        }
    }
    let aliases = source.match_indices('*').filter(|(at, _)| {
        source[..*at].ends_with([' ', '[', ',', '\n']) && source[at + 1..].starts_with(|c: char| c.is_alphanumeric())
    });
    let nested_marks =
        source.lines().any(|line| line.split(' ').filter(|piece| matches!(*piece, "-" | "?" | ":")).count() > DEEPEST);
    let indents = source.lines().map(|line| line.len() - line.trim_start().len()).max().unwrap_or(0);
    deepest > DEEPEST
        || nested_marks
        || indents > 4 * DEEPEST
        || (source.contains('&') && aliases.count() > MOST_ALIASES)
}

fn toml_fields(source: &str, base: usize) -> (Vec<Field>, Option<(TextRange, String)>) {
    if is_too_deep(source) {
        let whole = TextRange::from_usize(base, base + source.trim_end().len());
        return (
            Vec::new(),
            Some((whole, "The front matter nests too deeply to be read: keep lists and tables flat.".to_owned())),
        );
    }
    match DeTable::parse(source) {
        Ok(table) => {
            let mut fields = Fields::default();
            walk_toml(table.get_ref(), "", source, base, &mut fields);
            fields.fields.sort_by_key(|field| field.key_range.start);
            (fields.fields, None)
        }
        Err(error) => {
            let span = error.span().unwrap_or(0..source.len().min(1));
            let place =
                TextRange::from_usize(base + span.start, base + span.end.max(span.start + 1).min(source.len().max(1)));
            let message = error.message().lines().next().unwrap_or("").to_owned();
            (
                Vec::new(),
                Some((place, format!("The front matter is not valid TOML here ({message}): write `key = \"value\"`."))),
            )
        }
    }
}

fn walk_toml(table: &DeTable<'_>, prefix: &str, source: &str, base: usize, fields: &mut Fields) {
    for (key, value) in table {
        let range = TextRange::from_usize(base + key.span().start, base + key.span().end);
        let name = if prefix.is_empty() { key.get_ref().to_string() } else { format!("{prefix}.{}", key.get_ref()) };
        toml_value(value, &name, range, source, base, fields);
    }
}

fn toml_value(
    value: &Spanned<DeValue<'_>>,
    key: &str,
    key_range: TextRange,
    source: &str,
    base: usize,
    fields: &mut Fields,
) {
    let range = TextRange::from_usize(base + value.span().start, base + value.span().end);
    match value.get_ref() {
        DeValue::Table(table) => walk_toml(table, key, source, base, fields),
        DeValue::Array(values) => {
            fields.add(key, key_range, None);
            for value in values.iter() {
                toml_value(value, key, key_range, source, base, fields);
            }
        }
        DeValue::String(text) => fields.add(key, key_range, Some((text.to_string(), unquoted(source, base, range)))),
        _ => fields.add(key, key_range, Some((slice(source, base, range).to_owned(), range))),
    }
}

/// Logseq's page properties: `key:: value` lines before anything else.
fn properties(text: &str, start: usize) -> Option<FrontMatter> {
    let mut fields = Fields::default();
    let (mut at, mut end) = (start, start);
    for line in text[start..].split_inclusive('\n') {
        let from = at;
        at += line.len();
        let Some((key, value)) = property(line) else { break };
        end = from + line.trim_end().len();
        let key_range = TextRange::from_usize(from, from + key.len());
        fields.add(key, key_range, None);
        let base = from + (value.as_ptr() as usize - line.as_ptr() as usize);
        let mut offset = 0;
        for piece in value.split(',') {
            let trimmed = piece.trim().trim_start_matches("[[").trim_end_matches("]]").trim_start_matches('#');
            let place = base + offset + (trimmed.as_ptr() as usize - piece.as_ptr() as usize);
            offset += piece.len() + 1;
            if !trimmed.is_empty() {
                fields.add(
                    key,
                    key_range,
                    Some((trimmed.to_owned(), TextRange::from_usize(place, place + trimmed.len()))),
                );
            }
        }
    }
    (!fields.fields.is_empty()).then_some(FrontMatter {
        range: TextRange::from_usize(start, end),
        fields: fields.fields,
        problem: None,
    })
}

/// `key:: value` as one line.
pub(super) fn property(line: &str) -> Option<(&str, &str)> {
    // Both parts are slices of `line`: their places are read off them.
    let kept = line.trim_end();
    let (key, value) =
        kept.split_once(":: ").or_else(|| kept.strip_suffix("::").map(|key| (key, &kept[kept.len()..])))?;
    let fits =
        !key.is_empty() && key.len() <= 40 && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '/'));
    fits.then_some((key, value.trim()))
}

#[cfg(test)]
mod tests;
