//! Where requests go: regions, hosts, base URLs.

use std::net::SocketAddr;

use account_provisioning::cloudinary::{Client, ClientBuilder, Region};
use integration_tests::wording::assert_well_worded;
use integration_tests::{Stage, world};

use super::variables::{BASE_URL, REGION};
use super::vars;

fn builder() -> ClientBuilder {
    Client::builder().account_url("account://key:hunter2@Acc-1")
}

/// The base URL that a client's Debug tells.
fn base_url(builder: ClientBuilder) -> String {
    let shown = format!("{:?}", builder.build().unwrap());
    let (_, rest) = shown.split_once("base_url: \"").unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

#[test]
fn places_chosen_each_way_are_the_base_url() {
    for (builder, url) in [
        (builder(), "https://api.cloudinary.com"),
        (builder().region(Region::Global), "https://api.cloudinary.com"),
        (builder().region(Region::Europe), "https://api-eu.cloudinary.com"),
        (builder().region(Region::AsiaPacific), "https://api-ap.cloudinary.com"),
        (builder().host("api.client.example"), "https://api.client.example"),
        (
            builder().host("api.client.example:8443"),
            "https://api.client.example:8443",
        ),
        (
            builder().base_url("https://gateway.example/Cld/v1/"),
            "https://gateway.example/Cld/v1",
        ),
        (builder().base_url("http://127.0.0.1:8080"), "http://127.0.0.1:8080"),
        (builder().base_url("http://127.9.9.9"), "http://127.9.9.9"),
        (builder().base_url("http://[::1]:8080"), "http://[::1]:8080"),
        (builder().base_url("http://localhost:8080"), "http://localhost:8080"),
        (
            builder()
                .base_url("http://gateway.internal:80/x")
                .allow_plain_http("Gateway.Internal"),
            "http://gateway.internal/x",
        ),
    ] {
        assert_eq!(base_url(builder), url);
    }
    assert_eq!(Region::default(), Region::Global);
}

#[test]
fn plain_http_to_another_host_is_refused_unless_allowed_by_that_name() {
    for (builder, host) in [
        (builder().base_url("http://gateway.internal:8080"), "gateway.internal"),
        (builder().base_url("http://api.cloudinary.com"), "api.cloudinary.com"),
        (builder().base_url("http://10.0.0.1"), "10.0.0.1"),
        (
            builder().base_url("http://localhost.evil.example"),
            "localhost.evil.example",
        ),
        (
            builder()
                .base_url("http://a.gateway.internal")
                .allow_plain_http("gateway.internal"),
            "a.gateway.internal",
        ),
    ] {
        let problem = builder.build().unwrap_err();
        assert!(problem.is_configuration(), "{problem:?}");
        for says in [host, "`base_url` uses plain http", "https", "`allow_plain_http`"] {
            assert!(problem.to_string().contains(says), "{says}: {problem}");
        }
    }
}

#[test]
fn plain_http_is_allowed_to_a_host_and_nothing_else() {
    for (host, says) in [
        ("http://canary.internal", "has a scheme"),
        ("canary.internal:8080", "has a port"),
        ("canary.internal/x", "has a path"),
        ("*.canary.internal", "wildcard"),
        ("", "not the name of a host"),
    ] {
        let problem = builder().allow_plain_http(host).build().unwrap_err();
        assert!(
            problem.is_configuration() && problem.to_string().contains(says),
            "{host}: {problem}"
        );
        assert!(problem.to_string().contains("`allow_plain_http`"), "{problem}");
        assert!(!format!("{problem:?}").contains("canary"), "{problem:?}");
    }
}

#[test]
fn places_that_are_none_are_refused_without_showing_credentials() {
    for builder in [
        builder().host(""),
        builder().host("https://api.client.example"),
        builder().host("api.client.example/v1"),
        builder().host("api.client.example\\v1"),
        builder().host("user:canary@api.client.example"),
        builder().host("api.client.example?canary"),
        builder().host("api client"),
        builder().base_url(""),
        builder().base_url("api.client.example"),
        builder().base_url("ftp://api.client.example"),
        builder().base_url("https://key:canary@api.client.example"),
        builder().base_url("https://api.client.example?x=canary"),
        builder().base_url("https://api.client.example#canary"),
        builder().base_url("https://api.client.example\n"),
    ] {
        let problem = builder.build().map(|client| format!("{client:?}")).unwrap_err();
        let shown = format!("{problem} {problem:?}");
        assert!(problem.is_configuration(), "{shown}");
        assert!(!shown.contains("canary") && !shown.contains("hunter2"), "{shown}");
    }
}

#[test]
fn places_chosen_twice_are_refused() {
    for builder in [
        builder().region(Region::Europe).host("api.client.example"),
        builder().region(Region::Europe).base_url("https://api.client.example"),
        builder()
            .host("api.client.example")
            .base_url("https://api.client.example"),
        builder()
            .base_url("https://b.example")
            .region(Region::Global)
            .host("a.example"),
    ] {
        let problem = builder.build().unwrap_err();
        assert!(problem.is_configuration(), "{problem:?}");
        for name in ["`region`", "`host`", "`base_url`"] {
            assert!(problem.to_string().contains(name), "{problem}");
        }
    }
}

#[tokio::test]
async fn base_url_with_a_path_keeps_it_before_every_path() {
    let emulator = world::emulator([world::account()]).start().await.unwrap();
    let url = format!("{}/Gateway/cld/", emulator.base_url());
    let client = Client::builder()
        .account_url(emulator.cloudinary().url())
        .base_url(url)
        .build()
        .unwrap();
    // The emulator knows no such path and says so.
    let problem = client.users().get("user-1").await.unwrap_err();
    assert_eq!(problem.status().map(|status| status.as_u16()), Some(501));
    let paths: Vec<String> = emulator.requests().into_iter().map(|request| request.path).collect();
    assert_eq!(paths, ["/Gateway/cld/v1_1/provisioning/accounts/Acc-1/users/user-1"]);
}

#[tokio::test]
async fn http_client_of_the_users_own_resolves_a_made_up_host() {
    let emulator = world::emulator([world::account()]).start().await.unwrap();
    let SocketAddr::V4(address) = emulator.addr() else {
        panic!("the emulator listens on 127.0.0.1")
    };
    let http = move || reqwest::Client::builder().resolve("provisioning.test", address.into());
    let client = Client::builder()
        .account_url(emulator.cloudinary().url())
        .base_url(format!("http://provisioning.test:{}", address.port()))
        .allow_plain_http("provisioning.test")
        .http(http)
        .build()
        .unwrap();
    assert_eq!(client.users().list().await.unwrap().len(), 2);
    let request = emulator.requests().remove(0);
    assert_eq!(
        request.header("host"),
        Some(&*format!("provisioning.test:{}", address.port()))
    );
    assert!(request.authenticated);
}

#[tokio::test]
async fn debug_of_a_client_and_its_builder_shows_no_secret() {
    let stage = Stage::with(world::emulator([world::account()]), |client| client).await;
    let shown = format!("{:?} {:?} {:?}", stage.client, stage.client.users(), builder());
    assert!(!shown.contains("world-secret") && !shown.contains("hunter2"), "{shown}");
}

#[test]
fn place_of_the_variables_is_used_unless_one_is_set() {
    let base_url = |builder: ClientBuilder| {
        let shown = format!("{:?}", builder.account_url("account://k:s@a").build().unwrap());
        shown.split('"').nth(1).unwrap().to_owned()
    };
    let env = |set: &[(&str, &str)]| Client::builder().vars(vars(set));
    for (builder, url) in [
        (
            env(&[(BASE_URL, "https://gateway.example/cld/")]),
            "https://gateway.example/cld",
        ),
        (env(&[(BASE_URL, "http://127.0.0.1:8080")]), "http://127.0.0.1:8080"),
        (env(&[(REGION, "api")]), "https://api.cloudinary.com"),
        (env(&[(REGION, "api-eu")]), "https://api-eu.cloudinary.com"),
        (env(&[(REGION, "api-ap")]), "https://api-ap.cloudinary.com"),
        (
            env(&[(REGION, "api-eu")]).region(Region::AsiaPacific),
            "https://api-ap.cloudinary.com",
        ),
        (
            env(&[(BASE_URL, "https://a.example")]).host("b.example"),
            "https://b.example",
        ),
        (
            env(&[(REGION, "api-eu")]).base_url("https://b.example"),
            "https://b.example",
        ),
    ] {
        assert_eq!(base_url(builder), url);
    }
    let public = env(&[(REGION, "api-eu")]).build_public().unwrap();
    assert!(
        format!("{public:?}").contains("https://api-eu.cloudinary.com"),
        "{public:?}"
    );
}

#[test]
fn place_of_the_variables_that_is_wrong_is_refused_by_name() {
    for (set, says) in [
        (vec![(REGION, "moon")], vec![REGION, "`api`, `api-eu` and `api-ap`"]),
        (
            vec![(REGION, "api-eu"), (BASE_URL, "https://a.example")],
            vec![REGION, BASE_URL, "unset one"],
        ),
        (
            vec![(BASE_URL, "http://a.example")],
            vec![BASE_URL, "`allow_plain_http`"],
        ),
        (
            vec![(BASE_URL, "https://user:moon@a.example")],
            vec![BASE_URL, "credentials"],
        ),
    ] {
        let builder = Client::builder().account_url("account://k:s@a").vars(vars(&set));
        let problem = builder.build().unwrap_err();
        for name in says {
            assert!(
                problem.is_configuration() && problem.to_string().contains(name),
                "{name}: {problem}"
            );
        }
        assert!(!format!("{problem:?}").contains("moon"), "{problem:?}");
        assert_well_worded(&problem);
    }
}
