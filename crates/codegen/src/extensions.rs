//! The words of `BUILD` that OpenAPI does not have: extensions and formats. What writes them and what reads them share
//! these names.

#[cfg(feature = "authoring")]
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
/// The format of a secret in a request.
pub(crate) const SENT_SECRET: &str = "password";
/// The format of a secret in a response.
pub(crate) const RECEIVED_SECRET: &str = "received-secret";
