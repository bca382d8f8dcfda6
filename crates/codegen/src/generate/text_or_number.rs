//! Texts that a server sends as a string or as a number. typify gives them a placeholder type that does not exist, and
//! this pass replaces it by a text that is read from either.

use quote::ToTokens as _;
use syn::{Field, File, Item, Type, parse_quote};

use super::syntax::types_mut;
use crate::extensions::{RECEIVED_SECRET_OR_NUMBER, TEXT_OR_NUMBER};
use crate::{Error, Problem};

/// For each format, the placeholder of its type before this pass.
pub(super) const MARKS: [(&str, &str); 2] = [
    (TEXT_OR_NUMBER, "text_or_number::Mark"),
    (RECEIVED_SECRET_OR_NUMBER, "text_or_number::SecretMark"),
];

pub(super) fn run(file: &mut File) -> Result<(), Error> {
    for item in types_mut(file).into_iter().flatten() {
        if let Item::Struct(item) = item {
            for field in &mut item.fields {
                text(field);
            }
        }
    }
    let left = file.to_token_stream().to_string().replace(' ', "");
    for (format, mark) in MARKS {
        if left.contains(mark) {
            let problem = Problem::new(
                "",
                format!("only a property can have the format `{format}`"),
                "give the property itself the format in the overlay: a parameter or a list item stays a string",
            );
            return Err(problem.into());
        }
    }
    Ok(())
}

fn text(field: &mut Field) {
    let own = field.ty.to_token_stream().to_string().replace(' ', "");
    let (inner, optional) = match own
        .strip_prefix("::std::option::Option<")
        .and_then(|rest| rest.strip_suffix('>'))
    {
        Some(inner) => (inner, true),
        None => (own.as_str(), false),
    };
    let text: Type = match inner {
        "::account_provisioning_core::text_or_number::Mark" => parse_quote!(::std::string::String),
        "::account_provisioning_core::text_or_number::SecretMark" => {
            parse_quote!(::account_provisioning_core::ReceivedSecret)
        }
        _ => return,
    };
    if optional {
        field.ty = parse_quote!(::std::option::Option<#text>);
        // With `deserialize_with`, serde no longer reads a missing option as `None`.
        field.attrs.push(parse_quote!(
            #[serde(default, deserialize_with = "::account_provisioning_core::de::optional_text_or_number")]
        ));
    } else {
        field.ty = text;
        field
            .attrs
            .push(parse_quote!(#[serde(deserialize_with = "::account_provisioning_core::de::text_or_number")]));
    }
}
