//! What the house promises of itself: checked, so that it stays true.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn sources(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() && name != "target" && !name.starts_with('.') {
            sources(&path, found);
        } else if name.ends_with(".rs") || name.ends_with(".md") {
            found.push(path);
        }
    }
}

/// The places in a text where an example or a test is switched off.
fn switched_off(text: &str) -> Vec<String> {
    let fence = concat!("``", "`");
    let test = concat!("#[", "ignore");
    text.lines()
        .map(str::trim)
        .filter(|line| {
            let code = line.trim_start_matches(['/', '!', ' ']);
            let tags = code.strip_prefix(fence).unwrap_or_default();
            tags.split(',').any(|tag| tag.trim().starts_with("ignore")) || code.starts_with(test)
        })
        .map(str::to_owned)
        .collect()
}

#[test]
fn guard_against_switched_off_examples_finds_each_way_to_write_one() {
    let fence = "`".repeat(3);
    let texts = [
        format!("/// {fence}ignore"),
        format!("//! {fence}rust,ignore"),
        format!("    #[{}]", "ignore = \"x\""),
    ];
    for text in texts {
        assert_eq!(switched_off(&text).len(), 1, "{text}");
    }
    assert!(switched_off(&format!("/// {fence}no_run\n/// it may ignore this")).is_empty());
}

#[test]
fn examples_and_tests_are_all_switched_on() {
    let mut files = Vec::new();
    sources(&root(), &mut files);
    assert!(files.len() > 50, "only {} files were found", files.len());
    for file in files {
        let found = switched_off(&fs::read_to_string(&file).unwrap());
        assert!(found.is_empty(), "{}: {found:?}", file.display());
    }
}

/// The places in a text where an HTTP client is made that takes a proxy from the environment for requests to this machine.
/// What a client of the SDK is made with is a function, and the SDK sees to it.
fn proxied(text: &str) -> Vec<String> {
    let [get, new, default] =
        ["get(", "Client::new()", "Client::default()"].map(|call| format!("{}::{call}", "reqwest"));
    let bare = [get, new, default]
        .into_iter()
        .filter(|call| text.contains(call.as_str()));
    let builder = concat!("reqwest::", "Client::builder()");
    let built = text.match_indices(builder).filter(|(at, _)| {
        let before = text[..*at].trim_end_matches(|c: char| c.is_whitespace() || c == '{');
        let after = &text[at + builder.len()..];
        let settings = after.split(".build()").next().unwrap_or_default();
        !before.ends_with("||") && !settings.contains(".no_proxy()")
    });
    bare.chain(built.map(|(at, call)| format!("{call} at byte {at}")))
        .collect()
}

#[test]
fn guard_against_proxied_clients_finds_each_way_to_make_one() {
    let reqwest = "reqwest";
    for text in [
        format!("{reqwest}::Client::new()"),
        format!("{reqwest}::get(url)"),
        format!("{reqwest}::Client::builder().build()"),
    ] {
        assert_eq!(proxied(&text).len(), 1, "{text}");
    }
    for text in [
        format!("{reqwest}::Client::builder()\n    .timeout(limit)\n    .no_proxy()\n    .build()"),
        format!("builder.http(|| {reqwest}::Client::builder().timeout(limit))"),
    ] {
        assert_eq!(proxied(&text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn http_clients_of_tests_and_examples_ignore_the_proxies_of_the_environment() {
    let mut files = Vec::new();
    sources(&root(), &mut files);
    for file in files {
        let found = proxied(&fs::read_to_string(&file).unwrap());
        assert!(found.is_empty(), "{}: {found:?}", file.display());
    }
}

#[test]
fn rust_version_in_the_readme_is_the_workspaces() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let version = manifest
        .lines()
        .find_map(|line| line.strip_prefix("rust-version = \""))
        .unwrap()
        .trim_end_matches('"');
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    assert!(
        readme.contains(&format!("Rust {version}")),
        "README.md doesn't name Rust {version}"
    );
}

#[test]
fn commands_of_the_readme_are_the_ones_that_ci_runs() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let ci = fs::read_to_string(root().join(".ci/run")).unwrap();
    assert!(readme.contains("\ncargo test --workspace\n") && ci.contains("\nstep cargo test --workspace\n"));
    assert!(readme.contains("\ncargo run --example quickstart\n") && ci.contains("--example quickstart\n"));
}

/// How many operations of a document have a path that starts with `prefix`.
fn operations(document: &str, prefix: &str) -> usize {
    let document: serde_json::Value = serde_json::from_str(document).unwrap();
    let paths = document["paths"].as_object().unwrap().iter();
    let items = paths.filter(|(path, _)| path.starts_with(prefix)).map(|(_, item)| item);
    items
        .flat_map(|item| item.as_object().unwrap().values())
        .filter(|entry| entry["operationId"].is_string())
        .count()
}

#[test]
fn readme_counts_the_operations_of_the_documents() {
    use account_provisioning_spec as spec;

    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    for (api, count) in [
        ("Cloudflare Accounts", operations(spec::cloudflare::WIRE, "/")),
        (
            "Cloudinary Provisioning",
            operations(spec::cloudinary::WIRE, "/v1_1/provisioning/"),
        ),
        ("Cloudinary Permissions", operations(spec::cloudinary::WIRE, "/v2/")),
        ("Cloudspot License", operations(spec::cloudspot::WIRE, "/")),
    ] {
        let row = format!("| {api} | {count} |");
        assert!(readme.contains(&row), "README.md has no row `{row}`");
    }
}

/// The tests that a line of a table names in its last column: `module::name`, or `module::*` for all of a module.
fn tests_named(line: &str) -> Vec<&str> {
    let last = line.trim().trim_end_matches('|').rsplit('|').next().unwrap_or_default();
    last.split('`')
        .skip(1)
        .step_by(2)
        .filter(|name| name.contains("::"))
        .collect()
}

#[test]
fn tests_named_in_the_threat_model_exist() {
    let root = root();
    let mut files = Vec::new();
    sources(&root, &mut files);
    let code: String = files
        .iter()
        .filter(|file| file.extension().is_some_and(|extension| extension == "rs"))
        .map(|file| fs::read_to_string(file).unwrap())
        .collect();
    let model = fs::read_to_string(root.join("SECURITY.md")).unwrap();
    let mut count = 0;
    for line in model
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| threat"))
    {
        let names = tests_named(line);
        assert!(
            !names.is_empty() || line.contains("cargo xtask"),
            "no test shows: {line}"
        );
        for name in names {
            let (module, test) = name.rsplit_once("::").unwrap();
            let module = module.rsplit("::").next().unwrap();
            let found = match test {
                "*" => code.contains(&format!("mod {module};")) || code.contains(&format!("mod {module} {{")),
                test => code.contains(&format!("fn {test}(")),
            };
            assert!(found, "there is no test {name}, which SECURITY.md names");
            count += 1;
        }
    }
    assert!(count > 40, "only {count} tests are named");
}
