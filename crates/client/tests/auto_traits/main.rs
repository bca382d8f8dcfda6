//! Checks for every public type whether it can be stored, returned, spawned and shared, so that a private field that
//! takes such a trait away is noticed. The review of a change reads these assertions too.
//!
//! Each service's types are in a file of their own. The runtime's crate checks the types of lists and responses, and the
//! generated code checks ids, requests and models itself.

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
    assert!(format!("{call:?}").contains("GetUsers"));
    Ok(())
}
