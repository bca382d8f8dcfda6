//! Folders and what is in them: decided offline as the service decides, and never by what nobody said.

use account_provisioning::Error;
use account_provisioning::cloudinary::cedar::{Authorizer, CedarEntity};
use account_provisioning::cloudinary::{CedarSchema, Principal, Scope};
use account_provisioning_emulator::Fault;
use account_provisioning_emulator::cloudinary::{
    Account, Asset, CustomPolicy, Folder, PrincipalType, RoleAssignment, ScopeType,
};
use integration_tests::wording::assert_well_worded;
use integration_tests::{Stage, world};
use serde_json::{Value, json};

/// The folders of `env-1` and what each is in.
const FOLDERS: [(&str, Option<&str>); 4] = [("a", None), ("b", Some("a")), ("c", Some("b")), ("x", None)];
/// The assets of `env-1` and the folder that each is in.
const ASSETS: [(&str, Option<&str>); 4] = [
    ("in-a", Some("a")),
    ("in-c", Some("c")),
    ("in-x", Some("x")),
    ("in-none", None),
];

/// The world's account with folders and assets, roles on folders, and policies about one key and everybody.
fn account() -> Account {
    let mut account = world::account();
    account.custom_policies = std::iter::empty().collect();
    let environment = account.product_environments.get_mut("env-1").unwrap();
    for (id, parent) in FOLDERS {
        let mut folder = Folder::new(id);
        folder.parent_id = parent.map(str::to_owned);
        environment.folders.insert(folder);
    }
    for (id, folder) in ASSETS {
        let mut asset = Asset::new(id);
        asset.folder_id = folder.map(str::to_owned);
        environment.assets.insert(asset);
    }
    for (role, kind, id, folder) in [
        ("cld::role::folder::viewer", PrincipalType::User, "user-1", "b"),
        (
            "cld::role::content::folder::manager",
            PrincipalType::Group,
            "group-1",
            "a",
        ),
        ("cld::role::content::folder::editor", PrincipalType::ApiKey, "111", "x"),
    ] {
        let mut assignment = RoleAssignment::new(role, kind, id);
        assignment.scope_id = Some("env-1".to_owned());
        assignment
            .policy_parameters
            .insert("folder_id".to_owned(), folder.to_owned());
        account.role_assignments.push(assignment);
    }
    for (id, statement) in [
        (
            "key",
            "permit (principal == Cloudinary::APIKey::\"222\", action == Cloudinary::Action::\"read\", resource is Cloudinary::Asset)\n\
             when { resource.ancestor_ids.contains(\"b\") };\n\
             permit (principal == Cloudinary::APIKey::\"222\", action, resource == Cloudinary::Feature::\"cld::global::ml::access\");",
        ),
        (
            "archive",
            "forbid (principal, action == Cloudinary::Action::\"delete\", resource) unless { !resource.ancestor_ids.contains(\"c\") };",
        ),
    ] {
        let mut policy = CustomPolicy::new(id, id, statement);
        policy.scope_type = ScopeType::Prodenv;
        policy.scope_id = Some("env-1".to_owned());
        account.custom_policies.insert(policy);
    }
    account
}

/// The folder with everything above it.
fn folder(id: &str) -> CedarEntity {
    let (_, parent) = FOLDERS.iter().find(|(known, _)| *known == id).unwrap();
    placed(CedarEntity::folder(id), *parent)
}

fn placed(entity: CedarEntity, parent: Option<&str>) -> CedarEntity {
    match parent {
        Some(parent) => entity.within(folder(parent)),
        None => entity.top_level(),
    }
}

/// An authorizer of everything in effect in `env-1`, for all principals or for one.
async fn authorizer(stage: &Stage, only: Option<&Principal>) -> Authorizer {
    let schema = stage.client.public().cedar_schema().await.unwrap();
    let env = Scope::product_environment("env-1").unwrap();
    let effective = stage.client.policies().effective().scope(env);
    let effective = match only {
        Some(principal) => effective.principal(principal),
        None => effective,
    };
    let authorizer = effective.await.unwrap().with_schema(&schema).unwrap();
    authorizer
        .with_groups("user-1", [""; 0])
        .with_groups("user-2", ["group-1"])
}

