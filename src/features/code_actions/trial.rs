//! Whether a fix does what it says: it is made in memory and judged before anybody is offered it.
//!
//! The note is analysed again with the edits in it, and the rules run over it. A fix passes if what it mends is gone, no
//! warning has come that was not there, no byte between quotation marks or in a block quotation is another, nothing but
//! prose was touched (unless the finding stands there), and what is found afterwards would not lead back. What stands in
//! `[confirm: …]` stays so unless the fix is about that. What a fix leaves to be filled in or confirmed (a placeholder, an empty footnote) is reported as that, and is what it says.
//!
//! One trial costs what a key press costs: sentences that are known from the note's own analysis are not read again.
//! Trials belong to requests for actions, to those of the findings at hand, and to `check --fix`; never to typing.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::HashSet;

use super::action::{Action, ActionKind};
use crate::analysis::{self, Memo};
use crate::config::Level;
use crate::rules::{self, CheckOptions, Edit, Finding};
use crate::structure::{BlockKind, Marker, MarkerKind, Note};
use crate::text::TextRange;
use crate::workspace::{FileId, NoteEntry, Snapshot};

/// A note on which fixes are tried.
pub struct Trial<'a> {
    snapshot: &'a Snapshot,
    file: FileId,
    note: &'a NoteEntry,
    text: &'a str,
    options: CheckOptions,
    memo: RefCell<Memo>,
    is_wanted: &'a (dyn Fn() -> bool + 'a),
    before: OnceCell<Vec<Finding>>,
    tried: Cell<usize>,
}

/// The note after a fix.
struct After {
    text: String,
    findings: Vec<Finding>,
    /// Quotations are what they were, byte by byte.
    same_quotations: bool,
    /// Everything that was to be confirmed still is, and no mark has come to stand at its bracket.
    keeps_unconfirmed: bool,
    /// The sentences with the edits in them.
    touched: Vec<TextRange>,
    moved: Moved,
}

impl<'a> Trial<'a> {
    /// Trials on a note, as it was checked with `options`; none of a note whose text is not at hand.
    #[must_use]
    pub fn new(snapshot: &'a Snapshot, file: FileId, options: CheckOptions) -> Option<Self> {
        let note = snapshot.full(file)?;
        Some(Self {
            snapshot,
            file,
            note,
            text: note.text.as_deref()?,
            options,
            memo: RefCell::default(),
            is_wanted: &|| true,
            before: OnceCell::new(),
            tried: Cell::new(0),
        })
    }

    /// With what is remembered of the note's sentences, so that only those are read that a fix changes.
    #[must_use]
    pub fn remembering(self, memo: Memo) -> Self {
        Self { memo: RefCell::new(memo), ..self }
    }

