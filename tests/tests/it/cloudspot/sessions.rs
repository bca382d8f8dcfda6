//! Sessions, from the login until the token expires.

use std::time::Duration;

use account_provisioning::cloudspot::{CompanyId, ErrorExt as _};
use account_provisioning_emulator::Quirk;
use serde_json::json;

use super::{ACT, APP, PASSWORD, Stage, TOKEN, USERNAME};

#[tokio::test]
async fn session_of_a_login_knows_the_user_and_what_it_may_do() {
    let stage = Stage::start().await;
    let session = stage.sign_in().await;
    let ids: Vec<Option<&str>> = session
        .companies()
        .iter()
        .map(|company| company.company_id.as_ref().map(CompanyId::as_str))
        .collect();
    assert_eq!(
        ids,
        [Some("7"), Some("n orth\u{fc}")],
        "a company without `use_app` is left out"
    );
    assert_eq!(session.companies()[0].company_name.as_deref(), Some("Seven"));
    assert!(session.can("edit") && session.can("view") && !session.can("delete") && !session.can("EDIT"));
    assert!(session.can_in(7, "edit") && session.can_in("7", "edit") && session.can_in(7_u64, "edit"));
    assert!(session.can_in(CompanyId::from(7), "edit") && !session.can_in(7, "view"));
    assert!(!session.can_in(8, "edit") && !session.can_in("..", "edit"));
    assert_eq!(stage.emulator.requests().len(), 1, "asking what is known sends nothing");

    let profile = session.profile().await.unwrap();
    assert_eq!(profile.first_name.as_deref(), Some("Ann"));
    assert_eq!(profile.email.as_deref(), Some("ann@client.example"));
    assert_eq!(profile.pin.unwrap().expose_secret(), "0042");
    let permissions = session.permissions().await.unwrap();
    assert_eq!(permissions.companies().len(), 2);
    assert_eq!(permissions.company(7).unwrap().permissions, ["use_app", "edit"]);
    assert_eq!(session.company_permissions(7).await.unwrap(), ["use_app", "edit"]);
}

#[tokio::test]
async fn session_picked_up_by_its_token_can_ask_until_the_token_expires() {
    let stage = Stage::start().await;
    let kept = stage.sign_in().await.token().clone();
    let again = stage.client.session(kept.clone()).read().await.unwrap();
    assert_eq!(again.token().expose_secret(), kept.expose_secret());
    assert!(again.can_in(7, "edit"));
    stage.emulator.advance(Duration::from_secs(24 * 60 * 60));
    let error = stage.client.session(kept).profile().await.unwrap_err();
    assert!(error.is_invalid_token(), "{error}");
    assert_eq!(error.codes(), ["token_expired"]);
    assert!(
        stage.sign_in().await.profile().await.is_ok(),
        "a new login has a new token"
    );
}

#[tokio::test]
async fn session_keeps_what_it_knew_while_the_service_tells_of_a_change() {
    let stage = Stage::start().await;
    let session = stage.sign_in().await;
    let edit = |state: &mut account_provisioning_emulator::State| {
        let ann = state.cloudspot.users.get_mut(USERNAME).unwrap();
        ann.grants[0].permissions.insert("delete".to_owned());
    };
    stage.emulator.edit_state(edit).unwrap();
    assert!(!session.can("delete"));
    assert!(session.permissions().await.unwrap().can("delete"));
}

#[tokio::test]
async fn login_with_a_wrong_application_works_with_other_permissions() {
    let stage = Stage::start().await;
    let shop = stage.client_of("shop").authenticate(USERNAME, PASSWORD).await.unwrap();
    assert!(shop.can_in(7, "see_invoices") && !shop.can("edit"));
    let nobody = stage
        .client_of("no-such-app")
        .authenticate(USERNAME, PASSWORD)
        .await
        .unwrap();
    assert!(nobody.companies().is_empty() && !nobody.can("use_app"));
    // The right application refuses such a token.
    let error = stage
        .client
        .session(shop.token().clone())
        .permissions()
        .await
        .unwrap_err();
    assert!(error.is_wrong_module() && !error.is_invalid_token(), "{error}");
}

