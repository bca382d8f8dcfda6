//! Which account a call goes to, and how it gets there.

use account_provisioning_api::cloudinary as low;
use account_provisioning_core::CallOptions;

use super::{AccountId, Client};
use crate::call::{Call, Optional, WithResponse};
use crate::started::Started;
pub(super) use crate::started::fetch;

/// A client, and the account that one call goes to instead of the client's.
#[derive(Clone, Debug)]
pub struct Target {
    client: Client,
    account: Option<AccountId>,
}

impl Target {
    pub(super) fn new(client: &Client) -> Self {
        Self {
            client: client.clone(),
            account: None,
        }
    }

    /// Sets off with one call.
    pub(super) fn start(&self, options: CallOptions) -> Started<low::Client, AccountId> {
        let account = self.account.as_ref().unwrap_or(self.client.account_id()).clone();
        Started::new(account, options, |call| self.client.low_level().for_call(call))
    }
}

/// An operation on an account, which a single call can direct to another account.
pub trait AccountScoped {
    #[doc(hidden)]
    fn target_mut(&mut self) -> &mut Target;
}

impl<O: AccountScoped> AccountScoped for WithResponse<O> {
    fn target_mut(&mut self) -> &mut Target {
        self.0.target_mut()
    }
}

impl<O: AccountScoped> AccountScoped for Optional<O> {
    fn target_mut(&mut self) -> &mut Target {
        self.0.target_mut()
    }
}

impl<O: AccountScoped> Call<O> {
    /// Sends this call to another account than the client's. Defaults to the client's account.
    ///
    /// The client's credentials go along, so they have to be good for that account too.
    pub fn account_id(self, id: impl TryInto<AccountId, Error: Into<crate::Error>>) -> Self {
        self.try_with(id.try_into(), |operation, id| operation.target_mut().account = Some(id))
    }
}

/// Implements an operation on an account, as [`crate::started::operation!`] does, and lets a call of it be directed to
/// another account.
macro_rules! operation {
    ($name:ident -> $output:ty, |$call:ident, $low:ident, $account:ident| $send:expr, |$reply:pat_param| $convert:expr) => {
        $crate::started::operation!($name -> $output, |$call, $low, $account| $send, |$reply| $convert);
        $crate::cloudinary::target::scoped!($name);
    };
    ($name:ident -> $output:ty, |$call:ident, $low:ident, $account:ident| $send:expr) => {
        $crate::cloudinary::target::operation!($name -> $output, |$call, $low, $account| $send, |reply| Ok(reply));
    };
}
pub(super) use operation;

/// Lets a call of an operation be directed to another account.
macro_rules! scoped {
    ($name:ident) => {
        impl $crate::cloudinary::target::AccountScoped for $name {
            fn target_mut(&mut self) -> &mut $crate::cloudinary::target::Target {
                &mut self.target
            }
        }
    };
}
pub(super) use scoped;
