//! What principals may do, decided from the state.

use account_provisioning_emulator::State;
use account_provisioning_emulator::cloudinary::{
    Account, Asset, CustomPolicy, Folder, PrincipalType, RoleAssignment, ScopeType,
};

use super::FOLDER_ROLE;

/// The account of the setting, with the folders `outer / inner`, an asset in each, one at the top, and a role for ann's
/// group on the outer folder.
fn account() -> Account {
    let mut state = State::default();
    let account = state.cloudinary.accounts.get_mut("emulator-account").unwrap();
    let mut environment = account.product_environments.remove("emulator-environment").unwrap();
    let mut inner = Folder::new("inner");
    inner.parent_id = Some("outer".to_owned());
    environment.folders.extend([Folder::new("outer"), inner]);
    for (id, folder) in [("deep", Some("inner")), ("shallow", Some("outer")), ("top", None)] {
        let mut asset = Asset::new(id);
        asset.folder_id = folder.map(str::to_owned);
        environment.assets.insert(asset);
    }
    environment
        .assets
        .get_mut("top")
        .unwrap()
        .collection_ids
        .insert("c1".to_owned());
    account.product_environments.insert(environment);
    for id in ["ann", "bob"] {
        account
            .users
            .insert(account_provisioning_emulator::cloudinary::User::new(
                id,
                id,
                format!("{id}@x.example"),
            ));
    }
    let mut editors = account_provisioning_emulator::cloudinary::UserGroup::new("editors", "Editors");
    editors.user_ids.insert("ann".to_owned());
    account.user_groups.insert(editors);
    assign(
        account,
        FOLDER_ROLE,
        PrincipalType::Group,
        "editors",
        ("folder_id", "outer"),
    );
    account.clone()
}

fn assign(account: &mut Account, role: &str, kind: PrincipalType, id: &str, (name, value): (&str, &str)) {
    let mut assignment = RoleAssignment::new(role, kind, id);
    assignment.scope_id = Some(ENV.to_owned());
    assignment.policy_parameters.insert(name.to_owned(), value.to_owned());
    account.role_assignments.push(assignment);
}

fn policy(account: &mut Account, id: &str, statement: &str) {
    let mut policy = CustomPolicy::new(id, id, statement);
    policy.scope_type = ScopeType::Prodenv;
    policy.scope_id = Some("all".to_owned());
    account.custom_policies.insert(policy);
}

const ENV: &str = "emulator-environment";
const KEY: (PrincipalType, &str) = (PrincipalType::ApiKey, "100000000000001");
const ANN: (PrincipalType, &str) = (PrincipalType::User, "ann");
const BOB: (PrincipalType, &str) = (PrincipalType::User, "bob");

#[track_caller]
fn may(account: &Account, (kind, id): (PrincipalType, &str), action: &str, resource: &str) -> bool {
    let resource = format!("Cloudinary::{resource}");
    account.is_allowed(kind, id, action, &resource, Some(ENV)).unwrap()
}

#[test]
fn role_on_a_folder_reaches_what_is_below_it_and_the_members_of_its_group() {
    let account = account();
    for (resource, reached) in [
        (r#"Asset::"deep""#, true),
        (r#"Asset::"shallow""#, true),
        (r#"Asset::"top""#, false),
        (r#"Folder::"outer""#, true),
        (r#"Folder::"inner""#, true),
    ] {
        assert_eq!(may(&account, ANN, "read", resource), reached, "{resource}");
        let group = (PrincipalType::Group, "editors");
        assert_eq!(may(&account, group, "read", resource), reached, "{resource}");
        assert!(!may(&account, BOB, "read", resource), "{resource}");
        assert!(!may(&account, ANN, "delete", resource), "{resource}");
    }
}

#[test]
fn custom_policies_decide_by_the_folders_above_and_by_every_policy_of_a_statement() {
    let mut account = account();
    policy(
        &mut account,
        "two",
        "permit (principal == Cloudinary::APIKey::\"100000000000001\", action == Cloudinary::Action::\"read\", resource) \
         when { resource.ancestor_ids.contains(\"outer\") };\n\
         permit (principal == Cloudinary::APIKey::\"100000000000001\", action, resource == Cloudinary::Feature::\"cld::global::ml::access\");",
    );
    assert!(may(&account, KEY, "read", r#"Asset::"deep""#));
    assert!(may(&account, KEY, "read", r#"Folder::"inner""#));
    assert!(
        !may(&account, KEY, "read", r#"Folder::"outer""#),
        "it isn't above itself"
    );
    assert!(!may(&account, KEY, "update", r#"Asset::"deep""#));
    assert!(may(&account, KEY, "read", r#"Feature::"cld::global::ml::access""#));
    assert!(!may(&account, KEY, "read", r#"Feature::"cld::global::users::view""#));
    policy(
        &mut account,
        "never",
        "forbid (principal, action, resource) when { resource.ancestor_ids.contains(\"inner\") };",
    );
    assert!(!may(&account, KEY, "read", r#"Asset::"deep""#));
    assert!(!may(&account, ANN, "read", r#"Asset::"deep""#));
    assert!(may(&account, ANN, "read", r#"Asset::"shallow""#));
    account.custom_policies.get_mut("never").unwrap().enabled = false;
    assert!(may(&account, KEY, "read", r#"Asset::"deep""#));
    // Policies of the environment are not those of the account.
    let (kind, id) = KEY;
    let feature = r#"Cloudinary::Feature::"cld::global::ml::access""#;
    assert_eq!(account.is_allowed(kind, id, "read", feature, None), Ok(false));
}

#[test]
fn role_on_a_collection_reaches_the_assets_in_it() {
    let mut account = account();
    let (kind, id) = BOB;
    assign(
        &mut account,
        "cld::role::collection::viewer",
        kind,
        id,
        ("collection_id", "c1"),
    );
    assert!(may(&account, BOB, "read", r#"Collection::"c1""#));
    assert!(may(&account, BOB, "read", r#"Asset::"top""#));
    assert!(!may(&account, BOB, "read", r#"Asset::"deep""#));
    assert!(!may(&account, BOB, "read", r#"Collection::"other""#));
}

#[test]
fn question_about_what_does_not_exist_is_an_error_that_names_it() {
    let account = account();
    let feature = r#"Cloudinary::Feature::"f""#;
    for ((kind, id), action, resource, environment, word) in [
        ((PrincipalType::User, "nobody"), "read", feature, Some(ENV), "nobody"),
        (ANN, "fly", feature, Some(ENV), "fly"),
        (ANN, "read", r#"Cloudinary::Asset::"none""#, Some(ENV), "none"),
        (ANN, "read", r#"Cloudinary::Asset::"deep""#, None, "deep"),
        (ANN, "read", r#"Cloudinary::Robot::"r""#, Some(ENV), "Robot"),
        (ANN, "read", "nothing", Some(ENV), ""),
        (ANN, "read", feature, Some("elsewhere"), "elsewhere"),
    ] {
        let error = account.is_allowed(kind, id, action, resource, environment).unwrap_err();
        assert!(error.to_string().contains(word), "{error}");
    }
}
