//! How large the future of a call is. It is moved into a box once for each call.
#![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

use account_provisioning::cloudinary::Client;

#[test]
fn future_of_a_call_holds_what_it_was_made_of_once() {
    let client = Client::builder()
        .account_id("a")
        .api_key("k")
        .api_secret("s")
        .build()
        .unwrap();
    let size = size_of_val(&*client.users().get("a").into_future());
    // It has about 2 400 bytes. With the request in each of the futures within it, it would have 4 300.
    assert!(size < 3_000, "{size} bytes");
}
