//! How a [`Brief`] is laid out.
//!
//! Keys are hashes and cannot be made shorter, so each stands once, sorted, and all else refers to it by its number.
//! Ranges count from the one before. What is named by its letters keeps its letters: names are short and few.

use std::sync::Arc;

use super::block::Block;
use super::{Brief, FIELDS, Section, VERB_LAST, pieces};
use crate::analysis::NoteFacts;
use crate::analysis::facts::{Entity, Mention, Speech};
use crate::structure::MarkerKind;
use crate::text::pack::Pack;
use crate::text::{LineIndex, PackedLines};
use crate::workspace::names::{self, Key};
use crate::workspace::summary::{NoteSummary, Use, Weight, excerpt};

/// Bytes of a statement's reporting words that are kept.
const LONGEST_VERB: usize = 60;

/// Makes the brief of the note at `path`.
pub(super) fn brief(path: &Arc<str>, text: &str, facts: &NoteFacts, lines: &LineIndex, summary: &NoteSummary) -> Brief {
    let keys = keys(summary);
    let mut sections = pieces::Writer::default();
    let mut written = 0;
    let mut section = |expected: Section, write: &dyn Fn(&mut Pack)| {
        debug_assert_eq!(expected as usize, written);
        written += 1;
        sections.add(write);
    };
    section(Section::Words, &|out| words(summary, facts, out));
    section(Section::Keys, &|out| keys.iter().for_each(|&key| out.hash(key)));
    let number = |key: Key| keys.binary_search(&key).unwrap_or(0) as u64;
    section(Section::Names, &|out| {
        for &(key, role, local) in &summary.names {
            out.number(number(key));
            out.byte(role as u8);
            out.number(u64::from(local));
        }
    });
    section(Section::Postings, &|out| {
        let mut names = summary.names.iter().peekable();
        for &(key, role) in &summary.postings {
            out.number(number(key));
            out.byte(role as u8);
            let mut weight = Weight::default();
            while let Some((.., local)) = names.next_if(|&&(k, r, _)| (k, r) <= (key, role)) {
                let entity = facts.entities.get(*local as usize);
                weight.mentions += entity.map_or(0, |entity| mentions(facts, entity).count() as u32);
                weight.gives_role |= entity.is_some_and(|entity| !entity.roles.is_empty());
            }
            if role.is_weighed() {
                out.number(u64::from(weight.packed()));
            }
        }
    });
    section(Section::Relations, &|out| {
        for &(tie, one, other) in &summary.relations {
            out.byte(tie as u8);
            out.number(number(one));
            out.number(number(other));
        }
    });
    section(Section::Entities, &|out| {
        let mut entities = pieces::Writer::default();
        facts.entities.iter().for_each(|one| entities.add(|out| entity(facts, one, out)));
        entities.write(out);
    });
    section(Section::Statements, &|out| statements(text, summary, facts, out));
    section(Section::Headings, &|out| {
        let mut last = 0;
        for heading in &summary.headings {
            out.byte(heading.level);
            last = out.range(heading.range, last);
            out.text(&heading.text);
        }
    });
    section(Section::Citations, &|out| {
        let mut last = 0;
        for used in &summary.citations {
            last = write_use(used, last, out);
            let sentence = facts.note.sentence_at(used.range.start.saturating_sub(3));
            match sentence.and_then(|sentence| facts.note.sentences.get(sentence)) {
                Some(sentence) => {
                    out.byte(1);
                    out.range(sentence.range, used.range.start);
                }
                None => out.byte(0),
            }
        }
    });
    section(Section::Links, &|out| {
        summary.links.iter().fold(0, |last, used| write_use(used, last, out));
    });
    section(Section::Addresses, &|out| {
        let mut last = 0;
        for marker in &facts.note.markers {
            if let MarkerKind::Link { target, .. } = &marker.kind {
                last = out.range(marker.range, last);
                if target.is_empty() || target.contains("://") {
                    out.text("");
                    out.hash(names::text_key(target));
                } else {
                    out.text(target);
                }
            }
        }
    });
    section(Section::Quotations, &|out| {
        let mut last = 0;
        for quotation in &facts.quotations {
            out.hash(names::note_key(quotation.inner.of(text)));
            last = out.range(quotation.range, last);
        }
    });
    section(Section::Figures, &|out| {
        let claims = facts.claims.iter().filter(|_| summary.source.is_some());
        for (claim, figure) in claims.filter_map(|claim| Some((claim, claim.figure.as_ref()?))) {
            out.number(u64::from(claim.span.start));
            out.hash(figure.low.to_bits());
            out.hash(figure.high.to_bits());
            out.text(&figure.unit);
        }
    });
    section(Section::Lines, &|out| PackedLines::pack(lines, out));
    let mut out = Pack::default();
    sections.write(&mut out);
    Brief {
        path: path.clone(),
        genre: summary.genre,
        title_range: summary.title_range,
        record: summary.record.clone(),
        source: summary.source.clone(),
        bytes: Block::new(&out.bytes),
    }
}

