//! All sources of the crate, parsed once for all tests of this target.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::thread;

use crate::facts::Source;
use crate::{reading, without_tests};

/// The sources that are compiled into the program, in order of their paths.
pub(crate) struct House {
    pub(crate) sources: Vec<Source>,
    /// Files that no `mod` declares, below `src`.
    pub(crate) strays: Vec<String>,
}

static HOUSE: LazyLock<House> = LazyLock::new(load);

/// The sources without tests.
pub(crate) fn sources() -> &'static [Source] {
    &HOUSE.sources
}

/// Files that no `mod` declares.
pub(crate) fn strays() -> &'static [String] {
    &HOUSE.strays
}

/// The text of a file, its path from the project's folder.
pub(crate) fn text_of(path: &str) -> String {
    fs::read_to_string(folder().join(path)).unwrap()
}

fn folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn load() -> House {
    let root = folder().join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    let count = thread::available_parallelism().map_or(1, usize::from);
    let parse_all = |part: &[PathBuf]| -> Vec<Source> { part.iter().map(|file| parse(&root, file)).collect() };
    let parsed: Vec<Source> = thread::scope(|scope| {
        let parts = files.chunks(files.len().div_ceil(count));
        let running: Vec<_> = parts.map(|part| scope.spawn(move || parse_all(part))).collect();
        running.into_iter().flat_map(|part| part.join().unwrap()).collect()
    });
    let mut by_path: BTreeMap<String, Source> = parsed.into_iter().map(|s| (s.path.clone(), s)).collect();
    let mut sources = Vec::new();
    let mut for_tests = BTreeSet::new();
    for (root, module) in [("lib.rs", &[][..]), ("main.rs", &["main".to_owned()])] {
        take(root, module, &mut by_path, &mut sources, &mut for_tests);
    }
    // What test modules declare is for tests, too.
    while let Some(path) = for_tests.pop_first() {
        let Some(source) = by_path.remove(&path) else { continue };
        let declared = source.declared.iter().map(|(_, name)| name).chain(&source.declared_for_tests);
        for_tests.extend(declared.filter_map(|name| file_of(&path, &[], name, &by_path)));
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    House { sources, strays: by_path.into_keys().collect() }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
}

fn parse(root: &Path, path: &Path) -> Source {
    let text = fs::read_to_string(path).unwrap();
    let path = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
    read(path, &text)
}

/// Reads the text of the file at `path`, which is below `src`.
pub(crate) fn read(path: String, text: &str) -> Source {
    let mut file = syn::parse_file(text).unwrap_or_else(|e| panic!("{path}: {e}"));
    let removed = without_tests::take_out(&mut file);
    let lines = text.lines().count() - removed.lines.len();
    let mut source = Source { path, lines, declared_for_tests: removed.modules, ..Source::default() };
    reading::read(&file, &mut source);
    source
}

/// Takes the file at `path`, which is `module`, and those it declares out of `from` and appends them to `taken`.
fn take(
    path: &str,
    module: &[String],
    from: &mut BTreeMap<String, Source>,
    taken: &mut Vec<Source>,
    for_tests: &mut BTreeSet<String>,
) {
    let Some(mut source) = from.remove(path) else { return };
    source.module = module.to_vec();
    let inner: Vec<Vec<String>> = source.scopes.iter().map(|scope| scope.module.clone()).collect();
    for scope in &mut source.scopes {
        scope.module.splice(0..0, module.iter().cloned());
    }
    for_tests.extend(source.declared_for_tests.iter().filter_map(|name| file_of(path, &[], name, from)));
    let declared = source.declared.clone();
    taken.push(source);
    for (scope, name) in declared {
        let Some(file) = file_of(path, &inner[scope], &name, from) else { continue };
        let mut module = module.to_vec();
        module.extend(inner[scope].iter().cloned());
        module.push(name);
        take(&file, &module, from, taken, for_tests);
    }
}

/// The file of `mod name;` in the module `inner` written out in the file at `path`.
fn file_of(path: &str, inner: &[String], name: &str, files: &BTreeMap<String, Source>) -> Option<String> {
    let (folder, file) = path.rsplit_once('/').map_or(("", path), |(folder, file)| (folder, file));
    let stem = file.strip_suffix(".rs").unwrap_or(file);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    if !matches!(stem, "mod" | "lib" | "main") {
        parts.push(stem);
    }
    parts.extend(inner.iter().map(String::as_str));
    parts.push(name);
    let base = parts.join("/");
    [format!("{base}.rs"), format!("{base}/mod.rs")].into_iter().find(|file| files.contains_key(file))
}
