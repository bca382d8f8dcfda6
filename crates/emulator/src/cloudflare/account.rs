//! What a client needs to connect.

use std::fmt;

use super::document::BASE_PATH;
use super::state::{self, MemberStatus, Token, User};
use crate::email::same_email;
use crate::secret::Secret;
use crate::state::State;
use crate::table::Table;

/// What a client of the emulated Cloudflare needs: the URL, an account, an API token of the account, and the
/// credentials of one of its members. `Debug` hides the secrets.
///
/// Values that the state does not have are empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CloudflareAccount {
    base_url: String,
    account_id: String,
    api_token: Secret,
    user_api_token: Secret,
    email: String,
    api_key: Secret,
    user_service_key: Secret,
}

impl CloudflareAccount {
    /// Takes the first account of a state, its first token, and its first accepted member who has an API key.
    pub(crate) fn first_of(state: &State, server: &str) -> Option<Self> {
        let account = state.cloudflare.accounts.iter().next()?;
        let user = account
            .members
            .iter()
            .filter(|member| member.status == MemberStatus::Accepted)
            .find_map(|member| {
                let mut users = state.cloudflare.users.iter();
                users.find(|user| same_email(&user.email, &member.email) && user.api_key.is_some())
            });
        let value = |tokens: &Table<Token>| tokens.iter().next().map(|token| token.value.clone());
        Some(Self {
            base_url: base_url(server),
            account_id: account.id.clone(),
            api_token: or_empty(value(&account.tokens)),
            user_api_token: or_empty(user.and_then(|user| value(&user.tokens))),
            email: user.map(|user| user.email.clone()).unwrap_or_default(),
            api_key: or_empty(user.and_then(|user: &User| user.api_key.clone())),
            user_service_key: or_empty(user.and_then(|user| user.service_key.clone())),
        })
    }

    /// Returns the documented default account.
    pub(crate) fn default_at(server: &str) -> Self {
        Self {
            base_url: base_url(server),
            account_id: state::DEFAULT_ACCOUNT_ID.to_owned(),
            api_token: state::DEFAULT_ACCOUNT_TOKEN.into(),
            user_api_token: state::DEFAULT_USER_TOKEN.into(),
            email: state::DEFAULT_EMAIL.to_owned(),
            api_key: state::DEFAULT_API_KEY.into(),
            user_service_key: state::DEFAULT_SERVICE_KEY.into(),
        }
    }

    /// Returns the URL that paths are appended to, such as `http://127.0.0.1:34567/client/v4`: the value of
    /// `CLOUDFLARE_BASE_URL`.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Returns the account id.
    pub fn account_id(&self) -> &str {
        &self.account_id
    }

    /// Returns the value of an API token that belongs to the account, for `CLOUDFLARE_API_TOKEN`. It cannot create or
    /// delete accounts.
    pub fn api_token(&self) -> &str {
        self.api_token.expose()
    }

    /// Returns the value of an API token that belongs to the user, for `CLOUDFLARE_API_TOKEN`.
    pub fn user_api_token(&self) -> &str {
        self.user_api_token.expose()
    }

    /// Returns the user's email address, for `CLOUDFLARE_EMAIL`.
    pub fn email(&self) -> &str {
        &self.email
    }

    /// Returns the user's API key, for `CLOUDFLARE_API_KEY`.
    pub fn api_key(&self) -> &str {
        self.api_key.expose()
    }

    /// Returns the user's service key, for `CLOUDFLARE_API_USER_SERVICE_KEY`.
    pub fn user_service_key(&self) -> &str {
        self.user_service_key.expose()
    }
}

/// Returns the URL of the API on a server.
fn base_url(server: &str) -> String {
    format!("{server}{BASE_PATH}")
}

fn or_empty(secret: Option<Secret>) -> Secret {
    secret.unwrap_or_else(|| Secret::new(""))
}

impl fmt::Display for CloudflareAccount {
    /// Writes the account id.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.account_id)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn account_of_the_default_state_is_the_default_account() {
        let server = "http://127.0.0.1:1";
        let account = CloudflareAccount::first_of(&State::default(), server).unwrap();
        assert_eq!(account, CloudflareAccount::default_at(server));
        assert_eq!(account.base_url(), "http://127.0.0.1:1/client/v4");
    }

    #[test]
    fn account_formatted_with_debug_hides_its_secrets() {
        let debug = format!("{:?}", CloudflareAccount::default_at("http://127.0.0.1:1"));
        for secret in [
            state::DEFAULT_ACCOUNT_TOKEN,
            state::DEFAULT_USER_TOKEN,
            state::DEFAULT_API_KEY,
            state::DEFAULT_SERVICE_KEY,
        ] {
            assert!(!debug.contains(secret), "{debug}");
        }
    }
}
