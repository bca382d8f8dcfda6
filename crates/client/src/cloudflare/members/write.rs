//! Adding, changing and removing members.

use account_provisioning_api::cloudflare::types;
use account_provisioning_core::{CallOptions, Response, Result};
use futures::future::BoxFuture;

use super::super::roles::GetRole;
use super::super::target::{Target, operation};
use super::super::{InvitationStatus, Member, MemberId, PermissionGrant, Role};
use super::{MemberAccess, MemberRole};
use crate::Error;
use crate::call::{Call, Operation};
use crate::sealed::Execute;

/// Adds a member; made by [`Members::add`](super::Members::add).
#[derive(Debug)]
pub struct AddMember {
    target: Target,
    body: types::AddMemberRequest,
}
operation!(
    AddMember -> Member,
    |call, low, account| low.add_member(account, &call.body)
);

impl AddMember {
    pub(super) fn new(target: Target, email: String, access: MemberAccess) -> Result<Self> {
        if email.trim().is_empty() {
            return Err(Error::invalid_input(
                "`email`: it is empty; give the address of the user to add",
            ));
        }
        access.check()?;
        let (roles, policies) = match access {
            MemberAccess::Roles(roles) => {
                let ids = roles.iter().map(|role| role.id().map(Into::into));
                (Some(ids.collect::<Result<_>>()?), None)
            }
            MemberAccess::Policies(policies) => (None, Some(MemberAccess::policy_bodies(&policies)?)),
        };
        let body = types::AddMemberRequest {
            email,
            policies,
            roles,
            status: None,
        };
        Ok(Self { target, body })
    }
}

impl Call<AddMember> {
    /// Says whether the user has to accept an invitation. Defaults to the vendor's default, pending: they have to.
    pub fn status(self, status: impl Into<InvitationStatus>) -> Self {
        self.with(|add| add.body.status = Some(status.into()))
    }
}

/// Changes a member; made by [`Members::update`](super::Members::update).
#[derive(Debug)]
pub struct UpdateMember {
    target: Target,
    id: MemberId,
    access: MemberAccess,
}

impl UpdateMember {
    pub(super) fn new(target: Target, id: MemberId, access: MemberAccess) -> Result<Self> {
        access.check()?;
        if let MemberAccess::Policies(policies) = &access {
            MemberAccess::policy_bodies(policies)?;
        }
        Ok(Self { target, id, access })
    }
}

impl Operation for UpdateMember {
    type Output = Member;
}

impl Execute for UpdateMember {
    type Value = Member;

    fn execute(self, options: CallOptions) -> BoxFuture<'static, Result<Response<Member>>> {
        let options = options.as_one_call();
        Box::pin(async move {
            let body = match self.access {
                MemberAccess::Policies(policies) => types::UpdateMemberRequest {
                    policies: Some(MemberAccess::policy_bodies(&policies)?),
                    roles: None,
                },
                MemberAccess::Roles(roles) => {
                    let mut whole = Vec::with_capacity(roles.len());
                    for role in roles {
                        let role = match role {
                            MemberRole::Whole(role) => *role,
                            MemberRole::Id(id) => {
                                let get = GetRole::new(self.target.clone(), id);
                                get.execute(options.clone()).await?.into_value()
                            }
                        };
                        whole.push(sent(role));
                    }
                    types::UpdateMemberRequest {
                        policies: None,
                        roles: Some(whole),
                    }
                }
            };
            let put = PutMember {
                target: self.target,
                id: self.id,
                body,
            };
            put.execute(options).await
        })
    }
}

/// Sends the change of a member, once all that is sent is known.
#[derive(Debug)]
struct PutMember {
    target: Target,
    id: MemberId,
    body: types::UpdateMemberRequest,
}
operation!(
    PutMember -> Member,
    |call, low, account| low.update_member(account, call.id.as_str(), &call.body)
);

/// A role of a reply, as it is sent.
fn sent(role: Role) -> types::RoleRequest {
    let permissions = role.permissions.into_iter().map(|(area, grant)| {
        let PermissionGrant { read, write, .. } = grant;
        (area, types::PermissionGrantRequest { read, write })
    });
    types::RoleRequest {
        description: role.description,
        id: role.id,
        name: role.name,
        permissions: Some(permissions.collect()),
    }
}

/// Removes a member; made by [`Members::remove`](super::Members::remove).
#[derive(Debug)]
pub struct RemoveMember {
    target: Target,
    id: MemberId,
}
operation!(RemoveMember -> (), |call, low, account| low.remove_member(account, call.id.as_str()));

impl RemoveMember {
    pub(super) fn new(target: Target, id: MemberId) -> Self {
        Self { target, id }
    }
}
