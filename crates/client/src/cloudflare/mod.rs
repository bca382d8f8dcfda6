//! Cloudflare: accounts, their members, roles, subscriptions, API tokens with permission groups, and audit logs.
//!
//! Start with [`Client::from_env`] or [`Client::builder`]; [`Client::accounts`] lists accounts, and [`Client::account`]
//! leads into one. A reply that says `success: false` is an error whatever its HTTP status;
//! [`Error::vendor_errors`](crate::Error::vendor_errors) holds the vendor's codes, sentences, pages and pointers, and
//! [`ResponseMeta::messages`](crate::ResponseMeta::messages) what it remarks beside a success.

pub mod account;
pub mod accounts;
pub mod audit_logs;
mod builder;
mod client;
mod credentials;
mod dialect;
mod envelope;
mod ids;
pub mod members;
mod paging;
pub mod roles;
pub mod subscriptions;
mod target;
pub mod tokens;

pub use account_provisioning_api::cloudflare::types::{
    Account, AccountSettings, AccountType, AuditAccount, AuditAction, AuditActionResult, AuditActionType, AuditActor,
    AuditActorContext, AuditActorType, AuditLog, AuditRequest, AuditResource, AuditResourceScope, AuditZone,
    InvitationStatus, ManagedBy, Member, MemberOrder, MemberPolicy as GrantedMemberPolicy, MemberStatus, MemberUser,
    PermissionGrant, PermissionGroup, PermissionGroupScope, PolicyEffect, PolicyPermissionGroup, PolicyResourceGroup,
    RatePlan, RatePlanId, RequestIpCondition, ResourceScope, ResourceScopeObject, Role, SortDirection, Subscription,
    SubscriptionFrequency, SubscriptionState, Token, TokenCondition as GrantedTokenCondition,
    TokenPolicy as GrantedTokenPolicy, TokenStatus, TokenVerification,
};

pub use self::account::AccountHandle;
pub use self::audit_logs::{AuditCheckpoint, AuditMoment, FollowAuditLogs};
pub use self::builder::ClientBuilder;
pub use self::client::Client;
pub use self::ids::{AccountId, MemberId, PermissionGroupId, ResourceGroupId, RoleId, SubscriptionId, TokenId};
pub use self::members::{MemberAccess, MemberPolicy, MemberRole};
pub use self::subscriptions::RatePlanChoice;
pub use self::tokens::{Cidr, CreatedToken, NewToken, Resources, TokenCondition, TokenPolicy};
