//! Mentions by a model that does not ship (yet), for scoring.

use std::io::{BufRead, Write};
use std::path::Path;

use serde_json::{Value, json};
use whosaid::analysis::mentions::{self, MentionMemo, model::Model};
use whosaid::structure::{self, Format, TokenMemo};

/// Answers each line of standard input.
pub(crate) fn filter(model: &Path) -> std::io::Result<()> {
    let bytes = std::fs::read(model)?;
    let model = Model::of(&bytes).ok_or_else(|| std::io::Error::other("not a model of this size"))?;
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let row: Value = serde_json::from_str(&line?)?;
        let text = row.get("text").and_then(Value::as_str).unwrap_or("");
        let note = structure::parse(text, Format::Plain, &mut TokenMemo::default());
        let mentions: Vec<Value> = mentions::recognise_with(model, text, &note, &mut MentionMemo::default())
            .0
            .into_iter()
            .map(|m| json!({"start": m.range.start, "end": m.range.end, "type": m.kind.as_str(), "entity": null}))
            .collect();
        writeln!(out, "{}", json!({"id": row.get("id"), "mentions": mentions}))?;
    }
    Ok(())
}
