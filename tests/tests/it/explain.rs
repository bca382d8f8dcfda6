//! What a client says of its settings: every method of the builders and every variable, each with its line.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::time::Duration;

use account_provisioning::auth::{Credentials, Provided};
use account_provisioning::cloudinary::Region;
use account_provisioning::explain::{Explanation, Origin};
use account_provisioning::hook::Hook;
use account_provisioning::limit::Learned;
use account_provisioning::time::{FixedJitter, ManualTime};
use account_provisioning::{HttpService, RetryPolicy, Secret, Timeouts, cloudflare, cloudinary, cloudspot};
use bytes::Bytes;
use http::{Request, Response};

/// Stands wherever a value must not be shown.
const CANARY: &str = "hushcanary";
const ACCOUNT_URL: &str = "account://hushcanary:hushcanary@acct";

fn flare() -> cloudflare::ClientBuilder {
    cloudflare::Client::builder().api_token(CANARY)
}

fn nary() -> cloudinary::ClientBuilder {
    cloudinary::Client::builder().account_url(ACCOUNT_URL)
}

/// The explanations of the clients, which show the canary in no form.
trait Explained {
    fn explained(self) -> Explanation;
}

fn silent(explanation: &Explanation) -> Explanation {
    for text in [explanation.to_string(), format!("{explanation:?} {explanation:#?}")] {
        assert!(!text.to_lowercase().contains("hush"), "{text}");
    }
    explanation.clone()
}

impl Explained for cloudflare::ClientBuilder {
    fn explained(self) -> Explanation {
        silent(self.build().unwrap().explain())
    }
}

impl Explained for cloudinary::ClientBuilder {
    fn explained(self) -> Explanation {
        silent(self.build().unwrap().explain())
    }
}

impl Explained for cloudspot::ClientBuilder {
    fn explained(self) -> Explanation {
        silent(self.build().unwrap().explain())
    }
}

struct Silent;

impl Hook for Silent {}

struct Layer;

impl tower_layer::Layer<HttpService> for Layer {
    type Service = HttpService;

    fn layer(&self, service: HttpService) -> HttpService {
        service
    }
}

fn answer(_: &Request<Bytes>) -> Response<Bytes> {
    Response::default()
}

async fn provided() -> Result<Provided, Box<dyn std::error::Error + Send + Sync>> {
    Ok(Credentials::bearer(Secret::from(CANARY))?.into())
}

fn policy() -> RetryPolicy {
    RetryPolicy::default()
        .with_max_attempts(7)
        .with_initial_backoff(Duration::from_millis(250))
        .with_max_backoff(Duration::from_secs(9))
        .with_multiplier(1.5)
        .with_rate_limited_replays(false)
        .with_retried_statuses(&[429, 503])
        .with_budget(None)
}

