//! Requests for which there is no operation.

use std::borrow::Cow;

use http::Method;

use super::Client;
use crate::any::{self, AnyRequest, Service};
use crate::call::Call;

/// What is known of all replies and lists.
static CLOUDFLARE: Service = Service {
    envelope: &["success"],
    page: "page",
    page_size: "per_page",
    cursor: "cursor",
    default_size: 50,
};

impl Client {
    /// Starts a GET of any path of the service, for what the typed calls don't offer. See [`request`](Self::request).
    pub fn get(&self, path: impl Into<Cow<'static, str>>) -> Call<AnyRequest> {
        self.request(Method::GET, path)
    }

    /// Starts a POST of any path of the service, for what the typed calls don't offer. See [`request`](Self::request).
    pub fn post(&self, path: impl Into<Cow<'static, str>>) -> Call<AnyRequest> {
        self.request(Method::POST, path)
    }

    /// Starts a PUT of any path of the service, for what the typed calls don't offer. See [`request`](Self::request).
    pub fn put(&self, path: impl Into<Cow<'static, str>>) -> Call<AnyRequest> {
        self.request(Method::PUT, path)
    }

    /// Starts a PATCH of any path of the service, for what the typed calls don't offer. See [`request`](Self::request).
    pub fn patch(&self, path: impl Into<Cow<'static, str>>) -> Call<AnyRequest> {
        self.request(Method::PATCH, path)
    }

    /// Starts a DELETE of any path of the service, for what the typed calls don't offer. See [`request`](Self::request).
    pub fn delete(&self, path: impl Into<Cow<'static, str>>) -> Call<AnyRequest> {
        self.request(Method::DELETE, path)
    }

    /// Starts a request with any method and path, for what the typed calls don't offer. Credentials, base URL, retries, time
    /// limits, errors, hooks and traces are the same as those of a typed call.
    ///
    /// `path` is what follows the base URL: `/accounts/{account_id}/members`. The option [`path`][o] fills in its placeholders.
    /// Query and fragment, `..`, scheme and host are refused, before anything is sent.
    ///
    /// **Write ids and names as placeholders**: logs, traces and hooks show the path as you write it, without the values.
    ///
    /// The reply is JSON; an empty body is `null`. `typed` reads a type of yours, [`response`](Call::response) returns status,
    /// headers and body too, and `list` reads pages. The reply is the whole envelope, with `success`, `result`, `messages` and
    /// `result_info`. One that has no `success` is an error, such as the page of a proxy; so is one that says `false`.
    ///
    /// # Options
    /// [`path`][o], [`query`][o], [`body`][o], [`retry_class`][o], [`typed`][o], [`list`][o]
    ///
    /// [o]: Call#impl-Call%3CAnyRequest%3CT%3E,+M%3E
    ///
    /// # Errors
    /// [`is_invalid_input`](crate::Error::is_invalid_input) for a path that is refused, a placeholder without a value and a
    /// value without a placeholder.
    ///
    /// # Examples
    /// ```
    /// # use account_provisioning::cloudflare;
    /// use account_provisioning::low_level::PageStyle;
    /// use futures::TryStreamExt as _;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudflare = cloudflare::Client::builder().api_token(emulator.cloudflare().api_token()).base_url(emulator.cloudflare().base_url()).build()?;
    /// # let id = emulator.cloudflare().account_id().to_owned();
    /// let account = cloudflare.get("/accounts/{account_id}").path("account_id", &id).await?;
    /// println!("{}", account["result"]["name"]);
    ///
    /// let roles = cloudflare.get("/accounts/{account_id}/roles").path("account_id", &id);
    /// let mut roles = roles.list(PageStyle::Numbered, "result").stream();
    /// while let Some(role) = roles.try_next().await? {
    ///     println!("{}", role["name"]);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn request(&self, method: Method, path: impl Into<Cow<'static, str>>) -> Call<AnyRequest> {
        any::call(self.low_level(), AnyRequest::new(&CLOUDFLARE, method, path))
    }
}
