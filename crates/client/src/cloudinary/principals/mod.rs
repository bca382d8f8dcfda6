//! Principals: which roles they have, and where.
//!
//! A principal is a user, a user group, an access key or a key of the account; see [`Principal`]. Other parts of the
//! client create them: [`users`](super::users), [`user_groups`](super::user_groups),
//! [`access_keys`](super::access_keys).

mod inspect;
mod roles;

use account_provisioning_core::Error;

use super::assignment::bodies;
use super::requests::{GetPrincipalRoles, Inspect, InspectMultiple, UpdatePrincipalRoles};
use super::types::{InspectPrincipalsRequest, RoleOperation, UpdatePrincipalRolesRequest};
use super::{AccountId, Client, PermissionType, Principal, RoleAssignment, Scope};
use crate::call::Call;
use crate::list::Pager;

/// The principals of one account; see [`Client::principals`].
#[derive(Clone, Debug)]
pub struct Principals {
    client: Client,
}

impl Principals {
    pub(super) fn new(client: Client) -> Self {
        Self { client }
    }

    fn account(&self) -> AccountId {
        self.client.account_id().clone()
    }

    /// Lists the roles of one permission type that a principal has (`getPrincipalRoles`). The list is not paged.
    ///
    /// # Options
    /// [`management_type`][o], [`scope`][o], [`policy_parameters`][o]
    ///
    /// [o]: Call#impl-Call%3CGetPrincipalRoles,+M%3E
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when there is no such principal.
    #[doc(alias = "principals.list_roles")]
    pub fn roles(
        &self,
        principal: impl TryInto<Principal, Error: Into<Error>>,
        permission_type: impl Into<PermissionType>,
    ) -> Pager<GetPrincipalRoles> {
        let request = Principal::parts_of(principal)
            .map(|(kind, id)| GetPrincipalRoles::new(self.account(), permission_type.into(), id, kind));
        Call::try_new(self.client.low_level(), request)
    }

