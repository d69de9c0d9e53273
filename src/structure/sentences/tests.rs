//! Fixtures of where sentences end.

use super::super::BlockKind;
use super::*;

fn block(text: &str, holes: Vec<TextRange>) -> Block {
    let range = TextRange::from_usize(0, text.len());
    Block { range, kind: BlockKind::Paragraph, item: 0, heading: None, sentences: 0..0, holes }
}

/// `|` in the fixture is where a sentence begins; `{…}` is a hole.
#[track_caller]
fn check(fixture: &str) {
    let (mut text, mut starts, mut holes, mut open) = (String::new(), vec![0u32], Vec::new(), 0u32);
    for c in fixture.chars() {
        match c {
            '|' => starts.push(text.len() as u32),
            '{' => open = text.len() as u32,
            '}' => holes.push(TextRange::new(open, text.len() as u32)),
            c => text.push(c),
        }
    }
    let mut found = Vec::new();
    split(&text, &block(&text, holes), &mut found);
    let found: Vec<u32> = found.iter().map(|range| range.start).collect();
    let shown = |starts: &[u32]| {
        let mut shown = text.clone();
        for &start in starts.iter().skip(1).rev() {
            shown.insert(start as usize, '|');
        }
        shown
    };
    assert_eq!(shown(&found), shown(&starts));
}

#[test]
fn abbreviations_and_initials_keep_their_point() {
    check("Mr. Haddad met Lt. Gen. J. R. Pell and Prof. Marr. |They left.");
    check("The U.S. Senate and the U.N. Office met Sen. Pell (D-Calif.) of the G.O.P. wing.");
    check("Lidia T. Marr signed No. 5, pp. 3 and Art. 7, e.g. The Quota, i.e. Norvik.");
    check("He said no. |She said No. |He left.");
    check("It met at 7 a.m. Monday, Jan. 5, on Wall St. near St. Sarn. |It closed.");
    check("MR. HADDAD AND SEN. PELL LEFT. |THEY RETURNED.");
}

#[test]
fn abbreviations_end_sentences_before_words_that_open_them() {
    check(
        "He works for Norvik Inc. |The yard is in the U.S. |It closed at 5 p.m. |In Port Sarn, ships, steel, etc. |Pell left.",
    );
    check("He joined Norvik Shipping Co. |“We sail,” he said.");
    check("So do I. |Pell agreed. |World War I. |Meridia lost.");
    check("The yard lost money, said J. A. Pell. |A judge agreed.");
}

#[test]
fn numbers_are_not_stops() {
    check("It fell 3.5 percent to $1.2 million in 2031. |5,000 men left. |It rose .7 points.");
    check("1. The yard closed. |2. The port closed.");
    check("IV. Findings of the panel. |(a) One ship left.");
    check("See version 2.0.1 and whosaid.toml at hd.example/a. |Then leave.");
}

#[test]
fn ellipses_end_a_sentence_only_before_an_opening_word() {
    check("He said . . . it was late. |She said… nothing. |They waited... |Then they left.");
    check("“The quota … stands.” |He told Norvik ... Shipping.");
    check("“I told him\u{2009}.\u{2009}.\u{2009}.\u{2009}we sail,” he said.");
    check("It ended . . . . |Norvik paid.");
}

#[test]
fn bracketed_insertions_are_never_split() {
    check("“He told [Mr. Pell. The minister] and [the U.S. The] left.” |She stayed.");
    check("It closed. |[The yard reopened.] |Norvik paid.");
    check("An open [ bracket. |It ends. |Nothing more.");
}

#[test]
fn quotations() {
    check("“We sail. |We always sail,” Haddad said. |“Who knows?” |She left.");
    check("“Who knows?” Pell asked. |“Go!” Deputy Minister Nadim Haddad told them. |“Stop!” he cried.");
    check("“Who knows?” |He asked nobody. |“Go!” |Norvik paid.");
    check("He called it a ‘mess.’ |She left. |\"It stands.\" |\"It fell.\"");
    check("“It stands.” (He left.) |“It fell.”".replace("” (", "” |(").as_str());
    check("The ‘quota’ stands”. |It fell.");
}

#[test]
fn what_closes_a_sentence_belongs_to_it() {
    check("The quota stands.{[^3]} |It fell.{[@k, p. 3]} |It rose. {[@k]} |It fell.[12] |It ended.¹ |So it is.");
    check("The quota stood.12 The yard closed.".replace("12 ", "12 |").as_str());
    check("{**}It stands.{**} |{**}It fell.{**}");
    check("It stands.{\n> }|It fell.".replace("}|", "}").replace("It fell", "|It fell").as_str());
}

#[test]
fn a_space_may_be_missing_or_hard() {
    check("They left the city.|Russia seeking talks.|“We sail,” he said.");
    check("“They left.”|Russia stayed. |See Booking.Com and Node.Js now.");
    check("It stands.\u{a0}|It fell.\n|It rose.\r\n|It ended.");
    check("他走了。|她留下了。|Norvik paid.");
}

#[test]
fn small_letters_go_on_unless_a_name_begins_so() {
    check("It was approx. half of Norvik. |al-Haddad left. |eBay paid.");
    check("Was it Norvik? |Yes (!) and no. |Why?! |It is so.");
}

#[test]
fn comments_and_properties_stand_between_sentences() {
    check("It fell. {%% off. Now. %%}\n|Norvik paid. {<!-- x -->} |It ends.");
    let text = "%% off %%\nIt fell.";
    let mut found = Vec::new();
    split(text, &block(text, vec![TextRange::new(0, 9)]), &mut found);
    assert_eq!(found, [TextRange::new(10, 18)]);
}

#[test]
fn holes_hide_their_stops() {
    check("See {code. Then. More. }and leave. |It ends.");
}

#[test]
fn a_megabyte_without_a_stop_is_cut() {
    let text = "word ".repeat(200_000);
    let mut found = Vec::new();
    split(&text, &block(&text, Vec::new()), &mut found);
    assert!(found.len() > 100 && found.iter().all(|range| (range.len() as usize) < LONGEST + 16));
}
