//! The members of a user group.

use account_provisioning_core::{Error, IdError, IntoId, MakeError as _, Page, PageRule, ResponseMeta, Result};

use super::super::envelope::{opened, with_totals};
use super::super::requests::{
    AddUserGroupMembers, GetUserGroupMember, ListUserGroupMembers, RemoveUserGroupMember, ReplaceUserGroupMembers,
};
use super::super::types::{MemberReference, RemovedUserGroupMemberReply, UserGroupMemberList, UserGroupMemberReply};
use super::super::{AccountHandle, AccountId, MemberId, SortOrder, UserGroupId, UserGroupMember, paging};
use crate::call::{Call, FromReply, Operation};
use crate::list::{List, PageFields, Pager};
use crate::mode::Optional;

/// The members of one user group; see [`UserGroups::members`](super::UserGroups::members).
#[doc(alias = "iam.user_groups.members")]
#[derive(Clone, Debug)]
pub struct UserGroupMembers {
    account: AccountHandle,
    /// The id, or what is wrong with it. Each call reports that when it is awaited.
    group: Result<UserGroupId, IdError>,
}

impl UserGroupMembers {
    pub(super) fn new(account: AccountHandle, group: Result<UserGroupId, IdError>) -> Self {
        Self { account, group }
    }

    /// Makes a call about the group with an argument that may be wrong.
    fn call<A, O, M>(&self, argument: Result<A>, request: impl FnOnce(AccountId, UserGroupId, A) -> O) -> Call<O, M> {
        let group = self.group.clone().map_err(Error::from);
        let arguments = group.and_then(|group| Ok((group, argument?)));
        self.account.call_with(arguments, |account, (group, argument)| {
            request(account, group, argument)
        })
    }

    /// Lists the members (`listUserGroupMembers`). Awaited, it fetches one page; streamed, all of them.
    ///
    /// # Options
    /// [`email_contains`][o], [`sort_order`][o], [`page`][o], [`page_size`][o]
    ///
    /// [o]: Call#impl-Call%3CListUserGroupMembers,+M%3E
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when no user group has the id.
    pub fn list(&self) -> Pager<ListUserGroupMembers> {
        self.call(Ok(()), |account, group, ()| ListUserGroupMembers::new(account, group))
    }

    /// Fetches one member of the group, with the user and the time of joining (`getUserGroupMember`).
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when the group has no member with this id; [`get_opt`](Self::get_opt)
    /// returns `None` instead.
    pub fn get(&self, id: impl IntoId<MemberId>) -> Call<GetUserGroupMember> {
        self.call(id.into_id().map_err(Error::from), GetUserGroupMember::new)
    }

    /// Fetches one member of the group, or `None` when it has no member with this id (`getUserGroupMember`).
    ///
    /// # Errors
    /// As [`get`](Self::get), but for "not found".
    pub fn get_opt(&self, id: impl IntoId<MemberId>) -> Call<GetUserGroupMember, Optional> {
        self.get(id).optional()
    }

    /// Adds members of the account to the group, and keeps those that are in it (`addUserGroupMembers`).
    ///
    /// # Errors
    /// An input error without a member; [`is_outcome_unknown`](crate::Error::is_outcome_unknown) when the response was lost:
    /// [`list`](Self::list) shows who is in the group. The call is never retried after a lost response.
    #[doc(alias = "iam.user_groups.members.create")]
    pub fn add(&self, ids: impl IntoIterator<Item = impl IntoId<MemberId>>) -> Call<AddUserGroupMembers> {
        let members = references(ids).and_then(|members| {
            if members.is_empty() {
                return Err(Error::invalid_input("`members`: no member to add; give at least one"));
            }
            Ok(members)
        });
        self.call(members, AddUserGroupMembers::new)
    }

