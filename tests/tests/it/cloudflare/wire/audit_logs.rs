//! Audit logs on the wire: the filters, byte for byte.

use account_provisioning::cloudflare::{
    AuditActionResult, AuditActionType, AuditActorContext, AuditActorType, AuditResourceScope, SortOrder,
};
use chrono::{DateTime, NaiveDate, Utc};
use integration_tests::cloudflare::Stage;
use integration_tests::cloudflare::world::record_about;
use integration_tests::wire::Wire;

fn since() -> DateTime<Utc> {
    "2024-10-30T00:00:00Z".parse().unwrap()
}

fn before() -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 10, 31).unwrap()
}

pub(super) async fn list(wire: &Wire<Stage>) {
    let list = || wire.stage.account().audit_logs().list(since());
    // A period without an end ends now, by the client's clock.
    list().await.unwrap();
    wire.sent(
        "GET",
        "/logs/audit?before=2026-01-15T12%3A00%3A00Z&limit=1000&since=2024-10-30T00%3A00%3A00Z",
    );
    let every = list()
        .before(before())
        .sort_order(SortOrder::Desc)
        .page_size(5)
        .not_account_name(["A & B", "C"])
        .not_action_result([AuditActionResult::Success, AuditActionResult::Failure])
        .not_action_type([AuditActionType::View])
        .not_action_type(["create"])
        .not_actor_context([AuditActorContext::ApiToken, AuditActorContext::Dash])
        .not_actor_email(["a+b@x.com"])
        .not_actor_id(["id 1"])
        .not_actor_ip_address(["2001:db8::1", "203.0.113.7"])
        .not_actor_token_id(["t-1"])
        .not_actor_token_name(["Token/1"])
        .not_actor_type([AuditActorType::System])
        .not_audit_log_id(["log-1", "log-2"])
        .not_id(["log-3"])
        .product_category(["dns", "zones"])
        .not_raw_cf_ray_id(["x"])
        .not_raw_method(["GET"])
        .not_raw_status_code([200_u16, 404])
        .not_raw_uri(["/client/v4/accounts?page=1"])
        .not_resource_id(["r-1"])
        .not_resource_product(["members"])
        .not_resource_scope([AuditResourceScope::Accounts])
        .not_resource_type(["member"])
        .not_zone_id(["zone-1"])
        .not_zone_name(["zone.example"]);
    every.await.unwrap();
    wire.sent(
        "GET",
        "/logs/audit?account_name.not=A+%26+B&account_name.not=C&action_result.not=success&action_result.not=failure\
         &action_type.not=view&action_type.not=create&actor_context.not=api_token&actor_context.not=dash\
         &actor_email.not=a%2Bb%40x.com&actor_id.not=id+1&actor_ip_address.not=2001%3Adb8%3A%3A1\
         &actor_ip_address.not=203.0.113.7&actor_token_id.not=t-1&actor_token_name.not=Token%2F1&actor_type.not=system\
         &audit_log_id.not=log-1&audit_log_id.not=log-2&before=2024-10-31&direction=desc&id.not=log-3&limit=5\
         &product_category=dns&product_category=zones&raw_cf_ray_id.not=x&raw_method.not=GET&raw_status_code.not=200\
         &raw_status_code.not=404&raw_uri.not=%2Fclient%2Fv4%2Faccounts%3Fpage%3D1&resource_id.not=r-1\
         &resource_product.not=members&resource_scope.not=accounts&resource_type.not=member\
         &since=2024-10-30T00%3A00%3A00Z&zone_id.not=zone-1&zone_name.not=zone.example",
    );
    // Empty filters are none.
    list()
        .before(before())
        .not_actor_email(Vec::<String>::new())
        .await
        .unwrap();
    wire.sent(
        "GET",
        "/logs/audit?before=2024-10-31&limit=1000&since=2024-10-30T00%3A00%3A00Z",
    );
    // A cursor goes out as it came in.
    let refused = list().before(before()).cursor("a+b/c=").await.unwrap_err();
    assert_eq!(refused.status().map(|status| status.as_u16()), Some(400));
    wire.sent(
        "GET",
        "/logs/audit?before=2024-10-31&cursor=a%2Bb%2Fc%3D&limit=1000&since=2024-10-30T00%3A00%3A00Z",
    );
}

