//! The module of id types, and a check that every place with the format of an id got its type.

use quote::{ToTokens as _, format_ident, quote};
use serde_json::Value;
use syn::{Fields, File, Item};

use super::model::Model;
use super::syntax::types_mut;
use super::{Options, REPORT, docs};
use crate::ids::IdType;
use crate::{Error, Problem, names, pointer, schema};

/// Adds `pub mod ids`, also to a document without id types, so that the modules of all APIs are alike.
pub(super) fn run(file: &mut File, model: &Model<'_>, options: Options) -> Result<(), Error> {
    let types = model.ids.values().map(|id| id_type(id, options));
    let module = quote! {
        /// Identifiers. Each kind of id has a type of its own, so that two kinds cannot be swapped.
        pub mod ids {
            #(#types)*
        }
    };
    let parsed = syn::parse2(module)
        .map_err(|error| Problem::new("/x-ids", format!("the id types do not parse: {error}"), REPORT))?;
    file.items.push(parsed);
    Ok(())
}

fn id_type(id: &IdType, options: Options) -> proc_macro2::TokenStream {
    let IdType {
        kind,
        description,
        numbers,
        ..
    } = id;
    let name = format_ident!("{}", id.name);
    let docs = docs::attributes(description);
    let new = format!("Checks and wraps a {kind}.");
    let debug = name.to_string();
    let read = if *numbers { quote!(text_or_number) } else { quote!(text) };
    let schema = options.json_schema.then(|| {
        quote! {
            #[derive(::schemars::JsonSchema)]
            #[schemars(transparent)]
        }
    });
    let from_numbers = numbers.then(|| {
        let each = ["i32", "i64", "u32", "u64"].map(|number| {
            let number = format_ident!("{number}");
            quote! {
                impl ::std::convert::From<#number> for #name {
                    fn from(id: #number) -> Self {
                        Self(id.to_string().into())
                    }
                }
                impl ::account_provisioning_core::id::Sealed<#name> for #number {}
                impl ::account_provisioning_core::IntoId<#name> for #number {
                    fn into_id(self) -> ::std::result::Result<#name, ::account_provisioning_core::IdError> {
                        ::std::result::Result::Ok(self.into())
                    }
                }
            }
        });
        quote!(#(#each)*)
    });
    quote! {
        #(#docs)*
        #schema
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct #name(::std::sync::Arc<str>);

        impl #name {
            #[doc = #new]
            ///
            /// # Errors
            /// When the value is empty, is `.` or `..`, contains a path separator, `?`, `#`, `%` or a control character,
            /// or starts or ends with whitespace.
            pub fn new(
                id: impl ::std::convert::Into<::std::sync::Arc<str>>,
            ) -> ::std::result::Result<Self, ::account_provisioning_core::IdError> {
                let id = id.into();
                ::account_provisioning_core::id::validate_path_segment(#kind, &id)?;
                ::std::result::Result::Ok(Self(id))
            }

            /// The id as the service knows it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl ::account_provisioning_core::Id for #name {
            const KIND: &'static str = #kind;

            fn checked(id: ::std::sync::Arc<str>) -> ::std::result::Result<Self, ::account_provisioning_core::IdError> {
                Self::new(id)
            }
        }

        impl ::std::fmt::Display for #name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(self.as_str(), f)
            }
        }

        impl ::std::fmt::Debug for #name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_tuple(#debug).field(&self.as_str()).finish()
            }
        }

        impl ::std::convert::AsRef<str> for #name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::std::cmp::PartialEq<str> for #name {
            fn eq(&self, other: &str) -> bool {
                self.as_str() == other
            }
        }

        impl ::std::cmp::PartialEq<&str> for #name {
            fn eq(&self, other: &&str) -> bool {
                self.as_str() == *other
            }
        }

        impl ::std::convert::From<&#name> for #name {
            fn from(id: &#name) -> Self {
                id.clone()
            }
        }

        impl ::std::convert::From<#name> for ::std::string::String {
            fn from(id: #name) -> Self {
                id.as_str().into()
            }
        }

        impl ::std::convert::TryFrom<&str> for #name {
            type Error = ::account_provisioning_core::IdError;

            fn try_from(id: &str) -> ::std::result::Result<Self, Self::Error> {
                Self::new(id)
            }
        }

        impl ::std::convert::TryFrom<::std::string::String> for #name {
            type Error = ::account_provisioning_core::IdError;

            fn try_from(id: ::std::string::String) -> ::std::result::Result<Self, Self::Error> {
                Self::new(id)
            }
        }

        impl ::std::str::FromStr for #name {
            type Err = ::account_provisioning_core::IdError;

            fn from_str(id: &str) -> ::std::result::Result<Self, Self::Err> {
                Self::new(id)
            }
        }

        impl ::serde::Serialize for #name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        /// Takes any text: a response never fails because of an odd id. A request with such an id does.
        impl<'de> ::serde::Deserialize<'de> for #name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                ::account_provisioning_core::id::#read(deserializer).map(Self)
            }
        }

        #from_numbers
    }
}

/// Refuses a place with the format of an id that did not get its type: a keyword beside the format can prevent it.
pub(super) fn check(file: &mut File, model: &Model<'_>) -> Result<(), Error> {
    let mut problems = Vec::new();
    for item in types_mut(file).into_iter().flatten() {
        let Item::Struct(item) = item else { continue };
        let name = item.ident.to_string();
        let Some(properties) = model
            .objects
            .get(&name)
            .and_then(|object| object["properties"].as_object())
        else {
            continue;
        };
        let Fields::Named(fields) = &item.fields else { continue };
        for (property, value) in properties {
            let field = fields.named.iter().find(|field| {
                field
                    .ident
                    .as_ref()
                    .is_some_and(|ident| *ident == names::snake(property))
            });
            let ty = field.map(|field| field.ty.to_token_stream().to_string());
            let at = pointer::join_all("", &["components", "schemas", &name, "properties", property]);
            problems.extend(missing(value, ty.as_deref(), &at, model));
        }
    }
    Error::from_problems(problems)
}

/// The problem with a place that has the format of an id and is generated as `ty`.
pub(super) fn missing(value: &Value, ty: Option<&str>, at: &str, model: &Model<'_>) -> Option<Problem> {
    let mut wanted = None;
    schema::walk(value, "", &mut |_, schema| {
        let id = schema["format"].as_str().and_then(|format| model.ids.get(format));
        wanted = wanted.take().or(id);
    });
    let id = wanted?;
    let has = ty.is_some_and(|ty| ty.replace(' ', "").contains(&id.path()));
    (!has).then(|| {
        let message = format!("this place has the format of {}, but not the generated type", id.name);
        Problem::new(
            at,
            message,
            "keep only `type`, `format` and `description` beside it, and no reference",
        )
    })
}
