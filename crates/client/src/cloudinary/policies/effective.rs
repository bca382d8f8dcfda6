//! What is permitted and forbidden in a scope, all told.

use std::ops::Deref;

use account_provisioning_api::cloudinary::types;

use super::super::target::{Target, operation};
use super::super::{Principal, Scope, ScopeType};
use crate::Error;
use crate::call::Call;

/// The policies in effect in a scope; the fields of the reply, `principals` and `custom_policies`, are reached through
/// this type.
///
/// With the feature `cedar`, `with_schema` makes an authorizer of it, which answers what a principal may do.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct EffectivePolicies {
    /// The principal whose policies these are; `None` when they are those of all principals.
    pub principal: Option<Principal>,
    /// The reply itself.
    pub reply: types::EffectivePolicies,
}

impl Deref for EffectivePolicies {
    type Target = types::EffectivePolicies;

    fn deref(&self) -> &types::EffectivePolicies {
        &self.reply
    }
}

/// Fetches the policies in effect; made by [`Policies::effective`](super::Policies::effective).
#[derive(Debug)]
pub struct GetEffectivePolicies {
    target: Target,
    scope: Option<(ScopeType, Option<String>)>,
    principal: Option<Principal>,
}
operation!(
    GetEffectivePolicies -> EffectivePolicies,
    |call, low, account| {
        let (scope_type, scope_id) = call.scope.as_ref().map(|(kind, id)| (kind.clone(), id.as_deref())).unzip();
        low.get_effective_policies(
            account,
            call.principal.as_ref().map(Principal::id),
            call.principal.as_ref().map(Principal::principal_type),
            scope_id.flatten(),
            scope_type,
        )
    },
    |reply| Ok(EffectivePolicies {
        principal: call.principal,
        reply: reply.data,
    })
);

impl GetEffectivePolicies {
    pub(super) fn new(target: Target) -> Self {
        Self {
            target,
            scope: None,
            principal: None,
        }
    }
}

impl Call<GetEffectivePolicies> {
    /// Looks at this scope. Defaults to what the vendor looks at without it, which it doesn't document.
    pub fn scope(self, scope: impl TryInto<Scope, Error: Into<Error>>) -> Self {
        self.try_with(
            scope.try_into().map_err(Into::into).and_then(|scope| scope.parts()),
            |get, scope| {
                get.scope = Some(scope);
            },
        )
    }

    /// Looks at this principal alone: the roles and policies that the service associates with it. Defaults to all
    /// principals. The vendor doesn't say whether those of a user's groups are included: ask for all principals where
    /// that matters.
    pub fn principal(self, principal: impl TryInto<Principal, Error: Into<Error>>) -> Self {
        self.try_with(principal.try_into(), |get, principal| get.principal = Some(principal))
    }
}
