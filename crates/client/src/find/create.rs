//! Creating what is not there yet, and finding out whether a creation whose reply was lost was made.

use account_provisioning_core::{CallOptions, Error, MakeError as _, Response, Result, Transport};

use super::FindBy;
use crate::call::sealed::Sealed;
use crate::call::{Call, Mode, Once, Operation};
use crate::list::List;

/// A request that creates something which can be looked for afterwards. Implemented by this crate alone.
#[diagnostic::on_unimplemented(
    message = "`{Self}` creates nothing that can be looked for",
    note = "only creations are found and reconciled: send an update or a deletion again, or read the value first"
)]
pub trait Creation: Operation {
    /// The request that lists such things.
    type List: List;

    /// What to look for.
    #[doc(hidden)]
    fn lookup(&self) -> Result<FindBy<Self::List>>;
}

/// What a lookup finds: the thing as the list has it.
type Listed<O> = <<O as Creation>::List as List>::Item;

/// The call looks for a thing before it creates it, and again if it does not know whether it did; made by
/// [`Call::or_find`].
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct OrFind;

/// What [`Call::or_find`] returns: the thing, and whether it was there before.
///
/// `C` is what a creation returns, and `F` what a lookup finds. They differ where only the creation returns a secret, as for
/// access keys and tokens, and where a list contains less, as for roles. Where they are the same,
/// [`into_value`](Self::into_value) returns the thing in any case.
#[derive(Clone, Debug, PartialEq)]
#[allow(
    clippy::exhaustive_enums,
    reason = "these are all the ways in which the call can succeed"
)]
pub enum FoundOrCreated<C, F = C> {
    /// It was there already. **It is returned as it was found and not changed**, also if it differs from what was to be
    /// created: other roles, other policies, another scope.
    Found(F),
    /// The call created it.
    Created(C),
    /// The response to the creation was lost, and a lookup found the thing afterwards. The call created it, unless somebody
    /// else did at the same time. A secret that only the response contained is lost.
    CreatedAfterUnknown(F),
}

impl<C, F> FoundOrCreated<C, F> {
    /// Whether the thing was there before.
    #[must_use]
    pub fn is_found(&self) -> bool {
        matches!(self, Self::Found(_))
    }
}

impl<T> FoundOrCreated<T> {
    /// Returns the thing, wherever it came from.
    #[must_use]
    pub fn into_value(self) -> T {
        match self {
            Self::Found(value) | Self::Created(value) | Self::CreatedAfterUnknown(value) => value,
        }
    }
}

/// What [`Call::reconcile`] found out.
#[derive(Clone, Debug)]
#[must_use = "it says whether the creation was made"]
#[allow(clippy::exhaustive_enums, reason = "these are all the answers that a lookup gives")]
pub enum Reconciled<F> {
    /// The thing is there. A secret that only the lost response contained is lost: if you need it, delete the thing and create
    /// it again.
    ///
    /// It may have been there before the failed call. If that matters, create with [`Call::or_find`], which looks first.
    Applied(F),
    /// The thing is not there, or the error says already that nothing was created. The services don't say how soon a list
    /// contains what was created; wait a little and call again if that matters.
    NotApplied,
    /// The lookup failed, or several things match. The error says why.
    StillUnknown(Error),
}

