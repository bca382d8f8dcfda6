//! Proxies of the environment, which belong to a process: each test starts one of its own.

use std::process::Command;

use account_provisioning::RetryPolicy;
use account_provisioning::cloudinary::Client;
use integration_tests::listener::Listener;
use integration_tests::world;

const ACCOUNT_URL: &str = "account://key:hunter2@Acc-1";

/// Runs a program with nothing in its environment but a proxy, by all its names, and these variables. Returns what it
/// printed.
fn run(program: &str, proxy: &Listener, vars: &[(&str, &str)], arguments: &[&str]) -> String {
    let url = format!("http://{}", proxy.address);
    let names = [
        "HTTP_PROXY",
        "http_proxy",
        "HTTPS_PROXY",
        "https_proxy",
        "ALL_PROXY",
        "all_proxy",
    ];
    let mut command = Command::new(program);
    command
        .env_clear()
        .envs(names.map(|name| (name, &*url)))
        .envs(vars.iter().copied());
    let output = command.args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn proxy() -> Listener {
    Listener::answering("HTTP/1.1 403 Forbidden")
}

#[tokio::test(flavor = "multi_thread")]
async fn plain_http_base_url_is_reached_without_the_proxies_of_the_environment() {
    let emulator = world::emulator([world::account()]).start().await.unwrap();
    let account = emulator.cloudinary();
    let proxy = proxy();
    let vars = [
        ("CLOUDINARY_ACCOUNT_URL", account.url()),
        ("CLOUDINARY_BASE_URL", account.base_url().to_owned()),
    ];
    let vars = vars.each_ref().map(|(name, value)| (*name, &**value));
    let said = run(env!("CARGO_BIN_EXE_from-env"), &proxy, &vars, &["call"]);
    assert!(
        said.contains("2 users") && said.contains("proxies: none (default)"),
        "{said}"
    );
    assert_eq!(emulator.requests().len(), 1);
    assert_eq!(proxy.heads(), Vec::<String>::new());
}

#[test]
fn quickstart_with_a_proxy_in_the_environment_works_and_sends_it_nothing() {
    let proxy = proxy();
    let said = run(env!("CARGO_BIN_EXE_quickstart"), &proxy, &[], &[]);
    assert!(said.contains("nothing left behind"), "{said}");
    assert_eq!(proxy.heads(), Vec::<String>::new());
}

#[test]
fn https_base_url_is_reached_through_the_proxy_of_the_environment() {
    let proxy = proxy();
    let vars = [("CLOUDINARY_ACCOUNT_URL", ACCOUNT_URL)];
    let said = run(env!("CARGO_BIN_EXE_from-env"), &proxy, &vars, &["call"]);
    assert!(!said.contains(" users"), "{said}");
    let heads = proxy.heads();
    assert!(heads[0].starts_with("CONNECT api.cloudinary.com:443 "), "{heads:?}");
    let line = "proxies: those of the environment: HTTPS_PROXY, ALL_PROXY (HTTPS_PROXY)";
    assert!(said.contains(line), "{said}");
    assert!(!heads[0].contains("authorization"), "{heads:?}");
}

#[tokio::test]
async fn plain_http_base_url_is_reached_through_a_proxy_that_the_http_client_names() {
    let named = proxy();
    let url = format!("http://{}", named.address);
    let client = Client::builder()
        .account_url(ACCOUNT_URL)
        .base_url("http://127.0.0.1:1")
        .retry(RetryPolicy::never())
        .http(move || reqwest::Client::builder().proxy(reqwest::Proxy::http(&url).unwrap()))
        .build()
        .unwrap();
    client.users().list().await.unwrap_err();
    let heads = named.heads();
    assert!(heads[0].starts_with("GET http://127.0.0.1:1/v1_1/"), "{heads:?}");
}
