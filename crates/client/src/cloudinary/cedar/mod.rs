//! Cedar without a request (feature `cedar`): statements parsed, checked against the service's schema, and decided.
//!
//! - [`PolicyStatement::parse`](super::PolicyStatement::parse) finds a syntax error, with its line and column.
//! - [`CedarSchema::validate`](super::CedarSchema::validate) gives the verdict that
//!   [`Public::validate`](super::Public::validate) would give.
//! - [`EffectivePolicies::with_schema`](super::EffectivePolicies::with_schema) makes an [`Authorizer`], which answers
//!   what a principal may do.
//!
//! All of it is Cedar's own implementation, the crate `cedar-policy`; none of its types stand in this API.

mod authorizer;
mod entity;
mod schema;
mod syntax;

pub use self::authorizer::Authorizer;
pub use self::entity::CedarEntity;
pub(super) use self::schema::Compiled;
pub use self::syntax::SyntaxError;
