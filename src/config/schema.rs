//! The table of keys as a JSON Schema (draft 7), which TOML language servers such as Taplo and Even Better TOML read.

use serde_json::{Map, Value, json};

use super::keys::{KEYS, Key, Kind, LEVELS, SECTIONS, Section, Shape};

/// The schema. `rules` are all rules: code, name and what they report.
#[must_use]
pub fn schema(rules: &[(&str, &str, String)]) -> Value {
    let mut properties = Map::new();
    for key in KEYS.iter().filter(|key| key.section().is_none()) {
        properties.insert(key.name().to_owned(), of_key(key));
    }
    for section in SECTIONS {
        properties.insert(section.name.to_owned(), of_section(section, rules));
    }
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "whosaid.toml",
        "description": "What a team asks of its prose: see docs/CONFIGURATION.md.",
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
        "definitions": {
            "level": rule_level(),
            "rule": { "type": "string", "enum": rules.iter().flat_map(|(code, name, _)| [*code, *name]).collect::<Vec<_>>() },
        },
    })
}

/// A level, or a level for some paths. Once in the schema, because every rule has it.
fn rule_level() -> Value {
    json!({ "anyOf": [choice(LEVELS), {
        "type": "object",
        "additionalProperties": false,
        "required": ["level"],
        "properties": { "level": choice(LEVELS), "paths": of_kind(Kind::Globs) },
    }] })
}

fn of_section(section: &Section, rules: &[(&str, &str, String)]) -> Value {
    let keys: Vec<&Key> = super::keys::keys_of(Some(section.name)).collect();
    let table = |keys: &[&Key]| {
        let properties: Map<String, Value> = keys.iter().map(|key| (key.name().to_owned(), of_key(key))).collect();
        json!({ "type": "object", "additionalProperties": false, "properties": properties })
    };
    let mut value = match section.shape {
        Shape::Keys => table(&keys),
        Shape::Names => {
            let inner = keys.first().map_or(Value::Null, |key| of_key(key));
            json!({ "type": "object", "additionalProperties": inner })
        }
        Shape::Rules => {
            let inner = keys.first().map_or(Value::Null, |key| of_key(key));
            let mut properties = Map::new();
            for (code, name, about) in rules {
                for (word, other) in [(code, name), (name, code)] {
                    let mut inner = inner.clone();
                    put(&mut inner, "description", format!("{other}: {about}"));
                    inner.as_object_mut().map(|inner| inner.remove("examples"));
                    properties.insert((*word).to_owned(), inner);
                }
            }
            json!({ "type": "object", "additionalProperties": false, "properties": properties })
        }
        Shape::Tables => json!({ "type": "object", "additionalProperties": table(&keys) }),
        Shape::List => {
            let mut items = table(&keys);
            put(&mut items, "required", json!(["paths"]));
            json!({ "type": "array", "items": items })
        }
    };
    put(&mut value, "description", section.about);
    value
}

/// Sets a key of an object.
fn put(object: &mut Value, key: &str, value: impl Into<Value>) {
    if let Some(object) = object.as_object_mut() {
        object.insert(key.to_owned(), value.into());
    }
}

fn of_key(key: &Key) -> Value {
    let mut value = of_kind(key.kind);
    put(&mut value, "description", key.about);
    if let Some(default) = as_json(key.default) {
        put(&mut value, "default", default);
    }
    if let Some(example) = as_json(key.example) {
        put(&mut value, "examples", json!([example]));
    }
    value
}

fn of_kind(kind: Kind) -> Value {
    let texts = || json!({ "type": "array", "items": { "type": "string" } });
    match kind {
        Kind::Choice(words) => choice(words),
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Integer(least, most) => json!({ "type": "integer", "minimum": least, "maximum": most }),
        Kind::Text => json!({ "type": "string" }),
        // TOML's own dates reach a JSON Schema as strings.
        Kind::Date => json!({ "type": "string", "format": "date" }),
        Kind::Texts | Kind::Globs => json!({ "anyOf": [texts(), { "type": "string" }] }),
        Kind::Rules => {
            let one = json!({ "$ref": "#/definitions/rule" });
            json!({ "anyOf": [{ "type": "array", "items": one }, one] })
        }
        Kind::RuleLevel => json!({ "allOf": [{ "$ref": "#/definitions/level" }] }),
        Kind::Scale(words) => json!({ "anyOf": [choice(words), {
            "type": "object",
            "minProperties": 1,
            "additionalProperties": {
                "type": "array",
                "items": { "type": "integer", "minimum": 0, "maximum": 100 },
                "minItems": 2,
                "maxItems": 2,
            },
        }] }),
    }
}

/// Words, with what they mean where the editor shows it.
fn choice(words: &[(&str, &str)]) -> Value {
    let (names, meanings): (Vec<&str>, Vec<&str>) = words.iter().copied().unzip();
    json!({ "type": "string", "enum": names, "x-taplo": { "docs": { "enumValues": meanings } } })
}

/// A TOML value as JSON; none for nothing.
fn as_json(written: &str) -> Option<Value> {
    let table: toml::Table = format!("x = {written}").parse().ok()?;
    match table.get("x")? {
        toml::Value::Datetime(date) => Some(Value::String(date.to_string())),
        value => serde_json::to_value(value).ok(),
    }
}
