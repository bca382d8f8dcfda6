//! `cargo xtask interop`: runs the vendors' clients, Prism and Schemathesis.

use std::env;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use clap::Args;
use xtask::{Failure, Outcome, Workspace};

/// Runs the vendors' own clients against the emulator, compares them and Rust clients with this one, and writes
/// docs/interop.md. The clients are installed under `target/interop`, in pinned versions, with Python 3.10 or newer; cargo
/// fetches the crates.
///
/// Exit codes: 0 if everything passed, 1 if something failed, 3 if what comes from a registry cannot be installed.
#[derive(Debug, Args)]
pub(crate) struct Interop {
    /// Instead, let Prism mock each document with validation of requests, and send it every operation of the client.
    #[arg(long, conflicts_with_all = ["check", "schemathesis"])]
    prism: bool,
    /// Mock this document instead of ours, such as a vendor's own.
    #[arg(long, requires_all = ["prism", "api"])]
    document: Option<PathBuf>,
    /// The API of the document.
    #[arg(long, requires = "document")]
    api: Option<String>,
    /// Instead, let Schemathesis send cases to the emulator, drawn from each document.
    #[arg(long, conflicts_with = "check")]
    schemathesis: bool,
    /// How many random cases Schemathesis draws for each operation.
    #[arg(long, default_value_t = 20, requires = "schemathesis")]
    cases: u32,
    /// Send only five random cases for each operation.
    #[arg(long, requires = "schemathesis", conflicts_with = "cases")]
    quick: bool,
    /// Fail if docs/interop.md is stale, instead of writing it.
    #[arg(long)]
    check: bool,
}

impl Interop {
    /// Everything but the building is done by `tests/interop`, in the languages of the tools.
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        let workspace = Workspace::here();
        workspace.selected(self.api.as_deref())?;
        let binary = |name: &str| workspace.root().join("target/debug").join(name);
        let mut python = Command::new("python3");
        python.current_dir(workspace.root()).env("PYTHONDONTWRITEBYTECODE", "1");
        if self.prism {
            python
                .arg("tests/interop/prism.py")
                .arg("--check")
                .arg(binary("prism-check"));
            if let (Some(document), Some(api)) = (&self.document, &self.api) {
                let document = env::current_dir().map_or_else(|_| document.clone(), |here| here.join(document));
                python.arg("--document").arg(document).arg("--api").arg(api);
            }
        } else if self.schemathesis {
            python
                .arg("tests/interop/fuzz.py")
                .arg("--emulator")
                .arg(binary("provisioning-emulator"));
            python
                .arg(format!("--cases={}", self.cases))
                .args(self.quick.then_some("--quick"));
        } else {
            python
                .arg("tests/interop/run.py")
                .arg("--emulator")
                .arg(binary("provisioning-emulator"));
            python
                .arg("--ours")
                .arg(binary("interop-ours"))
                .args(["--page", "docs/interop.md"]);
            python.args(self.check.then_some("--check"));
        }
        build(&workspace)?;
        python.args(["--target", "target/interop"]).stderr(Stdio::inherit());
        let output = python
            .output()
            .map_err(|problem| Failure::new(format!("can't start python3: {problem}")).with_code(3))?;
        let code = output.status.code().and_then(|code| u8::try_from(code).ok());
        Ok(Outcome::new(String::from_utf8_lossy(&output.stdout)).with_code(code.unwrap_or(1)))
    }
}

/// Builds the programs that take part, always all of them: another choice of packages would choose other features, and
/// build everything again.
fn build(workspace: &Workspace) -> Result<(), Failure> {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .current_dir(workspace.root())
        .args(["build", "--quiet", "--bins", "--target-dir", "target"]);
    for package in ["account-provisioning-emulator", "interop", "prism-check"] {
        cargo.args(["--package", package]);
    }
    match cargo.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(Failure::new("the programs that take part can't be built")),
        Err(problem) => Err(Failure::new(format!("can't start cargo: {problem}"))),
    }
}
