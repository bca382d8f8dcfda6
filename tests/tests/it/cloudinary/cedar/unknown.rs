//! What nobody said is never the reason why something is allowed.

use account_provisioning::Error;
use account_provisioning::cloudinary::cedar::{Authorizer, CedarEntity};
use account_provisioning::cloudinary::{CedarSchema, Principal};
use account_provisioning_emulator::Fault;
use integration_tests::Stage;
use integration_tests::wording::assert_well_worded;
use serde_json::{Map, Value, json};

/// A schema in which a user can be in groups and teams, a team in a team, and a group in a department.
fn schema() -> CedarSchema {
    let entity = |name: &str| json!({ "type": "Entity", "name": name });
    let optional = |mut kind: Value| {
        kind["required"] = json!(false);
        kind
    };
    let person = json!({ "type": "Record", "attributes": {
        "suspended": optional(json!({ "type": "Boolean" })),
        "manager": optional(entity("User")),
    } });
    let folder = json!({ "type": "Record", "attributes": {
        "owner": optional(entity("User")),
        "team": optional(entity("Team")),
        "teams": optional(json!({ "type": "Set", "element": entity("Team") })),
    } });
    let schema = json!({ "X": {
        "entityTypes": {
            "User": { "memberOfTypes": ["Group", "Team"], "shape": person },
            "Group": { "memberOfTypes": ["Department"] },
            "APIKey": {},
            "Team": { "memberOfTypes": ["Team"] },
            "Department": {},
            "Folder": { "memberOfTypes": ["Folder"], "shape": folder, "tags": { "type": "String" } },
        },
        "actions": { "view": { "appliesTo": {
            "principalTypes": ["User", "Group", "APIKey"],
            "resourceTypes": ["Folder", "Team"],
            "context": { "type": "Record", "attributes": {
                "blocked": optional(json!({ "type": "Boolean" })),
                "team": optional(entity("Team")),
            } },
        } } },
    } });
    CedarSchema::new(schema.as_object().unwrap().clone())
}

/// An authorizer of these policies, which knows that the user `u` is in no group.
async fn authorizer(policies: &[&str]) -> Authorizer {
    let stage = Stage::start().await;
    let policies = policies.iter().zip(1..);
    let policies: Vec<_> = policies
        .map(|(statement, number)| json!({ "id": format!("p{number}"), "policy_statement": statement }))
        .collect();
    let body = json!({ "data": { "principals": [], "custom_policies": policies } });
    stage
        .emulator
        .inject(Fault::body_replaced(200, "application/json", body.to_string()));
    let effective = stage.client.policies().effective().await.unwrap();
    effective.with_schema(&schema()).unwrap().with_groups("u", [""; 0])
}

fn user() -> Principal {
    Principal::user("u").unwrap()
}

fn folder() -> CedarEntity {
    CedarEntity::new("Folder", "f")
}

const ALL: &str = "permit (principal, action, resource);";

fn head(principal: &str) -> String {
    format!("forbid (principal {principal}, action, resource);")
}

fn when(condition: &str) -> String {
    format!("forbid (principal, action, resource) when {{ {condition} }};")
}

#[track_caller]
fn undecided(answer: Result<bool, Error>, about: &str) {
    match answer {
        Ok(answer) => panic!("{about}: decided to be {answer}"),
        Err(error) => {
            assert!(error.is_invalid_input(), "{about}: {error}");
            assert_well_worded(&error);
        }
    }
}

