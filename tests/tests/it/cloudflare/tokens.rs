//! Permission groups by name: the one that is meant, or an error that helps.

use account_provisioning::ErrorKind;
use account_provisioning::cloudflare::PermissionGroupScope;
use account_provisioning_emulator::cloudflare::PermissionGroup;
use account_provisioning_emulator::{Fault, Quirk};
use integration_tests::cloudflare::Stage;
use integration_tests::wording::assert_well_worded;

const ACCOUNT: PermissionGroupScope = PermissionGroupScope::ComCloudflareApiAccount;
const ZONE: PermissionGroupScope = PermissionGroupScope::ComCloudflareApiAccountZone;

#[tokio::test]
async fn permission_group_is_found_by_name_and_scope() {
    let stage = Stage::start().await;
    let groups = stage.account().tokens().permission_groups();
    let account = groups.find("Logs Write", ACCOUNT).await.unwrap();
    let zone = groups.find("Logs Write", ZONE).await.unwrap();
    assert_eq!(
        (account.name.as_str(), zone.name.as_str()),
        ("Logs Write", "Logs Write")
    );
    assert_ne!(account.id, zone.id);
    assert_eq!((account.scopes, zone.scopes), (vec![ACCOUNT], vec![ZONE]));
    assert_eq!(groups.find("Zone Read", None).await.unwrap().scopes, [ZONE]);
    let found = groups.find("Zone Read", None).response().await.unwrap();
    assert_eq!((found.meta.attempts.count(), found.name.as_str()), (1, "Zone Read"));
}

#[tokio::test]
async fn permission_group_whose_name_several_have_is_an_error_that_lists_them() {
    let stage = Stage::start().await;
    let groups = stage.account().tokens().permission_groups();
    let problem = groups.find("Logs Write", None).await.unwrap_err();
    assert!(problem.is_ambiguous(), "{problem}");
    let said = problem.to_string();
    for scope in [ACCOUNT, ZONE] {
        let id = groups.find("Logs Write", scope.clone()).await.unwrap().id;
        assert!(said.contains(id.as_str()) && said.contains(scope.as_str()), "{said}");
    }
    assert!(said.contains("2 permission groups match"), "{said}");
    assert_well_worded(&problem);

    // Even a scope may not tell them apart.
    let twin = stage.emulator.edit_state(|state| {
        let twin = PermissionGroup::new("twin", "Logs Write", PermissionGroup::ZONE);
        state.cloudflare.permission_groups.insert(twin);
    });
    twin.unwrap();
    let problem = groups.find("Logs Write", ZONE).await.unwrap_err();
    assert!(problem.to_string().contains("twin"), "{problem}");
}

#[tokio::test]
async fn permission_group_that_is_not_there_is_an_error_that_names_what_is_near() {
    let stage = Stage::start().await;
    let groups = stage.account().tokens().permission_groups();
    for (name, scope, says) in [
        ("Zone Reed", None, "there is `Zone Read`"),
        ("zone read", None, "there is `Zone Read`"),
        ("Logs", Some(ZONE), "`Logs Read`, `Logs Write`"),
        ("Quux", None, "`list` returns those that exist"),
        ("Zone Read", Some(ACCOUNT), "there is `Zone Read`"),
    ] {
        let problem = groups.find(name, scope).await.unwrap_err();
        assert!(
            problem.is_invalid_input() && problem.to_string().contains(says),
            "{name}: {problem}"
        );
        assert_well_worded(&problem);
    }
}

#[tokio::test]
async fn permission_group_is_not_looked_for_in_a_list_that_is_not_whole() {
    let stage = Stage::start().await;
    let body = r#"{"success":true,"errors":[],"messages":[],"result":[{"id":"a","name":"Zone Read","scopes":[]}],
        "result_info":{"count":1,"page":1,"per_page":1,"total_count":2}}"#;
    stage
        .emulator
        .inject(Fault::body_replaced(200, "application/json", body));
    let groups = stage.account().tokens().permission_groups();
    let problem = groups.find("Zone Read", None).await.unwrap_err();
    assert_eq!(problem.kind(), ErrorKind::Paging, "{problem}");
    assert_well_worded(&problem);
}

#[tokio::test]
async fn permission_group_names_are_encoded_once() {
    for twice in [true, false] {
        let stage = Stage::start().await;
        stage.emulator.set_quirk(Quirk::NamesEncodedTwice, twice);
        let list = stage.account().tokens().permission_groups().list();
        let found = list
            .name("Access: Apps and Policies Read")
            .scope(ZONE)
            .collect()
            .await
            .unwrap();
        assert_eq!(found.len(), 1);
        let request = stage.emulator.requests().remove(0);
        assert!(request.coerced.is_empty(), "{request:?}");
    }
}
