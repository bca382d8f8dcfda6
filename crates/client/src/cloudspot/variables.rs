//! The environment variables of Cloudspot's client. The vendor's own client reads none.

use crate::vars::Variable;

pub(super) const APP_ID: Variable = Variable::new(
    "CLOUDSPOT_APP_ID",
    &["app_id"],
    &[
        "CLOUDSPOT_APP",
        "CLOUDSPOT_APPLICATION_ID",
        "CLOUDSPOT_LICENSE_APP_ID",
        "CLOUDSPOT_LICENSE_MODULE",
        "CLOUDSPOT_MODULE",
    ],
);
pub(super) const TOKEN: Variable = Variable::new("CLOUDSPOT_TOKEN", &["token"], &[]);
pub(super) const BASE_URL: Variable = Variable::new("CLOUDSPOT_BASE_URL", &["base_url"], &[]);

/// All of them.
pub(crate) const VARIABLES: [Variable; 3] = [APP_ID, TOKEN, BASE_URL];
