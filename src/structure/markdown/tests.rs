//! Fixtures of the shape of Markdown.

use super::*;
use crate::structure::{Format, TokenMemo, parse};

/// One line for each block: kind and what is left of its text; then the markers.
fn shown(text: &str) -> String {
    let note = parse(text, Format::Markdown, &mut TokenMemo::default());
    let mut out = String::new();
    for block in &note.blocks {
        let mut kept = String::new();
        let mut at = block.range.start;
        for hole in &block.holes {
            kept.push_str(TextRange::new(at, hole.start).of(text));
            kept.push('·');
            at = hole.end;
        }
        kept.push_str(TextRange::new(at, block.range.end).of(text));
        out.push_str(&format!("{:?}: {}\n", block.kind, kept.replace('\n', "/")));
    }
    for marker in &note.markers {
        let part = match &marker.kind {
            MarkerKind::Link { text: part, target } | MarkerKind::Image { alt: part, target } => {
                format!("{:?} -> {target}", part.of(text))
            }
            MarkerKind::Wikilink { target, anchor, shown, embed } => format!(
                "{:?} {:?} {:?} {embed}",
                target.of(text),
                anchor.map(|range| range.of(text)),
                shown.map(|range| range.of(text))
            ),
            MarkerKind::FootnoteReference { label: part }
            | MarkerKind::InlineFootnote { body: part }
            | MarkerKind::Comment { body: part }
            | MarkerKind::Unconfirmed { words: part }
            | MarkerKind::CitationKey { key: part, .. } => format!("{:?}", part.of(text)),
            MarkerKind::FootnoteDefinition { label, body } => format!("{:?} {:?}", label.of(text), body.of(text)),
            MarkerKind::BracketReference => String::new(),
        };
        let kind = format!("{:?}", marker.kind);
        let kind = kind.split([' ', '{']).next().unwrap_or("");
        out.push_str(&format!("  {kind} {:?} {part}\n", marker.range.of(text)));
    }
    out
}

