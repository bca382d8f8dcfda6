//! Redirects are not followed, so that credentials never travel with them.

use account_provisioning::cloudinary::{Client, ClientBuilder};
use account_provisioning::{Error, ErrorKind, RetryPolicy};
use integration_tests::listener::Listener;

fn client(server: &Listener, configure: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Client {
    let builder = Client::builder()
        .account_url("account://key:hunter2@Acc-1")
        .base_url(format!("http://{}", server.address))
        .retry(RetryPolicy::never());
    configure(builder).build().unwrap()
}

#[track_caller]
fn assert_redirect(problem: &Error, status: u16) {
    assert_eq!(problem.status().map(|status| status.as_u16()), Some(status));
    assert_eq!((problem.kind(), problem.attempts().count()), (ErrorKind::Foreign, 1));
    assert!(problem.to_string().contains("redirects are not followed"), "{problem}");
    assert!(problem.is_foreign(), "{problem:?}");
}

#[tokio::test]
async fn redirects_to_another_host_are_errors_and_nothing_connects_there() {
    let elsewhere = Listener::answering("HTTP/1.1 200 OK");
    for status in [301, 302, 303, 307, 308] {
        let location = format!("http://{}/v1_1/provisioning/accounts/Acc-1/users", elsewhere.address);
        let server = Listener::answering(format!("HTTP/1.1 {status} Redirect\r\nlocation: {location}"));
        let client = client(&server, |client| client);
        assert_redirect(&client.users().list().await.unwrap_err(), status);
        assert_redirect(&client.users().create("A", "a@x.example").await.unwrap_err(), status);
        assert_redirect(&client.users().delete("user-1").await.unwrap_err(), status);
        assert_redirect(&client.users().list().collect().await.unwrap_err(), status);
        // The server itself was sent the credentials, once a call.
        let heads = server.heads();
        assert_eq!(heads.len(), 4, "{heads:?}");
        assert!(
            heads.iter().all(|head| head.contains("authorization: Basic ")),
            "{heads:?}"
        );
    }
    assert_eq!(elsewhere.heads(), Vec::<String>::new());
}

#[tokio::test]
async fn redirects_are_not_followed_by_an_http_client_that_was_told_to() {
    let elsewhere = Listener::answering("HTTP/1.1 200 OK");
    let server = Listener::answering(format!("HTTP/1.1 302 Found\r\nlocation: http://{}/", elsewhere.address));
    let http = || reqwest::Client::builder().redirect(reqwest::redirect::Policy::limited(5));
    let client = client(&server, |client| client.http(http));
    assert_redirect(&client.users().list().await.unwrap_err(), 302);
    assert_eq!(elsewhere.heads(), Vec::<String>::new());
}

#[tokio::test]
async fn redirects_to_the_same_host_are_not_followed_either() {
    let server = Listener::answering("HTTP/1.1 302 Found\r\nlocation: /elsewhere");
    let client = client(&server, |client| client);
    assert_redirect(&client.users().list().await.unwrap_err(), 302);
    assert_eq!(server.heads().len(), 1);
}
