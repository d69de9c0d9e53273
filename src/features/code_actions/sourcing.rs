//! What can be done about a claim that nobody stands behind: cite, attribute, own it, ask for a source.
//!
//! Only what the workspace knows is offered: sources whose figure or outlet is the claim's own, and speakers whom the
//! note has heard already. That such a speaker said this, too, nobody knows: his name is written in brackets, to be
//! confirmed, and is reported until it is. Nothing is put between quotation marks.

use std::collections::HashSet;

use super::action::{Action, ActionKind, FileEdit};
use crate::analysis::facts::{Attribution, Claim, EntityKind, SourceKind};
use crate::features::FileRange;
use crate::lexicon::{class, classes_of, sourcing};
use crate::rules::{self, Edit, Finding, Remedy, RuleContext};
use crate::structure::Format;
use crate::text::{TextRange, word_hash};
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
    let who = rules::Identities::default();
    let claim = Claimed { snapshot, note, text, at, sentence: sentence as u32, finding, who };
    let mut actions = Vec::new();
    let offers = |remedy: Remedy| finding.rule.remedies.contains(&remedy);
    if offers(Remedy::Cite) {
        actions.extend(claim.cited());
    }
    if offers(Remedy::Attribute) || offers(Remedy::Introduce) || offers(Remedy::AttributeInstead) {
        actions.extend(claim.attributed());
    }
    if offers(Remedy::Assess) {
        let own = rules::assessment(&claim.context(), claim.sentence);
        actions.extend(own.map(|fix| quick(fix.title, fix.edits)));
    }
    if offers(Remedy::Ask) {
        actions.push(claim.asked());
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
    who: rules::Identities,
}

impl<'a> Claimed<'a> {
    fn range(&self) -> TextRange {
        self.note.facts.note.sentences.get(self.sentence as usize).map_or(self.finding.range, |s| s.range)
    }

    /// A mark at the sentence's end: within the sentence, or behind it where its last point is needed.
    fn marked(&self, mark: &str) -> Edit {
        let within = rules::appended(&self.context(), self.sentence, mark);
        within.unwrap_or_else(|| self.insert(self.range().end, mark.to_owned()))
    }

    fn insert(&self, at: u32, text: String) -> Edit {
        Edit { file: self.at.file, range: TextRange::empty(at), text }
    }

    fn mentioned(&self) -> HashSet<u32> {
        self.note.facts.mentions_in(self.range()).filter_map(|m| m.entity).collect()
    }

    /// "…, [confirm: Nadim Haddad said]" for those who speak in the item, the best evidence first. That they said this too
    /// is for the writer to find out: until the brackets are gone A119 reports them, and the claim has no source.
    fn attributed(&self) -> Vec<Action> {
        let mut actions: Vec<Action> = Vec::new();
        for speaker in self.speakers() {
            let Some(edits) = self.said_by(&speaker) else { continue };
            actions.push(quick(format!("Attribute to {}, to be confirmed", speaker.name), edits));
            if actions.len() == MOST {
                break;
            }
        }
        actions
    }

    /// Named speakers and documents of the item. Who spoke of the same figure or the same names goes first, then who
    /// spoke in the same paragraph, then who stands nearest; who spoke before goes before who speaks later.
    fn speakers(&self) -> Vec<Speaker> {
        let facts = &self.note.facts;
        let block = |sentence: u32| facts.note.sentences.get(sentence as usize).map(|s| s.block);
        let item = |sentence: u32| Some(facts.note.blocks.get(block(sentence)? as usize)?.item);
        let here = self.mentioned();
        let near = |a: &&Attribution| {
            a.strong
                && a.kind == SourceKind::Named
                && item(a.sentence) == item(self.sentence)
                && a.sentence.abs_diff(self.sentence) <= BACK
                && a.speaker.is_none_or(|speaker| !here.contains(&speaker))
        };
        let mut near: Vec<&Attribution> = facts.attributions.iter().filter(near).collect();
        near.sort_by_cached_key(|a| {
            let beside = block(a.sentence) == block(self.sentence);
            let evidence = 2 * self.shared_evidence(a, &here) + u32::from(beside);
            (std::cmp::Reverse(evidence), a.sentence > self.sentence, a.sentence.abs_diff(self.sentence))
        });
        let mut seen = HashSet::new();
        let named = near.into_iter().filter_map(|attribution| {
            let speaker = match attribution.speaker {
                Some(local) => self.named(local)?,
                None => written(self.text, attribution)?,
            };
            let subject = self.range().of(self.text).contains(speaker.name.as_str());
            (!subject && seen.insert(names::fold(&speaker.name))).then_some(speaker)
        });
        named.collect()
    }

