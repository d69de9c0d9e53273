//! Compiles the name lists of `src/lexicon/data/names/` into one `fst`: folded name → bit set of classes.
//!
//! The table is read in place at run time, so that start-up costs nothing. One file is one class; the order of
//! `CLASSES` is the order of the bits in `lexicon::names`.

use std::collections::BTreeMap;
use std::path::Path;

#[path = "src/lexicon/fold.rs"]
mod fold;

const CLASSES: [&str; 17] = [
    "given", "family", "people", "country", "capital", "bigcity", "city", "region", "group", "org", "company",
    "outlet", "armed", "product", "event", "work", "common",
];

fn main() {
    let folder = Path::new("src/lexicon/data/names");
    println!("cargo::rerun-if-changed={}", folder.display());
    println!("cargo::rerun-if-changed=src/lexicon/fold.rs");
    let mut names: BTreeMap<Vec<u8>, u64> = BTreeMap::new();
    for (bit, class) in CLASSES.iter().enumerate() {
        let path = folder.join(format!("{class}.txt"));
        let list = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for name in list.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let key = fold::fold_name(name);
            if !key.is_empty() {
                *names.entry(key).or_default() |= 1 << bit;
            }
        }
    }
    let out = std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    let map = fst::Map::from_iter(names).expect("a BTreeMap is sorted");
    std::fs::write(Path::new(&out).join("names.fst"), map.into_fst().into_inner()).expect("OUT_DIR is writable");
}
