//! The genre of each item, and the zone of each sentence.
//!
//! A rule that is right in an analyst's note is a nuisance in wire copy: there the paper is the source. So the genre is
//! decided per item from what the text shows (dateline, source line, turns of speech, first person, labels), and
//! the zone per sentence from its block and the heading over it.

use crate::analysis::AnalysisConfig;
use crate::analysis::facts::{Genre, ItemFacts, Zone};
use crate::analysis::house::House;
use crate::lexicon::written::{self, forms_of};
use crate::lexicon::{self as lexicon, OutletKind, SectionClass, class};
use crate::structure::{Block, BlockKind, Note, Token, TokenKind};
use crate::text::{TextRange, word_hash};

/// Words in the first person that make an item an opinion.
const FIRST_PERSON: usize = 3;
/// Words in the first person that make a speech, and in how many words of a hundred at least.
const SPEECH: usize = 10;
const SPEECH_SHARE: usize = 3;
/// A dateline ends within this many tokens.
const DATELINE: usize = 18;
/// A paragraph of at most so many bytes may be a label.
const LABEL: u32 = 24;
/// Blocks of an item that are looked at for a dateline: it may stand after an abstract.
const DATELINE_BLOCKS: usize = 8;
/// Turns that make a transcript.
const TURNS: usize = 3;

/// The facts of each item of the note.
pub(super) fn items(text: &str, note: &Note, config: &AnalysisConfig, quoted: impl Fn(u32) -> bool) -> Vec<ItemFacts> {
    let AnalysisConfig { house, source_note, .. } = config;
    (0..note.items.len()).map(|item| item_facts(text, note, item, house, *source_note, &quoted)).collect()
}

/// The zone of each sentence.
pub(super) fn zones(text: &str, note: &Note, items: &[ItemFacts], house: &House) -> Vec<Zone> {
    let mut zones = vec![Zone::Outside; note.sentences.len()];
    for block in &note.blocks {
        let genre = items.get(block.item as usize).map_or(Genre::Note, |item| item.genre);
        let zone = zone(text, note, block.kind, block.heading, genre, house);
        for zone_of in &mut zones[block.sentences.start as usize..block.sentences.end as usize] {
            *zone_of = zone;
        }
    }
    zones
}

fn zone(text: &str, note: &Note, kind: BlockKind, heading: Option<u32>, genre: Genre, house: &House) -> Zone {
    if !kind.is_body() {
        return Zone::Outside;
    }
    if kind == BlockKind::Quote || genre == Genre::Transcript {
        return Zone::Quoted;
    }
    if genre == Genre::SourceNote {
        return Zone::Exempt;
    }
    let heading = heading.and_then(|block| note.blocks.get(block as usize)).map(|b| first_line(b.range.of(text)));
    let section = heading.and_then(|heading| house.section(heading).or_else(|| lexicon::section_class(heading)));
    match section {
        Some(SectionClass::OwnVoice) => Zone::OwnVoice,
        Some(SectionClass::Strict) => Zone::Strict,
        Some(SectionClass::Exempt) => Zone::Exempt,
        None => Zone::Body,
    }
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or("")
}

fn item_facts(
    text: &str,
    note: &Note,
    item: usize,
    house: &House,
    listed: bool,
    quoted: &impl Fn(u32) -> bool,
) -> ItemFacts {
    let blocks = note.items[item].blocks.start as usize..note.items[item].blocks.end as usize;
    let blocks = note.blocks.get(blocks).unwrap_or(&[]);
    let mut facts = ItemFacts::default();
    let mut outlet = false;
    let mut label = None;
    let mut looked = 0;
    for block in blocks {
        match block.kind {
            BlockKind::SourceLine => facts.source_line = facts.source_line.or(Some(block.range)),
            BlockKind::Byline => {
                outlet |= note.sentences_of(block).iter().any(|s| names_outlet(note.tokens_of(s), house));
            }
            BlockKind::Label | BlockKind::Title | BlockKind::Heading(_) => {
                label = label.or_else(|| label_genre(first_line(block.range.of(text))));
            }
            _ if block.kind.is_body() && looked < DATELINE_BLOCKS => {
                looked += 1;
                // "*Opinion*" on a line of its own, under the title.
                if label.is_none() && block.range.len() <= LABEL {
                    label = label_genre(block.range.of(text));
                }
                if facts.dateline.is_none()
                    && let Some(first) = note.sentences_of(block).first()
                    && let Some((range, agency)) = dateline(text, note.tokens_of(first))
                {
                    facts.dateline = Some(range);
                    facts.agency = agency;
                }
            }
            _ => {}
        }
    }
    facts.anchor = anchor(note, blocks);
    facts.genre = declared(note)
        .or_else(|| listed.then_some(Genre::SourceNote))
        .or_else(|| is_transcript(text, note, blocks).then_some(Genre::Transcript))
        .or_else(|| is_speech(note, blocks, quoted).then_some(Genre::Transcript))
        .or_else(|| (facts.dateline.is_some() || outlet || facts.source_line.is_some()).then_some(Genre::News))
        .or(label)
        .or_else(|| (first_person(note, blocks, quoted) >= FIRST_PERSON).then_some(Genre::Opinion))
        .unwrap_or(Genre::Note);
    facts
}

