//! `whosaid analyze`: what the core knows of a text, as JSON.
//!
//! With `--jsonl` it is a filter: one `{"id", "text"}` a line in, one line out, in order. Every `start` and `end` is a
//! byte offset into the UTF-8 text, end exclusive. `"path"` with a Markdown extension makes the text Markdown. Each
//! text is checked alone, at the default profile.

use std::io::{BufRead, Read, Write};
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{AnalyzeArgs, Failure, load};
use crate::analysis::facts::{NoteFacts, SourceKind, Sourced};
use crate::analysis::{self, AnalysisConfig, Memo};
use crate::rules::{self, CheckOptions, Finding};
use crate::structure::Format;
use crate::text::TextRange;
use crate::workspace::{Change, FileId, NoteEntry, Workspace};

/// The end of the command's help.
pub(super) const EXAMPLES: &str = "\
Examples:
  whosaid analyze note.md
  pbpaste | whosaid analyze
  whosaid analyze --jsonl < articles.jsonl > facts.jsonl

Every start and end is a byte offset into the UTF-8 text, end exclusive.";

/// Bytes of input that are analysed side by side before the answers are written, in order.
const BATCH: usize = 4 << 20;

/// Prints what is known of a text, or of each text of a JSON Lines input in order.
///
/// # Errors
/// If the text cannot be read or the output not be written.
pub(super) fn run(args: &AnalyzeArgs, out: &mut impl Write) -> Result<u8, Failure> {
    if args.jsonl {
        let out = std::io::BufWriter::with_capacity(1 << 16, out);
        filter(std::io::stdin().lock(), out, args.threads)?;
        return Ok(0);
    }
    let (text, format, name) = match args.file.as_deref().filter(|file| file.as_os_str() != "-") {
        Some(file) => {
            let name = file.to_string_lossy().into_owned();
            (load::text_of(file)?, Format::of_path(&name), name)
        }
        None => {
            let mut bytes = Vec::new();
            std::io::stdin().lock().read_to_end(&mut bytes)?;
            let format = if args.markdown { Format::Markdown } else { Format::Plain };
            (String::from_utf8_lossy(&bytes).into_owned(), format, "-".to_owned())
        }
    };
    serde_json::to_writer_pretty(&mut *out, &document(name.into(), text, None, Some(format)))?;
    writeln!(out)?;
    Ok(0)
}

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
    findings: Vec<FindingOut>,
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
    speech: &'static str,
}

#[derive(Serialize)]
struct ClaimOut {
    #[serde(flatten)]
    span: Span,
    kind: &'static str,
    sourced: &'static str,
}

#[derive(Serialize)]
struct FindingOut {
    code: &'static str,
    name: &'static str,
    level: &'static str,
    #[serde(flatten)]
    span: Span,
    message: String,
}

impl From<Finding> for FindingOut {
    fn from(finding: Finding) -> Self {
        Self {
            code: finding.rule.code,
            name: finding.rule.name,
            level: finding.level.as_str(),
            span: finding.range.into(),
            message: finding.message,
        }
    }
}

/// Answers each line of `input` on `output`, with `threads` threads (0: one per core).
///
/// # Errors
/// When reading or writing fails, or a line is not the JSON that the contract asks for; the message names the line.
pub fn filter(mut input: impl BufRead, mut output: impl Write, threads: usize) -> std::io::Result<()> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().map_err(std::io::Error::other)?;
    let (mut lines, mut number): (Vec<(usize, Vec<u8>)>, usize) = (Vec::new(), 0);
    loop {
        let (mut size, mut ended) = (0, false);
        while size < BATCH {
            let mut line = Vec::new();
            if input.read_until(b'\n', &mut line)? == 0 {
                ended = true;
                break;
            }
            number += 1;
            size += line.len();
            if !line.trim_ascii().is_empty() {
                lines.push((number, line));
            }
        }
        let answers: Vec<std::io::Result<Vec<u8>>> =
            pool.install(|| lines.par_drain(..).map(|(number, line)| answer(number, &line)).collect());
        for answer in answers {
            output.write_all(&answer?)?;
        }
        if ended {
            return output.flush();
        }
    }
}

fn answer(number: usize, line: &[u8]) -> std::io::Result<Vec<u8>> {
    let row: Input = serde_json::from_slice(line)
        .map_err(|error| std::io::Error::new(std::io::ErrorKind::InvalidData, format!("line {number}: {error}")))?;
    let mut answer = Vec::with_capacity(line.len() * 2);
    serde_json::to_writer(&mut answer, &document(row.id, row.text, row.path.as_deref(), None))?;
    answer.push(b'\n');
    Ok(answer)
}

/// Everything that is known of one text alone.
fn document(id: serde_json::Value, text: String, path: Option<&str>, format: Option<Format>) -> Document {
    let format = format.unwrap_or_else(|| path.map_or(Format::Plain, Format::of_path));
    let facts = Arc::new(analysis::analyze(&text, format, &AnalysisConfig::default(), &mut Memo::default()));
    let mut workspace = Workspace::default();
    workspace.apply(Change::Note(FileId(0), NoteEntry::new(path.unwrap_or("text.txt"), text, Arc::clone(&facts))));
    let findings = rules::check(&workspace.snapshot(), FileId(0), CheckOptions::default());
    out(id, &facts, findings)
}

fn out(id: serde_json::Value, facts: &NoteFacts, findings: Vec<Finding>) -> Document {
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
                speech: a.speech.as_str(),
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
        findings: findings.into_iter().map(FindingOut::from).collect(),
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
