//! The permissions API: roles, their assignment to principals, and policies in the Cedar language.
//!
//! [The parent module](super#permissions) describes the undocumented behaviour.

mod access;
mod assignments;
mod catalog;
mod cedar;
mod check;
mod cursor;
mod custom_policies;
mod effective;
pub(super) mod error;
mod inspect;
mod parameters;
mod principal;
mod principal_roles;
mod public;
mod role;
mod role_principals;
mod roles;
mod scope;
mod system_policies;

pub use self::access::AccessError;

use super::state::Cloudinary;
use crate::context::Handlers;
use crate::document::Operation;
use crate::refusal::Refusal;

/// The permissions operations, by their ids in the document.
pub(super) const HANDLERS: Handlers<Cloudinary> = &[
    ("getSystemRolesAndPoliciesCatalog", public::catalog),
    ("validateCedarPolicy", public::validate),
    ("getCedarSchema", public::schema),
    ("getSystemPolicies", system_policies::list),
    ("getCustomPolicies", custom_policies::list),
    ("createCustomPolicy", custom_policies::create),
    ("getCustomPolicy", custom_policies::get),
    ("updateCustomPolicy", custom_policies::update),
    ("deleteCustomPolicy", custom_policies::delete),
    ("getEffectivePolicies", effective::list),
    ("getRoles", roles::list),
    ("createRole", roles::create),
    ("getRole", roles::get),
    ("updateRole", roles::update),
    ("deleteRole", roles::delete),
    ("getPrincipalRoles", principal_roles::list),
    ("updatePrincipalRoles", principal_roles::update),
    ("inspect", inspect::one),
    ("inspectMultiple", inspect::multiple),
    ("getRolePrincipals", role_principals::list),
    ("updateRolePrincipals", role_principals::update),
];

/// Returns whether the operation belongs to the permissions API, whose errors have a form of their own.
pub(super) fn contains(operation: &Operation) -> bool {
    operation.path.contains("/permissions/")
}

/// Returns whether the operation needs no credentials.
pub(super) fn is_public(operation: &Operation) -> bool {
    operation.path.contains("/permissions/public/")
}

/// Replaces an error status that the operation does not document with one that it does.
pub(super) fn documented(mut refusal: Refusal, operation: &Operation) -> Refusal {
    if !operation.documents(refusal.status) {
        refusal.status = match refusal.status {
            http::StatusCode::FORBIDDEN => http::StatusCode::UNAUTHORIZED,
            status if status.is_client_error() => http::StatusCode::BAD_REQUEST,
            status => status,
        };
    }
    refusal
}
