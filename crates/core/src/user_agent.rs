//! How the SDK introduces itself to servers.

use std::env::consts::{ARCH, OS};

use http::HeaderValue;
use thiserror::Error;

/// The value of the `user-agent` header: `account-provisioning/<version> (rust; <os>; <arch>)`, preceded by
/// the application's own name if it gave one.
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
#[must_use = "a user agent does nothing until a client is given it"]
pub struct UserAgent(String);

impl UserAgent {
    /// Puts the application's name in front, written `name/version` by custom. Defaults to no application.
    ///
    /// # Errors
    /// When the name is blank or holds anything but ASCII letters, digits, punctuation and spaces.
    pub fn with_application(self, application: &str) -> Result<Self, InvalidApplication> {
        let application = application.trim_matches(' ');
        let sendable = application.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ');
        if application.is_empty() || !sendable {
            return Err(InvalidApplication);
        }
        Ok(Self(format!("{application} {}", self.0)))
    }

    /// The header's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The header's value.
    pub fn to_header_value(&self) -> HeaderValue {
        // The text is ASCII by construction; without that, a shorter introduction beats a failed call.
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

/// The application's name can't stand in a header.
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
