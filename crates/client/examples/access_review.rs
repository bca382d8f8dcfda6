//! Prints who may do what in every account: through roles, policies and user groups, and by API tokens. Tokens that were
//! never used, or that expire within 30 days, are flagged.
//!
//! `cargo run --example access_review -- --format csv` signs in with the variables of `Client::from_env`. If none is set, it
//! starts an emulator of the service in this process, fills it and runs against it.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example prints what it does"
)]

use std::collections::HashMap;
use std::error::Error;
use std::process::ExitCode;
use std::{env, io};

use account_provisioning::Result;
use account_provisioning::cloudflare::{
    AccountHandle, AccountId, Client, GrantedMemberPolicy, Member, MemberAccess, MemberPolicy, PermissionGroupScope,
    PolicyEffect, ResourceGroupScope, Resources, Role, Token, TokenPolicy,
};
use account_provisioning_emulator::Emulator;
use chrono::{DateTime, TimeDelta, Utc};
use clap::{Parser, ValueEnum};
use futures::TryStreamExt;
use serde::Serialize;

/// Who may do what in every account.
#[derive(Parser)]
struct Arguments {
    /// How the review is printed.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum Format {
    /// Aligned columns, in which long lists are shortened.
    #[default]
    Table,
    Csv,
    Json,
}

/// What one member or token may do in one way.
#[derive(Debug, Default, Serialize)]
struct Grant {
    account: String,
    who: String,
    status: String,
    /// A role, a policy, a user group or a token.
    through: String,
    effect: String,
    permissions: String,
    resources: String,
    flags: String,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let mut cause: Option<&dyn Error> = Some(&*error);
            while let Some(error) = cause {
                eprintln!("{error}");
                cause = error.source();
            }
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let signed_in = [
        "CLOUDFLARE_API_TOKEN",
        "CLOUDFLARE_API_KEY",
        "CLOUDFLARE_API_USER_SERVICE_KEY",
    ];
    let grants = if signed_in
        .iter()
        .any(|name| env::var_os(name).is_some_and(|value| !value.is_empty()))
    {
        review(&Client::from_env()?, Utc::now()).await?
    } else {
        let emulator = Emulator::start().await?;
        let user = Client::builder()
            .api_token(emulator.cloudflare().user_api_token())
            .base_url(emulator.cloudflare().base_url())
            .build()?;
        fill(
            &user,
            &AccountId::new(emulator.cloudflare().account_id())?,
            emulator.now(),
        )
        .await?;
        review(&user, emulator.now()).await?
    };
    print(&grants, arguments.format)
}

async fn review(cloudflare: &Client, now: DateTime<Utc>) -> Result<Vec<Grant>> {
    let mut grants = Vec::new();
    let mut accounts = cloudflare.accounts().list().stream();
    while let Some(account) = accounts.try_next().await? {
        let handle = cloudflare.account(&account.id);
        let mut found = members(&handle).await?;
        let mut tokens = handle.tokens().list().include_expired(false).stream();
        while let Some(token) = tokens.try_next().await? {
            found.extend(of_token(&token, now));
        }
        for grant in &mut found {
            grant.account.clone_from(&account.name);
        }
        grants.append(&mut found);
    }
    Ok(grants)
}

/// What the members of an account may do, by themselves and through their user groups.
async fn members(account: &AccountHandle) -> Result<Vec<Grant>> {
    let groups = account.user_groups();
    let mut through_groups: HashMap<String, Vec<Grant>> = HashMap::new();
    let mut all = groups.list().stream();
    while let Some(group) = all.try_next().await? {
        let mut in_it = groups.members(&group.id).list().stream();
        while let Some(member) = in_it.try_next().await? {
            let of_member = through_groups.entry(member.id.to_string()).or_default();
            let policies = group.policies.iter();
            of_member.extend(policies.map(|policy| of_policy(policy, format!("group {}", group.name))));
        }
    }
    let mut grants = Vec::new();
    let mut members = account.members().list().stream();
    while let Some(member) = members.try_next().await? {
        let mut own: Vec<Grant> = member.roles.iter().map(of_role).collect();
        own.extend(
            member
                .policies
                .iter()
                .map(|policy| of_policy(policy, "policy".to_owned())),
        );
        own.extend(through_groups.remove(member.id.as_str()).unwrap_or_default());
        if own.is_empty() {
            own.push(Grant {
                flags: "no access".to_owned(),
                ..Grant::default()
            });
        }
        for grant in &mut own {
            grant.who = who(&member);
            grant.status = text(member.status.as_ref());
        }
        grants.append(&mut own);
    }
    Ok(grants)
}

fn who(member: &Member) -> String {
    let user = member.user.as_ref().map(|user| user.email.clone());
    member.email.clone().or(user).unwrap_or_else(|| member.id.to_string())
}

fn of_role(role: &Role) -> Grant {
    let areas = role
        .permissions
        .iter()
        .filter_map(|(area, grant)| match (grant.read, grant.write) {
            (_, Some(true)) => Some(format!("{area} (write)")),
            (Some(true), _) => Some(format!("{area} (read)")),
            _ => None,
        });
    Grant {
        through: format!("role {}", role.name),
        effect: PolicyEffect::Allow.to_string(),
        permissions: joined(areas),
        resources: "the whole account".to_owned(),
        ..Grant::default()
    }
}

