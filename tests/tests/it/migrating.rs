//! The pages of docs/migrating: what they tell to write works, and nothing is left out.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use account_provisioning::{Result, cloudflare, cloudinary};
use account_provisioning_emulator::Emulator;
use account_provisioning_spec as spec;
use futures::future::BoxFuture;
use serde_json::Value;

/// A function of a page, by its name.
type Example<C> = (&'static str, for<'a> fn(&'a C) -> BoxFuture<'a, Result<()>>);

/// One page: its text, its code and its functions, as the build script found them.
macro_rules! page {
    ($name:ident, $file:literal, $client:ty) => {
        #[allow(
            dead_code,
            unreachable_pub,
            reason = "written to be read on the page, and partly only compiled"
        )]
        mod $name {
            use account_provisioning::*;

            type Client = $client;
            include!(concat!(env!("OUT_DIR"), "/migrating/", $file, ".rs"));
        }
    };
}
page!(
    cloudinary_generated,
    "cloudinary-account-provisioning",
    cloudinary::Client
);
page!(cloudinary_classic, "cloudinary-provisioning", cloudinary::Client);
page!(cloudflare_accounts, "cloudflare", cloudflare::Client);

/// The pages with tables of calls: name, text, code.
const PAGES: &[(&str, &str, &str)] = &[
    (
        "cloudinary-account-provisioning",
        cloudinary_generated::TEXT,
        cloudinary_generated::CODE,
    ),
    (
        "cloudinary-provisioning",
        cloudinary_classic::TEXT,
        cloudinary_classic::CODE,
    ),
    ("cloudflare", cloudflare_accounts::TEXT, cloudflare_accounts::CODE),
];

/// The calls, such as `.get(`, in the code spans of the tables, their first column left out: that is Python.
fn calls_to_write(page: &str) -> Vec<String> {
    let cells = page
        .lines()
        .filter(|line| line.starts_with('|'))
        .flat_map(|line| line.split('|').skip(2));
    let spans = cells.flat_map(|cell| cell.split('`').skip(1).step_by(2));
    spans.flat_map(calls).collect()
}

/// Splits `.users().create(name, email)` into the calls that have to be there: `.users(` and `.create(`.
fn calls(span: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut call = String::new();
    let mut depth = 0_u32;
    for c in span.chars().filter(|c| !c.is_whitespace()) {
        match c {
            '(' => {
                if depth == 0 {
                    call.push(c);
                }
                depth += 1;
            }
            ')' => {
                depth = depth.saturating_sub(1);
                if depth == 0 && !call.is_empty() {
                    found.push(std::mem::take(&mut call));
                }
            }
            _ if depth == 0 => call.push(c),
            _ => {}
        }
    }
    // What a call is made on is named otherwise in the examples.
    let method = |call: String| {
        call.rfind('.')
            .map(|dot| call[dot..].to_owned())
            .or(call.contains("::").then_some(call))
    };
    found.into_iter().filter_map(method).collect()
}

#[test]
fn calls_in_the_tables_are_all_made_by_the_examples() {
    for (page, text, code) in PAGES {
        let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        let calls = calls_to_write(text);
        assert!(calls.len() > 5, "{page} has {} calls in its tables", calls.len());
        let missing: Vec<_> = calls.iter().filter(|call| !code.contains(call.as_str())).collect();
        assert!(missing.is_empty(), "{page}: no example makes {missing:?}");
    }
}

#[test]
fn calls_of_a_span_are_its_methods_without_arguments() {
    assert_eq!(calls(".users().create(name, f(x))"), [".users(", ".create("]);
    assert_eq!(calls("error.kind()"), [".kind("]);
    assert_eq!(calls("Client::from_env()"), ["Client::from_env("]);
    assert_eq!(calls("status"), Vec::<String>::new());
}

/// The anchors of a page's headings, as code hosts make them.
fn anchors(page: &str) -> BTreeSet<String> {
    let headings = page.lines().filter(|line| line.starts_with('#'));
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    headings
        .map(|line| line.trim_start_matches('#').trim().to_lowercase())
        .map(|title| title.chars().filter(kept).collect::<String>().replace(' ', "-"))
        .collect()
}

#[test]
fn links_of_the_pages_lead_somewhere() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/migrating");
    for (page, text, _) in PAGES {
        let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for target in targets.filter(|target| !target.starts_with("http")) {
            match target.split_once('#') {
                Some(("", anchor)) => assert!(anchors(text).contains(anchor), "{page}: {target}"),
                Some((file, anchor)) => {
                    let other = fs::read_to_string(directory.join(file)).unwrap();
                    assert!(anchors(&other).contains(anchor), "{page}: {target}");
                }
                None => assert!(directory.join(target).exists(), "{page}: {target}"),
            }
        }
    }
}

/// Runs the examples of a page, each against an emulator of its own, and returns the operations that they sent.
async fn run<C>(examples: &[Example<C>], client: impl Fn(&Emulator) -> Result<C>) -> BTreeSet<String> {
    let mut sent = BTreeSet::new();
    for (name, example) in examples {
        let emulator = Emulator::start().await.unwrap();
        let client = client(&emulator).unwrap();
        example(&client).await.unwrap_or_else(|error| panic!("{name}: {error}"));
        sent.extend(emulator.requests().into_iter().filter_map(|request| request.operation));
    }
    sent
}

fn cloudinary(emulator: &Emulator) -> Result<cloudinary::Client> {
    let account = emulator.cloudinary();
    cloudinary::Client::builder()
        .account_url(account.url())
        .base_url(emulator.base_url())
        .build()
}

/// Signs in with a user's key: tokens of an account can't create accounts.
fn cloudflare(emulator: &Emulator) -> Result<cloudflare::Client> {
    let account = emulator.cloudflare();
    cloudflare::Client::builder()
        .api_key(account.email(), account.api_key())
        .base_url(emulator.cloudflare_base_url())
        .build()
}

/// The operations of a document whose paths begin so.
fn documented(document: &str, path: &str) -> BTreeSet<String> {
    let document: Value = serde_json::from_str(document).unwrap();
    let paths = document["paths"].as_object().unwrap().iter();
    let items = paths
        .filter(|(template, _)| template.starts_with(path))
        .map(|(_, item)| item);
    items
        .flat_map(|item| item.as_object().unwrap().values())
        .filter_map(|operation| operation["operationId"].as_str())
        .map(str::to_owned)
        .collect()
}

#[tokio::test]
async fn examples_for_cloudinary_account_provisioning_send_every_operation() {
    let documented = documented(spec::cloudinary::WIRE, "/");
    assert_eq!(documented.len(), 47);
    assert_eq!(run(cloudinary_generated::EXAMPLES, cloudinary).await, documented);
}

#[tokio::test]
async fn examples_for_cloudinary_provisioning_send_every_operation_of_the_older_half() {
    let documented = documented(spec::cloudinary::WIRE, "/v1_1/provisioning/");
    assert_eq!(documented.len(), 26);
    assert_eq!(run(cloudinary_classic::EXAMPLES, cloudinary).await, documented);
}

#[tokio::test]
async fn examples_for_cloudflare_send_every_operation() {
    let documented = documented(spec::cloudflare::WIRE, "/");
    assert_eq!(documented.len(), 25);
    assert_eq!(run(cloudflare_accounts::EXAMPLES, cloudflare).await, documented);
}
