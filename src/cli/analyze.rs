//! `whosaid analyze`: what the core knows of a text, as JSON.
//!
//! With `--jsonl` it is a filter: one `{"id", "text"}` a line in, one line out, in order. Every `start` and `end` is a
//! byte offset into the UTF-8 text, end exclusive. `"path"` with a Markdown extension makes the text Markdown.

use std::io::{BufRead, Write};

use serde::{Deserialize, Serialize};

use crate::analysis::facts::{NoteFacts, SourceKind, Sourced};
use crate::analysis::{self, AnalysisConfig, Memo};
use crate::structure::Format;
use crate::text::TextRange;

#[derive(Deserialize)]
struct Input {
    id: serde_json::Value,
    text: String,
    #[serde(default)]
    path: Option<String>,
}

#[derive(Serialize)]
struct Span {
    start: u32,
    end: u32,
}

impl From<TextRange> for Span {
    fn from(range: TextRange) -> Self {
        Self { start: range.start, end: range.end }
    }
}

#[derive(Serialize)]
struct Document {
    id: serde_json::Value,
    entities: Vec<EntityOut>,
    mentions: Vec<MentionOut>,
    attributions: Vec<AttributionOut>,
    claims: Vec<ClaimOut>,
    findings: Vec<serde_json::Value>,
}

#[derive(Serialize)]
struct EntityOut {
    id: String,
    name: String,
    r#type: &'static str,
}

#[derive(Serialize)]
struct MentionOut {
    #[serde(flatten)]
    span: Span,
    r#type: &'static str,
    entity: Option<String>,
}

#[derive(Serialize)]
struct AttributionOut {
    source: Vec<Span>,
    cue: Vec<Span>,
    content: Vec<Span>,
    kind: &'static str,
}

#[derive(Serialize)]
struct ClaimOut {
    #[serde(flatten)]
    span: Span,
    kind: &'static str,
    sourced: &'static str,
}

/// Answers each line of `input` on `output`.
///
/// # Errors
/// When reading or writing fails, or a line is not the JSON that the contract asks for; the message names the line.
pub fn filter(input: impl BufRead, mut output: impl Write) -> std::io::Result<()> {
    for (number, line) in input.lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let row: Input = serde_json::from_str(&line).map_err(|error| {
            std::io::Error::new(std::io::ErrorKind::InvalidData, format!("line {}: {error}", number + 1))
        })?;
        let format = row.path.as_deref().map_or(Format::Plain, Format::of_path);
        let facts = analysis::analyze(&row.text, format, &AnalysisConfig::default(), &mut Memo::default());
        serde_json::to_writer(&mut output, &document(row.id, &facts))?;
        output.write_all(b"\n")?;
    }
    output.flush()
}

fn document(id: serde_json::Value, facts: &NoteFacts) -> Document {
    let spans = |ranges: &[TextRange]| ranges.iter().map(|&range| range.into()).collect();
    Document {
        id,
        entities: facts
            .entities
            .iter()
            .enumerate()
            .map(|(n, e)| EntityOut { id: format!("e{n}"), name: e.name.clone(), r#type: e.kind.as_str() })
            .collect(),
        mentions: facts
            .mentions
            .iter()
            .map(|m| MentionOut {
                span: m.range.into(),
                r#type: m.kind.as_str(),
                entity: m.entity.map(|e| format!("e{e}")),
            })
            .collect(),
        attributions: facts
            .attributions
            .iter()
            .map(|a| AttributionOut {
                source: spans(&a.source),
                cue: spans(&a.cue),
                content: spans(&a.content),
                kind: a.kind.as_str(),
            })
            .collect(),
        claims: facts
            .claims
            .iter()
            .map(|c| ClaimOut {
                span: c.range.into(),
                kind: c.kind.as_str(),
                sourced: sourced(c.sourced, c.source_kind),
            })
            .collect(),
        findings: Vec::new(),
    }
}

fn sourced(how: Sourced, kind: Option<SourceKind>) -> &'static str {
    match how {
        Sourced::None if kind == Some(SourceKind::Vague) => "vague",
        Sourced::None => "none",
        Sourced::Carried(_) => "carried",
        Sourced::Citation(_) => "citation",
        Sourced::Attribution(_) => kind.map_or("named", |k| k.as_str()),
    }
}
