//! The types that the services have in common.

use std::panic::{RefUnwindSafe, UnwindSafe};

use account_provisioning::{
    AnyList, AnyRequest, AsJson, Field, FoundOrCreated, JsonList, Keys, Once, Optional, OrFind, Paged, ReadAndReplace,
    Reconciled, Whole, WithJson, WithResponse, explain,
};
use static_assertions::{assert_impl_all, assert_not_impl_any};

assert_impl_all!(AnyList: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(AnyRequest: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(AsJson: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(explain::Explanation: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(explain::Origin: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(explain::Setting: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(explain::Unused: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(Field<String>: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(FoundOrCreated<String>: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(JsonList<String>: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(Keys: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(Once: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(Optional: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(OrFind: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(Paged: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(ReadAndReplace: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(Reconciled<String>: Send, Sync, Unpin);
assert_not_impl_any!(Reconciled<String>: RefUnwindSafe, UnwindSafe);
assert_impl_all!(Whole: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(WithJson<String>: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(WithResponse: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
#[cfg(feature = "cloudinary")]
assert_impl_all!(account_provisioning::ClientBuilder<account_provisioning::cloudinary::Settings>: Send, Sync, Unpin);
#[cfg(feature = "cloudinary")]
assert_not_impl_any!(account_provisioning::ClientBuilder<account_provisioning::cloudinary::Settings>: RefUnwindSafe, UnwindSafe);
