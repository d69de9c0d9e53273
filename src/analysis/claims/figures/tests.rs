//! Figures and what only looks like one.

use super::*;
use crate::lexicon::word;
use crate::structure::tokens::tokenize;

fn figures(text: &str) -> Vec<(String, f64, f64, bool)> {
    let mut tokens = Vec::new();
    tokenize(text, TextRange::from_usize(0, text.len()), &[], &mut tokens);
    let words: Vec<Word> = tokens.iter().map(|token| word(token.hash)).collect();
    let mut out = Vec::new();
    find(text, &tokens, &words, &mut out);
    out.into_iter()
        .map(|f| (f.figure.range.of(text).to_owned(), f.figure.low, f.figure.high, f.figure.casualty))
        .collect()
}

fn one(text: &str) -> (String, f64, f64, bool) {
    let all = figures(text);
    assert_eq!(all.len(), 1, "{text}: {all:?}");
    all[0].clone()
}

#[test]
fn amounts_have_value_range_unit_and_head() {
    assert_eq!(one("The port handled 38 million tonnes in 2030."), ("38 million tonnes".into(), 38e6, 38e6, false));
    assert_eq!(one("Meridia paid $1.5bn for the yard."), ("$1.5bn".into(), 1.5e9, 1.5e9, false));
    assert_eq!(one("It cost between 5 and 10 million dollars."), ("5 and 10 million dollars".into(), 5e6, 1e7, false));
    assert_eq!(one("Output fell by 30 per cent."), ("30 per cent".into(), 30.0, 30.0, false));
    assert_eq!(one("A battalion of 650 Tavrian troops sailed."), ("650 Tavrian troops".into(), 650.0, 650.0, false));
    assert!((one("It took two-thirds of the coast.").1 - 2.0 / 3.0).abs() < 0.001);
}

#[test]
fn the_dead_are_counted() {
    assert_eq!(one("At least 14 people died when the ferry capsized."), ("14 people".into(), 14.0, 14.0, true));
    assert_eq!(one("The shelling killed 19 people."), ("19 people".into(), 19.0, 19.0, true));
    assert!(one("The shelling left two dead.").3);
}

#[test]
fn orders_of_magnitude_shares_and_ratios() {
    assert_eq!(one("Tavria put millions of dollars into the field.").1, 2e6);
    assert_eq!(one("Tens of thousands of people left the town.").0, "Tens of thousands of people");
    assert_eq!(one("Trade more than doubled.").1, 2.0);
    assert_eq!(one("The group seized a third of the delta.").0, "a third");
    assert_eq!(one("One in five voters stayed at home.").1, 0.2);
}

#[test]
fn what_is_no_figure() {
    for text in [
        "The K-12 howitzer and two MT-LB carriers were parked near Route 7.",
        "The five-year plan names three priorities.",
        "Two ministers met on 12 March 2031.",
        "Ada Pell, 54, opened the gate.",
        "The 16-month war ended after four long years.",
        "They met at 10:30 a.m. in Room 12.",
        "Resolution 2254 and Article 5 apply.",
        "The yard lies 40 km north of Lusk.",
        "One of the gates was shut in the 1990s.",
        "The 9/11 attacks changed Lusk.",
        "The second quarter of the year was calm.",
        "It was a 5,000-word statement.",
        "The 1st Brigade left on Monday, 4 March.",
        "He doubled down on the plan.",
        "The G-20 met in 2030.",
    ] {
        assert_eq!(figures(text), [], "{text}");
    }
}

#[test]
fn odd_input_is_read_in_one_pass() {
    let text = "$ $ 1 - 2 - 3 / 4 of of dozens of of 9,,,9 two-two-two ".repeat(2_000);
    let mut tokens = Vec::new();
    tokenize(&text, TextRange::from_usize(0, text.len()), &[], &mut tokens);
    let words: Vec<Word> = tokens.iter().map(|token| word(token.hash)).collect();
    let mut out = Vec::new();
    find(&text, &tokens, &words, &mut out);
    assert!(out.len() < tokens.len());
}
