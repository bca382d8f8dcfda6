//! What a deletion returns.

use account_provisioning_core::{Error, ErrorKind, MakeError as _, Result};

use super::types::DeletionReply;

/// Reads the response to a deletion, which says at most that it worked.
pub(super) fn deleted(reply: &DeletionReply) -> Result<()> {
    match reply.ok {
        Some(false) => Err(Error::new(
            ErrorKind::Rejected,
            "the service answered with success, but its response says `ok: false`",
        )
        .with_unknown_outcome("check whether it is still there")),
        _ => Ok(()),
    }
}
