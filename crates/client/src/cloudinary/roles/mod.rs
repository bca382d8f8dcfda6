//! Roles: what they are made of, and who holds them.
//!
//! System roles are Cloudinary's own and can only be read and assigned; custom roles are made of system policies.

mod list;
mod principals;
mod write;

use super::policy_parameters::QueryParameters;
use super::target::{Target, operation};
use super::{Client, PermissionType, PolicyParameters, PrincipalAssignment, RoleDetails, RoleId, ScopeType};
use crate::Error;
use crate::call::{Call, Optional};

pub use self::list::ListRoles;
pub use self::principals::{ListRolePrincipals, UpdateRolePrincipals};
pub(super) use self::write::nullable;
pub use self::write::{CreateRole, DeleteRole, ReplaceRole, UpdateRole};

/// The roles of one account; see [`Client::roles`].
#[derive(Clone, Debug)]
pub struct Roles {
    client: Client,
}

impl Roles {
    pub(super) fn new(client: Client) -> Self {
        Self { client }
    }

    fn target(&self) -> Target {
        Target::new(&self.client)
    }

    /// Lists the system roles and custom roles of one permission type (`getRoles`); they come whole.
    ///
    /// # Errors
    /// [`is_auth`](Error::is_auth) when the credentials are refused or don't allow it.
    ///
    /// # Examples
    /// ```
    /// # use account_provisioning::cloudinary;
    /// use account_provisioning::cloudinary::{ManagementType, PermissionType};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudinary = cloudinary::Client::builder().account_url(emulator.cloudinary().url()).base_url(emulator.cloudinary().base_url()).build()?;
    /// let roles = cloudinary
    ///     .roles()
    ///     .list(PermissionType::Content)
    ///     .management_type(ManagementType::System)
    ///     .policy_parameters(["folder_id"])
    ///     .await?;
    /// for role in roles {
    ///     println!("{}: {}", role.id, role.name);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn list(&self, permission_type: impl Into<PermissionType>) -> Call<ListRoles> {
        Call::new(ListRoles::new(self.target(), permission_type.into()))
    }

    /// Fetches one role with its policies (`getRole`).
    ///
    /// # Errors
    /// [`is_not_found`](Error::is_not_found) when no role has this id; [`get_opt`](Self::get_opt) returns `None` instead.
    ///
    /// # Examples
    /// ```
    /// # use account_provisioning::cloudinary;
    /// use account_provisioning::cloudinary::PolicyParameters;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudinary = cloudinary::Client::builder().account_url(emulator.cloudinary().url()).base_url(emulator.cloudinary().base_url()).build()?;
    /// let viewer = cloudinary
    ///     .roles()
    ///     .get("cld::role::folder::viewer")
    ///     .policy_parameters(PolicyParameters::folder("fg3841spr"))
    ///     .await?;
    /// for policy in &viewer.policies {
    ///     assert!(policy.policy_statement.contains("fg3841spr"));
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn get(&self, id: impl TryInto<RoleId, Error: Into<Error>>) -> Call<GetRole> {
        let id = id.try_into().map_err(Into::into);
        Call::try_new(id.map(|id| GetRole::new(self.target(), id)))
    }

    /// Fetches one role with its policies, or `None` when no role has this id (`getRole`).
    ///
    /// # Errors
    /// As [`get`](Self::get), but for "not found".
    pub fn get_opt(&self, id: impl TryInto<RoleId, Error: Into<Error>>) -> Call<Optional<GetRole>> {
        self.get(id).map(Optional)
    }

    /// Creates a custom role (`createRole`). Its permission type can't be changed later.
    ///
    /// # Errors
    /// [`is_conflict`](Error::is_conflict) when the name is taken;
    /// [`is_outcome_unknown`](Error::is_outcome_unknown) when the reply was lost: look for the name with
    /// [`list`](Self::list) before creating it again.
    ///
    /// # Examples
    /// ```
    /// # use account_provisioning::cloudinary;
    /// use account_provisioning::cloudinary::{PermissionType, ScopeType};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudinary = cloudinary::Client::builder().account_url(emulator.cloudinary().url()).base_url(emulator.cloudinary().base_url()).build()?;
    /// let auditor = cloudinary
    ///     .roles()
    ///     .create("Auditor", PermissionType::Global, ScopeType::Account)
    ///     .description("Reads, and changes nothing")
    ///     .system_policy_ids(["cld::policy::account::users::read", "cld::policy::account::reports::read"])
    ///     .await?;
    /// assert_eq!(auditor.policies.len(), 2);
    /// # Ok(())
    /// # }
    /// ```
    pub fn create(
        &self,
        name: impl Into<String>,
        permission_type: impl Into<PermissionType>,
        scope_type: impl Into<ScopeType>,
    ) -> Call<CreateRole> {
        Call::new(CreateRole::new(
            self.target(),
            name.into(),
            permission_type.into(),
            scope_type.into(),
        ))
    }

    /// Changes a custom role (`getRole`, then `updateRole`): what isn't set stays as it is.
    ///
    /// The service takes a role as a whole, so this reads the role first and sends what isn't set as it was: **two
    /// requests**, which share the call's time. Somebody else's change between the two is overwritten; where that
    /// matters, see to it that one program changes a role, or send all of it with [`replace`](Self::replace).
    ///
    /// # Errors
    /// [`is_not_found`](Error::is_not_found) when no role has this id; [`is_conflict`](Error::is_conflict) when another
    /// role has the name; [`is_permission_denied`](Error::is_permission_denied) for a system role.
    ///
    /// # Examples
    /// ```
    /// # use account_provisioning::cloudinary;
    /// use account_provisioning::Field;
    /// use account_provisioning::cloudinary::{PermissionType, ScopeType};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudinary = cloudinary::Client::builder().account_url(emulator.cloudinary().url()).base_url(emulator.cloudinary().base_url()).build()?;
    /// # let roles = cloudinary.roles();
    /// # let auditor = roles.create("Auditor", PermissionType::Global, ScopeType::Account).description("Reads")
    /// #     .system_policy_ids(["cld::policy::account::users::read"]).await?;
    /// let updated = roles.update(&auditor.id).name("Reader").description(Field::Clear).await?;
    /// assert_eq!((updated.name.as_str(), updated.description), ("Reader", None));
    /// assert_eq!(updated.policies.len(), 1); // as they were
    /// # Ok(())
    /// # }
    /// ```
    pub fn update(&self, id: impl TryInto<RoleId, Error: Into<Error>>) -> Call<UpdateRole> {
        let id = id.try_into().map_err(Into::into);
        Call::try_new(id.map(|id| UpdateRole::new(self.target(), id)))
    }

    /// Replaces a custom role by what is given here, without reading it first (`updateRole`).
    ///
    /// The vendor asks for everything that is to stay along with what is to change, and doesn't say what becomes of a
    /// field that is left out: set all of them.
    ///
    /// # Errors
    /// As [`update`](Self::update).
    pub fn replace(&self, id: impl TryInto<RoleId, Error: Into<Error>>, name: impl Into<String>) -> Call<ReplaceRole> {
        let id = id.try_into().map_err(Into::into);
        Call::try_new(id.map(|id| ReplaceRole::new(self.target(), id, name.into())))
    }

    /// Deletes a custom role (`deleteRole`). While principals hold it, only
    /// [`force`](Call::<DeleteRole>::force) does.
    ///
    /// # Errors
    /// [`is_not_found`](Error::is_not_found) when no role has this id; the service's refusal while principals hold it.
    pub fn delete(&self, id: impl TryInto<RoleId, Error: Into<Error>>) -> Call<DeleteRole> {
        let id = id.try_into().map_err(Into::into);
        Call::try_new(id.map(|id| DeleteRole::new(self.target(), id)))
    }

    /// Lists the principals that hold a role (`getRolePrincipals`); they come whole.
    ///
    /// # Errors
    /// [`is_not_found`](Error::is_not_found) when no role has this id.
    pub fn principals(&self, id: impl TryInto<RoleId, Error: Into<Error>>) -> Call<ListRolePrincipals> {
        let id = id.try_into().map_err(Into::into);
        Call::try_new(id.map(|id| ListRolePrincipals::new(self.target(), id)))
    }

    /// Assigns a role to principals (`updateRolePrincipals`).
    ///
    /// Each assignment says where the role holds, and on what content: it arrives as it is written here.
    ///
    /// # Errors
    /// [`is_not_found`](Error::is_not_found) when there is no such role or principal; an input error for an empty list.
    ///
    /// # Examples
    /// ```
    /// # use account_provisioning::cloudinary;
    /// use account_provisioning::cloudinary::{PolicyParameters, Principal, PrincipalAssignment, Scope};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudinary = cloudinary::Client::builder().account_url(emulator.cloudinary().url()).base_url(emulator.cloudinary().base_url()).build()?;
    /// # let group = cloudinary.user_groups().create("Editors").await?;
    /// # let env = cloudinary.product_environments().create("Client Portal").await?;
    /// let editors = Principal::group(&group.id)?;
    /// let scope = Scope::product_environment(&env.id)?;
    /// let on_one_folder = PrincipalAssignment::new(&editors, &scope, PolicyParameters::folder("fg3841spr"));
    ///
    /// let roles = cloudinary.roles();
    /// roles.add_principals("cld::role::folder::contributor", [on_one_folder]).await?;
    ///
    /// let holders = roles.principals("cld::role::folder::contributor").verbose(true).await?;
    /// assert_eq!(holders.items[0].policy_parameters["folder_id"], "fg3841spr");
    /// # Ok(())
    /// # }
    /// ```
    pub fn add_principals(
        &self,
        id: impl TryInto<RoleId, Error: Into<Error>>,
        principals: impl IntoIterator<Item = PrincipalAssignment>,
    ) -> Call<UpdateRolePrincipals> {
        let id = id.try_into().map_err(Into::into);
        Call::try_new(id.and_then(|id| UpdateRolePrincipals::adding(self.target(), id, principals)))
    }

    /// Takes a role away from principals (`updateRolePrincipals`): the assignments that are named, with their scope and
    /// parameters, and no other.
    ///
    /// # Errors
    /// [`is_not_found`](Error::is_not_found) when there is no such role or principal; an input error for an empty list.
    pub fn remove_principals(
        &self,
        id: impl TryInto<RoleId, Error: Into<Error>>,
        principals: impl IntoIterator<Item = PrincipalAssignment>,
    ) -> Call<UpdateRolePrincipals> {
        let id = id.try_into().map_err(Into::into);
        Call::try_new(id.and_then(|id| UpdateRolePrincipals::removing(self.target(), id, principals)))
    }
}

