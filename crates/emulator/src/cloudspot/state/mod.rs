//! What Cloudspot License knows: the rows of the state file.

mod password;
mod token;
mod user;

use serde::{Deserialize, Serialize};

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

/// One license server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Cloudspot {
    /// The modules: external applications, by their app ids. The first is the one that
    /// [`Emulator::cloudspot`](crate::Emulator::cloudspot) describes.
    #[serde(default)]
    pub modules: Table<Module>,
    /// The companies by their ids.
    #[serde(default)]
    pub companies: Table<Company>,
    /// The users by their names. The first is the one that [`Emulator::cloudspot`](crate::Emulator::cloudspot) describes.
    #[serde(default)]
    pub users: Table<User>,
    /// The tokens of those who have signed in, oldest first.
    #[serde(default)]
    pub tokens: Vec<Token>,
    /// The impersonations that were prepared, oldest first.
    #[serde(default)]
    pub impersonations: Vec<Impersonation>,
    /// How long a token is good, in seconds. Defaults to a day; the vendor tells nothing.
    #[serde(default = "day")]
    pub token_seconds: u32,
    /// How many failures in a row lock a user out; 0 is never. Defaults to 5; the vendor tells nothing.
    #[serde(default = "five")]
    pub lockout_failures: u32,
    /// How long a user is locked out, in seconds. Defaults to a quarter of an hour; the vendor tells nothing.
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
    /// Makes a license server without any module, company or user.
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

impl Default for Cloudspot {
    /// One module, one company, and one user who may use the module for the company and view reports there.
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
    /// The app id, which `X-LICENSE-MODULE` carries.
    pub id: String,
    /// The name. Defaults to none, which is empty.
    #[serde(default)]
    pub name: String,
}

impl Module {
    /// Makes a module.
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

/// A company that users act for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Company {
    /// The id; one that is a number is sent as one.
    pub id: String,
    /// The name. Defaults to none, which is empty.
    #[serde(default)]
    pub name: String,
}

impl Company {
    /// Makes a company.
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
