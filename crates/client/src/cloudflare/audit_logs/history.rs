//! What happened to the resource that an entry of the audit log is about.

use account_provisioning_core::time::Clock;
use account_provisioning_core::{Error, MakeError as _, MakePage as _, Page, PageRule, ResponseMeta, Result};

use super::super::envelope::opened;
use super::super::requests::ListAuditHistory;
use super::super::types::{AuditHistoryList, AuditHistoryStatus};
use super::super::{AuditLog, SortOrder, paging};
use super::{AuditMoment, list};
use crate::call::Call;
use crate::list::{List, PageFields};

/// Options of [`AuditLogs::history`](super::AuditLogs::history).
impl<M> Call<ListAuditHistory, M> {
    /// Sets the end of the period: a day, or a moment. Defaults to now by the client's clock, when the list is started, for
    /// all its pages.
    pub fn before(self, moment: impl Into<AuditMoment>) -> Self {
        self.with(|list| list.before = moment.into().text())
    }

    /// Sets the direction of the order by time (`direction`). Defaults to the vendor's, which is not documented.
    #[doc(alias = "direction")]
    pub fn sort_order(self, order: impl Into<SortOrder>) -> Self {
        self.with(|list| list.direction = Some(order.into()))
    }

    /// Chooses a page, by the cursor that the page before returned. Defaults to the first; a stream reads all pages and
    /// takes no cursor.
    pub fn cursor(self, cursor: impl Into<String>) -> Self {
        self.with(|list| list.cursor = Some(cursor.into()))
    }

    /// Sets how many entries a page contains (`limit`). Defaults to 1000, the vendor's maximum.
    #[doc(alias = "limit")]
    pub fn page_size(self, size: u32) -> Self {
        self.with(|list| list.limit = Some(size.into()))
    }
}

impl List for ListAuditHistory {
    type Item = AuditLog;
    const RULE: PageRule = paging::AUDIT_HISTORY;
    const ITEMS: &'static str = "/result";

    fn place(&mut self) -> PageFields<'_> {
        PageFields::Cursor {
            cursor: &mut self.cursor,
            page_size: Some(&mut self.limit),
        }
    }

    fn page(&self, reply: AuditHistoryList, meta: &mut ResponseMeta) -> Result<Page<AuditLog>> {
        let (cursor, status) = reply
            .result_info
            .map_or((None, None), |info| (info.cursor, info.history_status));
        if status == Some(AuditHistoryStatus::Unavailable) {
            return Err(Error::invalid_input(
                "`id`: the service could not tell from this entry which resource it is about, so it returned no history; \
                 choose another entry about the resource",
            ));
        }
        opened(Page::new(reply.result).with_next_cursor(cursor), reply.messages, meta)
    }

    fn identity(entry: &AuditLog) -> &str {
        &entry.id
    }

    fn prepare(&mut self, clock: &dyn Clock) -> Result<()> {
        list::complete(&self.since, &mut self.before, clock)
    }
}
