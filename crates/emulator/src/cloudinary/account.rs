//! What a client needs to connect.

use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::state::{Account, DEFAULT_ACCOUNT_ID, DEFAULT_API_KEY, DEFAULT_API_SECRET};
use crate::secret::Secret;
use crate::state::State;

/// The characters that need no encoding in the user, password and host of a URL.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What a client of the emulated Cloudinary needs: the URL, an account and one of its credentials. `Debug` hides the
/// secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CloudinaryAccount {
    base_url: String,
    account_id: String,
    api_key: String,
    api_secret: Secret,
}

impl CloudinaryAccount {
    /// Takes the first credential of an account; `None` when it has none.
    fn of(account: &Account, server: &str) -> Option<Self> {
        let credential = account.credentials.iter().next()?;
        Some(Self {
            base_url: server.to_owned(),
            account_id: account.account_id.clone(),
            api_key: credential.api_key.clone(),
            api_secret: credential.api_secret.clone(),
        })
    }

    /// Takes the first account of a state that has a credential.
    pub(crate) fn first_of(state: &State, server: &str) -> Option<Self> {
        let mut accounts = state.cloudinary.accounts.iter();
        accounts.find_map(|account| Self::of(account, server))
    }

    /// Returns the documented default account.
    pub(crate) fn default_at(server: &str) -> Self {
        Self {
            base_url: server.to_owned(),
            account_id: DEFAULT_ACCOUNT_ID.to_owned(),
            api_key: DEFAULT_API_KEY.to_owned(),
            api_secret: DEFAULT_API_SECRET.into(),
        }
    }

    /// Returns the URL that paths are appended to, such as `http://127.0.0.1:34567`, without a slash at its end: the value of
    /// `CLOUDINARY_BASE_URL`.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Returns the account id.
    pub fn account_id(&self) -> &str {
        &self.account_id
    }

    /// Returns the account's API key.
    pub fn api_key(&self) -> &str {
        &self.api_key
    }

    /// Returns the account's API secret.
    pub fn api_secret(&self) -> &str {
        self.api_secret.expose()
    }

    /// Returns `account://key:secret@account_id` with percent-encoding, the value of `CLOUDINARY_ACCOUNT_URL`.
    pub fn url(&self) -> String {
        let encode = |text| utf8_percent_encode(text, UNRESERVED);
        format!(
            "account://{}:{}@{}",
            encode(&self.api_key),
            encode(self.api_secret.expose()),
            encode(&self.account_id)
        )
    }
}

impl fmt::Display for CloudinaryAccount {
    /// Writes the account id.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.account_id)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;
    use crate::cloudinary::state::Credential;

    #[test]
    fn url_of_odd_credentials_is_percent_encoded() {
        let mut account = Account::new("Acc-1");
        account.credentials.insert(Credential::new("k@1", "s/e:c#r%t"));
        let account = CloudinaryAccount::of(&account, "http://127.0.0.1:1").unwrap();
        assert_eq!(account.url(), "account://k%401:s%2Fe%3Ac%23r%25t@Acc-1");
        assert!(!format!("{account:?}").contains("s/e"));
    }

    #[test]
    fn account_of_the_default_state_is_the_default_account() {
        let server = "http://127.0.0.1:1";
        let account = CloudinaryAccount::first_of(&State::default(), server).unwrap();
        assert_eq!(account, CloudinaryAccount::default_at(server));
        assert_eq!(account.base_url(), server);
    }
}
