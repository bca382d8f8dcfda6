//! The command that repeats a failed request: a shell runs it, curl sends the same, and it shows nothing of the user's.

use std::process::{Command, Output};

use account_provisioning::auth::{Credentials, Provided};
use account_provisioning::hook::{Hook, Outgoing};
use account_provisioning::low_level::PageStyle;
use account_provisioning::{Error, RetryPolicy, Secret, cloudflare, cloudinary, cloudspot};
use account_provisioning_emulator::{Emulator, Fault, RecordedRequest};
use futures::future::BoxFuture;
use integration_tests::{Stage, state};
use serde_json::json;

/// Stands wherever something belongs to the user.
const CANARY: &str = "hushcanary";

/// Runs a command in a shell with these variables and nothing else but the path.
fn run(command: &str, variables: &[(&str, &str)]) -> Output {
    let mut shell = Command::new("sh");
    shell.env_clear().env("PATH", std::env::var_os("PATH").unwrap());
    shell
        .envs(variables.iter().copied())
        .args(["-c", command])
        .output()
        .unwrap()
}

/// The arguments with which the command calls curl.
fn arguments(command: &str, variables: &[(&str, &str)]) -> Vec<String> {
    let fake = format!("curl() {{ printf '%s\\n' \"$@\"; }}\n{command}");
    let output = run(&fake, variables);
    assert!(
        output.status.success(),
        "{command}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let printed = String::from_utf8(output.stdout).unwrap();
    printed.lines().map(str::to_owned).collect()
}

/// What a request says, without what curl and the client name differently.
#[derive(Debug, PartialEq)]
struct Said {
    line: (String, String),
    query: Vec<(String, String)>,
    headers: Vec<(String, String)>,
    body: String,
}

fn said(request: &RecordedRequest) -> Said {
    let own = ["host", "content-length", "accept-encoding"];
    let mut headers = request.headers.clone();
    headers.retain(|(name, _)| !own.contains(&name.as_str()));
    headers.sort();
    // Some releases of curl write the digits of percent-encoding in lower case.
    let url = format!("http://host/?{}", request.query.as_deref().unwrap_or_default());
    Said {
        line: (request.method.clone(), request.path.clone()),
        query: reqwest::Url::parse(&url).unwrap().query_pairs().into_owned().collect(),
        headers,
        body: String::from_utf8_lossy(&request.body).into_owned(),
    }
}

/// Fails unless curl, with these variables, sends what the last request was.
fn assert_repeats(emulator: &Emulator, error: &Error, variables: &[(&str, &str)]) {
    let command = error.to_curl().unwrap();
    let unset = run(&command, &[]);
    assert!(
        !unset.status.success() || !command.contains("${"),
        "it runs without variables: {command}"
    );
    let help = Command::new("curl").args(["--help", "all"]).output();
    if !help.is_ok_and(|help| String::from_utf8_lossy(&help.stdout).contains("--url-query")) {
        println!("curl 7.87 or newer is not installed: its arguments are looked at alone");
        arguments(&command, variables);
        return;
    }
    let sent = emulator.requests().last().map(said).unwrap();
    let before = emulator.requests().len();
    let output = run(
        &command.replacen("curl", "curl --silent --show-error --noproxy '*'", 1),
        variables,
    );
    assert!(
        output.status.success(),
        "{command}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let requests = emulator.requests();
    assert_eq!(requests.len(), before + 1);
    assert_eq!(requests.last().map(said).unwrap(), sent, "{command}");
}

#[tokio::test(flavor = "multi_thread")]
async fn command_sends_the_request_of_each_kind_again() {
    let stage = Stage::with(state::with_users(1), |client| {
        client.retry(RetryPolicy::never()).header("x-team", "a \"b\" $c")
    })
    .await;
    let (emulator, client) = (&stage.emulator, &stage.client);
    let account = emulator.cloudinary();
    let base = [
        ("API_KEY", account.api_key()),
        ("API_SECRET", account.api_secret()),
        ("PATH_ACCOUNT_ID", account.account_id()),
        ("HEADER_X_TEAM", "a \"b\" $c"),
    ];
    let with = |more: &[(&'static str, &'static str)]| [&base[..], more].concat();
    emulator.inject(Fault::status(400));

    let error = client.users().get("no such user").await.unwrap_err();
    assert_repeats(emulator, &error, &with(&[("PATH_USER_ID", "no%20such%20user")]));
    let error = client.users().delete("u1").await.unwrap_err();
    assert_repeats(emulator, &error, &with(&[("PATH_USER_ID", "u1")]));
    let error = client
        .users()
        .update("u1")
        .name("B \"quoted\" $HOME")
        .await
        .unwrap_err();
    let body = r#"{"name":"B \"quoted\" $HOME"}"#;
    assert_repeats(emulator, &error, &with(&[("PATH_USER_ID", "u1"), ("BODY", body)]));
    let error = client
        .users()
        .list()
        .prefix("ann+b@client.example")
        .page_size(10)
        .await
        .unwrap_err();
    assert_repeats(emulator, &error, &with(&[("QUERY_PREFIX", "ann+b@client.example")]));
    let error = client.public().cedar_schema().await.unwrap_err();
    assert_repeats(emulator, &error, &base);
    let path = "/v1_1/provisioning/accounts/{account_id}/users";
    let error = client
        .post(path)
        .query("q", "a&b")
        .body(&json!({ "b": 1, "a": [2] }))
        .await
        .unwrap_err();
    let body = r#"{"b":1,"a":[2]}"#;
    let sent = String::from_utf8(emulator.requests().last().unwrap().body.clone()).unwrap();
    assert_eq!(sent, body);
    assert_repeats(emulator, &error, &with(&[("QUERY_Q", "a&b"), ("BODY", body)]));
    let error = client
        .request(http::Method::from_bytes(b"PURGE").unwrap(), path)
        .await
        .unwrap_err();
    assert_repeats(emulator, &error, &base);

    let account = emulator.cloudflare();
    let flare = cloudflare::Client::builder()
        .api_key(account.email(), "key")
        .base_url(account.base_url())
        .build()
        .unwrap();
    let error = flare.account("acct").members().get("m1").await.unwrap_err();
    let variables = [
        ("HEADER_X_AUTH_EMAIL", account.email()),
        ("HEADER_X_AUTH_KEY", "key"),
        ("PATH_ACCOUNT_ID", "acct"),
        ("PATH_MEMBER_ID", "m1"),
    ];
    assert_repeats(emulator, &error, &variables);
    let token = cloudflare::Client::builder()
        .api_token("token")
        .base_url(account.base_url())
        .build();
    let error = token.unwrap().accounts().list().page_size(5).await.unwrap_err();
    assert_repeats(emulator, &error, &[("API_TOKEN", "token")]);

    let spot = cloudspot::Client::builder("crm").base_url(emulator.cloudspot().base_url());
    let error = spot
        .build()
        .unwrap()
        .authenticate("ann", "pass'w\"rd")
        .await
        .unwrap_err();
    let body = r#"{"username":"ann","password":"pass'w\"rd"}"#;
    let sent = String::from_utf8(emulator.requests().last().unwrap().body.clone()).unwrap();
    let same: serde_json::Value = serde_json::from_str(&sent).unwrap();
    assert_eq!(same, serde_json::from_str::<serde_json::Value>(body).unwrap());
    assert_repeats(emulator, &error, &[("HEADER_X_LICENSE_MODULE", "crm"), ("BODY", &sent)]);
}

#[tokio::test]
async fn command_shows_the_kind_of_request_and_asks_for_the_rest() {
    let stage = Stage::with(state::with_users(1), |client| client.retry(RetryPolicy::never())).await;
    stage.emulator.inject(Fault::status(400));
    let base = stage.emulator.cloudinary().base_url().to_owned();
    let error = stage
        .client
        .users()
        .create("Ann", "ann@client.example")
        .await
        .unwrap_err();
    let agent = "user-agent: account-provisioning/";
    let command = error.to_curl().unwrap();
    let lines: Vec<_> = command.lines().filter(|line| !line.contains(agent)).collect();
    assert_eq!(
        lines,
        [
            &format!("curl --request \"POST\" \"{base}/v1_1/provisioning/accounts/${{PATH_ACCOUNT_ID:?}}/users\" \\"),
            "  --header \"accept: application/json\" \\",
            "  --header \"content-type: application/json\" \\",
            "  --user \"${API_KEY:?}:${API_SECRET:?}\" \\",
            "  --data-raw \"${BODY:?JSON object with email, name}\"",
        ]
    );
    let unset = run(
        &command,
        &[("PATH_ACCOUNT_ID", "a"), ("API_KEY", "k"), ("API_SECRET", "s")],
    );
    let says = String::from_utf8(unset.stderr).unwrap();
    assert!(
        !unset.status.success() && says.contains("BODY: JSON object with email, name"),
        "{says}"
    );
    let page = stage
        .client
        .users()
        .list()
        .page(2)
        .page_size(25)
        .pending(true)
        .await
        .unwrap_err();
    let arguments = arguments(
        &page.to_curl().unwrap(),
        &[("PATH_ACCOUNT_ID", "a b"), ("API_KEY", "$k"), ("API_SECRET", "s")],
    );
    assert_eq!(arguments[0], format!("{base}/v1_1/provisioning/accounts/a b/users"));
    let pairs: Vec<_> = arguments
        .iter()
        .filter(|word| word.contains('=') && !word.contains(' '))
        .collect();
    assert_eq!(pairs, ["page=2", "page_size=25", "pending=true"]);
    assert!(arguments.contains(&"$k:s".to_owned()), "{arguments:?}");
}

#[tokio::test]
async fn command_shows_no_secret_and_nothing_of_the_users() {
    let emulator = Emulator::start().await.unwrap();
    emulator.inject(Fault::status(400));
    let silent = |error: Error| {
        let command = error.to_curl().unwrap();
        assert!(!command.to_lowercase().contains("hush"), "{command}");
        assert!(!format!("{error:?} {error:#?} {error}").contains("curl "), "{error:?}");
        assert_eq!(error.clone().to_curl(), Some(command));
    };
    let account = emulator.cloudinary();
    let nary = || {
        cloudinary::Client::builder()
            .retry(RetryPolicy::never())
            .header("x-team", CANARY)
    };
    let base = || {
        nary()
            .account_id("hushcanary-account")
            .api_key(CANARY)
            .api_secret(CANARY)
    };
    let client = base()
        .base_url(format!("{}/{CANARY}", account.base_url()))
        .header("user-agent", "hush-agent");
    let client = client.build().unwrap();
    silent(client.users().get("ann-hush@client.example").await.unwrap_err());
    silent(
        client
            .users()
            .list()
            .prefix(CANARY)
            .emails([CANARY])
            .header("x-trace", CANARY)
            .await
            .unwrap_err(),
    );
    silent(client.users().create(CANARY, "hush@client.example").await.unwrap_err());
    let body = json!({ "hush@client.example": 1, "hushcanary": 2, "name": CANARY });
    let any = client.post("/accounts/hush@client.example/{x}/things/023e105f4ecef8ad9ca31a8372d0c353");
    let any = any
        .path("x", CANARY)
        .query("hush@x", CANARY)
        .query("page", 1)
        .body(&body)
        .await
        .unwrap_err();
    let command = any.to_curl().unwrap();
    assert!(!command.contains("023e105f4ecef8ad9ca31a8372d0c353"), "{command}");
    assert!(
        command.contains("/accounts/${PATH_2:?}/${PATH_X:?}/things/${PATH_5:?}\""),
        "{command}"
    );
    assert!(
        command.contains("${BODY:?JSON object with name and 2 others}"),
        "{command}"
    );
    silent(any);
    let text = client.post("/things").body(&json!([CANARY])).await.unwrap_err();
    assert!(text.to_curl().unwrap().contains("${BODY:?JSON}"));
    silent(text);

    let provided = || async {
        let credentials = Credentials::headers(vec![(http::HeaderName::from_static("x-vault"), CANARY.into())])?;
        Ok(Provided::new(credentials))
    };
    let client = nary()
        .account_id("a")
        .credentials_from(provided)
        .base_url(account.base_url())
        .build();
    let error = client.unwrap().users().list().await.unwrap_err();
    assert!(error.to_curl().unwrap().contains("x-vault: ${HEADER_X_VAULT:?}"));
    silent(error);
    let spot = cloudspot::Client::builder(CANARY)
        .base_url(emulator.cloudspot().base_url())
        .build()
        .unwrap();
    silent(spot.authenticate(CANARY, CANARY).await.unwrap_err());
    silent(spot.session(CANARY).profile().await.unwrap_err());
    silent(spot.validate_impersonation(Secret::from(CANARY)).await.unwrap_err());
}

/// Signs each attempt, and refuses the second one.
struct Signs;

impl Hook for Signs {
    fn before<'a>(&'a self, attempt: &'a mut Outgoing<'_>) -> BoxFuture<'a, Result<(), Error>> {
        let mut signature = http::HeaderValue::from_static(CANARY);
        signature.set_sensitive(false);
        attempt.headers_mut().insert("x-signature", signature);
        let refused = attempt.number() > 1;
        Box::pin(std::future::ready(match refused {
            true => Err(attempt.refuse("once is enough")),
            false => Ok(()),
        }))
    }
}

