//! The catalogue's table of sentences: what a rule must report, and what it must not.

use std::fmt::Write as _;
use std::sync::Arc;

use whosaid::analysis::{self, Memo};
use whosaid::config::Config;
use whosaid::features::code_actions::trial::Trial;
use whosaid::rules::{self, CheckOptions, Finding, Fix};
use whosaid::structure::Format;
use whosaid::workspace::{Change, FileId, NoteEntry, Snapshot, Workspace};

/// Rule, note, and the words that are marked; none where the rule must keep quiet.
const ROWS: &[(&str, &str, Option<&str>)] = &[
    ("A101", "The port handled 38 million tonnes in 2030.", Some("38 million tonnes")),
    ("A101", "The port handled 38 million tonnes in 2030, the harbour authority said.", None),
    ("A101", "The harbour authority published its yearbook. It shows that the port handled 38 million tonnes.", None),
    ("A101", "The K-12 howitzer and two MT-LB carriers were parked near Route 7.", None),
    ("A101", "The five-year plan names three priorities.", None),
    ("A101", "We estimate that the yard can build 4–6 hulls a year (see Methodology).", None),
    ("A102", "At least 14 people died when the ferry capsized.", Some("14 people")),
    ("A102", "At least 14 people died when the ferry capsized, the coastguard said on 3 May 2031.", None),
    ("A103", "Norvik Shipping smuggled drone engines through Port Sarn.", Some("smuggled")),
    ("A103", "Norvik Shipping denied smuggling drone engines.", None),
    ("A103", "The ministry runs an anti-smuggling unit.", None),
    ("A104", "On 12 March 2031 Minister Doss met the envoys in Lusk.", Some("met")),
    ("A104", "On 12 May 2031 Minister Doss met the envoys in Lusk.", Some("met")),
    ("A104", "LUSK, March 12 (AP) — Minister Doss met the envoys on Tuesday.", None),
    ("A106", "Tavria hopes to outlast the embargo.", Some("hopes to")),
    ("A106", "We judge that Tavria hopes to outlast the embargo.", None),
    ("A107", "Many observers see the pact as dead.", Some("Many observers see")),
    ("A107", "Some traders are sceptical. Ilse Kuhn of Brandt & Co. called the pact \"a shell\".", None),
    ("A108", "The depot was reportedly emptied in May.", Some("reportedly")),
    ("A108", "Prosecutors charged Dane Orr with fraud; he allegedly forged 40 permits.", None),
    ("A109", "A source said the tender was rigged.", Some("A source")),
    ("A109", "A procurement officer who sat on the tender panel said it was rigged.", None),
    ("A109", "A transport-ministry official met the crew. The official said the depot was empty.", None),
    (
        "A110",
        "A navy engineer involved in the refit said the hull was cracked.",
        Some("A navy engineer involved in the refit"),
    ),
    (
        "A110",
        "A navy engineer involved in the refit, who asked not to be named to discuss internal matters, said the hull was cracked.",
        None,
    ),
    ("A111", "\"Doss sold the seats himself,\" a party insider said.", Some("a party insider")),
    ("A112", "The envoy told Harbor Daily that the admiral had promised 12 boats.", Some("the admiral had promised")),
    ("A113", "Harbor Daily reported a blockade.", Some("Harbor Daily")),
    ("A113", "[Harbor Daily](https://hd.example/a1) reported a blockade on 2 May.", None),
    (
        "A116",
        "\"We opened the gates at dawn. Nobody came. By noon we closed them again,\" Warden Pell said.",
        Some("\"We opened the gates at dawn. Nobody came. By noon we"),
    ),
    ("A117", "LUSK, March 12 (AP) — Pell admitted that the gates were open.", Some("admitted")),
    ("A118", "Auditors say Pell falsified the gate log.", Some("falsified")),
    ("A118", "Auditors say Pell falsified the gate log. Pell did not respond to a request for comment.", None),
    ("Q201", "\"The gates stay shut.\" The rain did not stop.", Some("\"The gates stay shut.\"")),
    ("Q201", "The so-called \"gate tax\" expired.", None),
    ("Q201", "Pell walked in. \"The gates stay shut,\" he said.", None),
    ("Q204", "He said \"the gates stay shut and left.", Some("\"")),
    ("C301", "Write to desk@norvik.example or @pellwatch.", None),
    ("C302", "The output fell.[^9]", Some("[^9]")),
    ("C303", "The output fell.\n\n[^4]: unused note", Some("[^4]")),
    (
        "C306",
        "One fell.[^1] Two fell.[^2]\n\n[^1]: https://hd.example/a1?utm_source=x\n\n[^2]: http://www.hd.example/a1/",
        Some("[^2]"),
    ),
    ("C309", "![quay](img/quay.jpg)", Some("![quay](img/quay.jpg)")),
    ("C309", "![Cranes at Lusk. Photo: A. Kuhn/Harbor Daily](img/quay.jpg)", None),
    ("E501", "We judge that a strike is almost certain to fail.", None),
    ("E501", "# Key judgements\n\nThere is a good chance the strait closes.", Some("a good chance")),
    ("E501", "Remove the valve as soon as possible.", None),
    ("E502", "We have high confidence that closure is unlikely.", Some("high confidence")),
    ("E502", "Closure is unlikely. We have moderate confidence in this judgement because the pilots agree.", None),
    ("E503", "We judge that closure is very likely. We judge that a strike is nearly certain.", Some("nearly certain")),
    ("E504", "We make this judgement with low confidence.", Some("low confidence")),
    ("E505", "# Key judgements\n\nThe fleet will leave by June.", Some("will")),
    ("E506", "We cannot rule out a strike.", Some("cannot rule out")),
    ("E507", "The fleet may possibly leave.", Some("may possibly")),
    ("T601", "The fleet left last month.", Some("last month")),
    ("T601", "---\ndate: 2031-04-02\n---\n\nThe fleet left last month.", None),
    ("T603", "The island currently hosts 300 engineers.", Some("currently")),
    ("T605", "The fleet left on Monday, 4 March 2031.", Some("Monday, 4 March 2031")),
    ("T606", "The deal was signed on 4/5/2031.", Some("4/5/2031")),
    ("T606", "The fair was held on 4/5–6/5/2031.", Some("4/5–6/5/2031")),
    ("T606", "The fair was held from 4/5/2031 to 6/5/2031.", Some("4/5/2031 to 6/5/2031")),
    ("T606", "The deal (4/5/2031) held.", Some("4/5/2031")),
    ("T606", "The fair was held on 9-10/9/2031.", None),
    ("T606", "The fair was held on 9–10/9/2031.", None),
    ("T606", "The fair was held on 9/9-14/9/2031.", None),
    ("T606", "The fair was held in 9/2031 and 3/4 of the stalls were let.", None),
    ("T606", "The log is in logs/4/5/2031/day.txt, release v2.4/5/2031, file 4/5/2031.pdf.", None),
    ("T606", "They won 3/4, as the score 6/4/12-a shows.", None),
    ("A119", "The port handled 38 million tonnes in 2030, [confirm: Ada Pell said].", Some("[confirm: Ada Pell said]")),
    ("A119", "The port handled [Confirm:38 million tonnes] in 2030.", Some("[Confirm:38 million tonnes]")),
    ("A119", "The port [confirm: ] handled it; [confirmed: Ada Pell said] so.", None),
    ("A101", "The port handled 38 million tonnes in 2030, [confirm: Ada Pell said].", None),
    (
        "A101",
        "The quay was shut, [confirm: Ada Pell said]. The port handled 38 million tonnes in 2030.",
        Some("38 million tonnes"),
    ),
    ("D904", "Output fell [citation needed].", Some("[citation needed]")),
    ("G404", "The output fell (G7).", None),
    ("G404", "The G7 met in Lusk.", None),
];

