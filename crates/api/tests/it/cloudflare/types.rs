//! What the types read: every form in which the vendor's clients know a reply.

use account_provisioning_api::cloudflare::types::{
    Account, AccountList, AuditLogList, CreatedTokenReply, DeletionReply, Member, MemberStatus, PermissionGroupList,
    Role, Token, TokenReply, TokenStatus, TokenValueReply,
};
use account_provisioning_core::OpaqueValue;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

fn read<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

#[test]
fn list_with_null_is_empty_and_without_a_result_is_broken() {
    let list: AccountList = read(json!({ "success": true, "errors": null, "result": null }));
    assert!(list.result.is_empty() && list.errors.is_empty() && list.messages.is_empty());
    assert!(serde_json::from_value::<AccountList>(json!({ "success": true })).is_err());
}

#[test]
fn single_result_that_is_null_or_missing_is_broken_and_a_deletion_is_not() {
    for reply in [json!({ "success": true, "result": null }), json!({ "success": true })] {
        assert!(serde_json::from_value::<TokenReply>(reply.clone()).is_err());
        assert!(serde_json::from_value::<TokenValueReply>(reply.clone()).is_err());
        assert!(read::<DeletionReply>(reply).result.is_none());
    }
}

#[test]
fn page_numbers_and_totals_are_integers() {
    let list: AccountList = read(json!({
        "success": true,
        "result": [],
        "result_info": { "page": 2, "per_page": 20, "count": 1, "total_count": 2000, "total_pages": 100 }
    }));
    let info = list.result_info.unwrap();
    assert_eq!(
        (info.page, info.total_count, info.total_pages),
        (Some(2), Some(2000), Some(100))
    );
}

#[test]
fn audit_page_reads_its_count_and_cursor_in_both_forms() {
    for (info, count, cursor, after) in [
        (json!({ "count": "1", "cursor": "c" }), Some(1), Some("c"), None),
        (
            json!({ "count": 1, "cursors": { "after": "c" } }),
            Some(1),
            None,
            Some("c"),
        ),
        (json!({ "count": "", "cursor": "" }), None, Some(""), None),
        (json!({ "count": null, "cursor": null }), None, None, None),
        (json!({}), None, None, None),
    ] {
        let page: AuditLogList = read(json!({ "success": true, "result": [{ "id": "e" }], "result_info": info }));
        let info = page.result_info.unwrap();
        assert_eq!((info.count, info.cursor.as_deref()), (count, cursor));
        assert_eq!(info.cursors.and_then(|cursors| cursors.after).as_deref(), after);
    }
}

#[test]
fn audit_entry_keeps_what_has_no_shape() {
    let resource = json!({ "scope": ["any"], "request": { "a": [1] }, "response": "text" });
    let page: AuditLogList = read(json!({ "success": true, "result": [{ "id": "e", "resource": resource }] }));
    assert_eq!(serde_json::to_value(&page.result[0].resource).unwrap(), resource);
}

#[test]
fn errors_and_messages_of_any_form_decode_and_stay_as_they_came() {
    let whole =
        json!({ "code": 4_000_000_000_i64, "message": "n", "documentation_url": "d", "source": { "pointer": "/p" } });
    for (notes, kept) in [
        (
            json!([whole, { "message": "m" }]),
            vec![whole.clone(), json!({ "message": "m" })],
        ),
        (
            json!([{ "code": 1 }, "careful", null, 7, [{}]]),
            vec![
                json!({ "code": 1 }),
                json!("careful"),
                json!(null),
                json!(7),
                json!([{}]),
            ],
        ),
        (json!("careful"), vec![json!("careful")]),
        (whole.clone(), vec![whole.clone()]),
        (json!(false), vec![json!(false)]),
        (json!(null), vec![]),
    ] {
        let list: AccountList = read(json!({ "success": true, "result": [], "errors": notes, "messages": notes }));
        for read in [list.errors, list.messages] {
            let read: Vec<_> = read.into_iter().map(OpaqueValue::into_exposed_value).collect();
            assert_eq!(read, kept, "{notes}");
        }
    }
}

