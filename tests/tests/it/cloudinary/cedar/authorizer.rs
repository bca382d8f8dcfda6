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

/// A folder at the top.
fn folder(id: &str) -> CedarEntity {
    CedarEntity::folder(id).top_level()
}

fn inside(id: &str, parent: CedarEntity) -> CedarEntity {
    CedarEntity::folder(id).within(parent)
}

/// An asset at the top.
fn asset(id: &str) -> CedarEntity {
    CedarEntity::asset(id).top_level()
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
        assert!(effective.is_allowed(ann(), "read", folder("f1")).unwrap());
        assert!(
            effective
                .is_allowed(ann(), "read", r#"Cloudinary::Folder::"f1""#)
                .unwrap()
        );
        let f2 = inside("f2", folder("f1"));
        assert!(effective.is_allowed(ann(), "read", &f2).unwrap());
        let deep = CedarEntity::asset("a").within(inside("f3", f2));
        assert!(
            effective
                .is_allowed(ann(), r#"Cloudinary::Action::"read""#, &deep)
                .unwrap()
        );

        assert!(!effective.is_allowed(ann(), "delete", &deep).unwrap());
        assert!(
            !effective.is_allowed(ann(), "read", folder("f2")).unwrap(),
            "in nothing"
        );
        assert!(!effective.is_allowed(ann(), "read", asset("a")).unwrap());
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
        assert!(!effective.is_allowed(&other, "read", folder("f1")).unwrap(), "{other}");
    }
    let only_bob = authorizer(
        &stage,
        stage.client.policies().effective().scope(here()).principal(bob()),
    )
    .await;
    refused(only_bob.is_allowed(ann(), "read", folder("f1")), "those of user user-2");
}

#[tokio::test]
async fn policy_that_forbids_overrides_all_that_permit() {
    let stage = stage().await;
    viewer_of(&stage, &ann(), "f1").await;
    policy(&stage.client, "p", "permit (principal, action, resource);").await;
    let forbidding =
        "forbid (principal == Cloudinary::User::\"user-1\", action, resource == Cloudinary::Folder::\"f1\");";
    policy(&stage.client, "f", forbidding).await;
    let effective = all(&stage).await;
    assert!(!effective.is_allowed(ann(), "read", folder("f1")).unwrap());
    assert!(effective.is_allowed(ann(), "read", folder("f2")).unwrap());
    assert!(effective.is_allowed(bob(), "read", folder("f1")).unwrap());
}

#[tokio::test]
async fn policy_about_a_group_needs_to_know_the_groups_of_a_user() {
    let stage = stage().await;
    let members = "permit (principal in Cloudinary::Group::\"group-1\", action, resource);";
    policy(&stage.client, "m", members).await;
    let effective = ungrouped(&stage, stage.client.policies().effective().scope(here())).await;
    refused(effective.is_allowed(bob(), "read", folder("f1")), "with_groups");
    // A group and a key are in no group.
    assert!(
        effective
            .is_allowed(Principal::group("group-1").unwrap(), "read", folder("f1"))
            .unwrap()
    );
    assert!(
        !effective
            .is_allowed(Principal::api_key("111").unwrap(), "read", folder("f1"))
            .unwrap()
    );

    let groups = stage.client.users().groups("user-2").await.unwrap();
    let groups: Vec<_> = groups.into_iter().map(|group| group.id).collect();
    let effective = effective.with_groups("user-2", groups).with_groups("user-1", [""; 0]);
    assert!(effective.is_allowed(bob(), "read", folder("f1")).unwrap());
    assert!(!effective.is_allowed(ann(), "read", folder("f1")).unwrap());
}

#[tokio::test]
async fn role_of_a_group_reaches_its_members() {
    let stage = stage().await;
    viewer_of(&stage, &Principal::group("group-1").unwrap(), "f1").await;
    let effective = all(&stage).await;
    assert!(effective.is_allowed(bob(), "read", folder("f1")).unwrap());
    assert!(!effective.is_allowed(ann(), "read", folder("f1")).unwrap());
    // Said by the caller, it holds as well.
    let effective = effective.with_groups("user-1", ["group-1"]);
    assert!(effective.is_allowed(ann(), "read", folder("f1")).unwrap());
    // An id that can't be one is reported when the question is asked.
    for wrong in [
        effective.clone().with_groups("..", ["group-1"]),
        effective.with_groups("user-1", [""]),
    ] {
        let error = wrong.is_allowed(ann(), "read", folder("f1")).unwrap_err();
        assert!(error.is_invalid_input(), "{error}");
        assert_well_worded(&error);
    }
}

#[tokio::test]
async fn question_about_what_the_schema_does_not_know_is_refused_by_name() {
    let stage = stage().await;
    let effective = all(&stage).await;
    let planet = || CedarEntity::new("Planet", "x");
    for (action, resource, says) in [
        ("fly", folder("f1"), "action `fly` is unknown"),
        ("Action::\"read\"", folder("f1"), "is unknown"),
        ("read", planet(), "entity type `Planet` is unknown"),
        ("read", folder("f").within(planet()), "entity type `Planet` is unknown"),
        ("read", CedarEntity::new("APIKey", "k"), "authorization: "),
        (
            "read",
            asset("a").attribute("ancestor_ids", 7),
            "doesn't fit the schema",
        ),
        ("read", asset("a").attribute("colour", 7), "doesn't fit the schema"),
        (
            "read",
            folder("f").within(CedarEntity::new("Report", "r")),
            "doesn't fit the schema",
        ),
    ] {
        refused(effective.is_allowed(ann(), action, resource), says);
    }
    refused(effective.is_allowed(ann(), "read", "no entity"), "cedar entity: ");
}

#[tokio::test]
async fn entity_said_in_several_places_is_joined_unless_it_contradicts_itself() {
    let stage = stage().await;
    viewer_of(&stage, &ann(), "root").await;
    let effective = all(&stage).await;
    let effective = effective.with_entities([folder("root"), inside("f1", CedarEntity::folder("root"))]);
    assert!(effective.is_allowed(ann(), "read", CedarEntity::folder("f1")).unwrap());
    assert!(
        effective
            .is_allowed(ann(), "read", CedarEntity::asset("a").within(CedarEntity::folder("f1")))
            .unwrap()
    );
    refused(
        effective.is_allowed(ann(), "read", CedarEntity::folder("f1").ancestor_ids(["other"])),
        "not among its `ancestor_ids`",
    );
    let effective = effective.with_entity(asset("a").ancestor_ids(["x"]));
    refused(effective.is_allowed(ann(), "read", asset("a")), "two values");
}

#[tokio::test]
async fn attributes_and_circumstances_are_what_conditions_are_decided_by() {
    let stage = stage().await;
    let spring = "permit (principal, action == Cloudinary::Action::\"read\", resource) when { resource.ancestor_ids.contains(\"spring\") };";
    policy(&stage.client, "spring", spring).await;
    let office = "forbid (principal, action, resource) unless { context has source_ip && context.source_ip.isInRange(ip(\"10.0.0.0/8\")) };";
    policy(&stage.client, "office", office).await;
    let effective = all(&stage).await;
    let banner = asset("a").ancestor_ids(["spring"]);
    assert!(!effective.is_allowed(ann(), "read", &banner).unwrap(), "from nowhere");
    for (address, allowed) in [("10.1.2.3", true), ("192.0.2.1", false)] {
        let context = json!({ "source_ip": address }).as_object().unwrap().clone();
        let there = effective.clone().with_context(context);
        assert_eq!(there.is_allowed(ann(), "read", &banner).unwrap(), allowed, "{address}");
        let autumn = asset("b").ancestor_ids(["autumn"]);
        assert!(!there.is_allowed(ann(), "read", autumn).unwrap());
    }
    let wrong = json!({ "weather": "fine" }).as_object().unwrap().clone();
    refused(
        effective.with_context(wrong).is_allowed(ann(), "read", &banner),
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
    refused(effective.is_allowed(ann(), "read", folder("f1")), "can't be decided");
    policy(
        &stage.client,
        "certain",
        "forbid (principal, action, resource == Cloudinary::Folder::\"f1\");",
    )
    .await;
    let effective = all(&stage).await;
    assert!(
        !effective.is_allowed(ann(), "read", folder("f1")).unwrap(),
        "forbidden whatever the other says"
    );
    refused(effective.is_allowed(ann(), "read", folder("f2")), "can't be decided");
}

#[tokio::test]
async fn effective_policy_that_is_no_cedar_makes_no_authorizer() {
    let stage = stage().await;
    let schema = stage.client.public().cedar_schema().await.unwrap();
    for body in [
        r#"{"data":{"principals":[],"custom_policies":[{"id":"p-7","policy_statement":"forbid (principal"}]}}"#,
        r#"{"data":{"principals":[{"principal_type":"user","principal_id":"u","roles":[{"id":"r","system_policies":[{"id":"p-7","policy_statement":""}]}]}],"custom_policies":null}}"#,
        r#"{"data":{"principals":[],"custom_policies":[{"id":"p-7","policy_statement":"forbid (principal, action, resource == Cloudinary::Folder::\"<folder_id>\");"}]}}"#,
        r#"{"data":{"principals":[],"custom_policies":[{"id":"p-7","policy_statement":"permit (principal, action, resource); forbid (principal, action, resource) when { resource.ancestor_ids.contains(\"<collection_id>\") };"}]}}"#,
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
