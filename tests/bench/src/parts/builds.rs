//! Cold builds of small programs, in directories of their own.

use std::fs;
use std::path::{Path, PathBuf};

use crate::Result;
use crate::lab::{Lab, Unavailable, cost, output};

/// A program that is built.
struct Project {
    name: &'static str,
    dependencies: String,
    code: &'static str,
    /// Whether it is built with the versions that this workspace is built with.
    locked: bool,
}

/// What one build took.
struct Built {
    cpu: f64,
    bytes: f64,
}

pub(super) fn run(lab: &mut Lab) -> Result<()> {
    let octocrab = Project {
        name: "octocrab-program",
        dependencies: "octocrab = \"*\"".to_owned(),
        code: include_str!("../../projects/octocrab.rs"),
        locked: false,
    };
    let one = one_api(lab);
    let three = Project {
        name: "three-apis",
        dependencies: ours(lab, ""),
        code: include_str!("../../projects/three_apis.rs"),
        locked: true,
    };
    let newest = octocrab.prepare(lab)?;
    let (one, three) = (one.prepare(lab)?, three.prepare(lab)?);
    let note = version(&newest, "octocrab");
    let (mut debug, mut sizes, mut release) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..lab.times(3, 1) {
        let (other, ours) = (cold(lab, &newest, &[])?, cold(lab, &one, &[])?);
        debug.push((ours.cpu, other.cpu));
        sizes.push((ours.bytes, other.bytes));
        let (other, ours) = (cold(lab, &newest, &["--release"])?, cold(lab, &three, &["--release"])?);
        release.push((ours.cpu, other.cpu));
    }
    lab.keep("build-cpu", &debug, note.clone())?;
    lab.keep("build-size", &sizes, note.clone())?;
    lab.keep("release-cpu", &release, note)
}

pub(super) fn size(lab: &mut Lab) -> Result<()> {
    let raw = Project {
        name: "raw",
        dependencies: [
            r#"chrono = { version = "0.4", default-features = false, features = ["std", "clock", "serde"] }"#,
            r#"reqwest = { version = "0.13", default-features = false, features = ["http2", "rustls"] }"#,
            r#"serde = { version = "1", features = ["derive"] }"#,
            r#"serde_json = "1""#,
        ]
        .join("\n"),
        code: include_str!("../../projects/raw.rs"),
        locked: true,
    };
    let mut sizes = Vec::new();
    for project in [one_api(lab), raw] {
        let directory = project.prepare(lab)?;
        output(
            lab.cargo()
                .current_dir(&directory)
                .args(["build", "--quiet", "--release", "--target-dir", "target"]),
        )?;
        let binary = format!("target/release/{}{}", project.name, std::env::consts::EXE_SUFFIX);
        sizes.push(fs::metadata(directory.join(binary))?.len() as f64);
        fs::remove_dir_all(directory.join("target"))?;
    }
    lab.keep("size", &[(sizes[0], sizes[1])], None)
}

/// The program with one API and the default transport.
fn one_api(lab: &Lab) -> Project {
    Project {
        name: "one-api",
        dependencies: ours(
            lab,
            r#", default-features = false, features = ["cloudinary", "http2", "rustls"]"#,
        ),
        code: include_str!("../../projects/one_api.rs"),
        locked: true,
    }
}

/// The dependency on this client.
fn ours(lab: &Lab, features: &str) -> String {
    let path = lab.root.join("crates/client");
    format!(
        "account-provisioning = {{ path = {:?}{features} }}",
        path.display().to_string()
    )
}

impl Project {
    /// Writes the project, and downloads what it needs.
    fn prepare(&self, lab: &Lab) -> Result<PathBuf> {
        let directory = lab.directory(&format!("projects/{}", self.name))?;
        let Self { name, dependencies, .. } = self;
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
             {dependencies}\ntokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n\n[profile.release]\nstrip = true\n"
        );
        fs::create_dir_all(directory.join("src"))?;
        fs::write(directory.join("Cargo.toml"), manifest)?;
        fs::write(directory.join("src/main.rs"), self.code)?;
        let lock = directory.join("Cargo.lock");
        if self.locked {
            fs::copy(lab.root.join("Cargo.lock"), lock)?;
        } else if lock.exists() {
            fs::remove_file(lock)?;
        }
        output(lab.cargo().current_dir(&directory).args(["fetch", "--quiet"])).map_err(|problem| {
            let said = problem.to_string();
            Unavailable(format!(
                "what `{name}` needs can't be downloaded: {}",
                said.lines().last().unwrap_or_default()
            ))
        })?;
        Ok(directory)
    }
}

/// Builds a project from nothing.
///
/// Without data for incremental builds: cargo keeps none for a dependency that it downloads, such as octocrab, but would for
/// one with a path, such as this client here.
fn cold(lab: &Lab, directory: &Path, arguments: &[&str]) -> Result<Built> {
    let target = directory.join("target");
    if target.exists() {
        fs::remove_dir_all(&target)?;
    }
    let mut cargo = lab.cargo();
    cargo
        .current_dir(directory)
        .env("CARGO_INCREMENTAL", "0")
        .args(["build", "--quiet", "--offline", "--target-dir", "target"])
        .args(arguments);
    let cpu = cost(&mut cargo)?.cpu;
    let bytes = bytes_in(&target)?;
    fs::remove_dir_all(&target)?;
    Ok(Built { cpu, bytes })
}

/// How large the files in a directory are. Those with several names count once for each.
fn bytes_in(directory: &Path) -> Result<f64> {
    let mut bytes = 0.0;
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let kind = entry.metadata()?;
        bytes += if kind.is_dir() {
            bytes_in(&entry.path())?
        } else {
            kind.len() as f64
        };
    }
    Ok(bytes)
}

/// The version of a package in the lock file of a project.
fn version(directory: &Path, package: &str) -> Option<String> {
    let lock = fs::read_to_string(directory.join("Cargo.lock")).ok()?;
    let (_, rest) = lock.split_once(&format!("name = \"{package}\"\nversion = \""))?;
    Some(rest.split_once('"')?.0.to_owned())
}