/// Each method of the builders, called alone, and the lines that it makes.
fn methods() -> Vec<(&'static str, Explanation, Vec<&'static str>)> {
    let limits = Timeouts::default()
        .with_connect(Duration::from_millis(1500))
        .with_attempt(Duration::from_secs(7))
        .with_call(Duration::from_secs(90));
    let none = |_: &str| None;
    let time = ManualTime::default;
    let in_parts = || {
        cloudinary::Client::builder()
            .account_id("acct")
            .api_key(CANARY)
            .api_secret(CANARY)
    };
    vec![
        (
            "allow_plain_http",
            flare()
                .allow_plain_http("gw.internal")
                .allow_plain_http("::1")
                .explained(),
            vec!["allow_plain_http: gw.internal, ::1 (`allow_plain_http`)"],
        ),
        (
            "timeouts",
            flare().timeouts(limits).explained(),
            vec![
                "connect_timeout: 1.5s (`timeouts`)",
                "attempt_timeout: 7s (`timeouts`)",
                "call_timeout: 90s (`timeouts`)",
            ],
        ),
        (
            "retry",
            flare().retry(policy()).explained(),
            vec![
                "max_attempts: 7 (`retry`)",
                "initial_backoff: 250ms (`retry`)",
                "max_backoff: 9s (`retry`)",
                "multiplier: 1.5 (`retry`)",
                "rate_limited_replays: false (`retry`)",
                "retried_statuses: 429, 503 (`retry`)",
                "retry_budget: no limit (`retry`)",
            ],
        ),
        (
            "header",
            flare().header("x-team", CANARY).header("x-trace", CANARY).explained(),
            vec!["header: x-team, x-trace (`header`)"],
        ),
        (
            "application",
            flare().application(" sync/2 ").explained(),
            vec![
                "application: sync/2 (`application`)",
                "user_agent: sync/2 account-provisioning/",
            ],
        ),
        (
            "http",
            flare().http(reqwest::Client::builder).explained(),
            vec!["http: reqwest::", "unless `http` says otherwise"],
        ),
        (
            "credentials_from",
            cloudflare::Client::builder().credentials_from(provided).explained(),
            vec!["credentials_from: asked for credentials (`credentials_from`)"],
        ),
        (
            "hook",
            flare().hook(Silent).hook(Silent).explained(),
            vec!["hook: it::explain::Silent, it::explain::Silent (`hook`)"],
        ),
        (
            "limiter",
            flare().limiter(Learned::default()).explained(),
            vec!["Learned (`limiter`)"],
        ),
        (
            "on_drift",
            flare().on_drift(|_| {}).explained(),
            vec!["closure}} (`on_drift`)"],
        ),
        (
            "send_http",
            flare().send_http(answer).explained(),
            vec![
                "sender: it::explain::answer (`send_http`)",
                "proxies: not used (`send_http`)",
                "tls: not used (`send_http`)",
            ],
        ),
        (
            "layer",
            flare().layer(Layer).explained(),
            vec!["sender: it::explain::Layer (`layer`)"],
        ),
        ("clock", flare().clock(time()).explained(), vec!["ManualTime (`clock`)"]),
        ("sleep", flare().sleep(time()).explained(), vec!["ManualTime (`sleep`)"]),
        (
            "jitter",
            flare().jitter(FixedJitter(0.5)).explained(),
            vec!["FixedJitter (`jitter`)"],
        ),
        (
            "api_token",
            flare().explained(),
            vec!["api_token: [set] (`api_token`)", "env: not read (default)"],
        ),
        (
            "api_key",
            cloudflare::Client::builder().api_key(CANARY, CANARY).explained(),
            vec!["api_key: [set] (`api_key`)", "email: [set] (`api_key`)"],
        ),
        (
            "user_service_key",
            cloudflare::Client::builder().user_service_key(CANARY).explained(),
            vec!["user_service_key: [set] (`user_service_key`)"],
        ),
        (
            "base_url",
            flare().base_url("http://localhost:1/v4/").explained(),
            vec![
                "base_url: http://localhost:1/v4 (`base_url`)",
                "tls: none, since the base URL is plain http (default)",
            ],
        ),
        ("vars", flare().vars(none).explained(), vec!["env: read (`vars`)"]),
        ("env", flare().env().explained(), vec!["env: read (`env`)"]),
        (
            "account_id",
            in_parts().explained(),
            vec!["account_id: acct (`account_id`)"],
        ),
        ("api_key", in_parts().explained(), vec!["api_key: [set] (`api_key`)"]),
        (
            "api_secret",
            in_parts().explained(),
            vec!["api_secret: [set] (`api_secret`)"],
        ),
        (
            "account_url",
            nary().explained(),
            vec![
                "account_id: acct (`account_url`)",
                "api_key: [set] (`account_url`)",
                "api_secret: [set] (`account_url`)",
            ],
        ),
        (
            "region",
            nary().region(Region::Europe).explained(),
            vec!["base_url: https://api-eu.cloudinary.com (`region`)"],
        ),
        (
            "host",
            nary().host("cld.example").explained(),
            vec!["base_url: https://cld.example (`host`)"],
        ),
        (
            "base_url",
            nary().base_url("https://gw.example").explained(),
            vec!["base_url: https://gw.example (`base_url`)"],
        ),
        (
            "app_id",
            cloudspot::Client::builder("crm").explained(),
            vec!["app_id: crm (`Client::builder`)", "token: none (default)"],
        ),
        (
            "token",
            cloudspot::Client::builder("crm").token(CANARY).explained(),
            vec!["token: [set] (`token`)"],
        ),
        (
            "base_url",
            cloudspot::Client::builder("crm")
                .base_url("https://gw.example")
                .explained(),
            vec!["base_url: https://gw.example (`base_url`)"],
        ),
    ]
}

