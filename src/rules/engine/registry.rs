//! All rules, from the lists of their families. Help, documentation and completion come from here.

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
    let (mut count, mut family) = (0, 0);
    while family < FAMILIES.len() {
        count += FAMILIES[family].len();
        family += 1;
    }
    count
}

const fn all() -> [&'static Rule; COUNT] {
    let mut all = [FAMILIES[0][0]; COUNT];
    let (mut at, mut family) = (0, 0);
    while family < FAMILIES.len() {
        let mut rule = 0;
        while rule < FAMILIES[family].len() {
            all[at] = FAMILIES[family][rule];
            at += 1;
            rule += 1;
        }
        family += 1;
    }
    all
}
