//! A file without its tests: every item, statement, field or arm under `#[test]` or `#[cfg(test)]` is taken out, wherever
//! it stands, and the lines it covered are counted.

use std::collections::BTreeSet;

use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Expr, Meta};

/// What was taken out of a file.
#[derive(Default)]
pub(crate) struct Removed {
    /// Modules in files of their own, declared only for tests.
    pub(crate) modules: Vec<String>,
    /// The lines that what was taken out covered.
    pub(crate) lines: BTreeSet<usize>,
}

/// Takes the tests out of `file`.
pub(crate) fn take_out(file: &mut syn::File) -> Removed {
    let mut removed = Removed::default();
    removed.visit_file_mut(file);
    removed
}

impl Removed {
    fn keep(&mut self, part: &impl Spanned, attributes: &[Attribute]) -> bool {
        if !attributes.iter().any(is_of_tests) {
            return true;
        }
        // Of an item's span, its outer attributes are part.
        let span = part.span();
        self.lines.extend(span.start().line..=span.end().line);
        false
    }

    fn items(&mut self, items: &mut Vec<syn::Item>) {
        items.retain(|item| {
            let kept = self.keep(item, attributes_of(item));
            if let syn::Item::Mod(module) = item
                && !kept
                && module.content.is_none()
            {
                self.modules.push(module.ident.to_string());
            }
            kept
        });
    }
}

impl VisitMut for Removed {
    fn visit_file_mut(&mut self, file: &mut syn::File) {
        self.items(&mut file.items);
        visit_mut::visit_file_mut(self, file);
    }

    fn visit_item_mod_mut(&mut self, module: &mut syn::ItemMod) {
        if let Some((_, items)) = &mut module.content {
            self.items(items);
        }
        visit_mut::visit_item_mod_mut(self, module);
    }

    fn visit_item_impl_mut(&mut self, block: &mut syn::ItemImpl) {
        block.items.retain(|item| match item {
            syn::ImplItem::Fn(f) => self.keep(f, &f.attrs),
            syn::ImplItem::Const(c) => self.keep(c, &c.attrs),
            syn::ImplItem::Type(t) => self.keep(t, &t.attrs),
            syn::ImplItem::Macro(m) => self.keep(m, &m.attrs),
            _ => true,
        });
        visit_mut::visit_item_impl_mut(self, block);
    }

    fn visit_block_mut(&mut self, block: &mut syn::Block) {
        block.stmts.retain(|statement| match statement {
            syn::Stmt::Local(local) => self.keep(local, &local.attrs),
            syn::Stmt::Item(item) => self.keep(item, attributes_of(item)),
            syn::Stmt::Expr(expression, _) => self.keep(expression, attributes_of_expression(expression)),
            syn::Stmt::Macro(call) => self.keep(call, &call.attrs),
        });
        visit_mut::visit_block_mut(self, block);
    }

    fn visit_fields_named_mut(&mut self, fields: &mut syn::FieldsNamed) {
        let all = std::mem::take(&mut fields.named);
        fields.named = all.into_iter().filter(|field| self.keep(field, &field.attrs)).collect();
        visit_mut::visit_fields_named_mut(self, fields);
    }

    fn visit_expr_struct_mut(&mut self, literal: &mut syn::ExprStruct) {
        let all = std::mem::take(&mut literal.fields);
        literal.fields = all.into_iter().filter(|field| self.keep(field, &field.attrs)).collect();
        visit_mut::visit_expr_struct_mut(self, literal);
    }

    fn visit_item_enum_mut(&mut self, item: &mut syn::ItemEnum) {
        let all = std::mem::take(&mut item.variants);
        item.variants = all.into_iter().filter(|variant| self.keep(variant, &variant.attrs)).collect();
        visit_mut::visit_item_enum_mut(self, item);
    }

    fn visit_expr_match_mut(&mut self, expression: &mut syn::ExprMatch) {
        expression.arms.retain(|arm| self.keep(arm, &arm.attrs));
        visit_mut::visit_expr_match_mut(self, expression);
    }
}

fn is_of_tests(attribute: &Attribute) -> bool {
    if attribute.path().is_ident("cfg") {
        return attribute.parse_args::<Meta>().is_ok_and(|condition| holds_in_tests_only(&condition));
    }
    attribute.path().is_ident("test")
}

/// `test`, `all(test, …)` and `any(…)` of nothing else.
fn holds_in_tests_only(condition: &Meta) -> bool {
    let parts = |list: &syn::MetaList| -> Vec<Meta> {
        let comma_separated = syn::punctuated::Punctuated::<Meta, syn::Token![,]>::parse_terminated;
        list.parse_args_with(comma_separated).map(|parts| parts.into_iter().collect()).unwrap_or_default()
    };
    match condition {
        Meta::Path(path) => path.is_ident("test"),
        Meta::List(list) if list.path.is_ident("all") => parts(list).iter().any(holds_in_tests_only),
        Meta::List(list) if list.path.is_ident("any") => parts(list).iter().all(holds_in_tests_only),
        _ => false,
    }
}

fn attributes_of(item: &syn::Item) -> &[Attribute] {
    match item {
        syn::Item::Const(i) => &i.attrs,
        syn::Item::Enum(i) => &i.attrs,
        syn::Item::ExternCrate(i) => &i.attrs,
        syn::Item::Fn(i) => &i.attrs,
        syn::Item::Impl(i) => &i.attrs,
        syn::Item::Macro(i) => &i.attrs,
        syn::Item::Mod(i) => &i.attrs,
        syn::Item::Static(i) => &i.attrs,
        syn::Item::Struct(i) => &i.attrs,
        syn::Item::Trait(i) => &i.attrs,
        syn::Item::Type(i) => &i.attrs,
        syn::Item::Use(i) => &i.attrs,
        _ => &[],
    }
}

/// The attributes before an expression that stands as a statement.
fn attributes_of_expression(expression: &Expr) -> &[Attribute] {
    match expression {
        Expr::Assign(e) => attributes_of_expression(&e.left),
        Expr::Binary(e) => attributes_of_expression(&e.left),
        Expr::Block(e) => &e.attrs,
        Expr::Call(e) => &e.attrs,
        Expr::Field(e) => &e.attrs,
        Expr::ForLoop(e) => &e.attrs,
        Expr::If(e) => &e.attrs,
        Expr::Macro(e) => &e.attrs,
        Expr::Match(e) => &e.attrs,
        Expr::MethodCall(e) => &e.attrs,
        Expr::Path(e) => &e.attrs,
        Expr::Return(e) => &e.attrs,
        Expr::Unary(e) => &e.attrs,
        Expr::While(e) => &e.attrs,
        _ => &[],
    }
}
