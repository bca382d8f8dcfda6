//! The parameters of a query, which are written into the URL by our own function and not by progenitor's.

use quote::ToTokens as _;
use syn::punctuated::Punctuated;
use syn::{Expr, Pat, Stmt, Token, parse_quote};

/// Takes the calls `.query(&QueryParam::new(name, value))` out of the calls that build a request.
pub(super) fn take_query(expression: &mut Expr, found: &mut Vec<Punctuated<Expr, Token![,]>>) -> Result<(), String> {
    let call = match &mut *expression {
        Expr::Try(inner) => return take_query(&mut inner.expr, found),
        Expr::MethodCall(call) => call,
        _ => return Ok(()),
    };
    take_query(&mut call.receiver, found)?;
    if call.method != "query" {
        return Ok(());
    }
    match call.args.first() {
        Some(Expr::Reference(argument)) => match &*argument.expr {
            Expr::Call(made) if made.func.to_token_stream().to_string().ends_with("QueryParam :: new") => {
                found.push(made.args.clone());
            }
            _ => return Err("`query` has another argument than `&QueryParam::new(name, value)`".to_owned()),
        },
        _ => return Err("`query` has another argument than `&QueryParam::new(name, value)`".to_owned()),
    }
    *expression = (*call.receiver).clone();
    Ok(())
}

/// Adds the parameters to the URL, whose statement is the first one.
pub(super) fn add_query(before: &mut Vec<Stmt>, parameters: &[Punctuated<Expr, Token![,]>]) {
    if let Some(Stmt::Local(local)) = before.first_mut()
        && let Pat::Ident(url) = &mut local.pat
        && !parameters.is_empty()
    {
        url.mutability = Some(<Token![mut]>::default());
        let url = url.ident.clone();
        before.extend(parameters.iter().map(|parameter| -> Stmt {
            parse_quote!(::account_provisioning_core::add_query(&mut #url, #parameter)?;)
        }));
    }
}
