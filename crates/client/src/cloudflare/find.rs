//! Finding one thing by its name, where names are not unique.

use account_provisioning_core::{CallOptions, Error, MakeError as _, Response, Result, Transport};

use super::near::near;
use super::{MemberPermissionGroup, PermissionGroup, PermissionGroupScope, ResourceGroup, UserGroup};
use crate::call::{Mode, Once};
use crate::find;
use crate::list::{List, whole_list};

/// What has a name by which it can be found. Implemented by this crate alone.
pub trait Named {
    /// What such a thing is called.
    #[doc(hidden)]
    const WHAT: &'static str;

    /// Its name; empty if the service did not return one.
    #[doc(hidden)]
    fn name(&self) -> &str;

    /// The kinds of resources that it is for.
    #[doc(hidden)]
    fn scopes(&self) -> Vec<&str> {
        Vec::new()
    }
}

/// A search for one thing by its name; made by the methods named `find`.
#[derive(Clone, Debug)]
pub struct Find<L> {
    list: L,
    name: String,
    scope: Option<PermissionGroupScope>,
}

impl<L> Find<L> {
    pub(super) fn new(list: L, name: String, scope: Option<PermissionGroupScope>) -> Self {
        Self { list, name, scope }
    }
}

/// Fetches the whole list and compares names here: the service may read a filter in another way and return the wrong thing
/// or none, and an error needs the similar names too.
impl<L: List<Item: Named>> Mode<Find<L>> for Once {
    type Value = L::Item;
    type Output = L::Item;

    async fn send(transport: Transport, find: Find<L>, options: CallOptions) -> Result<Response<L::Item>> {
        let Find { list, name, scope } = find;
        let operation = list.operation().operation_id;
        let Response { value, meta, body, .. } = whole_list(transport, list, options.as_one_call()).await?;
        let scope = scope.as_ref().map(PermissionGroupScope::as_str);
        let chosen = choose::<L>(value.items, &name, scope).map_err(|problem| problem.with_operation(operation));
        Ok(Response::new(chosen?, meta, body))
    }

    fn output(response: Response<L::Item>) -> L::Item {
        response.into_value()
    }
}

/// Returns the one thing with this name and scope, or why there is none.
fn choose<L: List<Item: Named>>(all: Vec<L::Item>, name: &str, scope: Option<&str>) -> Result<L::Item> {
    let what = L::Item::WHAT;
    let (mut named, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| one.name() == name);
    let in_scope = |one: &L::Item| scope.is_none_or(|scope| one.scopes().contains(&scope));
    let elsewhere: Vec<_> = named.extract_if(.., |one| !in_scope(one)).collect();
    find::once_each::<L>(&mut named);
    if named.len() > 1 {
        let ids = named.iter().map(|one| L::identity(one).to_owned()).collect();
        return Err(find::ambiguous(
            "name",
            &format!("{what}s"),
            ids,
            &described::<L>(&named),
        ));
    }
    if let Some(one) = named.pop() {
        return Ok(one);
    }
    if !elsewhere.is_empty() {
        return Err(Error::invalid_input(format!(
            "`scope`: no {what} of this name has this scope; there is {}",
            find::listed(&described::<L>(&elsewhere))
        )));
    }
    let known = others.iter().filter(|one| in_scope(one));
    let near = near(name, known.map(Named::name));
    Err(Error::invalid_input(if near.is_empty() {
        format!("`name`: no {what} has this name; `list` returns those that exist")
    } else {
        format!("`name`: no {what} has this name; there is `{}`", near.join("`, `"))
    }))
}

fn described<L: List<Item: Named>>(all: &[L::Item]) -> Vec<String> {
    let described = all.iter().map(|one| match one.scopes().as_slice() {
        [] => format!("`{}` {}", one.name(), L::identity(one)),
        scopes => format!("`{}` {} ({})", one.name(), L::identity(one), scopes.join(", ")),
    });
    described.collect()
}

impl Named for PermissionGroup {
    const WHAT: &'static str = "permission group";

    fn name(&self) -> &str {
        &self.name
    }

    fn scopes(&self) -> Vec<&str> {
        self.scopes.iter().map(PermissionGroupScope::as_str).collect()
    }
}

impl Named for MemberPermissionGroup {
    const WHAT: &'static str = "permission group";

    fn name(&self) -> &str {
        &self.name
    }

    /// The service writes them as one text.
    fn scopes(&self) -> Vec<&str> {
        let scopes = self.meta.get("scopes").and_then(|scopes| scopes.as_str());
        scopes
            .into_iter()
            .flat_map(|scopes| scopes.split(','))
            .map(str::trim)
            .collect()
    }
}

impl Named for ResourceGroup {
    const WHAT: &'static str = "resource group";

    fn name(&self) -> &str {
        self.name.as_deref().unwrap_or_default()
    }
}

impl Named for UserGroup {
    const WHAT: &'static str = "user group";

    fn name(&self) -> &str {
        &self.name
    }
}
