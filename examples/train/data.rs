//! Labelled text and plain prose as runs of candidates with features, under our conventions.

use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;

use serde::Deserialize;
use whosaid::analysis::facts::EntityKind;
use whosaid::analysis::mentions::labels::{self, Bilou, KINDS};
use whosaid::analysis::mentions::{self, features, features::Place, words};
use whosaid::lexicon::names::{self, NameKinds, kind};
use whosaid::lexicon::{class, classes_of};
use whosaid::structure::tokens::pieces;
use whosaid::structure::{self, Format, Note, TokenKind, TokenMemo};

/// One document's candidates.
pub(crate) struct Document {
    pub(crate) runs: Vec<Run>,
    /// What prose is labelled anew from; labelled text does not keep it.
    source: Option<Source>,
}

struct Source {
    text: String,
    note: Note,
    seen: Vec<words::SentenceWords>,
}

impl Document {
    /// Replaces what is allowed by names that a model found, mended as the library mends them.
    pub(crate) fn relabel(&mut self, mut decode: impl FnMut(&Run, &mut Vec<u8>)) {
        let Some(source) = &self.source else { return };
        let mut found = Vec::new();
        let mut run_labels = Vec::new();
        for run in &self.runs {
            decode(run, &mut run_labels);
            mentions::spans(&run_labels, run.first, &mut found);
        }
        let seen: Vec<&words::SentenceWords> = source.seen.iter().collect();
        mentions::refine(&source.text, &source.note, &seen, &mut found);
        let mut all = vec![labels::OUTSIDE; source.note.tokens.len()];
        for (range, kind) in found {
            mentions::paint(&mut all, range, kind);
        }
        for run in &mut self.runs {
            let allowed: Vec<u32> =
                all[run.first..run.first + run.allowed.len()].iter().map(|label| 1 << label).collect();
            if is_path(&allowed) {
                run.allowed = allowed;
            } else {
                // A name reaches beyond the run ("Inc." at a sentence's end): nothing is learned from it.
                run.allowed.fill((1 << labels::LABELS) - 1);
            }
        }
    }
}

/// A run of candidates: their features, which labels each may have, and what the rules make of them.
pub(crate) struct Run {
    /// Its first token in the document.
    first: usize,
    rows: Vec<u32>,
    ends: Vec<u32>,
    pub(crate) allowed: Vec<u32>,
    pub(crate) rules: Vec<u8>,
}

impl Run {
    /// The feature rows of one candidate.
    pub(crate) fn features(&self, at: usize) -> &[u32] {
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        &self.rows[start..self.ends[at] as usize]
    }
}

#[derive(Deserialize)]
pub(crate) struct Row {
    pub(crate) text: String,
    #[serde(default)]
    pub(crate) entities: Vec<Span>,
}

#[derive(Deserialize)]
pub(crate) struct Span {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) r#type: String,
}

/// What a corpus calls a kind, and which kinds it never labels.
struct Corpus {
    name: &'static str,
    kinds: &'static [(&'static str, &'static [EntityKind])],
    silent: &'static [EntityKind],
}

use EntityKind::{Event, Group, Org, Person, Place as Site, Product, Work};

const OTHER: &[EntityKind] = &[Group, Event, Work, Product];

const CORPORA: [Corpus; 6] = [
    Corpus { name: "btc", kinds: &[("PER", &[Person]), ("ORG", &[Org]), ("LOC", &[Site])], silent: OTHER },
    Corpus {
        name: "gum",
        kinds: &[
            ("person", &[Person]),
            ("organization", &[Org]),
            ("place", &[Site]),
            ("event", &[Event]),
            ("object", &[Product, Work, Site]),
            ("abstract", &[Work, Group, Product, Event, Org]),
        ],
        silent: &[],
    },
    Corpus {
        name: "re3d",
        kinds: &[
            ("Organisation", &[Org]),
            ("Person", &[Person]),
            ("Location", &[Site]),
            ("Nationality", &[Group]),
            ("Weapon", &[Product]),
            ("MilitaryPlatform", &[Product]),
            ("Vehicle", &[Product]),
            ("DocumentReference", &[Work]),
        ],
        silent: &[Event],
    },
    Corpus { name: "sec", kinds: &[("PER", &[Person]), ("ORG", &[Org]), ("LOC", &[Site])], silent: OTHER },
    Corpus {
        name: "wikigold",
        kinds: &[("PER", &[Person]), ("ORG", &[Org]), ("LOC", &[Site]), ("MISC", OTHER)],
        silent: &[],
    },
    Corpus {
        name: "wnut17",
        kinds: &[
            ("person", &[Person]),
            ("location", &[Site]),
            ("corporation", &[Org]),
            ("group", &[Org]),
            ("product", &[Product]),
            ("creative-work", &[Work]),
        ],
        silent: &[Group, Event],
    },
];

