//! Reading a period of the audit log.

use std::sync::{Arc, OnceLock};

use account_provisioning_api::cloudflare::ClientInfo as _;
use account_provisioning_core::{CallOptions, Page, PageRequest, PageRule, Position, Response, Result};
use futures::future::BoxFuture;

use super::super::envelope::{by_cursor, note};
use super::super::target::Target;
use super::super::{AuditLog, SortDirection, paging};
use super::AuditMoment;
use super::filters::Filters;
use crate::Error;
use crate::call::Call;
use crate::list::{Chosen, ListOperation, listing};
use crate::started::fetch;

/// Lists audit logs; made by [`AuditLogs::list`](super::AuditLogs::list).
#[derive(Clone, Debug)]
pub struct ListAuditLogs {
    pub(super) target: Target,
    pub(super) since: Option<AuditMoment>,
    pub(super) before: Option<AuditMoment>,
    /// The end of the period where none was set: one for all pages.
    now: Arc<OnceLock<AuditMoment>>,
    pub(super) direction: Option<SortDirection>,
    pub(super) filters: Filters,
    pub(super) chosen: Chosen,
}

impl ListAuditLogs {
    pub(super) fn new(target: Target) -> Self {
        Self {
            target,
            since: None,
            before: None,
            now: Arc::default(),
            direction: None,
            filters: Filters::default(),
            chosen: Chosen::default(),
        }
    }

    fn end(&self) -> AuditMoment {
        let now = || AuditMoment::At(self.target.client.low_level().inner().clock().now());
        self.before.unwrap_or_else(|| *self.now.get_or_init(now))
    }
}

impl Call<ListAuditLogs> {
    /// Sets the beginning of the period: a day, or a moment. The service requires it.
    pub fn since(self, moment: impl Into<AuditMoment>) -> Self {
        self.with(|list| list.since = Some(moment.into()))
    }

    /// Sets the end of the period: a day, or a moment. Defaults to the moment of the first request; set it for a list
    /// that is to be [resumed](Call::resume).
    pub fn before(self, moment: impl Into<AuditMoment>) -> Self {
        self.with(|list| list.before = Some(moment.into()))
    }

    /// Sets the direction of the order by time. Defaults to the vendor's, which it doesn't document.
    pub fn direction(self, direction: impl Into<SortDirection>) -> Self {
        self.with(|list| list.direction = Some(direction.into()))
    }

    /// Chooses a page, by the cursor that the page before handed out. Defaults to the first; a stream reads them all and
    /// takes no cursor.
    pub fn cursor(self, cursor: impl Into<String>) -> Self {
        self.with(|list| list.chosen.cursor = Some(cursor.into()))
    }

    /// Sets how many entries a page holds (the vendor's `limit`). Defaults to 1000, the vendor's largest.
    pub fn page_size(self, size: u32) -> Self {
        self.with(|list| list.chosen.page_size = Some(size))
    }
}

impl ListOperation for ListAuditLogs {
    type Entry = AuditLog;
    const RULE: PageRule = paging::AUDIT_LOGS;

    fn identity(entry: &AuditLog) -> &str {
        &entry.id
    }

    fn chosen(&self) -> Chosen {
        self.chosen.clone()
    }

    fn check(&self) -> Result<()> {
        let Some(since) = self.since else {
            return Err(Error::invalid_input(
                "`since`: it is missing, and the service requires a beginning; give a day or a moment",
            ));
        };
        if let Some(before) = self.before
            && since.instant() > before.instant()
        {
            let (since, before) = (since.text(), before.text());
            return Err(Error::invalid_input(format!(
                "`since`: {since} is after `before`, {before}; no entry lies between"
            )));
        }
        Ok(())
    }

    fn fetch(self, request: PageRequest, options: CallOptions) -> BoxFuture<'static, Result<Response<Page<AuditLog>>>> {
        let since = self.since.as_ref().map(AuditMoment::text).unwrap_or_default();
        let before = self.end().text();
        let cursor = match request.position {
            Position::Cursor(cursor) => cursor,
            _ => None,
        };
        let limit = Some(i64::from(request.page_size));
        fetch!(
            |self, low, account| low.list_audit_logs(
                account,
                given(&self.filters.not_account_name),
                given(&self.filters.not_action_result),
                given(&self.filters.not_action_type),
                given(&self.filters.not_actor_context),
                given(&self.filters.not_actor_email),
                given(&self.filters.not_actor_id),
                given(&self.filters.not_actor_ip_address),
                given(&self.filters.not_actor_token_id),
                given(&self.filters.not_actor_token_name),
                given(&self.filters.not_actor_type),
                given(&self.filters.not_audit_log_id),
                &before,
                cursor.as_deref(),
                self.direction.clone(),
                given(&self.filters.not_id),
                limit,
                given(&self.filters.product_category),
                given(&self.filters.not_raw_cf_ray_id),
                given(&self.filters.not_raw_method),
                given(&self.filters.not_raw_status_code),
                given(&self.filters.not_raw_uri),
                given(&self.filters.not_resource_id),
                given(&self.filters.not_resource_product),
                given(&self.filters.not_resource_scope),
                given(&self.filters.not_resource_type),
                &since,
                given(&self.filters.not_zone_id),
                given(&self.filters.not_zone_name)
            ),
            |reply, meta| {
                note(reply.messages, meta);
                Ok(by_cursor(reply.result, reply.result_info))
            },
            options
        )
    }
}
listing!(ListAuditLogs of AuditLog);

fn given<T>(values: &Vec<T>) -> Option<&Vec<T>> {
    (!values.is_empty()).then_some(values)
}
