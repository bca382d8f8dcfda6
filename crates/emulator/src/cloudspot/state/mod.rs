//! The state of Cloudspot License.

mod password;
mod token;
mod user;

use serde::{Deserialize, Serialize};

use crate::email::{is_email, same_email};
use crate::table::{Row, Table};

pub use self::password::Password;
pub(super) use self::token::has_expired;
pub use self::token::{Impersonation, Token};
pub use self::user::{Grant, USE_APP, User};

/// The app id of the default module.
pub const DEFAULT_APP_ID: &str = "emulator-app";
/// The name of the default user.
pub const DEFAULT_USERNAME: &str = "emulator-user";
/// The password of the default user.
pub const DEFAULT_PASSWORD: &str = "emulator-password";

/// The state of a license server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Cloudspot {
    /// The modules (external applications), by app id. [`Emulator::cloudspot`](crate::Emulator::cloudspot) returns the
    /// first one.
    #[serde(default)]
    pub modules: Table<Module>,
    /// The companies, by id.
    #[serde(default)]
    pub companies: Table<Company>,
    /// The users, by name. [`Emulator::cloudspot`](crate::Emulator::cloudspot) returns the first one.
    #[serde(default)]
    pub users: Table<User>,
    /// The issued tokens, oldest first.
    #[serde(default)]
    pub tokens: Vec<Token>,
    /// The prepared impersonations, oldest first.
    #[serde(default)]
    pub impersonations: Vec<Impersonation>,
    /// How long tokens are valid, in seconds. Defaults to a day; the vendor documents nothing.
    #[serde(default = "day")]
    pub token_seconds: u32,
    /// How many failed logins in a row lock a user out; 0 never does. Defaults to 5; the vendor documents nothing.
    #[serde(default = "five")]
    pub lockout_failures: u32,
    /// How long a user is locked out, in seconds. Defaults to 15 minutes; the vendor documents nothing.
    #[serde(default = "quarter_hour")]
    pub lockout_seconds: u32,
}

fn day() -> u32 {
    24 * 60 * 60
}

fn five() -> u32 {
    5
}

fn quarter_hour() -> u32 {
    15 * 60
}

impl Cloudspot {
    /// Creates a license server without modules, companies and users.
    pub fn empty() -> Self {
        Self {
            modules: Table::new(),
            companies: Table::new(),
            users: Table::new(),
            tokens: Vec::new(),
            impersonations: Vec::new(),
            token_seconds: day(),
            lockout_failures: five(),
            lockout_seconds: quarter_hour(),
        }
    }
}

impl Cloudspot {
    /// Finds a user by name. In a name that is an email address, case does not matter.
    pub(super) fn user_mut(&mut self, username: &str) -> Option<&mut User> {
        let by_email = is_email(username);
        self.users
            .iter_mut()
            .find(|user| user.username == username || (by_email && same_email(&user.username, username)))
    }
}

impl Default for Cloudspot {
    /// One module, one company, and one user with the permissions `use_app` and `view_reports`.
    fn default() -> Self {
        let mut user = User::new(DEFAULT_USERNAME, DEFAULT_PASSWORD);
        user.first_name = "Emulator".to_owned();
        user.last_name = "User".to_owned();
        user.email = "user@emulator.example".to_owned();
        user.pin = Some("0420".into());
        user.company = Some("1".to_owned());
        user.grants = vec![Grant::new(DEFAULT_APP_ID, "1", [USE_APP, "view_reports"])];
        Self {
            modules: [Module::new(DEFAULT_APP_ID, "Emulator")].into_iter().collect(),
            companies: [Company::new("1", "Emulator Company")].into_iter().collect(),
            users: [user].into_iter().collect(),
            ..Self::empty()
        }
    }
}

/// An external application.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Module {
    /// The app id, which is sent in `X-LICENSE-MODULE`.
    pub id: String,
    /// The name. Defaults to an empty name.
    #[serde(default)]
    pub name: String,
}

impl Module {
    /// Creates a module.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
        }
    }
}

impl Row for Module {
    const KEY: &'static str = "id";

    fn key(&self) -> &str {
        &self.id
    }
}

/// A company for which users have permissions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Company {
    /// The id. A numeric id is sent as a number.
    pub id: String,
    /// The name. Defaults to an empty name.
    #[serde(default)]
    pub name: String,
}

impl Company {
    /// Creates a company.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
        }
    }
}

impl Row for Company {
    const KEY: &'static str = "id";

    fn key(&self) -> &str {
        &self.id
    }
}
