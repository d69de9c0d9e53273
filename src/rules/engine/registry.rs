//! All rules, from the lists of their families. Help, documentation and completion come from here.

use crate::rules::suppression::s901_unknown_rule::UNKNOWN_RULE;
use crate::rules::{
    Rule, attribution, citation, document, estimate, governance, house, naming, quotation, suppression, time,
};
use crate::text::near::nearest;

/// The families by the letter of their codes, so that their lists follow one another sorted.
static FAMILIES: [&[&Rule]; 10] = [
    attribution::RULES,
    citation::RULES,
    document::RULES,
    estimate::RULES,
    governance::RULES,
    naming::RULES,
    house::RULES,
    quotation::RULES,
    suppression::RULES,
    time::RULES,
];

const COUNT: usize = count();

/// Every rule there is, sorted by code.
pub static RULES: &[&Rule] = &all();

/// The rule that a code or a name stands for; letter case does not count.
#[must_use]
pub fn rule_named(word: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.code.eq_ignore_ascii_case(word) || rule.name.eq_ignore_ascii_case(word))
}

/// The code or name of a rule that is nearest to a misspelt one.
#[must_use]
pub fn nearest_rule(word: &str) -> Option<&'static str> {
    nearest(word, RULES.iter().flat_map(|rule| [rule.code, rule.name]))
}

const fn count() -> usize {
    let mut count = 0;
    let mut families: &[&[&Rule]] = &FAMILIES;
    while let Some((family, rest)) = families.split_first() {
        count += family.len();
        families = rest;
    }
    count
}

const fn all() -> [&'static Rule; COUNT] {
    // Any rule will do to begin with: every place is filled.
    let mut all: [&Rule; COUNT] = [&UNKNOWN_RULE; COUNT];
    fill(&mut all);
    all
}

const fn fill(mut places: &mut [&'static Rule]) {
    let mut families: &[&[&Rule]] = &FAMILIES;
    while let Some((family, others)) = families.split_first() {
        let mut rules: &[&Rule] = family;
        while let Some((rule, rest)) = rules.split_first() {
            let Some((place, next)) = places.split_first_mut() else { return };
            *place = *rule;
            places = next;
            rules = rest;
        }
        families = others;
    }
}
