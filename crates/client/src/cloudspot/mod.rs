//! Cloudspot License: let the users of an application sign in, and ask who they are and what they may do.
//!
//! Start with [`Client::from_env`] or [`Client::builder`]. State is in the types: [`Client::authenticate`] gives a
//! [`Session`], which holds the token and the permissions; [`Client::session`] picks up a token that was kept, as a
//! session that can ask but knows no permissions yet ([`NotRead`]). Nothing here changes after it was made.
//!
//! The vendor publishes no document: what is sent and read is what its client for Python sends and reads, in versions
//! 1.0.0 and 1.4.3. Every field of a reply may be missing, and further ones are ignored. The predicates of [`ErrorExt`]
//! tell this service's refusals apart.

mod authenticate;
mod builder;
mod client;
mod dialect;
mod failure;
mod ids;
mod impersonation;
mod permissions;
mod session;
mod target;

pub use account_provisioning_api::cloudspot::types::{CompanyPermissions, Impersonation, UserProfile};
pub use account_provisioning_core::OpaqueValue;

pub use self::authenticate::Authenticate;
pub use self::builder::ClientBuilder;
pub use self::client::Client;
pub use self::failure::ErrorExt;
pub use self::ids::CompanyId;
pub use self::impersonation::ValidateImpersonation;
pub use self::permissions::{GetCompanyPermissions, GetPermissions, Permissions};
pub use self::session::{GetProfile, NotRead, ReadSession, Session};
