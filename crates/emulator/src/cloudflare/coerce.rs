//! Undocumented request forms that Cloudflare's clients use. Each [`Quirk`] has its source.

use percent_encoding::percent_decode_str;
use serde_json::json;

use crate::coerce::Coercion;
use crate::document::Operation;
use crate::input::Input;
use crate::quirk::Quirk;

pub(super) const COERCIONS: &[Coercion] = &[
    (Quirk::NamesEncodedTwice, names_encoded_twice),
    (Quirk::RollWithoutBody, roll_without_body),
];

fn names_encoded_twice(operation: &Operation, input: &mut Input) -> bool {
    if !["listPermissionGroups", "listUserTokenPermissionGroups"].contains(&operation.id.as_str()) {
        return false;
    }
    let mut changed = false;
    for (_, value) in input
        .query
        .iter_mut()
        .filter(|(name, _)| name == "name" || name == "scope")
    {
        let decoded = percent_decode_str(value).decode_utf8().map(|text| text.into_owned());
        if let Ok(decoded) = decoded
            && decoded != *value
        {
            *value = decoded;
            changed = true;
        }
    }
    changed
}

fn roll_without_body(operation: &Operation, input: &mut Input) -> bool {
    if !["rollToken", "rollUserToken"].contains(&operation.id.as_str()) || input.body.is_some() {
        return false;
    }
    input.body = Some(json!({}));
    true
}
