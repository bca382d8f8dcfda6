//! The enumerations of the permissions API.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The value that means all product environments, where the id of one is expected.
pub const ALL_ENVIRONMENTS: &str = "all";

/// The level at which a role or a policy applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[non_exhaustive]
pub enum ScopeType {
    /// The account.
    #[serde(rename = "account")]
    Account,
    /// A product environment, or all of them.
    #[serde(rename = "prodenv")]
    Prodenv,
}

impl ScopeType {
    /// Every value.
    pub const ALL: &'static [Self] = &[Self::Account, Self::Prodenv];

    /// Returns the value on the wire.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Prodenv => "prodenv",
        }
    }

    pub(in crate::cloudinary) fn read(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|known| known.word() == word)
    }
}

impl fmt::Display for ScopeType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// What a role or a system policy covers within its scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[non_exhaustive]
pub enum PermissionType {
    /// Everything in the scope.
    #[serde(rename = "global")]
    Global,
    /// The content that an assignment names: a folder or a collection.
    #[serde(rename = "content")]
    Content,
}

impl PermissionType {
    /// Every value.
    pub const ALL: &'static [Self] = &[Self::Global, Self::Content];

    /// Returns the value on the wire.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::Content => "content",
        }
    }

    pub(in crate::cloudinary) fn read(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|known| known.word() == word)
    }
}

impl fmt::Display for PermissionType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// What a role can be assigned to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[non_exhaustive]
pub enum PrincipalType {
    /// A user, by id.
    #[serde(rename = "user")]
    User,
    /// A user group, by id.
    #[serde(rename = "group")]
    Group,
    /// An access key of a product environment, by API key.
    #[serde(rename = "apiKey")]
    ApiKey,
    /// A credential of the account, by API key.
    #[serde(rename = "provisioningKey")]
    ProvisioningKey,
}

impl PrincipalType {
    /// Every value.
    pub const ALL: &'static [Self] = &[Self::User, Self::Group, Self::ApiKey, Self::ProvisioningKey];

    /// Returns the value on the wire.
    pub const fn word(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Group => "group",
            Self::ApiKey => "apiKey",
            Self::ProvisioningKey => "provisioningKey",
        }
    }

    pub(in crate::cloudinary) fn read(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|known| known.word() == word)
    }
}

impl fmt::Display for PrincipalType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
