//! An emulator and a plain HTTP client with its credentials.

use account_provisioning_emulator::{CloudinaryAccount, Emulator};
use chrono::{DateTime, Utc};
use reqwest::{Method, Response};
use serde_json::Value;

/// An emulator, and a client with its credentials.
pub(crate) struct Bench {
    pub(crate) emulator: Emulator,
    pub(crate) http: reqwest::Client,
    pub(crate) account: CloudinaryAccount,
}

/// A status and a body.
pub(crate) type Reply = (u16, Value);

impl Bench {
    pub(crate) async fn start() -> Self {
        Self::of(
            Emulator::builder()
                .clock(time("2026-01-15T12:00:00Z"))
                .start()
                .await
                .unwrap(),
        )
    }

    pub(crate) fn of(emulator: Emulator) -> Self {
        let account = emulator.cloudinary();
        // A new connection for each request, so that a reset one is never reused.
        let http = reqwest::Client::builder()
            .pool_max_idle_per_host(0)
            .no_proxy()
            .build()
            .unwrap();
        Self {
            emulator,
            http,
            account,
        }
    }

    /// Returns the URL of a path below the account's.
    pub(crate) fn url(&self, path: &str) -> String {
        format!(
            "{}/v1_1/provisioning/accounts/{}{path}",
            self.account.base_url(),
            self.account.account_id()
        )
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.http
            .request(method, self.url(path))
            .basic_auth(self.account.api_key(), Some(self.account.api_secret()))
    }

    pub(crate) async fn call(&self, method: Method, path: &str, body: Option<Value>) -> Reply {
        let mut request = self.request(method, path);
        if let Some(body) = body {
            request = request.json(&body);
        }
        read(request.send().await.unwrap()).await
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        self.call(Method::GET, path, None).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Reply {
        self.call(Method::POST, path, Some(body)).await
    }

    pub(crate) async fn put(&self, path: &str, body: Value) -> Reply {
        self.call(Method::PUT, path, Some(body)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Reply {
        self.call(Method::DELETE, path, None).await
    }

    /// Returns the body of a response that must have the status 200.
    pub(crate) async fn ok(&self, method: Method, path: &str, body: Option<Value>) -> Value {
        let (status, body) = self.call(method, path, body).await;
        assert_eq!(status, 200, "{path}: {body}");
        body
    }
}

pub(crate) async fn read(response: Response) -> Reply {
    (response.status().as_u16(), response.json().await.unwrap())
}

pub(crate) fn time(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// The message of an error body.
pub(crate) fn message(body: &Value) -> &str {
    body["error"]["message"]
        .as_str()
        .unwrap_or_else(|| panic!("no message in {body}"))
}

/// A field of each entry of a list.
pub(crate) fn each<'a>(body: &'a Value, list: &str, field: &str) -> Vec<&'a str> {
    body[list]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry[field].as_str().unwrap())
        .collect()
}
