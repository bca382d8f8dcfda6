//! Networks of addresses.

use std::convert::Infallible;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use account_provisioning_core::{Error, MakeError as _};
use ipnet::IpNet;

/// A network of IPv4 or IPv6 addresses in CIDR notation, such as `203.0.113.0/24` or `2001:db8::/32`.
///
/// A single address becomes the network of that one address. Bits after the prefix are kept as given, since the service
/// accepts them.
///
/// # Examples
/// ```
/// use std::net::Ipv4Addr;
/// use account_provisioning::cloudflare::Cidr;
///
/// assert_eq!("203.0.113.0/24".parse::<Cidr>()?.to_string(), "203.0.113.0/24");
/// assert_eq!(Cidr::from(Ipv4Addr::new(203, 0, 113, 7)).to_string(), "203.0.113.7/32");
/// assert_eq!("2001:db8::1".parse::<Cidr>()?.to_string(), "2001:db8::1/128");
/// assert!("203.0.113.0/33".parse::<Cidr>().is_err());
/// # Ok::<(), account_provisioning::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Cidr(IpNet);

impl Cidr {
    /// The address as it was given, with the bits after the prefix.
    #[must_use]
    pub fn address(&self) -> IpAddr {
        self.0.addr()
    }

    /// How many leading bits identify the network.
    #[must_use]
    pub fn prefix(&self) -> u8 {
        self.0.prefix_len()
    }

    /// Whether the network contains an address.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        self.0.contains(&address)
    }
}

impl fmt::Display for Cidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl From<IpAddr> for Cidr {
    fn from(address: IpAddr) -> Self {
        Self(address.into())
    }
}

impl From<Ipv4Addr> for Cidr {
    fn from(address: Ipv4Addr) -> Self {
        IpAddr::from(address).into()
    }
}

impl From<Ipv6Addr> for Cidr {
    fn from(address: Ipv6Addr) -> Self {
        IpAddr::from(address).into()
    }
}

impl FromStr for Cidr {
    type Err = CidrError;

    fn from_str(text: &str) -> Result<Self, CidrError> {
        let network = text.parse::<IpNet>().map(Self);
        network
            .or_else(|_| text.parse::<IpAddr>().map(Self::from))
            .map_err(|_| CidrError)
    }
}

impl TryFrom<&str> for Cidr {
    type Error = CidrError;

    fn try_from(text: &str) -> Result<Self, CidrError> {
        text.parse()
    }
}

impl TryFrom<String> for Cidr {
    type Error = CidrError;

    fn try_from(text: String) -> Result<Self, CidrError> {
        text.parse()
    }
}

impl TryFrom<&String> for Cidr {
    type Error = CidrError;

    fn try_from(text: &String) -> Result<Self, CidrError> {
        text.parse()
    }
}

/// A text is neither an address nor a network in CIDR notation.
///
/// Its message never shows the text: what was passed for a network by mistake may be a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CidrError;

impl fmt::Display for CidrError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "ip network: it is neither an address nor a network in CIDR notation; write it as `203.0.113.0/24` or \
             `2001:db8::/32`",
        )
    }
}

impl std::error::Error for CidrError {}

impl From<CidrError> for Error {
    fn from(problem: CidrError) -> Self {
        Self::invalid_input(problem.to_string())
    }
}

/// A [`Cidr`] or an address needs no check.
impl From<Infallible> for CidrError {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

#[cfg(test)]
mod tests {
    use super::Cidr;

    #[test]
    fn cidr_read_is_written_as_given_and_a_single_address_with_its_prefix() {
        for (text, written) in [
            ("203.0.113.0/24", "203.0.113.0/24"),
            // The vendor's own example has bits behind the prefix.
            ("203.0.113.100/24", "203.0.113.100/24"),
            ("203.0.113.7", "203.0.113.7/32"),
            ("0.0.0.0/0", "0.0.0.0/0"),
            ("2001:db8::/32", "2001:db8::/32"),
            ("2001:db8::1", "2001:db8::1/128"),
        ] {
            let network = text.parse::<Cidr>().map(|network| network.to_string());
            assert_eq!(network.ok().as_deref(), Some(written), "{text}");
        }
    }

    #[test]
    fn cidr_that_is_none_is_refused_without_being_shown() {
        for text in [
            "",
            " ",
            "203.0.113",
            "203.0.113.0/33",
            "2001:db8::/129",
            "203.0.113.0/24 ",
            "secret",
            "1.2.3.4/",
        ] {
            let problem = text.parse::<Cidr>().map_err(|problem| problem.to_string());
            assert!(
                problem
                    .as_ref()
                    .is_err_and(|problem| problem.starts_with("ip network: ") && !problem.contains("secret")),
                "{text}: {problem:?}"
            );
        }
    }
}
