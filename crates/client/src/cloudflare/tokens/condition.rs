//! From where a token may be used.

use account_provisioning_api::cloudflare::types;

use super::Cidr;
use crate::{Error, Result};

/// From which addresses a token works. A condition without networks allows all.
///
/// # Examples
/// ```
/// use account_provisioning::cloudflare::TokenCondition;
///
/// let condition = TokenCondition::new()
///     .request_ip_in(["203.0.113.0/24", "2001:db8::/32"])?
///     .request_ip_not_in(["203.0.113.100"])?;
/// # Ok::<(), account_provisioning::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TokenCondition {
    within: Vec<Cidr>,
    without: Vec<Cidr>,
}

impl TokenCondition {
    /// A condition without networks.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds networks from which the token works, and from no other. Defaults to all addresses.
    ///
    /// # Errors
    /// An input error for what is no network.
    pub fn request_ip_in(
        mut self,
        networks: impl IntoIterator<Item = impl TryInto<Cidr, Error: Into<Error>>>,
    ) -> Result<Self> {
        add(&mut self.within, networks)?;
        Ok(self)
    }

    /// Adds networks from which the token doesn't work. Defaults to none.
    ///
    /// # Errors
    /// An input error for what is no network.
    pub fn request_ip_not_in(
        mut self,
        networks: impl IntoIterator<Item = impl TryInto<Cidr, Error: Into<Error>>>,
    ) -> Result<Self> {
        add(&mut self.without, networks)?;
        Ok(self)
    }

    pub(super) fn body(&self) -> types::TokenConditionRequest {
        let written = |networks: &[Cidr]| {
            let given = !networks.is_empty();
            given.then(|| networks.iter().map(Cidr::to_string).collect())
        };
        types::TokenConditionRequest {
            request_ip: Some(types::RequestIpConditionRequest {
                in_: written(&self.within),
                not_in: written(&self.without),
            }),
        }
    }
}

/// The condition of a reply, as it is sent back: its networks are the service's own words, and are not checked.
pub(super) fn sent_back(condition: types::TokenCondition) -> types::TokenConditionRequest {
    types::TokenConditionRequest {
        request_ip: condition.request_ip.map(|ip| types::RequestIpConditionRequest {
            in_: Some(ip.in_).filter(|networks| !networks.is_empty()),
            not_in: Some(ip.not_in).filter(|networks| !networks.is_empty()),
        }),
    }
}

fn add(
    networks: &mut Vec<Cidr>,
    given: impl IntoIterator<Item = impl TryInto<Cidr, Error: Into<Error>>>,
) -> Result<()> {
    for network in given {
        networks.push(network.try_into().map_err(Into::into)?);
    }
    Ok(())
}
