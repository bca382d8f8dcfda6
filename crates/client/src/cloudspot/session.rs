//! Somebody who has signed in.

use account_provisioning_core::{
    CallOptions, Credentials, Error, IdError, IntoId, MakeError as _, Response, Result, Secret, Transport,
};

use super::headers::{MODULE, TOKEN};
use super::permissions::Permissions;
use super::requests::{GetCompanyPermissions, GetPermissions, GetProfile};
use super::{Client, CompanyId, CompanyPermissions, UserProfile};
use crate::call::{Call, Mode, Once, Operation};

/// Somebody who has signed in: their token, and what it gives access to.
///
/// [`Client::authenticate`](super::Client::authenticate) returns a session that knows the user's permissions.
/// [`Client::session`](super::Client::session) returns a `Session<`[`PermissionsUnknown`]`>`, which has no method `can`:
/// [`read`](Session::read) fetches the permissions and returns a session that has it. A session keeps the permissions as
/// they were when it was made; [`permissions`](Self::permissions) fetches the current ones. Cloning is cheap.
#[derive(Clone)]
pub struct Session<P = Permissions> {
    transport: Transport,
    token: Secret,
    permissions: P,
    /// Why the token can't be sent, if so. Each call reports it.
    problem: Option<Error>,
}

/// Stands for the permissions of a [`Session`] that has not fetched them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PermissionsUnknown;

impl<P> Session<P> {
    /// Makes a session that shares the client's connections and settings, and also sends the token.
    pub(super) fn new(client: &Client, token: Secret, permissions: P) -> Self {
        let transport = client.low_level();
        let (transport, problem) = match credentials(client.app_id(), token.clone()) {
            Ok(credentials) => (transport.with_credentials(credentials), None),
            Err(problem) => (transport.clone(), Some(problem)),
        };
        Self {
            transport,
            token,
            permissions,
            problem,
        }
    }

    /// Why the token can't be sent, if so.
    pub(super) fn problem(&self) -> Option<&Error> {
        self.problem.as_ref()
    }

    /// Makes a call that reports a token that can't be sent.
    pub(super) fn call<O>(&self, operation: Result<O, IdError>) -> Call<O> {
        let operation = match &self.problem {
            Some(problem) => Err(problem.clone()),
            None => operation.map_err(Error::from),
        };
        Call::try_new(&self.transport, operation)
    }

    /// The token. Keep it to make a session from it later with [`Client::session`](super::Client::session).
    #[must_use]
    pub fn token(&self) -> &Secret {
        &self.token
    }

    /// Fetches the profile of the user (`getProfile`).
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
    #[doc(alias = "get_user")]
    pub fn profile(&self) -> Call<GetProfile> {
        self.call(Ok(GetProfile::new()))
    }

    /// Fetches what the user may do now, company by company (`getPermissions`).
    ///
    /// # Errors
    /// The same as [`profile`](Self::profile).
    #[doc(alias = "get_permissions")]
    pub fn permissions(&self) -> Call<GetPermissions> {
        self.call(Ok(GetPermissions::new()))
    }

    /// Fetches what the user may do now for one company (`getCompanyPermissions`), as the slugs of the permissions. The
    /// id is a number or text.
    ///
    /// # Errors
    /// The same as [`profile`](Self::profile), and [`is_unknown_company`](super::ErrorExt::is_unknown_company) when the
    /// company does not exist, or the user may not use the application for it.
    #[doc(alias = "get_company_permissions")]
    pub fn company_permissions(&self, company: impl IntoId<CompanyId>) -> Call<GetCompanyPermissions> {
        self.call(company.into_id().map(GetCompanyPermissions::new))
    }
}

impl Session {
    /// The permissions as they were when the session was made.
    #[doc(alias = "permissions.items")]
    #[must_use]
    pub fn granted(&self) -> &Permissions {
        &self.permissions
    }

    /// The companies for which the user may use the application; see [`Permissions::companies`].
    #[doc(alias = "permissions.items")]
    #[must_use]
    pub fn companies(&self) -> &[CompanyPermissions] {
        self.permissions.companies()
    }

    /// Whether the user has this permission for at least one company; see [`Permissions::can`].
    #[must_use]
    pub fn can(&self, permission: &str) -> bool {
        self.permissions.can(permission)
    }

    /// Whether the user has this permission for this company; see [`Permissions::can_in`].
    #[must_use]
    pub fn can_in(&self, company: impl IntoId<CompanyId>, permission: &str) -> bool {
        self.permissions.can_in(company, permission)
    }
}

impl Session<PermissionsUnknown> {
    fn with_permissions(self, permissions: Permissions) -> Session {
        let Self {
            transport,
            token,
            permissions: PermissionsUnknown,
            problem,
        } = self;
        Session {
            transport,
            token,
            permissions,
            problem,
        }
    }

    /// Fetches the permissions (`getPermissions`) and returns a session that knows them.
    ///
    /// # Errors
    /// The same as [`profile`](Self::profile).
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
    /// A session that has not fetched the permissions can't be asked for them:
    /// ```compile_fail
    /// # fn ask(client: account_provisioning::cloudspot::Client) -> bool {
    /// client.session("kept").can("view_reports")
    /// # }
    /// ```
    #[doc(alias = "get_permissions")]
    pub fn read(&self) -> Call<ReadSession> {
        self.call(Ok(ReadSession { session: self.clone() }))
    }
}

impl<P: std::fmt::Debug> std::fmt::Debug for Session<P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            transport: _,
            token,
            permissions,
            problem,
        } = self;
        f.debug_struct("Session")
            .field("token", token)
            .field("permissions", permissions)
            .field("problem", problem)
            .finish_non_exhaustive()
    }
}

/// Makes the headers of a session.
fn credentials(app_id: &str, token: Secret) -> Result<Credentials> {
    Credentials::headers(vec![(TOKEN, token)])
        .and_then(|credentials| credentials.with_plain_header(MODULE, app_id))
        .map_err(|problem| Error::invalid_input(format!("the token can't be sent: {problem}")))
}

impl Operation for GetProfile {
    type Output = UserProfile;
}

/// Fetches the permissions of a session; made by [`Session::read`].
#[derive(Clone, Debug)]
pub struct ReadSession {
    session: Session<PermissionsUnknown>,
}

impl Mode<ReadSession> for Once {
    type Value = Session;
    type Output = Session;

    async fn send(transport: Transport, read: ReadSession, options: CallOptions) -> Result<Response<Session>> {
        let response = <Self as Mode<GetPermissions>>::send(transport, GetPermissions::new(), options).await?;
        Ok(response.map(|permissions| read.session.with_permissions(permissions)))
    }

    fn output(response: Response<Session>) -> Session {
        response.into_value()
    }
}