fn source(file: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    fs::read_to_string(root.join(file)).unwrap()
}

#[test]
fn each_method_of_the_builders_has_its_line() {
    let mut called = BTreeSet::new();
    for (method, explanation, lines) in methods() {
        called.insert(method.to_owned());
        let text = explanation.to_string();
        for line in lines {
            assert!(text.contains(line), "{method}: no `{line}` in\n{text}");
        }
    }
    let files = [
        "client_builder.rs",
        "cloudflare/builder.rs",
        "cloudinary/builder.rs",
        "cloudspot/builder.rs",
    ];
    let mut written = BTreeSet::new();
    for file in files {
        let source = source(&format!("crates/client/src/{file}"));
        for rest in source
            .split("    pub fn ")
            .chain(source.split("    pub(super) fn ").skip(1))
            .skip(1)
        {
            written.insert(rest.split(['(', '<']).next().unwrap().to_owned());
        }
    }
    for not_a_setting in ["build", "build_public"] {
        assert!(written.remove(not_a_setting), "{not_a_setting}");
    }
    written.retain(|name| !name.starts_with("//"));
    assert_eq!(written, called);
}

#[test]
fn each_setter_of_policies_and_limits_has_a_line_of_its_own() {
    let defaults = flare().explained();
    let set = flare().retry(policy()).timeouts(
        Timeouts::default()
            .with_connect(Duration::from_secs(1))
            .with_attempt(Duration::from_secs(2))
            .with_call(Duration::from_secs(3)),
    );
    let set = set.explained();
    for (file, method) in [("retry/policy.rs", "retry"), ("timeouts.rs", "timeouts")] {
        let source = source(&format!("crates/core/src/{file}"));
        let setters = source.matches("pub const fn with_").count();
        let by = |explanation: &Explanation| {
            let settings = explanation.settings().iter();
            settings
                .filter(|setting| setting.origin() == Origin::Code(method))
                .count()
        };
        assert_eq!((by(&defaults), by(&set)), (0, setters), "{set}");
    }
    for setting in set.settings() {
        if matches!(setting.origin(), Origin::Code("retry" | "timeouts")) {
            assert_ne!(
                Some(setting.value()),
                defaults.get(setting.name()).map(|default| default.value())
            );
        }
    }
}

/// A lookup in these variables alone.
fn only(variables: &[(&'static str, &'static str)]) -> impl Fn(&str) -> Option<OsString> + use<> {
    let variables = variables.to_vec();
    move |name| {
        let found = variables.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| OsString::from(value))
    }
}

fn explained(variables: &[(&'static str, &'static str)]) -> Explanation {
    let lookup = only(variables);
    match variables[0].0 {
        name if name.starts_with("CLOUDFLARE") => cloudflare::Client::builder().vars(lookup).explained(),
        name if name.starts_with("CLOUDINARY") => cloudinary::Client::builder().vars(lookup).explained(),
        _ => cloudspot::Client::builder("crm").vars(lookup).explained(),
    }
}

