//! What is measured: each workload once by hand, and once with the client.

use account_provisioning::{cloudflare, cloudinary};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use clap::ValueEnum;
use futures::TryStreamExt as _;
use serde::{Deserialize, Serialize};

use crate::raw::Raw;
use crate::replies::{MEMBERS_PER_PAGE, account_with_members};
use crate::{KEY, Result, SECRET, TOKEN, sdk};

/// The user who is fetched.
const USER: &str = "0a1b2c3d4e5f60718293a4b5c0000042";

/// A workload.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[allow(clippy::exhaustive_enums, reason = "only this package uses it")]
pub enum Workload {
    /// One user of Cloudinary, call after call.
    Get,
    /// A list of 100 users of Cloudinary, call after call.
    Users,
    /// A page of 50 members of an account of Cloudflare, call after call.
    Members,
    /// A list of members of Cloudflare, read to its end, 50 a page; counted by the page.
    MembersStream,
    /// The same as `members-stream`, without fetching ahead.
    MembersOneByOne,
    /// One user of Cloudinary, by several tasks at a time.
    Tasks,
}

impl Workload {
    /// Whether Cloudflare's client does it, and not Cloudinary's.
    fn is_of_cloudflare(self) -> bool {
        matches!(self, Self::Members | Self::MembersStream | Self::MembersOneByOne)
    }
}

/// Who does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[allow(clippy::exhaustive_enums, reason = "only this package uses it")]
pub enum Side {
    /// reqwest and serde.
    Raw,
    /// The client.
    Sdk,
}

impl Side {
    /// Its name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Raw => "raw",
            Self::Sdk => "sdk",
        }
    }
}

/// What the program `workload` prints.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub struct Figures {
    /// How many calls were made.
    pub calls: usize,
    /// How many items were read.
    pub items: usize,
    /// How much time passed, in seconds.
    pub seconds: f64,
    /// How much time of the processor the process took, in seconds.
    pub cpu: f64,
}

/// A client of one service, which keeps its connections.
#[derive(Clone, Debug)]
enum Client {
    Raw(Raw),
    Cloudinary(cloudinary::Client),
    Cloudflare(cloudflare::Client),
}

/// A workload that is ready to run.
#[derive(Clone, Debug)]
pub struct Run {
    workload: Workload,
    client: Client,
    tasks: usize,
}

impl Run {
    /// Makes the client of one side. Nothing is sent.
    ///
    /// # Errors
    /// The client can't be made.
    pub fn new(workload: Workload, side: Side, url: &str) -> Result<Self> {
        let client = match (side, workload.is_of_cloudflare()) {
            (Side::Raw, false) => {
                let pair = STANDARD.encode(format!("{KEY}:{SECRET}"));
                Client::Raw(Raw::new(url.to_owned(), &format!("Basic {pair}"))?)
            }
            (Side::Raw, true) => Client::Raw(Raw::new(url.to_owned(), &format!("Bearer {TOKEN}"))?),
            (Side::Sdk, false) => Client::Cloudinary(sdk::cloudinary(url)?),
            (Side::Sdk, true) => Client::Cloudflare(sdk::cloudflare(url)?),
        };
        let tasks = 64;
        Ok(Self {
            workload,
            client,
            tasks,
        })
    }

    /// Sets how many tasks share the calls of [`Workload::Tasks`]. Defaults to 64.
    #[must_use]
    pub fn tasks_at_a_time(self, tasks: usize) -> Self {
        Self { tasks, ..self }
    }

    /// Does the workload so many times, and returns how many items were read.
    ///
    /// # Errors
    /// A call fails.
    pub async fn calls(&self, count: usize) -> Result<usize> {
        match self.workload {
            Workload::Get => self.gets(count).await,
            Workload::Tasks => self.tasks(count).await,
            Workload::Users => self.users(count).await,
            Workload::Members => self.members(count).await,
            Workload::MembersStream => self.stream(count, None).await,
            Workload::MembersOneByOne => self.stream(count, Some(0)).await,
        }
    }

    async fn gets(&self, count: usize) -> Result<usize> {
        for _ in 0..count {
            match &self.client {
                Client::Raw(client) => drop(client.user(USER).await?),
                Client::Cloudinary(client) => drop(client.users().get(USER).await?),
                Client::Cloudflare(_) => return Err(other_service()),
            }
        }
        Ok(count)
    }

    async fn tasks(&self, count: usize) -> Result<usize> {
        let tasks = (0..self.tasks).map(|_| {
            let (run, calls) = (self.clone(), count / self.tasks);
            tokio::spawn(async move { run.gets(calls).await })
        });
        let mut read = 0;
        for task in tasks.collect::<Vec<_>>() {
            read += task.await??;
        }
        Ok(read)
    }

    async fn users(&self, count: usize) -> Result<usize> {
        let mut read = 0;
        for _ in 0..count {
            read += match &self.client {
                Client::Raw(client) => client.users().await?.len(),
                Client::Cloudinary(client) => client.users().list().await?.items.len(),
                Client::Cloudflare(_) => return Err(other_service()),
            };
        }
        Ok(read)
    }

    async fn members(&self, count: usize) -> Result<usize> {
        let id = account_with_members(1000);
        let mut read = 0;
        for _ in 0..count {
            read += match &self.client {
                Client::Raw(client) => client.members(&id, 1).await?.result.len(),
                Client::Cloudflare(client) => client.account(&id).members().list().await?.items.len(),
                Client::Cloudinary(_) => return Err(other_service()),
            };
        }
        Ok(read)
    }

    /// Reads a list of so many pages to its end.
    async fn stream(&self, pages: usize, ahead: Option<usize>) -> Result<usize> {
        let id = account_with_members(pages * MEMBERS_PER_PAGE);
        match &self.client {
            Client::Raw(client) => client.all_members(&id).await,
            Client::Cloudflare(client) => {
                let list = client.account(&id).members().list();
                let mut members = match ahead {
                    None => list.stream(),
                    Some(pages) => list.stream_ahead(pages),
                };
                let mut read = 0;
                while members.try_next().await?.is_some() {
                    read += 1;
                }
                Ok(read)
            }
            Client::Cloudinary(_) => Err(other_service()),
        }
    }
}

/// A client of one service was given a workload of the other.
fn other_service() -> Box<dyn std::error::Error + Send + Sync> {
    "this workload is of the other service".into()
}
