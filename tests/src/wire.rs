//! Looks at the requests as they were sent.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

use account_provisioning::cloudinary::Client;
use account_provisioning_emulator::cloudinary::Account;
use account_provisioning_emulator::{Emulator, Quirk, RecordedRequest};
use serde_json::Value;

use crate::document::{self, Document};
use crate::{Stage, world};

/// What the client sends although the document leaves it open: pages are always named, since a server's default size
/// is not documented, and a group is created with a name.
const ALWAYS_SENT: &[(&str, &str)] = &[
    ("getUsers", "page"),
    ("getUsers", "page_size"),
    ("getAccessKeys", "page"),
    ("getAccessKeys", "page_size"),
    ("createUserGroup", "name"),
    // The vendor requires none of these, and without one of them the request says nothing.
    ("updatePrincipalRoles", "operation"),
    ("updatePrincipalRoles", "principal"),
    ("updatePrincipalRoles", "roles"),
    ("updateRolePrincipals", "operation"),
    ("updateRolePrincipals", "principals"),
];

/// Whose replies have no body, so that the client has no form to ask for.
const BODILESS: &[&str] = &[
    "deleteCustomPolicy",
    "deleteRole",
    "updatePrincipalRoles",
    "updateRolePrincipals",
];

/// What the client sends although the document does not know it, and where it comes from: see the overlay.
const BEYOND: &[(&str, &str, Option<Quirk>)] = &[
    ("createProductEnvironment", "enabled", Some(Quirk::EnabledOnCreate)),
    ("getSystemPolicies", "cursor", None),
];

/// What a [`Wire`] has to know of one service and its stage.
pub trait Staged {
    /// The vendor's document.
    const DOCUMENT: Document;
    /// What the client sends although the document leaves it open: operation and name.
    const ALWAYS_SENT: &'static [(&'static str, &'static str)];
    /// What the client sends although the document does not know it.
    const BEYOND: &'static [(&'static str, &'static str, Option<Quirk>)];
    /// What the client leaves out although the document has it.
    const NEVER_SENT: &'static [(&'static str, &'static str)];

    /// The server.
    fn emulator(&self) -> &Emulator;
    /// The whole path of a target, which a test gives as it stands below the account.
    fn path(target: &str) -> String;
    /// Asserts what every request has in common.
    fn assert_common(request: &RecordedRequest);
}

/// A stage with the service's world, and how much of its log was looked at.
#[derive(Debug)]
pub struct Wire<S = Stage> {
    /// The emulator and its client.
    pub stage: S,
    seen: AtomicUsize,
}

impl Wire {
    /// Starts with the world's account.
    pub async fn start() -> Self {
        Self::with(world::account()).await
    }

    /// Starts with an account of the test's own.
    pub async fn with(account: Account) -> Self {
        Self::of(Stage::with(world::emulator([account]), |client| client).await)
    }

    /// The client of the account.
    pub fn client(&self) -> &Client {
        &self.stage.client
    }
}

impl Staged for Stage {
    const DOCUMENT: Document = Document::Cloudinary;
    const ALWAYS_SENT: &'static [(&'static str, &'static str)] = ALWAYS_SENT;
    const BEYOND: &'static [(&'static str, &'static str, Option<Quirk>)] = BEYOND;
    const NEVER_SENT: &'static [(&'static str, &'static str)] = &[];

    fn emulator(&self) -> &Emulator {
        &self.emulator
    }

    /// Of the public operations, the target stands below all accounts.
    fn path(target: &str) -> String {
        let account = world::ACCOUNT;
        match target {
            _ if is_public(target) => format!("/v2/accounts{target}"),
            _ if target.starts_with("/permissions/") => format!("/v2/accounts/{account}{target}"),
            _ => format!("/v1_1/provisioning/accounts/{account}{target}"),
        }
    }

    fn assert_common(request: &RecordedRequest) {
        assert_common(request);
    }
}

impl<S: Staged> Wire<S> {
    /// Looks at a stage.
    pub fn of(stage: S) -> Self {
        Self {
            stage,
            seen: AtomicUsize::new(0),
        }
    }

    /// The requests since the last look.
    pub fn fresh(&self) -> Vec<RecordedRequest> {
        let all = self.stage.emulator().requests();
        let seen = self.seen.swap(all.len(), Ordering::Relaxed);
        all[seen..].to_vec()
    }

    /// Removes all requests so far, of which nothing has to be asserted.
    pub fn forget(&self) {
        self.stage.emulator().clear_requests();
        self.seen.store(0, Ordering::Relaxed);
    }

    /// Asserts that one request was sent since the last look: this method, this path below the account's
    /// and this query, byte for byte, without a body.
    #[track_caller]
    pub fn sent(&self, method: &str, target: &str) -> RecordedRequest {
        let request = self.one(method, target);
        assert!(request.body.is_empty(), "{method} {target} has a body");
        assert_eq!(request.header("content-type"), None, "{method} {target}");
        assert_eq!(request.header("transfer-encoding"), None, "{method} {target}");
        assert!(
            matches!(request.header("content-length"), None | Some("0")),
            "{request:?}"
        );
        request
    }

