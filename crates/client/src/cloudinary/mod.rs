//! Cloudinary: the product environments, access keys, users, user groups and billing usage of an account, and its
//! permissions: roles, the principals that have them, and policies.
//!
//! Start with [`Client::from_env`] or [`Client::builder`]. A product environment here is what the service's paths and
//! parameters call a sub-account; the vendor's newer documentation uses this name too.
//!
//! [`requests`] contains the request type of every operation, which a [`Call`](crate::Call) contains and
//! [`Client::low_level`] sends. [`types`] contains the bodies, and [`ids`] the identifiers.

pub mod access_keys;
mod account_url;
mod any;
mod assignment;
pub mod billing_usage;
mod builder;
#[cfg(feature = "cedar")]
pub mod cedar;
mod cedar_schema;
mod client;
mod deletion;
mod dialect;
mod identity;
mod lookups;
mod paging;
mod place;
pub mod policies;
mod policy_parameters;
mod policy_statement;
mod principal;
pub mod principals;
pub mod product_environments;
pub mod public;
mod region;
pub mod roles;
mod scope;
pub mod user_groups;
pub mod users;
pub(crate) mod variables;

pub use account_provisioning_api::cloudinary::ids::{
    AccountId, ApiKey, PolicyId, ProductEnvironmentId, ProvisioningKey, RoleId, UserGroupId, UserId,
};
pub use account_provisioning_api::cloudinary::types::{
    AccessKey, AccessKeyPurpose, AccessKeySortBy, ApiAccessKey, AssignedPrincipal, AssignedRole, BillingCycle,
    CedarValidation, CedarValidationError, CustomPolicy, EffectivePolicy, EffectivePrincipal, EffectiveRole,
    EnvironmentUsageBreakdown, GroupMembershipReply, InspectedPrincipal, LoginRangeMode, ManagementType, MetricUsage,
    PermissionType, PlanUsage, PrincipalType, ProductEnvironment, ProductEnvironmentSummary, RoleDetails, RoleSummary,
    ScopeType, SortOrder, SystemPolicy, UsageBreakdown, User, UserGroup, UserGroupMember, UserGroupSummary, UserRole,
    UserSortBy,
};
pub use account_provisioning_api::cloudinary::{ids, requests, types};

pub use self::access_keys::GeneratedAccessKey;
pub use self::assignment::{PrincipalAssignment, RoleAssignment};
pub use self::builder::{ClientBuilder, Settings};
pub use self::cedar_schema::CedarSchema;
pub use self::client::Client;
pub use self::policies::EffectivePolicies;
pub use self::policy_parameters::PolicyParameters;
pub use self::policy_statement::PolicyStatement;
pub use self::principal::Principal;
pub use self::public::Public;
pub use self::region::Region;
pub use self::scope::{PolicyScope, Scope};

use self::deletion::deleted;
