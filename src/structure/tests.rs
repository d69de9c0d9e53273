//! What holds for every text, and what an edit may cost.

use proptest::prelude::*;

use super::*;

/// Everything a reader of a [`Note`] may rely on.
#[track_caller]
fn check(text: &str, note: &Note) {
    let end = text.len() as u32;
    let sound = |range: TextRange| text.get(range.start as usize..range.end as usize).is_some();
    let mut at = 0;
    for (index, block) in note.blocks.iter().enumerate() {
        assert!(
            sound(block.range) && block.range.start >= at && block.range.end <= end,
            "block {index} {:?}",
            block.range
        );
        at = block.range.end;
        let mut hole_end = block.range.start;
        for hole in &block.holes {
            assert!(sound(*hole) && !hole.is_empty() && block.range.contains_range(*hole), "hole {hole:?}");
            assert!(hole.start >= hole_end, "holes overlap at {hole:?}");
            hole_end = hole.end;
        }
        assert!((block.item as usize) < note.items.len());
        assert!(note.items[block.item as usize].blocks.contains(&(index as u32)));
        assert!(block.heading.is_none_or(|heading| (heading as usize) < index));
        if block.kind == BlockKind::Opaque {
            assert!(block.sentences.is_empty());
            continue;
        }
        covered(text, note, block);
    }
    let mut next = 0;
    for item in &note.items {
        assert!(item.blocks.start == next && !item.blocks.is_empty());
        next = item.blocks.end;
    }
    assert_eq!(next as usize, note.blocks.len());
    let mut at = 0;
    let mut first = 0;
    for sentence in &note.sentences {
        assert!(sound(sentence.range) && sentence.range.start >= at && !sentence.range.is_empty());
        assert!(note.block_of(sentence).range.contains_range(sentence.range));
        assert!(sentence.tokens.start == first && !sentence.tokens.is_empty());
        at = sentence.range.end;
        first = sentence.tokens.end;
        for token in note.tokens_of(sentence) {
            assert!(sentence.range.contains_range(token.range) && !token.range.is_empty() && sound(token.range));
        }
    }
    assert_eq!(first as usize, note.tokens.len());
    assert!(note.tokens.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start));
    assert!(note.markers.windows(2).all(|pair| pair[0].range.start <= pair[1].range.start));
    for marker in &note.markers {
        assert!(sound(marker.range) && (marker.block as usize) < note.blocks.len(), "{marker:?}");
    }
    if let Some(front) = &note.front_matter {
        assert!(sound(front.range));
        for field in &front.fields {
            assert!(sound(field.key_range) && field.values.iter().all(|(_, range)| sound(*range)), "{field:?}");
        }
        assert!(front.problem.as_ref().is_none_or(|(range, _)| sound(*range)));
    }
}

/// Every byte of a block that is prose and no white space is in exactly one token, and no byte of a hole is.
fn covered(text: &str, note: &Note, block: &Block) {
    let mut prose = vec![true; block.range.len() as usize];
    let mut clear = |range: TextRange| {
        for at in range.start..range.end {
            prose[(at - block.range.start) as usize] = false;
        }
    };
    for hole in &block.holes {
        clear(*hole);
    }
    let mut tokens = Vec::new();
    for sentence in note.sentences_of(block) {
        for token in note.tokens_of(sentence) {
            for hole in &block.holes {
                assert!(!hole.overlaps(token.range), "token {:?} in hole {hole:?}", token.range.of(text));
            }
            tokens.push(token.range);
        }
    }
    for token in tokens {
        clear(token);
    }
    for (offset, c) in block.range.of(text).char_indices() {
        let blank = c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}');
        assert!(blank || !prose[offset], "no token covers {c:?} at {offset} in {:?}", block.range.of(text));
    }
}

fn read(text: &str, format: Format) -> Note {
    let note = parse(text, format, &mut TokenMemo::default());
    check(text, &note);
    note
}

