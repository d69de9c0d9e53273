//! Invented notes with their names marked by hand: `[Lidia Marr|person]`.

use super::group;
use crate::analysis::facts::{Entity, EntityKind, Mention, MentionForm};
use crate::analysis::stages::{Entities, Mentions};
use crate::structure::{self, Format, TokenMemo};
use crate::text::TextRange;

/// A note, its mentions and its entities.
struct Case {
    text: String,
    mentions: Vec<Mention>,
    entities: Vec<Entity>,
}

/// Reads a text in which each name is marked as `[name|kind]`, without the signs.
fn case(marked: &str) -> Case {
    let mut text = String::new();
    let mut found = Vec::new();
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('[') {
        text.push_str(before);
        let (name, tail) = after.split_once('|').expect("a bar after the name");
        let (kind, tail) = tail.split_once(']').expect("a closing bracket");
        found.push((TextRange::from_usize(text.len(), text.len() + name.len()), kind_of(kind)));
        text.push_str(name);
        rest = tail;
    }
    text.push_str(rest);
    let note = structure::parse(&text, Format::Plain, &mut TokenMemo::default());
    let mentions = found
        .into_iter()
        .map(|(range, kind)| Mention {
            range,
            kind,
            entity: None,
            form: MentionForm::Full,
            sentence: note.sentence_at(range.start).expect("a sentence at each name") as u32,
            tokens: note.tokens.partition_point(|t| t.range.end <= range.start) as u32
                ..note.tokens.partition_point(|t| t.range.start < range.end) as u32,
        })
        .collect();
    let Entities { mentions, entities } = group(&text, &note, Mentions(mentions));
    Case { text, mentions, entities }
}

fn kind_of(word: &str) -> EntityKind {
    match word {
        "person" => EntityKind::Person,
        "org" => EntityKind::Org,
        "place" => EntityKind::Place,
        "group" => EntityKind::Group,
        "event" => EntityKind::Event,
        "product" => EntityKind::Product,
        "date" => EntityKind::Date,
        other => panic!("no kind {other}"),
    }
}

impl Case {
    /// The names of the entity of each mention, in order.
    fn names(&self) -> Vec<&str> {
        let name = |m: &Mention| m.entity.map_or("-", |e| self.entities[e as usize].name.as_str());
        self.mentions.iter().map(name).collect()
    }

    /// Which mentions are one: the number of the first mention of the same entity, for each.
    fn sets(&self) -> Vec<usize> {
        let first = |m: &Mention| self.mentions.iter().position(|o| o.entity == m.entity).unwrap_or(usize::MAX);
        self.mentions.iter().map(first).collect()
    }

    fn entity(&self, name: &str) -> &Entity {
        self.entities.iter().find(|e| e.name == name).unwrap_or_else(|| panic!("no {name} in {:?}", self.names()))
    }

    fn roles(&self, name: &str) -> Vec<&str> {
        self.entity(name).roles.iter().map(|role| role.text.as_str()).collect()
    }
}

#[test]
fn a_surname_belongs_to_the_full_name() {
    let c = case(
        "[Nadim Haddad|person] met [Lidia Marr|person]. Mr [Haddad|person] smiled. [Marr|org]’s aide left on [Monday|date].",
    );
    assert_eq!(c.names(), ["Nadim Haddad", "Lidia Marr", "Nadim Haddad", "Lidia Marr", "-"]);
    assert_eq!(c.mentions[2].form, MentionForm::Titled);
    assert_eq!(c.mentions[3].form, MentionForm::Short);
    assert_eq!(c.mentions[3].kind, EntityKind::Person, "the short form takes the kind of the long one");
    assert_eq!(c.entity("Nadim Haddad").aliases, ["Haddad"]);
    assert_eq!(c.entity("Lidia Marr").mentions, [1, 3]);
}

#[test]
fn a_short_name_before_the_full_one_is_the_same_person() {
    let c = case("[Haddad|person] sails\n\n[Nadim Haddad|person] sailed on Monday.");
    assert_eq!(c.sets(), [0, 0]);
}

#[test]
fn family_names_that_come_first_are_short_forms() {
    let c = case("[Han Weiming|person] spoke. [Mr Wang|person] did not. [Han|person] left. [Weiming|person] slept.");
    assert_eq!(c.sets(), [0, 1, 0, 0]);
}

