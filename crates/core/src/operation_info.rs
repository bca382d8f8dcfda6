//! What the runtime knows of one operation of a document.

use crate::RetryClass;

/// One operation of an OpenAPI document, as far as sending it is concerned.
///
/// The generated crate holds one static table of these per API, made from the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OperationInfo {
    /// The identifier in snake case (`get_users`).
    pub id: &'static str,
    /// The `operationId` of the document (`getUsers`).
    pub operation_id: &'static str,
    /// The HTTP method in capitals.
    pub method: &'static str,
    /// The path template, with its parameters in braces.
    pub path: &'static str,
    /// Whether the operation carries the client's credentials.
    pub auth: AuthRequirement,
    /// What sending the operation again would do.
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
            path,
            auth,
            retry,
        }
    }
}

/// Whether an operation carries the client's credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(
    clippy::exhaustive_enums,
    reason = "the document's `security` is either there or empty"
)]
pub enum AuthRequirement {
    /// The operation is refused without credentials.
    Required,
    /// The operation is public: credentials are neither needed nor sent.
    None,
}