/// The labelled corpora in `folder`.
pub(crate) fn labelled(folder: &Path) -> std::io::Result<Vec<Document>> {
    let mut documents = Vec::new();
    for corpus in &CORPORA {
        let path = folder.join(format!("ner-{}.train.jsonl", corpus.name));
        for line in std::fs::read_to_string(&path)?.split('\n').filter(|line| !line.trim().is_empty()) {
            let row: Row = serde_json::from_str(line).map_err(std::io::Error::other)?;
            let offsets: HashMap<usize, usize> =
                row.text.char_indices().map(|(byte, _)| byte).chain([row.text.len()]).enumerate().collect();
            documents.push(read(&row.text, false, |text, note, rules| {
                gold(text, note, rules, corpus, &row.entities, &offsets)
            }));
        }
    }
    Ok(documents)
}

/// A share of the prose in `folder`, single sentences joined to documents.
pub(crate) fn prose(folder: &Path, share: f64) -> std::io::Result<Vec<Document>> {
    // Newswire whole; of the rest every n-th text, for breadth without its weight.
    const TEXTS: [(&str, usize, usize); 5] = [
        ("gmb_voa", 12, 1),
        ("state_historian", 1, 2),
        ("un_general_debate", 1, 24),
        ("whitehouse_briefings", 1, 16),
        ("mueller_report", 1, 2),
    ];
    let mut documents = Vec::new();
    for (name, joined, step) in TEXTS {
        let file = std::fs::read_to_string(folder.join(format!("{name}.jsonl")))?;
        let rows: Vec<Row> = file
            .split('\n')
            .filter(|line| !line.trim().is_empty())
            .map(serde_json::from_str)
            .collect::<Result<_, _>>()
            .map_err(std::io::Error::other)?;
        let take = (rows.len() as f64 * share) as usize;
        for group in rows[..take].chunks(joined).step_by(step) {
            let text = group.iter().map(|row| row.text.as_str()).collect::<Vec<_>>().join(" ");
            documents.push(read(&text, true, |_, note, _| vec![u32::MAX; note.tokens.len()]));
        }
    }
    Ok(documents)
}

/// Features of a text, by the library's own functions; `allowed` says which labels each token may have (0: leave its run out).
fn read(text: &str, keep: bool, allowed: impl Fn(&str, &Note, &[u8]) -> Vec<u32>) -> Document {
    let note = structure::parse(text, Format::Plain, &mut TokenMemo::default());
    let looks: Vec<_> = note
        .sentences
        .iter()
        .map(|sentence| {
            let seen = words::look(text, note.tokens_of(sentence));
            let place = Place::of(note.block_of(sentence).kind, &seen.words);
            (seen, place)
        })
        .collect();
    let context = mentions::context_of(looks.iter().map(|(seen, place)| (seen, *place)));
    let seen_all: Vec<&words::SentenceWords> = looks.iter().map(|(seen, _)| seen).collect();
    let rules = mentions::rule_labels(text, &note, &seen_all);
    let allowed = allowed(text, &note, &rules);
    let mut rows = Vec::new();
    let mut document = Document { runs: Vec::new(), source: None };
    for (sentence, (seen, place)) in note.sentences.iter().zip(&looks) {
        let base = sentence.tokens.start as usize;
        let own_rules = &rules[base..sentence.tokens.end as usize];
        for range in &seen.runs {
            let mut run = Run {
                first: base + range.start as usize,
                rows: Vec::new(),
                ends: Vec::new(),
                allowed: Vec::new(),
                rules: Vec::new(),
            };
            for at in range.start as usize..range.end as usize {
                features::local(&seen.words, at, *place, &mut rows);
                run.rows.extend_from_slice(&rows);
                features::document(&seen.words, at, *place, &context, own_rules, &mut rows);
                run.rows.extend_from_slice(&rows);
                run.ends.push(run.rows.len() as u32);
                run.allowed.push(allowed[base + at]);
                run.rules.push(own_rules[at]);
            }
            if run.allowed.iter().all(|&mask| mask != 0) && is_path(&run.allowed) {
                document.runs.push(run);
            }
        }
    }
    if keep {
        let seen = looks.into_iter().map(|(seen, _)| seen).collect();
        document.source = Some(Source { text: text.to_string(), note, seen });
    }
    document
}

