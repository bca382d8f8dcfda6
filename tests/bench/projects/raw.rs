use chrono::{DateTime, Utc};
use reqwest::header::{ACCEPT, HeaderMap, HeaderValue};
use serde::Deserialize;
use serde_json::{Map, Value};

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct User {
    account_id: Option<String>,
    all_sub_accounts: Option<bool>,
    created_at: Option<DateTime<Utc>>,
    email: Option<String>,
    #[serde(default)]
    email_preferences: Map<String, Value>,
    enabled: Option<bool>,
    first_name: Option<String>,
    group_count: Option<i64>,
    id: String,
    last_login: Option<DateTime<Utc>>,
    last_name: Option<String>,
    name: Option<String>,
    pending: Option<bool>,
    #[serde(default)]
    providers: Vec<String>,
    role: Option<String>,
    root: Option<bool>,
    status: Option<String>,
    sub_account_count: Option<i64>,
    #[serde(default)]
    sub_account_ids: Vec<String>,
    technical_role: Option<String>,
    two_factor: Option<bool>,
    updated_at: Option<DateTime<Utc>>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (account, key, secret) = (
        std::env::var("CLOUDINARY_ACCOUNT_ID")?,
        std::env::var("CLOUDINARY_PROVISIONING_API_KEY")?,
        std::env::var("CLOUDINARY_PROVISIONING_API_SECRET")?,
    );
    let headers = HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static("application/json"))]);
    let client = reqwest::Client::builder().default_headers(headers).build()?;
    let url = format!(
        "https://api.cloudinary.com/v1_1/provisioning/accounts/{account}/users/0a1b2c3d4e5f60718293a4b5c0000042"
    );
    let response = client.get(url).basic_auth(key, Some(secret)).send().await?.error_for_status()?;
    let user: User = serde_json::from_slice(&response.bytes().await?)?;
    println!("{:?} {:?}", user.name, user.created_at);
    Ok(())
}
