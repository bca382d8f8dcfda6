//! Cloudinary: product environments, access keys, users, user groups and billing usage of an account.
//!
//! Start with [`Client::from_env`] or [`Client::builder`]. What the service calls a sub-account is a product environment
//! here, as in the vendor's newer documentation; parameters keep the vendor's names.

pub mod access_keys;
mod account_url;
pub mod billing_usage;
mod builder;
mod client;
mod dialect;
mod ids;
mod paging;
pub mod product_environments;
mod region;
mod target;
pub mod user_groups;
pub mod users;

pub use account_provisioning_api::cloudinary::types::{
    AccessKey, AccessKeyPurpose, AccessKeySortBy, ApiAccessKey, BillingCycle, DeletionReply, EnvironmentUsageBreakdown,
    GroupMembershipReply, LoginRangeMode, MetricUsage, PlanUsage, ProductEnvironment, ProductEnvironmentSummary,
    SortOrder, UsageBreakdown, User, UserGroup, UserGroupMember, UserGroupSummary, UserRole as Role, UserSortBy,
};

pub use self::access_keys::GeneratedAccessKey;
pub use self::builder::ClientBuilder;
pub use self::client::Client;
pub use self::ids::{AccountId, ApiKey, ProductEnvironmentId, UserGroupId, UserId};
pub use self::region::Region;
pub use self::target::AccountScoped;
