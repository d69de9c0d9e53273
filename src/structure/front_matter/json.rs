//! Front matter in JSON, as Hugo takes it.

use super::{Fields, LONGEST};
use crate::gate;
use crate::gate::json::Value;
use crate::structure::FrontMatter;
use crate::text::TextRange;

/// JSON in braces at the file's start, up to the brace that closes it at a line's start.
pub(super) fn json(text: &str, start: usize) -> Option<FrontMatter> {
    let end = text[start..].find("\n}").map(|offset| start + offset + 2)?;
    let source = text.get(start..end)?;
    if source.len() > LONGEST {
        return None;
    }
    let range = TextRange::from_usize(start, end);
    match gate::json::read::<Value>(source, LONGEST) {
        Ok(Value::Object(object)) => {
            let mut fields = Fields::default();
            for (key, value) in &object {
                let place = find_string(source, start, key).unwrap_or(range);
                walk_json(value, key, place, source, start, &mut fields);
            }
            fields.fields.sort_by_key(|field| field.key_range.start);
            Some(FrontMatter { range, fields: fields.fields, problem: None })
        }
        Ok(_) => None,
        // Braces may open a text as well; only what looks like fields is called broken.
        Err(_) if !source[1..].trim_start().starts_with('"') => None,
        Err(refusal) => {
            let message = format!("The front matter is not valid JSON here: {}.", refusal.message);
            let place = refusal.range.shifted(start as u32);
            Some(FrontMatter { range, fields: Vec::new(), problem: Some((place, message)) })
        }
    }
}

fn walk_json(value: &Value, key: &str, key_range: TextRange, source: &str, base: usize, fields: &mut Fields) {
    match value {
        Value::Null => fields.add(key, key_range, None),
        Value::Array(values) => {
            fields.add(key, key_range, None);
            for value in values {
                walk_json(value, key, key_range, source, base, fields);
            }
        }
        Value::Object(object) => {
            for (name, value) in object {
                let place = find_string(source, base, name).unwrap_or(key_range);
                walk_json(value, &format!("{key}.{name}"), place, source, base, fields);
            }
        }
        Value::String(text) => {
            let after = key_range.end as usize - base;
            let place = source.get(after..).and_then(|rest| find_string(rest, base + after, text)).unwrap_or(key_range);
            fields.add(key, key_range, Some((text.clone(), place)));
        }
        Value::Bool(_) | Value::Number(_) => fields.add(key, key_range, Some((value.to_string(), key_range))),
    }
}

/// The place of `"word"` between its quotes.
fn find_string(source: &str, base: usize, word: &str) -> Option<TextRange> {
    let at = source.find(&format!("\"{word}\""))? + 1;
    Some(TextRange::from_usize(base + at, base + at + word.len()))
}
