//! Acting as somebody else.

use account_provisioning_core::{Error, MakeError as _, Result, Secret};

use super::Impersonation;
use super::requests::ValidateImpersonation;
use super::types::ValidateImpersonationRequest;
use crate::call::Operation;

/// Makes the request that validates the token of an impersonation.
pub(super) fn request(token: Secret) -> Result<ValidateImpersonation> {
    if token.expose_secret().is_empty() {
        return Err(Error::invalid_input(
            "`token` is empty: pass the token that came with the user",
        ));
    }
    Ok(ValidateImpersonation::new(ValidateImpersonationRequest { token }))
}

impl Operation for ValidateImpersonation {
    type Output = Impersonation;
}
