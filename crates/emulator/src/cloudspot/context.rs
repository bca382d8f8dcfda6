//! What a handler of this API works with, and its authentication.

use http::{HeaderMap, StatusCode};
use serde_json::json;

use super::state::{Cloudspot, Token, User};
use crate::context::RequestContext;
use crate::refusal::Refusal;

/// The header with the app id of the application.
pub(super) const MODULE: &str = "x-license-module";
/// The header with the token of the user.
pub(super) const TOKEN: &str = "x-license-token";

/// What a handler of this API works with.
pub(super) type Context<'a> = RequestContext<'a, Cloudspot>;

impl Context<'_> {
    /// Returns the app id in the request, which may be unknown.
    pub(super) fn module(&self) -> Result<String, Refusal> {
        let module = text(&self.caller.headers, MODULE).ok_or_else(|| {
            let message = "the application is not named; send its id in X-LICENSE-MODULE";
            refusal_with_code(StatusCode::BAD_REQUEST, message, "module_missing")
        })?;
        Ok(module.to_owned())
    }

    /// Authenticates the request; returns the user, and the module of the token.
    pub(super) fn user(&self) -> Result<(&User, String), Refusal> {
        let module = self.module()?;
        let unauthorized = |message: &str, code| refusal_with_code(StatusCode::UNAUTHORIZED, message, code);
        let sent = text(&self.caller.headers, TOKEN)
            .ok_or_else(|| unauthorized("no token was sent; sign in first", "token_missing"))?;
        let token = find(self.state, sent).ok_or_else(|| unauthorized("the token is not known", "token_invalid"))?;
        if !token.is_valid(self.exact_now) {
            return Err(unauthorized("the token has expired; sign in again", "token_expired"));
        }
        if token.module != module {
            return Err(wrong_module());
        }
        let user = self.state.users.get(&token.username).filter(|user| user.enabled);
        let user = user.ok_or_else(|| unauthorized("the user of the token is gone", "token_invalid"))?;
        Ok((user, module))
    }

    /// Issues a token to a user.
    pub(super) fn issue_token(&mut self, username: &str, module: &str) -> String {
        let token = self.random.secret();
        let mut row = Token::new(token.as_str(), username, module);
        row.expires_at = self
            .exact_now
            .checked_add_signed(chrono::TimeDelta::seconds(self.state.token_seconds.into()));
        self.state.tokens.push(row);
        token
    }
}

/// Finds the token that was sent, even if it is no longer valid.
pub(super) fn find<'a>(state: &'a Cloudspot, sent: &str) -> Option<&'a Token> {
    state.tokens.iter().find(|token| token.token.expose() == sent)
}

/// Returns the text of a header; `None` when it is missing or empty.
pub(super) fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let value = headers.get(name)?.to_str().ok()?.trim();
    (!value.is_empty()).then_some(value)
}

/// Returns an error with one of the service's codes.
pub(super) fn refusal_with_code(status: StatusCode, message: &str, code: &str) -> Refusal {
    Refusal::new(status, message).detail("error_code", json!(code))
}

pub(super) fn wrong_module() -> Refusal {
    let message = "the token was given out for another application";
    refusal_with_code(StatusCode::METHOD_NOT_ALLOWED, message, "wrong_module")
}
