//! `initialize` is never refused for a detail: what does not parse in its parameters is dropped.
//!
//! Clients send `trace: "compact"`, `rootUri: ""`, `processId: -1` and enumeration members of newer protocol
//! versions. Parameters that parse are left alone. Otherwise they are grafted, member by member, onto an empty set
//! for as long as the whole still parses.

use serde_json::{Map, Value, json};
use tower_lsp::lsp_types::InitializeParams;

/// The parameters, less what would not parse.
pub(super) fn initialize(params: Option<Value>) -> Value {
    let given = params.unwrap_or_else(|| json!({ "capabilities": {} }));
    if parses(&given) {
        return given;
    }
    let mut kept = json!({ "capabilities": {} });
    if let Value::Object(given) = given {
        graft_members(&mut kept, &mut Vec::new(), given);
    }
    kept
}

fn parses(params: &Value) -> bool {
    serde_json::from_value::<InitializeParams>(params.clone()).is_ok()
}

/// A step into a JSON value.
#[derive(Clone)]
enum Step {
    Member(String),
    Element(usize),
}

fn graft_members(root: &mut Value, path: &mut Vec<Step>, members: Map<String, Value>) {
    for (name, value) in members {
        path.push(Step::Member(name));
        graft(root, path, value);
        path.pop();
    }
}

/// Sets the place at `path` to as much of `value` as leaves the whole parsable.
fn graft(root: &mut Value, path: &mut Vec<Step>, value: Value) {
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
        Value::Object(members) => graft_members(root, path, members),
        Value::Array(elements) => {
            for element in elements {
                let next = at(root, path).and_then(|list| list.as_array()).map_or(0, Vec::len);
                path.push(Step::Element(next));
                graft(root, path, element);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_parse_is_dropped_and_the_rest_stays() {
        let given = json!({
            "processId": -1,
            "rootUri": "",
            "trace": "compact",
            "clientInfo": { "name": "odd", "version": 7 },
            "workspaceFolders": [{ "uri": "nonsense", "name": "a" }, { "uri": "file:///b", "name": "b" }],
            "capabilities": {
                "general": { "positionEncodings": ["utf-8", 5, "utf-16"] },
                "textDocument": {
                    "hover": { "contentFormat": ["html", "markdown"] },
                    "rename": { "prepareSupportDefaultBehavior": "none", "prepareSupport": true },
                    "publishDiagnostics": { "versionSupport": "yes", "relatedInformation": true }
                }
            }
        });
        let kept = initialize(Some(given));
        let expected = json!({
            "clientInfo": { "name": "odd" },
            "workspaceFolders": [{ "uri": "file:///b", "name": "b" }],
            "capabilities": {
                "general": { "positionEncodings": ["utf-8", "utf-16"] },
                "textDocument": {
                    "hover": { "contentFormat": ["markdown"] },
                    "rename": { "prepareSupport": true },
                    "publishDiagnostics": { "relatedInformation": true }
                }
            }
        });
        assert!(parses(&kept));
        assert_eq!(kept["clientInfo"], expected["clientInfo"]);
        assert_eq!(kept["workspaceFolders"], expected["workspaceFolders"]);
        assert_eq!(kept["capabilities"], expected["capabilities"]);
        assert!(kept.get("processId").is_none() && kept.get("trace").is_none() && kept.get("rootUri").is_none());
    }

    #[test]
    fn no_parameters_and_absurd_ones_still_initialize() {
        for given in [None, Some(json!([])), Some(json!("x")), Some(json!({})), Some(json!({ "capabilities": null }))] {
            assert_eq!(initialize(given), json!({ "capabilities": {} }));
        }
    }

    #[test]
    fn good_parameters_are_untouched() {
        let given = json!({ "processId": 7, "capabilities": { "experimental": { "x": [1] } }, "unknown": true });
        assert_eq!(initialize(Some(given.clone())), given);
    }
}
