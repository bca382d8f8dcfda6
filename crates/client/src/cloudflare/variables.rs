//! The environment variables of Cloudflare's client, which the vendor's own clients read too.

use crate::vars::Variable;

pub(super) const TOKEN: Variable = Variable::new(
    "CLOUDFLARE_API_TOKEN",
    &[
        "CF_API_TOKEN",
        "CLOUDFLARE_TOKEN",
        "CF_TOKEN",
        "CLOUDFLARE_ACCOUNT_TOKEN",
    ],
);
pub(super) const KEY: Variable = Variable::new(
    "CLOUDFLARE_API_KEY",
    &["CF_API_KEY", "CLOUDFLARE_GLOBAL_API_KEY", "CLOUDFLARE_KEY", "CF_KEY"],
);
pub(super) const EMAIL: Variable = Variable::new(
    "CLOUDFLARE_EMAIL",
    &["CLOUDFLARE_API_EMAIL", "CF_API_EMAIL", "CF_EMAIL"],
);
pub(super) const SERVICE_KEY: Variable = Variable::new(
    "CLOUDFLARE_API_USER_SERVICE_KEY",
    &[
        "CF_API_USER_SERVICE_KEY",
        "CLOUDFLARE_USER_SERVICE_KEY",
        "CF_USER_SERVICE_KEY",
        "CLOUDFLARE_ORIGIN_CA_KEY",
    ],
);
pub(super) const BASE_URL: Variable = Variable::new("CLOUDFLARE_BASE_URL", &[]);

/// All of them.
pub(crate) const VARIABLES: [Variable; 5] = [TOKEN, KEY, EMAIL, SERVICE_KEY, BASE_URL];
