//! Grants a role on one folder to a group, decides what a member may do in a tree of folders, and takes the role away again,
//! over real HTTP.
//!
//! `cargo run --example roles --features cedar` starts an emulator of the service inside this process and works against that.
#![allow(clippy::print_stdout, reason = "an example prints what it does")]

use std::error::Error;

use account_provisioning::cloudinary::cedar::CedarEntity;
use account_provisioning::cloudinary::{
    CedarSchema, Client, PolicyParameters, Principal, PrincipalAssignment, Scope, UserId,
};
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
    let scope = Scope::from(&environment.id);
    let schema = cloudinary.public().cedar_schema().await?;

    println!("\nThe group gets the contributor role on one folder, and on no other");
    let on_campaign = PrincipalAssignment::new(&group.id, &environment.id, PolicyParameters::folder(CAMPAIGN));
    cloudinary
        .roles()
        .add_principals(CONTRIBUTOR, [on_campaign.clone()])
        .await?;
    report(&cloudinary, &schema, &scope, &ann.id).await?;

    println!("\nThe role is taken away");
    cloudinary.roles().remove_principals(CONTRIBUTOR, [on_campaign]).await?;
    report(&cloudinary, &schema, &scope, &ann.id).await?;
    Ok(())
}

/// Prints who has roles on the folder, and which assets one user may read and delete in the scope.
async fn report(cloudinary: &Client, schema: &CedarSchema, scope: &Scope, user: &UserId) -> Result<(), Box<dyn Error>> {
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
                "  inspect: {} has {} on folder {folder}",
                Principal::try_from(holder)?,
                role.id
            );
        }
    }
    if holders.is_empty() {
        println!("  inspect: nobody has a role on folder {CAMPAIGN}");
    }

    // The policies of everybody, so that those of the user's groups are among them; the questions need no more requests.
    let effective = cloudinary.policies().effective().scope(scope).await?;
    let groups = cloudinary.users().groups(user).await?.into_iter().map(|group| group.id);
    let effective = effective.with_schema(schema)?.with_groups(user, groups);

    let campaign = CedarEntity::folder(CAMPAIGN).top_level();
    let spring = CedarEntity::folder("8d2f11c0").within(&campaign);
    let archive = CedarEntity::folder("77ab1923").top_level();
    for (name, asset) in [
        (
            "campaign / spring / banner",
            CedarEntity::asset("banner").within(&spring),
        ),
        ("archive / logo", CedarEntity::asset("logo").within(&archive)),
    ] {
        let may = |action| effective.is_allowed(user, action, &asset);
        println!("  {name}: read {}, delete {}", yes(may("read")?), yes(may("delete")?));
    }
    Ok(())
}

fn yes(allowed: bool) -> &'static str {
    if allowed { "yes" } else { "no" }
}