pub(super) async fn history(wire: &Wire<Stage>) {
    record_about(&wire.stage.emulator, "log-1", -1000, "zone-1");
    let logged_at = "2026-01-15T11:59:59Z".parse().unwrap();
    let history = || wire.stage.account().audit_logs().history("log-1", logged_at, since());
    history().await.unwrap();
    wire.sent(
        "GET",
        "/logs/audit/log-1/history?action_time=2026-01-15T11%3A59%3A59Z&before=2026-01-15T12%3A00%3A00Z&limit=1000\
         &since=2024-10-30T00%3A00%3A00Z",
    );
    let every = history()
        .before(NaiveDate::from_ymd_opt(2026, 1, 16).unwrap())
        .sort_order(SortOrder::Asc)
        .page_size(5);
    every.await.unwrap();
    wire.sent(
        "GET",
        "/logs/audit/log-1/history?action_time=2026-01-15T11%3A59%3A59Z&before=2026-01-16&direction=asc&limit=5\
         &since=2024-10-30T00%3A00%3A00Z",
    );
    let refused = history().cursor("a+b/c=").await.unwrap_err();
    assert_eq!(refused.status().map(|status| status.as_u16()), Some(400));
    wire.sent(
        "GET",
        "/logs/audit/log-1/history?action_time=2026-01-15T11%3A59%3A59Z&before=2026-01-15T12%3A00%3A00Z\
         &cursor=a%2Bb%2Fc%3D&limit=1000&since=2024-10-30T00%3A00%3A00Z",
    );
    let problem = history().before(before()).await.map(drop);
    assert!(problem.is_ok(), "a period before the entry is one");
    wire.fresh();
    let early = NaiveDate::from_ymd_opt(2020, 1, 1).unwrap();
    assert!(history().before(early).await.unwrap_err().is_invalid_input());
}

pub(super) async fn categories(wire: &Wire<Stage>) {
    let categories = wire.stage.account().audit_logs().product_categories();
    assert!(!categories.await.unwrap().is_empty());
    wire.sent("GET", "/logs/audit/product_categories");
}

#[tokio::test]
async fn filters_of_the_vendors_own_example_go_out_as_its_clients_send_them() {
    let wire = Wire::of(Stage::start().await);
    let list = wire.stage.account().audit_logs().list(since()).before(before());
    let list = list
        .not_action_result([AuditActionResult::Success, AuditActionResult::Failure])
        .not_actor_email(["a+b@x.com"])
        .sort_order("desc")
        .page_size(5)
        .not_raw_cf_ray_id(["x"])
        .not_raw_status_code([200_u16, 404]);
    list.await.unwrap();
    let request = wire.fresh().remove(0);
    let mut sent: Vec<&str> = request.query.as_deref().unwrap().split('&').collect();
    let mut theirs: Vec<&str> = "before=2024-10-31&since=2024-10-30T00%3A00%3A00Z&action_result.not=success\
        &action_result.not=failure&actor_email.not=a%2Bb%40x.com&direction=desc&limit=5&raw_cf_ray_id.not=x\
        &raw_status_code.not=200&raw_status_code.not=404"
        .split('&')
        .collect();
    sent.sort_unstable();
    theirs.sort_unstable();
    assert_eq!(sent, theirs);
}

#[tokio::test]
async fn period_that_is_none_is_refused_before_anything_is_sent() {
    let wire = Wire::of(Stage::start().await);
    let logs = wire.stage.account().audit_logs();
    for (problem, field) in [
        (
            logs.list(before()).before(since()).await.unwrap_err(),
            "is after `before`",
        ),
        (logs.list(since()).cursor("").await.unwrap_err(), "`cursor`"),
        (logs.list(since()).page_size(0).await.unwrap_err(), "`page_size`"),
    ] {
        assert!(
            problem.is_invalid_input() && problem.to_string().contains(field),
            "{problem}"
        );
    }
    wire.sent_nothing();
}
