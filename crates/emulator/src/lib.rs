//! A stateful local server of the account provisioning APIs, for tests and examples.
