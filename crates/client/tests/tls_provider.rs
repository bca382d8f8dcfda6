//! A build whose provider of cryptography the program chooses. It is one process, since a provider is installed for all of it.
#![cfg(all(
    feature = "cloudflare",
    feature = "rustls-no-provider",
    not(any(feature = "rustls", feature = "native-tls"))
))]
#![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

use account_provisioning::cloudflare::Client;

fn build() -> Result<Client, account_provisioning::Error> {
    Client::builder().api_token("token").build()
}

#[test]
fn client_is_built_once_a_provider_is_installed_and_before_that_the_error_says_so() {
    let error = build().unwrap_err();
    assert!(error.is_configuration(), "{error}");
    assert!(error.to_string().contains("install_default"), "{error}");

    rustls::crypto::aws_lc_rs::default_provider().install_default().unwrap();
    build().unwrap();
}
