//! Claims and their sources on invented sentences: what is asserted, and who stands behind it.

use crate::analysis::facts::{ClaimKind, Genre, NoteFacts, SourceKind, Sourced, WhyUnsourced, Zone};
use crate::analysis::{self, AnalysisConfig, CitationScope, Memo};
use crate::structure::Format;

fn facts(text: &str, format: Format) -> NoteFacts {
    analysis::analyze(text, format, &AnalysisConfig::default(), &mut Memo::default())
}

fn note(text: &str) -> NoteFacts {
    facts(text, Format::Markdown)
}

/// The kind of the claim of sentence `at`.
fn kind(facts: &NoteFacts, at: u32) -> Option<ClaimKind> {
    facts.claim_of(at).map(|claim| claim.kind)
}

fn sourced(facts: &NoteFacts, at: u32) -> &'static str {
    match facts.claim_of(at).map(|claim| (claim.sourced, claim.source_kind)) {
        None => "no claim",
        Some((Sourced::Attribution(_), _)) => "attribution",
        Some((Sourced::Citation(_), _)) => "citation",
        Some((Sourced::Carried(_), _)) => "carried",
        Some((Sourced::None, Some(SourceKind::Vague))) => "vague",
        Some((Sourced::None, _)) => "none",
    }
}

#[test]
fn the_strongest_claim_of_a_sentence_counts() {
    for (text, expected) in [
        ("\"The gates stay shut until spring,\" Ada Pell said.", Some(ClaimKind::Quotation)),
        ("Ada Pell said the port handled 38 million tonnes.", Some(ClaimKind::Statistic)),
        ("Ada Pell said the gates stay shut.", Some(ClaimKind::Statement)),
        ("Ada Pell smuggled engines through the yard.", Some(ClaimKind::Allegation)),
        ("On 4 June 2031 Ada Pell met Nadim Haddad.", Some(ClaimKind::Event)),
        ("Last year Russia sent troops to Norway.", Some(ClaimKind::Event)),
        ("France is the largest buyer of the coal.", Some(ClaimKind::Statistic)),
        ("France is a buyer of the coal.", Some(ClaimKind::Generality)),
        ("Who met Nadim Haddad in June 2031?", None),
        ("If Ada Pell met Nadim Haddad in June 2031, the pact is dead.", None),
        ("We judge that Ada Pell met Nadim Haddad in June 2031.", None),
        ("Let us look at Norway.", None),
    ] {
        assert_eq!(kind(&note(text), 0), expected, "{text}");
    }
}

#[test]
fn states_and_abstract_subjects_are_no_events() {
    for text in [
        "Ada Pell was a partner of Nadim Haddad in 2030.",
        "The rivalry of France and Norway shaped the war in 2030.",
        "We met Nadim Haddad in Norway in 2030.",
        "France may have sold the yard to Norway in 2030.",
    ] {
        assert_ne!(kind(&note(text), 0), Some(ClaimKind::Event), "{text}");
    }
}

#[test]
fn an_attitude_in_passing_is_no_source() {
    let facts = note("On 4 June 2031 Ada Pell flew to Norway to discuss the pact.");
    assert_eq!((kind(&facts, 0), sourced(&facts, 0)), (Some(ClaimKind::Event), "none"));
}

#[test]
fn a_source_carries_only_where_it_goes_on() {
    let text = "The harbour authority said output fell. It also lost 40 trucks. Meanwhile 30 ships left Norway.";
    let facts = note(text);
    assert_eq!(sourced(&facts, 1), "carried");
    assert_eq!(sourced(&facts, 2), "none");
    let far = "Ada Pell said output fell. The yard is old. The quay is long. The rain is cold. It also lost 40 trucks.";
    let facts = note(far);
    let claim = facts.claim_of(4).expect("a figure");
    assert_eq!((claim.sourced, claim.why), (Sourced::None, WhyUnsourced::TooFar(4)));
}