#[test]
fn two_with_one_surname_stay_two() {
    let c = case(
        "Mr [Nadim Haddad|person] and Mrs [Rana Haddad|person] came. Mrs [Haddad|person] spoke, Mr [Haddad|person] did not.",
    );
    assert_eq!(c.sets(), [0, 1, 1, 0]);
    let c = case("[Nadim Haddad|person] came. [Haddad|person] sat. [Rana Haddad|person] rose. [Haddad|person] spoke.");
    assert_eq!(c.sets(), [0, 0, 2, 2], "whoever was named last");
    let c = case("[Nadim Haddad|person] left. Mr [Haddad|person] slept. Mrs [Haddad|person] woke.");
    assert_eq!(c.sets(), [0, 0, 2]);
    let c = case("[Jon Pell Jr.|person] and [Jon Pell Sr.|person] met.");
    assert_eq!(c.sets(), [0, 1]);
}

#[test]
fn a_family_is_nobody_of_it() {
    let c = case("[Nadim Haddad|person] is rich. The [Haddads|person] own ships. The [Haddads|person] sail.");
    assert_eq!(c.sets(), [0, 1, 1]);
}

#[test]
fn spellings_initials_and_order_of_a_name() {
    for (one, other) in [
        ("Nadim Haddad", "Nadeem al-Haddad"),
        ("Jon J. Pell", "Jon Pell"),
        ("J. Pell", "Jon Pell"),
        ("Orvan Marrik", "Marrik Orvan"),
        ("Faisal Karim Haddad", "Faisal Haddad"),
        ("Lidia Kortmann", "Lidia Kortman"),
        ("Lidia Kortmann", "Lidia Kortnann"),
    ] {
        let c = case(&format!("[{one}|person] came. Later [{other}|person] left."));
        assert_eq!(c.sets(), [0, 0], "{one} / {other}");
    }
    for (one, other) in [("Jon Pell", "Ada Pell"), ("Nadim Haddad", "Nadim Hadid"), ("J. Pell", "Ada Pell")] {
        let c = case(&format!("[{one}|person] came. Later [{other}|person] left."));
        assert_eq!(c.sets(), [0, 1], "{one} / {other}");
    }
    let c = case("[Lidia Kortmann|person] came. Ms [Kortnann|person] left.");
    assert_eq!(c.sets(), [0, 0]);
}

#[test]
fn acronyms_and_their_expansions() {
    let c = case(
        "The [Port Management Council|org] ([PMC|org]) met. The [PMC|place] voted. The [Council|org] rose. \
         [SBG|org] ([Sarn Border Guard|org]) left. The [Harbour Safety Board|org] came, as [HSB|org] said.",
    );
    assert_eq!(c.sets(), [0, 0, 0, 0, 4, 4, 6, 6]);
    assert_eq!(c.mentions[2].kind, EntityKind::Org);
    assert_eq!(c.mentions[2].form, MentionForm::Acronym);
    assert_eq!(c.names()[4], "Sarn Border Guard");
}

#[test]
fn a_defined_acronym_that_recognition_missed_is_a_mention() {
    let c = case("The [Port Management Council|org] (PMC) met. Then the PMC rose.");
    assert_eq!(c.sets(), [0, 0, 0]);
    assert!(c.mentions.iter().skip(1).all(|m| m.range.of(&c.text) == "PMC" && m.tokens.len() == 1));
    assert!(c.mentions.is_sorted_by_key(|m| m.range));
}

#[test]
fn brackets_that_define_nothing_join_nothing() {
    let c = case("[Norvik Shipping|org] ([Meridia|place]) fell. [Lidia Marr|person] ([Harbor Daily|org]) wrote.");
    assert_eq!(c.sets(), [0, 1, 2, 3]);
}

#[test]
fn other_names_that_the_text_gives() {
    let c = case("The [Dawn Front|org], also known as the [Red Lanterns|org], struck. The [Red Lanterns|org] fled.");
    assert_eq!(c.sets(), [0, 0, 0]);
}

#[test]
fn first_words_of_a_body() {
    let c =
        case("[Norvik Shipping|org] rose. [Norvik|org] fell. [Meridia National Bank|org] and [Meridia|place] did not.");
    assert_eq!(c.sets(), [0, 0, 2, 3]);
    let c = case("[Norvik Shipping|org] and [Norvik Steel|org] rose. [Norvik|org] fell.");
    assert_eq!(c.sets(), [0, 1, 2], "which of two, nobody knows");
}

#[test]
fn names_that_the_world_knows() {
    let c = case(
        "The [United States|place] left. The [U.S.|place] and [US|place] are one; the [UN|org] is the [United Nations|org].",
    );
    assert_eq!(c.sets(), [0, 0, 0, 3, 3]);
    let c = case("The [U.S. Harbour Board|org], [United States Harbour Board|org], [UN Harbour Board|org].");
    assert_eq!(c.sets(), [0, 0, 2]);
}

