//! Permission groups: what tokens may do.

use account_provisioning_core::{
    CallOptions, Error, ErrorKind, MakeError as _, Page, PageRule, Response, ResponseMeta, Result, Transport,
};

use super::super::envelope::{opened, with_totals};
use super::super::requests::ListPermissionGroups;
use super::super::types::PermissionGroupList;
use super::super::{AccountHandle, AccountId, PermissionGroup, PermissionGroupScope, paging};
use super::near::near;
use crate::call::{Call, Mode, Once};
use crate::list::{List, Paged, Pager};

/// How many candidates the error for an ambiguous name lists.
const SHOWN: usize = 10;

/// The permission groups that tokens of one account can have; see
/// [`Tokens::permission_groups`](super::Tokens::permission_groups).
#[derive(Clone, Debug)]
pub struct PermissionGroups {
    account: AccountHandle,
}

impl PermissionGroups {
    pub(super) fn new(account: AccountHandle) -> Self {
        Self { account }
    }

    /// Lists the permission groups (`listPermissionGroups`), all in one response.
    ///
    /// # Options
    /// [`name`][o], [`scope`][o]
    ///
    /// [o]: Call#impl-Call%3CListPermissionGroups,+M%3E
    ///
    /// # Errors
    /// [`is_permission_denied`](crate::Error::is_permission_denied) when the credentials don't allow it. A stream ends with
    /// a [paging error](crate::Error::paging) when the response contains fewer groups than its total says, since there is
    /// no page to ask for.
    pub fn list(&self) -> Pager<ListPermissionGroups> {
        self.account.call(ListPermissionGroups::new)
    }

    /// Finds the permission group with a name, in one scope or (with `None`) in any (`listPermissionGroups`).
    ///
    /// Names are not unique: accounts and zones have groups of the same name, and a token with the wrong one can do less
    /// or more than intended. So a name that several groups have is an error that lists them.
    ///
    /// # Errors
    /// An [input error](crate::Error::is_invalid_input) that lists the candidates when more than one group matches, or
    /// similar names when none does.
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
    ) -> Call<FindPermissionGroup> {
        let (name, scope) = (name.into(), scope.into());
        self.account.call(|account_id| FindPermissionGroup {
            account_id,
            name,
            scope,
        })
    }
}

/// Options of [`PermissionGroups::list`].
impl<M> Call<ListPermissionGroups, M> {
    /// Lists only groups with this name. Give it as it is: it is encoded once, as every parameter. Defaults to no filter.
    pub fn name(self, name: impl Into<String>) -> Self {
        self.with(|list| list.name = Some(name.into()))
    }

    /// Lists only groups for this kind of resource. Defaults to no filter.
    pub fn scope(self, scope: impl Into<PermissionGroupScope>) -> Self {
        self.with(|list| list.scope = Some(scope.into().as_str().to_owned()))
    }
}

impl List for ListPermissionGroups {
    type Item = PermissionGroup;
    const RULE: PageRule = paging::PERMISSION_GROUPS;

    fn page(&self, reply: PermissionGroupList, meta: &mut ResponseMeta) -> Result<Page<PermissionGroup>> {
        let page = with_totals(reply.result, reply.result_info);
        opened(page, reply.messages, meta)
    }

    fn identity(group: &PermissionGroup) -> &str {
        group.id.as_str()
    }
}

/// A search for a permission group; made by [`PermissionGroups::find`].
#[derive(Clone, Debug)]
pub struct FindPermissionGroup {
    account_id: AccountId,
    name: String,
    scope: Option<PermissionGroupScope>,
}

/// Fetches the whole list and compares names here: the service may read a filter in another way and return the wrong
/// group or none, and an error needs the similar names too.
impl Mode<FindPermissionGroup> for Once {
    type Value = PermissionGroup;
    type Output = PermissionGroup;

    async fn send(
        transport: Transport,
        find: FindPermissionGroup,
        options: CallOptions,
    ) -> Result<Response<PermissionGroup>> {
        let list = ListPermissionGroups::new(find.account_id.clone());
        let Response {
            value: page,
            meta,
            body,
            ..
        } = Paged::send(transport, list, options).await?;
        let received = page.len() as u64;
        if page.total.is_some_and(|total| total > received) {
            let message = "the service says that there are more permission groups than it returned: one of the others may \
                           have the name; choose the group by its id";
            return Err(Error::new(ErrorKind::Paging, message)
                .with_operation(paging::PERMISSION_GROUPS.operation)
                .with_meta(&meta));
        }
        Ok(Response::new(find.choose(page.items)?, meta, body))
    }

    fn output(response: Response<PermissionGroup>) -> PermissionGroup {
        response.into_value()
    }
}

impl FindPermissionGroup {
    fn choose(&self, groups: Vec<PermissionGroup>) -> Result<PermissionGroup> {
        let (mut named, others): (Vec<_>, Vec<_>) = groups.into_iter().partition(|group| group.name == self.name);
        let in_scope = |group: &PermissionGroup| self.scope.as_ref().is_none_or(|scope| group.scopes.contains(scope));
        let elsewhere: Vec<_> = named.extract_if(.., |group| !in_scope(group)).collect();
        match (named.pop(), named.as_slice()) {
            (Some(group), []) => Ok(group),
            (Some(last), rest) => {
                let all: Vec<_> = rest.iter().chain([&last]).collect();
                Err(problem(format!(
                    "`name`: {} permission groups match; choose one by its id: {}",
                    all.len(),
                    described(&all)
                )))
            }
            (None, _) if !elsewhere.is_empty() => Err(problem(format!(
                "`scope`: no permission group of this name has this scope; there is {}",
                described(&elsewhere.iter().collect::<Vec<_>>())
            ))),
            (None, _) => {
                let known = others.iter().filter(|group| in_scope(group));
                let near = near(&self.name, known.map(|group| group.name.as_str()));
                Err(problem(if near.is_empty() {
                    "`name`: no permission group has this name; `list` returns those that exist".to_owned()
                } else {
                    format!(
                        "`name`: no permission group has this name; there is `{}`",
                        near.join("`, `")
                    )
                }))
            }
        }
    }
}

fn problem(message: String) -> Error {
    Error::new(ErrorKind::InvalidInput, message).with_operation(paging::PERMISSION_GROUPS.operation)
}

fn described(groups: &[&PermissionGroup]) -> String {
    let described = groups.iter().take(SHOWN).map(|group| {
        let scopes: Vec<&str> = group.scopes.iter().map(PermissionGroupScope::as_str).collect();
        format!("`{}` {} ({})", group.name, group.id, scopes.join(", "))
    });
    let mut described = described.collect::<Vec<_>>().join("; ");
    if groups.len() > SHOWN {
        described.push_str(&format!("; and {} more", groups.len() - SHOWN));
    }
    described
}
