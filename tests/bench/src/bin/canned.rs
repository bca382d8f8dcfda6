//! The canned server. It prints its URL, and runs until it is ended.
#![allow(clippy::print_stdout, reason = "the URL is what the program prints")]

use std::time::Duration;

use clap::Parser;
use tokio::net::TcpListener;

/// Answers with fixed bytes.
#[derive(Debug, Parser)]
struct Arguments {
    /// How long to wait before each answer, in milliseconds.
    #[arg(long, default_value_t = 0)]
    latency: u64,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> bench::Result<()> {
    let arguments = Arguments::parse();
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    println!("http://{}", listener.local_addr()?);
    bench::server::serve(listener, Duration::from_millis(arguments.latency)).await
}
