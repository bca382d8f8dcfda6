//! Signs a user in with Cloudspot License, prints the profile and the permissions, and shows the errors of a wrong
//! password, a made-up token and an unknown company.
//!
//! It runs against an emulator in the same process, so no account is needed:
//!
//! ```text
//! cargo run --example login
//! ```
#![allow(clippy::print_stdout, clippy::exit, reason = "an example prints what it does")]

use std::error::Error;

use account_provisioning::cloudspot::{Client, ErrorExt as _};
use account_provisioning::{Secret, cloudspot};
use account_provisioning_emulator::cloudspot::{Company, Grant, Module, User};
use account_provisioning_emulator::{Emulator, State};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let emulator = Emulator::builder().state(office()).start().await?;
    let account = emulator.cloudspot();
    // In a program: `Client::from_env()`, with CLOUDSPOT_APP_ID set.
    let client = Client::builder(account.app_id()).base_url(account.base_url()).build()?;
    println!("Application {:?} at {}\n", client.app_id(), account.base_url());

    let session = client.authenticate("ann", Secret::new("ann's password")).await?;
    let profile = session.profile().await?;
    println!("{} has signed in, and may use it for", name(&profile));
    for company in session.companies() {
        let company_name = company.company_name.as_deref().unwrap_or("a company without a name");
        println!("  {company_name}: {}", company.permissions.join(", "));
    }
    println!("edit invoices somewhere: {}", session.can("edit_invoices"));
    println!("edit invoices for company 7: {}", session.can_in(7, "edit_invoices"));
    println!("edit invoices for company 8: {}\n", session.can_in(8, "edit_invoices"));

    // Between two requests of a user, the application only has to keep the token.
    let kept = session.token().clone();
    let again = client.session(kept).read().await?;
    println!(
        "a session made from the token sees {} companies",
        again.companies().len()
    );
    println!("Debug of the token shows only {token:?}\n", token = again.token());

    let refused = client.authenticate("ann", Secret::new("wrong")).await.map(drop);
    match refused {
        Err(problem) if problem.is_bad_credentials() => println!("a wrong password: {problem}"),
        other => return Err(format!("a wrong password must be refused, not {other:?}").into()),
    }
    match client.session("made-up").profile().await {
        Err(problem) if problem.is_invalid_token() => println!("a made-up token: {problem}"),
        other => return Err(format!("a made-up token must be refused, not {other:?}").into()),
    }
    match session.company_permissions(9).await {
        Err(problem) if problem.is_unknown_company() => println!("another company: {problem}"),
        other => return Err(format!("another company must be refused, not {other:?}").into()),
    }
    println!(
        "\nDone: {} requests. Only the logins contained the password.",
        emulator.requests().len()
    );
    Ok(())
}

fn name(profile: &cloudspot::UserProfile) -> String {
    let parts = [&profile.first_name, &profile.last_name];
    let parts: Vec<&str> = parts.into_iter().filter_map(|part| part.as_deref()).collect();
    parts.join(" ")
}

/// Ann may edit the invoices of one company and read those of another. A third is closed to her.
fn office() -> State {
    let mut state = State::empty();
    let license = &mut state.cloudspot;
    license.modules.insert(Module::new("invoices", "Invoices"));
    license.companies.extend([
        Company::new("7", "Lee and Sons"),
        Company::new("8", "Harbour Bakery"),
        Company::new("9", "Northern Rail"),
    ]);
    let mut ann = User::new("ann", "ann's password");
    ann.first_name = "Ann".to_owned();
    ann.last_name = "Lee".to_owned();
    ann.grants = vec![
        Grant::new("invoices", "7", ["use_app", "read_invoices", "edit_invoices"]),
        Grant::new("invoices", "8", ["use_app", "read_invoices"]),
        // Without `use_app` the service leaves the company out.
        Grant::new("invoices", "9", ["read_invoices"]),
    ];
    license.users.insert(ann);
    state
}
