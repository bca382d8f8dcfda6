//! What a call tells `tracing`: a span for itself, one for each attempt, and nothing of its content.

use std::time::Duration;

use account_provisioning::RetryPolicy;
use account_provisioning_emulator::Fault;
use integration_tests::log::{Captured, CapturedSpan};
use integration_tests::{Stage, state};
use tracing::Instrument as _;

fn fields(spans: &[CapturedSpan], name: &str) -> Vec<Option<String>> {
    spans.iter().map(|span| span.field(name).map(str::to_owned)).collect()
}

fn texts<const N: usize>(values: [&str; N]) -> Vec<Option<String>> {
    values.map(|value| Some(value.to_owned())).to_vec()
}

#[tokio::test]
async fn call_with_retries_is_one_span_with_one_in_it_for_each_attempt() {
    const TEMPLATE: &str = "/v1_1/provisioning/accounts/{account_id}/users/{user_id}";
    let captured = Captured::start();
    let stage = Stage::with(state::with_users(1), |client| client).await;
    stage.emulator.inject(Fault::status(503).times(2));
    let reply = stage.client.users().get(state::user_id(0)).response().await.unwrap();

    let [operation] = &captured.spans("operation")[..] else {
        panic!("one call is one span: {:?}", captured.spans("operation"));
    };
    for (name, value) in [
        ("otel.name", "getUser"),
        ("http.request.method", "GET"),
        ("url.template", TEMPLATE),
        ("http.request.resend_count", "2"),
        ("http.response.status_code", "200"),
    ] {
        assert_eq!(operation.field(name), Some(value), "{operation:?}");
    }
    assert_eq!(operation.fields.len(), 5, "and nothing else: {operation:?}");

    let attempts = captured.spans("attempt");
    assert!(
        attempts.iter().all(|attempt| attempt.parent == Some("operation")),
        "{attempts:?}"
    );
    let port = stage
        .emulator
        .base_url()
        .rsplit(':')
        .next()
        .unwrap_or_default()
        .to_owned();
    for attempt in &attempts {
        for (name, value) in [
            ("otel.name", format!("GET {TEMPLATE}").as_str()),
            ("otel.kind", "client"),
            ("http.request.method", "GET"),
            ("url.template", TEMPLATE),
            ("server.address", "127.0.0.1"),
            ("server.port", &port),
        ] {
            assert_eq!(attempt.field(name), Some(value), "{attempt:?}");
        }
    }
    assert_eq!(
        fields(&attempts, "http.request.resend_count"),
        [None, Some("1".to_owned()), Some("2".to_owned())]
    );
    assert_eq!(
        fields(&attempts, "http.response.status_code"),
        texts(["503", "503", "200"])
    );
    assert_eq!(
        fields(&attempts, "error.type"),
        [Some("503".to_owned()), Some("503".to_owned()), None]
    );
    let ids = fields(&attempts, "request_id");
    assert_eq!(ids[2].as_deref(), reply.meta.request_id());
    assert!(
        ids[0].is_some() && ids[0] != ids[1],
        "each attempt has its own: {ids:?}"
    );
    assert_eq!(
        attempts.iter().map(|attempt| attempt.fields.len()).collect::<Vec<_>>(),
        [9, 10, 9],
        "and nothing else: {attempts:?}"
    );
}

#[tokio::test]
async fn span_of_an_attempt_ends_before_the_wait_and_a_retry_is_told_at_info() {
    let captured = Captured::start();
    let stage = Stage::with(state::with_users(1), |client| client).await;
    stage.emulator.inject(Fault::status(503).times(1));
    stage.client.users().get(state::user_id(0)).await.unwrap();
    let text = captured.text();
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| line.contains("retrying") || line.contains("attempt{") && line.contains("close"))
        .collect();
    let [first, retrying, second] = lines[..] else {
        panic!("{text}");
    };
    assert!(first.contains("close") && second.contains("close"), "{text}");
    assert!(
        retrying.contains(" INFO ") && retrying.contains("wait_ms=250") && retrying.contains("error.type=503"),
        "{retrying}"
    );
    assert!(
        retrying.contains("operation{") && !retrying.contains("attempt{"),
        "{retrying}"
    );
}