/// Rule, sentence, and the sentence after each of the fixes that it offers, the preferred one first.
const FIXES: &[(&str, &str, &[&str])] = &[
    (
        "E501",
        "We assess that there is a good chance the strait closes.",
        &["We assess that it is likely that the strait closes."],
    ),
    ("E501", "We assess that there is a good chance of closure.", &[]),
    ("E501", "We judge that a strike is bound to fail.", &["We judge that a strike is almost certain to fail."]),
    ("E501", "Inevitably, we assess, the strait closes.", &["Almost certainly, we assess, the strait closes."]),
    (
        "E501",
        "We assess that closure is highly likely.",
        &["We assess that closure is very likely.", "We assess that closure is almost certain."],
    ),
    (
        "E502",
        "We have high confidence that closure is unlikely.",
        &["We assess that closure is unlikely. We have high confidence in this judgement."],
    ),
    (
        "E502",
        "We assess with low confidence that closure is unlikely.",
        &["We assess that closure is unlikely. We have low confidence in this judgement."],
    ),
    (
        "E502",
        "With moderate confidence, we assess that closure is unlikely.",
        &["We assess that closure is unlikely. We have moderate confidence in this judgement."],
    ),
    ("E507", "The fleet may possibly leave.", &["The fleet may leave."]),
    (
        "E509",
        "# Key facts\n\nThe loss of the ferry led to the strike.",
        &["# Key facts\n\nWe assess that the loss of the ferry led to the strike."],
    ),
    (
        "E509",
        "# Key facts\n\nPell\u{2019}s order led to the strike.",
        &["# Key facts\n\nWe assess that Pell\u{2019}s order led to the strike."],
    ),
    ("A106", "Tavria hopes to outlast the embargo.", &["We assess that Tavria hopes to outlast the embargo."]),
    ("A107", "Many observers see the pact as dead.", &["Many observers see [who?] the pact as dead."]),
    ("A108", "The depot was reportedly emptied in May.", &["The depot was reportedly [by whom?] emptied in May."]),
    (
        "A109",
        "A source said the tender was rigged.",
        &["A [institution] source with [access] said the tender was rigged."],
    ),
    (
        "A109",
        "An official said the depot was empty.",
        &["A [institution] official with [access] said the depot was empty."],
    ),
    (
        "A110",
        "A navy engineer said the hull was cracked.",
        &["A navy engineer, who asked not to be named because [reason], said the hull was cracked."],
    ),
    (
        "A111",
        "\"Doss sold the seats himself,\" a party insider said.",
        &["---\napproved-by: \n---\n\n\"Doss sold the seats himself,\" a party insider said."],
    ),
    (
        "A112",
        "The envoy told Harbor Daily that the admiral had promised 12 boats.",
        &["The envoy told Harbor Daily that the admiral had promised 12 boats (at second hand)."],
    ),
    (
        "A119",
        "The port handled 38 million tonnes in 2030, [confirm: Ada Pell said].",
        &["The port handled 38 million tonnes in 2030, Ada Pell said."],
    ),
    (
        "A119",
        "The port handled 38 million tonnes in 2030, [confirm: according to the harbour register].",
        &["The port handled 38 million tonnes in 2030, according to the harbour register."],
    ),
    (
        "A119",
        "[confirm: Ada Pell said:] \"The gates stay shut for a year.\"",
        &["Ada Pell said: \"The gates stay shut for a year.\""],
    ),
    ("C302", "The output fell.[^9]", &["The output fell.[^9]\n\n[^9]: \n"]),
    (
        "C306",
        "One fell.[^1] Two fell.[^2]\n\n[^1]: https://hd.example/a1\n\n[^2]: http://www.hd.example/a1/",
        &["One fell.[^1] Two fell.[^1]\n\n[^1]: https://hd.example/a1\n\n"],
    ),
    ("C311", "It fell. [^1] It shut.[^1]\n\n[^1]: Log.", &["It fell.[^1] It shut.[^1]\n\n[^1]: Log."]),
    (
        "T603",
        "---\ndate: 2031-04-02\n---\n\nThe island currently hosts 300 engineers.",
        &["---\ndate: 2031-04-02\n---\n\nThe island currently hosts 300 engineers as of 2031-04-02."],
    ),
    ("T603", "The island currently hosts 300 engineers.", &[]),
    (
        "T606",
        "The deal was signed on 4/5/2031.",
        &["The deal was signed on 2031-05-04.", "The deal was signed on 2031-04-05."],
    ),
    (
        "T606",
        "The fair was held on 4/5–6/5/2031.",
        &["The fair was held on 2031-05-04 to 2031-05-06.", "The fair was held on 2031-04-05 to 2031-06-05."],
    ),
    (
        "T606",
        "The deal of 4/5/31 ran until 4/25/31.",
        &["The deal of 2031-04-05 ran until 4/25/31.", "The deal of 2031-05-04 ran until 4/25/31."],
    ),
];

