//! Acting as somebody else.

use account_provisioning_api::cloudspot as low;
use account_provisioning_core::{Error, Result, Secret};

use super::target::Target;
use super::{Client, Impersonation};
use crate::started::operation;

/// Validates an impersonation; made by [`Client::validate_impersonation`].
#[derive(Debug)]
pub struct ValidateImpersonation {
    target: Target,
    body: low::types::ValidateImpersonationRequest,
}
operation!(
    ValidateImpersonation -> Impersonation,
    |call, low| low.validate_impersonation(&call.body),
    |reply| Ok(reply)
);

impl ValidateImpersonation {
    pub(super) fn new(client: &Client, token: Secret) -> Result<Self> {
        if token.expose_secret().is_empty() {
            let message = "`token` is empty: pass the one that the user was sent here with";
            return Err(Error::invalid_input(message));
        }
        Ok(Self {
            target: Target::hiding(client.low_level(), &token),
            body: low::types::ValidateImpersonationRequest { token },
        })
    }
}
