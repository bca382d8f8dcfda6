//! Open enumerations: every known value has a variant, and any other value is kept as received.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::{Value, json};
use syn::Item;

use super::{Options, docs};
use crate::extensions::ENUM_DESCRIPTIONS;
use crate::{Error, Problem, names};

/// The variant for values that this version does not know.
const UNKNOWN: &str = "Unknown";

/// Gives an enumeration whose values typify cannot name a value that it can: the open enumeration replaces its type.
pub(super) fn hide_odd_values(document: &mut Value) {
    for (_, component) in document["components"]["schemas"].as_object_mut().into_iter().flatten() {
        let values: Vec<&str> = component["enum"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let plain: Vec<String> = values.iter().map(|value| names::pascal(value)).collect();
        if !values.is_empty() && names::variants(&values).is_ok_and(|variants| variants != plain) {
            component["enum"] = json!(["value"]);
        }
    }
}

/// Writes one open enumeration.
pub(super) fn open(name: &str, component: &Value, options: Options) -> Result<Vec<Item>, Error> {
    let values: Vec<&str> = component["enum"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let variants = names::variants(&values).map_err(|(_, _, variant)| {
        Problem::new(
            format!("/components/schemas/{name}/enum"),
            format!("two values become the variant `{variant}`"),
            "remove one of them in the overlay",
        )
    })?;
    let ident = format_ident!("{name}");
    let idents: Vec<_> = variants.iter().map(|name| format_ident!("{}", variant(name))).collect();
    let docs = values.iter().map(|value| value_doc(component, value));
    let about = component["description"].as_str().unwrap_or_default().trim();
    let about = if about.is_empty() {
        format!("The values of `{name}`.")
    } else {
        about.to_owned()
    };
    let openness = "\n\nThe list is open: a value that this version does not know is kept as [`Unknown`](Self::Unknown) \
                    and sent back unchanged. Make values with `from`, which finds the known variant.";
    let about = format!("{about}{openness}");
    let schema = options
        .json_schema
        .then(|| json_schema(&ident, name, component, &values));
    let tokens = quote! {
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum #ident {
            #( #[doc = #docs] #idents, )*
            /// A value that this version does not know, as the server sent it.
            Unknown(::std::string::String),
        }

        impl #ident {
            /// The values that this version knows, as they go over the wire.
            pub const KNOWN: &'static [&'static str] = &[#(#values),*];

            /// The value as it goes over the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    #( Self::#idents => #values, )*
                    Self::Unknown(value) => value,
                }
            }
        }

        impl ::std::fmt::Display for #ident {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::std::convert::From<&str> for #ident {
            fn from(value: &str) -> Self {
                match value {
                    #( #values => Self::#idents, )*
                    other => Self::Unknown(other.to_owned()),
                }
            }
        }

        impl ::std::convert::From<::std::string::String> for #ident {
            fn from(value: ::std::string::String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl ::std::str::FromStr for #ident {
            type Err = ::std::convert::Infallible;
            fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
                Ok(Self::from(value))
            }
        }

        impl ::serde::Serialize for #ident {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for #ident {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                ::account_provisioning_core::de::from_text(deserializer)
            }
        }

        #schema
    };
    let mut file: syn::File = syn::parse2(tokens).map_err(|error| {
        Problem::new(
            format!("/components/schemas/{name}"),
            format!("the enumeration cannot be generated: {error}"),
            "give it a name and values that are identifiers",
        )
    })?;
    if let Some(Item::Enum(item)) = file.items.first_mut() {
        docs::set(&mut item.attrs, &about);
    }
    Ok(file.items)
}

/// The name of a variant; the vendor's own `unknown` gets another name than ours.
fn variant(name: &str) -> &str {
    if name == UNKNOWN { "UnknownValue" } else { name }
}

fn value_doc(component: &Value, value: &str) -> String {
    match component[ENUM_DESCRIPTIONS][value].as_str() {
        Some(text) => format!(" `{value}`: {}", text.trim()),
        None => format!(" `{value}`."),
    }
}

fn json_schema(ident: &syn::Ident, name: &str, component: &Value, values: &[&str]) -> TokenStream {
    let description = component["description"].as_str().unwrap_or_default().trim();
    quote! {
        impl ::schemars::JsonSchema for #ident {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                ::std::borrow::Cow::Borrowed(#name)
            }
            fn json_schema(_: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                ::schemars::json_schema!({
                    "type": "string",
                    "description": #description,
                    "examples": [#(#values),*]
                })
            }
        }
    }
}
