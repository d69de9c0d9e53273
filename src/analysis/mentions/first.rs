//! Names by rules and lists alone.
//!
//! A run of capitals is cut at known names and read by its words: a title before it, a head noun in it, a given name
//! at its start. What a run alone does not tell, the rest of the note does: a surname seen in a full name is a person.

use std::ops::Range;

use super::NamedSpan;
use super::words::SentenceWords;
use crate::analysis::facts::EntityKind;
use crate::lexicon::names::{Known, NameKinds, kind};
use crate::lexicon::{Classes, class, classes_of};
use crate::structure::{Note, Sentence, Token, TokenKind};
use crate::text::HashedMap;

/// The names of a note in order.
pub(super) fn find(text: &str, note: &Note, seen: &[&SentenceWords]) -> Vec<NamedSpan> {
    let mut finder = Finder { text, note, known: Vec::new(), kinds: HashedMap::default(), unsure: Vec::new() };
    let mut found = Vec::new();
    for (sentence, seen) in note.sentences.iter().zip(seen).filter(|(_, seen)| !seen.runs.is_empty()) {
        finder.sentence(sentence, seen, &mut found);
    }
    finder.refine(&mut found);
    found
}

struct Finder<'t> {
    text: &'t str,
    note: &'t Note,
    known: Vec<Known>,
    /// The kinds of the names so far, by their last and first words.
    kinds: HashedMap<EntityKind>,
    /// Single words that only the rest of the note can type.
    unsure: Vec<usize>,
}

