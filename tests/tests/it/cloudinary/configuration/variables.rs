//! The environment's variables: each, their precedence, and what is wrong with them.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt as _;
use std::process::Command;

use account_provisioning::cloudinary::{Client, ClientBuilder};
use account_provisioning_emulator::cloudinary::{Account, Credential};
use integration_tests::world;

use super::vars;

pub(super) const URL: &str = "CLOUDINARY_ACCOUNT_URL";
pub(super) const KEY: &str = "CLOUDINARY_PROVISIONING_API_KEY";
pub(super) const SECRET: &str = "CLOUDINARY_PROVISIONING_API_SECRET";
pub(super) const ACCOUNT: &str = "CLOUDINARY_ACCOUNT_ID";
pub(super) const BASE_URL: &str = "CLOUDINARY_BASE_URL";
pub(super) const REGION: &str = "CLOUDINARY_REGION";

/// All three single variables.
pub(super) const SINGLES: [(&str, &str); 3] = [(KEY, "var-key"), (SECRET, "var-secret"), (ACCOUNT, "Var-Account")];

fn with(set: &[(&str, &str)], configure: impl FnOnce(ClientBuilder) -> ClientBuilder) -> ClientBuilder {
    configure(Client::builder().vars(vars(set)))
}

/// Asserts that the client goes to this account with this key and secret, by what the emulator accepts.
async fn assert_uses(builder: ClientBuilder, account_id: &str, key: &str, secret: &str) {
    let mut account = Account::new(account_id);
    account.credentials.insert(Credential::new(key, secret));
    let emulator = world::emulator([account]).start().await.unwrap();
    let client = builder.base_url(emulator.cloudinary().base_url()).build().unwrap();
    assert_eq!(client.account_id().as_str(), account_id);
    client.users().list().await.unwrap();
    let request = emulator.requests().remove(0);
    assert!(request.authenticated);
    assert_eq!(request.path, format!("/v1_1/provisioning/accounts/{account_id}/users"));
}

#[tokio::test]
async fn settings_from_every_source_go_explicit_then_single_variables_then_url() {
    let url = (URL, "account://url-key:url-secret@Url-Account");
    let [key, secret, account] = SINGLES;
    let same = |builder: ClientBuilder| builder;
    assert_uses(with(&[url], same), "Url-Account", "url-key", "url-secret").await;
    assert_uses(with(&SINGLES, same), "Var-Account", "var-key", "var-secret").await;
    assert_uses(
        with(&[url, key, secret, account], same),
        "Var-Account",
        "var-key",
        "var-secret",
    )
    .await;
    assert_uses(with(&[url, account], same), "Var-Account", "url-key", "url-secret").await;
    assert_uses(with(&[url, key, secret], same), "Url-Account", "var-key", "var-secret").await;

    let explicit = |builder: ClientBuilder| builder.account_id("Set").api_key("set-key").api_secret("set-secret");
    assert_uses(
        with(&[url, key, secret, account], explicit),
        "Set",
        "set-key",
        "set-secret",
    )
    .await;
    assert_uses(with(&[], explicit), "Set", "set-key", "set-secret").await;
    let by_url = |builder: ClientBuilder| builder.account_url("account://seturl-key:seturl-secret@SetUrl");
    assert_uses(
        with(&[url, key, secret, account], by_url),
        "SetUrl",
        "seturl-key",
        "seturl-secret",
    )
    .await;
    assert_uses(with(&SINGLES, |b| by_url(explicit(b))), "Set", "set-key", "set-secret").await;
    assert_uses(with(&SINGLES, |b| b.account_id("Set")), "Set", "var-key", "var-secret").await;
    assert_uses(with(&[url], |b| b.account_id("Set")), "Set", "url-key", "url-secret").await;
}

