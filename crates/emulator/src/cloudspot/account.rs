//! What a client needs to connect.

use std::fmt;

use super::state::{DEFAULT_APP_ID, DEFAULT_PASSWORD, DEFAULT_USERNAME};
use crate::state::State;

/// What a client of the emulated Cloudspot License needs: the URL, a module and a user. `Debug` hides the password.
#[derive(Clone, PartialEq, Eq)]
pub struct CloudspotAccount {
    base_url: String,
    app_id: String,
    username: String,
}

impl CloudspotAccount {
    /// Takes the first module and the first user of a state, or the default ones where there are none.
    pub(crate) fn of(state: &State, server: &str) -> Self {
        let (module, user) = (
            state.cloudspot.modules.iter().next(),
            state.cloudspot.users.iter().next(),
        );
        Self {
            base_url: format!("{server}/api/v1"),
            app_id: module.map_or(DEFAULT_APP_ID, |module| &module.id).to_owned(),
            username: user.map_or(DEFAULT_USERNAME, |user| &user.username).to_owned(),
        }
    }

    /// Returns the URL that paths are appended to, such as `http://127.0.0.1:34567/api/v1`: the value of
    /// `CLOUDSPOT_BASE_URL`.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Returns the app id: the value of `CLOUDSPOT_APP_ID`.
    pub fn app_id(&self) -> &str {
        &self.app_id
    }

    /// Returns the name of the user.
    pub fn username(&self) -> &str {
        &self.username
    }

    /// Returns the password of the default user. The state contains only hashes, so other passwords are known only to
    /// whoever chose them.
    pub fn password(&self) -> &'static str {
        DEFAULT_PASSWORD
    }
}

impl fmt::Debug for CloudspotAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            base_url,
            app_id,
            username,
        } = self;
        f.debug_struct("CloudspotAccount")
            .field("base_url", base_url)
            .field("app_id", app_id)
            .field("username", username)
            .finish_non_exhaustive()
    }
}
