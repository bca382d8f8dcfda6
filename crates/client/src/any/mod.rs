//! Requests for which there is no operation: any method and path, with everything else as in a typed call.

mod list;
mod path;

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use account_provisioning_core::{
    AuthRequirement, BaseUrl, BuildError, Error, MakeError as _, OperationInfo, PageStyle, ReplyKind, Request, Result,
    RetryClass, Transport,
};
use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderValue, Method};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

pub use self::list::AnyList;
use crate::call::{Call, Operation};
use crate::list::Pager;

/// The form of all JSON.
const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// What all replies and lists of a service have in common.
#[derive(Debug)]
pub(crate) struct Service {
    /// The fields of which each reply has one; none if that is not known.
    pub(crate) envelope: &'static [&'static str],
    /// The query parameter for the number of a page.
    pub(crate) page: &'static str,
    /// The query parameter for the size of a page.
    pub(crate) page_size: &'static str,
    /// The query parameter for the cursor of a page.
    pub(crate) cursor: &'static str,
    /// The size of a numbered page if the caller sets none.
    pub(crate) default_size: u32,
}

/// A request with any method and path, whose reply is read as a `T`; made by `get`, `post`, `put`, `patch`, `delete` and
/// `request` of each client.
///
/// The options of the call are methods of [`Call`](crate::Call): `path`, `query`, `body`, `retry_class`, `typed` and `list`.
///
/// `Debug` shows the method and the path template; values, queries and the body are left out.
pub struct AnyRequest<T = Value> {
    method: Method,
    operation: OperationInfo,
    service: &'static Service,
    /// The values for placeholders that the client knows; one that the path doesn't have is no mistake.
    known: Option<(&'static str, String)>,
    values: Vec<(String, String)>,
    query: Vec<(String, String)>,
    body: Option<Bytes>,
    reply: PhantomData<fn() -> T>,
}

/// Starts a call.
pub(crate) fn call(transport: &Transport, request: AnyRequest) -> Call<AnyRequest> {
    Call::new(transport, request)
}

impl AnyRequest {
    pub(crate) fn new(service: &'static Service, method: Method, path: impl Into<Cow<'static, str>>) -> Self {
        let name = static_name(&method);
        let class = RetryClass::of_method(&method);
        let mut operation = OperationInfo::new(name, name, name, "", AuthRequirement::Required, class);
        operation.path = path.into();
        Self {
            method,
            operation,
            service,
            known: None,
            values: Vec::new(),
            query: Vec::new(),
            body: None,
            reply: PhantomData,
        }
    }

    /// Sets the value of a placeholder that the caller need not fill in.
    #[cfg(feature = "cloudinary")]
    pub(crate) fn knowing(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.known = Some((name, value.to_string()));
        self
    }
}

impl<T> AnyRequest<T> {
    fn read_as<U>(self) -> AnyRequest<U> {
        AnyRequest {
            method: self.method,
            operation: self.operation,
            service: self.service,
            known: self.known,
            values: self.values,
            query: self.query,
            body: self.body,
            reply: PhantomData,
        }
    }
}

/// The name of a method, for logs: OpenTelemetry's conventions have one for all unknown methods.
fn static_name(method: &Method) -> &'static str {
    const KNOWN: [&str; 9] = [
        "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT",
    ];
    KNOWN
        .into_iter()
        .find(|known| *known == method.as_str())
        .unwrap_or("_OTHER")
}

impl<T> Clone for AnyRequest<T> {
    fn clone(&self) -> Self {
        Self {
            method: self.method.clone(),
            operation: self.operation.clone(),
            service: self.service,
            known: self.known.clone(),
            values: self.values.clone(),
            query: self.query.clone(),
            body: self.body.clone(),
            reply: PhantomData,
        }
    }
}

impl<T> fmt::Debug for AnyRequest<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Values, queries and the body are the user's data.
        f.debug_struct("AnyRequest")
            .field("method", &self.method)
            .field("path", &self.operation.path)
            .field("retry", &self.operation.retry)
            .finish_non_exhaustive()
    }
}

