//! What can be told of a macro's tokens when they are not expressions: paths of this crate, string literals, calls of
//! macros and methods, and documentation.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::facts::{Deed, Kind};
use crate::reading::Reader;

/// Reads `tokens` and all groups within.
pub(crate) fn read(reader: &mut Reader<'_>, tokens: TokenStream) {
    let all: Vec<TokenTree> = tokens.into_iter().collect();
    let mut documented = false;
    let mut at = 0;
    while at < all.len() {
        let line = all[at].span().start().line;
        if let Some(doc) = documentation(&all[at..]) {
            if !documented {
                reader.item(line, "in a macro".to_owned(), Kind::Other, false, Some(doc));
            }
            documented = true;
            at += 2;
            continue;
        }
        documented = false;
        match &all[at] {
            TokenTree::Ident(first) => {
                let before = at.checked_sub(1).and_then(|before| all.get(before));
                let length = path_length(&all[at..]);
                let after = all.get(at + length);
                if before.is_some_and(|t| is_sign(t, '.')) && matches!(after, Some(TokenTree::Group(_))) {
                    reader.act(first.span(), Deed::Method, first.to_string());
                } else {
                    let segments: Vec<String> = all[at..at + length]
                        .iter()
                        .filter(|t| matches!(t, TokenTree::Ident(_)))
                        .map(ToString::to_string)
                        .collect();
                    let is_macro = after.is_some_and(|t| is_sign(t, '!'))
                        && matches!(all.get(at + length + 1), Some(TokenTree::Group(_)));
                    if let (true, Some(name)) = (is_macro, segments.last()) {
                        reader.act(first.span(), Deed::Macro, name.clone());
                    }
                    reader.path(line, segments);
                }
                at += length;
                continue;
            }
            TokenTree::Literal(literal) => {
                if let Ok(text) = syn::parse_str::<syn::LitStr>(&literal.to_string()) {
                    reader.literal(line, text.value());
                }
            }
            TokenTree::Group(group) => read(reader, group.stream()),
            TokenTree::Punct(_) => {}
        }
        at += 1;
    }
}

/// The tokens of a path `a::b::c`, of which the first is a word.
fn path_length(tokens: &[TokenTree]) -> usize {
    let mut length = 1;
    while let [a, b, TokenTree::Ident(_), ..] = &tokens[length..] {
        if !(is_sign(a, ':') && is_sign(b, ':')) {
            break;
        }
        length += 3;
    }
    length
}

/// `#[doc = "…"]`, as a comment is among tokens.
fn documentation(tokens: &[TokenTree]) -> Option<String> {
    let [sign, TokenTree::Group(group), ..] = tokens else { return None };
    if !is_sign(sign, '#') || group.delimiter() != Delimiter::Bracket {
        return None;
    }
    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
    let [TokenTree::Ident(name), _, TokenTree::Literal(text)] = &inner[..] else { return None };
    let text = syn::parse_str::<syn::LitStr>(&text.to_string()).ok()?;
    (name == "doc").then(|| text.value().trim().to_owned())
}

fn is_sign(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(found) if found.as_char() == sign)
}
