//! Audit logs: who did what in an account, when and how.
//!
//! [`list`](AuditLogs::list) reads a period. [`follow`](crate::Call::follow) goes on reading as entries come in, and can
//! be stopped and resumed without missing one or handing one out twice.

mod checkpoint;
mod filters;
mod follow;
mod list;
mod moment;
mod untimed;

use super::target::Place;
use crate::call::Call;

pub use self::checkpoint::AuditCheckpoint;
pub use self::follow::FollowAuditLogs;
pub use self::list::ListAuditLogs;
pub use self::moment::AuditMoment;

/// Handle to the audit logs of one account; see [`AccountHandle::audit_logs`](super::AccountHandle::audit_logs).
#[derive(Clone, Debug)]
pub struct AuditLogs {
    place: Place,
}

impl AuditLogs {
    pub(super) fn new(place: Place) -> Self {
        Self { place }
    }

    /// Lists the entries of a period (`listAuditLogs`), which begins at [`since`](Call::<ListAuditLogs>::since). Awaited,
    /// it fetches one page; streamed, all of them, in memory that doesn't grow with their number; and
    /// [`follow`](Call::<ListAuditLogs>::follow) goes on as entries come in.
    ///
    /// # Errors
    /// An input error without `since`; [`is_permission_denied`](crate::Error::is_permission_denied) when the credentials
    /// don't allow it; a [paging error](crate::Error::paging) when the service repeats a cursor.
    ///
    /// # Examples
    /// ```
    /// # use account_provisioning::cloudflare::{self, AuditActionType};
    /// # use futures::TryStreamExt;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudflare = cloudflare::Client::builder().api_token(emulator.cloudflare().api_token()).base_url(emulator.cloudflare().base_url()).build()?;
    /// # let account = cloudflare.account(emulator.cloudflare().account_id());
    /// let a_week_ago = chrono::Utc::now() - chrono::TimeDelta::days(7);
    /// let mut changes = account.audit_logs().list().since(a_week_ago).not_action_type([AuditActionType::View]).stream();
    /// while let Some(entry) = changes.try_next().await? {
    ///     println!("{}: {:?}", entry.id, entry.action.and_then(|action| action.description));
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn list(&self) -> Call<ListAuditLogs> {
        Call::try_new(self.place.target().map(ListAuditLogs::new))
    }
}
