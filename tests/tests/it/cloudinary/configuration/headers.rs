//! Headers of the user's own, for every call and for one.

use account_provisioning::cloudinary::Client;
use account_provisioning::cloudinary::requests::GetUsers;
use account_provisioning::low_level::{BaseUrl, CallOptions, Credentials, PlainHttpHosts, Transport};
use account_provisioning::{Secret, cloudflare};
use integration_tests::{Stage, world};

async fn stage(headers: &'static [(&'static str, &'static str)]) -> Stage {
    Stage::with(world::emulator([world::account()]), |client| {
        headers
            .iter()
            .fold(client, |client, (name, value)| client.header(name, value))
    })
    .await
}

#[tokio::test]
async fn headers_of_client_and_call_go_along_and_the_call_wins() {
    let stage = stage(&[("x-team", "media"), ("X-Stage", "test"), ("x-stage", "live")]).await;
    let users = stage.client.users();
    users.list().await.unwrap();
    users
        .get("user-1")
        .header("x-team", "web")
        .header("x-one", "1")
        .await
        .unwrap();
    users
        .update("user-1")
        .name("A")
        .header("X-TEAM", "")
        .response()
        .await
        .unwrap();
    users.list().header("x-pages", "all").collect().await.unwrap();
    users.list().await.unwrap();
    let sent: Vec<[Option<String>; 4]> = stage
        .emulator
        .requests()
        .iter()
        .map(|request| ["x-team", "x-stage", "x-one", "x-pages"].map(|name| request.header(name).map(str::to_owned)))
        .collect();
    let text = |text: &str| Some(text.to_owned());
    let client = [text("media"), text("live"), None, None];
    let pages = [text("media"), text("live"), None, text("all")];
    assert_eq!(
        sent,
        [
            client.clone(),
            [text("web"), text("live"), text("1"), None],
            [text(""), text("live"), None, None],
            pages.clone(),
            pages,
            client,
        ]
    );
    for request in stage.emulator.requests() {
        for name in ["x-team", "x-stage"] {
            let count = request.headers.iter().filter(|(known, _)| known == name).count();
            assert_eq!(count, 1, "{request:?}");
        }
    }
}

#[tokio::test]
async fn headers_that_the_client_answers_for_are_refused() {
    let stage = stage(&[]).await;
    for name in [
        "authorization",
        "Authorization",
        "AUTHORIZATION",
        "host",
        "content-length",
        "Content-Type",
        "content-encoding",
        "transfer-encoding",
        "accept",
        "Accept-Encoding",
        "proxy-authorization",
        "connection",
        "te",
        "trailer",
        "upgrade",
        "expect",
        "range",
        "if-none-match",
        "x-auth-email",
        "X-Auth-Key",
        "x-auth-user-service-key",
        "x-license-module",
        "x-license-token",
    ] {
        let problem = Client::builder()
            .account_url("account://k:s@a")
            .header(name, "canary")
            .build()
            .unwrap_err();
        let shown = format!("{problem} {problem:?}");
        assert!(
            problem.is_configuration() && shown.contains(&name.to_lowercase()),
            "{shown}"
        );
        assert!(!shown.contains("canary"), "{shown}");
        let problem = cloudflare::Client::builder()
            .api_token("t")
            .header(name, "canary")
            .build()
            .unwrap_err();
        assert!(problem.is_configuration(), "{problem}");
        let problem = stage.client.users().list().header(name, "canary").await.unwrap_err();
        let shown = format!("{problem} {problem:?}");
        assert!(
            problem.is_invalid_input() && shown.contains(&name.to_lowercase()),
            "{shown}"
        );
        assert!(!shown.contains("canary"), "{shown}");
    }
    assert!(stage.emulator.requests().is_empty());
}

#[tokio::test]
async fn headers_that_the_client_answers_for_are_refused_below_the_calls_too() {
    let stage = stage(&[]).await;
    let request = GetUsers::new(stage.client.account_id().clone());
    for name in [
        "authorization",
        "transfer-encoding",
        "content-type",
        "proxy-authorization",
    ] {
        let mut options = CallOptions::default();
        options.headers.insert(name, "canary".parse().unwrap());
        let low = stage.client.low_level();
        let problem = low.send_with(&request, &options).await.unwrap_err();
        assert!(
            problem.is_invalid_input() && problem.to_string().contains(name),
            "{problem}"
        );
        assert_eq!(problem.operation(), Some("getUsers"));
        let url = BaseUrl::parse(stage.emulator.base_url(), &PlainHttpHosts::none()).unwrap();
        let transport = Transport::builder().headers(options.headers);
        let problem = transport.build(url, reqwest::Client::builder).unwrap_err();
        assert!(
            problem.is_configuration() && problem.to_string().contains(name),
            "{problem}"
        );
    }
    assert!(stage.emulator.requests().is_empty());
}

