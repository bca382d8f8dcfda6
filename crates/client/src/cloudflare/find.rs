//! Finding one thing by its name, where names are not unique.

use account_provisioning_core::{CallOptions, Error, ErrorKind, MakeError as _, Response, Result, Transport};

use super::near::near;
use super::{MemberPermissionGroup, PermissionGroup, PermissionGroupScope, ResourceGroup, UserGroup};
use crate::call::{Mode, Once};
use crate::list::{List, whole_list};

/// How many candidates the error for an ambiguous name lists.
const SHOWN: usize = 10;

/// What has a name by which it can be found. Implemented by this crate alone.
pub trait Named {
    /// What such a thing is called.
    #[doc(hidden)]
    const WHAT: &'static str;

    /// Its id.
    #[doc(hidden)]
    fn id(&self) -> &str;

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
        let chosen = choose(value.items, &name, scope)
            .map_err(|message| Error::new(ErrorKind::InvalidInput, message).with_operation(operation));
        Ok(Response::new(chosen?, meta, body))
    }

    fn output(response: Response<L::Item>) -> L::Item {
        response.into_value()
    }
}

/// Returns the one thing with this name and scope, or why there is none.
fn choose<T: Named>(all: Vec<T>, name: &str, scope: Option<&str>) -> Result<T, String> {
    let what = T::WHAT;
    let (mut named, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| one.name() == name);
    let in_scope = |one: &T| scope.is_none_or(|scope| one.scopes().contains(&scope));
    let elsewhere: Vec<_> = named.extract_if(.., |one| !in_scope(one)).collect();
    match (named.pop(), named.as_slice()) {
        (Some(one), []) => Ok(one),
        (Some(last), rest) => {
            let all: Vec<_> = rest.iter().chain([&last]).collect();
            let (count, described) = (all.len(), described(&all));
            Err(format!(
                "`name`: {count} {what}s match; choose one by its id: {described}"
            ))
        }
        (None, _) if !elsewhere.is_empty() => Err(format!(
            "`scope`: no {what} of this name has this scope; there is {}",
            described(&elsewhere.iter().collect::<Vec<_>>())
        )),
        (None, _) => {
            let known = others.iter().filter(|one| in_scope(one));
            let near = near(name, known.map(Named::name));
            Err(if near.is_empty() {
                format!("`name`: no {what} has this name; `list` returns those that exist")
            } else {
                format!("`name`: no {what} has this name; there is `{}`", near.join("`, `"))
            })
        }
    }
}

fn described<T: Named>(all: &[&T]) -> String {
    let described = all.iter().take(SHOWN).map(|one| match one.scopes().as_slice() {
        [] => format!("`{}` {}", one.name(), one.id()),
        scopes => format!("`{}` {} ({})", one.name(), one.id(), scopes.join(", ")),
    });
    let mut described = described.collect::<Vec<_>>().join("; ");
    if all.len() > SHOWN {
        described.push_str(&format!("; and {} more", all.len() - SHOWN));
    }
    described
}

impl Named for PermissionGroup {
    const WHAT: &'static str = "permission group";

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn scopes(&self) -> Vec<&str> {
        self.scopes.iter().map(PermissionGroupScope::as_str).collect()
    }
}

impl Named for MemberPermissionGroup {
    const WHAT: &'static str = "permission group";

    fn id(&self) -> &str {
        self.id.as_str()
    }

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

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn name(&self) -> &str {
        self.name.as_deref().unwrap_or_default()
    }
}

impl Named for UserGroup {
    const WHAT: &'static str = "user group";

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn name(&self) -> &str {
        &self.name
    }
}
