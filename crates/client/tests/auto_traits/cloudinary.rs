//! The types of Cloudinary's module.
#![cfg(feature = "cloudinary")]

use std::panic::{RefUnwindSafe, UnwindSafe};

use account_provisioning::{Call, Optional, Paged, WithResponse, cloudinary};
use static_assertions::{assert_impl_all, assert_not_impl_any};

assert_impl_all!(Call<cloudinary::requests::GetUser>: Clone, Send, Sync, Unpin);
assert_not_impl_any!(Call<cloudinary::requests::GetUser>: RefUnwindSafe, UnwindSafe);
assert_impl_all!(Call<cloudinary::requests::GetUser, Optional>: Clone, Send, Sync, Unpin);
assert_not_impl_any!(Call<cloudinary::requests::GetUser, Optional>: RefUnwindSafe, UnwindSafe);
assert_impl_all!(Call<cloudinary::requests::GetUser, WithResponse>: Clone, Send, Sync, Unpin);
assert_not_impl_any!(Call<cloudinary::requests::GetUser, WithResponse>: RefUnwindSafe, UnwindSafe);
assert_impl_all!(Call<cloudinary::requests::GetUsers, Paged>: Clone, Send, Sync, Unpin);
assert_not_impl_any!(Call<cloudinary::requests::GetUsers, Paged>: RefUnwindSafe, UnwindSafe);
assert_impl_all!(account_provisioning::FindBy<cloudinary::requests::GetUsers>: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudinary::CedarSchema: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudinary::Client: Send, Sync, Unpin);
assert_not_impl_any!(cloudinary::Client: RefUnwindSafe, UnwindSafe);
assert_impl_all!(cloudinary::ClientBuilder: Send, Sync, Unpin);
assert_not_impl_any!(cloudinary::ClientBuilder: RefUnwindSafe, UnwindSafe);
assert_impl_all!(cloudinary::GeneratedAccessKey: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudinary::PolicyParameters: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudinary::PolicyScope: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudinary::PolicyStatement: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudinary::Principal: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudinary::PrincipalAssignment: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudinary::Public: Send, Sync, Unpin);
assert_not_impl_any!(cloudinary::Public: RefUnwindSafe, UnwindSafe);
assert_impl_all!(cloudinary::Region: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudinary::RoleAssignment: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudinary::Scope: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudinary::access_keys::AccessKeys: Send, Sync, Unpin);
assert_not_impl_any!(cloudinary::access_keys::AccessKeys: RefUnwindSafe, UnwindSafe);
assert_impl_all!(cloudinary::policies::ChangeCustomPolicy: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudinary::policies::CustomPolicies: Send, Sync, Unpin);
assert_not_impl_any!(cloudinary::policies::CustomPolicies: RefUnwindSafe, UnwindSafe);
assert_impl_all!(cloudinary::policies::EffectivePolicies: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudinary::policies::Policies: Send, Sync, Unpin);
assert_not_impl_any!(cloudinary::policies::Policies: RefUnwindSafe, UnwindSafe);
assert_impl_all!(cloudinary::policies::SystemPolicies: Send, Sync, Unpin);
assert_not_impl_any!(cloudinary::policies::SystemPolicies: RefUnwindSafe, UnwindSafe);
assert_impl_all!(cloudinary::principals::Principals: Send, Sync, Unpin);
assert_not_impl_any!(cloudinary::principals::Principals: RefUnwindSafe, UnwindSafe);
assert_impl_all!(cloudinary::product_environments::ProductEnvironments: Send, Sync, Unpin);
assert_not_impl_any!(cloudinary::product_environments::ProductEnvironments: RefUnwindSafe, UnwindSafe);
assert_impl_all!(cloudinary::roles::ChangeRole: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudinary::roles::Roles: Send, Sync, Unpin);
assert_not_impl_any!(cloudinary::roles::Roles: RefUnwindSafe, UnwindSafe);
assert_impl_all!(cloudinary::user_groups::UserGroups: Send, Sync, Unpin);
assert_not_impl_any!(cloudinary::user_groups::UserGroups: RefUnwindSafe, UnwindSafe);
assert_impl_all!(cloudinary::users::Users: Send, Sync, Unpin);
assert_not_impl_any!(cloudinary::users::Users: RefUnwindSafe, UnwindSafe);

#[cfg(feature = "cedar")]
mod cedar {
    use super::*;

    assert_impl_all!(cloudinary::cedar::Authorizer: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
    assert_impl_all!(cloudinary::cedar::CedarEntity: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
    assert_impl_all!(cloudinary::cedar::SyntaxError: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
}
assert_impl_all!(cloudinary::Settings: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
