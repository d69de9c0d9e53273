//! JSON-RPC messages as they come in, and the mending of what clients are known to get wrong.

use serde_json::Value;

/// A message from the client.
#[derive(Debug, PartialEq)]
pub(super) enum Incoming {
    /// Wants an answer under `id`, which is given back exactly as it came.
    Request { id: Value, method: String, params: Option<Value> },
    /// Wants none.
    Notification { method: String, params: Option<Value> },
    /// Answers a request of ours.
    Reply { id: Value, result: Result<Value, Value> },
    /// JSON, but no message; to be refused under `id`.
    Invalid { id: Value },
}

/// Reads one body; none if it is no JSON.
pub(super) fn read(body: &[u8]) -> Option<Incoming> {
    let value = serde_json::from_slice(body).ok().or_else(|| serde_json::from_str(&mended(body)).ok())?;
    Some(classify(value))
}

fn classify(value: Value) -> Incoming {
    let Value::Object(mut message) = value else { return Incoming::Invalid { id: Value::Null } };
    let id = message.remove("id");
    let params = message.remove("params").filter(|params| !params.is_null());
    match (message.remove("method"), id) {
        (Some(Value::String(method)), None) => Incoming::Notification { method, params },
        (Some(Value::String(method)), Some(id)) if is_id(&id) => Incoming::Request { id, method, params },
        (None, Some(id)) if is_id(&id) => {
            let result = match message.remove("error") {
                Some(error) if !error.is_null() => Err(error),
                // Some clients leave out a result that is null.
                _ => Ok(message.remove("result").unwrap_or(Value::Null)),
            };
            Incoming::Reply { id, result }
        }
        (_, id) => Incoming::Invalid { id: id.filter(is_id).unwrap_or(Value::Null) },
    }
}

fn is_id(id: &Value) -> bool {
    matches!(id, Value::Number(_) | Value::String(_))
}

/// The body with what JSON forbids replaced by U+FFFD, one for one in UTF-16 units, so that positions still hold:
/// bytes that are no UTF-8, and `\ud83d` without its other half, which editors send when half a pair is deleted.
fn mended(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_ref();
    while let Some((before, escape)) = rest.find('\\').and_then(|at| rest.split_at_checked(at)) {
        out.push_str(before);
        let taken = match (surrogate(escape), escape.get(6..).and_then(surrogate)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => 12,
            (Some(_), _) => {
                out.push_str("\\ufffd");
                rest = escape.get(6..).unwrap_or_default();
                continue;
            }
            _ => 1 + escape.chars().nth(1).map_or(0, char::len_utf8),
        };
        let (kept, after) = escape.split_at_checked(taken).unwrap_or((escape, ""));
        out.push_str(kept);
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The surrogate that a text starts with as `\uD83D`.
fn surrogate(text: &str) -> Option<u32> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    u32::from_str_radix(digits, 16).ok().filter(|unit| (0xD800..=0xDFFF).contains(unit))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_json_but_no_message_is_refused_under_its_id() {
        assert_eq!(read(b"[]"), Some(Incoming::Invalid { id: Value::Null }));
        assert_eq!(read(br#"{"method":7,"id":3}"#), Some(Incoming::Invalid { id: json!(3) }));
        assert_eq!(read(br#"{"method":"x","id":{}}"#), Some(Incoming::Invalid { id: Value::Null }));
        assert_eq!(read(b"{}"), Some(Incoming::Invalid { id: Value::Null }));
        assert_eq!(read(b"{"), None);
    }

    #[test]
    fn half_a_pair_and_bytes_that_are_no_text_are_mended() {
        let params = |body: &[u8]| match read(body) {
            Some(Incoming::Notification { params: Some(Value::String(text)), .. }) => text,
            other => panic!("{other:?}"),
        };
        assert_eq!(
            params(br#"{"method":"x","params":"a\ud83db\\ud83d \ud83d\ude00 \ude00"}"#),
            "a\u{fffd}b\\ud83d 😀 \u{fffd}"
        );
        assert_eq!(params(b"{\"method\":\"x\",\"params\":\"caf\xe9\"}"), "caf\u{fffd}");
    }

    #[test]
    fn a_reply_may_lack_its_result() {
        assert_eq!(read(br#"{"id":1}"#), Some(Incoming::Reply { id: json!(1), result: Ok(Value::Null) }));
        let refused = Incoming::Reply { id: json!(1), result: Err(json!({"code": 1})) };
        assert_eq!(read(br#"{"id":1,"error":{"code":1}}"#), Some(refused));
    }
}
