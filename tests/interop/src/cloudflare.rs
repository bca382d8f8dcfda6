//! Scenes of Cloudflare.

use std::time::Duration;

use account_provisioning::Result;
use account_provisioning::cloudflare::types::{
    CreateResourceGroupRequest, ResourceScopeObjectRequest, ResourceScopeRequest,
};
use account_provisioning::cloudflare::{Account, AccountId, Client, Resources, TokenPolicy, requests};
use chrono::NaiveDate;
use serde_json::{Value, json};

/// Plays a scene; `None` if there is none with this name and these arguments.
pub(crate) async fn play(scene: &str, url: &str, arguments: &[&str]) -> Option<Result<Value>> {
    let (client, account) = match client(url) {
        Ok(both) => both,
        Err(error) => return Some(Err(error)),
    };
    Some(match (scene, arguments) {
        ("roles", []) => roles(&client, &account).await,
        ("create-token-impatiently", [group]) => create_token(&client, &account, group).await,
        ("get-account", []) => get_account(&client, &account).await,
        ("get-member", [id]) => {
            let member = client.account(&account).members().get(*id).await;
            member.map(|member| json!({ "id": member.id }))
        }
        ("create-resource-group", []) => create_resource_group(&client, &account).await,
        ("audit-log", [since, before]) => audit_log(&client, &account, since, before).await,
        _ => return None,
    })
}

fn client(url: &str) -> Result<(Client, AccountId)> {
    let builder = Client::builder()
        .api_token("emulator-account-token")
        .base_url(format!("{url}/client/v4"));
    Ok((builder.build()?, AccountId::new("emulator-account")?))
}

async fn roles(client: &Client, account: &AccountId) -> Result<Value> {
    let roles = client.account(account).roles().list().collect().await?;
    Ok(json!({ "roles": roles.len() }))
}

async fn create_token(client: &Client, account: &AccountId, group: &str) -> Result<Value> {
    let policy = TokenPolicy::allow()
        .permission_group(group)
        .resources(Resources::account(account));
    let tokens = client.account(account).tokens();
    let token = tokens
        .create("once", [policy])
        .attempt_timeout(Duration::from_millis(300))
        .await?;
    Ok(json!({ "id": token.id }))
}

async fn get_account(client: &Client, account: &AccountId) -> Result<Value> {
    let found: Account = client.accounts().get(account).await?;
    Ok(json!({ "id": found.id }))
}

async fn create_resource_group(client: &Client, account: &AccountId) -> Result<Value> {
    let everything = ResourceScopeObjectRequest { key: "*".to_owned() };
    let scope = ResourceScopeRequest {
        key: format!("com.cloudflare.api.account.{account}"),
        objects: vec![everything],
    };
    let name = "Whole account".to_owned();
    let body = CreateResourceGroupRequest { name, scope };
    let request = requests::CreateResourceGroup::new(account.clone(), body);
    let reply = client.low_level().send(&request).await?.into_value();
    Ok(json!({ "id": reply.result.id }))
}

async fn audit_log(client: &Client, account: &AccountId, since: &str, before: &str) -> Result<Value> {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap_or_default();
    let log = client.account(account).audit_logs();
    let entries = log.list(day(since)).before(day(before)).page_size(2).collect().await?;
    Ok(json!({ "entries": entries.len() }))
}