#[tokio::test]
async fn settings_are_the_same_whether_made_before_or_after_the_variables_are_read() {
    let half = [(KEY, "var-key"), (ACCOUNT, "Var-Account")];
    let after = Client::builder().vars(vars(&half)).api_secret("set-secret");
    assert_uses(after, "Var-Account", "var-key", "set-secret").await;
    let before = Client::builder().api_secret("set-secret").vars(vars(&half));
    assert_uses(before, "Var-Account", "var-key", "set-secret").await;
    let before = Client::builder().account_id("Set").vars(vars(&SINGLES));
    assert_uses(before, "Set", "var-key", "var-secret").await;
}

#[tokio::test]
async fn variables_are_not_read_unless_asked_for() {
    let problem = Client::builder().build().unwrap_err();
    assert!(problem.is_configuration(), "{problem:?}");
}

#[test]
fn variables_of_which_one_is_missing_are_refused_by_name() {
    let url = (URL, "account://url-key:hunter2@Url-Account");
    let [key, secret, account] = SINGLES;
    for (set, names) in [
        (
            vec![],
            vec!["no account id, no API key and no API secret", ACCOUNT, KEY, SECRET, URL],
        ),
        (
            vec![],
            vec!["`account_url`", "`account_id`, `api_key` and `api_secret`"],
        ),
        (vec![key, secret], vec!["account id", "account_id", ACCOUNT, URL]),
        (
            vec![account],
            vec!["no API key and no API secret", "api_key", KEY, SECRET, URL],
        ),
        (vec![key, account], vec![KEY, SECRET, "set both, or neither"]),
        (vec![secret, account], vec![KEY, SECRET, "set both, or neither"]),
        // Half a pair is not completed by a URL that belongs to another key.
        (vec![url, key], vec![KEY, SECRET, "set both, or neither"]),
        (vec![url, secret], vec![KEY, SECRET, "set both, or neither"]),
    ] {
        let problem = Client::builder().vars(vars(&set)).build().unwrap_err();
        assert!(problem.is_configuration(), "{set:?}: {problem:?}");
        for name in names {
            assert!(
                problem.to_string().contains(name),
                "{set:?} should name {name}: {problem}"
            );
        }
        let shown = format!("{problem} {problem:?}");
        assert!(
            !shown.contains("hunter2") && !shown.contains("var-secret") && !shown.contains("var-key"),
            "{shown}"
        );
    }
}

#[test]
fn half_a_pair_of_variables_with_everything_explicit_is_not_looked_at() {
    for half in [(KEY, "var-key"), (SECRET, "var-secret")] {
        let vars = vars(&[half]);
        let explicit = Client::builder()
            .account_id("a")
            .api_key("k")
            .api_secret("s")
            .vars(&vars);
        explicit.build().unwrap();
        Client::builder()
            .account_url("account://k:s@a")
            .vars(&vars)
            .build()
            .unwrap();
    }
}

#[tokio::test]
async fn key_and_secret_from_two_sources_have_to_belong_together() {
    let problem = with(&SINGLES, |builder| builder.api_key("another-key"))
        .build()
        .unwrap_err();
    assert!(problem.to_string().contains("belongs to another key"), "{problem}");
    let problem = with(&[(URL, "account://url-key:url-secret@Acc")], |builder| {
        builder.api_key("another-key")
    });
    assert!(
        problem
            .build()
            .unwrap_err()
            .to_string()
            .contains("belongs to another key")
    );

    // The same key, a secret of one's own, and halves that complete each other.
    assert_uses(
        with(&SINGLES, |builder| builder.api_key("var-key")),
        "Var-Account",
        "var-key",
        "var-secret",
    )
    .await;
    assert_uses(
        with(&SINGLES, |builder| builder.api_secret("vault")),
        "Var-Account",
        "var-key",
        "vault",
    )
    .await;
    let [key, secret, account] = SINGLES;
    assert_uses(
        with(&[secret, account], |builder| builder.api_key("set")),
        "Var-Account",
        "set",
        "var-secret",
    )
    .await;
    assert_uses(
        with(&[key, account], |builder| builder.api_secret("set")),
        "Var-Account",
        "var-key",
        "set",
    )
    .await;
}

/// Variables of which one is overlaid with a value.
fn overlaid(set: &[(&str, &str)], name: &'static str, value: OsString) -> impl Fn(&str) -> Option<OsString> + use<> {
    let set = vars(set);
    move |asked| if asked == name { Some(value.clone()) } else { set(asked) }
}

