//! Permission groups that policies of members and user groups are made of.

use account_provisioning_core::{IntoId, Page, PageRule, ResponseMeta, Result};

use super::envelope::{opened, with_totals};
use super::find::Find;
use super::requests::{GetMemberPermissionGroup, ListMemberPermissionGroups};
use super::types::{MemberPermissionGroupList, MemberPermissionGroupReply};
use super::{AccountHandle, MemberPermissionGroup, PermissionGroupId, PermissionGroupScope, paging};
use crate::call::{Call, FromReply, Operation};
use crate::list::{List, PageFields, Pager};
use crate::mode::Optional;

/// The permission groups that policies of an account's members and user groups can have; see
/// [`AccountHandle::permission_groups`]. Those of tokens are another list:
/// [`Tokens::permission_groups`](super::tokens::Tokens::permission_groups).
#[doc(alias = "iam.permission_groups")]
#[derive(Clone, Debug)]
pub struct MemberPermissionGroups {
    account: AccountHandle,
}

impl MemberPermissionGroups {
    pub(super) fn new(account: AccountHandle) -> Self {
        Self { account }
    }

    /// Lists the permission groups (`listMemberPermissionGroups`). Awaited, it fetches one page; streamed, all of them.
    ///
    /// # Options
    /// [`id`][o], [`label`][o], [`name`][o], [`page`][o], [`page_size`][o]
    ///
    /// [o]: Call#impl-Call%3CListMemberPermissionGroups,+M%3E
    ///
    /// # Errors
    /// [`is_permission_denied`](crate::Error::is_permission_denied) when the credentials don't allow it.
    pub fn list(&self) -> Pager<ListMemberPermissionGroups> {
        self.account.call(ListMemberPermissionGroups::new)
    }

    /// Fetches one permission group (`getMemberPermissionGroup`).
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when no permission group has this id; [`get_opt`](Self::get_opt)
    /// returns `None` instead.
    pub fn get(&self, id: impl IntoId<PermissionGroupId>) -> Call<GetMemberPermissionGroup> {
        self.account.call_with(id.into_id(), GetMemberPermissionGroup::new)
    }

    /// Fetches one permission group, or `None` when none has this id (`getMemberPermissionGroup`).
    ///
    /// # Errors
    /// As [`get`](Self::get), but for "not found".
    pub fn get_opt(&self, id: impl IntoId<PermissionGroupId>) -> Call<GetMemberPermissionGroup, Optional> {
        self.get(id).optional()
    }

    /// Finds the permission group with a name, in one scope or (with `None`) in any (`listMemberPermissionGroups`). It
    /// fetches all pages, which share the call's time limit.
    ///
    /// # Errors
    /// [`is_ambiguous`](crate::Error::is_ambiguous) when more than one group matches: the error lists them. An [input
    /// error](crate::Error::is_invalid_input) that lists similar names when none does.
    ///
    /// # Examples
    /// Give a member what a permission group allows, on what a resource group covers:
    /// ```
    /// # use account_provisioning::cloudflare::{self, AccountId, MemberAccess, MemberPolicy, ResourceGroupScope};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudflare = cloudflare::Client::builder().api_token(emulator.cloudflare().api_token()).base_url(emulator.cloudflare().base_url()).build()?;
    /// let id = AccountId::new(emulator.cloudflare().account_id())?;
    /// let account = cloudflare.account(&id);
    /// # account.resource_groups().create("Shop", ResourceGroupScope::account(&id)).await?;
    /// let billing = account.permission_groups().find("Billing Read", None).await?;
    /// let shop = account.resource_groups().find("Shop").await?;
    ///
    /// let policy = MemberPolicy::allow().permission_group(&billing.id).resource_group(&shop.id);
    /// let member = account.members().add("ann@client.example", MemberAccess::policies([policy])).await?;
    /// assert_eq!(account.members().get(&member.id).await?.policies[0].permission_groups[0].id, billing.id);
    /// # Ok(())
    /// # }
    /// ```
    pub fn find(
        &self,
        name: impl Into<String>,
        scope: impl Into<Option<PermissionGroupScope>>,
    ) -> Call<Find<ListMemberPermissionGroups>> {
        let (name, scope) = (name.into(), scope.into());
        self.account
            .call(|account| Find::new(ListMemberPermissionGroups::new(account), name, scope))
    }
}

/// Options of [`MemberPermissionGroups::list`].
impl<M> Call<ListMemberPermissionGroups, M> {
    /// Lists only the group with this id. Defaults to no filter.
    pub fn id(self, id: impl IntoId<PermissionGroupId>) -> Self {
        self.try_with(id.into_id(), |list, id| list.id = Some(id.to_string()))
    }

    /// Lists only groups with this label. Defaults to no filter.
    pub fn label(self, label: impl Into<String>) -> Self {
        self.with(|list| list.label = Some(label.into()))
    }

    /// Lists only groups with this name. Defaults to no filter.
    pub fn name(self, name: impl Into<String>) -> Self {
        self.with(|list| list.name = Some(name.into()))
    }

    /// Chooses a page, from 1. Defaults to the first; a stream reads all pages and takes no page.
    pub fn page(self, page: u32) -> Self {
        self.with(|list| list.page = Some(page.into()))
    }

    /// Sets how many groups a page contains (`per_page`). Defaults to 50, the vendor's maximum; its minimum is 5.
    #[doc(alias = "per_page")]
    pub fn page_size(self, size: u32) -> Self {
        self.with(|list| list.per_page = Some(size.into()))
    }
}

impl List for ListMemberPermissionGroups {
    type Item = MemberPermissionGroup;
    const RULE: PageRule = paging::MEMBER_PERMISSION_GROUPS;
    const ITEMS: &'static str = "/result";

    fn place(&mut self) -> PageFields<'_> {
        PageFields::Numbered {
            page: &mut self.page,
            page_size: &mut self.per_page,
        }
    }

    fn page(&self, reply: MemberPermissionGroupList, meta: &mut ResponseMeta) -> Result<Page<MemberPermissionGroup>> {
        let page = with_totals(reply.result, reply.result_info);
        opened(page, reply.messages, meta)
    }

    fn identity(group: &MemberPermissionGroup) -> &str {
        group.id.as_str()
    }
}

impl Operation for GetMemberPermissionGroup {
    type Output = MemberPermissionGroup;
}

impl FromReply<MemberPermissionGroupReply> for MemberPermissionGroup {
    fn from_reply(reply: MemberPermissionGroupReply, meta: &mut ResponseMeta) -> Result<Self> {
        opened(reply.result, reply.messages, meta)
    }
}
