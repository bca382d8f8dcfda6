//! Shared helpers of the integration tests.
#![allow(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a helper that can't set the stage fails the test that called it"
)]

pub mod cloudflare;
pub mod document;
pub mod listener;
pub mod log;
pub mod state;
pub mod wire;
pub mod wording;
pub mod world;

use account_provisioning::cloudinary::{Client, ClientBuilder};
use account_provisioning::time::{FixedJitter, ManualTime};
use account_provisioning_emulator::{Emulator, EmulatorBuilder};

/// An emulator, a client of its default account, and the time between the client's attempts.
#[derive(Debug)]
pub struct Stage {
    /// The server.
    pub emulator: Emulator,
    /// A client of the emulator's default account.
    pub client: Client,
    /// What the client's clock says and how long it slept; a sleep passes at once.
    pub time: ManualTime,
}

impl Stage {
    /// Starts an emulator as it comes.
    pub async fn start() -> Self {
        Self::with(Emulator::builder(), |client| client).await
    }

    /// Starts an emulator and a client with settings of the test's own.
    pub async fn with(emulator: EmulatorBuilder, configure: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Self {
        let emulator = emulator.start().await.expect("the emulator starts");
        let time = ManualTime::default();
        let client = configure(builder(&emulator, &time))
            .build()
            .expect("the client is well configured");
        emulator.clear_requests();
        Self { emulator, client, time }
    }
}

/// A client of the emulator's default account whose waits pass at once and are recorded in `time`.
pub fn builder(emulator: &Emulator, time: &ManualTime) -> ClientBuilder {
    Client::builder()
        .account_url(emulator.cloudinary().url())
        .base_url(emulator.cloudinary().base_url())
        .clock(time.clone())
        .sleep(time.clone())
        .jitter(FixedJitter(0.5))
}

/// The examples of the README compile.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
#[derive(Debug)]
pub struct Readme;

/// The examples of docs/migrating compile, and the programs among them run; tests run the functions.
#[cfg(doctest)]
pub mod migrating {
    #[doc = include_str!("../../docs/migrating/README.md")]
    #[derive(Debug)]
    pub struct Index;
    #[doc = include_str!("../../docs/migrating/cloudinary-account-provisioning.md")]
    #[derive(Debug)]
    pub struct CloudinaryAccountProvisioning;
    #[doc = include_str!("../../docs/migrating/cloudinary-provisioning.md")]
    #[derive(Debug)]
    pub struct CloudinaryProvisioning;
    #[doc = include_str!("../../docs/migrating/cloudflare.md")]
    #[derive(Debug)]
    pub struct Cloudflare;
    #[doc = include_str!("../../docs/migrating/cloudspot-license-api.md")]
    #[derive(Debug)]
    pub struct CloudspotLicenseApi;
    #[doc = include_str!("../../docs/migrating/curl-cloudflare.md")]
    #[derive(Debug)]
    pub struct CurlCloudflare;
    #[doc = include_str!("../../docs/migrating/curl-cloudinary.md")]
    #[derive(Debug)]
    pub struct CurlCloudinary;
    #[doc = include_str!("../../docs/migrating/curl-cloudspot.md")]
    #[derive(Debug)]
    pub struct CurlCloudspot;
    #[doc = include_str!("../../docs/migrating/terraform.md")]
    #[derive(Debug)]
    pub struct Terraform;
}

/// The examples of docs/guide compile and run.
#[cfg(doctest)]
pub mod guide {
    #[doc = include_str!("../../docs/guide/errors-and-retries.md")]
    #[derive(Debug)]
    pub struct ErrorsAndRetries;
    #[doc = include_str!("../../docs/guide/finding-and-creating.md")]
    #[derive(Debug)]
    pub struct FindingAndCreating;
    #[doc = include_str!("../../docs/guide/paging.md")]
    #[derive(Debug)]
    pub struct Paging;
    #[doc = include_str!("../../docs/guide/secrets.md")]
    #[derive(Debug)]
    pub struct Secrets;
    #[doc = include_str!("../../docs/guide/credentials.md")]
    #[derive(Debug)]
    pub struct Credentials;
    #[doc = include_str!("../../docs/guide/proxies-and-tls.md")]
    #[derive(Debug)]
    pub struct ProxiesAndTls;
    #[doc = include_str!("../../docs/guide/rate-limits.md")]
    #[derive(Debug)]
    pub struct RateLimits;
    #[doc = include_str!("../../docs/guide/observability.md")]
    #[derive(Debug)]
    pub struct Observability;
    #[doc = include_str!("../../docs/guide/testing.md")]
    #[derive(Debug)]
    pub struct Testing;
    #[doc = include_str!("../../docs/guide/several-accounts.md")]
    #[derive(Debug)]
    pub struct SeveralAccounts;
    #[doc = include_str!("../../docs/guide/blocking.md")]
    #[derive(Debug)]
    pub struct Blocking;
    #[doc = include_str!("../../docs/guide/any-request.md")]
    #[derive(Debug)]
    pub struct AnyRequest;
}

/// The programs of docs/cookbook compile and run. What the pages quote is compiled where it comes from.
#[cfg(doctest)]
pub mod cookbook {
    #[doc = include_str!("../../docs/cookbook/access-review.md")]
    #[derive(Debug)]
    pub struct AccessReview;
    #[doc = include_str!("../../docs/cookbook/add-a-permission.md")]
    #[derive(Debug)]
    pub struct AddAPermission;
    #[doc = include_str!("../../docs/cookbook/login-gate.md")]
    #[derive(Debug)]
    pub struct LoginGate;
}
