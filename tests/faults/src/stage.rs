//! What a run plays on: an emulator, and a client of one of its services.

use std::sync::Arc;
use std::time::Duration;

use account_provisioning::time::{FixedJitter, ManualTime, Sleep};
use account_provisioning::{ClientBuilder, RetryPolicy, cloudflare, cloudinary, cloudspot, reqwest};
use account_provisioning_emulator::cloudflare::{
    Member, MemberStatus, PermissionGroup, RequestIp, Subscription, Token, TokenCondition, TokenPolicy,
};
use account_provisioning_emulator::cloudinary::{
    AccessKey, CustomPolicy, CustomRole, PermissionType, ScopeType, User, UserGroup,
};
use account_provisioning_emulator::cloudspot::Impersonation;
use account_provisioning_emulator::{Emulator, Quirk, State};
use chrono::{DateTime, Utc};
use fastrand::Rng;
use futures::future::BoxFuture;

use crate::fault::START;
use crate::gate::{ClosedPort, Gate, HOST};
use crate::view::{Service, View};

/// A client of one service.
#[derive(Clone, Debug)]
pub(crate) enum Client {
    Cloudinary(cloudinary::Client),
    Cloudflare(cloudflare::Client),
    Cloudspot(cloudspot::Client),
}

impl Client {
    fn service(&self) -> Service {
        match self {
            Self::Cloudinary(_) => Service::Cloudinary,
            Self::Cloudflare(_) => Service::Cloudflare,
            Self::Cloudspot(_) => Service::Cloudspot,
        }
    }
}

/// An emulator, a client of it, and what decides about the client's connections.
#[derive(Debug)]
pub(crate) struct Stage {
    pub(crate) emulator: Emulator,
    pub(crate) client: Client,
    pub(crate) gate: Gate,
    /// Whether the client keeps connections for the next request.
    pub(crate) pooled: bool,
}

/// A statement for custom policies.
pub(crate) const STATEMENT: &str = "forbid (principal, action == Cloudinary::Action::\"read_billing\", resource);";
/// A system policy for custom roles.
pub(crate) const POLICY: &str = "cld::policy::account::users::read";
/// The account of both vendors.
pub(crate) const ACCOUNT: &str = "emulator-account";
/// The environment of the default account.
pub(crate) const ENVIRONMENT: &str = "emulator-environment";

impl Stage {
    pub(crate) async fn set(seed: u64, random: &mut Rng, closed: Arc<ClosedPort>) -> Self {
        let emulator = Emulator::builder()
            .seed(seed)
            .clock(start())
            .state(state())
            .default_page_size(5)
            .max_page_size(5)
            .cursor_page_size(2)
            .quirk(Quirk::SameStatementIsAccepted, true)
            .quirk(Quirk::AccountTokensListAccounts, true)
            .start()
            .await
            .expect("the emulator starts");
        let gate = Gate::new(emulator.addr(), closed);
        let pooled = random.bool();
        let attempts = [1, 2, 3, 3, 3, 5][random.usize(..6)];
        let settings = Settings {
            gate: gate.clone(),
            pooled,
            attempts,
        };
        let client = match random.u32(..20) {
            0..=8 => Client::Cloudinary(settings.cloudinary(&emulator)),
            9..=16 => Client::Cloudflare(settings.cloudflare(&emulator, random.bool())),
            _ => Client::Cloudspot(settings.cloudspot(&emulator)),
        };
        Self {
            emulator,
            client,
            gate,
            pooled,
        }
    }
}

impl Stage {
    /// The state as it is, as far as the client can change it.
    pub(crate) fn view(&self) -> View {
        View::of(self.emulator.state(), self.client.service())
    }
}

/// When the clocks of the emulator and of the client start.
pub(crate) fn start() -> DateTime<Utc> {
    START.parse().expect("the date is one")
}

struct Settings {
    gate: Gate,
    pooled: bool,
    attempts: u32,
}

impl Settings {
    fn apply<S>(self, builder: ClientBuilder<S>) -> ClientBuilder<S> {
        let time = ManualTime::at(start());
        let Self { gate, pooled, attempts } = self;
        // No request of a campaign uses TLS, and to load the system's certificates takes most of the time of a run.
        let http = move || {
            let http = reqwest::Client::builder()
                .no_proxy()
                .tls_danger_accept_invalid_certs(true)
                .dns_resolver(gate.clone());
            if pooled { http } else { http.pool_max_idle_per_host(0) }
        };
        builder
            .allow_plain_http(HOST)
            .http(http)
            .retry(RetryPolicy::default().with_max_attempts(attempts))
            .clock(time.clone())
            .sleep(Nap(time))
            .jitter(FixedJitter(0.5))
    }

    fn cloudinary(self, emulator: &Emulator) -> cloudinary::Client {
        let account = emulator.cloudinary();
        let builder = cloudinary::Client::builder()
            .account_url(account.url())
            .base_url(by_name(emulator, account.base_url()));
        self.apply(builder).build().expect("the client is well configured")
    }

