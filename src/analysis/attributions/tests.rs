//! Fixtures: `{source}`, `<cue>`, `[content]` in invented sentences. What the analysis finds is drawn in the same way.

use super::AttributionMemo;
use crate::analysis::facts::SourceKind;
use crate::analysis::stages::Entities;
use crate::analysis::{AnalysisConfig, Memo, NoteFacts, analyze};
use crate::structure::Format;

pub(super) fn facts(text: &str) -> NoteFacts {
    analyze(text, Format::Plain, &AnalysisConfig::default(), &mut Memo::default())
}

/// Draws the attributions into the text.
fn drawn(text: &str) -> String {
    let facts = facts(text);
    let mut marks: Vec<(u32, u8, char)> = Vec::new();
    for attribution in &facts.attributions {
        for (ranges, open, close) in
            [(&attribution.source, '{', '}'), (&attribution.cue, '<', '>'), (&attribution.content, '[', ']')]
        {
            for range in ranges {
                marks.push((range.start, 1, open));
                marks.push((range.end, 0, close));
            }
        }
    }
    marks.sort();
    marks.dedup();
    let mut out = String::new();
    let mut at = 0;
    for (place, _, mark) in marks {
        out.push_str(&text[at..place as usize]);
        out.push(mark);
        at = place as usize;
    }
    out + &text[at..]
}

/// Takes the marks out, analyses, draws them again: must be the same.
#[track_caller]
fn holds(fixture: &str) {
    let text: String = fixture.chars().filter(|c| !matches!(c, '{' | '}' | '<' | '>' | '[' | ']')).collect();
    assert_eq!(drawn(&text), fixture);
}

#[test]
fn six_quotation_patterns() {
    holds("[“The gates stay shut,”] <said> {Lidia Marr}.");
    holds("[“The gates stay shut,”] {Lidia Marr} <said>.");
    holds("{Lidia Marr} <said>, [“The gates stay shut.”]");
    holds("{Lidia Marr} <said> [that the gates “stay shut” until June].");
    holds("<According to> {Lidia Marr}, [“the gates stay shut.”]");
    holds("[“The gates stay shut,”] {Lidia Marr} <said>, [“and the harbour too.”]");
}

#[test]
fn somebody_puts_a_figure_at_a_value() {
    holds("{Harbor Daily} <puts> [the value at 640 million crowns].");
    holds("{The ministry} <put> [the number of dead at 14].");
    holds("Pell put the ledger at the clerk’s feet.");
    holds("Pell put the meeting at 8 p.m.");
}

#[test]
fn a_name_with_its_office_is_named_and_an_office_alone_is_not() {
    let kind = |text: &str| facts(text).attributions.first().map(|a| a.kind);
    assert_eq!(kind("Nadim Haddad, a ministry official, said the gate was shut."), Some(SourceKind::Named));
    assert_eq!(kind("According to the Meridian media, the gate was shut."), Some(SourceKind::Vague));
    assert_eq!(kind("According to Norvik Media, the gate was shut."), Some(SourceKind::Named));
    assert_eq!(
        kind("The gate was shut, according to Nadim Haddad, Meridia’s envoy and adviser."),
        Some(SourceKind::Named)
    );
    assert_eq!(kind("A ministry official, speaking in Lusk, said the gate was shut."), Some(SourceKind::Anonymous));
}

#[test]
fn a_lead_says_where_its_clause_comes_from() {
    holds("As {Pell} <put it>, [the gate was shut].");
    holds("As {Harbor Daily} <has reported>, [the gate was shut].");
    holds("<In> {a poll by Harbor Daily}, [Doss led Orr by 5 points].");
    holds("<By> {one estimate}, [300,000 tonnes were lost].");
    holds("[Output fell by 4 percent in May], <based on> {figures from the ministry}.");
    holds("In an interview with Harbor Daily, {Doss} <said> [he led the talks].");
    holds("In an interview with Harbor Daily, Doss led the talks.");
}

#[test]
fn verbs_agree_with_the_head_and_with_two_names() {
    holds("[Donations hit 40 million crowns in August], {a Harbor Daily analysis of filings} <shows>.");
    holds("[The yard employs 4,100 people], {data from the register} <show>.");
    holds("{Mr. Doss and Mr. Orr} <say> [other changes are needed].");
    holds("{Doss’s team} <says> [she’ll go on to the next port].");
}

#[test]
fn time_and_parentheses_do_not_part_subject_verb_and_content() {
    holds("{Norvik Shipping} just this month <announced> [it would sell the yard].");
    holds("{A court} in 2031 <found> [the ministry was in breach of the accord].");
    holds("{Pell} <believes>, as do many traders, [that the quota is unfair].");
    holds("[“The gate,”] {Pell} <said>, pointing at it, [“stays shut.”]");
    holds("{Harbor Daily} <reported> Saturday [that it had received the ledger anonymously].");
}