#[test]
fn peoples_are_not_their_country() {
    let c = case(
        "[China|place] and the [Chinese|group]. [Iraqi|group] boats, three [Iraqis|group] in [Iraq|place]. A [Turk|group], [Turkish|group].",
    );
    assert_eq!(c.sets(), [0, 1, 2, 2, 4, 5, 5]);
}

#[test]
fn a_slip_of_the_keyboard() {
    let c = case(
        "[Sarnova|place] fell. [Sarnova|place] rose. [Sarnova|place] slept. [Sanrova|place] woke. The [Sarnovan|group] king.",
    );
    assert_eq!(c.sets(), [0, 0, 0, 0, 4]);
}

#[test]
fn case_says_nothing() {
    let c = case("[NORVIK SHIPPING|org] FALLS\n\n[Norvik Shipping|org] fell on Monday.");
    assert_eq!(c.sets(), [0, 0]);
    assert_eq!(c.names()[0], "Norvik Shipping");
}

#[test]
fn roles_by_title_and_apposition() {
    let c = case(
        "[Meridia|place]’s trade minister [Lidia Marr|person] spoke. [Nadim Haddad|person], the former head of [Norvik Shipping|org], did not.",
    );
    assert_eq!(c.roles("Lidia Marr"), ["Meridia’s trade minister"]);
    assert_eq!(c.roles("Nadim Haddad"), ["former head of Norvik Shipping"]);
    let c = case(
        "[Meridian|group] Foreign Minister [Lidia Marr|person] spoke. The deputy prime minister, [Ada Pell|person], slept.",
    );
    assert_eq!(c.roles("Lidia Marr"), ["Meridian Foreign Minister"]);
    assert_eq!(c.roles("Ada Pell"), ["deputy prime minister"]);
    let c = case(
        "[Lidia Marr|person], [Meridia|place]’s trade minister, left. After [Ada Pell|person], the minister said nothing.",
    );
    assert_eq!(c.roles("Lidia Marr"), ["Meridia’s trade minister"]);
    assert!(c.roles("Ada Pell").is_empty());
}

#[test]
fn every_reference_is_in_bounds_and_kinds_agree() {
    let c =
        case("[Haddad|person] [Haddad|org] [A|person] [B|org] [نديم حداد|person] [王毅|person] [王|person] [É|place]");
    for (index, mention) in c.mentions.iter().enumerate() {
        if let Some(entity) = mention.entity {
            assert!(c.entities[entity as usize].mentions.contains(&(index as u32)));
            assert_eq!(c.entities[entity as usize].kind, mention.kind);
        }
    }
}

#[test]
fn two_bodies_with_one_acronym_stay_two() {
    let c = case(
        "The [Port Management Council|org] ([PMC|org]) met. A [Public Media Company|org] ([PMC|org]) did not. The [Sarn Port Management Council|org] ([PMC|org]) slept.",
    );
    let sets = c.sets();
    assert!(sets[0] == sets[1] && sets[0] == sets[4], "{sets:?}");
    assert_ne!(sets[2], sets[0]);
}

/// Eight thousand names at once must cost about eight times what a thousand cost, whatever they look like.
#[test]
fn work_grows_with_the_number_of_names_only() {
    let syllables = ["ba", "ne", "ko", "ri", "su", "ta", "mel", "dor", "vin", "gal"];
    let word = |n: usize| {
        let name: String = [n / 1000 % 10, n / 100 % 10, n / 10 % 10, n % 10].iter().map(|&d| syllables[d]).collect();
        name[..1].to_uppercase() + &name[1..]
    };
    let shapes: [(&str, &dyn Fn(usize) -> String); 5] = [
        ("one word", &|n| format!("[{}|person] came. ", word(n))),
        ("one surname", &|n| format!("[{} Haddad|person] came. [Haddad|person] left. ", word(n))),
        ("bodies", &|n| format!("[{} National Bank|org] came. [{}|org] left. ", word(n), word(n))),
        ("acronyms", &|n| format!("The [{} Management Council|org] (PMC) and [PMC|org]. ", word(n))),
        ("letters", &|n| format!("[{}|person] came. ", char::from_u32(0x4e00 + n as u32).unwrap_or('A'))),
    ];
    for (name, shape) in shapes {
        let work = |count: usize| {
            let text: String = (0..count).map(shape).collect();
            super::work::take();
            let c = case(&text);
            assert!(c.mentions.len() >= count);
            super::work::take()
        };
        let (small, large) = (work(1_000), work(8_000));
        assert!(small >= 1_000, "{name}: only {small} steps were counted");
        assert!(large < small * 10, "{name}: {small} steps for a thousand, {large} for eight thousand");
    }
}

