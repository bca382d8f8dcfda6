//! Cloudflare: accounts, members, roles, subscriptions, tokens and audit logs.

use account_provisioning::cloudflare::{
    Client, MemberAccess, RatePlanChoice, RatePlanId, SubscriptionFrequency, TokenPolicy, TokenStatus,
};
use account_provisioning_emulator::cloudflare::{Account, Cloudflare, DEFAULT_ACCOUNT_TOKEN, PermissionGroup};
use serde_json::json;

use super::{Draw, agrees, keys};
use crate::path::Path;
use crate::stage::{ACCOUNT, start};
use crate::step::Kind::{Create, Read, Set};
use crate::step::{Goal, Step};

fn root() -> Path {
    Path::new(&["cloudflare", "accounts", ACCOUNT])
}

pub(super) fn draw(client: &Client, draw: &mut Draw<'_>) -> Step {
    match draw.random.u32(..30) {
        0..=5 => accounts(client, draw),
        6..=12 => members(client, draw),
        13..=17 => subscriptions(client, draw),
        18..=27 => tokens(client, draw),
        _ => others(client, draw),
    }
}

fn accounts(client: &Client, draw: &mut Draw<'_>) -> Step {
    let (accounts, place) = (client.accounts(), Path::new(&["cloudflare", "accounts"]));
    let id = draw.id(&place);
    let own = place.at(&[&id]);
    match draw.random.u32(..6) {
        0 => {
            let name = draw.name("Account");
            Step::call(Create, "createAccount", accounts.create(&name), {
                let place = place.clone();
                move |account| vec![Goal::Is(place.at(&[account.id.as_str(), "name"]), json!(name))]
            })
            .adds(place)
        }
        1 => Step::call(Read, "getAccount", accounts.get(&id), move |account| {
            agrees(&own, &account, &["name"])
        }),
        2 => {
            let name = draw.name("Renamed");
            Step::call(Set, "updateAccount", accounts.update(&id).name(&name), {
                let own = own.clone();
                move |_| vec![Goal::Is(own.at(&["name"]), json!(name))]
            })
            .may([own.at(&["name"])])
        }
        3 => {
            let enforce = draw.random.bool();
            let place = own.at(&["settings", "enforce_twofactor"]);
            Step::call(Set, "updateAccount", accounts.update(&id).enforce_twofactor(enforce), {
                let place = place.clone();
                move |_| vec![Goal::Is(place, json!(enforce))]
            })
            .may([place])
        }
        4 if id != ACCOUNT => Step::call(Set, "deleteAccount", accounts.delete(&id), {
            let own = own.clone();
            move |()| vec![Goal::Absent(own)]
        })
        .may([own]),
        // A token that belongs to an account sees that account alone.
        _ => Step::list("listAccounts", accounts.list().page_size(5), |_| Vec::new()),
    }
    .about(id)
}

/// The id of the nth role of the catalog.
fn role(n: usize) -> String {
    let roles = Account::new("any", "Any").roles;
    roles.iter().nth(n).map(|role| role.id.clone()).unwrap_or_default()
}

fn members(client: &Client, draw: &mut Draw<'_>) -> Step {
    let (members, place) = (client.account(ACCOUNT).members(), root().at(&["members"]));
    let id = draw.id(&place);
    let own = place.at(&[&id]);
    let role = role(draw.random.usize(..4));
    match draw.random.u32(..6) {
        0 | 1 => {
            let email = draw.email("member-0@client.example");
            Step::call(Create, "addMember", members.add(&email, MemberAccess::roles([role])), {
                let place = place.clone();
                move |member| vec![Goal::Is(place.at(&[member.id.as_str(), "email"]), json!(email))]
            })
            .adds(place)
        }
        2 => Step::call(Read, "getMember", members.get(&id), move |member| {
            agrees(&own, &member, &["email"])
        }),
        3 => Step::call(
            Set,
            "updateMember",
            members.update(&id, MemberAccess::roles([&role])),
            {
                let place = own.at(&["roles", &role]);
                move |_| vec![Goal::Exists(place)]
            },
        )
        .may([own.at(&["roles"]), own.at(&["policies"])]),
        4 => Step::call(Set, "removeMember", members.remove(&id), {
            let own = own.clone();
            move |()| vec![Goal::Absent(own)]
        })
        .may([own]),
        _ => Step::list("listMembers", members.list().page_size(5), move |members| {
            keys(place, members.into_iter().map(|member| member.id.to_string()))
        }),
    }
    .about(id)
}

