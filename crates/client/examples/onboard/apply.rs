//! Makes an account as a manifest says, and says what it did.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;

use account_provisioning::cloudinary::{
    Client, PermissionType, PolicyParameters, ProductEnvironmentId, RoleAssignment, RoleId, Scope, ScopeType,
    UserGroupId, UserId, UserRole,
};
use account_provisioning::{FoundOrCreated, cloudinary};

use crate::manifest::{Grant, Group, Manifest, Role, User};

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

/// One run. It only adds and corrects: what the manifest doesn't name stays.
pub struct Run<'a> {
    cloudinary: &'a Client,
    environments: BTreeMap<&'a str, ProductEnvironmentId>,
    users: BTreeMap<&'a str, UserId>,
    groups: BTreeMap<&'a str, UserGroupId>,
    changes: usize,
}

/// Applies a manifest, and returns how many changes that took.
pub async fn apply(cloudinary: &Client, manifest: &Manifest) -> Outcome<usize> {
    let mut run = Run {
        cloudinary,
        environments: BTreeMap::new(),
        users: BTreeMap::new(),
        groups: BTreeMap::new(),
        changes: 0,
    };
    for environment in &manifest.environments {
        let create = cloudinary.product_environments().create(&environment.name);
        let found = create.cloud_name(&environment.cloud_name).or_find().await?;
        run.tell("product environment", &environment.cloud_name, &found);
        let id = found.into_value().id;
        run.environments.insert(&environment.cloud_name, id);
    }
    for user in &manifest.users {
        run.user(user).await?;
    }
    for group in &manifest.groups {
        run.group(group).await?;
    }
    for role in &manifest.roles {
        run.role(role).await?;
    }
    for grant in &manifest.grants {
        run.grant(grant).await?;
    }
    Ok(run.changes)
}

impl<'a> Run<'a> {
    async fn user(&mut self, wanted: &'a User) -> Outcome {
        let environments: Vec<_> = wanted
            .product_environments
            .iter()
            .map(|name| self.environment(name))
            .collect::<Result<_, _>>()?;
        let users = self.cloudinary.users();
        let create = users.create(&wanted.name, &wanted.email).role(wanted.role.clone());
        let found = create.product_environments(&environments).or_find().await?;
        self.tell("user", &wanted.email, &found);
        let is_found = found.is_found();
        let user = found.into_value();
        // What was found may differ from what was to be created.
        if is_found && differs(&user, wanted, &environments) {
            let update = users.update(&user.id).name(&wanted.name).role(wanted.role.clone());
            update.product_environments(&environments).await?;
            self.changed(format!("corrected user {}", wanted.email));
        }
        self.users.insert(&wanted.email, user.id);
        Ok(())
    }

    async fn group(&mut self, wanted: &'a Group) -> Outcome {
        let groups = self.cloudinary.user_groups();
        let found = groups.create(&wanted.name).or_find().await?;
        self.tell("group", &wanted.name, &found);
        let id = found.into_value().id;
        let members = groups.members(&id).collect().await?;
        let members: BTreeSet<_> = members.into_iter().map(|member| member.id).collect();
        for email in &wanted.members {
            let user = named(&self.users, "user", email)?;
            if !members.contains(&user) {
                groups.add_user(&id, &user).await?;
                self.changed(format!("added {email} to {}", wanted.name));
            }
        }
        self.groups.insert(&wanted.name, id);
        Ok(())
    }

    async fn role(&mut self, wanted: &'a Role) -> Outcome {
        let roles = self.cloudinary.roles();
        let create = roles.create(&wanted.name, PermissionType::Global, ScopeType::Account);
        let found = create.system_policy_ids(&wanted.policies).or_find().await?;
        self.tell("role", &wanted.name, &found);
        // A creation returns more than a list contains, so the two are of different types.
        let id = match found {
            FoundOrCreated::Created(role) => role.id,
            FoundOrCreated::Found(role) | FoundOrCreated::CreatedAfterUnknown(role) => role.id,
        };
        let role = roles.get(&id).await?;
        let has: BTreeSet<_> = role.policies.iter().map(|policy| &policy.id).collect();
        if has != wanted.policies.iter().collect() {
            let update = roles.update(&id).system_policy_ids(&wanted.policies);
            update.if_unchanged_since(&role).await?;
            self.changed(format!("corrected role {}", wanted.name));
        }
        for group in &wanted.groups {
            let assignment = RoleAssignment::without_parameters(&id, Scope::Account);
            self.assign(group, &id, PermissionType::Global, assignment).await?;
        }
        Ok(())
    }

    async fn grant(&mut self, wanted: &'a Grant) -> Outcome {
        let (environment, role) = (self.environment(&wanted.product_environment)?, &wanted.role);
        let assignment = RoleAssignment::new(role, &environment, PolicyParameters::folder(&wanted.folder));
        let content = PermissionType::Content;
        self.assign(&wanted.group, role, content, assignment).await
    }

    /// Gives a role to a group that doesn't have it in just this way.
    async fn assign(&mut self, group: &str, role: &RoleId, kind: PermissionType, wanted: RoleAssignment) -> Outcome {
        let id = named(&self.groups, "group", group)?;
        let principals = self.cloudinary.principals();
        let held = principals.roles(&id, kind).collect().await?;
        if !held.iter().any(|held| RoleAssignment::from(held) == wanted) {
            principals.add_roles(&id, [wanted]).await?;
            self.changed(format!("gave {group} the role {role}"));
        }
        Ok(())
    }

    fn environment(&self, cloud_name: &str) -> Result<ProductEnvironmentId, String> {
        named(&self.environments, "product environment", cloud_name)
    }

    fn tell<C, F>(&mut self, what: &str, name: &str, found: &FoundOrCreated<C, F>) {
        match found {
            FoundOrCreated::Found(_) => println!("  found {what} {name}"),
            FoundOrCreated::Created(_) => self.changed(format!("created {what} {name}")),
            FoundOrCreated::CreatedAfterUnknown(_) => {
                self.changed(format!(
                    "created {what} {name}; the response was lost, and a lookup found it"
                ));
            }
        }
    }

    fn changed(&mut self, what: String) {
        println!("  {what}");
        self.changes += 1;
    }
}

/// The id of something that the manifest defines.
fn named<T: Clone>(known: &BTreeMap<&str, T>, what: &str, name: &str) -> Result<T, String> {
    let id = known.get(name).cloned();
    id.ok_or_else(|| format!("the manifest uses the {what} {name:?} and doesn't define it"))
}

fn differs(user: &cloudinary::User, wanted: &User, environments: &[ProductEnvironmentId]) -> bool {
    let has: BTreeSet<_> = user.sub_account_ids.iter().collect();
    let everywhere = user.all_sub_accounts == Some(true);
    // The service ignores the environments of a master admin.
    let limited = wanted.role != UserRole::MasterAdmin;
    user.name.as_ref() != Some(&wanted.name)
        || user.role.as_ref() != Some(&wanted.role)
        || (limited && (everywhere || has != environments.iter().collect()))
}
