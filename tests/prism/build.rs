//! Writes a table of all request types, so that an operation that is new in a document is sent without anyone adding it,
//! and the document with its overlay, from which the requests are drawn.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use account_provisioning_codegen::document::Document;
use account_provisioning_codegen::{Options, generate, overlay};
use account_provisioning_spec as spec;
use quote::{format_ident, quote};
use syn::{Fields, File, FnArg, Ident, ImplItem, Item, Pat};

const APIS: &[(&str, &str)] = &[
    ("cloudflare", spec::cloudflare::BUILD),
    ("cloudinary", spec::cloudinary::BUILD),
    ("cloudspot", spec::cloudspot::BUILD),
];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let out = env::var_os("OUT_DIR").ok_or("OUT_DIR is not set; run this script through cargo")?;
    for (name, document) in APIS {
        let code = generate(document, Options::default())?;
        let table = table(&format_ident!("{name}"), &syn::parse_file(&code)?)?;
        fs::write(Path::new(&out).join(name).with_extension("rs"), table)?;
        let overlaid = overlay::apply(source(name, "openapi.yaml")?, source(name, "overlay.yaml")?)?;
        fs::write(
            Path::new(&out).join(name).with_extension("json"),
            overlaid.value().to_string(),
        )?;
    }
    Ok(())
}

fn source(api: &str, file: &str) -> Result<Document, Box<dyn Error>> {
    let path = format!("../../openapi/{api}/{file}");
    println!("cargo::rerun-if-changed={path}");
    Ok(Document::parse(&path, &fs::read_to_string(&path)?)?)
}

/// The table of one API: for each request type its operation, its fields, and a function that sends it.
fn table(api: &Ident, file: &File) -> Result<String, Box<dyn Error>> {
    let requests = file.items.iter().find_map(|item| match item {
        Item::Mod(module) if module.ident == "requests" => module.content.as_ref(),
        _ => None,
    });
    let (_, items) = requests.ok_or("the generated code has no module `requests`")?;
    let mut cases = Vec::new();
    for item in items {
        let Item::Struct(request) = item else { continue };
        let name = &request.ident;
        let Fields::Named(fields) = &request.fields else {
            return Err(format!("{name} has no named fields").into());
        };
        let required = arguments(items, name).ok_or_else(|| format!("{name} has no `new`"))?;
        let named: Vec<&Ident> = fields.named.iter().filter_map(|field| field.ident.as_ref()).collect();
        let optional = named.iter().filter(|field| !required.contains(field));
        let (words, keys): (Vec<String>, Vec<String>) = (
            named.iter().map(ToString::to_string).collect(),
            required.iter().map(ToString::to_string).collect(),
        );
        let sets = optional.map(|field| {
            let key = field.to_string();
            quote! { if let Some(value) = fields.take(#key)? { request.#field = value; } }
        });
        cases.push(quote! {
            Case {
                operation: <requests::#name as Request>::OPERATION,
                fields: &[#(#words),*],
                send: |transport, mut fields| Box::pin(async move {
                    let mut request = requests::#name::new(#(fields.required(#keys)?),*);
                    #(#sets)*
                    transport.send(&request).await.map(drop).map_err(Problem::from)
                }),
            }
        });
    }
    let table = quote! {
        use account_provisioning_api::#api::requests;
        use account_provisioning_core::Request;
        use crate::case::{Case, Problem};
        pub(crate) const CASES: &[Case] = &[#(#cases),*];
    };
    Ok(table.to_string())
}

/// The arguments of `new` of a request type, which are its required fields.
fn arguments(items: &[Item], name: &Ident) -> Option<Vec<Ident>> {
    items.iter().find_map(|item| {
        let Item::Impl(block) = item else { return None };
        let syn::Type::Path(path) = &*block.self_ty else {
            return None;
        };
        if block.trait_.is_some() || !path.path.is_ident(name) {
            return None;
        }
        block.items.iter().find_map(|item| match item {
            ImplItem::Fn(function) if function.sig.ident == "new" => Some(
                function
                    .sig
                    .inputs
                    .iter()
                    .filter_map(|input| match input {
                        FnArg::Typed(argument) => match &*argument.pat {
                            Pat::Ident(pattern) => Some(pattern.ident.clone()),
                            _ => None,
                        },
                        FnArg::Receiver(_) => None,
                    })
                    .collect(),
            ),
            _ => None,
        })
    })
}
