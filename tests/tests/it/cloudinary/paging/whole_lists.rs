//! Lists that the documents have come whole, and that come with the cursor of a next page.

use account_provisioning::cloudinary::{Client, PermissionType, Principal};
use account_provisioning::{Error, ErrorKind, List, Pager, PagingStop};
use account_provisioning_emulator::Fault;
use futures::TryStreamExt as _;
use integration_tests::Stage;
use integration_tests::wording::assert_well_worded;
use serde_json::{Value, json};

/// Reads a list that comes with a cursor: awaited, and as a stream, which returns what there is.
async fn refused<L: List>(body: &Value, list: impl Fn(&Client) -> Pager<L>) -> [Error; 2] {
    let stage = Stage::start().await;
    let mut body = body.clone();
    for cursor in [json!("more"), json!(7)] {
        stage.emulator.clear_faults();
        body["next_cursor"] = cursor;
        stage
            .emulator
            .inject(Fault::body_replaced(200, "application/json", body.to_string()));
        let awaited = list(&stage.client).await.map(|page| page.len()).unwrap_err();
        let mut items = list(&stage.client).stream();
        assert!(items.try_next().await.is_ok_and(|item| item.is_some()), "{body}");
        let streamed = items.try_next().await.map(|item| item.is_some()).unwrap_err();
        let failure = streamed.paging().unwrap();
        assert_eq!(
            (failure.stop, failure.read),
            (PagingStop::MissingItems, 1),
            "{streamed}"
        );
        if body["next_cursor"] == 7 {
            return [awaited, streamed];
        }
    }
    unreachable!("the last cursor returns")
}

#[tokio::test]
async fn list_without_pages_that_comes_with_a_cursor_is_a_typed_error() {
    let user = || Principal::user("u").unwrap();
    let one = |key: &str, item: Value| json!({ key: [item] });
    let role = json!({
        "id": "r", "name": "n", "management_type": "system", "permission_type": "global", "scope_type": "account"
    });
    let thing = json!({ "id": "t", "name": "T" });
    let errors = [
        refused(&one("sub_accounts", thing.clone()), |client| {
            client.product_environments().list()
        })
        .await,
        refused(&one("groups", thing.clone()), |client| client.users().groups("u")).await,
        refused(&one("sub_accounts", thing.clone()), |client| {
            client.users().product_environments("u")
        })
        .await,
        refused(&one("user_groups", thing.clone()), |client| client.user_groups().list()).await,
        refused(&one("users", thing.clone()), |client| client.user_groups().members("g")).await,
        refused(&one("data", role.clone()), |client| {
            client.roles().list(PermissionType::Global)
        })
        .await,
        refused(&one("data", json!({ "id": "u", "type": "user" })), |client| {
            client.roles().principals("r")
        })
        .await,
        refused(&one("data", role), |client| {
            client.principals().roles(user(), PermissionType::Global)
        })
        .await,
    ];
    for error in errors.iter().flatten() {
        assert_eq!(error.kind(), ErrorKind::Paging, "{error}");
        assert!(
            error.to_string().contains("has no parameter to ask for the others"),
            "{error}"
        );
        assert_well_worded(error);
    }
}

#[tokio::test]
async fn list_without_pages_whose_cursor_is_empty_is_whole() {
    let stage = Stage::start().await;
    for cursor in [json!(null), json!("")] {
        let body = json!({ "sub_accounts": [{ "id": "e", "name": "E" }], "next_cursor": cursor });
        stage.emulator.clear_faults();
        stage
            .emulator
            .inject(Fault::body_replaced(200, "application/json", body.to_string()));
        assert_eq!(stage.client.product_environments().list().await.unwrap().len(), 1);
        assert_eq!(
            stage
                .client
                .product_environments()
                .list()
                .collect()
                .await
                .unwrap()
                .len(),
            1
        );
    }
}

#[tokio::test]
async fn policies_in_effect_that_come_with_a_cursor_are_no_basis_of_a_decision() {
    let stage = Stage::start().await;
    let body = r#"{"data":{"principals":[],"custom_policies":[]},"next_cursor":"more"}"#;
    stage
        .emulator
        .inject(Fault::body_replaced(200, "application/json", body));
    let error = stage.client.policies().effective().await.unwrap_err();
    assert_eq!(
        (error.kind(), error.operation()),
        (ErrorKind::Paging, Some("getEffectivePolicies"))
    );
    assert_well_worded(&error);
}
