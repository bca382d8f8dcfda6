//! What the service refuses, in every form, and what its errors say.

use account_provisioning::cloudflare::MemberAccess;
use account_provisioning::{Error, ErrorKind, RetryPolicy};
use account_provisioning_emulator::{Emulator, Fault, Quirk, RateLimit};
use integration_tests::cloudflare::world::{self, ACCOUNT, role};
use integration_tests::cloudflare::{Stage, builder};
use integration_tests::wording::assert_well_worded;
use serde_json::{Value, json};

/// The error of a call that meets this reply.
async fn meeting(status: u16, body: &str) -> Error {
    let stage = Stage::with(world::emulator(), |client| client.retry(RetryPolicy::never())).await;
    stage
        .emulator
        .inject(Fault::body_replaced(status, "application/json", body));
    let problem = stage.account().members().get("member-1").await.unwrap_err();
    assert_eq!(problem.operation(), Some("getMember"));
    assert_well_worded(&problem);
    problem
}

fn envelope(success: Value, errors: Value) -> String {
    json!({ "success": success, "errors": errors, "messages": [], "result": null }).to_string()
}

#[tokio::test]
async fn failure_is_an_error_under_every_status() {
    for (status, kind) in [
        (200, ErrorKind::Rejected),
        (201, ErrorKind::Rejected),
        (202, ErrorKind::Rejected),
        (400, ErrorKind::Rejected),
        (401, ErrorKind::Authentication),
        (403, ErrorKind::Permission),
        (404, ErrorKind::NotFound),
        (409, ErrorKind::Conflict),
        (429, ErrorKind::RateLimited),
        (500, ErrorKind::Server),
        (503, ErrorKind::Server),
    ] {
        for success in [json!(false), json!("false")] {
            let body = envelope(success, json!([{ "code": 7777, "message": "no such thing" }]));
            let problem = meeting(status, &body).await;
            assert_eq!(
                (problem.kind(), problem.status().unwrap().as_u16()),
                (kind, status),
                "{problem}"
            );
            assert_eq!(problem.codes(), ["7777"]);
            assert_eq!(problem.vendor_message(), Some("no such thing"));
            assert!(problem.to_string().contains("no such thing (code 7777)"), "{problem}");
        }
    }
}

#[tokio::test]
async fn errors_are_all_kept_with_their_codes_pages_and_pointers() {
    let errors = json!([
        { "code": 9_007_199_254_740_993_i64, "message": "one", "documentation_url": "https://docs.example/1",
          "source": { "pointer": "/email" } },
        { "message": "two" },
        { "code": -3, "message": "three", "source": {} },
        { "code": null, "message": null },
    ]);
    let body = json!({
        "success": false, "errors": errors, "messages": [{ "code": 5, "message": "by the way" }], "result": null
    });
    for status in [200, 400] {
        let problem = meeting(status, &body.to_string()).await;
        let kept = problem.vendor_errors();
        let codes: Vec<_> = kept.iter().map(|error| error.code).collect();
        assert_eq!(codes, [Some(9_007_199_254_740_993), None, Some(-3), None]);
        assert_eq!(problem.codes(), ["9007199254740993", "-3"]);
        assert_eq!(kept[0].documentation_url.as_deref(), Some("https://docs.example/1"));
        assert_eq!(kept[0].pointer.as_deref(), Some("/email"));
        assert_eq!(
            (kept[1].message.as_deref(), kept[1].pointer.as_deref()),
            (Some("two"), None)
        );
        assert_eq!(problem.vendor_message(), Some("one; two; three"));
        let remarks = &problem.reply().unwrap().messages;
        assert_eq!(
            (remarks[0].code, remarks[0].message.as_deref()),
            (Some(5), Some("by the way"))
        );
    }
}

