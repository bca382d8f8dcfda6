//! All that is permitted and forbidden in a scope.

use std::ops::Deref;

use account_provisioning_core::{CallOptions, Error, Response, ResponseMeta, Result, Transport};
use bytes::Bytes;

use super::super::requests::GetEffectivePolicies;
use super::super::types;
use super::super::{Principal, Scope};
use crate::call::{Call, Mode, Once};
use crate::left_out;

/// The policies in effect in a scope. The fields of the response, `principals` and `custom_policies`, can also be read
/// directly from this type.
///
/// With the feature `cedar`, `with_schema` makes an authorizer of it, which decides what a principal may do.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct EffectivePolicies {
    /// The principal that was asked for; `None` when these are the policies of all principals.
    pub principal: Option<Principal>,
    /// The response itself.
    pub reply: types::EffectivePolicies,
}

impl Deref for EffectivePolicies {
    type Target = types::EffectivePolicies;

    fn deref(&self) -> &types::EffectivePolicies {
        &self.reply
    }
}

/// The value names the principal of the request, which is no part of the response.
impl Mode<GetEffectivePolicies> for Once {
    type Value = EffectivePolicies;
    type Output = EffectivePolicies;

    async fn send(
        transport: Transport,
        request: GetEffectivePolicies,
        options: CallOptions,
    ) -> Result<Response<EffectivePolicies>> {
        let asked_for = request.principal_type.as_ref().zip(request.principal_id.as_deref());
        let principal = asked_for
            .map(|(principal_type, id)| Principal::from_parts(principal_type, id))
            .transpose()?;
        let read = |reply: types::EffectivePoliciesReply, _: &mut ResponseMeta, body: &Bytes| {
            // A policy that forbids something may be among those that are left out.
            if left_out::next_cursor(body).is_some() {
                return Err(left_out::error());
            }
            let reply = reply.data;
            Ok(EffectivePolicies { principal, reply })
        };
        transport.send_as(&request, &options, read).await
    }

    fn output(response: Response<EffectivePolicies>) -> EffectivePolicies {
        response.into_value()
    }
}

/// Options of [`Policies::effective`](super::Policies::effective).
impl<M> Call<GetEffectivePolicies, M> {
    /// Fetches the policies in effect in this scope. Without it, the vendor chooses the scope, and doesn't document
    /// which.
    pub fn scope(self, scope: impl TryInto<Scope, Error: Into<Error>>) -> Self {
        self.try_with(Scope::parts_of(scope), |get, (scope_type, scope_id)| {
            get.scope_type = Some(scope_type);
            get.scope_id = scope_id;
        })
    }

    /// Fetches only the roles and policies that the service associates with this principal. Defaults to all principals.
    ///
    /// The vendor doesn't say whether those of a user's groups are included: fetch those of all principals where that
    /// matters.
    pub fn principal(self, principal: impl TryInto<Principal, Error: Into<Error>>) -> Self {
        self.try_with(Principal::parts_of(principal), |get, (principal_type, id)| {
            get.principal_type = Some(principal_type);
            get.principal_id = Some(id);
        })
    }
}
