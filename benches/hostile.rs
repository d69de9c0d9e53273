//! Text made to be slow: `cargo bench --bench hostile`.
//!
//! Each kind of odd text is analysed and checked in one size and in twice that size. What is linear takes twice as long;
//! the bench fails where it takes more than [`MOST`] times as long.

#![allow(clippy::print_stdout, missing_docs)]

#[allow(dead_code)]
mod support;

use std::sync::Arc;
use std::time::{Duration, Instant};

use whosaid::analysis::{AnalysisConfig, Memo, analyze};
use whosaid::rules::{self, CheckOptions};
use whosaid::structure::Format;
use whosaid::workspace::{Change, FileId, NoteEntry, Workspace};

/// Bytes of the smaller text.
const SIZE: usize = 60_000;
/// How many times as long twice the text may take: two, and what a noisy machine adds.
const MOST: f64 = 3.0;
/// Runs of each, of which the fastest counts.
const RUNS: usize = 5;

/// A piece of text, repeated until the size is reached.
const KINDS: [(&str, &str); 18] = [
    ("prose", "Lidia Marr of Norvik Shipping said on Monday that 40 cranes had left Port Sarn. "),
    ("quotation marks that never close", "“Pell said \"it was ‘shut "),
    ("brackets within brackets", "[(["),
    ("brackets that never close", "Marr [(Pell "),
    ("footnotes without end", "[^a] [^b]: "),
    ("links that never close", "[Port Sarn](<"),
    ("emphasis that never closes", "**_Marr "),
    ("one word", "Sarn"),
    ("one sentence of capitals", "Norvik Sarn Marr "),
    ("names alone", "Nadim Haddad, Lidia Marr, Teo Brandt and "),
    ("figures alone", "40 1,000 30% $5 million "),
    ("reporting verbs alone", "said told reported claimed "),
    ("said that he said", "Pell said that Marr claimed that "),
    ("points alone", ". . . "),
    ("initials alone", "A. B. C. "),
    ("according to", "according to Pell, "),
    ("comments that never close", "<!-- whosaid-disable A101 "),
    ("lines of one letter", "a\n\n"),
];

/// The least time that a text takes.
fn time(text: &str) -> Duration {
    let once = || {
        let began = Instant::now();
        let facts = Arc::new(analyze(text, Format::Markdown, &AnalysisConfig::default(), &mut Memo::default()));
        let mut workspace = Workspace::default();
        workspace.apply(Change::Note(FileId(0), NoteEntry::new("note.md", text, facts)));
        let _ = rules::check(&workspace.snapshot(), FileId(0), CheckOptions::default());
        began.elapsed()
    };
    (0..RUNS).map(|_| once()).min().unwrap_or_default()
}

fn main() {
    println!("{:<40} {:>10} {:>10} {:>7}", "text", "60 kB, ms", "120 kB, ms", "ratio");
    let mut slow = Vec::new();
    for (kind, piece) in KINDS {
        let text = piece.repeat(2 * SIZE / piece.len());
        let half = (0..=SIZE.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
        let (one, two) = (time(&text[..half]), time(&text));
        let ratio = two.as_secs_f64() / one.as_secs_f64().max(1e-9);
        println!("{kind:<40} {:>10.1} {:>10.1} {ratio:>7.2}", one.as_secs_f64() * 1000.0, two.as_secs_f64() * 1000.0);
        if ratio > MOST {
            slow.push(kind);
        }
    }
    if !slow.is_empty() {
        println!("\nmore than linear: {}", slow.join(", "));
        std::process::exit(1);
    }
}
