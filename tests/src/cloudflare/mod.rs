//! The stage of the tests of Cloudflare.

pub mod world;

use account_provisioning::cloudflare::{AccountHandle, Client, ClientBuilder};
use account_provisioning::time::{FixedJitter, ManualTime};
use account_provisioning_emulator::{Emulator, EmulatorBuilder, Quirk, RecordedRequest};

use crate::document::Document;
use crate::wire::Staged;

/// An emulator, a client of its first Cloudflare account, and the time between the client's attempts.
#[derive(Debug)]
pub struct Stage {
    /// The server.
    pub emulator: Emulator,
    /// A client that signs in with a token of the emulator's first account.
    pub client: Client,
    /// What the client's clock says and how long it slept; a sleep passes at once.
    pub time: ManualTime,
}

impl Stage {
    /// Starts an emulator with the [`world`].
    pub async fn start() -> Self {
        Self::with(world::emulator(), |client| client).await
    }

    /// Starts an emulator and a client with settings of the test's own.
    pub async fn with(emulator: EmulatorBuilder, configure: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Self {
        let emulator = emulator.start().await.expect("the emulator starts");
        let time = ManualTime::at(emulator.now());
        let client = builder(&emulator, &time).api_token(emulator.cloudflare().api_token());
        let client = configure(client).build().expect("the client is well configured");
        emulator.clear_requests();
        Self { emulator, client, time }
    }

    /// The first account.
    pub fn account(&self) -> AccountHandle {
        self.client.account(self.emulator.cloudflare().account_id())
    }

    /// The same emulator through a client that signs in as the user who administers the tenant.
    pub fn as_user(&self) -> Client {
        let user = self.emulator.cloudflare();
        let builder = builder(&self.emulator, &self.time).api_token(user.user_api_token());
        builder.build().expect("the client is well configured")
    }
}

/// A client of the emulator, whose waits pass at once and are recorded in `time`; how it signs in is still to be said.
pub fn builder(emulator: &Emulator, time: &ManualTime) -> ClientBuilder {
    Client::builder()
        .base_url(emulator.cloudflare().base_url())
        .clock(time.clone())
        .sleep(time.clone())
        .jitter(FixedJitter(0.5))
}

impl Staged for Stage {
    const DOCUMENT: Document = Document::Cloudflare;
    /// Pages are always named, and so is the end of a period.
    const ALWAYS_SENT: &'static [(&'static str, &'static str)] = &[
        ("listAccounts", "page"),
        ("listAccounts", "per_page"),
        ("listMembers", "page"),
        ("listMembers", "per_page"),
        ("listRoles", "page"),
        ("listRoles", "per_page"),
        ("listTokens", "page"),
        ("listTokens", "per_page"),
        ("listUserTokens", "page"),
        ("listUserTokens", "per_page"),
        ("listMemberPermissionGroups", "page"),
        ("listMemberPermissionGroups", "per_page"),
        ("listResourceGroups", "page"),
        ("listResourceGroups", "per_page"),
        ("listUserGroups", "page"),
        ("listUserGroups", "per_page"),
        ("listUserGroupMembers", "page"),
        ("listUserGroupMembers", "per_page"),
        ("listMemberships", "page"),
        ("listMemberships", "per_page"),
        ("listAuditLogs", "limit"),
        ("listAuditHistory", "limit"),
        // Without a subscription, the request says nothing.
        ("cancelSubscriptionDowngrades", "subscription_ids"),
    ];
    const BEYOND: &'static [(&'static str, &'static str, Option<Quirk>)] = &[];
    /// The service decides who manages an account.
    const NEVER_SENT: &'static [(&'static str, &'static str)] = &[("updateAccount", "managed_by")];

    fn emulator(&self) -> &Emulator {
        &self.emulator
    }

    /// Of the operations on accounts and those of the user, the target is the whole path.
    fn path(target: &str) -> String {
        let first = target.split(['/', '?']).nth(1);
        if first.is_some_and(|first| ["accounts", "memberships", "user"].contains(&first)) {
            return format!("/client/v4{target}");
        }
        format!("/client/v4/accounts/{}{target}", world::ACCOUNT)
    }

    fn assert_common(request: &RecordedRequest) {
        assert_eq!(request.header("api-version"), None, "{request:?}");
        assert_eq!(
            request.header("authorization"),
            Some("Bearer [redacted]"),
            "{request:?}"
        );
        for other in ["x-auth-key", "x-auth-email", "x-auth-user-service-key"] {
            assert_eq!(request.header(other), None, "{request:?}");
        }
        assert!(request.authenticated, "{request:?}");
        assert_eq!(request.header("accept"), Some("application/json"), "{request:?}");
        let agent = request.header("user-agent").unwrap_or_default();
        assert!(
            agent.starts_with("account-provisioning/") && agent.contains("(rust; "),
            "{agent}"
        );
        assert!(
            request.coerced.is_empty(),
            "{request:?} is not in the document's own form"
        );
    }
}