#[tokio::test]
async fn answer_offline_is_that_of_the_service() {
    let account = account();
    let stage = Stage::with(world::emulator([account.clone()]), |client| client).await;
    let all = authorizer(&stage, None).await;
    let features = ["cld::global::ml::access", "cld::global::users::view"];
    let resources: Vec<(String, CedarEntity)> = FOLDERS
        .iter()
        .map(|(id, _)| (format!("Cloudinary::Folder::\"{id}\""), folder(id)))
        .chain(ASSETS.iter().map(|(id, parent)| {
            let asset = placed(CedarEntity::asset(*id), *parent);
            (format!("Cloudinary::Asset::\"{id}\""), asset)
        }))
        .chain(features.iter().map(|id| {
            let feature = CedarEntity::new("Feature", *id);
            (format!("Cloudinary::Feature::\"{id}\""), feature)
        }))
        .collect();
    let (mut allowed, mut asked) = (0, 0);
    for (kind, id) in [
        (PrincipalType::User, "user-1"),
        (PrincipalType::User, "user-2"),
        (PrincipalType::Group, "group-1"),
        (PrincipalType::ApiKey, "111"),
        (PrincipalType::ApiKey, "222"),
    ] {
        let principal = match kind {
            PrincipalType::User => Principal::user(id),
            PrincipalType::Group => Principal::group(id),
            _ => Principal::api_key(id),
        };
        let principal = principal.unwrap();
        let own = authorizer(&stage, Some(&principal)).await;
        for action in ["create", "read", "update", "delete", "moderate", "update_settings"] {
            for (uid, entity) in &resources {
                let service = account.is_allowed(kind, id, action, uid, Some("env-1")).unwrap();
                for authorizer in [&all, &own] {
                    let offline = authorizer.is_allowed(&principal, action, entity).unwrap();
                    assert_eq!(offline, service, "{principal} {action} {uid}");
                }
                asked += 1;
                allowed += usize::from(service);
            }
        }
    }
    assert_eq!((asked, allowed), (300, 53), "the questions tell something");
}

#[tokio::test]
async fn key_may_read_that_asset_in_that_folder() {
    let stage = Stage::with(world::emulator([account()]), |client| client).await;
    let effective = authorizer(&stage, None).await;
    let key = Principal::api_key("222").unwrap();
    // The tree once for all questions, and each asset with the folder that it is in.
    let tree = effective.clone().with_entities(FOLDERS.map(|(id, _)| folder(id)));
    for (id, parent) in ASSETS {
        let asset = CedarEntity::asset(id);
        let asset = match parent {
            Some(parent) => asset.within(CedarEntity::folder(parent)),
            None => asset.top_level(),
        };
        assert_eq!(tree.is_allowed(&key, "read", asset).unwrap(), id == "in-c", "{id}");
    }
    // The ids alone, without the folders.
    let asset = CedarEntity::asset("new").ancestor_ids(["b", "a"]);
    assert!(effective.is_allowed(&key, "read", asset).unwrap());
    let asset = CedarEntity::asset("new").ancestor_ids(["x"]);
    assert!(!effective.is_allowed(&key, "read", asset).unwrap());
    // In the product environment itself, and so in no folder.
    let env = CedarEntity::new("ProductEnvironment", "env-1");
    assert!(
        !effective
            .is_allowed(&key, "read", CedarEntity::asset("new").within(env))
            .unwrap()
    );
}

/// An authorizer of these custom policies, by the service's schema.
async fn of(statements: &[&str]) -> Authorizer {
    let stage = Stage::start().await;
    let schema = stage.client.public().cedar_schema().await.unwrap();
    let policies: Vec<Value> = statements
        .iter()
        .map(|statement| json!({ "id": "p", "policy_statement": statement }))
        .collect();
    answered(
        &stage,
        &schema,
        json!({ "principals": [], "custom_policies": policies }),
    )
    .await
}

