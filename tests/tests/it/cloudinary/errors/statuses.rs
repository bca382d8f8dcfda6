//! Refusals of the service's own, by status.

use account_provisioning::time::{Clock, ManualTime};
use account_provisioning::{Error, ErrorKind, RetryPolicy};
use account_provisioning_emulator::{Emulator, Fault, RateLimit};
use integration_tests::wording::assert_well_worded;
use integration_tests::{Stage, builder, state};

use super::{checked, failing};

/// Every predicate by its name.
fn predicates(error: &Error) -> Vec<&'static str> {
    let all = [
        ("not_found", error.is_not_found()),
        ("conflict", error.is_conflict()),
        ("rate_limited", error.is_rate_limited()),
        ("auth", error.is_auth()),
        ("permission_denied", error.is_permission_denied()),
        ("timeout", error.is_timeout()),
        ("connect", error.is_connect()),
        ("server", error.is_server()),
        ("decode", error.is_decode()),
        ("configuration", error.is_configuration()),
        ("invalid_input", error.is_invalid_input()),
        ("outcome_unknown", error.is_outcome_unknown()),
    ];
    all.into_iter()
        .filter_map(|(name, holds)| holds.then_some(name))
        .collect()
}

#[tokio::test]
async fn error_of_each_status_has_its_kind_and_exactly_its_predicates() {
    let none: &[&str] = &[];
    for (status, kind, expected) in [
        (400, ErrorKind::Rejected, none),
        (401, ErrorKind::Authentication, &["auth"]),
        (403, ErrorKind::Permission, &["auth", "permission_denied"]),
        (404, ErrorKind::NotFound, &["not_found"]),
        (408, ErrorKind::Server, &["server"]),
        (409, ErrorKind::Conflict, &["conflict"]),
        (418, ErrorKind::Rejected, none),
        (420, ErrorKind::RateLimited, &["rate_limited"]),
        (422, ErrorKind::Rejected, none),
        (429, ErrorKind::RateLimited, &["rate_limited"]),
        (500, ErrorKind::Server, &["server"]),
        (503, ErrorKind::Server, &["server"]),
        (599, ErrorKind::Server, &["server"]),
    ] {
        let error = failing(Fault::status(status)).await;
        assert_eq!(error.kind(), kind, "{status}");
        assert_eq!(predicates(&error), expected, "{status}");
        assert_eq!(error.status().unwrap().as_u16(), status);
        let said = format!("injected fault: {status}");
        assert!(error.vendor_message().unwrap().starts_with(&said), "{error}");
        assert!(error.to_string().contains(&format!("answered {status} ")), "{error}");
        assert!(error.to_string().contains(&said), "{error}");
        assert!(error.request_id().is_some_and(|id| !id.is_empty()));
        assert_eq!(error.reply().unwrap().attempts.count(), 1);
        assert_eq!((error.retry_at(), error.codes().len()), (None, 0));
        assert!(error.body().unwrap().starts_with(b"{\"error\":"));
        assert!(error.paging().is_none());
    }
}

#[tokio::test]
async fn error_of_real_refusals_says_what_the_service_said() {
    let stage = Stage::with(state::with_users(2), |client| client).await;
    let (users, keys) = (stage.client.users(), stage.client.access_keys(state::ENVIRONMENT));

    let missing = checked(&stage.emulator, users.get("nobody").await.unwrap_err(), "getUser");
    assert!(
        missing.is_not_found() && missing.to_string().contains("nobody"),
        "{missing}"
    );
    let taken = users.create("Ann", state::user_email(0)).await.unwrap_err();
    let taken = checked(&stage.emulator, taken, "createUser");
    assert!(
        taken.is_conflict() && taken.to_string().contains("already exists"),
        "{taken}"
    );
    assert!(!taken.is_outcome_unknown());
    let wrong = users.update(state::user_id(0)).email("no address").await.unwrap_err();
    let wrong = checked(&stage.emulator, wrong, "updateUser");
    assert_eq!(
        (wrong.kind(), wrong.status().unwrap().as_u16()),
        (ErrorKind::Rejected, 400)
    );
    let gone = checked(&stage.emulator, keys.delete("1").await.unwrap_err(), "deleteAccessKey");
    assert!(gone.is_not_found(), "{gone}");
    assert!(users.get_opt("nobody").await.unwrap().is_none());
}

#[tokio::test]
async fn error_of_wrong_credentials_says_what_to_check_and_shows_none() {
    let emulator = Emulator::start().await.unwrap();
    let time = ManualTime::default();
    let client = builder(&emulator, &time).api_secret("wrong-secret").build().unwrap();
    let error = checked(&emulator, client.users().list().await.unwrap_err(), "getUsers");
    assert!(error.is_auth() && !error.is_permission_denied(), "{error}");
    assert!(
        error
            .to_string()
            .contains("check the key, the secret and the account id"),
        "{error}"
    );
    assert!(!error.to_string().contains("wrong-secret"), "{error}");

    let other = client.users().list().account_id("somebody-else").await.unwrap_err();
    assert!(other.is_auth(), "{other}");
}

#[tokio::test]
async fn error_of_a_forbidden_change_is_about_permission() {
    let stage = Stage::with(state::with_users(1), |client| client).await;
    let edited = stage.emulator.edit_state(|state| {
        let root = state::account(state).users.get_mut(&state::user_id(0)).unwrap();
        root.root = true;
        root.role = "master_admin".to_owned();
    });
    edited.unwrap();
    let error = stage.client.users().delete(state::user_id(0)).await.unwrap_err();
    let error = checked(&stage.emulator, error, "deleteUser");
    assert!(error.is_permission_denied() && error.is_auth(), "{error}");
    assert!(error.to_string().contains("don't allow"), "{error}");
}

#[tokio::test]
async fn error_of_a_spent_rate_says_when_to_come_back() {
    let time = ManualTime::default();
    for status in [420, 429] {
        let emulator = state::with_users(1)
            .clock(time.now())
            .rate_limit(RateLimit::per_hour(1).status(status))
            .start()
            .await
            .unwrap();
        let client = builder(&emulator, &time).retry(RetryPolicy::never()).build().unwrap();
        client.users().list().await.unwrap();
        let error = client.users().list().await.unwrap_err();
        assert_well_worded(&error);
        assert!(error.is_rate_limited(), "{error}");
        let hour = std::time::Duration::from_secs(3600);
        assert_eq!(error.retry_at(), Some(time.now() + hour));
        let limit = error.reply().unwrap().rate_limit().unwrap();
        assert_eq!((limit.limit, limit.remaining), (Some(1), Some(0)));
        assert_eq!(error.to_string().contains("hourly usage cap"), status == 420, "{error}");
    }
}

#[tokio::test]
async fn error_of_a_redirect_says_where_redirects_end() {
    let emulator = Emulator::start().await.unwrap();
    for status in [301, 302, 307, 308] {
        let elsewhere = format!("{}/v1_1/elsewhere", emulator.base_url());
        let error = failing(Fault::status(status).header("location", elsewhere)).await;
        assert_eq!(error.kind(), ErrorKind::Rejected, "{error}");
        assert!(error.to_string().contains("redirects are not followed"), "{error}");
    }
    assert!(emulator.requests().is_empty(), "nobody was sent there");
}
