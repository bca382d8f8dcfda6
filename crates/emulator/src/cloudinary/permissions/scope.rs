//! The scope of a request: the account or a product environment.

use serde_json::Value;

use super::super::state::{ALL_ENVIRONMENTS, Account, ScopeType};
use crate::input::Input;
use crate::refusal::Refusal;

/// The account or a product environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope<'a> {
    Account,
    Environment(&'a str),
}

impl Scope<'_> {
    /// Returns whether something with the given scope applies here. In an environment, this includes what applies to
    /// all environments.
    pub(super) fn includes(self, scope_type: ScopeType, scope_id: Option<&str>) -> bool {
        match self {
            Self::Account => scope_type == ScopeType::Account,
            Self::Environment(id) => {
                scope_type == ScopeType::Prodenv
                    && scope_id.is_some_and(|given| given == id || given == ALL_ENVIRONMENTS)
            }
        }
    }
}

/// Filters assignments by scope. Each part is optional.
#[derive(Debug)]
pub(super) struct ScopeFilter<'a> {
    scope_type: Option<ScopeType>,
    scope_id: Option<&'a str>,
}

impl<'a> ScopeFilter<'a> {
    pub(super) fn read(input: &'a Input, account: &Account) -> Result<Self, Refusal> {
        let scope_type = scope_type(input.query("scope_type"));
        let scope_id = input.query("scope_id");
        if scope_id.is_some() && scope_type != Some(ScopeType::Prodenv) {
            return Err(only_prodenv(scope_id));
        }
        if let Some(id) = scope_id {
            known(account, id)?;
        }
        Ok(Self { scope_type, scope_id })
    }

    pub(super) fn matches(&self, scope_type: ScopeType, scope_id: Option<&str>) -> bool {
        self.scope_type.is_none_or(|wanted| wanted == scope_type)
            && self
                .scope_id
                .is_none_or(|id| Scope::Environment(id).includes(scope_type, scope_id))
    }
}

/// Parses a scope type. Other values were rejected by the check against the document.
pub(super) fn scope_type(word: Option<&str>) -> Option<ScopeType> {
    word.and_then(ScopeType::read)
}

/// Returns the scope of a request. Defaults to the account.
pub(super) fn place<'a>(
    scope_type: Option<ScopeType>,
    scope_id: Option<&'a str>,
    account: &Account,
) -> Result<Scope<'a>, Refusal> {
    match (scope_type.unwrap_or(ScopeType::Account), scope_id) {
        (ScopeType::Account, None) => Ok(Scope::Account),
        (ScopeType::Account, Some(_)) => Err(only_prodenv(scope_id)),
        (ScopeType::Prodenv, None) => Err(required()),
        (ScopeType::Prodenv, Some(id)) => {
            known(account, id)?;
            Ok(Scope::Environment(id))
        }
    }
}

/// Returns the scope in a query.
pub(super) fn place_of_query<'a>(input: &'a Input, account: &Account) -> Result<Scope<'a>, Refusal> {
    place(scope_type(input.query("scope_type")), input.query("scope_id"), account)
}

/// Checks the environment of something with this scope type: an existing one or all of them for `prodenv`, none for the
/// account.
pub(super) fn target(
    scope_type: ScopeType,
    scope_id: Option<&str>,
    account: &Account,
) -> Result<Option<String>, Refusal> {
    match (scope_type, scope_id) {
        (ScopeType::Account, None) => Ok(None),
        (ScopeType::Account, Some(_)) => Err(only_prodenv(scope_id)),
        (ScopeType::Prodenv, None) => Err(required()),
        (ScopeType::Prodenv, Some(ALL_ENVIRONMENTS)) => Ok(Some(ALL_ENVIRONMENTS.to_owned())),
        (ScopeType::Prodenv, Some(id)) => known(account, id).map(|()| Some(id.to_owned())),
    }
}

/// Returns the scope id in a body. Null counts as absent.
pub(super) fn given_id(body: &Value) -> Option<&str> {
    body.get("scope_id").and_then(Value::as_str)
}

fn known(account: &Account, id: &str) -> Result<(), Refusal> {
    account
        .environment(id)
        .map(drop)
        .map_err(|refusal| refusal.named("scope_id", id))
}

fn only_prodenv(scope_id: Option<&str>) -> Refusal {
    Refusal::invalid("scope_id is for the scope type prodenv alone").named("scope_id", scope_id)
}

fn required() -> Refusal {
    Refusal::invalid("scope_id is required with the scope type prodenv").missing("scope_id")
}
