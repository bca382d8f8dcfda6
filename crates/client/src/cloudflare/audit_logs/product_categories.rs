//! The categories of products by which the audit log can be filtered.

use account_provisioning_core::{Page, PageRule, ResponseMeta, Result};

use super::super::envelope::{opened, with_totals};
use super::super::requests::ListAuditProductCategories;
use super::super::types::AuditProductCategoryList;
use super::super::{AuditProductCategory, paging};
use crate::list::List;

impl List for ListAuditProductCategories {
    type Item = AuditProductCategory;
    const RULE: PageRule = paging::AUDIT_PRODUCT_CATEGORIES;
    const ITEMS: &'static str = "/result";

    fn page(&self, reply: AuditProductCategoryList, meta: &mut ResponseMeta) -> Result<Page<AuditProductCategory>> {
        let page = with_totals(reply.result, reply.result_info);
        opened(page, reply.messages, meta)
    }

    fn identity(category: &AuditProductCategory) -> &str {
        &category.value
    }
}
