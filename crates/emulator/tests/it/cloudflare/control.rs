//! The control interface, for this API.

use serde_json::{Value, json};

use super::{Desk, send, setting, success, text};

#[tokio::test]
async fn state_read_and_written_back_with_an_invitation_accepted_is_taken() {
    let desk = Desk::of(setting().control(true)).await;
    let roles = desk.see("/accounts/{account}/roles").await;
    let body = json!({ "email": "ann@x.example", "roles": [roles["result"][0]["id"]] });
    let id = text(&success(desk.post("/accounts/{account}/members", body).await)["result"]["id"]);
    let url = format!("{}/__emulator/state", desk.emulator.base_url());
    let mut state: Value = desk.http.get(&url).send().await.unwrap().json().await.unwrap();
    let member = &mut state["cloudflare"]["accounts"][0]["members"][1];
    assert_eq!((&member["id"], &member["status"]), (&json!(id), &json!("pending")));
    member["status"] = json!("accepted");
    let (status, reply) = send(desk.http.put(&url), Some(state)).await;
    assert_eq!(status, 200, "{reply}");
    let shown = desk.see(&format!("/accounts/{{account}}/members/{id}")).await;
    assert_eq!(shown["result"]["status"], "accepted");
}
