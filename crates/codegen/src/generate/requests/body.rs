//! How a body is sent that may be absent, or is another kind of JSON.

use syn::visit_mut::{self, VisitMut};
use syn::{Expr, Ident, parse_quote};

use super::method::Method;

/// Changes how the body is sent.
pub(super) struct Body<'a> {
    /// Whether it may be absent.
    pub(super) optional: bool,
    /// Its media type, if it is another kind of JSON.
    pub(super) media: Option<&'a str>,
}

impl Body<'_> {
    /// Rewrites the call that sends the body: `.json(&body)`, or `.form_urlencoded(&body)?` of progenitor's.
    pub(super) fn rewrite(&mut self, method: &mut Method) {
        self.visit_expr_mut(&mut method.built);
        for parameter in method
            .parameters
            .iter_mut()
            .filter(|parameter| parameter.name == "body" && self.optional)
        {
            let ty = &parameter.ty;
            parameter.ty = parse_quote!(::std::option::Option<#ty>);
            parameter.required = false;
        }
    }
}

impl VisitMut for Body<'_> {
    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        visit_mut::visit_expr_mut(self, expression);
        let inner = match &*expression {
            Expr::Try(inner) => &*inner.expr,
            other => other,
        };
        let Expr::MethodCall(call) = inner else { return };
        let form = matches!(expression, Expr::Try(_)) && call.method == "form_urlencoded";
        if !form && call.method != "json" {
            return;
        }
        let request = &call.receiver;
        let typed: Expr = match self.media {
            Some(media) => parse_quote!(#request.header(::reqwest::header::CONTENT_TYPE, #media)),
            None => parse_quote!(#request),
        };
        let write: Ident = if form { parse_quote!(form) } else { parse_quote!(json) };
        *expression = if self.optional {
            parse_quote!(match body {
                ::std::option::Option::Some(body) => #typed.#write(&body),
                ::std::option::Option::None => #request,
            })
        } else {
            parse_quote!(#typed.#write(&body))
        };
    }
}
