//! Where a token may be used from.

use account_provisioning_core::Result;
use serde_json::{Map, Value};

use super::super::GrantedTokenCondition;
use super::super::types::{RequestIpConditionRequest, TokenConditionRequest};
use super::{Cidr, CidrError};
use crate::Field;
use crate::replace::Whole;

/// Which addresses a token works from. A condition without networks allows all.
///
/// The call that gets it reports a network that is not valid.
///
/// A condition that the service returned ([`GrantedTokenCondition`]) converts into one that can be sent, with every limit
/// that this version doesn't know.
///
/// # Examples
/// ```
/// use account_provisioning::cloudflare::TokenCondition;
///
/// let condition = TokenCondition::new()
///     .request_ip_in(["203.0.113.0/24", "2001:db8::/32"])
///     .request_ip_not_in(["203.0.113.100"]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use = "a condition does nothing until it is given to a token"]
pub struct TokenCondition {
    within: Vec<Result<Cidr, CidrError>>,
    without: Vec<Result<Cidr, CidrError>>,
    /// What the service returned beside the networks, and beside all about addresses.
    more_about_ip: Map<String, Value>,
    more: Map<String, Value>,
}

impl TokenCondition {
    /// A condition without networks.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds networks that the token works from, and from no other. Defaults to all addresses.
    pub fn request_ip_in(
        mut self,
        networks: impl IntoIterator<Item = impl TryInto<Cidr, Error: Into<CidrError>>>,
    ) -> Self {
        self.within.extend(read(networks));
        self
    }

    /// Adds networks that the token doesn't work from. Defaults to none.
    pub fn request_ip_not_in(
        mut self,
        networks: impl IntoIterator<Item = impl TryInto<Cidr, Error: Into<CidrError>>>,
    ) -> Self {
        self.without.extend(read(networks));
        self
    }

    /// The networks that the token works from; none for all addresses. A network that is not valid is left out.
    pub fn networks_in(&self) -> impl Iterator<Item = Cidr> {
        self.within.iter().filter_map(|network| network.as_ref().ok().copied())
    }

    /// The networks that the token doesn't work from. A network that is not valid is left out.
    pub fn networks_not_in(&self) -> impl Iterator<Item = Cidr> {
        self.without.iter().filter_map(|network| network.as_ref().ok().copied())
    }

    /// Returns the condition as it is sent.
    pub(super) fn body(self) -> Result<TokenConditionRequest> {
        Ok(TokenConditionRequest {
            request_ip: Some(RequestIpConditionRequest {
                in_: texts(self.within)?,
                not_in: texts(self.without)?,
                extra: self.more_about_ip,
            }),
            extra: self.more,
        })
    }
}

impl From<&GrantedTokenCondition> for TokenCondition {
    fn from(granted: &GrantedTokenCondition) -> Self {
        let mut condition = Self::new();
        if let Some(ip) = &granted.request_ip {
            condition.within = read(ip.in_.iter().map(String::as_str)).collect();
            condition.without = read(ip.not_in.iter().map(String::as_str)).collect();
            condition.more_about_ip = ip.extra.clone();
        }
        condition.more = granted.extra.clone();
        condition
    }
}

impl From<GrantedTokenCondition> for TokenCondition {
    fn from(granted: GrantedTokenCondition) -> Self {
        Self::from(&granted)
    }
}

/// Lays a change of the condition over the current one. Only what a [`TokenCondition`] has a place for changes: the service
/// may know limits that this version doesn't.
pub(super) fn lay_over(change: &Field<TokenConditionRequest>, whole: &mut Whole) -> Result<()> {
    let condition = match change {
        Field::Keep => return Ok(()),
        Field::Clear => None,
        Field::Set(condition) => Some(condition),
    };
    let ip = condition.and_then(|condition| condition.request_ip.as_ref());
    for (key, networks) in [
        ("in", ip.and_then(|ip| ip.in_.as_ref())),
        ("not_in", ip.and_then(|ip| ip.not_in.as_ref())),
    ] {
        match networks {
            Some(networks) => whole.set(&["condition", "request_ip", key], networks)?,
            None => whole.remove(&["condition", "request_ip", key])?,
        }
    }
    for (key, value) in ip.into_iter().flat_map(|ip| &ip.extra) {
        whole.set(&["condition", "request_ip", key], value)?;
    }
    for (key, value) in condition.into_iter().flat_map(|condition| &condition.extra) {
        whole.set(&["condition", key], value)?;
    }
    whole.remove_if_empty(&["condition", "request_ip"])?;
    whole.remove_if_empty(&["condition"])
}

fn read(
    networks: impl IntoIterator<Item = impl TryInto<Cidr, Error: Into<CidrError>>>,
) -> impl Iterator<Item = Result<Cidr, CidrError>> {
    networks
        .into_iter()
        .map(|network| network.try_into().map_err(Into::into))
}

fn texts(networks: Vec<Result<Cidr, CidrError>>) -> Result<Option<Vec<String>>, CidrError> {
    let texts: Vec<String> = networks
        .into_iter()
        .map(|network| network.map(|network| network.to_string()))
        .collect::<Result<_, _>>()?;
    Ok(Some(texts).filter(|texts| !texts.is_empty()))
}
