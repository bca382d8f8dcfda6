//! Policies: what is permitted and forbidden, as statements in the Cedar language.
//!
//! Cloudinary defines the system policies, which roles consist of. The account defines custom policies, which apply to
//! the principals that their statements name. Effective policies are both, as far as they apply in a scope.

mod custom;
mod effective;
mod list;
mod update;

use account_provisioning_core::{Error, IntoId};

pub use self::effective::EffectivePolicies;
pub use self::update::ChangeCustomPolicy;
use super::requests::{
    CreateCustomPolicy, DeleteCustomPolicy, GetCustomPolicies, GetCustomPolicy, GetEffectivePolicies,
    GetSystemPolicies, UpdateCustomPolicy,
};
use super::types::{CreateCustomPolicyRequest, UpdateCustomPolicyRequest};
use super::{AccountId, Client, PolicyId, PolicyScope, PolicyStatement, Scope, lookups};
use crate::call::Call;
use crate::find::FindBy;
use crate::list::Pager;
use crate::mode::Optional;
use crate::replace::ReadAndReplace;

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

    /// Fetches the policies in effect in a scope (`getEffectivePolicies`): the roles of the principals, each with its
    /// system policies, and the custom policies that apply there.
    ///
    /// The vendor doesn't say whether disabled policies are included: compare with `custom().list().enabled(false)` where
    /// that matters.
    ///
    /// # Options
    /// [`scope`][o], [`principal`][o]
    ///
    /// [o]: Call#impl-Call%3CGetEffectivePolicies,+M%3E
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when there is no such product environment or principal; a paging error
    /// when the reply has the cursor of a next page, since a policy that forbids something could be on it.
    ///
    /// # Examples
    /// ```
    /// # use account_provisioning::cloudinary;
    /// use account_provisioning::cloudinary::{RoleAssignment, Scope};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudinary = cloudinary::Client::builder().account_url(emulator.cloudinary().url()).base_url(emulator.cloudinary().base_url()).build()?;
    /// # let user = cloudinary.users().create("Ann", "ann@client.example").await?;
    /// # let reports = RoleAssignment::without_parameters("cld::role::account::reports", Scope::Account);
    /// # cloudinary.principals().add_roles(&user.id, [reports]).await?;
    /// let effective = cloudinary.policies().effective().scope(Scope::Account).principal(&user.id).await?;
    /// for role in effective.principals.iter().flat_map(|principal| &principal.roles) {
    ///     for policy in &role.system_policies {
    ///         println!("{}: {}", role.id, policy.policy_statement);
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "effective_policies.list")]
    pub fn effective(&self) -> Call<GetEffectivePolicies> {
        let request = GetEffectivePolicies::new(self.client.account_id().clone());
        Call::new(self.client.low_level(), request)
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
    /// The service returns a cursor, although the vendor's document has no parameter for it; the cursor is sent as in
    /// other lists. If the service ignores it and sends the first page again, the stream ends with an error.
    ///
    /// # Options
    /// [`permission_type`][o], [`scope_type`][o], [`cursor`][o]
    ///
    /// [o]: Call#impl-Call%3CGetSystemPolicies,+M%3E
    ///
    /// # Errors
    /// [`is_auth`](crate::Error::is_auth) when the service refuses the credentials or they don't allow it; a
    /// [paging error](crate::Error::paging) when the service sends a page or a cursor again.
    pub fn list(&self) -> Pager<GetSystemPolicies> {
        let request = GetSystemPolicies::new(self.client.account_id().clone());
        Call::new(self.client.low_level(), request)
    }
}

/// The policies that the account defines; see [`Policies::custom`].
#[derive(Clone, Debug)]
pub struct CustomPolicies {
    client: Client,
}

impl CustomPolicies {
    fn account(&self) -> AccountId {
        self.client.account_id().clone()
    }

    /// Lists the custom policies of one scope (`getCustomPolicies`). Awaited, it fetches one page; streamed, all of them.
    ///
    /// # Options
    /// [`scope`][o], [`enabled`][o], [`cursor`][o]
    ///
    /// [o]: Call#impl-Call%3CGetCustomPolicies,+M%3E
    ///
    /// # Errors
    /// [`is_auth`](crate::Error::is_auth) when the service refuses the credentials or they don't allow it; a
    /// [paging error](crate::Error::paging) when the service sends a page or a cursor again.
    pub fn list(&self) -> Pager<GetCustomPolicies> {
        Call::new(self.client.low_level(), GetCustomPolicies::new(self.account()))
    }

    /// Fetches one custom policy (`getCustomPolicy`).
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when no policy has this id; [`get_opt`](Self::get_opt) returns `None`
    /// instead.
    pub fn get(&self, id: impl IntoId<PolicyId>) -> Call<GetCustomPolicy> {
        let request = id.into_id().map(|id| GetCustomPolicy::new(self.account(), id));
        Call::try_new(self.client.low_level(), request)
    }

    /// Fetches one custom policy, or `None` when no policy has this id (`getCustomPolicy`).
    ///
    /// # Errors
    /// As [`get`](Self::get), but for "not found".
    pub fn get_opt(&self, id: impl IntoId<PolicyId>) -> Call<GetCustomPolicy, Optional> {
        self.get(id).optional()
    }

