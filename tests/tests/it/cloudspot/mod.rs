//! Cloudspot License: the client against the emulator.

mod canary;
mod configuration;
mod failures;
mod logins;
mod replies;
mod sessions;
mod wire;

use account_provisioning::Error;
use account_provisioning::cloudspot::{Client, ClientBuilder, Session};
use account_provisioning::time::{FixedJitter, ManualTime};
use account_provisioning_emulator::cloudspot::{Company, Grant, Impersonation, Module, Token, User};
use account_provisioning_emulator::{Emulator, EmulatorBuilder, Fault, State};
use integration_tests::wording::assert_well_worded;

const APP: &str = "crm";
const USERNAME: &str = "ann";
const PASSWORD: &str = "pass w\u{f6}rd\"\\";
/// A token that is valid from the start.
const TOKEN: &str = "standing-token";
/// The token of an impersonation.
const ACT: &str = "act-as-ann";

/// Ann may use the CRM for the companies 7 and `n orthü`, but not for 8. In the shop she has other permissions.
fn world() -> EmulatorBuilder {
    let mut state = State::empty();
    let spot = &mut state.cloudspot;
    spot.modules
        .extend([Module::new(APP, "CRM"), Module::new("shop", "Shop")]);
    for (id, name) in [("7", "Seven"), ("8", "Eight"), ("n orth\u{fc}", "North")] {
        spot.companies.insert(Company::new(id, name));
    }
    let mut ann = User::new(USERNAME, PASSWORD);
    ann.first_name = "Ann".to_owned();
    ann.last_name = "Lee".to_owned();
    ann.email = "ann@client.example".to_owned();
    ann.pin = Some("0042".into());
    ann.company = Some("7".to_owned());
    ann.grants = vec![
        Grant::new(APP, "7", ["use_app", "edit"]),
        Grant::new(APP, "8", ["edit", "delete"]),
        Grant::new(APP, "n orth\u{fc}", ["use_app", "view"]),
        Grant::new("shop", "7", ["use_app", "see_invoices"]),
    ];
    spot.users.insert(ann);
    spot.tokens.push(Token::new(TOKEN, USERNAME, APP));
    let mut act = Impersonation::new(ACT, USERNAME, APP);
    act.company = Some("7".to_owned());
    spot.impersonations.push(act);
    let noon = "2026-01-15T12:00:00Z".parse().unwrap();
    Emulator::builder().state(state).clock(noon)
}

/// An emulator, a client of it, and the clock that the client waits on between attempts.
struct Stage {
    emulator: Emulator,
    client: Client,
    time: ManualTime,
}

impl Stage {
    async fn start() -> Self {
        Self::with(|client| client).await
    }

    async fn with(configure: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Self {
        let emulator = world().start().await.unwrap();
        let time = ManualTime::default();
        let client = configure(builder(&emulator, APP, &time)).build().unwrap();
        Self { emulator, client, time }
    }

    /// A client of another application on the same server.
    fn client_of(&self, app: &str) -> Client {
        builder(&self.emulator, app, &self.time).build().unwrap()
    }

    async fn sign_in(&self) -> Session {
        self.client.authenticate(USERNAME, PASSWORD).await.unwrap()
    }
}

fn builder(emulator: &Emulator, app: &str, time: &ManualTime) -> ClientBuilder {
    Client::builder(app)
        .base_url(emulator.cloudspot().base_url())
        .clock(time.clone())
        .sleep(time.clone())
        .jitter(FixedJitter(0.5))
}

/// A JSON response with this status and body.
fn reply(status: u16, body: &str) -> Fault {
    Fault::body_replaced(status, "application/json", body)
}

/// The error of each operation, by its id, when every request meets `fault`.
async fn each_error(fault: impl Fn() -> Fault) -> Vec<(&'static str, Error)> {
    let stage = Stage::with(|client| client.retry(account_provisioning::RetryPolicy::never())).await;
    stage.emulator.inject(fault());
    let session = stage.client.session(TOKEN);
    let errors = vec![
        (
            "authenticate",
            stage.client.authenticate(USERNAME, PASSWORD).await.map(drop),
        ),
        ("getProfile", session.profile().await.map(drop)),
        ("getPermissions", session.permissions().await.map(drop)),
        ("getCompanyPermissions", session.company_permissions(7).await.map(drop)),
        (
            "validateImpersonation",
            stage.client.validate_impersonation(ACT).await.map(drop),
        ),
    ];
    let errors: Vec<(&'static str, Error)> = errors
        .into_iter()
        .map(|(operation, outcome)| (operation, outcome.unwrap_err()))
        .collect();
    for (operation, error) in &errors {
        assert_well_worded(error);
        assert_eq!(error.operation(), Some(*operation), "{error}");
    }
    errors
}
