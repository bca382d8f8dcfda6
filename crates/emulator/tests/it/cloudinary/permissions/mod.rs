//! The permissions API.

mod access;
mod credentials;
mod cursors;
mod custom_policies;
mod effective;
mod errors;
mod inspect;
mod operations;
mod principal_roles;
mod public;
mod role_principals;
mod roles;
mod state;
mod system_policies;
mod vocabulary;

use account_provisioning_emulator::cloudinary::{AccessKey, ProductEnvironment, User, UserGroup};
use account_provisioning_emulator::{Emulator, EmulatorBuilder};
use reqwest::Method;
use serde_json::{Value, json};

use crate::client::{Bench, Reply, time};

/// A role for one folder, and one for everything in an environment.
const FOLDER_ROLE: &str = "cld::role::folder::contributor";
const PRODENV_ROLE: &str = "cld::role::prodenv::ml_user";
const ACCOUNT_ROLE: &str = "cld::role::account::admin";

/// A statement that permits everyone an action on everything.
const ANYBODY: &str = "permit (principal, action, resource);";

/// An emulator with the users `ann` and `bob`, the group `editors` with ann as a member, and the environments `env-1`,
/// with the key `key-1`, and `env-2`.
fn setting() -> EmulatorBuilder {
    let mut state = account_provisioning_emulator::State::default();
    let account = state.cloudinary.accounts.get_mut("emulator-account").unwrap();
    for id in ["env-1", "env-2"] {
        let mut environment = ProductEnvironment::new(id, id, id);
        if id == "env-1" {
            environment
                .access_keys
                .insert(AccessKey::new("key-1", "secret", "Root"));
        }
        account.product_environments.insert(environment);
    }
    for id in ["ann", "bob"] {
        account.users.insert(User::new(id, id, format!("{id}@x.example")));
    }
    let mut group = UserGroup::new("editors", "Editors");
    group.user_ids.insert("ann".to_owned());
    account.user_groups.insert(group);
    Emulator::builder().state(state).clock(time("2026-01-15T12:00:00Z"))
}

async fn bench() -> Bench {
    Bench::of(setting().start().await.unwrap())
}

/// 2026-01-15T12:00:00Z in seconds since 1970.
const NOW: i64 = 1_768_478_400;

impl Bench {
    /// Calls a permissions operation of the account; a response without a body gives null.
    async fn ask(&self, method: Method, path: &str, body: Option<Value>) -> Reply {
        let url = format!(
            "{}/v2/accounts/{}/permissions{path}",
            self.account.base_url(),
            self.account.account_id()
        );
        let mut request = self
            .http
            .request(method, url)
            .basic_auth(self.account.api_key(), Some(self.account.api_secret()));
        if let Some(body) = body {
            request = request.json(&body);
        }
        any(request.send().await.unwrap()).await
    }

    async fn look(&self, path: &str) -> Reply {
        self.ask(Method::GET, path, None).await
    }

    /// Returns the body of a GET that must succeed.
    async fn see(&self, path: &str) -> Value {
        let (status, body) = self.look(path).await;
        assert_eq!(status, 200, "{path}: {body}");
        body
    }

    /// Assigns a role to a principal, which must succeed.
    async fn assign(&self, kind: &str, id: &str, role: Value) {
        let (status, body) = self.manage("add", kind, id, role).await;
        assert_eq!((status, body), (200, Value::Null));
    }

    async fn manage(&self, operation: &str, kind: &str, id: &str, role: Value) -> Reply {
        let body = json!({ "operation": operation, "principal": { "type": kind, "id": id }, "roles": [role] });
        self.ask(Method::PUT, "/principal_roles", Some(body)).await
    }

    /// Creates a custom policy, which must succeed, and returns its id.
    async fn policy(&self, body: Value) -> String {
        let (status, reply) = self.ask(Method::POST, "/policies/custom", Some(body)).await;
        assert_eq!(status, 201, "{reply}");
        text(&reply["data"]["id"])
    }
}

/// Returns the status and the body; an empty body gives null.
async fn any(response: reqwest::Response) -> Reply {
    let status = response.status().as_u16();
    let bytes = response.bytes().await.unwrap();
    let body = match bytes.is_empty() {
        true => Value::Null,
        false => serde_json::from_slice(&bytes).unwrap(),
    };
    (status, body)
}

/// Returns why the emulator refused the last request, in its own words.
fn reason(bench: &Bench) -> String {
    bench.emulator.requests().pop().unwrap().refusal.unwrap()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// Returns the ids in a response's `data`.
fn ids(body: &Value) -> Vec<&str> {
    crate::client::each(body, "data", "id")
}

/// A folder role in `env-1`.
fn on_folder(id: &str) -> Value {
    json!({ "id": FOLDER_ROLE, "scope_id": "env-1", "policy_parameters": { "folder_id": id } })
}
