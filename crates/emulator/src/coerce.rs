//! Undocumented request forms that clients use, converted to the documented form.
//!
//! Each coercion belongs to a [`Quirk`], which has its source and switches it on or off. The ones in this file work
//! from the document alone, so any API can use them; each API lists those that it accepts, together with its own.

use serde_json::Value;

use crate::document::{Operation, Shape};
use crate::input::Input;
use crate::quirk::{Quirk, Quirks};

/// A quirk and its conversion, which returns whether it changed anything.
pub(crate) type Coercion = (Quirk, fn(&Operation, &mut Input) -> bool);

pub(crate) const BRACKET_ARRAYS: Coercion = (Quirk::BracketArrays, bracket_arrays);
pub(crate) const COMMA_ARRAYS: Coercion = (Quirk::CommaArrays, comma_arrays);
pub(crate) const STRING_BOOLEANS: Coercion = (Quirk::StringBooleans, string_booleans);
/// Must come after all coercions that read the body.
pub(crate) const EMPTY_BODIES: Coercion = (Quirk::EmptyBodies, empty_bodies);

/// Applies the coercions that are switched on, and returns those that changed the request.
pub(crate) fn coerce(table: &[Coercion], quirks: &Quirks, operation: &Operation, input: &mut Input) -> Vec<Quirk> {
    table
        .iter()
        .filter(|(quirk, apply)| quirks.has(*quirk) && apply(operation, input))
        .map(|(quirk, _)| *quirk)
        .collect()
}

fn is_list(operation: &Operation, name: &str) -> bool {
    operation
        .query
        .iter()
        .any(|known| matches!(known.shape, Shape::List(_)) && known.name == name)
}

fn bracket_arrays(operation: &Operation, input: &mut Input) -> bool {
    let mut changed = false;
    for (name, _) in &mut input.query {
        if let Some(bare) = name.strip_suffix("[]")
            && is_list(operation, bare)
        {
            name.truncate(bare.len());
            changed = true;
        }
    }
    changed
}

fn comma_arrays(operation: &Operation, input: &mut Input) -> bool {
    if !input
        .query
        .iter()
        .any(|(name, value)| value.contains(',') && is_list(operation, name))
    {
        return false;
    }
    input.query = std::mem::take(&mut input.query)
        .into_iter()
        .flat_map(|(name, value)| match is_list(operation, &name) {
            true => value.split(',').map(|part| (name.clone(), part.to_owned())).collect(),
            false => vec![(name, value)],
        })
        .collect();
    true
}

fn string_booleans(operation: &Operation, input: &mut Input) -> bool {
    let (Some(body), Some(Value::Object(fields))) = (&operation.body, &mut input.body) else {
        return false;
    };
    let mut changed = false;
    for field in body.fields.iter().filter(|field| field.is_boolean) {
        if let Some(value) = fields.get_mut(&field.name) {
            changed |= boolean(value);
        }
    }
    changed
}

/// Converts the strings `true` and `false` to booleans.
pub(crate) fn boolean(value: &mut Value) -> bool {
    let Some(flag) = value.as_str().and_then(|text| text.parse::<bool>().ok()) else {
        return false;
    };
    *value = Value::Bool(flag);
    true
}

fn empty_bodies(operation: &Operation, input: &mut Input) -> bool {
    let empty = input
        .body
        .as_ref()
        .and_then(Value::as_object)
        .is_some_and(|fields| fields.is_empty());
    if operation.body.is_none() && empty {
        input.body = None;
        return true;
    }
    false
}
