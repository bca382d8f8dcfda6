//! The client, with the settings that everybody gets.

use account_provisioning::{cloudflare, cloudinary};

use crate::replies::ACCOUNT;
use crate::{AGENT, KEY, Result, SECRET, TOKEN};

/// A client of Cloudinary, of a server at this URL.
///
/// # Errors
/// A setting is wrong.
pub fn cloudinary(url: &str) -> Result<cloudinary::Client> {
    Ok(cloudinary::Client::builder()
        .account_id(ACCOUNT)
        .api_key(KEY)
        .api_secret(SECRET)
        .header("user-agent", AGENT)
        .base_url(url)
        .build()?)
}

/// A client of Cloudflare, of a server at this URL.
///
/// # Errors
/// A setting is wrong.
pub fn cloudflare(url: &str) -> Result<cloudflare::Client> {
    Ok(cloudflare::Client::builder()
        .api_token(TOKEN)
        .header("user-agent", AGENT)
        .base_url(format!("{url}/client/v4"))
        .build()?)
}
