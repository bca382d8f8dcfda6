//! Requests that are sent and replies that are read, for each construct of the document.
#![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

use account_provisioning_core::{BaseUrl, Credentials, PlainHttpHosts, Request, Response, Transport};
use generated_tests::{OPERATIONS, requests, types};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// Sends a request to a server that answers with `body`, and returns the reply with the request as it came.
async fn exchange<R: Request>(request: R, body: &str) -> (Response<R::Reply>, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let reply = format!(
        "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let transport = Transport::builder()
        .credentials(Credentials::basic("key", "canary".into()).unwrap())
        .build(
            BaseUrl::parse(&base, &PlainHttpHosts::none()).unwrap(),
            reqwest::Client::builder,
        )
        .unwrap();
    let server = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut received = Vec::new();
        while !is_complete(&received) {
            assert_ne!(
                stream.read_buf(&mut received).await.unwrap(),
                0,
                "the request ends early"
            );
        }
        stream.write_all(reply.as_bytes()).await.unwrap();
        String::from_utf8(received).unwrap()
    };
    let (reply, received) = tokio::join!(transport.send(&request), server);
    (reply.unwrap(), received)
}

fn is_complete(received: &[u8]) -> bool {
    let text = String::from_utf8_lossy(received);
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    body.len() >= header(head, "content-length").map_or(0, |length| length.parse().unwrap())
}

fn header(request: &str, name: &str) -> Option<String> {
    let head = request.split("\r\n\r\n").next()?;
    let mut headers = head.lines().filter_map(|line| line.split_once(": "));
    headers
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.to_owned())
}

fn target(request: &str) -> &str {
    request.split(' ').nth(1).unwrap()
}

fn body(request: &str) -> &str {
    request.split_once("\r\n\r\n").unwrap().1
}

const PARCEL: &str = r#"{"id":"p"}"#;

/// The error of a request that is not sent.
fn refusal<R: Request>(request: &R) -> String {
    let base = BaseUrl::parse("http://127.0.0.1", &PlainHttpHosts::none()).unwrap();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let error = request.build(&base, &client).unwrap_err();
    account_provisioning_core::Error::from(error).to_string()
}