#[tokio::test]
async fn sessions_of_several_users_live_side_by_side() {
    let stage = Stage::start().await;
    let add = |state: &mut account_provisioning_emulator::State| {
        let mut bob = account_provisioning_emulator::cloudspot::User::new("bob", "b");
        bob.first_name = "Bob".to_owned();
        state.cloudspot.users.insert(bob);
    };
    stage.emulator.edit_state(add).unwrap();
    let (ann, bob) = (
        stage.sign_in().await,
        stage.client.authenticate("bob", "b").await.unwrap(),
    );
    assert_eq!(ann.profile().await.unwrap().first_name.as_deref(), Some("Ann"));
    assert_eq!(bob.profile().await.unwrap().first_name.as_deref(), Some("Bob"));
    assert!(bob.companies().is_empty());
}

#[tokio::test]
async fn impersonation_leads_to_a_session_once() {
    let stage = Stage::start().await;
    let act = stage.client.validate_impersonation(ACT).await.unwrap();
    assert_eq!(act.token.unwrap().expose_secret(), ACT);
    assert_eq!(act.user.unwrap().expose_value()["first_name"], "Ann");
    assert_eq!(
        act.company.unwrap().expose_value(),
        &json!({ "id": 7, "name": "Seven" })
    );
    let session = stage.client.session(act.auth_token.unwrap()).read().await.unwrap();
    assert!(session.can_in(7, "edit"));
    let error = stage.client.validate_impersonation(ACT).await.unwrap_err();
    assert!(
        error.is_invalid_token() && error.to_string().contains("used before"),
        "{error}"
    );
}

#[tokio::test]
async fn answers_in_each_form_that_is_not_told_are_read() {
    let stage = Stage::start().await;
    for quirk in [
        Quirk::BarePermissions,
        Quirk::CompanyIdsAsText,
        Quirk::ProfileWithCompany,
        Quirk::ProfileWithoutPin,
    ] {
        stage.emulator.set_quirk(quirk, true);
        let session = stage.sign_in().await;
        assert!(
            session.can_in(7, "edit") && session.can_in("n orth\u{fc}", "view"),
            "{quirk}"
        );
        let permissions = session.permissions().await.unwrap();
        assert!(permissions.can_in(7, "edit") && !permissions.can("delete"), "{quirk}");
        let profile = session.profile().await.unwrap();
        assert_eq!(profile.pin.is_none(), quirk == Quirk::ProfileWithoutPin, "{quirk}");
        if let Some(company) = profile.company {
            assert_eq!(company.expose_value()["name"], "Seven");
        }
    }
    stage.emulator.set_quirk(Quirk::DetailErrors, true);
    let error = stage.client.session("nope").profile().await.unwrap_err();
    assert!(error.is_invalid_token() && error.codes().is_empty(), "{error}");
    assert_eq!(error.vendor_message(), Some("the token is not known"));
}

#[tokio::test]
async fn token_that_cannot_be_sent_is_reported_by_each_call_and_never_shown() {
    let stage = Stage::start().await;
    for token in ["", "canary\n", " canary"] {
        let session = stage.client.session(token);
        for problem in [
            session.profile().await.map(drop).unwrap_err(),
            session.permissions().await.map(drop).unwrap_err(),
            session.company_permissions(7).await.map(drop).unwrap_err(),
            session.read().await.map(drop).unwrap_err(),
        ] {
            let shown = format!("{problem} {problem:?} {session:?}");
            assert!(problem.is_invalid_input() && shown.contains("token"), "{shown}");
            assert!(!shown.contains("canary"), "{shown}");
        }
    }
    assert!(stage.emulator.requests().is_empty());
}

#[test]
fn sessions_and_clients_can_be_called_without_a_runtime() {
    let emulator = super::world().start_blocking().unwrap();
    let url = emulator.cloudspot().base_url().to_owned();
    let client = account_provisioning::cloudspot::Client::builder(APP)
        .base_url(url)
        .build()
        .unwrap();
    let session = client.authenticate(USERNAME, PASSWORD).blocking().unwrap();
    assert!(session.can("edit"));
    assert!(client.session(TOKEN).profile().blocking().unwrap().email.is_some());
}
