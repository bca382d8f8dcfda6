//! An operation of a document.

use std::ops::RangeInclusive;
use std::sync::Arc;

use http::{Method, StatusCode};
use jsonschema::Validator;
use serde_json::Value;

use super::schema::violations;

/// An operation, with everything needed to match and check requests and responses.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) id: String,
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) segments: Vec<Segment>,
    pub(crate) query: Vec<QueryParameter>,
    pub(crate) body: Option<Body>,
    pub(crate) success: StatusCode,
    /// The page sizes that the document states for the operation.
    pub(crate) page_size: PageSize,
    /// Whether a successful response may contain a cursor.
    pub(crate) has_cursor: bool,
    pub(super) replies: Vec<Reply>,
}

/// The part of a path template between two slashes.
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

/// The default and the maximum of the parameter for the page size; `None` for what the document does not state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct PageSize {
    pub(crate) default: Option<usize>,
    pub(crate) max: Option<usize>,
}

/// How a query parameter is converted to a JSON value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Text,
    Boolean,
    Integer,
    Number,
    /// A list, sent by repeating the name.
    List(Item),
}

/// The type of the items of a list.
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
    /// The top-level fields.
    pub(crate) fields: Vec<Field>,
}

/// A top-level field of a request body.
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
    /// Describes how a response violates the document; `None` when it does not.
    pub(crate) fn reply_violation(&self, status: StatusCode, body: Option<&Value>) -> Option<String> {
        let Some(reply) = self.reply(status) else {
            // An invalid request gets 400, whether or not the operation documents that status.
            return (status != StatusCode::BAD_REQUEST).then(|| format!("status {status} is not documented"));
        };
        violations(reply.validator.as_ref()?, body.unwrap_or(&Value::Null))
    }

    /// Returns whether the document has this status for the operation.
    pub(crate) fn documents(&self, status: StatusCode) -> bool {
        self.reply(status).is_some()
    }

    /// Returns whether the document has a response with this status and no body.
    pub(crate) fn is_bodiless(&self, status: StatusCode) -> bool {
        self.reply(status).is_some_and(|reply| reply.validator.is_none())
    }

    /// Finds the response for a status: of several that match, the one with the smallest range.
    fn reply(&self, status: StatusCode) -> Option<&Reply> {
        self.replies
            .iter()
            .filter(|reply| reply.statuses.contains(&status.as_u16()))
            .min_by_key(|reply| reply.statuses.len())
    }

    /// Returns whether the operation has this query parameter.
    pub(crate) fn has_query_parameter(&self, parameter: &str) -> bool {
        self.query.iter().any(|known| known.name == parameter)
    }
}
