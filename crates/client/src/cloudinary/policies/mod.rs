//! Policies: what is permitted and forbidden, as statements in the Cedar language.
//!
//! System policies are Cloudinary's own, and roles are made of them. Custom policies are the account's own, and hold for
//! the principals that their statements name. Effective policies are both, as they hold in a scope.

mod custom;
mod effective;
mod list;
mod update;

use super::target::Target;
use super::{Client, PolicyId, PolicyScope, PolicyStatement};
use crate::Error;
use crate::call::{Call, Optional};

pub use self::custom::{CreateCustomPolicy, DeleteCustomPolicy, GetCustomPolicy};
pub use self::effective::{EffectivePolicies, GetEffectivePolicies};
pub use self::list::{ListCustomPolicies, ListSystemPolicies};
pub use self::update::{ReplaceCustomPolicy, UpdateCustomPolicy};

/// The policies of one account; see [`Client::policies`].
#[derive(Clone, Debug)]
pub struct Policies {
    client: Client,
}

impl Policies {
    pub(super) fn new(client: Client) -> Self {
        Self { client }
    }

    /// The policies that Cloudinary predefines.
    #[must_use]
    pub fn system(&self) -> SystemPolicies {
        SystemPolicies {
            client: self.client.clone(),
        }
    }

    /// The policies that the account defines.
    #[must_use]
    pub fn custom(&self) -> CustomPolicies {
        CustomPolicies {
            client: self.client.clone(),
        }
    }

    /// Fetches the policies in effect within a scope (`getEffectivePolicies`): the roles of the principals, each with
    /// its system policies, and the custom policies that hold there. The vendor doesn't say whether disabled ones are
    /// among them: compare with `custom().list().enabled(false)` where it matters.
    ///
    /// # Errors
    /// [`is_not_found`](Error::is_not_found) when there is no such product environment or principal.
    ///
    /// # Examples
    /// ```
    /// # use account_provisioning::cloudinary;
    /// use account_provisioning::cloudinary::{Principal, RoleAssignment, Scope};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudinary = cloudinary::Client::builder().account_url(emulator.cloudinary().url()).base_url(emulator.cloudinary().base_url()).build()?;
    /// # let user = cloudinary.users().create("Ann", "ann@client.example").await?;
    /// # let reports = RoleAssignment::without_parameters("cld::role::account::reports", Scope::Account);
    /// # cloudinary.principals().add_roles(Principal::user(&user.id)?, [reports]).await?;
    /// let ann = Principal::user(&user.id)?;
    /// let effective = cloudinary.policies().effective().scope(Scope::Account).principal(&ann).await?;
    /// for role in effective.principals.iter().flat_map(|principal| &principal.roles) {
    ///     for policy in &role.system_policies {
    ///         println!("{}: {}", role.id, policy.policy_statement);
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn effective(&self) -> Call<GetEffectivePolicies> {
        Call::new(GetEffectivePolicies::new(Target::new(&self.client)))
    }
}

/// The policies that Cloudinary predefines; see [`Policies::system`].
#[derive(Clone, Debug)]
pub struct SystemPolicies {
    client: Client,
}

impl SystemPolicies {
    /// Lists the system policies of one level (`getSystemPolicies`). Awaited, it fetches one page; streamed, all of them.
    ///
    /// The service hands out a cursor, which the vendor's document has no parameter for; it is followed as elsewhere. A
    /// service that ignores it sends the first page again, which ends a stream with an error.
    ///
    /// # Errors
    /// [`is_auth`](Error::is_auth) when the credentials are refused or don't allow it; a [paging error](Error::paging)
    /// when the service sends a page or a cursor again.
    pub fn list(&self) -> Call<ListSystemPolicies> {
        Call::new(ListSystemPolicies::new(Target::new(&self.client)))
    }
}

/// The policies that the account defines; see [`Policies::custom`].
#[derive(Clone, Debug)]
pub struct CustomPolicies {
    client: Client,
}

impl CustomPolicies {
    fn target(&self) -> Target {
        Target::new(&self.client)
    }

    /// Lists the custom policies of one scope (`getCustomPolicies`). Awaited, it fetches one page; streamed, all of them.
    ///
    /// # Errors
    /// [`is_auth`](Error::is_auth) when the credentials are refused or don't allow it; a [paging error](Error::paging)
    /// when the service sends a page or a cursor again.
    pub fn list(&self) -> Call<ListCustomPolicies> {
        Call::new(ListCustomPolicies::new(self.target()))
    }

    /// Fetches one custom policy (`getCustomPolicy`).
    ///
    /// # Errors
    /// [`is_not_found`](Error::is_not_found) when no policy has this id; [`get_opt`](Self::get_opt) returns `None`
    /// instead.
    pub fn get(&self, id: impl TryInto<PolicyId, Error: Into<Error>>) -> Call<GetCustomPolicy> {
        let id = id.try_into().map_err(Into::into);
        Call::try_new(id.map(|id| GetCustomPolicy::new(self.target(), id)))
    }

    /// Fetches one custom policy, or `None` when no policy has this id (`getCustomPolicy`).
    ///
    /// # Errors
    /// As [`get`](Self::get), but for "not found".
    pub fn get_opt(&self, id: impl TryInto<PolicyId, Error: Into<Error>>) -> Call<Optional<GetCustomPolicy>> {
        self.get(id).map(Optional)
    }