#[test]
fn charges_and_blame_without_an_agent_are_nobodys() {
    holds("{Prosecutors} <charged Dane Orr with> [defrauding 74 owners].");
    holds("[Dane Orr] <was charged with> [fraud].");
    holds("[The council] <has often been criticised for> [being slow].");
}

#[test]
fn clauses_with_and_without_that() {
    holds("{The harbour authority} <said> [that the port handled 38 million tonnes].");
    holds("{The harbour authority} <said> [the port handled 38 million tonnes].");
    holds("[The port handled 38 million tonnes], {the harbour authority} <said>.");
    holds("{Nadim Haddad} <told> reporters on Monday [that the talks had failed].");
}

#[test]
fn the_cue_has_auxiliaries_adverbs_and_its_preposition() {
    holds("{Nadim Haddad} <has also called for> [a pause in the talks].");
    holds("{Norvik Shipping} <repeatedly denied> [smuggling drone engines].");
    holds("{Lidia Marr} <went on to say> [that the ferry was late].");
}

#[test]
fn a_source_is_a_whole_noun_phrase() {
    holds("{Lidia Marr, the warden of the gate,} <said> [the ferry was late].");
    holds("{A procurement officer who sat on the panel} <said> [the tender was rigged].");
    holds("{Rep. Ada Pell of Meridia} <said> [the tender was rigged].");
    holds("{The minister and two aides} <said> [the tender was rigged].");
    holds("{Lidia Marr} on Tuesday <said> [the ferry was late].");
}

#[test]
fn documents_speak() {
    holds("{The report} <notes> [that the depot was emptied in May].");
    holds("{A 2031 audit} <found> [that the depot was empty].");
    holds("[Output fell by a third], <according to> {the port register}.");
}

#[test]
fn stance_is_reported_as_an_attitude() {
    holds("{Nadim Haddad} <rejected> [the offer].");
    holds("{The council} <plans> [to close the gate].");
    let facts = facts("Nadim Haddad rejected the offer.");
    assert!(!facts.attributions.is_empty());
    let weak = self::facts("The council plans to close the gate.");
    assert!(weak.attributions.iter().all(|a| !a.strong));
}

#[test]
fn nouns_and_adjectives_stay_out() {
    for text in [
        "The reported losses were small.",
        "The alleged smuggler left the port.",
        "The said ship left the port.",
        "The notes of the meeting were lost.",
        "The harbour rules for barges changed in May.",
    ] {
        assert_eq!(drawn(text), text);
    }
}

#[test]
fn a_quotation_goes_on_with_its_speaker() {
    holds("[“The gates stay shut,”] {Lidia Marr} <said>. [“Nobody may pass.”]");
    holds("{Lidia Marr} <added:>\n\n[“The gates stay shut. Nobody may pass tonight.”]");
}

#[test]
fn headlines_and_nouns() {
    holds("{Haddad’s} <claim> [that the depot was empty] surprised the port.");
    holds("{Haddad}<:> [The talks failed]");
}

#[test]
fn turns_of_a_transcript_reach_to_the_next() {
    let text = "MARR: The gates stay shut. He said so.\n\nORR: Why is that?\n\nMARR: Because of the storm. We fear it.\n\nORR: Thank you.";
    let facts = facts(text);
    assert_eq!(facts.attributions.len(), 4);
    assert_eq!(facts.attributions[0].content[0].of(text), "The gates stay shut. He said so.");
}

#[test]
fn kinds_of_sources() {
    let kind = |text: &str| facts(text).attributions.first().map(|a| a.kind);
    assert_eq!(kind("Lidia Marr said the depot was empty."), Some(SourceKind::Named));
    assert_eq!(kind("A port official said the depot was empty."), Some(SourceKind::Anonymous));
    assert_eq!(kind("A Meridian official says the depot is empty."), Some(SourceKind::Anonymous));
    assert_eq!(kind("Port spokeswoman Lidia Marr says the depot is empty."), Some(SourceKind::Named));
    assert_eq!(kind("Analysts say the depot is empty."), Some(SourceKind::Vague));
    assert_eq!(kind("Norvik Shipping is said to have left the port."), Some(SourceKind::Vague));
}

#[test]
fn hearsay_has_no_source() {
    holds("[The depot was] <reportedly> [emptied in May].");
    holds("[Norvik Shipping] <is accused of> [smuggling drone engines].");
    holds("It <emerged> [that the depot was empty].");
    assert_eq!(drawn("The allegedly stolen ledger was found."), "The allegedly stolen ledger was found.");
}

