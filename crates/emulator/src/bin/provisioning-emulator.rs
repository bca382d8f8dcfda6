//! Serves the account provisioning APIs, by default on a port of 127.0.0.1.

use std::error::Error;
use std::io::{self, Write as _};
use std::net::{AddrParseError, IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::process::ExitCode;

use account_provisioning_emulator::Emulator;
use clap::Parser;

/// A stateful local server of the account provisioning APIs.
///
/// Prints one line with its address when it is ready. Stops on SIGTERM and Ctrl-C.
#[derive(Debug, Parser)]
#[command(name = "provisioning-emulator", version)]
struct Arguments {
    /// The address to listen on, such as 127.0.0.1, ::1, or 0.0.0.0 for clients on other machines.
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST), value_parser = address)]
    host: IpAddr,
    /// The port to listen on; 0 picks a free one.
    #[arg(long, default_value_t = 8377)]
    port: u16,
    /// The seed of ids, keys, secrets and fault probabilities; equal seeds give equal results.
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// A JSON file with the initial state; without it, the state has the default accounts.
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    /// Serve the control interface under /__emulator/, which exposes secrets.
    #[arg(long)]
    control: bool,
}

/// Parses an address, which may be in brackets, as an IPv6 address is in a URL.
fn address(text: &str) -> Result<IpAddr, AddrParseError> {
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    bare.unwrap_or(text).parse()
}

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // If standard error is closed, there is nowhere to report the error.
            let _ = report(error.as_ref());
            ExitCode::FAILURE
        }
    }
}

fn report(error: &dyn Error) -> io::Result<()> {
    let mut stderr = io::stderr().lock();
    write!(stderr, "error: {error}")?;
    let mut source = error.source();
    while let Some(cause) = source {
        write!(stderr, ": {cause}")?;
        source = cause.source();
    }
    writeln!(stderr)
}

fn run(arguments: Arguments) -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        // Catch signals before printing the address, since its reader may send one immediately.
        let stop = stop_signal()?;
        if arguments.control && !arguments.host.is_loopback() {
            let warning = "warning: --control shows every secret to all machines that reach this address, and lets them \
                           change everything";
            // If standard error is closed, nobody reads warnings.
            let _ = writeln!(io::stderr(), "{warning}");
        }
        let mut builder = Emulator::builder()
            .host(arguments.host)
            .port(arguments.port)
            .seed(arguments.seed)
            .control(arguments.control);
        if let Some(path) = arguments.state {
            builder = builder.state_file(path);
        }
        let emulator = builder.start().await?;
        let mut stdout = io::stdout().lock();
        writeln!(stdout, "listening on {}", emulator.base_url())?;
        stdout.flush()?;
        drop(stdout);
        stop.await;
        emulator.shutdown().await;
        Ok(())
    })
}

#[cfg(unix)]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        // If Ctrl-C cannot be caught, it ends the process anyway.
        let _ = tokio::signal::ctrl_c().await;
    })
}
