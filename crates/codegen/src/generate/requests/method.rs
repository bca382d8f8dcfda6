//! Splits a method of progenitor's into the statements that build the request and those that send it.

use quote::ToTokens as _;
use syn::visit::{self, Visit};
use syn::visit_mut::VisitMut as _;
use syn::{Expr, ExprPath, FnArg, Ident, ImplItemFn, Pat, ReturnType, Stmt, Type, parse_quote};

use super::query::{add_query, take_query};
use super::rebind::Rebind;
use crate::generate::syntax::{is_type, last_segment};

/// The parts of one method.
pub(super) struct Method {
    pub(super) id: String,
    pub(super) parameters: Vec<Parameter>,
    /// The type of a successful response.
    pub(super) reply: Type,
    /// Whether the response has a body to read.
    pub(super) has_body: bool,
    /// The statements that build the URL and the headers.
    pub(super) before: Vec<Stmt>,
    /// The expression that returns the request.
    pub(super) built: Expr,
}

/// A parameter, which becomes a field.
pub(super) struct Parameter {
    pub(super) name: Ident,
    pub(super) ty: Type,
    pub(super) required: bool,
}

impl Method {
    /// Splits a method, or says what is unexpected about it.
    pub(super) fn take_apart(function: &ImplItemFn) -> Result<Self, String> {
        let statements = &function.block.stmts;
        let seam = statements
            .iter()
            .position(names_the_operation)
            .ok_or("no statement names the operation")?;
        let (before, after) = statements.split_at(seam);
        // progenitor sends the document's version in a header, which no vendor documents.
        let mut before: Vec<Stmt> = before
            .iter()
            .filter(|statement| !mentions(statement, "Self :: api_version"))
            .cloned()
            .collect();
        let [url, header_map, headers @ .., _] = &before[..] else {
            return Err("too few statements build the request".to_owned());
        };
        // progenitor gives its variable another name if a parameter is called `url`.
        if !declares(url, "url") && !declares(url, "_url")
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
        if let Some(Stmt::Local(url)) = before.first_mut()
            && let Some(init) = &mut url.init
        {
            let Expr::Macro(path) = &mut *init.expr else {
                return Err("the URL is not made by `format!`".to_owned());
            };
            path.mac.path = parse_quote!(format_args);
            *init.expr = parse_quote!(__base_url.with_path(#path));
        }
        let built = match before.pop() {
            Some(Stmt::Local(local)) => local.init.map(|init| *init.expr),
            _ => None,
        };
        let Some(Expr::Try(mut built)) = built else {
            return Err("the last statement before the operation does not build the request".to_owned());
        };
        let mut parameters_of_query = Vec::new();
        take_query(&mut built.expr, &mut parameters_of_query)?;
        add_query(&mut before, &parameters_of_query);
        Ok(Self {
            id: function.sig.ident.to_string(),
            parameters: parameters(function)?,
            reply: reply(&function.sig.output)?,
            has_body: has_body(after)?,
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

/// The owned type of a field, for the borrowed type of its parameter.
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

/// Whether the match arm for success reads a body.
fn has_body(after: &[Stmt]) -> Result<bool, String> {
    let mut readers = Readers::default();
    for statement in after {
        readers.visit_stmt(statement);
    }
    match &readers.0[..] {
        [one] if one == "from_response" => Ok(true),
        [one] if one == "empty" => Ok(false),
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

    use quote::ToTokens as _;

    use super::Method;

    /// A method as progenitor writes it.
    const METHOD: &str = r#"
        pub async fn get_thing<'a>(
            &'a self,
            thing_id: &'a str,
            pending: Option<bool>,
            names: Option<&'a ::std::vec::Vec<::std::string::String>>,
        ) -> Result<ResponseValue<types::Thing>, Error<()>> {
            let url = format!("{}/things/{}", self.baseurl, encode_path(&thing_id.to_string()),);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map.append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
            #[allow(unused_mut)]
            let mut request = self
                .client
                .get(url)
                .query(&progenitor_client::QueryParam::new("pending", &pending))
                .headers(header_map)
                .build()?;
            let info = OperationInfo { operation_id: "get_thing" };
            self.pre(&mut request, &info).await?;
            let result = self.exec(request, &info).await;
            self.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200..=299 => ResponseValue::from_response(response).await,
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    "#;

    fn take_apart(text: &str) -> Result<Method, String> {
        Method::take_apart(&syn::parse_str(text).unwrap())
    }

    #[test]
    fn method_of_the_known_shape_becomes_fields_statements_and_a_request() {
        let method = take_apart(METHOD).unwrap();
        let fields: Vec<String> = method
            .parameters
            .iter()
            .map(|field| format!("{}: {} {}", field.name, field.ty.to_token_stream(), field.required))
            .collect();
        assert_eq!(
            fields,
            [
                "thing_id: :: std :: string :: String true",
                "pending: :: std :: option :: Option < bool > false",
                "names: :: std :: option :: Option < :: std :: vec :: Vec < :: std :: string :: String > > false",
            ]
        );
        assert!(method.has_body);
        assert_eq!(method.reply.to_token_stream().to_string(), "types :: Thing");
        let [url, query] = &method.before[..] else {
            panic!("only the URL and its query are left before the request")
        };
        let query = query.to_token_stream().to_string();
        assert_eq!(
            query,
            r#":: account_provisioning_core :: add_query (& mut url , "pending" , & pending) ? ;"#
        );
        let url = url.to_token_stream().to_string();
        assert!(url.contains(r#"id :: segment ("thing id" , thing_id)"#), "{url}");
        assert!(
            url.contains(r#"__base_url . with_path (format_args ! ("{}/things/{}" , __base_url . path ()"#),
            "{url}"
        );
        let built = method.built.to_token_stream().to_string();
        assert!(
            built.starts_with("__client . get (url)") && !built.contains("headers"),
            "{built}"
        );
    }

    #[test]
    fn method_with_another_header_keeps_the_header_map() {
        let append = r#"if let Some(value) = pending { header_map.append("Pending", value.to_string().try_into()?); }
            #[allow(unused_mut)]"#;
        let method = take_apart(&METHOD.replace("#[allow(unused_mut)]", append)).unwrap();
        assert_eq!(method.before.len(), 4);
        assert!(method.built.to_token_stream().to_string().contains("headers"));
    }

    #[test]
    fn method_without_a_body_to_read_is_empty() {
        let text = METHOD
            .replace(
                "ResponseValue::from_response(response).await",
                "Ok(ResponseValue::empty(response))",
            )
            .replace("ResponseValue<types::Thing>", "ResponseValue<()>");
        assert!(!take_apart(&text).unwrap().has_body);
    }

    #[test]
    fn method_of_an_unexpected_shape_is_refused_with_the_reason() {
        for (from, to, reason) in [
            (
                "let info = OperationInfo {",
                "let info = Operation {",
                "no statement names the operation",
            ),
            ("let url =", "let address =", "other statements than URL and headers"),
            (
                "let mut header_map",
                "let mut headers",
                "other statements than URL and headers",
            ),
            (
                "#[allow(unused_mut)]",
                "let more = 1; #[allow(unused_mut)]",
                "other statements than URL and headers",
            ),
            (".build()?", ".build().unwrap()", "does not build the request"),
            (".client", ".inner", "the client's field `inner`"),
            (
                "&progenitor_client::QueryParam::new(\"pending\", &pending)",
                "&[(\"pending\", &pending)]",
                "`query` has another argument than `&QueryParam::new(name, value)`",
            ),
            (
                "&thing_id.to_string()",
                "thing_id",
                "another argument than `&name.to_string()`",
            ),
            ("ResponseValue<types::Thing>", "ByteStream", "without `ResponseValue`"),
            (
                "Result<ResponseValue<types::Thing>, Error<()>>",
                "ResponseValue<types::Thing>",
                "without `Result`",
            ),
            (
                "ResponseValue::from_response(",
                "ResponseValue::stream(",
                "it reads the response by [\"stream\"]",
            ),
            (
                "ResponseValue::from_response(response).await",
                "Ok(())",
                "it reads the response by []",
            ),
            (
                "thing_id: &'a str",
                "(thing_id, _): (&'a str, u8)",
                "a parameter is a pattern",
            ),
            (
                "names: Option<&'a ::std::vec::Vec<::std::string::String>>",
                "names: Option",
                "an `Option` has no argument",
            ),
        ] {
            let text = METHOD.replacen(from, to, 1);
            assert_ne!(text, METHOD, "{from}");
            let Err(problem) = take_apart(&text) else {
                panic!("{to} was taken")
            };
            assert!(problem.contains(reason), "{to}: {problem}");
        }
    }
}