async fn answered(stage: &Stage, schema: &CedarSchema, data: Value) -> Authorizer {
    let body = json!({ "data": data }).to_string();
    stage
        .emulator
        .inject(Fault::body_replaced(200, "application/json", body));
    let effective = stage.client.policies().effective().await.unwrap();
    effective.with_schema(schema).unwrap()
}

fn key() -> Principal {
    Principal::api_key("k").unwrap()
}

#[track_caller]
fn undecided(answer: Result<bool, Error>, about: &str) {
    match answer {
        Ok(answer) => panic!("{about}: decided to be {answer}"),
        Err(error) => {
            assert!(
                error.is_invalid_input() && error.to_string().contains("top_level"),
                "{about}: {error}"
            );
            assert_well_worded(&error);
        }
    }
}

const ALL: &str = "permit (principal, action, resource);";

#[tokio::test]
async fn folder_above_that_nobody_said_never_allows() {
    let said_nothing = || CedarEntity::asset("a");
    let partly = || CedarEntity::asset("a").within(CedarEntity::folder("f"));
    for condition in [
        r#"resource.ancestor_ids.contains("secret")"#,
        r#"!(!resource.ancestor_ids.contains("secret"))"#,
        r#"resource.ancestor_ids.containsAny(["secret"])"#,
        r#"resource.ancestor_ids.containsAll(["secret"])"#,
        r#"resource.ancestor_ids == ["secret"]"#,
        r#"(if true then resource else resource).ancestor_ids.contains("secret")"#,
        r#"{ "r": resource }["r"].ancestor_ids.contains("secret")"#,
        r#"resource["ancestor_ids"].contains("secret")"#,
        r#"resource.ancestor_ids.contains(if true then "secret" else "f")"#,
        r#"resource has ancestor_ids && resource.ancestor_ids.contains("secret")"#,
        r#"Cloudinary::Folder::"f".ancestor_ids.contains("secret")"#,
    ] {
        let forbid = format!("forbid (principal, action, resource) when {{ {condition} }};");
        let permit = format!("permit (principal, action, resource) unless {{ {condition} }};");
        for policies in [vec![ALL, &forbid], vec![&permit]] {
            let asked = of(&policies).await;
            undecided(asked.is_allowed(key(), "read", partly()), condition);
            if !condition.contains("Folder::") {
                undecided(asked.is_allowed(key(), "read", said_nothing()), condition);
                let top = said_nothing().top_level();
                assert!(asked.is_allowed(key(), "read", top).unwrap(), "{condition}");
            }
        }
        // What isn't allowed whatever is above needs no facts.
        let only = format!("permit (principal, action, resource) when {{ {condition} }};");
        let denied = of(&[&only]).await.is_allowed(key(), "read", partly());
        assert!(!denied.unwrap(), "{condition}");
    }
}

#[tokio::test]
async fn folder_that_is_known_decides_whatever_else_is_above() {
    let permit = r#"permit (principal, action, resource) when { resource.ancestor_ids.contains("f") };"#;
    let forbid = r#"forbid (principal, action, resource) when { resource.ancestor_ids.contains("g") };"#;
    let inside = |id: &str| CedarEntity::asset("a").within(CedarEntity::folder(id));
    let asked = of(&[permit]).await;
    assert!(asked.is_allowed(key(), "read", inside("f")).unwrap());
    assert!(!asked.is_allowed(key(), "read", inside("other")).unwrap());
    let asked = of(&[permit, forbid]).await;
    undecided(asked.is_allowed(key(), "read", inside("f")), "it may be in g");
    let both = CedarEntity::asset("a").within(CedarEntity::folder("f").within(CedarEntity::folder("g")));
    assert!(!asked.is_allowed(key(), "read", both).unwrap(), "it is in g");
    // Facts from several places are joined.
    let known = asked.with_entity(CedarEntity::folder("f").top_level());
    assert!(known.is_allowed(key(), "read", inside("f")).unwrap());
}

