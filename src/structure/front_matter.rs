//! The head of a Markdown file: YAML between `---`, TOML between `+++`, JSON in braces, or Logseq's `key:: value` lines.
//!
//! Broken front matter never stops the note: what is wrong becomes [`FrontMatter::problem`] with the place and what to
//! do, the lines of the shape `key: value` are still read, and the text after it is analysed.

mod json;

use super::{Field, FrontMatter};
use crate::gate::toml::{DeTable, DeValue, Spanned};
use crate::gate::yaml::{Document, MarkedYaml, Scalar, Unreadable, YamlData};
use crate::gate::{self, LARGEST_FRONT_MATTER as LONGEST};
use crate::text::TextRange;

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

/// Reads what it can of front matter that has a problem: the lines `key: value`.
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
    match gate::yaml::read(source, LONGEST) {
        Ok(document) => {
            let mut fields = Fields::default();
            match document.root.as_ref() {
                Some(root) if matches!(root.data, YamlData::Mapping(_)) => {
                    Walk { document: &document, source, base, fields: &mut fields }.node(root, "", whole);
                }
                None => {}
                Some(root) if matches!(root.data, YamlData::Value(Scalar::Null)) => {}
                Some(_) => {
                    let message = "The front matter is no list of fields: write each as `key: value` on its own line.";
                    return (Vec::new(), Some((whole, message.to_owned())));
                }
            }
            (fields.fields, None)
        }
        Err(Unreadable::Bounds(refusal)) => (Vec::new(), Some((refusal.range.shifted(base as u32), refusal.message))),
        Err(Unreadable::Syntax(error)) => {
            let at = error.range.start as usize;
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
            (Vec::new(), Some((place, format!("The front matter cannot be read here ({}): {advice}.", error.message))))
        }
    }
}

/// The way through a document in YAML.
struct Walk<'w, 't> {
    document: &'w Document<'t>,
    source: &'t str,
    base: usize,
    fields: &'w mut Fields,
}

impl Walk<'_, '_> {
    fn range(&self, node: &MarkedYaml<'_>) -> TextRange {
        self.document.range(node).shifted(self.base as u32)
    }

    fn node(&mut self, node: &MarkedYaml<'_>, key: &str, key_range: TextRange) {
        let (source, base, range) = (self.source, self.base, self.range(node));
        match &node.data {
            YamlData::Mapping(mapping) => {
                for (name, value) in mapping {
                    let range = self.range(name);
                    let name = match &name.data {
                        YamlData::Value(Scalar::String(name)) => name.to_string(),
                        _ => slice(source, base, range).to_owned(),
                    };
                    let joined = if key.is_empty() { name } else { format!("{key}.{name}") };
                    self.node(value, &joined, range);
                }
            }
            YamlData::Sequence(nodes) => {
                self.fields.add(key, key_range, None);
                for node in nodes {
                    self.node(node, key, key_range);
                }
            }
            YamlData::Tagged(_, inner) => self.node(inner, key, key_range),
            YamlData::Value(Scalar::Null) => self.fields.add(key, key_range, None),
            YamlData::Value(Scalar::String(value)) => {
                self.fields.add(key, key_range, Some((value.to_string(), unquoted(source, base, range))));
            }
            YamlData::Representation(value, ..) => self.fields.add(key, key_range, Some((value.to_string(), range))),
            YamlData::Value(_) | YamlData::Alias(_) | YamlData::BadValue => {
                self.fields.add(key, key_range, Some((slice(source, base, range).to_owned(), range)));
            }
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

fn toml_fields(source: &str, base: usize) -> (Vec<Field>, Option<(TextRange, String)>) {
    let (table, errors) = match gate::toml::recover(source, LONGEST) {
        Ok(read) => read,
        Err(refusal) => {
            let message = refusal.message;
            return (Vec::new(), Some((refusal.range.shifted(base as u32), message)));
        }
    };
    match errors.into_iter().next() {
        None => {
            let mut fields = Fields::default();
            walk_toml(table.get_ref(), "", source, base, &mut fields);
            fields.fields.sort_by_key(|field| field.key_range.start);
            (fields.fields, None)
        }
        Some(error) => {
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
