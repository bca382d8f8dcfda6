//! An operation of a document.

use std::ops::RangeInclusive;
use std::sync::Arc;

use http::{Method, StatusCode};
use jsonschema::Validator;
use serde_json::Value;

use super::schema::violations;

/// One operation, ready to be matched and checked.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) id: String,
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) segments: Vec<Segment>,
    pub(crate) query: Vec<QueryParameter>,
    pub(crate) body: Option<Body>,
    pub(crate) success: StatusCode,
    /// Whether its success may hand out a cursor.
    pub(crate) has_cursor: bool,
    pub(super) replies: Vec<Reply>,
}

/// A part of a path template between two slashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Segment {
    Literal(String),
    Parameter(String),
}

/// A parameter of the query.
#[derive(Debug)]
pub(crate) struct QueryParameter {
    pub(crate) name: String,
    pub(crate) required: bool,
    pub(crate) shape: Shape,
    pub(crate) validator: Arc<Validator>,
}

/// How the text of a query becomes a JSON value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Text,
    Boolean,
    Integer,
    Number,
    /// Several of these, sent by repeating the name.
    List(Item),
}

/// What a list of a query holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Item {
    Text,
    Integer,
}

/// A JSON request body.
#[derive(Debug)]
pub(crate) struct Body {
    pub(crate) required: bool,
    pub(crate) validator: Arc<Validator>,
    /// The fields at its top.
    pub(crate) fields: Vec<Field>,
}

/// A field at the top of a request body.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) is_boolean: bool,
}

/// A response.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) statuses: RangeInclusive<u16>,
    pub(super) validator: Option<Arc<Validator>>,
}

impl Operation {
    /// Says how a reply departs from the document, `None` when it does not.
    pub(crate) fn reply_violation(&self, status: StatusCode, body: Option<&Value>) -> Option<String> {
        let Some(reply) = self.reply(status) else {
            // A request that the document does not allow is refused with 400 whether or not the operation lists it.
            return (status != StatusCode::BAD_REQUEST).then(|| format!("status {status} is not documented"));
        };
        violations(reply.validator.as_ref()?, body.unwrap_or(&Value::Null))
    }

    /// Tells whether the document knows this status for the operation.
    pub(crate) fn documents(&self, status: StatusCode) -> bool {
        self.reply(status).is_some()
    }

    /// Tells whether the document has a reply of this status, and no body for it.
    pub(crate) fn is_bodiless(&self, status: StatusCode) -> bool {
        self.reply(status).is_some_and(|reply| reply.validator.is_none())
    }

    /// The reply of this status: the narrowest of those that take it in.
    fn reply(&self, status: StatusCode) -> Option<&Reply> {
        self.replies
            .iter()
            .filter(|reply| reply.statuses.contains(&status.as_u16()))
            .min_by_key(|reply| reply.statuses.len())
    }

    /// Tells whether the operation takes this query parameter.
    pub(crate) fn has_query_parameter(&self, parameter: &str) -> bool {
        self.query.iter().any(|known| known.name == parameter)
    }
}
