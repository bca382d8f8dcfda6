//! The parameters and body of a request, parsed and then checked against the document.

use http::header::{CONTENT_TYPE, HeaderMap};
use serde_json::{Map, Value};

use crate::document::{Item, Operation, QueryParameter, Shape, mistakes, violations};
use crate::refusal::Refusal;

/// The parameters and body of a request.
#[derive(Debug, Default)]
pub(crate) struct Input {
    path: Vec<(String, String)>,
    /// The decoded query parameters, in order.
    pub(crate) query: Vec<(String, String)>,
    pub(crate) body: Option<Value>,
    /// Undocumented values that a coercion set aside, by name.
    pub(crate) extra: Vec<(&'static str, String)>,
}

impl Input {
    /// Parses the parts of a request. The body must be empty or JSON.
    pub(crate) fn read(
        path: Vec<(&str, String)>,
        query: Option<&str>,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<Self, Refusal> {
        let body = if body.is_empty() {
            None
        } else {
            let kind = headers
                .get(CONTENT_TYPE)
                .and_then(|kind| kind.to_str().ok())
                .unwrap_or_default();
            let kind = kind.split(';').next().unwrap_or_default().trim();
            if !kind.eq_ignore_ascii_case("application/json") {
                return Err(Refusal::invalid(format!(
                    "the request body has content type {kind:?}; send application/json"
                )));
            }
            let value = serde_json::from_slice(body)
                .map_err(|error| Refusal::invalid(format!("the request body is not JSON: {error}")))?;
            Some(value)
        };
        Ok(Self {
            path: path.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
            query: pairs(query),
            body,
            extra: Vec::new(),
        })
    }

    /// Checks the request against the operation in the document.
    pub(crate) fn check(&self, operation: &Operation) -> Result<(), Refusal> {
        for parameter in &operation.query {
            self.check_parameter(parameter)?;
        }
        match (&operation.body, &self.body) {
            (Some(body), Some(value)) => match violations(&body.validator, value) {
                Some(violations) => {
                    let refusal = Refusal::invalid(format!("invalid request body: {violations}"));
                    let mistakes = mistakes(&body.validator, value);
                    let refusal = mistakes
                        .missing
                        .iter()
                        .fold(refusal, |refusal, name| refusal.missing(name));
                    Err(mistakes
                        .wrong
                        .into_iter()
                        .fold(refusal, |refusal, (name, value)| refusal.named(&name, value)))
                }
                None => Ok(()),
            },
            (Some(body), None) if body.required => {
                Err(Refusal::invalid("a request body is required: send a JSON object"))
            }
            (None, Some(_)) => Err(Refusal::invalid(format!("{} takes no request body", operation.id))),
            _ => Ok(()),
        }
    }

    fn check_parameter(&self, parameter: &QueryParameter) -> Result<(), Refusal> {
        let name = parameter.name.as_str();
        let mut texts = self
            .query
            .iter()
            .filter(|(known, _)| known == name)
            .map(|(_, text)| text.as_str());
        let Some(first) = texts.next() else {
            return match parameter.required {
                true => Err(Refusal::invalid(format!("the query parameter {name} is required")).missing(name)),
                false => Ok(()),
            };
        };
        let wrong = || {
            Refusal::invalid(format!(
                "the query parameter {name} must be {}",
                expected(parameter.shape)
            ))
            .named(name, first)
        };
        let value = if let Shape::List(item) = parameter.shape {
            let items = std::iter::once(first).chain(texts).map(|text| match item {
                Item::Text => Some(Value::from(text)),
                Item::Integer => text.parse::<i64>().ok().map(Value::from),
            });
            items.collect::<Option<Value>>().ok_or_else(wrong)?
        } else if texts.next().is_some() {
            return Err(
                Refusal::invalid(format!("the query parameter {name} is given more than once")).named(name, first),
            );
        } else {
            parse(parameter.shape, first).ok_or_else(wrong)?
        };
        match violations(&parameter.validator, &value) {
            Some(violations) => Err(
                Refusal::invalid(format!("invalid query parameter {name}: {violations}")).named(name, value.clone()),
            ),
            None => Ok(()),
        }
    }

    /// Lists the query parameters and body fields that the operation does not document.
    pub(crate) fn undocumented(&self, operation: &Operation) -> Vec<String> {
        let query = self.query.iter().map(|(name, _)| name);
        let mut unknown: Vec<String> = query
            .filter(|name| !operation.has_query_parameter(name))
            .map(|name| format!("query {name}"))
            .collect();
        if let (Some(body), Some(Value::Object(fields))) = (&operation.body, &self.body) {
            let fields = fields
                .keys()
                .filter(|name| !body.fields.iter().any(|field| field.name == **name));
            unknown.extend(fields.map(|name| format!("body {name}")));
        }
        unknown
    }

    /// Returns a path parameter. Matching the path guarantees that it is there.
    pub(crate) fn path(&self, name: &str) -> &str {
        self.path
            .iter()
            .find(|(known, _)| known == name)
            .map_or("", |(_, value)| value)
    }

    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    pub(crate) fn query_bool(&self, name: &str) -> Option<bool> {
        self.query(name)?.parse().ok()
    }

    /// Returns a whole number, which clients in some languages write as `2.0`.
    pub(crate) fn query_int(&self, name: &str) -> Option<i64> {
        let text = self.query(name)?;
        text.strip_suffix(".0").unwrap_or(text).parse().ok()
    }

    /// Returns the values of a list; `None` when the request does not have the parameter.
    pub(crate) fn query_list(&self, name: &str) -> Option<Vec<&str>> {
        let list: Vec<&str> = self
            .query
            .iter()
            .filter(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
            .collect();
        (!list.is_empty()).then_some(list)
    }

    pub(crate) fn extra(&self, name: &str) -> Option<&str> {
        self.extra
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value.as_str())
    }

    pub(crate) fn field(&self, name: &str) -> Option<&Value> {
        self.body.as_ref()?.get(name)
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.field(name)?.as_str()
    }

    pub(crate) fn flag(&self, name: &str) -> Option<bool> {
        self.field(name)?.as_bool()
    }

    pub(crate) fn object(&self, name: &str) -> Option<&Map<String, Value>> {
        self.field(name)?.as_object()
    }
}

/// Returns the decoded names and values of a query, in order.
pub(crate) fn pairs(query: Option<&str>) -> Vec<(String, String)> {
    url::form_urlencoded::parse(query.unwrap_or_default().as_bytes())
        .into_owned()
        .collect()
}

fn parse(shape: Shape, text: &str) -> Option<Value> {
    match shape {
        Shape::Boolean => text.parse::<bool>().ok().map(Value::from),
        Shape::Integer => text.parse::<i64>().ok().map(Value::from),
        Shape::Number => text.parse::<f64>().ok().map(Value::from),
        Shape::Text | Shape::List(_) => Some(Value::from(text)),
    }
}

fn expected(shape: Shape) -> &'static str {
    match shape {
        Shape::Boolean => "true or false",
        Shape::Integer => "an integer",
        Shape::Number => "a number",
        Shape::Text | Shape::List(Item::Text) => "text",
        Shape::List(Item::Integer) => "an integer each time",
    }
}
