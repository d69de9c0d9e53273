//! CSL-JSON, as reference managers export it: a list of items, or an object with the list under `items`.

use std::collections::HashMap;
use std::sync::Arc;

use super::{LibraryProblem, Source, whole_line};
use crate::gate::LARGEST_LIBRARY;
use crate::gate::json::{self, Value};
use crate::text::TextRange;
use crate::workspace::keys;

/// The fields that name an item; the first that is there counts.
const KEYS: [&str; 2] = [keys::CITATION_KEY, keys::ID];

/// Reads a library as far as its items have keys.
pub(super) fn read(text: &str, sources: &mut Vec<Arc<Source>>, problems: &mut Vec<LibraryProblem>) {
    let (items, depth) = match json::read::<Value>(text, LARGEST_LIBRARY) {
        Ok(Value::Array(items)) => (items, 2),
        Ok(Value::Object(mut map)) => match map.remove("items") {
            Some(Value::Array(items)) => (items, 3),
            _ => return,
        },
        Ok(_) => return,
        Err(refusal) => {
            let message = format!("This JSON cannot be read: {}.", refusal.message.trim_end_matches('.'));
            return problems.push(LibraryProblem { range: whole_line(text, refusal.range), message });
        }
    };
    // The same key may be there twice; the places of each are taken in their order.
    let mut places: HashMap<&str, Vec<TextRange>> = HashMap::default();
    for range in json::places(text, depth, &KEYS).into_iter().flatten().rev() {
        places.entry(range.of(text)).or_default().push(range);
    }
    for item in &items {
        let word = |key: &str| item.get(key).and_then(Value::as_str).unwrap_or("").to_owned();
        let Some(key) = KEYS.map(word).into_iter().find(|key| !key.is_empty()) else { continue };
        let fields = [("url", word("URL")), ("doi", word("DOI")), ("note", word("note"))];
        sources.push(Arc::new(Source {
            // A key that is written with escapes has no place of its own.
            range: places.get_mut(&*key).and_then(Vec::pop).unwrap_or_default(),
            key: key.into(),
            kind: word("type"),
            title: word("title"),
            authors: item.get("author").and_then(Value::as_array).into_iter().flatten().map(person).collect(),
            publisher: [word("container-title"), word("publisher")]
                .into_iter()
                .find(|p| !p.is_empty())
                .unwrap_or_default(),
            date: date(item),
            fields: fields.into_iter().filter(|(_, v)| !v.is_empty()).map(|(k, v)| (k.to_owned(), v)).collect(),
        }));
    }
}

fn person(person: &Value) -> String {
    let part = |key: &str| person.get(key).and_then(Value::as_str).unwrap_or("");
    let whole = [part("given"), part("family"), part("literal")];
    whole.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ")
}

fn date(item: &Value) -> String {
    let parts = item.pointer("/issued/date-parts/0").and_then(Value::as_array);
    let number = |v: &Value| v.as_u64().or_else(|| v.as_str()?.parse().ok());
    let parts: Vec<String> = parts.into_iter().flatten().filter_map(number).map(|n| format!("{n:02}")).collect();
    parts.join("-")
}
