//! The Cloudflare API.

mod accounts;
mod audit;
mod audit_history;
mod audit_pages;
mod auth;
mod control;
mod emails;
mod faults;
mod invitations;
mod members;
mod operations;
mod paging;
mod permission_groups;
mod permissions;
mod quirks;
mod rate_limit;
mod resource_groups;
mod sso_connectors;
mod state;
mod subscriptions;
mod token_values;
mod tokens;
mod user;
mod user_groups;
mod user_tokens;

use account_provisioning_emulator::cloudflare::{Cloudflare, PermissionGroup, Token, TokenPolicy};
use account_provisioning_emulator::{CloudflareAccount, Emulator, EmulatorBuilder, State};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use crate::client::{Reply, read, time};

/// The time in each of these tests.
const NOW: &str = "2026-01-15T12:00:00Z";

/// An emulator, and a client with its credentials.
struct Desk {
    emulator: Emulator,
    http: reqwest::Client,
    account: CloudflareAccount,
}

fn setting() -> EmulatorBuilder {
    Emulator::builder().clock(time(NOW))
}

impl Desk {
    async fn start() -> Self {
        Self::of(setting()).await
    }

    /// Starts with the default state and this change.
    async fn with(change: impl FnOnce(&mut Cloudflare)) -> Self {
        let mut state = State::default();
        change(&mut state.cloudflare);
        Self::of(setting().state(state)).await
    }

    async fn of(builder: EmulatorBuilder) -> Self {
        let emulator = builder.start().await.unwrap();
        Self {
            account: emulator.cloudflare(),
            emulator,
            http: reqwest::Client::builder()
                .pool_max_idle_per_host(0)
                .no_proxy()
                .build()
                .unwrap(),
        }
    }

    /// A request without credentials; `{account}` in the path is the account's id.
    fn bare(&self, method: Method, path: &str) -> RequestBuilder {
        let path = path.replace("{account}", self.account.account_id());
        let url = format!("{}{path}", self.account.base_url());
        self.http.request(method, url)
    }

    /// A request with this API token.
    fn with_token(&self, token: &str, method: Method, path: &str) -> RequestBuilder {
        self.bare(method, path).bearer_auth(token)
    }

    /// A request with the user's key.
    fn as_user(&self, method: Method, path: &str) -> RequestBuilder {
        self.bare(method, path)
            .header("x-auth-email", self.account.email())
            .header("x-auth-key", self.account.api_key())
    }

    /// A call with the account's own token.
    async fn call(&self, method: Method, path: &str, body: Option<Value>) -> Reply {
        send(self.with_token(self.account.api_token(), method, path), body).await
    }

    async fn get(&self, path: &str) -> Reply {
        self.call(Method::GET, path, None).await
    }

    async fn post(&self, path: &str, body: Value) -> Reply {
        self.call(Method::POST, path, Some(body)).await
    }

    async fn put(&self, path: &str, body: Value) -> Reply {
        self.call(Method::PUT, path, Some(body)).await
    }

    async fn delete(&self, path: &str) -> Reply {
        self.call(Method::DELETE, path, None).await
    }

    /// Returns the body of a GET that must succeed.
    async fn see(&self, path: &str) -> Value {
        success(self.get(path).await)
    }

    fn group(&self, name: &str) -> String {
        group(&self.emulator.state().cloudflare, name)
    }

    fn group_of(&self, name: &str, scope: &str) -> String {
        let state = self.emulator.state().cloudflare;
        state.permission_group(name, scope).unwrap().id.clone()
    }

    /// A policy of a token that allows groups of the account.
    fn policy(&self, groups: &[&str]) -> Value {
        let groups: Vec<Value> = groups.iter().map(|name| json!({ "id": self.group(name) })).collect();
        json!({
            "effect": "allow",
            "permission_groups": groups,
            "resources": { format!("com.cloudflare.api.account.{}", self.account.account_id()): "*" },
        })
    }

    /// Creates a token that allows groups of the account, and returns its id and value.
    async fn token(&self, groups: &[&str]) -> (String, String) {
        let body = json!({ "name": "made", "policies": [self.policy(groups)] });
        let reply = success(self.post("/accounts/{account}/tokens", body).await);
        (text(&reply["result"]["id"]), text(&reply["result"]["value"]))
    }
}

/// The id of a group at the scope of an account.
fn group(state: &Cloudflare, name: &str) -> String {
    state
        .permission_group(name, PermissionGroup::ACCOUNT)
        .unwrap()
        .id
        .clone()
}

/// A token of the state that allows groups on one resource.
fn token(state: &Cloudflare, id: &str, groups: &[&str], resource: &str) -> Token {
    let mut policy = TokenPolicy::allow(format!("{id}-policy"), groups.iter().map(|name| group(state, name)));
    policy.resources.insert(resource.to_owned(), json!("*"));
    let mut token = Token::new(id, id, format!("{id}-value"));
    token.policies.push(policy);
    token
}

async fn send(request: RequestBuilder, body: Option<Value>) -> Reply {
    let request = match body {
        Some(body) => request.json(&body),
        None => request,
    };
    read(request.send().await.unwrap()).await
}

/// Returns the body of a response that must be a success.
fn success((status, body): Reply) -> Value {
    assert_eq!((status, &body["success"]), (200, &json!(true)), "{body}");
    assert_eq!((&body["errors"], &body["messages"]), (&json!([]), &json!([])));
    body
}

/// Returns the status and the code of a response that must be an error.
fn failure(reply: &Reply) -> (u16, i64) {
    let (status, body) = reply;
    assert_eq!(
        (&body["success"], &body["result"]),
        (&json!(false), &Value::Null),
        "{body}"
    );
    (*status, body["errors"][0]["code"].as_i64().unwrap())
}

fn message(reply: &Reply) -> &str {
    reply.1["errors"][0]["message"].as_str().unwrap()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

/// A field of each entry of the result.
fn each<'a>(body: &'a Value, field: &str) -> Vec<&'a str> {
    crate::client::each(body, "result", field)
}
