//! The canned server as a process of its own.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use crate::Result;

/// A running server, which ends when this is dropped.
#[derive(Debug)]
pub struct Canned {
    child: Child,
    url: String,
}

impl Canned {
    /// Starts the binary `canned`, which lies beside the current one. It answers after so many milliseconds.
    ///
    /// # Errors
    /// It can't be started.
    pub fn start(latency: u64) -> Result<Self> {
        let binary = std::env::current_exe()?.with_file_name(format!("canned{}", std::env::consts::EXE_SUFFIX));
        let mut child = Command::new(&binary)
            .arg(format!("--latency={latency}"))
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|problem| format!("{}: {problem}", binary.display()))?;
        let mut url = String::new();
        let output = child.stdout.take().ok_or("the canned server has no output")?;
        BufReader::new(output).read_line(&mut url)?;
        Ok(Self {
            child,
            url: url.trim().to_owned(),
        })
    }

    /// The URL of the server, without a path.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Canned {
    fn drop(&mut self) {
        // If it ended on its own, there is nothing to do.
        self.child.kill().and_then(|()| self.child.wait()).ok();
    }
}
