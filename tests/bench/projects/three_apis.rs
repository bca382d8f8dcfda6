use account_provisioning::{cloudflare, cloudinary, cloudspot};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let users = cloudinary::Client::from_env()?.users().list().await?;
    let accounts = cloudflare::Client::from_env()?.accounts().list().await?;
    println!("{} {} {:?}", users.items.len(), accounts.items.len(), cloudspot::Client::from_env()?);
    Ok(())
}
