//! What can be done about a claim that nobody stands behind: cite, attribute, own it, ask for a source.
//!
//! Only what the workspace knows is offered: sources whose figure or outlet is the claim's own, and speakers whom the
//! note has heard already. Nothing is put between quotation marks.

use std::collections::HashSet;

use super::FileRange;
use super::code_actions::{Action, ActionKind};
use super::name_actions::FileEdit;
use crate::analysis::facts::{Attribution, Claim, EntityKind, SourceKind};
use crate::rules::{self, Edit, Finding, Remedy, RuleContext};
use crate::structure::Format;
use crate::text::TextRange;
use crate::workspace::brief::{Brief, FigureAt};
use crate::workspace::library::Source;
use crate::workspace::{NoteEntry, Snapshot, names};

/// Most speakers and most sources that are offered.
const MOST: usize = 3;
/// Sources that are looked at, so that a key press in a library of any size is answered at once.
const LIBRARY: usize = 20_000;
/// Sentences in which an earlier speaker is looked for.
const BACK: u32 = 40;

/// The actions for finding number `index`, the best first.
pub(super) fn sourcing_actions(
    snapshot: &Snapshot,
    note: &NoteEntry,
    text: &str,
    at: FileRange,
    (index, finding): (usize, &Finding),
) -> Vec<Action> {
    let Some(sentence) = note.facts.note.sentence_at(finding.range.start) else { return Vec::new() };
    let claim = Claimed { snapshot, note, text, at, sentence: sentence as u32, finding };
    let mut actions = Vec::new();
    let offers = |remedy: Remedy| finding.rule.remedies.contains(&remedy);
    if offers(Remedy::Cite) {
        actions.extend(claim.cited());
    }
    if offers(Remedy::Attribute) || offers(Remedy::Introduce) || offers(Remedy::AttributeInstead) {
        actions.extend(claim.attributed());
    }
    if offers(Remedy::Assess) {
        let (config, who) = (snapshot.config(), rules::Identities::default());
        let context = RuleContext { text, facts: &note.facts, file: at.file, workspace: snapshot, config, who: &who };
        let own = rules::assessment(&context, claim.sentence);
        actions.extend(own.map(|fix| quick(fix.title, fix.edits)));
    }
    if offers(Remedy::Ask) {
        actions.extend(claim.asked());
    }
    if offers(Remedy::CreateSourceNote) || offers(Remedy::CreateKeyedSourceNote) {
        actions.extend(claim.source_note());
    }
    for action in &mut actions {
        action.finding = Some(index);
    }
    actions
}

fn quick(title: String, edits: Vec<Edit>) -> Action {
    Action::new(title, ActionKind::QuickFix, edits)
}

struct Claimed<'a> {
    snapshot: &'a Snapshot,
    note: &'a NoteEntry,
    text: &'a str,
    at: FileRange,
    sentence: u32,
    finding: &'a Finding,
}

impl<'a> Claimed<'a> {
    fn range(&self) -> TextRange {
        self.note.facts.note.sentences.get(self.sentence as usize).map_or(self.finding.range, |s| s.range)
    }

    /// Before the full stop, where words of the author's own end there.
    fn before_stop(&self) -> Option<u32> {
        let range = self.range();
        let stop = range.of(self.text).ends_with('.').then(|| range.end - 1)?;
        let before = self.text.get(..stop as usize)?.chars().next_back()?;
        let own = !self.note.facts.is_quoted(stop) && (before.is_alphanumeric() || matches!(before, '%' | ')'));
        own.then_some(stop)
    }

    fn insert(&self, at: u32, text: String) -> Edit {
        Edit { file: self.at.file, range: TextRange::empty(at), text }
    }

    fn mentioned(&self) -> HashSet<u32> {
        self.note.facts.mentions_in(self.range()).filter_map(|m| m.entity).collect()
    }

    /// "…, Nadim Haddad said", for those who spoke before in the item, the nearest first.
    fn attributed(&self) -> Vec<Action> {
        let mut actions: Vec<Action> = Vec::new();
        for (name, document) in self.speakers() {
            let Some(edits) = self.said_by(&name, document) else { continue };
            actions.push(quick(format!("Attribute to {name}"), edits));
            if actions.len() == MOST {
                break;
            }
        }
        actions
    }