    /// Nothing more is tried, and nothing passes, once nobody wants the answer any more.
    #[must_use]
    pub fn while_wanted(self, is_wanted: &'a (dyn Fn() -> bool + 'a)) -> Self {
        Self { is_wanted, ..self }
    }

    /// The note.
    #[must_use]
    pub fn file(&self) -> FileId {
        self.file
    }

    /// The snapshot of all notes that the trials run in.
    #[must_use]
    pub fn snapshot(&self) -> &'a Snapshot {
        self.snapshot
    }

    /// Times that the note was analysed with edits in it: the counted work.
    #[must_use]
    pub fn tried(&self) -> usize {
        self.tried.get()
    }

    /// Returns `true` if an action may be offered. What edits no note, or says something of a name, mends nothing in the text.
    #[must_use]
    pub fn passes(&self, action: &Action, findings: &[Finding]) -> bool {
        if action.edits.is_empty() || action.kind == ActionKind::Name {
            return true;
        }
        let mends: Vec<&Finding> = action.finding.and_then(|index| findings.get(index)).into_iter().collect();
        self.mends(&mends, &action.edits)
    }

    /// Returns `true` if edits mend these findings and do no harm.
    #[must_use]
    pub fn mends(&self, findings: &[&Finding], edits: &[Edit]) -> bool {
        if !(self.is_wanted)() {
            return false;
        }
        let mut own: Vec<&Edit> = edits.iter().filter(|edit| edit.file == self.file).collect();
        own.sort_by_key(|edit| edit.range);
        if !own.iter().all(|edit| self.is_in_place(edit, findings)) {
            return false;
        }
        let Some(after) = self.after(&own) else { return false };
        let loses_unconfirmed = !after.keeps_unconfirmed && !self.confirms(findings);
        if !after.same_quotations || loses_unconfirmed || !findings.iter().all(|finding| after.has_lost(finding)) {
            return false;
        }
        let before = self.before(&after.moved);
        // Nearly all findings are where they were: those need no search.
        let known: HashSet<(&str, TextRange)> = before.iter().map(|(code, _, range)| (*code, *range)).collect();
        let moved_or_new = |found: &&Finding| {
            found.level >= Level::Warning && !known.contains(&(found.rule.code, found.range)) || after.touches(found)
        };
        let is_new = |found: &Finding| after.may_be_new(found, findings) && Self::is_new(found, &after.moved, &before);
        !after.findings.iter().filter(moved_or_new).any(is_new) && !self.leads_back(&after)
    }

    /// True if one of the findings is about words that are to be confirmed.
    fn confirms(&self, findings: &[&Finding]) -> bool {
        let mut brackets = self.note.facts.note.markers.iter().filter(|m| is_unconfirmed(m));
        brackets.any(|marker| findings.iter().any(|finding| finding.range == marker.range))
    }

    /// Returns `true` if a place may be edited: prose outside of quotations, or where one of the findings stands.
    fn is_in_place(&self, edit: &Edit, findings: &[&Finding]) -> bool {
        let edited = edit.range;
        let crosses = |place: TextRange| match edited.is_empty() {
            true => place.start < edited.start && edited.start < place.end,
            false => place.overlaps(edited),
        };
        let found = |place: TextRange| findings.iter().any(|finding| finding.range.overlaps(place));
        let facts = &self.note.facts;
        if facts.quotations.iter().any(|quotation| crosses(quotation.inner)) {
            return false;
        }
        // Of a block quotation nothing is mended; a comment that excuses something in it is no part of it.
        let line = self.text.get(..edited.start as usize).and_then(|before| before.rsplit('\n').next()).unwrap_or("");
        let signed = line.trim_start().starts_with('>');
        let mut quoted = facts.note.blocks.iter().filter(|block| match block.kind {
            BlockKind::Quote => true,
            BlockKind::Callout | BlockKind::Label => false,
            _ => signed,
        });
        if !is_comment(edit) && quoted.any(|block| crosses(block.range)) {
            return false;
        }
        if let Some(front) = &facts.note.front_matter {
            let end = front.range.start + front.range.of(self.text).trim_end().len() as u32;
            let place = TextRange::new(front.range.start, end);
            let about = findings.iter().any(|finding| finding.rule.about_front_matter);
            if crosses(place) {
                return about || found(place);
            }
        }
        let markers = &facts.note.markers;
        // A fix of one citation may change the others of its source, and a footnote is in two places.
        let alike = |one: &Marker| {
            let same = |other: &Marker| found(other.range) && family(&other.kind) == family(&one.kind);
            family(&one.kind).is_some() && markers.iter().any(same)
        };
        let crossed = || markers.iter().filter(|marker| crosses(marker.range));
        let is_open = |marker: &Marker| found(marker.range) || alike(marker);
        // With a whole footnote goes what stands in it.
        let goes = |marker: &Marker| {
            edited.contains_range(marker.range) && crossed().any(|m| is_open(m) && edited.contains_range(m.range))
        };
        if crossed().any(|marker| !is_open(marker) && !goes(marker)) {
            return false;
        }
        let opaque = |hole: TextRange| hole.of(self.text).starts_with(['`', '<', '$']);
        let near = facts.note.blocks.iter().filter(|block| crosses(block.range));
        let mut closed = near.flat_map(|block| {
            let holes = block.holes.iter().copied().filter(|hole| opaque(*hole));
            holes.chain((block.kind == BlockKind::Opaque).then_some(block.range))
        });
        !closed.any(|place| crosses(place) && !found(place))
    }

    /// The note with the edits in it, which are sorted; none where they do not fit.
    fn after(&self, edits: &[&Edit]) -> Option<After> {
        let (text, moved) = self.written(edits)?;
        self.tried.set(self.tried.get() + 1);
        let config = self.snapshot.config_at(&self.note.path).analysis_of(&self.note.path);
        let format = self.note.facts.note.format;
        let facts = analysis::analyze(&text, format, &config, &mut self.memo.borrow_mut());
        let quotations = |facts: &analysis::NoteFacts| facts.quotations.iter().map(|q| q.inner).collect::<Vec<_>>();
        let (then, now) = (quotations(&self.note.facts), quotations(&facts));
        let same_quotations =
            then.len() == now.len() && then.iter().zip(&now).all(|(then, now)| then.of(self.text) == now.of(&text));
        let gone = |range: TextRange| edits.iter().any(|edit| edit.range.contains_range(range));
        let (was, is) =
            (unconfirmed(&self.note.facts.note, self.text, gone), unconfirmed(&facts.note, &text, |_| false));
        let keeps_unconfirmed = is.0 >= was.0 && is.1 <= was.1;
        let touched = moved.edits.iter().flat_map(|(_, new)| {
            let shape = &facts.note;
            let first = shape.sentences.partition_point(|s| s.range.end < new.start);
            let last = shape.sentences.partition_point(|s| s.range.start <= new.end);
            shape.sentences.get(first..last).unwrap_or(&[]).iter().map(|s| s.range).chain([*new])
        });
        let touched = touched.collect();
        let note = NoteEntry::new(self.note.path.clone(), text.as_str(), facts);
        let snapshot = self.snapshot.with_note(self.file, note.into());
        let unfinished = self.options.unfinished.map(|range| moved.range(range));
        let findings = rules::check(&snapshot, self.file, CheckOptions { unfinished, ..self.options });
        Some(After { text, findings, same_quotations, keeps_unconfirmed, touched, moved })
    }

    /// The text with the edits in it. Blanks that are left to the user are filled, since it is the filled text that counts.
    fn written(&self, edits: &[&Edit]) -> Option<(String, Moved)> {
        let crlf = self.text.contains("\r\n");
        let (mut out, mut at) = (String::with_capacity(self.text.len() + 64), 0);
        let mut moved = Moved::default();
        for edit in edits {
            out.push_str(self.text.get(at..edit.range.start as usize)?);
            let start = out.len();
            let text = if crlf { edit.text.replace('\n', "\r\n") } else { edit.text.clone() };
            for line in text.split_inclusive('\n') {
                let (words, end) = line.split_at(line.trim_end_matches(['\r', '\n']).len());
                let (head, tail) = match words.find(REASON) {
                    Some(found) => words.split_at(found + REASON.len() - 1),
                    None => words.split_at(words.len()),
                };
                out.push_str(head);
                // `date: `, `[^1]: ` and `reason=""`
                if !tail.is_empty() || head.ends_with(": ") && !end.is_empty() {
                    moved.filled.push(TextRange::from_usize(out.len(), out.len() + FILLING.len()));
                    out.push_str(FILLING);
                }
                out.push_str(tail);
                out.push_str(end);
            }
            moved.edits.push((edit.range, TextRange::from_usize(start, out.len())));
            at = edit.range.end as usize;
        }
        out.push_str(self.text.get(at..)?);
        Some((out, moved))
    }

    /// Returns `true` if a finding is a warning, or worse, that the note did not have before.
    fn is_new(found: &Finding, moved: &Moved, before: &[(&str, Level, TextRange)]) -> bool {
        let said = moved.edits.iter().any(|(_, new)| new.contains_range(found.range));
        let left_open = said && found.rule.reports_open_work;
        let in_blank = moved.filled.iter().any(|blank| blank.overlaps(found.range));
        if found.level < Level::Warning || left_open || in_blank {
            return false;
        }
        !before.iter().any(|(code, level, range)| {
            *code == found.rule.code && *level >= found.level && (range.overlaps(found.range) || *range == found.range)
        })
    }

    /// The findings before the edits, hidden ones too: the code of the rule, the level, and the place now.
    fn before(&self, moved: &Moved) -> Vec<(&'static str, Level, TextRange)> {
        let every = CheckOptions { every: true, ..self.options };
        let before = self.before.get_or_init(|| rules::check(self.snapshot, self.file, every));
        before.iter().map(|f| (f.rule.code, f.level, moved.range(f.range))).collect()
    }

    /// Returns `true` if a fix of what is found afterwards offers the way back: two rules that disagree would send the writer to and fro.
    fn leads_back(&self, after: &After) -> bool {
        let touched = |f: &&Finding| after.moved.edits.iter().any(|(_, new)| new.overlaps(f.range));
        let mut fixes = after.findings.iter().filter(touched).flat_map(|finding| &finding.fixes);
        fixes.any(|fix| {
            let mut text = after.text.clone();
            let mut edits: Vec<&Edit> = fix.edits.iter().filter(|edit| edit.file == self.file).collect();
            edits.sort_by_key(|edit| std::cmp::Reverse(edit.range));
            let fits = |range: TextRange, text: &str| text.get(range.span()).is_some();
            for edit in edits {
                if !fits(edit.range, &text) {
                    return false;
                }
                text.replace_range(edit.range.span(), &edit.text);
            }
            text == self.text
        })
    }
}

