//! The binary, started as a user does.
#![cfg(all(unix, feature = "cli"))]

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

fn start(arguments: &[&str]) -> (Child, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_provisioning-emulator"))
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap())
        .read_line(&mut line)
        .unwrap();
    let url = line
        .strip_prefix("listening on ")
        .unwrap_or_else(|| panic!("{line:?}"))
        .trim_end()
        .to_owned();
    (child, url)
}

/// Sends a signal with `kill` and waits until the process ends.
fn stop(mut child: Child, signal: &str) -> (ExitStatus, String) {
    let status = Command::new("kill")
        .args([signal, &child.id().to_string()])
        .status()
        .unwrap();
    assert!(status.success());
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            let mut rest = String::new();
            child.stdout.take().unwrap().read_to_string(&mut rest).unwrap();
            child.stderr.take().unwrap().read_to_string(&mut rest).unwrap();
            return (status, rest);
        }
        if start.elapsed() > Duration::from_secs(10) {
            child.kill().unwrap();
            panic!("the emulator did not stop on {signal}");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn client() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().build().unwrap()
}

#[tokio::test]
async fn binary_prints_one_line_serves_and_stops_cleanly_on_either_signal() {
    for signal in ["-TERM", "-INT"] {
        let (child, url) = start(&["--port", "0"]);
        let users = format!("{url}/v1_1/provisioning/accounts/emulator-account/users");
        let client = client();
        let request = client.get(users).basic_auth("emulator-key", Some("emulator-secret"));
        let body: Value = request.send().await.unwrap().json().await.unwrap();
        assert_eq!(body, json!({ "users": [] }));
        let about = client.get(format!("{url}/__emulator/")).send().await.unwrap();
        assert_eq!(about.status(), 501, "off unless asked for");
        let (status, rest) = stop(child, signal);
        assert_eq!((status.code(), rest.as_str()), (Some(0), ""));
    }
}

#[tokio::test]
async fn binary_takes_a_state_file_a_seed_and_the_control_interface() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("state.json");
    let state = json!({ "cloudinary": { "accounts": [
        { "account_id": "a", "credentials": [{ "api_key": "k", "api_secret": "s" }] }
    ] } });
    std::fs::write(&path, state.to_string()).unwrap();
    let (child, url) = start(&[
        "--port",
        "0",
        "--seed",
        "9",
        "--control",
        "--state",
        path.to_str().unwrap(),
    ]);
    let client = client();
    let groups = format!("{url}/v1_1/provisioning/accounts/a/user_groups");
    let request = client
        .post(groups)
        .basic_auth("k", Some("s"))
        .json(&json!({ "name": "G" }));
    assert_eq!(request.send().await.unwrap().status(), 200);
    let state: Value = client
        .get(format!("{url}/__emulator/state"))
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(state["cloudinary"]["accounts"][0]["user_groups"][0]["name"], "G");
    assert_eq!(stop(child, "-TERM").0.code(), Some(0));
}

#[tokio::test]
async fn binary_listens_on_the_address_it_is_given_and_warns_when_others_reach_the_control_interface() {
    for (host, control, url_start, warns) in [
        ("::1", true, "http://[::1]:", false),
        ("[::1]", false, "http://[::1]:", false),
        ("0.0.0.0", false, "http://127.0.0.1:", false),
        ("0.0.0.0", true, "http://127.0.0.1:", true),
        ("::", true, "http://[::1]:", true),
    ] {
        let mut arguments = vec!["--port", "0", "--host", host];
        arguments.extend(control.then_some("--control"));
        let (child, url) = start(&arguments);
        assert!(url.starts_with(url_start), "{host}: {url}");
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let about = client.get(format!("{url}/__emulator/")).send().await.unwrap();
        assert_eq!(about.status(), if control { 200 } else { 501 });
        let (_, rest) = stop(child, "-TERM");
        assert_eq!(
            rest.contains("warning: --control shows every secret"),
            warns,
            "{host}: {rest}"
        );
    }
}

#[test]
fn binary_with_a_state_it_cannot_use_fails_and_names_the_place() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("state.json");
    std::fs::write(&path, r#"{"cloudinary":{"accounts":[{"account_id":""}]}}"#).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_provisioning-emulator"))
        .arg("--state")
        .arg(&path)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(output.stdout, b"");
    let words = String::from_utf8(output.stderr).unwrap();
    assert!(words.contains("cloudinary.accounts[0].account_id: is empty"), "{words}");
    assert_eq!(words.lines().count(), 1);
}
