//! Reads one parsed file into [`Source`].

use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, Token};

use crate::facts::{Act, Deed, Item, Kind, Literal, PathUse, Place, Scope, Source};

/// Methods and functions whose string argument is compared with a text.
const COMPARING: [&str; 17] = [
    "contains",
    "starts_with",
    "ends_with",
    "strip_prefix",
    "strip_suffix",
    "trim_start_matches",
    "trim_end_matches",
    "trim_matches",
    "eq",
    "eq_ignore_ascii_case",
    "find",
    "rfind",
    "split_once",
    "rsplit_once",
    "match_indices",
    "is",
    "word_hash",
];

/// Reads `file`, whose tests are taken out, into `source`.
pub(crate) fn read(file: &syn::File, source: &mut Source) {
    source.says_what_it_is = documentation(&file.attrs).is_some();
    source.scopes.push(Scope::default());
    let mut reader = Reader { source, scope: 0, place: Place::Other };
    reader.define(&file.items);
    reader.visit_file(file);
}

pub(crate) struct Reader<'s> {
    pub(crate) source: &'s mut Source,
    scope: usize,
    place: Place,
}

impl Reader<'_> {
    fn within(&mut self, place: Place, read: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.place, place);
        read(self);
        self.place = before;
    }

    pub(crate) fn act(&mut self, at: proc_macro2::Span, kind: Deed, name: impl Into<String>) {
        self.source.acts.push(Act { line: at.start().line, kind, name: name.into() });
    }

    pub(crate) fn path(&mut self, line: usize, segments: Vec<String>) {
        self.source.paths.push(PathUse { line, scope: self.scope, segments });
    }

    pub(crate) fn literal(&mut self, line: usize, text: String) {
        self.source.literals.push(Literal { line, text, place: self.place });
    }

    pub(crate) fn item(&mut self, line: usize, name: String, kind: Kind, public: bool, doc: Option<String>) {
        self.source.items.push(Item { line, name, kind, public, doc });
    }

    fn named(&mut self, name: &syn::Ident, kind: Kind, public: bool, attributes: &[Attribute]) {
        self.item(name.span().start().line, name.to_string(), kind, public, documentation(attributes));
    }

    /// Remembers what a module's items are called.
    fn define(&mut self, items: &[syn::Item]) {
        let scope = &mut self.source.scopes[self.scope];
        for item in items {
            let name = match item {
                syn::Item::Const(i) => &i.ident,
                syn::Item::Enum(i) => &i.ident,
                syn::Item::Fn(i) => &i.sig.ident,
                syn::Item::Static(i) => &i.ident,
                syn::Item::Struct(i) => &i.ident,
                syn::Item::Trait(i) => &i.ident,
                syn::Item::Type(i) => &i.ident,
                syn::Item::Union(i) => &i.ident,
                syn::Item::Macro(i) => {
                    let Some(name) = &i.ident else { continue };
                    if i.attrs.iter().any(|a| a.path().is_ident("macro_export")) {
                        scope.exported_macros.push(name.to_string());
                    }
                    name
                }
                _ => continue,
            };
            scope.defines.push(name.to_string());
        }
    }

    fn import(&mut self, line: usize, before: &[String], tree: &syn::UseTree) {
        let with = |name: &syn::Ident| {
            let mut all = before.to_vec();
            if name != "self" || before.is_empty() {
                all.push(name.to_string());
            }
            all
        };
        match tree {
            syn::UseTree::Path(part) => self.import(line, &with(&part.ident), &part.tree),
            syn::UseTree::Group(group) => group.items.iter().for_each(|part| self.import(line, before, part)),
            syn::UseTree::Name(name) => {
                let path = with(&name.ident);
                let last = path.last().cloned().unwrap_or_default();
                self.source.scopes[self.scope].imports.push((last, path.clone()));
                self.path(line, path);
            }
            syn::UseTree::Rename(name) => {
                let path = with(&name.ident);
                self.source.scopes[self.scope].imports.push((name.rename.to_string(), path.clone()));
                self.path(line, path);
            }
            syn::UseTree::Glob(_) => {
                self.source.scopes[self.scope].globs.push(before.to_vec());
                self.path(line, before.to_vec());
            }
        }
    }

    fn visit_arguments<'a>(&mut self, comparing: bool, arguments: impl Iterator<Item = &'a Expr>) {
        let place = if comparing { Place::Comparison } else { self.place };
        arguments.for_each(|argument| self.within(place, |reader| reader.visit_expr(argument)));
    }

    /// A macro's arguments, if they are expressions, else whatever can be told of its tokens.
    fn arguments(&mut self, call: &syn::Macro) {
        let name = call.path.segments.last().map(|s| s.ident.to_string()).unwrap_or_default();
        if name == "matches" {
            type Parts = (Expr, syn::Pat, Option<Expr>);
            let parts = call.parse_body_with(|input: syn::parse::ParseStream<'_>| -> syn::Result<Parts> {
                let value = input.parse()?;
                input.parse::<Token![,]>()?;
                let pattern = syn::Pat::parse_multi_with_leading_vert(input)?;
                let guard = input.parse::<Option<Token![if]>>()?.map(|_| input.parse()).transpose()?;
                input.parse::<Option<Token![,]>>()?;
                Ok((value, pattern, guard))
            });
            if let Ok((value, pattern, guard)) = parts {
                self.visit_expr(&value);
                self.visit_pat(&pattern);
                guard.iter().for_each(|guard| self.visit_expr(guard));
                return;
            }
        }
        if let Ok(list) = call.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated) {
            let place = if name == "vec" { Place::List } else { Place::Other };
            list.iter().for_each(|part| self.within(place, |reader| reader.visit_expr(part)));
            return;
        }
        self.within(Place::Other, |reader| crate::tokens::read(reader, call.tokens.clone()));
    }
}

