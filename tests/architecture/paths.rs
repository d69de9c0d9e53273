//! Where a written path leads: to the file that defines what it names, through `use`, re-exports and globs.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::facts::Source;
use crate::sources::sources;

/// Re-exports of re-exports beyond this many are taken for a circle.
const DEEPEST: usize = 24;

/// What one file uses of another.
pub(crate) struct Edge {
    /// Indices into [`sources`].
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// The line in `from`.
    pub(crate) line: usize,
}

/// Every use of one file by another, in order of file and line.
pub(crate) fn edges() -> &'static [Edge] {
    static EDGES: LazyLock<Vec<Edge>> = LazyLock::new(|| edges_of(sources()));
    &EDGES
}

/// The same among `sources`.
pub(crate) fn edges_of(sources: &[Source]) -> Vec<Edge> {
    Names::of(sources).edges()
}

/// A module is part of the other, or the other way round.
pub(crate) fn are_kin(a: &Source, b: &Source) -> bool {
    a.module.starts_with(&b.module) || b.module.starts_with(&a.module)
}

/// A module of the crate. Modules are known by their index.
struct Module<'s> {
    file: usize,
    parent: Option<usize>,
    children: HashMap<&'s str, usize>,
    defines: HashSet<&'s str>,
    imports: Vec<(&'s str, &'s [String])>,
    globs: Vec<&'s [String]>,
}

struct Names<'s> {
    sources: &'s [Source],
    modules: Vec<Module<'s>>,
    by_path: HashMap<&'s [String], usize>,
    /// Macros of the crate's root, with the file that defines them.
    macros: HashMap<&'s str, usize>,
}

/// What a path leads to.
#[derive(Clone, Copy)]
struct Target {
    module: usize,
    /// It names something in the module, and that is there.
    item: bool,
}

impl<'s> Names<'s> {
    fn of(sources: &'s [Source]) -> Self {
        let mut names = Self { sources, modules: Vec::new(), by_path: HashMap::new(), macros: HashMap::new() };
        for (file, source) in sources.iter().enumerate() {
            for scope in &source.scopes {
                names.by_path.insert(&scope.module, names.modules.len());
                names.modules.push(Module {
                    file,
                    parent: None,
                    children: HashMap::new(),
                    defines: scope.defines.iter().map(String::as_str).collect(),
                    imports: scope.imports.iter().map(|(name, path)| (name.as_str(), path.as_slice())).collect(),
                    globs: scope.globs.iter().map(Vec::as_slice).collect(),
                });
                names.macros.extend(scope.exported_macros.iter().map(|name| (name.as_str(), file)));
            }
        }
        for (path, child) in &names.by_path {
            let Some((name, parent)) = path.split_last() else { continue };
            let Some(parent) = names.by_path.get(parent).copied() else { continue };
            names.modules[*child].parent = Some(parent);
            names.modules[parent].children.insert(name, *child);
        }
        names
    }

    fn edges(&self) -> Vec<Edge> {
        let mut edges = Vec::new();
        for (from, source) in self.sources.iter().enumerate() {
            for path in &source.paths {
                let Some(module) = self.by_path.get(source.scopes[path.scope].module.as_slice()) else { continue };
                let to = self.file_of(*module, &path.segments);
                edges.extend(to.filter(|to| *to != from).map(|to| Edge { from, to, line: path.line }));
            }
        }
        edges.sort_by_key(|edge| (edge.from, edge.line, edge.to));
        edges.dedup_by_key(|edge| (edge.from, edge.line, edge.to));
        edges
    }

    fn file_of(&self, module: usize, segments: &'s [String]) -> Option<usize> {
        if let [root, name] = segments
            && root == "crate"
            && let Some(file) = self.macros.get(name.as_str())
        {
            return Some(*file);
        }
        let target = self.resolve(module, segments, 0)?;
        // A single word that is also a module's name is most often a variable.
        (target.item || segments.len() > 1).then(|| self.modules[target.module].file)
    }

    /// Nothing if the path leads out of the crate or names what is local.
    fn resolve(&self, module: usize, segments: &'s [String], depth: usize) -> Option<Target> {
        if depth > DEEPEST {
            return None;
        }
        let (first, rest) = segments.split_first()?;
        match first.as_str() {
            "crate" | "whosaid" => self.descend(*self.by_path.get(&[][..])?, rest, depth),
            "self" => self.descend(module, rest, depth),
            "super" => self.descend(self.modules[module].parent?, rest, depth),
            _ => self.step(module, segments, depth),
        }
    }

    /// The path from a module on; the module itself if no more is known.
    fn descend(&self, module: usize, segments: &'s [String], depth: usize) -> Option<Target> {
        if segments.first().is_some_and(|segment| segment == "super") {
            return self.descend(self.modules[module].parent?, &segments[1..], depth);
        }
        self.step(module, segments, depth).or(Some(Target { module, item: false }))
    }

    /// The same, if the module knows the first segment.
    fn step(&self, at: usize, segments: &'s [String], depth: usize) -> Option<Target> {
        let module = &self.modules[at];
        let (first, rest) = segments.split_first()?;
        if let Some(child) = module.children.get(first.as_str()) {
            return self.descend(*child, rest, depth + 1);
        }
        if module.defines.contains(first.as_str()) {
            return Some(Target { module: at, item: true });
        }
        // `use toml;` and the like name themselves.
        let imported = |(name, path): &&(&str, &'s [String])| name == first && !(path.len() == 1 && path[0] == *first);
        for (_, path) in module.imports.iter().filter(imported) {
            if let Some(target) = self.resolve(at, path, depth + 1) {
                return if target.item { Some(target) } else { self.descend(target.module, rest, depth + 1) };
            }
        }
        for path in &module.globs {
            let target = self.resolve(at, path, depth + 1).filter(|target| !target.item);
            if let Some(found) = target.and_then(|target| self.step(target.module, segments, depth + 1)) {
                return Some(found);
            }
        }
        None
    }
}