#[test]
fn every_fix_makes_the_sentence_that_it_promises() {
    let mut wrong = String::new();
    for (code, text, expected) in FIXES {
        let snapshot = workspace(text);
        let found = rules::check(&snapshot, FileId(0), CheckOptions::default());
        let trial = Trial::new(&snapshot, FileId(0), CheckOptions::default()).expect("its text is at hand");
        let of_code = || found.iter().filter(|f| f.rule.code == *code);
        for (finding, fix) in of_code().flat_map(|f| f.fixes.iter().map(move |fix| (f, fix))) {
            if !trial.mends(&[finding], &fix.edits) {
                let _ = writeln!(wrong, "{code} {text:?}: {} would not be offered", fix.title);
            }
        }
        let mended: Vec<String> =
            found.iter().filter(|f| f.rule.code == *code).flat_map(|f| &f.fixes).map(|fix| mend(text, fix)).collect();
        assert_eq!(mended, *expected, "{code} {text:?}");
        assert!(found.iter().any(|f| f.rule.code == *code), "{code} {text:?}");
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

fn mend(text: &str, fix: &Fix) -> String {
    let mut edits: Vec<_> = fix.edits.iter().collect();
    edits.sort_by_key(|edit| edit.range);
    edits.iter().rev().fold(text.to_owned(), |mut text, edit| {
        text.replace_range(edit.range.start as usize..edit.range.end as usize, &edit.text);
        text
    })
}

#[test]
fn the_table_of_the_catalogue_holds() {
    let mut wrong = String::new();
    for (code, text, expected) in ROWS {
        let found = marked(code, text);
        let fits = match expected {
            Some(words) => found.len() == 1 && found[0] == *words,
            None => found.is_empty(),
        };
        if !fits {
            let _ = writeln!(wrong, "{code} {text:?}\n  expected {expected:?}, found {found:?}");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// The words that rule `code` marks in a note, hints included.
fn marked<'t>(code: &str, text: &'t str) -> Vec<&'t str> {
    findings(text).iter().filter(|f| f.rule.code == code).map(|f| f.range.of(text)).collect()
}

fn findings(text: &str) -> Vec<Finding> {
    rules::check(&workspace(text), FileId(0), CheckOptions::default())
}

fn workspace(text: &str) -> Snapshot {
    let config = Config::default();
    let facts = analysis::analyze(text, Format::Markdown, &config.analysis, &mut Memo::default());
    let mut workspace = Workspace::default();
    workspace.apply(Change::Note(FileId(0), NoteEntry::new("note.md", text, facts)));
    workspace.apply(Change::Config(Arc::new(config)));
    workspace.snapshot()
}
