//! Turns the OpenAPI documents of the account-provisioning SDK into Rust.
