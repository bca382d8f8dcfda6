//! Cloudinary: users, groups, environments, access keys, roles, principals and policies.

use account_provisioning::cloudinary::{
    Client, ManagementType, PermissionType, Principal, PrincipalAssignment, RoleAssignment, Scope, ScopeType,
};
use serde_json::json;

use super::{Draw, agrees, keys};
use crate::path::Path;
use crate::stage::{ACCOUNT, ENVIRONMENT, POLICY, STATEMENT};
use crate::step::Kind::{Create, Read, Set};
use crate::step::{Goal, Step};

fn root() -> Path {
    Path::new(&["cloudinary", "accounts", ACCOUNT])
}

pub(super) fn draw(client: &Client, draw: &mut Draw<'_>) -> Step {
    match draw.random.u32(..36) {
        0..=8 => users(client, draw),
        9..=16 => groups(client, draw),
        17..=19 => environments(client, draw),
        20..=23 => access_keys(client, draw),
        24..=27 => roles(client, draw),
        28..=30 => principals(client, draw),
        31..=34 => policies(client, draw),
        _ => others(client, draw),
    }
}

fn users(client: &Client, draw: &mut Draw<'_>) -> Step {
    let (users, place) = (client.users(), root().at(&["users"]));
    let id = draw.id(&place);
    let own = place.at(&[&id]);
    match draw.random.u32(..7) {
        0 | 1 => {
            let (name, email) = (draw.name("User"), draw.email("user-0@client.example"));
            Step::call(Create, "createUser", users.create(&name, &email), {
                let place = place.clone();
                move |user| {
                    let own = place.at(&[user.id.as_str()]);
                    vec![
                        Goal::Is(own.at(&["name"]), json!(name)),
                        Goal::Is(own.at(&["email"]), json!(email)),
                    ]
                }
            })
            .adds(place)
        }
        2 => Step::call(Read, "getUser", users.get(&id), {
            let own = own.clone();
            move |user| agrees(&own, &user, &["name", "email", "enabled"])
        }),
        3 => {
            let name = draw.name("Renamed");
            Step::call(Set, "updateUser", users.update(&id).name(&name), {
                let own = own.clone();
                move |_| vec![Goal::Is(own.at(&["name"]), json!(name))]
            })
            .may([own.at(&["name"])])
        }
        4 => {
            let enabled = draw.random.bool();
            Step::call(Set, "updateUser", users.update(&id).enabled(enabled), {
                let own = own.clone();
                move |_| vec![Goal::Is(own.at(&["enabled"]), json!(enabled))]
            })
            .may([own.at(&["enabled"])])
        }
        5 => {
            let groups = root().at(&["user_groups", "*", "user_ids", &id]);
            Step::call(Set, "deleteUser", users.delete(&id), {
                let own = own.clone();
                move |()| vec![Goal::Absent(own)]
            })
            .may([own, groups, root().at(&["role_assignments"])])
        }
        _ => Step::list("getUsers", users.list().page_size(3), move |users| {
            keys(place, users.into_iter().map(|user| user.id.to_string()))
        }),
    }
    .about(id)
}

fn groups(client: &Client, draw: &mut Draw<'_>) -> Step {
    let (groups, place) = (client.user_groups(), root().at(&["user_groups"]));
    let (id, user) = (draw.id(&place), draw.id(&root().at(&["users"])));
    let own = place.at(&[&id]);
    let member = own.at(&["user_ids", &user]);
    match draw.random.u32(..9) {
        0 => {
            let name = draw.name("Group");
            Step::call(Create, "createUserGroup", groups.create(&name), {
                let place = place.clone();
                move |group| vec![Goal::Is(place.at(&[group.id.as_str(), "name"]), json!(name))]
            })
            .adds(place)
        }
        1 => Step::call(Read, "getUserGroup", groups.get(&id), move |group| {
            agrees(&own, &group, &["name"])
        }),
        2 => {
            let name = draw.name("Renamed");
            Step::call(Set, "updateUserGroup", groups.update(&id).name(&name), {
                let own = own.clone();
                move |_| vec![Goal::Is(own.at(&["name"]), json!(name))]
            })
            .may([own.at(&["name"])])
        }
        3 => Step::call(Set, "deleteUserGroup", groups.delete(&id), {
            let own = own.clone();
            move |()| vec![Goal::Absent(own)]
        })
        .may([own, root().at(&["role_assignments"])]),
        4 | 5 => Step::call(Set, "addUserToUserGroup", groups.add_user(&id, &user), {
            let member = member.clone();
            move |_| vec![Goal::Exists(member)]
        })
        .may([member]),
        6 => Step::call(Set, "removeUserFromUserGroup", groups.remove_user(&id, &user), {
            let member = member.clone();
            move |_| vec![Goal::Absent(member)]
        })
        .may([member]),
        7 => Step::list("getUserGroups", groups.list(), move |groups| {
            keys(place, groups.into_iter().map(|group| group.id.to_string()))
        }),
        _ => Step::list("getUsersInUserGroup", groups.members(&id), move |users| {
            keys(own.at(&["user_ids"]), users.into_iter().map(|user| user.id.to_string()))
        }),
    }
    .about(format!("{id} {user}"))
}

