//! Through which generated client a call goes, and what of it must not be shown.

use account_provisioning_api::cloudspot as low;
use account_provisioning_core::{CallOptions, Secret};

use crate::started::Started;

/// A generated client, with the credentials of a session or without, and the secrets in the body of one call.
#[derive(Clone)]
pub(super) struct Target {
    low: low::Client,
    secrets: Vec<Secret>,
}

impl Target {
    pub(super) fn new(low: &low::Client) -> Self {
        Self {
            low: low.clone(),
            secrets: Vec::new(),
        }
    }

    /// A call with a secret in its body, which is taken out of what the service says.
    pub(super) fn hiding(low: &low::Client, secret: &Secret) -> Self {
        Self {
            low: low.clone(),
            secrets: vec![secret.clone()],
        }
    }

    /// Sets off with one call.
    pub(super) fn start(&self, mut options: CallOptions) -> Started<low::Client, ()> {
        options.secrets.extend_from_slice(&self.secrets);
        Started::new((), options, |call| self.low.for_call(call))
    }
}

impl std::fmt::Debug for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        use low::ClientInfo as _;
        f.debug_struct("Target")
            .field("base_url", &self.low.baseurl())
            .finish_non_exhaustive()
    }
}