#[test]
fn variables_that_are_needed_and_not_unicode_are_refused_by_name() {
    let url = [(URL, "account://url-key:url-secret@Url-Account")];
    for (set, name) in [
        (&SINGLES[..], KEY),
        (&SINGLES[..], SECRET),
        (&SINGLES[..], ACCOUNT),
        (&SINGLES[..2], URL),
        (&url[..], BASE_URL),
        (&url[..], REGION),
    ] {
        let lookup = overlaid(set, name, OsString::from_vec(b"canary\xff".to_vec()));
        let problem = Client::builder().vars(lookup).build().unwrap_err();
        let shown = format!("{problem} {problem:?}");
        assert!(
            problem.is_configuration() && shown.contains(name) && shown.contains("not valid Unicode"),
            "{shown}"
        );
        assert!(!shown.contains("canary"), "{shown}");
    }
}

#[tokio::test]
async fn variables_that_are_empty_count_as_unset() {
    let url = (URL, "account://url-key:url-secret@Url-Account");
    for blank in ["", "  ", "\n"] {
        let empty = [
            (KEY, blank),
            (SECRET, blank),
            (ACCOUNT, blank),
            (BASE_URL, blank),
            (REGION, blank),
        ];
        let set = [&empty[..], &[url]].concat();
        assert_uses(
            Client::builder().vars(vars(&set)),
            "Url-Account",
            "url-key",
            "url-secret",
        )
        .await;
        let set = [&SINGLES[..], &[(URL, blank)]].concat();
        assert_uses(
            Client::builder().vars(vars(&set)),
            "Var-Account",
            "var-key",
            "var-secret",
        )
        .await;
        let problem = Client::builder().vars(vars(&empty)).build().unwrap_err();
        assert!(
            problem
                .to_string()
                .contains("no account id, no API key and no API secret"),
            "{problem}"
        );
        let half = [SINGLES[0], (SECRET, blank), SINGLES[2]];
        let problem = Client::builder().vars(vars(&half)).build().unwrap_err();
        assert!(problem.to_string().contains("set both, or neither"), "{problem}");
    }
}

#[test]
fn variables_that_are_malformed_and_not_needed_are_not_looked_at() {
    let broken = || OsString::from_vec(b"\xff".to_vec());
    let explicit = || {
        Client::builder()
            .account_id("a")
            .api_key("k")
            .api_secret("s")
            .base_url("https://a.example")
    };
    for name in [URL, KEY, SECRET, ACCOUNT, BASE_URL, REGION] {
        explicit().vars(overlaid(&[], name, broken())).build().unwrap();
    }
    for url in ["cloudinary://hunter2", "account://hunter2"] {
        explicit().vars(vars(&[(URL, url)])).build().unwrap();
        // The single variables supply everything.
        let singles = [&SINGLES[..], &[(URL, url)]].concat();
        Client::builder().vars(vars(&singles)).build().unwrap();
    }
    let account = Client::builder().account_id("a");
    account.vars(overlaid(&SINGLES, ACCOUNT, broken())).build().unwrap();
    let elsewhere = [&SINGLES[..], &[(BASE_URL, "ftp://"), (REGION, "moon")]].concat();
    let place = Client::builder().host("api.client.example").vars(vars(&elsewhere));
    place.build().unwrap();
    // Public operations need neither account nor credentials.
    let public = Client::builder().vars(vars(&[(URL, "hunter2"), (KEY, "k"), (ACCOUNT, "..")]));
    public.build_public().unwrap();
    // The secret is explicit, so that of the environment is not half of anything.
    let set = [SINGLES[1], (URL, "account://url-key:url-secret@Url-Account")];
    Client::builder().api_secret("s").vars(vars(&set)).build().unwrap();
}

