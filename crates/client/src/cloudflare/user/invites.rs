//! Invitations of the user to accounts.

use account_provisioning_core::{IntoId, Page, PageRule, ResponseMeta, Result};

use super::super::envelope::{opened, with_totals};
use super::super::requests::{AnswerInvite, GetInvite, ListInvites};
use super::super::types::{AnswerInviteRequest, InvitationAnswer, InviteList, InviteReply};
use super::super::{Client, Invite, InviteId, paging};
use crate::call::{Call, FromReply, Operation};
use crate::list::{List, Pager};
use crate::mode::Optional;

/// Invitations of the user to accounts; see [`UserHandle::invites`](super::UserHandle::invites).
#[doc(alias = "user.invites")]
#[derive(Clone, Debug)]
pub struct Invites {
    client: Client,
}

impl Invites {
    pub(super) fn new(client: Client) -> Self {
        Self { client }
    }

    /// Lists the invites (`listInvites`), all in one response.
    ///
    /// # Errors
    /// [`is_permission_denied`](crate::Error::is_permission_denied) when the credentials don't allow it. A stream ends with
    /// a [paging error](crate::Error::paging) when the response contains fewer invites than its total says, since there is
    /// no page to ask for.
    pub fn list(&self) -> Pager<ListInvites> {
        Call::new(self.client.low_level(), ListInvites::new())
    }

    /// Fetches one invite (`getInvite`).
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when the user has no invite with this id; [`get_opt`](Self::get_opt)
    /// returns `None` instead.
    pub fn get(&self, id: impl IntoId<InviteId>) -> Call<GetInvite> {
        Call::try_new(self.client.low_level(), id.into_id().map(GetInvite::new))
    }

    /// Fetches one invite, or `None` when the user has none with this id (`getInvite`).
    ///
    /// # Errors
    /// As [`get`](Self::get), but for "not found".
    pub fn get_opt(&self, id: impl IntoId<InviteId>) -> Call<GetInvite, Optional> {
        self.get(id).optional()
    }

    /// Accepts an invite (`answerInvite`): the user becomes a member of the account.
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when the user has no invite with this id;
    /// [`is_outcome_unknown`](crate::Error::is_outcome_unknown) when the response was lost: [`get`](Self::get) shows whether
    /// the invite is answered. The call is never retried after a lost response.
    #[doc(alias = "user.invites.edit")]
    pub fn accept(&self, id: impl IntoId<InviteId>) -> Call<AnswerInvite> {
        self.answer(id, InvitationAnswer::Accepted)
    }

    /// Rejects an invite (`answerInvite`).
    ///
    /// # Errors
    /// As [`accept`](Self::accept).
    #[doc(alias = "user.invites.edit")]
    pub fn reject(&self, id: impl IntoId<InviteId>) -> Call<AnswerInvite> {
        self.answer(id, InvitationAnswer::Rejected)
    }

    fn answer(&self, id: impl IntoId<InviteId>, status: InvitationAnswer) -> Call<AnswerInvite> {
        let request = id
            .into_id()
            .map(|id| AnswerInvite::new(id, AnswerInviteRequest { status }));
        Call::try_new(self.client.low_level(), request)
    }
}

impl List for ListInvites {
    type Item = Invite;
    const RULE: PageRule = paging::INVITES;
    const ITEMS: &'static str = "/result";

    fn page(&self, reply: InviteList, meta: &mut ResponseMeta) -> Result<Page<Invite>> {
        let page = with_totals(reply.result, reply.result_info);
        opened(page, reply.messages, meta)
    }

    fn identity(invite: &Invite) -> &str {
        invite.id.as_str()
    }
}

impl Operation for GetInvite {
    type Output = Invite;
}

impl Operation for AnswerInvite {
    type Output = Invite;
}

impl FromReply<InviteReply> for Invite {
    fn from_reply(reply: InviteReply, meta: &mut ResponseMeta) -> Result<Self> {
        opened(reply.result, reply.messages, meta)
    }
}
