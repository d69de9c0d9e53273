//! Fixtures of BibTeX: what is taken apart, what a fault costs, and each bound passed by a little.

use std::fmt::Write;

use proptest::prelude::*;

use super::*;
use crate::gate::DEEPEST;

const ALL: [&str; 4] = ["title", "journal", "year", "note"];

/// Each entry's key, type and fields; then what is wrong, with its place.
fn shown(text: &str) -> String {
    let mut library = read(text);
    let mut refusals = std::mem::take(&mut library.refusals);
    let mut out = String::new();
    for index in 0..library.entries.len() {
        let decoded = library.decode(index, &ALL, &mut refusals);
        let fields: Vec<_> = decoded.fields.iter().map(|(name, value)| format!("{name} {value}")).collect();
        let key = library.key(&library.entries[index]);
        let people = [decoded.authors, decoded.editors].map(|people| {
            people.names.into_iter().chain(people.and_others.then(|| "et al.".to_owned())).collect::<Vec<_>>()
        });
        let people = people.concat().join(" & ");
        let _ = writeln!(out, "{} {key}: {}; {people}", decoded.kind, fields.join(", "));
    }
    for refusal in refusals {
        let _ = writeln!(out, "! {:?}: {}", refusal.range.of(text), refusal.message);
        assert!(refusal.message.chars().count() <= 140, "{}", refusal.message);
    }
    out
}

