//! Permission groups: what tokens may do.

use account_provisioning_core::{Page, PageRule, ResponseMeta, Result};

use super::super::envelope::{opened, with_totals};
use super::super::find::Find;
use super::super::requests::{ListPermissionGroups, ListUserTokenPermissionGroups};
use super::super::types::PermissionGroupList as Reply;
use super::super::{AccountHandle, PermissionGroup, PermissionGroupScope, paging};
use super::TokenOwner;
use crate::call::Call;
use crate::list::{List, Pager};

/// A search for a permission group; made by [`PermissionGroups::find`].
pub type FindPermissionGroup = Find<ListPermissionGroups>;

/// The permission groups that tokens can have; see [`Tokens::permission_groups`](super::Tokens::permission_groups).
#[doc(alias = "accounts.tokens.permission_groups")]
#[derive(Clone, Debug)]
pub struct PermissionGroups<O = AccountHandle> {
    owner: O,
}

impl<O: TokenOwner> PermissionGroups<O> {
    pub(super) fn new(owner: O) -> Self {
        Self { owner }
    }

    /// Lists the permission groups (`listPermissionGroups`, `listUserTokenPermissionGroups`), all in one response.
    ///
    /// # Options
    /// [`name`][o], [`scope`][o]
    ///
    /// [o]: Call#impl-Call%3CG,+M%3E
    ///
    /// # Errors
    /// [`is_permission_denied`](crate::Error::is_permission_denied) when the credentials don't allow it. A stream ends with
    /// a [paging error](crate::Error::paging) when the response contains fewer groups than its total says, since there is
    /// no page to ask for.
    #[doc(alias = "accounts.tokens.permission_groups.get")]
    pub fn list(&self) -> Pager<O::Groups> {
        self.owner.call(Ok::<_, crate::Error>(()), |owner, ()| O::groups(owner))
    }

    /// Finds the permission group with a name, in one scope or (with `None`) in any (`listPermissionGroups`,
    /// `listUserTokenPermissionGroups`).
    ///
    /// Names are not unique: accounts and zones have groups of the same name, and a token with the wrong one can do less
    /// or more than intended. So a name that several groups have is an error that lists them.
    ///
    /// # Errors
    /// [`is_ambiguous`](crate::Error::is_ambiguous) when more than one group matches: the error lists them. An [input
    /// error](crate::Error::is_invalid_input) that lists similar names when none does.
    ///
    /// # Examples
    /// ```
    /// # use account_provisioning::cloudflare::{self, PermissionGroupScope};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudflare = cloudflare::Client::builder().api_token(emulator.cloudflare().api_token()).base_url(emulator.cloudflare().base_url()).build()?;
    /// # let account = cloudflare.account(emulator.cloudflare().account_id());
    /// let groups = account.tokens().permission_groups();
    /// let both = groups.find("Logs Write", None).await.unwrap_err();
    /// println!("{both}"); // lists both, with their ids and scopes
    /// let one = groups.find("Logs Write", PermissionGroupScope::ComCloudflareApiAccountZone).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn find(
        &self,
        name: impl Into<String>,
        scope: impl Into<Option<PermissionGroupScope>>,
    ) -> Call<Find<O::Groups>> {
        let (name, scope) = (name.into(), scope.into());
        self.owner.call(Ok::<_, crate::Error>(()), |owner, ()| {
            Find::new(O::groups(owner), name, scope)
        })
    }
}

/// A request that lists the permission groups of tokens: those of an account, or of the user. Implemented by this crate
/// alone.
pub trait PermissionGroupList: List<Item = PermissionGroup> {
    #[doc(hidden)]
    fn filters(&mut self) -> PermissionGroupFilters<'_>;
}

/// The fields of a request that lists permission groups.
#[doc(hidden)]
#[derive(Debug)]
#[allow(clippy::exhaustive_structs, reason = "only this crate implements lists")]
pub struct PermissionGroupFilters<'a> {
    pub name: &'a mut Option<String>,
    pub scope: &'a mut Option<String>,
}

impl PermissionGroupList for ListPermissionGroups {
    fn filters(&mut self) -> PermissionGroupFilters<'_> {
        PermissionGroupFilters {
            name: &mut self.name,
            scope: &mut self.scope,
        }
    }
}

impl PermissionGroupList for ListUserTokenPermissionGroups {
    fn filters(&mut self) -> PermissionGroupFilters<'_> {
        PermissionGroupFilters {
            name: &mut self.name,
            scope: &mut self.scope,
        }
    }
}

/// Options of [`PermissionGroups::list`].
impl<G: PermissionGroupList, M> Call<G, M> {
    /// Lists only groups with this name. Give it as it is: it is encoded once, as every parameter. Defaults to no filter.
    pub fn name(self, name: impl Into<String>) -> Self {
        self.with(|list| *list.filters().name = Some(name.into()))
    }

    /// Lists only groups for this kind of resource. Defaults to no filter.
    pub fn scope(self, scope: impl Into<PermissionGroupScope>) -> Self {
        self.with(|list| *list.filters().scope = Some(scope.into().as_str().to_owned()))
    }
}

fn page(reply: Reply, meta: &mut ResponseMeta) -> Result<Page<PermissionGroup>> {
    let page = with_totals(reply.result, reply.result_info);
    opened(page, reply.messages, meta)
}

impl List for ListPermissionGroups {
    type Item = PermissionGroup;
    const RULE: PageRule = paging::PERMISSION_GROUPS;
    const ITEMS: &'static str = "/result";

    fn page(&self, reply: Reply, meta: &mut ResponseMeta) -> Result<Page<PermissionGroup>> {
        page(reply, meta)
    }

    fn identity(group: &PermissionGroup) -> &str {
        group.id.as_str()
    }
}

impl List for ListUserTokenPermissionGroups {
    type Item = PermissionGroup;
    const RULE: PageRule = paging::USER_TOKEN_PERMISSION_GROUPS;
    const ITEMS: &'static str = "/result";

    fn page(&self, reply: Reply, meta: &mut ResponseMeta) -> Result<Page<PermissionGroup>> {
        page(reply, meta)
    }

    fn identity(group: &PermissionGroup) -> &str {
        group.id.as_str()
    }
}