#[test]
fn the_official_of_the_sentence_before_is_known() {
    let facts =
        note("A port official said the quay was flooded.\n\nThe official did not give details on the 40 trucks.");
    assert_eq!(sourced(&facts, 1), "carried");
}

#[test]
fn headings_end_what_a_source_governs() {
    let facts = note("# Port\n\nAda Pell said output fell.\n\n# Yard\n\nIt also lost 40 trucks.");
    let claim = facts.claims.iter().find(|c| c.figure.is_some()).expect("a figure");
    assert_eq!((claim.sourced, claim.why), (Sourced::None, WhyUnsourced::NoSource));
}

#[test]
fn citations_cover_their_sentence_and_look_back_as_configured() {
    let text = "The port lost 40 trucks. The yard lost 50 trucks.[^1]\n\n[^1]: Port register, 2031.\n";
    let look = |scope| {
        let config = AnalysisConfig { citation_scope: scope, ..AnalysisConfig::default() };
        let facts = analysis::analyze(text, Format::Markdown, &config, &mut Memo::default());
        (sourced(&facts, 0), sourced(&facts, 1))
    };
    assert_eq!(look(CitationScope::Sentence), ("none", "citation"));
    assert_eq!(look(CitationScope::Run), ("citation", "citation"));
    assert_eq!(look(CitationScope::Paragraph), ("citation", "citation"));
}

#[test]
fn an_outlet_with_a_date_in_brackets_is_a_citation() {
    let facts = note("The port lost 40 trucks (Harbor Daily, May 2).");
    assert_eq!(sourced(&facts, 0), "citation");
    let facts = note("The port lost 40 trucks (most of them old, all of them rusty).");
    assert_eq!(sourced(&facts, 0), "none");
}

#[test]
fn hearsay_is_a_vague_source() {
    for text in ["It is believed that the port lost 40 trucks.", "Rumours spread that the port would close."] {
        let facts = note(text);
        assert_eq!(facts.claim_of(0).and_then(|c| c.source_kind), Some(SourceKind::Vague), "{text}");
    }
}

#[test]
fn officials_without_a_name_are_anonymous() {
    let facts = note("A Norwegian official said the quay was flooded.");
    assert_eq!(facts.claim_of(0).and_then(|c| c.source_kind), Some(SourceKind::Anonymous));
}

#[test]
fn genres_are_told_by_what_the_text_shows() {
    let genre = |text: &str, format| facts(text, format).items.first().map(|item| item.genre);
    let plain = Format::Plain;
    let wire = "LUSK, March 12 (AP) — Ada Pell met the envoys on Tuesday.\n";
    assert_eq!(genre(wire, plain), Some(Genre::News));
    assert!(facts(wire, plain).items[0].agency);
    assert_eq!(genre("Ada Pell met the envoys on Tuesday.\n", plain), Some(Genre::Note));
    let letter = "I saw it. My neighbour saw it. I am sure of it.\n";
    assert_eq!(genre(letter, plain), Some(Genre::Opinion));
    let quoted = "\"I saw it. My neighbour saw it. I am sure of it,\" Ada Pell said.\n";
    assert_eq!(genre(quoted, plain), Some(Genre::Note), "the first person of a quotation is not the author's");
    let turns = "Ada Pell: It is late.\n\nNadim Haddad: It is.\n\nAda Pell: Then we should go.\n\nNadim Haddad: Yes.\n";
    assert_eq!(genre(turns, Format::Markdown), Some(Genre::Transcript));
    let speech =
        "We came to your city. Our crews are yours. You gave us bread, and my friends and I thank you. ".repeat(3);
    assert_eq!(genre(&speech, plain), Some(Genre::Transcript));
    let analysis = "We assess that the port will close. We judge that the yard is lost. ".repeat(8);
    assert_ne!(genre(&analysis, plain), Some(Genre::Transcript));
    let source = "---\ntype: source\nurl: https://hd.example/1\n---\n\nThe port lost 40 trucks.\n";
    assert_eq!(genre(source, Format::Markdown), Some(Genre::SourceNote));
}

