//! Takes a person out of Cloudinary and Cloudflare: groups, roles, access keys, tokens, membership and user. Says first what
//! it would do, and looks again at the end.
//!
//! `cargo run --example offboard -- ann@client.example --account-id ID` says what it would do in the accounts that the
//! environment names (`CLOUDINARY_ACCOUNT_URL`, `CLOUDFLARE_API_TOKEN`), and `--apply` does it. Without arguments, an emulator
//! is started in this process, and everything is shown there.
#![allow(clippy::print_stdout, reason = "an example prints what it does")]

use std::error::Error;

use account_provisioning::cloudflare::{
    AccountHandle, AccountId, MemberAccess, PermissionGroupScope, Resources, TokenPolicy,
};
use account_provisioning::cloudinary::{PermissionType, PolicyParameters, RoleAssignment, Scope};
use account_provisioning::{Result, cloudflare, cloudinary};
use account_provisioning_emulator::Emulator;
use clap::Parser;
use futures::TryStreamExt as _;
use futures::future::BoxFuture;

type Outcome<T = ()> = std::result::Result<T, Box<dyn Error>>;

/// Takes a person out of Cloudinary and Cloudflare.
#[derive(Parser)]
struct Arguments {
    /// The person's e-mail address.
    #[arg(requires = "account_id")]
    email: Option<String>,
    /// The account at Cloudflare.
    #[arg(long, requires = "email")]
    account_id: Option<String>,
    /// Make the changes. Without it, they are only listed.
    #[arg(long, requires = "email")]
    apply: bool,
}

/// Something to do: a line for people, and a call that is not sent before it is awaited.
struct Step {
    what: String,
    call: BoxFuture<'static, Result<()>>,
}

fn step<T>(what: String, call: impl IntoFuture<Output = Result<T>, IntoFuture: Send + 'static>) -> Step {
    let call = call.into_future();
    let call = Box::pin(async move { call.await.map(drop) });
    Step { what, call }
}

#[tokio::main]
async fn main() -> Outcome {
    let arguments = Arguments::parse();
    let (Some(email), Some(account)) = (&arguments.email, &arguments.account_id) else {
        return on_emulator().await;
    };
    let cloudinary = cloudinary::Client::from_env()?;
    let account = cloudflare::Client::from_env()?.account(account);
    if arguments.apply {
        offboard(&cloudinary, &account, email).await
    } else {
        list(&plan(&cloudinary, &account, email).await?);
        Ok(())
    }
}

/// Everything that is left to do for a person. Nothing, when there is no trace of the address.
async fn plan(cloudinary: &cloudinary::Client, account: &AccountHandle, email: &str) -> Outcome<Vec<Step>> {
    let mut steps = at_cloudinary(cloudinary, email).await?;
    steps.extend(at_cloudflare(account, email).await?);
    Ok(steps)
}

async fn at_cloudinary(cloudinary: &cloudinary::Client, email: &str) -> Outcome<Vec<Step>> {
    let mut steps = Vec::new();
    let user = cloudinary.users().find_by_email(email).await?;
    if let Some(user) = &user {
        // First what ends the access at once. The user goes last: until then, a run that was interrupted finds everything.
        if user.enabled != Some(false) {
            let disable = cloudinary.users().update(&user.id).enabled(false);
            steps.push(step(format!("Cloudinary: disable user {}", user.id), disable));
        }
        for group in cloudinary.users().groups(&user.id).collect().await? {
            let leave = cloudinary.user_groups().remove_user(&group.id, &user.id);
            steps.push(step(format!("Cloudinary: leave group {}", group.id), leave));
        }
        for kind in [PermissionType::Global, PermissionType::Content] {
            for role in cloudinary.principals().roles(&user.id, kind).collect().await? {
                let what = format!("Cloudinary: take away role {}", role.id);
                let take = cloudinary
                    .principals()
                    .remove_roles(&user.id, [RoleAssignment::from(role)]);
                steps.push(step(what, take));
            }
        }
    }
    // A key belongs to an environment and not to a person. Those that were made for one person have the address as a name.
    for environment in cloudinary.product_environments().list().collect().await? {
        let keys = cloudinary.access_keys(&environment.id);
        for key in keys.list().collect().await? {
            if is_of(key.name.as_deref(), email) {
                steps.push(step(
                    format!("Cloudinary: delete access key {}", key.api_key),
                    keys.delete(&key.api_key),
                ));
            }
        }
    }
    if let Some(user) = user {
        steps.push(step(
            format!("Cloudinary: delete user {}", user.id),
            cloudinary.users().delete(&user.id),
        ));
    }
    Ok(steps)
}

