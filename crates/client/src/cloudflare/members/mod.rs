//! Members: the users who belong to an account, and what each of them may do there.

mod access;
mod list;
mod policy;
mod write;

use account_provisioning_core::{Error, IntoId, ResponseMeta, Result};

use super::envelope::opened;
use super::requests::{AddMember, GetMember, ListMembers, RemoveMember, UpdateMember};
use super::types::MemberReply;
use super::{AccountHandle, Member, MemberId, lookups};
use crate::call::{Call, FromReply, Operation};
use crate::find::FindBy;
use crate::list::Pager;
use crate::mode::Optional;

pub use self::access::{MemberAccess, MemberRole};
pub use self::policy::MemberPolicy;

/// The members of one account; see [`AccountHandle::members`].
#[doc(alias = "accounts.members")]
#[derive(Clone, Debug)]
pub struct Members {
    account: AccountHandle,
}

impl Members {
    pub(super) fn new(account: AccountHandle) -> Self {
        Self { account }
    }

    /// Lists the members (`listMembers`). Awaited, it fetches one page; streamed, all of them.
    ///
    /// # Options
    /// [`status`][o], [`sort_by`][o], [`sort_order`][o], [`page`][o], [`page_size`][o]
    ///
    /// [o]: Call#impl-Call%3CListMembers,+M%3E
    ///
    /// # Errors
    /// [`is_permission_denied`](crate::Error::is_permission_denied) when the credentials don't allow it.
    pub fn list(&self) -> Pager<ListMembers> {
        self.account.call(ListMembers::new)
    }

    /// Fetches one member (`getMember`).
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when no member has this id; [`get_opt`](Self::get_opt) returns `None`
    /// instead.
    pub fn get(&self, id: impl IntoId<MemberId>) -> Call<GetMember> {
        self.account.call_with(id.into_id(), GetMember::new)
    }

    /// Fetches one member, or `None` when no member has this id (`getMember`).
    ///
    /// # Errors
    /// As [`get`](Self::get), but for "not found".
    pub fn get_opt(&self, id: impl IntoId<MemberId>) -> Call<GetMember, Optional> {
        self.get(id).optional()
    }

    /// Finds the member with an e-mail address, or `None` when no member has it (`listMembers`). It fetches all
    /// pages, which share the call's time limit. The case of ASCII letters is ignored: how the vendor compares addresses is
    /// not documented.
    ///
    /// # Errors
    /// Those of [`list`](Self::list); [`is_ambiguous`](crate::Error::is_ambiguous) when several members have the address;
    /// an input error for an empty address.
    pub fn find_by_email(&self, email: impl Into<String>) -> Call<FindBy<ListMembers>> {
        let email = email.into();
        self.account
            .call(|account| FindBy::new(ListMembers::new(account), &lookups::MEMBER_BY_EMAIL, email))
    }

    /// Adds a user to the account (`addMember`). The user is invited unless [`status`][o] says otherwise.
    ///
    /// The response may leave out the roles that were given; [`get`](Self::get) returns them.
    ///
    /// # Options
    /// [`status`][o]
    ///
    /// [o]: Call#impl-Call%3CAddMember,+M%3E
    ///
    /// # Errors
    /// An input error for an empty e-mail address, or for access without a role or policy;
    /// [`is_conflict`](crate::Error::is_conflict) when the user is already a member;
    /// [`is_outcome_unknown`](crate::Error::is_outcome_unknown) when the response was lost:
    /// [`reconcile`](Call::reconcile) finds out whether the member was added, and [`or_find`](Call::or_find) does it by itself.
    /// The call is never retried after a lost response.
    ///
    /// # Examples
    /// ```
    /// # use account_provisioning::cloudflare::{self, MemberAccess};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudflare = cloudflare::Client::builder().api_token(emulator.cloudflare().api_token()).base_url(emulator.cloudflare().base_url()).build()?;
    /// # let account = cloudflare.account(emulator.cloudflare().account_id());
    /// let roles = account.roles().list().await?;
    /// let access = MemberAccess::roles([&roles.items[0]]);
    /// let member = account.members().add("ann@client.example", access.clone()).await?;
    /// account.members().update(&member.id, access).await?;
    /// account.members().remove(&member.id).await?;
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "accounts.members.create")]
    pub fn add(&self, email: impl Into<String>, access: MemberAccess) -> Call<AddMember> {
        self.account
            .call_with(write::add_body(email.into(), access), AddMember::new)
    }

    /// Changes what a member may do (`updateMember`): the access given here replaces all access that the member has.
    ///
    /// The status of the membership is not sent.
    ///
    /// # Errors
    /// An input error for access without a role or policy; [`is_not_found`](crate::Error::is_not_found) when no member has
    /// the id.
    pub fn update(&self, id: impl IntoId<MemberId>, access: MemberAccess) -> Call<UpdateMember> {
        let id = id.into_id().map_err(Error::from);
        let arguments = id.and_then(|id| Ok((id, write::update_body(access)?)));
        self.account
            .call_with(arguments, |account, (id, body)| UpdateMember::new(account, id, body))
    }

    /// Removes a member from the account (`removeMember`). The user remains; their access to the account ends.
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when no member has this id.
    #[doc(alias = "accounts.members.delete")]
    pub fn remove(&self, id: impl IntoId<MemberId>) -> Call<RemoveMember> {
        self.account.call_with(id.into_id(), RemoveMember::new)
    }
}

impl Operation for GetMember {
    type Output = Member;
}

impl FromReply<MemberReply> for Member {
    fn from_reply(reply: MemberReply, meta: &mut ResponseMeta) -> Result<Self> {
        opened(reply.result, reply.messages, meta)
    }
}

impl Operation for RemoveMember {
    type Output = ();
}