    /// Assigns roles to a principal (`updatePrincipalRoles`).
    ///
    /// Each assignment says where the role applies, and on what content. It is sent exactly as it is written.
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when there is no such principal or role; an input error for an empty
    /// list.
    ///
    /// # Examples
    /// ```
    /// # use account_provisioning::cloudinary;
    /// use account_provisioning::cloudinary::{PermissionType, PolicyParameters, RoleAssignment, Scope};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudinary = cloudinary::Client::builder().account_url(emulator.cloudinary().url()).base_url(emulator.cloudinary().base_url()).build()?;
    /// # let user = cloudinary.users().create("Ann", "ann@client.example").await?;
    /// # let env = cloudinary.product_environments().create("Client Portal").await?;
    /// let folder = PolicyParameters::folder("fg3841spr");
    /// let viewer = RoleAssignment::new("cld::role::folder::viewer", &env.id, folder);
    /// let reports = RoleAssignment::without_parameters("cld::role::account::reports", Scope::Account);
    ///
    /// let principals = cloudinary.principals();
    /// principals.add_roles(&user.id, [viewer, reports]).await?;
    ///
    /// let roles = principals.roles(&user.id, PermissionType::Content).await?;
    /// assert_eq!(roles.items[0].policy_parameters["folder_id"], "fg3841spr");
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "principals.update_roles")]
    pub fn add_roles(
        &self,
        principal: impl TryInto<Principal, Error: Into<Error>>,
        roles: impl IntoIterator<Item = RoleAssignment>,
    ) -> Call<UpdatePrincipalRoles> {
        self.update_roles(RoleOperation::Add, principal, roles)
    }

    /// Takes roles away from a principal (`updatePrincipalRoles`): exactly the assignments that are passed, with their
    /// scope and parameters.
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when there is no such principal or role; an input error for an empty
    /// list.
    #[doc(alias = "principals.update_roles")]
    pub fn remove_roles(
        &self,
        principal: impl TryInto<Principal, Error: Into<Error>>,
        roles: impl IntoIterator<Item = RoleAssignment>,
    ) -> Call<UpdatePrincipalRoles> {
        self.update_roles(RoleOperation::Remove, principal, roles)
    }

    fn update_roles(
        &self,
        operation: RoleOperation,
        principal: impl TryInto<Principal, Error: Into<Error>>,
        roles: impl IntoIterator<Item = RoleAssignment>,
    ) -> Call<UpdatePrincipalRoles> {
        let request = Principal::reference_of(principal).and_then(|principal| {
            let body = UpdatePrincipalRolesRequest {
                operation,
                principal,
                roles: bodies("roles", roles, RoleAssignment::into_body)?,
            };
            Ok(UpdatePrincipalRoles::new(self.account(), body))
        });
        Call::try_new(self.client.low_level(), request)
    }

    /// Lists the principals that have roles in a scope, each with these roles (`inspect`): who has access there?
    /// Awaited, it fetches one page; streamed, all of them.
    ///
    /// # Options
    /// [`principal`][o], [`policy_parameters`][o], [`cursor`][o]
    ///
    /// [o]: Call#impl-Call%3CInspect,+M%3E
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when there is no such product environment or principal; a
    /// [paging error](crate::Error::paging) when the service sends a cursor again.
    ///
    /// # Examples
    /// ```
    /// # use account_provisioning::cloudinary;
    /// use account_provisioning::cloudinary::{Principal, RoleAssignment, Scope};
    /// use futures_util::TryStreamExt;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudinary = cloudinary::Client::builder().account_url(emulator.cloudinary().url()).base_url(emulator.cloudinary().base_url()).build()?;
    /// # let user = cloudinary.users().create("Ann", "ann@client.example").await?;
    /// # let reports = RoleAssignment::without_parameters("cld::role::account::reports", Scope::Account);
    /// # cloudinary.principals().add_roles(&user.id, [reports]).await?;
    /// let mut found = cloudinary.principals().inspect(Scope::Account).stream();
    /// while let Some(principal) = found.try_next().await? {
    ///     for role in &principal.roles {
    ///         println!("{} has {}", Principal::try_from(&principal)?, role.id);
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn inspect(&self, scope: impl TryInto<Scope, Error: Into<Error>>) -> Pager<Inspect> {
        let request = Scope::parts_of(scope).map(|(scope_type, scope_id)| {
            let mut inspect = Inspect::new(self.account(), scope_type);
            inspect.scope_id = scope_id;
            inspect
        });
        Call::try_new(self.client.low_level(), request)
    }

    /// Lists the roles that the given principals have in a scope (`inspectMultiple`). Awaited, it fetches one page;
    /// streamed, all of them. It changes nothing.
    ///
    /// # Options
    /// [`policy_parameters`][o], [`cursor`][o]
    ///
    /// [o]: Call#impl-Call%3CInspectMultiple,+M%3E
    ///
    /// # Errors
    /// An input error for an empty list of principals; otherwise as [`inspect`](Self::inspect).
    ///
    /// # Examples
    /// ```
    /// # use account_provisioning::cloudinary;
    /// use account_provisioning::cloudinary::{Principal, Scope};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudinary = cloudinary::Client::builder().account_url(emulator.cloudinary().url()).base_url(emulator.cloudinary().base_url()).build()?;
    /// # let user = cloudinary.users().create("Ann", "ann@client.example").await?;
    /// # let group = cloudinary.user_groups().create("Editors").await?;
    /// let known = [Principal::user(&user.id)?, Principal::group(&group.id)?];
    /// let found = cloudinary.principals().inspect_many(Scope::Account, known).await?;
    /// assert!(found.iter().all(|principal| principal.roles.is_empty()));
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "principals.inspect_multiple")]
    pub fn inspect_many(
        &self,
        scope: impl TryInto<Scope, Error: Into<Error>>,
        principals: impl IntoIterator<Item = impl TryInto<Principal, Error: Into<Error>>>,
    ) -> Pager<InspectMultiple> {
        let body = Scope::parts_of(scope).and_then(|(scope_type, scope_id)| {
            Ok(InspectPrincipalsRequest {
                cursor: None,
                policy_parameters: None,
                principals: bodies("principals", principals, Principal::reference_of)?,
                scope_id,
                scope_type,
            })
        });
        let request = body.map(|body| InspectMultiple::new(self.account(), body));
        Call::try_new(self.client.low_level(), request)
    }
}
