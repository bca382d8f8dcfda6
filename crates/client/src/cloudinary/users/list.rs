//! Listing users.

use account_provisioning_core::time::Clock;
use account_provisioning_core::{AskedFor, Error, IntoId, MakeError as _, Page, PageRule, ResponseMeta, Result};
use chrono::NaiveDate;

use super::super::requests::GetUsers;
use super::super::types::UserList;
use super::super::{LoginRangeMode, ProductEnvironmentId, SortOrder, User, UserId, UserSortBy, paging};
use crate::call::Call;
use crate::list::{List, PageFields};
use crate::lookup::{self, Compare};
use crate::{Field, IntoIdList};

/// Options of [`Users::list`](super::Users::list).
impl<M> Call<GetUsers, M> {
    /// `true` lists only users who have not accepted their invitation yet. `false`, the vendor's default, lists all users,
    /// not only those who have.
    pub fn pending(self, pending: bool) -> Self {
        self.with(|list| list.pending = Some(pending))
    }

    /// Lists only the users with these ids. Defaults to no filter.
    ///
    /// The vendor takes 100 in a request: more are sent in several requests, and the results are joined. Its document
    /// says that other filters are then ignored, but the service has been seen to apply some of them.
    pub fn ids(self, ids: impl IntoIdList<UserId>) -> Self {
        let ids = ids
            .into_id_list()
            .and_then(|ids| lookup::values("ids", ids, Compare::Exactly));
        self.try_with(ids, |list, ids| list.ids = ids)
    }

    /// Lists only the users with these e-mail addresses, ignoring case. Defaults to no filter.
    ///
    /// The vendor takes 100 in a request: more are sent in several requests, and the results are joined. Several users may
    /// share an address: a full page is followed by another request.
    pub fn emails(self, emails: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let emails = Field::Set(emails.into_iter().map(Into::<String>::into).collect());
        let emails = lookup::values("emails", emails, Compare::IgnoringCase);
        self.try_with(emails, |list, emails| list.emails = emails)
    }

    /// Lists only users whose name starts with this text, ignoring case. Defaults to no filter.
    pub fn prefix(self, prefix: impl Into<String>) -> Self {
        self.with(|list| list.prefix = Some(prefix.into()))
    }

    /// Lists only users with access to this product environment (`sub_account_id`). Defaults to no filter.
    #[doc(alias = "sub_account_id")]
    pub fn product_environment(self, id: impl IntoId<ProductEnvironmentId>) -> Self {
        self.try_with(id.into_id(), |list, id| list.sub_account_id = Some(id))
    }

    /// Says whether [`last_login_from`](Self::last_login_from) and [`last_login_to`](Self::last_login_to) are applied.
    /// Defaults to the vendor's choice.
    pub fn last_login(self, apply: bool) -> Self {
        self.with(|list| list.last_login = Some(apply))
    }

    /// Lists users by their last login after this day (`from`). Defaults to no limit. The vendor does not say whether the
    /// day itself counts.
    #[doc(alias = "from")]
    pub fn last_login_from(self, day: NaiveDate) -> Self {
        self.with(|list| list.from = Some(day))
    }

    /// Lists users by their last login before this day (`to`). Defaults to no limit. The vendor does not say whether the
    /// day itself counts.
    #[doc(alias = "to")]
    pub fn last_login_to(self, day: NaiveDate) -> Self {
        self.with(|list| list.to = Some(day))
    }

    /// Says whether users with their last login between the dates are listed, or all others (`union_type`). Defaults to
    /// the vendor's default, those between the dates.
    #[doc(alias = "union_type")]
    pub fn last_login_mode(self, mode: impl Into<LoginRangeMode>) -> Self {
        self.with(|list| list.union_type = Some(mode.into()))
    }

    /// Sets what users are sorted by. Defaults to the vendor's order.
    pub fn sort_by(self, field: impl Into<UserSortBy>) -> Self {
        self.with(|list| list.sort_by = Some(field.into()))
    }

    /// Sets the direction of the order. Defaults to the vendor's, descending.
    pub fn sort_order(self, order: impl Into<SortOrder>) -> Self {
        self.with(|list| list.sort_order = Some(order.into()))
    }

    /// Chooses a page, from 1. Defaults to the first; a stream reads them all and takes no page.
    pub fn page(self, page: u32) -> Self {
        self.with(|list| list.page = Some(page.into()))
    }

    /// Sets how many users a page contains, at least 1. Defaults to 100.
    pub fn page_size(self, size: u32) -> Self {
        self.with(|list| list.page_size = Some(size.into()))
    }
}

impl List for GetUsers {
    type Item = User;
    const RULE: PageRule = paging::USERS;
    const ITEMS: &'static str = "/users";

    fn place(&mut self) -> PageFields<'_> {
        PageFields::Numbered {
            page: &mut self.page,
            page_size: &mut self.page_size,
        }
    }

    fn page(&self, reply: UserList, _: &mut ResponseMeta) -> Result<Page<User>> {
        let ids = reply.users.iter().map(|user| user.id.as_str());
        lookup::admit("ids", self.ids.as_ref(), Compare::Exactly, ids)?;
        let emails = reply.users.iter().filter_map(|user| user.email.as_deref());
        lookup::admit("emails", self.emails.as_ref(), Compare::IgnoringCase, emails)?;
        Ok(Page::new(reply.users))
    }

    fn identity(user: &User) -> &str {
        user.id.as_str()
    }

    fn prepare(&mut self, _: &dyn Clock) -> Result<()> {
        if let (Some(from), Some(to)) = (self.from, self.to)
            && from > to
        {
            return Err(Error::invalid_input(format!(
                "`last_login_from`: {from} is after `last_login_to`, {to}; no login lies between"
            )));
        }
        lookup::only_one(&[("ids", self.ids.is_some()), ("emails", self.emails.is_some())])
    }

    fn segments(&self) -> usize {
        lookup::requests(self.ids.as_ref()).max(lookup::requests(self.emails.as_ref()))
    }

    fn asked_for(&self, segment: usize) -> Option<AskedFor> {
        // The vendor doesn't say that two users can't share an e-mail address.
        lookup::asked_for(self.ids.as_ref(), segment, Compare::Exactly, true)
            .or_else(|| lookup::asked_for(self.emails.as_ref(), segment, Compare::IgnoringCase, false))
    }

    fn key(&self, user: &User) -> Option<String> {
        match self.emails {
            Some(_) => user.email.as_deref().map(|email| Compare::IgnoringCase.key(email)),
            None => Some(user.id.to_string()),
        }
    }

    fn keep_segment(&mut self, segment: usize) {
        lookup::keep_segment(&mut self.ids, segment);
        lookup::keep_segment(&mut self.emails, segment);
    }
}
