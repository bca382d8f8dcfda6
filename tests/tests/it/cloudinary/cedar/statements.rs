//! Statements parsed and checked offline, beside the service's own check.

use account_provisioning::cloudinary::{CedarSchema, PolicyStatement, Scope};
use integration_tests::wire::Wire;
use integration_tests::wording::assert_well_worded;

/// Statements, and whether they are valid.
const STATEMENTS: &[(&str, bool)] = &[
    ("permit (principal, action, resource);", true),
    ("forbid (principal, action, resource);", true),
    ("@id(\"x\") permit (principal, action, resource);", true),
    ("// a comment\npermit (principal, action, resource);", true),
    ("permit (principal == Cloudinary::User::\"u\", action, resource);", true),
    (
        "permit (principal == Cloudinary::APIKey::\"k\", action, resource);",
        true,
    ),
    (
        "permit (principal in Cloudinary::Group::\"g\", action, resource);",
        true,
    ),
    ("permit (principal is Cloudinary::User, action, resource);", true),
    (
        "permit (principal is Cloudinary::User in Cloudinary::Group::\"g\", action, resource);",
        true,
    ),
    (
        "permit (principal, action == Cloudinary::Action::\"read\", resource in Cloudinary::Folder::\"f\");",
        true,
    ),
    (
        "permit (principal, action in [Cloudinary::Action::\"read\", Cloudinary::Action::\"update\"], resource);",
        true,
    ),
    (
        "permit (principal, action, resource) unless { resource.ancestor_ids.contains(\"x\") };",
        true,
    ),
    (
        "permit (principal, action, resource); forbid (principal, action, resource);",
        true,
    ),
    (
        "permit (principal, action, resource) when { context has source_ip && context.source_ip.isInRange(ip(\"10.0.0.0/8\")) };",
        true,
    ),
    (
        "forbid (principal, action, resource) unless { principal in Cloudinary::Group::\"é \\\" x\" };",
        true,
    ),
    // No Cedar.
    ("", false),
    ("hello", false),
    ("permit (principal, action, resource)", false),
    ("permit (principal, action);", false),
    ("permit (principal, action, resource) when { };", false),
    ("permit (principal, action, resource) when { true", false),
    ("// nothing", false),
    ("permit (principal == ?principal, action, resource);", false),
    (
        "permit (principal, action, resource); permit (principal, action, resource == ?resource);",
        false,
    ),
    // Cedar that the schema doesn't know.
    ("permit (principal == User::\"u\", action, resource);", false),
    (
        "permit (principal == Cloudinary::APIKy::\"u\", action, resource);",
        false,
    ),
    (
        "permit (principal, action == Cloudinary::Action::\"fly\", resource);",
        false,
    ),
    ("permit (principal, action == Action::\"read\", resource);", false),
    (
        "permit (principal, action, resource); permit (principal, action, resource is Cloudinary::Asse);",
        false,
    ),
    // It can never apply, which is worth a warning and no error.
    (
        "permit (principal, action, resource == Cloudinary::APIKey::\"k\");",
        true,
    ),
    // An attribute that isn't there, one that may not be, and a wrong type.
    (
        "permit (principal, action == Cloudinary::Action::\"read\", resource) when { resource.size > 1 };",
        false,
    ),
    (
        "permit (principal, action, resource) when { context.source_ip.isLoopback() };",
        false,
    ),
    (
        "permit (principal, action, resource) when { resource.ancestor_ids == 1 };",
        false,
    ),
    (
        "permit (principal, action, resource) when { resource.ancestor_ids };",
        false,
    ),
];

#[tokio::test]
async fn verdict_offline_is_that_of_the_service() {
    assert!(STATEMENTS.len() >= 30);
    let wire = Wire::start().await;
    let public = wire.client().public();
    let schema = public.cedar_schema().await.unwrap();
    wire.fresh();
    for (statement, valid) in STATEMENTS.iter().copied() {
        let offline = schema.validate(statement).unwrap();
        wire.sent_nothing();
        assert_eq!(offline.valid, valid, "{statement}: {:?}", offline.errors);
        assert_eq!(offline.errors.is_empty(), valid, "{statement}");
        if statement.is_empty() {
            continue; // Never sent.
        }
        let remote = public.validate(statement).await.unwrap();
        let code = "ACCOUNTS_00002";
        assert!(
            offline
                .errors
                .iter()
                .chain(&remote.errors)
                .all(|error| error.cedar_code == code)
        );
        assert_eq!(remote.valid, offline.valid, "{statement}: {:?}", remote.errors);
        assert_eq!(remote.errors.is_empty(), offline.errors.is_empty(), "{statement}");
        wire.fresh();
    }
}

#[tokio::test]
async fn statement_with_a_syntax_error_is_refused_with_its_place_before_anything_is_sent() {
    let wire = Wire::start().await;
    let text = "permit (\n  principal,\n  action ==,\n  resource\n);";
    let error = PolicyStatement::parse(text).unwrap_err();
    assert_eq!((error.line(), error.column()), (3, 12), "{error}");
    let error = account_provisioning::Error::from(error);
    assert!(
        error.is_invalid_input() && error.to_string().contains("line 3, column 12"),
        "{error}"
    );
    assert_well_worded(&error);
    wire.sent_nothing();

    for (statement, _) in STATEMENTS.iter().filter(|(_, valid)| *valid) {
        let parsed = PolicyStatement::parse(*statement).unwrap();
        assert_eq!(parsed.as_str(), *statement, "it is sent as it was written");
    }
    let custom = wire.client().policies().custom();
    let statement = PolicyStatement::parse(STATEMENTS[0].0).unwrap();
    let created = custom.create("x", &statement, Scope::Account).await.unwrap();
    assert_eq!(created.policy_statement, statement.as_str());
}

#[tokio::test]
async fn schema_stored_and_read_again_judges_the_same() {
    let wire = Wire::start().await;
    let schema = wire.client().public().cedar_schema().await.unwrap();
    let stored = serde_json::to_string(&schema).unwrap();
    let restored: CedarSchema = serde_json::from_str(&stored).unwrap();
    assert_eq!(restored, schema);
    assert!(restored.validate(STATEMENTS[0].0).unwrap().valid);
    assert!(
        !restored
            .validate("permit (principal, action == Cloudinary::Action::\"fly\", resource);")
            .unwrap()
            .valid
    );
}

#[test]
fn schema_that_is_none_is_an_error_and_no_verdict() {
    for json in [
        r#"{"Cloudinary":7}"#,
        r#"{"Cloudinary":{"entityTypes":{}}}"#,
        r#"{"Cloudinary":{"entityTypes":{},"actions":{"x":{"appliesTo":{"principalTypes":["Nobody"],"resourceTypes":[]}}}}}"#,
    ] {
        let schema: CedarSchema = serde_json::from_str(json).unwrap();
        let error = schema.validate("permit (principal, action, resource);").unwrap_err();
        assert!(error.is_decode(), "{error}");
        assert_well_worded(&error);
    }
}
