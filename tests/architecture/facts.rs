//! What is remembered of a source file: plain data, made once by [`crate::reading`] for all tests.

/// A source file without its tests.
#[derive(Default)]
pub(crate) struct Source {
    /// Below `src`, with `/`.
    pub(crate) path: String,
    /// The module it is, from the crate's root.
    pub(crate) module: Vec<String>,
    /// Its lines, those of tests not counted.
    pub(crate) lines: usize,
    /// It begins with a `//!` comment.
    pub(crate) says_what_it_is: bool,
    /// The file's own module and those written out in it.
    pub(crate) scopes: Vec<Scope>,
    /// Files declared by `mod name;`, by the index of the scope that declares them.
    pub(crate) declared: Vec<(usize, String)>,
    /// The same for tests only.
    pub(crate) declared_for_tests: Vec<String>,
    pub(crate) paths: Vec<PathUse>,
    pub(crate) items: Vec<Item>,
    pub(crate) literals: Vec<Literal>,
    /// Calls of macros and methods, index expressions and the like.
    pub(crate) acts: Vec<Act>,
    /// The error types of the `Result`s that are written out.
    pub(crate) errors: Vec<(usize, String)>,
}

impl Source {
    /// The first part of its path: its folder, or its name without extension.
    pub(crate) fn room(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or("");
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// `src/path:line`, as editors open it.
    pub(crate) fn at(&self, line: usize) -> String {
        format!("src/{}:{line}", self.path)
    }
}

/// A module's names.
#[derive(Default)]
pub(crate) struct Scope {
    /// From the crate's root.
    pub(crate) module: Vec<String>,
    /// Names of the items it defines.
    pub(crate) defines: Vec<String>,
    /// Names it takes from elsewhere, with the path as it is written.
    pub(crate) imports: Vec<(String, Vec<String>)>,
    /// Modules and enums of which it takes all names.
    pub(crate) globs: Vec<Vec<String>>,
    /// Macros it offers at the crate's root.
    pub(crate) exported_macros: Vec<String>,
}

/// A path as it is written, by `use` or in the code.
pub(crate) struct PathUse {
    pub(crate) line: usize,
    /// The index of the scope in which it is written.
    pub(crate) scope: usize,
    pub(crate) segments: Vec<String>,
}

/// An item, a method, a field or a variant.
pub(crate) struct Item {
    pub(crate) line: usize,
    pub(crate) name: String,
    pub(crate) kind: Kind,
    /// It is visible beyond its module: `pub`, `pub(crate)`, `pub(super)`.
    pub(crate) public: bool,
    /// The first line of its documentation.
    pub(crate) doc: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A struct, an enum, a trait or an alias.
    Type,
    /// All else that can have documentation.
    Other,
}

/// A string literal.
pub(crate) struct Literal {
    pub(crate) line: usize,
    pub(crate) text: String,
    pub(crate) place: Place,
}

/// What a string literal is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// An element of an array or of `vec![…]`, in tuples and calls within it too.
    List,
    /// A pattern: an arm of `match`, `matches!`, `if let`.
    Pattern,
    /// An operand of `==` or `!=`, or an argument of a method that compares: `contains`, `ends_with`, ….
    Comparison,
    /// A message, a key, a format, a table of a macro.
    Other,
}

/// Something that the code does.
pub(crate) struct Act {
    pub(crate) line: usize,
    pub(crate) name: String,
    pub(crate) kind: Deed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deed {
    /// `name!(…)`
    Macro,
    /// `x.name(…)`
    Method,
    /// `x[…]`
    Index,
    /// An `async` function or block, or `.await`.
    Async,
}
