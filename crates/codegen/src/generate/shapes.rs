//! What is known of the JSON of replies, as data: the module `shapes` of the generated code.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;
use syn::{File, Ident, Item, Type, parse_quote};

use super::model::Model;
use super::syntax::last_segment;
use crate::{canonical, names, schema};

/// The shape of a reply's type, as the generated requests name it.
pub(super) fn of_reply(reply: &Type, model: &Model<'_>) -> TokenStream {
    match last_segment(reply) {
        Some((list, Some(item))) if list == "Vec" => {
            let item = of_reply(item, model);
            quote!(&::account_provisioning_core::Shape::List(#item))
        }
        Some((name, _)) if model.objects.contains_key(&name) => {
            let ident = ident(&name);
            quote!(&shapes::#ident)
        }
        _ => quote!(&::account_provisioning_core::Shape::Any),
    }
}

/// Adds the shapes of everything that is received from the server.
pub(super) fn run(file: &mut File, model: &Model<'_>) {
    let received = model.objects.iter().filter(|(name, _)| model.is_response(name));
    let mut shapes: BTreeMap<Ident, TokenStream> = BTreeMap::new();
    let mut enums = Vec::new();
    for (name, object) in received {
        shapes.insert(ident(name), shape(object, model, &mut enums));
    }
    for name in enums {
        let values = values(model.enums[&name]);
        shapes.insert(ident(&name), quote!(Shape::Values(&[#(#values),*])));
    }
    let statics = shapes
        .iter()
        .map(|(name, shape)| quote!(pub(super) static #name: Shape = #shape;));
    let module: Item = parse_quote! {
        /// What is known of the JSON of replies.
        mod shapes {
            #![allow(dead_code)]
            use ::account_provisioning_core::Shape;
            #(#statics)*
        }
    };
    file.items.push(module);
}

fn ident(type_name: &str) -> Ident {
    format_ident!("{}", names::snake(type_name).to_uppercase())
}

/// The shape of a schema. The enumerations in it are added to `enums`.
fn shape(schema: &Value, model: &Model<'_>, enums: &mut Vec<String>) -> TokenStream {
    if let Some(name) = schema::described_reference(schema) {
        return referenced(&names::pascal(name), model, enums);
    }
    if schema::is_string_enum(schema) {
        let values = values(schema);
        return quote!(Shape::Values(&[#(#values),*]));
    }
    if schema::is_array(schema) {
        let item = shape(&schema["items"], model, enums);
        return quote!(Shape::List(&#item));
    }
    let rest = &schema["additionalProperties"];
    match schema["properties"].as_object() {
        Some(properties) if !properties.is_empty() => {
            let fields = canonical::sorted_keys(properties).into_iter().map(|name| {
                let field = shape(&properties[name], model, enums);
                quote!((#name, &#field))
            });
            let fields: Vec<_> = fields.collect();
            // An object with other fields keeps them all.
            let open = rest.is_object() || *rest == true;
            quote!(Shape::Object { fields: &[#(#fields),*], open: #open })
        }
        _ if rest.is_object() => {
            let value = shape(rest, model, enums);
            quote!(Shape::Map(&#value))
        }
        _ => quote!(Shape::Any),
    }
}

fn referenced(type_name: &str, model: &Model<'_>, enums: &mut Vec<String>) -> TokenStream {
    let name = ident(type_name);
    if model.enums.contains_key(type_name) {
        enums.push(type_name.to_owned());
        quote!(#name)
    } else if model.is_response(type_name) {
        quote!(#name)
    } else {
        quote!(Shape::Any)
    }
}

fn values(schema: &Value) -> Vec<&str> {
    let values = schema["enum"].as_array().into_iter().flatten();
    values.filter_map(Value::as_str).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

    use quote::ToTokens as _;
    use serde_json::json;

    use super::{of_reply, run};
    use crate::generate::model::Model;

    #[test]
    fn shapes_have_the_fields_and_values_of_what_is_received() {
        let document = json!({ "components": { "schemas": {
            "Thing": { "type": "object", "x-direction": "response", "properties": {
                "kind": { "allOf": [{ "$ref": "#/components/schemas/Kind" }] },
                "parts": { "type": "array", "items": { "$ref": "#/components/schemas/Thing" } },
                "meta": { "type": "object", "additionalProperties": { "type": "string" } },
                "given": { "$ref": "#/components/schemas/Given" }
            } },
            "Given": { "type": "object", "x-direction": "request", "properties": { "a": { "type": "string" } } },
            "Kind": { "type": "string", "enum": ["one", "two"] }
        } } });
        let model = Model::new(&document).unwrap();
        let mut file = syn::parse_str("").unwrap();
        run(&mut file, &model);
        let text = file.to_token_stream().to_string().replace([' ', '\n'], "");
        for part in [
            "staticKIND:Shape=Shape::Values(&[\"one\",\"two\"]);",
            "staticTHING:Shape=Shape::Object{fields:&[(\"given\",&Shape::Any),(\"kind\",&KIND),\
             (\"meta\",&Shape::Map(&Shape::Any)),(\"parts\",&Shape::List(&THING))],open:false};",
        ] {
            assert!(text.contains(part), "no {part} in {text}");
        }
        assert!(!text.contains("GIVEN"), "{text}");
        let of = |ty: &str| {
            of_reply(&syn::parse_str(ty).unwrap(), &model)
                .to_string()
                .replace(' ', "")
        };
        assert_eq!(of("types::Thing"), "&shapes::THING");
        assert_eq!(
            of("::std::vec::Vec<types::Thing>"),
            "&::account_provisioning_core::Shape::List(&shapes::THING)"
        );
        assert_eq!(of("()"), "&::account_provisioning_core::Shape::Any");
    }
}