async fn at_cloudflare(account: &AccountHandle, email: &str) -> Outcome<Vec<Step>> {
    let mut steps = Vec::new();
    let member = account.members().find_by_email(email).await?;
    if let Some(member) = &member {
        let mut groups = account.user_groups().list().stream();
        while let Some(group) = groups.try_next().await? {
            let members = account.user_groups().members(&group.id);
            if members.get_opt(&member.id).await?.is_some() {
                steps.push(step(
                    format!("Cloudflare: leave group {}", group.name),
                    members.remove(&member.id),
                ));
            }
        }
    }
    // The tokens of an account outlive whoever made them, and that person has seen their values.
    let own = account.tokens().verify().await?.id;
    let mut tokens = account.tokens().list().stream();
    while let Some(token) = tokens.try_next().await? {
        if !is_of(token.creator_email_at_creation.as_deref(), email) && !is_of(token.name.as_deref(), email) {
            continue;
        }
        if token.id == own {
            return Err(format!("{email} made the token that this program uses: give it another one first").into());
        }
        let what = format!(
            "Cloudflare: revoke token {}",
            token.name.as_deref().unwrap_or(token.id.as_str())
        );
        steps.push(step(what, account.tokens().delete(&token.id)));
    }
    if let Some(member) = member {
        steps.push(step(
            format!("Cloudflare: remove member {}", member.id),
            account.members().remove(&member.id),
        ));
    }
    Ok(steps)
}

/// Whether a name is the address, in whatever case.
fn is_of(name: Option<&str>, email: &str) -> bool {
    name.is_some_and(|name| name.eq_ignore_ascii_case(email))
}

/// Does all that is left to do, and looks again.
async fn offboard(cloudinary: &cloudinary::Client, account: &AccountHandle, email: &str) -> Outcome {
    for step in plan(cloudinary, account, email).await? {
        match step.call.await {
            Ok(()) => println!("  done: {}", step.what),
            Err(gone) if gone.is_not_found() => println!("  gone already: {}", step.what),
            Err(error) => return Err(format!("{}: {error}", step.what).into()),
        }
    }
    let left = plan(cloudinary, account, email).await?;
    if left.is_empty() {
        println!("  verified: nothing is left of {email}");
        return Ok(());
    }
    list(&left);
    Err(format!("{} things are left of {email}", left.len()).into())
}

fn list(steps: &[Step]) {
    for step in steps {
        println!("  would {}", step.what);
    }
}

async fn on_emulator() -> Outcome {
    let emulator = Emulator::start().await?;
    let cloudinary = cloudinary::Client::builder()
        .account_url(emulator.cloudinary().url())
        .base_url(emulator.cloudinary().base_url())
        .build()?;
    let cloudflare = cloudflare::Client::builder()
        .api_token(emulator.cloudflare().api_token())
        .base_url(emulator.cloudflare().base_url())
        .build()?;
    let id = AccountId::new(emulator.cloudflare().account_id())?;
    let account = cloudflare.account(&id);
    let (ann, bob) = ("ann@client.example", "bob@client.example");
    for email in [ann, bob] {
        fill(&cloudinary, &account, &id, email).await?;
    }
    let had = plan(&cloudinary, &account, bob).await?.len();

    println!("What would be done for {ann}");
    list(&plan(&cloudinary, &account, ann).await?);
    println!("\nIt is done");
    offboard(&cloudinary, &account, ann).await?;
    println!("\nAnd done again");
    offboard(&cloudinary, &account, ann).await?;

    let left = plan(&cloudinary, &account, bob).await?.len();
    println!("\nDone: {bob} still has {left} things.");
    if left != had {
        return Err(format!("{bob} had {had} things").into());
    }
    Ok(())
}

/// Gives a person everything that can be taken away.
async fn fill(cloudinary: &cloudinary::Client, account: &AccountHandle, id: &AccountId, email: &str) -> Outcome {
    let environment = cloudinary
        .product_environments()
        .create("Client Portal")
        .or_find()
        .await?
        .into_value();
    let user = cloudinary.users().create("A person", email).await?;
    let group = cloudinary.user_groups().create("Editors").or_find().await?.into_value();
    cloudinary.user_groups().add_user(&group.id, &user.id).await?;
    let on_folder = RoleAssignment::new(
        "cld::role::folder::viewer",
        &environment.id,
        PolicyParameters::folder("fg3841spr"),
    );
    let reports = RoleAssignment::without_parameters("cld::role::account::reports", Scope::Account);
    cloudinary
        .principals()
        .add_roles(&user.id, [on_folder, reports])
        .await?;
    cloudinary.access_keys(&environment.id).generate().name(email).await?;

    let role = account.roles().list().await?.items.pop().map(|role| role.id);
    let member = account.members().add(email, MemberAccess::roles(role)).await?;
    let groups = account.user_groups();
    let group = groups.create(email).await?;
    groups.members(&group.id).add([&member.id]).await?;
    let tokens = account.tokens();
    let scope = PermissionGroupScope::ComCloudflareApiAccount;
    let read = tokens.permission_groups().find("Billing Read", scope).await?;
    let policy = TokenPolicy::allow().permission_group(&read.id);
    tokens.create(email, [policy.resources(Resources::account(id))]).await?;
    Ok(())
}
