//! The client of one application.

use std::sync::Arc;

use account_provisioning_core::{Result, Secret, Transport};

use super::authenticate::Authenticate;
use super::requests::ValidateImpersonation;
use super::session::{PermissionsUnknown, Session};
use super::{ClientBuilder, impersonation};
use crate::call::Call;
use crate::explain::Explanation;

/// A client of Cloudspot License for one application.
///
/// The client is not tied to a user: [`authenticate`](Self::authenticate) and [`session`](Self::session) each return a
/// [`Session`] of their own, and any number of sessions can exist at the same time. Cloning is cheap. Clones and sessions
/// share connections and the retry budget.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    /// Names the application and has no token, so a login never sends another user's token.
    low: Transport,
    app_id: String,
    token: Option<Secret>,
    explanation: Explanation,
}

impl Client {
    pub(super) fn new(low: Transport, app_id: String, token: Option<Secret>, explanation: Explanation) -> Self {
        Self {
            inner: Arc::new(Inner {
                low,
                app_id,
                token,
                explanation,
            }),
        }
    }

    /// Starts to build a client of the application with this id on the license server. The environment is only read if
    /// [`env`](ClientBuilder::env) is called.
    ///
    /// **The id decides which permissions a user gets.** According to the vendor, users can also sign in with a wrong id:
    /// they get the permissions of the application that it names, which may be too many or too few.
    pub fn builder(app_id: impl Into<String>) -> ClientBuilder {
        ClientBuilder::default().app_id(app_id)
    }

    /// Makes a client from the environment: `CLOUDSPOT_APP_ID`, and if they are set `CLOUDSPOT_TOKEN` (for
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

    /// Signs a user in (`authenticate`). The password is sent in the body only, and no token is sent.
    ///
    /// **The request is sent once**, whatever the retry policy says, because each attempt may count towards a lock-out. It
    /// is only retried when no connection could be made.
    ///
    /// # Errors
    /// [`is_bad_credentials`](super::ErrorExt::is_bad_credentials) when the user name or the password is wrong;
    /// [`is_locked_out`](super::ErrorExt::is_locked_out) when there were too many attempts;
    /// [`is_outcome_unknown`](crate::Error::is_outcome_unknown) when the response was lost: the attempt may have counted.
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
        let password = password.into();
        let login = Authenticate::new(self, username.into(), password.clone());
        Call::try_new(self.low_level(), login).hiding(&password)
    }

    /// Makes a session from a token that the application kept. No request is sent: a token that is no longer valid is
    /// reported by the first call.
    ///
    /// The session does not know the user's permissions; [`read`](Session::read) fetches them.
    #[must_use]
    pub fn session(&self, token: impl Into<Secret>) -> Session<PermissionsUnknown> {
        Session::new(self, token.into(), PermissionsUnknown)
    }

    /// Makes a session from the token of the [builder](ClientBuilder::token) or of `CLOUDSPOT_TOKEN`. Returns `None` when
    /// neither is set.
    #[must_use]
    pub fn kept_session(&self) -> Option<Session<PermissionsUnknown>> {
        self.inner.token.clone().map(|token| self.session(token))
    }

    /// Validates the token of an impersonation, with which a user was sent to this application (`validateImpersonation`).
    /// Pass the `auth_token` of the result to [`session`](Self::session). The vendor does not document the form of `user`
    /// and `company`, so they are returned as received.
    ///
    /// # Errors
    /// [`is_invalid_token`](super::ErrorExt::is_invalid_token) when the token is unknown, has expired or was used before
    /// (it is assumed that a token can be used once); [`is_wrong_module`](super::ErrorExt::is_wrong_module) when it belongs
    /// to another application; [`is_outcome_unknown`](crate::Error::is_outcome_unknown) when the response was lost: the
    /// token may be used up.
    #[doc(alias = "auth.validate_impersonation")]
    pub fn validate_impersonation(&self, token: impl Into<Secret>) -> Call<ValidateImpersonation> {
        let token = token.into();
        Call::try_new(self.low_level(), impersonation::request(token.clone())).hiding(&token)
    }

    /// What the client's [limiter](ClientBuilder::limiter) knows of the rate limit now; `None` without one, and while it
    /// knows nothing. [`ResponseMeta::rate_limit`](crate::ResponseMeta::rate_limit) has what one response said.
    #[must_use]
    pub fn rate_limit(&self) -> Option<crate::RateLimit> {
        self.inner.low.rate_limit()
    }

    /// What this client is configured with: each setting, its value and where it comes from, what is set without effect, and
    /// conflicts. Secrets are not shown.
    #[must_use]
    pub fn explain(&self) -> &Explanation {
        &self.inner.explanation
    }

    /// Sends requests for which there is no typed call: [`requests`](super::requests) has a type for each operation. They
    /// name the application and send no token. Retries, limits and errors are the same as those of the typed calls.
    #[must_use]
    pub fn low_level(&self) -> &Transport {
        &self.inner.low
    }
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Inner {
            low,
            app_id,
            token,
            explanation: _,
        } = &*self.inner;
        f.debug_struct("Client")
            .field("base_url", &low.base_url().as_str())
            .field("app_id", app_id)
            .field("token", token)
            .finish_non_exhaustive()
    }
}
