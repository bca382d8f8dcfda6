//! Where roles and policies apply.

use std::fmt;

use account_provisioning_core::{Error, IntoId, MakeError as _, Result};

use super::{AssignedPrincipal, AssignedRole, CustomPolicy, ProductEnvironmentId, ScopeType};

/// What the vendor writes instead of an id for every product environment.
pub(super) const ALL: &str = "all";

/// Where a role applies, or where to look: the account, or one of its product environments.
///
/// The service takes a type and an id, which could contradict each other; a `Scope` cannot.
///
/// A call that takes a scope also takes a [`ProductEnvironmentId`], and the `Result` of
/// [`product_environment`](Self::product_environment): an id that can't be one is then reported when the call is awaited.
///
/// # Examples
/// ```
/// use account_provisioning::cloudinary::Scope;
///
/// let scope = Scope::product_environment("0aaaaa1bbbbb2ccccc")?;
/// assert_eq!(scope.to_string(), "product environment 0aaaaa1bbbbb2ccccc");
/// assert!(Scope::product_environment("all").is_err()); // only custom policies can apply to all of them at once
/// # Ok::<(), account_provisioning::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Scope {
    /// The account.
    Account,
    /// One product environment.
    ProductEnvironment(ProductEnvironmentId),
}

impl Scope {
    /// The scope of one product environment.
    ///
    /// # Errors
    /// An input error when the id can't be one, or is the vendor's word for every product environment, `all`: only
    /// custom policies take that, as [`PolicyScope::AllProductEnvironments`].
    pub fn product_environment(id: impl IntoId<ProductEnvironmentId>) -> Result<Self> {
        let scope = Self::ProductEnvironment(id.into_id()?);
        scope.parts().map(|_| scope)
    }

    /// The type of scope.
    #[must_use]
    pub fn scope_type(&self) -> ScopeType {
        match self {
            Self::Account => ScopeType::Account,
            Self::ProductEnvironment(_) => ScopeType::Prodenv,
        }
    }

    /// The id of the product environment, if the scope is one.
    #[must_use]
    pub fn id(&self) -> Option<&ProductEnvironmentId> {
        match self {
            Self::Account => None,
            Self::ProductEnvironment(id) => Some(id),
        }
    }

    /// The type and the id that are sent for an argument.
    pub(super) fn parts_of(scope: impl TryInto<Self, Error: Into<Error>>) -> Result<(ScopeType, Option<String>)> {
        scope.try_into().map_err(Into::into)?.parts()
    }

    fn parts(&self) -> Result<(ScopeType, Option<String>)> {
        let id = self.id().map(one).transpose()?;
        Ok((self.scope_type(), id))
    }

    fn from_parts(scope_type: &ScopeType, id: Option<&str>) -> Result<Self> {
        match (scope_type, id) {
            (ScopeType::Account, _) => Ok(Self::Account),
            (ScopeType::Prodenv, Some(id)) => Self::product_environment(id),
            (other, _) => Err(unclear(other, id)),
        }
    }
}

/// The id of one product environment, checked again: the service may have sent it.
fn one(id: &ProductEnvironmentId) -> Result<String> {
    let id = id.into_id()?;
    if id.as_str() == ALL {
        return Err(Error::invalid_input(
            "scope: `all` is not the id of a product environment; pass the id of one, or use \
             `PolicyScope::AllProductEnvironments`, which only custom policies can have",
        ));
    }
    Ok(id.as_str().to_owned())
}

fn unclear(scope_type: &ScopeType, id: Option<&str>) -> Error {
    let id = if id.is_some() { "an id" } else { "no id" };
    let shown: String = scope_type.as_str().escape_debug().take(40).collect();
    Error::invalid_input(format!(
        "scope: this version doesn't know the type `{shown}` with {id}; read the fields of the response instead"
    ))
}

impl fmt::Display for Scope {
    /// Writes `account`, or `product environment` and its id.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account => f.write_str("account"),
            Self::ProductEnvironment(id) => write!(f, "product environment {id}"),
        }
    }
}

impl From<ProductEnvironmentId> for Scope {
    fn from(id: ProductEnvironmentId) -> Self {
        Self::ProductEnvironment(id)
    }
}

impl From<&ProductEnvironmentId> for Scope {
    fn from(id: &ProductEnvironmentId) -> Self {
        Self::ProductEnvironment(id.clone())
    }
}

impl From<&Scope> for Scope {
    fn from(scope: &Scope) -> Self {
        scope.clone()
    }
}

impl TryFrom<Result<Self>> for Scope {
    type Error = Error;

    /// Lets a call report what is wrong with its scope.
    fn try_from(scope: Result<Self>) -> Result<Self> {
        scope
    }
}

impl TryFrom<&AssignedRole> for Scope {
    type Error = Error;

    /// Reads where a principal has a role.
    fn try_from(role: &AssignedRole) -> Result<Self> {
        Self::from_parts(&role.scope_type, role.scope_id.as_deref())
    }
}

impl TryFrom<&AssignedPrincipal> for Scope {
    type Error = Error;

    /// Reads where a principal has a role, which only the full form says.
    fn try_from(principal: &AssignedPrincipal) -> Result<Self> {
        match &principal.scope_type {
            Some(scope_type) => Self::from_parts(scope_type, principal.scope_id.as_deref()),
            None => Err(Error::invalid_input(
                "scope: the short form of a principal doesn't contain it; list the principals with `verbose(true)`",
            )),
        }
    }
}

/// Where a custom policy applies: the account, one of its product environments, or all of them.
///
/// Only custom policies can apply to all product environments at once, so they have a type of their own. A call that
/// takes a `PolicyScope` also takes a [`Scope`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PolicyScope {
    /// The account.
    Account,
    /// One product environment.
    ProductEnvironment(ProductEnvironmentId),
    /// Every product environment, including those that are created later.
    AllProductEnvironments,
}

