//! The reality of what a cue tells: negation, mood, what governs its verb, and the clause that it stands in.
//!
//! Asked of the tags, so precision goes first: what is governed by words that are not known is only supposed.

use smallvec::SmallVec;

use super::Candidate;
use super::contents::Piece;
use super::groups::group_start;
use super::moods;

use super::tags::Tag;
use super::view::{Run, View};
use crate::lexicon::sourcing::form;
use crate::lexicon::speech::{CAME, DONE, KEPT, MEANS, SUPPOSES, UNDONE};

/// Words for being tired of what one has often said.
const TIRED: [&str; 5] = ["tire", "tired", "tires", "tiring", "weary"];
/// Tokens before an auxiliary that are looked at for what begins its clause.
const FAR: usize = 40;

/// The answer to whether it took place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reality {
    /// It did.
    Real,
    /// It did not.
    Negated,
    /// It is asked, supposed, possible or to come.
    Supposed,
}

/// Openers of a clause that is to come where its verb is in the present.
const UNTIL: [&str; 4] = ["until", "till", "once", "before"];

/// The reality of what the cue of `one` tells, and the first of the words that say so. `verb` is the head of the cue.
pub(super) fn read(view: &View<'_>, one: &Candidate, verb: usize) -> (Reality, usize) {
    let group = Group::of(view, one, verb);
    let lead = Lead::of(view, one);
    let from = group.from.min(lead.from.unwrap_or(group.from));
    (weighed(view, &group, &lead, verb), from)
}

