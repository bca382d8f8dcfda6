//! Reading a period of the audit log.

use account_provisioning_core::time::Clock;
use account_provisioning_core::{Error, MakeError as _, Page, PageRule, ResponseMeta, Result};

use super::super::envelope::{opened, with_cursor};
use super::super::requests::ListAuditLogs;
use super::super::types::AuditLogList;
use super::super::{AuditLog, paging};
use super::AuditMoment;
use crate::list::{List, PageFields};

impl List for ListAuditLogs {
    type Item = AuditLog;
    const RULE: PageRule = paging::AUDIT_LOGS;
    const ITEMS: &'static str = "/result";

    fn place(&mut self) -> PageFields<'_> {
        PageFields::Cursor {
            cursor: &mut self.cursor,
            page_size: Some(&mut self.limit),
        }
    }

    fn page(&self, reply: AuditLogList, meta: &mut ResponseMeta) -> Result<Page<AuditLog>> {
        let page = with_cursor(reply.result, reply.result_info);
        opened(page, reply.messages, meta)
    }

    fn identity(entry: &AuditLog) -> &str {
        &entry.id
    }

    fn prepare(&mut self, clock: &dyn Clock) -> Result<()> {
        complete(&self.since, &mut self.before, clock)
    }
}

/// Ends a period without an end now, and refuses one that ends before it begins.
pub(super) fn complete(since: &str, before: &mut String, clock: &dyn Clock) -> Result<()> {
    if before.is_empty() {
        *before = AuditMoment::At(clock.now()).text();
        return Ok(());
    }
    let instant = |text: &str| AuditMoment::read(text).map(|moment| moment.instant());
    if instant(since) > instant(before) {
        return Err(Error::invalid_input(format!(
            "`since`: {since} is after `before`, {before}; no entry lies between"
        )));
    }
    Ok(())
}
