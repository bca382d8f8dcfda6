//! Cloudflare: accounts with their members, roles, groups, subscriptions, API tokens, SSO connectors and audit logs; the
//! user with memberships, invites and API tokens.
//!
//! Start with [`Client::from_env`] or [`Client::builder`]. [`Client::accounts`] lists accounts, and [`Client::account`]
//! gives access to what one account contains. [`Client::user`] and [`Client::memberships`] are about the user that the client
//! signs in as.
//!
//! A response with `success: false` is an error, whatever its HTTP status.
//! [`Error::vendor_errors`](crate::Error::vendor_errors) returns the vendor's codes, messages, documentation pages and
//! pointers. [`ResponseMeta::messages`](crate::ResponseMeta::messages) contains the messages beside a success.
//!
//! [`requests`] has the request type of every operation, which calls carry and [`Client::low_level`] sends; [`types`] the
//! bodies, and [`ids`] the identifiers.

pub mod account;
pub mod accounts;
mod any;
pub mod audit_logs;
mod builder;
mod client;
mod credentials;
mod dialect;
mod envelope;
mod find;
mod lookups;
pub mod members;
pub mod memberships;
mod near;
mod paging;
pub mod permission_groups;
pub mod resource_groups;
pub mod roles;
pub mod sso_connectors;
pub mod subscriptions;
pub mod tokens;
pub mod user;
pub mod user_groups;
pub(crate) mod variables;

pub use account_provisioning_api::cloudflare::ids::{
    AccountId, InviteId, MemberId, MembershipId, PermissionGroupId, ResourceGroupId, RoleId, SsoConnectorId,
    SubscriptionId, TokenId, UserGroupId, UserId,
};
pub use account_provisioning_api::cloudflare::types::{
    Account, AccountSettings, AccountType, AuditAccount, AuditAction, AuditActionResult, AuditActionType, AuditActor,
    AuditActorContext, AuditActorType, AuditLog, AuditProduct, AuditProductCategory, AuditRequest, AuditResource,
    AuditResourceScope, AuditZone, CreatedToken, InvitationStatus, Invite, InviteStatus, ManagedBy, Member,
    MemberOrder as MemberSortBy, MemberPermissionGroup, MemberPolicy as GrantedMemberPolicy, MemberStatus, MemberUser,
    Membership, MembershipOrder as MembershipSortBy, OrganizationStatus, PermissionGrant, PermissionGroup,
    PermissionGroupScope, PolicyEffect, PolicyPermissionGroup, PolicyResourceGroup, RatePlan, RatePlanId,
    RequestIpCondition, ResourceGroup, ResourceScope, ResourceScopeObject, Role, SortDirection as SortOrder,
    SsoConnector, SsoVerification, SsoVerificationStatus, Subscription, SubscriptionFrequency, SubscriptionState,
    Token, TokenCondition as GrantedTokenCondition, TokenPolicy as GrantedTokenPolicy, TokenStatus, TokenVerification,
    User, UserGroup, UserGroupMember, UserGroupUser, UserOrganization,
};
pub use account_provisioning_api::cloudflare::{ids, requests, types};

pub use self::account::AccountHandle;
pub use self::audit_logs::{AuditCheckpoint, AuditEntry, AuditMoment, FollowAuditLogs};
pub use self::builder::{ClientBuilder, Settings};
pub use self::client::Client;
pub use self::find::{Find, Named};
pub use self::members::{MemberAccess, MemberPolicy, MemberRole};
pub use self::resource_groups::ResourceGroupScope;
pub use self::subscriptions::RatePlanChoice;
pub use self::tokens::{Cidr, CidrError, Resources, TokenCondition, TokenPolicy};
pub use self::user::UserHandle;
