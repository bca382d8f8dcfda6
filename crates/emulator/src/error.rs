//! Errors when an emulator starts or a state is loaded.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Why an emulator could not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The address could not be bound, or the server's thread could not be started.
    #[error("cannot listen on {address}; choose another port, or 0 for a free one")]
    Listen {
        /// The requested address.
        address: SocketAddr,
        /// The error of the system.
        source: io::Error,
    },
    /// The state file could not be read.
    #[error("cannot read the state file {}", path.display())]
    StateFile {
        /// The path of the file.
        path: PathBuf,
        /// The error of the system.
        source: io::Error,
    },
    /// The state is invalid.
    #[error("the state is invalid")]
    State(#[from] StateError),
    /// The rate limit is impossible.
    #[error("the rate limit is impossible")]
    RateLimit(#[from] RuleError),
    /// A built-in document is invalid. This is a mistake in the emulator itself.
    #[error("the built-in document of {api} is invalid: {reason}")]
    Document {
        /// The API that the document describes.
        api: &'static str,
        /// What is wrong, with a JSON pointer.
        reason: String,
    },
}

/// A mistake in a state, with its JSON path.
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

    /// Returns what is wrong.
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

/// A mistake in a [`Fault`](crate::Fault) or a [`RateLimit`](crate::RateLimit), with the name of the setting.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{setting} {reason}")]
pub struct RuleError {
    setting: &'static str,
    reason: String,
}

impl RuleError {
    pub(crate) fn new(setting: &'static str, reason: impl Into<String>) -> Self {
        Self {
            setting,
            reason: reason.into(),
        }
    }

    /// Returns the name of the setting, such as `status`, as the control interface has it.
    pub fn setting(&self) -> &'static str {
        self.setting
    }
}
