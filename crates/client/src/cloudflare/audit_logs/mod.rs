//! Audit logs: who did what in an account, when and how.
//!
//! [`list`](AuditLogs::list) reads a period. [`follow`](crate::Call::follow) keeps reading as new entries come in, and can be
//! stopped and resumed without missing an entry or returning one twice.

mod checkpoint;
mod follow;
mod history;
mod list;
mod moment;
mod options;
mod product_categories;
mod untimed;

use chrono::{DateTime, Utc};

use super::AccountHandle;
use super::requests::{ListAuditHistory, ListAuditLogs, ListAuditProductCategories};
use crate::list::Pager;

pub use self::checkpoint::AuditCheckpoint;
pub use self::follow::{AuditEntry, FollowAuditLogs};
pub use self::moment::AuditMoment;

/// The audit logs of one account; see [`AccountHandle::audit_logs`].
#[doc(alias = "accounts.logs.audit")]
#[derive(Clone, Debug)]
pub struct AuditLogs {
    account: AccountHandle,
}

impl AuditLogs {
    pub(super) fn new(account: AccountHandle) -> Self {
        Self { account }
    }

    /// Lists the entries of a period (`listAuditLogs`), which begins at `since`: a day, or a moment. Awaited, it fetches one
    /// page; streamed, all of them, in memory that doesn't grow with their number. [`follow`][o] keeps reading as new
    /// entries come in.
    ///
    /// # Options
    /// [`before`][o], [`sort_order`][o], [`cursor`][o], [`page_size`][o], [`not_account_name`][o],
    /// [`not_action_result`][o], [`not_action_type`][o], [`not_actor_context`][o], [`not_actor_email`][o],
    /// [`not_actor_id`][o], [`not_actor_ip_address`][o], [`not_actor_token_id`][o], [`not_actor_token_name`][o],
    /// [`not_actor_type`][o], [`not_audit_log_id`][o], [`not_id`][o], [`product_category`][o],
    /// [`not_raw_cf_ray_id`][o], [`not_raw_method`][o], [`not_raw_status_code`][o], [`not_raw_uri`][o],
    /// [`not_resource_id`][o], [`not_resource_product`][o], [`not_resource_scope`][o], [`not_resource_type`][o],
    /// [`not_zone_id`][o], [`not_zone_name`][o], [`follow`][o]
    ///
    /// [o]: crate::Call#impl-Call%3CListAuditLogs,+M%3E
    ///
    /// # Errors
    /// An input error when `since` is after `before`; [`is_permission_denied`](crate::Error::is_permission_denied) when the
    /// credentials don't allow it; a [paging error](crate::Error::paging) when the service repeats a cursor.
    ///
    /// # Examples
    /// ```
    /// # use account_provisioning::cloudflare::{self, AuditActionType};
    /// # use futures_util::TryStreamExt;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudflare = cloudflare::Client::builder().api_token(emulator.cloudflare().api_token()).base_url(emulator.cloudflare().base_url()).build()?;
    /// # let account = cloudflare.account(emulator.cloudflare().account_id());
    /// let a_week_ago = chrono::Utc::now() - chrono::TimeDelta::days(7);
    /// let mut changes = account.audit_logs().list(a_week_ago).not_action_type([AuditActionType::View]).stream();
    /// while let Some(entry) = changes.try_next().await? {
    ///     println!("{}: {:?}", entry.id, entry.action.and_then(|action| action.description));
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn list(&self, since: impl Into<AuditMoment>) -> Pager<ListAuditLogs> {
        let since = since.into().text();
        // Without an end, the list gets one when it is prepared.
        self.account
            .call(|account| ListAuditLogs::new(account, String::new(), since))
    }

    /// Lists what happened to the resource that an entry is about (`listAuditHistory`), from `since` on: a day, or a moment.
    /// `id` is the id of the entry and `logged_at` its `action.time`, around which the service looks for it. Awaited, it
    /// fetches one page; streamed, all of them.
    ///
    /// The service recognises the resource by the URI of the entry, or by less: then `history_status` in the
    /// [body](crate::Response::body) is `approximate`.
    ///
    /// # Options
    /// [`before`][o], [`sort_order`][o], [`cursor`][o], [`page_size`][o]
    ///
    /// [o]: crate::Call#impl-Call%3CListAuditHistory,+M%3E
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when there is no such entry; an input error when `since` is after
    /// `before`, or when the service can't tell which resource the entry is about.
    pub fn history(
        &self,
        id: impl Into<String>,
        logged_at: DateTime<Utc>,
        since: impl Into<AuditMoment>,
    ) -> Pager<ListAuditHistory> {
        let (id, since) = (id.into(), since.into().text());
        // Without an end, the list gets one when it is prepared.
        self.account
            .call(|account| ListAuditHistory::new(account, id, logged_at, String::new(), since))
    }

    /// Lists the categories of products that [`list`](Self::list) can be filtered by, each with its products
    /// (`listAuditProductCategories`), all in one response.
    ///
    /// # Errors
    /// [`is_permission_denied`](crate::Error::is_permission_denied) when the credentials don't allow it. A stream ends with
    /// a [paging error](crate::Error::paging) when the response contains fewer categories than its total says, since there
    /// is no page to ask for.
    pub fn product_categories(&self) -> Pager<ListAuditProductCategories> {
        self.account.call(ListAuditProductCategories::new)
    }
}
