//! Building a value up from one that parses, member by member, for as long as the whole still does.
//!
//! Each member costs a parse of the whole, so lists that may be long are taken element by element before.

use serde_json::{Map, Value, json};

/// Returns `true` if the whole has the type that is wanted.
pub(super) type Parses = fn(&Value) -> bool;

/// A step into a JSON value.
#[derive(Clone)]
enum Step {
    Member(String),
    Element(usize),
}

/// Sets members of `root`, which parses, to as much of these as leaves the whole parsable.
pub(super) fn members(root: &mut Value, given: Map<String, Value>, parses: Parses) {
    graft_members(root, &mut Vec::new(), given, parses);
}

fn graft_members(root: &mut Value, path: &mut Vec<Step>, members: Map<String, Value>, parses: Parses) {
    for (name, value) in members {
        path.push(Step::Member(name));
        graft(root, path, value, parses);
        path.pop();
    }
}

/// Sets the place at `path` to as much of `value` as leaves the whole parsable.
fn graft(root: &mut Value, path: &mut Vec<Step>, value: Value, parses: Parses) {
    let before = at(root, path).map(|place| place.clone());
    set(root, path, value.clone());
    if parses(root) {
        return;
    }
    let empty = match &value {
        Value::Object(_) => before.clone().filter(Value::is_object).unwrap_or_else(|| json!({})),
        Value::Array(_) => json!([]),
        _ => return reset(root, path, before),
    };
    set(root, path, empty);
    if !parses(root) {
        // Something in it is required: it stays only if a single member was wrong.
        let Value::Object(members) = &value else { return reset(root, path, before) };
        for name in members.keys() {
            let mut fewer = members.clone();
            fewer.remove(name);
            set(root, path, Value::Object(fewer));
            if parses(root) {
                return;
            }
        }
        return reset(root, path, before);
    }
    match value {
        Value::Object(members) => graft_members(root, path, members, parses),
        Value::Array(elements) => {
            for element in elements {
                let next = at(root, path).and_then(|list| list.as_array()).map_or(0, Vec::len);
                path.push(Step::Element(next));
                graft(root, path, element, parses);
                path.pop();
            }
        }
        _ => {}
    }
}

fn at<'a>(root: &'a mut Value, path: &[Step]) -> Option<&'a mut Value> {
    path.iter().try_fold(root, |value, step| match step {
        Step::Member(name) => value.get_mut(name),
        Step::Element(index) => value.get_mut(*index),
    })
}

fn set(root: &mut Value, path: &[Step], value: Value) {
    let Some((last, parent)) = path.split_last() else { return };
    match (at(root, parent), last) {
        (Some(Value::Object(members)), Step::Member(name)) => {
            members.insert(name.clone(), value);
        }
        (Some(Value::Array(elements)), Step::Element(index)) => {
            elements.truncate(*index);
            elements.push(value);
        }
        _ => {}
    }
}

fn reset(root: &mut Value, path: &[Step], before: Option<Value>) {
    let Some((last, parent)) = path.split_last() else { return };
    match (before, at(root, parent), last) {
        (Some(before), _, _) => set(root, path, before),
        (None, Some(Value::Object(members)), Step::Member(name)) => {
            members.remove(name);
        }
        (None, Some(Value::Array(elements)), Step::Element(index)) => elements.truncate(*index),
        _ => {}
    }
}
