//! What an error means does not depend on the form of its body.

use account_provisioning::cloudspot::ErrorExt as _;
use account_provisioning::cloudspot::requests::GetProfile;
use account_provisioning::{Error, ErrorKind};
use account_provisioning_emulator::Fault;

use super::{ACT, PASSWORD, Stage, TOKEN, USERNAME, each_error, reply};

/// The names of the predicates that are true for an error.
fn meant(error: &Error) -> Vec<&'static str> {
    let all = [
        ("bad credentials", error.is_bad_credentials()),
        ("locked out", error.is_locked_out()),
        ("invalid token", error.is_invalid_token()),
        ("wrong module", error.is_wrong_module()),
        ("unknown company", error.is_unknown_company()),
    ];
    all.into_iter()
        .filter(|(_, holds)| *holds)
        .map(|(name, _)| name)
        .collect()
}

#[tokio::test]
async fn refusals_of_the_service_are_told_apart() {
    let stage = Stage::start().await;
    let shop = stage.client_of("shop");
    let session = stage.client.session(TOKEN);
    let cases = [
        (
            stage.client.authenticate(USERNAME, "wrong").await.map(drop),
            "bad credentials",
            401,
        ),
        (
            stage.client.authenticate("bob", PASSWORD).await.map(drop),
            "bad credentials",
            401,
        ),
        (
            stage.client.session("made-up").profile().await.map(drop),
            "invalid token",
            401,
        ),
        (
            stage.client.validate_impersonation("made-up").await.map(drop),
            "invalid token",
            401,
        ),
        (shop.session(TOKEN).profile().await.map(drop), "wrong module", 405),
        (
            shop.session(TOKEN).company_permissions(7).await.map(drop),
            "wrong module",
            405,
        ),
        (shop.validate_impersonation(ACT).await.map(drop), "wrong module", 405),
        (session.company_permissions(8).await.map(drop), "unknown company", 404),
        (
            session.company_permissions("none").await.map(drop),
            "unknown company",
            404,
        ),
    ];
    for (outcome, name, status) in cases {
        let error = outcome.unwrap_err();
        assert_eq!(
            (meant(&error), error.status().unwrap().as_u16()),
            (vec![name], status),
            "{error}"
        );
        assert_eq!(error.codes().len(), 1, "{error}");
    }
    // Without a token, which only a low-level request can do.
    let missing = stage.client.low_level().send(&GetProfile::new()).await.unwrap_err();
    assert_eq!(meant(&missing), ["invalid token"]);
    assert!(missing.to_string().contains("no token was sent"), "{missing}");
}

#[tokio::test]
async fn errors_say_what_to_do() {
    let stage = Stage::start().await;
    let login = stage
        .client
        .authenticate(USERNAME, "wrong")
        .await
        .map(drop)
        .unwrap_err()
        .to_string();
    assert_eq!(
        login,
        "authenticate: the service answered 401 Unauthorized: unable to sign in with these credentials (code \
         bad_credentials); check the user name and the password"
    );
    let token = stage.client.session("made-up").profile().await.unwrap_err().to_string();
    assert!(token.contains("sign in again"), "{token}");
    let company = stage
        .client
        .session(TOKEN)
        .company_permissions(8)
        .await
        .unwrap_err()
        .to_string();
    assert!(company.contains("`use_app`"), "{company}");
}

