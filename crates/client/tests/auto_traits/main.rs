//! What can be stored, returned, spawned and shared: checked by the compiler for every public type, so that a private
//! field that takes such a trait away does not pass unseen. The review of a change reads these assertions too.
//!
//! A service's types stand in a file of its own. What a list of items or a reply is made of is pinned by the runtime's
//! crate, and the models by the generated code itself.

mod cloudflare;
mod cloudinary;
mod cloudspot;
mod shared;

/// Calls own what they need.
#[cfg(feature = "cloudinary")]
#[test]
fn call_bound_to_a_variable_outlives_the_client_that_made_it() -> Result<(), account_provisioning::Error> {
    use account_provisioning::cloudinary::Client;

    let call = {
        let client = Client::builder().account_id("a").api_key("k").api_secret("s").build()?;
        client.users().list().prefix("ann")
    };
    assert!(format!("{call:?}").contains("ListUsers"));
    Ok(())
}