#[test]
fn account_id_variable_that_leads_elsewhere_is_refused_without_being_shown() {
    for id in ["..", ".", "a/b", "a?canary", "canary#", "a%2fcanary", "a\ncanary"] {
        let problem = Client::builder()
            .vars(vars(&[SINGLES[0], SINGLES[1], (ACCOUNT, id)]))
            .build()
            .unwrap_err();
        let shown = format!("{problem} {problem:?}");
        assert!(problem.is_configuration() && shown.contains(ACCOUNT), "{shown}");
        assert!(!shown.contains("canary"), "{shown}");
    }
}

#[tokio::test]
async fn account_urls_in_their_forms_are_decoded() {
    for (url, account, key, secret) in [
        ("account://key:secret@Acc-1", "Acc-1", "key", "secret"),
        ("account://key:secret@Acc-1/", "Acc-1", "key", "secret"),
        ("  account://key:secret@Acc-1\n", "Acc-1", "key", "secret"),
        ("account://k%40y:s%2Fe%3Ac%23r%25t%3F@AbC", "AbC", "k@y", "s/e:c#r%t?"),
        (
            "account://123456789012345:a+b-c_d~e@ABCDEF",
            "ABCDEF",
            "123456789012345",
            "a+b-c_d~e",
        ),
        ("account://key:s%C3%BC%E6%97%A5@x%3A%3Ay", "x::y", "key", "sü日"),
    ] {
        assert_uses(Client::builder().vars(vars(&[(URL, url)])), account, key, secret).await;
        assert_uses(Client::builder().account_url(url), account, key, secret).await;
    }
}

#[test]
fn account_urls_that_are_malformed_are_refused_without_being_shown() {
    for url in [
        "cloudinary://key:canary@id",
        "https://key:canary@id",
        "ACCOUNT://key:canary@id",
        "account:key:canary@id",
        "account://key:canary",
        "account://canary@id",
        "account://:canary@id",
        "account://canary:@id",
        "account://key:can/ary@id",
        "account://key:can@ary@id",
        "account://key:can:ary@id",
        "account://key:canary%zz@id",
        "account://key:canary%f@id",
        "account://key:canary%ff@id",
        "account://key:canary@",
        "account://key:canary@..",
        "account://key:canary@%2e%2e",
        "account://key:canary@a%2Fb",
        "account://key:canary@id/path",
        "account://key:canary@id?x=y",
        "account://key:canary%0Aline@id",
        "account://k%3Aey:canary@id",
    ] {
        for (name, builder) in [
            (URL, Client::builder().vars(vars(&[(URL, url)]))),
            ("`account_url`", Client::builder().account_url(url)),
        ] {
            let problem = builder.build().map(|client| format!("{client:?}")).unwrap_err();
            let shown = format!("{problem} {problem:?}");
            assert!(problem.is_configuration(), "{url}: {shown}");
            assert!(!shown.contains("canary") && !shown.contains("ary"), "{url}: {shown}");
            assert!(shown.contains(name), "{url}: {shown}");
        }
    }
}

/// What a process with these variables says of its client.
fn from_env(set: &[(&str, OsString)]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_from-env"));
    for name in [URL, KEY, SECRET, ACCOUNT, BASE_URL, REGION] {
        command.env_remove(name);
    }
    command.envs(set.iter().map(|(name, value)| (name, value)));
    String::from_utf8(command.output().unwrap().stdout).unwrap()
}

#[test]
fn from_env_reads_the_variables_of_the_process() {
    let said = from_env(&[(URL, "account://key:canary@Url-Account".into())]);
    assert!(
        said.contains("Url-Account") && said.contains("https://api.cloudinary.com"),
        "{said}"
    );
    let singles = SINGLES.map(|(name, value)| (name, OsString::from(value)));
    let said = from_env(&singles);
    assert!(said.contains("Var-Account") && !said.contains("var-secret"), "{said}");
    let said = from_env(&[]);
    assert!(said.contains(ACCOUNT) && said.contains(URL), "{said}");
    let said = from_env(&[
        (KEY, "key".into()),
        (SECRET, OsString::from_vec(b"canary\xff".to_vec())),
    ]);
    assert!(
        said.contains(SECRET) && said.contains("Unicode") && !said.contains("canary"),
        "{said}"
    );
}
