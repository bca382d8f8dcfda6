//! Cedar without requests (feature `cedar`): parse statements, check them against the service's schema, and decide what
//! they allow.
//!
//! - [`PolicyStatement::parse`](super::PolicyStatement::parse) finds a syntax error, with its line and column.
//! - [`CedarSchema::validate`](super::CedarSchema::validate) checks a statement as
//!   [`Public::validate`](super::Public::validate) does.
//! - [`EffectivePolicies::with_schema`](super::EffectivePolicies::with_schema) makes an [`Authorizer`], which decides
//!   what a principal may do.
//!
//! Cedar's own implementation does the work, the crate `cedar-policy`. None of its types are part of this API.

mod asks;
mod authorizer;
mod entity;
mod facts;
mod names;
mod problem;
mod records;
mod schema;
mod syntax;

pub use self::authorizer::Authorizer;
pub use self::entity::CedarEntity;
pub(super) use self::schema::Compiled;
pub use self::syntax::SyntaxError;
