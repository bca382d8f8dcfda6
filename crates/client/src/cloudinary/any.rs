//! Requests for which there is no operation.

use std::borrow::Cow;

use http::Method;

use super::Client;
use crate::any::{self, AnyRequest, Service};
use crate::call::Call;

/// What is known of all replies and lists.
static CLOUDINARY: Service = Service {
    envelope: &[],
    page: "page",
    page_size: "page_size",
    cursor: "cursor",
    default_size: 100,
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
    /// `path` is what follows the base URL: `/v1_1/provisioning/accounts/{account_id}/users/{user_id}`. `{account_id}` is the
    /// client's account unless you set it; the option [`path`][o] fills in other placeholders. Query and fragment, `..`, scheme
    /// and host are refused, before anything is sent.
    ///
    /// **Write ids and names as placeholders**: logs, traces and hooks show the path as you write it, without the values.
    ///
    /// The reply is JSON; an empty body is `null`. `typed` reads a type of yours, [`response`](Call::response) returns status,
    /// headers and body too, and `list` reads pages. A reply that is no JSON is an error, such as the page of a proxy; JSON of
    /// anything else can't be told from a reply.
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
    /// # use account_provisioning::cloudinary;
    /// use account_provisioning::low_level::PageStyle;
    /// use futures::TryStreamExt as _;
    /// use serde_json::json;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudinary = cloudinary::Client::builder().account_url(emulator.cloudinary().url()).base_url(emulator.cloudinary().base_url()).build()?;
    /// let users = "/v1_1/provisioning/accounts/{account_id}/users";
    /// let ann = json!({ "name": "Ann", "email": "ann@client.example", "role": "billing" });
    /// let ann = cloudinary.post(users).body(&ann).await?;
    /// println!("{}", ann["id"]);
    ///
    /// let mut list = cloudinary.get(users).query("prefix", "Ann").list(PageStyle::Numbered, "users").stream();
    /// while let Some(user) = list.try_next().await? {
    ///     println!("{user}");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn request(&self, method: Method, path: impl Into<Cow<'static, str>>) -> Call<AnyRequest> {
        let request = AnyRequest::new(&CLOUDINARY, method, path).knowing("account_id", self.account_id());
        any::call(self.low_level(), request)
    }
}
