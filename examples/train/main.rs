//! Trains the model that recognises names: `src/analysis/mentions/model.bin`.
//!
//! ```text
//! cargo run --release --example train -- DATA OUT [--quick | --gold]
//! ```
//!
//! `DATA` is a folder with
//! - `labelled/ner-{btc,gum,re3d,sec,wikigold,wnut17}.train.jsonl`: a line `{"text", "entities": [{"start", "end", "type"}]}`,
//!   offsets in code points; all openly licensed (NOTICE names them);
//! - `text/*.jsonl`: openly licensed prose without labels, a line `{"id", "text"}`.
//!
//! `… --example train -- tag MODEL` instead reads lines `{"id", "text"}` and writes the mentions that a model finds, in
//! the form of `whosaid analyze --jsonl`, so that a candidate can be scored before it ships.
//!
//! Steps, each with a fixed seed, so that a second run gives the same bytes:
//! 1. Read the labelled text with the library's own tokenizer and bring its conventions to ours (`data`): no titles,
//!    articles or trailing clauses inside a name, "City, Country" are two names, nationalities are groups. Where a corpus
//!    does not label a kind at all, its tokens may be of that kind; the learner fills them in with what it thinks best.
//! 2. Learn an averaged perceptron over label sequences (`perceptron`) from the labelled text.
//! 3. Label the prose with it. The prose is cut in two halves; each half is then labelled anew by a model that learned
//!    from the labelled text and the other half only, so that no model confirms its own first thoughts.
//! 4. Learn from labelled text (twice) and prose together, with several orders of the documents; the average of these
//!    models is written as bytes.
//!
//! A run takes the first 60 % of the prose and a minute or two in a release build; the model that ships was made so.
//! `--quick` takes 30 % and one order of the documents, `--gold` stops after step 2. All of the prose, other weights of the
//! labelled text and other numbers of orders were tried: the scores move within a hundredth, so what is missing is not more
//! of the same text but other features or other labelled text.
//!
//! `… --example train -- lists DATA` and `… evidence DATA` make and check the word lists: see `lists`.
//!
//! After any change to `features`, `words`, `context`, the rules or the lists, train anew: the model knows what the
//! features meant when it learned them. Score the candidate with `tag` before it replaces `model.bin`.
//!
//! Features and decoding are the library's own, so that what is learned is what runs.

mod data;
mod lists;
mod perceptron;
mod tag;

use std::path::Path;
use std::process::ExitCode;

use data::Document;
use perceptron::Learner;

const ORDERS: u64 = 4;
const EPOCHS: usize = 8;
/// How much of the prose is labelled by the model itself. More of it only confirms the model: measured, not believed.
const SHARE: f64 = 0.6;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (Some(folder), Some(out)) = (args.first(), args.get(1)) else {
        eprintln!("usage: train DATA OUT [--quick]");
        return ExitCode::from(2);
    };
    if folder == "tag" {
        return match tag::filter(Path::new(out)) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("train tag: {error}");
                ExitCode::FAILURE
            }
        };
    }
    if folder == "evidence" || folder == "lists" {
        let data = Path::new(out);
        let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lexicon/data");
        let done = if folder == "lists" { lists::candidates(data) } else { lists::evidence(data, &own) };
        return match done {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("train {folder}: {error}");
                ExitCode::FAILURE
            }
        };
    }
    let quick = args.iter().any(|arg| arg == "--quick");
    let gold_only = args.iter().any(|arg| arg == "--gold");
    match run(Path::new(folder), Path::new(out), quick, gold_only) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("train: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(folder: &Path, out: &Path, quick: bool, gold_only: bool) -> std::io::Result<()> {
    let gold = data::labelled(&folder.join("labelled"))?;
    eprintln!("labelled: {} documents, {} candidates", gold.len(), candidates(&gold));
    let first = learn(&[&gold], EPOCHS, 1);
    if gold_only {
        return std::fs::write(out, first.bytes());
    }
    let mut prose = data::prose(&folder.join("text"), if quick { 0.3 } else { SHARE })?;
    eprintln!("prose: {} documents, {} candidates", prose.len(), candidates(&prose));
    let mut halves = (prose.split_off(prose.len() / 2), prose);
    for half in [&mut halves.0, &mut halves.1] {
        first.label(half);
    }
    let cross = if quick { 4 } else { EPOCHS - 3 };
    let (left, right) = (learn(&[&gold, &halves.1], cross, 2), learn(&[&gold, &halves.0], cross, 3));
    left.label(&mut halves.0);
    right.label(&mut halves.1);
    let mut sum = Learner::new();
    for order in 0..if quick { 1 } else { ORDERS } {
        let parts: &[&[Document]] = if std::env::var("G2").is_ok() {
            &[&gold, &gold, &halves.0, &halves.1]
        } else {
            &[&gold, &halves.0, &halves.1]
        };
        sum.take_in(&learn(parts, if quick { 5 } else { EPOCHS - 2 }, 10 + order));
    }
    std::fs::write(out, sum.bytes())
}

fn learn(parts: &[&[Document]], epochs: usize, seed: u64) -> Learner {
    let documents: Vec<&Document> = parts.iter().flat_map(|part| part.iter()).collect();
    let mut learner = Learner::new();
    learner.learn(&documents, epochs, seed);
    learner
}

fn candidates(documents: &[Document]) -> usize {
    documents.iter().flat_map(|document| &document.runs).map(|run| run.allowed.len()).sum()
}
