//! Replies that a proxy compressed unasked.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use integration_tests::listener::Listener;

use super::{client, create};

fn gzip(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(body).unwrap();
    encoder.finish().unwrap()
}

fn server(encoding: &str, body: &[u8]) -> Listener {
    Listener::answering_with(format!("HTTP/1.1 200 OK\r\ncontent-encoding: {encoding}"), body)
}

#[tokio::test]
async fn gzip_is_read() {
    for encoding in ["gzip", "GZIP", "x-gzip"] {
        let server = server(encoding, &gzip(br#"{"id":"u-1","name":"A"}"#));
        let client = client(&format!("http://{}", server.address)).build().unwrap();
        assert_eq!(client.users().get("u-1").await.unwrap().id, "u-1");
        assert!(!server.heads()[0].contains("accept-encoding"), "it is not asked for");
    }
}

#[tokio::test]
async fn gzip_that_unpacks_to_more_than_a_reply_may_be_is_refused() {
    let server = server("gzip", &gzip(&vec![b' '; 65 * 1024 * 1024]));
    let client = client(&format!("http://{}", server.address)).build().unwrap();
    let error = client.users().get("u-1").await.unwrap_err();
    assert!(
        error.is_decode() && error.to_string().contains("larger than"),
        "{error}"
    );
    let error = create(&client).await.unwrap_err();
    assert!(error.is_outcome_unknown(), "{error}");
}

#[tokio::test]
async fn body_in_another_encoding_is_named_and_not_shown() {
    for (encoding, body) in [("br", &b"\x8b\x02\x80{}"[..]), ("gzip", b"{\"id\":\"a\"}")] {
        let server = server(encoding, body);
        let client = client(&format!("http://{}", server.address)).build().unwrap();
        let error = create(&client).await.unwrap_err();
        assert!(error.is_decode() && error.is_outcome_unknown(), "{error}");
        assert!(error.to_string().contains("gzip"), "{error}");
    }
}
