//! Integers that count seconds since 1970 become `DateTime<Utc>`. typify gives them a placeholder type that does not
//! exist, and this pass replaces it and makes the fields be read and written as seconds.

use quote::ToTokens as _;
use syn::{Field, File, Item, Type, parse_quote};

use super::Options;
use super::model::Model;
use super::syntax::types_mut;
use crate::{Error, Problem};

/// The placeholder of the type before this pass.
pub(super) const MARK: &str = "epoch_seconds::Mark";

pub(super) fn run(file: &mut File, model: &Model<'_>, options: Options) -> Result<(), Error> {
    for item in types_mut(file).into_iter().flatten() {
        if let Item::Struct(item) = item {
            let received = model.is_response(&item.ident.to_string());
            for field in &mut item.fields {
                moment(field, received, options);
            }
        }
    }
    let left = file.to_token_stream().to_string().replace(' ', "");
    if left.contains(MARK) {
        let problem = Problem::new(
            "",
            "only a property can have the format `epoch-seconds`",
            "give the property itself the format in the overlay: a parameter, a list item or a nullable property of a \
             request stays an integer",
        );
        return Err(problem.into());
    }
    Ok(())
}

fn moment(field: &mut Field, received: bool, options: Options) {
    let moment: Type = parse_quote!(::chrono::DateTime<::chrono::offset::Utc>);
    match field.ty.to_token_stream().to_string().replace(' ', "").as_str() {
        "::account_provisioning_core::epoch_seconds::Mark" => {
            field.ty = moment;
            field
                .attrs
                .push(parse_quote!(#[serde(with = "::account_provisioning_core::epoch_seconds")]));
            if options.json_schema {
                field.attrs.push(parse_quote!(#[schemars(with = "i64")]));
            }
        }
        "::std::option::Option<::account_provisioning_core::epoch_seconds::Mark>" => {
            field.ty = parse_quote!(::std::option::Option<#moment>);
            // With `with`, serde no longer reads a missing option as `None`.
            // A time that can't be read costs a response nothing, but a request its meaning.
            field.attrs.push(if received {
                parse_quote!(#[serde(
                    default,
                    serialize_with = "::account_provisioning_core::epoch_seconds::option::serialize",
                    deserialize_with = "::account_provisioning_core::de::optional_time"
                )])
            } else {
                parse_quote!(#[serde(default, with = "::account_provisioning_core::epoch_seconds::option")])
            });
            if options.json_schema {
                field
                    .attrs
                    .push(parse_quote!(#[schemars(with = "::std::option::Option<i64>")]));
            }
        }
        _ => {}
    }
}
