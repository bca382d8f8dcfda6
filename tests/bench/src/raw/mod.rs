//! What the client is measured against: reqwest and serde, with structs that have the fields of the client's models.

mod cloudflare;
mod cloudinary;

use http::header::{ACCEPT, AUTHORIZATION, HeaderMap, HeaderValue, USER_AGENT};
use serde::de::DeserializeOwned;

use crate::{AGENT, Result};

pub use self::cloudflare::{Member, MemberList};
pub use self::cloudinary::{User, UserList};

/// An HTTP client with the headers of one service.
#[derive(Clone, Debug)]
pub struct Raw {
    http: reqwest::Client,
    base: String,
}

impl Raw {
    /// A client that signs in with this header.
    ///
    /// # Errors
    /// reqwest can't make a client.
    pub fn new(base: String, authorization: &str) -> Result<Self> {
        let mut authorization = HeaderValue::from_str(authorization)?;
        authorization.set_sensitive(true);
        let headers = HeaderMap::from_iter([
            (ACCEPT, HeaderValue::from_static("application/json")),
            (USER_AGENT, HeaderValue::from_static(AGENT)),
            (AUTHORIZATION, authorization),
        ]);
        let http = reqwest::Client::builder().no_proxy().default_headers(headers).build()?;
        Ok(Self { http, base })
    }

    /// Fetches what stands at a path.
    pub(crate) async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T> {
        let url = format!("{}{path}", self.base);
        let response = self.http.get(url).send().await?.error_for_status()?;
        Ok(serde_json::from_slice(&response.bytes().await?)?)
    }
}
