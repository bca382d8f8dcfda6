//! The permissions operations on the wire.

pub(super) mod policies;
pub(super) mod principals;
pub(super) mod public;
pub(super) mod roles;
mod updates;

use account_provisioning::cloudinary::{PolicyParameters, Principal, Scope};

/// The first environment of the world.
fn environment() -> Scope {
    Scope::product_environment("env-1").unwrap()
}

fn user() -> Principal {
    Principal::user("user-1").unwrap()
}

/// Principals of every kind, with the kind's name on the wire and the id.
fn everybody() -> Vec<(Principal, &'static str, &'static str)> {
    vec![
        (user(), "user", "user-1"),
        (Principal::group("group-1").unwrap(), "group", "group-1"),
        (Principal::api_key("111").unwrap(), "apiKey", "111"),
        (
            Principal::provisioning_key("world-key").unwrap(),
            "provisioningKey",
            "world-key",
        ),
    ]
}

/// Parameters in every form that a query has for them, and how they go out.
fn filters() -> Vec<(PolicyParameters, &'static str)> {
    vec![
        (PolicyParameters::folder("f/1 &x"), "folder_id=f%2F1+%26x"),
        (PolicyParameters::collection("c1"), "collection_id=c1"),
        (
            PolicyParameters::folder("f1").with("asset_id", "a1"),
            "asset_id=a1&folder_id=f1",
        ),
        (
            PolicyParameters::collection("c1").with("tier", "gold"),
            "collection_id=c1&param_key=tier&param_value=gold",
        ),
    ]
}
