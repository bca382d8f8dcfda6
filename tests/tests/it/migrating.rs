//! The pages of docs/migrating: what they tell to write works, and nothing is left out.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use account_provisioning::{Result, cloudflare, cloudinary, cloudspot};
use account_provisioning_emulator::cloudspot::{DEFAULT_APP_ID, DEFAULT_USERNAME, Impersonation};
use account_provisioning_emulator::{Emulator, State};
use account_provisioning_spec as spec;
use futures::future::BoxFuture;
use serde_json::Value;

/// A function of a page, by its name.
type Example<C> = (&'static str, for<'a> fn(&'a C) -> BoxFuture<'a, Result<()>>);

/// A page: the name of its file, its text, and its code.
struct Page {
    file: &'static str,
    text: &'static str,
    code: &'static str,
}

/// Takes in what the build script made of a page.
macro_rules! page {
    ($name:ident, $file:literal, $client:ty) => {
        #[allow(
            dead_code,
            unreachable_pub,
            reason = "written to be read on the page, and partly only compiled"
        )]
        mod $name {
            type Client = $client;
            pub const PAGE: super::Page = super::Page {
                file: concat!($file, ".md"),
                text: TEXT,
                code: CODE,
            };
            include!(concat!(env!("OUT_DIR"), "/migrating/", $file, ".rs"));
        }
    };
}
page!(
    cloudinary_generated,
    "cloudinary-account-provisioning",
    account_provisioning::cloudinary::Client
);
page!(
    cloudinary_classic,
    "cloudinary-provisioning",
    account_provisioning::cloudinary::Client
);
page!(
    cloudflare_accounts,
    "cloudflare",
    account_provisioning::cloudflare::Client
);
page!(
    cloudspot_license,
    "cloudspot-license-api",
    account_provisioning::cloudspot::Client
);

page!(
    curl_cloudflare,
    "curl-cloudflare",
    account_provisioning::cloudflare::Client
);
page!(
    curl_cloudinary,
    "curl-cloudinary",
    account_provisioning::cloudinary::Client
);
page!(
    curl_cloudspot,
    "curl-cloudspot",
    account_provisioning::cloudspot::Client
);
page!(terraform, "terraform", account_provisioning::cloudflare::Client);

const INDEX: &str = include_str!("../../../docs/migrating/README.md");
const PAGES: &[Page] = &[
    cloudinary_generated::PAGE,
    cloudinary_classic::PAGE,
    cloudflare_accounts::PAGE,
    cloudspot_license::PAGE,
    curl_cloudflare::PAGE,
    curl_cloudinary::PAGE,
    curl_cloudspot::PAGE,
    terraform::PAGE,
];
/// The pages whose tables list every operation.
const OF_CURL: &[Page] = &[curl_cloudflare::PAGE, curl_cloudinary::PAGE, curl_cloudspot::PAGE];

fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/migrating")
}

#[test]
fn pages_are_all_checked_and_in_the_index() {
    let known: BTreeSet<_> = PAGES.iter().map(|page| page.file.to_owned()).collect();
    let mut found: BTreeSet<_> = fs::read_dir(directory())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(found.remove("README.md"));
    assert_eq!(found, known);
    for file in known {
        assert!(
            INDEX.contains(&format!("]({file})")),
            "the index doesn't lead to {file}"
        );
    }
}

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
    let method = |call: String| match call.rfind('.') {
        Some(dot) => Some(call[dot..].to_owned()),
        None => call.contains("::").then_some(call),
    };
    found.into_iter().filter_map(method).collect()
}

#[test]
fn calls_of_a_span_are_its_methods_without_arguments() {
    assert_eq!(calls(".users().create(name, f(x))"), [".users(", ".create("]);
    assert_eq!(calls("error.kind()"), [".kind("]);
    assert_eq!(calls("Client::from_env()"), ["Client::from_env("]);
    assert_eq!(calls("status"), Vec::<String>::new());
}

#[test]
fn calls_in_the_tables_are_all_made_by_the_examples() {
    for Page { file, text, .. } in PAGES {
        // A page on curl lists all calls, and those on Python make them.
        let of_api = PAGES
            .iter()
            .filter(|page| api_of(page) == api_of(&Page { file, text, code: "" }));
        let code: String = of_api
            .flat_map(|page| page.code.chars())
            .filter(|c| !c.is_whitespace())
            .collect();
        let calls = calls_to_write(text);
        assert!(calls.len() > 20, "{file} has {} calls in its tables", calls.len());
        let missing: Vec<_> = calls.iter().filter(|call| !code.contains(call.as_str())).collect();
        assert!(missing.is_empty(), "{file}: no example makes {missing:?}");
    }
}

/// Runs the examples of a page, each on a stage of its own, and returns the operations that they sent.
async fn run<C>(examples: &[Example<C>], stage: impl AsyncFn() -> (Emulator, C)) -> BTreeSet<String> {
    let mut sent = BTreeSet::new();
    for (name, example) in examples {
        let (emulator, client) = stage().await;
        example(&client).await.unwrap_or_else(|error| panic!("{name}: {error}"));
        sent.extend(emulator.requests().into_iter().filter_map(|request| request.operation));
    }
    sent
}

/// The comment on a page that says which operations its examples send: an API, and how their paths begin.
fn promise(page: &Page) -> (&'static str, &'static str) {
    let (_, promise) = page
        .text
        .split_once("<!-- The examples send every operation of ")
        .unwrap();
    promise.split_once(" -->").unwrap().0.split_once(" below ").unwrap()
}

fn api_of(page: &Page) -> &'static str {
    promise(page).0
}