    /// A client with the key of a user, who may change accounts, or with a token, which can be verified.
    fn cloudflare(self, emulator: &Emulator, as_user: bool) -> cloudflare::Client {
        let account = emulator.cloudflare();
        let builder = cloudflare::Client::builder().base_url(by_name(emulator, account.base_url()));
        let builder = match as_user {
            true => builder.api_key(account.email(), account.api_key()),
            false => builder.api_token(account.api_token()),
        };
        self.apply(builder).build().expect("the client is well configured")
    }

    fn cloudspot(self, emulator: &Emulator) -> cloudspot::Client {
        let account = emulator.cloudspot();
        let builder = cloudspot::Client::builder(account.app_id()).base_url(by_name(emulator, account.base_url()));
        self.apply(builder).build().expect("the client is well configured")
    }
}

/// The base URL with the name that the gate resolves.
fn by_name(emulator: &Emulator, base_url: &str) -> String {
    base_url.replacen(&emulator.addr().to_string(), HOST, 1)
}

/// Waits pass at once for the client's clock, and take a moment, in which a connection goes back to the pool.
#[derive(Clone, Debug)]
struct Nap(ManualTime);

impl Sleep for Nap {
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let time = self.0.clone();
        Box::pin(async move {
            tokio::time::sleep(Duration::from_millis(1)).await;
            time.sleep(duration).await;
        })
    }
}

/// A few things of each kind, with everything that an update could lose.
fn state() -> State {
    let mut state = State::default();
    cloudinary_account(&mut state);
    cloudflare_account(&mut state);
    for n in 0..6 {
        let token = format!("act-as-{n}");
        let impersonation = Impersonation::new(token, "emulator-user", "emulator-app");
        state.cloudspot.impersonations.push(impersonation);
    }
    state
}

fn cloudinary_account(state: &mut State) {
    let account = state
        .cloudinary
        .accounts
        .iter_mut()
        .next()
        .expect("there is an account");
    for n in 0..7 {
        let user = User::new(
            format!("user-{n}"),
            format!("User {n}"),
            format!("user-{n}@client.example"),
        );
        account.users.insert(user);
    }
    for n in 0..3 {
        let mut group = UserGroup::new(format!("group-{n}"), format!("Group {n}"));
        group.user_ids.extend([format!("user-{n}"), format!("user-{}", n + 1)]);
        account.user_groups.insert(group);
        let mut role = CustomRole::new(
            format!("role-{n}"),
            format!("Role {n}"),
            ScopeType::Account,
            PermissionType::Global,
        );
        role.description = Some("Reads".to_owned());
        role.system_policy_ids.insert(POLICY.to_owned());
        account.custom_roles.insert(role);
        let mut policy = CustomPolicy::new(format!("policy-{n}"), format!("Policy {n}"), STATEMENT);
        policy.description = Some("Forbids".to_owned());
        policy.enabled = n == 0;
        account.custom_policies.insert(policy);
    }
    let environment = account
        .product_environments
        .get_mut(ENVIRONMENT)
        .expect("there is an environment");
    environment
        .custom_attributes
        .insert("tier".to_owned(), "premium".into());
    for n in 0..3 {
        let mut key = AccessKey::new(format!("key-{n}"), format!("secret-{n}"), format!("Key {n}"));
        key.dedicated_for.extend((n == 0).then(|| "webhooks".to_owned()));
        environment.access_keys.insert(key);
    }
}

fn cloudflare_account(state: &mut State) {
    let group = state
        .cloudflare
        .permission_group("Billing Read", PermissionGroup::ACCOUNT);
    let group = group.expect("the catalog has the group").id.clone();
    let account = state
        .cloudflare
        .accounts
        .iter_mut()
        .next()
        .expect("there is an account");
    account.settings.abuse_contact_email = Some("abuse@client.example".to_owned());
    account.settings.enforce_twofactor = true;
    let role = account.roles.iter().next().expect("the catalog has roles").id.clone();
    for n in 0..6 {
        let mut member = Member::new(
            format!("member-{n}"),
            format!("member-{n}@client.example"),
            MemberStatus::Accepted,
        );
        member.roles.insert(role.clone());
        account.members.insert(member);
    }
    for n in 0..6 {
        let mut token = Token::new(
            format!("token-{n}"),
            format!("Token {n}"),
            format!("value-of-token-{n}"),
        );
        let resource = format!("com.cloudflare.api.account.{ACCOUNT}");
        let mut policy = TokenPolicy::allow(format!("policy-of-token-{n}"), [group.clone()]);
        policy.resources.insert(resource, "*".into());
        token.policies.push(policy);
        token.expires_on = "2030-01-01T00:00:00Z".parse().ok();
        token.not_before = "2025-01-01T00:00:00Z".parse().ok();
        let mut addresses = RequestIp::default();
        addresses.within.push("10.0.0.0/8".to_owned());
        addresses.not_in.push("10.1.0.0/16".to_owned());
        let mut condition = TokenCondition::default();
        condition.request_ip = Some(addresses);
        token.condition = Some(condition);
        account.tokens.insert(token);
    }
    let subscription = Subscription::new(
        "subscription-1",
        "pro",
        account_provisioning_emulator::cloudflare::Frequency::Monthly,
    );
    account.subscriptions.insert(subscription);
}
