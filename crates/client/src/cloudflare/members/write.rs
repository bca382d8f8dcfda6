//! Adding and changing members.

use account_provisioning_core::{Error, MakeError as _, Result};

use super::super::requests::{AddMember, UpdateMember};
use super::super::types::{AddMemberRequest, RoleReference, UpdateMemberRequest};
use super::super::{InvitationStatus, Member};
use super::MemberAccess;
use super::access::Checked;
use crate::call::{Call, Operation};

/// Returns the body that adds a member.
pub(super) fn add_body(email: String, access: MemberAccess) -> Result<AddMemberRequest> {
    if email.trim().is_empty() {
        return Err(Error::invalid_input(
            "`email`: it is empty; give the address of the user to add",
        ));
    }
    let (roles, policies) = match access.check()? {
        Checked::Roles(roles) => (Some(roles), None),
        Checked::Policies(policies) => (None, Some(policies)),
    };
    Ok(AddMemberRequest {
        email,
        policies,
        roles,
        status: None,
    })
}

impl Operation for AddMember {
    type Output = Member;
}

/// Options of [`Members::add`](super::Members::add).
impl<M> Call<AddMember, M> {
    /// Says whether the user has to accept an invitation. Defaults to the vendor's default, pending: they have to.
    pub fn status(self, status: impl Into<InvitationStatus>) -> Self {
        self.with(|add| add.body.status = Some(status.into()))
    }
}

/// Returns the body that changes a member.
pub(super) fn update_body(access: MemberAccess) -> Result<UpdateMemberRequest> {
    let (roles, policies) = match access.check()? {
        Checked::Roles(roles) => (Some(roles.into_iter().map(|id| RoleReference { id }).collect()), None),
        Checked::Policies(policies) => (None, Some(policies)),
    };
    Ok(UpdateMemberRequest { policies, roles })
}

impl Operation for UpdateMember {
    type Output = Member;
}
