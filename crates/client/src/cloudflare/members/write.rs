//! Adding, changing and removing members.

use account_provisioning_api::cloudflare::types;
use account_provisioning_core::{CallOptions, Response, Result};
use futures::future::BoxFuture;

use super::super::roles::GetRole;
use super::super::target::{Target, operation};
use super::super::{InvitationStatus, Member, MemberId, Role};
use super::{MemberAccess, MemberRole};
use crate::Error;
use crate::call::{Call, Operation};
use crate::sealed::Execute;

/// Adds a member; made by [`Members::add`](super::Members::add).
#[derive(Debug)]
pub struct AddMember {
    target: Target,
    email: String,
    status: Option<InvitationStatus>,
    access: Given,
}
operation!(
    AddMember("addMember") -> Member,
    |call, low, account| low.add_member(account, &call.access.body(call.email, call.status))
);

/// What is given to a new member, as it is sent.
#[derive(Debug)]
enum Given {
    Roles(Vec<String>),
    Policies(Vec<types::MemberPolicyRequest>),
}

impl Given {
    fn body(self, email: String, status: Option<InvitationStatus>) -> types::AddMemberRequest {
        match self {
            Self::Roles(roles) => types::AddMemberWithRoles { email, roles, status }.into(),
            Self::Policies(policies) => types::AddMemberWithPolicies {
                email,
                policies,
                status,
            }
            .into(),
        }
    }
}

impl AddMember {
    pub(super) fn new(target: Target, email: String, access: MemberAccess) -> Result<Self> {
        if email.trim().is_empty() {
            return Err(Error::invalid_input(
                "`email`: it is empty; give the address of the user to add",
            ));
        }
        access.check()?;
        let access = match access {
            MemberAccess::Roles(roles) => {
                let ids = roles.iter().map(|role| role.id().map(Into::into));
                Given::Roles(ids.collect::<Result<_>>()?)
            }
            MemberAccess::Policies(policies) => Given::Policies(MemberAccess::policy_bodies(&policies)?),
        };
        Ok(Self {
            target,
            email,
            status: None,
            access,
        })
    }
}

impl Call<AddMember> {
    /// Says whether the user has to accept an invitation. Defaults to the vendor's default, pending: they have to.
    pub fn status(self, status: impl Into<InvitationStatus>) -> Self {
        self.with(|add| add.status = Some(status.into()))
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
                MemberAccess::Policies(policies) => types::UpdateMemberPolicies {
                    policies: MemberAccess::policy_bodies(&policies)?,
                }
                .into(),
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
                    types::UpdateMemberRoles { roles: whole }.into()
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
    PutMember("updateMember") -> Member,
    |call, low, account| low.update_member(account, call.id.as_str(), &call.body)
);

/// A role of a reply, as it is sent.
fn sent(role: Role) -> types::RoleRequest {
    role.into()
}

/// Removes a member; made by [`Members::remove`](super::Members::remove).
#[derive(Debug)]
pub struct RemoveMember {
    target: Target,
    id: MemberId,
}
operation!(RemoveMember("removeMember") -> (), |call, low, account| low.remove_member(account, call.id.as_str()));

impl RemoveMember {
    pub(super) fn new(target: Target, id: MemberId) -> Self {
        Self { target, id }
    }
}