fn subscriptions(client: &Client, draw: &mut Draw<'_>) -> Step {
    let (subscriptions, place) = (client.account(ACCOUNT).subscriptions(), root().at(&["subscriptions"]));
    let id = draw.id(&place);
    let own = place.at(&[&id]);
    let plan = match draw.random.bool() {
        true => RatePlanId::Pro,
        false => RatePlanId::Business,
    };
    match draw.random.u32(..4) {
        0 => {
            let call = subscriptions.create().frequency(SubscriptionFrequency::Monthly);
            Step::call(
                Create,
                "createSubscription",
                call.rate_plan(RatePlanChoice::new(plan)),
                {
                    let place = place.clone();
                    move |subscription| vec![Goal::Exists(place.at(&[subscription.id.as_str()]))]
                },
            )
            .adds(place)
        }
        1 => {
            let call = subscriptions.replace(&id).frequency(SubscriptionFrequency::Yearly);
            Step::call(Set, "updateSubscription", call.rate_plan(RatePlanChoice::new(plan)), {
                let own = own.clone();
                move |_| vec![Goal::Is(own.at(&["frequency"]), json!("yearly"))]
            })
            .may([own])
        }
        2 => Step::call(Set, "deleteSubscription", subscriptions.delete(&id), {
            let own = own.clone();
            move |()| vec![Goal::Absent(own)]
        })
        .may([own]),
        _ => Step::list("listSubscriptions", subscriptions.list(), move |found| {
            keys(place, found.into_iter().map(|subscription| subscription.id.to_string()))
        }),
    }
    .about(id)
}

/// A policy that allows to read what is paid.
fn policy() -> TokenPolicy {
    let state = Cloudflare::empty();
    let group = state.permission_group("Billing Read", PermissionGroup::ACCOUNT);
    let group = group.map(|group| group.id.as_str()).unwrap_or_default();
    TokenPolicy::allow()
        .permission_group(group)
        .resource(format!("com.cloudflare.api.account.{ACCOUNT}"), "*")
}

fn tokens(client: &Client, draw: &mut Draw<'_>) -> Step {
    let (tokens, place) = (client.account(ACCOUNT).tokens(), root().at(&["tokens"]));
    let own_id = draw.view.keys(&place).into_iter().find(|id| {
        let value = draw.view.get(&place.at(&[id, "value"]));
        value.is_some_and(|value| value == DEFAULT_ACCOUNT_TOKEN)
    });
    // The client's own token is changed only now and then: the rest of the run is refused then.
    let except = own_id.unwrap_or_default().to_owned();
    let id = match draw.random.u32(..16) {
        0 => draw.id(&place),
        _ => draw.id_except(&place, &except),
    };
    let own = place.at(&[&id]);
    match draw.random.u32(..9) {
        0 => {
            let name = draw.name("Token");
            Step::call(Create, "createToken", tokens.create(&name, [policy()]), {
                let place = place.clone();
                move |token| {
                    let own = place.at(&[token.id.as_str()]);
                    let value = token.value.expose_secret();
                    vec![
                        Goal::Is(own.at(&["name"]), json!(name)),
                        Goal::Is(own.at(&["value"]), json!(value)),
                    ]
                }
            })
            .adds(place)
        }
        1 => Step::call(Read, "getToken", tokens.get(&id), move |token| {
            agrees(&own, &token, &["name"])
        }),
        2 => {
            let name = draw.name("Renamed");
            Step::call(Set, "updateToken", tokens.update(&id).name(&name), {
                let own = own.clone();
                move |_| vec![Goal::Is(own.at(&["name"]), json!(name))]
            })
            .may([own.at(&["name"])])
        }
        3 => {
            let (status, word) = match draw.random.bool() {
                true => (TokenStatus::Active, "active"),
                false => (TokenStatus::Disabled, "disabled"),
            };
            Step::call(Set, "updateToken", tokens.update(&id).status(status), {
                let own = own.clone();
                move |_| vec![Goal::Is(own.at(&["status"]), json!(word))]
            })
            .may([own.at(&["status"])])
        }
        4 | 5 => Step::call(Set, "rollToken", tokens.roll(&id), {
            let own = own.clone();
            move |value| vec![Goal::Is(own.at(&["value"]), json!(value.expose_secret()))]
        })
        .may([own.at(&["value"])]),
        6 => Step::call(Set, "deleteToken", tokens.delete(&id), {
            let own = own.clone();
            move |()| vec![Goal::Absent(own)]
        })
        .may([own]),
        7 => Step::call(Read, "verifyToken", tokens.verify(), |_| Vec::new()),
        _ => Step::list("listTokens", tokens.list().page_size(5), move |tokens| {
            keys(place, tokens.into_iter().map(|token| token.id.to_string()))
        }),
    }
    .about(id)
}

fn others(client: &Client, draw: &mut Draw<'_>) -> Step {
    let account = client.account(ACCOUNT);
    match draw.random.u32(..3) {
        0 => Step::list("listRoles", account.roles().list().page_size(5), |roles| {
            let known = Account::new("any", "Any").roles.len();
            all("roles", roles.len(), known)
        }),
        1 => Step::list(
            "listPermissionGroups",
            account.tokens().permission_groups().list(),
            |groups| {
                all(
                    "permission groups",
                    groups.len(),
                    Cloudflare::empty().permission_groups.len(),
                )
            },
        ),
        _ => Step::list("listAuditLogs", account.audit_logs().list(start()).page_size(2), |_| {
            Vec::new()
        }),
    }
}

/// The goal that a list of what never changes is complete.
fn all(what: &str, found: usize, known: usize) -> Vec<Goal> {
    let problem = format!("{found} of {known} {what}");
    (found != known).then_some(Goal::Never(problem)).into_iter().collect()
}