    /// Named speakers and documents of the item with the nearest first, and whether each is a document.
    fn speakers(&self) -> Vec<(String, bool)> {
        let facts = &self.note.facts;
        let item = |sentence: u32| Some(facts.note.block_of(facts.note.sentences.get(sentence as usize)?).item);
        let here = self.mentioned();
        let near = |a: &&Attribution| {
            a.strong
                && a.kind == SourceKind::Named
                && item(a.sentence) == item(self.sentence)
                && a.sentence.abs_diff(self.sentence) <= BACK
                && a.speaker.is_none_or(|speaker| !here.contains(&speaker))
        };
        let mut near: Vec<&Attribution> = facts.attributions.iter().filter(near).collect();
        // Who spoke before stands nearer than who speaks later.
        near.sort_by_key(|a| (a.sentence > self.sentence, a.sentence.abs_diff(self.sentence)));
        let mut seen = HashSet::new();
        let named = near.into_iter().filter_map(|attribution| {
            let entity = attribution.speaker.and_then(|at| facts.entities.get(at as usize));
            let name = match entity {
                Some(entity) => entity.name.clone(),
                None => written(self.text, attribution)?,
            };
            let document = entity.map_or_else(|| is_document(&name), |entity| entity.kind == EntityKind::Work);
            let subject = self.range().of(self.text).contains(name.as_str());
            (!subject && seen.insert(names::fold(&name))).then_some((name, document))
        });
        named.collect()
    }

    fn said_by(&self, name: &str, document: bool) -> Option<Vec<Edit>> {
        if self.finding.rule.remedies.contains(&Remedy::Introduce) {
            let range = self.range();
            // Before the quotation, so that nothing of it is touched.
            let opens = self.finding.range.start == range.start;
            return opens.then(|| vec![self.insert(range.start, format!("{} said: ", capitalised(name)))]);
        }
        let tail = if document { format!(", according to {name}") } else { format!(", {name} said") };
        let mut edits = vec![self.insert(self.before_stop()?, tail)];
        if self.finding.rule.remedies.contains(&Remedy::AttributeInstead) {
            // "The depot was reportedly emptied" needs no "reportedly" once somebody reports it.
            let range = self.finding.range;
            let adverb = range.of(self.text).ends_with("ly") && self.text.get(range.end as usize..)?.starts_with(' ');
            let inside = range.start > self.range().start;
            (adverb && inside).then_some(())?;
            edits.push(Edit {
                file: self.at.file,
                range: TextRange::new(range.start, range.end + 1),
                text: String::new(),
            });
        }
        Some(edits)
    }

    /// Sources of the library that give the same figure about the same names, or are of the outlet that is named.
    fn cited(&self) -> Vec<Action> {
        if self.note.facts.note.format != Format::Markdown {
            return Vec::new();
        }
        let (words, facts) = (self.range().of(self.text), &self.note.facts);
        let here = self.mentioned();
        let about: HashSet<String> =
            here.iter().filter_map(|&e| facts.entities.get(e as usize)).map(|e| names::fold(&e.name)).collect();
        let claim = facts.claim_of(self.sentence);
        let mut found: Vec<(u32, String, String)> = Vec::new();
        for (file, source) in self.snapshot.sources().take(LIBRARY) {
            let outlet = !source.publisher.is_empty() && words.contains(source.publisher.as_str());
            let note = self.snapshot.note(file).filter(|_| file != self.at.file);
            let shared = note.map_or(0, |n| shared(n, &about));
            let figure = note.and_then(|n| same_figure(claim?, n)).filter(|_| shared > 0);
            let score = 4 * u32::from(figure.is_some()) + 3 * u32::from(outlet) + shared.min(2);
            if score < 4 && !outlet {
                continue;
            }
            let why = match figure {
                Some(line) => format!("the same figure on line {line}"),
                None => source.publisher.clone(),
            };
            found.push((score, cite(source, self.snapshot.path(file).map_or("", |p| p)), why));
        }
        found.sort_by(|one, other| (other.0, &one.1).cmp(&(one.0, &other.1)));
        found.dedup_by(|one, other| one.1 == other.1);
        let at = self.before_stop();
        let act = |(order, (_, cite, why)): (usize, (u32, String, String))| {
            let place = at.unwrap_or(self.range().end);
            let mut action = quick(format!("Cite {cite} ({why})"), vec![self.insert(place, format!(" {cite}"))]);
            action.preferred = order == 0;
            action
        };
        found.into_iter().take(MOST).enumerate().map(act).collect()
    }

    fn asked(&self) -> Option<Action> {
        let at = self.before_stop().unwrap_or(self.range().end);
        Some(quick("Insert \"[citation needed]\"".to_owned(), vec![self.insert(at, " [citation needed]".to_owned())]))
    }