/// The genre that the front matter declares.
fn declared(note: &Note) -> Option<Genre> {
    let front = note.front_matter.as_ref()?;
    let has = |key: &str| front.value(key).is_some();
    let kind = ["type", "kind", "genre", "class"].iter().find_map(|key| front.value(key))?;
    let provenance = has("url") || has("citekey") || has("publisher") || has("accessed");
    match kind.to_ascii_lowercase().as_str() {
        "source" | "transcript" | "interview" | "dataset" => Some(Genre::SourceNote),
        "article" | "report" | "post" if provenance => Some(Genre::SourceNote),
        "news" | "wire" => Some(Genre::News),
        "opinion" | "editorial" | "op-ed" | "column" => Some(Genre::Opinion),
        "analysis" | "assessment" | "commentary" => Some(Genre::Analysis),
        _ => None,
    }
}

fn label_genre(line: &str) -> Option<Genre> {
    let line = line.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let head = line.split([':', '|', ';']).next().unwrap_or("").trim();
    match head {
        "opinion" | "op-ed" | "editorial" | "letters" | "letter" | "comment" | "viewpoint" | "column" => {
            Some(Genre::Opinion)
        }
        "analysis" | "assessment" | "news analysis" | "commentary" => Some(Genre::Analysis),
        _ => None,
    }
}

fn names_outlet(tokens: &[Token], house: &House) -> bool {
    // A site under its own name has no desk between author and reader, as an agency or a paper has.
    let known =
        |kind: Option<OutletKind>| matches!(kind, Some(OutletKind::Agency | OutletKind::Press | OutletKind::State));
    (0..tokens.len()).any(|from| {
        tokens[from].capital
            && (1..=4).any(|len| {
                tokens.get(from..from + len).is_some_and(|list| {
                    known(lexicon::outlet(list.iter().map(|token| token.hash))) || house.is_outlet(list)
                })
            })
    })
}

/// "LUSK, March 12 (AP) —" at the head of a paragraph, and whether an agency is named in it.
fn dateline(text: &str, tokens: &[Token]) -> Option<(TextRange, bool)> {
    let first = tokens.first().filter(|token| token.all_capitals && token.range.len() >= 3)?;
    let mut agency = false;
    let mut open = None;
    for (at, token) in tokens.iter().enumerate().take(DATELINE) {
        let word = token.text(text);
        match word {
            "(" => open = Some(at + 1),
            ")" => agency |= open.take().is_some_and(|from| is_agency(&tokens[from..at])),
            "-" | "–" | "—" | "―" | "--" if token.spaced && at > 0 => {
                let bare = is_agency(&tokens[at - 1..at]);
                return Some((first.range.cover(token.range), agency || bare));
            }
            "," | "." | "/" | "-" | "’" | "'" => {}
            _ if token.capital || token.kind == TokenKind::Number || open.is_some() => {}
            _ => return None,
        }
    }
    None
}

fn is_agency(tokens: &[Token]) -> bool {
    matches!(lexicon::outlet(tokens.iter().map(|token| token.hash)), Some(OutletKind::Agency | OutletKind::State))
}