#[test]
fn descriptions_that_the_note_ties_to_a_name() {
    let c = case(
        "[Lidia Marr|person], [Meridia|place]’s foreign minister, came. The foreign minister said little. \
         The foreign minister of [Sarn|place] slept. A foreign minister ate. The foreign ministers left with finance minister [Ada Pell|person].",
    );
    let shown: Vec<&str> = c.mentions.iter().map(|m| m.range.of(&c.text)).collect();
    assert_eq!(shown, ["Lidia Marr", "Meridia", "foreign minister", "Sarn", "Ada Pell"]);
    assert_eq!(c.names()[2], "Lidia Marr");
    assert_eq!(c.mentions[2].form, MentionForm::Description);
    assert_eq!(c.entity("Lidia Marr").mentions, [0, 2]);
    let c = case(
        "Foreign Minister [Lidia Marr|person] and Foreign Minister [Ada Pell|person] met. The foreign minister left.",
    );
    assert_eq!(c.mentions.len(), 2, "which of two, nobody knows");
    let c = case("The former foreign minister [Lidia Marr|person] came. The foreign minister left.");
    assert_eq!(c.mentions.len(), 1, "a former one is not the one");
}

#[test]
fn a_head_in_capitals_is_the_body_of_that_kind() {
    let c = case(
        "[Sarn Maritime University|org] grew. The University hired. The best University-led team left. A university did not. [Ada Pell|person] left the University of [Dorn|place].",
    );
    assert_eq!(c.sets(), [0, 0, 0, 3, 4]);
}

#[test]
fn a_house_number_is_not_the_head_of_a_body() {
    let c = case("[Sarn Maritime University 12|org] Quay Road\n\nThe [University|org] hired.");
    assert_eq!(c.sets(), [0, 0]);
}

#[test]
fn cut_words_and_numbered_names() {
    let c = case(
        "[Meridia State University|org] and [Meri State|org]. [Orvan Haddad|person], then [Haddad II|person] and [Haddad III|person].",
    );
    assert_eq!(c.sets(), [0, 0, 2, 2, 4]);
}

impl Case {
    fn shown(&self) -> Vec<(&str, EntityKind)> {
        self.mentions.iter().map(|m| (m.range.of(&self.text), m.kind)).collect()
    }
}

#[test]
fn spans_that_the_note_proves_wrong_are_mended() {
    use EntityKind::{Org, Person, Place};
    let c = case("The [Harbour House|org] met. [Harbour House NSB Jon Pell|person] spoke. [Pell|person] left.");
    assert_eq!(c.shown()[1..3], [("Harbour House", Org), ("Jon Pell", Person)]);
    assert_eq!(c.sets(), [0, 0, 2, 2]);
    let c = case("[Meridia|place] and [Meridia-Sarnow|person] talks.");
    assert_eq!(c.shown(), [("Meridia", Place), ("Meridia", Place), ("Sarnow", Place)]);
    let c = case("[Ada Pell|person] met [Pell|person] in [Meridia|place]. [Pell Meridia|person] left.");
    assert_eq!(c.shown()[3..], [("Pell", Person), ("Meridia", Place)]);
}

#[test]
fn surnames_and_initials_that_recognition_missed() {
    let c = case(
        "[Han Weiming|org] came. Weiming noted it. [Lidia Marr|person] left; then Marr spoke. Marr Street is long.",
    );
    assert_eq!(
        c.shown().iter().map(|(name, _)| *name).collect::<Vec<_>>(),
        ["Han Weiming", "Weiming", "Lidia Marr", "Marr"]
    );
    let c = case(
        "[Lidia Marr|person] met [Han Weiming|org]. As ever, Weiming noted it. The [Harbour Safety Board|org] met, as HSB must.",
    );
    assert_eq!(c.sets(), [0, 1, 1, 3, 3]);
    assert_eq!(c.mentions[1].kind, EntityKind::Person);
    let c = case("The [Sarn Border Guard|org] (GXK) left. The GXK slept. [Norvik Shipping|org] (UK) did not.");
    assert_eq!(c.sets(), [0, 0, 0, 3]);
}