#[test]
fn each_variable_of_the_readme_has_its_line() {
    let token = ("CLOUDFLARE_API_TOKEN", CANARY);
    let pair = [("CLOUDFLARE_API_KEY", CANARY), ("CLOUDFLARE_EMAIL", CANARY)];
    let url = ("CLOUDINARY_ACCOUNT_URL", ACCOUNT_URL);
    let key = [
        ("CLOUDINARY_PROVISIONING_API_KEY", CANARY),
        ("CLOUDINARY_PROVISIONING_API_SECRET", CANARY),
    ];
    let cases: [(&[_], &[&str]); 12] = [
        (
            &[token],
            &["api_token: [set] (CLOUDFLARE_API_TOKEN)", "env: read (`vars`)"],
        ),
        (
            &pair,
            &["api_key: [set] (CLOUDFLARE_API_KEY)", "email: [set] (CLOUDFLARE_EMAIL)"],
        ),
        (
            &[("CLOUDFLARE_API_USER_SERVICE_KEY", CANARY)],
            &["user_service_key: [set] (CLOUDFLARE_API_USER_SERVICE_KEY)"],
        ),
        (
            &[token, ("CLOUDFLARE_BASE_URL", "https://gw.example")],
            &["base_url: https://gw.example (CLOUDFLARE_BASE_URL)"],
        ),
        (
            &[url],
            &[
                "account_id: acct (part of CLOUDINARY_ACCOUNT_URL)",
                "api_key: [set] (part of CLOUDINARY_ACCOUNT_URL)",
                "api_secret: [set] (part of CLOUDINARY_ACCOUNT_URL)",
                "base_url: https://api.cloudinary.com (default)",
            ],
        ),
        (
            &[url, key[0], key[1]],
            &[
                "account_id: acct (part of CLOUDINARY_ACCOUNT_URL)",
                "api_key: [set] (CLOUDINARY_PROVISIONING_API_KEY)",
                "api_secret: [set] (CLOUDINARY_PROVISIONING_API_SECRET)",
            ],
        ),
        (
            &[url, ("CLOUDINARY_ACCOUNT_ID", "other")],
            &["account_id: other (CLOUDINARY_ACCOUNT_ID)"],
        ),
        (
            &[url, ("CLOUDINARY_BASE_URL", "https://gw.example")],
            &["base_url: https://gw.example (CLOUDINARY_BASE_URL)"],
        ),
        (
            &[url, ("CLOUDINARY_REGION", "api-ap")],
            &["base_url: https://api-ap.cloudinary.com (CLOUDINARY_REGION)"],
        ),
        (&[("CLOUDSPOT_TOKEN", CANARY)], &["token: [set] (CLOUDSPOT_TOKEN)"]),
        (
            &[("CLOUDSPOT_BASE_URL", "https://gw.example")],
            &["base_url: https://gw.example (CLOUDSPOT_BASE_URL)"],
        ),
        (
            &[("CLOUDSPOT_APP_ID", "shop")],
            &["CLOUDSPOT_APP_ID: `Client::builder` takes precedence"],
        ),
    ];
    let mut shown = String::new();
    for (variables, lines) in cases {
        let text = explained(variables).to_string();
        for line in lines {
            assert!(text.contains(line), "no `{line}` in\n{text}");
        }
        shown.push_str(&text);
    }
    let readme = source("README.md");
    let rows = readme.lines().filter_map(|row| row.strip_prefix("| `CLOUD"));
    let rows: Vec<_> = rows.map(|row| row.split('`').collect::<Vec<_>>()).collect();
    assert_eq!(rows.len(), 14);
    for row in rows {
        let (variable, method) = (format!("CLOUD{}", row[0]), row[row.len() - 2]);
        assert!(shown.contains(&variable), "{variable} shows in no explanation");
        let by_method = |explanation: &Explanation| explanation.to_string().contains(&format!("(`{method}`)"));
        assert!(
            methods().iter().any(|(_, explanation, _)| by_method(explanation)),
            "{method}"
        );
    }
}