impl<O: Creation> Call<O> {
    /// Looks for the thing first and creates it only if it is not there. Says which it was.
    ///
    /// If the response to the creation is lost, so that its outcome is unknown, the call looks again. If the thing is there
    /// then, it is returned. If it is not, the call creates it a second time, once, **but only where the service refuses a
    /// second thing with the same name** by its documentation. Elsewhere a second creation might make a duplicate, so the call fails with the
    /// [unknown outcome](Error::is_outcome_unknown). Awaiting the call again later looks first, and creates the thing if it is
    /// still not there. If the service refuses the
    /// creation as a [conflict](Error::is_conflict), the call looks again as well: somebody else may have been faster.
    ///
    /// What is found is not changed, also if it differs from what was to be created.
    ///
    /// Each lookup is made once, without a wait: no vendor documents a delay after which a list contains what was created. All
    /// requests share the call's time limit. [`response`](Self::response) describes the last response.
    ///
    /// The thing is looked for in this way:
    ///
    /// | what | looked for by | a second one is refused |
    /// |---|---|---|
    /// | Cloudinary: user | e-mail address, ignoring case | yes |
    /// | Cloudinary: product environment | cloud name, ignoring case; without one, the display name | by cloud name |
    /// | Cloudinary: user group, access key | name | not documented |
    /// | Cloudinary: role | id if one is set, otherwise name; within its permission type and scope type | by id |
    /// | Cloudinary: custom policy | name, within its scope | not documented |
    /// | Cloudflare: member | e-mail address, ignoring the case of ASCII letters | yes |
    /// | Cloudflare: account, user group, resource group, token | name | no |
    /// | Cloudflare: SSO connector | domain, ignoring the case of ASCII letters | not documented |
    ///
    /// Names are compared exactly, case included.
    ///
    /// # Errors
    /// Those of the list and of the creation; [`is_ambiguous`](Error::is_ambiguous) when several things match, and nothing is
    /// created then; an input error when there is nothing to look for: an access key without a name, or a policy for all product
    /// environments, which no list returns alone.
    ///
    /// # Examples
    /// ```
    /// # #[cfg(feature = "cloudinary")]
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use account_provisioning::{FoundOrCreated, cloudinary};
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudinary = cloudinary::Client::builder().account_url(emulator.cloudinary().url()).base_url(emulator.cloudinary().base_url()).build()?;
    ///
    /// let create = cloudinary.users().create("Ann", "ann@client.example");
    /// let ann = create.clone().or_find().await?;
    /// assert!(!ann.is_found());
    /// let again = create.or_find().await?;
    /// assert!(again.is_found());
    /// assert_eq!(ann.into_value().id, again.into_value().id);
    ///
    /// // Only the response to the creation is sure to contain the secret.
    /// let environment = cloudinary.product_environments().create("Client Portal").or_find().await?.into_value();
    /// let keys = cloudinary.access_keys(&environment.id);
    /// match keys.generate().name("production").or_find().await? {
    ///     FoundOrCreated::Created(key) => println!("store {:?}", key.api_secret),
    ///     FoundOrCreated::Found(key) => println!("{} was there", key.api_key),
    ///     FoundOrCreated::CreatedAfterUnknown(key) => {
    ///         keys.delete(&key.api_key).await?; // generate another
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// # #[cfg(not(feature = "cloudinary"))]
    /// # fn main() {}
    /// ```
    pub fn or_find(self) -> Call<O, OrFind> {
        self.carried_out_as()
    }

    /// Finds out whether a creation that failed was made, by looking for the thing. **It never creates anything.**
    ///
    /// It is a method of the call and not of the error because only the call knows what was to be created: an error is often
    /// logged, so it keeps no names and e-mail addresses. Clone the call before you await it.
    ///
    /// If the [outcome](Error::is_outcome_unknown) of `error` is known, nothing was created and no request is sent. Otherwise it
    /// makes one lookup as [`or_find`](Self::or_find) does, with the options of the call. An error of another operation is
    /// [`StillUnknown`](Reconciled::StillUnknown).
    ///
    /// # Examples
    /// ```
    /// # #[cfg(feature = "cloudinary")]
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use account_provisioning::{Reconciled, cloudinary};
    /// use account_provisioning_emulator::Fault;
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudinary = cloudinary::Client::builder().account_url(emulator.cloudinary().url()).base_url(emulator.cloudinary().base_url()).build()?;
    ///
    /// emulator.inject(Fault::reset_after().on("createUser").times(1)); // the response is lost
    /// let create = cloudinary.users().create("Ann", "ann@client.example");
    /// let error = create.clone().await.unwrap_err();
    /// assert!(error.is_outcome_unknown());
    /// match create.reconcile(&error).await {
    ///     Reconciled::Applied(user) => println!("{} was created", user.id),
    ///     Reconciled::NotApplied => println!("nothing was created"),
    ///     Reconciled::StillUnknown(why) => println!("{why}"),
    /// }
    /// # Ok(())
    /// # }
    /// # #[cfg(not(feature = "cloudinary"))]
    /// # fn main() {}
    /// ```
    pub async fn reconcile(self, error: &Error) -> Reconciled<Listed<O>> {
        let own = O::OPERATION.operation_id;
        if let Some(other) = error.operation().filter(|operation| *operation != own) {
            let message = format!("`error`: it is of the operation {other}; pass the error of this call");
            return Reconciled::StillUnknown(Error::invalid_input(message).with_operation(own));
        }
        if !error.is_outcome_unknown() {
            return Reconciled::NotApplied;
        }
        let (transport, creation, options) = self.into_parts();
        let lookup = creation.and_then(|creation| lookup(&creation));
        let found = match lookup {
            Ok(lookup) => lookup.look(&transport, &options.as_one_call()).await,
            Err(problem) => Err(problem),
        };
        match found.map(Response::into_value) {
            Ok(Some(value)) => Reconciled::Applied(value),
            Ok(None) => Reconciled::NotApplied,
            Err(problem) => {
                let remedy = "whether it was created is still unknown";
                Reconciled::StillUnknown(problem.with_unknown_outcome(remedy))
            }
        }
    }
}

