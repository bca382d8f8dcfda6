//! The emulator, beside a mock server that knows the document alone.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use account_provisioning::cloudinary;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde_json::Value;

use crate::Result;
use crate::lab::{Lab, Unavailable, output};
use crate::load::Target;
use crate::replies::USERS;

const ACCOUNT: &str = "emulator-account";
const KEY: &str = "emulator-key";
const SECRET: &str = "emulator-secret";
const CONNECTIONS: usize = 8;

/// A server, which ends when this is dropped.
struct Server {
    child: Child,
    target: Target,
}

impl Drop for Server {
    fn drop(&mut self) {
        // If it ended on its own, there is nothing to do.
        self.child.kill().and_then(|()| self.child.wait()).ok();
    }
}

pub(super) fn run(lab: &mut Lab) -> Result<()> {
    for profile in [&["--release"][..], &[]] {
        let mut cargo = lab.cargo();
        cargo.args([
            "build",
            "--quiet",
            "--target-dir",
            "target",
            "--package",
            "account-provisioning-emulator",
        ]);
        output(cargo.args(profile))?;
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(measure(lab))
}

async fn measure(lab: &mut Lab) -> Result<()> {
    let (release, reply) = emulator(lab, "release").await?;
    let (debug, _) = emulator(lab, "debug").await?;
    let time = Duration::from_secs(lab.times(5, 2) as u64);
    let mut pairs = Vec::new();
    for _ in 0..lab.times(5, 2) {
        let other = release.target.rate(CONNECTIONS, time).await?;
        pairs.push((debug.target.rate(CONNECTIONS, time).await?, other));
    }
    lab.keep("emulator-debug", &pairs, None)?;
    drop(debug);

    let prism = prism(lab, &reply).await?;
    let mut pairs = Vec::new();
    for _ in 0..lab.times(5, 2) {
        let other = prism.target.rate(CONNECTIONS, time).await?;
        pairs.push((release.target.rate(CONNECTIONS, time).await?, other));
    }
    lab.keep("emulator-release", &pairs, None)
}

/// Starts the emulator of one profile with 100 users, and returns its list of them.
async fn emulator(lab: &Lab, profile: &str) -> Result<(Server, Bytes)> {
    let program = format!("target/{profile}/provisioning-emulator{}", std::env::consts::EXE_SUFFIX);
    let mut child = Command::new(lab.root.join(program))
        .args(["--port", "0"])
        .stdout(Stdio::piped())
        .spawn()?;
    let mut line = String::new();
    let stdout = child.stdout.take().ok_or("the emulator has no output")?;
    BufReader::new(stdout).read_line(&mut line)?;
    let url = line
        .split_whitespace()
        .find(|word| word.starts_with("http://"))
        .ok_or("no URL of the emulator")?;
    let target = target(url.trim_start_matches("http://").parse()?);
    let server = Server { child, target };
    let client = cloudinary::Client::builder()
        .account_id(ACCOUNT)
        .api_key(KEY)
        .api_secret(SECRET)
        .base_url(url)
        .build()?;
    let present = client.users().list().collect().await?.len();
    for number in present..USERS {
        let name = format!("Ann Example {number:07}");
        client
            .users()
            .create(name, format!("ann.example.{number:07}@client.example"))
            .await?;
    }
    let reply = server.target.fetch().await?;
    Ok((server, full(reply)?))
}

/// Starts Prism with the document of Cloudinary, in which the list of users is this reply.
async fn prism(lab: &Lab, reply: &Bytes) -> Result<Server> {
    let program = lab.tool("prism")?;
    let mut document: Value =
        serde_json::from_slice(&fs::read(lab.root.join("crates/spec/data/cloudinary.wire.json"))?)?;
    let pointer =
        "/paths/~1v1_1~1provisioning~1accounts~1{account_id}~1users/get/responses/200/content/application~1json";
    let media = document
        .pointer_mut(pointer)
        .ok_or("the document has no list of users")?;
    media["example"] = serde_json::from_slice(reply)?;
    let path = lab.directory("prism")?.join("cloudinary.json");
    fs::write(&path, document.to_string())?;
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
    let child = mock(&program, port, &path)?;
    let server = Server {
        child,
        target: target((Ipv4Addr::LOCALHOST, port).into()),
    };
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(60) {
        if std::net::TcpStream::connect(server.target.address).is_ok() {
            full(server.target.fetch().await?)?;
            return Ok(server);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Err(Unavailable("Prism does not start".into()).into())
}

fn mock(program: &Path, port: u16, document: &Path) -> Result<Child> {
    let mut prism = Command::new(program);
    prism
        .args([
            "mock",
            "--host",
            "127.0.0.1",
            "--port",
            &port.to_string(),
            "-v",
            "silent",
        ])
        .arg(document);
    Ok(prism.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?)
}

fn target(address: SocketAddr) -> Target {
    Target {
        address,
        path: format!("/v1_1/provisioning/accounts/{ACCOUNT}/users?page=1&page_size={USERS}"),
        authorization: format!("Basic {}", STANDARD.encode(format!("{KEY}:{SECRET}"))),
    }
}

/// A list of users, which has to be full.
fn full(reply: Bytes) -> Result<Bytes> {
    let list: Value = serde_json::from_slice(&reply)?;
    match list["users"].as_array().map(Vec::len) {
        Some(USERS) => Ok(reply),
        found => Err(format!("a list of {found:?} users instead of {USERS}").into()),
    }
}
