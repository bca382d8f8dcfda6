//! Where the value of a setting comes from.

use std::fmt;

/// Where the value of a setting comes from.
///
/// `Display` is short: `` `api_token` ``, `CLOUDFLARE_API_TOKEN`, `part of CLOUDINARY_ACCOUNT_URL`, `feature http2`, `default`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Origin {
    /// Nothing sets it.
    Default,
    /// This method of the builder sets it in code.
    Code(&'static str),
    /// This environment variable has it.
    Variable(&'static str),
    /// It is a part of what this environment variable has, as `CLOUDINARY_ACCOUNT_URL` has an account, a key and a secret.
    PartOf(&'static str),
    /// This feature of the crate decides it when the program is compiled.
    Feature(&'static str),
}

impl Origin {
    /// Whether the value is in the variable with this name.
    pub(crate) fn is_variable(self, name: &str) -> bool {
        matches!(self, Self::Variable(variable) | Self::PartOf(variable) if variable == name)
    }

    /// What takes precedence over a variable: the method or the variable that the value comes from.
    pub(crate) fn source(self) -> Option<String> {
        match self {
            Self::Code(_) | Self::Variable(_) => Some(self.to_string()),
            Self::PartOf(variable) => Some(variable.to_owned()),
            Self::Default | Self::Feature(_) => None,
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::Code(method) => write!(f, "`{method}`"),
            Self::Variable(variable) => f.write_str(variable),
            Self::PartOf(variable) => write!(f, "part of {variable}"),
            Self::Feature(feature) => write!(f, "feature {feature}"),
        }
    }
}