/// Every place of a policy in which it can ask whether the principal is in the team `t`.
fn places() -> Vec<String> {
    let mut places = vec![
        head(r#"in X::Team::"t""#),
        head(r#"is X::User in X::Team::"t""#),
        head(r#"in X::Department::"d""#),
        r#"forbid (principal, action, resource) unless { !(principal in X::Team::"t") };"#.to_owned(),
        r#"forbid (principal, action, resource) unless { principal in X::Group::"g" || !(principal in X::Team::"t") };"#
            .to_owned(),
    ];
    for condition in [
        r#"principal in X::Team::"t""#,
        r#"principal is X::User in X::Team::"t""#,
        r#"principal is X::User && principal in X::Team::"t""#,
        r#"true && (false || principal in X::Team::"t")"#,
        r#"!(!(principal in X::Team::"t"))"#,
        r#"if principal in X::Team::"t" then true else false"#,
        r#"if resource is X::Folder then (if true then principal in X::Team::"t" else false) else false"#,
        r#"principal in [X::Team::"t", X::Team::"u"]"#,
        r#"principal in (if true then X::Team::"t" else X::Team::"u")"#,
        r#"(principal in X::Team::"t") == true"#,
        r#"[true].contains(principal in X::Team::"t")"#,
        r#"{ "in": principal in X::Team::"t" }["in"]"#,
        r#"(if true then principal else X::User::"v") in X::Team::"t""#,
    ] {
        places.push(when(condition));
    }
    places
}

#[tokio::test]
async fn membership_that_nobody_said_is_undecided_wherever_a_policy_asks_for_it() {
    for forbidding in places() {
        let unsaid = authorizer(&[ALL, &forbidding]).await;
        undecided(unsaid.is_allowed(user(), "view", folder()), &forbidding);

        // A permission that depends on it is undecided as well.
        let permitting = forbidding.replacen("forbid", "permit", 1);
        let permitted = authorizer(&[&permitting]).await;
        undecided(permitted.is_allowed(user(), "view", folder()), &permitting);

        // An API key is in nothing by the schema, so the answer is known.
        if !forbidding.contains("if true then principal") {
            let key = Principal::api_key("k").unwrap();
            let allowed = unsaid.is_allowed(key, "view", folder());
            assert!(allowed.unwrap(), "{forbidding}");
        }
    }
}

#[tokio::test]
async fn membership_that_was_said_decides() {
    let forbidding = when(r#"principal in X::Team::"t""#);
    let asked = authorizer(&[ALL, &forbidding]).await;
    let member = |team: &str| CedarEntity::new("User", "u").within(CedarEntity::new("Team", team));
    let inside = asked.clone().with_entity(member("t"));
    assert!(!inside.is_allowed(user(), "view", folder()).unwrap());
    let outside = asked.clone().with_entity(member("other"));
    assert!(outside.is_allowed(user(), "view", folder()).unwrap());
    let nested = CedarEntity::new("Team", "inner").within(CedarEntity::new("Team", "t"));
    let within = asked.with_entity(CedarEntity::new("User", "u").within(nested));
    assert!(!within.is_allowed(user(), "view", folder()).unwrap());
}

#[tokio::test]
async fn answer_that_nothing_unknown_can_change_is_given() {
    let unknown = when(r#"principal in X::Team::"t""#);
    let certain = r#"forbid (principal == X::User::"u", action, resource);"#;
    let denied = authorizer(&[ALL, &unknown, certain]).await;
    assert!(!denied.is_allowed(user(), "view", folder()).unwrap());
    let permitted = authorizer(&[ALL, r#"permit (principal in X::Team::"t", action, resource);"#]).await;
    assert!(permitted.is_allowed(user(), "view", folder()).unwrap());
}

#[tokio::test]
async fn membership_in_what_a_policy_does_not_name_is_undecided() {
    let team = json!({ "__entity": { "type": "X::Team", "id": "t" } });
    let folder = folder()
        .attribute("team", team.clone())
        .attribute("teams", json!([team]));
    for condition in [
        "resource is X::Team && principal in resource",
        "resource is X::Folder && resource has team && principal in resource.team",
        "resource is X::Folder && resource has teams && principal in resource.teams",
        "resource is X::Folder && resource has team && principal in [resource.team]",
        "context has team && principal in context.team",
    ] {
        let context = json!({ "team": team }).as_object().unwrap().clone();
        let asked = authorizer(&[ALL, &when(condition)]).await.with_context(context);
        undecided(asked.is_allowed(user(), "view", &folder), condition);
        undecided(
            asked.is_allowed(user(), "view", CedarEntity::new("Team", "t")),
            condition,
        );
    }
}

#[tokio::test]
async fn attribute_of_a_principal_that_nobody_described_is_undecided() {
    let asked = authorizer(&[
        ALL,
        &when("principal is X::User && principal has suspended && principal.suspended"),
    ])
    .await;
    undecided(asked.is_allowed(user(), "view", folder()), "suspended");
    let described = |user: CedarEntity| {
        asked
            .clone()
            .with_entity(user)
            .is_allowed(Principal::user("u")?, "view", folder())
    };
    assert!(described(CedarEntity::new("User", "u")).unwrap(), "not suspended");
    assert!(!described(CedarEntity::new("User", "u").attribute("suspended", true)).unwrap());
}

/// Places in which a policy can ask for what a principal has, or for what is in the context, without naming it directly.
const BEHIND_AN_EXPRESSION: [&str; 7] = [
    r#"(if resource has owner then resource.owner else principal) has suspended"#,
    r#"(if true then principal else principal) has suspended"#,
    r#"{ "p": principal }["p"] has suspended"#,
    r#"{ "c": principal }.c has manager"#,
    r#"(if true then context else context) has blocked"#,
    r#"{ "c": context }.c has blocked"#,
    r#"[{ "c": context }].contains({ "c": context }) && { "c": { "d": context } }.c.d has blocked"#,
];

#[tokio::test]
async fn attribute_that_nobody_said_is_undecided_behind_any_expression() {
    for place in BEHIND_AN_EXPRESSION {
        let condition = format!("principal is X::User && resource is X::Folder && {place}");
        let forbidding = authorizer(&[ALL, &when(&condition)]).await;
        undecided(forbidding.is_allowed(user(), "view", folder()), place);
        let unless = format!("permit (principal, action, resource) unless {{ {condition} }};");
        let permitting = authorizer(&[&unless]).await;
        undecided(permitting.is_allowed(user(), "view", folder()), place);
        // What isn't allowed whether it is said or not needs no facts.
        let permitting = authorizer(&[&when(&condition).replacen("forbid", "permit", 1)]).await;
        assert!(!permitting.is_allowed(user(), "view", folder()).unwrap(), "{place}");

        // Said, it decides.
        let described = forbidding
            .with_context(Map::new())
            .with_entity(CedarEntity::new("User", "u"));
        assert!(described.is_allowed(user(), "view", folder()).unwrap(), "{place}");
        let manager = json!({ "__entity": { "type": "X::User", "id": "v" } });
        let suspended = CedarEntity::new("User", "u")
            .attribute("suspended", true)
            .attribute("manager", manager);
        let blocked = json!({ "blocked": true }).as_object().unwrap().clone();
        let said = authorizer(&[ALL, &when(&condition)])
            .await
            .with_context(blocked)
            .with_entity(suspended)
            .with_entity(CedarEntity::new("User", "v"));
        assert!(!said.is_allowed(user(), "view", folder()).unwrap(), "{place}");
    }
}

#[tokio::test]
async fn attribute_of_the_resource_decides_behind_any_expression_without_more_facts() {
    for place in [
        "resource has owner",
        "(if true then resource else resource) has owner",
        r#"{ "r": resource }["r"] has owner"#,
    ] {
        let asked = authorizer(&[ALL, &when(&format!("resource is X::Folder && {place}"))]).await;
        assert!(asked.is_allowed(user(), "view", folder()).unwrap(), "{place}");
    }
}

#[tokio::test]
async fn context_that_nobody_gave_is_undecided_if_it_would_allow() {
    for forbidding in [
        when("context has blocked && context.blocked"),
        "forbid (principal, action, resource) unless { !(context has blocked && context.blocked) };".to_owned(),
    ] {
        let asked = authorizer(&[ALL, &forbidding]).await;
        undecided(asked.is_allowed(user(), "view", folder()), &forbidding);
        let none = asked.clone().with_context(Map::new());
        assert!(none.is_allowed(user(), "view", folder()).unwrap());
        let blocked = json!({ "blocked": true }).as_object().unwrap().clone();
        assert!(
            !asked
                .with_context(blocked)
                .is_allowed(user(), "view", folder())
                .unwrap()
        );
    }
    let permitting = authorizer(&["permit (principal, action, resource) unless { context has blocked };"]).await;
    undecided(permitting.is_allowed(user(), "view", folder()), "unless");
    // What isn't allowed whether it is said or not needs no context.
    let denied = authorizer(&["permit (principal, action, resource) when { context has blocked };"]).await;
    assert!(!denied.is_allowed(user(), "view", folder()).unwrap());
}

#[tokio::test]
async fn another_entity_that_nobody_described_is_undecided() {
    let owner = json!({ "__entity": { "type": "X::User", "id": "v" } });
    let folder = folder().attribute("owner", owner);
    for condition in [
        r#"resource is X::Folder && resource has owner && resource.owner in X::Group::"g""#,
        "resource is X::Folder && resource has owner && resource.owner has suspended && resource.owner.suspended",
        r#"X::User::"w" in X::Group::"g""#,
    ] {
        let asked = authorizer(&[ALL, &when(condition)]).await;
        undecided(
            asked.is_allowed(Principal::api_key("k").unwrap(), "view", &folder),
            condition,
        );
    }
    let asked = authorizer(&[
        ALL,
        &when("resource is X::Folder && resource has owner && resource.owner has suspended"),
    ])
    .await;
    let described = asked.with_entity(CedarEntity::new("User", "v"));
    assert!(
        described
            .is_allowed(Principal::api_key("k").unwrap(), "view", &folder)
            .unwrap()
    );
}

#[tokio::test]
async fn tags_that_nobody_can_say_are_undecided() {
    let asked = authorizer(&[ALL, &when(r#"resource is X::Folder && resource.hasTag("secret")"#)]).await;
    undecided(asked.is_allowed(user(), "view", folder()), "tags");
}