#[test]
fn blocks() {
    let text = "---\ntype: note\n---\n# Norvik *moves* ##\n\nText one\nand two.\n\n- A ship.\n  1. Nested.\n\n     More.\n- [ ] Task.\n\n> Quoted\n> twice.\n\n| Ship | Yard |\n|---|---|\n| Vell | Sarn |\n\n```\ncode. Here.\n```\n\n<div>raw</div>\n\nSetext\n===\n\n***\n\n$$x = 1$$\n";
    expect_test::expect![[r#"
        Opaque: ---/type: note/---
        Heading(1): Norvik ·moves·
        Paragraph: Text one/and two.
        ListItem: A ship.
        ListItem: Nested.
        ListItem: More.
        ListItem: ·Task.
        Quote: Quoted/·twice.
        TableCell: Ship
        TableCell: Yard
        TableCell: Vell
        TableCell: Sarn
        Opaque: ```/code. Here./```
        Opaque: <div>raw</div>
        Heading(1): Setext
        Opaque: $$x = 1$$
    "#]]
    .assert_eq(&shown(text));
}

#[test]
fn inline_signs_are_holes() {
    let text = "The **Norvik**’s `code` and [Harbor Daily](https://hd.example/a \"t\")’s ![alt](p.png) line, ==marked==, a\\*b, \\$5, AT&amp;T, <b>x</b>, $x^2$, between $5 and US$10 ~~old~~ https://norvik.example/x_y. <https://a.example>.";
    expect_test::expect![[r#"
        Paragraph: The ·Norvik·’s · and ·Harbor Daily·’s · line, ·marked·, a·*b, ·$5, AT·T, ·x·, ·, between $5 and US$10 ·old· https://norvik.example/x_y. ·https://a.example·.
          Link "[Harbor Daily](https://hd.example/a \"t\")" "Harbor Daily" -> https://hd.example/a
          Image "![alt](p.png)" "alt" -> p.png
          Link "https://norvik.example/x_y" "" -> https://norvik.example/x_y
          Link "<https://a.example>" "" -> https://a.example
    "#]].assert_eq(&shown(text));
}

#[test]
fn notes_and_citations() {
    let text = "It stands.[^1] It fell.[^none] It rose^[Pell, [2031], p. 3]. See [see @haddad2031, pp. 3-5; -@pell_a] and @marr:x [p. 2]. [12] [S-03] [2031] mail a@b.example @fig-map [-@{https://x.example/a}].\n\n[^1]: Harbor *Daily*, 4 March.\n    More.\n";
    expect_test::expect![[r#"
        Paragraph: It stands.· It fell.· It rose·. See · and @marr:x [p. 2]. · · [2031] mail a@b.example @fig-map ·.
        FootnoteDefinition: Harbor ·Daily·, 4 March./·More.
          FootnoteReference "[^1]" "1"
          FootnoteReference "[^none]" "none"
          InlineFootnote "^[Pell, [2031], p. 3]" "Pell, [2031], p. 3"
          CitationKey "[see @haddad2031, pp. 3-5; -@pell_a]" "haddad2031"
          CitationKey "[see @haddad2031, pp. 3-5; -@pell_a]" "pell_a"
          CitationKey "@marr:x" "marr:x"
          BracketReference "[12]" 
          BracketReference "[S-03]" 
          CitationKey "[-@{https://x.example/a}]" "https://x.example/a"
          FootnoteDefinition "[^1]:" "1" "Harbor *Daily*, 4 March.\n    More."
    "#]]
    .assert_eq(&shown(text));
}

#[test]
fn words_to_be_confirmed_are_no_prose() {
    let text = "It fell, [confirm: Ada Pell said]. [Confirm: ] [confirm: so](a.md) `[confirm: x]` [confirmed: y] [confirm:z]\n";
    expect_test::expect![[r#"
        Paragraph: It fell, ·. [Confirm: ] ·confirm: so· · [confirmed: y] ·
          Unconfirmed "[confirm: Ada Pell said]" "Ada Pell said"
          Link "[confirm: so](a.md)" "confirm: so" -> a.md
          Unconfirmed "[confirm:z]" "z"
    "#]]
    .assert_eq(&shown(text));
}

/// The words to be confirmed of a text, and how many other markers it has.
fn unconfirmed(text: &str, format: Format) -> (Vec<&str>, usize) {
    let note = parse(text, format, &mut TokenMemo::default());
    let words = |marker: &Marker| match marker.kind {
        MarkerKind::Unconfirmed { words } => Some(words.of(text)),
        _ => None,
    };
    let found: Vec<&str> = note.markers.iter().filter_map(words).collect();
    let others = note.markers.len() - found.len();
    (found, others)
}

#[test]
fn however_the_sign_is_written_the_words_are_to_be_confirmed() {
    for (bracket, words) in [
        ("[confirm: Ada Pell said]", "Ada Pell said"),
        ("[confirm : Ada Pell said]", "Ada Pell said"),
        ("[ Confirm: Ada Pell said ]", "Ada Pell said"),
        ("[CONFIRM:Ada Pell said]", "Ada Pell said"),
        ("[*confirm*: Ada Pell said]", "Ada Pell said"),
        ("[**confirm:** Ada Pell said]", "Ada Pell said"),
        ("[_confirm: Ada Pell said_]", "Ada Pell said"),
        ("[confirm: *Ada Pell* said]", "*Ada Pell* said"),
        ("[confirm: [[Ada Pell]] said]", "[[Ada Pell]] said"),
        ("[confirm: [Ada Pell](people/ada.md) said]", "[Ada Pell](people/ada.md) said"),
        ("[confirm: Ada Pell [the minister] said]", "Ada Pell [the minister] said"),
        ("[confirm: @pell31 said]", "@pell31 said"),
        ("[confirm: the log [@pell31] says]", "the log [@pell31] says"),
        ("[confirm: Ada Pell[^1] said]", "Ada Pell[^1] said"),
        ("[confirm: https://norvik.example/x]", "https://norvik.example/x"),
        ("[[confirm: Ada Pell said]]", "Ada Pell said"),
        ("\\[confirm: Ada Pell said\\]", "Ada Pell said"),
    ] {
        for format in [Format::Markdown, Format::Plain] {
            let text = format!("It fell, {bracket}.\n");
            assert_eq!(unconfirmed(&text, format), (vec![words], 0), "{bracket} {format:?}");
            let note = parse(&text, format, &mut TokenMemo::default());
            assert!(note.tokens.iter().all(|token| !"Ada said".contains(token.text(&text))), "{bracket}");
        }
    }
    assert_eq!(unconfirmed("It fell, [confirm: Ada [Pell said] today.\n", Format::Markdown).0, ["Ada [Pell said"]);
}

#[test]
fn nothing_that_follows_makes_words_to_be_confirmed_a_link() {
    for (after, others) in [
        ("[^1]", 1),
        ("[@pell31]", 1),
        ("[@pell31, p. 3]", 1),
        ("(see x)", 0),
        ("(e.g. x)", 0),
        ("(x)", 0),
        ("[x][y]", 0),
        ("[]", 0),
        ("[log]", 0),
    ] {
        let text = format!("It fell, [confirm: Ada Pell said]{after}.\n\n[log]: https://norvik.example/x\n");
        assert_eq!(unconfirmed(&text, Format::Markdown), (vec!["Ada Pell said"], others), "{after}");
    }
}

#[test]
fn a_link_a_property_and_other_words_are_not_to_be_confirmed() {
    for text in [
        "Here: [confirm: here](receipt.md).\n",
        "Here: [confirm: here](https://norvik.example/x \"The form\").\n",
        "Here: [confirm: here](#receipt).\n",
        "It is [confirm:: receipt] so.\n",
        "It is [confirmed: Ada Pell said] so.\n",
        "It is [confirm: ] so.\n",
        "It is `[confirm: Ada Pell said]` so.\n",
    ] {
        assert_eq!(unconfirmed(text, Format::Markdown).0, [""; 0], "{text}");
    }
}

#[test]
fn wikilinks_properties_and_the_like() {
    let text = "See [[Nadim Haddad]], [[people/Lidia Marr#Life|her]]'s ![[map.png]] and [[#Below]]. ^block-1\n\nstatus:: open\nIt [kind:: yard] is (size:: big) {{< video x >}} ((64f1c0de-1111-2222-3333-444455556666)) [so]{.mark}.\n\n::: {.note}\nInside.\n:::\n\n| a |\n|---|\n| [[Port Sarn\\|Sarn]] |\n";
    expect_test::expect![[r#"
        Paragraph: See ·Nadim Haddad·, ·her·'s · and ·Below·.·
        Paragraph: ·/It ·yard· is ·big· · · ·so·.
        Paragraph: ·/Inside./·
        TableCell: a
        TableCell: ·Sarn·
          Wikilink "[[Nadim Haddad]]" "Nadim Haddad" None None false
          Wikilink "[[people/Lidia Marr#Life|her]]" "people/Lidia Marr" Some("Life") Some("her") false
          Wikilink "![[map.png]]" "map.png" None None true
          Wikilink "[[#Below]]" "" Some("Below") None false
          Wikilink "[[Port Sarn\\|Sarn]]" "Port Sarn" None Some("Sarn") false
    "#]]
    .assert_eq(&shown(text));
}

#[test]
fn callouts_and_comments() {
    let text = "> [!note]- Key *judgement*\n> The yard closed.\n> It fell.\n>\n> Second.\n\n> [!quote]\n> It stands.\n\nText %%hidden. Words%% goes on. <!-- whosaid: off --> So 100%% it is.\n\n%%\nWhole paragraph.\n\n# Heading\n%%\n\n<!-- block\ncomment -->\n\nLast.";
    expect_test::expect![[r#"
        Label: Key ·judgement·
        Callout: The yard closed./·It fell.
        Callout: Second.
        Quote: It stands.
        Paragraph: Text · goes on. · So 100%% it is.
        Opaque: %%/Whole paragraph.
        Opaque: Heading
        Opaque: %%
        Opaque: <!-- block/comment -->
        Paragraph: Last.
          Comment "%%hidden. Words%%" "hidden. Words"
          Comment "<!-- whosaid: off -->" " whosaid: off "
          Comment "%%\nWhole paragraph.\n\n# Heading\n%%" "\nWhole paragraph.\n\n# Heading\n"
          Comment "<!-- block\ncomment -->" " block\ncomment "
    "#]]
    .assert_eq(&shown(text));
}

#[test]
fn articles_in_one_file() {
    let text = "## Norvik moves\n\nBy Ada Pell\n\nThe yard closed.\n\nSource: Harbor Daily\n\n## Quota falls\n\nBy Lidia Marr\n\nIt fell.";
    let note = parse(text, Format::Markdown, &mut TokenMemo::default());
    let items: Vec<_> =
        note.items.iter().map(|item| (item.blocks.clone(), item.title, item.byline, item.source_line)).collect();
    assert_eq!(items, [(0..4, Some(0), Some(1), Some(3)), (4..7, Some(4), Some(5), None)]);
    let sections = parse("# Summary\n\nA.\n\n# Norvik\n\nB.", Format::Markdown, &mut TokenMemo::default());
    assert_eq!(sections.items.len(), 1);
    let articles = parse("# Norvik moves\n\nA.\n\n# Quota falls\n\nB.", Format::Markdown, &mut TokenMemo::default());
    assert_eq!(articles.items.len(), 2);
}

#[test]
fn an_article_pasted_without_blank_lines() {
    let text = "Diplomacy\n*Norvik* moves its yard\nBy Ada Pell\nThe yard closed.\nIt fell.\nSource: [Harbor Daily](https://hd.example)\n\nThe ships\nmoved.";
    expect_test::expect![[r#"
        Label: Diplomacy
        Title: Norvik· moves its yard
        Byline: By Ada Pell
        Paragraph: The yard closed./It fell.
        SourceLine: Source: ·Harbor Daily·
        Paragraph: The ships/moved.
          Link "[Harbor Daily](https://hd.example)" "Harbor Daily" -> https://hd.example
    "#]]
    .assert_eq(&shown(text));
}