    /// A source note for what is named but not kept.
    fn source_note(&self) -> Option<Action> {
        let words = self.finding.range.of(self.text).trim();
        let keyed = self.finding.rule.remedies.contains(&Remedy::CreateKeyedSourceNote);
        let key = keyed.then(|| words.trim_start_matches(['@', '[']).trim_end_matches(']'));
        let outlet = words.split(',').next().unwrap_or(words).trim();
        let stem = key.map_or_else(|| names::fold(outlet).replace(' ', "-"), str::to_owned);
        let fits = !stem.is_empty() && stem.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':'));
        let path = format!("sources/{}.md", stem.replace(':', "-"));
        if !fits || self.snapshot.file_at(&path).is_some() {
            return None;
        }
        let (citekey, publisher) = match key {
            Some(key) => (format!("citekey: {key}\n"), String::new()),
            None => (String::new(), format!(" \"{}\"", outlet.replace(['"', '\\'], ""))),
        };
        let text = format!("---\ntype: source\n{citekey}title:\npublisher:{publisher}\ndate:\nurl:\naccessed:\n---\n");
        let mut action = quick(format!("Create the source note {path}"), Vec::new());
        action.files.push(FileEdit { path, before: "".into(), at: 0, text, create: true });
        Some(action)
    }
}

/// The source as the text has it, inside a sentence; none for what only points back or is described at length.
fn written(text: &str, attribution: &Attribution) -> Option<String> {
    let [source] = attribution.source.as_slice() else { return None };
    let words: Vec<&str> = source.of(text).split_whitespace().collect();
    let pronoun = words.len() == 1 && words.iter().all(|word| word.len() <= 4);
    if words.len() > 6 || pronoun || source.of(text).contains([',', '(', '"']) {
        return None;
    }
    let first = words.first()?;
    let article = ["The", "A", "An", "Its", "Their", "His", "Her"].contains(first);
    let first = if article { first.to_lowercase() } else { (*first).to_owned() };
    // "The official" says nothing to a reader further down, "the harbour authority" does.
    let says_something = words.len() > 2 || words.iter().any(|w| w.starts_with(char::is_uppercase) && !article);
    says_something
        .then(|| std::iter::once(first.as_str()).chain(words.iter().skip(1).copied()).collect::<Vec<_>>().join(" "))
}

fn is_document(name: &str) -> bool {
    const DOCUMENTS: [&str; 12] = [
        "report",
        "statement",
        "study",
        "survey",
        "poll",
        "records",
        "figures",
        "data",
        "register",
        "yearbook",
        "census",
        "filing",
    ];
    let last = name.rsplit(' ').next().unwrap_or(name);
    DOCUMENTS.contains(&last)
}

fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// How many of the claim's names a source note names, too.
fn shared(note: &Brief, about: &HashSet<String>) -> u32 {
    if about.is_empty() {
        return 0;
    }
    let named = note.entities().filter(|e| about.contains(&names::fold(e.name))).count();
    u32::try_from(named).unwrap_or(u32::MAX)
}

/// The line (counted from 1) on which a source note has the claim's figure.
fn same_figure(claim: &Claim, source: &Brief) -> Option<u32> {
    let wanted = claim.figure.as_ref()?;
    let same = |figure: &FigureAt<'_>| {
        figure.unit == wanted.unit && figure.low <= wanted.high && wanted.low <= figure.high && wanted.high > 0.0
    };
    Some(source.lines().line_of(source.figures().find(same)?.at) + 1)
}

/// A citation of a source: by its key, or by a link to its note where the key is none.
fn cite(source: &Source, path: &str) -> String {
    let plain = source.key.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.' | '/' | '+'));
    if plain && !source.key.is_empty() {
        return format!("[@{}]", source.key);
    }
    format!("[[{}]]", crate::workspace::summary::stem(path))
}

#[cfg(test)]
mod tests {
    use super::super::code_actions::code_actions;
    use super::*;
    use crate::rules::CheckOptions;
    use crate::workspace::FileId;
    use crate::workspace::fixture::Fixture;

    /// Each action of the caret's place whose title begins so, with the text of the first note after it.
    fn after(written: &str, chosen: &str) -> Vec<(String, String)> {
        let fixture = Fixture::new(written);
        let (file, at) = fixture.caret.expect("a caret");
        let snapshot = fixture.snapshot();
        let findings = rules::check(&snapshot, file, CheckOptions::default());
        let actions = code_actions(&snapshot, FileRange { file, range: TextRange::empty(at) }, &findings);
        let chosen = actions.into_iter().filter(|a| a.title.starts_with(chosen));
        let text = snapshot.full(FileId(0)).unwrap().text.clone().unwrap();
        let mended = |action: &Action| {
            let mut edits: Vec<&Edit> = action.edits.iter().collect();
            edits.sort_by_key(|e| std::cmp::Reverse(e.range));
            edits.into_iter().fold(text.to_string(), |mut text, edit| {
                text.replace_range(edit.range.span(), &edit.text);
                text
            })
        };
        chosen.map(|action| (action.title.clone(), mended(&action))).collect()
    }

