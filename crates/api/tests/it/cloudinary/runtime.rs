//! Requests go through the runtime, and what it learns comes back.

use std::net::SocketAddr;

use account_provisioning_api::cloudinary::ids::{AccountId, ProductEnvironmentId, UserId};
use account_provisioning_api::cloudinary::{requests, types};
use account_provisioning_core::{Credentials, Transport};

use crate::server::{serve_once, transport};

fn low(address: SocketAddr) -> Transport {
    transport(address, "", Credentials::basic("key", "canary".into()).unwrap())
}

fn account() -> AccountId {
    AccountId::new("ACC").unwrap()
}

#[tokio::test]
async fn request_sends_what_its_fields_say_with_credentials_and_without_the_document_version() {
    let (address, server) = serve_once("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{\"id\":\"u\"}");
    let body = types::UpdateUserRequest {
        sub_account_ids: Some(vec![]),
        ..Default::default()
    };
    let request = requests::UpdateUser::new(account(), UserId::new("u::1").unwrap(), body);
    let user = low(address).send(&request).await.unwrap();
    assert_eq!(user.id, "u");
    assert_eq!(&user.body[..], b"{\"id\":\"u\"}");
    let request = server.join().unwrap();
    assert!(
        request.starts_with("PUT /v1_1/provisioning/accounts/ACC/users/u::1 HTTP/1.1\r\n"),
        "{request}"
    );
    assert!(request.ends_with("\r\n\r\n{\"sub_account_ids\":[]}"), "{request}");
    let head = request.to_ascii_lowercase();
    assert!(head.contains("\r\nauthorization: basic "), "{request}");
    assert!(!head.contains("api-version"), "{request}");
}

#[tokio::test]
async fn query_arrays_enums_and_dates_are_written_as_the_document_says() {
    let (address, server) = serve_once("HTTP/1.1 200 OK\r\ncontent-length: 14\r\n\r\n{\"users\":null}");
    let mut request = requests::GetUsers::new(account());
    request.from = Some("2024-02-29".parse().unwrap());
    request.ids = Some(["a", "b&c"].map(|id| UserId::new(id).unwrap()).into());
    request.last_login = Some(true);
    request.page = Some(2);
    request.page_size = Some(50);
    request.prefix = Some("é".to_owned());
    request.sort_by = Some(types::UserSortBy::CreatedAt);
    request.sort_order = Some(types::SortOrder::Unknown("random".to_owned()));
    let page = low(address).send(&request).await.unwrap();
    assert!(page.users.is_empty());
    let request = server.join().unwrap();
    let target = request.split(' ').nth(1).unwrap();
    assert_eq!(
        target,
        "/v1_1/provisioning/accounts/ACC/users?from=2024-02-29&ids=a&ids=b%26c&last_login=true&page=2&page_size=50\
         &prefix=%C3%A9&sort_by=created_at&sort_order=random"
    );
}

#[tokio::test]
async fn refusal_is_a_typed_error_of_one_line() {
    let (address, server) =
        serve_once("HTTP/1.1 404 Not Found\r\ncontent-length: 31\r\n\r\n{\"error\":{\"message\":\"no user\"}}\n");
    let request = requests::GetUser::new(account(), UserId::new("u").unwrap());
    let error = low(address).send(&request).await.unwrap_err();
    server.join().unwrap();
    let line = error.to_string();
    assert!(!line.contains('\n') && !line.contains("canary"), "{line}");
    assert!(error.is_not_found(), "{error}");
    assert_eq!((error.operation(), error.attempts().count()), (Some("getUser"), 1));
}

#[tokio::test]
async fn success_that_cannot_be_read_names_its_place_and_shows_no_value() {
    let (address, server) =
        serve_once("HTTP/1.1 200 OK\r\ncontent-length: 37\r\n\r\n{\"api_key\":1,\"api_secret\":\"canary-7\"}\n");
    let environment = ProductEnvironmentId::new("env").unwrap();
    let request = requests::GenerateAccessKey::new(account(), environment, types::GenerateAccessKeyRequest::default());
    let outcome = low(address).send(&request).await;
    server.join().unwrap();
    let shown = format!("{outcome:?}");
    assert!(shown.contains("$.api_key"), "{shown}");
    assert!(!shown.contains("canary"), "{shown}");
}

#[tokio::test]
async fn id_of_a_response_that_cannot_be_part_of_a_path_is_read_and_refused_when_it_is_sent() {
    for odd in ["..", "", "a/b", "a?b", "%2e%2e"] {
        let body = serde_json::json!({ "id": odd }).to_string();
        let reply = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len());
        let (address, server) = serve_once(reply);
        let low = low(address);
        let request = requests::GetUser::new(account(), UserId::new("u").unwrap());
        let user = low.send(&request).await.unwrap().into_value();
        server.join().unwrap();
        assert_eq!(user.id, odd);
        // The server is gone: an attempt to send would be a connection error.
        let error = low
            .send(&requests::DeleteUser::new(account(), user.id))
            .await
            .unwrap_err();
        assert!(error.is_invalid_input(), "{odd:?}: {error}");
        assert!(error.to_string().contains("user id"), "{error}");
        assert_eq!(error.attempts().count(), 0);
    }
}