#[tokio::test]
async fn command_is_there_whenever_a_request_was_built_and_else_not() {
    let stage = Stage::with(state::with_users(1), |client| client).await;
    let (emulator, users) = (&stage.emulator, stage.client.users());
    assert_eq!(users.get("..").await.unwrap_err().to_curl(), None);
    let public = cloudinary::Client::builder()
        .base_url(emulator.cloudinary().base_url())
        .build_public();
    let request = cloudinary::requests::GetUsers::new(stage.client.account_id().clone());
    let without = public.unwrap().low_level().send(&request).await.unwrap_err();
    assert!(without.is_configuration() && without.to_curl().is_none());
    let problem = cloudinary::Client::builder().build().unwrap_err();
    assert_eq!(problem.to_curl(), None);

    for fault in [
        Fault::status(503),
        Fault::reset_before(),
        Fault::reset_after(),
        Fault::body_replaced(200, "text/html", "<html>Sign in</html>"),
        Fault::body_replaced(200, "application/json", r#"{"id":1}"#),
        Fault::body_replaced(404, "text/html", "<html>"),
        Fault::body_replaced(200, "application/json", "{"),
    ] {
        emulator.clear_faults();
        let shown = format!("{fault:?}");
        emulator.inject(fault);
        let error = users.get("u1").await.unwrap_err();
        assert!(
            error
                .to_curl()
                .is_some_and(|command| command.contains("/users/${PATH_USER_ID:?}")),
            "{shown}"
        );
    }
    emulator.clear_faults();
    emulator.inject(Fault::body_replaced(200, "application/json", r#"{"schema":{}}"#));
    let empty = stage.client.public().cedar_schema().await.unwrap_err();
    assert!(empty.to_curl().is_some(), "{empty}");
    let path = "/v1_1/provisioning/accounts/{account_id}/users";
    let misplaced = stage
        .client
        .get(path)
        .list(PageStyle::Single, "members")
        .await
        .unwrap_err();
    assert!(misplaced.to_curl().is_some(), "{misplaced}");
    emulator.clear_faults();
    emulator.inject(Fault::status(503));
    let signed = Stage::with(state::with_users(1), |client| client.hook(Signs)).await;
    signed.emulator.inject(Fault::status(503));
    let refused = signed.client.users().get("u1").await.unwrap_err();
    let command = refused.to_curl().unwrap();
    assert!(
        command.contains("x-signature: ${HEADER_X_SIGNATURE:?}") && !command.contains(CANARY),
        "{command}"
    );
}
