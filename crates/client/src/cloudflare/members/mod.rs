//! Members: the users who belong to an account, and what each of them may do there.

mod access;
mod list;
mod policy;
mod write;

use super::target::{Place, Target, operation};
use super::{Member, MemberId};
use crate::Error;
use crate::call::{Call, Optional};
use crate::list::Chosen;

pub use self::access::{MemberAccess, MemberRole};
pub use self::list::ListMembers;
pub use self::policy::MemberPolicy;
pub use self::write::{AddMember, RemoveMember, UpdateMember};

/// Handle to the members of one account; see [`AccountHandle::members`](super::AccountHandle::members).
#[derive(Clone, Debug)]
pub struct Members {
    place: Place,
}

impl Members {
    pub(super) fn new(place: Place) -> Self {
        Self { place }
    }

    /// Lists the members (`listMembers`). Awaited, it fetches one page; streamed, all of them.
    ///
    /// # Errors
    /// [`is_permission_denied`](Error::is_permission_denied) when the credentials don't allow it.
    pub fn list(&self) -> Call<ListMembers> {
        Call::try_new(self.place.target().map(|target| ListMembers {
            target,
            direction: None,
            order: None,
            status: None,
            chosen: Chosen::default(),
        }))
    }

    /// Fetches one member (`getMember`).
    ///
    /// # Errors
    /// [`is_not_found`](Error::is_not_found) when there is no such membership; [`get_opt`](Self::get_opt) returns `None`
    /// instead.
    pub fn get(&self, id: impl TryInto<MemberId, Error: Into<Error>>) -> Call<GetMember> {
        Call::try_new(self.place.with(id).map(|(target, id)| GetMember { target, id }))
    }

    /// Fetches one member, if there is one with this id (`getMember`); see [`get`](Self::get).
    pub fn get_opt(&self, id: impl TryInto<MemberId, Error: Into<Error>>) -> Call<Optional<GetMember>> {
        self.get(id).map(Optional)
    }

    /// Adds a user to the account (`addMember`), who is invited unless [`status`](Call::<AddMember>::status) says
    /// otherwise.
    ///
    /// The reply may leave out the roles that were given; [`get`](Self::get) shows them.
    ///
    /// # Errors
    /// An input error for an empty address, or access that names nothing; [`is_conflict`](Error::is_conflict) when the
    /// user is a member already; [`is_outcome_unknown`](Error::is_outcome_unknown) when the reply was lost: look for the
    /// address with [`list`](Self::list). The call is never repeated blindly.
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
    /// let access = MemberAccess::roles([&roles.items[0]])?;
    /// let member = account.members().add("ann@client.example", access.clone()).await?;
    /// account.members().update(&member.id, access).await?;
    /// account.members().remove(&member.id).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn add(&self, email: impl Into<String>, access: MemberAccess) -> Call<AddMember> {
        let email = email.into();
        Call::try_new(
            self.place
                .target()
                .and_then(|target| AddMember::new(target, email, access)),
        )
    }

    /// Changes what a member may do (`updateMember`); the access given here takes the place of all there is.
    ///
    /// The service takes roles by id when a member is added, and as whole objects when one is changed. So roles that are
    /// given by id are fetched first (`getRole`, one request for each); give [`Role`](super::Role) values, from a list, to
    /// spare that. The status of the membership is not sent.
    ///
    /// # Errors
    /// An input error for access that names nothing; [`is_not_found`](Error::is_not_found) when there is no such
    /// membership, or no such role.
    pub fn update(&self, id: impl TryInto<MemberId, Error: Into<Error>>, access: MemberAccess) -> Call<UpdateMember> {
        Call::try_new(
            self.place
                .with(id)
                .and_then(|(target, id)| UpdateMember::new(target, id, access)),
        )
    }

    /// Removes a member from the account (`removeMember`). The user remains; their access to the account ends.
    ///
    /// # Errors
    /// [`is_not_found`](Error::is_not_found) when there is no such membership.
    pub fn remove(&self, id: impl TryInto<MemberId, Error: Into<Error>>) -> Call<RemoveMember> {
        Call::try_new(self.place.with(id).map(|(target, id)| RemoveMember::new(target, id)))
    }
}

/// Fetches one member; made by [`Members::get`].
#[derive(Debug)]
pub struct GetMember {
    target: Target,
    id: MemberId,
}
operation!(GetMember -> Member, |call, low, account| low.get_member(account, call.id.as_str()));
