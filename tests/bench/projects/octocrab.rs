#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let user = octocrab::instance().current().user().await?;
    println!("{} {}", user.login, user.id);
    Ok(())
}