    /// Asserts that one request was sent since the last look, as [`sent`](Self::sent), with this body: no key is missing,
    /// and none is sent that isn't there.
    #[track_caller]
    pub fn sent_with(&self, method: &str, target: &str, body: Value) -> RecordedRequest {
        let request = self.one(method, target);
        assert_eq!(request.json(), Some(body), "{method} {target}");
        assert_eq!(
            request.header("content-type"),
            Some("application/json"),
            "{method} {target}"
        );
        request
    }

    #[track_caller]
    fn one(&self, method: &str, target: &str) -> RecordedRequest {
        let mut requests = self.fresh();
        assert_eq!(requests.len(), 1, "{method} {target}: {requests:?}");
        let request = requests.remove(0);
        let path = S::path(target);
        assert_eq!((request.method.as_str(), self::target(&request)), (method, path));
        S::assert_common(&request);
        request
    }

    /// Asserts that nothing was sent since the last look.
    #[track_caller]
    pub fn sent_nothing(&self) {
        let requests = self.fresh();
        assert!(requests.is_empty(), "{requests:?}");
    }

    /// Asserts that all requests so far were of this operation, and that they sent each parameter and field of the
    /// document at least once, and left out each that may be at least once.
    #[track_caller]
    pub fn covers(&self, operation: &str) {
        let requests = self.stage.emulator().requests();
        assert!(!requests.is_empty(), "{operation} was not sent");
        let documented = document::operation(S::DOCUMENT, operation);
        let names = documented.query.iter().chain(documented.body.iter().flatten());
        let sent: Vec<BTreeSet<String>> = requests.iter().map(names_in).collect();
        for request in &requests {
            assert_eq!(request.operation.as_deref(), Some(operation), "{request:?}");
        }
        for name in names {
            if S::NEVER_SENT.contains(&(operation, name.as_str())) {
                continue;
            }
            assert!(
                sent.iter().any(|sent| sent.contains(name)),
                "{operation} never sent {name}"
            );
            let always = documented.required.contains(name) || S::ALWAYS_SENT.contains(&(operation, name.as_str()));
            assert_eq!(
                sent.iter().all(|sent| sent.contains(name)),
                always,
                "{operation} has to be sent with {name} and, where that may be, without"
            );
        }
        for name in sent.iter().flatten() {
            let known = documented.query.contains(name) || documented.body.iter().flatten().any(|field| field == name);
            let beyond = S::BEYOND
                .iter()
                .any(|(id, field, _)| (*id, *field) == (operation, name.as_str()));
            assert!(
                known || beyond,
                "{operation} sent {name}, which the document does not know"
            );
        }
    }
}

/// Whether a target is one of the operations that belong to no account.
fn is_public(target: &str) -> bool {
    target.starts_with("/permissions/public/")
}

/// Path and query as they were sent.
pub fn target(request: &RecordedRequest) -> String {
    match &request.query {
        Some(query) => format!("{}?{query}", request.path),
        None => request.path.clone(),
    }
}

/// The values of a list in the query, in the order they were sent.
pub fn values(request: &RecordedRequest, name: &str) -> Vec<String> {
    let pairs = request.query_pairs().into_iter();
    pairs
        .filter(|(known, _)| known == name)
        .map(|(_, value)| value)
        .collect()
}

/// The query parameters and the fields of the body that a request carries.
fn names_in(request: &RecordedRequest) -> BTreeSet<String> {
    let mut names: BTreeSet<String> = request.query_pairs().into_iter().map(|(name, _)| name).collect();
    if let Some(Value::Object(body)) = request.json() {
        names.extend(body.into_iter().map(|(name, _)| name));
    }
    names
}

/// What every request has in common.
#[track_caller]
fn assert_common(request: &RecordedRequest) {
    assert_eq!(request.header("api-version"), None, "{request:?}");
    let operation = request.operation.as_deref().unwrap_or_default();
    if request.path.starts_with("/v2/accounts/permissions/public/") {
        assert_eq!(request.header("authorization"), None, "{request:?}");
    } else {
        assert_eq!(request.header("authorization"), Some("Basic [redacted]"), "{request:?}");
        assert!(request.authenticated, "{request:?}");
    }
    let form = if BODILESS.contains(&operation) {
        "*/*"
    } else {
        "application/json"
    };
    assert_eq!(request.header("accept"), Some(form), "{request:?}");
    let agent = request.header("user-agent").unwrap_or_default();
    assert!(
        agent.starts_with("account-provisioning/") && agent.contains("(rust; "),
        "{agent}"
    );
    let beyond = BEYOND
        .iter()
        .filter(|(id, field, _)| *id == operation && names_in(request).contains(*field));
    let beyond: Vec<Quirk> = beyond.filter_map(|(.., quirk)| *quirk).collect();
    assert_eq!(request.coerced, beyond, "{request:?} is not in the document's own form");
}