#[test]
fn zones_come_from_headings_and_blocks() {
    let text = "# Key judgements\n\nThe pact is dead.\n\n# References\n\nThe yearbook.\n\n# Key facts\n\nIt rained.\n\n> Quoted words.\n";
    let facts = note(text);
    let zone_at = |words: &str| {
        let at = text.find(words).expect("in the text") as u32;
        facts.zone_of(facts.note.sentence_at(at).expect("a sentence") as u32)
    };
    assert_eq!(zone_at("The pact"), Zone::OwnVoice);
    assert_eq!(zone_at("The yearbook"), Zone::Exempt);
    assert_eq!(zone_at("It rained"), Zone::Strict);
    assert_eq!(zone_at("Quoted"), Zone::Quoted);
}

#[test]
fn headlines_and_quoted_labels_make_no_claim() {
    let facts = note("# 38 million tonnes in 2030\n\nThe \"gate tax of 40 crowns\" expired.\n");
    assert!(facts.claims.iter().all(|c| c.figure.is_none()), "{:?}", facts.claims);
}

#[test]
fn hostile_texts_are_read_in_linear_time() {
    for piece in ["\"", "[", "(", "if ", "who, ", "said ", "40 ", "Ada Pell, ", "$ "] {
        let text = piece.repeat(20_000);
        // Quadratic work would not end in minutes; that it ends is the test.
        let read = facts(&text, Format::Plain);
        assert!(!read.note.blocks.is_empty(), "{piece:?}");
    }
}

/// How the claims of the cells of a table are sourced, in order.
fn cells(text: &str) -> Vec<&'static str> {
    let facts = note(text);
    facts.claims.iter().filter(|c| c.figure.is_some()).map(|c| sourced(&facts, c.sentence)).collect()
}

const TABLE: &str = "| Year | Share |\n|---|---|\n| 2029 | 1.1 % |\n| 2030 | 2.6 % |\n";

#[test]
fn a_table_stands_on_what_is_named_beside_it() {
    assert_eq!(cells(TABLE), ["none", "none"]);
    assert_eq!(cells(&format!("{TABLE}\nSource: farm board, yearbook.\n")), ["citation", "citation"]);
    assert_eq!(cells(&format!("Table 1. Shares.[^1]\n\n{TABLE}\n[^1]: Yearbook.\n")), ["citation", "citation"]);
    assert_eq!(cells(&format!("The farm board gave these figures, Ada Pell said:\n\n{TABLE}")), ["carried", "carried"]);
    assert_eq!(cells(&format!("It had rained, Ada Pell said.\n\n{TABLE}")), ["none", "none"], "she spoke of the rain");
    assert_eq!(cells(&format!("# Ada Pell said\n\n{TABLE}")), ["none", "none"], "a heading stands behind nothing");
}

#[test]
fn a_row_stands_on_its_own_source() {
    let rows = "| Year | Share | Source |\n|---|---|---|\n| 2029 | 1.1 % | Yearbook |\n| 2030 | 2.6 % | |\n";
    assert_eq!(cells(rows), ["citation", "none"]);
    let rows = "| Year | Share |\n|---|---|\n| 2029 | 1.1 %[^1] |\n| 2030 | 2.6 % |\n\n[^1]: Yearbook.\n";
    assert_eq!(cells(rows), ["citation", "none"]);
}

#[test]
fn a_figure_that_nobody_vouched_for_is_no_source_for_the_bare_claim() {
    let again = |first: &str| {
        let facts = note(&format!("{first}\n\n40 people were killed.\n"));
        sourced(&facts, 1)
    };
    assert_eq!(again("Ada Pell said that 40 people were killed."), "carried");
    for first in [
        "Ada Pell denied that 40 people were killed.",
        "Ada Pell did not say that 40 people were killed.",
        "Ada Pell may say that 40 people were killed.",
        "Suppose Ada Pell said that 40 people were killed.",
    ] {
        assert_eq!(again(first), "none", "{first}");
    }
}

