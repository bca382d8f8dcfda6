//! Provisions a tenant from nothing and removes it again, over real HTTP.
//!
//! `cargo run --example quickstart` starts an emulator of the service inside this process and works against that.
//! `cargo run --example quickstart -- --live` runs the part that only reads against the account that the environment
//! names (`CLOUDINARY_ACCOUNT_URL`, or the single variables).
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example prints what it does"
)]

use std::collections::BTreeSet;
use std::error::Error;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use account_provisioning::cloudinary::{AccessKey, Client, ProductEnvironment, User, UserGroup, UserRole};
use account_provisioning::{Reconciled, RetryPolicy};
use account_provisioning_emulator::{Emulator, Fault};
use clap::Parser;
use futures::{StreamExt, TryStreamExt, stream};

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

/// How many users the tenant gets.
const CROWD: usize = 250;

/// Provisions a tenant on a local emulator, or looks at a real account.
#[derive(Parser)]
struct Arguments {
    /// Only read, from the account that the environment names.
    #[arg(long)]
    live: bool,
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

async fn run() -> Outcome {
    let begun = Instant::now();
    if Arguments::parse().live {
        look_around(&Client::from_env()?).await
    } else {
        on_emulator(begun).await
    }
}

/// The whole tour.
async fn on_emulator(begun: Instant) -> Outcome {
    let emulator = Emulator::start().await?;
    let cloudinary = Client::builder()
        .account_url(emulator.cloudinary().url())
        .base_url(emulator.cloudinary().base_url())
        .retry(RetryPolicy::default().with_initial_backoff(Duration::from_millis(50)))
        .build()?;
    println!("Provisioning a tenant on an emulator at {}", emulator.base_url());
    let before = inventory(&cloudinary).await?;

    let environment = create_environment(&cloudinary).await?;
    let (admin, editors) = create_people(&cloudinary, &environment).await?;
    rotate_key(&cloudinary, &environment).await?;
    let crowd = invite_crowd(&cloudinary, &environment).await?;
    lose_responses(&cloudinary, &emulator, &admin).await?;
    meet_errors(&cloudinary, &admin).await?;
    clean_up(&cloudinary, &environment, &admin, &editors, crowd).await?;
    if inventory(&cloudinary).await? != before {
        return Err("something was left behind".into());
    }

    let sent = emulator.requests();
    let cut = sent.iter().filter(|request| request.status == 0).count();
    println!(
        "\nDone in {:.1} s: {} requests over HTTP, {cut} of them lost on the way, nothing doubled, nothing left behind.",
        begun.elapsed().as_secs_f64(),
        sent.len()
    );
    Ok(())
}

async fn create_environment(cloudinary: &Client) -> Outcome<ProductEnvironment> {
    step("A product environment");
    let environment = cloudinary
        .product_environments()
        .create("Client Portal")
        .cloud_name("client_portal_prod")
        .custom_attribute("tier", "premium")
        .await?;
    say(format!(
        "created {:?} with cloud name {}",
        or_dash(&environment.name),
        or_dash(&environment.cloud_name)
    ));
    Ok(environment)
}

async fn create_people(cloudinary: &Client, environment: &ProductEnvironment) -> Outcome<(User, UserGroup)> {
    step("A user and a group");
    let users = cloudinary.users();
    let admin = users
        .create("Client Admin", "admin@client.example")
        .role(UserRole::Admin)
        .product_environments([&environment.id]) // without this, the user would see every environment
        .await?;
    say(format!(
        "created {}, with access to this environment alone",
        or_dash(&admin.email)
    ));

    let groups = cloudinary.user_groups();
    let editors = groups.create("Editors").await?;
    let editor = users
        .create("Client Editor", "editor@client.example")
        .product_environments([&environment.id])
        .await?;
    for member in [&admin, &editor] {
        groups.add_user(&editors.id, &member.id).await?;
    }
    let members = groups.members(&editors.id).await?;
    let names: Vec<_> = members.iter().map(|member| or_dash(&member.name)).collect();
    say(format!(
        "group {:?} has {} members: {}",
        or_dash(&editors.name),
        members.len(),
        names.join(", ")
    ));
    Ok((admin, editors))
}

/// The new key first, so that there is always one that works.
async fn rotate_key(cloudinary: &Client, environment: &ProductEnvironment) -> Outcome {
    step("A key rotated");
    let keys = cloudinary.access_keys(&environment.id);
    let old: Vec<AccessKey> = keys.list().stream().try_collect().await?;
    let new = keys.generate().name("production").await?;
    say(format!(
        "generated {}, secret of {} characters: {:?}",
        new.api_key,
        new.api_secret.expose_secret().len(),
        new.api_secret
    ));
    for key in &old {
        keys.update(&key.api_key).enabled(false).await?;
        say(format!("disabled {}", key.api_key));
        keys.delete(&key.api_key).await?;
        say(format!("deleted {}", key.api_key));
    }
    Ok(())
}

async fn invite_crowd(cloudinary: &Client, environment: &ProductEnvironment) -> Outcome<Vec<User>> {
    step("A list longer than a page");
    let users = cloudinary.users();
    let invited: Vec<User> = stream::iter(0..CROWD)
        .map(|n| {
            users
                .create(format!("Guest {n:03}"), format!("guest{n:03}@client.example"))
                .role(UserRole::MediaLibraryUser)
                .product_environments([&environment.id])
                .into_future()
        })
        .buffered(8)
        .try_collect()
        .await?;
    let mut listed = 0;
    let mut guests = users.list().prefix("guest").page_size(100).stream(); // pages are fetched as they are needed
    while let Some(guest) = guests.try_next().await? {
        listed += usize::from(guest.pending == Some(true));
    }
    say(format!(
        "invited {} users, listed {listed} pending ones as one stream",
        invited.len()
    ));
    if listed != CROWD {
        return Err(format!("{CROWD} users were invited, but {listed} listed").into());
    }
    Ok(invited)
}

async fn lose_responses(cloudinary: &Client, emulator: &Emulator, admin: &User) -> Outcome {
    step("Two lost responses");
    let users = cloudinary.users();

    // A change that is safe to repeat is retried.
    emulator.inject(Fault::reset_after().on("updateUser").nth(1));
    let renamed = users.update(&admin.id).name("Client Owner").response().await?;
    say(format!(
        "updateUser: the connection broke after the change; attempt {} returned: {}",
        renamed.meta.attempts.count(),
        or_dash(&renamed.name)
    ));

    // One that is not safe to repeat is never sent twice: the error says so, and a look at the list shows the outcome.
    emulator.inject(Fault::reset_after().on("createUser").nth(1));
    let guest = users.create("Late Guest", "late@client.example");
    let guest = guest.product_environments([""; 0]);
    let error = match guest.clone().await {
        Err(error) if error.is_outcome_unknown() => error,
        other => return Err(format!("the outcome should be unknown, but is {other:?}").into()),
    };
    say(format!("error: {error}"));
    match guest.reconcile(&error).await {
        Reconciled::Applied(found) => {
            say(format!(
                "looked: {} is there once, so it isn't created again",
                or_dash(&found.email)
            ));
            users.delete(&found.id).await?;
            Ok(())
        }
        other => Err(format!("the user should be there once: {other:?}").into()),
    }
}

async fn meet_errors(cloudinary: &Client, admin: &User) -> Outcome {
    step("Errors that say what to do");
    let users = cloudinary.users();
    match users.create("Impostor", "admin@client.example").await {
        Err(error) if error.is_conflict() => say(format!("conflict: {error}")),
        other => return Err(format!("the e-mail address should be taken: {other:?}").into()),
    }
    match users.get("no-such-user").await {
        Err(error) if error.is_not_found() => say(format!("not found: {error}")),
        other => return Err(format!("there should be no such user: {other:?}").into()),
    }
    match users.delete("..").await {
        Err(error) if error.is_invalid_input() => say(format!("never sent: {error}")),
        other => return Err(format!("the id should be refused: {other:?}").into()),
    }
    say(format!(
        "get_opt makes an answer of it: {:?}",
        users.get_opt("no-such-user").await?.map(|user| user.id)
    ));
    say(format!(
        "and finds who is there: {:?}",
        users.get_opt(&admin.id).await?.and_then(|user| user.name)
    ));
    Ok(())
}

async fn clean_up(
    cloudinary: &Client,
    environment: &ProductEnvironment,
    admin: &User,
    editors: &UserGroup,
    crowd: Vec<User>,
) -> Outcome {
    step("Everything removed");
    let users = cloudinary.users();
    cloudinary.user_groups().remove_user(&editors.id, &admin.id).await?;
    cloudinary.user_groups().delete(&editors.id).await?;
    let gone: Vec<_> = stream::iter(crowd)
        .map(|user| users.delete(&user.id).into_future())
        .buffered(8)
        .try_collect()
        .await?;
    let mut rest = 0;
    for user in users
        .list()
        .product_environment(&environment.id)
        .stream()
        .try_collect::<Vec<_>>()
        .await?
    {
        if user
            .email
            .as_deref()
            .is_some_and(|email| email.ends_with("@client.example"))
        {
            users.delete(&user.id).await?;
            rest += 1;
        }
    }
    cloudinary.product_environments().delete(&environment.id).await?;
    say(format!(
        "deleted the group, {} users and the product environment",
        gone.len() + rest
    ));
    Ok(())
}

/// What is in the account, by id.
async fn inventory(cloudinary: &Client) -> Outcome<BTreeSet<String>> {
    let mut ids = BTreeSet::new();
    ids.extend(
        cloudinary
            .product_environments()
            .list()
            .await?
            .into_iter()
            .map(|environment| environment.id.to_string()),
    );
    ids.extend(
        cloudinary
            .users()
            .list()
            .collect()
            .await?
            .into_iter()
            .map(|user| user.id.to_string()),
    );
    ids.extend(
        cloudinary
            .user_groups()
            .list()
            .await?
            .into_iter()
            .map(|group| group.id.to_string()),
    );
    Ok(ids)
}

/// The part that only reads.
async fn look_around(cloudinary: &Client) -> Outcome {
    println!("Looking at account {}", cloudinary.account_id());
    step("Product environments");
    for environment in cloudinary.product_environments().list().await? {
        say(format!(
            "{} {} ({} keys)",
            environment.id,
            or_dash(&environment.cloud_name),
            environment.api_access_keys.len()
        ));
    }
    step("Users");
    let users: Vec<User> = cloudinary.users().list().stream().try_collect().await?;
    let pending = users.iter().filter(|user| user.pending == Some(true)).count();
    say(format!("{} users, {pending} of them pending", users.len()));
    step("User groups");
    for group in cloudinary.user_groups().list().extended_details(true).await? {
        say(format!("{} ({} members)", or_dash(&group.name), group.users.len()));
    }
    step("Billing usage");
    for plan in cloudinary.billing_usage().await? {
        say(format!(
            "{}: {} metrics",
            or_dash(&plan.plan_name),
            plan.metric_usage.len()
        ));
    }
    Ok(())
}

fn step(title: &str) {
    println!("\n{title}");
}

fn say(line: String) {
    println!("  {line}");
}

fn or_dash(text: &Option<String>) -> &str {
    text.as_deref().unwrap_or("-")
}