#[test]
fn how_a_source_speaks_is_no_attribution() {
    holds("{A navy engineer, who asked not to be named,} <said> [the hull was cracked].");
    holds("{Two clerks familiar with the talks} <said> [the deal was dead].");
}

#[test]
fn cues_of_several_words() {
    holds("{Lidia Marr} <raised doubts about> [the tender].");
    holds("{Nadim Haddad} <made it clear> [he had doubts about the fleet].");
    holds("{The envoy} <told> Harbor Daily [that the admiral had promised 12 boats].");
    holds("{Many observers} <see> [the pact as dead].");
}

#[test]
fn one_speaker_says_several_things() {
    holds("{Lidia Marr} <said> [the ferry was late] and <warned> [that the gate would shut].");
    holds("{Lidia Marr} <said> [the ferry was late], <adding> [that the gate would shut].");
    holds("When {Orr} <noted> [that the gate was shut], {Marr} <said> [it was not].");
}

#[test]
fn subjects_with_relative_clauses_and_dates() {
    holds("{All the clerks I asked} <said> [her plans were better].");
    holds("{An analysis of boats that have sailed since May 1, 2031,} <shows> [that crews are leaving].");
    holds("{The latest Harbor poll released Friday} <shows> [that Orr leads].");
    holds("{Johan Orr}, of Springfield, <said> [he had seen the ferry].");
}

#[test]
fn an_edit_costs_its_own_sentence() {
    let sentence = |n: usize| format!("Warden {n} Pell said the gate number {n} was shut. ");
    let mut text: String = (0..200).map(sentence).collect();
    let mut memo = Memo::default();
    let config = AnalysisConfig::default();
    let _ = analyze(&text, Format::Plain, &config, &mut memo);
    assert_eq!(memo.attributions.worked(), 200);
    text.insert_str(text.len() / 2, "quietly ");
    let _ = analyze(&text, Format::Plain, &config, &mut memo);
    assert!(memo.attributions.worked() <= 3, "{}", memo.attributions.worked());
}

#[test]
fn odd_text_is_read_in_linear_time() {
    let unclosed = format!("He said “{}", "the gates stay shut and left, said Pell, who said ".repeat(4_000));
    let texts = [
        "(".repeat(10_000),
        "said ".repeat(20_000),
        "Pell said, ".repeat(10_000),
        "according to ".repeat(10_000),
        "and to say ".repeat(10_000),
        "Pell, the warden, ".repeat(8_000),
        "A: b. ".repeat(8_000),
        "“a” said ".repeat(8_000),
        "\"\n\n".repeat(8_000),
        "statement saying ".repeat(8_000),
        ", as ".repeat(10_000),
        "which who said, ".repeat(8_000),
        "is a critic of ".repeat(8_000),
        "allegations that ".repeat(8_000),
        unclosed,
    ];
    for text in &texts {
        // Quadratic work would not end in minutes; that it ends is the test.
        let note = crate::structure::parse(text, Format::Plain, &mut crate::structure::TokenMemo::default());
        let quotations = crate::analysis::quotations::find(text, &note);
        let found = super::find(text, &note, &Entities::default(), &quotations, &mut AttributionMemo::default());
        assert!(found.attributions.iter().all(|a| a.cue.iter().all(|cue| cue.end as usize <= text.len())));
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(400))]
    #[test]
    fn any_text_gives_ranges_in_order(words in proptest::collection::vec(proptest::sample::select(WORDS), 0..60)) {
        let text = words.join(" ");
        for attribution in &facts(&text).attributions {
            for ranges in [&attribution.source, &attribution.cue, &attribution.content] {
                for range in ranges {
                    proptest::prop_assert!(!range.of(&text).is_empty());
                }
                for pair in ranges.windows(2) {
                    proptest::prop_assert!(pair[0].end <= pair[1].start, "{:?} in {}", pair, text);
                }
            }
        }
    }
}

const WORDS: &[&str] = &[
    "Pell",
    "Norvik Shipping",
    "the",
    "a",
    "warden",
    "said",
    "says",
    "told",
    "that",
    "to",
    "and",
    "but",
    ",",
    ".",
    ":",
    ";",
    "—",
    "“",
    "”",
    "‘",
    "’",
    "\"",
    "(",
    ")",
    "'s",
    "’s",
    "who",
    "which",
    "according",
    "of",
    "by",
    "on",
    "Tuesday",
    "was",
    "has",
    "not",
    "he",
    "they",
    "claims",
    "claim",
    "report",
    "asked",
    "calling",
    "for",
    "refused",
    "plans",
    "gate",
    "gates",
    "shut",
    "as",
    "while",
    "it",
    "is",
    "believed",
    "accused",
    "Rep.",
    "\n\n",
    "12",
    "percent",
    "in",
    "an",
    "interview",
    "all",
    "very",
    "went",
    "saying",
];

