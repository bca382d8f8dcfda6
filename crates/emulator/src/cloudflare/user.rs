//! The user that the credentials belong to.

use serde_json::{Value, json};

use super::context::{Context, reply};
use super::memberships::{self, permissions, role_names};
use super::state::{Account, Cloudflare, Member, MemberStatus, User};
use crate::refusal::Refusal;

pub(super) fn get(context: &mut Context<'_>) -> Result<Value, Refusal> {
    Ok(reply(to_json(context.state, context.user()?)))
}

/// Changes the fields of the request. A null removes the value.
pub(super) fn update(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let input = context.input;
    let user = context.user_mut()?;
    let fields = [
        ("first_name", &mut user.first_name),
        ("last_name", &mut user.last_name),
        ("country", &mut user.country),
        ("telephone", &mut user.telephone),
        ("zipcode", &mut user.zipcode),
    ];
    for (name, field) in fields {
        if let Some(value) = input.field(name) {
            *field = value.as_str().map(str::to_owned);
        }
    }
    get(context)
}

fn to_json(state: &Cloudflare, user: &User) -> Value {
    let memberships = || memberships::of_user(state, user);
    let locked = memberships()
        .any(|(account, member)| member.status == MemberStatus::Accepted && account.settings.enforce_twofactor);
    json!({
        "id": user.id,
        "email": user.email,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "country": user.country,
        "telephone": user.telephone,
        "zipcode": user.zipcode,
        "suspended": false,
        "two_factor_authentication_enabled": user.two_factor_authentication_enabled,
        "two_factor_authentication_locked": locked,
        "has_pro_zones": false,
        "has_business_zones": false,
        "has_enterprise_zones": false,
        "betas": [],
        "organizations": memberships().filter_map(|membership| organization(state, membership)).collect::<Value>(),
    })
}

/// Returns an account of the user, unless the user rejected the invitation.
fn organization(state: &Cloudflare, (account, member): (&Account, &Member)) -> Option<Value> {
    let status = match member.status {
        MemberStatus::Accepted => "member",
        MemberStatus::Pending => "invited",
        MemberStatus::Rejected => return None,
    };
    let areas = permissions(state, (account, member));
    let permissions = areas.iter().flat_map(|(area, grant)| {
        let words = [("read", "read"), ("write", "edit")];
        words
            .into_iter()
            .filter(|(key, _)| grant[*key] == true)
            .map(move |(_, word)| format!("#{area}:{word}"))
    });
    Some(json!({
        "id": account.id,
        "name": account.name,
        "permissions": permissions.collect::<Vec<_>>(),
        "roles": role_names((account, member)).collect::<Vec<_>>(),
        "status": status,
    }))
}
