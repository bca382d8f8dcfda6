//! From the overlaid document to `BUILD`, the one that builds read.
//!
//! The result is still OpenAPI 3.0, but of a narrow kind: parameters, bodies and responses are inside their operation,
//! the success is the only response (as `2XX`), every object and enumeration is a component, each object serves one
//! direction, and no keyword makes the generated type refuse what a server sends. Extensions contain what this form
//! cannot express: `x-errors` (the documented error statuses of an operation), `x-direction` (the direction of an object
//! component), `x-enum-descriptions`, `x-joined`, `x-may-be-empty`, `x-media-type`, `x-nullable`, `x-reads` and `x-wire-name`.

mod aliases;
mod all_of;
mod alternatives;
mod direction;
mod enums;
mod hoist;
mod ids;
mod keywords;
mod media;
mod nullable;
mod parameters;
mod places;
mod resolve;
mod responses;
mod secrets;
mod times;
mod undeclared;
mod values;

use serde_json::{Value, json};

use crate::{Error, canonical, preflight};

/// Normalises an overlaid document.
///
/// # Errors
/// Everything that [`preflight`] refuses or that cannot be normalised, with its pointer and a remedy.
pub fn normalise(document: &Value) -> Result<Value, Error> {
    preflight::check(document)?;
    ids::check(document, &keywords::FORMATS)?;
    let mut document = canonical::sorted(document);
    // What is given a name below becomes a component, also in a document that has none.
    if document["components"]["schemas"].is_null() {
        document["components"]["schemas"] = json!({});
    }
    resolve::run(&mut document)?;
    media::run(&mut document);
    responses::run(&mut document)?;
    values::run(&mut document);
    all_of::run(&mut document)?;
    alternatives::run(&mut document)?;
    parameters::run(&mut document);
    aliases::run(&mut document)?;
    hoist::run(&mut document)?;
    enums::run(&mut document)?;
    direction::run(&mut document)?;
    undeclared::run(&mut document);
    times::run(&mut document);
    keywords::tell(&mut document);
    secrets::run(&mut document);
    nullable::run(&mut document)?;
    keywords::run(&mut document);
    Ok(canonical::sorted(&document))
}
