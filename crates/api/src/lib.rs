//! Generated low-level clients of the account-provisioning SDK.
