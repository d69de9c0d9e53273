//! CSL-JSON, as reference managers export it: a list of items, or an object with the list under `items`. A fault costs
//! the item that it stands in.

use std::sync::Arc;

use super::{LibraryProblem, Source, whole_line, without_others};
use crate::gate::LARGEST_LIBRARY;
use crate::gate::json::{self, Element, Value};
use crate::text::TextRange;
use crate::workspace::keys;

/// The fields that name an item; the first that is there counts.
const KEYS: [&str; 2] = [keys::CITATION_KEY, keys::ID];

/// Reads a library item by item.
pub(super) fn read(text: &str, sources: &mut Vec<Arc<Source>>, problems: &mut Vec<LibraryProblem>) {
    let mut say = |range: TextRange, message: String| problems.push(LibraryProblem { range, message });
    let (items, refusals) = match json::elements(text, LARGEST_LIBRARY, "items") {
        Ok(Some(read)) => read,
        Ok(None) => {
            let message =
                "This is no CSL-JSON: a list of items is expected, or an object that has one under \"items\".";
            return say(TextRange::from_usize(0, text.lines().next().unwrap_or("").len()), message.to_owned());
        }
        Err(refusal) => return say(refusal.range, refusal.message),
    };
    for refusal in refusals {
        say(whole_line(text, refusal.range), refusal.message);
    }
    for Element { range, value } in items {
        let head = whole_line(text, range);
        let item = match value {
            Ok(item @ Value::Object(_)) => item,
            Ok(_) => {
                say(head, "This is no item: write an object with an \"id\" in its place.".to_owned());
                continue;
            }
            Err(refusal) => {
                let message = format!("This item cannot be read: {}.", refusal.message.trim_end_matches('.'));
                say(whole_line(text, refusal.range), message);
                continue;
            }
        };
        let Some(key) = KEYS.map(|name| key(&item, name)).into_iter().find(|key| !key.is_empty()) else {
            say(head, "This item has no key to cite it by: give it an \"id\".".to_owned());
            continue;
        };
        let written = json::places(range.of(text), 1, &KEYS).into_iter().flatten().next();
        let written = written.map(|place| place.shifted(range.start));
        sources.push(Arc::new(source(&item, key, written.unwrap_or_default(), text)));
    }
    problems.sort_by_key(|problem| problem.range);
}

fn word(item: &Value, name: &str) -> String {
    item.get(name).and_then(Value::as_str).unwrap_or("").to_owned()
}

/// A key: a text, or a number as some managers give it.
fn key(item: &Value, name: &str) -> String {
    item.get(name).filter(|key| key.is_u64()).map_or_else(|| word(item, name), Value::to_string)
}