fn environments(client: &Client, draw: &mut Draw<'_>) -> Step {
    let (environments, place) = (client.product_environments(), root().at(&["product_environments"]));
    // Keys are about the first one, so it stays.
    let id = draw.id(&place);
    let own = place.at(&[&id]);
    match draw.random.u32(..5) {
        0 => {
            let name = draw.name("Environment");
            Step::call(Create, "createProductEnvironment", environments.create(&name), {
                let place = place.clone();
                move |environment| vec![Goal::Is(place.at(&[environment.id.as_str(), "name"]), json!(name))]
            })
            .adds(place)
        }
        1 => Step::call(
            Read,
            "getProductEnvironment",
            environments.get(&id),
            move |environment| agrees(&own, &environment, &["name", "cloud_name"]),
        ),
        2 => {
            let name = draw.name("Renamed");
            Step::call(Set, "updateProductEnvironment", environments.update(&id).name(&name), {
                let own = own.clone();
                move |_| vec![Goal::Is(own.at(&["name"]), json!(name))]
            })
            .may([own.at(&["name"])])
        }
        3 if id != ENVIRONMENT => Step::call(Set, "deleteProductEnvironment", environments.delete(&id), {
            let own = own.clone();
            move |()| vec![Goal::Absent(own)]
        })
        .may([
            own,
            root().at(&["role_assignments"]),
            root().at(&["custom_policies"]),
            root().at(&["users", "*", "sub_account_ids"]),
        ]),
        _ => Step::list("getProductEnvironments", environments.list(), move |environments| {
            keys(
                place,
                environments.into_iter().map(|environment| environment.id.to_string()),
            )
        }),
    }
    .about(id)
}

fn access_keys(client: &Client, draw: &mut Draw<'_>) -> Step {
    let access_keys = client.access_keys(ENVIRONMENT);
    let place = root().at(&["product_environments", ENVIRONMENT, "access_keys"]);
    let id = draw.id(&place);
    let own = place.at(&[&id]);
    match draw.random.u32(..5) {
        0 | 1 => {
            let name = draw.name("Key");
            Step::call(Create, "generateAccessKey", access_keys.generate().name(&name), {
                let place = place.clone();
                move |key| {
                    let own = place.at(&[key.api_key.as_str()]);
                    let secret = key.api_secret.expose_secret();
                    vec![
                        Goal::Is(own.at(&["api_secret"]), json!(secret)),
                        Goal::Is(own.at(&["name"]), json!(name)),
                    ]
                }
            })
            .adds(place)
        }
        2 => {
            let name = draw.name("Renamed");
            Step::call(Set, "updateAccessKey", access_keys.update(&id).name(&name), {
                let own = own.clone();
                move |_| vec![Goal::Is(own.at(&["name"]), json!(name))]
            })
            .may([own.at(&["name"])])
        }
        3 => Step::call(Set, "deleteAccessKey", access_keys.delete(&id), {
            let own = own.clone();
            move |()| vec![Goal::Absent(own)]
        })
        .may([own, root().at(&["role_assignments"])]),
        _ => Step::list("getAccessKeys", access_keys.list().page_size(3), move |found| {
            keys(place, found.into_iter().map(|key| key.api_key.to_string()))
        }),
    }
    .about(id)
}

fn roles(client: &Client, draw: &mut Draw<'_>) -> Step {
    let (roles, place) = (client.roles(), root().at(&["custom_roles"]));
    let id = draw.id(&place);
    let own = place.at(&[&id]);
    match draw.random.u32(..6) {
        0 => {
            let name = draw.name("Role");
            let call = roles
                .create(&name, PermissionType::Global, ScopeType::Account)
                .system_policy_ids([POLICY]);
            Step::call(Create, "createRole", call, {
                let place = place.clone();
                move |role| vec![Goal::Is(place.at(&[role.id.as_str(), "name"]), json!(name))]
            })
            .adds(place)
        }
        1 => Step::call(Read, "getRole", roles.get(&id), move |role| {
            agrees(&own, &role, &["name", "description"])
        }),
        2 => {
            let name = draw.name("Renamed");
            Step::call(Set, "updateRole", roles.update(&id).name(&name), {
                let own = own.clone();
                move |_| vec![Goal::Is(own.at(&["name"]), json!(name))]
            })
            .may([own.at(&["name"])])
        }
        3 => {
            let text = draw.name("Description");
            Step::call(Set, "updateRole", roles.update(&id).description(&*text), {
                let own = own.clone();
                move |_| vec![Goal::Is(own.at(&["description"]), json!(text))]
            })
            .may([own.at(&["description"])])
        }
        4 => Step::call(Set, "deleteRole", roles.delete(&id).force(true), {
            let own = own.clone();
            move |()| vec![Goal::Absent(own)]
        })
        .may([own, root().at(&["role_assignments"])]),
        _ => {
            let list = roles
                .list(PermissionType::Global)
                .management_type(ManagementType::Custom);
            Step::list("getRoles", list, move |roles| {
                keys(place, roles.into_iter().map(|role| role.id.to_string()))
            })
        }
    }
    .about(id)
}

