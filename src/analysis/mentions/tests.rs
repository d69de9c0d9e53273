//! Invented sentences; each holds one promise of the stage.

use super::*;
use crate::structure::{self, Format, TokenMemo};

fn parse(text: &str, format: Format) -> Note {
    structure::parse(text, format, &mut TokenMemo::default())
}

fn recognised(text: &str, note: &Note, memo: &mut MentionMemo) -> Vec<Mention> {
    recognise(text, note, &Corrections::default(), memo).0
}

/// The names of a text as `kind:text`.
fn found_in(text: &str, format: Format) -> Vec<String> {
    let note = parse(text, format);
    recognised(text, &note, &mut MentionMemo::default())
        .iter()
        .map(|m| format!("{}:{}", m.kind.as_str(), m.range.of(text)))
        .collect()
}

#[track_caller]
fn holds(text: &str, names: &[&str]) {
    let found = found_in(text, Format::Plain);
    for name in names {
        assert!(found.iter().any(|f| f == name), "{name} is not in {found:?}");
    }
}

#[track_caller]
fn lacks(text: &str, parts: &[&str]) {
    let found = found_in(text, Format::Plain);
    for part in parts {
        assert!(!found.iter().any(|f| f.contains(part)), "{part} is in {found:?}");
    }
}

#[test]
fn titles_articles_and_possessives_stay_outside() {
    let text =
        "Foreign Minister Nadim Haddad met Gen. Lidia Marr in Paris on Monday. Mr Haddad praised Germany’s army.";
    holds(
        text,
        &["person:Nadim Haddad", "person:Lidia Marr", "place:Paris", "person:Haddad", "place:Germany", "date:Monday"],
    );
    lacks(text, &["Minister", "Gen", "Mr", "’s"]);
}

#[test]
fn a_nationality_before_a_title_is_a_group_of_its_own() {
    holds(
        "French President Nadim Haddad spoke to the Turkish foreign minister, Ersin Aydin, on Sunday.",
        &["group:French", "person:Nadim Haddad", "group:Turkish", "person:Ersin Aydin"],
    );
}

#[test]
fn a_city_and_its_country_are_two_places() {
    holds("She was born in Lagos, Nigeria, and lives in Vienna.", &["place:Lagos", "place:Nigeria", "place:Vienna"]);
}

/// What is made of one name of a text, whatever the model would see there.
fn refined(text: &str, name: &str, kind: EntityKind) -> Vec<String> {
    let note = parse(text, Format::Plain);
    let seen: Vec<SentenceWords> = note.sentences.iter().map(|s| words::look(text, note.tokens_of(s))).collect();
    let start = text.find(name).expect("the name stands in the text") as u32;
    let end = start + name.len() as u32;
    let first = note.tokens.partition_point(|t| t.range.end <= start);
    let mut found = vec![(first..note.tokens.partition_point(|t| t.range.start < end), kind)];
    refine(text, &note, &seen.iter().collect::<Vec<_>>(), &mut found);
    let shown =
        |at: &Range<usize>| note.tokens[at.start].range.cover(note.tokens[at.end - 1].range).of(text).to_owned();
    found.iter().map(|(at, kind)| format!("{}:{}", kind.as_str(), shown(at))).collect()
}

#[test]
fn a_person_of_somewhere_is_named_without_it() {
    use EntityKind::{Org, Person};
    for (name, kind, names) in [
        ("Lidia Marr of Norvik", Person, &["person:Lidia Marr"][..]),
        ("One of Haddad", Person, &["person:Haddad"]),
        ("Lidia Marr, 2nd Countess", Person, &["person:Lidia Marr"]),
        ("Tilda of Dorn", Person, &["person:Tilda of Dorn"]),
        ("Lidia Marr of Norvik Shipping", Org, &["person:Lidia Marr", "org:Norvik Shipping"]),
        ("Lidia University of Dorn", Org, &["org:Lidia University of Dorn"]),
    ] {
        assert_eq!(refined(&format!("The prize went to {name}."), name, kind), names, "{name}");
    }
}

#[test]
fn a_storm_is_named_with_its_kind() {
    let text = "Cyclone Tilda reached Port Sarn on Monday. Officials fear that Tilda will return.";
    holds(text, &["event:Cyclone Tilda", "event:Tilda"]);
}

#[test]
fn what_an_acronym_in_brackets_abbreviates_is_a_name() {
    holds("The Private Military Company (PMC) sent guards.", &["org:Private Military Company", "org:PMC"]);
    lacks("The Meridia Military Company (PMC) sent guards.", &["org:Military Company"]);
}