fn document(api: &str) -> Value {
    let document = match api {
        "cloudflare" => spec::cloudflare::WIRE,
        "cloudinary" => spec::cloudinary::WIRE,
        "cloudspot" => spec::cloudspot::WIRE,
        other => panic!("there is no API {other}"),
    };
    serde_json::from_str(document).unwrap()
}

/// The operations that the examples of a page have to send, by the comment on the page. `cargo xtask guard` reads it too.
fn promised(page: &Page) -> BTreeSet<String> {
    let (api, path) = promise(page);
    let document = document(api);
    let paths = document["paths"].as_object().unwrap().iter();
    let items = paths
        .filter(|(template, _)| template.starts_with(path))
        .map(|(_, item)| item);
    let found: BTreeSet<String> = items
        .flat_map(|item| item.as_object().unwrap().values())
        .filter_map(|operation| operation["operationId"].as_str())
        .map(str::to_owned)
        .collect();
    assert!(!found.is_empty(), "{}: no path of {api} is below {path}", page.file);
    found
}

async fn on_cloudinary() -> (Emulator, cloudinary::Client) {
    let emulator = Emulator::start().await.unwrap();
    let builder = cloudinary::Client::builder().account_url(emulator.cloudinary().url());
    let client = builder.base_url(emulator.cloudinary().base_url()).build().unwrap();
    (emulator, client)
}

/// Signs in with a user's key, since tokens of an account can't create accounts.
async fn on_cloudflare() -> (Emulator, cloudflare::Client) {
    let emulator = Emulator::start().await.unwrap();
    let account = emulator.cloudflare();
    let builder = cloudflare::Client::builder().api_key(account.email(), account.api_key());
    let client = builder.base_url(emulator.cloudflare().base_url()).build().unwrap();
    (emulator, client)
}

/// Somebody has been sent here with the token of an impersonation.
async fn on_cloudspot() -> (Emulator, cloudspot::Client) {
    let mut state = State::default();
    let impersonation = Impersonation::new("impersonation-token", DEFAULT_USERNAME, DEFAULT_APP_ID);
    state.cloudspot.impersonations.push(impersonation);
    let emulator = Emulator::builder().state(state).start().await.unwrap();
    let account = emulator.cloudspot();
    let builder = cloudspot::Client::builder(account.app_id());
    let client = builder.base_url(account.base_url()).build().unwrap();
    (emulator, client)
}

#[tokio::test]
async fn examples_for_cloudinary_account_provisioning_send_every_operation() {
    let sent = run(cloudinary_generated::EXAMPLES, on_cloudinary).await;
    assert_eq!(sent, promised(&cloudinary_generated::PAGE));
}

#[tokio::test]
async fn examples_for_cloudinary_provisioning_send_every_operation_of_the_older_half() {
    let sent = run(cloudinary_classic::EXAMPLES, on_cloudinary).await;
    assert_eq!(sent, promised(&cloudinary_classic::PAGE));
}

#[tokio::test]
async fn examples_for_cloudflare_send_every_operation() {
    let sent = run(cloudflare_accounts::EXAMPLES, on_cloudflare).await;
    assert_eq!(sent, promised(&cloudflare_accounts::PAGE));
}

#[tokio::test]
async fn examples_for_cloudspot_license_api_send_every_operation() {
    let sent = run(cloudspot_license::EXAMPLES, on_cloudspot).await;
    assert_eq!(sent, promised(&cloudspot_license::PAGE));
}

#[test]
fn tables_of_requests_list_each_operation_of_the_document_once() {
    for page in OF_CURL {
        let document = document(api_of(page));
        let paths = document["paths"].as_object().unwrap().iter();
        let operations = paths.flat_map(|(path, item)| {
            let methods = item
                .as_object()
                .unwrap()
                .iter()
                .filter(|(_, it)| it["operationId"].is_string());
            methods.map(move |(method, _)| format!("{} {path}", method.to_uppercase()))
        });
        let mut operations: Vec<String> = operations.collect();
        let table = page
            .text
            .split("| request | Rust |")
            .nth(1)
            .unwrap()
            .split("\n\n")
            .next()
            .unwrap();
        let rows = table
            .lines()
            .filter_map(|row| row.strip_prefix("| `")?.split('`').next());
        let whole = |row: &str| row.replace('…', "/v1_1/provisioning/accounts/{account_id}");
        let mut rows: Vec<String> = rows.map(whole).collect();
        operations.sort();
        rows.sort();
        assert_eq!(rows, operations, "{}", page.file);
    }
}

/// The examples of a page send at least what it promises; what else they send shows how things fit together.
async fn sends_what_it_promises<C>(page: &Page, examples: &[Example<C>], stage: impl AsyncFn() -> (Emulator, C)) {
    let sent = run(examples, stage).await;
    let missing: Vec<_> = promised(page).difference(&sent).cloned().collect();
    assert!(missing.is_empty(), "{}: no example sends {missing:?}", page.file);
}

#[tokio::test]
async fn examples_for_curl_run_and_send_what_the_pages_promise() {
    sends_what_it_promises(&curl_cloudflare::PAGE, curl_cloudflare::EXAMPLES, on_cloudflare).await;
    sends_what_it_promises(&curl_cloudinary::PAGE, curl_cloudinary::EXAMPLES, on_cloudinary).await;
    sends_what_it_promises(&curl_cloudspot::PAGE, curl_cloudspot::EXAMPLES, on_cloudspot).await;
}

#[tokio::test]
async fn examples_for_terraform_run_and_send_what_the_page_promises() {
    sends_what_it_promises(&terraform::PAGE, terraform::EXAMPLES, on_cloudflare).await;
}
