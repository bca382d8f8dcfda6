//! Generates code from `document.json`, as the low-level crate does from the documents of the APIs.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use account_provisioning_codegen::{Options, canonical, generate, normalise};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=document.json");
    let document = serde_json::from_str(&fs::read_to_string("document.json")?)?;
    let code = generate(&canonical::write(&normalise(&document)?), Options::default())?;
    let directory = env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?;
    fs::write(Path::new(&directory).join("generated.rs"), code)?;
    Ok(())
}