    #[test]
    fn a_figure_is_attributed_to_those_who_spoke_before_the_nearest_first() {
        let found = after(
            "Nadim Haddad said the port was shut.\n\nLidia Marr said the quay was flooded.\n\nThe port handled 38 million $0tonnes in 2030.\n",
            "Attribute to",
        );
        let titles: Vec<&str> = found.iter().map(|(title, _)| title.as_str()).collect();
        assert_eq!(titles, ["Attribute to Lidia Marr", "Attribute to Nadim Haddad"]);
        assert!(found[0].1.ends_with("The port handled 38 million tonnes in 2030, Lidia Marr said.\n"), "{found:?}");
    }

    #[test]
    fn a_quotation_gets_its_speaker_in_front_and_is_not_touched() {
        let found = after(
            "Nadim Haddad said the port was shut.\n\nThe rain went on.\n\n\"The gates$0 stay shut for a year.\"\n",
            "Attribute to",
        );
        assert!(
            found
                .iter()
                .any(|(_, text)| text.ends_with("\n\nNadim Haddad said: \"The gates stay shut for a year.\"\n")),
            "{found:?}"
        );
    }

    #[test]
    fn a_hearsay_adverb_gives_way_to_the_one_who_says_so() {
        let found = after(
            "Nadim Haddad said the port was shut.\n\nThe depot was reported$0ly emptied in May.\n",
            "Attribute to Nadim Haddad",
        );
        assert_eq!(
            found.first().map(|(_, text)| text.as_str()),
            Some("Nadim Haddad said the port was shut.\n\nThe depot was emptied in May, Nadim Haddad said.\n")
        );
    }

    #[test]
    fn nobody_is_made_the_source_of_what_is_said_about_him() {
        let found = after(
            "Nadim Haddad said the port was shut.\n\nNadim Haddad imported 412,000 $0tonnes of coal in 2030.\n",
            "Attribute to",
        );
        assert_eq!(found, []);
    }

    const LIBRARY: &str = "//- /sources/register.md\n---\ntype: source\ncitekey: register31\ntitle: Port register\n\
         publisher: Lusk Harbour Authority\n---\n{o1:Norvik Shipping} imported 412,000 tonnes of coal in 2030.\n";

    #[test]
    fn a_source_with_the_same_figure_is_the_first_choice() {
        let draft = "{o1:Norvik Shipping} imported 412,000 $0tonnes of coal in 2030.\n";
        let found = after(&format!("//- /draft.md\n{draft}{LIBRARY}"), "Cite");
        assert_eq!(
            found,
            [(
                "Cite [@register31] (the same figure on line 7)".to_owned(),
                "Norvik Shipping imported 412,000 tonnes of coal in 2030 [@register31].\n".to_owned()
            )]
        );
        let other = draft.replace("412,000", "90,000");
        assert_eq!(after(&format!("//- /draft.md\n{other}{LIBRARY}"), "Cite"), []);
    }

    #[test]
    fn a_claim_can_be_owned_or_left_open() {
        let text = "The port handled 38 million $0tonnes in 2030.\n";
        let own = after(text, "Mark as our assessment");
        assert_eq!(own[0].1, "We assess that the port handled 38 million tonnes in 2030.\n");
        let open = after(text, "Insert \"[citation needed]\"");
        assert_eq!(open[0].1, "The port handled 38 million tonnes in 2030 [citation needed].\n");
    }

    #[test]
    fn an_unknown_key_gets_a_source_note() {
        let fixture = Fixture::new("//- /a.md\nThe output fell [@pe$0ll2031].\n//- /refs.bib\n@misc{x, title={X}}\n");
        let (file, at) = fixture.caret.expect("a caret");
        let snapshot = fixture.snapshot();
        let findings = rules::check(&snapshot, file, CheckOptions::default());
        let actions = code_actions(&snapshot, FileRange { file, range: TextRange::empty(at) }, &findings);
        let made = actions.iter().find_map(|action| action.files.iter().find(|f| f.path == "sources/pell2031.md"));
        assert!(made.is_some_and(|file| file.create && file.text.contains("citekey: pell2031\n")), "{actions:?}");
    }
}
