//! API tokens that belong to an account or to the user.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::context::{Context, deleted, object, read, reply, required_text, timestamp};
use super::error::invalid_at;
use super::state::{Cloudflare, Token, TokenStatus};
use super::token_policies;
use crate::input::Input;
use crate::quirk::Quirk;
use crate::refusal::Refusal;
use crate::table::Table;

/// The length of a token's value.
const VALUE_LENGTH: usize = 40;

pub(super) fn list(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let now = context.now;
    let with_expired = context.input.query_bool("include_expired").unwrap_or(true);
    let mut tokens: Vec<&Token> = context
        .tokens()?
        .iter()
        .filter(|token| with_expired || token.status_at(now) != TokenStatus::Expired)
        .collect();
    if context.input.query("direction") == Some("desc") {
        tokens.reverse();
    }
    context.page(&tokens, |token| to_json(context, token))
}

pub(super) fn create(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let mut token = Token::new("", "", "");
    change(&mut token, context)?;
    token.id = context.random.id();
    token.value = context.random.secret_of(VALUE_LENGTH).into();
    token.issued_on = context.now;
    token.creator_email_at_creation = creator(context)?;
    let mut result = to_json(context, &token);
    if let Some(fields) = result.as_object_mut() {
        fields.insert("value".to_owned(), token.value.expose().into());
    }
    context.tokens_mut()?.insert(token);
    Ok(reply(result))
}

pub(super) fn get(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let token = context.token()?;
    Ok(reply(to_json(context, token)))
}

pub(super) fn update(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let mut token = context.token()?.clone();
    change(&mut token, context)?;
    let result = to_json(context, &token);
    context.tokens_mut()?.insert(token);
    Ok(reply(result))
}

pub(super) fn delete(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let id = context.input.path("token_id");
    context.tokens_mut()?.remove(id).ok_or_else(no_token)?;
    Ok(deleted(id))
}

/// Gives a token a new value. The old value becomes invalid.
pub(super) fn roll(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let (id, now) = (context.input.path("token_id"), context.now);
    context.token()?;
    let value = context.random.secret_of(VALUE_LENGTH);
    let token = context.tokens_mut()?.get_mut(id).ok_or_else(no_token)?;
    token.value = value.as_str().into();
    token.modified_on = now;
    Ok(reply(value.into()))
}

pub(super) fn verify(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let now = context.now;
    let token = context.identity()?.token().ok_or_else(no_token)?;
    Ok(reply(object([
        ("id", Some(token.id.clone().into())),
        ("status", Some(json!(token.status_at(now)))),
        ("expires_on", moment(token.expires_on)),
        ("not_before", moment(token.not_before)),
    ])))
}

impl Context<'_> {
    /// Returns the tokens of the account in the path, or those of the user if there is none.
    fn tokens(&self) -> Result<&Table<Token>, Refusal> {
        Ok(match self.input.path("account_id") {
            "" => &self.user()?.tokens,
            _ => &self.account()?.tokens,
        })
    }

    fn tokens_mut(&mut self) -> Result<&mut Table<Token>, Refusal> {
        Ok(match self.input.path("account_id") {
            "" => &mut self.user_mut()?.tokens,
            _ => &mut self.account_mut()?.tokens,
        })
    }

    /// Returns the token in the path.
    fn token(&self) -> Result<&Token, Refusal> {
        self.tokens()?.get(self.input.path("token_id")).ok_or_else(no_token)
    }
}

fn no_token() -> Refusal {
    Refusal::not_found("there is no token with this id")
}

/// Returns the address of the user who creates a token of an account. Tokens of users do not have it.
fn creator(context: &Context<'_>) -> Result<Option<String>, Refusal> {
    let user = context.identity()?.user();
    let is_of_account = !context.input.path("account_id").is_empty();
    Ok(user.filter(|_| is_of_account).map(|user| user.email.clone()))
}

/// Replaces everything that a request can set.
fn change(token: &mut Token, context: &mut Context<'_>) -> Result<(), Refusal> {
    let input = context.input;
    token.name = required_text(input, "name")?.to_owned();
    token.policies = token_policies::read(input, context.state, context.random)?;
    token.condition = token_policies::condition(input)?;
    token.expires_on = time(input, "expires_on")?;
    token.not_before = time(input, "not_before")?;
    if let (Some(start), Some(end)) = (token.not_before, token.expires_on)
        && end <= start
    {
        return Err(invalid_at("/expires_on", "expires_on must be later than not_before"));
    }
    if let Some(status) = input.field("status") {
        token.status = read(status)?;
    }
    token.modified_on = context.now;
    Ok(())
}

fn time(input: &Input, name: &str) -> Result<Option<DateTime<Utc>>, Refusal> {
    input.field(name).map(read).transpose()
}

fn moment(time: Option<DateTime<Utc>>) -> Option<Value> {
    time.map(|time| timestamp(time).into())
}

/// Returns a token without its value.
fn to_json(context: &Context<'_>, token: &Token) -> Value {
    let state: &Cloudflare = context.state;
    let reversed = context.quirks.has(Quirk::PoliciesReversed);
    object([
        ("id", Some(token.id.clone().into())),
        ("name", Some(token.name.clone().into())),
        ("status", Some(json!(token.status_at(context.now)))),
        ("issued_on", moment(Some(token.issued_on))),
        ("modified_on", moment(Some(token.modified_on))),
        ("last_used_on", moment(token.last_used_on)),
        ("expires_on", moment(token.expires_on)),
        ("not_before", moment(token.not_before)),
        (
            "policies",
            Some(token_policies::to_json(state, &token.policies, reversed)),
        ),
        (
            "creator_email_at_creation",
            token.creator_email_at_creation.clone().map(Value::from),
        ),
        ("condition", token.condition.as_ref().map(|condition| json!(condition))),
    ])
}