impl<T: DeserializeOwned + Send + 'static> Request for AnyRequest<T> {
    type Reply = T;
    const REPLY: ReplyKind = ReplyKind::AnyJson(&[]);
    const OPERATION: &'static OperationInfo = &OperationInfo::new(
        "any",
        "any",
        "_OTHER",
        "",
        AuthRequirement::Required,
        RetryClass::NotIdempotent,
    );

    fn reply(&self) -> ReplyKind {
        ReplyKind::AnyJson(self.service.envelope)
    }

    fn operation(&self) -> &OperationInfo {
        &self.operation
    }

    fn build(&self, base_url: &BaseUrl, http: &reqwest::Client) -> Result<reqwest::Request, BuildError> {
        let path = path::filled(&self.operation.path, &self.values, self.known.as_ref())?;
        let mut url = base_url.with_path(format_args!("{}{path}", base_url.path()));
        if !self.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&self.query);
        }
        let request = http.request(self.method.clone(), url).header(ACCEPT, JSON);
        let request = match &self.body {
            Some(body) => request.header(CONTENT_TYPE, JSON).body(body.clone()),
            None => request,
        };
        Ok(request.build()?)
    }
}

impl<T: DeserializeOwned + Send + 'static> Operation for AnyRequest<T> {
    type Output = T;
}

/// Options of `get`, `post`, `put`, `patch`, `delete` and `request` of each client.
impl<T, M> Call<AnyRequest<T>, M> {
    /// Fills in a placeholder of the path: `path("user_id", id)` for `{user_id}`. The value is checked as ids are, and
    /// percent-encoded, so it can't lead to another path.
    ///
    /// A placeholder without a value and a value without a placeholder are errors, before anything is sent.
    pub fn path(self, name: impl Into<String>, value: impl fmt::Display) -> Self {
        let (name, value) = (name.into(), value.to_string());
        self.with(|request| request.values.push((name, value)))
    }

    /// Adds a parameter to the query; one that is added several times is sent several times. Defaults to none.
    pub fn query(self, name: impl Into<String>, value: impl fmt::Display) -> Self {
        let (name, value) = (name.into(), value.to_string());
        self.with(|request| request.query.push((name, value)))
    }

    /// Sets the body, which is sent as JSON. Defaults to none. A value that is no JSON is an error when the call is awaited.
    pub fn body(self, body: &(impl Serialize + ?Sized)) -> Self {
        // The cause may quote a value.
        let json = serde_json::to_vec(body).map_err(|_| {
            Error::invalid_input("`body`: the value can't be written as JSON: its maps need texts or numbers as keys")
        });
        self.try_with(json, |request, json| request.body = Some(json.into()))
    }

    /// Says whether the request can be sent again. Defaults to the class of the method: GET and HEAD are safe, PUT and DELETE
    /// idempotent, others not idempotent.
    pub fn retry_class(self, class: RetryClass) -> Self {
        self.with(|request| request.operation.retry = class)
    }

    /// Reads the reply as a `U` instead of as JSON. An empty body is read as `null`: use `()` or an `Option` for a reply that
    /// may be empty.
    pub fn typed<U: DeserializeOwned + Send + 'static>(self) -> Call<AnyRequest<U>, M> {
        self.map(AnyRequest::read_as)
    }

    /// Reads the reply as a page of a list, whose items are at `items`: the name of a field, or several with `/` between
    /// them; the empty text if the reply itself is the list.
    ///
    /// The next page is asked for as in the other lists of the service:
    ///
    /// | service | numbered pages | cursors |
    /// |---|---|---|
    /// | Cloudflare | `page`, `per_page` (50) | `cursor`; `per_page` if it is set |
    /// | Cloudinary | `page`, `page_size` (100) | `cursor`; `page_size` if it is set |
    /// | Cloudspot | `page`, `page_size` (100), which is a guess | `cursor`, which is a guess |
    ///
    /// Totals and cursors are read from where the services put them: `result_info`, `total`, `total_count`, `next_cursor`.
    pub fn list(self, style: PageStyle, items: impl Into<String>) -> Pager<AnyList> {
        let items = items.into();
        self.map(|request| AnyList::new(request.read_as(), style, items))
            .carried_out_as()
    }
}
