//! Rotates an access key of a product environment at Cloudinary, with a time in which both keys work. It can be killed at any
//! moment: the next run goes on, and in the end one key works and no other is left.
//!
//! `cargo run --example key_rotation -- --environment ID --directory DIR --overlap 3600` uses the account that the environment
//! names (`CLOUDINARY_ACCOUNT_URL`), and the key in `DIR/vault.json`. Run it from a timer. Without arguments, an emulator is
//! started in this process, and a key is rotated there.
#![allow(
    clippy::print_stdout,
    unreachable_pub,
    reason = "an example prints what it does, and has modules for the reader"
)]

#[path = "../shared/files.rs"]
mod files;
mod rotation;

use std::error::Error;
use std::fs::{self, File};
use std::path::PathBuf;

use account_provisioning::cloudinary::Client;
use account_provisioning_emulator::{Emulator, Fault};
use chrono::TimeDelta;
use clap::Parser;

use self::rotation::{Kept, Rotation};

/// Rotates an access key.
#[derive(Parser)]
struct Arguments {
    /// The id of the product environment.
    #[arg(long, requires = "directory")]
    environment: Option<String>,
    /// Where the vault and the progress are kept.
    #[arg(long, requires = "environment")]
    directory: Option<PathBuf>,
    /// For how many seconds both keys work.
    #[arg(long, default_value_t = 0)]
    overlap: u32,
    /// End at once after this many steps, as in a crash.
    #[arg(long)]
    stop_after: Option<u32>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let (Some(environment), Some(directory)) = (&arguments.environment, arguments.directory) else {
        return on_emulator().await;
    };
    // Two runs at once would take each other's key for a lost one. The lock ends with the process.
    let lock = File::create(directory.join("lock"))?;
    lock.try_lock()?;
    let rotation = Rotation {
        keys: Client::from_env()?.access_keys(environment.as_str()),
        directory,
        overlap: TimeDelta::seconds(arguments.overlap.into()),
        stop_after: arguments.stop_after,
    };
    match rotation.run().await? {
        Some(until) => println!("Both keys work until {until}: run it again after that."),
        None => println!("Done: one key works, and it is in the vault."),
    }
    Ok(())
}

async fn on_emulator() -> Result<(), Box<dyn Error>> {
    let emulator = Emulator::start().await?;
    let cloudinary = Client::builder()
        .account_url(emulator.cloudinary().url())
        .base_url(emulator.cloudinary().base_url())
        .build()?;
    let environment = cloudinary.product_environments().create("Client Portal").await?;
    let keys = cloudinary.access_keys(&environment.id);
    let directory = std::env::temp_dir().join(format!("key-rotation-{}", std::process::id()));
    fs::create_dir_all(&directory)?;
    let first = keys.list().await?.items.pop().ok_or("a new environment has a key")?;
    let (api_key, api_secret) = (first.api_key, "known to the application".to_owned());
    files::write(&directory.join("vault.json"), &Kept { api_key, api_secret })?;

    println!("Rotating a key, with a lost response");
    emulator.inject(Fault::reset_after().on("generateAccessKey").nth(1));
    let rotation = Rotation {
        keys: keys.clone(),
        directory: directory.clone(),
        overlap: TimeDelta::zero(),
        stop_after: None,
    };
    rotation.run().await?;

    let kept: Option<Kept> = files::read(&directory.join("vault.json"))?;
    fs::remove_dir_all(&directory)?;
    let left = keys.list().collect().await?;
    let [key] = &left[..] else {
        return Err(format!("{} keys are left", left.len()).into());
    };
    if kept.is_none_or(|kept| kept.api_key != key.api_key) {
        return Err("the key that is left is not the one in the vault".into());
    }
    println!("\nDone: one key is left, {}, and it is in the vault.", key.api_key);
    Ok(())
}
