//! Compiles the name lists of `src/lexicon/data/names/` into one `fst`: folded name → bit set of kinds.
//!
//! The table is read in place at run time, so that start-up costs nothing. One file is one kind; their order is that
//! of the bits in `lexicon::names::kind`.

use std::collections::BTreeMap;
use std::path::Path;

#[path = "src/lexicon/fold.rs"]
mod fold;
#[path = "src/lexicon/names/kind.rs"]
#[allow(dead_code, missing_docs, unreachable_pub, reason = "the library uses what is not used here")]
mod kind;
#[path = "src/lexicon/set.rs"]
mod set;
#[path = "src/lexicon/table.rs"]
#[allow(dead_code, reason = "the library uses what is not used here")]
mod table;

fn main() {
    let folder = Path::new("src/lexicon/data/names");
    println!("cargo::rerun-if-changed={}", folder.display());
    for file in ["fold", "names/kind", "set", "table"] {
        println!("cargo::rerun-if-changed=src/lexicon/{file}.rs");
    }
    let mut names: BTreeMap<Vec<u8>, u64> = BTreeMap::new();
    for (bit, kind) in kind::NAMES.iter().enumerate() {
        let path = folder.join(format!("{kind}.txt"));
        let list = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for row in table::rows(&list) {
            let key = fold::fold_name(row.key());
            if !key.is_empty() {
                *names.entry(key).or_default() |= 1 << bit;
            }
        }
    }
    let out = std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    let map = fst::Map::from_iter(names).expect("a BTreeMap is sorted");
    std::fs::write(Path::new(&out).join("names.fst"), map.into_fst().into_inner()).expect("OUT_DIR is writable");
}
