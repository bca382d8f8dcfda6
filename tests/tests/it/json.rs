//! Replies as JSON: no field that the service sends is lost.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};

use account_provisioning::cloudinary::{PermissionType, Principal, Scope};
use account_provisioning::{DriftKind, ErrorKind, List, Pager, Reconciled};
use account_provisioning_emulator::cloudinary::{PrincipalType, RoleAssignment};
use account_provisioning_emulator::{Emulator, Fault};
use chrono::{DateTime, Utc};
use futures::TryStreamExt as _;
use integration_tests::cloudflare::world::record_about;
use integration_tests::{Stage, cloudflare, state, world};
use serde_json::{Value, json};

/// A field that no model has.
const NEW: &str = "added_tomorrow";

/// Adds the field to each object of each list.
fn with_new_field(value: &mut Value, in_list: bool) {
    match value {
        Value::Object(fields) => {
            fields.values_mut().for_each(|field| with_new_field(field, false));
            if in_list {
                fields.insert(NEW.to_owned(), json!([7]));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| with_new_field(item, true)),
        _ => {}
    }
}

/// Reads a list as JSON whose items have the field. Returns the type of the list.
async fn nothing_is_lost<L: List>(emulator: &Emulator, list: impl Fn() -> Pager<L>) -> String {
    let name = std::any::type_name::<L>().rsplit("::").next().unwrap().to_owned();
    let page = list().response().await.unwrap();
    let count = page.value.len();
    assert!(count > 0, "{name} has no items");
    let as_sent = list().json().await.unwrap();
    let mut body: Value = serde_json::from_slice(&page.body).unwrap();
    with_new_field(&mut body, true);
    emulator.inject(Fault::body_replaced(200, "application/json", body.to_string()));
    let mut items = list().json().await.unwrap().items;
    assert_eq!(items.len(), count, "{name}");
    let first = list().json().stream().try_next().await.unwrap();
    assert_eq!(first.as_ref(), items.first(), "{name}");
    for (item, sent) in items.iter_mut().zip(&as_sent) {
        if let Value::Object(fields) = item {
            assert_eq!(fields[NEW], json!([7]), "{name}");
        }
        let mut sent = sent.clone();
        with_new_field(&mut sent, true);
        assert_eq!(*item, sent, "{name}");
    }
    emulator.clear_faults();
    name
}

fn since() -> DateTime<Utc> {
    "2024-10-30T00:00:00Z".parse().unwrap()
}

async fn lists_of_cloudinary() -> Vec<String> {
    let mut account = world::account();
    let user = account.users.iter().next().unwrap().id.clone();
    let held = RoleAssignment::new("role-1", PrincipalType::User, &user);
    account.role_assignments.push(held);
    let Stage { emulator, client, .. } = Stage::with(world::emulator([account]), |client| client).await;
    let principal = || Principal::user(user.clone()).unwrap();
    let e = &emulator;
    vec![
        nothing_is_lost(e, || client.product_environments().list()).await,
        nothing_is_lost(e, || client.access_keys("env-1").list()).await,
        nothing_is_lost(e, || client.users().list().ids(["user-1", "user-2"])).await,
        nothing_is_lost(e, || client.users().groups("user-2")).await,
        nothing_is_lost(e, || client.users().product_environments("user-1")).await,
        nothing_is_lost(e, || client.user_groups().list()).await,
        nothing_is_lost(e, || client.user_groups().members("group-1")).await,
        nothing_is_lost(e, || client.policies().system().list()).await,
        nothing_is_lost(e, || client.policies().custom().list()).await,
        nothing_is_lost(e, || client.roles().list(PermissionType::Global)).await,
        nothing_is_lost(e, || client.roles().principals("role-1")).await,
        nothing_is_lost(e, || client.principals().roles(principal(), PermissionType::Global)).await,
        nothing_is_lost(e, || client.principals().inspect(Scope::Account)).await,
        nothing_is_lost(e, || client.principals().inspect_many(Scope::Account, [principal()])).await,
    ]
}

async fn lists_of_cloudflare() -> Vec<String> {
    let stage = cloudflare::Stage::start().await;
    let (e, account, user) = (&stage.emulator, stage.account(), stage.as_user());
    record_about(e, "log-1", -1000, "zone-1");
    let logged_at = "2026-01-15T11:59:59Z".parse().unwrap();
    vec![
        nothing_is_lost(e, || user.accounts().list()).await,
        nothing_is_lost(e, || account.members().list()).await,
        nothing_is_lost(e, || account.roles().list()).await,
        nothing_is_lost(e, || account.subscriptions().list()).await,
        nothing_is_lost(e, || account.tokens().list()).await,
        nothing_is_lost(e, || account.tokens().permission_groups().list()).await,
        nothing_is_lost(e, || account.permission_groups().list()).await,
        nothing_is_lost(e, || account.resource_groups().list()).await,
        nothing_is_lost(e, || account.user_groups().list()).await,
        nothing_is_lost(e, || account.user_groups().members("user-group-1").list()).await,
        nothing_is_lost(e, || account.sso_connectors().list()).await,
        nothing_is_lost(e, || account.audit_logs().list(since())).await,
        nothing_is_lost(e, || account.audit_logs().history("log-1", logged_at, since())).await,
        nothing_is_lost(e, || account.audit_logs().product_categories()).await,
        nothing_is_lost(e, || user.memberships().list()).await,
        nothing_is_lost(e, || user.user().invites().list()).await,
        nothing_is_lost(e, || user.user().tokens().list()).await,
        nothing_is_lost(e, || user.user().tokens().permission_groups().list()).await,
    ]
}

/// The lists that the sources implement.
fn implemented(directory: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            implemented(&path, found);
        } else {
            let text = fs::read_to_string(&path).unwrap();
            let names = text.lines().filter_map(|line| line.strip_prefix("impl List for "));
            found.extend(names.map(|name| name.trim_end_matches(" {").to_owned()));
        }
    }
}

