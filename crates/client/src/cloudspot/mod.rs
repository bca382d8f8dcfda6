//! Cloudspot License: users of an application sign in, and the application asks who they are and what they may do.
//!
//! Start with [`Client::from_env`] or [`Client::builder`]. [`Client::authenticate`] returns a [`Session`], which contains
//! the token and the permissions of a user. [`Client::session`] makes a session from a token that the application kept;
//! such a session does not know the permissions yet ([`PermissionsUnknown`]). Clients and sessions never change.
//!
//! The vendor publishes no document. This module sends and reads what versions 1.0.0 and 1.4.3 of the vendor's Python
//! client send and read. Any field of a response may be missing, and unknown fields are ignored. The predicates of
//! [`ErrorExt`] say what an error of this service means.
//!
//! [`requests`] has the request type of every operation, which calls carry and [`Client::low_level`] sends; [`types`] the
//! bodies, and [`ids`] the identifiers.

mod any;
mod authenticate;
mod builder;
mod client;
mod dialect;
mod failure;
mod headers;
mod impersonation;
mod permissions;
mod session;
pub(crate) mod variables;

pub use account_provisioning_api::cloudspot::ids::CompanyId;
pub use account_provisioning_api::cloudspot::types::{CompanyPermissions, Impersonation, UserProfile};
pub use account_provisioning_api::cloudspot::{ids, requests, types};
pub use account_provisioning_core::OpaqueValue;

pub use self::authenticate::Authenticate;
pub use self::builder::{ClientBuilder, Settings};
pub use self::client::Client;
pub use self::failure::ErrorExt;
pub use self::permissions::Permissions;
pub use self::session::{PermissionsUnknown, ReadSession, Session};
