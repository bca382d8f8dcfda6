//! The permissions of credentials.

use account_provisioning_emulator::cloudinary::Credential;
use indexmap::IndexSet;
use reqwest::Method;
use serde_json::{Value, json};

use super::{any, bench, reason};
use crate::client::{Bench, Reply};

/// A bench, and another credential with these permissions.
async fn allowed(names: &[&str]) -> Bench {
    let bench = bench().await;
    let mut credential = Credential::read_only("limited", "secret");
    credential.allowed = Some(names.iter().map(|name| (*name).to_owned()).collect::<IndexSet<_>>());
    bench
        .emulator
        .edit_state(|state| {
            let account = state.cloudinary.accounts.get_mut("emulator-account").unwrap();
            account.credentials.insert(credential);
        })
        .unwrap();
    bench
}

async fn ask(bench: &Bench, method: Method, path: &str, body: Option<Value>) -> Reply {
    let url = format!("{}/{}", bench.account.base_url(), path.trim_start_matches('/'));
    let mut request = bench.http.request(method, url).basic_auth("limited", Some("secret"));
    if let Some(body) = body {
        request = request.json(&body);
    }
    any(request.send().await.unwrap()).await
}

const P: &str = "/v1_1/provisioning/accounts/emulator-account";
const P2: &str = "/v2/accounts/emulator-account/permissions";

#[tokio::test]
async fn read_only_key_reads_and_changes_nothing() {
    let bench = allowed(&["read"]).await;
    assert_eq!(ask(&bench, Method::GET, &format!("{P}/users"), None).await.0, 200);
    assert_eq!(
        ask(&bench, Method::GET, &format!("{P2}/roles?permission_type=global"), None)
            .await
            .0,
        200
    );
    let body = json!({ "scope_type": "account", "principals": [] });
    let inspected = ask(
        &bench,
        Method::POST,
        &format!("{P2}/principal_roles/inspect"),
        Some(body),
    )
    .await;
    assert_eq!(inspected.0, 200);
    let role = json!({ "name": "R", "permission_type": "global", "scope_type": "account" });
    let (status, reply) = ask(&bench, Method::POST, &format!("{P2}/roles"), Some(role)).await;
    assert_eq!((status, &reply["error"]["code"]), (403, &json!("ACCOUNTS_00006")));
    assert!(reason(&bench).contains("createRole"), "{reply}");
    let (status, _) = ask(
        &bench,
        Method::POST,
        &format!("{P}/user_groups"),
        Some(json!({ "name": "G" })),
    )
    .await;
    assert_eq!(status, 403);
    assert_eq!(
        ask(&bench, Method::DELETE, &format!("{P}/users/ann"), None).await.0,
        403
    );
    assert!(
        bench
            .emulator
            .state()
            .cloudinary
            .accounts
            .get("emulator-account")
            .unwrap()
            .users
            .contains("ann")
    );
}

#[tokio::test]
async fn key_for_one_operation_does_that_one_and_is_401_where_403_is_not_documented() {
    let bench = allowed(&["createUserGroup"]).await;
    let made = ask(
        &bench,
        Method::POST,
        &format!("{P}/user_groups"),
        Some(json!({ "name": "G" })),
    )
    .await;
    assert_eq!(made.0, 200);
    assert_eq!(
        ask(&bench, Method::GET, &format!("{P2}/policies/custom"), None).await.0,
        403
    );
    for path in [
        format!("{P}/users"),
        format!("{P2}/principal_roles/inspect?scope_type=account"),
        format!("{P2}/principal_roles?principal_type=user&principal_id=ann&permission_type=global"),
    ] {
        assert_eq!(ask(&bench, Method::GET, &path, None).await.0, 401, "{path}");
    }
}

#[tokio::test]
async fn credential_that_may_do_what_nobody_knows_is_refused_with_its_place() {
    let bench = bench().await;
    let mut credential = Credential::read_only("limited", "secret");
    credential.allowed = Some(IndexSet::from(["read".to_owned(), "dance".to_owned()]));
    let error = bench
        .emulator
        .edit_state(|state| {
            let account = state.cloudinary.accounts.get_mut("emulator-account").unwrap();
            account.credentials.insert(credential);
        })
        .unwrap_err();
    assert_eq!(error.path(), "cloudinary.accounts[0].credentials[1].allowed[1]");
}
