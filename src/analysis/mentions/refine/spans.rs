//! The span of one name: pairs apart, lists whole, sites, vessels and offices by their words.

use std::ops::Range;

use super::Refiner;
use crate::analysis::facts::EntityKind;
use crate::analysis::mentions::NamedSpan;
use crate::analysis::names;
use crate::lexicon::names::kind;
use crate::lexicon::{class, classes_of, classes_of_small, written};
use crate::structure::TokenKind;

impl Refiner<'_> {
    /// Takes a name apart into what it is by our conventions: none, one or several names.
    pub(super) fn mend(&self, (range, kind): NamedSpan, out: &mut Vec<NamedSpan>) {
        let Some((range, kind)) = self.trimmed(self.without_verb(range, kind), kind, out) else { return };
        if self.pair(&range, kind, out) || self.person_of_body(&range, kind, out) {
            return;
        }
        let at = range.start;
        if range.len() == 1 && (self.is_no_name(at) || self.is_plural_acronym(at) || self.is_of_currency(at)) {
            return;
        }
        let range = self.with_prefix(self.with_particles(self.with_point(range, kind), kind), kind);
        let kind = if self.is_vessel(&range, kind) {
            EntityKind::Product
        } else if self.is_site(&range, kind) {
            EntityKind::Place
        } else {
            kind
        };
        out.push((range, kind));
    }

    /// "Meridia-Norland talks", "Agency/Photographer": two names.
    fn pair(&self, range: &Range<usize>, kind: EntityKind, out: &mut Vec<NamedSpan>) -> bool {
        let slash = range.clone().find(|&at| self.word(at) == "/").filter(|&at| at > range.start && at + 1 < range.end);
        let parted = matches!(kind, EntityKind::Person | EntityKind::Org | EntityKind::Place | EntityKind::Group);
        if let Some(slash) = slash.filter(|_| parted) {
            out.push((range.start..slash, kind));
            out.push((slash + 1..range.end, kind));
            return true;
        }
        if range.len() < 3 || self.word(range.start + 1) != "-" || kind == EntityKind::Product {
            return false;
        }
        let whole = self.known_at(range.start).any(|known| known.len >= 3);
        let Some(first) = self.sure_kind(range.start).filter(|_| !whole) else { return false };
        let rest = range.start + 2..range.end;
        let second = self.sure_kind(rest.start);
        if rest.len() == 1 && (second.is_some() || kind == EntityKind::Place) {
            out.push((range.start..range.start + 1, first));
            out.push((rest, second.unwrap_or(kind)));
            return true;
        }
        false
    }

    /// "Lidia Marr of Norvik Shipping", taken for a body as a whole: a person, and the body.
    fn person_of_body(&self, range: &Range<usize>, kind: EntityKind, out: &mut Vec<NamedSpan>) -> bool {
        let of = range.start + 2;
        if kind != EntityKind::Org || of + 1 >= range.end || self.word(of) != "of" {
            return false;
        }
        let (Some(given), Some(family)) = (self.look(range.start), self.look(range.start + 1)) else { return false };
        let place_or_people = kind::GROUP.or(kind::ANY_PLACE).or(kind::COMMON);
        let head = class::BODY.or(class::FACILITY).or(class::EVENT).or(class::WORK);
        let person = given.single.has(kind::GIVEN)
            && !given.single.has(place_or_people)
            && !family.single.has(kind::COMMON)
            && !self.classes(range.start + 1).has(head)
            && self.tokens[of + 1].capital;
        if person {
            out.push((range.start..of, EntityKind::Person));
            out.push((of + 1..range.end, kind));
        }
        person
    }

    /// Place or group, where the lists leave no doubt.
    fn sure_kind(&self, at: usize) -> Option<EntityKind> {
        let word = self.look(at)?;
        if word.single.has(kind::GROUP) && !word.single.has(kind::ANY_PLACE) {
            Some(EntityKind::Group)
        } else {
            word.single.has(kind::COUNTRY.or(kind::CAPITAL)).then_some(EntityKind::Place)
        }
    }

    /// "the Sarn aircraft carrier", "HMS Marr": a ship, unless the name is surely a state's, a capital's or a fleet's.
    pub(super) fn is_vessel(&self, range: &Range<usize>, kind: EntityKind) -> bool {
        if !matches!(kind, EntityKind::Place | EntityKind::Person | EntityKind::Org) {
            return false;
        }
        let prefixed = range.len() > 1
            && self.tokens[range.start].all_capitals
            && self.classes(range.start).has(class::SHIP_PREFIX);
        let article =
            range.start > self.sentence.tokens.start as usize && matches!(self.word(range.start - 1), "the" | "The");
        let next = if self.word(range.end) == "aircraft" { range.end + 1 } else { range.end };
        let ship = classes_of_small(self.word(next)).has(class::WARSHIP);
        let sure = kind::COUNTRY.or(kind::CAPITAL).or(kind::GROUP).or(kind::ANY_ORG);
        let other = self.known_at(range.start).any(|known| known.len == range.len() && known.kinds.has(sure));
        prefixed || article && ship && !other
    }

    /// "Lusk Bridge", or a region by the lists: a place, though its words could be a body's or a person's.
    fn is_site(&self, range: &Range<usize>, kind: EntityKind) -> bool {
        if !matches!(kind, EntityKind::Org | EntityKind::Person) || range.len() < 2 {
            return false;
        }
        let given = self.look(range.start).is_some_and(|word| word.single.has(kind::GIVEN));
        let built = written::forms_of(self.word(range.end - 1)).has(written::SITE_HEAD);
        let other = kind::ANY_ORG.or(kind::PERSON);
        let region = self
            .known_at(range.start)
            .any(|known| known.len == range.len() && known.kinds.has(kind::REGION) && !known.kinds.has(other));
        built && !(kind == EntityKind::Person && given) || region
    }

    /// `HMS` before the name of a ship belongs to it.
    fn with_prefix(&self, range: Range<usize>, kind: EntityKind) -> Range<usize> {
        let first = self.sentence.tokens.start as usize;
        let before = range.start.checked_sub(1).filter(|&at| at >= first && kind != EntityKind::Product);
        let prefix = before.filter(|&at| self.tokens[at].all_capitals && self.classes(at).has(class::SHIP_PREFIX));
        prefix.map_or(range.clone(), |at| at..range.end)
    }

    /// Abbreviations of common nouns name nothing.
    fn is_no_name(&self, at: usize) -> bool {
        written::forms_of(self.word(at)).has(written::COMMON_NOUN)
    }

    /// `SMEs`, `NPLs`: several of something, and so the name of none; unless the lists know the word.
    fn is_plural_acronym(&self, at: usize) -> bool {
        let capitals = self.word(at).strip_suffix('s').unwrap_or_default();
        capitals.len() >= 2 && capitals.bytes().all(|b| b.is_ascii_uppercase()) && self.known_at(at).next().is_none()
    }

    /// `US$ 40`, "40 US dollars": the state is part of the currency's name.
    fn is_of_currency(&self, at: usize) -> bool {
        let after = self.word(at + 1);
        let dollars = matches!(self.word(at), "US" | "U.S.") && matches!(after, "dollar" | "dollars");
        dollars || after == "$" && self.tokens[at].all_capitals
    }

    /// Tells if a capital word belongs to an office ("Foreign", "Deputy").
    pub(super) fn is_office(&self, at: usize) -> bool {
        classes_of(self.tokens[at].hash).has(class::ROLE_PART)
    }

    /// "Norvik Inc." and "Calif." keep their point where the sentence goes on.
    fn with_point(&self, mut range: Range<usize>, kind: EntityKind) -> Range<usize> {
        let last = self.word(range.end - 1);
        let short = match kind {
            EntityKind::Org => range.len() > 1 && written::forms_of(last).has(written::FIRM_ABBREVIATION),
            EntityKind::Place => written::forms_of(last).has(written::AMERICAN_STATE),
            EntityKind::Person => matches!(last, "Jr" | "Sr"),
            _ => false,
        };
        if short && self.glued_point(range.end) && range.end + 1 < self.end() {
            range.end += 1;
        }
        range
    }

    /// `Park Sung-min`: the second syllable of a given name is small, and belongs to it.
    pub(super) fn syllables(&self, found: &mut [NamedSpan], first: usize) {
        for (range, kind) in found.get_mut(first..).unwrap_or_default() {
            let small = range.end + 1;
            let glued = |at: usize| at < self.end() && !self.tokens[at].spaced;
            if *kind != EntityKind::Person || range.len() < 2 || self.word(range.end) != "-" || !glued(small) {
                continue;
            }
            let tail = &self.tokens[small];
            let family = (range.start..range.end - 1).any(|at| names::is_eastern_family(self.word(at)));
            if tail.kind == TokenKind::Word
                && !tail.capital
                && family
                && names::is_syllable(self.word(range.end - 1))
                && names::is_syllable(self.word(small))
            {
                range.end = small + 1;
            }
        }
    }

    /// Tells if what stands in the brackets around a name spells small words before them: "non-performing loans (NPL)".
    pub(super) fn common_acronyms(&self, found: &[NamedSpan], first: usize, words: &mut Vec<String>) {
        for (range, _) in found.get(first..).unwrap_or_default() {
            let (open, word) = (range.start.wrapping_sub(1), self.word(range.start));
            let letters = word.strip_suffix('s').unwrap_or(word);
            let acronym = (2..=6).contains(&letters.len()) && letters.bytes().all(|b| b.is_ascii_uppercase());
            if range.len() != 1 || !acronym || self.word(open) != "(" || self.word(range.end) != ")" {
                continue;
            }
            if self.spell_small_words(letters, open) {
                words.push(letters.to_owned());
            }
        }
    }

    /// Tells if the words before `open` are small, have these initials, and do not end with the head of a body.
    fn spell_small_words(&self, letters: &str, open: usize) -> bool {
        let first = self.sentence.tokens.start as usize;
        let mut at = open;
        for letter in letters.bytes().rev() {
            loop {
                let Some(before) = at.checked_sub(1).filter(|&before| before >= first) else { return false };
                at = before;
                if self.word(at).as_bytes().first().is_some_and(|b| b.to_ascii_uppercase() == letter) {
                    break;
                }
                if !matches!(self.word(at), "-" | "of" | "and" | "the" | "for" | "in" | "to" | "on") {
                    return false;
                }
            }
            if self.tokens[at].capital && at > first {
                return false;
            }
        }
        !open.checked_sub(1).is_some_and(|last| self.classes(last).has(class::BODY))
    }

    /// `J. Nadim Haddad`, `Lidia M. Marr`: initials belong to the name.
    pub(super) fn initials(&self, found: &mut Vec<NamedSpan>, first: usize) {
        let initial = |at: usize| {
            let word = self.word(at);
            word.len() <= 4 && word.ends_with('.') && self.tokens[at].capital && self.tokens[at].kind == TokenKind::Word
        };
        let mut index = first;
        while index < found.len() {
            let (range, kind) = found[index].clone();
            if kind != EntityKind::Person {
                index += 1;
                continue;
            }
            let before = index
                .checked_sub(1)
                .filter(|&n| n >= first)
                .map_or(self.sentence.tokens.start as usize, |n| found[n].0.end);
            if range.start > before
                && initial(range.start - 1)
                && !self.known_at(range.start - 1).any(|k| k.kinds.has(kind::ANY_PLACE))
            {
                found[index].0.start -= 1;
                continue;
            }
            let next = found.get(index + 1).filter(|next| next.0.start == range.end && next.1 == EntityKind::Person);
            if let Some(end) = next.map(|next| next.0.end).filter(|_| initial(range.end - 1)) {
                found[index].0.end = end;
                found.remove(index + 1);
                continue;
            }
            index += 1;
        }
    }

    /// "Ministry of Trade, Industry and Energy": the list belongs to the name.
    pub(super) fn lists(&self, found: &mut Vec<NamedSpan>, first: usize) {
        let end = self.end();
        let mut index = first;
        while index < found.len() {
            let (range, kind) = found[index].clone();
            index += 1;
            let head = matches!(
                self.word(range.start).to_ascii_lowercase().as_str(),
                "ministry" | "department" | "committee" | "directorate" | "secretariat"
            ) && range.len() > 2
                && matches!(self.word(range.start + 1), "of" | "for" | "on");
            if kind != EntityKind::Org || !head {
                continue;
            }
            let Some(stop) = self.list_end(range.end, end) else { continue };
            found[index - 1].0.end = stop;
            let gone = found[index..].iter().take_while(|(next, _)| next.start < stop).count();
            found.drain(index..index + gone);
        }
    }

    /// The end of `, X and Y` or `and Y` after `at`.
    fn list_end(&self, at: usize, end: usize) -> Option<usize> {
        let capitals = |mut at: usize| {
            let start = at;
            while at < end && self.tokens[at].capital && self.tokens[at].kind == TokenKind::Word && at - start < 3 {
                at += 1;
            }
            (at > start && !self.classes(start).has(class::BODY) && !self.classes(start).has(class::TITLE))
                .then_some(at)
        };
        let mut at = at;
        let mut items = 0;
        while self.word(at) == "," && items < 3 {
            match capitals(at + 1) {
                Some(next) => at = next,
                None => break,
            }
            items += 1;
        }
        if self.word(at) == "," {
            at += 1;
        }
        if !matches!(self.word(at), "and" | "&") {
            return None;
        }
        let next = capitals(at + 1)?;
        // "the Ministry of Defence and Norvik Shipping said": two names, unless a list came before.
        let single = next - at == 2;
        (items > 0 || single).then_some(next)
    }
}