/// Whether some sequence of labels is allowed at all.
fn is_path(allowed: &[u32]) -> bool {
    let mut reach: u32 = 1;
    for &mask in allowed {
        let mut next = 0;
        for to in (0..labels::LABELS as u8).filter(|to| mask >> to & 1 == 1) {
            if (0..labels::LABELS as u8).any(|from| reach >> from & 1 == 1 && labels::may_follow(from, to)) {
                next |= 1 << to;
            }
        }
        reach = next;
    }
    (0..labels::LABELS as u8).any(|last| reach >> last & 1 == 1 && !labels::is_open(last))
}

fn mask(kinds: &[EntityKind], parts: &[Bilou]) -> u32 {
    let mut mask = 0;
    for &kind in kinds {
        for &part in parts {
            mask |= labels::label(kind, part).map_or(0, |label| 1 << label);
        }
    }
    mask
}

const ALL_PARTS: [Bilou; 4] = [Bilou::Begin, Bilou::Inside, Bilou::Last, Bilou::Unit];

/// The labels that a corpus allows each token, its conventions brought to ours.
fn gold(
    text: &str,
    note: &Note,
    rules: &[u8],
    corpus: &Corpus,
    spans: &[Span],
    offsets: &HashMap<usize, usize>,
) -> Vec<u32> {
    // Where the corpus is silent about a kind, a token may be of it only if the rules say so.
    let mut allowed: Vec<u32> = rules
        .iter()
        .map(|&label| match labels::meaning(label) {
            Some((kind, _)) if corpus.silent.contains(&kind) => 1 | mask(&[kind], &ALL_PARTS),
            _ => 1,
        })
        .collect();
    let mut taken = vec![false; note.tokens.len()];
    let mut found: Vec<(Range<usize>, &[EntityKind])> = Vec::new();
    for span in spans {
        let Some((_, kinds)) = corpus.kinds.iter().find(|(name, _)| *name == span.r#type) else { continue };
        let (Some(&start), Some(&end)) = (offsets.get(&span.start), offsets.get(&span.end)) else { continue };
        let first = note.tokens.partition_point(|token| (token.range.end as usize) <= start);
        let last = note.tokens.partition_point(|token| (token.range.start as usize) < end);
        cut(text, note, first..last, kinds, &mut found);
    }
    // Sure kinds before unsure ones, long names before the names inside them.
    found.sort_by_key(|(range, kinds)| (kinds.len() > 1, std::cmp::Reverse(range.len()), range.start));
    for (range, kinds) in found {
        if taken[range.clone()].iter().any(|&t| t) {
            continue;
        }
        taken[range.clone()].iter_mut().for_each(|t| *t = true);
        let last = range.end - 1;
        let unsure = if kinds.len() > 1 && corpus.name == "gum" { 1 | mask(OTHER, &ALL_PARTS) } else { 0 };
        for at in range.clone() {
            let part = match (at == range.start, at == last) {
                (true, true) => Bilou::Unit,
                (true, false) => Bilou::Begin,
                (false, true) => Bilou::Last,
                (false, false) => Bilou::Inside,
            };
            allowed[at] = mask(kinds, &[part]) | unsure;
        }
    }
    // Nationalities are not labelled, or not all: our list labels them.
    for sentence in &note.sentences {
        let seen = words::look(text, note.tokens_of(sentence));
        for (at, word) in seen.words.iter().enumerate() {
            let index = sentence.tokens.start as usize + at;
            let plain = word.single.has(kind::GROUP) && !word.single.has(kind::ANY_ORG.or(kind::ANY_PLACE));
            if plain && !taken[index] && word.begins.is_empty() && word.inside.is_empty() && word.ends.is_empty() {
                allowed[index] = mask(&[Group], &[Bilou::Unit]);
            }
        }
    }
    allowed
}

/// Cuts a corpus's span to our conventions: zero, one or several names.
fn cut<'k>(
    text: &str,
    note: &Note,
    range: Range<usize>,
    kinds: &'k [EntityKind],
    out: &mut Vec<(Range<usize>, &'k [EntityKind])>,
) {
    let Some(sentence) = note.sentences.iter().find(|s| s.tokens.contains(&(range.start as u32))) else { return };
    let base = sentence.tokens.start as usize;
    let seen = words::look(text, note.tokens_of(sentence));
    let end = range.end.min(sentence.tokens.end as usize);
    let word = |at: usize| &seen.words[at - base];
    let sure_person = kinds == [Person];
    let mut start = range.start;
    let classes = |at: usize| classes_of(note.tokens[at].hash);
    while start < end {
        let token = &note.tokens[start];
        let article = classes(start).has(class::FUNCTION) && !token.all_capitals;
        let title = sure_person && classes(start).has(class::TITLE) && start + 1 < end;
        let point = token.kind == TokenKind::Stop || token.kind == TokenKind::Quote;
        let particle = word(start).candidate && classes(start).has(class::NAME_PARTICLE);
        if (word(start).capital || particle || token.kind == TokenKind::Number && word(start).candidate)
            && !article
            && !title
            && !point
        {
            break;
        }
        start += 1;
    }
    if sure_person && start < end {
        let given = word(start).single.has(kind::GIVEN);
        let title = (start..end - 1).rev().find(|&at| word(at).capital && classes(at).has(class::TITLE));
        if let Some(title) = title.filter(|_| !given) {
            start = title + 1;
        }
    }
    let places = kinds == [Site] || kinds == [Org];
    let comma = |at: usize| note.tokens[at].text(text) == ",";
    let list = classes(start.min(note.tokens.len() - 1)).has(class::BODY);
    let mut stop = start;
    while stop < end
        && word(stop).candidate
        && (list || !comma(stop))
        && !(sure_person && note.tokens[stop].kind == TokenKind::Possessive)
    {
        stop += 1;
    }
    let rest = stop;
    while stop > start && !(word(stop - 1).capital || note.tokens[stop - 1].kind == TokenKind::Number) {
        stop -= 1;
    }
    if stop > start {
        let name = &note.tokens[start..stop];
        let joined = stop - start == 1;
        let single = word(start).single;
        let mut known = Vec::new();
        names::starting_at(pieces(text, &note.tokens[start..stop]), &mut known);
        let whole = known.iter().find(|k| k.len == stop - start).map_or(NameKinds::NONE, |k| k.kinds);
        let common =
            joined && single.has(kind::COMMON) && !name[0].all_capitals && kinds.len() == 1 && stop < range.end;
        let borrower = joined
            && matches!(
                name[0].text(text).to_ascii_lowercase().as_str(),
                "borrower" | "lender" | "bank" | "company" | "agreement"
            );
        if !common && !borrower {
            let kinds: &[EntityKind] = if whole.has(kind::GROUP) && !whole.has(kind::ANY_PLACE) && !sure_person {
                const { &[Group] }
            } else if kinds == [Org] && whole.has(kind::COUNTRY) {
                const { &[Site] }
            } else {
                kinds
            };
            out.push((start..stop, kinds));
        }
    }
    if places && rest < end && comma(rest) && rest > range.start {
        cut(text, note, rest + 1..end, if kinds == [Org] { const { &[Site] } } else { kinds }, out);
    }
    debug_assert!(KINDS.len() == 7);
}
