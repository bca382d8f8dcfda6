//! Custom policies, from creation to deletion; and what everybody may see.

use account_provisioning::Field;
use account_provisioning::cloudinary::{PermissionType, PolicyScope, Scope, ScopeType};
use account_provisioning_emulator::Fault;
use integration_tests::wording::assert_well_worded;
use integration_tests::world::STATEMENT;

use super::stage;

const OTHER: &str = "forbid (principal, action == Cloudinary::Action::\"delete\", resource is Cloudinary::User);";

#[tokio::test]
async fn policy_lives_from_creation_to_deletion() {
    let stage = stage().await;
    let custom = stage.client.policies().custom();
    let created = custom
        .create("Mine", STATEMENT, PolicyScope::AllProductEnvironments)
        .description("d")
        .enabled(false)
        .await
        .unwrap();
    assert_eq!(
        (created.scope_type.clone(), created.scope_id.as_deref()),
        (ScopeType::Prodenv, Some("all"))
    );
    assert_eq!(
        PolicyScope::try_from(&created).unwrap(),
        PolicyScope::AllProductEnvironments
    );
    assert_eq!(created.created_at, Some(stage.emulator.now()));
    assert_eq!(custom.get(&created.id).await.unwrap().name, "Mine");

    let here = Scope::product_environment("env-2").unwrap();
    let listed = custom.list().scope(&here).collect().await.unwrap();
    assert_eq!(listed[0].id, created.id, "what holds everywhere holds here");
    assert!(custom.list().scope(&here).enabled(true).await.unwrap().is_empty());

    let changed = custom
        .update(&created.id)
        .policy_statement(OTHER)
        .name("Ours")
        .await
        .unwrap();
    assert_eq!((changed.enabled, changed.description.as_deref()), (false, Some("d")));
    assert_eq!(
        PolicyScope::try_from(&changed).unwrap(),
        PolicyScope::AllProductEnvironments
    );
    let replaced = custom
        .replace(&created.id, "Theirs", STATEMENT, Scope::Account, true)
        .description(Field::Clear)
        .await
        .unwrap();
    assert_eq!(
        (replaced.enabled, replaced.description, replaced.scope_id),
        (true, None, None)
    );

    custom.delete(&created.id).await.unwrap();
    assert!(custom.get_opt(&created.id).await.unwrap().is_none());
    assert!(custom.delete(&created.id).await.unwrap_err().is_not_found());
    assert!(
        custom
            .update(&created.id)
            .enabled(true)
            .await
            .unwrap_err()
            .is_not_found()
    );
}

#[tokio::test]
async fn policy_with_the_statement_that_it_has_is_a_conflict_as_the_document_says() {
    let stage = stage().await;
    let custom = stage.client.policies().custom();
    let error = custom.update("policy-1").enabled(true).await.unwrap_err();
    assert!(error.is_conflict(), "{error}");
    assert!(!custom.get("policy-1").await.unwrap().enabled);
    let commented = format!("// enabled in spring\n{STATEMENT}");
    let enabled = custom
        .update("policy-1")
        .enabled(true)
        .policy_statement(commented)
        .await
        .unwrap();
    assert!(enabled.enabled, "another statement is all it takes");
}

#[tokio::test]
async fn policy_that_is_no_cedar_is_refused_with_what_is_wrong() {
    let stage = stage().await;
    let custom = stage.client.policies().custom();
    for statement in [
        "permit (principal, action",
        "permit (principal, action == Nowhere::\"x\", resource);",
    ] {
        let create = custom.create("x", statement, Scope::Account).await.unwrap_err();
        let update = custom.update("policy-1").policy_statement(statement).await.unwrap_err();
        for error in [create, update] {
            assert_eq!(error.status().unwrap().as_u16(), 400, "{error}");
            let details = error.details().unwrap();
            assert!(
                details["fields"][1]["cedar_errors"][0]["cedar_message"].is_string(),
                "{details}"
            );
            assert_well_worded(&error);
        }
    }
}

#[tokio::test]
async fn policy_in_effect_is_one_that_is_enabled() {
    let stage = stage().await;
    let effective = stage.client.policies().effective().scope(Scope::Account).await.unwrap();
    let custom: Vec<_> = effective
        .custom_policies
        .iter()
        .map(|policy| policy.id.as_str())
        .collect();
    assert_eq!(custom, ["policy-2"]);
    assert_eq!(effective.principal, None);
}

#[tokio::test]
async fn system_policies_are_those_of_the_level_and_the_type() {
    let stage = stage().await;
    let system = stage.client.policies().system();
    let account = system.list().collect().await.unwrap();
    assert!(!account.is_empty() && account.iter().all(|policy| policy.scope_type == ScopeType::Account));
    let content = system
        .list()
        .scope_type(ScopeType::Prodenv)
        .permission_type(PermissionType::Content)
        .collect()
        .await
        .unwrap();
    assert!(
        content
            .iter()
            .all(|policy| policy.permission_type == Some(PermissionType::Content))
    );
    assert!(content.iter().any(|policy| policy.policy_parameters == ["folder_id"]));
    let folder = content
        .iter()
        .find(|policy| policy.policy_parameters == ["folder_id"])
        .unwrap();
    assert!(
        folder.policy_statement.contains("\"<folder_id>\""),
        "a placeholder until it is assigned"
    );
}

#[tokio::test]
async fn replies_without_what_they_are_about_are_errors() {
    let stage = stage().await;
    let public = stage.client.public();
    for body in ["{}", r#"{"data":null,"schema":null,"catalog":{}}"#] {
        stage.emulator.clear_faults();
        stage
            .emulator
            .inject(Fault::body_replaced(200, "application/json", body));
        for error in [
            public.catalog().await.map(drop).unwrap_err(),
            public.cedar_schema().await.map(drop).unwrap_err(),
            public.validate("x").await.map(drop).unwrap_err(),
            stage.client.policies().effective().await.map(drop).unwrap_err(),
            stage
                .client
                .principals()
                .inspect(Scope::Account)
                .await
                .map(drop)
                .unwrap_err(),
            stage.client.roles().get("role-1").await.map(drop).unwrap_err(),
            stage
                .client
                .policies()
                .custom()
                .get("policy-1")
                .await
                .map(drop)
                .unwrap_err(),
        ] {
            assert!(error.is_decode(), "{body}: {error}");
            assert!(error.operation().is_some());
            assert_well_worded(&error);
        }
    }
}

#[tokio::test]
async fn success_of_any_kind_without_a_body_is_success() {
    let stage = stage().await;
    for status in [200, 201, 202, 204] {
        stage.emulator.clear_faults();
        stage.emulator.inject(Fault::body_replaced(status, "text/plain", ""));
        stage.client.roles().delete("role-1").await.unwrap();
        stage.client.policies().custom().delete("policy-1").await.unwrap();
    }
    let reply = stage
        .client
        .roles()
        .delete("role-1")
        .force(true)
        .response()
        .await
        .unwrap();
    assert_eq!(reply.meta.status.as_u16(), 204);
}

#[tokio::test]
async fn bad_request_without_a_body_is_described() {
    let stage = stage().await;
    stage.emulator.inject(Fault::body_replaced(400, "text/plain", ""));
    let error = stage.client.public().validate("permit").await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 400);
    assert!(error.to_string().contains("an empty body"), "{error}");
    assert!(error.category().is_none() && error.details().is_none());
    assert_well_worded(&error);
}
