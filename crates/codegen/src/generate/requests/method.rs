//! Takes a method of progenitor's apart at the seam: what comes before builds the request, what comes after sends it.

use quote::ToTokens as _;
use syn::visit::{self, Visit};
use syn::visit_mut::VisitMut as _;
use syn::{Expr, ExprPath, FnArg, Ident, ImplItemFn, Pat, ReturnType, Stmt, Type, parse_quote};

use super::rebind::Rebind;
use crate::generate::syntax::{is_type, last_segment};

/// The parts of one method.
pub(super) struct Method {
    pub(super) id: String,
    pub(super) parameters: Vec<Parameter>,
    /// The type of a successful response.
    pub(super) reply: Type,
    /// The name of core's marker for how the response is read.
    pub(super) kind: &'static str,
    /// The statements that make the URL and the headers.
    pub(super) before: Vec<Stmt>,
    /// The expression whose success is the request.
    pub(super) built: Expr,
}

/// A parameter that has become a field.
pub(super) struct Parameter {
    pub(super) name: Ident,
    pub(super) ty: Type,
    pub(super) required: bool,
}

impl Method {
    /// Takes a method apart, or says what is unexpected about it.
    pub(super) fn take_apart(function: &ImplItemFn) -> Result<Self, String> {
        let statements = &function.block.stmts;
        let seam = statements
            .iter()
            .position(names_the_operation)
            .ok_or("no statement names the operation")?;
        let (before, after) = statements.split_at(seam);
        // progenitor sends the document's version under a header of its own; no vendor asked for it.
        let mut before: Vec<Stmt> = before
            .iter()
            .filter(|statement| !mentions(statement, "api_version"))
            .cloned()
            .collect();
        let [url, header_map, headers @ .., _] = &before[..] else {
            return Err("too few statements build the request".to_owned());
        };
        if !declares(url, "url")
            || !declares(header_map, "header_map")
            || !headers.iter().all(|s| mentions(s, "header_map"))
        {
            return Err("other statements than URL and headers come before the request".to_owned());
        }
        let no_headers = headers.is_empty();
        if no_headers {
            before.remove(1);
        }
        let mut rebind = Rebind::new(no_headers);
        for statement in &mut before {
            rebind.visit_stmt_mut(statement);
        }
        rebind.finish()?;
        let built = match before.pop() {
            Some(Stmt::Local(local)) => local.init.map(|init| *init.expr),
            _ => None,
        };
        let Some(Expr::Try(built)) = built else {
            return Err("the last statement before the operation does not build the request".to_owned());
        };
        Ok(Self {
            id: function.sig.ident.to_string(),
            parameters: parameters(function)?,
            reply: reply(&function.sig.output)?,
            kind: kind(after)?,
            before,
            built: *built.expr,
        })
    }
}

/// The statement `let info = OperationInfo { .. }`.
fn names_the_operation(statement: &Stmt) -> bool {
    let Stmt::Local(local) = statement else { return false };
    let Some(init) = &local.init else { return false };
    matches!(&*init.expr, Expr::Struct(made) if made.path.is_ident("OperationInfo"))
}

fn declares(statement: &Stmt, name: &str) -> bool {
    matches!(statement, Stmt::Local(local) if matches!(&local.pat, Pat::Ident(pattern) if pattern.ident == name))
}

fn mentions(statement: &Stmt, name: &str) -> bool {
    statement.to_token_stream().to_string().contains(name)
}

fn parameters(function: &ImplItemFn) -> Result<Vec<Parameter>, String> {
    let mut parameters = Vec::new();
    for input in &function.sig.inputs {
        let FnArg::Typed(argument) = input else { continue };
        let Pat::Ident(pattern) = &*argument.pat else {
            return Err("a parameter is a pattern".to_owned());
        };
        let optional = last_segment(&argument.ty).filter(|(name, _)| name == "Option");
        let ty = match &optional {
            Some((_, Some(inner))) => {
                let inner = owned(inner);
                parse_quote!(::std::option::Option<#inner>)
            }
            Some((_, None)) => return Err("an `Option` has no argument".to_owned()),
            None => owned(&argument.ty),
        };
        parameters.push(Parameter {
            name: pattern.ident.clone(),
            ty,
            required: optional.is_none(),
        });
    }
    Ok(parameters)
}

/// The type of a field that holds what the parameter borrowed.
fn owned(ty: &Type) -> Type {
    match ty {
        Type::Reference(reference) if is_type(&reference.elem, "str") => parse_quote!(::std::string::String),
        Type::Reference(reference) => (*reference.elem).clone(),
        other => other.clone(),
    }
}

/// The `T` of `Result<ResponseValue<T>, _>`.
fn reply(output: &ReturnType) -> Result<Type, String> {
    let ReturnType::Type(_, ty) = output else {
        return Err("it returns nothing".to_owned());
    };
    let mut ty = &**ty;
    for wanted in ["Result", "ResponseValue"] {
        match last_segment(ty) {
            Some((name, Some(inner))) if name == wanted => ty = inner,
            _ => {
                return Err(format!(
                    "it returns another type than `Result<ResponseValue<_>, _>`, without `{wanted}`"
                ));
            }
        }
    }
    Ok(ty.clone())
}

/// How the arm for success reads the response.
fn kind(after: &[Stmt]) -> Result<&'static str, String> {
    let mut readers = Readers::default();
    for statement in after {
        readers.visit_stmt(statement);
    }
    match &readers.0[..] {
        [one] if one == "from_response" => Ok("Json"),
        [one] if one == "empty" => Ok("Empty"),
        other => Err(format!("it reads the response by {other:?}")),
    }
}

/// Collects the functions of `ResponseValue` that are named.
#[derive(Default)]
struct Readers(Vec<String>);

impl<'ast> Visit<'ast> for Readers {
    fn visit_expr_path(&mut self, path: &'ast ExprPath) {
        if let [holder, name] = &path
            .path
            .segments
            .iter()
            .map(|s| s.ident.to_string())
            .collect::<Vec<_>>()[..]
            && holder == "ResponseValue"
        {
            self.0.push(name.clone());
        }
        visit::visit_expr_path(self, path);
    }
}