#[test]
fn entries_are_read_as_people_write_them() {
    let text = "Text between, by ada@harbor.example (Port Sarn).\n\
        @Comment{jabref-meta: {a} @article{no, title = {No}}}\n@preamble{\"\\newcommand\" # {x}}\n\
        @STRING( HD = \"Harbor\" # { Daily} )\n% @misc{no, title = {No}}\n\
        @Article(hd31, Title = \"The {Sarn} \"  # {Quota}, journal = hd, year = 2031, % as printed\n author = {Marr, Lidia and {Port Register}})\n\
        @misc{pell30, month = jan, year = \"2030\" , title = {K{\\\"u}ste \\& Hafen}, editor = {Ada Pell},}\n@misc{bare}\n@misc{pell30, title={Again}}";
    expect_test::expect![[r#"
        article hd31: title The Sarn Quota, journal Harbor Daily, year 2031; Lidia Marr & Port Register
        misc pell30: year 2030, title Küste & Hafen; Ada Pell
        misc bare: ; 
        misc pell30: title Again; 
    "#]]
    .assert_eq(&shown(text));
}

#[test]
fn a_fault_costs_its_field_and_is_said_there() {
    let text = "@misc{a, title = {A}, journal = nowhere, year = 2031}\n\
        @misc{b, title = {B} year = 2030}\n\
        @misc{c, title {no sign}, year = 2029}\n\
        @misc{d, title = \"D, year = 2028}\n\
        @misc{e, title = , year = 2027}\n\
        @misc{f, title = {F costs $5}, year = 2026}\n\
        @misc{g, {stray}, year = 2025}\n\
        @misc{h, title = {H}, year = 2024\n\n@misc{last, title = {Last}}\n";
    expect_test::expect![[r#"
        misc a: title A, year 2031; 
        misc b: title B, year 2030; 
        misc c: year 2029; 
        misc d: ; 
        misc e: year 2027; 
        misc f: year 2026; 
        misc g: year 2025; 
        misc h: title H, year 2024; 
        misc last: title Last; 
        ! "title": A comma is missing after this field, or its value is not wholly in braces.
        ! "title": This field has no value: write name = {value} and a comma.
        ! "title": The quotation mark of this value is not closed: add it, or use braces.
        ! "title": This field has no value: write it in braces.
        ! "{": A field is expected here: write name = {value} and a comma.
        ! "@misc{h, title = {H}, year = 2024": This entry is not closed: add its closing brace. The next one is read again.
        ! "journal": There is no abbreviation “nowhere”: define it by @string, or put the value in braces.
        ! "title": This field cannot be read: a command or a $ in it does not end.
    "#]]
    .assert_eq(&shown(text));
}

#[test]
fn a_fault_beyond_a_field_costs_its_entry() {
    let text = "@misc{a, title = {A}}\n@misc{open, title = {no end\n@misc{b, title = {B}}\n@misc{two words, title = {C}}\n\
        @misc{, title = {D}}\n@article no31, title = {E}}\n@misc{z, title = {Z}}\n";
    expect_test::expect![[r#"
        misc a: title A; 
        misc b: title B; 
        misc z: title Z; 
        ! "@misc{open, title = {no end": This entry is not closed: add its closing brace. The next one is read again.
        ! "@misc{two words, title = {C}}": This entry has no key to cite it by: write one word and a comma after its opening brace.
        ! "@misc{, title = {D}}": This entry has no key to cite it by: write one word and a comma after its opening brace.
        ! "@article no31, title = {E}}": This entry has no opening brace: write it after its type, before its key.
    "#]]
    .assert_eq(&shown(text));
}

#[test]
fn an_entry_begins_in_the_middle_of_a_line_where_no_field_can() {
    let text = "@misc{a, title = {A} @misc{b, title = {B}}\n@misc{c, title = {C}, @misc{d, title = {D}}\n\
        @misc{@misc{e, title = {E}}\n@misc{f, title = {F @book{g, title = {G}}\n@misc{z, title = {Z}}\n";
    expect_test::expect![[r#"
        misc a: title A; 
        misc b: title B; 
        misc c: title C; 
        misc d: title D; 
        misc e: title E; 
        book g: title G; 
        misc z: title Z; 
        ! "@misc{a, title = {A} @misc{b, title = {B}}": This entry is not closed: add its closing brace. The next one is read again.
        ! "@misc{c, title = {C}, @misc{d, title = {D}}": This entry is not closed: add its closing brace. The next one is read again.
        ! "@misc{@misc{e, title = {E}}": This entry is not closed: add its closing brace. The next one is read again.
        ! "@misc{f, title = {F @book{g, title = {G}}": This entry is not closed: add its closing brace. The next one is read again.
    "#]]
    .assert_eq(&shown(text));
    let quoted =
        "@misc{a, title = {A}, note = {As in @misc{b, title = {B}}}, year = 2031}\n@misc{c, title = {by @harbor{x}}}";
    let read = shown(quoted);
    assert!(read.contains("misc a: title A") && read.contains("year 2031") && read.contains("misc c"), "{read}");
    assert!(!read.contains("misc b") && !read.contains('!'), "{read}");
}

#[test]
fn entries_within_one_that_is_not_closed_are_looked_at_so_often_and_no_more() {
    let line = |entries: usize| "@misc{k, title = {no end ".repeat(entries) + "\n@misc{z, title = {Z}}\n";
    let work = |entries: usize| read(&line(entries)).worked as f64 / line(entries).len() as f64;
    assert!(work(200) < 12.0 && work(2000) < 12.0, "{} {}", work(200), work(2000));
    assert_eq!(read(&line(50)).entries.len(), 1);
}

#[test]
fn and_others_is_nobody() {
    let text = "@misc{a, author = {Pell, Ada and others}}\n@misc{b, author = {Ada Pell and {others}}}\n\
        @misc{c, editor = {Lidia Marr and Ada Pell and others}}\n@misc{d, author = {others}}\n@misc{e, author = {{Others of Lusk}}}\n\
        @misc{f, author = {Pell, Ada and Others, Nadim}}\n";
    expect_test::expect![[r#"
        misc a: ; Ada Pell & et al.
        misc b: ; Ada Pell & et al.
        misc c: ; Lidia Marr & Ada Pell & et al.
        misc d: ; 
        misc e: ; Others of Lusk
        misc f: ; Ada Pell & Nadim Others
    "#]]
    .assert_eq(&shown(text));
}

#[test]
fn commands_of_type_are_text_and_accents_stand_on_their_letters() {
    let title = |value: &str| shown(&format!("@misc{{k, title = {{{value}}}}}"));
    for (written, wanted) in [
        (r"Mar{\'\i}a", "María"),
        (r"Mar\'{\i}a", "María"),
        (r"B\^\i rsan", "Bîrsan"),
        (r"{B{\^{\i}}rsan}", "Bîrsan"),
        (r"\emph{Norvik} log", "Norvik log"),
        (r"{\em Norvik} log", "Norvik log"),
        (r"A \textit{long \textbf{quiet}} day", "A long quiet day"),
        (r"See \url{https://norvik.example/a}", "See https://norvik.example/a"),
        (r"Quotas\ldots{} again", "Quotas… again"),
        (r"Quotas, \dots", "Quotas, …"),
        (r"\relax Log", "Log"),
        // Near misses.
        (r#"K{\"u}ste"#, "Küste"),
        (r"Coal \& Steel", "Coal & Steel"),
        (r"100\% sure", "100% sure"),
    ] {
        assert_eq!(title(written), format!("misc k: title {wanted}; \n"), "{written}");
    }
}

#[test]
fn how_it_was_published_may_be_its_address() {
    let url = |fields: &str| {
        let text = format!("@misc{{k, {fields}}}");
        let mut library = read(&text);
        let decoded = library.decode(0, &["howpublished", "url"], &mut Vec::new());
        decoded.fields.iter().map(|(name, value)| format!("{name} {value}")).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(
        url(r"howpublished = {\url{https://norvik.example/a_b%20c?d=e&f~g}}"),
        "url https://norvik.example/a_b%20c?d=e&f~g"
    );
    assert_eq!(url("howpublished = {https://norvik.example/a}"), "url https://norvik.example/a");
    assert_eq!(
        url(r"howpublished = {Posted at \url{https://norvik.example/a} in May}"),
        "howpublished Posted at https://norvik.example/a in May, url https://norvik.example/a"
    );
    assert_eq!(
        url(r"url = {https://own.example}, howpublished = {Leaflet, \url{https://norvik.example}}"),
        "url https://own.example, howpublished Leaflet, https://norvik.example"
    );
    assert_eq!(url("howpublished = {Leaflet}"), "howpublished Leaflet");
}

#[test]
fn an_entry_that_is_quoted_in_a_note_is_none() {
    let text = "@misc{a, note = {As in\n@misc{inner, title = {I}}\nfor one}, title = {A}}\n@misc{b, title = {B}}\n";
    let read = shown(text);
    assert!(
        !read.contains("misc inner") && read.contains("title A") && read.contains("misc b") && !read.contains('!'),
        "{read}"
    );
}

#[test]
fn braces_nest_up_to_the_bound() {
    let nested =
        |depth: usize| format!("@misc{{a, year = 2031, title = {{{}x{}}}}}", "{".repeat(depth), "}".repeat(depth));
    assert_eq!(shown(&nested(DEEPEST)), "misc a: year 2031, title x; \n");
    let refused = shown(&nested(DEEPEST + 1));
    assert!(refused.starts_with("misc a: year 2031; \n! \"title\": The braces of this value nest"), "{refused}");
    let commands = format!("@misc{{a, title = {{{}x{}}}}}", "\\emph{".repeat(DEEPEST + 1), "}".repeat(DEEPEST + 1));
    assert!(shown(&commands).contains("nest too deeply"));
    let escaped = format!("@misc{{a, title = {{{}}}}}", "\\{".repeat(DEEPEST + 1));
    assert!(shown(&escaped).contains("nest too deeply"), "a part of the library counts these, too");
}

#[test]
fn a_chain_of_abbreviations_is_followed_up_to_the_bound() {
    let chain = |names: usize| {
        let more = (1..names).map(|at| format!("@string{{a{at} = a{} # {{.}}}}\n", at - 1));
        let text: String = std::iter::once("@string{a0 = {Daily}}\n".to_owned()).chain(more).collect();
        format!("{text}@misc{{k, year = 2031, title = a{}}}", names - 1)
    };
    let read = shown(&chain(LONGEST_CHAIN + 1));
    assert_eq!(read, format!("misc k: year 2031, title Daily{}; \n", ".".repeat(LONGEST_CHAIN)));
    let refused = shown(&chain(LONGEST_CHAIN + 2));
    assert!(refused.starts_with("misc k: year 2031; \n! \"a17\": More than 16 abbreviations"), "{refused}");
}

#[test]
fn a_value_has_so_many_pieces_and_so_long_a_text() {
    let pieces = |count: usize| format!("@misc{{k, year = 2031, title = {}}}", vec!["{x}"; count].join(" # "));
    assert!(shown(&pieces(MOST_PIECES)).contains("title xxx"));
    assert!(shown(&pieces(2 * MOST_PIECES)).contains("! \"title\": This value comes to too long a text"));
    let long = |length: usize| format!("@misc{{k, year = 2031, title = {{{}}}}}", "x".repeat(length));
    assert!(shown(&long(LARGEST_VALUE)).contains("title xxx"));
    assert!(shown(&long(LARGEST_VALUE + 1)).contains("! \"title\": This value is too long to be read (256 kB)"));
}

fn parents(text: &str) -> (Vec<usize>, Vec<String>) {
    let library = read(text);
    let counts = library.entries.iter().map(|entry| entry.parents.len()).collect();
    (counts, library.refusals.into_iter().map(|refusal| refusal.message).collect())
}

#[test]
fn entries_inherit_along_a_chain_up_to_the_bound() {
    let chain = |entries: usize| {
        let more = (1..entries).map(|at| format!("@misc{{k{at}, crossref = {{k{}}}}}\n", at - 1));
        std::iter::once("@misc{k0, year = 2031}\n".to_owned()).chain(more).collect::<String>()
    };
    let (counts, said) = parents(&chain(LONGEST_CHAIN + 1));
    assert_eq!((counts.iter().sum::<usize>(), said.len()), (LONGEST_CHAIN, 0));
    let (counts, said) = parents(&chain(LONGEST_CHAIN + 2));
    assert_eq!((counts.iter().sum::<usize>(), said.len()), (LONGEST_CHAIN, 1));
    assert!(said[0].starts_with("This leads over too many entries"));
}

#[test]
fn an_entry_names_others_by_key_or_by_another_of_its_ids() {
    let text = "@xdata{x, year = 2031}\n@book{b, ids = {old, older}, title = {B}}\n@misc{k, crossref = older, xdata = {x, gone}}\n\
        @misc{l, crossref = {older}, xdata = \"x,b\"}";
    assert_eq!(parents(text).0, [0, 0, 1, 3], "what is not put in braces is an abbreviation");
}

/// A library of so many entries, each with so many broken ones after it.
fn library(entries: usize, broken: usize) -> String {
    let mut text = "@string{hd = {Harbor Daily}}\n".to_owned();
    for at in 0..entries {
        let _ = writeln!(text, "@article{{k{at}, title = {{Log {at}}}, journal = hd, year = 2031}}");
        for _ in 0..broken {
            text.push_str("@article{bad, title = {no end\n");
        }
    }
    text
}

#[test]
fn broken_entries_cost_work_in_proportion_to_the_file() {
    let work = |text: &str| read(text).worked as f64 / text.len() as f64;
    assert!(work(&library(1000, 0)) < 3.0);
    let with_one = library(500, 0) + "@article{bad, title = {no end\n" + &library(500, 0);
    assert!(work(&with_one) < 6.0, "{}", work(&with_one));
    let (some, more) = (work(&library(200, 2)), work(&library(2000, 2)));
    assert!(more < 1.1 * some + 0.1, "{some} {more}");
    assert_eq!(read(&library(200, 2)).entries.len(), 200);
}

/// Pieces that mean something to the reader. Nothing here refers to itself.
const PIECES: [&str; 30] = [
    "@article{",
    "@misc(",
    "@string{hd = {Harbor Daily}}",
    "@comment{",
    "@preamble{",
    "k1",
    "title",
    "author",
    " = ",
    "{",
    "}",
    "(",
    ")",
    "\"",
    ",",
    "#",
    " hd ",
    " jan ",
    "2031",
    "\n",
    "\n@misc{z, title = {Z}}\n",
    "%",
    "\\",
    "\\\"",
    "$",
    "~",
    "é",
    "Marr, Lidia and ",
    "crossref = {z}",
    "\u{feff}",
];

fn any_library() -> impl Strategy<Value = String> {
    prop::collection::vec(
        prop_oneof![4 => prop::sample::select(&PIECES[..]).prop_map(str::to_owned), 1 => ".{0,3}"],
        0..60,
    )
    .prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_taken_apart_with_places_in_it(text in any_library()) {
        let mut library = read(&text);
        let mut refusals = std::mem::take(&mut library.refusals);
        for index in 0..library.entries.len() {
            library.decode(index, &ALL, &mut refusals);
        }
        let lines = library.entries.iter().flat_map(|entry| [entry.key, entry.head]);
        for range in lines.chain(refusals.iter().map(|refusal| refusal.range)) {
            prop_assert!(text.get(range.span()).is_some(), "{range:?} in {text:?}");
        }
    }

    #[test]
    fn sound_entries_are_read_the_same_beside_any_other(bad in any_library(), at in 0usize..4) {
        // What ends no line of its own could go on into the next entry: an open comment, say, has no end but a line.
        let sound: Vec<String> = (0..4).map(|n| format!("\n@article{{s{n}, title = {{Log {n}}}, year = {n}}}\n")).collect();
        let text = [&sound[..at], &[format!("\n@book{{bad, {bad}")], &sound[at..]].concat().concat();
        let all = shown(&text);
        for n in 0..4 {
            prop_assert!(all.contains(&format!("article s{n}: title Log {n}, year {n}; \n")), "{text:?}\n{all}");
        }
    }
}