fn of_policy(policy: &GrantedMemberPolicy, through: String) -> Grant {
    let permissions = policy.permission_groups.iter();
    let resources = policy.resource_groups.iter();
    Grant {
        through,
        effect: text(policy.access.as_ref()),
        permissions: joined(permissions.map(|group| group.name.clone().unwrap_or_else(|| group.id.to_string()))),
        resources: joined(resources.map(|group| group.name.clone().unwrap_or_else(|| group.id.to_string()))),
        ..Grant::default()
    }
}

fn of_token(token: &Token, now: DateTime<Utc>) -> Vec<Grant> {
    let mut flags = Vec::new();
    if let Some(expiry) = token.expires_on
        && expiry < now + TimeDelta::days(30)
    {
        flags.push(format!("expires on {}", expiry.date_naive()));
    }
    if token.last_used_on.is_none() {
        flags.push("never used".to_owned());
    }
    let grant = |effect: String, permissions, resources| Grant {
        who: format!("token {}", token.name.as_deref().unwrap_or(token.id.as_str())),
        status: text(token.status.as_ref()),
        through: "token".to_owned(),
        effect,
        permissions,
        resources,
        flags: joined(flags.iter()),
        ..Grant::default()
    };
    let of_policies = token.policies.iter().map(|policy| {
        let permissions = policy.permission_groups.iter();
        grant(
            policy.effect.to_string(),
            joined(permissions.map(|group| group.name.clone().unwrap_or_else(|| group.id.to_string()))),
            joined(policy.resources.keys()),
        )
    });
    let grants: Vec<Grant> = of_policies.collect();
    if grants.is_empty() {
        return vec![grant(String::new(), String::new(), String::new())];
    }
    grants
}

fn joined(parts: impl Iterator<Item = impl ToString>) -> String {
    parts.map(|part| part.to_string()).collect::<Vec<_>>().join(", ")
}

fn text(value: Option<&impl ToString>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}

/// A list for a table, where a row should fit a line: its first parts, and how many others there are.
fn shortened(list: &str) -> String {
    const SHOWN: usize = 2;
    let parts: Vec<&str> = list.split(", ").collect();
    if parts.len() <= SHOWN + 1 {
        return list.to_owned();
    }
    format!("{} and {} more", parts[..SHOWN].join(", "), parts.len() - SHOWN)
}

fn print(grants: &[Grant], format: Format) -> Result<(), Box<dyn Error>> {
    match format {
        Format::Json => println!("{}", serde_json::to_string_pretty(grants)?),
        Format::Csv => {
            let mut csv = csv::Writer::from_writer(io::stdout());
            for grant in grants {
                csv.serialize(grant)?;
            }
            csv.flush()?;
        }
        Format::Table => {
            let header = [
                "account",
                "who",
                "status",
                "through",
                "effect",
                "permissions",
                "resources",
                "flags",
            ];
            let mut rows = vec![header.map(str::to_owned)];
            rows.extend(grants.iter().map(|grant| {
                [
                    grant.account.clone(),
                    grant.who.clone(),
                    grant.status.clone(),
                    grant.through.clone(),
                    grant.effect.clone(),
                    shortened(&grant.permissions),
                    shortened(&grant.resources),
                    grant.flags.clone(),
                ]
            }));
            let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
            let widths: Vec<usize> = (0..header.len()).map(width).collect();
            for row in rows {
                let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
                println!("{}", cells.collect::<Vec<_>>().join("  ").trim_end());
            }
        }
    }
    Ok(())
}

/// Gives the emulator's account something to review.
async fn fill(cloudflare: &Client, id: &AccountId, now: DateTime<Utc>) -> Result<()> {
    let account = cloudflare.account(id);
    let roles = account.roles().list().collect().await?;
    let scope = PermissionGroupScope::ComCloudflareApiAccount;
    let permissions = account.permission_groups();
    let billing = permissions.find("Billing Read", scope.clone()).await?;
    let settings = permissions.find("Account Settings Write", scope.clone()).await?;
    let resources = account.resource_groups();
    let shop = resources
        .create("Shop", ResourceGroupScope::zones(id, ["shop-zone"]))
        .await?;
    let all = resources.create("Everything", ResourceGroupScope::account(id)).await?;

    let by_role = MemberAccess::roles(roles.last().map(|role| &role.id));
    let ann = account.members().add("ann@client.example", by_role.clone()).await?;
    let policy = MemberPolicy::allow()
        .permission_group(&settings.id)
        .resource_group(&shop.id);
    let by_policy = MemberAccess::policies([policy]);
    let bob = account.members().add("bob@client.example", by_policy).await?;
    account.members().add("eve@client.example", by_role).await?;

    let groups = account.user_groups();
    let policy = MemberPolicy::allow()
        .permission_group(&billing.id)
        .resource_group(&all.id);
    let accounting = groups.create("Accounting").policies([policy]).await?;
    groups.members(&accounting.id).add([&ann.id, &bob.id]).await?;

    let tokens = account.tokens();
    let read = tokens.permission_groups().find("Billing Read", scope).await?;
    let policy = TokenPolicy::allow()
        .permission_group(&read.id)
        .resources(Resources::account(id));
    tokens
        .create("quarterly-report", [policy])
        .expires_on(now + TimeDelta::days(10))
        .await?;
    Ok(())
}
