//! How a client is set up: the ways to sign in, their variables, where requests go, and what is refused.

use std::ffi::OsString;

use account_provisioning::RetryPolicy;
use account_provisioning::cloudflare::{Client, ClientBuilder};
use account_provisioning_emulator::Emulator;
use integration_tests::cloudflare::world::{self, ACCOUNT};
use integration_tests::listener::Listener;
use integration_tests::wording::assert_well_worded;

use crate::cloudinary::configuration::vars;

const TOKEN: &str = "CLOUDFLARE_API_TOKEN";
const KEY: &str = "CLOUDFLARE_API_KEY";
const EMAIL: &str = "CLOUDFLARE_EMAIL";
const SERVICE_KEY: &str = "CLOUDFLARE_API_USER_SERVICE_KEY";
const BASE_URL: &str = "CLOUDFLARE_BASE_URL";

/// The credential headers that a client sends, by what a listener gets.
async fn headers(builder: ClientBuilder) -> Vec<String> {
    let server = Listener::answering("HTTP/1.1 404 Not Found");
    let client = builder
        .base_url(format!("http://{}/client/v4", server.address))
        .retry(RetryPolicy::never());
    client.build().unwrap().accounts().list().await.unwrap_err();
    let head = server.heads().remove(0);
    assert!(head.starts_with("GET /client/v4/accounts?"), "{head}");
    let mut sent: Vec<String> = head
        .lines()
        .filter(|line| line.starts_with("authorization:") || line.starts_with("x-auth-"))
        .map(str::to_owned)
        .collect();
    sent.sort_unstable();
    sent
}

#[tokio::test]
async fn each_way_to_sign_in_sends_its_headers_and_no_other() {
    let pair = [
        "x-auth-email: ann@client.example".to_owned(),
        "x-auth-key: the-key".to_owned(),
    ];
    for (builder, sent) in [
        (
            Client::builder().api_token("the-token"),
            vec!["authorization: Bearer the-token".to_owned()],
        ),
        (
            Client::builder().api_key("ann@client.example", "the-key"),
            pair.to_vec(),
        ),
        (
            Client::builder().user_service_key("v1.0-the-key"),
            vec!["x-auth-user-service-key: v1.0-the-key".to_owned()],
        ),
        (
            Client::builder().vars(vars(&[(TOKEN, "the-token")])),
            vec!["authorization: Bearer the-token".to_owned()],
        ),
        (
            Client::builder().vars(vars(&[(KEY, "the-key"), (EMAIL, "ann@client.example")])),
            pair.to_vec(),
        ),
        (
            Client::builder().vars(vars(&[(SERVICE_KEY, "v1.0-the-key")])),
            vec!["x-auth-user-service-key: v1.0-the-key".to_owned()],
        ),
    ] {
        assert_eq!(headers(builder).await, sent);
    }
}

#[tokio::test]
async fn each_way_to_sign_in_is_accepted_by_the_service() {
    let emulator = world::emulator().start().await.unwrap();
    let account = emulator.cloudflare();
    for builder in [
        Client::builder().api_token(account.api_token()),
        Client::builder().api_token(account.user_api_token()),
        Client::builder().api_key(account.email(), account.api_key()),
        Client::builder().user_service_key(account.user_service_key()),
    ] {
        let client = builder.base_url(emulator.cloudflare().base_url()).build().unwrap();
        assert_eq!(
            client.account(ACCOUNT).members().list().collect().await.unwrap().len(),
            3
        );
    }
    assert!(emulator.requests().iter().all(|request| request.authenticated));
}