/// All keys, sorted, each once.
fn keys(summary: &NoteSummary) -> Vec<Key> {
    let named = summary.names.iter().map(|&(key, ..)| key).chain(summary.postings.iter().map(|&(key, _)| key));
    let mut keys: Vec<Key> = named.chain(summary.relations.iter().flat_map(|&(_, one, other)| [one, other])).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn words(summary: &NoteSummary, facts: &NoteFacts, out: &mut Pack) {
    out.text(&summary.title);
    out.text(summary.date.as_deref().unwrap_or(""));
    out.text(&summary.opening);
    let front = facts.note.front_matter.as_ref();
    for field in FIELDS {
        for (value, _) in front.map_or(&[][..], |front| front.values(field)) {
            out.text(field);
            out.text(value);
        }
    }
}

fn mentions<'a>(facts: &'a NoteFacts, entity: &'a Entity) -> impl Iterator<Item = &'a Mention> {
    entity.mentions.iter().filter_map(|&index| facts.mentions.get(index as usize))
}

fn entity(facts: &NoteFacts, entity: &Entity, out: &mut Pack) {
    out.byte(entity.kind as u8);
    out.text(&entity.name);
    let mut part = Pack::default();
    entity.aliases.iter().for_each(|alias| part.text(alias));
    out.block(&part.bytes);
    part.bytes.clear();
    for role in &entity.roles {
        part.text(&role.text);
        part.range(role.range, 0);
        part.number(u64::from(role.time.from.unwrap_or(0)));
        part.number(u64::from(role.time.to.unwrap_or(0)));
        part.byte(u8::from(role.time.past));
    }
    out.block(&part.bytes);
    out.number(mentions(facts, entity).count() as u64);
    let (mut last, mut block) = (0, 0);
    for mention in mentions(facts, entity) {
        last = out.range(mention.range, last);
        out.byte((mention.kind as u8) << 4 | mention.form as u8);
        let here = facts.note.sentences.get(mention.sentence as usize).map_or(block, |sentence| sentence.block);
        out.signed(i64::from(here) - i64::from(block));
        block = here;
    }
}

/// Only of somebody who is known, and neither deeds nor what is only supposed: nobody asks other notes for the rest.
fn statements(text: &str, summary: &NoteSummary, facts: &NoteFacts, out: &mut Pack) {
    let mut last = 0;
    let mut part = Pack::default();
    for (said, words) in facts.attributions.iter().zip(&summary.excerpts) {
        let (Some(speaker), Some(&first)) = (said.speaker, said.content.first()) else { continue };
        if matches!(said.speech, Speech::Deed | Speech::Supposed) {
            continue;
        }
        let verb = excerpt(text, Some(said.phrase).filter(|_| !said.plain), LONGEST_VERB);
        let verb_last = !verb.is_empty() && said.cue.first().is_some_and(|cue| cue.start > first.start);
        let full = said.content.iter().chain(&said.cue).chain(&said.source).fold(first, |all, r| all.cover(*r));
        out.number(u64::from(speaker));
        out.range(full, last);
        last = full.start;
        out.range(said.source.first().or(said.cue.first()).copied().unwrap_or(full), last);
        out.byte(said.speech as u8 | if verb_last { VERB_LAST } else { 0 });
        out.text(&verb);
        out.text(words);
        part.bytes.clear();
        said.content.iter().fold(full.start, |last, &content| part.range(content, last));
        out.block(&part.bytes);
    }
}

fn write_use(used: &Use, last: u32, out: &mut Pack) -> u32 {
    let end = out.range(used.range, last);
    out.text(&used.text);
    end
}
