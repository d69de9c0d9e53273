//! The ruler itself: what it reads of a file, and what it leaves out.

use crate::facts::{Deed, Place, Source};
use crate::paths::edges_of;
use crate::sources::read;

fn source(text: &str) -> Source {
    read("rules/sample.rs".to_owned(), text)
}

fn acts(text: &str, kind: Deed) -> Vec<(usize, String)> {
    source(text).acts.into_iter().filter(|act| act.kind == kind).map(|act| (act.line, act.name)).collect()
}

fn literals(text: &str) -> Vec<(String, Place)> {
    source(text).literals.into_iter().map(|literal| (literal.text, literal.place)).collect()
}

#[test]
fn what_stands_below_a_test_is_read_and_the_test_is_not() {
    let text = "//! A file.\n\
                #[cfg(test)]\nmod tests {\n    fn a() { x.unwrap() }\n}\n\
                #[cfg(all(test, unix))]\nfn b() { y.unwrap() }\n\
                fn c() {\n    #[cfg(test)]\n    counted.unwrap();\n    z.unwrap()\n}\n\
                #[cfg(not(test))]\nfn d() { z.unwrap_err() }\n";
    let read = source(text);
    assert_eq!(acts(text, Deed::Method), [(11, "unwrap".to_owned()), (14, "unwrap_err".to_owned())]);
    assert_eq!((read.lines, read.says_what_it_is), (6, true));
}

#[test]
fn macros_are_read_too() {
    let text = "fn a() { assert!(b.unwrap() == \"of\", \"a message\"); }\n\
                list! { one = crate::store::Log; two => c.expect(\"that\"), panic!(\"no\") }\n";
    let methods: Vec<String> = acts(text, Deed::Method).into_iter().map(|(_, name)| name).collect();
    assert_eq!(methods, ["unwrap", "expect"]);
    assert!(acts(text, Deed::Macro).contains(&(2, "panic".to_owned())));
    let paths: Vec<String> = source(text).paths.iter().map(|path| path.segments.join("::")).collect();
    assert!(paths.contains(&"crate::store::Log".to_owned()), "{paths:?}");
    assert_eq!(literals(text)[..2], [("of".to_owned(), Place::Comparison), ("a message".to_owned(), Place::Other)]);
}

#[test]
fn a_literal_is_known_by_its_place() {
    let place_of = |code: &str| {
        let all = literals(&format!("fn a() {{ {code} }}"));
        all.into_iter().find(|(text, _)| text == "of").map(|(_, place)| place)
    };
    for code in ["let x = [\"of\"];", "let x = &[(\"of\", 1)];", "let x = vec![Word::new(\"of\")];"] {
        assert_eq!(place_of(code), Some(Place::List), "{code}");
    }
    for code in ["matches!(x, Some(\"of\" | \"to\"))", "match x { \"of\" => 1, _ => 2 };", "if let \"of\" = x {}"] {
        assert_eq!(place_of(code), Some(Place::Pattern), "{code}");
    }
    for code in
        ["x == \"of\";", "Some(\"of\") != x;", "x.ends_with(\"of\");", "word_hash(\"of\");", "x.contains(&\"of\");"]
    {
        assert_eq!(place_of(code), Some(Place::Comparison), "{code}");
    }
    for code in ["say(\"of\");", "x.push_str(\"of\");", "[1].map(|_| \"of\");", "x == f(|| \"of\");", "panic!(\"of\");"]
    {
        assert_eq!(place_of(code), Some(Place::Other), "{code}");
    }
}

#[test]
fn a_use_leads_to_the_file_that_defines_what_it_names() {
    let file = |path: &str, module: &[&str], text: &str| {
        let mut source = read(path.to_owned(), text);
        source.module = module.iter().map(|part| (*part).to_owned()).collect();
        for scope in &mut source.scopes {
            scope.module.splice(0..0, source.module.clone());
        }
        source
    };
    let sources = [
        file("lib.rs", &[], "mod room;"),
        file("room/mod.rs", &["room"], "mod a; mod b; mod c; pub use a::{Named as Other, first}; pub use c::*;"),
        file("room/a.rs", &["room", "a"], "pub struct Named; pub fn first() { super::b::second(); }"),
        file("room/b.rs", &["room", "b"], "use super::Other; fn second() { let c = 1; crate::room::third(c); }"),
        file(
            "room/c.rs",
            &["room", "c"],
            "use std::fmt; pub fn third(x: u8) { self::inner::f(); } mod inner { use super::super::*; fn f() { first(); } }",
        ),
    ];
    let found: Vec<(&str, &str)> =
        edges_of(&sources).iter().map(|edge| (&*sources[edge.from].path, &*sources[edge.to].path)).collect();
    let expected = [
        ("room/mod.rs", "room/a.rs"),
        ("room/a.rs", "room/b.rs"),
        ("room/b.rs", "room/a.rs"),
        ("room/b.rs", "room/c.rs"),
        ("room/c.rs", "room/mod.rs"),
        ("room/c.rs", "room/a.rs"),
    ];
    for edge in expected {
        assert!(found.contains(&edge), "{edge:?} is not among {found:?}");
    }
    assert_eq!(found.len(), expected.len(), "{found:?}");
}