impl Finder<'_> {
    fn token(&self, at: usize) -> &Token {
        &self.note.tokens[at]
    }

    fn words(&self, at: usize) -> Classes {
        classes_of(self.token(at).hash)
    }

    fn sentence(&mut self, sentence: &Sentence, seen: &SentenceWords, found: &mut Vec<NamedSpan>) {
        let (first, end) = (sentence.tokens.start as usize, sentence.tokens.end as usize);
        let heading = self.note.block_of(sentence).kind.is_heading();
        let mut at = first;
        while at < end {
            if !self.opens(at, end) {
                at += 1;
                continue;
            }
            let stop = self.run_end(at, end);
            self.run(seen, first, at, stop, end, heading, found);
            at = stop.max(at + 1);
        }
    }

    fn opens(&self, at: usize, end: usize) -> bool {
        let token = self.token(at);
        token.kind == TokenKind::Word
            && (token.capital
                || (self.words(at).has(class::NAME_PARTICLE)
                    && at + 2 < end
                    && matches!(self.token(at + 1).text(self.text), "-")
                    && self.token(at + 2).capital))
    }

    /// The end of the run of capitals that begins at `at`, small words between capitals included.
    fn run_end(&self, at: usize, end: usize) -> usize {
        let mut stop = at + 1;
        let mut next = stop;
        while next < end {
            let token = self.token(next);
            let sign = token.text(self.text);
            let inside = match token.kind {
                TokenKind::Word if token.capital => {
                    stop = next + 1;
                    true
                }
                TokenKind::Word => {
                    self.words(next).has(class::NAME_PARTICLE) || matches!(sign, "of" | "and" | "for" | "the")
                }
                TokenKind::Sign => matches!(sign, "-" | "&"),
                TokenKind::Stop => {
                    sign == "." && !token.spaced && next + 1 < end && self.words(next - 1).has(class::TITLE)
                }
                TokenKind::Possessive => false,
                _ => false,
            };
            if !inside || next + 1 - stop > 3 {
                break;
            }
            next += 1;
        }
        stop
    }

    fn run(
        &mut self,
        seen: &SentenceWords,
        first: usize,
        mut at: usize,
        stop: usize,
        end: usize,
        heading: bool,
        found: &mut Vec<NamedSpan>,
    ) {
        let mut titled = false;
        while at < stop {
            let words = self.words(at);
            let token = *self.token(at);
            if !token.capital && !self.opens(at, end) {
                at += 1;
                continue;
            }
            self.known.clear();
            self.known.extend(seen.known_at((at - first) as u32));
            let single = self.known.first().filter(|k| k.len == 1).map_or(NameKinds::NONE, |k| k.kinds);
            let function = words.has(class::FUNCTION) && !token.all_capitals;
            let date = words.has(class::MONTH) || words.has(class::ANY_WEEKDAY);
            let best = self.known.iter().rev().find(|k| kind_of(k.kinds).is_some()).copied();
            let long = best.filter(|k| k.len > 1);
            let limit = self.part_end(at, stop);
            if let Some(kind) = self.by_head(at, limit, heading) {
                self.add(found, at..limit, kind);
                at = limit;
                titled = false;
                continue;
            }
            if let Some(known) = long.filter(|k| at + k.len >= limit || k.len >= 3) {
                let kind = kind_of(known.kinds).unwrap_or(EntityKind::Org);
                self.add(found, at..at + known.len, kind);
                at += known.len;
                titled = false;
                continue;
            }
            if function || date {
                at += 1;
                continue;
            }
            if words.has(class::TITLE) && at + 1 < end {
                titled = true;
                at += 1;
                if self.token(at).kind == TokenKind::Stop {
                    at += 1;
                }
                continue;
            }
            let person_end = self.person_end(at, limit);
            let many = person_end - at > 1;
            if titled || (many && single.has(kind::GIVEN) && !single.has(kind::COUNTRY)) {
                self.add(found, at..person_end, EntityKind::Person);
                at = person_end;
                titled = false;
                continue;
            }
            titled = false;
            if let Some(known) = best {
                let common = known.len == 1 && known.kinds.has(kind::COMMON) && (at == first || heading);
                let kind = kind_of(known.kinds).unwrap_or(EntityKind::Org);
                if !common {
                    self.add(found, at..at + known.len, kind);
                }
                at += known.len;
                continue;
            }
            let starts = at == first || heading;
            if single.has(kind::COMMON) && (starts || !many) {
                at += 1;
                continue;
            }
            let kind = if many && single.has(kind::FAMILY) {
                Some(EntityKind::Person)
            } else if token.all_capitals && !many && !heading {
                Some(EntityKind::Org)
            } else if at > first && self.words(at - 1).has(class::BEFORE_PLACE) {
                Some(EntityKind::Place)
            } else if many && !starts {
                Some(EntityKind::Person)
            } else {
                None
            };
            match kind {
                Some(kind) => self.add(found, at..person_end, kind),
                None if !many => {
                    self.unsure.push(found.len());
                    found.push((at..person_end, EntityKind::Quantity));
                }
                None => {}
            }
            at = person_end;
        }
    }

    /// The end of the words that belong together: "and" parts two names.
    fn part_end(&self, at: usize, stop: usize) -> usize {
        (at..stop).find(|&t| self.token(t).text(self.text) == "and" && !self.words(at).has(class::BODY)).unwrap_or(stop)
    }

    fn person_end(&self, at: usize, limit: usize) -> usize {
        let mut end = at;
        while end < limit {
            let token = self.token(end);
            let particle = self.words(end).has(class::NAME_PARTICLE) || token.text(self.text) == "-";
            if !token.capital && !particle {
                break;
            }
            end += 1;
        }
        while end > at + 1 && !self.token(end - 1).capital {
            end -= 1;
        }
        end.max(at + 1)
    }

    /// The kind that a head noun gives to the tokens from `at` to `limit`.
    fn by_head(&self, at: usize, limit: usize, heading: bool) -> Option<EntityKind> {
        if limit - at < 2 || self.words(at).has(class::TITLE) || self.words(at).has(class::FUNCTION) {
            return None;
        }
        if heading && self.known.is_empty() {
            return None;
        }
        let (first, last) = (self.words(at), self.words(limit - 1));
        if first.has(class::BODY) && limit - at > 2 && self.token(at + 1).text(self.text) == "of" {
            return Some(EntityKind::Org);
        }
        if last.has(class::BODY) || last.has(class::COMPANY_SUFFIX) {
            return Some(EntityKind::Org);
        }
        if last.has(class::LANDFORM) || last.has(class::FACILITY) {
            return Some(EntityKind::Place);
        }
        if last.has(class::EVENT) {
            return Some(EntityKind::Event);
        }
        last.has(class::WORK).then_some(EntityKind::Work)
    }

    fn add(&mut self, found: &mut Vec<NamedSpan>, range: Range<usize>, kind: EntityKind) {
        if kind == EntityKind::Person && range.len() > 1 {
            for at in [range.start, range.end - 1] {
                self.kinds.insert(self.note.tokens[at].hash, kind);
            }
        } else if range.len() == 1 {
            self.kinds.entry(self.note.tokens[range.start].hash).or_insert(kind);
        }
        found.push((range, kind));
    }

    /// Types the single words by the rest of the note and drops those that stay unknown.
    fn refine(&mut self, found: &mut Vec<NamedSpan>) {
        for &index in &self.unsure {
            let hash = self.note.tokens[found[index].0.start].hash;
            if let Some(&kind) = self.kinds.get(&hash) {
                found[index].1 = kind;
            }
        }
        found.retain(|(_, kind)| *kind != EntityKind::Quantity);
    }
}

fn kind_of(kinds: NameKinds) -> Option<EntityKind> {
    [
        (kind::COUNTRY.or(kind::CAPITAL), EntityKind::Place),
        (kind::GROUP, EntityKind::Group),
        (kind::ARMED, EntityKind::Org),
        (kind::ORG.or(kind::OUTLET), EntityKind::Org),
        (kind::PERSON, EntityKind::Person),
        (kind::BIG_CITY.or(kind::REGION), EntityKind::Place),
        (kind::COMPANY, EntityKind::Org),
        (kind::PRODUCT, EntityKind::Product),
        (kind::EVENT, EntityKind::Event),
        (kind::WORK, EntityKind::Work),
        (kind::CITY, EntityKind::Place),
    ]
    .into_iter()
    .find_map(|(class, kind)| kinds.has(class).then_some(kind))
}
