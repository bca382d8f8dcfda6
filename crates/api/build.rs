//! Generates the client of every enabled API from the document that `account-provisioning-spec` carries.

use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

use account_provisioning_codegen::{Options, generate};
use account_provisioning_spec as spec;

/// Each API: its module, the variable by which cargo says that its feature is on, and its document.
const APIS: [(&str, &str, &str); 2] = [
    ("cloudflare", "CARGO_FEATURE_CLOUDFLARE", spec::cloudflare::BUILD),
    ("cloudinary", "CARGO_FEATURE_CLOUDINARY", spec::cloudinary::BUILD),
];

fn main() -> ExitCode {
    // The documents come with a dependency, whose change reruns this script anyway.
    say("cargo::rerun-if-changed=build.rs");
    let options = Options::default().with_json_schema(env::var_os("CARGO_FEATURE_SCHEMARS").is_some());
    let mut failed = false;
    for (name, feature, document) in APIS {
        if env::var_os(feature).is_none() {
            continue;
        }
        if let Err(message) = write(name, document, options) {
            complain(&message);
            failed = true;
        }
    }
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn write(name: &str, document: &str, options: Options) -> Result<(), String> {
    let file = format!("crates/spec/data/{name}.build.json");
    let code = generate(document, options).map_err(|error| error.in_file(&file).to_string())?;
    let directory = env::var_os("OUT_DIR").ok_or("OUT_DIR is not set; run this script through cargo")?;
    let path = Path::new(&directory).join(format!("{name}.rs"));
    fs::write(&path, code).map_err(|error| format!("{}: {error}; check that it can be written", path.display()))
}

#[allow(clippy::print_stdout, reason = "cargo reads what a build script prints")]
fn say(line: &str) {
    println!("{line}");
}

#[allow(clippy::print_stderr, reason = "cargo shows what a failed build script prints")]
fn complain(message: &str) {
    eprintln!("{message}");
}
