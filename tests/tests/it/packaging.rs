//! What is published: each package says what it is, and no build brings a second TLS library.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The TLS libraries, and the providers of cryptography for rustls, that a build of the SDK holds.
fn tls_of(features: &str) -> BTreeSet<String> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(root()).args(["tree", "--locked"]);
    cargo.args([
        "--package",
        "account-provisioning",
        "--edges",
        "normal",
        "--prefix",
        "none",
    ]);
    if features != "default" {
        cargo.args(["--no-default-features", "--features", features]);
    }
    let output = cargo.output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let tree = String::from_utf8(output.stdout).unwrap();
    let names = tree.lines().filter_map(|line| line.split(' ').next());
    names
        .filter(|name| ["aws-lc-rs", "native-tls", "ring", "rustls"].contains(name))
        .map(str::to_owned)
        .collect()
}

#[test]
fn each_feature_of_tls_brings_one_library_and_one_provider_and_no_other_feature_brings_any() {
    for (features, expected) in [
        ("default", &["aws-lc-rs", "rustls"][..]),
        ("cloudflare,rustls", &["aws-lc-rs", "rustls"]),
        ("cloudflare,rustls-no-provider,http2", &["rustls"]),
        ("cloudflare,native-tls,http2", &["native-tls"]),
        (
            "cloudflare,cloudspot,cedar,http2,blocking,schemars,governor,redis,tower",
            &[],
        ),
    ] {
        let expected = expected.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(tls_of(features), expected, "with {features}");
    }
}

/// The directories and names of the crates that are published.
fn published() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(root().join("crates")).unwrap() {
        let directory = entry.unwrap().file_name().into_string().unwrap();
        let manifest = text(&format!("crates/{directory}/Cargo.toml"));
        let name = manifest
            .lines()
            .find_map(|line| line.strip_prefix("name = \""))
            .unwrap();
        found.push((directory, name.trim_end_matches('"').to_owned()));
    }
    assert!(found.len() >= 7, "{found:?}");
    found
}

#[test]
fn published_crates_have_a_readme_and_are_documented_with_all_features() {
    let releasing = text("RELEASING.md");
    for (directory, name) in published() {
        let manifest = text(&format!("crates/{directory}/Cargo.toml"));
        for wanted in [
            "\ndescription = ",
            "\nreadme = \"README.md\"\n",
            "\nversion.workspace = true\n",
            "\nrust-version.workspace = true\n",
            "\nlicense.workspace = true\n",
            "\n[package.metadata.docs.rs]\nall-features = true\n",
        ] {
            assert!(manifest.contains(wanted), "{name} lacks {wanted:?}");
        }
        let readme = text(&format!("crates/{directory}/README.md"));
        assert!(readme.starts_with(&format!("# {name}\n")), "the README of {name}");
        let short = name.strip_prefix("account-provisioning").unwrap();
        assert!(
            releasing.contains(&format!("`{name}`")) || releasing.contains(&format!("`{short}`")),
            "RELEASING.md doesn't name {name}"
        );
    }
}

/// The rows of the table of environment variables.
fn variables(text: &str) -> Vec<&str> {
    let lines = text.lines().map(|line| line.trim_start_matches("//! "));
    let rows = lines.skip_while(|line| !line.starts_with("| variable |"));
    rows.take_while(|line| line.starts_with('|')).collect()
}

#[test]
fn readme_lists_the_variables_of_the_documentation() {
    let (readme, documentation) = (text("README.md"), text("crates/client/src/lib.rs"));
    assert!(variables(&readme).len() > 10);
    assert_eq!(variables(&readme), variables(&documentation));
}

#[test]
fn readme_and_the_crates_begin_with_the_same_program() {
    let of = |path| {
        let text = text(path);
        let (_, rest) = text.split_once("```rust").unwrap();
        rest.split_once("\n```").unwrap().0.to_owned()
    };
    assert_eq!(of("README.md"), of("crates/client/README.md"));
}

/// The words after `--exclude`.
fn excluded(text: &str) -> BTreeSet<&str> {
    let mut words = text.split_whitespace();
    let mut found = BTreeSet::new();
    while words.any(|word| word == "--exclude") {
        found.extend(words.next());
    }
    found
}

#[test]
fn release_checklist_publishes_what_ci_packages() {
    let (releasing, ci) = (text("RELEASING.md").replace('`', " "), text(".ci/run"));
    assert!(excluded(&ci).len() > 3);
    assert_eq!(excluded(&releasing), excluded(&ci));
}

#[test]
fn security_and_releases_are_linked_where_people_look() {
    for path in ["README.md", "CONTRIBUTING.md"] {
        let text = text(path);
        for file in ["SECURITY.md", "RELEASING.md"] {
            assert!(text.contains(&format!("]({file})")), "{path} doesn't lead to {file}");
        }
    }
    let template = text(".github/pull_request_template.md");
    assert!(template.contains("cargo xtask review --base main --format markdown"));
}

#[test]
fn workflow_runs_what_ci_runs_with_the_tools_that_it_would_skip() {
    let (workflow, ci) = (text(".github/workflows/ci.yml"), text(".ci/run"));
    assert!(workflow.contains("run: .ci/run\n"));
    let tools: BTreeSet<_> = ci
        .split("command -v ")
        .skip(1)
        .filter_map(|rest| rest.split_whitespace().next())
        .map(|tool| tool.trim_end_matches(';'))
        .collect();
    assert!(tools.len() >= 3, "{tools:?}");
    for tool in tools.into_iter().chain(["valgrind"]) {
        assert!(workflow.contains(tool), "the workflow doesn't install {tool}");
    }
}
