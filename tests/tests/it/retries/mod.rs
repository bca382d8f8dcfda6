//! When a call is sent again, how long it waits, and what it says when it gives up.

mod budget;
mod deadline;
mod lost_replies;
mod never_sent;
mod options;
mod table;
mod waits;

use std::time::Duration;

use account_provisioning::cloudinary::Client;
use account_provisioning::time::{Clock as _, ManualTime};
use account_provisioning::{Call, Error, Operation, ResponseMeta, RetryPolicy};
use account_provisioning_emulator::{EmulatorBuilder, Fault};
use integration_tests::{Stage, state};

/// One call for each method that the API has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verb {
    Get,
    Put,
    Delete,
    Post,
}

impl Verb {
    const ALL: [Self; 4] = [Self::Get, Self::Put, Self::Delete, Self::Post];
    /// All but the deletion, whose second attempt finds nothing: an answer of its own.
    const LASTING: [Self; 3] = [Self::Get, Self::Put, Self::Post];
    const IDEMPOTENT: [Self; 3] = [Self::Get, Self::Put, Self::Delete];

    fn operation(self) -> &'static str {
        match self {
            Self::Get => "getUser",
            Self::Put => "updateUser",
            Self::Delete => "deleteUser",
            Self::Post => "createUser",
        }
    }

    async fn send(self, client: &Client) -> Result<ResponseMeta, Error> {
        self.send_with(client, Options::default()).await
    }

    async fn send_with(self, client: &Client, options: Options) -> Result<ResponseMeta, Error> {
        let (users, id) = (client.users(), state::user_id(0));
        match self {
            Self::Get => options.send(users.get(id)).await,
            Self::Put => options.send(users.update(id).name("Ann")).await,
            Self::Delete => options.send(users.delete(id)).await,
            Self::Post => options.send(users.create("Bob", "bob@client.example")).await,
        }
    }
}

/// What one call sets for itself.
#[derive(Clone, Copy, Debug, Default)]
struct Options {
    timeout: Option<Duration>,
    attempt_timeout: Option<Duration>,
    retry: Option<RetryPolicy>,
}

impl Options {
    fn timeout(limit: Duration) -> Self {
        Self {
            timeout: Some(limit),
            ..Self::default()
        }
    }

    fn attempt_timeout(limit: Duration) -> Self {
        Self {
            attempt_timeout: Some(limit),
            ..Self::default()
        }
    }

    fn retry(policy: RetryPolicy) -> Self {
        Self {
            retry: Some(policy),
            ..Self::default()
        }
    }

    async fn send<O: Operation>(self, mut call: Call<O>) -> Result<ResponseMeta, Error> {
        if let Some(limit) = self.timeout {
            call = call.timeout(limit);
        }
        if let Some(limit) = self.attempt_timeout {
            call = call.attempt_timeout(limit);
        }
        if let Some(policy) = self.retry {
            call = call.retry(policy);
        }
        call.response().await.map(|response| response.meta)
    }
}

/// A stage with one user, which [`Verb`] reads, changes and deletes.
fn one_user() -> EmulatorBuilder {
    // Both clocks show the same time: waits are measured against the service's.
    state::with_users(1).clock(ManualTime::default().now())
}

/// A stage with one user and a fault.
async fn stage_with(fault: Fault) -> Stage {
    let stage = Stage::with(one_user(), |client| client).await;
    stage.emulator.inject(fault);
    stage
}

/// How often an operation was sent, by the server's count.
fn sent(stage: &Stage, verb: Verb) -> usize {
    stage.emulator.requests_for(verb.operation()).len()
}

fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}
