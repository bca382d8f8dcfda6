//! Roles: which policies they consist of, and who has them.
//!
//! Cloudinary defines the system roles, which can only be read and assigned. The account defines custom roles, which
//! consist of system policies.

mod list;
mod principals;
mod update;
mod write;

use account_provisioning_core::{Error, IntoId, ResponseMeta, Result};

pub use self::update::ChangeRole;
use super::assignment::bodies;
use super::requests::{CreateRole, DeleteRole, GetRole, GetRolePrincipals, GetRoles, UpdateRole, UpdateRolePrincipals};
use super::types::{CreateRoleRequest, RoleOperation, RoleReply, UpdateRolePrincipalsRequest, UpdateRoleRequest};
use super::{
    AccountId, Client, PermissionType, PolicyParameters, PrincipalAssignment, RoleDetails, RoleId, ScopeType, lookups,
};
use crate::call::{Call, FromReply, Operation};
use crate::find::FindBy;
use crate::list::Pager;
use crate::mode::Optional;
use crate::replace::ReadAndReplace;

/// The roles of one account; see [`Client::roles`].
#[derive(Clone, Debug)]
pub struct Roles {
    client: Client,
}

impl Roles {
    pub(super) fn new(client: Client) -> Self {
        Self { client }
    }

    fn account(&self) -> AccountId {
        self.client.account_id().clone()
    }

    /// Lists the system roles and custom roles of one permission type (`getRoles`). The list is not paged.
    ///
    /// # Options
    /// [`scope_type`][o], [`management_type`][o], [`policy_parameters`][o]
    ///
    /// [o]: Call#impl-Call%3CGetRoles,+M%3E
    ///
    /// # Errors
    /// [`is_auth`](crate::Error::is_auth) when the service refuses the credentials or they don't allow it.
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
    pub fn list(&self, permission_type: impl Into<PermissionType>) -> Pager<GetRoles> {
        let request = GetRoles::new(self.account(), permission_type.into());
        Call::new(self.client.low_level(), request)
    }

    /// Fetches one role with its policies (`getRole`).
    ///
    /// # Options
    /// [`policy_parameters`][o]
    ///
    /// [o]: Call#impl-Call%3CGetRole,+M%3E
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when no role has this id; [`get_opt`](Self::get_opt) returns `None`
    /// instead.
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
    pub fn get(&self, id: impl IntoId<RoleId>) -> Call<GetRole> {
        let request = id.into_id().map(|id| GetRole::new(self.account(), id));
        Call::try_new(self.client.low_level(), request)
    }

    /// Fetches one role with its policies, or `None` when no role has this id (`getRole`).
    ///
    /// # Options
    /// [`policy_parameters`][o]
    ///
    /// [o]: Call#impl-Call%3CGetRole,+M%3E
    ///
    /// # Errors
    /// As [`get`](Self::get), but for "not found".
    pub fn get_opt(&self, id: impl IntoId<RoleId>) -> Call<GetRole, Optional> {
        self.get(id).optional()
    }

    /// Finds the system role or custom role with a name, or `None` when no role has it (`getRoles`). Names are compared
    /// exactly. The service lists the roles of one permission type and one scope type at a time.
    ///
    /// # Errors
    /// Those of [`list`](Self::list); [`is_ambiguous`](crate::Error::is_ambiguous) when several roles have the name;
    /// an input error for an empty name.
    pub fn find_by_name(
        &self,
        name: impl Into<String>,
        permission_type: impl Into<PermissionType>,
        scope_type: impl Into<ScopeType>,
    ) -> Call<FindBy<GetRoles>> {
        let find = lookups::role_by_name(self.account(), name.into(), permission_type.into(), scope_type.into());
        Call::new(self.client.low_level(), find)
    }

