//! What all parts share: where the programs are, what was measured, and who measures.

use std::env;
use std::error::Error;
use std::ffi::OsStr;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Instant;

use chrono::Utc;
use serde::de::DeserializeOwned;

use crate::report::{Figure, Results, row};
use crate::workload::Side;
use crate::{Result, cpu};

/// Something from outside is missing, so that a part can't be measured here.
#[derive(Debug)]
pub struct Unavailable(pub String);

impl fmt::Display for Unavailable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for Unavailable {}

/// What a program took.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// How much time passed, in seconds.
    pub seconds: f64,
    /// How much time of the processor it took, with the programs that it started, in seconds.
    pub cpu: f64,
}

/// Where parts work.
#[derive(Debug)]
pub struct Lab {
    /// The root of the workspace.
    pub root: PathBuf,
    /// Whether to measure as little as shows anything.
    pub quick: bool,
    /// What was measured.
    pub results: Results,
    machine: String,
}

impl Lab {
    /// A lab with the results of earlier runs.
    ///
    /// # Errors
    /// They can't be read.
    pub fn new(root: PathBuf, quick: bool) -> Result<Self> {
        let results = Results::read(&root)?;
        Ok(Self {
            root,
            quick,
            results,
            machine: machine(),
        })
    }

    /// How often something is measured: less often if it has to be quick.
    #[must_use]
    pub fn times(&self, usual: usize, quick: usize) -> usize {
        if self.quick { quick } else { usual }
    }

    /// Keeps the pairs of a row: ours, and the other.
    ///
    /// # Errors
    /// There is no such row, or there are no pairs.
    pub fn keep(&mut self, id: &str, pairs: &[(f64, f64)], note: Option<String>) -> Result<()> {
        let row = row(id).ok_or_else(|| format!("there is no row {id}"))?;
        let figure = Figure::of(row.bar, pairs).ok_or_else(|| format!("{id}: nothing was measured"))?;
        let figure = Figure {
            machine: self.machine.clone(),
            date: Utc::now().format("%Y-%m-%d").to_string(),
            note,
            ..figure
        };
        self.results.rows.insert(id.to_owned(), figure);
        Ok(())
    }

    /// A program of this package, as it was built with this one.
    ///
    /// # Errors
    /// This program has no path.
    pub fn program(&self, name: &str) -> Result<Command> {
        Ok(Command::new(beside(name)?))
    }

    /// Runs `workload` and returns what it prints.
    ///
    /// # Errors
    /// It fails.
    pub fn workload<T: DeserializeOwned>(&self, name: &str, side: Side, arguments: &[String]) -> Result<T> {
        let mut command = self.program("workload")?;
        command.arg(name).arg(side.name()).args(arguments);
        Ok(serde_json::from_slice(&output(&mut command)?.stdout)?)
    }

    /// Cargo in the root of the workspace.
    #[must_use]
    pub fn cargo(&self) -> Command {
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.current_dir(&self.root).stdin(Stdio::null());
        cargo
    }

    /// A directory of our own under `target`, which exists.
    ///
    /// # Errors
    /// It can't be made.
    pub fn directory(&self, name: &str) -> Result<PathBuf> {
        let directory = self.root.join("target/bench").join(name);
        fs::create_dir_all(&directory)?;
        Ok(directory)
    }

    /// What `tests/bench/tools.py` prints: where a tool from a registry is. It is installed if it isn't there.
    ///
    /// # Errors
    /// It can't be installed here.
    pub fn tool(&self, name: &str) -> Result<PathBuf> {
        let mut python = Command::new("python3");
        python.current_dir(&self.root).args(["tests/bench/tools.py", name]);
        python.env("PYTHONDONTWRITEBYTECODE", "1");
        let output = python.output().map_err(|_| Unavailable("there is no python3".into()))?;
        let said = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        match output.status.code() {
            Some(0) => Ok(self.root.join(said)),
            Some(3) => Err(Unavailable(said).into()),
            _ => Err(failed("python3 tests/bench/tools.py".as_ref(), &output)),
        }
    }
}

/// The path of a program that was built with this one.
fn beside(name: &str) -> Result<PathBuf> {
    Ok(env::current_exe()?.with_file_name(format!("{name}{}", env::consts::EXE_SUFFIX)))
}

/// Runs a program that has to succeed, and returns what it printed.
///
/// # Errors
/// It can't be started, or fails.
pub fn output(command: &mut Command) -> Result<Output> {
    let name = command.get_program().to_owned();
    let output = command
        .output()
        .map_err(|problem| format!("{}: {problem}", Path::new(&name).display()))?;
    if output.status.success() {
        Ok(output)
    } else {
        Err(failed(&name, &output))
    }
}

/// Runs a program that has to succeed, and returns what it took.
///
/// # Errors
/// It can't be started, or fails.
pub fn cost(command: &mut Command) -> Result<Cost> {
    let (start, before) = (Instant::now(), cpu::children()?);
    output(command)?;
    Ok(Cost {
        seconds: start.elapsed().as_secs_f64(),
        cpu: cpu::children()? - before,
    })
}

fn failed(name: &OsStr, output: &Output) -> Box<dyn Error + Send + Sync> {
    let said = String::from_utf8_lossy(&output.stderr);
    format!("{} failed:\n{}", Path::new(name).display(), said.trim()).into()
}

/// The load of the machine, if it is busy with other things and can tell.
#[must_use]
pub fn load() -> Option<f64> {
    let text = fs::read_to_string("/proc/loadavg").ok()?;
    let load = text.split(' ').next()?.parse().ok()?;
    (load > 0.5).then_some(load)
}

/// The machine in words.
fn machine() -> String {
    let read = |path: &str, key: &str| {
        let text = fs::read_to_string(path).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix(key)?.split_once(':'));
        line.map(|(_, value)| value.trim().to_owned())
    };
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let processor = read("/proc/cpuinfo", "model name").unwrap_or_else(|| env::consts::ARCH.to_owned());
    let memory = read("/proc/meminfo", "MemTotal").and_then(|text| text.split(' ').next()?.parse::<u64>().ok());
    let memory = memory
        .map(|kib| format!(", {} GiB", (kib + 524_288) / 1_048_576))
        .unwrap_or_default();
    let rustc = Command::new("rustc").arg("--version").output().ok();
    let rustc = rustc.and_then(|output| String::from_utf8(output.stdout).ok());
    let rustc = rustc
        .as_deref()
        .and_then(|text| text.split(' ').nth(1))
        .unwrap_or("unknown");
    format!("{cores} × {processor}{memory}, {}, rustc {rustc}", env::consts::OS)
}