/// A date in the front matter, the dateline, the byline, or the first absolute date of the text.
fn anchor(note: &Note, blocks: &[Block]) -> Option<TextRange> {
    if let Some(front) = &note.front_matter {
        for key in ["date", "published", "created", "updated"] {
            if let Some((_, range)) = front.values(key).first() {
                return Some(*range);
            }
        }
    }
    let mut year = None;
    for block in blocks {
        for sentence in note.sentences_of(block) {
            for window in note.tokens_of(sentence).windows(2) {
                let month = |token: &Token| token.capital && lexicon::word(token.hash).classes.has(class::MONTH);
                let number = |token: &Token| token.kind == TokenKind::Number;
                let dated = month(&window[0]) && number(&window[1]) || number(&window[0]) && month(&window[1]);
                if dated {
                    year = year.or(Some(window[0].range.cover(window[1].range)));
                }
            }
        }
        if year.is_some() {
            break;
        }
    }
    year
}

/// "President Doss: …" at the head of at least three paragraphs, by at least two names.
fn is_transcript(text: &str, note: &Note, blocks: &[Block]) -> bool {
    let mut speakers: Vec<&str> = Vec::new();
    for block in blocks.iter().filter(|block| block.kind.is_body()) {
        let Some(first) = note.sentences_of(block).first() else { continue };
        if let Some(speaker) = turn(text, note.tokens_of(first)) {
            speakers.push(speaker);
        }
    }
    speakers.len() >= TURNS && {
        let turns = speakers.len();
        speakers.sort_unstable();
        speakers.dedup();
        speakers.len() >= 2 && speakers.len() < turns
    }
}

fn turn<'t>(text: &'t str, tokens: &[Token]) -> Option<&'t str> {
    let skip = usize::from(tokens.first()?.kind == TokenKind::Quote);
    let tokens = tokens.get(skip..)?;
    let colon = tokens.iter().take(8).position(|token| token.text(text) == ":")?;
    let name = tokens.get(..colon).filter(|name| !name.is_empty())?;
    let fits = name.iter().all(|token| {
        token.capital && token.kind == TokenKind::Word
            || matches!(token.text(text), "." | "of" | "the" | "(" | ")" | ",")
    });
    let label = forms_of(name.first()?.text(text)).has(written::LABEL);
    (fits && !label).then(|| name[0].range.cover(name[colon - 1].range).of(text))
}

/// Somebody speaks in the first person throughout, as in an address: the speaker is the source of all of it.
///
/// "We assess" and its like are the voice of an analysis, not of a speech, and do not count.
fn is_speech(note: &Note, blocks: &[Block], quoted: &impl Fn(u32) -> bool) -> bool {
    let (mut words, mut first) = (0usize, 0usize);
    for block in blocks.iter().filter(|block| block.kind.is_body()) {
        for sentence in note.sentences_of(block) {
            let tokens = note.tokens_of(sentence);
            for (at, token) in tokens.iter().enumerate().filter(|(_, t)| t.kind == TokenKind::Word) {
                words += 1;
                let speaks = token.range.len() <= 5
                    && lexicon::word(token.hash).classes.has(class::FIRST)
                    && !(token.all_capitals && token.range.len() > 1)
                    && !quoted(token.range.start);
                let judges = |next: &Token| {
                    lexicon::word(next.hash).classes.has(class::OWN.or(class::HAVE_ALONE).or(class::MODAL_ALONE))
                };
                first += usize::from(speaks && !tokens.get(at + 1).is_some_and(judges));
            }
        }
    }
    first >= SPEECH && first * 100 >= words * SPEECH_SHARE
}

fn first_person(note: &Note, blocks: &[Block], quoted: &impl Fn(u32) -> bool) -> usize {
    let mut count = 0;
    for block in blocks.iter().filter(|block| block.kind.is_body()) {
        for sentence in note.sentences_of(block) {
            for token in note.tokens_of(sentence) {
                if token.kind == TokenKind::Word
                    && token.range.len() <= 4
                    && is_singular_first(token)
                    && !quoted(token.range.start)
                {
                    count += 1;
                }
            }
        }
    }
    count
}

fn is_singular_first(token: &Token) -> bool {
    use std::sync::LazyLock;
    static WORDS: LazyLock<[u64; 5]> = LazyLock::new(|| ["i", "my", "me", "i'm", "i've"].map(word_hash));
    WORDS.contains(&token.hash)
}