#[test]
fn pairs_are_taken_apart() {
    holds("The Russian-Syrian cooperation worries Turkey.", &["group:Russian", "group:Syrian", "place:Turkey"]);
    holds("Relations between Iran-Iraq traders were cold.", &["place:Iran", "place:Iraq"]);
}

#[test]
fn a_ministry_keeps_its_list() {
    holds(
        "Officials at the Ministry of Trade, Industry and Energy said so.",
        &["org:Ministry of Trade, Industry and Energy"],
    );
    let text = "A spokesman for the Ministry of Foreign Affairs said the talks in Geneva would go on.";
    holds(text, &["org:Ministry of Foreign Affairs", "place:Geneva"]);
}

#[test]
fn an_acronym_in_brackets_names_what_stands_before_it() {
    holds("The Norvik Shipping Company (NSC) denied it.", &["org:Norvik Shipping Company", "org:NSC"]);
}

#[test]
fn weapons_are_products_and_abbreviations_are_no_names() {
    holds("Two J-15 fighters and a T-72B3 tank were seen.", &["product:J-15", "product:T-72B3"]);
    holds(
        "The road to Lusk was watched by helicopters and armored vehicles.",
        &["product:helicopters", "product:armored vehicles"],
    );
    lacks("The pandemic of COVID-19 cut GDP.", &["COVID", "GDP"]);
}

#[test]
fn ships_are_products() {
    holds("They will not see the Kesharun aircraft carrier there.", &["product:Kesharun"]);
    holds("HMS Marr left Malta on Friday.", &["product:HMS Marr"]);
}

#[test]
fn a_surname_has_the_kind_of_the_full_name() {
    let text = "Lidia Marr runs the yard. The harbour office fined Marr twice, and Marr has appealed. Critics of Marr were silent.";
    let found = found_in(text, Format::Plain);
    assert_eq!(found.iter().filter(|f| *f == "person:Marr").count(), 3, "{found:?}");
}

#[test]
fn markup_is_no_part_of_a_name() {
    let found = found_in("**Nadim Haddad** flew to [Cairo](https://hd.example/cairo).", Format::Markdown);
    assert!(found.contains(&"person:Nadim Haddad".to_string()), "{found:?}");
    assert!(found.contains(&"place:Cairo".to_string()), "{found:?}");
}

#[test]
fn amounts_have_kinds() {
    holds(
        "It paid $3.5 billion, or 12 percent, on 4 March 2024 for 300 kilometres of track; last year it paid 20 million euros.",
        &[
            "money:$3.5 billion",
            "percent:12 percent",
            "date:4 March 2024",
            "quantity:300 kilometres",
            "date:last year",
            "money:20 million euros",
        ],
    );
}

#[test]
fn any_text_is_read() {
    for text in [
        "",
        " ",
        "A",
        "Á",
        ".",
        "’s",
        "-",
        "٣ ٤",
        "王毅说。",
        "الرئيس",
        "THE END",
        "a\u{ad}b",
        "X-",
        "(((",
        "St.",
        "9/11",
        "🙂 Zoë",
    ] {
        let _ = found_in(text, Format::Plain);
        let _ = found_in(text, Format::Markdown);
    }
}

#[test]
fn mentions_are_sorted_and_do_not_overlap() {
    let text = "Ibrahim of the Norvik Shipping Company (NSC), J. Pell of Meridia and the 3rd Army met in St. Petersburg, Fla., on May 4.";
    let note = parse(text, Format::Plain);
    let mentions = recognised(text, &note, &mut MentionMemo::default());
    assert!(mentions.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start));
    assert!(mentions.iter().all(|m| !m.tokens.is_empty()));
}

#[test]
fn an_edit_scores_its_own_sentence_only() {
    let sentences: Vec<String> =
        (0..300).map(|n| format!("Envoy number {n} met Nadim Haddad in Cairo and flew to Vienna {n} times.")).collect();
    let before = sentences.join(" ");
    let mut tokens = TokenMemo::default();
    let mut memo = MentionMemo::default();
    let note = structure::parse(&before, Format::Plain, &mut tokens);
    let first = recognised(&before, &note, &mut memo);
    assert!(memo.worked() >= 300);
    let after = before.replace("Envoy number 150 met", "Envoy number 150 hardly met");
    let note = structure::parse(&after, Format::Plain, &mut tokens);
    let second = recognised(&after, &note, &mut memo);
    assert_eq!(memo.worked(), 1);
    assert_eq!(first.len(), second.len());
    // What is remembered must not change what is found.
    assert_eq!(second, recognised(&after, &note, &mut MentionMemo::default()));
}

