//! Scenes of Cloudinary.

use account_provisioning::Result;
use account_provisioning::cloudinary::{
    Client, PermissionType, PolicyParameters, Principal, RoleAssignment, Scope, UserId, UserRole,
};
use serde_json::{Value, json};

/// Plays a scene; `None` if there is none with this name and these arguments.
pub(crate) async fn play(scene: &str, url: &str, arguments: &[&str]) -> Option<Result<Value>> {
    let client = Client::builder()
        .account_url("account://emulator-key:emulator-secret@emulator-account")
        .base_url(url)
        .build();
    let client = match client {
        Ok(client) => client,
        Err(error) => return Some(Err(error)),
    };
    Some(match (scene, arguments) {
        ("role-for-folder", [user, environment, role]) => role_for_folder(&client, user, environment, role).await,
        ("custom-attributes", []) => custom_attributes(&client).await,
        ("error-details", []) => error_details(&client).await,
        ("rename-policy", [id]) => rename_policy(&client, id).await,
        ("get-user", [id]) => client.users().get(*id).await.map(|user| json!({ "id": user.id })),
        ("delete-user", [id]) => client.users().delete(*id).await.map(|_| json!({})),
        ("list-users", []) => list_users(&client).await,
        _ => return None,
    })
}

async fn role_for_folder(client: &Client, user: &str, environment: &str, role: &str) -> Result<Value> {
    let user = UserId::new(user)?;
    let principal = Principal::from(&user);
    let on_folder = RoleAssignment::new(
        role,
        Scope::product_environment(environment)?,
        PolicyParameters::folder("invoices"),
    );
    client.principals().add_roles(&principal, [on_folder]).await?;
    let roles = client.principals().roles(&principal, PermissionType::Content).await?;
    let assigned = roles.into_iter().next();
    Ok(json!({ "folder_id": assigned.and_then(|role| role.policy_parameters.get("folder_id").cloned()) }))
}

async fn custom_attributes(client: &Client) -> Result<Value> {
    let environment = client
        .product_environments()
        .create("Shop")
        .custom_attribute("tier", "gold")
        .await?;
    Ok(json!({ "id": environment.id }))
}

async fn error_details(client: &Client) -> Result<Value> {
    let someone = UserId::new("someone")?;
    let effective = client
        .policies()
        .effective()
        .principal(Principal::from(&someone))
        .await?;
    Ok(json!({ "principals": effective.principals.len() }))
}

async fn rename_policy(client: &Client, id: &str) -> Result<Value> {
    // The service refuses an update that leaves the statement as it is.
    let statement = "forbid (principal, action, resource) when { 2 == 2 };";
    let update = client.policies().custom().update(id).name("Renamed again");
    let policy = update.policy_statement(statement).await?;
    Ok(json!({ "enabled": policy.enabled }))
}

async fn list_users(client: &Client) -> Result<Value> {
    let users = client.users().list().collect().await?;
    let admins = users.iter().filter(|user| user.role == Some(UserRole::Admin)).count();
    Ok(json!({ "users": users.len(), "admins": admins }))
}
