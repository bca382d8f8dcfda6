//! The failures of this service, told apart.

use crate::Error;

/// What this service's refusals mean, for the [`Error`] of a call to it.
///
/// The predicates exclude each other, and are false for other services' errors and, but for
/// [`is_locked_out`](Self::is_locked_out), for the page of a gateway. The vendor documents no status: those here are what its client for Python names (401 "not authorized", 404 "not found", 405 "not
/// allowed") and what Django answers by itself; where they are assumed, the predicate says so. [`Error::status`] and
/// [`Error::codes`] have the facts.
///
/// # Examples
/// ```
/// use account_provisioning::cloudspot::{Client, ErrorExt as _};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let emulator = account_provisioning_emulator::Emulator::start().await?;
/// # let account = emulator.cloudspot();
/// # let client = Client::builder(account.app_id()).base_url(account.base_url()).build()?;
/// let refused = client.authenticate(account.username(), "not the password").await.unwrap_err();
/// assert!(refused.is_bad_credentials() && !refused.is_locked_out());
/// # Ok(())
/// # }
/// ```
pub trait ErrorExt: sealed::Sealed {
    /// Whether a login was refused for its user name or password: 401 or 403, or Django's 400 with `non_field_errors`
    /// (assumed).
    fn is_bad_credentials(&self) -> bool;

    /// Whether a login was refused because there were too many (429, or 423; assumed), so that the right password is
    /// refused too. It goes by the status alone, whoever answers: a gateway limits logins as well. [`Error::retry_at`] tells when to try again, where the service says so. The SDK never sends a
    /// login again by itself.
    fn is_locked_out(&self) -> bool;

    /// Whether the token is missing, unknown, expired or used up (401): sign in again. The service may say which in
    /// [`Error::codes`].
    fn is_invalid_token(&self) -> bool;

    /// Whether the token is good, but not for this application (405 or 403; assumed): the app id is wrong, or the token
    /// comes from another application.
    ///
    /// A login with a wrong app id does **not** end so: it works, with other permissions or none (the vendor's word).
    fn is_wrong_module(&self) -> bool;

    /// Whether there is no such company, or the user may not use the application for it (404; assumed).
    fn is_unknown_company(&self) -> bool;
}

impl ErrorExt for Error {
    fn is_bad_credentials(&self) -> bool {
        Failure::of(self) == Some(Failure::BadCredentials)
    }

    fn is_locked_out(&self) -> bool {
        Failure::of(self) == Some(Failure::LockedOut)
    }

    fn is_invalid_token(&self) -> bool {
        Failure::of(self) == Some(Failure::InvalidToken)
    }

    fn is_wrong_module(&self) -> bool {
        Failure::of(self) == Some(Failure::WrongModule)
    }

    fn is_unknown_company(&self) -> bool {
        Failure::of(self) == Some(Failure::UnknownCompany)
    }
}

mod sealed {
    /// Keeps the trait to [`Error`](crate::Error), so that predicates can be added.
    pub trait Sealed {}
    impl Sealed for crate::Error {}
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Failure {
    BadCredentials,
    LockedOut,
    InvalidToken,
    WrongModule,
    UnknownCompany,
}

impl Failure {
    /// The table of operations and statuses.
    fn of(error: &Error) -> Option<Self> {
        let (operation, status) = (error.operation()?, error.status()?.as_u16());
        let login = operation == "authenticate";
        if login && matches!(status, 423 | 429) {
            return Some(Self::LockedOut);
        }
        if !is_own(error) {
            return None;
        }
        let has = |key| error.details().is_some_and(|body| body.get(key).is_some());
        let unknown = |code: &String| matches!(code.as_str(), "not_authenticated" | "authentication_failed");
        match (operation, status) {
            ("authenticate", 401 | 403) => Some(Self::BadCredentials),
            ("authenticate", 400) if has("non_field_errors") => Some(Self::BadCredentials),
            ("authenticate", _) => None,
            ("getProfile" | "getPermissions" | "getCompanyPermissions" | "validateImpersonation", _) => match status {
                401 => Some(Self::InvalidToken),
                // Django refuses a token with 403 where its authentication names no scheme.
                403 if error.codes().iter().any(unknown) => Some(Self::InvalidToken),
                403 => Some(Self::WrongModule),
                // With a `detail` it is Django's own: the path takes no such method.
                405 if !has("detail") => Some(Self::WrongModule),
                404 if operation == "getCompanyPermissions" => Some(Self::UnknownCompany),
                _ => None,
            },
            _ => None,
        }
    }
}

/// Whether the service itself has answered: in one of its forms, or without a word.
fn is_own(error: &Error) -> bool {
    error.details().is_some() || error.body().is_none_or(|body| body.iter().all(u8::is_ascii_whitespace))
}
