//! The permissions API: roles, the principals that hold them, and policies in the Cedar language.
//!
//! What the vendor's document leaves open, and what was chosen, stands in the documentation of
//! [the module above](super#permissions).

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

use super::state::Cloudinary;
use crate::context::Handlers;
use crate::document::Operation;
use crate::refusal::Refusal;

/// Every operation by its id in the document, and who carries it out.
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

/// Tells whether the operation belongs to this half of the document, whose errors have a form of their own.
pub(super) fn contains(operation: &Operation) -> bool {
    operation.path.contains("/permissions/")
}

/// Tells whether the operation asks for no credentials.
pub(super) fn is_public(operation: &Operation) -> bool {
    operation.path.contains("/permissions/public/")
}

/// Gives a refusal whose status the operation does not document one that every client must expect.
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