#[tokio::test]
async fn folders_in_a_circle_are_an_error() {
    let asked = of(&[ALL]).await;
    let circle = CedarEntity::folder("f").within(CedarEntity::folder("g").within(CedarEntity::folder("f")));
    let error = asked.is_allowed(key(), "read", circle).unwrap_err();
    assert!(error.is_invalid_input(), "{error}");
    assert_well_worded(&error);
}

#[tokio::test]
async fn schema_that_names_its_records_is_filled_in_as_well() {
    let schema = json!({ "Cloudinary": {
        "commonTypes": {
            "Ids": { "type": "Set", "element": { "type": "String" } },
            "Content": { "type": "Record", "attributes": { "ancestor_ids": { "type": "Ids" } } },
        },
        "entityTypes": {
            "APIKey": {},
            "Folder": { "memberOfTypes": ["Folder"], "shape": { "type": "Content" } },
            "Asset": { "memberOfTypes": ["Folder"], "shape": { "type": "EntityOrCommon", "name": "Cloudinary::Content" } },
        },
        "actions": { "read": { "appliesTo": { "principalTypes": ["APIKey"], "resourceTypes": ["Asset", "Folder"] } } },
    } });
    let schema = CedarSchema::new(schema.as_object().unwrap().clone());
    let stage = Stage::start().await;
    let permit = r#"permit (principal, action, resource) when { resource.ancestor_ids.contains("f") };"#;
    let policies = json!([{ "id": "p", "policy_statement": permit }]);
    let asked = answered(
        &stage,
        &schema,
        json!({ "principals": [], "custom_policies": policies }),
    )
    .await;
    let asset = CedarEntity::asset("a").within(CedarEntity::folder("f").top_level());
    assert!(asked.is_allowed(key(), "read", asset).unwrap());
}

#[tokio::test]
async fn every_policy_of_a_statement_counts() {
    let one = r#"permit (principal, action == Cloudinary::Action::"read", resource);"#;
    let two = r#"forbid (principal, action, resource == Cloudinary::Feature::"f");"#;
    for statement in [
        format!("{one}\n{two}"),
        format!("{two}\n{one}"),
        format!("@id(\"x\") {one} @id(\"x\") {two}"),
    ] {
        let asked = of(&[&statement, &statement]).await;
        assert!(
            asked
                .is_allowed(key(), "read", CedarEntity::new("Feature", "g"))
                .unwrap()
        );
        assert!(
            !asked
                .is_allowed(key(), "read", CedarEntity::new("Feature", "f"))
                .unwrap()
        );
        assert!(
            !asked
                .is_allowed(key(), "update", CedarEntity::new("Feature", "g"))
                .unwrap()
        );
    }
}

#[tokio::test]
async fn role_of_a_group_reaches_its_members_however_the_service_names_the_group() {
    let stage = Stage::start().await;
    let schema = stage.client.public().cedar_schema().await.unwrap();
    for operator in ["==", "in"] {
        let statement = format!("permit (principal {operator} Cloudinary::Group::\"g\", action, resource);");
        let policy = json!({ "id": "p", "policy_statement": statement });
        let role = json!({ "id": "r", "system_policies": [policy] });
        let holder = json!({ "principal_type": "group", "principal_id": "g", "roles": [role] });
        stage.emulator.clear_faults();
        let data = json!({ "principals": [holder], "custom_policies": [] });
        let asked = answered(&stage, &schema, data).await;
        let feature = CedarEntity::new("Feature", "f");
        let user = Principal::user("u").unwrap();
        let member = asked.clone().with_groups("u", ["g"]);
        assert!(member.is_allowed(&user, "read", &feature).unwrap(), "{operator}");
        let other = asked.clone().with_groups("u", ["h"]);
        assert!(!other.is_allowed(&user, "read", &feature).unwrap(), "{operator}");
        // A custom policy is about the group alone if it says so.
        let custom = json!({ "principals": [], "custom_policies": [policy] });
        stage.emulator.clear_faults();
        let custom = answered(&stage, &schema, custom).await.with_groups("u", ["g"]);
        assert_eq!(custom.is_allowed(&user, "read", &feature).unwrap(), operator == "in");
    }
}
