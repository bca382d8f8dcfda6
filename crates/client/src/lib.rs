//! Typed clients for account provisioning and permissions APIs.
