//! How well the engines read: precision and recall on some 200 invented, labelled sentences.
//!
//! The files in `tests/accuracy/` are for people to read and to add to. A sentence stands on a line of its own with its
//! names marked, `[Nadim Haddad:person]`; what it is stands indented below it: claim kind, source (the words of
//! `whosaid analyze`), and `!` where an editor would want a mark. Sentences without a blank line between them are one
//! paragraph. A sentence without a label counts for names only. `#` begins a comment.
//!
//! `cargo test --test accuracy -- --nocapture` prints the figures. The floors are what is reached, rounded down, so
//! that a change for the worse fails; raise them when the engines get better. The sentences are few and clean: figures
//! on real text are in `docs/ACCURACY.md`.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use whosaid::analysis::{self, AnalysisConfig, Memo};
use whosaid::config::Level;
use whosaid::rules::{self, CheckOptions, Family};
use whosaid::structure::Format;
use whosaid::text::TextRange;
use whosaid::workspace::{Change, FileId, NoteEntry, Workspace};

const FILES: [(&str, &str); 5] = [
    ("wire", include_str!("accuracy/wire.txt")),
    ("quotations", include_str!("accuracy/quotations.txt")),
    ("analysis", include_str!("accuracy/analysis.txt")),
    ("traps", include_str!("accuracy/traps.txt")),
    ("names", include_str!("accuracy/names.txt")),
];
const KINDS: [&str; 7] = ["person", "org", "place", "product", "event", "group", "work"];

/// Least F1 of names (place and kind exact), share of right claim kinds, share of right sources, and precision and
/// recall of marks.
const FLOORS: [(&str, f64); 5] =
    [("names F1", 0.65), ("claim kind", 0.70), ("source", 0.78), ("marks precision", 0.80), ("marks recall", 0.70)];

struct Sentence {
    range: TextRange,
    label: Option<Label>,
    line: usize,
}

struct Label {
    claim: String,
    source: String,
    mark: bool,
}