#[test]
fn a_figure_said_again_keeps_its_source() {
    let first = "Output fell by 11.4 percent, the farm board said.";
    assert_eq!(sourced(&note(&format!("{first}\n\nA fall of 11.4 percent hurts.\n")), 1), "carried");
    assert_eq!(sourced(&note(&format!("{first}\n\nA fall of 11.5 percent hurts.\n")), 1), "none");
    let cited = "The yard sold 412,000 tonnes of coal.[^1]";
    assert_eq!(
        sourced(&note(&format!("{cited}\n\nLusk took all 412,000 tonnes.\n\n[^1]: Yearbook.\n")), 1),
        "citation"
    );
}

#[test]
fn a_round_figure_may_be_another() {
    let text = "Output fell by 12 percent, the farm board said.\n\nTurnout stood at 12 percent of voters.\n";
    assert_eq!(sourced(&note(text), 1), "none");
}

#[test]
fn references_in_prose_are_citations_and_asides_are_none() {
    for (bracket, expected) in [
        ("(per registry extract, 2030)", "citation"),
        ("(source: farm board)", "citation"),
        ("(via Harbor Daily)", "citation"),
        ("(Pell and Marr 2029: 14)", "citation"),
        ("(see Doss et al., 2028b; Orr 2030)", "citation"),
        ("(PMC 2030, 112)", "citation"),
        ("(Farm Board of Lusk, 2030)", "citation"),
        ("(ibid., 14)", "citation"),
        ("(see Annex B)", "citation"),
        ("(Figure 3)", "citation"),
        ("(source 4)", "citation"),
        ("[S4, B2]", "citation"),
        ("(Reuters)", "citation"),
        ("(Reuters, 2/3/31)", "citation"),
        ("(Harbor Daily)", "citation"),
        ("(interview with Ada Pell, Lusk, 3 May 2031)", "citation"),
        ("(farm board data)", "citation"),
        ("<sup>1</sup>", "citation"),
        ("(March 2030)", "none"),
        ("(in 2030)", "none"),
        ("(Pell was there in 2030)", "none"),
        ("(per head of cattle)", "none"),
        ("(per 1,000 people)", "none"),
        ("(a report is due in May)", "none"),
        ("[and]", "none"),
        ("(no data)", "none"),
        ("(Norvik Shipping)", "none"),
        ("(down from a record)", "none"),
    ] {
        assert_eq!(
            sourced(&note(&format!("The yard sold 412,000 tonnes of coal {bracket}.")), 0),
            expected,
            "{bracket}"
        );
    }
    for (text, expected) in [
        ("The yard sold 412,000 tonnes of coal.¹ It rained.", "citation"),
        ("The yard sold 412,000 tonnes of coal from 300 km² of land.", "none"),
        ("As Pell and Marr (2029, 14) show, the yard sold 412,000 tonnes of coal.", "citation"),
        ("In June (2029) the yard sold 412,000 tonnes of coal.", "none"),
        ("Per the farm board, the yard sold 412,000 tonnes of coal.", "attribution"),
        ("The yard sold 412,000 tonnes of coal, per the farm board.", "attribution"),
        ("The yard sold 412,000 tonnes of coal per year.", "none"),
    ] {
        assert_eq!(sourced(&note(text), 0), expected, "{text}");
    }
}

#[test]
fn a_round_fraction_weighs_less_in_an_opinion() {
    let score = |head: &str| {
        let facts = note(&format!("{head}Half of the ships now call at Lusk.\n"));
        facts.claims.first().map(|claim| claim.score)
    };
    let (plain, opinion) = (score(""), score("# Wait no more\n\n*Opinion*\n\n"));
    assert!(opinion < plain, "{opinion:?} {plain:?}");
}
