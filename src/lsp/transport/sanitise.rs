//! Parameters of a client are never refused for a detail that is of no use here: what does not parse is dropped.
//!
//! Clients send `trace: "compact"`, `rootUri: ""`, `processId: -1`, tokens beyond 32 bits, columns that mean "to the end of
//! the line", and what newer versions of the protocol have: a diagnostic whose message is Markdown comes back with every
//! request for code actions. Parameters that parse are left alone. Otherwise they are built up from what the method cannot
//! do without, for as long as the whole still parses. Where that is missing nothing else is passed on, so that the refusal
//! names it.

mod graft;
mod shapes;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tower_lsp::lsp_types::InitializeParams;

use graft::Parses;

/// The parameters of `initialize`, less what would not parse.
pub(super) fn initialize(params: Option<Value>) -> Value {
    let given = params.unwrap_or_else(|| json!({ "capabilities": {} }));
    if parses::<InitializeParams>(&given) {
        return given;
    }
    let mut kept = json!({ "capabilities": {} });
    if let Value::Object(given) = given {
        graft::members(&mut kept, given, parses::<InitializeParams>);
    }
    kept
}

/// The parameters of a request, less what would not parse.
pub(super) fn request(method: &str, params: Option<Value>) -> Option<Value> {
    let mut given = params?;
    clamp(&mut given);
    let Some(shape) = shapes::of(method) else { return Some(given) };
    if (shape.parses)(&given) {
        return Some(given);
    }
    for (list, element) in shape.lists {
        if let Some(Value::Array(elements)) = given.pointer_mut(list) {
            elements.retain_mut(|one| {
                plain_messages(one);
                let kept = element.reduced(std::mem::take(one));
                kept.is_ok_and(|kept| {
                    *one = kept;
                    true
                })
            });
        }
    }
    Some(shape.reduced(given).unwrap_or_else(|given| given))
}

/// The parameters of a notification that the ingress reads by the protocol's types.
pub(super) fn notification(method: &str, params: Option<Value>) -> Option<Value> {
    let mut params = params?;
    if method == "textDocument/didChange"
        && let Some(Value::Array(changes)) = params.get_mut("contentChanges")
    {
        for change in changes.iter_mut() {
            clamp(change);
            // Long out of use, and whatever it says the range holds.
            change.as_object_mut().and_then(|change| change.remove("rangeLength"));
        }
    }
    Some(params)
}

/// The members that a type of parameters requires.
struct Shape {
    /// Tests if a value has the type.
    parses: Parses,
    /// Pointers to what must have been given.
    needed: &'static [&'static str],
    /// The stand-in for an absent value, as JSON.
    otherwise: &'static str,
    /// Pointers to lists whose elements are taken one by one, and what an element is.
    lists: &'static [(&'static str, &'static Shape)],
}

impl Shape {
    /// As much of a value as parses. Where something needed is missing or wrong, what there is of that, so that whoever
    /// parses it names nothing else.
    fn reduced(&self, given: Value) -> Result<Value, Value> {
        if (self.parses)(&given) {
            return Ok(given);
        }
        let mut kept = serde_json::from_str(self.otherwise).unwrap_or_else(|_| json!({}));
        for pointer in self.needed {
            if let Some(value) = given.pointer(pointer) {
                put(&mut kept, pointer, value.clone());
            }
        }
        // Lists have been seen to, and may be long: they go in whole.
        for (list, _) in self.lists {
            if let Some(value) = given.pointer(list) {
                let before = kept.clone();
                put(&mut kept, list, value.clone());
                if !(self.parses)(&kept) {
                    kept = before;
                }
            }
        }
        match given {
            Value::Object(mut members) if (self.parses)(&kept) => {
                for (list, _) in self.lists {
                    take(&mut members, list);
                }
                graft::members(&mut kept, members, self.parses);
                Ok(kept)
            }
            Value::Object(_) => Err(kept),
            given => Err(given),
        }
    }
}

fn parses<T: DeserializeOwned>(value: &Value) -> bool {
    T::deserialize(value).is_ok()
}

/// Sets what a pointer leads to, with the objects on its way.
fn put(root: &mut Value, pointer: &str, value: Value) {
    let mut place = root;
    for name in pointer.split('/').skip(1) {
        if !place.is_object() {
            *place = json!({});
        }
        let Value::Object(members) = place else { return };
        place = members.entry(name).or_insert(Value::Null);
    }
    *place = value;
}

/// Takes out what a pointer leads to.
fn take(members: &mut serde_json::Map<String, Value>, pointer: &str) {
    let mut way: Vec<&str> = pointer.split('/').skip(1).collect();
    let Some(last) = way.pop() else { return };
    let mut members = Some(members);
    for name in way {
        members = members.and_then(|members| members.get_mut(name)?.as_object_mut());
    }
    members.and_then(|members| members.remove(last));
}

/// Positions within what the protocol's types hold. Too far is as good as the end, which is what it means.
fn clamp(value: &mut Value) {
    match value {
        Value::Array(elements) => elements.iter_mut().for_each(clamp),
        Value::Object(members) => {
            let is_position = members.contains_key("line") && members.contains_key("character");
            for (name, member) in members.iter_mut() {
                match member {
                    Value::Number(number) if is_position && matches!(name.as_str(), "line" | "character") => {
                        if number.as_u64().is_none_or(|number| u32::try_from(number).is_err()) {
                            // Saturates at both ends.
                            *member = json!(number.as_f64().unwrap_or(0.0) as u32);
                        }
                    }
                    // What is ours comes back as it was sent.
                    _ if name == "data" => {}
                    _ => clamp(member),
                }
            }
        }
        _ => {}
    }
}

