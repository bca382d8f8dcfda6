//! May this principal do that? Decided from the policies in effect.

use account_provisioning::Error;
use account_provisioning::cloudinary::cedar::{Authorizer, CedarEntity};
use account_provisioning::cloudinary::requests::GetEffectivePolicies;
use account_provisioning::cloudinary::{PolicyParameters, PolicyScope, Principal, RoleAssignment, Scope};
use account_provisioning::{Call, cloudinary};
use account_provisioning_emulator::Fault;
use integration_tests::wording::assert_well_worded;
use integration_tests::{Stage, world};
use serde_json::json;

async fn stage() -> Stage {
    let mut account = world::account();
    account.custom_policies = std::iter::empty().collect();
    Stage::with(world::emulator([account]), |client| client).await
}

fn here() -> Scope {
    Scope::product_environment("env-1").unwrap()
}

fn ann() -> Principal {
    Principal::user("user-1").unwrap()
}

fn bob() -> Principal {
    Principal::user("user-2").unwrap()
}

fn folder(id: &str) -> CedarEntity {
    CedarEntity::new("Folder", id)
}

fn asset(id: &str) -> CedarEntity {
    CedarEntity::new("Asset", id)
        .attribute("resource_type", "image")
        .attribute("tags", json!(["spring"]))
}

/// What is in effect, and which groups the users are in as the questions begin.
async fn authorizer(stage: &Stage, effective: Call<GetEffectivePolicies>) -> Authorizer {
    let of_all = ungrouped(stage, effective).await;
    of_all.with_groups("user-1", [""; 0]).with_groups("user-2", ["group-1"])
}

async fn ungrouped(stage: &Stage, effective: Call<GetEffectivePolicies>) -> Authorizer {
    let schema = stage.client.public().cedar_schema().await.unwrap();
    effective.await.unwrap().with_schema(&schema).unwrap()
}

/// The policies in effect here, for all principals.
async fn all(stage: &Stage) -> Authorizer {
    authorizer(stage, stage.client.policies().effective().scope(here())).await
}

async fn policy(client: &cloudinary::Client, name: &str, statement: &str) {
    let all = PolicyScope::AllProductEnvironments;
    client.policies().custom().create(name, statement, all).await.unwrap();
}

async fn viewer_of(stage: &Stage, principal: &Principal, id: &str) {
    let viewer = RoleAssignment::new("cld::role::folder::viewer", here(), PolicyParameters::folder(id));
    stage.client.principals().add_roles(principal, [viewer]).await.unwrap();
}

#[track_caller]
fn refused(answer: Result<bool, Error>, says: &str) {
    let error = answer.unwrap_err();
    assert!(error.is_invalid_input() && error.to_string().contains(says), "{error}");
    assert_well_worded(&error);
}