    /// Puts these members in the place of all members of the group (`replaceUserGroupMembers`). An empty list leaves nobody
    /// in it.
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when the account has no such group or member.
    #[doc(alias = "iam.user_groups.members.update")]
    pub fn replace(&self, ids: impl IntoIterator<Item = impl IntoId<MemberId>>) -> Call<ReplaceUserGroupMembers> {
        self.call(references(ids), ReplaceUserGroupMembers::new)
    }

    /// Removes a member from the group (`removeUserGroupMember`). The member stays in the account.
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when the group has no member with this id.
    #[doc(alias = "iam.user_groups.members.delete")]
    pub fn remove(&self, id: impl IntoId<MemberId>) -> Call<RemoveUserGroupMember> {
        self.call(id.into_id().map_err(Error::from), RemoveUserGroupMember::new)
    }
}

fn references(ids: impl IntoIterator<Item = impl IntoId<MemberId>>) -> Result<Vec<MemberReference>> {
    let references = ids.into_iter().map(|id| Ok(MemberReference { id: id.into_id()? }));
    references.collect()
}

/// Options of [`UserGroupMembers::list`].
impl<M> Call<ListUserGroupMembers, M> {
    /// Lists only members whose e-mail addresses contain this (`fuzzyEmail`). Defaults to no filter.
    #[doc(alias = "fuzzyEmail")]
    #[doc(alias = "fuzzy_email")]
    pub fn email_contains(self, part: impl Into<String>) -> Self {
        self.with(|list| list.fuzzy_email = Some(part.into()))
    }

    /// Sets the direction of the order, which is by e-mail address (`direction`). Defaults to the vendor's, which is not
    /// documented.
    #[doc(alias = "direction")]
    pub fn sort_order(self, order: impl Into<SortOrder>) -> Self {
        self.with(|list| list.direction = Some(order.into()))
    }

    /// Chooses a page, from 1. Defaults to the first; a stream reads all pages and takes no page.
    pub fn page(self, page: u32) -> Self {
        self.with(|list| list.page = Some(page.into()))
    }

    /// Sets how many members a page contains (`per_page`). Defaults to 50, the vendor's maximum; its minimum is 5.
    #[doc(alias = "per_page")]
    pub fn page_size(self, size: u32) -> Self {
        self.with(|list| list.per_page = Some(size.into()))
    }
}

impl List for ListUserGroupMembers {
    type Item = UserGroupMember;
    const RULE: PageRule = paging::USER_GROUP_MEMBERS;
    const ITEMS: &'static str = "/result";

    fn place(&mut self) -> PageFields<'_> {
        PageFields::Numbered {
            page: &mut self.page,
            page_size: &mut self.per_page,
        }
    }

    fn page(&self, reply: UserGroupMemberList, meta: &mut ResponseMeta) -> Result<Page<UserGroupMember>> {
        let page = with_totals(reply.result, reply.result_info);
        opened(page, reply.messages, meta)
    }

    fn identity(member: &UserGroupMember) -> &str {
        member.id.as_str()
    }
}

impl Operation for GetUserGroupMember {
    type Output = UserGroupMember;
}

impl FromReply<UserGroupMemberReply> for UserGroupMember {
    fn from_reply(reply: UserGroupMemberReply, meta: &mut ResponseMeta) -> Result<Self> {
        opened(reply.result, reply.messages, meta)
    }
}

impl Operation for AddUserGroupMembers {
    type Output = Vec<UserGroupMember>;
}

impl Operation for ReplaceUserGroupMembers {
    type Output = Vec<UserGroupMember>;
}

impl FromReply<UserGroupMemberList> for Vec<UserGroupMember> {
    fn from_reply(reply: UserGroupMemberList, meta: &mut ResponseMeta) -> Result<Self> {
        opened(reply.result, reply.messages, meta)
    }
}

impl Operation for RemoveUserGroupMember {
    type Output = ();
}

impl FromReply<RemovedUserGroupMemberReply> for () {
    fn from_reply(reply: RemovedUserGroupMemberReply, meta: &mut ResponseMeta) -> Result<Self> {
        opened((), reply.messages, meta)
    }
}
