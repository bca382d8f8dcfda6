//! What an error says is true: whether the request was sent, who answered, and what became of the change.

mod compressed;
mod connection;
mod foreign;

use account_provisioning::cloudinary::{Client, ClientBuilder};
use account_provisioning::{Error, RetryPolicy};

/// A client for a server that is no emulator.
fn client(base_url: &str) -> ClientBuilder {
    Client::builder()
        .account_url("account://key:canary-secret@Acc-1")
        .base_url(base_url)
        .retry(RetryPolicy::never())
}

/// Sends a change.
async fn create(client: &Client) -> Result<(), Error> {
    client.users().create("A", "a@x.example").await.map(drop)
}
