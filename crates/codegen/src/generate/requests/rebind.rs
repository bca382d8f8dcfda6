//! Makes progenitor's statements work outside its client: base URL and HTTP client become arguments, and each value in
//! the path is checked.

use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprField, LitStr, Macro, Token, parse_quote};

use super::method::Method;

/// Sends the parameter `name` as `wire`: in the query and in headers its name is a text.
pub(super) fn rename(method: &mut Method, name: &str, wire: &str) {
    let mut rename = Rename { name, wire };
    for statement in &mut method.before {
        rename.visit_stmt_mut(statement);
    }
    rename.visit_expr_mut(&mut method.built);
}

struct Rename<'a> {
    name: &'a str,
    wire: &'a str,
}

impl VisitMut for Rename<'_> {
    fn visit_lit_str_mut(&mut self, text: &mut LitStr) {
        if text.value() == self.name {
            *text = LitStr::new(self.wire, text.span());
        }
    }
}

/// Rewrites the statements of one method.
pub(super) struct Rebind {
    /// Whether no header is set, so that `.headers(header_map)` is not needed.
    no_headers: bool,
    problem: Option<String>,
}

impl Rebind {
    pub(super) fn new(no_headers: bool) -> Self {
        Self {
            no_headers,
            problem: None,
        }
    }

    /// What could not be rewritten.
    pub(super) fn finish(self) -> Result<(), String> {
        self.problem.map_or(Ok(()), Err)
    }

    fn field_of_client(&mut self, field: &ExprField) -> Option<Expr> {
        if !matches!(&*field.base, Expr::Path(path) if path.path.is_ident("self")) {
            return None;
        }
        match field.member.to_token_stream().to_string().as_str() {
            "baseurl" => Some(parse_quote!(__base_url.path())),
            "client" => Some(parse_quote!(__client)),
            other => {
                self.problem = Some(format!("it uses the client's field `{other}`"));
                None
            }
        }
    }

    /// `encode_path(&name.to_string())`, with a check of the value.
    fn path_segment(&mut self, argument: Option<&Expr>) -> Option<Expr> {
        if let Some(Expr::Reference(reference)) = argument
            && let Expr::MethodCall(call) = &*reference.expr
            && call.method == "to_string"
        {
            let value = &call.receiver;
            let kind = value.to_token_stream().to_string().replace('_', " ");
            return Some(parse_quote!(::account_provisioning_core::id::segment(#kind, #value)?));
        }
        self.problem = Some("`encode_path` has another argument than `&name.to_string()`".to_owned());
        None
    }
}

impl VisitMut for Rebind {
    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        visit_mut::visit_expr_mut(self, expression);
        let new = match expression {
            Expr::Field(field) => self.field_of_client(field),
            Expr::Call(call) if matches!(&*call.func, Expr::Path(path) if path.path.is_ident("encode_path")) => {
                self.path_segment(call.args.first())
            }
            Expr::MethodCall(call) if self.no_headers && call.method == "headers" => Some((*call.receiver).clone()),
            _ => None,
        };
        if let Some(new) = new {
            *expression = new;
        }
    }

    fn visit_macro_mut(&mut self, call: &mut Macro) {
        // The arguments of `format!` are tokens; they parse as expressions.
        match call.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated) {
            Ok(mut arguments) => {
                for argument in &mut arguments {
                    self.visit_expr_mut(argument);
                }
                call.tokens = arguments.to_token_stream();
            }
            Err(_) => self.problem = Some(format!("it calls the macro `{}`", call.path.to_token_stream())),
        }
    }
}