#[tokio::test]
async fn refusals_in_each_form_keep_their_meaning() {
    for (status, body, said, names) in [
        (401, r#"{"message":"no"}"#, "no", ["bad credentials", "invalid token"]),
        (
            401,
            r#"{"message":"no","error_code":7}"#,
            "no",
            ["bad credentials", "invalid token"],
        ),
        (
            401,
            r#"{"detail":"Invalid token."}"#,
            "Invalid token.",
            ["bad credentials", "invalid token"],
        ),
        (
            403,
            r#"{"detail":"no","code":"authentication_failed"}"#,
            "no",
            ["bad credentials", "invalid token"],
        ),
        (403, r#"{"message":"no"}"#, "no", ["bad credentials", "wrong module"]),
        (405, r#"{"message":"no"}"#, "no", ["", "wrong module"]),
        (
            405,
            r#"{"detail":"Method \"GET\" not allowed."}"#,
            "Method \"GET\" not allowed.",
            ["", ""],
        ),
        (
            400,
            r#"{"non_field_errors":["unable"]}"#,
            "unable",
            ["bad credentials", ""],
        ),
        (
            400,
            r#"{"username":["required"],"password":["short","weak"]}"#,
            "password: short weak; username: required",
            ["", ""],
        ),
        (
            429,
            r#"{"detail":"Request was throttled."}"#,
            "Request was throttled.",
            ["locked out", ""],
        ),
        (423, r#"{"message":"locked"}"#, "locked", ["locked out", ""]),
        (404, r#"{"detail":"Not found."}"#, "Not found.", ["", "unknown company"]),
        (500, r#"{"message":"oops"}"#, "oops", ["", ""]),
    ] {
        for (operation, error) in each_error(|| reply(status, body)).await {
            assert_eq!(error.vendor_message(), Some(said), "{error}");
            assert_eq!(error.details().unwrap().to_string().len(), body.len(), "{error}");
            let name = match operation {
                "authenticate" => names[0],
                "getCompanyPermissions" => names[1],
                _ if names[1] == "unknown company" => "",
                _ => names[1],
            };
            let expected: Vec<&str> = Some(name).filter(|name| !name.is_empty()).into_iter().collect();
            assert_eq!(meant(&error), expected, "{status} {body}: {error}");
        }
    }
}

#[tokio::test]
async fn pages_of_gateways_are_shown_and_pass_for_no_refusal_of_the_service() {
    const HTML: &str = "<html><head><title>Sorry</title></head><body><h1>Sorry</h1>nginx</body></html>";
    for status in [400, 401, 403, 404, 405, 500, 502] {
        for (operation, error) in each_error(|| Fault::body_replaced(status, "text/html", HTML)).await {
            assert_eq!(meant(&error), Vec::<&str>::new(), "{operation}: {error}");
            let text = error.to_string();
            assert!(
                text.contains("Sorry") && text.contains("nginx") && !text.contains('<'),
                "{text}"
            );
            assert!(error.vendor_message().is_none() && error.details().is_none());
        }
    }
    // After a 429 the next login may count, no matter who answered.
    let errors = each_error(|| Fault::body_replaced(429, "text/html", HTML)).await;
    assert_eq!(meant(&errors[0].1), ["locked out"]);
}

#[tokio::test]
async fn empty_bodies_say_so_whatever_the_status() {
    for body in ["", " \n"] {
        for (_, error) in each_error(|| reply(200, body)).await {
            assert!(
                error.is_decode() && error.is_foreign() && error.to_string().contains("an empty body"),
                "{error}"
            );
        }
        for (_, error) in each_error(|| reply(500, body)).await {
            assert!(
                error.is_server() && error.to_string().contains("with an empty body"),
                "{error}"
            );
        }
        let errors = each_error(|| reply(401, body)).await;
        assert_eq!(meant(&errors[0].1), ["bad credentials"]);
        assert_eq!(meant(&errors[1].1), ["invalid token"]);
    }
}

#[tokio::test]
async fn success_that_is_a_page_or_breaks_off_is_undecodable() {
    for (_, error) in each_error(|| Fault::body_replaced(200, "text/html", "<p>Maintenance</p>")).await {
        assert_eq!(error.kind(), ErrorKind::Foreign);
        assert!(
            error.is_decode() && error.to_string().contains("Maintenance"),
            "{error}"
        );
    }
    for (_, error) in each_error(Fault::malformed).await {
        assert!(
            error.is_decode() && error.to_string().contains("breaks off after"),
            "{error}"
        );
    }
    for (_, error) in each_error(|| Fault::body_replaced(302, "text/html", "").header("location", "/elsewhere")).await {
        assert!(error.to_string().contains("redirects are not followed"), "{error}");
    }
}
