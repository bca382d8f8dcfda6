#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = account_provisioning::cloudinary::Client::from_env()?;
    let user = client.users().get("0a1b2c3d4e5f60718293a4b5c0000042").await?;
    println!("{:?} {:?}", user.name, user.created_at);
    Ok(())
}