impl<'a> Visit<'a> for Reader<'_> {
    fn visit_attribute(&mut self, _: &'a Attribute) {}

    fn visit_item_mod(&mut self, module: &'a syn::ItemMod) {
        let Some((_, items)) = &module.content else {
            self.source.declared.push((self.scope, module.ident.to_string()));
            return;
        };
        let mut path = self.source.scopes[self.scope].module.clone();
        path.push(module.ident.to_string());
        self.source.scopes.push(Scope { module: path, ..Scope::default() });
        let before = std::mem::replace(&mut self.scope, self.source.scopes.len() - 1);
        self.define(items);
        items.iter().for_each(|item| self.visit_item(item));
        self.scope = before;
    }

    fn visit_item_use(&mut self, item: &'a syn::ItemUse) {
        if item.leading_colon.is_none() {
            self.import(item.span().start().line, &[], &item.tree);
        }
    }

    fn visit_path(&mut self, path: &'a syn::Path) {
        if path.leading_colon.is_none() {
            let segments = path.segments.iter().map(|s| s.ident.to_string()).collect();
            self.path(path.span().start().line, segments);
        }
        if let Some(last) = path.segments.last()
            && last.ident == "Result"
            && let syn::PathArguments::AngleBracketed(list) = &last.arguments
            && let Some(syn::GenericArgument::Type(error)) = list.args.iter().nth(1)
        {
            self.source.errors.push((error.span().start().line, type_name(error)));
        }
        visit::visit_path(self, path);
    }

    fn visit_impl_item_type(&mut self, item: &'a syn::ImplItemType) {
        if item.ident == "Err" || item.ident == "Error" {
            self.source.errors.push((item.span().start().line, type_name(&item.ty)));
        }
        visit::visit_impl_item_type(self, item);
    }

    fn visit_item_struct(&mut self, item: &'a syn::ItemStruct) {
        self.named(&item.ident, Kind::Type, is_public(&item.vis), &item.attrs);
        visit::visit_item_struct(self, item);
    }

    fn visit_item_enum(&mut self, item: &'a syn::ItemEnum) {
        let public = is_public(&item.vis);
        self.named(&item.ident, Kind::Type, public, &item.attrs);
        for variant in &item.variants {
            self.named(&variant.ident, Kind::Other, public, &variant.attrs);
        }
        visit::visit_item_enum(self, item);
    }

    fn visit_item_trait(&mut self, item: &'a syn::ItemTrait) {
        let public = is_public(&item.vis);
        self.named(&item.ident, Kind::Type, public, &item.attrs);
        for part in &item.items {
            match part {
                syn::TraitItem::Fn(f) => self.named(&f.sig.ident, Kind::Other, public, &f.attrs),
                syn::TraitItem::Const(c) => self.named(&c.ident, Kind::Other, public, &c.attrs),
                syn::TraitItem::Type(t) => self.named(&t.ident, Kind::Other, public, &t.attrs),
                _ => {}
            }
        }
        visit::visit_item_trait(self, item);
    }

    fn visit_item_type(&mut self, item: &'a syn::ItemType) {
        self.named(&item.ident, Kind::Type, is_public(&item.vis), &item.attrs);
        visit::visit_item_type(self, item);
    }

    fn visit_item_fn(&mut self, item: &'a syn::ItemFn) {
        self.named(&item.sig.ident, Kind::Other, is_public(&item.vis), &item.attrs);
        visit::visit_item_fn(self, item);
    }

    fn visit_item_const(&mut self, item: &'a syn::ItemConst) {
        self.named(&item.ident, Kind::Other, is_public(&item.vis), &item.attrs);
        visit::visit_item_const(self, item);
    }

    fn visit_item_static(&mut self, item: &'a syn::ItemStatic) {
        self.named(&item.ident, Kind::Other, is_public(&item.vis), &item.attrs);
        visit::visit_item_static(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'a syn::ImplItemFn) {
        self.named(&item.sig.ident, Kind::Other, is_public(&item.vis), &item.attrs);
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_impl_item_const(&mut self, item: &'a syn::ImplItemConst) {
        self.named(&item.ident, Kind::Other, is_public(&item.vis), &item.attrs);
        visit::visit_impl_item_const(self, item);
    }

    fn visit_field(&mut self, field: &'a syn::Field) {
        if let Some(name) = &field.ident {
            self.named(name, Kind::Other, is_public(&field.vis), &field.attrs);
        }
        visit::visit_field(self, field);
    }

    fn visit_signature(&mut self, signature: &'a syn::Signature) {
        if let Some(keyword) = &signature.asyncness {
            self.act(keyword.span(), Deed::Async, "async fn");
        }
        visit::visit_signature(self, signature);
    }

    fn visit_lit_str(&mut self, literal: &'a syn::LitStr) {
        self.literal(literal.span().start().line, literal.value());
    }

    fn visit_macro(&mut self, call: &'a syn::Macro) {
        self.act(call.span(), Deed::Macro, call.path.segments.last().map(|s| s.ident.to_string()).unwrap_or_default());
        self.visit_path(&call.path);
        self.arguments(call);
    }

    fn visit_pat(&mut self, pattern: &'a syn::Pat) {
        self.within(Place::Pattern, |reader| visit::visit_pat(reader, pattern));
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        // What only wraps a literal leaves it where it is.
        let wraps = match expression {
            Expr::Lit(_) | Expr::Paren(_) | Expr::Group(_) | Expr::Reference(_) => true,
            Expr::Tuple(_) | Expr::Struct(_) => self.place != Place::Pattern,
            Expr::Call(_) => matches!(self.place, Place::List | Place::Comparison),
            _ => false,
        };
        let place = if wraps { self.place } else { Place::Other };
        self.within(place, |reader| visit::visit_expr(reader, expression));
    }

    fn visit_expr_array(&mut self, array: &'a syn::ExprArray) {
        self.within(Place::List, |reader| visit::visit_expr_array(reader, array));
    }

    fn visit_expr_binary(&mut self, binary: &'a syn::ExprBinary) {
        let compares = matches!(binary.op, syn::BinOp::Eq(_) | syn::BinOp::Ne(_));
        self.visit_arguments(compares, [&*binary.left, &*binary.right].into_iter());
    }

    fn visit_expr_call(&mut self, call: &'a syn::ExprCall) {
        let compares = match &*call.func {
            Expr::Path(function) => {
                function.path.segments.last().is_some_and(|s| COMPARING.contains(&s.ident.to_string().as_str()))
            }
            _ => false,
        };
        self.visit_expr(&call.func);
        self.visit_arguments(compares, call.args.iter());
    }

    fn visit_expr_method_call(&mut self, call: &'a syn::ExprMethodCall) {
        let name = call.method.to_string();
        let compares = COMPARING.contains(&name.as_str());
        self.act(call.method.span(), Deed::Method, name);
        self.visit_expr(&call.receiver);
        call.turbofish.iter().for_each(|generics| self.visit_angle_bracketed_generic_arguments(generics));
        self.visit_arguments(compares, call.args.iter());
    }

    fn visit_expr_index(&mut self, index: &'a syn::ExprIndex) {
        self.act(index.span(), Deed::Index, "[]");
        visit::visit_expr_index(self, index);
    }

    fn visit_expr_async(&mut self, block: &'a syn::ExprAsync) {
        self.act(block.span(), Deed::Async, "async");
        visit::visit_expr_async(self, block);
    }

    fn visit_expr_await(&mut self, wait: &'a syn::ExprAwait) {
        self.act(wait.span(), Deed::Async, ".await");
        visit::visit_expr_await(self, wait);
    }
}

fn is_public(visibility: &syn::Visibility) -> bool {
    match visibility {
        syn::Visibility::Public(_) => true,
        syn::Visibility::Restricted(to) => !to.path.is_ident("self"),
        syn::Visibility::Inherited => false,
    }
}

/// The first line of a comment for readers of the documentation.
fn documentation(attributes: &[Attribute]) -> Option<String> {
    attributes.iter().find_map(|attribute| {
        let syn::Meta::NameValue(pair) = &attribute.meta else { return None };
        let Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = &pair.value else { return None };
        pair.path.is_ident("doc").then(|| text.value().trim().to_owned())
    })
}

/// A type's last word, with `&` before it where it is borrowed.
fn type_name(written: &syn::Type) -> String {
    match written {
        syn::Type::Path(path) => path.path.segments.last().map(|s| s.ident.to_string()).unwrap_or_default(),
        syn::Type::Reference(to) => format!("&{}", type_name(&to.elem)),
        syn::Type::Paren(inner) => type_name(&inner.elem),
        _ => "another type".to_owned(),
    }
}
