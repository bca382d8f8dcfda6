//! Principals: which roles they hold, and where.
//!
//! A principal is a user, a user group, an access key or a key of the account; see [`Principal`]. Principals themselves
//! are made elsewhere: [`users`](super::users), [`user_groups`](super::user_groups),
//! [`access_keys`](super::access_keys).

mod inspect;
mod roles;

use super::target::Target;
use super::{Client, PermissionType, Principal, RoleAssignment, Scope};
use crate::Error;
use crate::call::Call;

pub use self::inspect::{InspectManyPrincipals, InspectPrincipals};
pub use self::roles::{ListPrincipalRoles, UpdatePrincipalRoles};

/// The principals of one account; see [`Client::principals`].
#[derive(Clone, Debug)]
pub struct Principals {
    client: Client,
}

impl Principals {
    pub(super) fn new(client: Client) -> Self {
        Self { client }
    }

    fn target(&self) -> Target {
        Target::new(&self.client)
    }

    /// Lists the roles of one permission type that a principal holds (`getPrincipalRoles`); they come whole.
    ///
    /// # Errors
    /// [`is_not_found`](Error::is_not_found) when there is no such principal.
    pub fn roles(
        &self,
        principal: impl TryInto<Principal, Error: Into<Error>>,
        permission_type: impl Into<PermissionType>,
    ) -> Call<ListPrincipalRoles> {
        let principal = principal.try_into().map_err(Into::into);
        Call::try_new(
            principal.map(|principal| ListPrincipalRoles::new(self.target(), principal, permission_type.into())),
        )
    }

    /// Assigns roles to a principal (`updatePrincipalRoles`).
    ///
    /// Each assignment says where the role holds, and on what content: it arrives as it is written here.
    ///
    /// # Errors
    /// [`is_not_found`](Error::is_not_found) when there is no such principal or role; an input error for an empty list.
    ///
    /// # Examples
    /// ```
    /// # use account_provisioning::cloudinary;
    /// use account_provisioning::cloudinary::{PermissionType, PolicyParameters, Principal, RoleAssignment, Scope};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudinary = cloudinary::Client::builder().account_url(emulator.cloudinary().url()).base_url(emulator.cloudinary().base_url()).build()?;
    /// # let user = cloudinary.users().create("Ann", "ann@client.example").await?;
    /// # let env = cloudinary.product_environments().create("Client Portal").await?;
    /// let ann = Principal::user(&user.id)?;
    /// let scope = Scope::product_environment(&env.id)?;
    /// let viewer = RoleAssignment::new("cld::role::folder::viewer", &scope, PolicyParameters::folder("fg3841spr"));
    /// let reports = RoleAssignment::without_parameters("cld::role::account::reports", Scope::Account);
    ///
    /// let principals = cloudinary.principals();
    /// principals.add_roles(&ann, [viewer, reports]).await?;
    ///
    /// let held = principals.roles(&ann, PermissionType::Content).await?;
    /// assert_eq!(held.items[0].policy_parameters["folder_id"], "fg3841spr");
    /// # Ok(())
    /// # }
    /// ```
    pub fn add_roles(
        &self,
        principal: impl TryInto<Principal, Error: Into<Error>>,
        roles: impl IntoIterator<Item = RoleAssignment>,
    ) -> Call<UpdatePrincipalRoles> {
        let principal = principal.try_into().map_err(Into::into);
        Call::try_new(principal.and_then(|principal| UpdatePrincipalRoles::adding(self.target(), &principal, roles)))
    }

    /// Takes roles away from a principal (`updatePrincipalRoles`): the assignments that are named, with their scope and
    /// parameters, and no other.
    ///
    /// # Errors
    /// [`is_not_found`](Error::is_not_found) when there is no such principal or role; an input error for an empty list.
    pub fn remove_roles(
        &self,
        principal: impl TryInto<Principal, Error: Into<Error>>,
        roles: impl IntoIterator<Item = RoleAssignment>,
    ) -> Call<UpdatePrincipalRoles> {
        let principal = principal.try_into().map_err(Into::into);
        Call::try_new(principal.and_then(|principal| UpdatePrincipalRoles::removing(self.target(), &principal, roles)))
    }

    /// Finds the principals that hold roles in a scope, each with these roles (`inspect`): who has access there? Awaited,
    /// it fetches one page; streamed, all of them.
    ///
    /// # Errors
    /// [`is_not_found`](Error::is_not_found) when there is no such product environment or principal; a
    /// [paging error](Error::paging) when the service hands out a cursor again.
    ///
    /// # Examples
    /// ```
    /// # use account_provisioning::cloudinary;
    /// use account_provisioning::cloudinary::{Principal, RoleAssignment, Scope};
    /// use futures::TryStreamExt;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudinary = cloudinary::Client::builder().account_url(emulator.cloudinary().url()).base_url(emulator.cloudinary().base_url()).build()?;
    /// # let user = cloudinary.users().create("Ann", "ann@client.example").await?;
    /// # let reports = RoleAssignment::without_parameters("cld::role::account::reports", Scope::Account);
    /// # cloudinary.principals().add_roles(Principal::user(&user.id)?, [reports]).await?;
    /// let mut found = cloudinary.principals().inspect(Scope::Account).stream(); // pages are fetched as they are needed
    /// while let Some(principal) = found.try_next().await? {
    ///     for role in &principal.roles {
    ///         println!("{} holds {}", Principal::try_from(&principal)?, role.id);
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn inspect(&self, scope: impl TryInto<Scope, Error: Into<Error>>) -> Call<InspectPrincipals> {
        let scope = scope.try_into().map_err(Into::into);
        Call::try_new(scope.and_then(|scope| InspectPrincipals::new(self.target(), &scope)))
    }

    /// Shows the roles that the given principals hold in a scope (`inspectMultiple`), for principals that are known
    /// already. Awaited, it fetches one page; streamed, all of them. It only reads.
    ///
    /// # Errors
    /// An input error for no principals; otherwise as [`inspect`](Self::inspect).
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
    pub fn inspect_many(
        &self,
        scope: impl TryInto<Scope, Error: Into<Error>>,
        principals: impl IntoIterator<Item = impl TryInto<Principal, Error: Into<Error>>>,
    ) -> Call<InspectManyPrincipals> {
        let scope = scope.try_into().map_err(Into::into);
        Call::try_new(scope.and_then(|scope| InspectManyPrincipals::new(self.target(), &scope, principals)))
    }
}
