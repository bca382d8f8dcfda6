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
mod keywords;
mod media;
mod nullable;
mod parameters;
mod places;
mod reads;
mod resolve;
mod responses;
mod secrets;
mod times;
mod undeclared;
mod values;

use serde_json::{Value, json};

pub(crate) use reads::Reads;
pub(crate) use secrets::{RECEIVED as RECEIVED_SECRET, SENT as SENT_SECRET};

use crate::{Error, canonical, ids, preflight};

/// The extension that keeps the documented success statuses of an operation.
pub(crate) const SUCCESSES: &str = "x-successes";
/// The extension that says in which direction an object component is used.
pub(crate) const DIRECTION: &str = "x-direction";
/// The extension that keeps the documented error statuses of an operation, with their meaning.
pub(crate) const ERRORS: &str = "x-errors";
/// The extension that gives each value of an enumeration its description.
pub(crate) const ENUM_DESCRIPTIONS: &str = "x-enum-descriptions";
/// The extension that marks a component as a value that may be sent as `null`.
pub(crate) const NULLABLE: &str = "x-nullable";
/// The format of an integer that counts seconds since 1970: a `DateTime<Utc>` in Rust. Only properties can have it.
pub(crate) const EPOCH_SECONDS: &str = "epoch-seconds";
/// The format of a text that arrives as a string or as a number: a `String` in Rust. Only properties can have it.
pub(crate) const TEXT_OR_NUMBER: &str = "text-or-number";
/// The same for a secret that is received.
pub(crate) const RECEIVED_SECRET_OR_NUMBER: &str = "received-secret-or-number";
/// The format of a value that may be anything; `Debug` never shows it.
pub(crate) const OPAQUE: &str = "opaque";
/// The extension that says in which other form a property of a response may arrive: [`Reads`].
pub(crate) const READS: &str = "x-reads";
/// The extension that keeps the media type of a request body that is another kind of JSON.
pub(crate) const MEDIA_TYPE: &str = "x-media-type";
/// The extension that says what stands between the values of a list that is sent as one value.
pub(crate) const JOINED: &str = "x-joined";
/// The extension that says that a successful response may have no body, where others have one.
pub(crate) const MAY_BE_EMPTY: &str = "x-may-be-empty";
/// The extension that keeps the name of a parameter whose field has another one.
pub(crate) const WIRE_NAME: &str = "x-wire-name";
/// The extension that gives an operation another retry class than that of its method.
pub(crate) const RETRY: &str = "x-retry";

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
