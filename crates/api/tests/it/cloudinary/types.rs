//! What the types take from a server, and what they send.

use account_provisioning_api::cloudinary::ids::{ProductEnvironmentId, UserId};
use account_provisioning_api::cloudinary::types::{
    AccessKey, AccessKeyList, AccessKeyPurpose, AssignedPrincipal, CreateUserRequest, CustomPolicy,
    GroupMembershipReply, PlanUsage, ProductEnvironment, SortOrder, UpdateProductEnvironmentRequest, UpdateUserRequest,
    User, UserGroup, UserRole,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

fn read<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

#[test]
fn enum_with_an_unknown_value_decodes_and_is_written_back_byte_for_byte() {
    let text = r#"{"id":"u","role":"grand_vizier \"é\""}"#;
    let user: User = serde_json::from_str(text).unwrap();
    assert_eq!(user.role, Some(UserRole::Unknown("grand_vizier \"é\"".to_owned())));
    assert_eq!(serde_json::to_string(&user).unwrap(), text);
}

#[test]
fn enum_with_every_known_value_goes_both_ways() {
    for value in UserRole::KNOWN {
        let role: UserRole = read(json!(value));
        assert!(!matches!(role, UserRole::Unknown(_)), "{value}");
        assert_eq!((role.as_str(), role.to_string().as_str()), (*value, *value));
        assert_eq!(serde_json::to_value(&role).unwrap(), json!(value));
        assert_eq!(value.parse::<UserRole>(), Ok(role.clone()));
        assert_eq!(UserRole::from((*value).to_owned()), role);
    }
    assert_eq!(UserRole::from("admin"), UserRole::Admin);
    assert_eq!(SortOrder::KNOWN, ["desc", "asc"]);
    assert_eq!(format!("{:>6}", SortOrder::Asc), "   asc");
}

#[test]
fn lists_and_maps_as_null_or_absent_decode_as_empty() {
    for reply in [
        json!({ "id": "e" }),
        json!({ "id": "e", "api_access_keys": null, "custom_attributes": null }),
    ] {
        let environment: ProductEnvironment = read(reply);
        assert!(environment.api_access_keys.is_empty() && environment.custom_attributes.is_empty());
    }
    let user: User = read(json!({ "id": "u", "providers": null, "sub_account_ids": null, "email_preferences": null }));
    assert!(user.providers.is_empty() && user.sub_account_ids.is_empty() && user.email_preferences.is_empty());
    let page: AccessKeyList = read(json!({ "access_keys": null, "total": null }));
    assert!(page.access_keys.is_empty() && page.total.is_none());
    assert!(read::<UserGroup>(json!({ "id": "g", "users": null })).users.is_empty());
}

#[test]
fn optional_values_as_null_decode_as_none() {
    let mut reply = json!({ "id": "u" });
    let written = serde_json::to_value(read::<User>(json!({
        "id": "u", "name": "n", "role": "admin", "email": "e", "enabled": true, "group_count": 1,
        "created_at": "2024-01-02T03:04:05Z", "last_login": "2024-01-02T03:04:05.678+02:00"
    })))
    .unwrap();
    for key in written.as_object().unwrap().keys().filter(|key| *key != "id") {
        reply[key] = Value::Null;
    }
    let user: User = read(reply);
    assert!(user.name.is_none() && user.role.is_none() && user.created_at.is_none() && user.group_count.is_none());
}

#[test]
fn seconds_since_1970_are_moments_that_are_written_back_as_they_came() {
    let text = r#"{"created_at":-1,"enabled":true,"id":"p","name":"n","policy_statement":"s","scope_type":"account","updated_at":1700000000}"#;
    let policy: CustomPolicy = serde_json::from_str(text).unwrap();
    assert_eq!(policy.created_at.unwrap().to_rfc3339(), "1969-12-31T23:59:59+00:00");
    assert_eq!(policy.updated_at.unwrap().timestamp(), 1_700_000_000);
    assert_eq!(serde_json::to_string(&policy).unwrap(), text);
    let short: AssignedPrincipal = read(json!({ "id": "u", "type": "user", "created_at": null }));
    assert!(short.created_at.is_none() && short.updated_at.is_none());
    assert_eq!(
        serde_json::to_value(&short).unwrap(),
        json!({ "id": "u", "type": "user" })
    );
    let full: AssignedPrincipal = read(json!({ "id": "u", "type": "user", "created_at": 1 }));
    assert_eq!(serde_json::to_value(&full).unwrap()["created_at"], 1);
}

#[test]
fn responses_with_fields_nobody_knows_decode() {
    assert_eq!(read::<User>(json!({ "id": "u", "brand_new": { "x": [1] } })).id, "u");
    let usage: PlanUsage = read(json!({
        "metric_usage": [{ "metric": "m", "cycles": [{ "from_day": "2024-02-29", "usage": 1.5, "breakdown": { "storage_image": 2, "storage_holograms": 3 } }] }]
    }));
    let cycle = &usage.metric_usage[0].cycles[0];
    assert_eq!(cycle.from_day.unwrap().to_string(), "2024-02-29");
    assert_eq!(cycle.breakdown.as_ref().unwrap().storage_image, Some(2.0));
}

#[test]
fn reply_to_an_addition_decodes_in_both_forms() {
    let list: GroupMembershipReply = read(json!({ "users": [{ "id": "u" }] }));
    assert_eq!((list.users.len(), list.id), (1, None));
    let one: GroupMembershipReply = read(json!({ "id": "u", "name": "n", "email": "e" }));
    assert_eq!((one.users.len(), one.id.as_ref().map(UserId::as_str)), (0, Some("u")));
}

#[test]
fn sub_account_ids_absent_empty_and_given_are_three_requests() {
    let body = |ids: Option<Vec<&str>>| {
        let ids: Option<Vec<ProductEnvironmentId>> = ids.map(|ids| {
            ids.into_iter()
                .map(|id| ProductEnvironmentId::new(id).unwrap())
                .collect()
        });
        let update = serde_json::to_value(UpdateUserRequest {
            sub_account_ids: ids.clone(),
            ..Default::default()
        });
        let create = serde_json::to_value(CreateUserRequest {
            name: "n".to_owned(),
            email: "e".to_owned(),
            enabled: None,
            role: None,
            sub_account_ids: ids,
        });
        (update.unwrap(), create.unwrap())
    };
    assert_eq!(body(None), (json!({}), json!({ "name": "n", "email": "e" })));
    assert_eq!(
        body(Some(vec![])),
        (
            json!({ "sub_account_ids": [] }),
            json!({ "name": "n", "email": "e", "sub_account_ids": [] })
        )
    );
    assert_eq!(body(Some(vec!["a"])).0, json!({ "sub_account_ids": ["a"] }));
}

#[test]
fn custom_attributes_absent_empty_and_given_are_three_requests() {
    let body = |attributes: Option<serde_json::Map<String, Value>>| {
        let request = UpdateProductEnvironmentRequest {
            custom_attributes: attributes,
            ..Default::default()
        };
        serde_json::to_value(request).unwrap()
    };
    assert_eq!(body(None), json!({}));
    assert_eq!(body(Some(serde_json::Map::new())), json!({ "custom_attributes": {} }));
    let tier = json!({ "tier": { "level": [1, "gold"] } });
    assert_eq!(body(tier.as_object().cloned()), json!({ "custom_attributes": tier }));
}

#[test]
fn received_secrets_are_shown_only_when_asked_for() {
    let key: AccessKey =
        read(json!({ "api_key": "k", "api_secret": "canary-1", "dedicated_for": ["webhooks", "more"] }));
    assert_eq!(key.api_secret.as_ref().unwrap().expose_secret(), "canary-1");
    assert_eq!(key.dedicated_for[0], AccessKeyPurpose::Webhooks);
    let environment: ProductEnvironment =
        read(json!({ "id": "e", "api_access_keys": [{ "key": "k", "secret": "canary-2" }] }));
    for text in [
        format!("{key:?}{environment:?}"),
        serde_json::to_string(&key).unwrap(),
        serde_json::to_string(&environment).unwrap(),
    ] {
        assert!(!text.contains("canary"), "{text}");
        assert!(text.contains("redacted"), "{text}");
    }
}

#[test]
fn ids_take_any_text_of_a_server_and_compare_with_text() {
    let user: User = read(json!({ "id": "../odd id" }));
    assert_eq!(user.id, "../odd id");
    assert!(UserId::new("../odd id").is_err());
    assert_eq!(serde_json::to_value(&user).unwrap(), json!({ "id": "../odd id" }));
    assert!(serde_json::from_value::<User>(json!({ "id": 7 })).is_err());
}

#[test]
fn models_without_secrets_are_comparable() {
    let user: User = read(json!({ "id": "u", "role": "admin" }));
    assert_eq!(user, user.clone());
    assert_ne!(user, read(json!({ "id": "u", "role": "billing" })));
}
