//! The caller of a request.

use std::net::{IpAddr, Ipv4Addr};

use chrono::{DateTime, Utc};

use super::state::{Account, AuditActor, Cloudflare, Token, User};

/// The address that every request comes from.
pub(super) const CALLER_IP: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// The caller, by the kind of credentials.
#[derive(Clone, Copy, Debug)]
pub(super) enum Identity<'a> {
    AccountToken(&'a Account, &'a Token),
    UserToken(&'a User, &'a Token),
    Key(&'a User),
    ServiceKey(&'a User),
}

impl<'a> Identity<'a> {
    /// Returns a name by which [`find`](Self::find) finds the identity again. It contains no secret.
    pub(super) fn name(self) -> String {
        match self {
            Self::AccountToken(_, token) | Self::UserToken(_, token) => format!("token/{}", token.id),
            Self::Key(user) => format!("key/{}", user.email),
            Self::ServiceKey(user) => format!("service/{}", user.email),
        }
    }

    /// Finds an identity by its name; `None` when it no longer exists.
    pub(super) fn find(state: &'a Cloudflare, name: &str) -> Option<Self> {
        let (kind, id) = name.split_once('/')?;
        match kind {
            "token" => Self::by_token(state, |token| token.id == id),
            "key" => state.users.get(id).map(Self::Key),
            _ => state.users.get(id).map(Self::ServiceKey),
        }
    }

    /// Finds the token that `is` accepts, with its owner.
    pub(super) fn by_token(state: &'a Cloudflare, is: impl Fn(&Token) -> bool) -> Option<Self> {
        let of_account = |account: &'a Account| {
            let token = account.tokens.iter().find(|token| is(token))?;
            Some(Self::AccountToken(account, token))
        };
        let of_user = |user: &'a User| {
            let token = user.tokens.iter().find(|token| is(token))?;
            Some(Self::UserToken(user, token))
        };
        let found = state.accounts.iter().find_map(of_account);
        found.or_else(|| state.users.iter().find_map(of_user))
    }

    pub(super) fn token(self) -> Option<&'a Token> {
        match self {
            Self::AccountToken(_, token) | Self::UserToken(_, token) => Some(token),
            Self::Key(_) | Self::ServiceKey(_) => None,
        }
    }

    pub(super) fn user(self) -> Option<&'a User> {
        match self {
            Self::UserToken(user, _) | Self::Key(user) | Self::ServiceKey(user) => Some(user),
            Self::AccountToken(..) => None,
        }
    }

    /// Returns the caller as in the audit log.
    pub(super) fn actor(self) -> AuditActor {
        let (context, kind) = match self {
            Self::AccountToken(..) => ("api_token", "account"),
            Self::UserToken(..) => ("api_token", "user"),
            Self::Key(_) => ("api_key", "user"),
            Self::ServiceKey(_) => ("origin_ca_key", "user"),
        };
        let id = match self {
            Self::AccountToken(account, _) => Some(account.id.clone()),
            Self::UserToken(user, _) | Self::Key(user) | Self::ServiceKey(user) => Some(user.id.clone()),
        };
        AuditActor {
            id,
            context: context.to_owned(),
            email: self.user().map(|user| user.email.clone()),
            ip_address: Some(CALLER_IP.to_string()),
            token_id: self.token().map(|token| token.id.clone()),
            token_name: self.token().map(|token| token.name.clone()),
            kind: kind.to_owned(),
        }
    }
}

impl Cloudflare {
    /// Records that a token was used.
    pub(super) fn mark_used(&mut self, name: &str, now: DateTime<Utc>) {
        let Some(id) = name.strip_prefix("token/") else {
            return;
        };
        let of_accounts = self.accounts.iter_mut().map(|account| &mut account.tokens);
        let of_users = self.users.iter_mut().map(|user| &mut user.tokens);
        if let Some(token) = of_accounts.chain(of_users).find_map(|tokens| tokens.get_mut(id)) {
            token.last_used_on = Some(now);
        }
    }
}
