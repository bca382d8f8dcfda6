//! Where the requests of a client go.

use std::fmt;

use account_provisioning_core::{Error, MakeError as _, Result};

use super::Region;
use super::variables::{BASE_URL, REGION};
use crate::explain::Origin;
use crate::vars::{Named, Vars};

/// A place that was chosen in code.
pub(super) enum Place {
    Region(Region),
    Url(Named<String>),
}

impl Place {
    /// Returns the base URL: of the place that was chosen in code, or else in the environment.
    pub(super) fn base_url(chosen: &[Self], env: &Vars) -> Result<Named<String>> {
        match chosen {
            [] => of_env(env),
            [Self::Region(region)] => Ok(Named::new("`region`", Origin::Code("region"), region.base_url())),
            [Self::Url(url)] => Ok(url.clone()),
            _ => Err(Error::configuration(
                "`region`, `host` and `base_url` choose the same thing: set one of them",
            )),
        }
    }
}

fn of_env(env: &Vars) -> Result<Named<String>> {
    match (env.get(BASE_URL)?, env.get(REGION)?) {
        (Some(url), None) => Ok(url),
        (None, Some(name)) => {
            let region = Region::ALL.into_iter().find(|region| region.as_str() == name.value);
            let region = region.ok_or_else(|| {
                let [first, second, third] = Region::ALL.map(Region::as_str);
                Error::configuration(format!(
                    "{} is none of `{first}`, `{second}` and `{third}`",
                    REGION.name
                ))
            })?;
            Ok(Named::new(
                REGION.name,
                Origin::Variable(REGION.name),
                region.base_url(),
            ))
        }
        (None, None) => Ok(Named::new("`region`", Origin::Default, Region::default().base_url())),
        (Some(_), Some(_)) => Err(Error::configuration(format!(
            "{} and {} are set, which choose the same thing: unset one of them",
            BASE_URL.name, REGION.name
        ))),
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Region(region) => f.debug_tuple("Region").field(region).finish(),
            // It has not been checked yet, so it may contain a password.
            Self::Url(_) => f.write_str("Url([not checked])"),
        }
    }
}
