//! Somebody who has signed in.

use account_provisioning_api::cloudspot as low;
use account_provisioning_core::{Credentials, Error, Result, Secret};
use http::HeaderName;

use super::permissions::{GetCompanyPermissions, GetPermissions, Permissions};
use super::target::Target;
use super::{CompanyId, CompanyPermissions, UserProfile};
use crate::call::Call;
use crate::started::operation;

const TOKEN: HeaderName = HeaderName::from_static("x-license-token");

/// Somebody who has signed in: the token, and what it opens.
///
/// [`Client::authenticate`](super::Client::authenticate) makes one that knows the permissions;
/// [`Client::session`](super::Client::session) makes a `Session<`[`NotRead`]`>`, which has no `can` until
/// [`read`](Session::read) has fetched them. What it knows is of the moment it was made:
/// [`permissions`](Self::permissions) asks anew. Cloning is cheap.
#[derive(Clone)]
pub struct Session<P = Permissions> {
    /// A token that can't be sent is reported by each call.
    low: Result<low::Client, String>,
    token: Secret,
    known: P,
}

/// In place of permissions that were not asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NotRead;

impl<P> Session<P> {
    /// A session whose calls go through `client`, which names the application, with a token besides.
    pub(super) fn new(client: &low::Client, app_id: &str, token: Secret, known: P) -> Self {
        let low = credentials(app_id, token.clone()).map(|credentials| client.with_credentials(credentials));
        Self { low, token, known }
    }

    /// Why the token can't be sent.
    pub(super) fn problem(&self) -> Option<&str> {
        self.low.as_ref().err().map(String::as_str)
    }

    /// The token, to keep it: [`Client::session`](super::Client::session) picks it up again.
    #[must_use]
    pub fn token(&self) -> &Secret {
        &self.token
    }

    /// Fetches who the user is (`getProfile`).
    ///
    /// # Errors
    /// [`is_invalid_token`](super::ErrorExt::is_invalid_token) when the token is unknown or has expired;
    /// [`is_wrong_module`](super::ErrorExt::is_wrong_module) when it belongs to another application.
    ///
    /// # Examples
    /// ```
    /// # use account_provisioning::cloudspot::Client;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let account = emulator.cloudspot();
    /// # let client = Client::builder(account.app_id()).base_url(account.base_url()).build()?;
    /// # let kept = client.authenticate(account.username(), account.password()).await?.token().clone();
    /// let profile = client.session(kept).profile().await?;
    /// assert_eq!(profile.first_name.as_deref(), Some("Emulator"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn profile(&self) -> Call<GetProfile> {
        Call::try_new(self.target().map(|target| GetProfile { target }))
    }

    /// Fetches what the user may do now, company by company (`getPermissions`).
    ///
    /// # Errors
    /// As [`profile`](Self::profile).
    pub fn permissions(&self) -> Call<GetPermissions> {
        Call::try_new(self.target().map(|target| GetPermissions { target }))
    }

    /// Fetches the slugs of what the user may do now for one company (`getCompanyPermissions`). The id is taken as a
    /// number or a text.
    ///
    /// # Errors
    /// As [`profile`](Self::profile), and [`is_unknown_company`](super::ErrorExt::is_unknown_company) when there is no
    /// such company, or the user may not use the application for it.
    pub fn company_permissions(
        &self,
        company: impl TryInto<CompanyId, Error: Into<Error>>,
    ) -> Call<GetCompanyPermissions> {
        let company = company.try_into().map_err(Into::into);
        Call::try_new(
            self.target()
                .and_then(|target| company.map(|company| GetCompanyPermissions { target, company })),
        )
    }

    fn target(&self) -> Result<Target> {
        match &self.low {
            Ok(low) => Ok(Target::new(low)),
            Err(problem) => Err(Error::invalid_input(problem.clone())),
        }
    }
}

impl Session {
    /// The permissions that the session was made with.
    #[must_use]
    pub fn granted(&self) -> &Permissions {
        &self.known
    }

    /// The companies for which the user may use the application; see [`Permissions::companies`].
    #[must_use]
    pub fn companies(&self) -> &[CompanyPermissions] {
        self.known.companies()
    }

    /// Whether the user has this permission for at least one company; see [`Permissions::can`].
    #[must_use]
    pub fn can(&self, permission: &str) -> bool {
        self.known.can(permission)
    }

    /// Whether the user has this permission for this company; see [`Permissions::can_in`].
    #[must_use]
    pub fn can_in(&self, company: impl TryInto<CompanyId>, permission: &str) -> bool {
        self.known.can_in(company, permission)
    }
}

impl Session<NotRead> {
    fn knowing(self, known: Permissions) -> Session {
        let Self {
            low,
            token,
            known: NotRead,
        } = self;
        Session { low, token, known }
    }

    /// Fetches the permissions (`getPermissions`), for a session that knows them.
    ///
    /// # Errors
    /// As [`profile`](Self::profile).
    ///
    /// # Examples
    /// ```
    /// # use account_provisioning::cloudspot::Client;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let account = emulator.cloudspot();
    /// # let client = Client::builder(account.app_id()).base_url(account.base_url()).build()?;
    /// # let kept = client.authenticate(account.username(), account.password()).await?.token().clone();
    /// let session = client.session(kept).read().await?;
    /// assert!(session.can("view_reports"));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// What was not fetched can't be asked for:
    /// ```compile_fail
    /// # fn ask(client: account_provisioning::cloudspot::Client) -> bool {
    /// client.session("kept").can("view_reports")
    /// # }
    /// ```
    pub fn read(&self) -> Call<ReadSession> {
        Call::try_new(self.target().map(|target| ReadSession {
            target,
            session: self.clone(),
        }))
    }
}

impl<P: std::fmt::Debug> std::fmt::Debug for Session<P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { low: _, token, known } = self;
        f.debug_struct("Session")
            .field("token", token)
            .field("known", known)
            .finish_non_exhaustive()
    }
}

/// The headers of a session, or why the token can't be one of them.
fn credentials(app_id: &str, token: Secret) -> Result<Credentials, String> {
    Credentials::headers(vec![(TOKEN, token)])
        .and_then(|credentials| credentials.with_plain_header(super::client::MODULE, app_id))
        .map_err(|problem| format!("the token can't be sent: {problem}"))
}

/// Fetches the profile; made by [`Session::profile`].
#[derive(Debug)]
pub struct GetProfile {
    target: Target,
}
operation!(GetProfile -> UserProfile, |_call, low| low.get_profile(), |reply| Ok(reply));

/// Fetches the permissions of a session; made by [`Session::read`].
#[derive(Debug)]
pub struct ReadSession {
    target: Target,
    session: Session<NotRead>,
}
operation!(
    ReadSession -> Session,
    |call, low| low.get_permissions(),
    |reply| Permissions::read(reply).map(|known| call.session.knowing(known))
);
