//! Requests of the generated client go through the runtime, and what it learns comes back.

use std::net::SocketAddr;
use std::sync::Arc;

use account_provisioning_api::cloudinary::{Client, Error, types};
use account_provisioning_core::{CallOptions, CallState, Credentials, Transport};

use crate::server::serve_once;

fn client(address: SocketAddr) -> Client {
    let transport = Transport::builder()
        .credentials(Credentials::basic("key", "canary".into()).unwrap())
        .build();
    Client::new_with_client(&format!("http://{address}"), reqwest::Client::new(), transport)
}

#[tokio::test]
async fn method_sends_what_its_arguments_say_with_credentials_and_without_the_document_version() {
    let (address, server) = serve_once("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{\"id\":\"u\"}");
    let body = types::UpdateUserRequest {
        sub_account_ids: Some(vec![]),
        ..Default::default()
    };
    let user = client(address).update_user("ACC", "u::1", &body).await.unwrap();
    assert_eq!(user.id, "u");
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
    let ids = vec!["a".to_owned(), "b&c".to_owned()];
    let from = "2024-02-29".parse().unwrap();
    let page = client(address)
        .get_users(
            "ACC",
            None,
            Some(&from),
            Some(&ids),
            Some(true),
            Some(2),
            Some(50),
            None,
            Some("é"),
            Some(types::UserSortBy::CreatedAt),
            Some(types::SortOrder::Unknown("random".to_owned())),
            None,
            None,
            None,
        )
        .await
        .unwrap();
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
async fn refusal_is_one_line_here_and_typed_in_the_call() {
    let (address, server) =
        serve_once("HTTP/1.1 404 Not Found\r\ncontent-length: 31\r\n\r\n{\"error\":{\"message\":\"no user\"}}\n");
    let call = Arc::new(CallState::new(CallOptions::default()));
    let outcome = client(address).for_call(Arc::clone(&call)).get_user("ACC", "u").await;
    server.join().unwrap();
    let Err(Error::Custom(line)) = &outcome else {
        panic!("a refusal is a custom error: {outcome:?}");
    };
    assert!(!line.contains('\n') && !line.contains("canary"), "{line}");
    let error = call.finish::<types::User>(Err(line.clone())).unwrap_err();
    assert!(error.is_not_found(), "{error}");
}

#[tokio::test]
async fn success_that_cannot_be_read_names_its_place_and_shows_no_value() {
    let (address, server) =
        serve_once("HTTP/1.1 200 OK\r\ncontent-length: 37\r\n\r\n{\"api_key\":1,\"api_secret\":\"canary-7\"}\n");
    let outcome = client(address)
        .generate_access_key("ACC", "env", &types::GenerateAccessKeyRequest::default())
        .await;
    server.join().unwrap();
    let shown = format!("{outcome:?}");
    assert!(shown.contains("$.api_key"), "{shown}");
    assert!(!shown.contains("canary"), "{shown}");
}
