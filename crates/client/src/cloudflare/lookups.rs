//! By what things are looked up, and what looks for the thing that a request creates: one table.
//!
//! The whole list is read, without a filter: if the service read a filter in another way, the thing could be hidden, and a
//! second one be created.

use account_provisioning_core::Result;

use super::requests::{
    AddMember, CreateAccount, CreateResourceGroup, CreateSsoConnector, CreateToken, CreateUserGroup, CreateUserToken,
    ListAccounts, ListMembers, ListResourceGroups, ListRoles, ListSsoConnectors, ListTokens, ListUserGroups,
    ListUserTokens,
};
use super::tokens::TokenList;
use crate::find::{Creation, FindBy, Key};
use crate::lookup::Compare;

pub(super) static MEMBER_BY_EMAIL: Key<ListMembers> = Key {
    what: "members",
    field: "email",
    value: |_, member| {
        let of_user = member.user.as_ref().map(|user| user.email.as_str());
        member.email.as_deref().or(of_user)
    },
    compare: Compare::IgnoringAsciiCase,
    unique: true,
};

pub(super) static ACCOUNT_BY_NAME: Key<ListAccounts> = Key {
    what: "accounts",
    field: "name",
    value: |_, account| Some(&account.name),
    compare: Compare::Exactly,
    unique: false,
};

pub(super) static ROLE_BY_NAME: Key<ListRoles> = Key {
    what: "roles",
    field: "name",
    value: |_, role| Some(&role.name),
    compare: Compare::Exactly,
    unique: false,
};

pub(super) static USER_GROUP_BY_NAME: Key<ListUserGroups> = Key {
    what: "user groups",
    field: "name",
    value: |_, group| Some(&group.name),
    compare: Compare::Exactly,
    unique: false,
};

pub(super) static RESOURCE_GROUP_BY_NAME: Key<ListResourceGroups> = Key {
    what: "resource groups",
    field: "name",
    value: |_, group| group.name.as_deref(),
    compare: Compare::Exactly,
    unique: false,
};

pub(super) static SSO_CONNECTOR_BY_DOMAIN: Key<ListSsoConnectors> = Key {
    what: "SSO connectors",
    field: "email_domain",
    value: |_, connector| connector.email_domain.as_deref(),
    compare: Compare::IgnoringAsciiCase,
    unique: false,
};

impl<L: TokenList> Key<L> {
    /// Tokens of an account or of the user.
    pub(super) const TOKEN_BY_NAME: &'static Self = &Self {
        what: "tokens",
        field: "name",
        value: |_, token| token.name.as_deref(),
        compare: Compare::Exactly,
        unique: false,
    };
}

impl Creation for AddMember {
    type List = ListMembers;

    fn lookup(&self) -> Result<FindBy<ListMembers>> {
        let list = ListMembers::new(self.account_id.clone());
        Ok(FindBy::new(list, &MEMBER_BY_EMAIL, &self.body.email))
    }
}

impl Creation for CreateAccount {
    type List = ListAccounts;

    fn lookup(&self) -> Result<FindBy<ListAccounts>> {
        Ok(FindBy::new(ListAccounts::new(), &ACCOUNT_BY_NAME, &self.body.name))
    }
}

impl Creation for CreateUserGroup {
    type List = ListUserGroups;

    fn lookup(&self) -> Result<FindBy<ListUserGroups>> {
        let list = ListUserGroups::new(self.account_id.clone());
        Ok(FindBy::new(list, &USER_GROUP_BY_NAME, &self.body.name))
    }
}

impl Creation for CreateResourceGroup {
    type List = ListResourceGroups;

    fn lookup(&self) -> Result<FindBy<ListResourceGroups>> {
        let list = ListResourceGroups::new(self.account_id.clone());
        Ok(FindBy::new(list, &RESOURCE_GROUP_BY_NAME, &self.body.name))
    }
}

impl Creation for CreateSsoConnector {
    type List = ListSsoConnectors;

    fn lookup(&self) -> Result<FindBy<ListSsoConnectors>> {
        let list = ListSsoConnectors::new(self.account_id.clone());
        Ok(FindBy::new(list, &SSO_CONNECTOR_BY_DOMAIN, &self.body.email_domain))
    }
}

impl Creation for CreateToken {
    type List = ListTokens;

    fn lookup(&self) -> Result<FindBy<ListTokens>> {
        let list = ListTokens::new(self.account_id.clone());
        Ok(FindBy::new(list, Key::TOKEN_BY_NAME, &self.body.name))
    }
}

impl Creation for CreateUserToken {
    type List = ListUserTokens;

    fn lookup(&self) -> Result<FindBy<ListUserTokens>> {
        Ok(FindBy::new(ListUserTokens::new(), Key::TOKEN_BY_NAME, &self.body.name))
    }
}
