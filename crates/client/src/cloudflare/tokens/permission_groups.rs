//! Permission groups: what tokens are made of.

use account_provisioning_core::{CallOptions, ErrorKind, Page, PageRequest, PageRule, Response, Result};
use futures::future::BoxFuture;

use super::super::envelope::{note, whole};
use super::super::target::{Place, Target};
use super::super::{PermissionGroup, PermissionGroupScope, paging};
use super::near::near;
use crate::Error;
use crate::call::{Call, Operation};
use crate::list::{ListOperation, listing, one_page};
use crate::sealed::Execute;
use crate::started::fetch;

/// How many candidates an ambiguous name shows.
const SHOWN: usize = 10;

/// Handle to the permission groups that tokens of one account can have; see
/// [`Tokens::permission_groups`](super::Tokens::permission_groups).
#[derive(Clone, Debug)]
pub struct PermissionGroups {
    place: Place,
}

impl PermissionGroups {
    pub(super) fn new(place: Place) -> Self {
        Self { place }
    }

    /// Lists the permission groups (`listPermissionGroups`), which come whole.
    ///
    /// # Errors
    /// [`is_permission_denied`](Error::is_permission_denied) when the credentials don't allow it. A stream ends in a
    /// [paging error](Error::paging) when the reply speaks of more groups than it holds, since there is no page to ask
    /// for.
    pub fn list(&self) -> Call<ListPermissionGroups> {
        Call::try_new(self.place.target().map(|target| ListPermissionGroups {
            target,
            name: None,
            scope: None,
        }))
    }

    /// Finds the permission group with a name, in a scope or (with `None`) in any (`listPermissionGroups`).
    ///
    /// A name is not unique: groups of one name exist for accounts and for zones, and a token made of the wrong one does
    /// less or more than was meant. So a name that several groups have is an error that lists them.
    ///
    /// # Errors
    /// An [input error](Error::is_invalid_input) that lists the candidates when more than one group matches, and one that
    /// names what is near when none does.
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
    /// println!("{both}"); // names both, with their ids and scopes
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
        Call::try_new(
            self.place
                .target()
                .map(|target| FindPermissionGroup { target, name, scope }),
        )
    }
}

/// Lists permission groups; made by [`PermissionGroups::list`].
#[derive(Clone, Debug)]
pub struct ListPermissionGroups {
    target: Target,
    name: Option<String>,
    scope: Option<PermissionGroupScope>,
}

impl Call<ListPermissionGroups> {
    /// Lists only groups with this name. It is encoded once, as every parameter is. Defaults to no filter.
    pub fn name(self, name: impl Into<String>) -> Self {
        self.with(|list| list.name = Some(name.into()))
    }

    /// Lists only groups for this kind of resource. Defaults to no filter.
    pub fn scope(self, scope: impl Into<PermissionGroupScope>) -> Self {
        self.with(|list| list.scope = Some(scope.into()))
    }
}

impl ListOperation for ListPermissionGroups {
    type Entry = PermissionGroup;
    const RULE: PageRule = paging::PERMISSION_GROUPS;

    fn identity(group: &PermissionGroup) -> &str {
        &group.id
    }

    fn fetch(
        self,
        _: PageRequest,
        options: CallOptions,
    ) -> BoxFuture<'static, Result<Response<Page<PermissionGroup>>>> {
        fetch!(
            |self, low, account| low.list_permission_groups(
                account,
                self.name.as_deref(),
                self.scope.as_ref().map(PermissionGroupScope::as_str)
            ),
            |reply, meta| {
                note(reply.messages, meta);
                Ok(whole(reply.result, reply.result_info))
            },
            options
        )
    }
}
listing!(ListPermissionGroups of PermissionGroup);

/// Finds a permission group; made by [`PermissionGroups::find`].
#[derive(Debug)]
pub struct FindPermissionGroup {
    target: Target,
    name: String,
    scope: Option<PermissionGroupScope>,
}

impl Operation for FindPermissionGroup {
    type Output = PermissionGroup;
}

impl Execute for FindPermissionGroup {
    type Value = PermissionGroup;

    fn execute(self, options: CallOptions) -> BoxFuture<'static, Result<Response<PermissionGroup>>> {
        // The whole list, compared here: a filter that the service reads another way would find the wrong group or none,
        // and the names that are near are wanted too.
        let list = ListPermissionGroups {
            target: self.target.clone(),
            name: None,
            scope: None,
        };
        Box::pin(async move {
            let Response { value: page, meta, .. } = one_page(list, options).await?;
            let came = page.len() as u64;
            if page.total.is_some_and(|total| total > came) {
                return Err(Error::new(
                    ErrorKind::Paging,
                    "the service says that there are more permission groups than it handed out: the name may be one of theirs; \
                     choose the group by its id",
                )
                .with_operation(paging::PERMISSION_GROUPS.operation)
                .with_meta(&meta));
            }
            let group = self.choose(page.items)?;
            Ok(Response::new(group, meta))
        })
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
                "`scope`: the permission group of this name has none such; there is {}",
                described(&elsewhere.iter().collect::<Vec<_>>())
            ))),
            (None, _) => {
                let known = others.iter().filter(|group| in_scope(group));
                let near = near(&self.name, known.map(|group| group.name.as_str()));
                Err(problem(if near.is_empty() {
                    "`name`: no permission group has this name; `list` shows those there are".to_owned()
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
