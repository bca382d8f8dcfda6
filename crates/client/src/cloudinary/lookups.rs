//! By what things are looked up, and what looks for the thing that a request creates: one table.
//!
//! The service filters only where it refuses a second thing with the same value. Elsewhere the whole list is read: if the
//! service read a filter in another way, the thing could be hidden, and a second one be created.

use account_provisioning_core::{Error, MakeError as _, Nullable, Result};

use super::requests::{
    CreateCustomPolicy, CreateProductEnvironment, CreateRole, CreateUser, CreateUserGroup, GenerateAccessKey,
    GetAccessKeys, GetCustomPolicies, GetProductEnvironments, GetRoles, GetUserGroups, GetUsers,
};
use super::scope::ALL;
use super::{AccountId, PermissionType, ScopeType};
use crate::find::{Creation, FindBy, Key};
use crate::lookup::Compare;

static USER_BY_EMAIL: Key<GetUsers> = Key {
    what: "users",
    field: "email",
    value: |_, user| user.email.as_deref(),
    compare: Compare::IgnoringCase,
    unique: true,
};

static ENVIRONMENT_BY_CLOUD_NAME: Key<GetProductEnvironments> = Key {
    what: "product environments",
    field: "cloud_name",
    value: |_, environment| environment.cloud_name.as_deref(),
    compare: Compare::IgnoringCase,
    unique: true,
};

static ENVIRONMENT_BY_NAME: Key<GetProductEnvironments> = Key {
    what: "product environments",
    field: "name",
    value: |_, environment| environment.name.as_deref(),
    compare: Compare::Exactly,
    unique: false,
};

static USER_GROUP_BY_NAME: Key<GetUserGroups> = Key {
    what: "user groups",
    field: "name",
    value: |_, group| group.name.as_deref(),
    compare: Compare::Exactly,
    unique: false,
};

static ACCESS_KEY_BY_NAME: Key<GetAccessKeys> = Key {
    what: "access keys",
    field: "name",
    value: |_, key| key.name.as_deref(),
    compare: Compare::Exactly,
    unique: false,
};

static ROLE_BY_NAME: Key<GetRoles> = Key {
    what: "roles",
    field: "name",
    value: |_, role| Some(&role.name),
    compare: Compare::Exactly,
    unique: false,
};

static ROLE_BY_ID: Key<GetRoles> = Key {
    what: "roles",
    field: "id",
    value: |_, role| Some(role.id.as_str()),
    compare: Compare::Exactly,
    unique: true,
};

/// The list of an environment may contain the policies for all environments.
static CUSTOM_POLICY_BY_NAME: Key<GetCustomPolicies> = Key {
    what: "custom policies",
    field: "name",
    value: |list, policy| {
        let is_listed = list.scope_id.is_none() || list.scope_id == policy.scope_id;
        is_listed.then_some(policy.name.as_str())
    },
    compare: Compare::Exactly,
    unique: false,
};

pub(super) fn user_by_email(account: AccountId, email: String) -> FindBy<GetUsers> {
    let mut list = GetUsers::new(account);
    list.emails = Some(vec![email.clone()]);
    FindBy::new(list, &USER_BY_EMAIL, email)
}

pub(super) fn environment_by_cloud_name(account: AccountId, name: String) -> FindBy<GetProductEnvironments> {
    let mut list = GetProductEnvironments::new(account);
    list.cloud_names = Some(vec![name.clone()]);
    FindBy::new(list, &ENVIRONMENT_BY_CLOUD_NAME, name)
}

pub(super) fn environment_by_name(account: AccountId, name: String) -> FindBy<GetProductEnvironments> {
    FindBy::new(GetProductEnvironments::new(account), &ENVIRONMENT_BY_NAME, name)
}

pub(super) fn user_group_by_name(account: AccountId, name: String) -> FindBy<GetUserGroups> {
    FindBy::new(GetUserGroups::new(account), &USER_GROUP_BY_NAME, name)
}

pub(super) fn access_key_by_name(list: GetAccessKeys, name: String) -> FindBy<GetAccessKeys> {
    FindBy::new(list, &ACCESS_KEY_BY_NAME, name)
}

pub(super) fn role_by_name(
    account: AccountId,
    name: String,
    permission_type: PermissionType,
    scope_type: ScopeType,
) -> FindBy<GetRoles> {
    FindBy::new(roles(account, permission_type, scope_type), &ROLE_BY_NAME, name)
}

fn roles(account: AccountId, permission_type: PermissionType, scope_type: ScopeType) -> GetRoles {
    let mut list = GetRoles::new(account, permission_type);
    list.scope_type = Some(scope_type);
    list
}

pub(super) fn custom_policy_by_name(
    account: AccountId,
    name: String,
    (scope_type, scope_id): (ScopeType, Option<String>),
) -> FindBy<GetCustomPolicies> {
    let mut list = GetCustomPolicies::new(account);
    list.scope_type = Some(scope_type);
    list.scope_id = scope_id;
    FindBy::new(list, &CUSTOM_POLICY_BY_NAME, name)
}

impl Creation for CreateUser {
    type List = GetUsers;

    fn lookup(&self) -> Result<FindBy<GetUsers>> {
        Ok(user_by_email(self.account_id.clone(), self.body.email.clone()))
    }
}

impl Creation for CreateProductEnvironment {
    type List = GetProductEnvironments;

    fn lookup(&self) -> Result<FindBy<GetProductEnvironments>> {
        let account = self.account_id.clone();
        Ok(match &self.body.cloud_name {
            Some(name) => environment_by_cloud_name(account, name.clone()),
            None => environment_by_name(account, self.body.name.clone()),
        })
    }
}

impl Creation for CreateUserGroup {
    type List = GetUserGroups;

    fn lookup(&self) -> Result<FindBy<GetUserGroups>> {
        Ok(user_group_by_name(
            self.account_id.clone(),
            self.body.name.clone().unwrap_or_default(),
        ))
    }
}

impl Creation for GenerateAccessKey {
    type List = GetAccessKeys;

    fn lookup(&self) -> Result<FindBy<GetAccessKeys>> {
        let Some(name) = self.body.name.clone() else {
            let message = "`name`: it is not set, so there is nothing to look for; name the key";
            return Err(Error::invalid_input(message));
        };
        let list = GetAccessKeys::new(self.account_id.clone(), self.sub_account_id.clone());
        Ok(access_key_by_name(list, name))
    }
}

impl Creation for CreateRole {
    type List = GetRoles;

    fn lookup(&self) -> Result<FindBy<GetRoles>> {
        let body = &self.body;
        let list = roles(
            self.account_id.clone(),
            body.permission_type.clone(),
            body.scope_type.clone(),
        );
        Ok(match &body.id {
            Some(id) => FindBy::new(list, &ROLE_BY_ID, id.as_str()),
            None => FindBy::new(list, &ROLE_BY_NAME, &body.name),
        })
    }
}

impl Creation for CreateCustomPolicy {
    type List = GetCustomPolicies;

    fn lookup(&self) -> Result<FindBy<GetCustomPolicies>> {
        let body = &self.body;
        let scope_id = match &body.scope_id {
            Some(Nullable::Value(id)) if id == ALL => {
                let message =
                    "`scope`: no list has only the policies for all product environments, so there is no place to look";
                return Err(Error::invalid_input(message));
            }
            Some(Nullable::Value(id)) => Some(id.clone()),
            Some(Nullable::Null) | None => None,
        };
        let scope = (body.scope_type.clone(), scope_id);
        Ok(custom_policy_by_name(self.account_id.clone(), body.name.clone(), scope))
    }
}
