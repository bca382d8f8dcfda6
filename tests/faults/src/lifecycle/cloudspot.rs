//! Cloudspot License: logins, profiles, permissions and impersonations.

use account_provisioning::cloudspot::Client;
use serde_json::json;

use super::{Draw, agrees};
use crate::path::Path;
use crate::step::Kind::{Create, Login, Read};
use crate::step::{Goal, Step};

pub(super) fn draw(client: &Client, draw: &mut Draw<'_>) -> Step {
    let root = Path::new(&["cloudspot"]);
    let tokens = root.at(&["tokens"]);
    let token = draw.id(&tokens);
    let session = client.session(token);
    match draw.random.u32(..9) {
        0..=2 => {
            let password = draw.any(&["emulator-password", "emulator-password", "emulator-password", "wrong"]);
            Step::call(Login, "authenticate", client.authenticate("emulator-user", password), {
                let tokens = tokens.clone();
                move |session| vec![Goal::Exists(tokens.at(&[session.token().expose_secret()]))]
            })
            .adds(tokens)
            .about(password)
        }
        3 | 4 => Step::call(Read, "getProfile", session.profile(), move |profile| {
            agrees(
                &root.at(&["users", "emulator-user"]),
                &profile,
                &["first_name", "last_name"],
            )
        }),
        5 => Step::call(Read, "getPermissions", session.permissions(), |_| Vec::new()),
        6 => Step::call(
            Read,
            "getCompanyPermissions",
            session.company_permissions("1"),
            |permissions| match permissions.is_empty() {
                true => vec![Goal::Never("no permission at all".to_owned())],
                false => Vec::new(),
            },
        ),
        _ => {
            let prepared = root.at(&["impersonations"]);
            let id = draw.id(&prepared);
            let used = prepared.at(&[&id, "used"]);
            Step::call(Create, "validateImpersonation", client.validate_impersonation(&*id), {
                let (used, tokens) = (used.clone(), tokens.clone());
                move |impersonation| {
                    let token = impersonation
                        .auth_token
                        .as_ref()
                        .map(|token| tokens.at(&[token.expose_secret()]));
                    let missing = || Goal::Never("no token in the response".to_owned());
                    vec![Goal::Is(used, json!(true)), token.map_or_else(missing, Goal::Exists)]
                }
            })
            .adds(tokens)
            .may([used])
            .about(id)
        }
    }
}
