//! Access keys on the wire.

use account_provisioning::cloudinary::{AccessKeyPurpose, AccessKeySortBy, SortOrder};
use integration_tests::wire::Wire;
use serde_json::json;

pub(super) async fn list(wire: &Wire) {
    let keys = wire.client().access_keys("env-1");
    for (call, query) in [
        (keys.list(), "page=1&page_size=100"),
        (keys.list().page(2), "page=2&page_size=100"),
        (keys.list().page_size(1), "page=1&page_size=1"),
        (keys.list().page(100).page_size(500), "page=100&page_size=500"),
        (
            keys.list().sort_by(AccessKeySortBy::ApiKey),
            "page=1&page_size=100&sort_by=api_key",
        ),
        (
            keys.list().sort_by(AccessKeySortBy::CreatedAt),
            "page=1&page_size=100&sort_by=created_at",
        ),
        (
            keys.list().sort_by(AccessKeySortBy::Name),
            "page=1&page_size=100&sort_by=name",
        ),
        (
            keys.list().sort_by(AccessKeySortBy::Enabled),
            "page=1&page_size=100&sort_by=enabled",
        ),
        (
            keys.list().sort_order(SortOrder::Desc),
            "page=1&page_size=100&sort_order=desc",
        ),
        (
            keys.list()
                .sort_order(SortOrder::Asc)
                .sort_by(AccessKeySortBy::Name)
                .page_size(2)
                .page(1),
            "page=1&page_size=2&sort_by=name&sort_order=asc",
        ),
    ] {
        call.await.unwrap();
        wire.sent("GET", &format!("/sub_accounts/env-1/access_keys?{query}"));
    }
}

pub(super) async fn generate(wire: &Wire) {
    let keys = wire.client().access_keys("env-1");
    for (call, body) in [
        (keys.generate(), json!({})),
        (keys.generate().name("one"), json!({ "name": "one" })),
        (keys.generate().enabled(false), json!({ "enabled": false })),
        (
            keys.generate().enabled(true).name("two"),
            json!({ "name": "two", "enabled": true }),
        ),
    ] {
        call.await.unwrap();
        wire.sent_with("POST", "/sub_accounts/env-1/access_keys", body);
    }
}

pub(super) async fn update(wire: &Wire) {
    let keys = wire.client().access_keys("env-1");
    for (call, body) in [
        (keys.update("111"), json!({})),
        (keys.update("111").name("renamed"), json!({ "name": "renamed" })),
        (keys.update("111").enabled(false), json!({ "enabled": false })),
        (
            keys.update("111").dedicated_for(AccessKeyPurpose::Webhooks),
            json!({ "dedicated_for": "webhooks" }),
        ),
        (
            keys.update("111")
                .dedicated_for(AccessKeyPurpose::Webhooks)
                .enabled(true)
                .name("all"),
            json!({ "name": "all", "enabled": true, "dedicated_for": "webhooks" }),
        ),
    ] {
        call.await.unwrap();
        wire.sent_with("PUT", "/sub_accounts/env-1/access_keys/111", body);
    }
}

pub(super) async fn delete(wire: &Wire) {
    wire.client().access_keys("env-1").delete("222").await.unwrap();
    wire.sent("DELETE", "/sub_accounts/env-1/access_keys/222");
}

pub(super) async fn delete_by_name(wire: &Wire) {
    wire.client()
        .access_keys("env-1")
        .delete_by_name("second key")
        .await
        .unwrap();
    wire.sent("DELETE", "/sub_accounts/env-1/access_keys?name=second+key");
}
