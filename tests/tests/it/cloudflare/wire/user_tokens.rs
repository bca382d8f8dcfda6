//! Tokens of the user on the wire: as those of an account, elsewhere.

use account_provisioning::cloudflare::UserHandle;
use integration_tests::cloudflare::Stage;
use integration_tests::wire::Wire;

use super::tokens::{self, Of};

fn user(wire: &Wire<Stage>) -> Of<UserHandle> {
    Of {
        tokens: wire.stage.as_user().user().tokens(),
        at: "/user/tokens",
        id: "user-token-1",
    }
}

pub(super) async fn list(wire: &Wire<Stage>) {
    tokens::list_of(wire, user(wire)).await;
}

pub(super) async fn get(wire: &Wire<Stage>) {
    tokens::get_of(wire, user(wire)).await;
}

pub(super) async fn create(wire: &Wire<Stage>) {
    tokens::create_of(wire, user(wire)).await;
}

pub(super) async fn replace(wire: &Wire<Stage>) {
    tokens::replace_of(wire, user(wire)).await;
}

pub(super) async fn delete(wire: &Wire<Stage>) {
    tokens::delete_of(wire, user(wire)).await;
}

pub(super) async fn verify(wire: &Wire<Stage>) {
    tokens::verify_of(wire, user(wire)).await;
}

pub(super) async fn roll(wire: &Wire<Stage>) {
    tokens::roll_of(wire, user(wire)).await;
}

pub(super) async fn permission_groups(wire: &Wire<Stage>) {
    tokens::permission_groups_of(wire, user(wire)).await;
}
