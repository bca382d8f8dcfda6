//! Scenes of Cloudspot License.

use account_provisioning::cloudspot::{Client, ErrorExt as _};
use account_provisioning::{Result, Secret};
use serde_json::{Value, json};

use crate::scene;

const PASSWORD: &str = "emulator-password";

/// Plays a scene; `None` if there is none with this name and these arguments.
pub(crate) async fn play(scene: &str, url: &str, arguments: &[&str]) -> Option<Result<Value>> {
    let client = Client::builder("emulator-app")
        .base_url(format!("{url}/api/v1"))
        .build();
    let client = match client {
        Ok(client) => client,
        Err(error) => return Some(Err(error)),
    };
    Some(match (scene, arguments) {
        ("license-permissions", []) => permissions(&client).await,
        ("license-profile", []) => profile(&client).await,
        ("license-login", [password]) => Ok(login(&client, password).await),
        _ => return None,
    })
}

async fn permissions(client: &Client) -> Result<Value> {
    let session = client.authenticate("emulator-user", Secret::new(PASSWORD)).await?;
    let read = session.permissions().await?;
    Ok(json!({ "companies": read.companies().len() }))
}

async fn profile(client: &Client) -> Result<Value> {
    let session = client.authenticate("emulator-user", Secret::new(PASSWORD)).await?;
    let profile = session.profile().await?;
    Ok(json!({ "email": profile.email }))
}

async fn login(client: &Client, password: &str) -> Value {
    match client.authenticate("emulator-user", Secret::new(password)).await {
        Ok(session) => json!({ "companies": session.companies().len() }),
        Err(error) => {
            let mut told = scene::told(&error);
            told["bad_credentials"] = error.is_bad_credentials().into();
            told
        }
    }
}
