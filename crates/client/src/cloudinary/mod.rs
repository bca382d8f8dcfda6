//! Cloudinary: product environments, access keys, users, user groups and billing usage of an account; and who may do
//! what there: roles, the principals that hold them, and policies.
//!
//! Start with [`Client::from_env`] or [`Client::builder`]. What the service calls a sub-account is a product environment
//! here, as in the vendor's newer documentation; parameters keep the vendor's names.

pub mod access_keys;
mod account_url;
mod assignment;
pub mod billing_usage;
mod builder;
#[cfg(feature = "cedar")]
pub mod cedar;
mod cedar_schema;
mod client;
mod dialect;
mod ids;
mod paging;
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
mod target;
pub mod user_groups;
pub mod users;

pub use account_provisioning_api::cloudinary::types::{
    AccessKey, AccessKeyPurpose, AccessKeySortBy, ApiAccessKey, AssignedPrincipal, AssignedRole, BillingCycle,
    CedarValidation, CedarValidationError, CustomPolicy, DeletionReply, EffectivePolicy, EffectivePrincipal,
    EffectiveRole, EnvironmentUsageBreakdown, GroupMembershipReply, InspectedPrincipal, LoginRangeMode, ManagementType,
    MetricUsage, PermissionType, PlanUsage, PrincipalType, ProductEnvironment, ProductEnvironmentSummary, RoleDetails,
    RoleSummary, ScopeType, SortOrder, SystemPolicy, UsageBreakdown, User, UserGroup, UserGroupMember,
    UserGroupSummary, UserRole as Role, UserSortBy,
};

pub use self::access_keys::GeneratedAccessKey;
pub use self::assignment::{PrincipalAssignment, RoleAssignment};
pub use self::builder::ClientBuilder;
pub use self::cedar_schema::CedarSchema;
pub use self::client::Client;
pub use self::ids::{AccountId, ApiKey, PolicyId, ProductEnvironmentId, ProvisioningKey, RoleId, UserGroupId, UserId};
pub use self::policies::EffectivePolicies;
pub use self::policy_parameters::PolicyParameters;
pub use self::policy_statement::PolicyStatement;
pub use self::principal::Principal;
pub use self::public::Public;
pub use self::region::Region;
pub use self::scope::{PolicyScope, Scope};
pub use self::target::AccountScoped;