impl After {
    /// Returns `true` if a finding stands in a sentence that was edited.
    fn touches(&self, found: &Finding) -> bool {
        self.touched.iter().any(|range| range.overlaps(found.range) || *range == found.range)
    }

    /// Returns `true` if a finding is to be accounted for: any in a sentence that was edited. Elsewhere a rule that reports the first of
    /// several may report the next one.
    fn may_be_new(&self, found: &Finding, mended: &[&Finding]) -> bool {
        self.touches(found) || mended.iter().all(|finding| finding.rule.code != found.rule.code)
    }

    /// Returns `true` if a finding of before is gone.
    fn has_lost(&self, finding: &Finding) -> bool {
        let place = self.moved.range(finding.range);
        !self.findings.iter().any(|f| f.rule.code == finding.rule.code && (f.range.overlaps(place) || f.range == place))
    }
}

/// Brackets with words to be confirmed, but those that are gone with their text; and those with a mark right behind them.
fn unconfirmed(note: &Note, text: &str, gone: impl Fn(TextRange) -> bool) -> (usize, usize) {
    let brackets = note.markers.iter().filter(|marker| is_unconfirmed(marker));
    let kept: Vec<TextRange> = brackets.map(|marker| marker.range).filter(|range| !gone(*range)).collect();
    let has_mark = |range: &&TextRange| text.get(range.end as usize..).is_some_and(|rest| rest.starts_with(['[', '(']));
    (kept.len(), kept.iter().filter(has_mark).count())
}