    /// The evidence that an attribution is about the claim, 0 to 4: its figure, and the names that both have.
    fn shared_evidence(&self, attribution: &Attribution, here: &HashSet<u32>) -> u32 {
        let facts = &self.note.facts;
        let figure = |sentence: u32| facts.claim_of(sentence)?.figure.as_ref();
        let same = figure(self.sentence).zip(figure(attribution.sentence)).is_some_and(|(one, other)| {
            one.unit == other.unit && one.low <= other.high && other.low <= one.high && one.high > 0.0
        });
        let content = attribution.content.iter().flat_map(|part| facts.mentions_in(*part));
        let names: HashSet<u32> = content.filter_map(|m| m.entity).filter(|entity| here.contains(entity)).collect();
        2 * u32::from(same) + u32::try_from(names.len()).unwrap_or(u32::MAX).min(2)
    }

    /// A person, a body or a document of the note, by its usual name; none where another spelling of it is as frequent.
    fn named(&self, local: u32) -> Option<Speaker> {
        let entity = self.note.facts.entities.get(local as usize)?;
        // "Operation Iron Gate" is no body, whatever its name was taken for.
        let words = || entity.name.split_whitespace().map(|word| classes_of(word_hash(word)));
        let event = [words().next(), words().next_back()].into_iter().flatten().any(|word| word.has(class::EVENT));
        let body = words().next_back().is_some_and(|word| word.has(class::BODY.or(class::COMPANY_SUFFIX)));
        let document = match entity.kind {
            EntityKind::Org if event && !body => return None,
            EntityKind::Person | EntityKind::Org => false,
            EntityKind::Work => true,
            _ => return None,
        };
        Some(Speaker { name: rules::usual_name(&self.context(), local)?, document })
    }

    fn context(&self) -> RuleContext<'_> {
        let config = self.snapshot.config_at(&self.note.path);
        let (facts, file) = (&*self.note.facts, self.at.file);
        RuleContext { text: self.text, facts, file, workspace: self.snapshot, config, who: &self.who }
    }

    fn said_by(&self, speaker: &Speaker) -> Option<Vec<Edit>> {
        let Speaker { name, document } = speaker;
        if self.finding.rule.remedies.contains(&Remedy::Introduce) {
            let range = self.range();
            // Before the quotation, so that nothing of it is touched.
            let opens = self.finding.range.start == range.start && !document;
            let lead = format!("{} ", rules::said_unconfirmed_before(&capitalised(name)));
            return opens.then(|| vec![self.insert(range.start, lead)]);
        }
        let words = if *document { rules::according_unconfirmed(name) } else { rules::said_unconfirmed(name) };
        Some(vec![rules::appended(&self.context(), self.sentence, &format!(", {words}"))?])
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
        let act = |(_, cite, why): (u32, String, String)| {
            let mut action = quick(format!("Cite {cite} ({why})"), vec![self.marked(&format!(" {cite}"))]);
            action.preferred = true;
            action
        };
        found.into_iter().take(MOST).map(act).collect()
    }

    fn asked(&self) -> Action {
        quick("Insert \"[citation needed]\"".to_owned(), vec![self.marked(" [citation needed]")])
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

/// Somebody to whom a claim may be attributed.
struct Speaker {
    /// As it stands inside a sentence.
    name: String,
    /// It does not speak; something is so "according to" it.
    document: bool,
}

/// The source as the text has it, if it is a body, a person by role or a document; none for what only points back, is
/// described at length, or cannot speak.
fn written(text: &str, attribution: &Attribution) -> Option<Speaker> {
    let [source] = attribution.source.as_slice() else { return None };
    let words: Vec<&str> = source.of(text).split_whitespace().collect();
    if words.len() > 6 || source.of(text).contains([',', '(', '"', '[']) {
        return None;
    }
    let first = words.first()?;
    let article = ["The", "A", "An", "Its", "Their", "His", "Her"].contains(first);
    let first = if article { first.to_lowercase() } else { (*first).to_owned() };
    // "The official" says nothing to a reader further down, "the harbour authority" does.
    let says_something = words.len() > 2 || words.iter().any(|w| w.starts_with(char::is_uppercase) && !article);
    let last = word_hash(words.last()?);
    let document = sourcing::lookup(last).any(sourcing::DOC) || ["register", "yearbook"].map(word_hash).contains(&last);
    let speaks = classes_of(last).has(class::BODY.or(class::ROLE_HEAD));
    let name = std::iter::once(first.as_str()).chain(words.iter().skip(1).copied()).collect::<Vec<_>>().join(" ");
    (says_something && (document || speaks)).then_some(Speaker { name, document: document && !speaks })
}

fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The number of the claim's names that a source note names, too.
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
    format!("[[{}]]", crate::workspace::paths::stem(path))
}

