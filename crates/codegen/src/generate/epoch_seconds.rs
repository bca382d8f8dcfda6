//! Integers that count seconds since 1970 become moments: typify puts a mark in their place, which no crate has, and
//! this pass turns the fields of that type into `DateTime<Utc>` that are read and written as seconds.

use quote::ToTokens as _;
use syn::{Field, File, Item, Type, parse_quote};

use super::Options;
use super::syntax::types_mut;
use crate::{Error, Problem};

/// What stands for the type until this pass.
pub(super) const MARK: &str = "epoch_seconds::Mark";

pub(super) fn run(file: &mut File, options: Options) -> Result<(), Error> {
    for item in types_mut(file).into_iter().flatten() {
        if let Item::Struct(item) = item {
            for field in &mut item.fields {
                moment(field, options);
            }
        }
    }
    let left = file.to_token_stream().to_string().replace(' ', "");
    if left.contains(MARK) {
        let problem = Problem::new(
            "",
            "the format `epoch-seconds` stands where only a property can have it",
            "give the property itself the format in the overlay: a parameter, a list item or a nullable property of a \
             request stays an integer",
        );
        return Err(problem.into());
    }
    Ok(())
}

fn moment(field: &mut Field, options: Options) {
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
            // Named by `with`, a missing option is no longer taken as none by itself.
            field
                .attrs
                .push(parse_quote!(#[serde(default, with = "::account_provisioning_core::epoch_seconds::option")]));
            if options.json_schema {
                field
                    .attrs
                    .push(parse_quote!(#[schemars(with = "::std::option::Option<i64>")]));
            }
        }
        _ => {}
    }
}