fn principals(client: &Client, draw: &mut Draw<'_>) -> Step {
    let role = draw.id(&root().at(&["custom_roles"]));
    let user = draw.id(&root().at(&["users"]));
    let place = root().at(&["role_assignments"]);
    let held = place.at(&[&format!("{role} {user}")]);
    let (principals, roles) = (client.principals(), client.roles());
    let principal = Principal::user(&user);
    match draw.random.u32(..6) {
        0 => {
            let assignment = RoleAssignment::without_parameters(&role, Scope::Account);
            Step::call(
                Set,
                "updatePrincipalRoles",
                principals.add_roles(principal, [assignment]),
                {
                    let held = held.clone();
                    move |()| vec![Goal::Exists(held)]
                },
            )
            .may([held])
        }
        1 => {
            let assignment = RoleAssignment::without_parameters(&role, Scope::Account);
            Step::call(
                Set,
                "updatePrincipalRoles",
                principals.remove_roles(principal, [assignment]),
                {
                    let held = held.clone();
                    move |()| vec![Goal::Absent(held)]
                },
            )
            .may([held])
        }
        2 => {
            let assignment = PrincipalAssignment::without_parameters(principal, Scope::Account);
            Step::call(
                Set,
                "updateRolePrincipals",
                roles.add_principals(&role, [assignment]),
                {
                    let held = held.clone();
                    move |()| vec![Goal::Exists(held)]
                },
            )
            .may([held])
        }
        3 => {
            let assignment = PrincipalAssignment::without_parameters(principal, Scope::Account);
            Step::call(
                Set,
                "updateRolePrincipals",
                roles.remove_principals(&role, [assignment]),
                {
                    let held = held.clone();
                    move |()| vec![Goal::Absent(held)]
                },
            )
            .may([held])
        }
        4 => Step::list("inspect", principals.inspect(Scope::Account), |_| Vec::new()),
        // It is read with POST.
        _ => Step::list(
            "inspectMultiple",
            principals.inspect_many(Scope::Account, [principal]),
            |_| Vec::new(),
        ),
    }
    .about(format!("{role} {user}"))
}

fn policies(client: &Client, draw: &mut Draw<'_>) -> Step {
    let (policies, place) = (client.policies().custom(), root().at(&["custom_policies"]));
    let id = draw.id(&place);
    let own = place.at(&[&id]);
    match draw.random.u32(..6) {
        0 => {
            let name = draw.name("Policy");
            Step::call(
                Create,
                "createCustomPolicy",
                policies.create(&name, STATEMENT, Scope::Account),
                {
                    let place = place.clone();
                    move |policy| vec![Goal::Is(place.at(&[policy.id.as_str(), "name"]), json!(name))]
                },
            )
            .adds(place)
        }
        1 => Step::call(Read, "getCustomPolicy", policies.get(&id), move |policy| {
            agrees(&own, &policy, &["name", "description", "enabled"])
        }),
        2 => {
            let name = draw.name("Renamed");
            Step::call(Set, "updateCustomPolicy", policies.update(&id).name(&name), {
                let own = own.clone();
                move |_| vec![Goal::Is(own.at(&["name"]), json!(name))]
            })
            .may([own.at(&["name"])])
        }
        3 => {
            let enabled = draw.random.bool();
            Step::call(Set, "updateCustomPolicy", policies.update(&id).enabled(enabled), {
                let own = own.clone();
                move |_| vec![Goal::Is(own.at(&["enabled"]), json!(enabled))]
            })
            .may([own.at(&["enabled"])])
        }
        4 => Step::call(Set, "deleteCustomPolicy", policies.delete(&id), {
            let own = own.clone();
            move |()| vec![Goal::Absent(own)]
        })
        .may([own]),
        _ => Step::list("getCustomPolicies", policies.list(), move |policies| {
            keys(place, policies.into_iter().map(|policy| policy.id.to_string()))
        }),
    }
    .about(id)
}

fn others(client: &Client, draw: &mut Draw<'_>) -> Step {
    match draw.random.u32(..3) {
        0 => Step::call(Read, "getBillingUsage", client.billing_usage(), |_| Vec::new()),
        // It is read with POST.
        1 => Step::call(Read, "validateCedarPolicy", client.public().validate(STATEMENT), |_| {
            Vec::new()
        }),
        _ => Step::call(
            Read,
            "getSystemRolesAndPoliciesCatalog",
            client.public().catalog(),
            |_| Vec::new(),
        ),
    }
}
