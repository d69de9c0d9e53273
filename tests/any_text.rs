//! Any text is a note: analysing and checking it never panics, and every range lies on characters of the text.

use proptest::prelude::*;
use whosaid::analysis::{self, AnalysisConfig, Memo};
use whosaid::rules::{self, CheckOptions};
use whosaid::structure::Format;
use whosaid::workspace::{Change, FileId, NoteEntry, Workspace};

/// Pieces that mean something to some stage, so that random texts reach deep.
const PIECES: [&str; 64] = [
    "Nadim Haddad",
    "Mr Haddad",
    "Norvik Shipping",
    "Port Sarn",
    "the ministry",
    "said",
    " told ",
    "according to ",
    "reportedly ",
    "A source ",
    "analysts believe ",
    "38 million tonnes",
    "14 people died",
    "$4.2bn",
    "12 %",
    "bribed ",
    "\"",
    "“",
    "”",
    "'",
    "’s ",
    "‘",
    "(",
    ")",
    "[",
    "]",
    "[[",
    "]]",
    "|",
    "#",
    "# ",
    "## ",
    "- ",
    "> ",
    "> [!note] ",
    "[^1]",
    "[^1]: ",
    "^[",
    "[@pell2031]",
    "@pell",
    "![",
    "](x.md)",
    "<!-- ",
    " -->",
    "%% ",
    "%%",
    " whosaid: ignore A101 ",
    "whosaid: off",
    "until=2031-13-01",
    "---\n",
    "```\n",
    "$$",
    "|a|b|\n|-|-|\n",
    "TODO",
    "[citation needed]",
    ". ",
    ", ",
    "\n",
    "\n\n",
    "\r\n",
    "\u{feff}",
    "é漢😀",
    "\u{202e}",
    "2031-03-12",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => proptest::sample::select(&PIECES[..]).prop_map(str::to_owned),
        1 => "\\PC{0,6}",
        1 => proptest::sample::select(&[" ", "a", "The ", "3", "\0", "\t", "\u{a0}", "\u{2028}"][..]).prop_map(str::to_owned),
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_text_can_be_checked(text in text(), markdown in any::<bool>()) {
        let (format, path) = if markdown { (Format::Markdown, "n.md") } else { (Format::Plain, "n.txt") };
        let facts = analysis::analyze(&text, format, &AnalysisConfig::default(), &mut Memo::default());
        for mention in &facts.mentions {
            prop_assert!(text.get(mention.range.span()).is_some_and(|t| !t.is_empty()), "mention {:?}", mention.range);
        }
        for claim in &facts.claims {
            prop_assert!(text.get(claim.range.span()).is_some(), "claim {:?}", claim.range);
        }
        let mut workspace = Workspace::default();
        workspace.apply(Change::Note(FileId(0), NoteEntry::new(path, text.as_str(), facts)));
        let options = CheckOptions { today: Some(jiff::civil::date(2031, 6, 1)), ..CheckOptions::default() };
        for finding in rules::check(&workspace.snapshot(), FileId(0), options) {
            prop_assert!(text.get(finding.range.span()).is_some(), "{} {:?}", finding.rule.code, finding.range);
            prop_assert!(finding.message.chars().count() <= 140, "{} {}", finding.rule.code, finding.message);
            for fix in &finding.fixes {
                for edit in &fix.edits {
                    prop_assert!(text.get(edit.range.span()).is_some(), "{} {:?}", finding.rule.code, edit.range);
                }
            }
        }
    }
}
