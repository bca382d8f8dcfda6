//! The client of one application.

use std::sync::Arc;

use account_provisioning_api::cloudspot as low;
use account_provisioning_core::{Result, Secret};
use http::HeaderName;

use super::ClientBuilder;
use super::authenticate::Authenticate;
use super::impersonation::ValidateImpersonation;
use super::session::{NotRead, Session};
use crate::call::Call;

/// Names the application in every request.
pub(super) const MODULE: HeaderName = HeaderName::from_static("x-license-module");

/// A client of Cloudspot License for one application.
///
/// It holds no user: [`authenticate`](Self::authenticate) and [`session`](Self::session) make a [`Session`] each, and
/// any number of them live side by side. Cloning is cheap, and clones and sessions share connections and the retry
/// budget.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    /// It names the application and carries no token, so that none is ever sent along with a login.
    low: low::Client,
    app_id: String,
    token: Option<Secret>,
}

impl Client {
    pub(super) fn new(low: low::Client, app_id: String, token: Option<Secret>) -> Self {
        Self {
            inner: Arc::new(Inner { low, app_id, token }),
        }
    }

    /// Starts to describe a client of an application, by its id on the license server; nothing is read from the
    /// environment unless [`env`](ClientBuilder::env) is called.
    ///
    /// **The id decides which permissions a user gets.** With a wrong one users can sign in all the same, with the
    /// permissions of whatever application it names, which may be too many or too few (the vendor's word).
    pub fn builder(app_id: impl Into<String>) -> ClientBuilder {
        ClientBuilder::default().app_id(app_id)
    }

    /// Makes a client of the environment: `CLOUDSPOT_APP_ID`, and where they are set `CLOUDSPOT_TOKEN` (for
    /// [`kept_session`](Self::kept_session)) and `CLOUDSPOT_BASE_URL`.
    ///
    /// # Errors
    /// A [configuration error](crate::Error::is_configuration) that names the variable that is missing or malformed.
    pub fn from_env() -> Result<Self> {
        ClientBuilder::default().env().build()
    }

    /// The id of the application.
    #[must_use]
    pub fn app_id(&self) -> &str {
        &self.inner.app_id
    }

    /// Signs a user in (`authenticate`). The password goes into the body and nowhere else, and no token goes along.
    ///
    /// **It is sent once**, whatever the retry policy says, unless no connection stood: each attempt may count towards a
    /// lock-out.
    ///
    /// # Errors
    /// [`is_bad_credentials`](super::ErrorExt::is_bad_credentials) when the user name or the password is wrong;
    /// [`is_locked_out`](super::ErrorExt::is_locked_out) when there were too many attempts;
    /// [`is_outcome_unknown`](crate::Error::is_outcome_unknown) when the reply was lost: the attempt may have counted.
    ///
    /// # Examples
    /// ```
    /// # use account_provisioning::cloudspot::Client;
    /// use account_provisioning::Secret;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let account = emulator.cloudspot();
    /// # let client = Client::builder(account.app_id()).base_url(account.base_url()).build()?;
    /// # let (username, password) = (account.username(), account.password());
    /// let session = client.authenticate(username, Secret::new(password)).await?;
    /// assert!(session.can("view_reports"));
    /// assert!(session.can_in(1, "view_reports") && !session.can_in(2, "view_reports"));
    /// for company in session.companies() {
    ///     println!("{:?}: {:?}", company.company_name, company.permissions);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn authenticate(&self, username: impl Into<String>, password: impl Into<Secret>) -> Call<Authenticate> {
        Call::try_new(Authenticate::new(self, username.into(), password.into()))
    }

    /// Picks up a token that was kept. Nothing is sent: a token that is no longer good shows at the first call.
    ///
    /// The session can ask; [`read`](Session::read) makes one of it that knows the permissions.
    #[must_use]
    pub fn session(&self, token: impl Into<Secret>) -> Session<NotRead> {
        Session::new(&self.inner.low, &self.inner.app_id, token.into(), NotRead)
    }

    /// The session of the token that the [builder](ClientBuilder::token) or `CLOUDSPOT_TOKEN` gave; `None` when neither
    /// did.
    #[must_use]
    pub fn kept_session(&self) -> Option<Session<NotRead>> {
        self.inner.token.clone().map(|token| self.session(token))
    }

    /// Validates an impersonation, with whose token somebody was sent here (`validateImpersonation`). Its `auth_token`
    /// makes a [`session`](Self::session). The form of `user` and `company` is not told, so they come as they are.
    ///
    /// # Errors
    /// [`is_invalid_token`](super::ErrorExt::is_invalid_token) when the token is unknown, has expired or was used before
    /// (that it is good once is assumed); [`is_wrong_module`](super::ErrorExt::is_wrong_module) when it belongs to
    /// another application; [`is_outcome_unknown`](crate::Error::is_outcome_unknown) when the reply was lost: the token
    /// may be used up.
    pub fn validate_impersonation(&self, token: impl Into<Secret>) -> Call<ValidateImpersonation> {
        Call::try_new(ValidateImpersonation::new(self, token.into()))
    }

    /// The generated client under this one: every operation under the vendor's names. It names the application and
    /// carries no token, and errors are plain text: prefer the typed calls.
    #[must_use]
    pub fn low_level(&self) -> &low::Client {
        &self.inner.low
    }
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        use low::ClientInfo as _;
        let Inner { low, app_id, token } = &*self.inner;
        f.debug_struct("Client")
            .field("base_url", &low.baseurl())
            .field("app_id", app_id)
            .field("token", token)
            .finish_non_exhaustive()
    }
}
