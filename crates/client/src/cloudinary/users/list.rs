//! Listing users.

use account_provisioning_core::{CallOptions, Page, PageRequest, PageRule, Position, Response, Result};
use chrono::NaiveDate;
use futures::future::BoxFuture;

use super::super::ids::strings;
use super::super::target::{Target, fetch, scoped};
use super::super::{LoginRangeMode, ProductEnvironmentId, SortOrder, User, UserId, UserSortBy, paging};
use crate::call::Call;
use crate::list::{Chosen, ListOperation, listing};
use crate::lookup::{self, Lookup};
use crate::{Error, Field, IntoIdList};

/// Lists users; made by [`Users::list`](super::Users::list).
#[derive(Clone, Debug)]
pub struct ListUsers {
    target: Target,
    pending: Option<bool>,
    ids: Lookup,
    emails: Lookup,
    prefix: Option<String>,
    sub_account_id: Option<ProductEnvironmentId>,
    last_login: Option<bool>,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    union_type: Option<LoginRangeMode>,
    sort_by: Option<UserSortBy>,
    sort_order: Option<SortOrder>,
    chosen: Chosen,
}

impl ListUsers {
    pub(super) fn new(target: Target) -> Self {
        Self {
            target,
            pending: None,
            ids: Lookup::exact("ids"),
            emails: Lookup::folded("emails"),
            prefix: None,
            sub_account_id: None,
            last_login: None,
            from: None,
            to: None,
            union_type: None,
            sort_by: None,
            sort_order: None,
            chosen: Chosen::default(),
        }
    }
}

impl Call<ListUsers> {
    /// `true` lists only users who have not accepted their invitation yet. `false`, the vendor's default, lists all users,
    /// not only those who have.
    pub fn pending(self, pending: bool) -> Self {
        self.with(|list| list.pending = Some(pending))
    }

    /// Lists only the users with these ids. Defaults to no filter.
    ///
    /// The vendor takes 100 in a request: more are sent in several requests, whose answers are joined. Its document
    /// says that other filters are then ignored; the service has been seen to apply some of them.
    pub fn ids(self, ids: impl IntoIdList<UserId>) -> Self {
        self.try_change(|list| list.ids.set(ids.into_id_list()?.map(strings)))
    }

    /// Lists only the users with these e-mail addresses. Defaults to no filter.
    ///
    /// The vendor takes 100 in a request: more are sent in several requests, whose answers are joined.
    pub fn emails(self, emails: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let emails = Field::Set(emails.into_iter().map(Into::into).collect());
        self.try_change(|list| list.emails.set(emails))
    }

    /// Lists only users whose name begins so, without regard to case. Defaults to no filter.
    pub fn prefix(self, prefix: impl Into<String>) -> Self {
        self.with(|list| list.prefix = Some(prefix.into()))
    }

    /// Lists only users with access to this product environment. Defaults to no filter.
    pub fn sub_account_id(self, id: impl TryInto<ProductEnvironmentId, Error: Into<Error>>) -> Self {
        self.try_with(id.try_into(), |list, id| list.sub_account_id = Some(id))
    }

    /// Says whether the dates of [`from`](Self::from) and [`to`](Self::to) are applied. Defaults to what the vendor makes of
    /// the dates alone.
    pub fn last_login(self, apply: bool) -> Self {
        self.with(|list| list.last_login = Some(apply))
    }

    /// Lists users by their last login after this day. Defaults to no limit. Source: the document's words; whether the day
    /// itself counts is the service's to say.
    pub fn from(self, day: NaiveDate) -> Self {
        self.with(|list| list.from = Some(day))
    }

    /// Lists users by their last login before this day. Defaults to no limit. Source: the document's words; whether the
    /// day itself counts is the service's to say.
    pub fn to(self, day: NaiveDate) -> Self {
        self.with(|list| list.to = Some(day))
    }

    /// Says whether users with their last login between the dates are listed, or all others. Defaults to the vendor's
    /// default, those between the dates.
    pub fn union_type(self, mode: impl Into<LoginRangeMode>) -> Self {
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
        self.with(|list| list.chosen.page = Some(page))
    }

    /// Sets how many users a page holds, at least 1. Defaults to 100.
    pub fn page_size(self, size: u32) -> Self {
        self.with(|list| list.chosen.page_size = Some(size))
    }
}

impl ListOperation for ListUsers {
    type Entry = User;
    const RULE: PageRule = paging::USERS;

    fn identity(user: &User) -> &str {
        &user.id
    }

    fn chosen(&self) -> Chosen {
        self.chosen.clone()
    }

    fn check(&self) -> Result<()> {
        if let (Some(from), Some(to)) = (self.from, self.to)
            && from > to
        {
            return Err(Error::invalid_input(format!(
                "`from`: {from} is after `to`, {to}; no login lies between"
            )));
        }
        lookup::check(&[&self.ids, &self.emails])
    }

    fn segments(&self) -> usize {
        lookup::requests(&[&self.ids, &self.emails])
    }

    fn asked_for(&self, segment: usize) -> Option<usize> {
        lookup::asked_for(&[&self.ids, &self.emails], segment)
    }

    fn fetch(self, request: PageRequest, options: CallOptions) -> BoxFuture<'static, Result<Response<Page<User>>>> {
        let number = match request.position {
            Position::Number(number) => number,
            _ => 1,
        };
        let ids = self.ids.chunk(request.segment);
        let emails = self.emails.chunk(request.segment);
        fetch!(
            |self, low, account| low.get_users(
                account,
                emails.as_ref(),
                self.from.as_ref(),
                ids.as_ref(),
                self.last_login,
                Some(i64::from(number)),
                Some(i64::from(request.page_size)),
                self.pending,
                self.prefix.as_deref(),
                self.sort_by.clone(),
                self.sort_order.clone(),
                self.sub_account_id.as_ref().map(ProductEnvironmentId::as_str),
                self.to.as_ref(),
                self.union_type.clone()
            ),
            |reply| {
                let ids = reply.users.iter().map(|user| user.id.as_str());
                let emails = reply.users.iter().filter_map(|user| user.email.as_deref());
                lookup::admit(&self.ids, request.segment, ids)
                    .and_then(|()| lookup::admit(&self.emails, request.segment, emails))
                    .map(|()| Page::new(reply.users).numbered(number, request.page_size))
            },
            options
        )
    }
}
listing!(ListUsers of User);
scoped!(ListUsers);
