//! The locals of a function that carry a field of its operation on: `let (kind, id) = self.scope.clone().unzip();`.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenTree;
use quote::ToTokens;
use syn::{Expr, Member, Pat, Stmt};

use super::uses::{is, words};

/// For each local, the field that it carries; `None` for one that carries anything else.
#[derive(Clone, Default)]
pub(super) struct Locals(BTreeMap<String, Option<String>>);

impl Locals {
    /// Those around a block, and those that the block binds itself.
    pub(super) fn with(&self, block: &[TokenTree]) -> Self {
        let mut locals = self.clone();
        for (place, tree) in block.iter().enumerate() {
            if !matches!(tree, TokenTree::Ident(word) if word == "let") {
                continue;
            }
            let ends = |tree: &TokenTree| is(tree, ';');
            let Some(length) = block[place..].iter().position(ends) else {
                continue;
            };
            // The condition of an `if let` does not parse as a statement and its end, so what it binds is not followed.
            let statement = block[place..=place + length].iter().cloned().collect();
            if let Ok(Stmt::Local(local)) = syn::parse2(statement)
                && let Some(value) = local.init
            {
                let carried = locals.passed(&value.expr);
                locals.bind(&local.pat, carried.as_ref());
            }
        }
        locals
    }

    fn bind(&mut self, pattern: &Pat, carried: Option<&String>) {
        let pattern = match pattern {
            Pat::Type(typed) => &typed.pat,
            pattern => pattern,
        };
        let mut names = BTreeSet::new();
        words(pattern.to_token_stream(), &mut names);
        for name in names {
            self.0.insert(name, carried.cloned());
        }
    }

    /// The field of the operation that a value passes on: `prefix` of `self.prefix.as_deref()`.
    pub(super) fn passed(&self, value: &Expr) -> Option<String> {
        match value {
            Expr::Field(field) => match &*field.base {
                Expr::Path(base) if base.path.is_ident("self") || base.path.is_ident("call") => match &field.member {
                    Member::Named(name) => Some(name.to_string()),
                    Member::Unnamed(_) => None,
                },
                base => self.passed(base),
            },
            Expr::Path(path) => self.0.get(&path.path.get_ident()?.to_string()).cloned().flatten(),
            Expr::MethodCall(call) => self.passed(&call.receiver),
            Expr::Match(choice) => self.passed(&choice.expr),
            Expr::Reference(reference) => self.passed(&reference.expr),
            Expr::Try(tried) => self.passed(&tried.expr),
            Expr::Paren(inner) => self.passed(&inner.expr),
            _ => None,
        }
    }
}
