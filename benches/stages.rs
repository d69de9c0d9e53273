//! Each stage of the core on invented prose: `cargo bench --bench stages`. Figures are per note; throughput is printed.

#![allow(missing_docs)]

#[allow(dead_code)]
mod support;

use std::sync::Arc;

use divan::Bencher;
use divan::counter::BytesCount;
use whosaid::analysis::attributions::AttributionMemo;
use whosaid::analysis::corrections::Corrections;
use whosaid::analysis::mentions::MentionMemo;
use whosaid::analysis::stages::{Attributions, Entities, Mentions, Quotations};
use whosaid::analysis::{AnalysisConfig, Memo, analyze, attributions, claims, coreference, mentions, quotations};
use whosaid::rules::{self, CheckOptions};
use whosaid::structure::{Format, Note, TokenMemo, parse};
use whosaid::text::LineIndex;
use whosaid::workspace::{Change, FileId, NoteEntry, Workspace};

const SIZES: [usize; 3] = [5_000, 20_000, 120_000];

fn main() {
    divan::main();
}

#[divan::bench(args = SIZES)]
fn line_index(bencher: Bencher, size: usize) {
    let text = support::note(1, size);
    bencher.counter(BytesCount::of_str(&text)).bench(|| LineIndex::new(&text));
}

#[divan::bench(args = SIZES)]
fn structure_cold(bencher: Bencher, size: usize) {
    let text = support::note(2, size);
    bencher.counter(BytesCount::of_str(&text)).bench(|| parse(&text, Format::Markdown, &mut TokenMemo::default()));
}

#[divan::bench(args = SIZES)]
fn structure_warm(bencher: Bencher, size: usize) {
    let text = support::note(2, size);
    let mut memo = TokenMemo::default();
    let _ = parse(&text, Format::Markdown, &mut memo);
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| parse(&text, Format::Markdown, &mut memo));
}

#[divan::bench(args = SIZES)]
fn analysis_cold(bencher: Bencher, size: usize) {
    let text = support::note(3, size);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| analyze(&text, Format::Markdown, &AnalysisConfig::default(), &mut Memo::default()));
}

/// One sentence differs from the text that the memo knows: what a keystroke costs.
#[divan::bench(args = SIZES)]
fn analysis_after_a_keystroke(bencher: Bencher, size: usize) {
    let text = support::line(4, size);
    let mut memo = Memo::default();
    let config = AnalysisConfig::default();
    let _ = analyze(&text, Format::Markdown, &config, &mut memo);
    let middle = text.char_indices().map(|(at, _)| at).find(|&at| at >= text.len() / 2).unwrap_or(0);
    let mut typed = 0u32;
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| {
        typed += 1;
        let edited = format!("{}x{typed}{}", &text[..middle], &text[middle..]);
        analyze(&edited, Format::Markdown, &config, &mut memo)
    });
}

/// Names alone, of a note whose shape is known.
#[divan::bench(args = SIZES)]
fn mentions_cold(bencher: Bencher, size: usize) {
    let text = support::note(5, size);
    let note = parse(&text, Format::Markdown, &mut TokenMemo::default());
    bencher.counter(BytesCount::of_str(&text)).bench(|| recognised(&text, &note));
}

#[divan::bench(args = SIZES)]
fn coreference_of_found_names(bencher: Bencher, size: usize) {
    let text = support::note(5, size);
    let note = parse(&text, Format::Markdown, &mut TokenMemo::default());
    let mentions = recognised(&text, &note);
    bencher
        .counter(BytesCount::of_str(&text))
        .with_inputs(|| mentions.clone())
        .bench_values(|mentions| coreference::resolve(&text, &note, mentions, &Corrections::default()));
}

fn recognised(text: &str, note: &Note) -> Mentions {
    mentions::recognise(text, note, &Corrections::default(), &mut MentionMemo::default())
}

/// The stages before the claims.
fn sourced(text: &str) -> (Note, Entities, Quotations, Attributions) {
    let note = parse(text, Format::Markdown, &mut TokenMemo::default());
    let entities = coreference::resolve(text, &note, recognised(text, &note), &Corrections::default());
    let quotations = quotations::find(text, &note);
    let attributions = attributions::find(text, &note, &entities, &quotations, &mut AttributionMemo::default());
    (note, entities, quotations, attributions)
}

#[divan::bench(args = SIZES)]
fn quotations_cold(bencher: Bencher, size: usize) {
    let text = support::note(5, size);
    let note = parse(&text, Format::Markdown, &mut TokenMemo::default());
    bencher.counter(BytesCount::of_str(&text)).bench(|| quotations::find(&text, &note));
}

/// Attributions of a note whose names are known.
#[divan::bench(args = SIZES)]
fn attributions_cold(bencher: Bencher, size: usize) {
    let text = support::note(5, size);
    let (note, entities, quotations, _) = sourced(&text);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| attributions::find(&text, &note, &entities, &quotations, &mut AttributionMemo::default()));
}

