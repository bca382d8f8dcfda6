//! Memberships of the user on the wire.

use account_provisioning::cloudflare::memberships::Memberships;
use account_provisioning::cloudflare::{MemberStatus, MembershipSortBy, SortOrder};
use integration_tests::cloudflare::Stage;
use integration_tests::wire::Wire;
use serde_json::json;

fn memberships(wire: &Wire<Stage>) -> Memberships {
    wire.stage.as_user().memberships()
}

pub(super) async fn list(wire: &Wire<Stage>) {
    let memberships = memberships(wire);
    for (call, query) in [
        (memberships.list(), "page=1&per_page=50"),
        (
            memberships
                .list()
                .status(MemberStatus::Pending)
                .account_name("Second")
                .name("A & B")
                .sort_by(MembershipSortBy::AccountName)
                .sort_order(SortOrder::Desc)
                .page(2)
                .page_size(5),
            "account.name=Second&direction=desc&name=A+%26+B&order=account.name&page=2&per_page=5&status=pending",
        ),
    ] {
        call.await.unwrap();
        wire.sent("GET", &format!("/memberships?{query}"));
    }
}

pub(super) async fn get(wire: &Wire<Stage>) {
    let memberships = memberships(wire);
    let membership = memberships.get("membership-2").await.unwrap();
    assert_eq!(membership.account.unwrap().name, "Second");
    wire.sent("GET", "/memberships/membership-2");
    assert!(memberships.get_opt("none").await.unwrap().is_none());
    wire.sent("GET", "/memberships/none");
}

pub(super) async fn answer(wire: &Wire<Stage>) {
    let memberships = memberships(wire);
    let accepted = memberships.accept("membership-2").await.unwrap();
    assert_eq!(accepted.status, Some(MemberStatus::Accepted));
    wire.sent_with("PUT", "/memberships/membership-2", json!({ "status": "accepted" }));
    let refused = memberships.reject("membership-2").await.unwrap_err();
    assert!(refused.is_conflict(), "it is answered: {refused}");
    wire.sent_with("PUT", "/memberships/membership-2", json!({ "status": "rejected" }));
}

pub(super) async fn delete(wire: &Wire<Stage>) {
    memberships(wire).delete("membership-2").await.unwrap();
    wire.sent("DELETE", "/memberships/membership-2");
}
