//! The types of Cloudspot License's module.
#![cfg(feature = "cloudspot")]

use std::panic::{RefUnwindSafe, UnwindSafe};

use account_provisioning::cloudspot;
use static_assertions::{assert_impl_all, assert_not_impl_any};

assert_impl_all!(cloudspot::Authenticate: Send, Sync, Unpin);
assert_not_impl_any!(cloudspot::Authenticate: RefUnwindSafe, UnwindSafe);
assert_impl_all!(cloudspot::Client: Send, Sync, Unpin);
assert_not_impl_any!(cloudspot::Client: RefUnwindSafe, UnwindSafe);
assert_impl_all!(cloudspot::ClientBuilder: Send, Sync, Unpin);
assert_not_impl_any!(cloudspot::ClientBuilder: RefUnwindSafe, UnwindSafe);
assert_impl_all!(cloudspot::PermissionsUnknown: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudspot::Permissions: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(cloudspot::ReadSession: Send, Sync, Unpin);
assert_not_impl_any!(cloudspot::ReadSession: RefUnwindSafe, UnwindSafe);
assert_impl_all!(cloudspot::Session: Send, Sync, Unpin);
assert_not_impl_any!(cloudspot::Session: RefUnwindSafe, UnwindSafe);
assert_impl_all!(cloudspot::Session<cloudspot::PermissionsUnknown>: Send, Sync, Unpin);
assert_not_impl_any!(cloudspot::Session<cloudspot::PermissionsUnknown>: RefUnwindSafe, UnwindSafe);
assert_impl_all!(cloudspot::Settings: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
