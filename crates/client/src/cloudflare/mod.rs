//! Cloudflare: accounts, their members, roles, subscriptions, API tokens with permission groups, and audit logs.
//!
//! Start with [`Client::from_env`] or [`Client::builder`]. [`Client::accounts`] lists accounts, and [`Client::account`]
//! gives access to what one account contains.
//!
//! A response with `success: false` is an error, whatever its HTTP status.
//! [`Error::vendor_errors`](crate::Error::vendor_errors) returns the vendor's codes, messages, documentation pages and
//! pointers. [`ResponseMeta::messages`](crate::ResponseMeta::messages) contains the messages beside a success.
//!
//! [`requests`] has the request type of every operation, which calls carry and [`Client::low_level`] sends; [`types`] the
//! bodies, and [`ids`] the identifiers.

pub mod account;
pub mod accounts;
pub mod audit_logs;
mod builder;
mod client;
mod credentials;
mod dialect;
mod envelope;
pub mod members;
mod paging;
pub mod roles;
pub mod subscriptions;
pub mod tokens;
pub(crate) mod variables;

pub use account_provisioning_api::cloudflare::ids::{
    AccountId, MemberId, PermissionGroupId, ResourceGroupId, RoleId, SubscriptionId, TokenId, UserId,
};
pub use account_provisioning_api::cloudflare::types::{
    Account, AccountSettings, AccountType, AuditAccount, AuditAction, AuditActionResult, AuditActionType, AuditActor,
    AuditActorContext, AuditActorType, AuditLog, AuditRequest, AuditResource, AuditResourceScope, AuditZone,
    CreatedToken, InvitationStatus, ManagedBy, Member, MemberOrder as MemberSortBy,
    MemberPolicy as GrantedMemberPolicy, MemberStatus, MemberUser, PermissionGrant, PermissionGroup,
    PermissionGroupScope, PolicyEffect, PolicyPermissionGroup, PolicyResourceGroup, RatePlan, RatePlanId,
    RequestIpCondition, ResourceScope, ResourceScopeObject, Role, SortDirection as SortOrder, Subscription,
    SubscriptionFrequency, SubscriptionState, Token, TokenCondition as GrantedTokenCondition,
    TokenPolicy as GrantedTokenPolicy, TokenStatus, TokenVerification,
};
pub use account_provisioning_api::cloudflare::{ids, requests, types};

pub use self::account::AccountHandle;
pub use self::audit_logs::{AuditCheckpoint, AuditMoment, FollowAuditLogs};
pub use self::builder::{ClientBuilder, Settings};
pub use self::client::Client;
pub use self::members::{MemberAccess, MemberPolicy, MemberRole};
pub use self::subscriptions::RatePlanChoice;
pub use self::tokens::{Cidr, CidrError, Resources, TokenCondition, TokenPolicy};
