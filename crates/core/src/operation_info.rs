//! What the runtime has to know about an operation to send it.

use std::borrow::Cow;

use crate::RetryClass;

/// What the runtime has to know about an operation of an OpenAPI document to send it.
///
/// The generated crate has a static table of these for each API, made from the document. A request for which there is no
/// operation has one of its own, whose identifiers are the HTTP method.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OperationInfo {
    /// The identifier in snake case (`get_users`).
    pub id: &'static str,
    /// The `operationId` of the document (`getUsers`).
    pub operation_id: &'static str,
    /// The HTTP method in upper case.
    pub method: &'static str,
    /// The path template, with its parameters in braces.
    pub path: Cow<'static, str>,
    /// Whether the operation sends the client's credentials.
    pub auth: AuthRequirement,
    /// Whether the operation can be retried.
    pub retry: RetryClass,
}

impl OperationInfo {
    /// Makes an entry of the table.
    #[must_use]
    pub const fn new(
        id: &'static str,
        operation_id: &'static str,
        method: &'static str,
        path: &'static str,
        auth: AuthRequirement,
        retry: RetryClass,
    ) -> Self {
        Self {
            id,
            operation_id,
            method,
            path: Cow::Borrowed(path),
            auth,
            retry,
        }
    }
}

/// Whether an operation sends the client's credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(
    clippy::exhaustive_enums,
    reason = "the document's `security` is either present or empty"
)]
pub enum AuthRequirement {
    /// The operation needs credentials.
    Required,
    /// The operation is public: it needs no credentials, and none are sent.
    None,
}
