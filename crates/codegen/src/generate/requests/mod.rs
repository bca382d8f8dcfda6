//! Request types: each method that progenitor generates becomes a struct with named fields that can build its request.
//!
//! progenitor's own statements for URL, query, headers and body are kept; its methods and its client are removed.

mod body;
mod method;
mod query;
mod rebind;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;
use syn::{File, ImplItem, Item, Type, parse_quote};

use self::body::Body;
use self::method::{Method, Parameter};
use self::rebind::rename;
use super::model::Model;
use super::syntax::{is_type, last_segment};
use super::{REPORT, docs, ids, shapes};
use crate::extensions::{JOINED, MAY_BE_EMPTY, MEDIA_TYPE, WIRE_NAME};
use crate::{Error, Problem, canonical, names};

/// Replaces the client with `pub mod requests`.
pub(super) fn run(file: &mut File, model: &Model<'_>) -> Result<(), Error> {
    let mut requests = Vec::new();
    let mut problems = Vec::new();
    let mut missing: Vec<&String> = model.operations.keys().collect();
    for item in std::mem::take(&mut file.items) {
        match item {
            Item::Impl(block) if is_type(&block.self_ty, "Client") => {
                for item in block.items {
                    let ImplItem::Fn(function) = item else { continue };
                    let id = function.sig.ident.to_string();
                    let Some(index) = model.operations.keys().position(|known| *known == id) else {
                        continue;
                    };
                    missing.retain(|known| **known != id);
                    match Method::take_apart(&function) {
                        Ok(mut method) => {
                            adapt(&mut method, model);
                            problems.extend(untyped_ids(&method, model));
                            requests.push(request(&method, index, model));
                        }
                        Err(reason) => problems.push(unexpected(&id, &reason, model)),
                    }
                }
            }
            Item::Mod(module) if module.ident == "types" => file.items.push(Item::Mod(module)),
            // The client, its prelude, its imports.
            _ => {}
        }
    }
    problems.extend(
        missing
            .into_iter()
            .map(|id| unexpected(id, "there is no such method", model)),
    );
    Error::from_problems(problems)?;
    let ids = (!model.ids.is_empty()).then(|| quote!(ids,));
    let module = quote! {
        /// Requests: one type for each operation.
        pub mod requests {
            #[allow(unused_imports)]
            use super::{OPERATIONS, #ids shapes, types};
            #(#requests)*
        }
    };
    let parsed = syn::parse2(module)
        .map_err(|error| Problem::new("/paths", format!("the request types do not parse: {error}"), REPORT))?;
    file.items.push(parsed);
    Ok(())
}

/// Adds what progenitor does not know: bodies that may be absent or are another kind of JSON, lists in one value, and fields
/// with another name than their parameter.
fn adapt(method: &mut Method, model: &Model<'_>) {
    let Some(operation) = model.operations.get(&method.id).map(|located| located.value) else {
        return;
    };
    if let Some(body) = operation.get("requestBody") {
        let optional = body["required"] != true;
        let media = operation[MEDIA_TYPE].as_str();
        Body { optional, media }.rewrite(method);
    }
    let mut joined = Vec::new();
    for parameter in operation["parameters"].as_array().into_iter().flatten() {
        let name = parameter["name"].as_str().unwrap_or_default();
        if let Some(wire) = parameter[WIRE_NAME].as_str() {
            rename(method, name, wire);
        }
        if let Some(separator) = parameter[JOINED].as_str().and_then(|text| text.chars().next()) {
            let field = names::snake(name);
            let Some(parameter) = method.parameters.iter().find(|parameter| parameter.name == field) else {
                continue;
            };
            let kind = field.replace('_', " ");
            let field = &parameter.name;
            joined.push(if parameter.required {
                parse_quote!(let #field = ::account_provisioning_core::joined(#kind, #separator, #field)?;)
            } else {
                parse_quote!(let #field = match #field {
                    ::std::option::Option::Some(list) if !list.is_empty() => ::std::option::Option::Some(
                        ::account_provisioning_core::joined(#kind, #separator, list)?,
                    ),
                    _ => ::std::option::Option::None,
                };)
            });
        }
    }
    method.before.splice(0..0, joined);
}

/// The error about a method of progenitor's that this pass does not understand.
fn unexpected(id: &str, reason: &str, model: &Model<'_>) -> Problem {
    let at = model.operations.get(id).map_or("/paths", |located| &located.pointer);
    let message = format!("progenitor's method `{id}` has an unexpected shape: {reason}");
    Problem::new(
        at,
        message,
        "compare progenitor's version with the one that the request types were written for",
    )
}

fn untyped_ids(method: &Method, model: &Model<'_>) -> Vec<Problem> {
    let Some(located) = model.operations.get(&method.id) else {
        return Vec::new();
    };
    let parameters = located.value["parameters"].as_array().into_iter().flatten();
    parameters
        .filter_map(|parameter| {
            let name = names::snake(parameter["name"].as_str().unwrap_or_default());
            let field = method.parameters.iter().find(|field| field.name == name);
            let ty = field.map(|field| {
                let ty = &field.ty;
                quote!(#ty).to_string()
            });
            ids::missing(&parameter["schema"], ty.as_deref(), &located.pointer, model)
        })
        .collect()
}

fn request(method: &Method, index: usize, model: &Model<'_>) -> TokenStream {
    let Method {
        id,
        parameters,
        reply,
        has_body,
        before,
        built,
    } = method;
    let located = model.operations.get(id);
    let name = format_ident!("{}", names::pascal(id));
    let docs = docs::attributes(&located.map(docs::operation).unwrap_or_default());
    let fields = parameters.iter().map(|Parameter { name, ty, .. }| {
        let text = located.and_then(|located| docs::parameter(located, &name.to_string()));
        let docs = docs::attributes(&text.unwrap_or_else(|| format!("`{name}`.")));
        quote!(#(#docs)* pub #name: #ty,)
    });
    let all = parameters.iter().map(|parameter| &parameter.name);
    let values = parameters.iter().map(|Parameter { name, required, .. }| {
        if *required {
            quote!(#name)
        } else {
            quote!(#name: ::std::option::Option::None)
        }
    });
    let arguments = parameters
        .iter()
        .filter(|parameter| parameter.required)
        .map(|Parameter { name, ty, .. }| quote!(#name: #ty));
    let may_be_empty = located.is_some_and(|located| located.value[MAY_BE_EMPTY] == true);
    let body = match (*has_body, may_be_empty) {
        (true, false) => reply_kind(reply, model),
        (true, true) => {
            let names = reply_fields(reply, model);
            quote!(OptionalJson(&[#(#names),*]))
        }
        (false, _) => quote!(Empty),
    };
    let shape = shapes::of_reply(reply, model);
    let reply = if may_be_empty {
        quote!(::std::option::Option<#reply>)
    } else {
        quote!(#reply)
    };
    let path_ids = path_ids(method, model)
        .into_iter()
        .map(|Parameter { name: field, ty, .. }| {
            quote! {
                impl ::account_provisioning_core::PathId<#ty> for #name {
                    fn path_id_mut(&mut self) -> &mut #ty {
                        &mut self.#field
                    }
                }
            }
        });
    quote! {
        #(#docs)*
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields)*
        }

        impl #name {
            /// Makes the request with what it requires.
            #[must_use]
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#values,)* }
            }
        }

        impl ::account_provisioning_core::Request for #name {
            type Reply = #reply;
            const REPLY: ::account_provisioning_core::ReplyKind = ::account_provisioning_core::ReplyKind::#body;
            const OPERATION: &'static ::account_provisioning_core::OperationInfo = &OPERATIONS[#index];
            const SHAPE: &'static ::account_provisioning_core::Shape = #shape;

            fn build(
                &self,
                __base_url: &::account_provisioning_core::BaseUrl,
                __client: &::reqwest::Client,
            ) -> ::std::result::Result<::reqwest::Request, ::account_provisioning_core::BuildError> {
                let Self { #(#all),* } = self;
                #(#before)*
                ::std::result::Result::Ok(#built?)
            }
        }

        #(#path_ids)*
    }
}

/// What tells a reply from something else: the fields of its object, and whether it may have none of them.
fn reply_kind(reply: &Type, model: &Model<'_>) -> TokenStream {
    let object = last_segment(reply).and_then(|(name, _)| model.objects.get(&name));
    let names = reply_fields(reply, model);
    let is_optional = |object: &&&Value| object["required"].as_array().is_none_or(Vec::is_empty);
    match object.filter(is_optional) {
        Some(_) if !names.is_empty() => quote!(LooseJson(&[#(#names),*])),
        _ => quote!(Json(&[#(#names),*])),
    }
}

/// The fields of a reply's object; none if it is no object.
fn reply_fields<'a>(reply: &Type, model: &Model<'a>) -> Vec<&'a String> {
    let object = last_segment(reply).and_then(|(name, _)| model.objects.get(&name));
    let fields = object.and_then(|object| object["properties"].as_object());
    fields.map(canonical::sorted_keys).unwrap_or_default()
}

/// The path parameters that are the only id of their type in the path.
fn path_ids<'a>(method: &'a Method, model: &Model<'_>) -> Vec<&'a Parameter> {
    let Some(located) = model.operations.get(&method.id) else {
        return Vec::new();
    };
    let text = |parameter: &Parameter| {
        let ty = &parameter.ty;
        quote!(#ty).to_string()
    };
    let in_path = |parameter: &&Parameter| {
        let declared = located.value["parameters"].as_array().into_iter().flatten();
        declared.into_iter().any(|one| {
            one["in"] == "path"
                && one["name"]
                    .as_str()
                    .map(names::snake)
                    .is_some_and(|n| parameter.name == n)
        })
    };
    let ids: Vec<&Parameter> = method
        .parameters
        .iter()
        .filter(in_path)
        .filter(|parameter| {
            model
                .ids
                .values()
                .any(|id| text(parameter).replace(' ', "") == id.path())
        })
        .collect();
    let once = |one: &&&Parameter| ids.iter().filter(|other| text(other) == text(one)).count() == 1;
    ids.iter().filter(once).copied().collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

    use serde_json::json;

    use super::run;
    use crate::generate::model::Model;

    #[test]
    fn requests_of_a_client_with_an_unexpected_method_name_the_operation_and_its_place() {
        let document = json!({ "paths": { "/things": {
            "get": { "operationId": "getThings", "responses": {} },
            "post": { "operationId": "createThing", "responses": {} }
        } } });
        let model = Model::new(&document).unwrap();
        let mut file = syn::parse_str("impl Client { pub async fn get_things(&self) -> u8 { 0 } }").unwrap();
        let text = run(&mut file, &model).unwrap_err().to_string();
        for part in [
            "/paths/~1things/get",
            "progenitor's method `get_things` has an unexpected shape: no statement names the operation",
            "/paths/~1things/post",
            "progenitor's method `create_thing` has an unexpected shape: there is no such method",
            "compare progenitor's version",
        ] {
            assert!(text.contains(part), "no {part} in {text}");
        }
    }
}
