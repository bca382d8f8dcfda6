//! Sends every operation of one API to a server that validates requests against a document, such as Prism: once with the
//! required fields alone and once with all fields. Every request must be accepted, and every reply must decode.

mod case;
mod draw;
mod tables;

use std::error::Error;
use std::io::{self, Write as _};
use std::process::ExitCode;

use account_provisioning::{Secret, cloudflare, cloudinary, cloudspot};
use account_provisioning_core::{Credentials, Transport};
use account_provisioning_spec as spec;
use clap::{Parser, ValueEnum};
use http::HeaderName;
use serde_json::Value;

use case::{Case, Problem};
use draw::{Drawer, Extent};

/// Sends every operation of one API to a server that validates requests.
#[derive(Debug, Parser)]
#[command(name = "prism-check")]
struct Arguments {
    /// The API whose operations are sent.
    #[arg(long)]
    api: Api,
    /// The base URL of the server.
    #[arg(long)]
    url: String,
    /// Only report operations that the server's document lacks, or for which it alone demands credentials.
    #[arg(long)]
    foreign: bool,
}

/// An API.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Api {
    Cloudflare,
    Cloudinary,
    Cloudspot,
}

impl Api {
    fn cases(self) -> &'static [Case] {
        match self {
            Self::Cloudflare => tables::cloudflare::CASES,
            Self::Cloudinary => tables::cloudinary::CASES,
            Self::Cloudspot => tables::cloudspot::CASES,
        }
    }

    /// The document with its overlay, which says what the client sends.
    fn overlaid(self) -> &'static str {
        match self {
            Self::Cloudflare => include_str!(concat!(env!("OUT_DIR"), "/cloudflare.json")),
            Self::Cloudinary => include_str!(concat!(env!("OUT_DIR"), "/cloudinary.json")),
            Self::Cloudspot => include_str!(concat!(env!("OUT_DIR"), "/cloudspot.json")),
        }
    }

    /// The document as it is on the wire.
    fn wire(self) -> &'static str {
        match self {
            Self::Cloudflare => spec::cloudflare::WIRE,
            Self::Cloudinary => spec::cloudinary::WIRE,
            Self::Cloudspot => spec::cloudspot::WIRE,
        }
    }

    fn transport(self, url: &str) -> Result<Transport, Box<dyn Error>> {
        Ok(match self {
            Self::Cloudflare => {
                let client = cloudflare::Client::builder().api_token("token").base_url(url);
                client.build()?.low_level().clone()
            }
            Self::Cloudinary => {
                let client = cloudinary::Client::builder().account_url("account://key:secret@account");
                client.base_url(url).build()?.low_level().clone()
            }
            Self::Cloudspot => {
                let client = cloudspot::Client::builder("app").base_url(url).build()?;
                let both = [("x-license-module", "app"), ("x-license-token", "token")];
                let headers = both.map(|(name, value)| (HeaderName::from_static(name), Secret::new(value)));
                client
                    .low_level()
                    .with_credentials(Credentials::headers(headers.into())?)
            }
        })
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut out = io::stdout().lock();
    match check(&arguments, &mut out).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(problem) => {
            let _ = writeln!(io::stderr(), "{problem}");
            ExitCode::FAILURE
        }
    }
}

/// Sends everything and prints what failed and how many passed. Returns whether nothing failed.
async fn check(arguments: &Arguments, out: &mut impl io::Write) -> Result<bool, Box<dyn Error>> {
    let overlaid: Value = serde_json::from_str(arguments.api.overlaid())?;
    let wire: Value = serde_json::from_str(arguments.api.wire())?;
    let transport = arguments.api.transport(&arguments.url)?;
    let (mut passed, mut failed, mut absent) = (0, 0, 0);
    for case in arguments.api.cases() {
        for extent in [Extent::Required, Extent::Everything] {
            let drawer = Drawer {
                wire: &wire,
                overlaid: &overlaid,
                extent,
            };
            let sent = match drawer.values(case) {
                Ok(values) => (case.send)(&transport, values).await,
                Err(problem) => Err(problem),
            };
            let name = case.operation.operation_id;
            match sent {
                Ok(()) => passed += 1,
                Err(Problem::Absent(why)) if arguments.foreign => {
                    absent += 1;
                    writeln!(out, "{name} ({extent:?}): not comparable, {why}")?;
                }
                Err(Problem::Absent(why) | Problem::Unfit(why) | Problem::Failed(why)) => {
                    failed += 1;
                    writeln!(out, "{name} ({extent:?}): {why}")?;
                }
            }
        }
    }
    let operations = arguments.api.cases().len();
    let api = arguments.api;
    let counts = format!("{passed} requests passed, {failed} failed, {absent} not comparable");
    writeln!(out, "{api:?}: {operations} operations, {counts}")?;
    Ok(failed == 0)
}