#[test]
fn whoever_speaks_of_himself_is_named_without_his_pronoun() {
    assert_eq!(refined("And I'm Lidia Marr.", "I'm Lidia Marr", EntityKind::Person), ["person:Lidia Marr"]);
    assert_eq!(refined("And Lidia and I left.", "Lidia and I", EntityKind::Person), ["person:Lidia"]);
    assert_eq!(refined("So D’Arcy Marr left.", "D’Arcy Marr", EntityKind::Person), ["person:D’Arcy Marr"]);
}

#[test]
fn the_verb_at_the_start_of_a_line_is_no_name() {
    for (text, name, kind, expected) in [
        ("Met Pell on Monday.", "Met Pell", EntityKind::Person, "person:Pell"),
        ("Works for Norvik Shipping.", "Works for Norvik Shipping", EntityKind::Org, "org:Norvik Shipping"),
        ("Met Office staff spoke.", "Met Office", EntityKind::Org, "org:Met Office"),
        ("They say Visited Pell.", "Visited Pell", EntityKind::Person, "person:Visited Pell"),
    ] {
        assert!(
            refined(text, name, kind).iter().any(|found| found == expected),
            "{text}: {:?}",
            refined(text, name, kind)
        );
    }
}

#[test]
fn eastern_given_names_keep_their_small_syllable() {
    for (text, name) in [
        ("Then Park Sung-min spoke.", "Park Sung"),
        ("Then Wong Tik-fai spoke.", "Wong Tik"),
        ("Then Simon Lee Siu-po spoke.", "Simon Lee Siu"),
    ] {
        let whole = text.trim_start_matches("Then ").trim_end_matches(" spoke.");
        assert_eq!(refined(text, name, EntityKind::Person), [format!("person:{whole}")]);
    }
    assert_eq!(refined("A Park Sung-led team.", "Park Sung", EntityKind::Person), ["person:Park Sung"]);
    assert_eq!(refined("A Nadim Marr-in fact.", "Nadim Marr", EntityKind::Person), ["person:Nadim Marr"]);
}

#[test]
fn acronyms_of_common_words_and_plurals_name_nothing() {
    assert_eq!(refined("It sold several XBPs there.", "XBPs", EntityKind::Org), Vec::<String>::new());
    let text = "Each harbour impact plan (HIP) was read.";
    assert_eq!(refined(text, "HIP", EntityKind::Org), Vec::<String>::new());
    let text = "The harbour inspection agency (HIA) met.";
    assert_eq!(refined(text, "HIA", EntityKind::Org), ["org:HIA"], "the head of a body");
    let text = "The Harbour Inspection Plan (HIP) held.";
    assert!(refined(text, "HIP", EntityKind::Org).contains(&"org:HIP".to_owned()), "a name");
}

#[test]
fn a_state_in_the_name_of_its_currency_is_money() {
    holds("It cost 40 million US dollars.", &["money:40 million US dollars"]);
    holds("It cost US$ 40 million.", &["money:US$ 40 million"]);
    lacks("It cost US$ 40 million, and then 5 US dollars.", &["place:US"]);
}

#[test]
fn sites_are_places_whatever_they_look_like() {
    assert_eq!(refined("They closed Lusk Bridge today.", "Lusk Bridge", EntityKind::Org), ["place:Lusk Bridge"]);
    assert_eq!(refined("They met Ada Port today.", "Ada Port", EntityKind::Person), ["person:Ada Port"]);
}

#[test]
fn small_words_of_a_surname_belong_to_it_and_a_crown_prince_is_a_title() {
    for (text, name, expected) in [
        ("Von der Marr spoke.", "Marr", "person:Von der Marr"),
        ("It was bin Haddad.", "Haddad", "person:bin Haddad"),
        ("The crowd of Marr cheered.", "Marr", "person:Marr"),
        ("Crown Prince Nadim Haddad spoke.", "Crown Prince Nadim Haddad", "person:Nadim Haddad"),
    ] {
        assert!(refined(text, name, EntityKind::Person).iter().any(|found| found == expected), "{text}");
    }
}

#[test]
fn another_spelling_of_a_surname_is_a_person() {
    let text = "Lidia Haddadskyy met them. Haddadsky left.";
    let note = parse(text, Format::Plain);
    let seen: Vec<SentenceWords> = note.sentences.iter().map(|s| words::look(text, note.tokens_of(s))).collect();
    let at = |word: &str| note.tokens.iter().position(|t| t.text(text) == word).expect("it stands there");
    let (first, again) = (at("Lidia"), at("Haddadsky"));
    let mut found = vec![(first..first + 2, EntityKind::Person), (again..again + 1, EntityKind::Org)];
    refine(text, &note, &seen.iter().collect::<Vec<_>>(), &mut found);
    assert_eq!(found[1].1, EntityKind::Person);
}