    /// Creates a custom role (`createRole`). Its permission type can't be changed later.
    ///
    /// # Options
    /// [`id`][o], [`description`][o], [`system_policy_ids`][o]
    ///
    /// [o]: Call#impl-Call%3CCreateRole,+M%3E
    ///
    /// # Errors
    /// [`is_conflict`](crate::Error::is_conflict) when the name is taken;
    /// [`is_outcome_unknown`](crate::Error::is_outcome_unknown) when the response was lost:
    /// [`reconcile`](Call::reconcile) finds out whether it was created, and [`or_find`](Call::or_find) does it by itself.
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
    ///     .system_policy_ids(["cld::policy::global::users_and_groups::view", "cld::policy::global::account_reports::view"])
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
        let body = CreateRoleRequest {
            description: None,
            id: None,
            name: name.into(),
            permission_type: permission_type.into(),
            scope_type: scope_type.into(),
            system_policy_ids: None,
        };
        Call::new(self.client.low_level(), CreateRole::new(self.account(), body))
    }

    /// Changes a custom role (`getRole`, then `updateRole`): what isn't set stays as it is.
    ///
    /// The service only takes a role as a whole. So this call reads the role first, and sends what isn't set as it was,
    /// with keys that this version doesn't know: **two requests**, which share the call's time limit. Of its policies, only
    /// the ids are sent. A change that somebody else makes between the two is overwritten. With [`if_unchanged_since`][o], a
    /// change that was made since you fetched the role is an error.
    ///
    /// # Options
    /// [`name`][o], [`description`][o], [`system_policy_ids`][o], [`if_unchanged_since`][o]
    ///
    /// [o]: Call#impl-Call%3CChangeRole,+M%3E
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when no role has this id; [`is_conflict`](crate::Error::is_conflict)
    /// when another role has the name; [`is_permission_denied`](crate::Error::is_permission_denied) for a system role;
    /// [`is_changed`](crate::Error::is_changed) when the role is not what [`if_unchanged_since`][o] says.
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
    /// #     .system_policy_ids(["cld::policy::global::users_and_groups::view"]).await?;
    /// let change = roles.update(&auditor.id).name("Reader").description(Field::Clear);
    /// let updated = change.if_unchanged_since(&auditor).await?;
    /// assert_eq!((updated.name.as_str(), updated.description), ("Reader", None));
    /// assert_eq!(updated.policies.len(), 1); // as they were
    /// # Ok(())
    /// # }
    /// ```
    pub fn update(&self, id: impl IntoId<RoleId>) -> Call<ChangeRole, ReadAndReplace> {
        let change = id.into_id().map(|id| ChangeRole::new(self.account(), id));
        Call::try_new(self.client.low_level(), change)
    }

    /// Replaces a custom role with what is passed here, without reading it first (`updateRole`).
    ///
    /// The vendor wants every field that has to stay, and doesn't say what happens to a field that is left out: set all
    /// of them.
    ///
    /// # Options
    /// [`description`][o], [`system_policy_ids`][o]
    ///
    /// [o]: Call#impl-Call%3CUpdateRole,+M%3E
    ///
    /// # Errors
    /// As [`update`](Self::update).
    #[doc(alias = "roles.update")]
    pub fn replace(&self, id: impl IntoId<RoleId>, name: impl Into<String>) -> Call<UpdateRole> {
        let body = UpdateRoleRequest {
            description: None,
            name: name.into(),
            system_policy_ids: None,
        };
        let request = id.into_id().map(|id| UpdateRole::new(self.account(), id, body));
        Call::try_new(self.client.low_level(), request)
    }

    /// Deletes a custom role (`deleteRole`). While principals have it, it is only deleted with `force(true)`.
    ///
    /// # Options
    /// [`force`][o]
    ///
    /// [o]: Call#impl-Call%3CDeleteRole,+M%3E
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when no role has this id; an error of the service while principals
    /// have the role.
    pub fn delete(&self, id: impl IntoId<RoleId>) -> Call<DeleteRole> {
        let request = id.into_id().map(|id| DeleteRole::new(self.account(), id));
        Call::try_new(self.client.low_level(), request)
    }

    /// Lists the principals that have a role (`getRolePrincipals`). The list is not paged.
    ///
    /// # Options
    /// [`scope`][o], [`policy_parameters`][o], [`verbose`][o]
    ///
    /// [o]: Call#impl-Call%3CGetRolePrincipals,+M%3E
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when no role has this id.
    #[doc(alias = "roles.list_principals")]
    pub fn principals(&self, id: impl IntoId<RoleId>) -> Pager<GetRolePrincipals> {
        let request = id.into_id().map(|id| GetRolePrincipals::new(self.account(), id));
        Call::try_new(self.client.low_level(), request)
    }

    /// Assigns a role to principals (`updateRolePrincipals`).
    ///
    /// Each assignment says where the role applies, and on what content. It is sent exactly as it is written.
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when there is no such role or principal; an input error for an empty
    /// list.
    ///
    /// # Examples
    /// ```
    /// # use account_provisioning::cloudinary;
    /// use account_provisioning::cloudinary::{PolicyParameters, PrincipalAssignment};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudinary = cloudinary::Client::builder().account_url(emulator.cloudinary().url()).base_url(emulator.cloudinary().base_url()).build()?;
    /// # let group = cloudinary.user_groups().create("Editors").await?;
    /// # let env = cloudinary.product_environments().create("Client Portal").await?;
    /// let on_one_folder = PrincipalAssignment::new(&group.id, &env.id, PolicyParameters::folder("fg3841spr"));
    ///
    /// let roles = cloudinary.roles();
    /// roles.add_principals("cld::role::folder::contributor", [on_one_folder]).await?;
    ///
    /// let holders = roles.principals("cld::role::folder::contributor").verbose(true).await?;
    /// assert_eq!(holders.items[0].policy_parameters["folder_id"], "fg3841spr");
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "roles.update_principals")]
    pub fn add_principals(
        &self,
        id: impl IntoId<RoleId>,
        principals: impl IntoIterator<Item = PrincipalAssignment>,
    ) -> Call<UpdateRolePrincipals> {
        self.update_principals(RoleOperation::Add, id, principals)
    }

    /// Takes a role away from principals (`updateRolePrincipals`): exactly the assignments that are passed, with their
    /// scope and parameters.
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when there is no such role or principal; an input error for an empty
    /// list.
    #[doc(alias = "roles.update_principals")]
    pub fn remove_principals(
        &self,
        id: impl IntoId<RoleId>,
        principals: impl IntoIterator<Item = PrincipalAssignment>,
    ) -> Call<UpdateRolePrincipals> {
        self.update_principals(RoleOperation::Remove, id, principals)
    }

    fn update_principals(
        &self,
        operation: RoleOperation,
        id: impl IntoId<RoleId>,
        principals: impl IntoIterator<Item = PrincipalAssignment>,
    ) -> Call<UpdateRolePrincipals> {
        let request = id.into_id().map_err(Error::from).and_then(|id| {
            let principals = bodies("principals", principals, PrincipalAssignment::into_body)?;
            let body = UpdateRolePrincipalsRequest { operation, principals };
            Ok(UpdateRolePrincipals::new(self.account(), id, body))
        });
        Call::try_new(self.client.low_level(), request)
    }
}

impl Operation for GetRole {
    type Output = RoleDetails;
}

impl FromReply<RoleReply> for RoleDetails {
    fn from_reply(reply: RoleReply, _: &mut ResponseMeta) -> Result<Self> {
        Ok(reply.data)
    }
}

/// Options of [`Roles::get`] and [`Roles::get_opt`].
impl<M> Call<GetRole, M> {
    /// Puts these values in place of the placeholders in the statements of the role's policies. Defaults to the
    /// placeholders.
    pub fn policy_parameters(self, parameters: impl Into<PolicyParameters>) -> Self {
        self.try_with(parameters.into().query(), |get, query| {
            get.asset_id = query.asset_id;
            get.collection_id = query.collection_id;
            get.folder_id = query.folder_id;
            get.param_key = query.param_key;
            get.param_value = query.param_value;
        })
    }
}