fn is_unconfirmed(marker: &Marker) -> bool {
    matches!(marker.kind, MarkerKind::Unconfirmed { .. })
}

/// `<!-- … -->` or `%% … %%` and nothing else, inserted.
fn is_comment(edit: &Edit) -> bool {
    let text = edit.text.trim();
    let signs = [("<!--", "-->"), ("%%", "%%")];
    edit.range.is_empty() && signs.iter().any(|(open, close)| text.starts_with(open) && text.ends_with(close))
}

/// Markers that stand in several places for one source.
fn family(kind: &MarkerKind) -> Option<u8> {
    match kind {
        MarkerKind::FootnoteReference { .. } | MarkerKind::FootnoteDefinition { .. } => Some(0),
        MarkerKind::CitationKey { .. } => Some(1),
        _ => None,
    }
}

/// The filling of a blank while a fix is tried.
const FILLING: &str = "filled";
/// A reason that is still to be written.
const REASON: &str = "reason=\"\"";

/// The ranges that edits moved.
#[derive(Default)]
struct Moved {
    /// The edited ranges, before and after; sorted.
    edits: Vec<(TextRange, TextRange)>,
    /// Blanks that were filled, in the new text.
    filled: Vec<TextRange>,
}

impl Moved {
    /// The range in the new text of a range of the old one, with what was written in and beside it.
    fn range(&self, old: TextRange) -> TextRange {
        let (mut start, mut end) = (i64::from(old.start), i64::from(old.end));
        let (mut before_start, mut before_end) = (0, 0);
        for (was, now) in &self.edits {
            let grown = i64::from(now.len()) - i64::from(was.len());
            if was.end < old.start || was.end == old.start && !was.is_empty() {
                before_start += grown;
            } else if was.start < old.start {
                (start, before_start) = (i64::from(now.start), 0);
            }
            if was.end <= old.end {
                before_end += grown;
            } else if was.start < old.end {
                (end, before_end) = (i64::from(now.end), 0);
            }
        }
        let place = |at: i64| u32::try_from(at).unwrap_or_default();
        let start = place(start + before_start);
        TextRange::new(start, place(end + before_end).max(start))
    }
}

#[cfg(test)]
mod tests;