#[test]
fn more_than_one_way_in_the_environment_is_an_error_that_names_the_variables() {
    let (token, key, email, service) = (
        (TOKEN, "hunter2-a"),
        (KEY, "hunter2-b"),
        (EMAIL, "hunter2@c"),
        (SERVICE_KEY, "hunter2-d"),
    );
    for set in [
        vec![token, key, email],
        vec![token, service],
        vec![key, email, service],
        vec![token, key, email, service],
        // Half of a second way is no less of a conflict.
        vec![token, key],
        vec![service, key],
    ] {
        let problem = Client::builder().vars(vars(&set)).build().unwrap_err();
        assert!(problem.is_configuration(), "{set:?}: {problem}");
        let (said, rest) = problem
            .to_string()
            .split_once(" are set")
            .map(|(a, b)| (a.to_owned(), b.to_owned()))
            .unwrap();
        for (name, _) in &set {
            assert!(said.contains(name), "{set:?} should name {name}: {problem}");
        }
        for (name, _) in [token, key, email, service] {
            assert_eq!(
                said.contains(name),
                set.iter().any(|(known, _)| *known == name),
                "{problem}"
            );
        }
        assert!(rest.contains("unset all but one"), "{problem}");
        assert!(!format!("{problem} {problem:?}").contains("hunter2"), "{problem:?}");
        assert_well_worded(&problem);
    }
}

#[tokio::test]
async fn email_without_a_key_is_no_way_to_sign_in_beside_another() {
    let email = (EMAIL, "ann@client.example");
    for (way, sent) in [
        ((TOKEN, "the-token"), "authorization: Bearer the-token"),
        ((SERVICE_KEY, "v1.0-the-key"), "x-auth-user-service-key: v1.0-the-key"),
    ] {
        assert_eq!(headers(Client::builder().vars(vars(&[way, email]))).await, [sent]);
        let empty = [way, email, (KEY, "")];
        assert_eq!(headers(Client::builder().vars(vars(&empty))).await, [sent]);
    }
}

#[test]
fn half_a_way_and_none_are_errors_that_name_the_variables() {
    for (set, names) in [
        (vec![(KEY, "hunter2")], vec![KEY, EMAIL, "set both, or neither"]),
        (
            vec![(EMAIL, "hunter2@x"), ("CLOUDFLARE_TOKEN", "hunter2")],
            vec![TOKEN, "of no use without CLOUDFLARE_API_KEY", "CLOUDFLARE_TOKEN is set"],
        ),
        (
            vec![],
            vec![TOKEN, KEY, EMAIL, SERVICE_KEY, "api_token", "user_service_key"],
        ),
        (vec![(BASE_URL, "https://gateway.example")], vec![TOKEN, SERVICE_KEY]),
        (
            vec![(TOKEN, "")],
            vec!["no way to sign in", TOKEN, KEY, EMAIL, SERVICE_KEY],
        ),
        (
            vec![(KEY, "hunter2"), (EMAIL, " ")],
            vec![KEY, EMAIL, "set both, or neither"],
        ),
        (
            vec![(TOKEN, "hunter 2")],
            vec!["CLOUDFLARE_API_TOKEN contains whitespace"],
        ),
        (
            vec![(TOKEN, "hunter2\n")],
            vec!["CLOUDFLARE_API_TOKEN contains whitespace"],
        ),
        (
            vec![(KEY, "hunter2\n"), (EMAIL, "a@b")],
            vec!["CLOUDFLARE_API_KEY contains a control character"],
        ),
        (
            vec![(KEY, "k"), (EMAIL, "hunter2@b ")],
            vec!["CLOUDFLARE_EMAIL starts or ends with whitespace"],
        ),
        (
            vec![(SERVICE_KEY, "\u{feff}hunter2")],
            vec!["CLOUDFLARE_API_USER_SERVICE_KEY starts or ends with"],
        ),
    ] {
        let problem = Client::builder().vars(vars(&set)).build().unwrap_err();
        assert!(problem.is_configuration(), "{set:?}: {problem}");
        for name in names {
            assert!(
                problem.to_string().contains(name),
                "{set:?} should say {name}: {problem}"
            );
        }
        assert!(!format!("{problem:?}").contains("hunter"), "{problem:?}");
        assert_well_worded(&problem);
    }
    assert!(Client::builder().build().unwrap_err().is_configuration());
    for (builder, says) in [
        (Client::builder().api_token("hunter2\n"), "`api_token` contains"),
        (
            Client::builder().api_key("hunter2 ", "k"),
            "the e-mail address in `api_key` starts or ends",
        ),
        (
            Client::builder().api_key("a@b", " hunter2"),
            "the key in `api_key` starts or ends",
        ),
        (Client::builder().user_service_key(""), "`user_service_key` is empty"),
    ] {
        let problem = builder.build().unwrap_err();
        assert!(problem.to_string().starts_with(says), "{problem}");
        assert!(!format!("{problem:?}").contains("hunter2"), "{problem:?}");
        assert_well_worded(&problem);
    }
}