#[tokio::test]
async fn optional_body_is_absent_empty_or_full() {
    let mut change = requests::ChangeParcel::new("p".to_owned());
    let (_, absent) = exchange(change.clone(), PARCEL).await;
    assert_eq!((body(&absent), header(&absent, "content-type")), ("", None));
    change.body = Some(types::Change::default());
    let (_, empty) = exchange(change.clone(), PARCEL).await;
    assert_eq!(
        (body(&empty), header(&empty, "content-type").as_deref()),
        ("{}", Some("application/json"))
    );
    change.body = Some(types::Change {
        note: Some("fragile".to_owned()),
    });
    let (_, full) = exchange(change, PARCEL).await;
    assert_eq!(body(&full), r#"{"note":"fragile"}"#);
}

#[tokio::test]
async fn body_of_another_kind_of_json_says_so_and_only_if_it_is_sent() {
    let mut merge = requests::MergeParcel::new("p".to_owned());
    let (reply, absent) = exchange(merge.clone(), PARCEL).await;
    assert_eq!((reply.id.as_str(), header(&absent, "content-type")), ("p", None));
    merge.body = Some(types::Change {
        note: Some("a".to_owned()),
    });
    let (_, sent) = exchange(merge, PARCEL).await;
    assert_eq!(
        header(&sent, "content-type").as_deref(),
        Some("application/merge-patch+json")
    );
    assert_eq!(body(&sent), r#"{"note":"a"}"#);
}

#[tokio::test]
async fn optional_form_is_sent_as_a_form() {
    let mut sign_in = requests::SignIn::new();
    let (_, absent) = exchange(sign_in.clone(), "").await;
    assert_eq!((body(&absent), header(&absent, "content-type")), ("", None));
    sign_in.body = Some(types::SignIn {
        name: "a&b".to_owned(),
        pin: Some("canary".into()),
    });
    let (_, sent) = exchange(sign_in, "").await;
    assert_eq!(
        header(&sent, "content-type").as_deref(),
        Some("application/x-www-form-urlencoded")
    );
    assert_eq!(body(&sent), "name=a%26b&pin=canary");
}

#[tokio::test]
async fn name_in_path_and_query_is_sent_in_both() {
    let mut change = requests::ChangeParcel::new("p".to_owned());
    change.id_query = Some("q".to_owned());
    let (_, sent) = exchange(change, PARCEL).await;
    assert_eq!(target(&sent), "/parcels/p?id=q");
}

#[tokio::test]
async fn lists_are_joined_where_the_document_says_so() {
    let mut list = requests::ListParcels::new();
    list.tags = Some(vec!["a".to_owned(), "b c".to_owned()]);
    list.depots = Some(vec![1, 2]);
    list.each = Some(vec!["x".to_owned(), "y".to_owned()]);
    list.x_zones = Some(vec!["n".to_owned(), "s".to_owned()]);
    let (_, sent) = exchange(list.clone(), "[]").await;
    assert_eq!(target(&sent), "/parcels?depots=1%7C2&each=x&each=y&tags=a%2Cb+c");
    assert_eq!(header(&sent, "x-zones").as_deref(), Some("n,s"));
    list = requests::ListParcels::new();
    list.tags = Some(vec![]);
    let (_, sent) = exchange(list.clone(), "[]").await;
    assert_eq!(target(&sent), "/parcels");
    list.tags = Some(vec!["a,b".to_owned()]);
    assert!(
        refusal(&list).contains("an item of `tags` contains `,`"),
        "{}",
        refusal(&list)
    );
    let (_, sent) = exchange(requests::GetRoute::new(vec!["a".to_owned(), "b".to_owned()]), "\"x\"").await;
    assert_eq!(target(&sent), "/routes/a,b");
    assert!(refusal(&requests::GetRoute::new(vec![])).contains("ids"));
    assert!(refusal(&requests::GetRoute::new(vec!["..".to_owned()])).contains("ids"));
}

#[tokio::test]
async fn values_of_signs_and_numbers_are_sent_as_they_are() {
    for (sort, sent_as) in [
        (types::Sort::Weight, "weight"),
        (types::Sort::MinusWeight, "-weight"),
        (types::Sort::PlusWeight, "%2Bweight"),
        (types::Sort::Empty, ""),
        (types::Sort::from("new"), "new"),
    ] {
        let mut list = requests::ListParcels::new();
        list.sort = Some(sort);
        list.size = Some(5);
        list.url = Some("http://a".to_owned());
        let (_, sent) = exchange(list, "[]").await;
        assert_eq!(
            target(&sent),
            format!("/parcels?size=5&sort={sent_as}&url=http%3A%2F%2Fa")
        );
        assert_eq!(header(&sent, "accept").as_deref(), Some("application/json"));
    }
    assert_eq!(types::Sort::from(""), types::Sort::Empty);
}

#[tokio::test]
async fn alternatives_are_told_apart_and_a_reply_may_be_missing() {
    let street = types::SendParcelRequestStreet {
        floor: Some(2),
        street: "Elm".to_owned(),
    };
    let (reply, sent) = exchange(requests::SendParcel::new(street.into()), "").await;
    assert!(reply.body.is_empty() && reply.is_none(), "a success without a body");
    assert_eq!(body(&sent), r#"{"floor":2,"street":"Elm"}"#);
    let locker = types::SendParcelRequestLocker { locker: "7".to_owned() };
    let (reply, sent) = exchange(requests::SendParcel::new(locker.into()), PARCEL).await;
    assert_eq!(reply.as_ref().unwrap().id, "p");
    assert_eq!(body(&sent), r#"{"locker":"7"}"#);
}

#[tokio::test]
async fn reply_with_every_alternative_loses_no_value() {
    let sent = json!([
        { "id": "a", "seal": { "by": 7 }, "priority": 9, "fragile": true, "place": { "depot": "x" },
          "payer": { "kind": "person", "name": "Ann", "age": 40 }, "contact": "ann@example.com", "note": "none" },
        { "id": "b", "place": { "van": 3 }, "payer": { "kind": "company", "name": "Co", "vat": "1" },
          "contact": { "name": "Bob", "fax": 1 }, "note": null },
        { "id": "c", "payer": { "kind": "club", "name": "C" }, "contact": [1, { "a": null }] },
    ]);
    let (reply, _) = exchange(requests::ListParcels::new(), &sent.to_string()).await;
    let mut back = serde_json::to_value(&*reply).unwrap();
    assert_eq!(reply[0].seal, Some(json!({ "by": 7 })));
    assert_eq!(reply[1].payer.as_ref().unwrap().vat.as_deref(), Some("1"));
    assert_eq!(reply[2].payer.as_ref().unwrap().kind.as_ref().unwrap().as_str(), "club");
    // Null and absence are the same in a reply.
    back[1]["note"] = json!(null);
    assert_eq!(back, sent);
}

#[tokio::test]
async fn reply_that_is_one_of_several_forms_is_kept_as_json() {
    for form in [r#""a-b""#, r#"["a","b"]"#] {
        let (reply, _) = exchange(requests::GetRoute::new(vec!["a".to_owned()]), form).await;
        assert_eq!(serde_json::to_string(&*reply).unwrap(), form);
    }
}

#[test]
fn every_operation_of_the_document_is_generated() {
    assert_eq!(OPERATIONS.len(), 6);
}
