//! Grants a role on one folder to a group, looks at what it does, and takes it away again, over real HTTP.
//!
//! `cargo run --example roles` starts an emulator of the service inside this process and works against that.
#![allow(clippy::print_stdout, reason = "an example tells what it does")]

use std::error::Error;

use account_provisioning::cloudinary::{Client, PolicyParameters, Principal, PrincipalAssignment, Scope};
use account_provisioning_emulator::Emulator;

const CONTRIBUTOR: &str = "cld::role::folder::contributor";
const CAMPAIGN: &str = "fg3841spr";

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let emulator = Emulator::start().await?;
    let cloudinary = Client::builder()
        .account_url(emulator.cloudinary().url())
        .base_url(emulator.cloudinary().base_url())
        .build()?;

    println!("A group with one member, and a product environment");
    let environment = cloudinary.product_environments().create("Client Portal").await?;
    let ann = cloudinary.users().create("Ann", "ann@client.example").await?;
    let group = cloudinary.user_groups().create("Editors").await?;
    cloudinary.user_groups().add_user(&group.id, &ann.id).await?;
    let (editors, ann) = (Principal::group(&group.id)?, Principal::user(&ann.id)?);
    let scope = Scope::product_environment(&environment.id)?;

    println!("\nThe group gets the contributor role on one folder, and on no other");
    let on_campaign = PrincipalAssignment::new(&editors, &scope, PolicyParameters::folder(CAMPAIGN));
    cloudinary
        .roles()
        .add_principals(CONTRIBUTOR, [on_campaign.clone()])
        .await?;
    report(&cloudinary, &scope, &ann).await?;

    println!("\nThe role is taken away");
    cloudinary.roles().remove_principals(CONTRIBUTOR, [on_campaign]).await?;
    report(&cloudinary, &scope, &ann).await?;
    Ok(())
}

/// Who holds roles on the folder, and what one user may do in the scope.
async fn report(cloudinary: &Client, scope: &Scope, user: &Principal) -> Result<(), Box<dyn Error>> {
    let campaign = PolicyParameters::folder(CAMPAIGN);
    let holders = cloudinary
        .principals()
        .inspect(scope)
        .policy_parameters(campaign)
        .collect()
        .await?;
    for holder in &holders {
        for role in &holder.roles {
            let folder = role
                .policy_parameters
                .get("folder_id")
                .and_then(|id| id.as_str())
                .unwrap_or("any");
            println!(
                "  inspect: {} holds {} on folder {folder}",
                Principal::try_from(holder)?,
                role.id
            );
        }
    }
    if holders.is_empty() {
        println!("  inspect: nobody holds a role on folder {CAMPAIGN}");
    }

    let effective = cloudinary.policies().effective().scope(scope).principal(user).await?;
    let roles = effective.principals.iter().flat_map(|principal| &principal.roles);
    let statements: Vec<_> = roles.flat_map(|role| &role.system_policies).collect();
    for policy in &statements {
        let words: Vec<_> = policy.policy_statement.split_whitespace().collect();
        println!("  in effect for {user}: {}", words.join(" "));
    }
    if statements.is_empty() {
        println!("  in effect for {user}: nothing");
    }
    Ok(())
}
