//! What can go wrong before the emulator answers.

use std::io;
use std::path::PathBuf;

/// Why an emulator could not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The address could not be bound, or the server's thread could not be made.
    #[error("cannot listen on 127.0.0.1:{port}; choose another port, or 0 for a free one")]
    Listen {
        /// The port asked for.
        port: u16,
        /// What the system said.
        source: io::Error,
    },
    /// The state file could not be read.
    #[error("cannot read the state file {}", path.display())]
    StateFile {
        /// The file asked for.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The state is not usable.
    #[error("the state is not usable")]
    State(#[from] StateError),
    /// A document that the emulator is built from is not usable: a mistake in the emulator itself.
    #[error("the built-in document of {api} is not usable: {reason}")]
    Document {
        /// The API whose document it is.
        api: &'static str,
        /// What is wrong, with the JSON pointer.
        reason: String,
    },
}

/// A mistake in a state, and where it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {reason}")]
pub struct StateError {
    path: String,
    reason: String,
}

impl StateError {
    pub(crate) fn new(path: impl Into<String>, reason: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            reason: reason.into(),
        }
    }

    /// Returns the JSON path of the mistake, such as `cloudinary.accounts[0].users[3].email`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns what is wrong there.
    pub fn reason(&self) -> &str {
        &self.reason
    }
}