#[tokio::test]
async fn all_values_of_a_header_are_sent_and_none_is_shown() {
    let stage = stage(&[]).await;
    let url = BaseUrl::parse(stage.emulator.base_url(), &PlainHttpHosts::none()).unwrap();
    let map = |values: &[&'static str]| {
        let values = values.iter().map(|value| {
            (
                http::HeaderName::from_static("x-route"),
                http::HeaderValue::from_static(value),
            )
        });
        let mut headers = http::HeaderMap::new();
        values.for_each(|(name, value)| {
            headers.append(name, value);
        });
        headers
    };
    let credentials = Credentials::basic("key", Secret::from("secret")).unwrap();
    let transport = Transport::builder()
        .credentials(credentials)
        .headers(map(&["canary=1", "canary=2"]));
    assert!(!format!("{transport:?}").contains("canary"), "{transport:?}");
    let transport = transport.build(url, reqwest::Client::builder).unwrap();
    assert!(!format!("{transport:?}").contains("canary"), "{transport:?}");
    let sent = || {
        let requests = stage.emulator.requests();
        let headers = &requests.last().unwrap().headers;
        let routes = headers.iter().filter(|(name, _)| name == "x-route");
        routes.map(|(_, value)| value.clone()).collect::<Vec<_>>()
    };
    let request = GetUsers::new(stage.client.account_id().clone());
    let mut options = CallOptions::default();
    let _ = transport.send_with(&request, &options).await;
    assert_eq!(sent(), ["canary=1", "canary=2"]);
    options.headers = map(&["canary=3", "canary=4"]);
    let _ = transport.send_with(&request, &options).await;
    assert_eq!(sent(), ["canary=3", "canary=4"]);
}

#[tokio::test]
async fn headers_that_cannot_be_sent_are_refused_without_showing_their_value() {
    let stage = stage(&[]).await;
    for (name, value) in [
        ("", "canary"),
        ("x y", "canary"),
        ("x:y", "canary"),
        ("x-a", "canary\r\nx-b: 1"),
        ("x\n", ""),
    ] {
        let problem = stage.client.users().list().header(name, value).await.unwrap_err();
        let shown = format!("{problem} {problem:?}");
        assert!(
            problem.is_invalid_input() && !shown.contains("canary") && !shown.contains('\n'),
            "{shown}"
        );
        let built = Client::builder()
            .account_url("account://k:s@a")
            .header(name, value)
            .build();
        assert!(built.unwrap_err().is_configuration());
    }
    assert!(stage.emulator.requests().is_empty());
}

#[tokio::test]
async fn header_values_are_shown_by_no_debug() {
    let call = stage(&[]).await.client.users().list().header("x-token", "canary");
    assert!(!format!("{call:?}").contains("canary"), "{call:?}");
    let builder = Client::builder().header("x-token", "canary");
    assert!(!format!("{builder:?}").contains("canary"), "{builder:?}");
}

#[tokio::test]
async fn user_agent_names_the_application_first_and_can_be_replaced() {
    let emulator = world::emulator([world::account()]).start().await.unwrap();
    let builder = || {
        Client::builder()
            .account_url(emulator.cloudinary().url())
            .base_url(emulator.cloudinary().base_url())
    };
    let plain = builder().build().unwrap();
    let named = builder().application("tenant-sync/2.1").build().unwrap();
    let replaced = builder()
        .application("x")
        .header("user-agent", "mine/1")
        .build()
        .unwrap();
    plain.users().list().await.unwrap();
    named.users().list().await.unwrap();
    replaced.users().list().await.unwrap();
    named.users().list().header("user-agent", "once/1").await.unwrap();
    let sent: Vec<String> = emulator
        .requests()
        .iter()
        .map(|request| request.header("user-agent").unwrap().to_owned())
        .collect();
    let own = sent[0].clone();
    let platform = format!(" (rust; {}; {})", std::env::consts::OS, std::env::consts::ARCH);
    let version = own
        .strip_prefix("account-provisioning/")
        .and_then(|rest| rest.strip_suffix(&*platform));
    assert!(version.is_some_and(|version| version.split('.').count() == 3), "{own}");
    assert_eq!(
        sent,
        [
            own.clone(),
            format!("tenant-sync/2.1 {own}"),
            "mine/1".to_owned(),
            "once/1".to_owned()
        ]
    );
}

#[test]
fn application_that_cannot_stand_in_a_header_is_refused() {
    for name in ["", " ", "a\nb", "schön/1"] {
        let built = Client::builder()
            .account_url("account://k:s@a")
            .application(name)
            .build();
        let problem = built.unwrap_err();
        assert!(
            problem.is_configuration() && problem.to_string().contains("application"),
            "{problem}"
        );
    }
}