#[test]
fn a_word_of_a_longer_name_is_no_slip_of_another() {
    let often = "[Meridol|org] paid. [Meridol|org] closed. [Meridol|org] reopened.";
    let slip = case(&format!("{often} [Meridal|org] left."));
    assert_eq!(slip.sets(), [0, 0, 0, 0], "a typing error");
    let other = case(&format!("{often} [Meridal|org] left. The [Meridal Trust|org] stayed."));
    assert_eq!(other.sets(), [0, 0, 0, 3, 3], "another name, in short");
}

#[test]
fn a_title_belongs_to_the_name_where_the_note_says_so() {
    let text = |called: &str| {
        format!(
            "[Orvan Marr|person], {called} Emperor [Marr|person], lived in [Sarn|place]. Emperor [Marr|person] died. [Marr|person] slept."
        )
    };
    for called in ["known as", "nicknamed", "also known as “", "remembered as"] {
        let c = case(&text(called));
        assert_eq!(c.shown()[1].0, "Emperor Marr", "{called}");
        assert_eq!(c.sets(), [0, 0, 2, 0, 0], "{called}");
        assert_eq!(c.shown()[3].0, "Emperor Marr", "{called}: everywhere in the note");
        assert_eq!(c.shown()[4].0, "Marr", "{called}");
    }
    let c = case(&text("once"));
    assert_eq!(c.shown()[1].0, "Marr", "nobody says that he is called so");
    let c =
        case("[Orvan II|person], Emperor of the [Dunes|place], slept. He was Emperor of the [Dunes|place] for long.");
    assert_eq!(c.shown()[1], ("Emperor of the Dunes", EntityKind::Person), "a style of its holder");
    assert_eq!(c.sets()[..2], [0, 0]);
}

#[test]
fn wares_of_a_body_are_no_other_body() {
    let c = case("[Sarn University|org] met. The [Sarn University Wiki|org] is down. The [Marr Wiki|org] is not.");
    assert_eq!(
        c.shown().iter().map(|(name, _)| *name).collect::<Vec<_>>(),
        ["Sarn University", "Sarn University", "Marr Wiki"]
    );
    assert_eq!(c.sets(), [0, 0, 2]);
}

#[test]
fn a_head_alone_is_the_body_that_the_note_is_about() {
    let often = "[Sarn University|org] won. [Sarn University|org] lost. [Sarn University|org] slept. ";
    let c =
        case(&format!("{often}[Sarn University|org] left. [Norvik University|org] came. The [University|org] hired."));
    assert_eq!(c.sets(), [0, 0, 0, 0, 4, 0], "one is named four times as often");
    let c = case(&format!("{often}[Norvik University|org] came. The [University|org] hired."));
    assert_eq!(c.sets(), [0, 0, 0, 3, 4], "or else it may be either");
    let c = case("The [House of Elders|org] met. The [White House|org] did not. The [House|org] voted.");
    assert_eq!(c.sets(), [0, 1, 0]);
}

#[test]
fn bodies_halves_and_storms_by_their_short_names() {
    let c = case("The [Order of Sunwatch|org] met. [Sunwatch|org] denied it.");
    assert_eq!(c.sets(), [0, 0]);
    let c = case("The [University of Paris|org] met. [Paris|org] lost at home.");
    assert_eq!(c.sets(), [0, 1], "a city's name has other owners");
    let c =
        case("[North Meridia|place] and [South Meridia|place] talked. The [North|org] left, the [South|place] stayed.");
    assert_eq!(c.sets(), [0, 1, 0, 1]);
    let c = case("[North Meridia|place] talked. The [North|place] left.");
    assert_eq!(c.sets(), [0, 1], "nothing is divided");
    let c = case(
        "[Storm Tilda|event] grew. [Hurricane Tilda|event] hit [Sarn|place]. [Tilda|event] left. [Cyclone Orvan|event] came.",
    );
    assert_eq!(c.sets(), [0, 0, 2, 0, 4]);
}

#[test]
fn bill_is_william() {
    let c = case("[William Pell|person] came. [Bill Pell|person] left. [Bob Pell|person] slept.");
    assert_eq!(c.sets(), [0, 0, 2]);
}

#[test]
fn a_line_break_or_a_soft_hyphen_parts_no_name() {
    let c = case(
        "[Nadim\nHaddad|person] met the [Sarn\nHarbour Board|org]. [Nadim Had\u{ad}dad|person] left the [Sarn Har\u{ad}bour Board|org]. [Had\u{ad}dad|person] slept.",
    );
    assert_eq!(c.sets(), [0, 1, 0, 1, 0]);
    assert_eq!(c.names()[..2], ["Nadim Haddad", "Sarn Harbour Board"]);
}
