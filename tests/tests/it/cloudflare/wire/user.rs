//! The user and the user's invites on the wire.

use account_provisioning::Field;
use account_provisioning::cloudflare::{InviteStatus, UserHandle};
use integration_tests::cloudflare::Stage;
use integration_tests::cloudflare::world::invite as invite_id;
use integration_tests::wire::Wire;
use serde_json::json;

fn user(wire: &Wire<Stage>) -> UserHandle {
    wire.stage.as_user().user()
}

/// The id of an invite, and a log without the request that found it.
async fn known(wire: &Wire<Stage>) -> String {
    let id = invite_id(&wire.stage.as_user()).await;
    wire.forget();
    id
}

pub(super) async fn get(wire: &Wire<Stage>) {
    let user = user(wire).get().await.unwrap();
    assert_eq!(user.email, wire.stage.emulator.cloudflare().email());
    wire.sent("GET", "/user");
}

pub(super) async fn update(wire: &Wire<Stage>) {
    let user = user(wire);
    let changed = user
        .update()
        .first_name("Ann")
        .last_name("Lee")
        .country("BE")
        .telephone("+32 2")
        .zipcode("1000")
        .await
        .unwrap();
    assert_eq!(changed.zipcode.as_deref(), Some("1000"));
    wire.sent_with(
        "PATCH",
        "/user",
        json!({ "first_name": "Ann", "last_name": "Lee", "country": "BE", "telephone": "+32 2", "zipcode": "1000" }),
    );
    let changed = user
        .update()
        .telephone(Field::Clear)
        .zipcode(Field::Keep)
        .await
        .unwrap();
    assert_eq!((changed.telephone, changed.zipcode.as_deref()), (None, Some("1000")));
    wire.sent_with("PATCH", "/user", json!({ "telephone": null }));
    user.update().country("NL").await.unwrap();
    wire.sent_with("PATCH", "/user", json!({ "country": "NL" }));
}

pub(super) async fn invites(wire: &Wire<Stage>) {
    let invites = user(wire).invites().list().await.unwrap();
    assert_eq!(invites.items[0].organization_id.as_str(), "account-2");
    wire.sent("GET", "/user/invites");
}

pub(super) async fn invite(wire: &Wire<Stage>) {
    let id = known(wire).await;
    let invites = user(wire).invites();
    assert_eq!(invites.get(&id).await.unwrap().status, Some(InviteStatus::Pending));
    wire.sent("GET", &format!("/user/invites/{id}"));
    assert!(invites.get_opt("none").await.unwrap().is_none());
    wire.sent("GET", "/user/invites/none");
}

pub(super) async fn answer(wire: &Wire<Stage>) {
    let id = known(wire).await;
    let invites = user(wire).invites();
    assert_eq!(invites.reject(&id).await.unwrap().status, Some(InviteStatus::Rejected));
    wire.sent_with("PATCH", &format!("/user/invites/{id}"), json!({ "status": "rejected" }));
    let refused = invites.accept(&id).await.unwrap_err();
    assert!(refused.is_conflict(), "it is answered: {refused}");
    wire.sent_with("PATCH", &format!("/user/invites/{id}"), json!({ "status": "accepted" }));
}