#[tokio::test]
async fn variables_that_are_empty_count_as_unset() {
    let empty = [(KEY, ""), (EMAIL, " "), (SERVICE_KEY, ""), (BASE_URL, "")];
    let set = [&empty[..], &[(TOKEN, "the-token")]].concat();
    assert_eq!(
        headers(Client::builder().vars(vars(&set))).await,
        ["authorization: Bearer the-token"]
    );
    let set = [(TOKEN, ""), (KEY, "the-key"), (EMAIL, "a@b")];
    let pair = headers(Client::builder().vars(vars(&set))).await;
    assert_eq!(pair, ["x-auth-email: a@b", "x-auth-key: the-key"]);
    assert_eq!(
        base_url(Client::builder().vars(vars(&[(TOKEN, "t"), (BASE_URL, "")]))),
        "https://api.cloudflare.com/client/v4"
    );
}

#[test]
fn names_that_are_confused_with_variables_are_told_when_the_variable_is_missing() {
    for (set, confused, meant) in [
        (vec![("CF_API_TOKEN", "hunter2")], "CF_API_TOKEN", TOKEN),
        (vec![("CLOUDFLARE_TOKEN", "hunter2")], "CLOUDFLARE_TOKEN", TOKEN),
        (vec![("CF_API_KEY", "hunter2")], "CF_API_KEY", KEY),
        (
            vec![(KEY, "hunter2"), ("CLOUDFLARE_API_EMAIL", "a@b")],
            "CLOUDFLARE_API_EMAIL",
            EMAIL,
        ),
        (
            vec![("CF_API_EMAIL", "hunter2"), (KEY, "hunter2")],
            "CF_API_EMAIL",
            EMAIL,
        ),
    ] {
        let problem = Client::builder().vars(vars(&set)).build().unwrap_err();
        let hint = format!("; {confused} is set, which is not read: did you mean {meant}?");
        assert!(problem.to_string().ends_with(&hint), "{problem}");
        assert!(!format!("{problem:?}").contains("hunter2"), "{problem:?}");
        assert_well_worded(&problem);
    }
    let beside = [(TOKEN, "t"), ("CF_API_TOKEN", "t"), ("CLOUDFLARE_API_EMAIL", "a@b")];
    Client::builder().vars(vars(&beside)).build().unwrap();
}

#[tokio::test]
async fn way_that_is_set_wins_over_the_environment_wholly() {
    let token = "authorization: Bearer set";
    for env in [
        vec![(TOKEN, "of-env")],
        vec![(KEY, "of-env"), (EMAIL, "a@b")],
        // What is wrong with the environment doesn't matter then.
        vec![(KEY, "of-env")],
        vec![(TOKEN, "of-env"), (SERVICE_KEY, "of-env")],
        vec![(TOKEN, "")],
    ] {
        assert_eq!(
            headers(Client::builder().vars(vars(&env)).api_token("set")).await,
            [token]
        );
        assert_eq!(
            headers(Client::builder().api_token("set").vars(vars(&env))).await,
            [token]
        );
        let pair = headers(Client::builder().vars(vars(&env)).api_key("set@x", "set")).await;
        assert_eq!(pair, ["x-auth-email: set@x", "x-auth-key: set"]);
    }
}

#[test]
fn two_ways_that_are_set_are_an_error() {
    for builder in [
        Client::builder().api_token("hunter2").user_service_key("hunter2"),
        Client::builder().api_token("hunter2").api_key("a@b", "hunter2"),
        Client::builder().api_token("hunter2").api_token("hunter2"),
    ] {
        let problem = builder.build().unwrap_err();
        assert!(
            problem.is_configuration() && problem.to_string().contains("call one of them"),
            "{problem}"
        );
        assert_well_worded(&problem);
    }
}