/// Claims of a note whose attributions are known.
#[divan::bench(args = SIZES)]
fn claims_of_known_attributions(bencher: Bencher, size: usize) {
    let text = support::note(5, size);
    let config = AnalysisConfig::default();
    let (note, entities, quotations, attributions) = sourced(&text);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| claims::find(&text, &note, &entities, &quotations, &attributions, &config));
}

/// What is gathered of a note for the workspace.
#[divan::bench(args = SIZES)]
fn brief(bencher: Bencher, size: usize) {
    let text: Arc<str> = support::note(5, size).into();
    let facts = Arc::new(analyze(&text, Format::Markdown, &AnalysisConfig::default(), &mut Memo::default()));
    let inputs = || (text.clone(), facts.clone());
    bencher
        .counter(BytesCount::of_str(&text))
        .with_inputs(inputs)
        .bench_values(|(text, facts)| NoteEntry::new("note.md", text, facts));
}

/// All rules on a note that is known.
#[divan::bench(args = SIZES)]
fn rules_of_a_note(bencher: Bencher, size: usize) {
    let text = support::note(5, size);
    let facts = analyze(&text, Format::Markdown, &AnalysisConfig::default(), &mut Memo::default());
    let mut workspace = Workspace::default();
    workspace.apply(Change::Note(FileId(0), NoteEntry::new("note.md", text.clone(), facts)));
    let snapshot = workspace.snapshot();
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| rules::check(&snapshot, FileId(0), CheckOptions::default()));
}

/// Text that invites quadratic work, at n and 2n: the figures of the second are to be about twice those of the first.
#[divan::bench(args = [
    ("> ", 20_000), ("> ", 40_000),
    ("[", 20_000), ("[", 40_000),
    ("(", 20_000), ("(", 40_000),
    ("“the gate is shut. ", 5_000), ("“the gate is shut. ", 10_000),
    ("said, Pell, who said ", 5_000), ("said, Pell, who said ", 10_000),
    ("<!-- whosaid: off A101 -->\n\nThe port handled 38 million tonnes.\n\n", 2_000),
    ("<!-- whosaid: off A101 -->\n\nThe port handled 38 million tonnes.\n\n", 4_000),
])]
fn hostile_text(bencher: Bencher, (piece, times): (&str, usize)) {
    let text = piece.repeat(times);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| analyze(&text, Format::Markdown, &AnalysisConfig::default(), &mut Memo::default()));
}

/// What a start costs for a thousand notes whose store is there, and what one writes.
mod store {
    use std::path::Path;
    use std::sync::Arc;

    use divan::Bencher;
    use divan::counter::ItemsCount;
    use whosaid::analysis::{AnalysisConfig, Memo, analyze};
    use whosaid::project::kept::Kept;
    use whosaid::store::Stamp;
    use whosaid::structure::Format;
    use whosaid::workspace::brief::Brief;
    use whosaid::workspace::{FileId, NoteEntry, Workspace};

    const NOTES: usize = 1000;

    fn briefs() -> Vec<Arc<Brief>> {
        (0..NOTES)
            .map(|number| {
                let text = super::support::note(number as u64, 1500);
                let facts = analyze(&text, Format::Markdown, &AnalysisConfig::default(), &mut Memo::default());
                NoteEntry::new(format!("{number}.md"), text, facts).brief
            })
            .collect()
    }

    type Found = Vec<(Arc<str>, Arc<Brief>)>;

    fn open(file: &Path) -> (Kept, Found) {
        let (kept, found) = Kept::open(file, Path::new("/bench"), |trouble| panic!("{trouble}"), Arc::clone);
        (kept, found.notes)
    }

    fn keep(kept: &Kept, briefs: &[Arc<Brief>]) {
        briefs.iter().for_each(|brief| kept.keep(&brief.path, Stamp::default(), brief));
        kept.flush();
    }

    #[divan::bench]
    fn write(bencher: Bencher) {
        let (folder, briefs) = (tempfile::tempdir().expect("a folder"), briefs());
        let mut number = 0;
        bencher.counter(ItemsCount::new(NOTES)).bench_local(|| {
            number += 1;
            keep(&open(&folder.path().join(format!("{number}.sqlite"))).0, &briefs);
        });
    }

    #[divan::bench]
    fn read(bencher: Bencher) {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("store.sqlite");
        keep(&open(&file).0, &briefs());
        bencher.counter(ItemsCount::new(NOTES)).bench_local(|| open(&file).1.len());
    }

    #[divan::bench]
    fn load_into_a_workspace(bencher: Bencher) {
        let briefs = briefs();
        let all = || briefs.iter().enumerate().map(|(n, brief)| (FileId(n as u32), brief.clone())).collect();
        bencher.counter(ItemsCount::new(NOTES)).with_inputs(all).bench_local_values(|notes| {
            let mut workspace = Workspace::default();
            workspace.load(notes);
            workspace
        });
    }
}