#[tokio::test]
async fn call_without_an_answer_has_no_status_and_says_how_it_failed() {
    let captured = Captured::start();
    let stage = Stage::with(state::with_users(1), |client| client).await;
    stage.emulator.inject(Fault::reset_before());
    stage
        .client
        .users()
        .create("Ann", "ann@client.example")
        .await
        .unwrap_err();
    for span in [&captured.spans("operation")[0], &captured.spans("attempt")[0]] {
        assert_eq!(span.field("http.request.method"), Some("POST"));
        assert_eq!(span.field("http.response.status_code"), None);
        assert_eq!(span.field("error.type"), Some("Transport"));
    }
    let text = captured.text();
    assert!(
        text.contains("call failed") && text.contains("error.type=Transport"),
        "{text}"
    );
    assert!(text.contains("outcome_unknown=true"), "{text}");
}

#[tokio::test]
async fn call_refused_before_it_is_sent_has_no_span() {
    let captured = Captured::start();
    let stage = Stage::start().await;
    stage.client.users().get("..").await.unwrap_err();
    stage.client.users().list().page(0).await.unwrap_err();
    assert!(captured.spans("operation").is_empty());
}

#[tokio::test]
async fn stream_is_one_span_for_each_page_in_the_span_of_its_reader() {
    let captured = Captured::start();
    let stage = Stage::with(state::with_users(3), |client| client).await;
    let list = stage.client.users().list().page_size(2);
    list.collect()
        .instrument(tracing::info_span!("provisioning"))
        .await
        .unwrap();
    let pages = captured.spans("operation");
    assert_eq!(fields(&pages, "otel.name"), texts(["getUsers", "getUsers", "getUsers"]));
    assert!(
        pages.iter().all(|page| page.parent == Some("provisioning")),
        "{pages:?}"
    );
}

#[tokio::test]
async fn trace_of_a_call_holds_none_of_its_content() {
    const TELLTALE: &str = "telltale";
    let captured = Captured::start();
    let stage = Stage::with(state::with_users(1), |client| client.header("x-team", TELLTALE)).await;
    let client = &stage.client;
    let email = format!("{TELLTALE}@client.example");
    let created = client
        .users()
        .create(TELLTALE, &email)
        .header("x-one", TELLTALE)
        .await
        .unwrap();
    client.users().list().prefix(TELLTALE).emails([&email]).await.unwrap();
    client.users().update(&created.id).name(TELLTALE).await.unwrap();
    client.users().get(TELLTALE).await.unwrap_err();
    client.users().list().account_id(TELLTALE).await.unwrap_err();
    for fault in [
        Fault::reset_before(),
        Fault::malformed(),
        Fault::latency(Duration::from_secs(20)),
    ] {
        stage.emulator.inject(fault.on("getUsers").times(1));
        let list = client.users().list().prefix(TELLTALE).retry(RetryPolicy::never());
        list.attempt_timeout(Duration::from_millis(300)).await.unwrap_err();
    }
    let text = captured.text();
    assert!(text.contains("getUsers") && text.contains("createUser"), "{text}");
    for line in text.lines() {
        assert!(
            !line.contains(TELLTALE) && !line.contains(created.id.as_str()),
            "{line}"
        );
    }
}

#[tokio::test]
async fn call_whose_response_cannot_be_read_is_a_failure_in_both_spans() {
    let captured = Captured::start();
    let stage = Stage::with(state::with_users(1), |client| client).await;
    let portal = "<html>Sign in</html>";
    stage.emulator.inject(Fault::body_replaced(200, "text/html", portal));
    stage.client.users().get(state::user_id(0)).await.unwrap_err();
    for name in ["attempt", "operation"] {
        let [span] = &captured.spans(name)[..] else {
            panic!("one {name}: {:?}", captured.spans(name));
        };
        assert_eq!(span.field("http.response.status_code"), Some("200"), "{span:?}");
        assert_eq!(span.field("error.type"), Some("Foreign"), "{span:?}");
    }
    assert!(captured.text().contains("call failed"), "{}", captured.text());
}