fn weighed(view: &View<'_>, group: &Group, lead: &Lead, verb: usize) -> Reality {
    if lead.supposed || group.supposed {
        return Reality::Supposed;
    }
    let negations = group.negations + lead.negations;
    let modal = group.modal(view);
    match modal {
        Modal::None => {}
        Modal::Came if negations == 0 => return Reality::Real,
        // "did not" in another mood: "would not say", "could not confirm".
        Modal::Able | Modal::Came if negations % 2 == 1 && !group.perfect => {
            return if is_emphatic(view, verb) { Reality::Real } else { Reality::Negated };
        }
        Modal::Able | Modal::Came | Modal::Other if negations > 0 && negations.is_multiple_of(2) => {}
        Modal::Able | Modal::Came | Modal::Other => return Reality::Supposed,
    }
    if negations % 2 == 1 { Reality::Negated } else { Reality::Real }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Modal {
    None,
    /// "would later", "would only"
    Came,
    /// With "not" it tells what was not done: "would", "could", "will", "can".
    Able,
    Other,
}

/// The verb with what belongs to it, as tokens of the sentence.
struct Group {
    tokens: SmallVec<[usize; 12]>,
    negations: usize,
    perfect: bool,
    supposed: bool,
    /// The first token of the cue and of what denies it.
    from: usize,
}

impl Group {
    fn of(view: &View<'_>, one: &Candidate, verb: usize) -> Self {
        let mut tokens: SmallVec<[usize; 12]> = (one.cue.start..verb).collect();
        let mut first = one.cue.start;
        // "did not confirm or deny": the second verb shares what stands before the first.
        if let Some(earlier) = joined(view, one.cue.start, verb) {
            first = group_start(view, earlier);
            tokens.extend(first..earlier);
        }
        // "Pell never once, in no way said": what stands between the source and its verb.
        let gap = one.source.first().map(|source| source.end).filter(|&end| end < first && first - end <= 8);
        let gap = gap.filter(|&end| !view.has_finite(end..first));
        if let Some(end) = gap {
            let comma = (end..first).rev().find(|&n| view.tags[n] == Tag::Comma).map_or(end, |n| n + 1);
            tokens.extend(comma..first);
        }
        tokens.extend(first.checked_sub(1).filter(|&n| is_any(view, n, &["neither", "nor"]) && gap.is_none()));
        let mut group = Self { tokens, negations: 0, perfect: false, supposed: false, from: first };
        group.governed(view, one, first, verb);
        group.tokens.sort_unstable();
        group.tokens.dedup();
        // "would neither confirm nor deny"
        if first > 0 && view.is(first - 1, "nor") {
            let neither = (first.saturating_sub(6)..first).rev().find(|&n| view.is(n, "neither"));
            let auxiliary = |n: usize| n > 0 && view.tags[n - 1].is_finite() && view.tags[n - 1] != Tag::Fin;
            group.from = neither.map_or(first - 1, |n| n - usize::from(auxiliary(n)));
        }
        let denies = || group.tokens.iter().copied().filter(|&n| is_negation(view, n));
        group.from = group.from.min(denies().next().unwrap_or(first));
        group.negations += denies().count();
        // "no longer says"
        let no_longer = |n: usize| view.is(n, "no") && view.is(n + 1, "longer");
        if let Some(no) = (first.saturating_sub(2)..verb).find(|&n| no_longer(n)) {
            group.negations += 1;
            group.from = group.from.min(no);
        }
        // "Pell in no way said": the source reaches up to its verb.
        let within = one.source.first().filter(|source| source.end <= first).cloned();
        if let Some(no) = within.and_then(|source| moods::no_way(view, source)) {
            group.negations += 1;
            group.from = group.from.min(no);
        }
        group.supposed |= group.tokens.iter().any(|&n| moods::is_unsure(view, n));
        group.perfect = group.tokens.iter().any(|&n| is_any(view, n, &["have", "of", "’ve"]) && n > first);
        // "almost said", not "almost at once said"
        let almost = |n: usize| {
            is_any(view, n, &["almost", "nearly", "practically", "virtually", "rarely", "seldom"])
                && view.tag(n + 1) != Some(Tag::Adv)
        };
        let all_but = |n: usize| view.is(n, "all") && view.is(n + 1, "but");
        group.supposed |= group.tokens.iter().any(|&n| almost(n)) || (first.saturating_sub(2)..verb).any(all_but);
        group
    }

    /// Takes in what governs an infinitive or a gerund.
    fn governed(&mut self, view: &View<'_>, one: &Candidate, first: usize, verb: usize) {
        let to = self.tokens.iter().copied().filter(|&n| view.tags[n] == Tag::To).max();
        if let Some(to) = to {
            return self.infinitive(view, to, first);
        }
        let undone = self.tokens.iter().filter(|&&n| view.is_of(n, UNDONE) && !view.is(n, "yet")).count();
        self.negations += undone;
        if view.tags[verb] == Tag::Ing && !self.tokens.iter().any(|&n| view.tags[n] == Tag::Be) && undone == 0 {
            self.gerund(view, one);
        }
    }

    fn infinitive(&mut self, view: &View<'_>, to: usize, first: usize) {
        let mut at = to;
        while at > 0 && view.tags[at - 1] == Tag::Adv && !view.is_of(at - 1, DONE) {
            at -= 1;
        }
        let Some(governor) = at.checked_sub(1).filter(|&n| !view.is_inside(n)) else {
            self.supposed = true;
            return;
        };
        // "took care not to say", but "asked Doss not to say"
        if view.tag(governor) == Some(Tag::Neg) {
            let kept = governor.checked_sub(1).filter(|&n| view.is_of(n, KEPT));
            self.supposed |= kept.is_none();
            self.negations += usize::from(kept.is_some() && !self.tokens.contains(&governor));
            self.from = self.from.min(kept.unwrap_or(governor));
            return;
        }
        // "is going to say", "seems to have said"
        let going = view.is(governor, "going") && view.before(governor) == Some(Tag::Be);
        if going || is_any(view, governor, &["appeared", "appears", "seemed", "seems"]) {
            self.supposed = true;
            return;
        }
        // The auxiliaries of what governs: "was not able to confirm", "may have to admit".
        let start = group_start(view, governor);
        let start = if view.tags[governor] == Tag::Adj || !view.tags[governor].is_nominal() { start } else { governor };
        self.tokens.extend(start.min(first)..governor);
        let far = view.is(governor, "as") && governor > 0 && view.is(governor - 1, "far");
        if view.is_of(governor, UNDONE) {
            self.negations += 1;
            self.from = self.from.min(start.min(governor));
        } else if view.is_of(governor, DONE) || view.is(governor, "out") || far {
        } else {
            let low = governor.saturating_sub(10);
            let means = (low..=governor).rev().find(|&n| view.tags[n] == Tag::Fin || view.tags[n] == Tag::Comma);
            self.supposed |= !means.is_some_and(|n| view.is_of(n, MEANS));
        }
        // "too tired to say"
        if let Some(too) = governor.checked_sub(1).filter(|&n| view.is(n, "too")) {
            self.negations += 1;
            self.supposed = false;
            self.from = self.from.min(too);
        }
    }

    /// "without saying", "refrained from saying", "was accused of saying".
    fn gerund(&mut self, view: &View<'_>, one: &Candidate) {
        let Some(before) = one.cue.start.checked_sub(1).filter(|&n| !view.is_inside(n)) else { return };
        let earlier = |words: &[&str]| before.checked_sub(1).is_some_and(|n| is_any(view, n, words));
        // "refrained from saying", not "anything from saying it to doing it"
        let restrained = view.is(before, "from") && before.checked_sub(1).is_some_and(|n| moods::is_restraint(view, n));
        // "held off on saying"
        let held_off = is_any(view, before, &["on", "from"]) && earlier(&["off"]);
        if held_off {
            self.negations += 1;
            self.from = self.from.min(before.saturating_sub(2));
        } else if view.is(before, "as") {
            self.supposed |= moods::is_misquoted(view, before);
        } else if restrained || is_any(view, before, &["without", "than"]) || view.is_of(before, UNDONE) {
            self.negations += 1;
            self.from = self.from.min(before - usize::from(restrained));
        } else if view.is(before, "of") {
            if earlier(&["short", "instead"]) {
                self.negations += 1;
                self.from = self.from.min(before - 1 - usize::from(before > 1 && earlier(&["short"])));
            } else if !earlier(&["habit", "point", "way"]) && !earlier(&TIRED) {
                self.supposed = true;
            }
        } else if view.is(before, "to") {
            self.supposed |= !earlier(&["admitted", "admits", "confessed"]);
        } else if is_any(
            view,
            before,
            &["about", "against", "like", "considered", "suggested", "recommended", "risked"],
        ) {
            self.supposed = true;
        }
        // "never tired of saying", "did not stop short of saying": its own negation counts too.
        if self.negations > 0 || view.is(before, "of") {
            let low = before.saturating_sub(5);
            self.tokens.extend((low..before).filter(|&n| is_negation(view, n)));
            let tired = view.is(before, "of") && earlier(&TIRED);
            self.negations += usize::from(tired);
        }
    }

    fn modal(&self, view: &View<'_>) -> Modal {
        let modal = self.tokens.iter().copied().find(|&n| {
            view.tags[n] == Tag::Modal
                || view.at(n).ends_with("'ll")
                || view.at(n).ends_with("’ll")
                || matches!(view.tags[n], Tag::Have) && view.is(n, "has") && view.tag(n + 1) == Some(Tag::To)
        });
        let Some(modal) = modal else { return Modal::None };
        let word = view.at(modal).to_ascii_lowercase();
        let came = self.tokens.iter().any(|&n| n > modal && (view.is_of(n, CAME) || is_any(view, n, &["go", "come"])));
        match word.as_str() {
            "would" | "could" if came && !self.perfect => Modal::Came,
            _ if ["would", "could", "will", "won", "can"].iter().any(|able| word.starts_with(able)) => Modal::Able,
            _ => Modal::Other,
        }
    }
}

/// The verb before "or", "nor", "and" of which the bare verb at `verb` is the second.
fn joined(view: &View<'_>, start: usize, verb: usize) -> Option<usize> {
    let mut left = start;
    while left > 0 && view.tags[left - 1] == Tag::Adv {
        left -= 1;
    }
    let conj = left.checked_sub(1).filter(|&n| view.tags[n] == Tag::Conj && !view.is_inside(n))?;
    let tag = view.tags[verb];
    let nor = view.is(conj, "nor");
    if start < verb || !(matches!(tag, Tag::Inf | Tag::Part) || nor) {
        return None;
    }
    (conj.saturating_sub(8)..conj).rev().find(|&n| view.tags[n] == tag && !view.is_inside(n))
}

/// The words before the clause of the cue.
#[derive(Default)]
struct Lead {
    supposed: bool,
    negations: usize,
    /// The first of the words that deny it.
    from: Option<usize>,
}

impl Lead {
    fn of(view: &View<'_>, one: &Candidate) -> Self {
        let mut lead = Self::default();
        let source = one.source.first();
        let theme = || {
            one.content.iter().find_map(|piece| match piece {
                Piece::Run(run) => Some(run.start),
                Piece::Quote(_) | Piece::Before => None,
            })
        };
        let after = source.is_some_and(|source| source.start >= one.cue.end);
        let first = match source {
            Some(_) if after => theme().map_or(one.cue.start, |theme| theme.min(one.cue.start)),
            Some(source) => source.start.min(one.cue.start),
            None => one.cue.start,
        };
        if let Some(source) = source.filter(|_| !after) {
            lead.from = nobody(view, source);
            lead.negations += usize::from(lead.from.is_some());
        }
        if after && view.before(one.cue.start) == Some(Tag::Quote) {
            return lead;
        }
        lead.clause(view, first, one);
        lead
    }

    fn clause(&mut self, view: &View<'_>, first: usize, one: &Candidate) {
        let mut at = first;
        // "Suppose Pell said": the opener is taken for a part of the source.
        self.supposed |= one
            .source
            .first()
            .is_some_and(|source| source.len() > 1 && source.start == first && view.is_of(source.start, SUPPOSES));
        while at > 0
            && (view.tags[at - 1] == Tag::Adv || moods::is_unsure(view, at - 1))
            && !is_any(view, at - 1, &UNTIL)
        {
            self.supposed |= moods::is_unsure(view, at - 1);
            at -= 1;
        }
        let asked = view.is(view.len().saturating_sub(1), "?") && !view.is_inside(view.len() - 1);
        let Some(mut opener) = at.checked_sub(1).filter(|&n| !view.is_inside(n)) else {
            self.supposed |= asked && is_plain_question(view, one);
            return;
        };
        // "if, as expected, Pell says"
        if view.tags[opener] == Tag::Comma {
            let low = opener.saturating_sub(8);
            let comma = (low..opener).rev().find(|&n| view.tags[n] == Tag::Comma);
            match comma.and_then(|n| n.checked_sub(1)).filter(|&n| view.is_of(n, SUPPOSES)) {
                Some(found) => opener = found,
                None => return,
            }
        }
        let finite = one.cue.clone().find(|&n| view.tags[n].is_finite());
        let present = finite.is_none_or(|n| {
            view.tags[n] == Tag::Fin && !view.word(n).can_be(form::PAST)
                || is_any(view, n, &["has", "have", "is", "are"])
        });
        let or_not = opener >= 2 && view.is(opener, "not") && view.is(opener - 2, "whether");
        if or_not
            || view.is_of(opener, SUPPOSES)
            || present && is_any(view, opener, &UNTIL)
            || moods::is_to_come(view, opener, present)
        {
            self.supposed = true;
        } else if view.is(opener, "that") && matches!(view.tags[opener], Tag::Sub | Tag::Wh) {
            self.supposed |= moods::is_left_open(view, opener, |n| is_negation(view, n));
        } else if matches!(view.tags[opener], Tag::Do | Tag::Have | Tag::Be | Tag::Modal) {
            self.inverted(view, opener, asked);
        } else if view.tags[opener] == Tag::Conj && opener == 0 {
            self.supposed |= asked && is_plain_question(view, one);
        }
    }

    /// `Did Pell say`, `Nor has Pell said`, `Had Pell said`, `Only then did Pell say`.
    fn inverted(&mut self, view: &View<'_>, auxiliary: usize, asked: bool) {
        let low = auxiliary.saturating_sub(FAR);
        let begin = (low..auxiliary)
            .rev()
            .find(|&n| matches!(view.tags[n], Tag::Comma | Tag::Semi | Tag::Colon | Tag::Dash | Tag::Stop | Tag::Quote))
            .map_or(low, |n| n + 1);
        let leads = begin..auxiliary;
        let any = |words: &[&str]| leads.clone().any(|n| is_any(view, n, words));
        if any(&["only"]) {
            return;
        }
        let refuses =
            any(&["nor", "neither", "never", "no", "not", "nowhere", "rarely", "seldom", "hardly", "scarcely"]);
        let is_negated = is_negation(view, auxiliary);
        let plain = leads.clone().all(|n| matches!(view.tags[n], Tag::Conj | Tag::Wh | Tag::Adv | Tag::Sub));
        if refuses && !asked {
            self.negations += 1;
            self.from = Some(begin);
        } else if asked || plain && (!is_negated || leads.is_empty()) {
            self.supposed = true;
        }
    }
}

/// A question in the order of a statement: `Pell says the gate is safe?`
fn is_plain_question(view: &View<'_>, one: &Candidate) -> bool {
    let asks = one.cue.clone().any(|n| {
        view.report(n)
            .is_some_and(|(verb, _)| matches!(verb.lemma, "ask" | "wonder" | "question" | "inquire" | "enquire"))
    });
    let clause = one.content.iter().any(|piece| match piece {
        Piece::Run(run) => {
            run.start >= one.cue.end
                && !matches!(view.tag(run.start), Some(Tag::Wh | Tag::Comma | Tag::Colon))
                && !matches!(view.before(run.start), Some(Tag::Colon | Tag::Comma))
        }
        Piece::Quote(_) | Piece::Before => false,
    });
    !asks && clause && one.source.first().is_some_and(|source| source.start <= 1)
}

/// The word by which the source is nobody, or not the one that is named: `No minister`, `neither Pell nor Doss`, `not Pell`.
fn nobody(view: &View<'_>, source: &Run) -> Option<usize> {
    let number = view.tag(source.start + 1) == Some(Tag::Num) || view.is(source.start + 1, ".");
    if is_any(view, source.start, &["no", "none", "nobody", "neither", "not", "nothing"]) && !number {
        return Some(source.start);
    }
    let low = source.start.saturating_sub(8);
    let chain = (low..source.start).rev().take_while(|&n| {
        view.tags[n].is_nominal() || matches!(view.tags[n], Tag::Det | Tag::Adj | Tag::Hyphen) || view.is(n, "nor")
    });
    let neither = chain.into_iter().find(|&n| view.is(n, "neither"));
    let within = || {
        let named = |n: usize| view.tag(n + 1).is_some_and(Tag::is_nominal);
        (source.start..source.end).find(|&n| view.is(n, "neither") && named(n))
    };
    // "It was not Ada Pell who said": the source stands right after "not".
    let cleft = || {
        let not = source.start.checked_sub(1).filter(|&n| n > 0 && view.is(n, "not"))?;
        matches!(view.tags[not - 1], Tag::Be | Tag::Stop | Tag::Comma).then_some(not)
    };
    neither.or_else(within).or_else(cleft)
}

/// `not`, `never`, `didn't`, but not `not only`.
fn is_negation(view: &View<'_>, at: usize) -> bool {
    let text = view.at(at);
    let negates = view.tags[at] == Tag::Neg
        || text.ends_with("n't")
        || text.ends_with("n’t")
        || is_any(view, at, &["cannot", "neither", "nor", "hardly", "scarcely", "barely"])
        || view.is(at, "no") && !view.is(at + 1, "longer");
    negates && !is_any(view, at + 1, &["only", "just", "merely", "simply", "solely"])
}

/// `could not say more strongly`, `cannot stress enough`: as strong as words can be.
fn is_emphatic(view: &View<'_>, verb: usize) -> bool {
    (verb + 1..view.len().min(verb + 6)).any(|n| {
        is_any(view, n, &["enough", "better", "clearer", "louder"])
            || is_any(view, n, &["more", "too"]) && view.at(n + 1).ends_with("ly")
    })
}

fn is_any(view: &View<'_>, at: usize, words: &[&str]) -> bool {
    words.iter().any(|word| view.is(at, word))
}
