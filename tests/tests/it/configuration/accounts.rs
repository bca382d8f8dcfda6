//! Several accounts: side by side, and for one call.

use account_provisioning::cloudinary::{Client, Role};
use account_provisioning_emulator::Emulator;
use account_provisioning_emulator::cloudinary::{Account, Credential, User};
use integration_tests::world;

/// An emulator with the accounts `One` and `Two`, of which each has a user named after it.
async fn emulator() -> Emulator {
    let account = |id: &str| {
        let mut account = Account::new(id);
        let (key, secret) = (format!("{id}-key"), format!("{id}-secret"));
        account.credentials.insert(Credential::new(key, secret));
        account.users.insert(User::new("user", id, "user@x.example"));
        account
    };
    world::emulator([account("One"), account("Two")]).start().await.unwrap()
}

fn client(emulator: &Emulator, id: &str) -> Client {
    let builder = Client::builder()
        .account_id(id)
        .api_key(format!("{id}-key"))
        .api_secret(format!("{id}-secret"));
    builder.base_url(emulator.cloudinary().base_url()).build().unwrap()
}

#[tokio::test]
async fn clients_of_two_accounts_live_side_by_side() {
    let emulator = emulator().await;
    let (one, two) = (client(&emulator, "One"), client(&emulator, "Two"));
    for _ in 0..3 {
        let (first, second) = tokio::join!(one.users().get("user"), two.users().get("user"));
        assert_eq!(first.unwrap().name.as_deref(), Some("One"));
        assert_eq!(second.unwrap().name.as_deref(), Some("Two"));
    }
    one.users().delete("user").await.unwrap();
    assert!(one.users().get_opt("user").await.unwrap().is_none());
    assert!(two.users().get_opt("user").await.unwrap().is_some());
    assert!(emulator.requests().iter().all(|request| request.authenticated));
}

#[tokio::test]
async fn account_id_of_a_call_goes_into_its_path_and_into_no_other() {
    let emulator = emulator().await;
    let client = client(&emulator, "One");
    let users = client.users();
    // One's credentials are not good for Two, whichever way the call is sent.
    let refused = [
        users.get("user").account_id("Two").await.unwrap_err(),
        users.get_opt("user").account_id("Two").await.unwrap_err(),
        users.get("user").response().account_id("Two").await.unwrap_err(),
        users.list().account_id("Two").await.unwrap_err(),
        users.list().account_id("Two").collect().await.unwrap_err(),
        users
            .create("A", "a@x.example")
            .role(Role::Admin)
            .account_id("Two")
            .await
            .unwrap_err(),
        client.billing_usage().account_id("Two").await.unwrap_err(),
        client.access_keys("env").list().account_id("Two").await.unwrap_err(),
    ];
    for problem in &refused {
        assert!(problem.is_auth() && !problem.is_permission_denied(), "{problem:?}");
    }
    let requests = emulator.requests();
    assert_eq!(requests.len(), refused.len());
    for request in &requests {
        assert!(
            request.path.starts_with("/v1_1/provisioning/accounts/Two/"),
            "{request:?}"
        );
        assert_eq!(request.status, 401);
    }
    emulator.clear_requests();
    users.get("user").account_id("One").await.unwrap();
    users.get("user").await.unwrap();
    for request in emulator.requests() {
        assert_eq!(
            (&*request.path, request.status),
            ("/v1_1/provisioning/accounts/One/users/user", 200)
        );
    }
    assert_eq!(client.account_id().as_str(), "One");
}
