//! Signing in.

use account_provisioning_core::{
    CallOptions, Error, ErrorKind, MakeError as _, Response, ResponseMeta, Result, Secret, Transport,
};
use bytes::Bytes;

use super::permissions::Permissions;
use super::session::Session;
use super::types::{AuthenticateRequest, Authentication};
use super::{Client, requests};
use crate::call::{Mode, Once};

/// Signs a user in; made by [`Client::authenticate`].
///
/// It can't be cloned, because each login may count towards a lock-out.
#[derive(Debug)]
pub struct Authenticate {
    client: Client,
    request: requests::Authenticate,
}

impl Authenticate {
    pub(super) fn new(client: &Client, username: String, password: Secret) -> Result<Self> {
        for (field, is_empty) in [
            ("username", username.trim().is_empty()),
            ("password", password.expose_secret().is_empty()),
        ] {
            if is_empty {
                let message = format!("`{field}` is empty: the service would refuse it, and may count a failed login");
                return Err(Error::invalid_input(message));
            }
        }
        Ok(Self {
            client: client.clone(),
            request: requests::Authenticate::new(AuthenticateRequest { username, password }),
        })
    }
}

impl Mode<Authenticate> for Once {
    type Value = Session;
    type Output = Session;

    async fn send(transport: Transport, login: Authenticate, options: CallOptions) -> Result<Response<Session>> {
        let Authenticate { client, request } = login;
        let read = |reply, _: &mut ResponseMeta, _: &Bytes| session(&client, reply);
        transport.send_as(&request, &options, read).await
    }

    fn output(response: Response<Session>) -> Session {
        response.into_value()
    }
}

/// Makes a session from the response to a login.
fn session(client: &Client, reply: Authentication) -> Result<Session> {
    let unusable = |problem: &str| {
        let message = format!("the service answered with success, but {problem}");
        Error::new(ErrorKind::Decode, message)
    };
    let token = reply.token.filter(|token| !token.expose_secret().is_empty());
    let token = token.ok_or_else(|| unusable("the response's `token` is empty or missing"))?;
    let session = Session::new(client, token.into_secret(), Permissions::new(reply.permissions));
    match session.problem() {
        Some(problem) => Err(unusable(&problem.to_string())),
        None => Ok(session),
    }
}
