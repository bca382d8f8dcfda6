//! The types that the services have in common.

use std::panic::{RefUnwindSafe, UnwindSafe};

use account_provisioning::Field;
use static_assertions::assert_impl_all;

assert_impl_all!(Field<String>: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