#[cfg(test)]
mod tests {
    use super::super::code_actions;
    use super::super::trial::Trial;
    use super::*;
    use crate::features::testing::analysed;
    use crate::rules::CheckOptions;
    use crate::workspace::FileId;
    use crate::workspace::fixture::Fixture;

    /// Each action of the caret's place whose title begins so, with the text of the first note after it. Further notes
    /// follow after `//- /path`.
    fn after(written: &str, chosen: &str) -> Vec<(String, String)> {
        let mut notes = written.split("//- /");
        let first = notes.next().expect("a note");
        let at = first.find("$0").expect("a caret in the first note");
        let text = first.replace("$0", "");
        let others = notes.map(|note| note.split_once('\n').expect("a path and a text"));
        let all: Vec<(&str, &str)> = [("draft.md", text.as_str())].into_iter().chain(others).collect();
        let (snapshot, file) = (analysed(&all), FileId(0));
        let findings = rules::check(&snapshot, file, CheckOptions::default());
        let trial = Trial::new(&snapshot, file, CheckOptions::default()).expect("its text is at hand");
        let is_chosen = |action: &Action| action.title.starts_with(chosen);
        let actions = code_actions(&trial, TextRange::empty(at as u32), &findings, &is_chosen);
        let mended = |action: &Action| {
            let mut edits: Vec<&Edit> = action.edits.iter().collect();
            edits.sort_by_key(|e| std::cmp::Reverse(e.range));
            edits.into_iter().fold(text.clone(), |mut text, edit| {
                text.replace_range(edit.range.span(), &edit.text);
                text
            })
        };
        actions.iter().map(|action| (action.title.clone(), mended(action))).collect()
    }

    /// Those to whom a claim can be attributed, the best first.
    fn speakers(written: &str) -> Vec<String> {
        let name =
            |title: String| title.trim_start_matches("Attribute to ").trim_end_matches(", to be confirmed").to_owned();
        after(written, "Attribute to").into_iter().map(|(title, _)| name(title)).collect()
    }

    #[test]
    fn only_persons_bodies_and_documents_are_offered_as_sources() {
        for (said, speaker) in [
            ("Nadim Haddad said the port was shut.", Some("Nadim Haddad")),
            ("Norvik Shipping said the port was shut.", Some("Norvik Shipping")),
            ("The harbour authority said the port was shut.", Some("the harbour authority")),
            ("According to the harbour register, the port was shut.", Some("the harbour register")),
            ("The map episode said the port was shut.", None),
            ("The northern storm said the port was shut.", None),
            ("The old quay said the port was shut.", None),
            ("The K-12 howitzer said the port was shut.", None),
            ("Operation Iron Gate said the port was shut.", None),
        ] {
            let text = format!("{said}\n\nThe port handled 38 million $0tonnes in 2030.\n");
            assert_eq!(speakers(&text).first().map(String::as_str), speaker, "{said}");
        }
        let register = after(
            "According to the harbour register, the port was shut.\n\nThe port handled 38 million $0tonnes in 2030.\n",
            "Attribute to",
        );
        assert!(register[0].1.ends_with(" in 2030, [confirm: according to the harbour register].\n"), "{register:?}");
    }

    #[test]
    fn who_spoke_of_the_same_names_goes_before_who_stands_nearer() {
        let text = "Nadim Haddad said Norvik Shipping had bought two quays.\n\nLidia Marr said the quay was flooded.\n\n\
                    Norvik Shipping handled 38 million $0tonnes in 2030.\n";
        assert_eq!(speakers(text), ["Nadim Haddad", "Lidia Marr"]);
    }

    #[test]
    fn a_name_is_offered_in_its_usual_spelling_or_not_at_all() {
        let often = "Nadim Haddad came to Lusk. Nadim Haddad left Lusk. Nadim Haddad met the council.";
        let claim = "The port handled 38 million $0tonnes in 2030.\n";
        for rare in ["Nadim Hadad", "Nadeem Haddad", "Nadim Haddaad"] {
            let text = format!("{often}\n\n{rare} said the port was shut.\n\n{claim}");
            let offered = speakers(&text);
            assert!(offered.iter().all(|name| name == "Nadim Haddad"), "{rare}: {offered:?}");
        }
        let record = "//- /people/haddad.md\n---\ntype: person\nname: Nadim Haddad\n---\n";
        let offered = speakers(&format!("Nadeem al-Haddad said the port was shut.\n\n{claim}{record}"));
        assert_eq!(offered, ["Nadim Haddad"]);
    }

