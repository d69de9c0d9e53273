//! Small workspaces for tests, written as text.
//!
//! `//- /a.md` begins a file; `$0` marks the caret. `{p1:Nadim Haddad}` is a mention of the note's entity `p1`, a
//! person; the letter says the kind (`p`erson, `o`rg, `l`place, pro`d`uct, `e`vent, `g`roup, `w`ork). Mentions are
//! those and no others, whatever the recogniser would find, so that these tests test what they say. The longest form
//! is the entity's name. `{!p1 said|the quota stands}` also makes an attribution to `p1`, with "said" as its cue.

use std::sync::Arc;

use super::library::Bibliography;
use super::{Change, FileId, NoteEntry, Snapshot, Workspace};
use crate::analysis::facts::{Attribution, Entity, EntityKind, Mention, MentionForm, SourceKind, Speech};
use crate::analysis::{self, AnalysisConfig, Memo, NoteFacts};
use crate::structure::Format;
use crate::text::TextRange;

/// A workspace and the caret in it.
pub(crate) struct Fixture {
    pub(crate) workspace: Workspace,
    /// File and byte.
    pub(crate) caret: Option<(FileId, u32)>,
}

impl Fixture {
    pub(crate) fn new(written: &str) -> Self {
        let mut fixture = Self { workspace: Workspace::default(), caret: None };
        let written = if written.starts_with("//- ") { written.to_owned() } else { format!("//- /a.md\n{written}") };
        let files = written.split("//- /").skip(1);
        for (index, file) in files.enumerate() {
            let (path, body) = file.split_once('\n').unwrap_or((file, ""));
            let file = FileId(index as u32);
            if [".bib", ".yml", ".json"].iter().any(|end| path.ends_with(end)) {
                let read = Bibliography::read(path.into(), &body.replacen("$0", "", 1));
                fixture.workspace.apply(Change::Bibliography(read.into()));
                let snapshot = fixture.snapshot();
                let file = snapshot.bibliography_at(path).map(|(file, _)| file);
                fixture.caret = file.zip(body.find("$0").map(|at| at as u32)).or(fixture.caret);
                continue;
            }
            let (note, caret) = note(path, body);
            if let Some(at) = caret {
                fixture.caret = Some((file, at));
            }
            fixture.workspace.apply(Change::Note(file, note));
        }
        fixture
    }

    pub(crate) fn snapshot(&self) -> Snapshot {
        self.workspace.snapshot()
    }
}

/// One note of a fixture, and the caret in it.
pub(crate) fn note(path: &str, written: &str) -> (NoteEntry, Option<u32>) {
    let mut text = String::new();
    let mut caret = None;
    let mut marks: Vec<(String, TextRange)> = Vec::new();
    let mut said: Vec<(String, String, TextRange)> = Vec::new();
    let mut rest = written;
    while let Some(at) = rest.find(['{', '$']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix("$0") {
            caret = Some(text.len() as u32);
            rest = after;
            continue;
        }
        let mark = rest.find('}').and_then(|end| Some((rest.get(1..end)?, &rest[end + 1..])));
        let start = text.len();
        match mark {
            Some((inner, after)) if inner.starts_with('!') => {
                let (head, content) = inner[1..].split_once('|').expect("{!p1 said|content}");
                let (entity, cue) = head.split_once(' ').expect("{!p1 said|content}");
                push(content, &mut text, &mut caret);
                said.push((entity.to_owned(), cue.to_owned(), TextRange::from_usize(start, text.len())));
                rest = after;
            }
            Some((inner, after)) if inner.split_once(':').is_some_and(|(id, _)| is_id(id)) => {
                let (id, name) = inner.split_once(':').expect("just seen");
                push(name, &mut text, &mut caret);
                marks.push((id.to_owned(), TextRange::from_usize(start, text.len())));
                rest = after;
            }
            _ => {
                text.push_str(&rest[..1]);
                rest = &rest[1..];
            }
        }
    }
    text.push_str(rest);
    let mut facts = analysis::analyze(&text, Format::of_path(path), &AnalysisConfig::default(), &mut Memo::default());
    replace_names(&mut facts, &text, &marks, &said);
    (NoteEntry::new(path, text, facts), caret)
}

fn push(piece: &str, text: &mut String, caret: &mut Option<u32>) {
    match piece.split_once("$0") {
        Some((before, after)) => {
            text.push_str(before);
            *caret = Some(text.len() as u32);
            text.push_str(after);
        }
        None => text.push_str(piece),
    }
}

fn is_id(id: &str) -> bool {
    kind_of(id).is_some() && id.len() > 1 && id[1..].bytes().all(|b| b.is_ascii_digit())
}

fn kind_of(id: &str) -> Option<EntityKind> {
    Some(match id.bytes().next()? {
        b'p' => EntityKind::Person,
        b'o' => EntityKind::Org,
        b'l' => EntityKind::Place,
        b'd' => EntityKind::Product,
        b'e' => EntityKind::Event,
        b'g' => EntityKind::Group,
        b'w' => EntityKind::Work,
        _ => return None,
    })
}

fn replace_names(
    facts: &mut NoteFacts,
    text: &str,
    marks: &[(String, TextRange)],
    said: &[(String, String, TextRange)],
) {
    let mut ids: Vec<&str> = Vec::new();
    (facts.mentions, facts.entities) = (Vec::new(), Vec::new());
    for (id, range) in marks {
        let local = ids.iter().position(|known| known == id).unwrap_or_else(|| {
            ids.push(id);
            let kind = kind_of(id).expect("a kind");
            facts.entities.push(Entity { name: String::new(), kind, mentions: vec![], aliases: vec![], roles: vec![] });
            ids.len() - 1
        });
        let entity = &mut facts.entities[local];
        let form = range.of(text).to_owned();
        entity.mentions.push(facts.mentions.len() as u32);
        if form.len() > entity.name.len() {
            let shorter = std::mem::replace(&mut entity.name, form);
            entity.aliases.extend(Some(shorter).filter(|name| !name.is_empty()));
        } else if form != entity.name && !entity.aliases.contains(&form) {
            entity.aliases.push(form);
        }
        facts.mentions.push(Mention {
            range: *range,
            kind: entity.kind,
            entity: Some(local as u32),
            form: MentionForm::Short,
            sentence: facts.note.sentence_at(range.start).unwrap_or(0) as u32,
            tokens: 0..0,
        });
    }
    for mention in &mut facts.mentions {
        let local = mention.entity.expect("just given") as usize;
        if facts.entities[local].name == mention.range.of(text) {
            mention.form = MentionForm::Full;
        }
    }
    facts.attributions.iter_mut().for_each(|a| a.speaker = None);
    for (id, cue, content) in said {
        let sentence = facts.note.sentence_at(content.start).unwrap_or(0) as u32;
        let around = facts.note.sentences[sentence as usize].range;
        let cue_at = around.of(text).find(cue.as_str()).expect("the cue stands in the sentence") as u32 + around.start;
        facts.attributions.push(Attribution {
            source: Vec::new(),
            cue: vec![TextRange::new(cue_at, cue_at + cue.len() as u32)],
            content: vec![*content],
            kind: SourceKind::Named,
            speaker: ids.iter().position(|known| known == id).map(|n| n as u32),
            strong: true,
            speech: Speech::Said,
            phrase: TextRange::new(cue_at, cue_at + cue.len() as u32),
            plain: true,
            sentence,
        });
    }
}

/// The note again after an edit, as the server would make it.
pub(crate) fn edited(path: &str, written: &str) -> Arc<NoteEntry> {
    Arc::new(note(path, written).0)
}
