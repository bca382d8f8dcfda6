//! Credentials and headers in clients, builders, calls and the errors of wrong settings.

use std::ffi::OsString;

use account_provisioning::Secret;
use account_provisioning::cloudinary::Client;
use account_provisioning::time::ManualTime;
use integration_tests::wording::{assert_well_worded, chain};
use integration_tests::{builder, state};

use super::{CANARY, assert_debug_silent, assert_silent, stage_with};

#[tokio::test]
async fn client_and_all_that_is_made_of_it_show_no_secret_in_debug() {
    let stage = stage_with(|client| client.header("x-gateway-token", CANARY)).await;
    let client = &stage.client;
    assert_debug_silent("client", client);
    assert_debug_silent("low-level client", client.low_level());
    assert_debug_silent("users", &client.users());
    assert_debug_silent("access keys", &client.access_keys(state::ENVIRONMENT));
    assert_debug_silent("environments", &client.product_environments());
    assert_debug_silent("groups", &client.user_groups());
    assert_debug_silent("usage", &client.billing_usage().header("x-token", CANARY));

    let call = client.users().create(CANARY, CANARY).header("x-token", CANARY);
    assert_debug_silent("call", &call);
    assert!(
        format!("{call:?}").contains("x-token"),
        "names of headers are shown: {call:?}"
    );
    assert_debug_silent("call with response", &call.response());
    assert_debug_silent("optional call", &client.users().get_opt("id").header("x-token", CANARY));
    assert_debug_silent("list", &client.users().list().prefix(CANARY).header("x-token", CANARY));
    let stream = client.users().list().prefix(CANARY).header("x-token", CANARY).stream();
    assert_debug_silent("stream", &stream);
    assert_debug_silent("checkpoint", &stream.checkpoint());
    assert_debug_silent("pages", &client.users().list().header("x-token", CANARY).pages());
    // All of this is real: the headers arrive.
    client.users().list().header("x-token", CANARY).await.unwrap();
    let request = &stage.emulator.requests()[0];
    assert_eq!(
        (request.header("x-token"), request.header("x-gateway-token")),
        (Some(CANARY), Some(CANARY))
    );
}

#[tokio::test]
async fn builder_at_every_step_shows_no_secret_in_debug() {
    let mut headers = reqwest::header::HeaderMap::new();
    headers.insert("x-proxy-token", CANARY.parse().unwrap());
    let proxy = reqwest::Proxy::all(format!("http://user:{CANARY}@127.0.0.1:1")).unwrap();
    let http = move || {
        reqwest::Client::builder()
            .default_headers(headers.clone())
            .proxy(proxy.clone())
    };
    let url = format!("account://key:{CANARY}@account");
    for (what, builder) in [
        ("secret", Client::builder().api_secret(CANARY)),
        (
            "secret of its own type",
            Client::builder().api_secret(Secret::new(CANARY)),
        ),
        ("account URL", Client::builder().account_url(url.clone())),
        ("header", Client::builder().header("x-token", CANARY)),
        (
            "wrong header",
            Client::builder().header("x-token", &format!("{CANARY}\n")),
        ),
        ("wrong account URL", Client::builder().account_url(format!("{url}/x"))),
        (
            "base URL with a password",
            Client::builder().base_url(format!("https://user:{CANARY}@host")),
        ),
        (
            "base URL with a token",
            Client::builder().base_url(format!("https://host/?token={CANARY}")),
        ),
        ("HTTP client", Client::builder().http(http)),
        (
            "variables",
            Client::builder().vars(|name| (name == "CLOUDINARY_ACCOUNT_URL").then(|| OsString::from(&url))),
        ),
    ] {
        assert_debug_silent(what, &builder);
    }
}

