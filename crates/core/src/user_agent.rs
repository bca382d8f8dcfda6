//! The `user-agent` header.

use std::env::consts::{ARCH, OS};

use http::HeaderValue;
use thiserror::Error;

/// The value of the `user-agent` header: `account-provisioning/<version> (rust; <os>; <arch>)`, after the name of the
/// application if there is one.
///
/// # Examples
/// ```
/// use account_provisioning_core::user_agent::UserAgent;
///
/// let agent = UserAgent::default().with_application("tenant-sync/2.1")?;
/// assert!(agent.as_str().starts_with("tenant-sync/2.1 account-provisioning/"));
/// # Ok::<(), account_provisioning_core::user_agent::InvalidApplication>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[must_use = "a user agent does nothing until it is passed to a client"]
pub struct UserAgent(String);

impl UserAgent {
    /// Puts the name of the application in front, usually written as `name/version`. Defaults to no application.
    ///
    /// # Errors
    /// When the name is blank, or contains anything other than ASCII letters, digits, punctuation and spaces.
    pub fn with_application(self, application: &str) -> Result<Self, InvalidApplication> {
        let application = application.trim_matches(' ');
        let sendable = application.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ');
        if application.is_empty() || !sendable {
            return Err(InvalidApplication);
        }
        Ok(Self(format!("{application} {}", self.0)))
    }

    /// The value of the header as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The value of the header.
    pub fn to_header_value(&self) -> HeaderValue {
        // The text is always ASCII. If it were not, a shorter user agent would be better than a failed call.
        HeaderValue::from_str(&self.0).unwrap_or(HeaderValue::from_static("account-provisioning"))
    }
}

impl Default for UserAgent {
    fn default() -> Self {
        Self(format!(
            "account-provisioning/{} (rust; {OS}; {ARCH})",
            env!("CARGO_PKG_VERSION")
        ))
    }
}

/// The name of the application can't be sent in a header.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("application name is blank or not plain ASCII; write it as `name/version`")]
#[non_exhaustive]
pub struct InvalidApplication;

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

    use super::{InvalidApplication, UserAgent};

    #[test]
    fn user_agent_by_default_names_product_version_and_platform() {
        let agent = UserAgent::default();
        let version = env!("CARGO_PKG_VERSION");
        assert!(
            agent
                .as_str()
                .starts_with(&format!("account-provisioning/{version} (rust; ")),
            "{agent:?}"
        );
        assert!(
            agent.as_str().contains(std::env::consts::OS) && agent.as_str().ends_with(')'),
            "{agent:?}"
        );
        assert_eq!(agent.to_header_value(), agent.as_str());
    }

    #[test]
    fn user_agent_with_an_application_names_it_first() {
        let agent = UserAgent::default().with_application(" my-app/1.2 (ops) ").unwrap();
        assert_eq!(
            agent.as_str(),
            format!("my-app/1.2 (ops) {}", UserAgent::default().as_str())
        );
        assert_eq!(agent.to_header_value(), agent.as_str());
    }

    #[test]
    fn user_agent_with_an_application_that_cannot_travel_is_refused() {
        for application in ["", "  ", "a\r\nx-evil: 1", "tab\t", "schön/1"] {
            assert_eq!(
                UserAgent::default().with_application(application),
                Err(InvalidApplication),
                "{application:?}"
            );
        }
    }
}