#[test]
fn who_issued_a_paper_speaks() {
    holds("{The harbour board} <issued a statement calling> [the quota a breach of the treaty].");
    holds("{A group of wardens} <sent a letter to the ministry urging> [it to reopen the gate].");
    holds("The clerk filed a boat leaving the harbour.");
}

#[test]
fn what_had_to_be_said_and_what_is_yet_to_be_said() {
    holds("{Doss} <had to reject> [the plan of the wardens].");
    holds("{Doss} <has yet to explain> [why the gate was shut].");
}

#[test]
fn who_holds_a_view() {
    holds("{Doss} <is a staunch opponent of> [the quota].");
    holds("{Doss} <has been a long-time critic of> [the harbour board].");
    holds("The opponent of Norvik FC was late.");
    holds("{Pell’s} <plan is> [to shut the gate].");
    holds("{Pell’s} <hope is> [that the gate opens in May].");
}

#[test]
fn what_goes_on_after_the_cue() {
    holds("[“You know that I like Orr,”] {Doss} <said>, [but “when it comes to boats, he has a history.”]");
    holds("[Even if the ferry proves late], {Mr. Pell} <said>, [he has done his work].");
    holds("[Output fell by 4 percent in May], <according to> {the ministry}, and [exports fell by 9 percent].");
    holds("{Several wardens} <warned>, as did the clerk, [that Norvik might sell the dock].");
    holds("[Ferries], as {one of Pell’s aides} <pointed out>, [normally do not call twice].");
}

#[test]
fn nobody_and_former_first_wardens_are_sources() {
    holds("{No one} <expected> [a quiet day].");
    holds("{The former first lady and warden} <said> [the gate was shut].");
    holds("[“It was late,”] <said> {Murphy Orr, now a consultant on harbours}.");
}

#[test]
fn the_word_that_stands_for_what_is_said_is_content() {
    holds("The tax, [which] {she} <plans> [to raise next year], is small.");
    holds("That was [what] {Doss} <said> [when he left the board].");
    holds("At least that is [what] {the wardens} <now hope>.");
}

#[test]
fn a_joining_word_before_a_split_clause_is_the_writers() {
    holds("But [the gates], {he} <added>, [are like doors of glass].");
}

#[test]
fn a_relative_clause_ends_before_the_main_verb() {
    holds("{Pell, {who} <knew> [that the gate was shut],} <told> the crew [to wait].");
}

#[test]
fn a_sequel_stays_in_its_block() {
    holds(
        "[“People say, ‘It does not matter, the port will win,’”] <said> {Charlie Orr, a prominent warden}. \
         [“The question is, ‘Ninety percent of what?’ Turnout matters.”]\n\n\
         {Several wardens} <warned>, as did the clerk, [that the gate might close].",
    );
}

#[test]
fn what_is_said_by_nobody_in_particular() {
    holds("The board faces <charges> [that it sold the dock].");
    holds("The ministry came under <criticism for> [its neglect of the northern gates].");
    holds("{She} <offered no proof> [that Norvik had a role in the sale].");
}

#[test]
fn adverbs_and_asides_between_subject_verb_and_content() {
    holds("{Some wardens}, however, <question> [the wisdom of the sale].");
    holds("<In> {the last Harbor Daily poll}, conducted in early May, [Doss led Orr by 5 points].");
    holds("{Many owners} <have heard> by now [that 20 boats sink each day].");
    holds("[Fees hit 1.1 billion crowns], {an analysis of newly filed reports} <shows>.");
    holds("[Six million jobs depend on ferries], {one slide} <says>.");
    holds("{Chief Clerk John Orr Jr.} <spoke of> [the quota].");
    holds("The sum that one hears most often is 900 crowns.");
}

#[test]
fn an_office_at_the_start_of_a_sentence_is_whole() {
    holds("{Trade Minister Lidia Marr} <said> [that ports would close].");
    holds("{Press Secretary Jon Pell} <said> [the ferry would sail].");
    let text = "Nadim Haddad, the trade minister, said that prices would rise.";
    let kinds: Vec<SourceKind> = facts(text).attributions.iter().map(|said| said.kind).collect();
    assert_eq!(kinds, [SourceKind::Named], "an office after a name hides nobody");
}
