//! Replies whose bodies are not the service's, not whole, or too large.

use std::error::Error as _;

use account_provisioning::ErrorKind;
use account_provisioning_emulator::Fault;
use integration_tests::wording::assert_well_worded;

use super::{failing, stage_with, success};

const HTML: &str =
    "<html><head><title>502 Bad Gateway</title></head>\n<body><h1>502 Bad Gateway</h1><hr>nginx</body></html>";

#[tokio::test]
async fn error_of_a_gateway_shows_the_text_of_its_page() {
    let error = failing(Fault::body_replaced(502, "text/html", HTML)).await;
    assert!(error.is_server() && error.vendor_message().is_none(), "{error}");
    let text = error.to_string();
    assert!(
        text.contains("502 Bad Gateway") && text.contains("nginx") && !text.contains('<'),
        "{text}"
    );
    assert_eq!(error.body().unwrap(), HTML.as_bytes());
}

#[tokio::test]
async fn success_that_is_a_page_of_a_gateway_is_undecodable() {
    let error = failing(Fault::body_replaced(200, "text/html", HTML)).await;
    assert!(error.is_decode() && !error.is_server(), "{error}");
    assert!(error.is_foreign() && error.kind() == ErrorKind::Foreign, "{error:?}");
    assert!(
        error
            .to_string()
            .contains("is not the service's own, but text beginning \"502 Bad Gateway"),
        "{error}"
    );
    assert_eq!(error.status().unwrap().as_u16(), 200);
}

#[tokio::test]
async fn reply_without_a_body_says_so_whatever_its_status() {
    for body in ["", " \n\t "] {
        let error = failing(success(body)).await;
        assert!(
            error.is_decode() && error.is_foreign() && error.to_string().contains("an empty body"),
            "{error}"
        );
        let error = failing(Fault::body_replaced(500, "application/json", body)).await;
        assert!(
            error.is_server() && error.to_string().contains("with an empty body"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn reply_that_breaks_off_on_the_wire_is_a_transport_error_with_its_cause() {
    for fault in [Fault::truncated(), Fault::reset_in_body()] {
        let stage = stage_with(fault).await;
        let error = stage.client.users().get("user-00000").await.unwrap_err();
        assert_well_worded(&error);
        assert_eq!(error.kind(), ErrorKind::Transport);
        assert!(error.to_string().contains("broke off"), "{error}");
        assert!(error.source().is_some(), "the cause is kept");
        assert_eq!(error.attempts().count(), 1);
    }
}

#[tokio::test]
async fn connection_that_is_reset_is_a_transport_error_with_its_cause() {
    let stage = stage_with(Fault::reset_before()).await;
    let error = stage.client.users().get("user-00000").await.unwrap_err();
    assert_well_worded(&error);
    assert_eq!((error.kind(), error.status()), (ErrorKind::Transport, None));
    assert!(
        error.source().is_some() && !format!("{error:?}").contains("user-00000"),
        "{error:?}"
    );
}

#[tokio::test]
async fn success_that_breaks_off_in_its_json_says_after_how_many_bytes() {
    let error = failing(Fault::malformed()).await;
    let bytes = error.body().unwrap().len();
    assert!(error.is_decode(), "{error}");
    assert!(
        error.to_string().contains(&format!("breaks off after {bytes} bytes")),
        "{error}"
    );
    assert_eq!(error.attempts().count(), 1);
}

#[tokio::test]
async fn success_that_goes_on_after_its_json_says_so() {
    let error = failing(success(r#"{"id":"a"} {"id":"b"}"#)).await;
    assert!(
        error.is_decode() && error.to_string().contains("continues after"),
        "{error}"
    );
}

#[tokio::test]
async fn body_of_an_error_is_kept_up_to_64_kib() {
    for (len, kept) in [(10, 10), (65_536, 65_536), (65_537, 65_536), (300_000, 65_536)] {
        let error = failing(Fault::body_replaced(
            500,
            "text/plain",
            "x ".repeat(len / 2) + &"y".repeat(len % 2),
        ))
        .await;
        assert_eq!(error.body().unwrap().len(), kept);
        assert!(error.to_string().len() < 400, "{}", error.to_string().len());
        assert!(format!("{error:?}").len() < 1500, "a body is no part of Debug");
    }
}

#[tokio::test]
async fn reply_larger_than_any_of_the_service_is_not_read_to_its_end() {
    let stage = stage_with(success(&" ".repeat(65 * 1024 * 1024))).await;
    let error = stage.client.users().get("user-00000").await.unwrap_err();
    assert_well_worded(&error);
    assert!(
        error.is_decode() && error.to_string().contains("larger than"),
        "{error}"
    );
    assert_eq!((error.attempts().count(), error.operation()), (1, Some("getUser")));
}