/// Fetches a role; made by [`Roles::get`].
#[derive(Debug)]
pub struct GetRole {
    target: Target,
    id: RoleId,
    parameters: QueryParameters,
}
operation!(
    GetRole -> RoleDetails,
    |call, low, account| low.get_role(
        account,
        call.id.as_str(),
        call.parameters.asset_id.as_deref(),
        call.parameters.collection_id.as_deref(),
        call.parameters.folder_id.as_deref(),
        call.parameters.keys.as_ref(),
        call.parameters.values.as_ref()
    ),
    |reply| Ok(reply.data)
);

impl GetRole {
    fn new(target: Target, id: RoleId) -> Self {
        let parameters = QueryParameters::default();
        Self { target, id, parameters }
    }

    fn set(&mut self, parameters: &PolicyParameters) -> crate::Result<()> {
        parameters.query().map(|query| self.parameters = query)
    }
}

impl Call<GetRole> {
    /// Puts these ids in place of the placeholders in the statements of the role's policies. Defaults to the
    /// placeholders.
    pub fn policy_parameters(self, parameters: impl Into<PolicyParameters>) -> Self {
        self.try_change(|get| get.set(&parameters.into()))
    }
}

impl Call<Optional<GetRole>> {
    /// Puts these ids in place of the placeholders in the statements of the role's policies. Defaults to the
    /// placeholders.
    pub fn policy_parameters(self, parameters: impl Into<PolicyParameters>) -> Self {
        self.try_change(|get| get.0.set(&parameters.into()))
    }
}
