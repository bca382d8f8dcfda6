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
    pub fn inspect(&self, scope: impl TryInto<Scope, Error: Into<Error>>) -> Call<InspectPrincipals> {
        let scope = scope.try_into().map_err(Into::into);
        Call::try_new(scope.and_then(|scope| InspectPrincipals::new(self.target(), &scope)))
    }

    /// Shows the roles that the given principals hold in a scope (`inspectMultiple`), for principals that are known
    /// already. Awaited, it fetches one page; streamed, all of them. It only reads.
    ///
    /// # Errors
    /// An input error for no principals; otherwise as [`inspect`](Self::inspect).
    pub fn inspect_many(
        &self,
        scope: impl TryInto<Scope, Error: Into<Error>>,
        principals: impl IntoIterator<Item = impl TryInto<Principal, Error: Into<Error>>>,
    ) -> Call<InspectManyPrincipals> {
        let scope = scope.try_into().map_err(Into::into);
        Call::try_new(scope.and_then(|scope| InspectManyPrincipals::new(self.target(), &scope, principals)))
    }
}