fn lookup<O: Creation>(creation: &O) -> Result<FindBy<O::List>> {
    let lookup = creation.lookup();
    lookup.map_err(|problem| problem.with_operation(O::OPERATION.operation_id))
}

impl<O: Creation> Mode<O> for OrFind {
    type Value = FoundOrCreated<O::Output, Listed<O>>;
    type Output = Self::Value;

    async fn send(transport: Transport, creation: O, options: CallOptions) -> Result<Response<Self::Value>> {
        creation.check()?;
        let (lookup, options) = (lookup(&creation)?, options.as_one_call());
        if let Some(found) = look(&lookup, &transport, &options).await? {
            return Ok(found.map(FoundOrCreated::Found));
        }
        let error = match Once::send(transport.clone(), creation.clone(), options.clone()).await {
            Ok(created) => return Ok(created.map(FoundOrCreated::Created)),
            Err(error) => error,
        };
        if !error.is_outcome_unknown() {
            return or_else_found(error, &lookup, &transport, &options).await;
        }
        match look(&lookup, &transport, &options).await {
            Ok(Some(found)) => return Ok(found.map(FoundOrCreated::CreatedAfterUnknown)),
            Ok(None) if lookup.key.unique => {}
            other => return Err(still_unknown(error, other.err())),
        }
        let error = match Once::send(transport.clone(), creation, options.clone()).await {
            Ok(created) => return Ok(created.map(FoundOrCreated::Created)),
            Err(error) => error,
        };
        // Whatever refuses the second request, the first one may have been slow.
        match look(&lookup, &transport, &options).await {
            Ok(Some(found)) => Ok(found.map(FoundOrCreated::CreatedAfterUnknown)),
            other => Err(still_unknown(error, other.err())),
        }
    }

    fn output(response: Response<Self::Value>) -> Self::Output {
        response.into_value()
    }
}

impl Sealed for OrFind {}

/// Looks once; `None` if nothing was found.
async fn look<L: List>(
    lookup: &FindBy<L>,
    transport: &Transport,
    options: &CallOptions,
) -> Result<Option<Response<L::Item>>> {
    let Response { value, meta, body, .. } = lookup.clone().look(transport, options).await?;
    Ok(value.map(|value| Response::new(value, meta, body)))
}

/// Looks for what a refused creation is in conflict with.
async fn or_else_found<C, L: List>(
    refused: Error,
    lookup: &FindBy<L>,
    transport: &Transport,
    options: &CallOptions,
) -> Result<Response<FoundOrCreated<C, L::Item>>> {
    if !refused.is_conflict() {
        return Err(refused);
    }
    match look(lookup, transport, options).await? {
        Some(found) => Ok(found.map(FoundOrCreated::Found)),
        None => Err(refused),
    }
}

/// The error of a creation that may have been made, after a lookup found nothing or failed.
fn still_unknown(error: Error, problem: Option<Error>) -> Error {
    match problem {
        None => error.with_unknown_outcome("it was looked for and is not there yet; call again to look again"),
        Some(problem) => error.with_unknown_outcome(&format!("it was looked for, which failed too: {problem}")),
    }
}