/// A diagnostic's messages as text, where they are Markdown (protocol 3.18).
fn plain_messages(diagnostic: &mut Value) {
    let words = |message: &mut Value| {
        if let Some(words) = message.get("value").and_then(Value::as_str) {
            *message = json!(words);
        }
    };
    diagnostic.get_mut("message").into_iter().for_each(words);
    let related = diagnostic.get_mut("relatedInformation").and_then(Value::as_array_mut);
    related.into_iter().flatten().filter_map(|one| one.get_mut("message")).for_each(words);
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
        assert!(parses::<InitializeParams>(&kept));
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

    const NOTE: &str = "file:///desk/a.md";

    fn range() -> Value {
        json!({ "start": { "line": 0, "character": 1 }, "end": { "line": 0, "character": 4 } })
    }

    #[test]
    fn what_a_newer_client_sends_back_is_reduced_to_what_is_known() {
        let markup = json!({ "kind": "markdown", "value": "no \\[^1\\]" });
        let newer =
            json!({ "range": range(), "message": markup, "severity": 2, "tags": "new", "data": { "rule": "x" } });
        let related = json!([{ "location": { "uri": NOTE, "range": range() }, "message": markup }]);
        let older = json!({ "range": range(), "message": "as ever", "relatedInformation": related });
        let hopeless = json!({ "message": "nowhere" });
        let given = json!({
            "textDocument": { "uri": NOTE },
            "range": range(),
            "context": { "diagnostics": [newer, older, hopeless], "only": ["quickfix", 7], "triggerKind": "hover" },
            "workDoneToken": 4_294_967_296_u64,
        });
        let kept = request("textDocument/codeAction", Some(given)).unwrap();
        assert!(parses::<tower_lsp::lsp_types::CodeActionParams>(&kept), "{kept}");
        let diagnostics = &kept["context"]["diagnostics"];
        assert_eq!(diagnostics.as_array().map(Vec::len), Some(2), "{kept}");
        assert_eq!(
            diagnostics[0],
            json!({ "range": range(), "message": "no \\[^1\\]", "severity": 2, "data": { "rule": "x" } })
        );
        assert_eq!(diagnostics[1]["relatedInformation"][0]["message"], "no \\[^1\\]");
        assert_eq!(kept["context"]["only"], json!(["quickfix"]));
        assert!(kept["context"].get("triggerKind").is_none() && kept.get("workDoneToken").is_none());
    }

    #[test]
    fn what_parses_is_untouched_and_what_lacks_its_subject_stays_wrong() {
        let place = json!({ "line": 1, "character": 2 });
        let sound = json!({ "textDocument": { "uri": NOTE }, "position": place, "newer": [1] });
        let missing = json!({ "textDocument": { "uri": NOTE } });
        let wrong = json!({ "textDocument": { "uri": 7 }, "position": place });
        for given in [sound, missing.clone(), wrong] {
            assert_eq!(request("textDocument/hover", Some(given.clone())), Some(given));
        }
        let both = json!({ "textDocument": { "uri": NOTE }, "workDoneToken": [] });
        assert_eq!(request("textDocument/hover", Some(both)), Some(missing));
        assert_eq!(request("textDocument/hover", None), None);
        assert_eq!(request("textDocument/hover", Some(json!([]))), Some(json!([])));
    }

    #[test]
    fn positions_are_brought_within_bounds_except_in_what_is_ours() {
        for (given, kept) in [(json!(-1), 0), (json!(1e300), u32::MAX), (json!(4.0), 4), (json!(u64::MAX), u32::MAX)] {
            let data = json!({ "line": given, "character": given });
            let hint = json!({ "position": { "line": 3, "character": given }, "label": "x", "data": data });
            let reduced = request("inlayHint/resolve", Some(hint)).unwrap();
            assert_eq!((&reduced["position"]["line"], &reduced["position"]["character"]), (&json!(3), &json!(kept)));
            assert_eq!(reduced["data"], data);
        }
    }

    #[test]
    fn every_shape_is_parsed_by_what_it_calls_needed() {
        for (methods, shape) in shapes::ALL {
            let mut least: Value = serde_json::from_str(shape.otherwise).unwrap();
            for pointer in shape.needed {
                let value = match pointer.rsplit('/').next().unwrap() {
                    "uri" => json!(NOTE),
                    "position" => json!({ "line": 0, "character": 0 }),
                    "positions" => json!([{ "line": 0, "character": 0 }]),
                    "range" | "selectionRange" => range(),
                    "kind" => json!(5),
                    "location" => json!({ "uri": NOTE }),
                    _ => json!("words"),
                };
                put(&mut least, pointer, value);
            }
            assert!((shape.parses)(&least), "{methods:?} {least}");
            // Nothing more is needed, and nothing less will do.
            for pointer in shape.needed {
                let mut less = least.clone();
                take(less.as_object_mut().unwrap(), pointer);
                assert!(!(shape.parses)(&less), "{methods:?} {pointer}");
            }
        }
    }
}