    #[test]
    fn a_figure_is_attributed_to_those_who_spoke_before_the_nearest_first() {
        let found = after(
            "Nadim Haddad said the port was shut.\n\nLidia Marr said the quay was flooded.\n\nThe port handled 38 million $0tonnes in 2030.\n",
            "Attribute to",
        );
        let titles: Vec<&str> = found.iter().map(|(title, _)| title.as_str()).collect();
        assert_eq!(titles, ["Attribute to Lidia Marr, to be confirmed", "Attribute to Nadim Haddad, to be confirmed"]);
        assert!(
            found[0].1.ends_with("The port handled 38 million tonnes in 2030, [confirm: Lidia Marr said].\n"),
            "{found:?}"
        );
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
                .any(|(_, text)| text
                    .ends_with("\n\n[confirm: Nadim Haddad said:] \"The gates stay shut for a year.\"\n")),
            "{found:?}"
        );
    }

    #[test]
    fn a_hearsay_adverb_stays_while_it_is_not_known_who_says_so() {
        let found = after(
            "Nadim Haddad said the port was shut.\n\nThe depot was reported$0ly emptied in May.\n",
            "Attribute to Nadim Haddad",
        );
        assert_eq!(
            found.first().map(|(_, text)| text.as_str()),
            Some(
                "Nadim Haddad said the port was shut.\n\nThe depot was reportedly emptied in May, [confirm: Nadim Haddad said].\n"
            )
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
         publisher: Lusk Harbour Authority\n---\nNorvik Shipping imported 412,000 tonnes of coal in 2030.\n";

    #[test]
    fn a_source_with_the_same_figure_is_the_first_choice() {
        let draft = "Norvik Shipping imported 412,000 $0tonnes of coal in 2030.\n";
        let found = after(&format!("{draft}{LIBRARY}"), "Cite");
        assert_eq!(
            found,
            [(
                "Cite [@register31] (the same figure on line 7)".to_owned(),
                "Norvik Shipping imported 412,000 tonnes of coal in 2030 [@register31].\n".to_owned()
            )]
        );
        let other = draft.replace("412,000", "90,000");
        assert_eq!(after(&format!("{other}{LIBRARY}"), "Cite"), []);
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
    fn an_abbreviation_keeps_its_point() {
        let said = "Nadim Haddad said the port was shut.\n\n";
        for end in [
            "left the U.S.",
            "left at 5 p.m.",
            "went to Norvik Inc.",
            "carried coal, tin, etc.",
            "went to Ada Pell Jr.",
        ] {
            let text = format!("{said}About 412,000 $0tonnes {end}\n");
            let written = text.replace("$0", "");
            let claim = written.trim_end();
            for (chosen, mark) in [
                ("Attribute to Nadim Haddad", ", [confirm: Nadim Haddad said]."),
                ("Insert \"[citation needed]\"", " [citation needed]."),
            ] {
                let found = after(&text, chosen);
                assert_eq!(
                    found.first().map(|(_, text)| text.as_str()),
                    Some(format!("{claim}{mark}\n").as_str()),
                    "{end}"
                );
            }
        }
        // Nobody knows whether these points are needed: nothing is put before them.
        for end in ["went to Mole B.", "went to Quay No.", "went to Jan."] {
            let text = format!("{said}About 412,000 $0tonnes {end}\n");
            assert_eq!(after(&text, "Attribute to Nadim Haddad"), []);
            let open = after(&text, "Insert \"[citation needed]\"");
            assert!(open.iter().all(|(_, text)| text.contains(end)), "{open:?}");
        }
    }

    #[test]
    fn a_label_is_nobodys_assessment() {
        for label in [
            "The tally: 38 million $0tonnes.",
            "The port: it handled 38 million $0tonnes in 2030.",
            "Output – 38 million $0tonnes in 2030.",
        ] {
            assert_eq!(after(&format!("{label}\n"), "Mark as our assessment"), []);
        }
        for sentence in [
            "The port – once a yard – handled 38 million $0tonnes in 2030.",
            "By 10:30 the port handled 38 million $0tonnes.",
        ] {
            let own = after(&format!("{sentence}\n"), "Mark as our assessment");
            assert!(own.iter().any(|(_, text)| text.starts_with("We assess that ")), "{sentence}");
        }
    }

    #[test]
    fn an_unknown_key_gets_a_source_note() {
        let fixture = Fixture::new("//- /a.md\nThe output fell [@pe$0ll2031].\n//- /refs.bib\n@misc{x, title={X}}\n");
        let (file, at) = fixture.caret.expect("a caret");
        let snapshot = fixture.snapshot();
        let findings = rules::check(&snapshot, file, CheckOptions::default());
        let trial = Trial::new(&snapshot, file, CheckOptions::default()).expect("its text is at hand");
        let actions = code_actions(&trial, TextRange::empty(at), &findings, &|_| true);
        let made = actions.iter().find_map(|action| action.files.iter().find(|f| f.path == "sources/pell2031.md"));
        assert!(made.is_some_and(|file| file.create && file.text.contains("citekey: pell2031\n")), "{actions:?}");
    }
}
