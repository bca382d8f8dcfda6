//! The environment variables of Cloudinary's client. The vendor's own clients read the first four.

use crate::vars::Variable;

pub(super) const URL: Variable = Variable::new(
    "CLOUDINARY_ACCOUNT_URL",
    &["account_id", "api_key", "api_secret", "credentials_from"],
    &[
        // That of the vendor's upload and admin APIs, with the key of a product environment.
        "CLOUDINARY_URL",
        "CLOUDINARY_PROVISIONING_URL",
        "CLOUDINARY_PROVISIONING_ACCOUNT_URL",
    ],
);
pub(super) const KEY: Variable = Variable::new(
    "CLOUDINARY_PROVISIONING_API_KEY",
    &["api_key", "credentials_from"],
    &[
        "CLOUDINARY_ACCOUNT_PROVISIONING_API_KEY",
        "CLOUDINARY_ACCOUNT_API_KEY",
        "CLOUDINARY_PROVISIONING_KEY",
        "CLOUDINARY_API_KEY",
    ],
);
pub(super) const SECRET: Variable = Variable::new(
    "CLOUDINARY_PROVISIONING_API_SECRET",
    &["api_secret", "credentials_from"],
    &[
        "CLOUDINARY_ACCOUNT_PROVISIONING_API_SECRET",
        "CLOUDINARY_ACCOUNT_API_SECRET",
        "CLOUDINARY_PROVISIONING_SECRET",
        "CLOUDINARY_API_SECRET",
    ],
);
pub(super) const ACCOUNT: Variable = Variable::new(
    "CLOUDINARY_ACCOUNT_ID",
    &["account_id"],
    &[
        "CLOUDINARY_ACCOUNT_ACCOUNT_ID",
        "CLOUDINARY_PROVISIONING_ACCOUNT_ID",
        "CLOUDINARY_ACCOUNT",
    ],
);
pub(super) const BASE_URL: Variable = Variable::new("CLOUDINARY_BASE_URL", &["base_url"], &[]);
pub(super) const REGION: Variable = Variable::new("CLOUDINARY_REGION", &["base_url"], &[]);

/// All of them.
pub(crate) const VARIABLES: [Variable; 6] = [URL, KEY, SECRET, ACCOUNT, BASE_URL, REGION];
