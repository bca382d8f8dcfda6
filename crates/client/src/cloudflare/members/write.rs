//! Adding and changing members.

use account_provisioning_core::{CallOptions, Error, IdError, IntoId, MakeError as _, Response, Result, Transport};

use super::super::requests::{AddMember, GetRole, UpdateMember};
use super::super::types::{AddMemberRequest, PermissionGrantRequest, RoleRequest, UpdateMemberRequest};
use super::super::{AccountId, InvitationStatus, Member, MemberId, PermissionGrant, Role};
use super::MemberAccess;
use super::access::{Checked, Given};
use crate::call::{Call, Mode, Once, Operation};

/// Returns the body that adds a member.
pub(super) fn add_body(email: String, access: MemberAccess) -> Result<AddMemberRequest> {
    if email.trim().is_empty() {
        return Err(Error::invalid_input(
            "`email`: it is empty; give the address of the user to add",
        ));
    }
    let (roles, policies) = match access.check()? {
        Checked::Roles(roles) => {
            let ids = roles.into_iter().map(|role| match role {
                Given::Id(id) => Ok(id),
                Given::Whole(role) => role.id.into_id(),
            });
            (Some(ids.collect::<std::result::Result<_, IdError>>()?), None)
        }
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

impl Operation for UpdateMember {
    type Output = Member;
}

/// A change of what a member may do; made by [`Members::update`](super::Members::update).
#[derive(Clone, Debug)]
pub struct ChangeMember {
    account_id: AccountId,
    member_id: MemberId,
    access: Checked,
}

impl ChangeMember {
    pub(super) fn new(account_id: AccountId, member_id: MemberId, access: Checked) -> Self {
        Self {
            account_id,
            member_id,
            access,
        }
    }
}

/// Fetches the roles that are given by their ids, and sends the change. The requests share the call's time limit.
impl Mode<ChangeMember> for Once {
    type Value = Member;
    type Output = Member;

    async fn send(transport: Transport, change: ChangeMember, options: CallOptions) -> Result<Response<Member>> {
        let options = options.as_one_call();
        let mut body = UpdateMemberRequest {
            policies: None,
            roles: None,
        };
        match change.access {
            Checked::Policies(policies) => body.policies = Some(policies),
            Checked::Roles(given) => {
                let mut roles = Vec::with_capacity(given.len());
                for role in given {
                    roles.push(whole(match role {
                        Given::Whole(role) => *role,
                        Given::Id(id) => {
                            let get = GetRole::new(change.account_id.clone(), id);
                            Once::send(transport.clone(), get, options.clone()).await?.into_value()
                        }
                    }));
                }
                body.roles = Some(roles);
            }
        }
        let update = UpdateMember::new(change.account_id, change.member_id, body);
        Once::send(transport, update, options).await
    }

    fn output(response: Response<Member>) -> Member {
        response.into_value()
    }
}

/// Returns a role that the service returned, as it is sent.
fn whole(role: Role) -> RoleRequest {
    let permissions = role.permissions.into_iter().map(|(area, grant)| {
        let PermissionGrant { read, write, .. } = grant;
        (area, PermissionGrantRequest { read, write })
    });
    RoleRequest {
        description: role.description,
        id: role.id,
        name: role.name,
        permissions: Some(permissions.collect()),
    }
}
