//! Does with this client what a scenario does with a vendor's client, on the same emulator, and prints what happened as
//! JSON. `tests/interop` calls it.

mod cloudflare;
mod cloudinary;
mod cloudspot;
mod scene;

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::Parser;

/// Plays one scene and prints what happened, as one JSON object.
#[derive(Debug, Parser)]
#[command(name = "interop-ours")]
struct Arguments {
    /// The name of the scene.
    scene: String,
    /// The address of the emulator, such as `http://127.0.0.1:1234`.
    url: String,
    /// The ids and days that the scene needs.
    arguments: Vec<String>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let Arguments { scene, url, arguments } = Arguments::parse();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let played = match cloudinary::play(&scene, &url, &arguments).await {
        None => match cloudflare::play(&scene, &url, &arguments).await {
            None => cloudspot::play(&scene, &url, &arguments).await,
            played => played,
        },
        played => played,
    };
    let Some(played) = played else {
        let _ = writeln!(
            io::stderr(),
            "there is no scene {scene:?} with {} arguments",
            arguments.len()
        );
        return ExitCode::FAILURE;
    };
    let told = played.unwrap_or_else(|error| scene::told(&error));
    let _ = writeln!(io::stdout(), "{told}");
    ExitCode::SUCCESS
}
