//! Listing product environments.

use account_provisioning_core::time::Clock;
use account_provisioning_core::{AskedFor, Page, PageRule, ResponseMeta, Result};

use super::super::requests::GetProductEnvironments;
use super::super::types::ProductEnvironmentList;
use super::super::{ProductEnvironment, ProductEnvironmentId, paging};
use crate::call::Call;
use crate::list::List;
use crate::lookup::{self, Compare};
use crate::{Field, IntoIdList};

/// Options of [`ProductEnvironments::list`](super::ProductEnvironments::list).
impl<M> Call<GetProductEnvironments, M> {
    /// Lists only product environments that are enabled, or only those that are disabled. Defaults to both.
    pub fn enabled(self, enabled: bool) -> Self {
        self.with(|list| list.enabled = Some(enabled))
    }

    /// Lists only the product environments with these ids; the vendor then ignores the other filters. Defaults to no
    /// filter.
    ///
    /// The vendor takes 100 in a request: more are sent in several requests, and the results are joined.
    pub fn ids(self, ids: impl IntoIdList<ProductEnvironmentId>) -> Self {
        let ids = ids
            .into_id_list()
            .and_then(|ids| lookup::values("ids", ids, Compare::Exactly));
        self.try_with(ids, |list, ids| list.ids = ids)
    }

    /// Lists only the product environments with these cloud names. Defaults to no filter.
    ///
    /// The vendor takes 100 in a request: more are sent in several requests, and the results are joined.
    pub fn cloud_names(self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let names = Field::Set(names.into_iter().map(Into::<String>::into).collect());
        let names = lookup::values("cloud_names", names, Compare::IgnoringCase);
        self.try_with(names, |list, names| list.cloud_names = names)
    }

    /// Lists only product environments whose name starts with this text, ignoring case. Defaults to no filter.
    pub fn prefix(self, prefix: impl Into<String>) -> Self {
        self.with(|list| list.prefix = Some(prefix.into()))
    }
}

impl List for GetProductEnvironments {
    type Item = ProductEnvironment;
    const RULE: PageRule = paging::PRODUCT_ENVIRONMENTS;
    const ITEMS: &'static str = "/sub_accounts";

    fn page(&self, reply: ProductEnvironmentList, _: &mut ResponseMeta) -> Result<Page<ProductEnvironment>> {
        let found = &reply.sub_accounts;
        let ids = found.iter().map(|environment| environment.id.as_str());
        lookup::admit("ids", self.ids.as_ref(), Compare::Exactly, ids)?;
        let names = found.iter().filter_map(|environment| environment.cloud_name.as_deref());
        lookup::admit("cloud_names", self.cloud_names.as_ref(), Compare::IgnoringCase, names)?;
        Ok(Page::new(reply.sub_accounts))
    }

    fn identity(environment: &ProductEnvironment) -> &str {
        environment.id.as_str()
    }

    fn prepare(&mut self, _: &dyn Clock) -> Result<()> {
        lookup::only_one(&[("ids", self.ids.is_some()), ("cloud_names", self.cloud_names.is_some())])
    }

    fn segments(&self) -> usize {
        lookup::requests(self.ids.as_ref()).max(lookup::requests(self.cloud_names.as_ref()))
    }

    fn asked_for(&self, segment: usize) -> Option<AskedFor> {
        lookup::asked_for(self.ids.as_ref(), segment, Compare::Exactly, true)
            .or_else(|| lookup::asked_for(self.cloud_names.as_ref(), segment, Compare::IgnoringCase, true))
    }

    fn key(&self, environment: &ProductEnvironment) -> Option<String> {
        match self.cloud_names {
            Some(_) => environment
                .cloud_name
                .as_deref()
                .map(|name| Compare::IgnoringCase.key(name)),
            None => Some(environment.id.to_string()),
        }
    }

    fn keep_segment(&mut self, segment: usize) {
        lookup::keep_segment(&mut self.ids, segment);
        lookup::keep_segment(&mut self.cloud_names, segment);
    }
}