#[tokio::test]
async fn role_on_a_folder_allows_what_it_says_there_and_nothing_elsewhere() {
    let stage = stage().await;
    viewer_of(&stage, &ann(), "f1").await;
    let only_ann = stage.client.policies().effective().scope(here()).principal(ann());
    for effective in [all(&stage).await, authorizer(&stage, only_ann).await] {
        assert!(effective.is_allowed(ann(), "view_folder", folder("f1")).unwrap());
        assert!(
            effective
                .is_allowed(ann(), "view_folder", r#"Cloudinary::Folder::"f1""#)
                .unwrap()
        );
        let inside = folder("f2").within(folder("f1"));
        assert!(effective.is_allowed(ann(), "view_folder", &inside).unwrap());
        let deep = asset("a").within(folder("f3").within(inside));
        assert!(
            effective
                .is_allowed(ann(), r#"Cloudinary::Action::"view_asset""#, &deep)
                .unwrap()
        );

        assert!(!effective.is_allowed(ann(), "delete_asset", &deep).unwrap());
        assert!(
            !effective.is_allowed(ann(), "view_folder", folder("f2")).unwrap(),
            "in nothing"
        );
        assert!(!effective.is_allowed(ann(), "view_asset", asset("a")).unwrap());
    }
}

#[tokio::test]
async fn role_of_one_is_none_of_another() {
    let stage = stage().await;
    viewer_of(&stage, &ann(), "f1").await;
    let effective = all(&stage).await;
    for other in [
        bob(),
        Principal::group("group-1").unwrap(),
        Principal::api_key("111").unwrap(),
    ] {
        assert!(
            !effective.is_allowed(&other, "view_folder", folder("f1")).unwrap(),
            "{other}"
        );
    }
    let only_bob = authorizer(
        &stage,
        stage.client.policies().effective().scope(here()).principal(bob()),
    )
    .await;
    refused(
        only_bob.is_allowed(ann(), "view_folder", folder("f1")),
        "those of user user-2",
    );
}

#[tokio::test]
async fn policy_that_forbids_overrides_all_that_permit() {
    let stage = stage().await;
    viewer_of(&stage, &ann(), "f1").await;
    policy(&stage.client, "p", "permit (principal, action, resource);").await;
    let forbidding =
        "forbid (principal == Cloudinary::User::\"user-1\", action, resource in Cloudinary::Folder::\"f1\");";
    policy(&stage.client, "f", forbidding).await;
    let effective = all(&stage).await;
    assert!(!effective.is_allowed(ann(), "view_folder", folder("f1")).unwrap());
    assert!(effective.is_allowed(ann(), "view_folder", folder("f2")).unwrap());
    assert!(effective.is_allowed(bob(), "view_folder", folder("f1")).unwrap());
}

#[tokio::test]
async fn policy_about_a_group_needs_to_know_the_groups_of_a_user() {
    let stage = stage().await;
    let members = "permit (principal in Cloudinary::Group::\"group-1\", action, resource);";
    policy(&stage.client, "m", members).await;
    let effective = ungrouped(&stage, stage.client.policies().effective().scope(here())).await;
    refused(effective.is_allowed(bob(), "view_folder", folder("f1")), "with_groups");
    // A group and a key are in no group.
    assert!(
        effective
            .is_allowed(Principal::group("group-1").unwrap(), "view_folder", folder("f1"))
            .unwrap()
    );
    assert!(
        !effective
            .is_allowed(Principal::api_key("111").unwrap(), "view_folder", folder("f1"))
            .unwrap()
    );

    let groups = stage.client.users().groups("user-2").await.unwrap();
    let groups: Vec<_> = groups.into_iter().map(|group| group.id).collect();
    let effective = effective.with_groups("user-2", groups).with_groups("user-1", [""; 0]);
    assert!(effective.is_allowed(bob(), "view_folder", folder("f1")).unwrap());
    assert!(!effective.is_allowed(ann(), "view_folder", folder("f1")).unwrap());
}

#[tokio::test]
async fn role_of_a_group_reaches_its_members() {
    let stage = stage().await;
    viewer_of(&stage, &Principal::group("group-1").unwrap(), "f1").await;
    let effective = all(&stage).await;
    assert!(effective.is_allowed(bob(), "view_folder", folder("f1")).unwrap());
    assert!(!effective.is_allowed(ann(), "view_folder", folder("f1")).unwrap());
    // Said by the caller, it holds as well.
    let effective = effective.with_groups("user-1", ["group-1"]);
    assert!(effective.is_allowed(ann(), "view_folder", folder("f1")).unwrap());
    // An id that can't be one is reported when the question is asked.
    for wrong in [
        effective.clone().with_groups("..", ["group-1"]),
        effective.with_groups("user-1", [""]),
    ] {
        let error = wrong.is_allowed(ann(), "view_folder", folder("f1")).unwrap_err();
        assert!(error.is_invalid_input(), "{error}");
        assert_well_worded(&error);
    }
}

#[tokio::test]
async fn question_about_what_the_schema_does_not_know_is_refused_by_name() {
    let stage = stage().await;
    let effective = all(&stage).await;
    refused(
        effective.is_allowed(ann(), "fly", folder("f1")),
        "action `fly` is unknown",
    );
    refused(
        effective.is_allowed(ann(), "Action::\"view_folder\"", folder("f1")),
        "is unknown",
    );
    refused(
        effective.is_allowed(ann(), "view_folder", CedarEntity::new("Planet", "x")),
        "entity type `Planet` is unknown",
    );
    refused(
        effective.is_allowed(
            ann(),
            "view_folder",
            folder("f").within(CedarEntity::new("Planet", "x")),
        ),
        "entity type `Planet` is unknown",
    );
    refused(
        effective.is_allowed(ann(), "view_folder", "no entity"),
        "cedar entity: ",
    );
    refused(
        effective.is_allowed(ann(), "view_asset", folder("f1")),
        "authorization: ",
    );
    // An asset has attributes by the schema: without them, no policy about them could be decided.
    refused(
        effective.is_allowed(ann(), "view_asset", CedarEntity::new("Asset", "a")),
        "resource_type",
    );
    refused(
        effective.is_allowed(ann(), "view_asset", asset("a").attribute("tags", 7)),
        "doesn't fit the schema",
    );
    refused(
        effective.is_allowed(
            ann(),
            "view_folder",
            folder("f").within(CedarEntity::new("Collection", "c")),
        ),
        "doesn't fit the schema",
    );
}

#[tokio::test]
async fn entity_said_in_several_places_is_joined_unless_it_contradicts_itself() {
    let stage = stage().await;
    viewer_of(&stage, &ann(), "root").await;
    let effective = all(&stage).await.with_entity(folder("f1").within(folder("root")));
    assert!(effective.is_allowed(ann(), "view_folder", folder("f1")).unwrap());
    assert!(
        effective
            .is_allowed(ann(), "view_asset", asset("a").within(folder("f1")))
            .unwrap()
    );
    let other = asset("a").attribute("resource_type", "video");
    let effective = effective.with_entity(other);
    refused(effective.is_allowed(ann(), "view_asset", asset("a")), "two values");
}

#[tokio::test]
async fn attributes_and_circumstances_are_what_conditions_are_decided_by() {
    let stage = stage().await;
    let spring = "permit (principal, action == Cloudinary::Action::\"view_asset\", resource) when { resource.tags.contains(\"spring\") };";
    policy(&stage.client, "spring", spring).await;
    let office = "forbid (principal, action, resource) unless { context has source_ip && context.source_ip.isInRange(ip(\"10.0.0.0/8\")) };";
    policy(&stage.client, "office", office).await;
    let effective = all(&stage).await;
    assert!(
        !effective.is_allowed(ann(), "view_asset", asset("a")).unwrap(),
        "from nowhere"
    );
    for (address, allowed) in [("10.1.2.3", true), ("192.0.2.1", false)] {
        let context = json!({ "source_ip": address }).as_object().unwrap().clone();
        let there = effective.clone().with_context(context);
        assert_eq!(
            there.is_allowed(ann(), "view_asset", asset("a")).unwrap(),
            allowed,
            "{address}"
        );
        let autumn = asset("b").attribute("tags", json!([]));
        assert!(!there.is_allowed(ann(), "view_asset", autumn).unwrap());
    }
    let wrong = json!({ "weather": "fine" }).as_object().unwrap().clone();
    refused(
        effective
            .with_context(wrong)
            .is_allowed(ann(), "view_asset", asset("a")),
        "context",
    );
}

#[tokio::test]
async fn policy_that_cannot_be_decided_is_no_answer_unless_another_forbids() {
    let stage = stage().await;
    policy(&stage.client, "p", "permit (principal, action, resource);").await;
    let overflowing = format!("forbid (principal, action, resource) when {{ {} + 1 > 0 }};", i64::MAX);
    policy(&stage.client, "f", &overflowing).await;
    let effective = all(&stage).await;
    refused(
        effective.is_allowed(ann(), "view_folder", folder("f1")),
        "can't be decided",
    );
    policy(
        &stage.client,
        "certain",
        "forbid (principal, action, resource in Cloudinary::Folder::\"f1\");",
    )
    .await;
    let effective = all(&stage).await;
    assert!(
        !effective.is_allowed(ann(), "view_folder", folder("f1")).unwrap(),
        "forbidden whatever the other says"
    );
    refused(
        effective.is_allowed(ann(), "view_folder", folder("f2")),
        "can't be decided",
    );
}

#[tokio::test]
async fn effective_policy_that_is_no_cedar_makes_no_authorizer() {
    let stage = stage().await;
    let schema = stage.client.public().cedar_schema().await.unwrap();
    for body in [
        r#"{"data":{"principals":[],"custom_policies":[{"id":"p-7","policy_statement":"forbid (principal"}]}}"#,
        r#"{"data":{"principals":[{"principal_type":"user","principal_id":"u","roles":[{"id":"r","system_policies":[{"id":"p-7","policy_statement":""}]}]}],"custom_policies":null}}"#,
        r#"{"data":{"principals":[],"custom_policies":[{"id":"p-7","policy_statement":"forbid (principal, action, resource in Cloudinary::Folder::\"{{folder_id}}\");"}]}}"#,
        r#"{"data":{"principals":[],"custom_policies":[{"id":"p-7","policy_statement":"forbid (principal in Cloudinary::Team::\"t\", action, resource);"}]}}"#,
    ] {
        stage.emulator.clear_faults();
        stage
            .emulator
            .inject(Fault::body_replaced(200, "application/json", body));
        let effective = stage.client.policies().effective().await.unwrap();
        let error = effective.with_schema(&schema).unwrap_err();
        assert!(error.is_decode() && error.to_string().contains("`p-7`"), "{error}");
        assert_well_worded(&error);
    }
}