#[derive(Default)]
struct Paragraph {
    text: String,
    names: BTreeSet<(TextRange, &'static str)>,
    sentences: Vec<Sentence>,
}

fn paragraphs(file: &str) -> Vec<Paragraph> {
    let mut all = vec![Paragraph::default()];
    for (number, line) in file.lines().enumerate() {
        let paragraph = all.last_mut().expect("begins with one");
        if line.trim().is_empty() {
            if !paragraph.sentences.is_empty() {
                all.push(Paragraph::default());
            }
        } else if line.starts_with('#') {
        } else if line.starts_with(' ') {
            let words: Vec<&str> = line.split_whitespace().collect();
            assert!((2..=3).contains(&words.len()), "line {}: kind, source, perhaps `!`", number + 1);
            let sentence = paragraph.sentences.last_mut().expect("a label follows its sentence");
            let (claim, source) = (words[0].to_owned(), words[1].to_owned());
            sentence.label = Some(Label { claim, source, mark: words.get(2) == Some(&"!") });
        } else {
            if !paragraph.text.is_empty() {
                paragraph.text.push(' ');
            }
            let start = paragraph.text.len();
            add_marked(line, paragraph);
            let range = TextRange::from_usize(start, paragraph.text.len());
            paragraph.sentences.push(Sentence { range, label: None, line: number + 1 });
        }
    }
    all.retain(|p| !p.sentences.is_empty());
    all
}

/// Adds a line's text without its marks, and the names that were marked.
fn add_marked(line: &str, paragraph: &mut Paragraph) {
    let mut rest = line;
    while let Some(open) = rest.find('[') {
        paragraph.text.push_str(&rest[..open]);
        let inside = rest[open + 1..].find(']').map(|close| &rest[open + 1..open + 1 + close]);
        let name = inside.and_then(|inside| {
            let (name, kind) = inside.rsplit_once(':')?;
            Some((inside.len(), name, KINDS.into_iter().find(|k| *k == kind)?))
        });
        let Some((length, name, kind)) = name else {
            paragraph.text.push('[');
            rest = &rest[open + 1..];
            continue;
        };
        let start = paragraph.text.len();
        paragraph.text.push_str(name);
        paragraph.names.insert((TextRange::from_usize(start, paragraph.text.len()), kind));
        rest = &rest[open + length + 2..];
    }
    paragraph.text.push_str(rest);
}

#[derive(Default)]
struct Score {
    names: [usize; 3],
    kinds: [usize; 2],
    sources: [usize; 2],
    marks: [usize; 3],
    wrong: String,
}

impl Score {
    fn add(&mut self, file: &str, paragraph: &Paragraph) {
        let text = &paragraph.text;
        let facts = analysis::analyze(text, Format::Plain, &AnalysisConfig::default(), &mut Memo::default());
        let found: BTreeSet<_> =
            facts.mentions.iter().filter(|m| m.kind.is_named()).map(|m| (m.range, m.kind.as_str())).collect();
        self.names[0] += found.intersection(&paragraph.names).count();
        self.names[1] += found.len();
        self.names[2] += paragraph.names.len();
        let mut differ = |names: Vec<&(TextRange, &str)>, how: &str| {
            for (range, kind) in names {
                let _ = writeln!(self.wrong, "{file}: {how} {kind} {:?}", range.of(text));
            }
        };
        differ(found.difference(&paragraph.names).collect(), "no such");
        differ(paragraph.names.difference(&found).collect(), "missed");

        let claims = facts.claims.clone();
        let kinds: Vec<_> = facts.attributions.iter().map(|a| a.kind).collect();
        let mut workspace = Workspace::default();
        workspace.apply(Change::Note(FileId(0), NoteEntry::new("text.txt", text.as_str(), facts)));
        let findings = rules::check(&workspace.snapshot(), FileId(0), CheckOptions::default());
        for sentence in &paragraph.sentences {
            let Some(label) = &sentence.label else { continue };
            let claim = claims.iter().find(|c| sentence.range.contains(c.range.start));
            let kind = claim.map_or("none", |c| c.kind.as_str());
            let source = claim.map_or("none", |c| match c.sourced {
                analysis::facts::Sourced::None => "none",
                analysis::facts::Sourced::Carried(_) => "carried",
                analysis::facts::Sourced::Citation(_) => "citation",
                analysis::facts::Sourced::Attribution(a) => kinds.get(a as usize).map_or("named", |k| k.as_str()),
            });
            let mark = findings.iter().any(|f| {
                let asks = f.rule.family == Family::Attribution || f.rule.code == "Q201";
                asks && f.level > Level::Hint && sentence.range.contains(f.range.start)
            });
            self.kinds[0] += usize::from(kind == label.claim);
            self.kinds[1] += 1;
            self.sources[0] += usize::from(source == label.source);
            self.sources[1] += 1;
            self.marks[0] += usize::from(mark && label.mark);
            self.marks[1] += usize::from(mark);
            self.marks[2] += usize::from(label.mark);
            if kind != label.claim || source != label.source || mark != label.mark {
                let sign = |mark: bool| if mark { " !" } else { "" };
                let _ = writeln!(
                    self.wrong,
                    "{file}:{}: {kind} {source}{} for {} {}{}: {}",
                    sentence.line,
                    sign(mark),
                    label.claim,
                    label.source,
                    sign(label.mark),
                    sentence.range.of(text),
                );
            }
        }
    }

    fn figures(&self) -> [f64; 5] {
        let share = |part: usize, of: usize| if of == 0 { 0.0 } else { part as f64 / of as f64 };
        let [right, found, there] = self.names;
        let f1 = share(2 * right, found + there);
        let [marked, marks, wanted] = self.marks;
        [
            f1,
            share(self.kinds[0], self.kinds[1]),
            share(self.sources[0], self.sources[1]),
            share(marked, marks),
            share(marked, wanted),
        ]
    }
}

#[test]
fn the_engines_read_as_well_as_they_did() {
    let mut score = Score::default();
    let mut sentences = 0;
    for (name, file) in FILES {
        for paragraph in paragraphs(file) {
            sentences += paragraph.sentences.len();
            score.add(name, &paragraph);
        }
    }
    let figures = score.figures();
    eprintln!("{}{sentences} sentences", score.wrong);
    for ((name, floor), figure) in FLOORS.into_iter().zip(figures) {
        eprintln!("{name:16} {figure:.2} (floor {floor:.2})");
    }
    for ((name, floor), figure) in FLOORS.into_iter().zip(figures) {
        assert!(figure >= floor, "{name} fell to {figure:.3}, below {floor:.2}\n{}", score.wrong);
    }
}

#[test]
fn marked_sentences_are_read_as_they_are_meant() {
    let all =
        paragraphs("# x\n[Pell:person] said so [12].\n    statement named\nIt rained.\n\nNext.\n    none none !\n");
    assert_eq!(all.len(), 2);
    assert_eq!(all[0].text, "Pell said so [12]. It rained.");
    assert_eq!(all[0].names.iter().next().map(|(r, kind)| (r.of(&all[0].text), *kind)), Some(("Pell", "person")));
    assert!(all[0].sentences[1].label.is_none() && all[1].sentences[0].label.as_ref().is_some_and(|l| l.mark));
}
