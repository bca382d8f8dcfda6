//! Which account a call goes to, and how it gets there.

use account_provisioning_api::cloudflare as low;
use account_provisioning_core::{CallOptions, Error, Result};

use super::{AccountId, Client};
use crate::started::Started;

/// A client, and the account that its calls go to.
#[derive(Clone, Debug)]
pub(super) struct Target {
    pub(super) client: Client,
    pub(super) account: AccountId,
}

impl Target {
    /// Sets off with one call.
    pub(super) fn start(&self, options: CallOptions) -> Started<low::Client, AccountId> {
        Started::new(self.account.clone(), options, |call| {
            self.client.low_level().for_call(call)
        })
    }
}

impl Client {
    /// Sets off with one call that belongs to no account.
    pub(super) fn start(&self, options: CallOptions) -> Started<low::Client, ()> {
        Started::new((), options, |call| self.low_level().for_call(call))
    }
}

/// What the handles below one account have in common: the client, and the account or what is wrong with its id, which
/// each call reports before anything is sent.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) client: Client,
    account: std::result::Result<AccountId, String>,
}

impl Place {
    pub(super) fn new(client: Client, account: Result<AccountId>) -> Self {
        Self {
            client,
            account: account.map_err(|problem| problem.to_string()),
        }
    }

    pub(super) fn target(&self) -> Result<Target> {
        Ok(Target {
            client: self.client.clone(),
            account: self.account.clone().map_err(Error::invalid_input)?,
        })
    }

    /// The target, and an id that may be wrong.
    pub(super) fn with<I>(&self, id: impl TryInto<I, Error: Into<Error>>) -> Result<(Target, I)> {
        Ok((self.target()?, id.try_into().map_err(Into::into)?))
    }
}

/// Implements an operation by one generated method: the result of the envelope is the output, unless the last part says
/// how the one becomes the other.
///
/// `operation!(GetToken -> Token, |call, low, account| low.get_token(account, call.id.as_str()))`
macro_rules! operation {
    ($name:ident -> (), |$call:ident, $low:ident $(, $account:ident)?| $send:expr) => {
        // A deletion has nothing to tell but that it was done, which the envelope's `success` says.
        $crate::cloudflare::target::operation!($name -> (), |$call, $low $(, $account)?| $send, |_| Ok(()));
    };
    ($name:ident -> $output:ty, |$call:ident, $low:ident $(, $account:ident)?| $send:expr) => {
        $crate::cloudflare::target::operation!(
            $name -> $output, |$call, $low $(, $account)?| $send, |result| Ok(result)
        );
    };
    (
        $name:ident -> $output:ty,
        |$call:ident, $low:ident $(, $account:ident)?| $send:expr,
        |$result:pat_param| $convert:expr
    ) => {
        $crate::started::operation!($name -> $output, |$call, $low $(, $account)?| $send, |reply, meta| {
            $crate::cloudflare::envelope::note(reply.messages, meta);
            let $result = reply.result;
            $convert
        });
    };
}
pub(super) use operation;
