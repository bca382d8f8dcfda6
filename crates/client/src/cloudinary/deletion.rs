//! What a deletion returns.

use account_provisioning_core::{Error, ErrorKind, MakeError as _, ResponseMeta, Result};

use super::types::DeletionReply;

/// Reads the response to a deletion. The document says that it is a confirmation: `ok`, in one of two fields.
pub(super) fn deleted(reply: &DeletionReply, meta: &ResponseMeta) -> Result<()> {
    let message = reply.message.as_deref().unwrap_or_default();
    match reply.ok {
        Some(true) => Ok(()),
        None if message.trim().eq_ignore_ascii_case("ok") => Ok(()),
        None => {
            let body = serde_json::to_vec(reply).unwrap_or_default();
            Err(Error::foreign_success(meta.status, &body.into()))
        }
        Some(false) => Err(Error::new(
            ErrorKind::Rejected,
            "the service answered with success, but its response says `ok: false`",
        )
        .with_unknown_outcome("check whether it is still there")),
    }
}
