//! Both sides send the same bytes, and read the same values.
#![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use bench::raw::Raw;
use bench::replies::{MEMBERS_PER_PAGE, Replies, USERS, account_with_members};
use bench::sdk;
use bench::workload::{Run, Side, Workload};
use serde::Serialize;
use serde_json::Value;

/// A server that answers each request with the same body, and the requests that it received.
fn recorder(body: &[u8]) -> (String, Receiver<String>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (sender, receiver) = channel();
    let mut response = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    )
    .into_bytes();
    response.extend_from_slice(body);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let (sender, response) = (sender.clone(), response.clone());
            thread::spawn(move || record(stream.unwrap(), &sender, &response));
        }
    });
    (url, receiver)
}

/// Records the requests of one connection, which have no bodies.
fn record(mut stream: TcpStream, sender: &Sender<String>, response: &[u8]) {
    let (mut received, mut buffer) = (Vec::new(), [0; 4096]);
    while let Ok(read @ 1..) = stream.read(&mut buffer) {
        received.extend_from_slice(&buffer[..read]);
        if received.ends_with(b"\r\n\r\n") {
            let request = String::from_utf8(std::mem::take(&mut received)).unwrap();
            if sender.send(request).is_err() || stream.write_all(response).is_err() {
                return;
            }
        }
    }
}

#[tokio::test]
async fn requests_of_both_sides_are_the_same_bytes() {
    let replies = Replies::new().unwrap();
    let members = replies.members(MEMBERS_PER_PAGE, 1, MEMBERS_PER_PAGE);
    for (workload, reply) in [
        (Workload::Get, replies.user(42)),
        (Workload::Tasks, replies.user(42)),
        (Workload::Users, replies.users(1)),
        (Workload::Members, members.clone()),
        (Workload::MembersStream, members.clone()),
        (Workload::MembersOneByOne, members),
    ] {
        let count = if workload == Workload::Tasks { 64 } else { 1 };
        let (url, requests) = recorder(&reply);
        let mut sent = Vec::new();
        for side in [Side::Raw, Side::Sdk] {
            let run = Run::new(workload, side, &url).unwrap();
            let read = run.calls(count).await.unwrap();
            sent.push((read, requests.try_iter().collect::<Vec<_>>()));
        }
        assert_eq!(sent[0].1.len(), count, "{workload:?}");
        assert_eq!(sent[0], sent[1], "{workload:?}");
    }
}

/// A model as JSON, without what is null or empty: models leave it out or not.
fn json(model: &impl Serialize) -> Value {
    fn trimmed(value: Value) -> Option<Value> {
        match value {
            Value::Null => None,
            Value::Array(items) if items.is_empty() => None,
            Value::Object(fields) => {
                let fields = fields
                    .into_iter()
                    .filter_map(|(key, value)| Some((key, trimmed(value)?)));
                Some(Value::Object(fields.collect()))
                    .filter(|object| object.as_object().is_some_and(|it| !it.is_empty()))
            }
            Value::Array(items) => Some(items.into_iter().filter_map(trimmed).collect()),
            one => Some(one),
        }
    }
    trimmed(serde_json::to_value(model).unwrap()).unwrap()
}

#[tokio::test]
async fn values_of_both_sides_are_the_same_and_those_of_the_reply() {
    let replies = Replies::new().unwrap();
    let users = replies.users(1);
    let (url, _requests) = recorder(&users);
    let raw = json(&Raw::new(url.clone(), "Basic").unwrap().users().await.unwrap());
    let sdk = json(&sdk::cloudinary(&url).unwrap().users().list().await.unwrap().items);
    assert_eq!(raw.as_array().unwrap().len(), USERS);
    assert_eq!(raw, sdk);
    let sent: Value = serde_json::from_slice(&users).unwrap();
    assert_eq!(sent["users"], raw);

    let members = replies.members(200, 2, MEMBERS_PER_PAGE);
    let (url, _requests) = recorder(&members);
    let account = account_with_members(200);
    let raw = json(
        &Raw::new(url.clone(), "Bearer")
            .unwrap()
            .members(&account, 2)
            .await
            .unwrap()
            .result,
    );
    let client = sdk::cloudflare(&url).unwrap();
    let sdk = json(&client.account(&account).members().list().page(2).await.unwrap().items);
    assert_eq!(raw.as_array().unwrap().len(), MEMBERS_PER_PAGE);
    assert_eq!(raw, sdk);
    let sent: Value = serde_json::from_slice(&members).unwrap();
    assert_eq!(json(&sent["result"]), raw);
}
