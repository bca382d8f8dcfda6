//! Predicates for the errors of this service.

use crate::Error;

/// Says what an [`Error`] of a call to this service means.
///
/// At most one predicate is true for an error. They are false for errors of other services, and except for
/// [`is_locked_out`](Self::is_locked_out) also for responses that a gateway sent instead of the service.
///
/// The vendor documents no status. The statuses here are those that its Python client names (401 "not authorized", 404
/// "not found", 405 "not allowed"), and those that Django, the framework under the service, answers by itself. Where a
/// status is assumed, the predicate says so. [`Error::status`] and [`Error::codes`] return what was received.
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
    /// Whether the user name or the password of a login was wrong: 401 or 403, or Django's 400 with `non_field_errors`
    /// (assumed).
    fn is_bad_credentials(&self) -> bool;

    /// Whether there were too many logins (429, or 423; assumed), so that the right password is refused too.
    ///
    /// It only depends on the status, because a gateway can limit logins as well. [`Error::retry_at`] returns when to try
    /// again, if the service says so. The SDK never retries a login in this case.
    fn is_locked_out(&self) -> bool;

    /// Whether the token is missing, unknown, expired or used up (401): sign in again. [`Error::codes`] may say which.
    fn is_invalid_token(&self) -> bool;

    /// Whether the token is valid for another application (405 or 403; assumed): the app id is wrong, or the token comes
    /// from another application.
    ///
    /// A login with a wrong app id is **not** such an error. According to the vendor it succeeds, with other permissions
    /// or none.
    fn is_wrong_module(&self) -> bool;

    /// Whether the company does not exist, or the user may not use the application for it (404; assumed).
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
    /// Only [`Error`](crate::Error) can implement the trait, so predicates can be added later.
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
    /// Looks up the operation and the status.
    fn of(error: &Error) -> Option<Self> {
        let (operation, status) = (error.operation()?, error.status()?.as_u16());
        let login = operation == "authenticate";
        if login && matches!(status, 423 | 429) {
            return Some(Self::LockedOut);
        }
        if error.is_foreign() {
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
                // Django refuses a token with 403 when its authentication names no scheme.
                403 if error.codes().iter().any(unknown) => Some(Self::InvalidToken),
                403 => Some(Self::WrongModule),
                // A `detail` means that Django itself refused the HTTP method.
                405 if !has("detail") => Some(Self::WrongModule),
                404 if operation == "getCompanyPermissions" => Some(Self::UnknownCompany),
                _ => None,
            },
            _ => None,
        }
    }
}
