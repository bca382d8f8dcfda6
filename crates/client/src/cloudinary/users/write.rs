//! Creating, changing and deleting users.

use account_provisioning_api::cloudinary::types;

use super::super::ids::strings;
use super::super::target::{Target, operation};
use super::super::{DeletionReply, ProductEnvironmentId, Role, User, UserId};
use crate::IntoIdList;
use crate::call::Call;

/// Creates a user; made by [`Users::create`](super::Users::create).
#[derive(Debug)]
pub struct CreateUser {
    target: Target,
    body: types::CreateUserRequest,
}
operation!(CreateUser -> User, |call, low, account| low.create_user(account, &call.body));

impl CreateUser {
    pub(super) fn new(target: Target, name: String, email: String) -> Self {
        let body = types::CreateUserRequest {
            name,
            email,
            role: None,
            sub_account_ids: None,
            enabled: None,
        };
        Self { target, body }
    }
}

impl Call<CreateUser> {
    /// Sets the role. Defaults to the vendor's choice.
    pub fn role(self, role: impl Into<Role>) -> Self {
        self.with(|create| create.body.role = Some(role.into()))
    }

    /// Gives access to these product environments alone; the empty list, or [`Field::Clear`](crate::Field::Clear), gives
    /// access to none.
    /// Defaults to every product environment. The vendor ignores it for master admins.
    pub fn sub_account_ids(self, ids: impl IntoIdList<ProductEnvironmentId>) -> Self {
        self.try_with(ids.into_id_list(), |create, ids| {
            create.body.sub_account_ids = ids.map(strings).or_empty(Vec::new);
        })
    }

    /// Says whether the user can sign in. Defaults to the vendor's default, true.
    pub fn enabled(self, enabled: bool) -> Self {
        self.with(|create| create.body.enabled = Some(enabled))
    }
}

/// Changes a user; made by [`Users::update`](super::Users::update).
#[derive(Debug)]
pub struct UpdateUser {
    target: Target,
    id: UserId,
    body: types::UpdateUserRequest,
}
operation!(UpdateUser -> User, |call, low, account| low.update_user(account, call.id.as_str(), &call.body));

impl UpdateUser {
    pub(super) fn new(target: Target, id: UserId) -> Self {
        Self {
            target,
            id,
            body: types::UpdateUserRequest::default(),
        }
    }
}

impl Call<UpdateUser> {
    /// Sets the name. Defaults to no change.
    pub fn name(self, name: impl Into<String>) -> Self {
        self.with(|update| update.body.name = Some(name.into()))
    }

    /// Sets the e-mail address, unique in the account. Defaults to no change.
    pub fn email(self, email: impl Into<String>) -> Self {
        self.with(|update| update.body.email = Some(email.into()))
    }

    /// Sets the role. Defaults to no change.
    pub fn role(self, role: impl Into<Role>) -> Self {
        self.with(|update| update.body.role = Some(role.into()))
    }

    /// Sets which product environments the user has access to; the empty list, or
    /// [`Field::Clear`](crate::Field::Clear), takes all access away. Defaults to no change. The vendor ignores it for master admins.
    pub fn sub_account_ids(self, ids: impl IntoIdList<ProductEnvironmentId>) -> Self {
        self.try_with(ids.into_id_list(), |update, ids| {
            update.body.sub_account_ids = ids.map(strings).or_empty(Vec::new);
        })
    }

    /// Says whether the user can sign in. Defaults to no change; the vendor's document names true as its default, so
    /// set it when the user is disabled and has to stay so.
    pub fn enabled(self, enabled: bool) -> Self {
        self.with(|update| update.body.enabled = Some(enabled))
    }
}

/// Deletes a user; made by [`Users::delete`](super::Users::delete).
#[derive(Debug)]
pub struct DeleteUser {
    target: Target,
    id: UserId,
}
operation!(DeleteUser -> DeletionReply, |call, low, account| low.delete_user(account, call.id.as_str()));

impl DeleteUser {
    pub(super) fn new(target: Target, id: UserId) -> Self {
        Self { target, id }
    }
}