const PIECES: [&str; 72] = [
    "Norvik",
    " ",
    " ",
    " ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    ".",
    ". ",
    "!",
    "? ",
    "…",
    " . . .",
    "“",
    "”",
    "\"",
    "’s",
    "'",
    "(",
    ")",
    "[",
    "]",
    "[[",
    "]]",
    "|",
    "[^1]",
    "[^1]: ",
    "^[",
    "@key",
    "[@k]",
    "%%",
    "==",
    "{{",
    "}}",
    "{.a}",
    "((",
    "::",
    "key:: v",
    ":::",
    " ^id",
    "> ",
    "> [!note]",
    "- ",
    "1. ",
    "# ",
    "**",
    "_",
    "`",
    "```\n",
    "~~",
    "$",
    "$5",
    "<!--",
    "-->",
    "<b>",
    "&amp;",
    "\\",
    "---\n",
    "+++\n",
    "a: b\n",
    "| a | b |\n|---|---|\n",
    "![",
    "](x)",
    "https://a.example/b",
    "Mr.",
    "U.S.",
    "No. 5",
    "By Ada Pell",
    "ø",
    "他。",
    "\u{a0}",
];

fn fragments() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_a_note(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let text = String::from_utf8_lossy(&bytes);
        read(&text, Format::Plain);
        read(&text, Format::Markdown);
    }

    #[test]
    fn any_markup_is_a_note(text in fragments()) {
        read(&text, Format::Plain);
        read(&text, Format::Markdown);
    }

    #[test]
    fn a_warm_memo_changes_nothing(before in fragments(), cut in 0usize..200, typed in fragments()) {
        let mut at = cut.min(before.len());
        while !before.is_char_boundary(at) {
            at -= 1;
        }
        let after = format!("{}{typed}{}", &before[..at], &before[at..]);
        for format in [Format::Plain, Format::Markdown] {
            let mut memo = TokenMemo::default();
            let _ = parse(&before, format, &mut memo);
            prop_assert_eq!(parse(&after, format, &mut memo), read(&after, format));
        }
    }
}

/// A paragraph of some 20 kB on one line, every sentence different.
fn long_line() -> String {
    (0..300).map(|n| format!("Norvik Shipping moved {n} ships from Port Sarn, Mr. Haddad told the panel. ")).collect()
}

#[test]
fn an_edit_in_a_long_line_costs_its_own_sentence() {
    for (format, head) in [(Format::Plain, "Quota\n\n"), (Format::Markdown, "# Quota\n\n> **So** it was.\n\n")] {
        let before = format!("{head}{}\n\nThe end.", long_line());
        let after = before.replace("moved 150 ships", "sold 150 old ships");
        let mut memo = TokenMemo::default();
        let _ = parse(&before, format, &mut memo);
        assert!(memo.worked() > 300, "{format:?} cold: {}", memo.worked());
        let _ = parse(&after, format, &mut memo);
        assert_eq!(memo.worked(), 1, "{format:?}");
        let _ = parse(&after, format, &mut memo);
        assert_eq!(memo.worked(), 0, "{format:?} unchanged");
    }
}

#[test]
fn splitting_a_sentence_costs_its_halves() {
    let before = format!("{}\n\nThe end.", long_line());
    let after = before.replace("150 ships from Port Sarn, Mr. Haddad", "150 ships. Mr. Haddad");
    let mut memo = TokenMemo::default();
    let _ = parse(&before, Format::Plain, &mut memo);
    let _ = parse(&after, Format::Plain, &mut memo);
    assert_eq!(memo.worked(), 2);
}

#[test]
fn hostile_texts_finish() {
    let many = |piece: &str, times: usize| piece.repeat(times);
    let texts = [
        many("[", 20_000),
        many("^[", 10_000),
        many("[[", 10_000),
        many("“", 10_000),
        many("\"", 20_000),
        many(".\"", 10_000),
        many(". ", 20_000),
        many("(", 10_000) + &many(")", 10_000),
        many("> ", 2_000) + "deep",
        many("- ", 1_000) + "deep",
        many("*a **b ", 5_000),
        many("`", 10_001),
        many("%%", 10_001),
        many("==a", 10_001),
        many("{{", 10_000),
        many("[@k", 10_000),
        many("<!--", 5_000),
        many("$", 10_000),
        many("a@", 10_000),
        many("https://", 5_000),
        many("![", 5_000),
        many("| a ", 5_000) + "\n" + &many("|---", 5_000),
        many("word ", 200_000),
        many("x", 1_000_000),
        many("A. ", 30_000),
        many("...", 30_000),
        many("key:: v\n", 5_000),
        many("By Ada Pell\n", 5_000),
        many("\n", 100_000),
        "---\n".to_owned() + &many("a: [", 10_000),
    ];
    for text in texts {
        for format in [Format::Plain, Format::Markdown] {
            let _ = parse(&text, format, &mut TokenMemo::default());
        }
    }
}
