//! One test over all data files: format, order, doubles, and that every class they name exists.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::estimative::Rows;
use super::names::kind;
use super::phrase::PhraseKinds;
use super::table::{Row, rows};
use super::written::Forms;
use super::{Classes, class, written};

/// A column of a file, and a check of each of its values.
type Column = (usize, fn(&str) -> bool);

/// The shape of the rows of a file.
struct Shape {
    file: &'static str,
    /// Fewest and most columns.
    columns: (usize, usize),
    /// How many columns make a row unique, and order it.
    key: usize,
    checked: &'static [Column],
}

const ONE: (usize, usize) = (1, 1);

fn is_number(value: &str) -> bool {
    value.parse::<f64>().is_ok()
}

const SHAPES: &[Shape] = &[
    Shape { file: "estimative/off_scale.txt", columns: (4, 4), key: 1, checked: &[(1, is_number), (2, is_number)] },
    Shape {
        file: "estimative/scales.txt",
        columns: (4, 5),
        key: 2,
        checked: &[(1, |name| Rows::named(name).is_some()), (2, is_number), (3, is_number)],
    },
    Shape {
        file: "headings.txt",
        columns: (2, 3),
        key: 1,
        checked: &[(1, |name| matches!(name, "own-voice" | "exempt" | "strict")), (2, |name| name == "section")],
    },
    Shape {
        file: "known_names.txt",
        columns: (3, 3),
        key: 1,
        checked: &[(1, |name| matches!(name, "org" | "place" | "work" | "product"))],
    },
    Shape { file: "nicknames.txt", columns: (2, 2), key: 1, checked: &[] },
    Shape {
        file: "numbers.txt",
        columns: (3, 3),
        key: 1,
        checked: &[(1, is_number), (2, |name| matches!(name, "small" | "scale" | "vague" | "fraction" | "ratio"))],
    },
    Shape { file: "outlets.txt", columns: (2, 2), key: 1, checked: &[(1, |name| !name.contains(' '))] },
    Shape { file: "phrases.txt", columns: (2, 2), key: 1, checked: &[(1, |name| PhraseKinds::named(name).is_some())] },
    Shape { file: "renamed_places.txt", columns: (3, 3), key: 1, checked: &[(2, is_number)] },
    Shape { file: "respellings.txt", columns: (2, 2), key: 1, checked: &[] },
    Shape {
        file: "sourcing/reporting_verbs.txt",
        columns: (8, 8),
        key: 1,
        checked: &[
            (5, |name| {
                let groups = [
                    "neutral",
                    "claim",
                    "assert",
                    "deny",
                    "decline",
                    "accuse",
                    "estimate",
                    "doc",
                    "urge",
                    "cognition",
                    "stance",
                ];
                groups.contains(&name)
            }),
            (6, |letters| letters.bytes().all(|b| b"TQNIOWGPAEX".contains(&b))),
        ],
    },
    Shape { file: "sourcing/speech.txt", columns: (2, 2), key: 1, checked: &[] },
    Shape { file: "sourcing/verbs.txt", columns: (5, 5), key: 1, checked: &[] },
    Shape { file: "states.txt", columns: (2, 3), key: 1, checked: &[] },
    Shape { file: "weapons.txt", columns: ONE, key: 1, checked: &[] },
    Shape { file: "words.txt", columns: (2, 2), key: 1, checked: &[(1, |name| Classes::named(name).is_some())] },
    Shape { file: "written.txt", columns: (2, 2), key: 1, checked: &[(1, |name| Forms::named(name).is_some())] },
];

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lexicon/data")
}

fn files(folder: &Path, out: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).expect("the folder of data") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, out);
        } else {
            let name = path.strip_prefix(data()).expect("below the folder").to_string_lossy().replace('\\', "/");
            out.insert(name);
        }
    }
}

fn faults(shape: &Shape, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut last: Vec<String> = Vec::new();
    for row in rows(text) {
        let count = row.columns().count();
        let (least, most) = shape.columns;
        if !(least..=most).contains(&count) {
            faults.push(format!("{row:?} has {count} columns"));
        }
        if row.columns().any(|column| column != column.trim() || column.starts_with(';') || column.ends_with(';')) {
            faults.push(format!("{row:?} has space or `;` beside a column"));
        }
        let key: Vec<String> = row.columns().take(shape.key).map(str::to_owned).collect();
        if last >= key {
            faults.push(format!("{row:?} stands after {last:?}"));
        }
        last = key;
        for (at, is_known) in shape.checked {
            let unknown = row.values(*at).filter(|value| !is_known(value));
            faults.extend(unknown.map(|value| format!("{row:?} names {value:?}, which is nothing")));
            let mut values: Vec<&str> = row.values(*at).collect();
            values.dedup();
            if values.len() != row.values(*at).count() {
                faults.push(format!("{row:?} says a thing twice"));
            }
        }
    }
    faults
}

#[test]
fn every_data_file_keeps_the_one_format() {
    let mut all = BTreeSet::new();
    files(&data(), &mut all);
    let names: Vec<String> = kind::NAMES.iter().map(|name| format!("names/{name}.txt")).collect();
    let mut broken = Vec::new();
    for file in &all {
        let listed = SHAPES.iter().find(|shape| shape.file == file);
        let name = Shape { file: "", columns: ONE, key: 1, checked: &[] };
        let Some(shape) = listed.or(names.contains(file).then_some(&name)) else {
            broken.push(format!("{file}: no shape"));
            continue;
        };
        let text = std::fs::read_to_string(data().join(file)).expect("a text");
        broken.extend(faults(shape, &text).into_iter().map(|fault| format!("{file}: {fault}")));
    }
    assert_eq!(all.len(), SHAPES.len() + names.len(), "a file that nobody reads, or a list without its file");
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn a_fault_in_a_file_is_found() {
    let shape = |file: &str| SHAPES.iter().find(|shape| shape.file == file).expect("a shape");
    for text in ["b|det\na|det", "a|det\na|det", "a|det;det", "a|nonsense", "a", "a|det|", "a |det", "a|det;"] {
        assert!(!faults(shape("words.txt"), text).is_empty(), "{text}");
    }
    assert_eq!(faults(shape("words.txt"), "# a comment\n\na|det\nb|det;title"), Vec::<String>::new());
}

#[test]
fn a_row_names_the_narrowest_classes_only() {
    let implied = |row: Row<'_>| {
        let classes: Vec<Classes> = row.values(1).filter_map(Classes::named).collect();
        let alone: Vec<&str> = row.values(1).collect();
        let within = |at: usize| {
            let name = Classes::alone(alone[at]);
            classes.iter().enumerate().any(|(other, class)| other != at && class.has(name))
        };
        (0..classes.len()).any(within)
    };
    let text = std::fs::read_to_string(data().join("words.txt")).expect("a text");
    let wide: Vec<String> = rows(&text).filter(|row| implied(*row)).map(|row| format!("{row:?}")).collect();
    assert!(wide.is_empty(), "{wide:?}");
}

#[test]
fn reading_a_class_adds_what_it_implies_and_nothing_else() {
    let month = Classes::read("month");
    assert!(month.has(class::MONTH) && month.has(class::TIME) && !month.has(class::WEEKDAY));
    let pronoun = Classes::read("person-pronoun");
    assert!(pronoun.has(class::FUNCTION), "by way of what it implies");
    assert!(Classes::read("nonsense").is_empty() && Classes::NONE.or(class::DET).and(class::DET) == class::DET);
    assert!(!written::ABBREVIATIONS.has(written::OPENER));
}