fn base_url(builder: ClientBuilder) -> String {
    let shown = format!("{:?}", builder.build().unwrap());
    let (_, rest) = shown.split_once("base_url: \"").unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

#[test]
fn base_url_is_the_one_set_then_the_variables_then_the_vendors() {
    let env = |url: &str| Client::builder().vars(vars(&[(TOKEN, "t"), (BASE_URL, url)]));
    assert_eq!(
        base_url(Client::builder().api_token("t")),
        "https://api.cloudflare.com/client/v4"
    );
    assert_eq!(
        base_url(env("https://gateway.example/cf/")),
        "https://gateway.example/cf"
    );
    assert_eq!(base_url(env("http://127.0.0.1:8080")), "http://127.0.0.1:8080");
    assert_eq!(
        base_url(env("https://gateway.example").base_url("https://set.example")),
        "https://set.example"
    );
    assert_eq!(
        base_url(env("http://set.example").base_url("https://set.example")),
        "https://set.example"
    );
    let allowed = env("http://gateway.internal").allow_plain_http("gateway.internal");
    assert_eq!(base_url(allowed), "http://gateway.internal");
    for url in [
        "http://gateway.internal",
        "https://user:hunter2@host",
        "https://host/?token=hunter2",
        "host",
    ] {
        let problem = env(url).build().unwrap_err();
        assert!(
            problem.is_configuration() && problem.to_string().contains(BASE_URL),
            "{url}: {problem}"
        );
        assert!(!format!("{problem:?}").contains("hunter2"), "{problem:?}");
    }
}

#[test]
fn document_and_client_agree_on_where_the_service_is() {
    let document: serde_json::Value = serde_json::from_str(account_provisioning_spec::cloudflare::WIRE).unwrap();
    assert_eq!(
        document["servers"][0]["url"],
        base_url(Client::builder().api_token("t"))
    );
}

#[test]
fn variable_that_is_not_unicode_is_refused_by_name() {
    use std::os::unix::ffi::OsStringExt as _;
    for name in [TOKEN, KEY, EMAIL, SERVICE_KEY, BASE_URL] {
        let lookup = move |asked: &str| match asked {
            _ if asked == name => Some(OsString::from_vec(vec![0xff, 0xfe])),
            _ if asked == TOKEN && name == BASE_URL => Some("t".into()),
            _ => None,
        };
        let problem = Client::builder().vars(lookup).build().unwrap_err();
        assert!(problem.to_string().contains(name), "{problem}");
    }
}

#[tokio::test]
async fn credentials_never_cross_to_another_host_on_a_redirect() {
    let elsewhere = Listener::answering("HTTP/1.1 200 OK");
    for status in [301, 302, 303, 307, 308] {
        let server = Listener::answering(format!(
            "HTTP/1.1 {status} Redirect\r\nlocation: http://{}/client/v4/accounts",
            elsewhere.address
        ));
        for builder in [
            Client::builder().api_token("hunter2"),
            Client::builder().api_key("ann@client.example", "hunter2"),
            Client::builder().user_service_key("hunter2"),
        ] {
            let told_to = || reqwest::Client::builder().redirect(reqwest::redirect::Policy::limited(5));
            let client = builder
                .base_url(format!("http://{}", server.address))
                .http(told_to)
                .build()
                .unwrap();
            let problem = client.accounts().list().await.unwrap_err();
            assert_eq!(problem.status().map(|status| status.as_u16()), Some(status));
            assert!(problem.to_string().contains("redirects are not followed"), "{problem}");
            assert!(client.account("a").tokens().roll("t").await.is_err());
        }
        assert_eq!(server.heads().len(), 6, "the server itself was asked, once a call");
    }
    assert_eq!(elsewhere.heads(), Vec::<String>::new());
}

#[tokio::test]
async fn clients_of_two_accounts_live_side_by_side() {
    let (one, two) = (Emulator::start().await.unwrap(), Emulator::start().await.unwrap());
    let client = |emulator: &Emulator| {
        let account = emulator.cloudflare();
        Client::builder()
            .base_url(emulator.cloudflare().base_url())
            .api_token(account.api_token())
            .build()
            .unwrap()
    };
    let (first, second) = (client(&one), client(&two));
    let (a, b) = futures::join!(async { first.account(ACCOUNT).roles().list().await }, async {
        second.account(ACCOUNT).members().list().await
    });
    assert!(a.is_ok() && b.is_ok());
    assert_eq!((one.requests().len(), two.requests().len()), (1, 1));
}