fn source(item: &Value, key: String, written: TextRange, text: &str) -> Source {
    let word = |name: &str| word(item, name);
    let fields = [("url", word("URL")), ("doi", word("DOI")), ("note", word("note"))];
    let people = item.get("author").and_then(Value::as_array).into_iter().flatten().map(person).collect();
    let (authors, more_authors) = without_others(people);
    Source {
        // A key that is written with escapes has no place of its own.
        range: if written.of(text) == key { written } else { TextRange::default() },
        key: key.into(),
        ids: Vec::new(),
        kind: word("type"),
        title: word("title"),
        authors,
        more_authors,
        publisher: [word("container-title"), word("publisher")].into_iter().find(|p| !p.is_empty()).unwrap_or_default(),
        date: date(item),
        fields: fields.into_iter().filter(|(_, v)| !v.is_empty()).map(|(k, v)| (k.to_owned(), v)).collect(),
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

#[cfg(test)]
mod tests {
    use super::super::Bibliography;

    const FIRST: &str = r#"{"id": "a", "title": "A", "author": [{"family": "Pell", "given": "Ada"}]}"#;
    const LAST: &str = r#"{"id": "z", "title": "Z"}"#;

    /// The keys that are read, and the first words of the lines that are said, with what is said.
    fn read(text: &str) -> (Vec<String>, Vec<String>) {
        let read = Bibliography::read("refs.json".into(), text);
        let keys = read.sources.iter().map(|source| {
            assert_eq!(source.range.of(text), &*source.key, "{text}");
            source.key.to_string()
        });
        let said = read.problems.iter().map(|problem| {
            assert!(problem.message.chars().count() <= 140, "{}", problem.message);
            format!("{}: {}", problem.range.of(text), problem.message)
        });
        (keys.collect(), said.collect())
    }

    #[test]
    fn a_fault_costs_its_item() {
        for bad in [
            r#"{"id": "b", "title": "B",}"#,
            r#"{"id": "b", "volume": 1e999999}"#,
            r#"{"id": "b" "title": "B"}"#,
            r#"{"id": "b", "title": "no end}"#,
            r#"{"id": "b", "author": [{"family": "Marr"}}"#,
            r#"{"title": "no key"}"#,
            "7",
            "null",
            "b",
            "",
        ] {
            let text = format!("[\n{FIRST},\n{bad},\n{LAST}\n]\n");
            let (keys, said) = read(&text);
            assert_eq!((keys, said.len()), (vec!["a".to_owned(), "z".to_owned()], 1), "{text}");
            assert!(bad.is_empty() || said[0].starts_with(bad), "{said:?}");
        }
        // An item without its closing brace ends where the next one begins.
        let (keys, said) = read(&format!("[{FIRST},\n{{\"id\": \"b\",\n{LAST}]"));
        assert_eq!((keys.join(" "), said.len()), ("a z".to_owned(), 1));
        let (keys, said) = read(&format!("{{\"items\": [{FIRST},\n{{\"id\": \"b\",}},\n{LAST}]}}"));
        assert_eq!((keys.join(" "), said.len()), ("a z".to_owned(), 1), "{said:?}");
        assert_eq!(read(&format!("[{FIRST}, {LAST}]")).1.len(), 0);
        assert_eq!(read("[]").1.len(), 0, "an empty library is one");
    }

    #[test]
    fn a_file_that_was_cut_off_keeps_what_is_whole() {
        let whole = format!("[{FIRST},\n{LAST}]");
        for end in FIRST.len() + 1..whole.len() {
            let (keys, said) = read(&whole[..end]);
            assert!(!said.is_empty(), "{}", &whole[..end]);
            let most = if end >= whole.len() - 1 { 2 } else { 1 };
            assert_eq!(keys.len(), most, "{}", &whole[..end]);
        }
        let (keys, said) = read(&format!("[{FIRST},\n]"));
        assert_eq!((keys.len(), said.len()), (1, 1), "a comma too many costs nothing but is said: {said:?}");
    }

    #[test]
    fn a_number_is_a_key() {
        let text =
            r#"[{"id": 7, "title": "A"}, {"id": 12,"title": "B"}, {"volume": 3, "id": "c3"}, {"id": 1.5}, {"id": -2}]"#;
        let (keys, said) = read(text);
        assert_eq!((keys.join(" "), said.len()), ("7 12 c3".to_owned(), 2));
    }

    #[test]
    fn others_are_nobody() {
        let read = |names: &str| {
            let text = format!(r#"[{{"id": "a", "author": [{names}]}}]"#);
            Bibliography::read("refs.json".into(), &text).sources[0].authors_in_line()
        };
        let pell = r#"{"family": "Pell", "given": "Ada"}"#;
        assert_eq!(read(&format!(r#"{pell}, {{"literal": "others"}}"#)), "Ada Pell et al.");
        assert_eq!(read(&format!(r#"{pell}, {{"family": "others"}}"#)), "Ada Pell et al.");
        assert_eq!(read(&format!(r#"{pell}, {{"literal": "et al."}}"#)), "Ada Pell et al.");
        assert_eq!(read(r#"{"literal": "others"}"#), "");
        assert_eq!(read(&format!(r#"{pell}, {{"family": "Others", "given": "Nadim"}}"#)), "Ada Pell, Nadim Others");
    }
}