    /// Creates a custom policy (`createCustomPolicy`).
    ///
    /// # Errors
    /// The service's refusal of a statement that isn't valid, which [`details`](Error::details) may say more about;
    /// [`is_conflict`](Error::is_conflict) when there is such a policy already;
    /// [`is_outcome_unknown`](Error::is_outcome_unknown) when the reply was lost: look for the name with
    /// [`list`](Self::list) before creating it again.
    ///
    /// # Examples
    /// ```
    /// # use account_provisioning::cloudinary;
    /// use account_provisioning::cloudinary::Scope;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudinary = cloudinary::Client::builder().account_url(emulator.cloudinary().url()).base_url(emulator.cloudinary().base_url()).build()?;
    /// let statement = "forbid (principal, action == Cloudinary::Action::\"manage_billing\", resource);";
    /// let policy = cloudinary
    ///     .policies()
    ///     .custom()
    ///     .create("No billing", statement, Scope::Account)
    ///     .enabled(false) // prepared, and not in effect yet
    ///     .await?;
    /// assert!(!policy.enabled);
    /// # Ok(())
    /// # }
    /// ```
    pub fn create(
        &self,
        name: impl Into<String>,
        statement: impl Into<PolicyStatement>,
        scope: impl TryInto<PolicyScope, Error: Into<Error>>,
    ) -> Call<CreateCustomPolicy> {
        let scope = scope.try_into().map_err(Into::into);
        Call::try_new(
            scope.and_then(|scope| CreateCustomPolicy::new(self.target(), name.into(), &statement.into(), &scope)),
        )
    }

    /// Changes a custom policy (`getCustomPolicy`, then `updateCustomPolicy`): what isn't set stays as it is, **and a
    /// disabled policy stays disabled**.
    ///
    /// The service takes a policy as a whole, so this reads the policy first and sends what isn't set as it was: **two
    /// requests**, which share the call's time. Somebody else's change between the two is overwritten; where that
    /// matters, see to it that one program changes a policy, or send all of it with [`replace`](Self::replace).
    ///
    /// The vendor's document says that an update with an identical statement is refused as a conflict. Where the service
    /// holds to that, a change to anything else has to come with another statement: a comment in it is enough.
    ///
    /// # Errors
    /// [`is_not_found`](Error::is_not_found) when no policy has this id; [`is_conflict`](Error::is_conflict) when the
    /// statement is identical or the name is taken; the service's refusal of a statement that isn't valid.
    ///
    /// # Examples
    /// ```
    /// # use account_provisioning::cloudinary;
    /// use account_provisioning::cloudinary::Scope;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudinary = cloudinary::Client::builder().account_url(emulator.cloudinary().url()).base_url(emulator.cloudinary().base_url()).build()?;
    /// # let statement = "forbid (principal, action == Cloudinary::Action::\"manage_billing\", resource);";
    /// # let policies = cloudinary.policies();
    /// # let policy = policies.custom().create("No billing", statement, Scope::Account).enabled(false).await?;
    /// let wider = "forbid (principal, action in [Cloudinary::Action::\"read_billing\", Cloudinary::Action::\"manage_billing\"], resource);";
    /// let updated = policies.custom().update(&policy.id).policy_statement(wider).await?;
    /// assert_eq!((updated.name.as_str(), updated.enabled), ("No billing", false)); // as they were
    /// # Ok(())
    /// # }
    /// ```
    pub fn update(&self, id: impl TryInto<PolicyId, Error: Into<Error>>) -> Call<UpdateCustomPolicy> {
        let id = id.try_into().map_err(Into::into);
        Call::try_new(id.map(|id| UpdateCustomPolicy::new(self.target(), id)))
    }

    /// Replaces a custom policy by what is given here, without reading it first (`updateCustomPolicy`): the policy is
    /// enabled or disabled as `enabled` says, and has no description unless one is set.
    ///
    /// # Errors
    /// As [`update`](Self::update).
    pub fn replace(
        &self,
        id: impl TryInto<PolicyId, Error: Into<Error>>,
        name: impl Into<String>,
        statement: impl Into<PolicyStatement>,
        scope: impl TryInto<PolicyScope, Error: Into<Error>>,
        enabled: bool,
    ) -> Call<ReplaceCustomPolicy> {
        let id = id.try_into().map_err(Into::into);
        let scope = scope.try_into().map_err(Into::into);
        Call::try_new(id.and_then(|id| {
            ReplaceCustomPolicy::new(self.target(), id, name.into(), &statement.into(), &scope?, enabled)
        }))
    }

    /// Deletes a custom policy (`deleteCustomPolicy`).
    ///
    /// # Errors
    /// [`is_not_found`](Error::is_not_found) when no policy has this id.
    pub fn delete(&self, id: impl TryInto<PolicyId, Error: Into<Error>>) -> Call<DeleteCustomPolicy> {
        let id = id.try_into().map_err(Into::into);
        Call::try_new(id.map(|id| DeleteCustomPolicy::new(self.target(), id)))
    }
}