#[test]
fn variables_without_effect_are_listed_with_the_reason() {
    let unused =
        |explanation: Explanation| -> Vec<String> { explanation.unused().iter().map(ToString::to_string).collect() };
    let all = [
        ("CLOUDFLARE_API_TOKEN", CANARY),
        ("CLOUDFLARE_API_KEY", CANARY),
        ("CLOUDFLARE_BASE_URL", "not a url"),
        ("CLOUDFLARE_EMAIL", CANARY),
    ];
    let in_code = flare().base_url("https://gw.example").vars(only(&all)).explained();
    assert!(
        in_code.conflicts()[0].contains("CLOUDFLARE_API_TOKEN and CLOUDFLARE_API_KEY and CLOUDFLARE_EMAIL are set")
    );
    assert!(
        in_code.to_string().contains("\nconflicts in the environment"),
        "{in_code}"
    );
    assert_eq!(
        unused(in_code),
        [
            "CLOUDFLARE_API_TOKEN: `api_token` takes precedence",
            "CLOUDFLARE_API_KEY: `api_token` takes precedence",
            "CLOUDFLARE_EMAIL: `api_token` takes precedence",
            "CLOUDFLARE_BASE_URL: `base_url` takes precedence",
        ]
    );
    let provided = cloudflare::Client::builder().credentials_from(provided);
    assert_eq!(
        unused(provided.vars(only(&all[..1])).explained()),
        ["CLOUDFLARE_API_TOKEN: `credentials_from` takes precedence",]
    );
    assert_eq!(
        unused(explained(&[all[0], all[3]])),
        ["CLOUDFLARE_EMAIL: an e-mail address without CLOUDFLARE_API_KEY is no way to sign in",]
    );
    assert_eq!(
        unused(flare().vars(only(&[("CF_API_TOKEN", CANARY)])).explained()),
        ["CF_API_TOKEN: it is not read: did you mean CLOUDFLARE_API_TOKEN?",]
    );
    let url = ("CLOUDINARY_ACCOUNT_URL", "not a url");
    let parts = [
        ("CLOUDINARY_ACCOUNT_ID", "acct"),
        ("CLOUDINARY_PROVISIONING_API_KEY", CANARY),
        ("CLOUDINARY_PROVISIONING_API_SECRET", CANARY),
    ];
    assert_eq!(
        unused(explained(&[url, parts[0], parts[1], parts[2]])),
        [
            "CLOUDINARY_ACCOUNT_URL: CLOUDINARY_ACCOUNT_ID and CLOUDINARY_PROVISIONING_API_KEY and \
         CLOUDINARY_PROVISIONING_API_SECRET take precedence",
        ]
    );
    assert_eq!(
        unused(nary().vars(only(&parts)).explained()),
        [
            "CLOUDINARY_PROVISIONING_API_KEY: `account_url` takes precedence",
            "CLOUDINARY_PROVISIONING_API_SECRET: `account_url` takes precedence",
            "CLOUDINARY_ACCOUNT_ID: `account_url` takes precedence",
        ]
    );
    let places = [
        ("CLOUDINARY_BASE_URL", "https://gw.example"),
        ("CLOUDINARY_REGION", "api-eu"),
    ];
    let chosen = nary().region(Region::Global).vars(only(&places)).explained();
    assert!(
        chosen.conflicts()[0].starts_with("CLOUDINARY_BASE_URL and CLOUDINARY_REGION are set"),
        "{chosen}"
    );
    assert_eq!(
        unused(chosen),
        [
            "CLOUDINARY_BASE_URL: `region` takes precedence",
            "CLOUDINARY_REGION: `region` takes precedence",
        ]
    );
    assert_eq!(explained(&[all[0]]).unused(), []);
    assert_eq!(flare().explained().conflicts(), [""; 0]);
}

#[test]
fn methods_without_effect_are_listed_with_the_reason() {
    let cases = [
        (
            flare().application("sync").header("user-agent", CANARY).explained(),
            "application: the user agent that `header` sets replaces it",
        ),
        (
            flare().layer(Layer).send_http(answer).explained(),
            "layer: `send_http`, which was called later, replaces it",
        ),
        (
            flare().layer(Layer).send_http(answer).layer(Layer).explained(),
            "send_http: `layer`, which was called later, replaces it",
        ),
        (
            flare().http(reqwest::Client::builder).send_http(answer).explained(),
            "http: `send_http` sends the requests in its place",
        ),
        (
            nary().account_id("a").api_key("k").api_secret(CANARY).explained(),
            "account_url: each of its parts is set on its own",
        ),
    ];
    for (explanation, line) in cases {
        let unused: Vec<_> = explanation.unused().iter().map(ToString::to_string).collect();
        assert_eq!(unused, [line]);
        assert!(
            explanation
                .to_string()
                .contains(&format!("\nset, but not used\n  {line}")),
            "{explanation}"
        );
    }
}

#[test]
fn explanation_is_that_of_all_clones_and_is_read_by_name() {
    let client = flare().build().unwrap();
    let explanation = client.clone().explain().clone();
    assert_eq!((explanation.service(), &explanation), ("Cloudflare", client.explain()));
    let default = explanation.get("max_attempts").unwrap();
    assert_eq!((default.value(), default.origin()), ("3", Origin::Default));
    assert_eq!(explanation.get("tls").unwrap().origin(), Origin::Feature("rustls"));
    assert_eq!(
        explanation.get("http_versions").unwrap().origin(),
        Origin::Feature("http2")
    );
    assert!(explanation.get("nothing").is_none());
    let names: BTreeSet<_> = explanation.settings().iter().map(|setting| setting.name()).collect();
    assert_eq!(names.len(), explanation.settings().len(), "each name once");
}