#[test]
fn account_without_a_type_and_with_an_unknown_one_decodes() {
    assert!(read::<Account>(json!({ "id": "a", "name": "n" })).type_.is_none());
    let text = r#"{"id":"a","name":"n","type":"galactic"}"#;
    let account: Account = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&account).unwrap(), text);
}

#[test]
fn member_takes_a_scope_as_a_list_and_as_one_object() {
    let scope =
        json!({ "key": "com.cloudflare.api.account.a", "objects": [{ "key": "com.cloudflare.api.account.zone.z" }] });
    for form in [json!([scope]), scope.clone()] {
        let member: Member = read(json!({
            "id": "m",
            "status": "rejected",
            "policies": [{ "id": "p", "access": "allow", "resource_groups": [{ "id": "r", "scope": form }] }]
        }));
        assert_eq!(member.status, Some(MemberStatus::Rejected));
        let group = &member.policies[0].resource_groups[0];
        assert_eq!(group.scope.len(), 1);
        assert_eq!(group.scope[0].objects[0].key, "com.cloudflare.api.account.zone.z");
    }
    let member: Member = read(json!({ "id": "m", "policies": [{ "resource_groups": [{ "id": "r" }] }] }));
    assert!(member.policies[0].resource_groups[0].scope.is_empty() && member.roles.is_empty());
}

#[test]
fn role_keeps_areas_that_nobody_listed_on_its_way_back() {
    let wire = json!({
        "id": "r",
        "description": "d",
        "name": "n",
        "permissions": { "dns": { "read": true, "write": false }, "teleportation": { "read": true } }
    });
    let role: Role = read(wire.clone());
    assert_eq!(role.permissions["teleportation"].read, Some(true));
    assert_eq!(serde_json::to_value(&role).unwrap(), wire);
}

#[test]
fn token_resources_keep_both_forms() {
    for resources in [
        json!({ "com.cloudflare.api.account.a": "*" }),
        json!({ "com.cloudflare.api.account.a": { "com.cloudflare.api.account.zone.*": "*" } }),
    ] {
        let token: Token = read(json!({
            "id": "t",
            "status": "active",
            "policies": [{
                "effect": "allow",
                "permission_groups": [{ "id": "p", "meta": { "category": "c", "deprecated": false } }],
                "resources": resources
            }]
        }));
        assert_eq!(token.status, Some(TokenStatus::Active));
        assert_eq!(Value::Object(token.policies[0].resources.clone()), resources);
        assert_eq!(token.policies[0].permission_groups[0].meta["category"], "c");
    }
}

#[test]
fn permission_groups_decode_with_and_without_what_newer_clients_know() {
    let list: PermissionGroupList = read(json!({
        "success": true,
        "result": [
            { "id": "1", "name": "Logs Write", "scopes": ["com.cloudflare.api.account"] },
            { "id": "2", "name": "Logs Write", "scopes": ["com.cloudflare.moon"], "category": "c", "is_selectable": true }
        ]
    }));
    assert_eq!(list.result[0].is_selectable, None);
    assert_eq!(list.result[1].scopes[0].as_str(), "com.cloudflare.moon");
}

#[test]
fn values_of_tokens_are_shown_only_when_asked_for() {
    let created: CreatedTokenReply = read(json!({ "success": true, "result": { "id": "t", "value": "canary-1" } }));
    let rolled: TokenValueReply = read(json!({ "success": true, "result": "canary-2" }));
    assert_eq!(created.result.value.expose_secret(), "canary-1");
    assert_eq!(rolled.result.expose_secret(), "canary-2");
    for text in [
        format!("{created:?}{rolled:?}"),
        serde_json::to_string(&created).unwrap(),
        serde_json::to_string(&rolled).unwrap(),
    ] {
        assert!(!text.contains("canary"), "{text}");
        assert!(text.contains("redacted"), "{text}");
    }
}
