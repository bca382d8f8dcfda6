//! Where a token may be used from.

use account_provisioning_core::Result;

use super::super::GrantedTokenCondition;
use super::super::types::{RequestIpConditionRequest, TokenConditionRequest};
use super::{Cidr, CidrError};

/// Which addresses a token works from. A condition without networks allows all.
///
/// The call that gets it reports a network that is not valid.
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

    /// Returns the condition as it is sent.
    pub(super) fn body(self) -> Result<TokenConditionRequest> {
        Ok(TokenConditionRequest {
            request_ip: Some(RequestIpConditionRequest {
                in_: texts(self.within)?,
                not_in: texts(self.without)?,
            }),
        })
    }
}

/// Returns a condition that the service returned, as it is sent back. Its networks are the service's own and are not
/// checked.
pub(super) fn sent_back(condition: GrantedTokenCondition) -> TokenConditionRequest {
    TokenConditionRequest {
        request_ip: condition.request_ip.map(|ip| RequestIpConditionRequest {
            in_: Some(ip.in_).filter(|networks| !networks.is_empty()),
            not_in: Some(ip.not_in).filter(|networks| !networks.is_empty()),
        }),
    }
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
