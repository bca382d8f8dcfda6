//! Creating, changing and deleting users.

use super::super::requests::{CreateUser, DeleteUser, UpdateUser};
use super::super::{ProductEnvironmentId, User, UserRole};
use crate::IntoIdList;
use crate::call::{Call, Operation};

impl Operation for CreateUser {
    type Output = User;
}

/// Options of [`Users::create`](super::Users::create).
impl<M> Call<CreateUser, M> {
    /// Sets the role. Defaults to the vendor's choice.
    ///
    /// The role belongs to the legacy model, with one role per user. Accounts move from it to Roles and Permissions: new
    /// accounts since February 2026, existing free and paid ones from May 2026, and enterprise accounts later. There is no
    /// way back. In an account that has moved, assign roles through
    /// [`roles()`](super::super::Client::roles) and [`principals()`](super::super::Client::principals).
    pub fn role(self, role: impl Into<UserRole>) -> Self {
        self.with(|create| create.body.role = Some(role.into()))
    }

    /// Gives access to these product environments only (`sub_account_ids`); the empty list, or
    /// [`Field::Clear`](crate::Field::Clear), gives access to none. Defaults to every product environment. The vendor
    /// ignores it for master admins.
    #[doc(alias = "sub_account_ids")]
    pub fn product_environments(self, ids: impl IntoIdList<ProductEnvironmentId>) -> Self {
        self.try_with(ids.into_id_list(), |create, ids| {
            create.body.sub_account_ids = ids.or_empty(Vec::new);
        })
    }

    /// Says whether the user can sign in. Defaults to the vendor's default, true.
    pub fn enabled(self, enabled: bool) -> Self {
        self.with(|create| create.body.enabled = Some(enabled))
    }
}

impl Operation for UpdateUser {
    type Output = User;
}

/// Options of [`Users::update`](super::Users::update).
impl<M> Call<UpdateUser, M> {
    /// Sets the name. Defaults to no change.
    pub fn name(self, name: impl Into<String>) -> Self {
        self.with(|update| update.body.name = Some(name.into()))
    }

    /// Sets the e-mail address, unique in the account. Defaults to no change.
    pub fn email(self, email: impl Into<String>) -> Self {
        self.with(|update| update.body.email = Some(email.into()))
    }

    /// Sets the role. Defaults to no change.
    ///
    /// The role belongs to the legacy model, as that of [`Users::create`](super::Users::create).
    pub fn role(self, role: impl Into<UserRole>) -> Self {
        self.with(|update| update.body.role = Some(role.into()))
    }

    /// Sets which product environments the user has access to (`sub_account_ids`); the empty list, or
    /// [`Field::Clear`](crate::Field::Clear), takes all access away. Defaults to no change. The vendor ignores it for
    /// master admins.
    #[doc(alias = "sub_account_ids")]
    pub fn product_environments(self, ids: impl IntoIdList<ProductEnvironmentId>) -> Self {
        self.try_with(ids.into_id_list(), |update, ids| {
            update.body.sub_account_ids = ids.or_empty(Vec::new);
        })
    }

    /// Says whether the user can sign in. Defaults to no change. The vendor's document names true as the default, so set
    /// it when the user is disabled and has to stay disabled.
    pub fn enabled(self, enabled: bool) -> Self {
        self.with(|update| update.body.enabled = Some(enabled))
    }
}

impl Operation for DeleteUser {
    type Output = ();
}
