//! Features of a candidate, as rows of the model's table.
//!
//! [`local`] sees the sentence alone and is remembered by sentence; [`document`] sees what the rest of the note says
//! of the same word, and what the rules make of it, and is read anew at each analysis.

use super::context::{Facts, NoteContext};
use super::model::ROW_BITS;
use super::words::Word;
use crate::lexicon::names::{NameKinds, kind};
use crate::lexicon::{Classes, class};
use crate::structure::BlockKind;

/// The place of a sentence, as far as it says something about its words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Place {
    /// A headline-like line, where case says little.
    pub heading: bool,
    /// A line mostly in capitals.
    pub capitals: bool,
}

impl Place {
    /// Of a sentence in a block of this kind with these words.
    #[must_use]
    pub fn of(kind: BlockKind, words: &[Word]) -> Self {
        let letters = words.iter().filter(|word| word.shape != 0 || word.capital).count();
        let capitals = words.iter().filter(|word| word.all_capitals).count();
        Self { heading: kind.is_heading(), capitals: capitals > 2 && capitals * 10 >= letters * 7 }
    }
}

/// Collects rows; one number a template keeps features of different kinds apart.
struct Rows<'o> {
    out: &'o mut Vec<u32>,
}

impl Rows<'_> {
    fn add(&mut self, template: u64, value: u64) {
        let mixed = (value ^ template.wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_mul(0xd6e8_feb8_6659_fd93);
        let mixed = (mixed ^ (mixed >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
        self.out.push((mixed >> (64 - ROW_BITS)) as u32);
    }

    fn pair(&mut self, template: u64, a: u64, b: u64) {
        self.add(template, a.wrapping_mul(0xff51_afd7_ed55_8ccd).rotate_left(23) ^ b);
    }

    fn bits(&mut self, template: u64, mut set: u32) {
        while set != 0 {
            self.add(template, u64::from(set.trailing_zeros()));
            set &= set - 1;
        }
    }
}

/// The words of names that a candidate belongs to, by capitals alone.
#[derive(Clone, Copy)]
struct Chain {
    first: usize,
    last: usize,
}

const NONE: Word = Word {
    hash: 1,
    shape: 0,
    prefixes: [0; 2],
    suffixes: [0; 3],
    classes: Classes::NONE,
    single: NameKinds::NONE,
    begins: NameKinds::NONE,
    inside: NameKinds::NONE,
    ends: NameKinds::NONE,
    capital: false,
    candidate: false,
    bracketed: false,
    quoted: false,
    all_capitals: false,
};

/// The classes of a word that the model knows, as bits; what stands beyond the sentence has a bit of its own.
fn class_bits(word: &Word) -> u32 {
    const KNOWN: u64 = Classes::between(class::TITLE, class::GROUP_NOUN).bits();
    if word.hash == NONE.hash { 1 << 31 } else { (word.classes.bits() & KNOWN) as u32 }
}

/// The rows of the candidate `at`, from its sentence alone.
pub fn local(words: &[Word], at: usize, place: Place, out: &mut Vec<u32>) {
    out.clear();
    let mut rows = Rows { out };
    let word = |offset: isize| at.checked_add_signed(offset).and_then(|index| words.get(index)).unwrap_or(&NONE);
    let (w, p, n, pp, nn) = (word(0), word(-1), word(1), word(-2), word(2));
    let class = |word: &Word| u64::from(class_bits(word));
    let names = |word: &Word| word.single.bits() & !kind::PERSON.bits();
    let shape = |word: &Word| {
        if word.shape == 0 {
            u64::from(word.capital) + 8 * (word.classes.and(class::FUNCTION).bits())
        } else {
            u64::from(word.shape)
        }
    };

    rows.add(1, u64::from(place.heading) | u64::from(place.capitals) << 1);
    rows.add(2, w.hash);
    rows.add(3, p.hash);
    rows.add(4, n.hash);
    rows.add(5, pp.hash);
    rows.add(6, nn.hash);
    rows.pair(7, p.hash, w.hash);
    rows.pair(8, w.hash, n.hash);
    let flags = u64::from(at == 0) | u64::from(place.heading) << 1 | u64::from(place.capitals) << 2;
    rows.pair(9, shape(w), flags);
    rows.pair(10, shape(p), shape(w));
    rows.pair(11, shape(w), shape(n));
    rows.pair(12, shape(p) ^ shape(w).rotate_left(20), shape(n));
    rows.add(13, u64::from(w.prefixes[0]));
    rows.add(14, u64::from(w.prefixes[1]));
    rows.add(15, u64::from(w.suffixes[0]));
    rows.add(16, u64::from(w.suffixes[1]));
    rows.add(17, u64::from(w.suffixes[2]));
    // Known names.
    rows.pair(18, names(w), flags);
    rows.bits(19, w.single.bits() as u32);
    rows.bits(20, w.begins.bits() as u32);
    rows.bits(21, w.inside.bits() as u32);
    rows.bits(22, w.ends.bits() as u32);
    rows.pair(23, names(p), names(w));
    rows.pair(24, names(w), names(n));
    rows.bits(25, p.single.bits() as u32);
    rows.bits(26, n.single.bits() as u32);
    rows.pair(27, names(w), class(p));
    rows.pair(28, names(w), class(n));
    // Word classes.
    rows.add(29, class(w));
    rows.pair(30, class(p), class(w));
    rows.pair(31, class(w), class(n));
    rows.pair(32, class(p) ^ class(w).rotate_left(21), class(n));
    rows.bits(33, class_bits(p));
    rows.bits(34, class_bits(n));
    rows.bits(35, class_bits(pp));
    rows.bits(36, class_bits(nn));
    rows.bits(37, class_bits(w));
    // The chain of capitals that it stands in, and what stands around it.
    let chain = chain(words, at, false);
    let (first, last) = (&words[chain.first], &words[chain.last]);
    let left = chain.first.checked_sub(1).and_then(|index| words.get(index)).unwrap_or(&NONE);
    let right = words.get(chain.last + 1).unwrap_or(&NONE);
    let beyond = words.get(chain.last + 2).unwrap_or(&NONE);
    let spot = u64::from(at == chain.first) | u64::from(at == chain.last) << 1;
    let length = (chain.last - chain.first).min(5) as u64;
    rows.pair(38, spot, length);
    rows.pair(39, class(last), spot);
    rows.pair(40, class(first), spot);
    rows.pair(41, last.hash, spot);
    rows.pair(42, first.hash, spot);
    rows.pair(43, left.hash, spot);
    rows.pair(44, right.hash, spot);
    rows.bits(45, class_bits(left));
    rows.bits(46, class_bits(right));
    rows.pair(47, right.hash, beyond.hash);
    rows.pair(48, names(first), names(last) ^ spot << 40);
    rows.pair(49, shape(w), u64::from(w.bracketed) | u64::from(w.quoted) << 1 | u64::from(p.quoted) << 2);
    let wide = self::chain(words, at, true);
    let opening = &words[wide.first];
    let closing = &words[wide.last];
    rows.pair(50, class(opening), (at - wide.first).min(6) as u64);
    rows.pair(51, class(closing), (wide.last - at).min(6) as u64);
    rows.pair(52, u64::from(w.suffixes[1]), class(p));
    rows.pair(53, class(left), class(right) ^ spot << 40);
    rows.pair(54, names(w), class(right) ^ class(left).rotate_left(24));
}

/// Neighbouring capitals, over hyphens and initials; `wide` also over small words.
fn chain(words: &[Word], at: usize, wide: bool) -> Chain {
    let joins = |index: usize| {
        let word = &words[index];
        word.capital
            || (word.candidate
                && (wide && word.classes.has(class::NAME_LINK)
                    || word.classes.has(class::NAME_PARTICLE)
                    || word.shape == HYPHEN))
    };
    let (mut first, mut last) = (at, at);
    while first > 0 && joins(first - 1) {
        first -= 1;
    }
    while last + 1 < words.len() && joins(last + 1) {
        last += 1;
    }
    Chain { first, last }
}

/// The shape of a lone hyphen.
const HYPHEN: u32 = 1 << 3 | 4;

/// The rows of the candidate `at` that depend on the rest of the note. `rules` is the label that the rules gave to each token.
pub fn document(words: &[Word], at: usize, place: Place, context: &NoteContext, rules: &[u8], out: &mut Vec<u32>) {
    out.clear();
    let mut rows = Rows { out };
    let facts = |offset: isize| {
        let word = at.checked_add_signed(offset).and_then(|index| words.get(index)).filter(|word| word.capital);
        word.map_or(Facts::default(), |word| context.of(word.hash))
    };
    let (own, before, after) = (facts(0), facts(-1), facts(1));
    let heading = u64::from(place.heading || place.capitals);
    rows.bits(60, own.0);
    rows.pair(61, u64::from(own.0), u64::from(at == 0) | heading << 1);
    rows.bits(62, before.0);
    rows.bits(63, after.0);
    rows.pair(64, u64::from(own.0), u64::from(words[at].shape));
    rows.pair(65, u64::from(own.0), words[at].single.bits());
    let tag = |offset: isize| {
        at.checked_add_signed(offset).and_then(|index| rules.get(index)).map_or(99, |&tag| u64::from(tag))
    };
    rows.add(66, tag(0));
    rows.pair(67, tag(-1) << 8 | tag(0), tag(1));
    rows.pair(68, tag(0), u64::from(words[at].shape));
    rows.pair(69, tag(0), words[at].single.bits());
    rows.pair(70, tag(0), heading);
    rows.pair(71, tag(0), u64::from(own.0));
}