#[tokio::test]
async fn client_over_an_http_client_with_secrets_shows_none_in_debug() {
    let mut headers = reqwest::header::HeaderMap::new();
    headers.insert("x-proxy-token", CANARY.parse().unwrap());
    let stage =
        stage_with(|client| client.http(move || reqwest::Client::builder().default_headers(headers.clone()))).await;
    stage.client.users().list().await.unwrap();
    assert_eq!(stage.emulator.requests()[0].header("x-proxy-token"), Some(CANARY));
    assert_debug_silent("client", &stage.client);
}

#[tokio::test]
async fn low_level_client_over_an_http_client_with_marked_secrets_shows_none_in_debug() {
    let mut value: reqwest::header::HeaderValue = CANARY.parse().unwrap();
    value.set_sensitive(true);
    let mut headers = reqwest::header::HeaderMap::new();
    headers.insert("x-proxy-token", value);
    let stage =
        stage_with(|client| client.http(move || reqwest::Client::builder().default_headers(headers.clone()))).await;
    assert_debug_silent("low-level client", stage.client.low_level());
}

#[tokio::test]
async fn setting_that_is_wrong_is_refused_without_being_shown() {
    let emulator = super::planted().start().await.unwrap();
    let base = || builder(&emulator, &ManualTime::default());
    let variable = |name: &'static str, value: &str| {
        let value = OsString::from(value);
        Client::builder().vars(move |asked| (asked == name).then(|| value.clone()))
    };
    for (what, builder) in [
        ("secret with a line end", base().api_secret(format!("{CANARY}\n"))),
        (
            "URL without an account",
            base().account_url(format!("account://key:{CANARY}@")),
        ),
        (
            "URL of another kind",
            base().account_url(format!("https://key:{CANARY}@account")),
        ),
        (
            "URL without a key",
            base().account_url(format!("account://{CANARY}@account")),
        ),
        ("URL that is the secret", base().account_url(CANARY)),
        (
            "header with a line end",
            base().header("x-token", &format!("{CANARY}\r\nx: y")),
        ),
        ("authorization", base().header("authorization", CANARY)),
        (
            "header with its value in the name",
            base().header(&format!("authorization: {CANARY}"), "x"),
        ),
        (
            "account id that is the URL",
            base().account_id(format!("account://key:{CANARY}@id")),
        ),
        (
            "base URL with a password",
            Client::builder()
                .account_url(emulator.cloudinary().url())
                .base_url(format!("https://user:{CANARY}@host")),
        ),
        (
            "base URL with a token",
            Client::builder()
                .account_url(emulator.cloudinary().url())
                .base_url(format!("https://host/?token={CANARY}")),
        ),
        ("variable alone", variable("CLOUDINARY_PROVISIONING_API_SECRET", CANARY)),
        (
            "variable with a wrong URL",
            variable("CLOUDINARY_ACCOUNT_URL", &format!("account://key:{CANARY}@a/b")),
        ),
        (
            "variable with the secret as its URL",
            variable("CLOUDINARY_ACCOUNT_URL", CANARY),
        ),
        (
            "variable with the secret as account",
            variable("CLOUDINARY_ACCOUNT_ID", &format!("{CANARY}/..")),
        ),
    ] {
        let error = builder.build().map(|_| what).unwrap_err();
        for line in chain(&error) {
            assert_silent(what, &line);
        }
        assert_debug_silent(what, &error);
        assert_well_worded(&error);
    }
}

#[tokio::test]
async fn header_of_a_call_that_is_wrong_is_refused_without_being_shown() {
    let stage = super::stage().await;
    for (name, value) in [("x-token", format!("{CANARY}\n")), ("authorization", CANARY.to_owned())] {
        let call = stage.client.users().list().header(name, &value);
        assert_debug_silent("call", &call);
        let error = call.await.unwrap_err();
        assert!(error.is_invalid_input(), "{error}");
        assert_silent("error", &error.to_string());
        assert_debug_silent("error", &error);
        assert_well_worded(&error);
    }
    assert!(stage.emulator.requests().is_empty());
}
