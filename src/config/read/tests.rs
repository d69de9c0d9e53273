//! Fixtures of the reader of `whosaid.toml`: what each line sets, and what is said of a line that cannot be read.

use super::*;
use crate::analysis::CitationScope;
use crate::config::RuleSetting;
use crate::config::globs::Globs;
use crate::config::{Profile, Store};

fn known(word: &str) -> RuleWord {
    match word {
        "A105" | "unsourced-ranking" => RuleWord::Known("A105"),
        "A101" | "unsourced-statistic" => RuleWord::Known("A101"),
        _ => RuleWord::Unknown(nearest(word, ["unsourced-ranking", "unsourced-statistic"])),
    }
}

fn read(text: &str) -> (Config, Vec<String>) {
    let mut config = Config::default();
    let problems = config.apply(text, &known);
    (config, problems.iter().map(|p| format!("{}: {}", p.range.of(text), p.message)).collect())
}

#[test]
fn every_documented_key_is_read() {
    let (config, problems) = read(
        r#"
profile = "strict"
scale = "phia"
citation-scope = "paragraph"
carry-max = 3
pandoc-bare = true
store = "off"
include = ["**/*.md"]
exclude = "archive/**"
[rules]
A105 = "off"
unsourced-statistic = { level = "error", paths = ["final/**"] }
[status]
Review = 0
final = 2
[sources]
allow = []
deny = ["southmeridian.example"]
state-media = "warn"
required-fields = ["title"]
[grading]
required = true
scheme = "3x5x2"
[library]
bibliography = ["refs.bib"]
notes = ["sources/**"]
[zones]
own-voice = ["Analyst comment"]
exempt = ["Annex*"]
[phrases.house-weasel]
patterns = ["it goes without saying"]
message = "Say it, or leave it out"
level = "information"
"#,
    );
    assert_eq!(problems, [""; 0]);
    assert_eq!((config.profile, config.scale.as_str(), config.store), (Profile::Strict, "phia", Store::Off));
    assert_eq!((config.analysis.carry_max, config.analysis.citation_scope), (3, CitationScope::Paragraph));
    assert_eq!((config.pandoc_bare, config.exclude[0].patterns()), (true, &["archive/**".to_owned()][..]));
    assert_eq!(config.rules["A105"].level, Level::Off);
    assert_eq!(
        config.rules["A101"],
        RuleSetting { level: Level::Error, paths: Globs::new(Folder::default(), vec!["final/**".into()]) }
    );
    assert_eq!((config.status["final"], config.status["draft"], config.status["review"]), (2, -1, 0));
    assert_eq!((config.sources.deny.len(), config.sources.state_media.as_str()), (1, "warn"));
    assert_eq!((config.grading.required, config.grading.scheme.as_str()), (true, "3x5x2"));
    assert_eq!(config.bibliography, vec!["refs.bib".to_owned()]);
    let house = &config.analysis.house;
    assert_eq!((&house.own_voice[0][..], &house.exempt[0][..]), ("Analyst comment", "Annex*"));
    assert_eq!(config.phrases["house-weasel"].level, Level::Information);
}

#[test]
fn what_is_wrong_is_said_where_it_stands_and_the_rest_still_holds() {
    let (config, problems) = read(
        "profil = \"strict\"\ncarry-max = 99\nstore = \"workspce\"\ninclude = [3]\n[rules]\nunsourced-statistics = \"error\"\nA105 = \"loud\"\n[library]\nbibliography = \"refs.bib\"\n",
    );
    let wanted = [
        "profil: There is no key profil; did you mean profile?",
        "99: Expected a whole number from 0 to 10",
        "\"workspce\": \"workspce\" is none of user, workspace, off; did you mean workspace?",
        "3: Expected a string, found integer",
        "unsourced-statistics: No rule is called unsourced-statistics; did you mean unsourced-statistic?",
        "\"loud\": \"loud\" is none of off, hint, information, warning, error",
    ];
    assert_eq!(problems, wanted);
    assert_eq!((config.analysis.carry_max, config.profile), (2, Profile::Standard));
    assert_eq!(config.bibliography, ["refs.bib"]);
}

#[test]
fn a_broken_line_is_reported_and_other_lines_are_read() {
    let text = "profile = \"strict\"\nexclude = [\"a\"\nrubbish\n[library]\nbibliography = [\"refs.bib\"]\n";
    let mut config = Config::default();
    let problems = config.apply(text, &known);
    assert_eq!(config.profile, Profile::Strict);
    let lines = |p: &ConfigProblem| text[..p.range.start as usize].matches('\n').count();
    let mut seen: Vec<usize> = problems.iter().map(lines).collect();
    seen.dedup();
    assert_eq!(seen.len(), problems.len(), "one problem a line: {problems:?}");
    assert!(!problems.is_empty() && problems.iter().all(|p| p.range.end as usize <= text.len()));
}

#[test]
fn the_nearer_file_wins_key_by_key() {
    let mut config = Config::default();
    assert!(config.apply("profile = \"strict\"\ncarry-max = 1", &known).is_empty());
    assert!(config.apply("\u{feff}carry-max = 4", &known).is_empty());
    assert_eq!((config.profile, config.analysis.carry_max), (Profile::Strict, 4));
}
