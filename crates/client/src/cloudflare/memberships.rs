//! Memberships: what the user is in which accounts.

use account_provisioning_core::{IntoId, Page, PageRule, ResponseMeta, Result};

use super::envelope::{opened, with_totals};
use super::requests::{AnswerMembership, DeleteMembership, GetMembership, ListMemberships};
use super::types::{AnswerMembershipRequest, InvitationAnswer, MembershipList, MembershipReply};
use super::{Client, MemberStatus, Membership, MembershipId, MembershipSortBy, SortOrder, paging};
use crate::call::{Call, FromReply, Operation};
use crate::list::{List, PageFields, Pager};
use crate::mode::Optional;

/// The memberships of the user that the client signs in as; see [`Client::memberships`].
#[derive(Clone, Debug)]
pub struct Memberships {
    client: Client,
}

impl Memberships {
    pub(super) fn new(client: Client) -> Self {
        Self { client }
    }

    /// Lists the memberships (`listMemberships`), with invitations that the user has not answered. Awaited, it fetches one
    /// page; streamed, all of them.
    ///
    /// # Options
    /// [`status`][o], [`account_name`][o], [`name`][o], [`sort_by`][o], [`sort_order`][o], [`page`][o], [`page_size`][o]
    ///
    /// [o]: Call#impl-Call%3CListMemberships,+M%3E
    ///
    /// # Errors
    /// [`is_permission_denied`](crate::Error::is_permission_denied) when the credentials don't allow it.
    ///
    /// # Examples
    /// ```
    /// # use account_provisioning::cloudflare::{self, MemberStatus};
    /// # use futures_util::TryStreamExt;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudflare = cloudflare::Client::builder().api_token(emulator.cloudflare().user_api_token()).base_url(emulator.cloudflare().base_url()).build()?;
    /// let memberships = cloudflare.memberships();
    /// let mut invited = memberships.list().status(MemberStatus::Pending).stream();
    /// while let Some(membership) = invited.try_next().await? {
    ///     memberships.accept(&membership.id).await?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn list(&self) -> Pager<ListMemberships> {
        Call::new(self.client.low_level(), ListMemberships::new())
    }

    /// Fetches one membership, with its policies (`getMembership`).
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when the user has no membership with this id;
    /// [`get_opt`](Self::get_opt) returns `None` instead.
    pub fn get(&self, id: impl IntoId<MembershipId>) -> Call<GetMembership> {
        Call::try_new(self.client.low_level(), id.into_id().map(GetMembership::new))
    }

    /// Fetches one membership, or `None` when the user has none with this id (`getMembership`).
    ///
    /// # Errors
    /// As [`get`](Self::get), but for "not found".
    pub fn get_opt(&self, id: impl IntoId<MembershipId>) -> Call<GetMembership, Optional> {
        self.get(id).optional()
    }

    /// Accepts the invitation to an account (`answerMembership`).
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when the user has no membership with this id.
    #[doc(alias = "memberships.update")]
    pub fn accept(&self, id: impl IntoId<MembershipId>) -> Call<AnswerMembership> {
        self.answer(id, InvitationAnswer::Accepted)
    }

    /// Rejects the invitation to an account (`answerMembership`).
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when the user has no membership with this id.
    #[doc(alias = "memberships.update")]
    pub fn reject(&self, id: impl IntoId<MembershipId>) -> Call<AnswerMembership> {
        self.answer(id, InvitationAnswer::Rejected)
    }

    fn answer(&self, id: impl IntoId<MembershipId>, status: InvitationAnswer) -> Call<AnswerMembership> {
        let request = id
            .into_id()
            .map(|id| AnswerMembership::new(id, AnswerMembershipRequest { status }));
        Call::try_new(self.client.low_level(), request)
    }

    /// Removes the user from an account (`deleteMembership`).
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when the user has no membership with this id.
    pub fn delete(&self, id: impl IntoId<MembershipId>) -> Call<DeleteMembership> {
        Call::try_new(self.client.low_level(), id.into_id().map(DeleteMembership::new))
    }
}

/// Options of [`Memberships::list`].
impl<M> Call<ListMemberships, M> {
    /// Lists only memberships with this status. Defaults to no filter.
    pub fn status(self, status: impl Into<MemberStatus>) -> Self {
        self.with(|list| list.status = Some(status.into()))
    }

    /// Lists only memberships in accounts with this name (`account.name`). Defaults to no filter.
    pub fn account_name(self, name: impl Into<String>) -> Self {
        self.with(|list| list.account_name = Some(name.into()))
    }

    /// Lists only memberships in accounts with this name, by the parameter's shorter name (`name`). Defaults to no filter.
    pub fn name(self, name: impl Into<String>) -> Self {
        self.with(|list| list.name = Some(name.into()))
    }

    /// Sets what memberships are sorted by (`order`). Defaults to the vendor's order, which is not documented.
    #[doc(alias = "order")]
    pub fn sort_by(self, field: impl Into<MembershipSortBy>) -> Self {
        self.with(|list| list.order = Some(field.into()))
    }

    /// Sets the direction of the order (`direction`). Defaults to the vendor's, which is not documented.
    #[doc(alias = "direction")]
    pub fn sort_order(self, order: impl Into<SortOrder>) -> Self {
        self.with(|list| list.direction = Some(order.into()))
    }

    /// Chooses a page, from 1. Defaults to the first; a stream reads all pages and takes no page.
    pub fn page(self, page: u32) -> Self {
        self.with(|list| list.page = Some(page.into()))
    }

    /// Sets how many memberships a page contains (`per_page`). Defaults to 50, the vendor's maximum; its minimum is 5.
    #[doc(alias = "per_page")]
    pub fn page_size(self, size: u32) -> Self {
        self.with(|list| list.per_page = Some(size.into()))
    }
}

impl List for ListMemberships {
    type Item = Membership;
    const RULE: PageRule = paging::MEMBERSHIPS;
    const ITEMS: &'static str = "/result";

    fn place(&mut self) -> PageFields<'_> {
        PageFields::Numbered {
            page: &mut self.page,
            page_size: &mut self.per_page,
        }
    }

    fn page(&self, reply: MembershipList, meta: &mut ResponseMeta) -> Result<Page<Membership>> {
        let page = with_totals(reply.result, reply.result_info);
        opened(page, reply.messages, meta)
    }

    fn identity(membership: &Membership) -> &str {
        membership.id.as_str()
    }
}

impl Operation for GetMembership {
    type Output = Membership;
}

impl Operation for AnswerMembership {
    type Output = Membership;
}

impl FromReply<MembershipReply> for Membership {
    fn from_reply(reply: MembershipReply, meta: &mut ResponseMeta) -> Result<Self> {
        opened(reply.result, reply.messages, meta)
    }
}

impl Operation for DeleteMembership {
    type Output = ();
}
