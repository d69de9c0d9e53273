//! Where a name begins and ends: titles, articles and possessives out, pairs apart, lists whole.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::Settler;
use crate::analysis::entities::Found;
use crate::analysis::facts::EntityKind;
use crate::analysis::names;
use crate::lexicon::name_words::WordClasses;
use crate::lexicon::names::Classes;
use crate::lexicon::role_words;
use crate::structure::TokenKind;

impl Settler<'_> {
    /// Takes a name apart into what it is by our conventions: none, one or several names.
    pub(super) fn mend(&self, (range, kind): Found, out: &mut Vec<Found>) {
        let Some((range, kind)) = self.trimmed(self.without_verb(range, kind), kind, out) else { return };
        if self.pair(&range, kind, out) || self.person_of_body(&range, kind, out) {
            return;
        }
        let at = range.start;
        if range.len() == 1 && (self.is_no_name(at) || self.is_plural_acronym(at) || self.is_of_currency(at)) {
            return;
        }
        let range = self.with_prefix(self.with_point(range, kind), kind);
        let kind = if self.is_vessel(&range, kind) {
            EntityKind::Product
        } else if self.is_site(&range, kind) {
            EntityKind::Place
        } else {
            kind
        };
        out.push((range, kind));
    }

    /// Without titles, articles and possessives at its ends; none if nothing is left. A nationality or body that a title
    /// kept apart from the person ("Meridian President Nadim Haddad") goes to `out`.
    fn trimmed(&self, mut range: Range<usize>, kind: EntityKind, out: &mut Vec<Found>) -> Option<Found> {
        if kind == EntityKind::Person {
            range = self.untitled(self.without_of(self.without_rank(range)), out)?;
        }
        while range.len() > 1 {
            let token = &self.tokens[range.start];
            let article = matches!(self.word(range.start), "The" | "the" | "A" | "An" | "a" | "an");
            let contracted = is_contraction(self.word(range.start));
            if !(article || contracted || matches!(token.kind, TokenKind::Quote | TokenKind::Stop)) {
                break;
            }
            range.start += 1;
        }
        while range.len() > 1 {
            let last = range.end - 1;
            let odd = matches!(self.tokens[last].kind, TokenKind::Possessive | TokenKind::Quote)
                || matches!(self.word(last), "," | "-" | "of" | "and" | "the" | "for" | "in" | "at" | "/");
            // "Lidia and I" are two.
            let me = kind == EntityKind::Person && self.word(last) == "I" && self.word(last - 1) == "and";
            if !(odd || me) {
                break;
            }
            range.end -= 1;
        }
        let pronoun = range.len() == 1 && {
            let token = &self.tokens[range.start];
            let word = self.classes(range.start).any(WordClasses::FUNCTION)
                && (!token.all_capitals || self.word(range.start) == "I");
            word && kind != EntityKind::Work
        };
        (!pronoun).then_some((range, kind))
    }

    /// "Met Pell on Monday", "Works for Norvik Shipping": in notes the author or the subject of the page is left out, and
    /// the verb at the start of the line has its capital from there.
    fn without_verb(&self, range: Range<usize>, kind: EntityKind) -> Range<usize> {
        let begins = self.sentence.tokens.start as usize;
        let at_start = (begins..range.start).all(|at| self.tokens[at].kind != TokenKind::Word);
        let verb = |at: usize| LINE_VERBS.contains(self.word(at));
        // The Met is a police force, too, and a title may begin with any word.
        let fits = match kind {
            EntityKind::Person => true,
            EntityKind::Org | EntityKind::Place => self.word(range.start) != "Met",
            _ => false,
        };
        if range.len() < 2 || !fits || !at_start || !verb(range.start) {
            return range;
        }
        let named = (range.start + 1..range.end).find(|&at| self.tokens[at].capital);
        let small =
            |at: usize| matches!(self.word(at), "for" | "with" | "to" | "at" | "from" | "by" | "the" | "of" | "in");
        let named = named.filter(|&named| (range.start + 1..named).all(small));
        named.map_or(range.clone(), |named| named..range.end)
    }

    /// "Lidia Marr, 2nd Countess of Dorn" is named before the comma.
    fn without_rank(&self, range: Range<usize>) -> Range<usize> {
        let ordinal = |at: usize| self.word(at).starts_with(|c: char| c.is_ascii_digit());
        let comma = (range.start + 2..range.end.saturating_sub(1)).find(|&at| self.word(at) == "," && ordinal(at + 1));
        comma.map_or(range.clone(), |comma| range.start..comma)
    }

    /// "Lidia Marr of Norvik" names Lidia Marr, "one of Haddad's men" Haddad: only a single given name goes on with "of".
    fn without_of(&self, range: Range<usize>) -> Range<usize> {
        let Some(of) = range.clone().find(|&at| self.word(at) == "of") else { return range };
        if of == range.start || of + 1 >= range.end {
            return range;
        }
        if of - range.start == 1 {
            let counted = self.classes(range.start).any(WordClasses::FUNCTION)
                || matches!(self.word(range.start), "One" | "Two" | "Three" | "Some" | "Many" | "Most" | "Several");
            return if counted { of + 1..range.end } else { range };
        }
        let name = (range.start..of).all(|at| {
            self.tokens[at].kind == TokenKind::Word
                && self.tokens[at].capital
                && !self.classes(at).any(WordClasses::TITLE)
                && !self.is_office(at)
        });
        if name { range.start..of } else { range }
    }

    /// A person's name after its last title; none where there is nothing but titles.
    fn untitled(&self, mut range: Range<usize>, out: &mut Vec<Found>) -> Option<Range<usize>> {
        let title = |at: usize| self.classes(at).any(WordClasses::TITLE) && self.tokens[at].capital;
        let people = |at: usize, class| self.look(at).is_some_and(|word| word.single.any(class));
        if range.len() > 2
            && people(range.start, Classes::GROUP)
            && people(range.start + 1, Classes::GIVEN)
            && !people(range.start, Classes::GIVEN)
        {
            // "fellow Norlander Nadim Haddad"
            out.push((range.start..range.start + 1, EntityKind::Group));
            range.start += 1;
        }
        if range.len() == 1 && self.surnames.contains_key(&self.tokens[range.start].hash) {
            return Some(range);
        }
        if range.clone().all(|at| title(at) || self.classes(at).any(WordClasses::DIRECTION) || self.is_office(at)) {
            return None;
        }
        let Some(last) = (range.start..range.end - 1).rev().find(|&at| title(at)) else { return Some(range) };
        let first = self.look(range.start)?;
        let given =
            first.single.any(Classes::GIVEN) && !first.single.any(Classes(Classes::GROUP.0 | Classes::COUNTRY.0));
        if last > range.start && given && !title(range.start) {
            return Some(range);
        }
        if let Some(kind) = self.prefix_kind(range.start) {
            out.push((range.start..range.start + 1, kind));
        }
        range.start = last + 1;
        while range.len() > 1 && self.tokens[range.start].kind == TokenKind::Stop {
            range.start += 1;
        }
        Some(range)
    }

    fn prefix_kind(&self, at: usize) -> Option<EntityKind> {
        let classes = self.look(at)?.single;
        if classes.any(Classes::GROUP) {
            Some(EntityKind::Group)
        } else if classes.any(Classes::COUNTRY) {
            Some(EntityKind::Place)
        } else {
            (classes.any(Classes::ANY_ORG) && self.tokens[at].all_capitals).then_some(EntityKind::Org)
        }
    }

    /// "Meridia-Norland talks", "Agency/Photographer": two names.
    fn pair(&self, range: &Range<usize>, kind: EntityKind, out: &mut Vec<Found>) -> bool {
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
    fn person_of_body(&self, range: &Range<usize>, kind: EntityKind, out: &mut Vec<Found>) -> bool {
        let of = range.start + 2;
        if kind != EntityKind::Org || of + 1 >= range.end || self.word(of) != "of" {
            return false;
        }
        let (Some(given), Some(family)) = (self.look(range.start), self.look(range.start + 1)) else { return false };
        let place_or_people = Classes(Classes::GROUP.0 | Classes::ANY_PLACE.0 | Classes::COMMON.0);
        let head = WordClasses::HEAD.with(WordClasses::FACILITY).with(WordClasses::EVENT).with(WordClasses::WORK);
        let person = given.single.any(Classes::GIVEN)
            && !given.single.any(place_or_people)
            && !family.single.any(Classes::COMMON)
            && !self.classes(range.start + 1).any(head)
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
        if word.single.any(Classes::GROUP) && !word.single.any(Classes::ANY_PLACE) {
            Some(EntityKind::Group)
        } else {
            word.single.any(Classes(Classes::COUNTRY.0 | Classes::CAPITAL.0)).then_some(EntityKind::Place)
        }
    }

    /// "the Sarn aircraft carrier", "HMS Marr": a ship, unless the name is surely a state's, a capital's or a fleet's.
    pub(super) fn is_vessel(&self, range: &Range<usize>, kind: EntityKind) -> bool {
        if !matches!(kind, EntityKind::Place | EntityKind::Person | EntityKind::Org) {
            return false;
        }
        let prefixed = range.len() > 1
            && self.tokens[range.start].all_capitals
            && self.classes(range.start).any(WordClasses::SHIP);
        let article =
            range.start > self.sentence.tokens.start as usize && matches!(self.word(range.start - 1), "the" | "The");
        let next = if self.word(range.end) == "aircraft" { range.end + 1 } else { range.end };
        let ship = matches!(
            self.word(next),
            "carrier" | "frigate" | "destroyer" | "cruiser" | "corvette" | "warship" | "submarine"
        );
        let sure = Classes(Classes::COUNTRY.0 | Classes::CAPITAL.0 | Classes::GROUP.0 | Classes::ANY_ORG.0);
        let other = self.known_at(range.start).any(|known| known.len == range.len() && known.classes.any(sure));
        prefixed || article && ship && !other
    }

    /// "Lusk Bridge", or a region by the lists: a place, though its words could be a body's or a person's.
    fn is_site(&self, range: &Range<usize>, kind: EntityKind) -> bool {
        if !matches!(kind, EntityKind::Org | EntityKind::Person) || range.len() < 2 {
            return false;
        }
        let given = self.look(range.start).is_some_and(|word| word.single.any(Classes::GIVEN));
        let built = matches!(self.word(range.end - 1), "Bridge" | "Bypass" | "Canal" | "Cove" | "Port" | "Zoo");
        let other = Classes(Classes::ANY_ORG.0 | Classes::PERSON.0);
        let region = self
            .known_at(range.start)
            .any(|known| known.len == range.len() && known.classes.any(Classes::REGION) && !known.classes.any(other));
        built && !(kind == EntityKind::Person && given) || region
    }

    /// `HMS` before the name of a ship belongs to it.
    fn with_prefix(&self, range: Range<usize>, kind: EntityKind) -> Range<usize> {
        let first = self.sentence.tokens.start as usize;
        let before = range.start.checked_sub(1).filter(|&at| at >= first && kind != EntityKind::Product);
        let prefix = before.filter(|&at| self.tokens[at].all_capitals && self.classes(at).any(WordClasses::SHIP));
        prefix.map_or(range.clone(), |at| at..range.end)
    }

    /// Abbreviations of common nouns name nothing.
    fn is_no_name(&self, at: usize) -> bool {
        NO_NAMES.contains(self.word(at))
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

    /// Whether a capital word belongs to an office ("Foreign", "Deputy").
    fn is_office(&self, at: usize) -> bool {
        role_words::is_part(self.tokens[at].hash)
    }

    /// "Norvik Inc." and "Calif." keep their point where the sentence goes on.
    fn with_point(&self, mut range: Range<usize>, kind: EntityKind) -> Range<usize> {
        let last = self.word(range.end - 1);
        let short = match kind {
            EntityKind::Org => {
                range.len() > 1 && matches!(last, "Inc" | "Corp" | "Co" | "Ltd" | "INC" | "CORP" | "LTD" | "CO")
            }
            EntityKind::Place => STATES.contains(&last),
            EntityKind::Person => matches!(last, "Jr" | "Sr"),
            _ => false,
        };
        if short && self.glued_point(range.end) && range.end + 1 < self.end() {
            range.end += 1;
        }
        range
    }

    /// `Park Sung-min`: the second syllable of a given name is small, and belongs to it.
    pub(super) fn syllables(&self, found: &mut [Found], first: usize) {
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

    /// Whether what stands in the brackets around a name spells small words before them: "non-performing loans (NPL)".
    pub(super) fn common_acronyms(&self, found: &[Found], first: usize, words: &mut Vec<String>) {
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

    /// Whether the words before `open` are small, have these initials, and do not end with the head of a body.
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
        !open.checked_sub(1).is_some_and(|last| self.classes(last).any(WordClasses::HEAD))
    }

    /// `J. Nadim Haddad`, `Lidia M. Marr`: initials belong to the name.
    pub(super) fn initials(&self, found: &mut Vec<Found>, first: usize) {
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
                && !self.known_at(range.start - 1).any(|k| k.classes.any(Classes::ANY_PLACE))
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
    pub(super) fn lists(&self, found: &mut Vec<Found>, first: usize) {
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
            (at > start && !self.classes(start).any(WordClasses::HEAD) && !self.classes(start).any(WordClasses::TITLE))
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

/// Whether a word is a pronoun with its verb: "I'm Lidia Marr" names Lidia Marr.
fn is_contraction(word: &str) -> bool {
    let Some((pronoun, verb)) = word.split_once(['\'', '’']) else { return false };
    let verb = matches!(verb, "m" | "re" | "ve" | "ll" | "d" | "s");
    verb && ["i", "we", "you", "he", "she", "they", "it", "that", "here", "there"]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(pronoun))
}

/// Verbs with which lines of notes begin and with which no name does.
static LINE_VERBS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    "Accused Advised Appointed Arrested Asked Attacked Backed Blamed Bought Briefed Called Chaired Chairs Confirmed \
    Contacted Controls Criticised Criticized Denied Detained Dined Dismissed Emailed Employed Fired Flew Founded \
    Funded Headed Hired Interviewed Joined Knew Knows Led Leads Married Met Owned Owns Paid Phoned Praised Quoted \
    Ran Replaced Runs Saw Seen Sold Spoke Succeeded Supported Sued Telephoned Texted Thanked Told Visited Warned \
    Worked Works Wrote"
        .split(' ')
        .collect()
});

/// Abbreviations of American states and Canadian provinces as newswire writes them, without their point.
const STATES: &[&str] = &[
    "Ala", "Alta", "Ariz", "Ark", "Calif", "Colo", "Conn", "Del", "Fla", "Ga", "Ill", "Ind", "Kan", "Ky", "La", "Man",
    "Mass", "Md", "Mich", "Minn", "Miss", "Mo", "Mont", "Neb", "Nev", "Okla", "Ont", "Ore", "Pa", "Que", "Sask",
    "Tenn", "Tex", "Va", "Vt", "Wash", "Wis", "Wyo",
];

/// Capitals that abbreviate common nouns.
static NO_NAMES: LazyLock<HashSet<&str>> =
    LazyLock::new(|| crate::lexicon::lines(include_str!("../../../lexicon/data/abbreviations_common.txt")).collect());
