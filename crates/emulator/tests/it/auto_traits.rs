//! The auto traits of every public type, checked by the compiler. The review of a change also reads these assertions.

use std::panic::{RefUnwindSafe, UnwindSafe};

use account_provisioning_emulator::{
    CloudflareAccount, Emulator, EmulatorBuilder, Fault, FaultId, Quirk, RateLimit, RecordedRequest, Secret,
    StartError, State, StateError, Table, cloudflare, cloudinary, cloudspot,
};
use static_assertions::{assert_impl_all, assert_not_impl_any};

assert_impl_all!(Emulator: Send, Sync, Unpin);
assert_not_impl_any!(Emulator: RefUnwindSafe, UnwindSafe);
assert_impl_all!(EmulatorBuilder: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(Fault: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(FaultId: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(Quirk: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(RateLimit: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(RecordedRequest: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(Secret: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(StartError: Send, Sync, Unpin);
assert_not_impl_any!(StartError: RefUnwindSafe, UnwindSafe);
assert_impl_all!(State: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(StateError: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(Table<cloudinary::User>: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudinary::AccessKey: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudinary::Account: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudinary::Billing: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudinary::BillingCycle: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudinary::Cloudinary: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudinary::CloudinaryAccount: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudinary::Credential: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudinary::CustomPolicy: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudinary::CustomRole: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudinary::PermissionType: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudinary::PrincipalType: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudinary::ProductEnvironment: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudinary::RoleAssignment: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudinary::ScopeType: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudinary::User: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudinary::UserGroup: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudspot::Cloudspot: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudspot::CloudspotAccount: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudspot::Company: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudspot::Grant: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudspot::Impersonation: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudspot::Module: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudspot::Password: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudspot::Token: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudspot::User: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(CloudflareAccount: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudflare::Account: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudflare::AccountSettings: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudflare::AccountType: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudflare::AuditActor: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudflare::AuditEntry: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudflare::AuditLog: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudflare::AuditRequest: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudflare::AuditResource: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudflare::AuditZone: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudflare::Cloudflare: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudflare::Effect: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudflare::Frequency: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudflare::Grant: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudflare::ManagedBy: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudflare::Member: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudflare::MemberPolicy: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudflare::MemberStatus: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudflare::PermissionGroup: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudflare::RequestIp: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudflare::ResourceGroup: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudflare::Role: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudflare::Subscription: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudflare::SubscriptionState: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudflare::SyntheticAuditLog: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudflare::Token: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudflare::TokenCondition: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudflare::TokenPolicy: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudflare::TokenStatus: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudflare::User: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