    /// Finds the custom policy with a name in one scope, or `None` when no policy there has it (`getCustomPolicies`). It fetches
    /// all pages, which share the call's time limit. Names are compared exactly.
    ///
    /// Policies for all product environments can't be found in this way: no list has only those.
    ///
    /// # Errors
    /// Those of [`list`](Self::list); [`is_ambiguous`](crate::Error::is_ambiguous) when several policies have the name;
    /// an input error for an empty name.
    pub fn find_by_name(
        &self,
        name: impl Into<String>,
        scope: impl TryInto<Scope, Error: Into<Error>>,
    ) -> Call<FindBy<GetCustomPolicies>> {
        let find =
            Scope::parts_of(scope).map(|scope| lookups::custom_policy_by_name(self.account(), name.into(), scope));
        Call::try_new(self.client.low_level(), find)
    }

    /// Creates a custom policy (`createCustomPolicy`).
    ///
    /// # Options
    /// [`description`][o], [`enabled`][o]
    ///
    /// [o]: Call#impl-Call%3CCreateCustomPolicy,+M%3E
    ///
    /// # Errors
    /// An error of the service when the statement isn't valid, with more about it in
    /// [`details`](crate::Error::details); [`is_conflict`](crate::Error::is_conflict) when such a policy exists already;
    /// [`is_outcome_unknown`](crate::Error::is_outcome_unknown) when the response was lost:
    /// [`reconcile`](Call::reconcile) finds out whether it was created, and [`or_find`](Call::or_find) does it by itself.
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
    /// let statement = "forbid (principal, action == Cloudinary::Action::\"delete\", resource is Cloudinary::User);";
    /// let policy = cloudinary
    ///     .policies()
    ///     .custom()
    ///     .create("No user deletions", statement, Scope::Account)
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
        let request = PolicyScope::parts_of(scope).and_then(|(scope_type, scope_id)| {
            let body = CreateCustomPolicyRequest {
                description: None,
                enabled: None,
                name: name.into(),
                policy_statement: statement.into().text()?,
                scope_id: scope_id.map(Into::into),
                scope_type,
            };
            Ok(CreateCustomPolicy::new(self.account(), body))
        });
        Call::try_new(self.client.low_level(), request)
    }

    /// Changes a custom policy (`getCustomPolicy`, then `updateCustomPolicy`): what isn't set stays as it is, **and a
    /// disabled policy stays disabled**.
    ///
    /// The service only takes a policy as a whole. So this call reads the policy first, and sends what isn't set as it
    /// was, with keys that this version doesn't know: **two requests**, which share the call's time limit. A change that
    /// somebody else makes between the two is overwritten. With [`if_unchanged_since`][o], a change that was made since you
    /// fetched the policy is an error.
    ///
    /// The vendor's document says that an update with an identical statement is refused as a conflict. Where the service
    /// does that, any other change needs a different statement too: adding a comment to it is enough.
    ///
    /// # Options
    /// [`name`][o], [`description`][o], [`policy_statement`][o], [`scope`][o], [`enabled`][o], [`if_unchanged_since`][o]
    ///
    /// [o]: Call#impl-Call%3CChangeCustomPolicy,+M%3E
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when no policy has this id; [`is_conflict`](crate::Error::is_conflict)
    /// when the statement is identical or the name is taken; [`is_changed`](crate::Error::is_changed) when the policy is not
    /// what [`if_unchanged_since`][o] says; an error of the service when the statement isn't valid.
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
    /// # let statement = "forbid (principal, action == Cloudinary::Action::\"delete\", resource is Cloudinary::User);";
    /// # let policies = cloudinary.policies();
    /// # let policy = policies.custom().create("No user deletions", statement, Scope::Account).enabled(false).await?;
    /// let wider = "forbid (principal, action in [Cloudinary::Action::\"update\", Cloudinary::Action::\"delete\"], resource is Cloudinary::User);";
    /// let updated = policies.custom().update(&policy.id).policy_statement(wider).await?;
    /// assert_eq!((updated.name.as_str(), updated.enabled), ("No user deletions", false)); // as they were
    /// # Ok(())
    /// # }
    /// ```
    pub fn update(&self, id: impl IntoId<PolicyId>) -> Call<ChangeCustomPolicy, ReadAndReplace> {
        let change = id.into_id().map(|id| ChangeCustomPolicy::new(self.account(), id));
        Call::try_new(self.client.low_level(), change)
    }

    /// Replaces a custom policy with what is passed here, without reading it first (`updateCustomPolicy`).
    ///
    /// The policy is enabled or disabled as `enabled` says, and has no description unless one is set.
    ///
    /// # Options
    /// [`description`][o]
    ///
    /// [o]: Call#impl-Call%3CUpdateCustomPolicy,+M%3E
    ///
    /// # Errors
    /// As [`update`](Self::update).
    #[doc(alias = "custom_policies.update")]
    pub fn replace(
        &self,
        id: impl IntoId<PolicyId>,
        name: impl Into<String>,
        statement: impl Into<PolicyStatement>,
        scope: impl TryInto<PolicyScope, Error: Into<Error>>,
        enabled: bool,
    ) -> Call<UpdateCustomPolicy> {
        let request = id.into_id().map_err(Error::from).and_then(|id| {
            let (scope_type, scope_id) = PolicyScope::parts_of(scope)?;
            let body = UpdateCustomPolicyRequest {
                description: None,
                enabled,
                name: name.into(),
                policy_statement: statement.into().text()?,
                scope_id: scope_id.map(Into::into),
                scope_type,
            };
            Ok(UpdateCustomPolicy::new(self.account(), id, body))
        });
        Call::try_new(self.client.low_level(), request)
    }

    /// Deletes a custom policy (`deleteCustomPolicy`).
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when no policy has this id.
    pub fn delete(&self, id: impl IntoId<PolicyId>) -> Call<DeleteCustomPolicy> {
        let request = id.into_id().map(|id| DeleteCustomPolicy::new(self.account(), id));
        Call::try_new(self.client.low_level(), request)
    }
}
