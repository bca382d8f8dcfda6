//! Onboards a tenant from a manifest: product environments, users, groups and roles. Running it again changes nothing.
//!
//! `cargo run --example onboard -- manifest.toml` changes the account that the environment names (`CLOUDINARY_ACCOUNT_URL`).
//! Without arguments, an emulator is started in this process, and the example's own manifest is applied there twice.
#![allow(
    clippy::print_stdout,
    unreachable_pub,
    reason = "an example prints what it does, and has modules for the reader"
)]

mod apply;
mod manifest;

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use account_provisioning::cloudinary::Client;
use account_provisioning_emulator::{Emulator, Fault};
use clap::Parser;

use self::apply::apply;
use self::manifest::Manifest;

/// Onboards a tenant from a manifest.
#[derive(Parser)]
struct Arguments {
    /// The manifest, in TOML, for the account that the environment names.
    manifest: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let Some(path) = Arguments::parse().manifest else {
        return on_emulator().await;
    };
    let manifest: Manifest = toml::from_str(&fs::read_to_string(path)?)?;
    let changes = apply(&Client::from_env()?, &manifest).await?;
    println!("{changes} changes");
    Ok(())
}

async fn on_emulator() -> Result<(), Box<dyn Error>> {
    let manifest: Manifest = toml::from_str(include_str!("manifest.toml"))?;
    let emulator = Emulator::start().await?;
    let cloudinary = Client::builder()
        .account_url(emulator.cloudinary().url())
        .base_url(emulator.cloudinary().base_url())
        .build()?;
    println!("The first run, in which a response is lost");
    emulator.inject(Fault::reset_after().on("createUser").nth(2));
    let changes = apply(&cloudinary, &manifest).await?;
    println!("  {changes} changes");

    println!("\nThe second run");
    emulator.clear_requests();
    let changes = apply(&cloudinary, &manifest).await?;
    println!("  {changes} changes");
    let sent = emulator.requests();
    let writes = sent.iter().filter(|request| request.method != "GET").count();
    println!(
        "\nDone: the second run sent {} requests, and {writes} of them change anything.",
        sent.len()
    );
    if changes + writes > 0 {
        return Err("the second run was to change nothing".into());
    }
    Ok(())
}