#[tokio::test]
async fn json_of_each_list_has_the_fields_that_no_model_has() {
    let mut read: BTreeSet<String> = lists_of_cloudinary().await.into_iter().collect();
    read.extend(lists_of_cloudflare().await);
    let mut all = BTreeSet::new();
    implemented(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/client/src"),
        &mut all,
    );
    all.remove("AnyList");
    assert_eq!(read, all);
}

#[tokio::test]
async fn json_of_a_call_is_the_whole_reply_and_checked_as_the_model_is() {
    let stage = Stage::with(state::with_users(1), |client| client).await;
    let users = stage.client.users();
    let id = state::user_id(0);
    let typed = users.get(&id).response().await.unwrap();
    let mut body: Value = serde_json::from_slice(&typed.body).unwrap();
    body[NEW] = json!({ "deep": [1] });
    let answer = |body: &str| {
        stage.emulator.clear_faults();
        stage
            .emulator
            .inject(Fault::body_replaced(200, "application/json", body));
    };
    answer(&body.to_string());
    assert_eq!(users.get(&id).json().await.unwrap(), body);
    assert_eq!(users.get_opt(&id).json().await.unwrap(), Some(body.clone()));
    assert_eq!(users.update(&id).name("B").json().await.unwrap(), body);
    let response = users.get(&id).response().json().await.unwrap();
    assert_eq!((response.value, response.meta.status.as_u16()), (body.clone(), 200));
    assert_eq!(users.get(&id).json().response().await.unwrap().body, body.to_string());
    for (foreign, kind) in [
        (r#"{"login":"sso"}"#, ErrorKind::Foreign),
        ("<html>", ErrorKind::Foreign),
        (r#"{"id":1}"#, ErrorKind::Decode),
    ] {
        answer(foreign);
        assert_eq!(users.get(&id).json().await.unwrap_err().kind(), kind, "{foreign}");
        let listed = users.list().json().await.unwrap_err();
        assert_eq!(listed.kind(), ErrorKind::Foreign, "{foreign}");
    }
    answer(r#"{"users":[{"id":1}]}"#);
    assert_eq!(users.list().json().await.unwrap_err().kind(), ErrorKind::Decode);
    stage.emulator.clear_faults();
    assert_eq!(users.get_opt("nobody").json().await.unwrap(), None);
    assert!(users.delete(&id).json().await.unwrap().is_object());

    // An update that reads first.
    let stage = cloudflare::Stage::start().await;
    let id = stage.emulator.cloudflare().account_id().to_owned();
    let renamed = stage.client.accounts().update(&id).name("New").json().await.unwrap();
    assert_eq!(renamed["result"]["name"], "New");
}

#[tokio::test]
async fn list_as_json_is_paged_as_the_models_are() {
    let stage = Stage::with(state::with_users(5), |client| client).await;
    let users = || stage.client.users().list().page_size(2);
    let ids = |items: Vec<Value>| {
        items
            .iter()
            .map(|user| user["id"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let all: Vec<_> = users()
        .collect()
        .await
        .unwrap()
        .into_iter()
        .map(|user| user.id.to_string())
        .collect();
    assert_eq!(ids(users().json().collect().await.unwrap()), all);
    let mut items = users().json().stream();
    items.try_next().await.unwrap();
    let rest = users().json().resume(items.checkpoint()).try_collect().await.unwrap();
    assert_eq!(ids(rest), all[1..]);
    stage.emulator.inject(Fault::repeated_page());
    let endless = users().json().collect().await.unwrap_err();
    assert_eq!(endless.kind(), ErrorKind::Paging, "{endless}");
    stage.emulator.clear_faults();
    let found = stage
        .client
        .users()
        .list()
        .emails([state::user_email(3)])
        .json()
        .collect();
    assert_eq!(ids(found.await.unwrap()), [state::user_id(3)]);
}

#[tokio::test]
async fn drift_of_replies_is_told_and_replies_of_today_have_none() {
    let told = Arc::<Mutex<Vec<String>>>::default();
    let kept = Arc::clone(&told);
    let stage = Stage::with(state::with_users(2), move |client| {
        client.on_drift(move |drift| {
            let text = match drift.kind {
                DriftKind::UnknownValue(value) => format!("{}={value}", drift.path),
                _ => drift.path.to_owned(),
            };
            let text = format!("{} {text}", drift.operation.operation_id);
            kept.lock().unwrap().push(text);
        })
    })
    .await;
    let users = stage.client.users();
    let page = users.list().response().await.unwrap();
    users.update(state::user_id(0)).name("B").await.unwrap();
    stage.client.product_environments().list().await.unwrap();
    stage.client.policies().system().list().collect().await.unwrap();
    stage
        .client
        .get("/v1_1/provisioning/accounts/{account_id}/users")
        .await
        .unwrap();
    assert_eq!(*told.lock().unwrap(), [""; 0]);
    let mut body: Value = serde_json::from_slice(&page.body).unwrap();
    with_new_field(&mut body, true);
    body["users"][1]["role"] = json!("court_jester");
    let drifted = Fault::body_replaced(200, "application/json", body.to_string());
    stage.emulator.inject(drifted.times(2));
    users.list().await.unwrap();
    let all = [
        "getUsers $.added_tomorrow",
        "getUsers $.users[].added_tomorrow",
        "getUsers $.users[].role=court_jester",
    ];
    assert_eq!(std::mem::take(&mut *told.lock().unwrap()), all);
    users.list().json().await.unwrap();
    assert_eq!(*told.lock().unwrap(), all);
}

#[tokio::test]
async fn creation_whose_reply_is_no_json_that_can_be_held_was_made() {
    let stage = Stage::start().await;
    let create = stage.client.users().create("Ann", "ann@client.example");
    let mut body = serde_json::to_value(create.clone().await.unwrap()).unwrap().to_string();
    body.insert_str(1, r#""new": 1e999, "#);
    let again = stage.client.users().create("Bob", "bob@client.example");
    again.clone().await.unwrap();
    stage
        .emulator
        .inject(Fault::body_replaced(200, "application/json", body).on("createUser"));
    let error = again.clone().json().await.unwrap_err();
    assert!(
        error.is_outcome_unknown() && error.kind() == ErrorKind::Decode,
        "{error}"
    );
    integration_tests::wording::assert_well_worded(&error);
    assert!(matches!(again.reconcile(&error).await, Reconciled::Applied(_)));
}