#[tokio::test]
async fn failure_without_a_reason_says_so() {
    for errors in [json!([]), json!(null)] {
        let problem = meeting(200, &envelope(json!(false), errors)).await;
        assert_eq!(problem.kind(), ErrorKind::Rejected);
        assert!(
            problem.to_string().contains("`success: false` and gives no reason"),
            "{problem}"
        );
        assert!(problem.vendor_errors().is_empty() && problem.codes().is_empty());
    }
    let problem = meeting(400, r#"{"success":false}"#).await;
    // An envelope has a list of errors; what lacks one may be anybody's.
    assert_eq!((problem.kind(), problem.vendor_message()), (ErrorKind::Foreign, None));
}

#[tokio::test]
async fn failure_of_a_change_under_200_is_no_success_and_not_repeated() {
    let stage = Stage::start().await;
    stage.emulator.set_quirk(Quirk::ErrorsWithStatusOk, true);
    let access = MemberAccess::roles([role(1)]);
    let problem = stage
        .account()
        .members()
        .add("ann@client.example", access)
        .await
        .unwrap_err();
    assert_eq!(
        (problem.kind(), problem.status().unwrap().as_u16()),
        (ErrorKind::Rejected, 200)
    );
    assert!(
        !problem.is_outcome_unknown() && problem.attempts().count() == 1,
        "{problem:?}"
    );
    // A list is no empty list then.
    let problem = stage
        .client
        .account("nowhere")
        .members()
        .list()
        .collect()
        .await
        .unwrap_err();
    assert_eq!(problem.kind(), ErrorKind::Rejected, "{problem}");
    assert_well_worded(&problem);
}

#[tokio::test]
async fn errors_without_codes_are_errors_like_others() {
    let stage = Stage::start().await;
    stage.emulator.set_quirk(Quirk::ErrorsWithoutCodes, true);
    let problem = stage.account().members().get("nobody").await.unwrap_err();
    assert!(problem.is_not_found() && problem.codes().is_empty(), "{problem}");
    assert_eq!(problem.vendor_errors().len(), 1);
    assert!(stage.account().members().get_opt("nobody").await.unwrap().is_none());
}

#[tokio::test]
async fn null_where_a_value_is_needed_is_a_clear_error() {
    let stage = Stage::start().await;
    stage.emulator.set_quirk(Quirk::NullResults, true);
    let account = stage.account();
    let problem = account.members().get("member-1").await.unwrap_err();
    assert!(
        problem.is_decode() && problem.to_string().contains("at $.result:"),
        "{problem}"
    );
    assert!(problem.to_string().contains("found null"), "{problem}");
    let problem = account.tokens().roll("token-1").await.map(drop).unwrap_err();
    assert!(
        problem.is_decode() && problem.to_string().contains("at $.result:"),
        "{problem}"
    );
    let access = MemberAccess::roles([role(1)]);
    let problem = account.members().add("new@client.example", access).await.unwrap_err();
    assert!(
        problem.is_outcome_unknown() && problem.to_string().contains("check before trying again"),
        "{problem}"
    );
    assert_well_worded(&problem);
    // What needs no value does without.
    account.members().remove("member-2").await.unwrap();
}

#[tokio::test]
async fn reply_of_another_form_is_a_clear_error() {
    for (status, content_type, body, says) in [
        (200, "text/html", "<html>maintenance</html>", "not the service's own"),
        (200, "application/json", "", "empty"),
        (200, "application/json", r#"{"result":{"id":"a"#, "breaks off"),
        (
            200,
            "application/json",
            r#"{"success":true,"errors":[],"result":{"id":7}}"#,
            "at $.result.id",
        ),
        (200, "application/json", "[]", "not the service's own"),
        (502, "text/html", "<html>bad gateway</html>", "502"),
    ] {
        let stage = Stage::with(world::emulator(), |client| client.retry(RetryPolicy::never())).await;
        stage.emulator.inject(Fault::body_replaced(status, content_type, body));
        let problem = stage.account().members().get("member-1").await.unwrap_err();
        assert!(problem.to_string().contains(says), "{says}: {problem}");
        assert_well_worded(&problem);
    }
    // An object where a list is expected is no list of its fields.
    let stage = Stage::start().await;
    let body = r#"{"success":true,"errors":[],"messages":[],"result":{"a":1,"b":2}}"#;
    stage
        .emulator
        .inject(Fault::body_replaced(200, "application/json", body));
    let problem = stage.account().members().list().collect().await.unwrap_err();
    assert!(
        problem.is_decode() && problem.to_string().contains("at $.result"),
        "{problem}"
    );
}

#[tokio::test]
async fn known_codes_say_what_to_do() {
    for (status, code, message, says) in [
        (
            400,
            1001,
            "List accounts endpoint does not support account owned tokens",
            "use a user's token",
        ),
        (
            400,
            6003,
            "Invalid request headers",
            "check that the value is an API token",
        ),
        (
            400,
            6111,
            "Invalid format for Authorization header",
            "check that the value is an API token",
        ),
        (401, 1000, "Invalid API Token", "may have been rolled"),
        (
            403,
            9109,
            "Unauthorized to access requested resource",
            "check the account id",
        ),
        (403, 10000, "Authentication error", "lacks a permission group"),
        (400, 10000, "Authentication error", "lacks a permission group"),
        (404, 7003, "Could not route to that", "check the ids"),
        (401, 4444, "something else", "check the API token"),
    ] {
        let problem = meeting(
            status,
            &envelope(json!(false), json!([{ "code": code, "message": message }])),
        )
        .await;
        assert!(problem.to_string().contains(says), "{code}: {problem}");
    }
    let other = meeting(
        400,
        &envelope(json!(false), json!([{ "code": 1001, "message": "something else" }])),
    )
    .await;
    assert!(!other.to_string().contains("user's token"), "{other}");
}

#[tokio::test]
async fn causes_in_an_error_chain_are_told_too() {
    let errors = json!([{
        "code": 6003, "message": "Invalid request headers",
        "error_chain": [{
            "code": 6103, "message": "Invalid format for X-Auth-Key header",
            "error_chain": [{ "code": 6111, "message": "Invalid format for Authorization header" }]
        }]
    }]);
    let problem = meeting(400, &envelope(json!(false), errors)).await;
    assert_eq!(problem.codes(), ["6003", "6103", "6111"]);
    assert_eq!(problem.vendor_errors().len(), 3);
    let text = problem.to_string();
    assert!(
        text.contains("Invalid request headers; ") && text.contains("Invalid format for Authorization header"),
        "{text}"
    );
}

#[tokio::test]
async fn accounts_listed_with_a_token_of_an_account_say_what_to_do() {
    let stage = Stage::start().await;
    let problem = stage.client.accounts().list().collect().await.unwrap_err();
    assert_eq!(problem.codes(), ["1001"]);
    assert!(problem.to_string().contains("go to the account by its id"), "{problem}");
    assert_well_worded(&problem);
    assert_eq!(stage.as_user().accounts().list().collect().await.unwrap().len(), 2);
}

#[tokio::test]
async fn credentials_that_are_wrong_or_of_no_use_are_told_apart() {
    let emulator = world::emulator().start().await.unwrap();
    let time = account_provisioning::time::ManualTime::at(emulator.now());
    let wrong = [
        builder(&emulator, &time).api_token("wrong"),
        builder(&emulator, &time).api_key("admin@emulator.example", "wrong"),
        builder(&emulator, &time).user_service_key("wrong"),
    ];
    for client in wrong {
        let problem = client
            .build()
            .unwrap()
            .account(ACCOUNT)
            .members()
            .list()
            .await
            .unwrap_err();
        assert!(problem.is_auth() && !problem.is_permission_denied(), "{problem}");
        assert_well_worded(&problem);
    }
    let client = builder(&emulator, &time)
        .api_token(emulator.cloudflare().api_token())
        .build()
        .unwrap();
    let problem = client.account("account-2").members().list().await.unwrap_err();
    assert!(
        problem.is_permission_denied() && problem.codes() == ["9109"],
        "{problem}"
    );
    let user = builder(&emulator, &time)
        .user_service_key(emulator.cloudflare().user_service_key())
        .build()
        .unwrap();
    assert!(user.account(ACCOUNT).tokens().verify().await.unwrap_err().is_auth());
}

#[tokio::test]
async fn remarks_beside_a_success_are_in_the_response() {
    let stage = Stage::start().await;
    let body = r#"{"success":true,"errors":[],"result":{"id":"member-1"},
        "messages":[{"code":10,"message":"careful","documentation_url":"https://docs.example","source":{"pointer":"/x"}}]}"#;
    stage
        .emulator
        .inject(Fault::body_replaced(200, "application/json", body).times(1));
    let reply = stage.account().members().get("member-1").response().await.unwrap();
    let [remark] = &reply.meta.messages[..] else {
        panic!("{:?}", reply.meta)
    };
    assert_eq!((remark.code, remark.message.as_deref()), (Some(10), Some("careful")));
    assert_eq!(remark.documentation_url.as_deref(), Some("https://docs.example"));
    assert_eq!(remark.pointer.as_deref(), Some("/x"));
    let list = r#"{"success":true,"errors":[],"result":[],"messages":[{"message":"old"}]}"#;
    stage
        .emulator
        .inject(Fault::body_replaced(200, "application/json", list).times(1));
    let reply = stage.account().members().list().response().await.unwrap();
    assert_eq!(reply.meta.messages[0].message.as_deref(), Some("old"));
    let plain = stage.account().members().get("member-1").response().await.unwrap();
    assert!(plain.meta.messages.is_empty());
    assert!(
        plain.meta.request_id().is_some_and(|id| id.ends_with("-EMU")),
        "{:?}",
        plain.meta
    );
}

#[tokio::test]
async fn account_out_of_reach_is_a_permission_and_not_a_missing_account() {
    let stage = Stage::start().await;
    let stranger = stage.emulator.edit_state(|state| {
        let account = account_provisioning_emulator::cloudflare::Account::new("strange", "Another's");
        state.cloudflare.accounts.insert(account);
    });
    stranger.unwrap();
    let accounts = stage.client.accounts();
    for id in ["nowhere", "strange"] {
        let problems = [
            accounts.get(id).await.map(drop).unwrap_err(),
            accounts.get_opt(id).await.map(drop).unwrap_err(),
            accounts.update(id).name("A").await.map(drop).unwrap_err(),
            accounts.replace(id, "A").await.map(drop).unwrap_err(),
        ];
        for problem in problems {
            assert!(
                problem.is_permission_denied() && !problem.is_not_found(),
                "{id}: {problem}"
            );
            assert_eq!(problem.codes(), ["9109"], "{id}");
        }
    }
    let body = envelope(json!(false), json!([{ "code": 1003, "message": "no such account" }]));
    stage
        .emulator
        .inject(Fault::body_replaced(404, "application/json", body));
    assert!(accounts.get(ACCOUNT).await.unwrap_err().is_not_found());
    assert!(accounts.get_opt(ACCOUNT).await.unwrap().is_none());
}

#[tokio::test]
async fn own_token_rolled_in_a_lost_reply_is_not_said_to_do_no_harm() {
    let stage = Stage::start().await;
    let tokens = stage.account().tokens();
    let own = tokens.verify().await.unwrap().id;
    stage.emulator.inject(Fault::reset_after().on("rollToken").nth(1));
    let problem = tokens.roll(&own).await.map(drop).unwrap_err();
    assert_eq!(
        (problem.kind(), problem.attempts().count()),
        (ErrorKind::Authentication, 2)
    );
    assert!(problem.is_outcome_unknown(), "{problem}");
    let said = problem.to_string();
    assert!(
        said.contains("may have revoked this client's credentials") && !said.contains("safe"),
        "{said}"
    );
    assert_well_worded(&problem);

    // Without a lost reply nothing was changed, and nothing is said of it.
    let problem = tokens.roll(&own).await.map(drop).unwrap_err();
    assert!(problem.is_auth() && !problem.is_outcome_unknown(), "{problem}");

    // Another token's roll is repeated, and without repetitions the lost reply is what is told.
    let stage = Stage::start().await;
    let tokens = stage.account().tokens();
    let own = tokens.verify().await.unwrap().id;
    stage.emulator.inject(Fault::reset_after().on("rollToken").nth(1));
    let problem = tokens
        .roll(&own)
        .retry(RetryPolicy::never())
        .await
        .map(drop)
        .unwrap_err();
    assert!(
        problem.is_outcome_unknown() && !problem.is_auth() && problem.attempts().count() == 1,
        "{problem}"
    );
}

#[tokio::test]
async fn rate_limit_is_read_and_obeyed() {
    let emulator = Emulator::builder().state(world::state()).clock(world::noon());
    let stage = Stage::with(emulator.rate_limit(RateLimit::cloudflare()), |client| client).await;
    let reply = stage.account().members().get("member-1").response().await.unwrap();
    let limit = reply.meta.rate_limit().expect("the reply tells the rate");
    assert_eq!((limit.limit, limit.remaining), (Some(1200), Some(1199)));
    stage
        .emulator
        .inject(Fault::status(429).header("retry-after", "9").on("rollToken").nth(1));
    stage.account().tokens().roll("token-1").await.unwrap();
    assert_eq!(stage.time.sleeps(), [std::time::Duration::from_secs(9)]);
}
