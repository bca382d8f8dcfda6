//! The environment variables of Cloudflare's client, which the vendor's own clients read too.

use crate::vars::Variable;

/// The settings of which one signs in.
const SIGN_IN: &[&str] = &["api_token", "api_key", "user_service_key", "credentials_from"];

pub(super) const TOKEN: Variable = Variable::new(
    "CLOUDFLARE_API_TOKEN",
    SIGN_IN,
    &[
        "CF_API_TOKEN",
        "CLOUDFLARE_TOKEN",
        "CF_TOKEN",
        "CLOUDFLARE_ACCOUNT_TOKEN",
    ],
);
pub(super) const KEY: Variable = Variable::new(
    "CLOUDFLARE_API_KEY",
    SIGN_IN,
    &["CF_API_KEY", "CLOUDFLARE_GLOBAL_API_KEY", "CLOUDFLARE_KEY", "CF_KEY"],
);
pub(super) const EMAIL: Variable = Variable::new(
    "CLOUDFLARE_EMAIL",
    SIGN_IN,
    &["CLOUDFLARE_API_EMAIL", "CF_API_EMAIL", "CF_EMAIL"],
);
pub(super) const SERVICE_KEY: Variable = Variable::new(
    "CLOUDFLARE_API_USER_SERVICE_KEY",
    SIGN_IN,
    &[
        "CF_API_USER_SERVICE_KEY",
        "CLOUDFLARE_USER_SERVICE_KEY",
        "CF_USER_SERVICE_KEY",
        "CLOUDFLARE_ORIGIN_CA_KEY",
    ],
);
pub(super) const BASE_URL: Variable = Variable::new("CLOUDFLARE_BASE_URL", &["base_url"], &[]);

/// All of them.
pub(crate) const VARIABLES: [Variable; 5] = [TOKEN, KEY, EMAIL, SERVICE_KEY, BASE_URL];
