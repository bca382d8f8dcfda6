//! Signing in.

use account_provisioning_api::cloudspot as low;
use account_provisioning_core::{Error, ErrorKind, Result, Secret};

use super::Client;
use super::permissions::Permissions;
use super::session::Session;
use super::target::Target;
use crate::started::operation;

/// Signs a user in; made by [`Client::authenticate`].
#[derive(Debug)]
pub struct Authenticate {
    target: Target,
    client: Client,
    body: low::types::AuthenticateRequest,
}
operation!(
    Authenticate -> Session,
    |call, low| low.authenticate(&call.body),
    |reply| call.client.signed_in(reply)
);

impl Authenticate {
    pub(super) fn new(client: &Client, username: String, password: Secret) -> Result<Self> {
        for (field, is_empty) in [
            ("username", username.trim().is_empty()),
            ("password", password.expose_secret().is_empty()),
        ] {
            if is_empty {
                let message = format!("`{field}` is empty: it would be refused, and may count as a failure");
                return Err(Error::invalid_input(message));
            }
        }
        Ok(Self {
            target: Target::hiding(client.low_level(), &password),
            client: client.clone(),
            body: low::types::AuthenticateRequest { username, password },
        })
    }
}

impl Client {
    /// Makes a session of the reply to a login.
    fn signed_in(&self, reply: low::types::Authentication) -> Result<Session> {
        let unusable = |problem: &str| {
            let message = format!("the service answered with success, but {problem}");
            Error::new(ErrorKind::Decode, message).with_operation("authenticate")
        };
        let token = reply.token.filter(|token| !token.expose_secret().is_empty());
        let token = token.ok_or_else(|| unusable("the reply's `token` is empty or missing"))?;
        let session = Session::new(
            self.low_level(),
            self.app_id(),
            token.into_secret(),
            Permissions::new(reply.permissions),
        );
        match session.problem() {
            Some(problem) => Err(unusable(problem)),
            None => Ok(session),
        }
    }
}