impl PolicyScope {
    /// The type and the id that are sent for an argument.
    pub(super) fn parts_of(scope: impl TryInto<Self, Error: Into<Error>>) -> Result<(ScopeType, Option<String>)> {
        scope.try_into().map_err(Into::into)?.parts()
    }

    fn parts(&self) -> Result<(ScopeType, Option<String>)> {
        Ok(match self {
            Self::Account => (ScopeType::Account, None),
            Self::ProductEnvironment(id) => (ScopeType::Prodenv, Some(one(id)?)),
            Self::AllProductEnvironments => (ScopeType::Prodenv, Some(ALL.to_owned())),
        })
    }
}

impl fmt::Display for PolicyScope {
    /// Writes `account`, `product environment` and its id, or `all product environments`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account => f.write_str("account"),
            Self::ProductEnvironment(id) => write!(f, "product environment {id}"),
            Self::AllProductEnvironments => f.write_str("all product environments"),
        }
    }
}

impl From<Scope> for PolicyScope {
    fn from(scope: Scope) -> Self {
        match scope {
            Scope::Account => Self::Account,
            Scope::ProductEnvironment(id) => Self::ProductEnvironment(id),
        }
    }
}

impl From<&Scope> for PolicyScope {
    fn from(scope: &Scope) -> Self {
        scope.clone().into()
    }
}

impl From<&PolicyScope> for PolicyScope {
    fn from(scope: &PolicyScope) -> Self {
        scope.clone()
    }
}

impl From<ProductEnvironmentId> for PolicyScope {
    fn from(id: ProductEnvironmentId) -> Self {
        Self::ProductEnvironment(id)
    }
}

impl From<&ProductEnvironmentId> for PolicyScope {
    fn from(id: &ProductEnvironmentId) -> Self {
        Self::ProductEnvironment(id.clone())
    }
}

impl TryFrom<Result<Scope>> for PolicyScope {
    type Error = Error;

    /// Lets a call report what is wrong with its scope.
    fn try_from(scope: Result<Scope>) -> Result<Self> {
        scope.map(Into::into)
    }
}

impl TryFrom<&CustomPolicy> for PolicyScope {
    type Error = Error;

    /// Reads where a custom policy applies.
    fn try_from(policy: &CustomPolicy) -> Result<Self> {
        match (&policy.scope_type, policy.scope_id.as_deref()) {
            (ScopeType::Prodenv, Some(ALL)) => Ok(Self::AllProductEnvironments),
            (scope_type, id) => Scope::from_parts(scope_type, id).map(Into::into),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

    use super::*;

    #[test]
    fn scope_sends_a_type_and_an_id_that_agree() {
        assert_eq!(Scope::Account.parts().unwrap(), (ScopeType::Account, None));
        let scope = Scope::product_environment("env").unwrap();
        assert_eq!(scope.parts().unwrap(), (ScopeType::Prodenv, Some("env".to_owned())));
    }

    #[test]
    fn scope_of_all_environments_is_refused_but_for_policies() {
        let all = ProductEnvironmentId::new("all").unwrap();
        for problem in [
            Scope::product_environment("all").unwrap_err(),
            Scope::from(&all).parts().unwrap_err(),
            PolicyScope::from(all).parts().unwrap_err(),
        ] {
            assert!(problem.to_string().contains("AllProductEnvironments"), "{problem}");
        }
        let parts = PolicyScope::AllProductEnvironments.parts().unwrap();
        assert_eq!(parts, (ScopeType::Prodenv, Some("all".to_owned())));
    }

    #[test]
    fn scope_that_is_wrong_is_reported_where_it_is_sent() {
        let problem = Scope::parts_of(Scope::product_environment("..")).unwrap_err();
        assert!(problem.is_invalid_input(), "{problem}");
        assert!(PolicyScope::parts_of(Scope::product_environment("all")).is_err());
        // The service may send an id that can't be one.
        let odd: ProductEnvironmentId = serde_json::from_value("".into()).unwrap();
        assert!(Scope::parts_of(&odd).unwrap_err().is_invalid_input());
        assert!(PolicyScope::parts_of(odd).unwrap_err().is_invalid_input());
    }

    #[test]
    fn scope_is_written_as_people_call_it() {
        assert_eq!(Scope::Account.to_string(), PolicyScope::Account.to_string());
        let here = Scope::product_environment("env").unwrap();
        assert_eq!(here.to_string(), "product environment env");
        assert_eq!(PolicyScope::from(here).to_string(), "product environment env");
        assert_eq!(
            PolicyScope::AllProductEnvironments.to_string(),
            "all product environments"
        );
    }

    #[test]
    fn scope_of_a_reply_is_read_back() {
        let role = |scope_type: &str, scope_id: serde_json::Value| -> AssignedRole {
            serde_json::from_value(serde_json::json!({
                "id": "r", "name": "n", "management_type": "system", "permission_type": "global",
                "scope_type": scope_type, "scope_id": scope_id, "created_at": 0, "updated_at": 0
            }))
            .unwrap()
        };
        let read = |scope_type, id| Scope::try_from(&role(scope_type, id));
        assert_eq!(read("account", serde_json::Value::Null).unwrap(), Scope::Account);
        assert_eq!(
            read("prodenv", "e".into()).unwrap(),
            Scope::product_environment("e").unwrap()
        );
        for (scope_type, id) in [
            ("prodenv", serde_json::Value::Null),
            ("galaxy", "e".into()),
            ("prodenv", "all".into()),
        ] {
            assert!(read(scope_type, id).unwrap_err().is_invalid_input());
        }
    }
}
